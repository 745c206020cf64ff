"""Two lists right beside one another whose headers stand in different rows."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter
from written_ledgers import told

from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_ledger

LEFT = ["序号", "项目名称", "投资方", "总投资（万元）", "签约时间"]
RIGHT = ["序号", "项目名称", "责任单位", "到位资金（万元）"]
NONE = {"left": [None] * len(LEFT), "right": [None] * len(RIGHT)}


def left(number: int) -> list[Any]:
    return [number, f"甲{number}号产业园项目", f"第{number}公司", number * 1000, "2026-03-01"]


def right(number: int) -> list[Any]:
    return [number, f"乙{number}号物流园项目", f"第{number}局", number * 10]


def read(rows: list[list[Any]]) -> LedgerReading:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(rows):
            sheet.write_row(row, 0, cells)
    return read_ledger(target.getvalue(), "清丰县2026年6月台账.xlsx", LedgerSource())


def names_read(rows: list[list[Any]]) -> tuple[list[str], int]:
    """The names of the accepted projects, and how many rows were rejected."""
    reading = read(rows)
    return sorted(str(row.fields.get("project_name")) for row in reading.rows if row.status == "accepted"), (
        reading.rows_rejected
    )


def side_by_side(left_rows: list[list[Any]], right_rows: list[list[Any]]) -> list[list[Any]]:
    return [one + other for one, other in zip(left_rows, right_rows, strict=True)]


@pytest.mark.parametrize("lower", range(4))
def test_a_list_that_begins_lower_right_beside_another_is_read_as_its_own(lower: int) -> None:
    lefts = [LEFT, *map(left, range(1, 6)), *[NONE["left"]] * lower]
    rights = [*[NONE["right"]] * lower, RIGHT, *map(right, range(1, 6))]
    names, rejected = names_read(side_by_side(lefts, rights))
    assert names == sorted([f"甲{n}号产业园项目" for n in range(1, 6)] + [f"乙{n}号物流园项目" for n in range(1, 6)])
    assert rejected == 0


def test_a_list_that_begins_lower_on_the_left_is_read_too() -> None:
    lefts = [NONE["left"], NONE["left"], LEFT, *map(left, range(1, 4))]
    rights = [RIGHT, *map(right, range(1, 4)), NONE["right"], NONE["right"]]
    names, rejected = names_read(side_by_side(lefts, rights))
    assert (len(names), rejected) == (6, 0)


def test_a_title_over_the_lower_list_stands_beside_the_other_one_s_header() -> None:
    lefts = [["签约项目", *[None] * 4], LEFT, *map(left, range(1, 5))]
    rights = [NONE["right"], ["到位资金项目", None, None, None], RIGHT, right(1), right(2), NONE["right"]]
    names, rejected = names_read(side_by_side(lefts, rights))
    assert (len(names), rejected) == (6, 0)


def test_columns_without_a_header_that_hold_no_list_stay_with_theirs() -> None:
    rows = [[*LEFT, None, None, None], *[[*left(n), "甲", "乙", "丙"] for n in range(1, 5)]]
    names, rejected = names_read(rows)
    assert (names, rejected) == ([f"甲{n}号产业园项目" for n in range(1, 5)], 0)


def test_columns_behind_an_empty_one_are_the_lists_own_whatever_words_stand_below() -> None:
    header = ["序号", "项目名称", "投资方", "总投资（万元）", None, "解决措施", "所在园区", "责任人", "备注"]
    rows = [
        [
            number,
            f"甲{number}号产业园项目",
            f"第{number}公司",
            number * 1000,
            None,
            "对接银行争取贷款",
            "经济开发区",
            "林某某",
            "重点项目",
        ]
        for number in range(1, 6)
    ]

    assert told(read([header, *rows]), "measure", "park_name") == [("对接银行争取贷款", "经济开发区")] * 5
