"""Documents list projects as numbered headings with labels and values below each; sections of one form look alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ingest.formats.sheet import Sheet, Workbook
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook


def read(*rows: Sequence[Any]) -> LedgerReading:
    width = max(map(len, rows))
    cells = [list(row) + [None] * (width - len(row)) for row in rows]
    return read_workbook(Workbook("xlsx", [Sheet("Sheet1", cells)]), "2026年6月.xlsx", LedgerSource(), "0" * 64)


def names(reading: LedgerReading) -> list[Any]:
    return [row.fields.get("project_name") for row in reading.rows]


def test_a_numbered_heading_above_labels_and_values_names_the_project() -> None:
    reading = read(
        ["重点项目推进情况"],
        ["一、年产5万吨饲料项目"],
        ["投资方", "河南丰源饲料有限公司", "总投资", "1.2亿元"],
        ["建设地点", "产业集聚区", "签约时间", "2026年3月18日"],
        ["进展情况", "已完成土地平整。"],
        ["二、智能家居生产线项目"],
        ["投资方", "广东顺和家居有限公司", "总投资", "3亿元"],
        ["进展情况", "主体封顶。"],
    )
    feed, homes = reading.rows
    assert names(reading) == ["年产5万吨饲料项目", "智能家居生产线项目"]
    assert (feed.fields["investor_name"], homes.fields["total_investment_cny"]) == ("河南丰源饲料有限公司", 300_000_000)
    assert (feed.row_number, homes.row_number) == (2, 6)


def test_sections_of_one_form_and_classes_of_projects_name_none() -> None:
    sections = read(
        ["一、项目基本情况"],
        ["项目名称", "饲料加工项目", "总投资", "1.2亿元"],
        ["投资方", "河南丰源饲料有限公司", "建设地点", "产业集聚区"],
        ["二、投资方情况"],
        ["注册资本", "5000万元", "法定代表人", "张某"],
        ["联系电话", "138****5678", "主营业务", "饲料"],
    )
    assert names(sections) == ["饲料加工项目"]
    classes = read(
        ["一、工业项目"],
        ["项目名称", "投资方", "总投资（万元）"],
        ["饲料加工项目", "河南丰源饲料有限公司", 12000],
        ["二、农业项目"],
        ["项目名称", "投资方", "总投资（万元）"],
        ["设施蔬菜项目", "寿光绿源农业有限公司", 3000],
    )
    assert names(classes) == ["饲料加工项目", "设施蔬菜项目"]
