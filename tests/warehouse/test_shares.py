"""A project that counties share by agreement: parts follow the days agreed, and nothing is lost or counted twice."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import duckdb
from built_worlds import Ask
from histories import SHARED_FIRST, SHARED_PARTNER

from reports.dispatch_data import QUERIES


def test_arrivals_follow_the_share_in_force_in_their_month(ask: Ask) -> None:
    query = "select strftime(month, '%m'), funds_arrived_cny, funds_stock from county_scorecard_month where county_code = ? order by 1"
    assert ask(query, SHARED_FIRST) == [
        ("01", 0, 8_000_000),
        ("02", 3_000_000, 11_000_000),
        ("03", 7_000_000, 18_000_000),
        ("04", 1_500_000, 19_500_000),
        # 7 000 000.01 halved: the cent goes to one of the two.
        ("05", Decimal("3500000.01"), Decimal("23000000.01")),
        ("06", 0, Decimal("23000000.01")),
    ]  # fmt: skip
    assert ask(query, SHARED_PARTNER) == [
        ("03", 0, None),
        ("04", 1_500_000, 1_500_000),
        ("05", 3_500_000, 5_000_000),
        ("06", 0, 5_000_000),
    ]


def test_the_number_stays_with_the_county_that_reported_first(ask: Ask) -> None:
    rows = ask(
        "select county_code, signed_count, signed_amount_cny, started_count, started_amount_cny"
        " from county_scorecard_month where county_code in (?, ?) and (signed_count > 0 or started_amount_cny > 0)"
        " order by county_code, month",
        SHARED_FIRST,
        SHARED_PARTNER,
    )
    # Signed in February, before the agreement; started in May, under it.
    assert rows == [
        (SHARED_FIRST, 1, 100_000_000, 0, 0),
        (SHARED_FIRST, 0, 0, 1, 50_000_000),
        (SHARED_PARTNER, 0, 0, 0, 50_000_000),
    ]


def test_the_monthly_pack_shows_each_county_its_part(world: duckdb.DuckDBPyConnection) -> None:
    answer = world.execute(
        (QUERIES / "overview.sql").read_text(encoding="utf-8"),
        {"month_start": dt.date(2026, 5, 1), "year_start": dt.date(2026, 1, 1)},
    )
    columns = [column[0] for column in answer.description or []]
    shown = {row["county_code"]: row for row in (dict(zip(columns, row, strict=True)) for row in answer.fetchall())}
    figures = (
        "signed_month",
        "signed_year",
        "signed_year_cny",
        "arrived_month_cny",
        "arrived_year_cny",
        "started_month",
    )
    assert [shown[SHARED_FIRST][name] for name in figures] == [
        0, 1, 100_000_000, Decimal("3500000.01"), Decimal("15000000.01"), 1,
    ]  # fmt: skip
    assert [shown[SHARED_PARTNER][name] for name in figures] == [0, 0, 0, 3_500_000, 5_000_000, 0]


def test_totals_over_counties_conserve(ask: Ask) -> None:
    assert ask("select sum(funds_arrived_cny), sum(funds_opening_cny) from county_scorecard_month") == ask(
        "select sum(amount_cny) filter (where kind <> 'opening'), sum(amount_cny) filter (where kind = 'opening')"
        " from fct_fund_arrivals where is_counted"
    )
    assert ask(
        "select count(*) from (select project_id from intermediate.int_project_credits group by project_id, valid_from"
        " having sum(share_rate) <> 1 or count(*) filter (where is_own) <> 1)"
    ) == [(0,)]


def test_a_partner_counts_under_its_own_unit(ask: Ask) -> None:
    rows = ask(
        "select county_code, member, funds_stock from scorecard_month_by"
        " where dimension = 'responsible_unit' and month = date '2026-06-01' and county_code in (?, ?) order by all",
        SHARED_FIRST,
        SHARED_PARTNER,
    )
    assert rows == [
        (SHARED_FIRST, "杞县商务局", Decimal("23000000.01")),
        (SHARED_PARTNER, "通许县工信局", 5_000_000),
    ]
