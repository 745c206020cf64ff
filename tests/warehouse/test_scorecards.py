"""Scorecards, funnel, cohorts and ranking of the invented world."""

from __future__ import annotations

from built_worlds import Ask
from histories import (
    ABOLISHED,
    AGREEMENTS,
    CLAIMED_FIRST,
    CLAIMED_LATER,
    CUMULATIVE,
    GROWING,
    MONTH_AND_YTD,
    SEEN_LATE,
    SILENT,
    STAGES,
    SUCCESSOR,
)  # fmt: skip


def test_a_month_sums_what_arrived_and_the_year_so_far(ask: Ask) -> None:
    rows = ask(
        "select strftime(month, '%m'), funds_arrived_cny / 1000000, funds_arrived_ytd_cny / 1000000,"
        " funds_opening_cny / 1000000 from county_scorecard_month where county_code = ? order by 1",
        CUMULATIVE,
    )
    assert rows == [
        ("01", 0, 0, 17), ("02", 6, 6, 0), ("03", 7, 13, 56), ("04", 7, 20, 8), ("05", 13, 33, 0), ("06", 0, 33, 0),
    ]  # fmt: skip


def test_sums_agree_with_the_facts(ask: Ask) -> None:
    assert ask("select sum(funds_arrived_cny), sum(funds_opening_cny) from county_scorecard_month") == ask(
        "select sum(amount_cny) filter (where kind <> 'opening'), sum(amount_cny) filter (where kind = 'opening')"
        " from fct_fund_arrivals where is_counted"
    )


def test_a_start_counts_in_the_month_it_was_seen_to_happen(ask: Ask) -> None:
    rows = ask(
        "select strftime(month, '%m'), started_count, started_stock from county_scorecard_month"
        " where county_code = ? order by 1",
        STAGES,
    )
    # 终止项目 in March, 一路项目 in April; 迟到项目 on 20 March as stated; 一直在建 had started before the first ledger.
    assert rows == [("01", 0, 1), ("02", 0, 1), ("03", 2, 3), ("04", 1, 4), ("05", 0, 4), ("06", 0, 4)]


def test_what_is_further_on_counts_as_signed(ask: Ask) -> None:
    # 后见项目 started on 20 March and was first listed in May, without a signing date.
    rows = ask(
        "select strftime(month, '%m'), signed_count, signed_stock, performed_stock, started_stock, landed_stock"
        " from county_scorecard_month where county_code = ? and month in (date '2026-02-01', date '2026-03-01') order by 1",
        SEEN_LATE,
    )
    assert rows == [("02", 0, 1, 0, 0, 0), ("03", 0, 2, 1, 1, 1)]
    assert ask(
        "select count(*) from county_rates_month where numerator > denominator and is_default and rate <> 'funds_arrival'"
    ) == [(0,)]


def test_rates_carry_their_parts(ask: Ask) -> None:
    (row,) = ask(
        "select start_rate, start_numerator, start_denominator, start_rate_basis from county_scorecard_month"
        " where county_code = ? and month = date '2026-06-01'",
        STAGES,
    )
    assert row == (0.8, 4, 5, "started_per_signed")


def test_a_cumulative_that_nobody_states_gives_no_arrival_rate(ask: Ask) -> None:
    assert ask(
        "select distinct funds_arrival_rate from county_scorecard_month where county_code = ?", MONTH_AND_YTD
    ) == [(None,)]


def test_a_double_claim_counts_in_one_county(ask: Ask) -> None:
    rows = ask(
        "select county_code, max(signed_stock) from county_scorecard_month where county_code in (?, ?) group by 1 order by 1",
        CLAIMED_FIRST,
        CLAIMED_LATER,
    )
    assert rows == [(CLAIMED_FIRST, 3), (CLAIMED_LATER, 0)]


def test_months_without_a_ledger_keep_their_row(ask: Ask) -> None:
    assert ask("select count(*) from county_scorecard_month where county_code = ?", SILENT) == [(6,)]


