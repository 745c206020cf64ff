"""Lists beside one another that share a column of numbers or counties, and what stands once for several rows."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter

from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_ledger

Merged = tuple[int, int, int, int]


def read(rows: list[list[Any]], *merges: Merged, sheet: str = "Sheet1") -> LedgerReading:
    """What is read of a workbook with these cells; merged areas as first row, first column, last row, last column."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for top, left, bottom, right in merges:
            page.merge_range(top, left, bottom, right, None)
        for row, cells in enumerate(rows):
            page.write_row(row, 0, cells)
    return read_ledger(target.getvalue(), "台账.xlsx", LedgerSource())


def told(reading: LedgerReading, *fields: str) -> list[tuple[Any, ...]]:
    assert reading.rows_rejected == 0
    return [tuple(row.fields.get(field) for field in fields) for row in reading.rows]


PAIR = ["项目名称", "总投资（亿元）"]


def three_lists(captions: list[str], lead: str = "序号") -> list[list[Any]]:
    return [
        ["“三个一批”项目清单"],
        [lead, *[cell for caption in captions for cell in (caption, None)]],
        [None, *PAIR * len(captions)],
    ]


OVER_THREE = ((1, 0, 2, 0), (1, 1, 1, 2), (1, 3, 1, 4), (1, 5, 1, 6))


def test_lists_of_stages_that_share_their_numbers_are_lists_of_their_own() -> None:
    rows = [
        [1, "甲产业园项目", 1.5, "乙电站项目", 2, "丙加工厂项目", 3],
        [2, "丁物流园项目", 4, "戊光伏项目", 5],
        [3, "己商贸城项目", 6],
        ["合计", None, 11.5, None, 7, None, 3],
    ]
    reading = read([*three_lists(["签约一批", "开工一批", "投产一批"]), *rows], *OVER_THREE)
    assert told(reading, "sequence_no", "project_name", "stage", "total_investment_cny") == [
        ("1", "甲产业园项目", "signed", 150_000_000),
        ("2", "丁物流园项目", "signed", 400_000_000),
        ("3", "己商贸城项目", "signed", 600_000_000),
        ("1", "乙电站项目", "started", 200_000_000),
        ("2", "戊光伏项目", "started", 500_000_000),
        ("1", "丙加工厂项目", "in_production", 300_000_000),
    ]
    assert [row.row_number for row in reading.rows] == [4, 5, 6, 4, 5, 4]
    assert {total.stated_value == total.rows_sum for total in reading.control_totals} == {True}


def test_a_merged_county_stands_beside_each_list_that_has_a_project_in_its_rows() -> None:
    rows = [
        ["旌阳区", "甲产业园项目", 1, "乙电站项目", 2, None, None],
        [None, "丙物流园项目", 3],
        ["绵竹市", None, None, "丁光伏项目", 4, "戊加工厂项目", 5],
    ]
    reading = read([*three_lists(["签约项目", "开工项目", "投产项目"], "县区"), *rows], *OVER_THREE, (3, 0, 4, 0))
    assert [(row.fields["project_name"], row.extra.get("县区")) for row in reading.rows] == [
        ("甲产业园项目", "旌阳区"),
        ("丙物流园项目", "旌阳区"),
        ("乙电站项目", "旌阳区"),
        ("丁光伏项目", "绵竹市"),
        ("戊加工厂项目", "绵竹市"),
    ]


def test_what_stands_over_a_list_beside_others_heads_its_projects() -> None:
    rows = [[1, "甲产业园项目", 1.5, "乙养殖场项目", 2], [2, "丙电站项目", 2]]
    reading = read([*three_lists(["工业项目", "农业项目（1个）"]), *rows], *OVER_THREE[:3])
    assert told(reading, "project_name", "industry") == [
        ("甲产业园项目", "工业"),
        ("丙电站项目", "工业"),
        ("乙养殖场项目", "农业"),
    ]


def test_what_was_signed_and_what_came_of_it_are_one_project() -> None:
    header = [["序号", "签约信息", None, "落地信息", None], [None, "项目名称", "投资方", "项目名称", "开工时间"]]
    rows = [[1, "甲产业园项目", "甲公司", "甲产业园一期项目", "2026-03-01"], [2, "乙电站项目", "乙公司", None, None]]
    reading = read([*header, *rows], (0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4))
    assert [(row.fields["investor_name"], str(row.fields.get("started_on"))) for row in reading.rows] == [
        ("甲公司", "2026-03-01"),
        ("乙公司", "None"),
    ]


