"""Targets by region, unit, cohort and size: what has been done about them on 5 July 2026."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from built_worlds import Ask
from histories import GROWING

from ingest.values.units import units_as_written

# Days of 2026 up to 5 July, of 365.
_ELAPSED = round(186 / 365, 4)


def _target(ask: Ask, **where: Any) -> tuple[Any, ...]:
    named = {"region_code": GROWING, "unit_name": "", "signing_cohort": "", "size_tier_from": "", **where}
    (row,) = ask(
        "select actual_value, round(completion_rate, 4), state, done_on::varchar from fct_targets where "
        + " and ".join(f"{column} = ?" for column in named)
        + " and period_start < date '2027-01-01'",
        *named.values(),
    )
    return row


def test_a_year_target_is_compared_with_the_time_gone_by(ask: Ask) -> None:
    assert _target(ask, indicator="funds_arrived") == (51_000_000, 0.51, "on_track", None)
    (row,) = ask(
        "select target_value, unit, round(elapsed_rate, 4), round(time_gap_rate, 4), due_on::varchar from fct_targets"
        " where region_code = ? and indicator = 'funds_arrived' and period_start = date '2026-01-01'",
        GROWING,
    )
    assert row == (100_000_000, "CNY", _ELAPSED, pytest.approx(0.51 - 186 / 365, abs=1e-4), "2026-12-31")


def test_every_unit_that_a_target_may_have_is_reckoned_as_the_reader_does(ask: Ask) -> None:
    reckoned = {wording: (code, factor) for wording, code, factor in ask("from staging.stg_knowledge__units")}
    as_share = {"percent": ("rate", Decimal("0.01")), "permille": ("rate", Decimal("0.001"))}
    read = {word: as_share.get(unit.code, (unit.code, unit.multiplier)) for word, unit in units_as_written().items()}
    assert {word: reckoned.get(word) for word in read} == read
    assert reckoned["万元"] == ("CNY", 10_000)
    assert [reckoned[code] for code in ("cny", "usd", "count", "rate")] == [
        (c, 1) for c in ("CNY", "USD", "count", "rate")
    ]


def test_a_reached_target_has_its_day(ask: Ask) -> None:
    assert _target(ask, indicator="signed_projects") == (2, 1.0, "reached", "2026-02-20")


def test_a_unit_is_measured_by_its_own_projects(ask: Ask) -> None:
    assert _target(ask, indicator="signed_projects", unit_name="县工信局") == (2, 1.0, "reached", "2026-02-20")
    assert _target(ask, indicator="signed_projects", unit_name="县商务局") == (0, 0.0, "behind", None)


def test_a_size_counts_that_tier_and_above(ask: Ask) -> None:
    # 丁项目 and 戊项目 are worth 100 million each: the lower end of 1–3亿元.
    assert _target(ask, indicator="signed_projects", size_tier_from="1–3亿元") == (2, 0.6667, "on_track", None)


def test_a_cohort_is_measured_by_what_became_of_it(ask: Ask) -> None:
    assert _target(ask, indicator="start_rate", signing_cohort="2025上半年") == (0, 0.0, "missed", None)


def test_a_city_is_the_sum_of_its_counties(ask: Ask) -> None:
    assert _target(ask, region_code="410200", indicator="funds_arrived") == (
        Decimal("71000000.01"), 1.0, "reached", "2026-05-31",
    )  # fmt: skip


def test_what_cannot_be_counted_is_not_assessed(ask: Ask) -> None:
    assert _target(ask, indicator="foreign_arrived") == (None, None, "not_assessed", None)
    assert _target(ask, indicator="signed_projects", unit_name="台账没提的镇") == (None, None, "not_assessed", None)
    assert _target(ask, region_code="411600", indicator="funds_arrived") == (None, None, "not_assessed", None)


def test_a_target_whose_unit_or_signing_event_no_project_names_is_told(ask: Ask) -> None:
    rows = ask(
        "select coalesce(responsible_unit, signing_cohort), finding from quality_misnamed_targets order by 2 desc"
    )
    assert rows == [("台账没提的镇", "unknown_unit"), ("第三届客商大会", "unknown_cohort")]


def test_a_later_period_has_not_begun(ask: Ask) -> None:
    rows = ask("select state, elapsed_rate, actual_value from fct_targets where period_start = date '2027-01-01'")
    assert rows == [("not_begun", 0.0, 0)]


def test_the_scorecard_carries_target_completion_and_gap(ask: Ask) -> None:
    rows = ask(
        "select funds_arrived_target, funds_arrived_completion_rate, round(funds_arrived_time_gap_rate, 4)"
        " from county_scorecard_month where county_code = ? and month = date '2026-06-01'",
        GROWING,
    )
    assert rows == [(100_000_000, 0.51, 0.01)]


def test_a_campaign_counts_day_by_day(ask: Ask) -> None:
    rows = ask(
        "select day_number, days_left, started_count, funds_arrived_cny from campaign_progress"
        " where county_code = '410221' and day in (date '2026-05-14', date '2026-05-15', date '2026-05-31') order by 1"
    )
    # Half of what arrived in May: the project is shared.
    assert rows == [(14, 86, 0, 0), (15, 85, 1, 0), (31, 69, 1, Decimal("3500000.01"))]