def test_without_a_target_nothing_is_assessed(ask: Ask) -> None:
    assert ask(
        "select distinct funds_arrived_completion_rate from county_scorecard_month where county_code <> ?", GROWING
    ) == [(None,)]
    assert ask(
        "select distinct county_code from county_ranking_parts where part = 'funds_arrived' and part_score is not null"
    ) == [(GROWING,)]


def test_a_score_is_the_weighted_sum_of_its_parts(ask: Ask) -> None:
    assert ask(
        "select count(*) from county_ranking as r join ("
        "  select scheme, county_code, period_kind, period_start, sum(part_score * weight) / sum(weight) as score"
        "  from county_ranking_parts where part_score is not null group by all) as p"
        " using (scheme, county_code, period_kind, period_start) "
        " where abs(r.score - greatest(0, p.score - r.deducted_points)) > 0.001"
    ) == [(0,)]


def test_the_funnel_counts_who_went_on(ask: Ask) -> None:
    rows = ask(
        "select from_count, to_count from project_funnel where county_code = ? and from_stage = 'signed' and to_stage = 'started'",
        STAGES,
    )
    assert rows == [(5, 4)]


def test_cohorts_split_by_what_is_still_open(ask: Ask) -> None:
    assert ask(
        "select count(*) from signing_cohorts"
        " where signed_count <> not_started_count + started_count or signed_count <> performed_count + not_performed_count"
    ) == [(0,)]


def test_growth_compares_with_the_same_month_of_last_year(ask: Ask) -> None:
    rows = ask(
        "select strftime(month, '%m'), round(funds_arrived_yoy_rate, 4), round(funds_arrived_ytd_yoy_rate, 4)"
        " from county_scorecard_month where county_code = ? and month >= date '2026-01-01' order by 1",
        GROWING,
    )
    # March 2025 was never sent: nothing to compare with, and April 2025 holds two months' worth.
    assert rows == [
        ("01", 1.0, 1.0), ("02", 1.0, 1.0), ("03", None, None), ("04", None, 0.3667), ("05", 0.0, 0.275),
        ("06", -1.0, 0.02),
    ]  # fmt: skip


def test_growth_of_a_year_without_ledgers_is_not_known(ask: Ask) -> None:
    assert ask(
        "select distinct signed_count_ytd_yoy_rate, funds_arrived_ytd_yoy_rate from county_scorecard_month"
        " where county_code = ? and month < date '2026-01-01'",
        GROWING,
    ) == [(None, None)]
    rows = ask(
        "select signed_count, signed_count_yoy_rate, signed_count_ytd_yoy_rate from county_scorecard_month"
        " where county_code = ? and month = date '2026-02-01'",
        GROWING,
    )
    assert rows == [(2, 1.0, 1.0)]


def test_the_members_of_every_dimension_add_up_to_the_county(ask: Ask) -> None:
    columns = (
        "signed_count_ytd", "signed_amount_ytd_cny", "started_stock", "funds_arrived_cny", "funds_opening_cny",
        "funds_stock", "total_investment_stock",
    )  # fmt: skip
    summed = ", ".join(f"sum({column}) as {column}" for column in columns)
    differs = " or ".join(f"coalesce(cut.{column}, 0) <> coalesce(county.{column}, 0)" for column in columns)
    assert ask(
        f"select count(*) from (select county_code, month, dimension, {summed} from scorecard_month_by group by all) as cut"
        f" join county_scorecard_month as county using (county_code, month) where {differs}"
    ) == [(0,)]


def test_a_cut_has_its_own_rates_and_growth(ask: Ask) -> None:
    rows = ask(
        "select member, start_rate, funds_arrived_yoy_rate from scorecard_month_by where county_code = ?"
        " and dimension = 'responsible_unit' and month = date '2026-01-01' order by 1",
        GROWING,
    )
    assert rows == [("县商务局", 1.0, 1.0), ("县工信局", 0.0, None)]


def test_leaders_are_told_apart_without_their_names(ask: Ask) -> None:
    assert ask(
        "select count(*) from scorecard_month_by where dimension = 'responsible_leader' and member is not null"
    ) == [(0,)]


