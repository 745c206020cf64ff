"""What fifteen offices' ledgers taught: periods beside plain dates, stories with what follows, names of single offices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ingest.columns.column_meaning import HeaderContext
from ingest.formats.sheet import Sheet, Workbook
from ingest.headers.interpretation import interpret_columns
from ingest.ledgers.ledger import LedgerSource, read_workbook

_: None = None


def column(cells: Sequence[Sequence[Any]], field: str) -> list[str]:
    book = Workbook("xlsx", [Sheet("Sheet1", [list(row) for row in cells])])
    reading = read_workbook(book, "台账.xlsx", LedgerSource("410922"), "0" * 64)
    return [str(row.fields.get(field)) for row in reading.rows if row.status == "accepted"]


def field_of(header: str) -> str | None:
    paths = [("项目名称",), tuple(header.split(" > "))]
    return interpret_columns(paths, context=HeaderContext())[-1].field


def test_a_planned_date_of_its_own_says_more_than_the_end_of_a_period() -> None:
    cells = [
        ["项目名称", "总投资（亿元）", "建设起止年限", "计划竣工"],
        ["轮毂厂", 6.5, "2025-2026", "2026年10月"],
        ["酒庄", 1.2, "2025-2027", _],
    ]
    assert column(cells, "planned_completion_on") == ["2026-10-01", "2027-01-01"]


def test_a_period_beside_a_planned_start_fills_what_that_leaves_open() -> None:
    cells = [
        ["项目名称", "总投资（亿元）", "建设起止年限", "计划开工时间"],
        ["轮毂厂", 6.5, "2025-2026", "2025年4月"],
        ["酒庄", 1.2, "2025-2027", _],
    ]
    assert column(cells, "planned_start_on") == ["2025-04-01", "2025-01-01"]
    assert column(cells, "planned_completion_on") == ["2026-01-01", "2027-01-01"]


def test_an_intended_project_is_a_project() -> None:
    cells = [["序号", "意向投资项目", "投资概算"], [1, "燕窝加工车间", "2000万元"], [2, "模具厂", "0.8亿元"]]
    assert column(cells, "project_name") == ["燕窝加工车间", "模具厂"]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("进展及下一步计划", "progress_note"),
        ("目前进展、下步打算", "progress_note"),
        ("解决措施及时限", "measure"),
        ("进展 > 下一步计划", "measure"),
        ("解决措施 > 完成时限", "due_on"),
        ("进展情况及存在问题", None),
        ("问题及时限", None),
        ("集中开工日期", "started_on"),
        ("立项备案代码", "project_code"),
        ("坐落", "location"),
        ("分类处置意见", "measure"),
        ("届次", "signing_event"),
        ("包抓局领导", "responsible_leader"),
        ("跟进人电话", "contact_phone"),
        ("侨居国（地区）", "investor_origin"),
        ("用地情况 > 单位", None),
    ],
)
def test_what_offices_call_their_columns(header: str, field: str | None) -> None:
    assert field_of(header) == field
