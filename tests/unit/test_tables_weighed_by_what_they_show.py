"""Lists below titles that say nothing: what they show of themselves tells investments from other matters."""

from __future__ import annotations

import io

import openpyxl
import pytest

from ingest.kinds import project_evidence
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_ledger


def read(title: str, headers: str, *rows: str) -> LedgerReading:
    """A file of one sheet: a title, a header and rows, their cells parted by strokes."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in ([title], headers.split("|"), *(row.split("|") for row in rows)):
        sheet.append(line)
    file = io.BytesIO()
    book.save(file)
    return read_ledger(file.getvalue(), "表.xlsx", LedgerSource("410922"))


@pytest.mark.parametrize(
    ("title", "headers", "rows"),
    [
        (
            "在县拍摄项目登记表",
            "项目名称|出品单位|投资额（万元）|题材|取景地|开机时间|杀青时间",
            (
                "电视剧《山河谣》|甲影视公司|6000|年代|古镇|2023-04-18|2023-07-30",
                "网络电影《渡口》|乙文化公司|800|悬疑|码头|2023-05-20|2023-06-15",
            ),
        ),
        (
            "",
            "项目名称|船东|船号|补助金额（万元）|拆解时间|资金到位（万元）",
            ("减船转产|林某|闽渔01021|36|2023-05-06|36", "更新改造|郑某|闽渔02210|58|2023-04-12|29"),
        ),
        (
            "认捐项目落实情况",
            "认捐项目|认捐企业|认捐金额（万元）|已到位资金（万元）|签约时间|落实进度|联系单位",
            (
                "乡村小学图书室|甲公司|50|30|2023-09-05|已建成3所|县慈善总会",
                "困境儿童救助|乙公司|100|100|2023-09-05|持续发放|县民政局",
            ),
        ),
    ],
)
def test_a_matter_nobody_listed_is_told_by_all_it_shows(title: str, headers: str, rows: tuple[str, ...]) -> None:
    reading = read(title, headers, *rows)
    assert (reading.status, reading.reason_code) == ("refused", "no_project_column")


@pytest.mark.parametrize(
    ("title", "headers", "rows"),
    [
        (
            "项目进展情况表",
            "项目名称|建设单位|总投资（万元）|形象进度",
            ("铝型材挤压线|甲铝业公司|12000|屋面施工", "预制菜加工|乙食品公司|6500|冷库安装"),
        ),
        (
            "情况表",
            "项目名称|停工时间|停工原因|处置建议",
            ("木塑地板|2022年10月|资金断链|引入新股东", "铸造厂|2022年11月|环保不达标|收回土地"),
        ),
        (
            "",
            "项目|单位|地点|金额（万元）|时间|进展",
            ("硅酸钙板|甲板材公司|三塘|7600|2023年5月|烘干窑安装", "酱卤制品|乙食品公司|河口|900|2023年7月|试产"),
        ),
        (
            "2026年5月项目进展情况表",
            "序号|项目名称|签约时间|开工时间|合同金额（万元）|进展情况",
            ("1|华通|2026-03-01|2026-05-01|5000|正在办理手续", "2|恒远|2026-04-05||8000|已签约"),
        ),
    ],
)
def test_a_list_of_factories_stays_one_below_a_title_that_says_nothing(
    title: str, headers: str, rows: tuple[str, ...]
) -> None:
    reading = read(title, headers, *rows)
    assert [table.kind for sheet in reading.sheets for table in sheet.tables] == ["project"]


def test_what_a_title_says_outright_is_not_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    """招商 in a title, an origin of the investor or an amount in 亿元 settles it, whatever else a list shows."""
    monkeypatch.setattr(project_evidence, "shows_another_matter", lambda *_, **__: True)
    rows = ("纸箱|甲公司|2|2023-04-18", "皮鞋|乙公司|3|2023-05-20")
    assert read("招商项目", "项目名称|投资方|取景地|签约时间", *rows).status == "read"
    assert read("", "项目名称|投资方|总投资（亿元）|签约时间", *rows).status == "read"
    assert read("", "项目名称|投资方|取景地|签约时间", *rows).status == "refused"
