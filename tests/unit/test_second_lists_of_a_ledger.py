"""A ledger often goes on below its list, or on a second sheet: with what hinders the same projects, or with more on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ingest.formats.sheet import Sheet, Workbook
from ingest.ledgers.ledger import LedgerSource, read_workbook
from ingest.ledgers.ledger_types import LedgerRow

LISTED = (
    ("平舆县2026年6月招商引资项目台账（单位：万元）",),
    ("序号", "项目名称", "投资方", "总投资", "到位资金", "签约时间"),
    (1, "饲料加工项目", "河南丰源饲料有限公司", 12000, 3000, "2026-03-18"),
    (2, "智能家居项目", "广东顺和家居有限公司", 30000, 8000, "2026-02-11"),
    (),
)


def read(*sheets: Sequence[Sequence[Any]]) -> list[LedgerRow]:
    width = 6
    cells = [[list(row) + [None] * (width - len(row)) for row in rows] for rows in sheets]
    book = Workbook("xlsx", [Sheet(f"Sheet{number}", rows) for number, rows in enumerate(cells, start=1)])
    return list(read_workbook(book, "台账.xlsx", LedgerSource(), "0" * 64).rows)


def told(row: LedgerRow, *fields: str) -> list[Any]:
    return [row.fields.get(name) for name in ("project_name", *fields)]


def test_a_list_below_of_what_hinders_the_same_projects_lists_problems() -> None:
    below = (
        ("序号", "项目名称", "存在问题", "责任单位", "解决时限"),
        (1, "饲料加工项目", "用地指标未落实", "自然资源局", "2026-07-31"),
        (2, "智能家居项目", "环评批复滞后", "生态环境分局", "2026-07-15"),
    )
    rows = read((*LISTED, *below))
    assert [row.kind for row in rows] == ["project", "project", "problem", "problem"]
    assert told(rows[2], "subject", "owner_unit") == ["饲料加工项目", "用地指标未落实", "自然资源局"]


def test_so_does_one_on_a_second_sheet_and_one_whose_name_column_is_called_otherwise() -> None:
    sheet = (("序号", "涉及项目", "需协调解决的问题", "牵头单位"), (1, "饲料加工项目", "用地指标未落实", "自然资源局"))
    rows = read(LISTED, sheet)
    assert [row.kind for row in rows] == ["project", "project", "problem"]
    assert told(rows[2], "subject") == ["饲料加工项目", "用地指标未落实"]


def test_problems_of_projects_that_no_list_names_stay_columns_of_their_projects() -> None:
    below = (
        ("在谈项目",),
        ("序号", "项目名称", "存在问题", "责任单位"),
        (1, "箱包产业园项目", "用地指标未落实", "自然资源局"),
        (2, "户外用品项目", "环评批复滞后", "生态环境分局"),
    )
    rows = read((*LISTED, *below))
    assert [row.kind for row in rows] == ["project"] * 4
    assert told(rows[2], "stage", "problem") == ["箱包产业园项目", "talks", "用地指标未落实"]


def test_a_heading_of_names_is_no_project_whatever_stands_beside_it() -> None:
    problems = (("存在问题",), ("项目名称", "问题", "建议"), ("饲料加工项目", "用地指标未落实", "请尽快组卷"))
    progress = (("项目名称", "6月进展", "下步计划"), ("饲料加工项目", "完成土地平整", "开工"))
    assert [told(row, "subject", "measure") for row in read((*LISTED, *problems))[2:]] == [
        ["饲料加工项目", "用地指标未落实", "请尽快组卷"]
    ]
    assert [told(row, "progress_note") for row in read((*LISTED, *progress))[2:]] == [["饲料加工项目", "完成土地平整"]]
