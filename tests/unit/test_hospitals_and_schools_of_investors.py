"""Hospitals and schools are projects where companies build them, and public works where offices do."""

from __future__ import annotations

import io

import openpyxl
import pytest

from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_ledger


def read(headers: str, *rows: str) -> LedgerReading:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (headers, *rows):
        sheet.append(line.split("|"))
    file = io.BytesIO()
    book.save(file)
    return read_ledger(file.getvalue(), "表.xlsx", LedgerSource("410922"))


@pytest.mark.parametrize(
    ("headers", "rows"),
    [
        (
            "项目名称|建设单位|建设内容|总投资（万元）|开工时间|形象进度",
            (
                "爱尔眼科医院|某某眼科医疗投资公司|床位120张|16000|2026.3|主体三层",
                "国际幼儿园|某某教育科技公司|12个班|5000|2026.2|装修",
            ),
        ),
        (
            "项目名称|总投资（万元）|到位资金（万元）|开工时间",
            ("仁爱骨科医院|12000|3000|2026-03", "蓝天职业学校|26000|5000|2026-05"),
        ),
        (
            "项目名称|总投资（万元）|签约时间|进展",
            ("同济眼科医院|8000|2026-03|选址", "育才高级中学|32000|2026-05|规划"),
        ),
    ],
)
def test_what_companies_build_or_sign_for_is_a_project(headers: str, rows: tuple[str, ...]) -> None:
    reading = read(headers, *rows)
    assert [table.kind for table in reading.tables] == ["project"]
    assert reading.rows_accepted == len(rows)


@pytest.mark.parametrize(
    ("headers", "rows"),
    [
        (
            "项目名称|建设单位|总投资（万元）|到位资金（万元）|开工时间|进展情况",
            ("传染病区建设|县人民医院|3900|2600|2025.11|封顶", "柏林镇卫生院改扩建|柏林镇卫生院|320|200|2026.4|招标"),
        ),
        (
            "项目名称|总投资（万元）|到位资金（万元）|开工时间|责任单位",
            ("县人民医院住院楼|12000|3000|2026-03|卫健委", "第二小学教学楼|2600|500|2026-05|教育局"),
        ),
        (
            "项目名称|实施单位|总投资（万元）|开工时间|进展情况",
            ("城北小学教学楼|某某建工集团|1200|2026-03|主体", "实验幼儿园|某某建筑公司|600|2026-05|招标"),
        ),
    ],
)
def test_what_offices_build_is_none(headers: str, rows: tuple[str, ...]) -> None:
    assert read(headers, *rows).reason_code == "no_project_column"


def test_a_substation_is_put_to_use_and_produces_nothing() -> None:
    rows = ("城东110千伏输变电工程|6800|2026年3月|2027年6月|基础", "双庙农网改造|420|2026年2月|2026年9月|立杆")
    assert read("项目名称|总投资（万元）|开工时间|计划投运时间|进展", *rows).status == "refused"


@pytest.mark.parametrize(
    ("headers", "rows"),
    [
        (
            "企业名称|项目内容|资金（万元）|时间|状态",
            ("某某鞋业|针车车间扩建|3000|2026.4|在建", "某某电声|新上喇叭线|2200|2026.2|投产"),
        ),
        (
            "名称|内容|投资|时间|责任单位",
            ("东方红木|红木家具|1.2亿|2026.3|林业局", "恒兴电镀|电镀中心|8000万|2026.5|环保局"),
        ),
        (
            "楼栋|企业|产品|设备投入（万元）|入驻时间|进展",
            ("3#|某某精工|治具|800|2026.3|投产", "5#|某某光电|背光源|2600|2026.4|装修"),
        ),
    ],
)
def test_thin_lists_are_named_by_what_they_have(headers: str, rows: tuple[str, ...]) -> None:
    reading = read(headers, *rows)
    assert [row.fields["project_name"] for row in reading.rows] == [
        row.split("|")[1 if headers.startswith("楼栋") else 0] for row in rows
    ]
