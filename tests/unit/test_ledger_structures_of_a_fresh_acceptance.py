"""Structures that a fresh acceptance drew: cards of two lines, unnumbered phases, notes beside stated dates, offices as headings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ingest.formats.sheet import Merge, Sheet, Workbook
from ingest.ledgers.ledger import LedgerReading, LedgerRow, LedgerSource, read_workbook
from ingest.rows.group_fields import field_of_group

_ = None


def read(cells: Sequence[Sequence[Any]], *merges: tuple[int, int, int, int]) -> LedgerReading:
    sheet = Sheet("Sheet1", [list(row) for row in cells], merges=[Merge(*merge) for merge in merges])
    return read_workbook(Workbook("xlsx", [sheet]), "2026年6月台账.xlsx", LedgerSource("410922"), "0" * 64)


def accepted(reading: LedgerReading) -> list[LedgerRow]:
    return [row for row in reading.rows if row.status == "accepted"]


def values(reading: LedgerReading, field: str) -> list[Any]:
    return [row.fields.get(field) for row in accepted(reading)]


def test_cards_of_two_lines_one_below_another_are_forms() -> None:
    cards = [
        [
            ["项目名称", name, "总投资（万元）", total, "投资方", f"{name}公司", "责任单位", "县工信局"],
            ["建设地点", "城关镇", "开工时间", "2025-10-28", "到位资金（万元）", 400, "进展情况", "主体施工"],
        ]
        for name, total in (("甲厂项目", 3000), ("乙厂项目", 5000), ("丙厂项目", 800))
    ]
    reading = read([["招商项目卡片"], *(line for card in cards for line in card)])
    assert values(reading, "project_name") == ["甲厂项目", "乙厂项目", "丙厂项目"]
    assert values(reading, "total_investment_cny") == [30_000_000, 50_000_000, 8_000_000]
    assert values(reading, "location") == ["城关镇"] * 3


def test_cards_may_have_a_line_whose_label_is_not_known() -> None:
    cards = [
        [
            ["项目名称", f"{name}项目", "投资方", f"{name}公司"],
            ["镇办甲", "城关镇", "总投资（万元）", 500],
            ["本年完成投资（万元）", 100, "进展情况", "主体施工"],
        ]
        for name in "甲乙丙"
    ]
    reading = read([line for card in cards for line in card])
    assert values(reading, "project_name") == ["甲项目", "乙项目", "丙项目"]
    assert values(reading, "investment_done_ytd_cny") == [1_000_000] * 3


def test_a_colon_in_a_label_s_brackets_parts_no_value_from_it() -> None:
    form = [
        ["项目名称", "甲厂项目", "投资方", "甲公司"],
        ["总投资（单位：亿元）", 1.5, "建设地点", "城关镇"],
        ["开工时间", "2025-10-28", "责任单位", "县工信局"],
        ["建设内容", "建设厂房", "备注", "无"],
    ]
    assert values(read(form), "total_investment_cny") == [150_000_000]
    inline = [
        ["项目名称：甲厂项目"],
        ["建设性质（新建/续建）：续建"],
        ["总投资（单位：亿元）：1.5"],
        ["责任单位：县工信局"],
    ]
    reading = read(inline)
    assert values(reading, "construction_nature") == ["续建"]
    assert values(reading, "total_investment_cny") == [150_000_000]


HEAD = ["序号", "项目名称", "建设内容", "投资方", "责任单位", "总投资（万元）"]


def test_phases_without_a_number_are_parts_of_the_numbered_project_above_them() -> None:
    reading = read(
        [
            HEAD,
            [1, "甲园区项目", "建设厂房", "甲公司", "县工信局", 5000],
            [_, "一期工程", _, _, _, 2000],
            [_, "二期工程", _, _, _, 3000],
            [2, "乙厂项目", "建设仓库", "乙公司", "县商务局", 800],
            [3, "丙厂加工", "建设车间", "丙公司", "县商务局", 900],
            [_, "其中：一期工程", _, _, _, 500],
            [_, "二期工程", _, _, _, 400],
        ]
    )
    assert values(reading, "project_name") == ["甲园区项目", "乙厂项目", "丙厂加工"]
    assert [row for row in reading.rows if row.status == "rejected"] == []
    assert reading.rows_accepted + reading.rows_rejected + reading.rows_furniture == 8


def test_a_phase_that_is_described_stays_a_project() -> None:
    reading = read(
        [
            HEAD,
            [1, "甲园区项目", "建设厂房", "甲公司", "县工信局", 5000],
            [_, "二期工程", "建设车间", "乙公司", "县商务局", 3000],
            [2, "乙厂项目", "建设仓库", "乙公司", "县商务局", 800],
        ]
    )
    assert len(accepted(reading)) == 3


@pytest.mark.parametrize(
    ("note", "started", "produced", "stage"),
    [
        ("正在办理施工许可", "2025-08-31", _, "started"),
        ("场地平整", "2025-08-31", _, "signed"),
        ("未开工", "2025-08-31", _, "signed"),
        ("场地平整", "2025-08-31", "2026-03-01", "in_production"),
        ("正在进行基础施工", "2025-08-31", "2026-03-01", "in_production"),
        ("正在进行基础施工", _, _, "started"),
    ],
)
def test_stated_dates_beside_a_note(note: str, started: str | None, produced: str | None, stage: str) -> None:
    reading = read(
        [
            ["序号", "项目名称", "签约时间", "开工时间", "投产时间", "进展情况"],
            [1, "甲厂项目", "2025-05-19", started, produced, note],
            [2, "乙厂项目", "2025-05-20", "2025-09-01", _, "主体施工"],
        ]
    )
    assert values(reading, "stage")[0] == stage


@pytest.mark.parametrize("label", ["县文旅局", "文旅专班", "县农产品加工服务中心"])
def test_an_office_is_no_industry(label: str) -> None:
    assert (field_of_group(label) or ("",))[0] not in {"industry", "industry_chain"}


def test_starred_running_numbers_are_no_codes() -> None:
    reading = read(
        [
            ["编号", "项目名称", "投资方", "总投资（万元）"],
            *([f"★{at}", f"{at}号厂房项目", "甲公司", 500] for at in range(1, 5)),
        ]
    )
    assert values(reading, "project_code") == [None] * 4


def test_hints_below_a_header_are_no_project() -> None:
    hints = ["自动编号", "不超过200字", "按备案证填写", "下拉选择", "填数字，保留两位小数", "如2026-03-01"]
    reading = read(
        [
            ["序号", "项目名称", "建设内容", "责任单位", "总投资（万元）", "开工时间"],
            hints,
            [1, "甲厂项目", "建设厂房", "县工信局", 500, "2026-03-02"],
            [2, "乙厂项目", "建设仓库", "县商务局", 600, "2026-03-03"],
        ]
    )
    assert values(reading, "project_name") == ["甲厂项目", "乙厂项目"]
    assert reading.rows_rejected == 0


def test_both_lines_of_a_header_of_two_line_records_are_header_rows() -> None:
    reading = read(
        [
            ["序号", "项目名称", "总投资（万元）"],
            [_, "建设内容", "到位资金（万元）"],
            [1, "甲厂项目", 500],
            [_, "建设厂房", 100],
            [2, "乙厂项目", 600],
            [_, "建设仓库", 200],
        ],
        (0, 0, 1, 0),
        (2, 0, 3, 0),
        (4, 0, 5, 0),
    )
    assert values(reading, "project_content") == ["建设厂房", "建设仓库"]
    assert [table.header_rows for sheet in reading.sheets for table in sheet.tables] == [(1, 2)]


def test_lists_right_beside_one_another_may_name_their_projects_in_other_words() -> None:
    reading = read(
        [
            ["签约项目", _, _, "开工项目", _, _],
            ["序号", "企业（项目）名称", "总投资（万元）", "序号", "签约项目名称", "开工时间"],
            [1, "甲厂项目", 500, 1, "丙厂项目", "2025-08-31"],
            [2, "乙厂项目", 600, 2, "丁厂项目", "2025-09-01"],
        ],
        (0, 0, 0, 2),
        (0, 3, 0, 5),
    )
    assert sorted(values(reading, "project_name")) == sorted(["甲厂项目", "乙厂项目", "丙厂项目", "丁厂项目"])


def test_a_sentence_between_records_is_no_class_of_theirs() -> None:
    assert field_of_group("以上项目为省重点，以下项目为市重点") is None
    assert field_of_group("省重点项目") == ("project_level", "省重点")


def test_projects_below_the_event_where_they_were_signed_are_signed_at_least() -> None:
    head = ["序号", "项目名称", "总投资（万元）", "开工时间"]
    reading = read(
        [
            head,
            ["一、第31届兰洽会签约项目（2个）", _, _, _],
            [1, "甲厂项目", 500, _],
            [2, "乙厂项目", 600, "2025-09-01"],
        ],
        (1, 0, 1, 3),
    )
    assert values(reading, "stage") == ["signed", "started"]
    assert values(reading, "signing_event") == ["第31届兰洽会"] * 2


def test_dates_below_a_schedule_keep_what_their_own_headers_say() -> None:
    reading = read(
        [
            ["序号", "项目名称", "时间进度安排", _],
            [_, _, "签约时间", "计划开工时间"],
            [1, "甲厂项目", "2025-05-19", "2026-09-01"],
            [2, "乙厂项目", "2025-05-20", "2026-09-01"],
        ],
        (0, 0, 1, 0),
        (0, 1, 1, 1),
        (0, 2, 0, 3),
    )
    assert values(reading, "signed_on")[0].isoformat() == "2025-05-19"
    assert values(reading, "planned_start_on")[0].isoformat() == "2026-09-01"
