"""The first signing counts, whatever day later agreements bear; a day that was a plan counts once a ledger says so."""

from __future__ import annotations

from built_worlds import Ask
from histories import SIGNED_ANEW


def test_a_contract_an_increase_or_a_supplement_leaves_the_first_signing_in_its_month(ask: Ask) -> None:
    rows = ask(
        "select project_name, signings.signed_on::varchar, projects.signed_on::varchar, upgraded_on::varchar"
        " from fct_signings as signings inner join dim_project as projects using (project_id)"
        " where signings.county_code = ? and project_name not like '%开工%' order by project_name",
        SIGNED_ANEW,
    )
    # The project itself states what its ledger states.
    assert rows == [
        ("增资改日项目", "2026-01-09", "2026-04-03", None),
        ("并列合同项目", "2026-01-09", "2026-04-03", "2026-04-30"),
        ("更正日期项目", "2026-02-03", "2026-02-03", None),
        ("转合同项目", "2026-01-09", "2026-04-03", "2026-04-30"),
    ]


def test_an_increase_counts_in_its_month_and_an_upgrade_brings_no_money_again(ask: Ask) -> None:
    rows = ask(
        "select strftime(month, '%m'), signed_count, signed_amount_cny, upgraded_count, funds_arrived_cny"
        " from county_scorecard_month where county_code = ? and month between '2026-01-01' and '2026-04-01' order by 1",
        SIGNED_ANEW,
    )
    assert rows == [
        ("01", 3, 300_000_000, 0, 0), ("02", 1, 100_000_000, 0, 0), ("03", 0, 0, 0, 0),
        ("04", 0, 50_000_000, 2, 8_000_000),
    ]  # fmt: skip


def test_a_planned_day_that_has_come_is_no_start_until_a_ledger_says_so(ask: Ask) -> None:
    rows = ask(
        "select project_name, reached_on::varchar, basis, milestones.first_reported_on::varchar, report_date::varchar"
        " from fct_project_milestones as milestones inner join ledger_files using (county_code, file_sha256)"
        " inner join dim_project as projects using (project_id, county_code)"
        " where county_code = ? and milestone = 'started' order by project_name",
        SIGNED_ANEW,
    )
    # First told by the ledger that said it had begun, not by the one that told of the plan.
    assert rows == [("如期开工项目", "2026-03-15", "stated", "2026-03-31", "2026-03-31")]
    listed = ask(
        "select project_name from project_handovers where county_code = ? and list_name = 'started'", SIGNED_ANEW
    )
    assert listed == [("如期开工项目",)]