def test_lists_under_counties_are_lists_where_no_name_stands_in_two() -> None:
    rows = [
        [1, "甲产业园项目", 1, "乙电站项目", 2],
        [2, "丙物流园项目", 3, "丁光伏项目", 4],
        ["合计", "2个", 4, "2个", 6],
    ]
    reading = read([*three_lists(["旌阳区", "绵竹市"]), *rows], *OVER_THREE[:3])
    assert [(row.group_path, row.fields["project_name"]) for row in reading.rows] == [
        ("旌阳区", "甲产业园项目"),
        ("旌阳区", "丙物流园项目"),
        ("绵竹市", "乙电站项目"),
        ("绵竹市", "丁光伏项目"),
    ]


@pytest.mark.parametrize("gap", [0, 1])
def test_a_remark_behind_the_lists_is_shared_too(gap: int) -> None:
    apart = [None] * gap
    rows = [
        ["乡镇", "签约项目", None, *apart, "开工项目", None, "备注"],
        [None, *PAIR, *apart, *PAIR, None],
        ["石岗镇", "甲产业园项目", 1, *apart, "乙电站项目", 2, "含技改"],
        ["乐化镇", "丙物流园项目", 3, *apart, None, None, None],
    ]
    last = 5 + gap
    rows.append(["注：含续建项目。"])
    merges = ((0, 0, 1, 0), (0, 1, 0, 2), (0, 3 + gap, 0, 4 + gap), (0, last, 1, last))
    assert told(read(rows, *merges), "project_name", "total_investment_cny", "stage", "town_name", "remark") == [
        ("甲产业园项目", 100_000_000, "signed", "石岗镇", "含技改"),
        ("丙物流园项目", 300_000_000, "signed", "乐化镇", None),
        ("乙电站项目", 200_000_000, "started", "石岗镇", "含技改"),
    ]


def test_what_stands_with_another_name_is_not_told_of_the_rows_project() -> None:
    rows = [
        ["序号", "年初计划", None, "实际执行", None],
        [None, "项目名称", "签约总投资（亿元）", *PAIR],
        [1, "甲产业园项目", 1, "乙电站项目", 2],
    ]
    (row,) = read(rows, (0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)).rows
    assert [row.fields["project_name"], row.extra["实际执行 > 项目名称"]] == ["甲产业园项目", "乙电站项目"]
    assert 200_000_000 not in row.fields.values()


def test_what_a_project_was_called_before_is_no_project_of_its_own() -> None:
    rows = [[1, "甲产业园项目", 1.5, "甲科技园项目", 2], [2, "乙电站项目", 2, "乙储能项目", 3]]
    reading = read([*three_lists(["变更前", "变更后"]), *rows], *OVER_THREE[:3])
    assert len(list(reading.rows)) == 2


HEADER = ["序号", "项目名称", "投资方", "总投资（万元）"]


def record(number: int, name: str) -> list[Any]:
    return [number, name, f"{name[0]}公司", 500]


def test_a_county_above_the_first_header_heads_its_rows_as_those_further_down_do() -> None:
    rows = [["各县区项目明细"], ["磁县"], HEADER, record(1, "甲产业园项目"), ["小计", None, None, 500]]
    rows += [["武安市"], HEADER, record(1, "乙电站项目"), ["小计", None, None, 500]]
    assert [row.group_path for row in read(rows).rows] == ["磁县", "武安市"]


def test_towns_stand_within_the_county_above_the_first_header_too() -> None:
    rows = [
        ["各县区项目明细"],
        ["磁县"],
        HEADER,
        [None, "观台镇"],
        record(1, "甲产业园项目"),
        ["武安市"],
        HEADER,
        [None, "阳邑镇"],
    ]
    reading = read([*rows, record(1, "乙电站项目")])
    assert [row.group_path for row in reading.rows] == ["磁县 > 观台镇", "武安市 > 阳邑镇"]


