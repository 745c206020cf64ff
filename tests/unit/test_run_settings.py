"""What a DAG run works on, and when checks stop it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from luodi import settings
from luodi.checks import CheckFailedError, refuse_if_failed

DUE = dt.datetime(2026, 11, 4, 16, 30, tzinfo=dt.UTC)  # half past midnight on the 5th in Beijing


def test_the_business_date_is_the_date_in_beijing() -> None:
    assert settings.business_date(DUE) == dt.date(2026, 11, 5)
    assert settings.business_date(DUE - dt.timedelta(hours=1)) == dt.date(2026, 11, 4)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        settings.business_date(DUE.replace(tzinfo=None))


def test_empty_parameters_fall_to_the_environment_and_the_due_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LUODI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LUODI_INBOX", str(tmp_path / "inbox"))
    run = settings.from_parameters({"home": None, "inbox": None, "as_of": None, "run_id": None}, "scheduled__1", DUE)
    assert run.home.root == (tmp_path / "home").resolve()
    assert run.inbox == (tmp_path / "inbox").resolve()
    assert run.as_of == dt.date(2026, 11, 5)
    assert run.run_id == "scheduled__1"


def test_given_parameters_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUODI_HOME", "elsewhere")
    given = {"home": str(tmp_path), "inbox": str(tmp_path), "as_of": "2026-01-31", "run_id": "run-1"}
    run = settings.from_parameters(given, "manual__1", DUE)
    assert (run.home.root, run.as_of, run.run_id) == (tmp_path.resolve(), dt.date(2026, 1, 31), "run-1")


def test_the_default_inbox_is_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LUODI_INBOX", raising=False)
    assert settings.default_inbox().parts[-2:] == ("samples", "inbox")


def check(name: str, severity: str, *, success: bool) -> dict[str, object]:
    return {"name": name, "severity": severity, "success": success}


def test_only_a_failed_check_marked_fail_stops_the_publication() -> None:
    refuse_if_failed([check("a", "fail", success=True), check("b", "warn", success=False)])
    with pytest.raises(CheckFailedError, match="grain_of_x") as caught:
        refuse_if_failed([check("grain_of_x", "fail", success=False), check("b", "warn", success=False)])
    assert caught.value.failed == ["grain_of_x"]
