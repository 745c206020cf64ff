"""Fund arrivals: openings, arrivals and corrections of histories whose truth is known, in millions."""

from __future__ import annotations

from typing import Any

import pytest
from built_worlds import Ask
from histories import (
    ABOLISHED,
    ALTERNATING,
    CLAIMED_LATER,
    CUMULATIVE,
    MONTH_AND_YTD,
    MONTH_IN_FIRST,
    RESENT,
    SUCCESSOR,
    WEEKLY,
    YTD_ONLY,
)

Movement = tuple[Any, ...]

O, A, C = "opening", "arrival", "correction"  # noqa: E741
CUM, YTD, MONTH = "cumulative_difference", "ytd_difference", "month_column"

EXPECTED: dict[tuple[str, str], list[Movement]] = {
    (CUMULATIVE, "甲项目"): [
        ("2026-01", O, 10, 10, CUM), ("2026-02", A, 5, 15, CUM), ("2026-04", C, -3, 12, CUM), ("2026-05", A, 8, 20, CUM),
    ],
    (CUMULATIVE, "乙项目"): [("2026-01", O, 5, 5, CUM), ("2026-02", A, 1, 6, CUM), ("2026-04", A, 3, 9, CUM)],
    (CUMULATIVE, "丙项目"): [("2026-03", A, 3, 3, CUM), ("2026-04", A, 2, 5, CUM)],
    (CUMULATIVE, "丁项目"): [("2026-03", O, 30, 30, CUM), ("2026-04", A, 1, 31, CUM)],
    (CUMULATIVE, "戊项目"): [("2026-03", A, 4, 30, MONTH), ("2026-03", O, 26, 30, CUM), ("2026-04", A, 4, 34, CUM)],
    (CUMULATIVE, "己项目"): [("2026-04", O, 8, 8, CUM)],
    (CUMULATIVE, "庚项目"): [("2026-01", O, 2, 2, CUM), ("2026-05", A, 5, 7, CUM)],
    (MONTH_IN_FIRST, "甲项目"): [("2026-01", A, 4, 24, MONTH), ("2026-01", O, 20, 24, CUM), ("2026-03", A, 5, 29, CUM)],
    # A month's figure above the cumulative contradicts it.
    (MONTH_IN_FIRST, "乙项目"): [("2026-01", O, 24, 24, CUM), ("2026-03", A, 5, 29, CUM)],
    (YTD_ONLY, "甲项目"): [
        ("2025-10", O, 30, None, YTD), ("2025-11", A, 6, None, YTD), ("2025-12", A, 4, None, YTD),
        ("2026-01", A, 3, None, YTD), ("2026-02", A, 2, None, YTD), ("2026-04", A, 6, None, YTD),
    ],
    (YTD_ONLY, "乙项目"): [("2026-01", A, 3, None, MONTH), ("2026-02", A, 2, None, YTD), ("2026-04", A, 6, None, YTD)],
    (MONTH_AND_YTD, "甲项目"): [
        ("2026-01", A, 2, None, MONTH), ("2026-02", A, 3, None, MONTH), ("2026-05", A, 10, None, YTD),
        ("2026-06", A, 1, None, MONTH),
    ],
    (MONTH_AND_YTD, "乙项目"): [("2026-03", A, 3, None, MONTH), ("2026-05", A, 2, None, YTD)],
    # 100 known; 10 by the month's column; 125 − 110; the year so far unknown in April; 150 − 125; 61 − 55.
    (ALTERNATING, "甲项目"): [
        ("2026-01", O, 100, 100, CUM), ("2026-02", A, 10, None, MONTH), ("2026-03", A, 15, 125, CUM),
        ("2026-05", A, 25, 150, CUM), ("2026-06", A, 6, None, YTD),
    ],
    # Signed in February: nothing before, so the cumulative is the year-to-date.
    (ALTERNATING, "乙项目"): [
        ("2026-02", A, 4, 4, CUM), ("2026-03", A, 5, None, YTD), ("2026-04", A, 3, 12, CUM), ("2026-06", A, 1, None, YTD),
    ],
    # 3 and 2 by the year-to-date; 9 − 5 came with the first cumulative, the rest of it was there before.
    (ALTERNATING, "丙项目"): [
        ("2026-01", A, 3, None, YTD), ("2026-02", A, 2, None, YTD), ("2026-03", A, 4, 40, YTD),
        ("2026-03", O, 31, 40, CUM), ("2026-04", A, 1, 41, CUM),
    ],
    # Nothing this year by February, and all of March's cumulative is this year's.
    (ALTERNATING, "丁项目"): [("2026-03", A, 7, 7, CUM)],
    # Its county's year-to-date had told of all its money: none of the first cumulative was there before.
    (ALTERNATING, "己项目"): [("2026-03", A, 83, 83, CUM)],
    # The first cumulative is less than what had been recorded.
    (ALTERNATING, "戊项目"): [("2026-01", A, 8, None, YTD), ("2026-02", A, 2, None, YTD), ("2026-03", C, -1, 9, CUM)],
    (RESENT, "甲项目"): [("2026-01", O, 10, 10, CUM), ("2026-02", A, 8, 18, CUM), ("2026-03", A, 2, 20, CUM)],
    # The month's state is that of its last ledger.
    (WEEKLY, "甲项目"): [("2026-03", A, 5, 15, CUM), ("2026-03", O, 10, 15, CUM), ("2026-04", A, 4, 19, CUM)],
    # Signed after the county's first ledger.
    (WEEKLY, "乙项目"): [("2026-03", A, 4, 4, CUM), ("2026-04", A, 5, 9, CUM)],
    # Year-to-date only: the first ledger's is the opening, what later ledgers of its month add has arrived.
    (WEEKLY, "丙项目"): [("2026-03", A, 3, None, YTD), ("2026-03", O, 6, None, YTD), ("2026-04", A, 2, None, YTD)],
    (SUCCESSOR, "老城项目"): [("2021-02", O, 10, 10, CUM), ("2021-03", A, 4, 14, CUM)],
    (SUCCESSOR, "新区项目"): [("2021-03", A, 2, 2, CUM)],
}  # fmt: skip