def test_a_month_above_the_first_header_heads_nothing() -> None:
    rows = [["项目明细"], ["2026年5月"], HEADER, record(1, "甲产业园项目"), ["城北"], HEADER, record(1, "乙电站项目")]
    assert [row.group_path for row in read(rows).rows] == [None, "城北"]


def test_a_line_above_each_header_heads_the_rows_below_it() -> None:
    rows = [["项目明细"], ["城北"], HEADER, record(1, "甲产业园项目"), ["河西"], HEADER, record(1, "乙电站项目")]
    assert [row.group_path for row in read(rows).rows] == ["城北", "河西"]


def test_who_files_the_list_above_its_header_heads_nothing() -> None:
    rows = [
        ["项目明细"],
        ["磁县商务局"],
        HEADER,
        record(1, "甲产业园项目"),
        ["小计", None, None, 500],
        record(2, "乙电站项目"),
    ]
    assert [row.group_path for row in read(rows).rows] == [None, None]


def test_a_starred_heading_with_the_number_of_its_projects_is_no_note() -> None:
    rows = [
        ["项目清单"],
        HEADER,
        ["◆ 高新区（1个）"],
        record(1, "甲产业园项目"),
        ["★ 其他（1个）"],
        record(1, "乙电站项目"),
    ]
    reading = read([*rows, ["★ 标注的为省重点"]])
    assert [row.group_path for row in reading.rows] == ["◆ 高新区（1个）", "★ 其他（1个）"]
    assert reading.sheets[0].furniture["note"] == 1


BLOCKS = [
    ["旌阳区", 1, "甲产业园项目", 500],
    [None, 2, "乙电站项目", 600],
    ["绵竹市", 1, "丙物流园项目", 700],
    ["中江县", 1, "丁光伏项目", 800],
    [None, 2, "戊加工厂项目", 900],
]
COUNTIES = ["旌阳区", "旌阳区", "绵竹市", "中江县", "中江县"]


@pytest.mark.parametrize(
    ("header", "field"), [("县（市、区）", None), ("所属县（市、区）", None), ("乡镇", "town_name")]
)
def test_a_region_written_in_the_first_row_of_its_block_only_holds_for_the_block(
    header: str, field: str | None
) -> None:
    title, merge = ["项目一览表", None, None, None], (0, 0, 0, 3)
    reading = read([title, [header, "序号", "项目名称", "总投资（万元）"], *BLOCKS], merge)
    rows = list(reading.rows)
    assert [row.fields.get(field) if field else row.extra.get(header) for row in rows] == COUNTIES
    assert header not in rows[1].raw


def test_who_answers_may_be_written_beside_the_number_of_the_group_only() -> None:
    rows = [
        ["序号", "责任单位", "项目名称", "总投资（万元）"],
        [1, "县工信局", "甲产业园项目", 5],
        [None, None, "乙电站项目", 6],
    ]
    rows += [[2, "县商务局", "丙物流园项目", 7], [None, None, "丁光伏项目", 8], [None, None, "戊加工厂项目", 9]]
    assert told(read(rows), "responsible_unit") == [("县工信局",)] * 2 + [("县商务局",)] * 3


def test_a_merged_header_on_the_next_page_merges_no_records() -> None:
    header = [["乡镇", "项目名称", "到位资金（万元）", None], [None, None, "本月", "累计"]]
    rows = [
        ["城关镇", "甲产业园项目", 1, 5],
        [None, "乙电站项目", 2, 6],
        ["柳河镇", "丙物流园项目", 3, 7],
        *header,
        [None, "丁光伏项目", 4, 8],
    ]
    merges = [(top, left, top + 1, left) for top in (0, 5) for left in (0, 1)] + [(top, 2, top, 3) for top in (0, 5)]
    assert told(read([*header, *rows], *merges), "town_name") == [("城关镇",)] * 2 + [("柳河镇",)] * 2


def test_blanks_beside_merged_regions_are_blanks() -> None:
    rows = [["县区", "序号", "项目名称", "总投资（万元）"], *BLOCKS]
    reading = read(rows, (1, 0, 2, 0))
    assert [row.extra.get("县区") for row in reading.rows] == ["旌阳区", "旌阳区", "绵竹市", "中江县", None]


