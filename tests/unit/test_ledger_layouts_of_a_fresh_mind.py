"""Layouts that another outsider drew: pages without a header, labels in every cell, lines without merges, pivot tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from written_ledgers import accepted, values

from ingest.formats.sheet import Merge, Sheet, Workbook
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook

_: None = None
HEADER = ["序号", "项目名称", "投资方", "总投资（万元）", "签约时间"]


def read_sheets(*sheets: Sheet) -> LedgerReading:
    return read_workbook(Workbook("xlsx", list(sheets)), "台账.xlsx", LedgerSource("410922"), "0" * 64)


def read(cells: Sequence[Sequence[Any]], *merges: tuple[int, int, int, int]) -> LedgerReading:
    return read_sheets(Sheet("Sheet1", [list(row) for row in cells], merges=[Merge(*merge) for merge in merges]))


def record(number: int, name: str) -> list[Any]:
    return [number, f"{name}建设项目", f"{name}有限公司", 1000 * number, f"2026-03-0{number}"]


@pytest.mark.parametrize("dress", ["【{}】", "[{}]", "〔{}〕", "（{}）", "《{}》"])
def test_headers_wholly_in_brackets_break_no_reading(dress: str) -> None:
    reading = read([[dress.format(word) for word in HEADER], record(1, "甲厂"), record(2, "乙厂")])
    assert reading.status == "read"


def test_headers_in_square_brackets_are_read_without_them() -> None:
    reading = read([[f"【{word}】" for word in HEADER], record(1, "甲厂"), record(2, "乙厂")])
    assert values(reading, "total_investment_cny") == [10_000_000, 20_000_000]


def test_a_sheet_without_a_header_whose_numbers_run_on_goes_on_with_the_list_before_it() -> None:
    first = Sheet(
        "台账", [["单位：万元"], ["序号", "项目名称", "投资方", "总投资"], *(record(n, "甲厂")[:4] for n in (1, 2))]
    )
    rest = Sheet("续表", [["续表"], *(record(n, "乙厂")[:4] for n in (3, 4))])
    reading = read_sheets(first, rest)
    assert [(row.sheet, row.row_number) for row in accepted(reading)] == [
        ("台账", 3),
        ("台账", 4),
        ("续表", 2),
        ("续表", 3),
    ]
    assert values(reading, "total_investment_cny") == [10_000_000, 20_000_000, 30_000_000, 40_000_000]


@pytest.mark.parametrize(
    "rows",
    [
        [
            [4, "乙厂项目", "A公司", 300],
            [5, "丙厂项目", "B公司", 400],
            [6, "丁厂项目", "C公司", 1],
        ],  # a number is missing
        [[3, 300, "乙厂项目", "A公司"], [4, 400, "丙厂项目", "B公司"], [5, 1, "丁厂项目", "C公司"]],  # other columns
        [
            [3, "张某", "局长", "138", "县城"],
            [4, "李某", "科长", "139", "县城"],
            [5, "王某", "主任", "1", "县城"],
        ],  # more
    ],
)
def test_a_sheet_without_a_header_that_may_be_something_else_is_rejected(rows: list[list[Any]]) -> None:
    first = Sheet("台账", [["序号", "项目名称", "投资方", "总投资（万元）"], *(record(n, "甲厂")[:4] for n in (1, 2))])
    reading = read_sheets(first, Sheet("Sheet2", rows))
    assert len(accepted(reading)) == 2
    assert {row.reasons[0].code for row in reading.rows if row.status == "rejected"} == {"no_project_column"}


def test_a_label_written_into_all_cells_of_its_row_is_a_heading() -> None:
    reading = read(
        [
            ["2026年6月招商项目台账"] * 5,
            HEADER,
            ["一、签约项目"] * 5,
            record(1, "甲厂"),
            ["二、开工项目"] * 5,
            record(2, "乙厂"),
            ["填报人：张某"] * 5,
        ]
    )
    assert values(reading, "stage") == ["signed", "started"]
    assert len(list(reading.rows)) == 2


def test_ticks_in_all_cells_are_no_label() -> None:
    reading = read([["项目名称", "立项", "环评", "施工"], ["甲厂项目", "√", "√", "√"], ["√", "√", "√", "√"]])
    assert [row.row_number for row in reading.rows][:1] == [2]


@pytest.mark.parametrize("lines", [2, 3])
def test_records_of_several_lines_need_no_merges_where_each_first_line_is_numbered(lines: int) -> None:
    header: list[list[Any]] = [
        ["序号", "项目名称", "总投资（万元）"],
        [_, "投资方", "累计到位资金（万元）"],
        [_, "建设地点", "责任单位"],
    ]
    rows: list[list[Any]] = []
    for number, name in enumerate(("甲厂", "乙厂", "丙厂"), start=1):
        whole: list[list[Any]] = [
            [number, f"{name}项目", 100 * number],
            [_, f"{name}公司", 10],
            [_, "石桥镇", "县工信局"],
        ]
        rows += whole[:lines]
    reading = read([*header[:lines], *rows, ["合计", _, 600]])
    assert values(reading, "project_name") == ["甲厂项目", "乙厂项目", "丙厂项目"]
    assert values(reading, "investor_name") == ["甲厂公司", "乙厂公司", "丙厂公司"]
    assert values(reading, "funds_arrived_cumulative_cny") == [100_000] * 3
    assert [row.row_number for row in accepted(reading)] == [lines + 1 + lines * at for at in range(3)]


def test_a_pivot_table_below_a_list_counts_and_names_no_project() -> None:
    reading = read(
        [
            HEADER,
            record(1, "甲厂"),
            record(2, "乙厂"),
            [_],
            ["行标签", "计数项:项目名称", "求和项:总投资（万元）"],
            ["石桥镇", 1, 1000],
            ["柳林镇", 1, 2000],
            ["总计", 2, 3000],
        ]
    )
    assert values(reading, "project_name") == ["甲厂建设项目", "乙厂建设项目"]


def test_lists_beside_one_another_may_have_their_headers_in_different_rows() -> None:
    reading = read(
        [
            ["序号", "项目名称", "总投资（万元）", "签约时间", _, "开工项目", _, _],
            [1, "甲厂项目", 100, "2026-03-01", _, "序号", "项目名称", "开工时间"],
            [2, "乙厂项目", 200, "2026-03-02", _, 1, "丙厂项目", "2026-04-01"],
            [3, "丁厂项目", 300, "2026-03-03", _, 2, "戊厂项目", "2026-04-02"],
        ]
    )
    assert sorted(values(reading, "project_name")) == sorted(
        ["甲厂项目", "乙厂项目", "丁厂项目", "丙厂项目", "戊厂项目"]
    )
    started = {row.fields["project_name"]: row.fields.get("started_on") for row in accepted(reading)}
    assert [str(started[name]) for name in ("丙厂项目", "戊厂项目")] == ["2026-04-01", "2026-04-02"]
    assert started["甲厂项目"] is None


def test_a_heading_in_a_column_of_texts_is_neither_header_nor_part_of_the_record_above() -> None:
    header = ["序号", "项目名称", "产业类别", "总投资（万元）"]
    reading = read(
        [
            header,
            [_, _, "▲ 石桥镇", _],
            [1, "甲厂项目", "新材料", 100],
            [2, "乙厂项目", "装备制造", 200],
            [_, _, "★已投产项目★", _],
            [3, "丙厂项目", "食品加工", 300],
        ]
    )
    assert values(reading, "industry") == ["新材料", "装备制造", "食品加工"]
    assert values(reading, "stage")[2] == "in_production"


def test_values_that_read_like_labels_stay_values_in_short_forms() -> None:
    reading = read(
        [
            ["项目登记表"],
            ["项目名称", "甲厂建设项目"],
            ["建设性质", "新建"],
            ["总投资（万元）", 3000],
            ["建设阶段", "已开工"],
            ["存在问题", "环评手续未办结"],
            ["园区名称", "经济开发区"],
            ["股东名称", "出资额（万元）"],
            ["甲公司", 300],
        ]
    )
    (row,) = accepted(reading)
    told = [row.fields.get(name) for name in ("construction_nature", "problem", "park_name")]
    assert told == ["新建", "环评手续未办结", "经济开发区"]


def test_remarks_that_read_like_names_hide_no_later_block_of_a_list_on_its_side() -> None:
    block: list[list[Any]] = [
        ["序号", 1, 2, 3],
        ["项目名称", "甲厂项目", "乙厂项目", "丙厂项目"],
        ["总投资（万元）", 100, 200, 300],
    ]
    rest: list[list[Any]] = [
        ["建设地点", "石桥镇", "柳林镇", "白沙镇"],
        ["备注", "重点项目", "已入库", "重点项目"],
        [_],
    ]
    later: list[list[Any]] = [
        ["序号", 4, 5, 6],
        ["项目名称", "丁厂项目", "戊厂项目", "己厂项目"],
        ["总投资（万元）", 400, 500, 600],
    ]
    reading = read([*block, *rest, *later, ["建设地点", "石桥镇", "柳林镇", "白沙镇"]])
    assert len(accepted(reading)) == 6


@pytest.mark.parametrize(
    "foot",
    [
        ["此页以下无正文"],
        [_, "（此表一式两份）"],
        [_, "（完）"],
        ["本月无"],
        ["例：1", "某某公司智能制造项目", "某公司", 100, "2026-01-01"],
        [_, "例：××科技产业园项目", "某公司", 100, "2026-01-01"],
        ["总计数", _, _, 3000],
        ["注", "红色字体为本月新增项目"],
    ],
)
def test_feet_and_examples_are_no_projects(foot: list[Any]) -> None:
    reading = read([HEADER, record(1, "甲厂"), record(2, "乙厂"), foot])
    assert [row.status for row in reading.rows] == ["accepted", "accepted"]


def test_groups_that_say_who_fills_in_change_nothing() -> None:
    reading = read(
        [
            ["序号", "项目名称", "到位资金", _],
            [_, _, "填报数", _],
            [_, _, "累计到位资金（万元）", "本月到位资金（万元）"],
            [1, "甲厂项目", 100, 10],
        ],
        (0, 0, 2, 0),
        (0, 1, 2, 1),
        (0, 2, 0, 3),
        (1, 2, 1, 3),
    )
    assert values(reading, "funds_arrived_cumulative_cny") == [1_000_000]
    assert values(reading, "funds_arrived_month_cny") == [100_000]


def test_a_list_of_unknown_headers_below_projects_is_no_part_of_theirs() -> None:
    reading = read(
        [
            HEADER,
            record(1, "甲厂"),
            record(2, "乙厂"),
            [_],
            ["意见反馈"],
            ["序号", "反馈单位", "反馈意见", "采纳情况"],
            [1, "县发改局", "建议增加备注", "已采纳"],
            [2, "县工信局", "无意见", "—"],
        ]
    )
    assert values(reading, "project_name") == ["甲厂建设项目", "乙厂建设项目"]


def test_sums_carried_from_page_to_page_are_no_projects_and_no_totals() -> None:
    reading = read(
        [
            HEADER,
            record(1, "甲厂"),
            [_, "过次页", _, 1000],
            HEADER,
            [_, "承前页", _, 1000],
            record(2, "乙厂"),
            ["合计", _, _, 3000],
        ]
    )
    assert values(reading, "project_name") == ["甲厂建设项目", "乙厂建设项目"]
    assert [(total.label, total.stated_value == total.rows_sum) for total in reading.control_totals] == [("合计", True)]


def test_counts_right_beside_a_list_are_a_table_of_their_own() -> None:
    reading = read(
        [
            ["序号", "项目名称", "投资方", "总投资（万元）", "阶段", "项目个数"],
            [*record(1, "甲厂")[:4], "已签约", 3],
            [*record(2, "乙厂")[:4], "已投产", 2],
            *(record(number, "丙厂")[:4] for number in (3, 4, 5)),
        ]
    )
    assert values(reading, "stage") == [None] * 5


def test_headings_numbered_in_decimals_head_records_numbered_one_level_deeper() -> None:
    reading = read(
        [
            ["序号", "项目名称", "投资方", "总投资（万元）"],
            ["1", "签约项目"],
            ["1.1", "石桥镇"],
            ["1.1.1", "甲厂项目", "A公司", 100],
            ["1.1.2", "乙厂项目", "B公司", 200],
            ["2", "开工项目"],
            ["2.1", "石桥镇"],
            ["2.1.1", "丙厂项目", "C公司", 300],
        ]
    )
    assert values(reading, "project_name") == ["甲厂项目", "乙厂项目", "丙厂项目"]
    assert values(reading, "stage") == ["signed", "signed", "started"]


def test_a_row_that_tells_how_to_fill_in_the_columns_is_no_second_header() -> None:
    reading = read(
        [
            HEADER,
            [_, "必填", "必填", "必填，保留整数", "格式：2026-01-01"],
            record(1, "甲厂"),
            record(2, "乙厂"),
        ]
    )
    assert values(reading, "total_investment_cny") == [10_000_000, 20_000_000]


@pytest.mark.parametrize(("name", "amounts"), [("台账（万元）", [10_000_000]), ("亿元以上项目", [None])])
def test_the_name_of_a_sheet_may_state_the_unit(name: str, amounts: list[int | None]) -> None:
    reading = read_sheets(Sheet(name, [["序号", "项目名称", "总投资"], [1, "甲厂项目", 1000]]))
    assert [row.fields.get("total_investment_cny") for row in reading.rows] == amounts


def test_what_marks_mean_is_no_project() -> None:
    reading = read([HEADER, record(1, "甲厂"), record(2, "乙厂"), [_, "■ 已开工"], [_, "★ 省重点项目"]])
    assert len(list(reading.rows)) == 2


def test_a_heading_above_no_record_is_compared_with_nothing() -> None:
    reading = read([HEADER, record(1, "甲厂"), record(2, "乙厂"), ["全年任务", _, _, 5000], ["小计1", _, _, 3000]])
    assert [(total.label, total.stated_value == total.rows_sum) for total in reading.control_totals] == [
        ("小计1", True)
    ]


def test_pages_of_records_of_two_lines_repeat_their_header() -> None:
    header: list[list[Any]] = [["序号", "项目名称", "总投资（万元）"], [_, "投资方", "累计到位资金（万元）"]]
    pages: list[list[Any]] = []
    for number, name in enumerate(("甲厂", "乙厂", "丙厂"), start=1):
        pages += [["2026年6月台账"], *header, [number, f"{name}项目", 100], [_, f"{name}公司", 10]]
        pages += [[number + 3, f"{name}二项目", 100], [_, f"{name}公司", 20], [_]]
    reading = read(pages)
    assert len(accepted(reading)) == 6
    assert values(reading, "funds_arrived_cumulative_cny") == [100_000, 200_000] * 3


@pytest.mark.parametrize("column", [2, 3])
def test_a_heading_of_a_stage_in_another_column_is_no_header(column: int) -> None:
    heading: list[Any] = [_] * 5
    heading[column] = "已签约未开工项目"
    reading = read(
        [["序号", "项目名称", "产业类别", "总投资（万元）", "备注"], heading, [1, "甲厂项目", "新材料", 100]]
    )
    assert [values(reading, name) for name in ("stage", "industry", "total_investment_cny")] == [
        ["signed"],
        ["新材料"],
        [1_000_000],
    ]


def test_who_to_ask_below_a_list_is_no_project() -> None:
    asked = [["联系人", "张某"], ["联系电话", "138****0000"], ["单位地址", "县政府大院"]]
    reading = read([HEADER, record(1, "甲厂"), record(2, "乙厂"), [_], *asked])
    assert len(list(reading.rows)) == 2


def test_records_numbered_as_headings_are_records_however_little_they_tell() -> None:
    reading = read(
        [
            ["序号", "项目名称", "投资方", "总投资（万元）", "签约时间", "责任单位"],
            ["一", "甲厂项目", "A公司", 100, _, _],
            ["二", "乙厂项目", _, 200, _, _],
            ["三", "丙厂项目", "C公司", 300, "2026-03-01", "县工信局"],
        ]
    )
    assert values(reading, "project_name") == ["甲厂项目", "乙厂项目", "丙厂项目"]


def test_children_that_are_described_are_projects_though_their_parent_tells_one_thing_more() -> None:
    reading = read(
        [
            ["序号", "项目名称", "投资方", "产业类别", "总投资（万元）", "签约时间"],
            ["1", "甲园项目", "A公司", "新材料", 300, "2026-03-01"],
            ["1.1", "乙厂项目", "B公司", "新材料", 100, _],
            ["1.2", "丙厂项目", "C公司", "装备制造", 200, _],
        ]
    )
    assert values(reading, "project_name") == ["乙厂项目", "丙厂项目"]


@pytest.mark.parametrize("heading", ["第1章 在建项目", "a)在建项目"])
def test_chapters_and_letters_number_headings(heading: str) -> None:
    reading = read([HEADER, [heading], *([*record(number, "甲厂")[:4], _] for number in (1, 2))])
    assert values(reading, "stage") == ["started", "started"]
