"""Units stated between rows, in a second column or over one of two lists; lists that go on beside themselves; lines of years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ingest.formats.sheet import Merge, Sheet, Workbook
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook

_: None = None
NAMES = ["甲厂冷链项目", "乙园标准厂房项目", "丙谷预制菜项目", "丁坊民宿项目"]
HEADER = ["序号", "项目名称", "总投资", "责任单位"]


def read(cells: Sequence[Sequence[Any]], *merges: tuple[int, int, int, int]) -> LedgerReading:
    sheet = Sheet("Sheet1", [list(row) for row in cells], merges=[Merge(*merge) for merge in merges])
    return read_workbook(Workbook("xlsx", [sheet]), "台账.xlsx", LedgerSource("410922"), "0" * 64)


def values(reading: LedgerReading, field: str) -> list[Any]:
    return [row.fields.get(field) for row in reading.rows if row.status == "accepted" and row.kind == "project"]


def records(amounts: Sequence[Any], start: int = 0) -> list[list[Any]]:
    return [[at + 1, NAMES[at], amount, "县工信局"] for at, amount in enumerate(amounts, start)]


@pytest.mark.parametrize(
    "line", ["单位：亿元", "（单位：亿元）", "（以下项目单位：亿元）", "以下总投资单位为亿元", "以下金额单位均为亿元。"]
)
def test_a_line_between_rows_states_the_unit_of_those_below_it(line: str) -> None:
    rows = [[_, _, _, "单位：万元"], HEADER, *records([5000, 900]), [line], *records([1.2, 0.5], 2)]
    assert values(read(rows), "total_investment_cny") == [50_000_000, 9_000_000, 120_000_000, 50_000_000]


def test_a_line_that_speaks_of_what_is_below_outdoes_the_header_and_of_other_amounts_says_nothing() -> None:
    header = ["序号", "项目名称", "总投资（万元）", "责任单位"]
    rows = [header, *records([5000, 900]), ["以下项目单位：亿元"], *records([1.2, 0.5], 2)]
    assert values(read(rows), "total_investment_cny") == [50_000_000, 9_000_000, 120_000_000, 50_000_000]
    rows[3] = ["以下到位资金单位：亿元"]
    assert values(read(rows), "total_investment_cny")[-2:] == [12_000, 5_000]


def test_of_two_columns_below_one_header_the_second_may_hold_the_units() -> None:
    rows = [["序号", "项目名称", "总投资", _, "责任单位"]]
    rows += [[1, NAMES[0], 5000, "万元", "县工信局"], [2, NAMES[1], 1.2, "亿元", "县商务局"]]
    assert values(read(rows, (0, 2, 0, 3)), "total_investment_cny") == [50_000_000, 120_000_000]


def test_lists_beside_one_another_have_titles_of_their_own() -> None:
    titles = ["青溪镇项目台账（单位：万元）", _, _, _, _, "柳林镇项目台账（单位：亿元）", _, _, _]
    rows = [[*one, _, *other] for one, other in zip(records([5000, 900]), records([1.2, 0.5], 2), strict=True)]
    reading = read([titles, [*HEADER, _, *HEADER], *rows], (0, 0, 0, 3), (0, 5, 0, 8))
    assert sorted(values(reading, "total_investment_cny")) == [9_000_000, 50_000_000, 50_000_000, 120_000_000]


def test_names_written_again_beside_a_list_go_on_with_it() -> None:
    header = ["序号", "项目名称", "总投资（万元）", _, "项目名称", "责任单位", "存在问题"]
    rows = [[at, name, 5000, _, name, "县工信局", "缺用地"] for at, name in enumerate(NAMES, 1)]
    reading = read([header, *rows])
    assert values(reading, "project_name") == NAMES
    assert values(reading, "problem") == ["缺用地"] * 4


def test_other_names_beside_a_list_are_another_list() -> None:
    header = ["序号", "项目名称", "总投资（万元）", _, "项目名称", "责任单位", "存在问题"]
    rows = [[at, name, 5000, _, f"{name}二期", "县工信局", "缺用地"] for at, name in enumerate(NAMES, 1)]
    assert len(values(read([header, *rows]), "project_name")) == 2 * len(NAMES)


def test_lines_of_years_leave_the_project_read_and_their_amounts_open() -> None:
    rows: list[list[Any]] = [["序号", "项目名称", "总投资（万元）", "年度", "完成投资（万元）"]]
    for at, name in enumerate(NAMES[:2], 1):
        rows += [[at, name, 5000, "2024年", 500], [_, _, _, "2025年", 700]]
    merges = [(top, column, top + 1, column) for top in (1, 3) for column in range(3)]
    reading = read(rows, *merges)
    assert values(reading, "total_investment_cny") == [50_000_000] * 2
    assert [row.raw["完成投资（万元）"] for row in reading.rows] == ["500；700"] * 2
    assert all(not name.startswith("investment_done") for row in reading.rows for name in row.fields)


def test_totals_without_figures_below_two_headers_are_no_headers() -> None:
    header = ["序号", "项目名称", "责任单位"]
    totals = [_, "合计", _, _, "合计", _, _]
    rows = [[at, NAMES[at], "县工信局", _, at, NAMES[at + 2], "县商务局"] for at in range(2)]
    assert sorted(values(read([[*header, _, *header], totals, *rows]), "project_name")) == sorted(NAMES)
    assert sorted(values(read([[*header, _, *header], totals, *rows]), "sequence_no")) == ["0", "0", "1", "1"]