@pytest.mark.parametrize(("county", "name"), EXPECTED, ids=lambda part: part)
def test_movements_of_a_known_history(ask: Ask, county: str, name: str) -> None:
    rows = ask(
        "select strftime(report_month, '%Y-%m'), kind, amount_cny / 1000000, cumulative_cny / 1000000, basis"
        " from fct_fund_arrivals as f join dim_project as p using (project_id)"
        " where p.county_code = ? and p.first_project_name = ? order by report_month, kind",
        county,
        name,
    )
    assert rows == EXPECTED[county, name]


def test_a_months_figures_that_a_ytd_difference_belies_are_marked(ask: Ask) -> None:
    rows = ask(
        "select strftime(report_month, '%Y-%m'), is_reconciled from fct_fund_arrivals join dim_project using (project_id)"
        " where fct_fund_arrivals.county_code = ? and project_name = '甲项目' order by 1",
        MONTH_AND_YTD,
    )
    assert rows == [("2026-01", True), ("2026-02", True), ("2026-05", True), ("2026-06", False)]


def test_money_that_the_year_to_date_alone_tells_of_is_found(ask: Ask) -> None:
    rows = ask(
        "select project_name, strftime(report_month, '%Y-%m'), cast(amount_cny / 1e6 as integer),"
        " cast(ytd_difference_cny / 1e6 as integer), cast(difference_cny / 1e6 as integer)"
        " from quality_unreconciled_months join dim_project using (project_id)"
        " where dim_project.county_code = ? order by 1, 2",
        MONTH_AND_YTD,
    )
    assert rows == [("乙项目", "2026-03", 3, 5, 2), ("甲项目", "2026-06", 1, 2, 1)]


def test_openings_and_movements_add_up_to_the_last_known_cumulative(ask: Ask) -> None:
    rows = ask(
        "select p.county_code, p.project_name from dim_project as p"
        " join (select project_id, sum(amount_cny) as total, bool_and(basis = 'cumulative_difference' or kind = 'arrival')"
        "       from fct_fund_arrivals where basis <> 'ytd_difference' group by project_id) as f using (project_id)"
        " where p.funds_arrived_cumulative_cny is not null and f.total <> p.funds_arrived_cumulative_cny"
        " and p.county_code not in (?)",
        ALTERNATING,
    )
    assert rows == []


def test_a_cumulative_goes_on_with_what_other_columns_say(ask: Ask) -> None:
    # April's year-to-date has nothing to be compared with: the cumulative stays where it was.
    assert ask(
        "select list(months.funds_arrived_cumulative_cny / 1000000 order by report_month),"
        " any_value(dim_project.funds_arrived_cumulative_cny) / 1000000 from fct_project_snapshots as months"
        " join dim_project using (project_id) where months.county_code = ? and project_name = '甲项目'",
        ALTERNATING,
    ) == [([100, 110, 125, 125, 150, 156], 156)]


def test_an_abolished_county_keeps_nothing_for_itself(ask: Ask) -> None:
    assert ask("select count(*) from fct_fund_arrivals where county_code = ?", ABOLISHED) == [(0,)]


def test_a_double_claim_is_marked_and_counts_once(ask: Ask) -> None:
    assert ask(
        "select is_counted, sum(amount_cny) from fct_fund_arrivals where county_code = ? group by all", CLAIMED_LATER
    ) == [(False, 40_000_000)]


def test_funds_that_only_another_sheet_states_have_arrived_and_are_found_there(ask: Ask) -> None:
    rows = ask(
        "select project_name, kind, amount_cny, f.sheet from fct_fund_arrivals as f join dim_project using (project_id)"
        " where project_name in ('寅项目', '卯项目') order by report_month, project_name"
    )
    assert rows == [
        ("卯项目", O, 30_000_000, "到位资金"), ("寅项目", O, 20_000_000, "到位资金"),
        ("卯项目", A, 1_000_000, "到位资金"), ("寅项目", A, 1_000_000, "到位资金"),
    ]  # fmt: skip
