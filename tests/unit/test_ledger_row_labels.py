"""Rows told by their labels: signatures without colons, dates at the foot, comparisons, counted totals, ornaments."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.sheet import Sheet, Workbook
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook
from ingest.rows.furniture import _announced, label_kind
from ingest.values.printed import compact

_: None = None
HEADER = ["序号", "项目名称", "投资方", "总投资（万元）", "签约时间", "备注"]
FIRST = [1, "甲厂", "A公司", 100, "2026-1-1"]


def read(*rows: list[Any], header: list[Any] = HEADER) -> LedgerReading:
    sheet = Sheet("Sheet1", [header, *rows])
    return read_workbook(Workbook("xlsx", [sheet]), "台账.xlsx", LedgerSource("410922"), "0" * 64)


def names(reading: LedgerReading) -> list[Any]:
    assert all(row.status == "accepted" for row in reading.rows)
    return [row.fields.get("project_name") for row in reading.rows]


@pytest.mark.parametrize(
    "foot",
    [
        [["审核", "张某", "制表", "李某"]],
        [["填表人 张某", _, "审核人 李某", _, "2026-06-30"]],
        [[_, "分管领导", "王某", _, "经办人", "李某"]],
        [["联系人", "张某", "电话", "138****0001"]],
        [[_, _, _, _, "清丰县商务局"], [_, _, _, _, "2026年6月30日"]],
        [[], [_, _, _, "清丰县商务局"], [_, _, _, "2026年6月30日"]],
    ],
)
def test_who_signs_needs_no_colon_and_no_row_of_its_own_form(foot: list[list[Any]]) -> None:
    reading = read(FIRST, *foot)
    assert names(reading) == ["甲厂"]
    assert reading.sheets[0].furniture["signature"] == len([row for row in foot if row])


@pytest.mark.parametrize("name", ["签字笔生产", "盖章机制造", "审核软件", "联系人脸识别", "打印时间戳设备"])
def test_a_project_may_be_named_like_a_signature(name: str) -> None:
    assert names(read(FIRST, [2, name], [_, name, "B公司", 5])) == ["甲厂", name, name]


def test_rows_that_compare_the_total_are_no_headings() -> None:
    reading = read(
        FIRST, ["合计", _, _, 100], ["上年同期", _, _, 90], ["同比增长", _, _, "11%"], ["目标任务", _, _, 200]
    )
    assert names(reading) == ["甲厂"]
    assert [total.label for total in reading.control_totals] == ["合计"]


def test_a_counted_total_covers_its_rows() -> None:
    reading = read(FIRST, [2, "乙厂", "B公司", 200], ["共2个项目", _, _, 300])
    assert names(reading) == ["甲厂", "乙厂"]
    assert {(int(total.stated_value or 0), int(total.rows_sum or 0)) for total in reading.control_totals} == {
        (3_000_000, 3_000_000),
        (2, 2),
    }


def test_parts_of_a_total_are_no_headings() -> None:
    reading = read(FIRST, [2, "乙厂", "B", 200], ["共计", _, _, 300], ["其中：新签约", _, _, 100], ["续建", _, _, 200])
    assert names(reading) == ["甲厂", "乙厂"]
    assert [total.label for total in reading.control_totals] == ["共计"]


@pytest.mark.parametrize("heading", ["★工业项目", "【工业】", "◆工业项目（1个）", "A"])
def test_headings_with_ornaments_or_letters(heading: str) -> None:
    row = [heading, "工业", _, 100] if heading == "A" else [heading]
    reading = read(row, FIRST)
    assert names(reading) == ["甲厂"]
    assert next(iter(reading.rows)).fields["industry"] == "工业"


def test_records_that_count_on_below_a_note_are_records() -> None:
    reading = read(FIRST, ["注：下列为谋划项目"], [2, "乙厂"], [3, "丙厂"])
    assert names(reading) == ["甲厂", "乙厂", "丙厂"]


def test_numbered_notes_start_again_at_one() -> None:
    reading = read(FIRST, [2, "乙厂", "B公司", 5], ["注："], [1, "总投资含流动资金"], [2, "开工以打桩为准"])
    assert names(reading) == ["甲厂", "乙厂"]


def test_a_long_lone_name_is_no_note() -> None:
    name = "年产500万平方米高性能复合材料及新型建筑节能保温材料生物质颗粒燃料综合利用一体化产业基地建设项目"
    reading = read(["甲厂", 1, "A公司"], [name], ["乙厂", 2, "B公司"], header=["项目名称", "总投资（万元）", "投资方"])
    assert names(reading) == ["甲厂", name, "乙厂"]


def test_a_named_row_that_reports_nothing_new_is_none() -> None:
    reading = read(FIRST, [2, "（本月无新增）"])
    assert names(reading) == ["甲厂"]
    assert reading.sheets[0].furniture["nil"] == 1


def test_prefilled_rows_of_zeros_are_blank_form_lines() -> None:
    assert names(read(FIRST, [_, _, _, 0], [_, _, _, 0.0], ["合计", _, _, 100])) == ["甲厂"]


def test_a_block_of_towns_under_the_total_heads_no_projects() -> None:
    reading = read(
        ["全县", "2个", _, 300], ["城关镇", "1个", _, 100], ["东风乡", "1个", _, 200], FIRST, [2, "乙厂", "B公司", 200]
    )
    assert names(reading) == ["甲厂", "乙厂"]
    assert {row.fields.get("town_name") for row in reading.rows} == {None}


def test_a_region_and_its_sum_by_another_word() -> None:
    header = ["县区", "序号", "项目名称", "总投资（万元）"]
    reading = read(["清丰县", 1, "甲厂", 5], ["清丰县汇总", _, _, 5], ["总 计", _, _, 5], header=header)
    assert names(reading) == ["甲厂"]
    assert [total.level for total in reading.control_totals] == ["subtotal", "total"]


def test_a_project_under_review_is_no_signature() -> None:
    reading = read(["甲厂", 5, "审核"], ["乙厂", 6, "联系人"], header=["项目名称", "总投资（万元）", "备注"])
    assert names(reading) == ["甲厂", "乙厂"]


def test_a_region_with_a_count_for_a_name_is_a_heading() -> None:
    header = ["编号", "项目名称", "投资方", "总投资（亿元）", "签约时间", "备注"]
    reading = read(
        ["总计", "3个", _, "6", _, _],
        ["大冶市", "2个", _, "3", _, _],
        ["1-1", "甲厂", "A公司", "1", "2026-1-1", _],
        ["1-2", "乙厂", "B公司", "2", "2026-1-2", _],
        ["阳新县", "1个", _, "3", _, _],
        ["2-1", "丙厂", "C公司", "3", "2026-1-3", _],
        header=header,
    )
    assert names(reading) == ["甲厂", "乙厂", "丙厂"]
    assert all("project_code" not in row.fields or row.fields["project_code"] is None for row in reading.rows)


def test_marks_of_footnotes_behind_headers_change_nothing() -> None:
    header = ["序号", "项目名称*", "投资方①", "总投资（万元）②", "签约时间（注1）", "备注"]
    (row,) = read(FIRST, header=header).rows
    assert (row.fields["investor_name"], row.fields["total_investment_cny"]) == ("A公司", 1_000_000)
    assert str(row.fields["signed_on"]) == "2026-01-01"


def test_a_counted_heading_above_the_first_header_heads_its_rows_as_those_above_later_ones_do() -> None:
    sheet = [
        ["各乡镇招商项目表", _, _, _, _, _],
        ["龙湖镇（1个）", _, _, _, _, _],
        HEADER,
        FIRST,
        ["青云镇（1个）", _, _, _, _, _],
        HEADER,
        [1, "乙厂", "B公司", 200, "2026-1-2"],
    ]
    reading = read(*sheet[1:], header=sheet[0])
    assert names(reading) == ["甲厂", "乙厂"]
    assert [row.fields.get("town_name") for row in reading.rows] == ["龙湖镇", "青云镇"]


def test_a_place_above_the_first_header_heads_its_rows_where_later_headings_are_places_too() -> None:
    below = [HEADER, FIRST, ["青云镇", _, _, _, _, _], HEADER, [1, "乙厂", "B公司", 200, "2026-1-2"]]
    reading = read(["龙湖镇", _, _, _, _, _], *below, header=["各乡镇招商项目表", _, _, _, _, _])
    assert [row.fields.get("town_name") for row in reading.rows] == ["龙湖镇", "青云镇"]
    filed = read(["招商服务中心", _, _, _, _, _], *below, header=["各乡镇招商项目表", _, _, _, _, _])
    assert [row.fields.get("town_name") for row in filed.rows] == [None, "青云镇"]


def test_a_part_is_counted_in_the_unit_of_its_whole() -> None:
    header = [
        "序号",
        "项目名称",
        "投资方",
        "到位资金（亿元）",
        "其中：本年到位",
        "实际到资（万美元）",
        "其中：本年到资",
    ]
    (row,) = read([1, "甲厂", "A公司", 2, 0.5, 300, 100], header=header).rows
    assert (row.fields["funds_arrived_cumulative_cny"], row.fields["funds_arrived_ytd_cny"]) == (
        200_000_000,
        50_000_000,
    )
    assert row.fields["foreign_arrived_usd"] == 3_000_000
    assert row.extra == {"其中：本年到资": "100"}


_PIECES = st.sampled_from(
    [
        "合计",
        "小计",
        "总计",
        "平均",
        "其中",
        "注",
        "备注",
        "示例",
        "续表",
        "制表",
        "第3页",
        "共5页",
        "12个项目",
        "3家",
        "（",
        "）",
        ":",
        "、",
        "-",
        "1",
    ]
)


@given(st.lists(_PIECES | st.text("东城产业园工小合计中注表页共个/", max_size=4), max_size=5).map("".join))
def test_a_label_that_announces_something_is_never_passed_over_in_haste(text: str) -> None:
    plain = compact(text)
    assert label_kind(text) == (_announced(plain) if plain else None)
