"""What `luodi why` says of the dates of a light."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from rich.console import Console

from luodi import why_command
from reports.project_story import Story

LIGHT: dict[str, Any] = {
    "rule_id": "R01", "light": "red", "observed_value": 400, "threshold_value": 365, "yellow_threshold": 90, "red_threshold": 365,
    "unit": "days", "since_on": dt.date(2025, 1, 1), "light_since_on": dt.date(2026, 1, 1), "reason": "签约后 400 天未开工 not started",
    "rule_name": "签约后未开工", "action": "发提醒函", "days_stalled": 400, "rule_source": "渭南",
}  # fmt: skip


def said(*lights: dict[str, Any]) -> str:
    project = {"total_investment_cny": None, "funds_arrived_cumulative_cny": None}
    screen = io.StringIO()
    why_command._lights(Story(project, [], list(lights), [], None), Console(file=screen, width=400))
    return screen.getvalue()


def test_the_dates_of_a_light_are_explained_once() -> None:
    text = said(LIGHT, {**LIGHT, "rule_id": "R02"})
    assert "亮灯 lit since 2026-01-01，已停滞 stalled 400 天 days（自 since 2025-01-01）" in text
    assert text.count("亮灯：这盏灯变成现在颜色之日") == 1


def test_lights_without_dates_need_no_explanation() -> None:
    green = {**LIGHT, "light": "green", "light_since_on": None, "days_stalled": None, "action": None}
    assert "亮灯：" not in said(green)


@pytest.mark.parametrize(
    ("kind", "precision", "shown"),
    [
        ("reached", "day", "2026-07-01"),
        ("reached", "month", "2026-07"),
        ("planned", "year", "2026"),
        ("lit", None, "2026-07-01"),
        ("funds_arrived", None, "2026-07"),
    ],
)
def test_a_date_is_shown_as_exactly_as_the_ledger_states_it(kind: str, precision: str | None, shown: str) -> None:
    assert why_command._date({"happened_on": dt.date(2026, 7, 1), "kind": kind, "precision": precision}) == shown
