"""Cells as people type them, written down before the readers were widened: none may be read wrongly, most must be read."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.values.cell_values import parse_amount, parse_date, parse_rate, parse_stage
from ingest.values.units import parse_unit

HERE = Path(__file__).parent


def _amount(text: str, unit: str) -> str:
    cny = parse_amount(text, column_unit=parse_unit(unit) if unit else None, unit_basis="leaf").cny
    return "" if cny is None else str(cny.quantize(Decimal("0.01")))


def _date(text: str, year: str) -> str:
    read = parse_date(text, report_year=int(year) if year else None)
    if read.value is None:
        return ""
    return f"{read.value} {read.precision}{' plan' if read.is_planned else ''}"


def _rate(text: str, _: str) -> str:
    value = parse_rate(text).value
    return "" if value is None else repr(round(value, 9))


def _stage(text: str, _: str) -> str:
    return parse_stage(text).stage or ""


READERS = {"amount": _amount, "date": _date, "rate": _rate, "stage": _stage}


def _rows() -> list[tuple[str, str, str, str]]:
    with (HERE / "held_out_values.csv").open(encoding="utf-8", newline="") as handle:
        return [(row["kind"], row["text"], row["given"], row["value"]) for row in csv.DictReader(handle)]


@pytest.mark.parametrize("kind", sorted(READERS))
def test_no_cell_is_read_wrongly_and_most_are_read(kind: str) -> None:
    read = [(text, given, value, READERS[kind](text, given)) for one, text, given, value in _rows() if one == kind]
    assert [case for case in read if case[3] not in ("", case[2])] == []
    wanted = [got for _, _, value, got in read if value]
    assert sum(1 for got in wanted if got) / len(wanted) >= 0.95


def test_the_list_is_large_enough_to_mean_something() -> None:
    rows = _rows()
    assert len(rows) >= 400
    assert sum(1 for row in rows if not row[3]) >= 150


@pytest.mark.parametrize(
    "text",
    ["1.5+", "~5000", "至5000", "3个", "500负", "5000 0000", "一", "¥500", "--5000"],
)
def test_amounts_that_could_mean_something_else_are_refused(text: str) -> None:
    parsed = parse_amount(text, column_unit=parse_unit("万元"), unit_basis="leaf")
    assert parsed.cny is None
    assert parsed.reason is not None


@pytest.mark.parametrize(
    "text", ["2026年3月未开工", "未于2026年3月开工", "03-01-26", "2026年3月停工", "2026年3月取消", "13/2026"]
)
def test_dates_that_deny_or_can_be_read_twice_are_refused(text: str) -> None:
    parsed = parse_date(text)
    assert parsed.value is None
    assert parsed.reason is not None


def test_instants_are_days_in_shanghai() -> None:
    assert str(parse_date("2026-02-28T16:00:00.000Z").value) == "2026-03-01"
    assert str(parse_date("2026-02-28T15:59:59Z").value) == "2026-02-28"
    assert str(parse_date("98年").value) == "1998-01-01"


@pytest.mark.parametrize(
    "text",
    [
        "开工（计划）",
        "投产（2027年）",
        "投产（一期）",
        "投产准备",
        "是否开工：否",
        "开工×",
        "签约（框架）",
    ],
)
def test_brackets_and_marks_that_change_a_stage_are_not_dropped(text: str) -> None:
    assert parse_stage(text).stage is None
