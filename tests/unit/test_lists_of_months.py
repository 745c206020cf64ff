"""Lists with a row a project and month, as platforms export them: one state a project, every figure with its month."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ingest.formats.sheet import Sheet, Workbook
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook

HEADER = (
    "项目名称",
    "投资方",
    "总投资（万元）",
    "填报月份",
    "本月到位资金（万元）",
    "本年累计到位资金（万元）",
    "形象进度",
)


def read(
    *rows: tuple[Any, ...], title: str = "2026年6月项目填报情况", header: tuple[str, ...] = HEADER
) -> LedgerReading:
    cells: list[list[Any]] = [[title, *[None] * (len(header) - 1)], list(header), *(list(row) for row in rows)]
    return read_workbook(Workbook("xlsx", [Sheet("Sheet1", cells)]), "导出.xlsx", LedgerSource(), "0" * 64)


def months(reading: LedgerReading, position: int) -> list[tuple[str | None, int | None, int | None, Decimal | None]]:
    row = list(reading.rows)[position]
    return [(one.field, one.year, one.month_to, one.amount_cny) for one in row.month_values]


def line(name: str, month: Any, done: Any, so_far: Any, progress: str) -> tuple[Any, ...]:
    return (name, "河南丰源食品有限公司", 15000, month, done, so_far, progress)


def test_the_latest_month_tells_the_state_in_whatever_order_the_rows_stand() -> None:
    reading = read(
        line("预制菜项目", "2026-06", 1200, 4700, "主体封顶"),
        line("预制菜项目", "2026-05", 900, 3500, "主体施工"),
        line("预制菜项目", "2026-04", 800, 2600, "基础施工"),
    )
    (row,) = reading.rows
    assert row.fields["funds_arrived_ytd_cny"] == Decimal(47_000_000)
    assert row.fields["progress_note"] == "主体封顶"
    assert (row.row_number, reading.rows_furniture) == (3, 4)
    assert months(reading, 0) == [
        ("funds_arrived_month_cny", 2026, 5, Decimal(9_000_000)),
        ("funds_arrived_ytd_cny", 2026, 5, Decimal(35_000_000)),
        ("funds_arrived_month_cny", 2026, 4, Decimal(8_000_000)),
        ("funds_arrived_ytd_cny", 2026, 4, Decimal(26_000_000)),
    ]
    assert "较早月份的 2 行" in " ".join(reading.remarks)


def test_a_project_whose_rows_end_earlier_keeps_its_figures_with_their_month_and_not_as_this_one_s() -> None:
    reading = read(
        line("预制菜项目", "5月", 900, 3500, "主体施工"),
        line("预制菜项目", "6月", 1200, 4700, "主体封顶"),
        line("线束项目", "5月", 300, 300, "装修"),
    )
    food, cables = reading.rows
    assert food.fields["funds_arrived_month_cny"] == Decimal(12_000_000)
    assert cables.fields.get("funds_arrived_month_cny") is None
    assert ("funds_arrived_month_cny", 2026, 5, Decimal(3_000_000)) in months(reading, 1)


def test_projects_listed_once_under_a_month_each_and_two_rows_of_one_month_all_stay() -> None:
    once = read(line("预制菜项目", "5月", 900, 3500, "主体施工"), line("线束项目", "6月", 300, 300, "装修"))
    assert [row.fields["funds_arrived_month_cny"] for row in once.rows] == [Decimal(9_000_000), Decimal(3_000_000)]
    twice = read(
        line("预制菜项目", "2026-05", 900, 3500, "主体施工"),
        line("预制菜项目", "2026-06", 1200, 4700, "主体封顶"),
        line("预制菜项目", "2026-06", 100, 4800, "二期清表"),
    )
    assert [row.row_number for row in twice.rows] == [4, 5]


def test_a_row_that_is_turned_away_stays_to_be_seen() -> None:
    reading = read(
        line("预制菜项目", "2026-05", "900、1200", 3500, "主体施工"),
        line("预制菜项目", "2026-06", 1200, 4700, "主体封顶"),
    )
    assert [bool(row.reasons) for row in reading.rows] == [True, False]