def test_of_several_years_the_one_told_by_months_is_the_ledgers_own() -> None:
    rows = [
        ["序号", "项目名称", "到位资金（万元）", None, None, None],
        [None, None, "2024年", "2025年", "2026年", None],
        [None, None, None, None, "1-4月", "1-5月"],
        [1, "甲产业园项目", 100, 200, 300, 400],
        [2, "乙电站项目", 10, 20, 30, 40],
    ]
    merges = ((0, 0, 2, 0), (0, 1, 2, 1), (0, 2, 0, 5), (1, 2, 2, 2), (1, 3, 2, 3), (1, 4, 1, 5))
    assert told(read(rows, *merges), "funds_arrived_ytd_cny") == [(4_000_000,), (400_000,)]


def test_of_whole_years_none_is_the_ledgers_own() -> None:
    rows = [
        ["序号", "项目名称", "到位资金（万元）", None],
        [None, None, "2024年", "2025年"],
        [1, "甲产业园项目", 100, 200],
    ]
    merges = ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3))
    assert told(read(rows, *merges), "funds_arrived_ytd_cny") == [(None,)]


TASKS = [
    ["序号", "项目名称", "存在问题", "出资额（万元）", "完成时限"],
    [1, "甲产业园项目", "用地未落实", 2000, "2026-06-30"],
    [None, None, "融资困难", 1500, "2026-07-31"],
    [2, "乙电站项目", "用电未落实", 300, "2026-08-31"],
]


def test_limits_of_several_lines_are_kept_and_a_project_of_one_line_has_its_own() -> None:
    first, second = read(TASKS, (1, 0, 2, 0), (1, 1, 2, 1)).rows
    assert "due_on" not in first.fields
    assert first.extra["完成时限"] == "2026-06-30；2026-07-31"
    assert str(second.fields["due_on"]) == "2026-08-31"


def test_two_figures_of_one_cell_are_parted() -> None:
    first, _ = read(TASKS, (1, 0, 2, 0), (1, 1, 2, 1)).rows
    assert first.extra["出资额（万元）"] == "2000；1500"


CARD = [
    ["项目名称", "服装智能制造供应链基地项目"],
    ["总投资（万元）", 500],
    ["建设内容", "厂房"],
    ["责任单位", "县工信局"],
]


@pytest.mark.parametrize(("sheet", "industry"), [("服装智能制造供应", None), ("装备制造", "装备制造")])
def test_a_sheet_called_by_its_one_project_says_no_industry(sheet: str, industry: str | None) -> None:
    (row,) = read(CARD, sheet=sheet).rows
    assert row.fields.get("industry") == industry


def test_numbers_with_the_letter_of_their_heading_are_no_codes() -> None:
    rows = [
        ["编号", *HEADER[1:]],
        ["A", "先进制造业"],
        ["A1", "甲产业园项目", "甲公司", 500],
        ["A2", "丙电站项目", "丙公司", 500],
    ]
    rows += [["B", "现代服务业"], ["B1", "乙物流园项目", "乙公司", 500]]
    assert told(read(rows), "sequence_no", "project_code") == [("A1", None), ("A2", None), ("B1", None)]


def test_how_many_records_were_exported_is_no_record() -> None:
    rows = [
        ["项目编号", "项目名称", "总投资（万元）"],
        ["410922-2026-001", "甲产业园项目", 500],
        ["共1条记录", None, "第1/1页"],
    ]
    assert told(read(rows), "project_name") == [("甲产业园项目",)]


def test_a_row_of_hints_below_the_header_is_no_record() -> None:
    rows = [
        ["序号", "*项目名称", "总投资（万元）", "签约时间"],
        ["自动生成", "与备案一致", "保留两位小数", "yyyy-mm-dd"],
    ]
    assert told(read([*rows, [1, "甲产业园项目", 500, "2026-03-01"]]), "project_name") == [("甲产业园项目",)]


def test_columns_numbered_again_on_the_next_page_are_no_record() -> None:
    rows = [
        HEADER,
        [1, 2, 3, 4],
        record(1, "甲产业园项目"),
        record(2, "乙电站项目"),
        [1, 2, 3, 4],
        record(3, "丙物流园项目"),
    ]
    assert len(told(read(rows), "project_name")) == 3
