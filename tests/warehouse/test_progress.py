"""Lists of the month, outreach, talks, dollars and the five ones of the invented world."""

from __future__ import annotations

from decimal import Decimal

from built_worlds import Ask
from histories import AGREEMENTS, PROGRESS, STAGES


def test_the_lists_of_a_month_hold_what_its_scorecard_counts(ask: Ask) -> None:
    assert ask(
        "with listed as (select county_code, month, list_name, count(*) as projects from project_handovers group by all),"
        " counted as (unpivot (select county_code, month, signed_count as signed, started_count as started,"
        " completed_count as completed, in_production_count as in_production from county_scorecard_month)"
        " on signed, started, completed, in_production into name list_name value projects)"
        " select count(*) from counted left join listed using (county_code, month, list_name)"
        " where counted.projects <> coalesce(listed.projects, 0)"
    ) == [(0,)]
    assert ask("select count(*) > 20, count(distinct list_name) from project_handovers") == [(True, 4)]


def test_a_list_says_what_comes_next_and_when(ask: Ask) -> None:
    rows = ask(
        "select list_name_zh, reached_on::varchar, basis, next_stage, due_on::varchar from project_handovers"
        " where county_code = ? and project_name = '迟到项目' order by reached_on",
        STAGES,
    )
    assert rows == [
        ("新签约", "2025-03-10", "stated", "started", "2026-03-10"),
        ("新开工", "2026-03-20", "stated", "completed", "2026-12-01"),
    ]


def test_a_squad_goes_out_at_least_once_a_month(ask: Ask) -> None:
    rows = ask(
        "select team_name, strftime(month, '%m'), journeys, days_out, companies_visited, state from outreach_compliance"
        " where county_code = ? and team_name <> '招商三分队' order by team_name desc, month",
        PROGRESS,
    )
    # The May ledger's trips stand in the June ledger again; one journey visited two companies.
    assert rows == [
        ("招商二分队", "04", 1, 1, 1, "met"), ("招商二分队", "05", 0, 0, 0, "missed"),
        ("招商二分队", "06", 1, 2, 1, "met"), ("招商二分队", "07", 0, 0, 0, "open"),
        ("招商一分队", "04", 1, 3, 2, "met"), ("招商一分队", "05", 1, 2, 1, "met"),
        ("招商一分队", "06", 0, 0, 0, "missed"), ("招商一分队", "07", 0, 0, 0, "open"),
    ]  # fmt: skip


def test_rows_that_repeat_who_set_out_when_are_one_journey(ask: Ask) -> None:
    rows = ask(
        "select strftime(month, '%m'), journeys, days_out, companies_visited from outreach_compliance"
        " where county_code = ? and team_name = '招商三分队' and month < date '2026-06-01' order by month",
        PROGRESS,
    )
    assert rows == [("04", 2, 2, 2), ("05", 2, 2, 3)]


def test_talks_show_what_is_missing_and_what_became_of_the_investor(ask: Ask) -> None:
    rows = ask(
        "select missing_facts, investor_signed_count, investor_not_started_count, investor_terminated_count"
        " from pre_signing_reviews where county_code = ?",
        PROGRESS,
    )
    assert rows == [("总投资、产业、落地位置、责任单位、计划开工", 2, 1, 1)]
    assert ask("select distinct stage from pre_signing_reviews order by 1") == [("lead",), ("talks",)]


def test_dollars_are_valued_by_a_dated_rate_or_not_at_all(ask: Ask) -> None:
    rows = ask(
        "select project_name, amount_kind, equivalent_cny, exchange_rate, exchange_rate_on::varchar, no_equivalent_reason"
        " from fct_foreign_amounts join dim_project using (project_id) where dim_project.county_code = ? order by 1, 2",
        PROGRESS,
    )
    assert rows == [
        ("外资项目", "arrived", 3_500_000, Decimal("7.0"), "2026-06-30", None),
        ("外资项目", "contract", 6_964_600, Decimal("6.9646"), "2022-12-30", None),
        ("早年外资项目", "contract", None, None, None, "no_rate_before"),
        ("近期外资项目", "contract", None, None, "2024-12-31", "rate_too_old"),
    ]


def test_who_lacks_one_of_the_five_ones(ask: Ask) -> None:
    rows = ask("select project_name, missing_ones from quality_five_ones where county_code = ? order by 1", PROGRESS)
    assert rows == [("没人管项目", "一个专班、一名领导"), ("漏报项目", "一本台账")]


def test_a_signing_says_what_was_added_later(ask: Ask) -> None:
    rows = ask(
        "select project_name, agreement_kind, upgraded_on::varchar, increased_on::varchar, increment_cny / 1000000,"
        " signed_investment_cny / 1000000, s.total_investment_cny / 1000000 from fct_signings as s"
        " join dim_project using (project_id) where s.county_code = ? order by 1",
        AGREEMENTS,
    )
    assert rows == [
        ("只知年份项目", None, None, None, None, 100, 100),
        ("增资项目", "increase", None, "2026-04-30", 30, 50, 80),
        ("改数项目", None, None, None, None, 80, 80),
        ("框架项目", "contract", "2026-03-31", None, None, 120, 120),
    ]


def test_half_years_and_fairs_are_cohorts(ask: Ask) -> None:
    rows = ask(
        "select signed_count, not_performed_count, not_started_count, not_in_production_count from signing_cohorts"
        " where cohort_kind = 'half_year' and cohort = '2024上半年'"
    )
    # 甲项目 of the county with two years of ledgers: started, so performed; not in production.
    assert rows == [(1, 0, 0, 1)]


def test_a_signing_known_to_its_year_only_belongs_to_neither_half(ask: Ask) -> None:
    assert ask("select cohort, signed_count from signing_cohorts where cohort like '2021年%'") == [("2021年", 1)]
    assert ask(
        "select from_count, to_count, median_days from project_funnel where county_code = ? and from_stage = 'signed'"
        " and to_stage = 'started'",
        AGREEMENTS,
    ) == [(4, 4, -228)]  # of the other three, which were started before they signed
