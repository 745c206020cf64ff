"""A business date that was hardly meant is told before the run publishes, or not taken."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from published_dates import publish_dates
from typer.testing import CliRunner

from ingest.home import Home
from luodi import business_date_lines
from luodi.cli import app
from luodi.settings import RunSettings

TODAY = dt.date(2026, 11, 28)


def told(home: Home, as_of: str) -> list[str]:
    return list(business_date_lines.lines(RunSettings(home, home.root, dt.date.fromisoformat(as_of), "run"), TODAY))


@pytest.mark.parametrize(
    ("as_of", "parts"),
    [
        ("2026-11-28", []),
        ("2026-11-30", ["晚于今天（2026-11-28）"]),
        ("2026-11-01", ["早于上次发布的 2026-11-20"]),
        ("2026-11-20", []),
    ],
)
def test_a_date_ahead_of_today_or_behind_the_publication_is_told(tmp_path: Path, as_of: str, parts: list[str]) -> None:
    home = Home(tmp_path)
    publish_dates(home, dt.date(2026, 11, 20))
    found = told(home, as_of)
    assert len(found) == len(parts)
    for line, part in zip(found, parts, strict=True):
        assert part in line


def test_nothing_is_told_where_nothing_was_published(tmp_path: Path) -> None:
    assert told(Home(tmp_path), "2020-01-01") == []


@pytest.mark.parametrize("as_of", ["2999-01-01", "9999-12-31", "1900-01-01", "0001-01-01"])
def test_a_year_that_can_only_be_a_slip_is_not_taken(tmp_path: Path, as_of: str) -> None:
    (tmp_path / "inbox").mkdir()
    arguments = ["run", "--inbox", str(tmp_path / "inbox"), "--home", str(tmp_path / "home"), "--as-of", as_of]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert "请核对年份" in result.output
    assert not (tmp_path / "home").exists()