def test_the_default_basis_is_the_one_side_by_side(ask: Ask) -> None:
    assert ask(
        "select count(*) from county_scorecard_month as card join county_rates_month as rates"
        " on card.county_code = rates.county_code and card.month = rates.report_month"
        " where is_default and rate = 'production' and (production_rate is distinct from rate_value"
        " or production_numerator is distinct from numerator or production_rate_basis <> rates.rate_basis)"
    ) == [(0,)]


def test_a_chain_keeps_the_funds_of_a_county_that_sent_no_ledger(ask: Ask) -> None:
    assert ask(
        "select c.funds_stock - p.funds_stock from (select sum(funds_stock) as funds_stock from chain_scorecard_month"
        " where month = date '2026-06-01') as c, (select sum(funds_arrived_cumulative_cny) as funds_stock from dim_project"
        " where is_counted and project_id in (select project_id from fct_signings)) as p"
    ) == [(0,)]


def test_an_increase_counts_when_it_comes_and_an_upgrade_counts_no_money(ask: Ask) -> None:
    rows = ask(
        "select strftime(month, '%m'), signed_count, signed_amount_cny / 1000000, signed_contract_cny / 1000000,"
        " upgraded_count from county_scorecard_month where county_code = ? order by 1",
        AGREEMENTS,
    )
    # 改数项目 rose as well, but no ledger called it 增资: corrected, so its signing is worth 80.
    assert rows == [
        ("01", 2, 130, 40, 0), ("02", 0, 0, 0, 0), ("03", 0, 0, 0, 1), ("04", 0, 30, 20, 0), ("05", 0, 0, 0, 0),
        ("06", 0, 0, 0, 0),
    ]  # fmt: skip


def test_deductions_come_off_the_score_up_to_their_limit(ask: Ask) -> None:
    query = (
        "select part, part_value, round(part_score, 4) from county_ranking_parts where method = 'deduction'"
        " and county_code = ? and period_kind = ? and period_start = ? order by part"
    )
    # Silent since May: one month missing in May, two in the second quarter; its only project has started.
    assert ask(query, SILENT, "month", "2026-05-01") == [("missing_ledger", 1, -1), ("red_light_R01", 0, 0)]
    assert ask(query, SILENT, "quarter", "2026-04-01") == [("missing_ledger", 2, -2), ("red_light_R01", 0, 0)]
    (reds,) = ask(
        "select count(*) from fct_project_lights where county_code = ? and rule_id = 'R01' and light = 'red'", GROWING
    )
    # 乙项目 and 丙项目, signed in 2025 and not started: 0.1 each, 0.15 at most.
    assert reds == (2,)
    assert ask(query, GROWING, "month", "2026-06-01")[1] == ("red_light_R01", 2, -0.15)


def test_totals_conserve_over_a_county_that_was_merged_away(ask: Ask) -> None:
    rows = ask(
        "select strftime(month, '%Y-%m'), funds_arrived_cny / 1000000, funds_stock / 1000000, signed_stock"
        " from county_scorecard_month where county_code = ? order by 1 limit 2",
        SUCCESSOR,
    )
    assert rows == [("2021-02", 0, 10, 1), ("2021-03", 6, 16, 2)]
    assert ask("select count(*) from county_scorecard_month where county_code = ?", ABOLISHED) == [(0,)]


def test_a_stage_that_goes_back_is_told(ask: Ask) -> None:
    rows = ask(
        "select report_date::varchar, earlier_stage, stage from quality_stage_regressions where county_code = ?", STAGES
    )
    assert rows == [("2026-04-30", "started", "signed")]


def test_no_rate_of_projects_passes_one_on_any_basis(ask: Ask) -> None:
    """A stage further on reaches those before it, also where a ledger calls a project signed that states its start."""
    over = ask(
        "select county_code, report_month, rate_basis from county_rates_month"
        " where rate not in ('funds_arrival') and rate_value > 1"
    )
    assert over == []
