"""Amounts that their plan and their whole explain, parties that brackets tell, and thin lists in plain words."""

from __future__ import annotations

import io
import json
from typing import Any

import openpyxl

from ingest.ledgers.ledger import LedgerSource, read_ledger
from ingest.ledgers.ledger_output import json_lines


def rows(*lines: str, name: str = "台账.xlsx") -> list[dict[str, Any]]:
    """The fields of the rows of a sheet of such lines, its cells parted by strokes."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        sheet.append([float(cell) if cell.replace(".", "").isdecimal() else cell or None for cell in line.split("|")])
    file = io.BytesIO()
    book.save(file)
    reading = read_ledger(file.getvalue(), name, LedgerSource("410922"))
    lines_told = map(json.loads, json_lines(reading, name))
    return [line["fields"] for line in lines_told if line["type"] == "row"]


def test_plan_and_done_beside_the_whole_are_of_investment() -> None:
    first, _ = rows(
        "工业项目按月监测表  单位：万元",
        "项目名称|项目总投资额|今年计划|当月实际完成|1至本月完成|自开工累计",
        "连铸连轧升级|68000|30000|2800|17500|41000",
        "电子级玻纤布|45000|20000|1500|9800|9800",
    )
    assert first["investment_plan_year_cny"] == 300_000_000
    assert first["investment_done_month_cny"] == 28_000_000
    assert first["investment_done_cumulative_cny"] == 410_000_000


def test_done_that_is_more_than_the_whole_is_not_of_investment() -> None:
    """今年计划 and 当月完成 of sales or output stay open."""
    first, _ = rows(
        "工业项目按月监测表  单位：万元",
        "项目名称|项目总投资额|今年计划|当月完成",
        "连铸连轧升级|6800|30000|12800",
        "电子级玻纤布|4500|20000|11500",
    )
    assert not {"investment_plan_year_cny", "investment_done_month_cny"} & {
        key for key, value in first.items() if value
    }


def test_brackets_say_which_side_invests() -> None:
    first, _ = rows(
        "产业协作项目监测",
        "协作项目名称|甲方（引入企业）|乙方（落户平台）|计划投资（万元）",
        "竹材精深加工|甲竹业公司|县生态工业园|13000",
        "高山蔬菜基地|乙农业公司|西坪乡|2200",
    )
    assert first["investor_name"] == "甲竹业公司"


def test_a_list_in_plain_words_is_named_by_who_comes() -> None:
    first, _ = rows("企业|投什么|多少钱", "江门丰华灯饰公司|灯饰组装|2000万元", "揭阳宏泰塑料公司|日用塑料|1500万元")
    assert (first["project_content"], bool(first["project_name"])) == ("灯饰组装", True)
    second, _ = rows(
        "闲置厂房招商",
        "原企业|新引进|新上什么|投资额（万元）",
        "华盛陶瓷|丰泰新型建材公司|装配式墙板|4500",
        "金鹿纺织|宏远无纺布公司|熔喷布|2600",
    )
    assert second["total_investment_cny"] == 45_000_000
