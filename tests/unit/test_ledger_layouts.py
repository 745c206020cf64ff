"""Layouts that break ledger readers, each as a small sheet: what became a project, what furniture, what a control total."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ingest.formats.sheet import Merge, Sheet, Workbook
from ingest.ledgers.ledger import LedgerReading, LedgerRow, LedgerSource, read_workbook

_ = None
Cells = Sequence[Sequence[Any]]


def read(
    cells: Cells, *merges: tuple[int, int, int, int], name: str = "Sheet1", unit: str | None = None
) -> LedgerReading:
    sheet = Sheet(name, [list(row) for row in cells], merges=[Merge(*merge) for merge in merges])
    return read_workbook(Workbook("xlsx", [sheet]), "台账.xlsx", LedgerSource("410922", default_unit=unit), "0" * 64)


def names(reading: LedgerReading) -> list[Any]:
    return [row.fields.get("project_name") for row in reading.rows if row.status == "accepted"]


def totals(reading: LedgerReading) -> list[tuple[str, str, int, int]]:
    return [
        (total.label, total.level, int(total.stated_value or 0), int(total.rows_sum or 0))
        for total in reading.control_totals
        if total.field != "project_count"
    ]


def test_a_value_that_names_its_amount_is_no_label_of_a_form() -> None:
    row = only(
        read(
            [
                ["项目名称", "乙食品加工项目", "项目类型", "工业"],
                ["投资企业", "乙公司", "法人代表", "陈某"],
                ["投资规模", "总投资2.5亿元", "资金来源", "省外"],
                ["签约日期", "2026.3.12", "开工日期", "2026.6.1"],
                ["项目进展", "主体封顶", "存在问题", "道路未通"],
            ]
        )
    )
    assert row.fields["total_investment_cny"] == 250_000_000


def test_labels_below_the_header_of_a_list_make_no_form() -> None:
    stages = ["在谈", "洽谈项目", "在谈项目", "线索", "签约", "开工", "竣工", "投产"]
    rows = [[str(at), f"{at}号厂房建设项目", "甲公司", stage, "县招商局"] for at, stage in enumerate(stages, start=1)]
    for above in ([], [["合计", _, _, _, _], ["一、工业项目", _, _, _, _]]):
        reading = read([["序号", "项 目 名 称", "投资企业", "项目状态", "责任单位"], *above, *rows])
        assert names(reading) == [f"{at}号厂房建设项目" for at in range(1, 9)]


def only(reading: LedgerReading) -> LedgerRow:
    (row,) = reading.rows
    return row


def furniture(reading: LedgerReading) -> dict[str, int]:
    return {role: count for role, count in reading.sheets[0].furniture.items() if role != "blank"}


# Tables


def test_titles_filing_and_unit_lines_notes_and_signatures_are_furniture() -> None:
    reading = read(
        [
            ["附件2"],
            ["2026年6月清丰县招商引资项目台账"],
            ["填报单位（盖章）：清丰县商务局", _, _, "单位：亿元"],
            ["序号", "项目名称", "投资方", "总投资", "开工时间"],
            [1, "甲厂项目", "A公司", 1.5, "未开工"],
            [2, "乙厂项目", "B公司", 0.8, "预计2026年9月"],
            [_, "合  计", _, 2.3],
            ["备注：1.总投资含流动资金"],
            ["2.开工以打桩为准"],
            ["分管领导：", _, "审核人：", "填表人："],
        ]
    )
    assert names(reading) == ["甲厂项目", "乙厂项目"]
    assert furniture(reading) == {"title": 3, "header": 1, "total": 1, "note": 2, "signature": 1}
    assert totals(reading) == [("合  计", "total", 230_000_000, 230_000_000)]


def test_three_header_levels_without_merges() -> None:
    row = only(
        read(
            [
                ["序号", "项目名称", "资金到位情况（万元）", _, _, "备注"],
                [_, _, "累计到位资金", _, "本月到位资金"],
                [_, _, "合计", "其中：省外资金"],
                [1, "甲厂项目", 100, 60, 5, "省重点"],
            ]
        )
    )
    assert row.fields["funds_arrived_cumulative_cny"] == 1_000_000
    assert row.fields["funds_arrived_cumulative_other_province_cny"] == 600_000
    assert row.fields["funds_arrived_month_cny"] == 50_000
    assert row.raw["资金到位情况（万元） > 累计到位资金 > 合计"] == "100"


def test_units_in_a_row_of_their_own_below_the_header() -> None:
    reading = read(
        [
            ["序号", "项目名称", "总投资", "签约时间"],
            [_, _, "（万元）"],
            ["1", "2", "3", "4"],
            [1, "甲厂项目", 100, "2026-3-1"],
        ]
    )
    assert only(reading).fields["total_investment_cny"] == 1_000_000
    assert furniture(reading) == {"header": 2, "column_numbers": 1}


def test_table_that_starts_deep_and_to_the_right() -> None:
    rows: list[list[Any]] = [[] for _ in range(40)]
    rows += [[_, _, "序号", "项目名称", "总投资（万元）"], [_, _, 1, "甲厂项目", 7]]
    assert only(read(rows)).row_number == 42


def test_a_row_of_months_is_no_header() -> None:
    head = ["项目名称", "累计到位资金（万元）", "计划开工时间", "产业类别", "投产时间", "签约时间"]
    reading = read([head, ["甲厂项目", "-", "2019年1月", "先进制造", "2019年1月", "2019年1月"], [], head])
    assert names(reading) == ["甲厂项目"]


def test_years_as_leaves_are_headers() -> None:
    row = only(
        read(
            [
                ["2026年6月台账，单位：万元"],
                ["序号", "项目名称", "年度完成投资", _, _],
                [_, _, "2024年", "2025年", "2026年1-6月"],
                [1, "甲厂项目", 1, 2, 3],
            ]
        )
    )
    assert row.fields["investment_done_ytd_cny"] == 30_000
    assert row.extra == {"年度完成投资 > 2024年": "1", "年度完成投资 > 2025年": "2"}


def test_tables_side_by_side() -> None:
    head = ["序号", "项目名称", "总投资（万元）"]
    reading = read(
        [
            [*head, _, *head],
            [1, "甲厂项目", 100, _, 3, "丙厂项目", 300],
            [2, "乙厂项目", 200],
            ["合计", _, 300, _, "合计", _, 300],
        ]
    )
    assert names(reading) == ["甲厂项目", "乙厂项目", "丙厂项目"]
    assert [row.row_number for row in reading.rows] == [2, 3, 2]
    assert len({row.row_id for row in reading.rows}) == 3
    assert totals(reading) == [("合计", "total", 3_000_000, 3_000_000)] * 2
    assert names(read([[*head, *head], [1, "甲厂项目", 1, 2, "乙厂项目", 2]])) == ["甲厂项目", "乙厂项目"]


def test_tables_one_below_another_with_other_columns() -> None:
    reading = read(
        [
            ["一、签约项目"],
            ["序号", "项目名称", "总投资（万元）"],
            [1, "甲厂项目", 100],
            ["合计", _, 100],
            [],
            ["二、在建项目"],
            ["序号", "项目名称", "投资方", "总投资（亿元）"],
            [1, "乙厂项目", "某公司", 2],
        ]
    )
    assert [(row.fields["project_name"], row.fields["stage"]) for row in reading.rows] == [
        ("甲厂项目", "signed"),
        ("乙厂项目", "started"),
    ]
    assert [row.fields["total_investment_cny"] for row in reading.rows] == [1_000_000, 200_000_000]


def test_header_repeated_under_each_section_title() -> None:
    head = ["序号", "项目名称", "总投资（万元）"]
    reading = read(
        [
            ["一、签约项目"], head, [1, "甲厂项目", 100], ["合计", _, 100],
            ["二、在建项目"], head, [1, "乙厂项目", 50], ["合计", _, 50], ["总计", _, 150],
        ]
    )  # fmt: skip
    assert [(row.fields["project_name"], row.fields["stage"]) for row in reading.rows] == [
        ("甲厂项目", "signed"),
        ("乙厂项目", "started"),
    ]
    assert [(stated, summed) for _label, _level, stated, summed in totals(reading)] == [
        (1_000_000, 1_000_000),
        (500_000, 500_000),
        (1_500_000, 1_500_000),
    ]


# Totals and headings


@pytest.mark.parametrize("label", ["合计", "合  计", "合计：", "总计", "全   县", "共计（2个）", "工业项目合计"])
def test_total_labels(label: str) -> None:
    cells = [["序号", "项目名称", "总投资（万元）"], [label, _, 300], [1, "甲厂项目", 100], [2, "乙厂项目", 200]]
    reading = read(cells)
    assert names(reading) == ["甲厂项目", "乙厂项目"]
    assert totals(reading) == [(label, "total", 3_000_000, 3_000_000)]


def test_projects_whose_names_look_like_labels_are_projects() -> None:
    found = [
        "合计算力中心项目",
        "全市统一平台项目",
        "示例园区项目",
        "一期（二）标段项目",
        "（三）江新区供水项目",
        "二、三产融合项目",
    ]
    cells = [["序号", "项目名称", "总投资（万元）"], *([n, name, n] for n, name in enumerate(found, 1))]
    assert names(read(cells)) == found


def test_nested_groups_with_restarting_numbers() -> None:
    reading = read(
        [
            ["序号", "项目名称", "总投资（万元）", "投资方"],
            ["一、工业项目"],
            ["（一）签约项目"],
            ["1.新签约项目（2个）"],
            [1, "甲厂项目", 100, "x"],
            [2, "乙厂项目", 200, "y"],
            ["2.框架协议项目"],
            [1, "丙厂项目", 100, "z"],
            ["（二）在建项目"],
            [1, "丁厂项目", 100, "z"],
            ["二、农业项目"],
            [1, "戊果园项目", 5, "w"],
        ]
    )
    found = [(row.fields["project_name"], row.fields.get("stage"), row.fields.get("industry")) for row in reading.rows]
    assert found == [
        ("甲厂项目", "signed", "工业"),
        ("乙厂项目", "signed", "工业"),
        ("丙厂项目", "signed", "工业"),
        ("丁厂项目", "started", "工业"),
        ("戊果园项目", None, "农业"),
    ]
    assert next(row.group_path for row in reading.rows) == "一、工业项目 > （一）签约项目 > 1.新签约项目（2个）"


def test_chinese_numbers_alone_are_projects() -> None:
    cells = [["序号", "项目名称", "总投资（万元）"], ["一", "甲厂项目", 100], ["二", "乙厂项目", 200]]
    assert names(read(cells)) == ["甲厂项目", "乙厂项目"]


def test_county_headings_merged_in_their_own_column_or_beside_the_number() -> None:
    head = ["序号", "项目名称", "总投资（万元）", "投资方"]
    body = [["濮阳县"], [1, "甲厂项目", 1, "x"], ["清丰县"], [1, "乙厂项目", 2, "y"]]
    merged = read([head, *body], (1, 0, 1, 3), (3, 0, 3, 3))
    assert [row.group_path for row in merged.rows] == ["濮阳县", "清丰县"]
    own_column = read(
        [
            ["序号", "县区", "项目名称", "总投资（亿元）"],
            [_, "濮阳县", _, 3],
            [1, _, "甲厂项目", 1],
            [2, _, "乙厂项目", 2],
            [_, "清丰县", _, 4],
            [1, _, "丙厂项目", 4],
        ]
    )
    assert names(own_column) == ["甲厂项目", "乙厂项目", "丙厂项目"]
    assert totals(own_column) == [
        ("濮阳县", "group", 300_000_000, 300_000_000),
        ("清丰县", "group", 400_000_000, 400_000_000),
    ]


def test_unnumbered_headings_in_the_name_column_are_told_by_their_sums() -> None:
    reading = read(
        [
            ["项目名称", "总投资（万元）", "投资方"],
            ["老城片区", 300],
            ["甲厂项目", 100, "x"],
            ["乙厂项目", 200, "y"],
            ["新城片区", 100],
            ["丙厂项目", 100, "z"],
        ]
    )
    assert names(reading) == ["甲厂项目", "乙厂项目", "丙厂项目"]
    assert names(read([["项目名称", "总投资（万元）"], ["甲厂", 100], ["乙厂", 50], ["丙厂", 50]])) == [
        "甲厂",
        "乙厂",
        "丙厂",
    ]


def test_subtotals_above_their_rows() -> None:
    reading = read(
        [
            ["县区", "序号", "项目名称", "总投资（亿元）"],
            ["濮阳县小计", _, _, 3],
            ["濮阳县", 1, "甲厂项目", 1],
            ["濮阳县", 2, "乙厂项目", 2],
            ["清丰县小计", _, _, 4],
            ["清丰县", 1, "丙厂项目", 4],
        ]
    )
    assert [(stated, summed) for _label, _level, stated, summed in totals(reading)] == [
        (300_000_000, 300_000_000),
        (400_000_000, 400_000_000),
    ]


def test_wrong_total_is_kept_beside_the_sum_of_its_rows() -> None:
    reading = read([["项目名称", "总投资（万元）"], ["甲厂项目", 100], ["乙厂项目", "三个多亿"], ["合计", 900]])
    assert [row.status for row in reading.rows] == ["accepted", "rejected"]
    assert totals(reading) == [("合计", "total", 9_000_000, 1_000_000)]


def test_a_total_without_a_label_is_told_by_its_sums() -> None:
    head = ["序号", "项目名称", "总投资（万元）"]
    reading = read([head, [1, "甲厂项目", 100], [2, "乙厂项目", 200], [_, _, 300]])
    assert (names(reading), reading.rows_rejected) == (["甲厂项目", "乙厂项目"], 0)
    reading = read([head, [1, "甲厂项目", 100], [2, "乙厂项目", 200], [_, _, 999]])
    assert [[reason.code for reason in row.reasons] for row in reading.rows] == [[], [], ["project_name_missing"]]


def test_of_which_rows_are_no_projects() -> None:
    reading = read(
        [["序号", "项目名称", "总投资（万元）"], [1, "甲厂项目", 100], ["合计", _, 100], ["其中：工业项目", _, 100]]
    )
    assert names(reading) == ["甲厂项目"]


# Records over several rows


def test_children_count_and_their_parent_becomes_a_heading() -> None:
    head = ["序号", "项目名称", "投资方", "总投资（万元）"]
    reading = read(
        [
            head,
            [1, "大产业园项目", _, 1000],
            ["1.1", "一期厂房", "甲公司", 600],
            [1.2, "二期厂房", "乙公司", 400],
            [2, "独立项目", "丙公司", 50],
        ]
    )
    assert names(reading) == ["一期厂房", "二期厂房", "独立项目"]
    assert totals(reading) == [("大产业园项目", "group", 10_000_000, 10_000_000)]
    reading = read([head, [1, "大产业园项目", "甲公司", 1000], ["（1）", "一期", _, 600], ["（2）", "二期", _, 400]])
    assert names(reading) == ["大产业园项目"]
    assert furniture(reading) == {"header": 1, "part": 2}


def test_indented_children_count_where_their_parent_is_their_sum() -> None:
    head = ["项目名称", "总投资（万元）", "投资方"]
    cells = [head, ["甲园区项目", 300, "P"], ["　　一期", 100, "x"], ["　　二期", 200, "y"], ["乙厂项目", 5, "z"]]
    reading = read(cells)
    assert [(row.fields["project_name"], row.group_path) for row in reading.rows] == [
        ("甲园区项目一期", "甲园区项目"),
        ("甲园区项目二期", "甲园区项目"),
        ("乙厂项目", None),
    ]
    cells[1] = ["甲园区项目", 999, "P"]
    assert len(names(read(cells))) == 4


def test_text_that_runs_on_into_the_next_row_joins_its_record() -> None:
    first, _second = read(
        [["序号", "项目名称", "建设内容"], [1, "甲厂项目", "建设厂房"], [_, _, "及配套设施"], [2, "乙厂项目", "仓库"]]
    ).rows
    assert first.fields["project_content"] == "建设厂房；及配套设施"


def test_rows_that_say_none_and_page_footers_are_furniture() -> None:
    reading = read(
        [
            ["县区", "项目名称", "总投资（万元）"],
            ["清丰县", "无"],
            ["南乐县", "甲厂项目", 5],
            ["范县", "无", "0"],
            ["第1页 共2页"],
        ]
    )
    assert (names(reading), reading.rows_rejected) == (["甲厂项目"], 0)
    assert furniture(reading) == {"header": 1, "nil": 2, "note": 1}


def test_a_name_merged_over_rows_is_one_record() -> None:
    head = ["序号", "项目名称", "投资方", "总投资（万元）", "责任人"]
    row = only(
        read(
            [head, [1, "甲厂项目", "A公司", 1000, "张某"], [_, _, "B公司", _, "李某"]],
            (1, 0, 2, 0),
            (1, 1, 2, 1),
            (1, 3, 2, 3),
        )
    )
    assert row.fields["investor_name"] == "A公司；B公司"
    assert row.fields["responsible_person"] == "张某；李某"
    assert row.fields["total_investment_cny"] == 10_000_000
    row = only(read([head, [1, "甲厂项目", "A公司", 1000], [_, _, "B公司", 500]], (1, 1, 2, 1)))
    assert [reason.code for reason in row.reasons] == ["several_values"]


def test_merged_text_is_filled_down_and_merged_amounts_are_not() -> None:
    head = ["项目名称", "签约时间", "责任单位", "总投资（万元）"]
    reading = read(
        [head, ["甲厂项目", "2026-03-01", "工信局", 100], ["乙厂项目"]], (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3)
    )
    first, second = reading.rows
    assert second.fields["responsible_unit"] == "工信局"
    assert second.fields["signed_on"] == first.fields["signed_on"]
    assert "total_investment_cny" not in second.fields


# Templates, hints, hidden


def test_example_rows_hints_and_blank_numbered_rows_are_templates() -> None:
    reading = read(
        [
            ["序号", "项目名称", "总投资（万元）", "签约时间"],
            [_, "必填", "数字", "格式：2026-01-01"],
            ["示例", "某某项目", 1000, "2026-01-01"],
            [1, "甲厂项目", 100, "2026-03-01"],
            [2],
            [3, "-", "-", "/"],
        ]
    )
    assert names(reading) == ["甲厂项目"]
    assert furniture(reading) == {"header": 1, "template": 4}


def test_hidden_sheets_are_counted_and_hidden_rows_read() -> None:
    cells: list[list[Any]] = [["项目名称", "总投资（万元）"], ["甲厂项目", 1], ["乙厂项目", 2]]
    book = Workbook("xlsx", [Sheet("模板", cells, hidden=True), Sheet("台账", cells, hidden_rows=frozenset({2}))])
    reading = read_workbook(book, "台账.xlsx", LedgerSource("410922"), "0" * 64)
    assert [row.is_hidden for row in reading.rows] == [False, True]
    assert reading.sheets[0].furniture == {"hidden_sheet": 3}
    assert (reading.rows_seen, reading.rows_hidden) == (6, 1)


# Forms


def test_a_form_is_one_project() -> None:
    reading = read(
        [
            ["招商引资项目信息表"],
            ["填报单位：清丰县商务局", _, "填报时间：2026年6月30日"],
            ["项目名称", "华能风电项目", "项目代码", "2406-410922-04-01-123456"],
            ["投资方名称", "华能公司", "总投资（万元）", 50000],
            ["建设内容", "建设50MW风电"],
            ["签约时间", "2026年3月", "开工时间", "2026.5.1"],
            ["责任单位", "县发改委", "包联领导", "张某"],
            ["年度", "2024年", "2025年", "2026年"],
            ["计划投资（万元）", 100, 200, 300],
        ]
    )
    row = only(reading)
    assert row.row_number == 3
    assert row.fields["total_investment_cny"] == 500_000_000
    assert str(row.fields["signed_on"]) == "2026-03-01"
    assert row.fields["responsible_leader"] == "张某"
    assert row.fields["investment_plan_year_cny"] == 3_000_000
    assert row.extra["计划投资（万元） > 2024年"] == "100"
    assert str(reading.report_date) == "2026-06-30"
    assert reading.rows_seen == 9


def test_a_list_turned_on_its_side_is_one_project_a_column() -> None:
    reading = read(
        [
            ["项目名称", "甲厂项目", "乙厂项目"],
            ["投资方", "甲公司", "乙公司"],
            ["总投资（万元）", 100, 200],
            ["签约时间", "2026-01-02", "2026-02-03"],
            ["责任单位", "A局", "B局"],
        ]
    )
    assert [row.fields["total_investment_cny"] for row in reading.rows] == [1_000_000, 2_000_000]
    assert len({row.row_id for row in reading.rows}) == 2


# Units, stages, months, codes


def test_order_of_units_cell_leaf_group_title_source() -> None:
    def total(leaf: str, group: str, title: str, cell: Any, unit: str | None = None) -> Any:
        cells = [
            [f"项目台账{title}"],
            ["序号", "项目名称", f"投资情况{group}", _],
            [_, _, f"总投资{leaf}", "累计到位资金（万元）"],
        ]
        reading = read(
            [*cells, [1, "甲厂项目", cell, 5]], (0, 0, 0, 3), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3), unit=unit
        )
        return only(reading).fields.get("total_investment_cny")

    assert total("（万元）", "（单位：元）", "（单位：亿元）", "2亿元", "元") == 200_000_000
    assert total("（万元）", "（单位：元）", "（单位：亿元）", 2, "元") == 20_000
    assert total("", "（单位：万元）", "（单位：亿元）", 2, "元") == 20_000
    assert total("", "", "（单位：亿元）", 2, "元") == 200_000_000
    assert total("", "", "", 2, "万元") == 20_000


def test_an_amount_without_any_unit_rejects_its_row_and_keeps_the_rest() -> None:
    rejected, accepted = read(
        [["项目名称", "投资方", "总投资"], ["甲厂项目", "A公司", 100], ["乙厂项目", "B公司", "2亿元"]]
    ).rows
    assert [(reason.code, reason.column, reason.raw) for reason in rejected.reasons] == [
        ("unit_unknown", "总投资", "100")
    ]
    assert rejected.fields["investor_name"] == "A公司"
    assert accepted.fields["total_investment_cny"] == 200_000_000


def test_a_band_is_kept_under_an_intended_amount_and_rejects_under_one_of_fact() -> None:
    row = only(read([["项目名称", "拟投资额[亿元]"], ["甲厂项目", "5000万-1亿"]]))
    assert (row.status, row.fields.get("total_investment_cny")) == ("accepted", None)
    assert (row.approximate_fields, row.extra) == (("total_investment_cny",), {"拟投资额[亿元]": "5000万-1亿"})
    row = only(read([["项目名称", "累计到位资金（亿元）"], ["甲厂项目", "5000万-1亿"]]))
    assert [reason.code for reason in row.reasons] == ["amount_band"]


def test_unit_in_a_note_below_the_table() -> None:
    reading = read([["项目名称", "总投资"], ["甲厂项目", 100], ["注：金额单位：万元"]])
    assert only(reading).fields["total_investment_cny"] == 1_000_000


def test_stage_from_column_heading_sheet_name_and_dates() -> None:
    assert (
        only(read([["项目名称", "项目状态", "开工时间"], ["甲厂项目", "签约", "2026-01-01"]], name="投产项目")).fields[
            "stage"
        ]
        == "signed"
    )
    assert (
        only(read([["项目名称", "开工时间"], ["甲厂项目", "2026-01-01"]], name="签约项目")).fields["stage"] == "signed"
    )
    assert (
        only(read([["项目名称", "签约时间", "开工时间"], ["甲厂项目", "2025-01-01", "2026-01-01"]])).fields["stage"]
        == "started"
    )
    row = only(read([["项目名称", "签约时间", "开工时间"], ["甲厂项目", "2025-01-01", "未开工"]]))
    assert (row.fields["stage"], row.fields.get("started_on")) == ("signed", None)
    assert only(read([["项目名称", "签约时间", "开工时间"], ["甲厂项目", _, "已开工"]])).fields["stage"] == "started"


def test_month_columns_fill_the_report_month_only() -> None:
    reading = read(
        [
            ["2026年6月重点项目 单位：万元"],
            ["项目名称", "总投资", "1-5月完成投资", "1-6月完成投资", "1-7月完成投资"],
            ["甲厂项目", 100, 5, 6],
        ]
    )
    row = only(reading)
    assert row.fields["investment_done_ytd_cny"] == 60_000
    assert row.extra == {"1-5月完成投资": "5"}
    assert [(m.month_from, m.month_to, m.amount_cny) for m in row.month_values] == [(1, 5, 50_000), (1, 6, 60_000)]


def test_running_numbers_are_no_project_codes() -> None:
    row = only(read([["编号", "项目名称"], [1, "甲厂项目"]]))
    assert (row.fields.get("project_code"), row.fields["sequence_no"]) == (None, "1")
    row = only(read([["编号", "项目名称"], ["ZS-2026-001", "甲厂项目"]]))
    assert row.fields["project_code"] == "ZS-2026-001"


def test_company_stands_for_the_project_where_nothing_names_it() -> None:
    row = only(read([["序号", "注册公司", "总投资（万元）"], [1, "清丰远山科技有限公司", 100]]))
    assert row.fields["project_name"] == row.fields["project_company"] == "清丰远山科技有限公司"


def test_an_unknown_wording_that_ends_as_a_project_s_name_names_the_rows() -> None:
    row = only(read([["序号", "集群项目名称", "项目公司", "总投资（万元）"], [1, "甲园", "甲公司", 100]]))
    assert (row.fields["project_name"], row.fields["project_company"]) == ("甲园", "甲公司")
    for other in ("原项目名称", "计数项:项目名称"):
        row = only(read([["序号", other, "项目公司", "总投资（万元）"], [1, "甲园", "甲公司", 100]]))
        assert row.fields["project_name"] == "甲公司"


@pytest.mark.parametrize(
    "heading",
    ["二、已投产项目（1个，总投资2.1亿元，累计到位0.6亿元）", "二、已投产项目1个，总投资2.1亿元，到位资金0.6亿元"],
)
def test_a_heading_may_say_what_its_projects_come_to(heading: str) -> None:
    reading = read(
        [
            ["序号", "项目名称", "总投资（亿元）", "开工时间"],
            ["一、签约项目"],
            [1, "甲园", 1, _],
            [heading],
            [1, "乙园", 2.1, _],
            ["三、开工以主体动工为准，投产以设备运行为准，均须附照片"],
        ]
    )
    assert [row.fields["stage"] for row in reading.rows] == ["signed", "in_production"]
    assert furniture(reading) == {"header": 1, "group": 2, "note": 1}


def test_groups_written_again_over_each_of_their_columns_have_leaves_below() -> None:
    row = only(
        read(
            [
                [
                    "序号",
                    "项目名称",
                    "投资方",
                    "投资方",
                    "推进责任",
                    "推进责任",
                    "年度投资（亿元）",
                    "年度投资（亿元）",
                    "备注",
                ],
                [_, _, "名称", "所在地", "牵头单位", "配合单位", "计划", "完成"],
                [1, "甲园", "甲公司", "浙江", "商务局", "工信局", 2, 1],
            ]
        )
    )
    fields = row.fields
    assert (fields["project_name"], fields["investor_name"], fields["investor_origin"]) == ("甲园", "甲公司", "浙江")
    assert (fields["responsible_unit"], fields["investment_plan_year_cny"]) == ("商务局", 200_000_000)


def test_a_group_of_one_column_among_wider_ones_has_its_leaf_below() -> None:
    reading = read(
        [
            ["序号", "项目名称", "计划时间", _, "截至2025年底", "自开工以来", "选址", _, "备注"],
            [_, _, "开工", "竣工", "完成投资（万元）", "完成投资（万元）", "乡镇", "园区"],
            [1, "甲园", "2026年3月", "2027年3月", 100, 300, "城关镇", "经开区"],
            [2, "乙园", "2026年4月", "2027年4月", 50, 60, "东岗乡", "经开区"],
        ]
    )
    unnumbered = [
        ["项目名称", "自开工以来", "选址", _],
        [_, "完成投资（万元）", "乡镇", "园区"],
        ["甲园", 300, "城关镇", "经开区"],
    ]
    assert only(read(unnumbered)).fields["investment_done_cumulative_cny"] == 3_000_000
    first = next(iter(reading.rows)).fields
    assert names(reading) == ["甲园", "乙园"]
    assert (first["investment_done_cumulative_cny"], first["town_name"]) == (3_000_000, "城关镇")
    assert str(first["planned_completion_on"]) == "2027-03-01"


def test_a_list_that_begins_with_names_and_unknown_groups_is_no_form() -> None:
    rows = [[f"{name}园项目", "已落实", "未落实", 60, f"{name}厂房", "食品"] for name in "甲乙丙丁戊己庚辛壬癸"]
    reading = read(
        [
            ["项目推进表"],
            ["项目名称", "要素保障", _, "建设内容", _, "所属行业"],
            [_, "用地", "用能", "占地（亩）", "主要建设内容", _],
            ["合计"],
            ["一、续建项目"],
            *rows[:5],
            ["二、新建项目"],
            *rows[5:],
        ],
        (1, 0, 2, 0),
        (1, 5, 2, 5),
    )
    assert len(names(reading)) == 10
    assert furniture(reading) == {"title": 1, "header": 2, "total": 1, "group": 2}
    assert next(iter(reading.rows)).fields["project_content"] == "甲厂房"


def test_a_column_without_a_header_is_kept() -> None:
    assert only(read([["项目名称", "总投资（万元）", _], ["甲厂项目", 100, "旁注"]])).extra == {"（无表头C列）": "旁注"}


def test_error_cells_and_uncached_formulas_are_told_apart_from_empty_ones() -> None:
    sheet = Sheet(
        "台账",
        [["项目名称", "总投资（万元）", "备注"], ["甲厂项目"], ["乙厂项目"], ["丙厂项目", 1]],
        errors={(1, 1): "#DIV/0!"},
        uncached=frozenset({(2, 1), (3, 2)}),
    )
    reading = read_workbook(Workbook("xlsx", [sheet]), "台账.xlsx", LedgerSource(), "0" * 64)
    assert [[reason.code for reason in row.reasons] for row in reading.rows] == [
        ["cell_error"],
        ["formula_uncached"],
        [],
    ]


# Other kinds


def test_a_trip_over_several_companies_counts_its_days_once() -> None:
    reading = read(
        [
            ["单位", "姓名", "开始时间", "结束时间", "天数", "目的地", "拜访企业名称"],
            ["孟庙镇", "尤某", "2026-10-09", "2026-10-12", 4, "杭州", "甲公司"],
            [_, _, _, _, _, _, "乙公司"],
            ["小计", _, _, _, 4],
        ],
        *((1, column, 2, column) for column in range(6)),
    )
    assert [(row.kind, row.fields["traveller_name"], row.fields["visited_company"]) for row in reading.rows] == [
        ("outreach", "尤某", "甲公司"),
        ("outreach", "尤某", "乙公司"),
    ]
    assert [table.first_of_record for table in reading.tables] == [[2, 2]]
    assert totals(reading) == [("小计", "subtotal", 4, 4)]


def test_printed_rates_are_kept_and_recomputed() -> None:
    reading = read(
        [
            ["县区", "签约项目（个）", _, _, "到位资金（亿元）", _, _],
            [_, "目标", "完成", "完成率", "目标", "完成", "完成率"],
            ["合计", 30, 15, "50%", 10, 5, "50%"],
            ["清丰县", 10, 5, "50%", 4, 2, "50%"],
            ["南乐县", 20, 10, 0.5, 6, 3, "51%"],
        ],
        (0, 1, 0, 3),
        (0, 4, 0, 6),
    )
    rates = [(v.value, v.recomputed_value) for row in reading.rows for v in row.summary_values if v.measure == "rate"]
    assert rates == [(50, 50)] * 3 + [(51, 50)]
    assert all(stated == summed for _label, _level, stated, summed in totals(reading))


@pytest.mark.parametrize(
    ("title", "headers", "kind"),
    [
        ("企业诉求办理台账", ["企业名称", "诉求内容", "受理时间", "办结时间"], "appeal"),
        ("项目问题台账", ["项目名称", "存在问题", "解决措施", "销号时间"], "problem"),
        ("项目审批手续代办台账", ["项目名称", "审批事项", "审批部门", "办结时间"], "approval_step"),
        ("招商引资政策兑现台账", ["企业名称", "兑现事项", "承诺金额（万元）", "兑现时间"], "policy_promise"),
    ],
)
def test_problem_ledgers_and_their_kinds(title: str, headers: list[str], kind: str) -> None:
    reading = read([[title], headers, ["甲公司", "用地指标不足", _, "2026-03-01"]], (0, 0, 0, 3))
    assert [(row.kind, row.fields["problem_kind"]) for row in reading.rows] == [("problem", kind)]


# Refusals


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ([["关于报送台账的通知"], ["各县区："], ["请于6月30日前报送。"]], "not_a_table"),
        ([[]], "not_a_table"),
        ([["序号", "税收（万元）", "就业人数"], [1, 100, 3]], "no_project_column"),
    ],
)
def test_refusals(cells: Cells, code: str) -> None:
    reading = read(cells)
    assert (reading.status, reading.reason_code) == ("refused", code)
    assert reading.reason_message


def test_a_table_of_no_known_kind_beside_projects_is_rejected_not_dropped() -> None:
    projects = Sheet("台账", [["项目名称", "总投资（万元）"], ["甲厂项目", 1]])
    other = Sheet("税收", [["序号", "纳税额（万元）", "联系电话"], [1, 100, "138****0001"]])
    reading = read_workbook(Workbook("xlsx", [projects, other]), "台账.xlsx", LedgerSource(), "0" * 64)
    assert [(row.status, [r.code for r in row.reasons]) for row in reading.rows] == [
        ("accepted", []),
        ("rejected", ["no_project_column"]),
    ]


def test_data_of_a_sheet_without_a_header_that_begin_anew_are_rejected_not_taken_for_titles() -> None:
    listed = Sheet("签约", [["序号", "项目名称", "总投资（万元）", "责任单位"], [1, "甲园", 100, "商务局"]])
    going_on = Sheet("签约（续）", [[number, f"乙园{number}", 200, "发改委"] for number in range(1, 5)])
    notes = Sheet("要求", [["填报要求"], ["每月25日前报送"], ["金额保留两位小数"]])
    reading = read_workbook(Workbook("xlsx", [listed, going_on, notes]), "台账.xlsx", LedgerSource("410922"), "0" * 64)
    rejected = [row for row in reading.rows if row.status == "rejected"]
    assert [(row.row_number, row.reasons[0].code) for row in rejected] == [
        (n, "no_project_column") for n in range(1, 5)
    ]
    assert reading.sheets[2].furniture == {"title": 3}


def test_what_pandas_wrote_around_a_table_is_no_header() -> None:
    reading = read(
        [
            [_, "Unnamed: 0", "Unnamed: 1", "Unnamed: 2"],
            [0, "招商台账", _, _],
            [1, "序号", "项目名称", "总投资（万元）"],
            [2, 1, "甲园", 100],
        ]
    )
    assert (names(reading), only(reading).row_number) == (["甲园"], 4)


def test_undecodable_lines_are_rejected_wherever_they_stand() -> None:
    sheet = Sheet(
        "f",
        [["台账2026年6月"], [], ["序号", "项目名称", "总投资（万元）"], [], [1, "甲厂项目", 3]],
        bad_rows={1: ("ragged", "x,y"), 3: ("undecodable", "??")},
    )
    reading = read_workbook(Workbook("csv", [sheet]), "台账.csv", LedgerSource(), "0" * 64)
    assert [(row.row_number, row.status, row.raw) for row in reading.rows][:2] == [
        (2, "rejected", {"": "x,y"}),
        (4, "rejected", {"": "??"}),
    ]


def test_a_name_merged_over_a_class_column_stands_in_its_own() -> None:
    reading = read(
        [
            ["序号", "项目类别", "项目名称", "总投资（亿元）"],
            [1, "工业", "轴承厂", 1],
            [2, "城区供热管网改造", _, 2],
        ],
        (2, 1, 2, 2),
    )
    assert names(reading) == ["轴承厂", "城区供热管网改造"]
    assert [row.fields.get("project_category") for row in reading.rows] == ["工业", None]


def test_a_form_s_value_may_read_like_a_label() -> None:
    reading = read(
        [
            ["项目名称", "甲厂项目", "乙厂项目"],
            ["投资方名称", "A公司", "B公司"],
            ["总投资（亿元）", 3, 4],
            ["建设地点", "产业集聚区", "东皇街道"],
            ["责任单位", "商务局", "工信局"],
        ]
    )
    assert names(reading) == ["甲厂项目", "乙厂项目"]
    assert [row.fields.get("location") for row in reading.rows] == ["产业集聚区", "东皇街道"]


def test_a_row_of_letters_and_units_below_the_header_states_the_units() -> None:
    reading = read(
        [
            ["项目名称", "投资方", "总投资", "开工时间"],
            ["甲", "乙", "万元", "年月"],
            ["1", "2", "3", "4"],
            ["钢构厂", "A公司", 5000, "2026.4"],
        ]
    )
    assert int(str(only(reading).fields["total_investment_cny"]).split(".")[0]) == 50_000_000


def test_notes_numbered_like_the_records_above_are_notes() -> None:
    reading = read(
        [
            ["序号", "项目名称", "总投资（亿元）"],
            [1, "甲厂项目", 1],
            [2, "乙厂项目", 2],
            ["填表说明："],
            ["1", "项目名称填写规范全称。"],
            ["2", "总投资按协议填写。"],
            ["3", "签约时间精确到日。"],
        ]
    )
    assert names(reading) == ["甲厂项目", "乙厂项目"]
    assert furniture(reading) == {"header": 1, "note": 4}


def test_a_nil_report_is_read_and_holds_no_project() -> None:
    reading = read([["2026年6月新签约项目"], ["序号", "项目名称", "总投资（亿元）"], [_, "本月无新增签约项目"]])
    assert (reading.status, names(reading)) == ("read", [])
    assert furniture(reading) == {"title": 1, "header": 1, "nil": 1}


def test_a_cover_sheet_dates_the_file() -> None:
    cover = Sheet("封面", [["平舆县招商引资台账"], ["2026年6月"]])
    ledger = Sheet("签约", [["序号", "项目名称", "签约金额（万元）"], [1, "甲厂项目", 100]])
    reading = read_workbook(Workbook("xlsx", [cover, ledger]), "台账.xlsx", LedgerSource("411723"), "0" * 64)
    assert str(reading.report_date) == "2026-06-30"


def test_a_heading_s_unit_goes_before_the_title_s() -> None:
    reading = read(
        [
            ["2026年6月招商项目（单位：亿元）"],
            ["序号", "项目名称", "合同引资额", "累计到位资金"],
            ["一、内资项目（单位：万元）"],
            [1, "甲厂", 500, 50],
            ["二、外资项目（单位：万美元）"],
            [1, "乙厂", 300, 30],
            ["三、合作项目（2个，总投资5亿元）"],
            [1, "丙厂", 2, 1],
        ]
    )
    rows = list(reading.rows)
    assert [row.status for row in rows] == ["accepted"] * 3
    assert [int(row.fields.get("contract_amount_cny") or 0) for row in rows] == [5_000_000, 0, 200_000_000]
    assert int(str(rows[1].fields["foreign_contract_usd"]).split(".")[0]) == 3_000_000


def test_a_form_s_labels_and_dates_by_turns_are_no_matrix() -> None:
    reading = read(
        [
            ["项目名称", "甲园", _, "建设性质", "新建"],
            ["建设单位", "平舆甲公司", _, "总投资（万元）", 8000],
            ["开工时间", "2025年3月", _, "计划竣工时间", "2027年12月"],
            ["主要建设内容", "厂房及设备"],
        ]
    )
    fields = only(reading).fields
    assert (fields["construction_nature"], str(fields["started_on"])) == ("新建", "2025-03-01")
    assert (str(fields["planned_completion_on"]), fields["project_content"]) == ("2027-12-01", "厂房及设备")


def test_full_dates_in_a_form_are_values() -> None:
    reading = read(
        [
            ["招商引资项目信息登记卡"],
            ["项目名称", "甲园"],
            ["投资方", "甲公司", _, "投资方所在地", "浙江杭州"],
            ["总投资（万元）", 8000, _, "固定资产投资（万元）", 5000],
            ["签约时间", "2025年1月8日", _, "计划开工时间", "2025年7月14日"],
            ["建设内容", "厂房及设备"],
            ["项目进展", "设备调试"],
            ["存在问题", "缺电"],
        ],
        (1, 1, 1, 4),
        (4, 1, 4, 2),
    )
    fields = only(reading).fields
    assert (str(fields["signed_on"]), str(fields["planned_start_on"])) == ("2025-01-08", "2025-07-14")
    assert (fields["project_content"], fields["progress_note"], fields["problem"]) == ("厂房及设备", "设备调试", "缺电")


def test_pairs_below_a_form_s_matrix_are_pairs_again() -> None:
    reading = read(
        [
            ["项目名称", "甲园"],
            ["建设单位", "甲公司", _, "建设地点", "城关镇"],
            ["总投资（万元）", 8000, _, "开工日期", "2025-03-01"],
            ["按投资来源渠道分", "总投资", "今年计划投资", "当月到位资金"],
            ["业主自筹", 8000, 3000, 200],
            ["形象进度", "设备调试"],
            ["存在问题", "缺电"],
        ],
        (5, 1, 5, 3),
        (6, 1, 6, 3),
    )
    fields = only(reading).fields
    assert (fields["progress_note"], fields["problem"]) == ("设备调试", "缺电")


def test_a_page_s_header_may_leave_out_the_row_of_units() -> None:
    reading = read(
        [
            ["项目台账"],
            ["序号", "项目名称", "总投资", "用地"],
            [_, _, "万元", "亩"],
            [1, "甲园", 100, 20],
            [_],
            ["项目台账"],
            ["序号", "项目名称", "总投资", "用地"],
            [2, "乙园", 200, 30],
        ]
    )
    assert [row.fields["total_investment_cny"] for row in reading.rows] == [1_000_000, 2_000_000]


def test_labels_above_their_values_are_a_form_too() -> None:
    reading = read(
        [
            ["项目基本情况表"],
            ["项目名称", "投资方", "总投资（万元）"],
            ["甲园", "甲公司", 100],
            ["签约时间", "建设地点", "责任单位"],
            ["2026-03-01", "城关镇", "商务局"],
            ["项目进展", "存在问题", "解决措施"],
            ["设备调试", "缺电", "接电"],
        ]
    )
    row = only(reading)
    fields = row.fields
    assert (row.row_number, fields["project_name"], str(fields["signed_on"])) == (2, "甲园", "2026-03-01")
    assert (fields["location"], fields["problem"], fields["measure"]) == ("城关镇", "缺电", "接电")
    two_lists = [["项目名称", "投资方"], ["甲园", "甲公司"], ["项目名称", "投资方"], ["乙园", "乙公司"]]
    assert names(read(two_lists)) == ["甲园", "乙园"]


def test_a_list_turned_on_its_side_takes_the_unit_of_its_group() -> None:
    reading = read(
        [
            ["基本情况", "项目名称", "甲园", "乙园"],
            [_, "投资方", "甲公司", "乙公司"],
            [_, "建设内容", "厂房", "仓库"],
            ["投资（亿元）", "总投资", 1.5, 2],
            [_, "固定资产投资", 1, 1],
        ],
        (0, 0, 2, 0),
        (3, 0, 4, 0),
    )
    assert [row.fields["total_investment_cny"] for row in reading.rows] == [150_000_000, 200_000_000]


def test_ditto_marks_say_what_the_cell_above_says() -> None:
    reading = read(
        [
            ["序号", "项目名称", "总投资（万元）", "签约时间", "责任单位", "包联领导"],
            [1, "甲园", 100, "2026-03-01", "商务局", "张某"],
            [2, "乙园", 200, "同上", "同上", "〃"],
            [3, "丙园", "同上", "2026-04-01", "同上", '"'],
        ]
    )
    second, third = list(reading.rows)[1:]
    assert (str(second.fields["signed_on"]), second.fields["responsible_unit"]) == ("2026-03-01", "商务局")
    assert (third.fields["responsible_unit"], third.fields["responsible_leader"]) == ("商务局", "张某")
    assert (second.raw["责任单位"], third.status) == ("同上", "rejected")


def test_as_before_in_a_note_is_not_what_the_cell_above_says() -> None:
    reading = read(
        [
            ["序号", "项目名称", "责任单位", "进展情况", "存在问题"],
            [1, "甲园", "商务局", "主体封顶", "缺用地指标"],
            [2, "乙园", "同前", "同前", "同前"],
            [3, "丙园", "同上", "同上", "同上"],
        ]
    )
    second, third = list(reading.rows)[1:]
    assert [second.fields[name] for name in ("responsible_unit", "progress_note", "problem")] == [
        "商务局",
        "同前",
        "同前",
    ]
    assert (third.fields["responsible_unit"], third.fields["progress_note"]) == ("商务局", "同前")


def test_of_choices_with_boxes_the_ticked_one_counts() -> None:
    reading = read(
        [
            ["项目名称", "建设性质", "投资方式", "项目阶段", "项目进展"],
            ["甲园", "□新建 ☑扩建 □技改", "独资（√）合资（ ）", "☑签约 □开工", "○打桩 ○接电"],
            ["乙园", "□新建 □扩建 □技改", "独资（√）合资（√）", "□签约 ■开工", "□"],
        ]
    )
    wanted = ("construction_nature", "investment_form", "stage", "progress_note")
    assert [[row.fields.get(name) for name in wanted] for row in reading.rows] == [
        ["扩建", "独资", "signed", "○打桩○接电"],
        [None, "独资、合资", "started", "□"],
    ]
    assert next(iter(reading.rows)).raw["建设性质"] == "□新建 ☑扩建 □技改"


def test_forms_beside_one_another_are_a_project_each() -> None:
    card = [("项目名称", "园"), ("投资方", "公司"), ("总投资（万元）", 100), ("建设地点", "镇"), ("责任单位", "局")]
    reading = read(
        [
            [
                label,
                value if label == "总投资（万元）" else f"甲{value}",
                _,
                label,
                value if label == "总投资（万元）" else f"乙{value}",
            ]
            for label, value in card
        ]
    )
    assert [(row.fields["project_name"], row.fields["responsible_unit"]) for row in reading.rows] == [
        ("甲园", "甲局"),
        ("乙园", "乙局"),
    ]


def test_money_under_a_group_that_counts_is_money() -> None:
    reading = read(
        [
            ["平舆县2026年1-6月各乡镇招商情况（单位：个、万元）"],
            ["乡镇", "签约项目", _, _],
            [_, "个数", "总投资", "金额"],
            ["万冢镇", 2, 5000, 4000],
        ],
        (1, 0, 2, 0),
        (1, 1, 1, 3),
    )
    assert [(v.indicator, v.value) for v in only(reading).summary_values] == [
        ("signings", 2),
        ("signed_amount", 50_000_000),
        ("signed_amount", 40_000_000),
    ]


def test_a_title_of_building_projects_says_no_stage() -> None:
    def stage(title: str) -> Any:
        return only(read([[title], ["项目名称", "总投资（万元）"], ["甲厂", 100]])).fields.get("stage")

    assert [stage("全县重点项目建设进度表"), stage("建设项目台账")] == [None, None]
    assert [stage("在建项目进度表"), stage("开工建设项目一览表")] == ["started", "started"]


def test_cells_that_hold_label_and_value_together_are_a_form() -> None:
    reading = read(
        [
            ["平舆县招商项目信息卡（2026年6月）"],
            ["项目名称：甲产业园"],
            ["投资方：A公司", "投资方所在地：广东省"],
            ["总投资：3.5亿元", "签约时间：2026年5月8日"],
            ["建设地点：东区", "责任单位：县商务局"],
        ]
    )
    row = only(reading)
    assert (row.fields["project_name"], str(row.fields["signed_on"])) == ("甲产业园", "2026-05-08")
    assert int(str(row.fields["total_investment_cny"]).split(".")[0]) == 350_000_000
    assert str(reading.report_date) == "2026-06-30"


def test_a_row_that_says_how_to_fill_in_is_no_project() -> None:
    reading = read(
        [
            ["项目名称*", "总投资（万元）*", "签约时间*", "备注"],
            ["必填，全称", "必填，数字", "必填，如2026-01-01", "选填"],
            ["甲厂", 100, "2026-06-01", _],
        ]
    )
    assert names(reading) == ["甲厂"]
    assert furniture(reading) == {"header": 1, "template": 1}


def test_an_error_value_among_a_form_s_labels_breaks_nothing() -> None:
    reading = read(
        [
            ["项目名称", "甲园", "建设性质", "新建"],
            ["建设单位", "平舆甲公司", "总投资（万元）", 8000],
            ["开工时间", "2025年3月", "计划竣工时间", "2027年12月"],
            ["#REF!", "甲", "#REF!", "乙"],
            ["责任单位", "商务局", "责任人", "王某"],
        ]
    )
    assert only(reading).fields["project_name"] == "甲园"


def test_a_wide_percent_sign_among_lone_names_breaks_nothing() -> None:
    reading = read(
        [
            ["项目名称", "总投资（万元）", "工程进度"],
            ["甲厂项目", 100, "35％"],
            ["工业", 300, "95.5％"],
            ["乙厂项目", 100, "50％"],
            ["丙厂项目", 200, "60％"],
        ]
    )
    assert "甲厂项目" in names(reading)
    assert reading.rows_seen == 5


def test_a_ledger_of_foreign_companies_lists_projects() -> None:
    reading = read(
        [
            ["2026年6月外资项目台账（单位：万美元）"],
            ["序号", "企业名称", "外方投资者", "国别地区", "合同外资", "实际到资", _, "注册时间"],
            [_, _, _, _, _, "累计", "本月", _],
            [1, "甲公司", "A Ltd", "香港", 500, 200, 20, "2026-01-05"],
        ],
        *((1, column, 2, column) for column in (0, 1, 2, 3, 4, 7)),
        (1, 5, 1, 6),
    )
    row = only(reading)
    assert (row.kind, row.status, row.fields["project_name"]) == ("project", "accepted", "甲公司")
    assert [int(str(row.fields[name]).split(".")[0]) for name in ("foreign_contract_usd", "foreign_arrived_usd")] == [
        5_000_000,
        2_000_000,
    ]
    assert row.extra == {"实际到资 > 本月（美元部分）": "200000.00"}


def test_two_amounts_under_one_header_fill_no_field() -> None:
    reading = read([["项目名称", "总投资/到位资金（万元）"], ["甲厂", "5000/3000"]])
    row = only(reading)
    assert (row.status, row.extra) == ("accepted", {"总投资/到位资金（万元）": "5000/3000"})


def test_percentages_under_a_second_column_of_progress_are_the_share_done() -> None:
    reading = read([["项目名称", "形象进度", "工程进度"], ["甲厂", "主体", "60%"], ["乙厂", "基础", "20%"]])
    assert [row.fields["progress_rate"] for row in reading.rows] == [0.6, 0.2]
    assert [row.fields["progress_note"] for row in reading.rows] == ["主体", "基础"]


def test_a_trip_s_start_and_end_in_one_cell() -> None:
    reading = read(
        [
            ["2026年6月招商小分队外出招商情况"],
            ["小分队", "带队领导", "外出起止时间", "目的地", "拜访企业"],
            ["电子分队", "王某", "2026.6.3-6.5", "东莞", "甲电子"],
            ["纺织分队", "李某", "2026年6月10日至12日", "绍兴", "乙纺织"],
        ]
    )
    dates = [(str(row.fields["start_on"]), str(row.fields["end_on"])) for row in reading.rows]
    assert dates == [("2026-06-03", "2026-06-05"), ("2026-06-10", "2026-06-12")]


def test_a_ledger_of_supervised_matters_holds_problems() -> None:
    reading = read(
        [
            ["2026年6月县重点项目督办事项台账"],
            ["序号", "项目名称", "需解决问题", "责任单位", "责任领导", "完成时限", "完成情况"],
            [1, "甲园", "接电", "供电公司", "张某", "2026年8月10日前", "正在办理"],
        ]
    )
    row = only(reading)
    assert (row.kind, row.fields["subject"], str(row.fields["due_on"])) == ("problem", "接电", "2026-08-10")


def test_a_list_of_matters_handed_over_holds_problems_though_it_states_the_total() -> None:
    reading = read(
        [
            ["项目建设存在问题交办单"],
            ["序号", "项目名称", "总投资（亿元）", "存在问题", "交办事项", "责任单位", "完成时限", "整改情况"],
            [1, "甲园", 1.2, "用地指标不足", "尽快落实", "自然资源局", "2025.12.31", "正在办理"],
            [_, _, _, "电力未接入", "尽快接入", "供电公司", "2025.12.31", "正在办理"],
        ],
        (2, 0, 3, 0),
        (2, 1, 3, 1),
        (2, 2, 3, 2),
    )
    rows = [(row.kind, row.fields["project_name"], row.fields["subject"]) for row in reading.rows]
    assert rows == [("problem", "甲园", "用地指标不足"), ("problem", "甲园", "电力未接入")]


def test_a_summary_s_title_says_what_is_counted_where_no_column_does() -> None:
    def figures(title: str) -> LedgerReading:
        header = ["县区", "全年目标（万美元）", "累计完成（万美元）", "完成率"]
        return read([[title], header, ["甲县", 100, 60, "60%"], ["乙县", 50, 20, "40%"]])

    reading = figures("2026年1-6月实际利用外资完成情况")
    values = [(v.indicator, v.measure, v.scope) for row in reading.rows for v in row.summary_values]
    assert values[:3] == [
        ("fdi_arrived", "target", "year"),
        ("fdi_arrived", "done", "cumulative"),
        ("fdi_arrived", "rate", None),
    ]
    unsaid = next(iter(figures("签约项目到位资金完成情况").rows)).summary_values
    assert [(v.indicator, v.measure) for v in unsaid] == [(None, "target"), (None, "done"), (None, "rate")]


def test_a_list_of_problems_handed_over_without_projects_is_read() -> None:
    reading = read(
        [
            ["营商环境问题交办台账"],
            ["序号", "反映企业", "反映问题", "交办时间", "责任部门", "完成时限", "进展情况"],
            [1, "甲公司", "用电不足", "2026.6.1", "供电公司", "2026.6.10", "正在协调"],
        ]
    )
    row = only(reading)
    assert (row.kind, row.fields["subject"], str(row.fields["due_on"])) == ("problem", "用电不足", "2026-06-10")


def test_a_form_with_a_numbered_list_inside_loses_no_cell() -> None:
    row = only(
        read(
            [
                ["项目服务卡", _, _, _],
                ["项目名称", "甲厂", "投资总额（亿元）", 3],
                ["签约日期", "2025-01-01", "包联领导", "王某"],
                ["责任单位", "商务局", "联系人", "李某"],
                ["存在问题", "缺用地", "解决措施", "每周调度"],
                ["序号", "工作节点", "计划时间", "完成情况"],
                [1, "公司注册", "2026-03-01", "已完成"],
                [2, "土地摘牌", "2026-05-01", "未完成"],
            ],
            (0, 0, 0, 3),
        )
    )
    assert (row.fields["problem"], row.fields["measure"]) == ("缺用地", "每周调度")
    assert "sequence_no" not in row.fields or row.fields["sequence_no"] is None
    assert row.raw["土地摘牌 > 计划时间"] == "2026-05-01"
    assert row.raw["公司注册 > 完成情况"] == "已完成"


@pytest.mark.parametrize("note", ["注：数据截至2026年6月30日。", "说明：本表数据均截至2026年6月底"])
def test_a_note_that_says_when_the_data_end_dates_the_ledger(note: str) -> None:
    reading = read([["项目名称", "总投资（亿元）"], ["甲厂", 3], ["乙厂", 2], [note, _]])
    assert str(reading.report_date) == "2026-06-30"
    assert names(reading) == ["甲厂", "乙厂"]


@pytest.mark.parametrize(
    ("header", "status"), [("外出时间", "accepted"), ("时间", "accepted"), ("出发时间", "rejected")]
)
def test_one_time_column_of_trips_may_hold_start_and_end(header: str, status: str) -> None:
    row = only(
        read(
            [
                ["县领导外出招商活动台账（2026年6月）", _, _, _, _],
                ["序号", header, "带队领导", "外出地点", "拜访企业"],
                [1, "2026年6月3日-5日", "张某", "苏州", "鼎盛集团"],
            ],
            (0, 0, 0, 4),
        )
    )
    assert (row.kind, row.status) == ("outreach", status)
    if status == "accepted":
        assert (str(row.fields["start_on"]), str(row.fields["end_on"])) == ("2026-06-03", "2026-06-05")


def test_a_title_that_sets_targets_makes_its_figures_targets() -> None:
    cells = [["责任单位", "签约项目（个）", "省外到位资金（亿元）"], ["城关镇", 6, 3.5], ["河口镇", 4, 2]]
    for title, measure in (("2026年招商引资目标任务分解表", "target"), ("2026年招商引资目标任务完成情况表", "done")):
        reading = read([[title, _, _], *cells])
        (table,) = reading.tables
        figures = [column.meaning for column in table.columns if column.meaning.field == "value"]
        assert [(one.indicator, one.measure) for one in figures] == [("signings", measure), ("funds_arrived", measure)]


def test_lists_of_people_who_sign_are_no_summary_of_signings() -> None:
    reading = read([["会议签到表", _, _], ["姓名", "单位", "签名"], ["张某", "县招商局", _], ["李某", "县工信局", _]])
    assert (reading.status, reading.reason_code) == ("refused", "no_project_column")


@pytest.mark.parametrize(
    ("title", "header", "kind"),
    [
        ("项目建设堵点难点问题清单", ["项目名称", "堵点难点", "责任单位", "解决时限"], "problem"),
        ("督查发现问题整改台账", ["涉及项目", "问题表现", "整改单位", "整改期限"], "problem"),
        ("驻点招商工作台账", ["驻点小组", "驻点城市", "拜访企业名称", "驻点开始时间"], "outreach"),
    ],
)
def test_kinds_of_ledgers_in_other_words(title: str, header: list[str], kind: str) -> None:
    reading = read([[title, _, _, _], header, ["甲", "乙", "丙", "2026-03-01"], ["丁", "戊", "己", "2026-04-01"]])
    assert [(row.kind, row.status) for row in reading.rows] == [(kind, "accepted")] * 2


@pytest.mark.parametrize(
    "heading",
    [
        "未开工项目（4个）",
        "◆在谈类",
        "【在建项目】",
        "2026年新签约项目",
        "A类项目",
        "经开区",
        "城关镇（2个项目，总投资12亿元）",
        "——农业项目——",
    ],
)
def test_an_unnumbered_row_that_reads_as_a_heading_is_one_though_its_sums_are_wrong(heading: str) -> None:
    reading = read(
        [
            ["序号", "项目名称", "投资方", "总投资（万元）"],
            [_, heading, _, 99_999],
            [1, "甲厂", "甲公司", 100],
            [2, "乙厂", "乙公司", 200],
            [3, "在谈类软件园", "丙公司", 300],
        ]
    )
    assert names(reading) == ["甲厂", "乙厂", "在谈类软件园"]


def test_a_heading_below_the_name_s_header_is_no_leaf_of_it() -> None:
    cells = [
        ["序号", "项目名称", "投资方", "总投资（万元）"],
        [_, "经开区", _, _],
        [1, "甲厂", "甲公司", 100],
        [2, "乙厂", "乙公司", 200],
    ]
    reading = read(cells)
    assert names(reading) == ["甲厂", "乙厂"]
    assert [row.fields["park_name"] for row in reading.rows] == ["经开区", "经开区"]


HEADS_IN_LEVELS: list[Cells] = [
    # The leaves of single columns stand in any of the rows, groups are written again over each of their columns.
    [
        [_, "项目名称", "项目概况", "项目概况", "备注", "投资情况（亿元）", "投资情况（亿元）", _],
        ["序号", _, "内外资", "建设性质", _, "总投资", "年度计划投资", "电话"],
    ],
    # A level without words of its own, as cells merged over several rows leave it in CSV.
    [
        ["序号", "项目名称", "项目概况", "项目概况", "备注", "投资情况（亿元）", _, _],
        [_] * 8,
        [_, _, "内外资", "建设性质", _, "总投资", "年度计划投资", "电话"],
    ],
    # Every leaf in the last row, two rows of groups above.
    [
        [_, _, "招商项目情况", _, _, "招商项目情况", _, _],
        [_, _, "项目概况", "项目概况", _, "投资情况（亿元）", "投资情况（亿元）", _],
        ["序号", "项目名称", "内外资", "建设性质", "备注", "总投资", "年度计划投资", "电话"],
    ],
]


@pytest.mark.parametrize("head", HEADS_IN_LEVELS)
def test_leaves_of_an_unmerged_header_stand_in_any_of_its_rows(head: Cells) -> None:
    record = [1, "青石储能电站项目", "内资", "新建", "省重点", 1.5, 0.6, "138****0001"]
    row = only(read([["2026年3月招商项目台账", *[_] * 7], *head, record]))
    assert (row.status, row.fields["sequence_no"], row.fields["project_name"]) == ("accepted", "1", "青石储能电站项目")
    assert (row.fields["total_investment_cny"], row.fields["investment_plan_year_cny"]) == (150_000_000, 60_000_000)
    assert [row.fields[name] for name in ("capital_origin", "construction_nature")] == ["内资", "新建"]


def test_a_list_below_three_levels_of_headers_is_no_form() -> None:
    cells = [
        ["项目名称", "项目基本情况", _, "招商项目情况", _, "电话", "招商项目情况", _, "问题类型"],
        [_, "投资方", "建设地点", "时间进度", _, _, "工作推进", _, _],
        [_, _, _, "签约时间", "开工时间", _, "本月进展", "主要问题", _],
        [
            "白沙纺织项目",
            "甲公司",
            "南湾工业园",
            "2024-06-11",
            "2025.3.3",
            "138****8022",
            "主体封顶",
            "用地不足",
            "土地",
        ],
    ]
    merges = [(0, 0, 2, 0), (0, 1, 0, 2), (0, 3, 0, 4), (0, 5, 2, 5), (0, 6, 0, 7), (0, 8, 2, 8)]
    leaves = [(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4), (1, 6, 1, 7)]
    row = only(read(cells, *merges, *leaves))
    assert [row.fields[name] for name in ("project_name", "investor_name", "progress_note", "problem")] == [
        "白沙纺织项目",
        "甲公司",
        "主体封顶",
        "用地不足",
    ]


def test_lists_beside_each_other_below_headings_of_their_own_are_two() -> None:
    cells = [
        ["2026年9月签约与开工项目对照表", *[_] * 6],
        ["签约项目", _, _, _, "开工项目", _, _],
        ["序号", "项目名称", "总投资（亿元）", _, "序号", "项目名称", "总投资（亿元）"],
        [1, "甲山风电项目", 6, _, 1, "乙水抽蓄项目", 60],
        [2, "丙岭茶旅项目", 1.5, *[_] * 4],
    ]
    for gap in (True, False):
        rows = [[cell for at, cell in enumerate(row) if gap or at != 3] for row in cells]
        right = 4 if gap else 3
        reading = read(rows, (0, 0, 0, right + 2), (1, 0, 1, 2), (1, right, 1, right + 2))
        found = [(row.fields["project_name"], row.fields["total_investment_cny"]) for row in reading.rows]
        assert found == [("甲山风电项目", 600_000_000), ("丙岭茶旅项目", 150_000_000), ("乙水抽蓄项目", 6_000_000_000)]
        assert [row.fields["stage"] for row in reading.rows] == ["signed", "signed", "started"]


def test_a_unit_beside_other_cells_of_its_line_holds() -> None:
    cells = [["单位：亿元", _, "截至2026年7月31日"], ["序号", "项目名称", "总投资"], [1, "甲园", 1.5]]
    assert only(read(cells)).fields["total_investment_cny"] == 150_000_000


def test_new_projects_of_a_week_name_the_rows_only_beside_columns_of_single_projects() -> None:
    header = ["序号", "本周新签约项目", "投资方", "合同额（亿元）", "签约日期"]
    row = only(read([header, [1, "轴承制造项目", "甲公司", 3.2, "2026-03-18"]]))
    assert (row.kind, row.fields["project_name"]) == ("project", "轴承制造项目")
    counted = read([["县区", "本周新签约项目", "合同额（亿元）"], ["甲县", 3, 4.5], ["乙县", 2, 1.5]])
    assert [row.kind for row in counted.rows] == ["summary", "summary"]


def test_an_amount_of_times_below_a_heading_that_counts_is_money() -> None:
    cells = [
        ["县区", "新签约项目", _, _, _],
        [_, "项目数", _, "合同金额", _],
        [_, "本月", "累计", "本月", "累计"],
        ["甲县", 4, 20, 10.5, 99.1],
    ]
    reading = read([["单位：个、亿元", *[_] * 4], *cells], (1, 0, 3, 0), (1, 1, 1, 4), (2, 1, 2, 2), (2, 3, 2, 4))
    (table,) = reading.tables
    figures = [one.meaning for one in table.columns if one.meaning.field == "value"]
    assert [one.indicator for one in figures] == ["signings", "signings", "signed_amount", "signed_amount"]


def test_the_name_of_an_indicator_does_not_say_that_a_target_is_met() -> None:
    cells = [
        ["2026年目标任务分解表", _, _],
        ["责任单位", "签约项目（个）", "实际利用外资（万美元）"],
        ["商务局", 5, 50],
    ]
    (table,) = read(cells).tables
    figures = [one.meaning for one in table.columns if one.meaning.field == "value"]
    assert [one.measure for one in figures] == ["target", "target"]


@pytest.mark.parametrize("mark", ["第3页，共4页", "第1页", "第2页/共4页", "共4页 第2页", "- 第2页 -"])
def test_a_page_s_number_is_no_part_of_the_row_above(mark: str) -> None:
    header = ["序号", "项目名称", "总投资（万元）", "所在乡镇"]
    row = only(read([header, [1, "甲园", 100, "金盆镇"], [_, _, _, mark]]))
    assert row.fields["town_name"] == "金盆镇"


def test_groups_above_groups_may_be_written_again_over_their_columns() -> None:
    cells = [
        ["2026年6月招商项目台账", *[_] * 6],
        [_, _, "项目情况", _, "招商项目情况", "招商项目情况", "解决措施"],
        [_, _, _, _, "投资情况（万元）", "投资情况（万元）", _],
        ["序号", "项目名称", "建设性质", "产业类别", "总投资", "年度计划投资", _],
        [1, "甲园", "新建", "制造业", 100, 20, "专班跟进"],
    ]
    row = only(read(cells))
    assert [row.fields[name] for name in ("total_investment_cny", "measure")] == [1_000_000, "专班跟进"]


def test_a_list_whose_stages_read_like_labels_is_no_form() -> None:
    stages = ["开工", "签约", "投产", "在谈"]
    cells = [
        ["序号", "签约项目名称", "招商项目情况", _, "项目引荐单位", "投资方"],
        [_, _, "项目状态", "外来投资方", _, _],
        *[
            [at, f"{at}号厂房建设项目", stage, "甲公司", "县工商联", "乙公司"]
            for at, stage in enumerate(stages, start=1)
        ],
    ]
    merges = [(0, column, 1, column) for column in (0, 1, 4, 5)]
    assert names(read(cells, *merges, (0, 2, 0, 3))) == [f"{at}号厂房建设项目" for at in range(1, 5)]


def test_leaves_stand_below_a_last_group_of_one_column() -> None:
    cells = [
        ["序号", "签约项目名称", "基本情况", "基本情况", "其他情况", _, "投资及资金情况（单位：万元）"],
        [_, _, "协议类型", "项目内容", "问题类型", "新增建设用地", "年度计划投资"],
        [1, "甲园", "正式投资协议", "车间3万平方米", "资金", 128, 79900],
    ]
    row = only(read(cells))
    assert (row.fields["project_name"], row.fields["investment_plan_year_cny"]) == ("甲园", 799_000_000)


def test_a_lone_text_that_ends_in_a_comma_is_no_project() -> None:
    cells = [
        ["项目名称", "总投资（万元）"],
        ["甲园", 100],
        ["1、数据截至当月末；", _],
        [_, _],
        ["2.数据由商务局提供，", _],
    ]
    assert names(read(cells)) == ["甲园"]


def test_a_unit_in_a_cell_of_its_own_belongs_to_the_table_below() -> None:
    header = ["序号", "项目名称", "总投资", "备注"]
    cells = [
        ["单位：万元", _, _, _],
        header,
        [1, "甲园", 100, _],
        [_] * 4,
        ["二、新开工项目一览表", _, _, _],
        [_, _, "单位：", "元"],
        [*header[:3], "乡镇"],
        [1, "乙园", 5_000_000, "城关镇"],
    ]
    assert [row.fields["total_investment_cny"] for row in read(cells).rows] == [1_000_000, 5_000_000]


def test_a_lone_group_between_groups_and_leaves_is_a_level_and_a_heading_below_is_none() -> None:
    cells = [
        ["序号", "项目基本情况", "项目基本情况", "项目明细", _, "解决措施"],
        [_, _, _, "关键时间", _, _],
        [_] * 6,
        [_, "项目名称", "建设性质", "注册时间", "开工时间", _],
        ["一、商贸物流", *[_] * 5],
        [1, "甲园", "新建", "2025-08-15", "2025-11-01", "专班跟进"],
    ]
    row = only(read(cells))
    assert [row.fields[name] for name in ("sequence_no", "project_name", "measure")] == ["1", "甲园", "专班跟进"]


def test_a_number_of_working_days_is_no_date() -> None:
    cells = [
        ["审批事项办理时限监测表", *[_] * 4],
        ["项目名称", "审批环节", "承诺时限（工作日）", "受理日期", "办结日期"],
        ["封测项目", "施工许可", 5, "2026-07-01", "2026-07-10"],
    ]
    row = only(read(cells))
    assert (row.kind, row.status, row.fields.get("due_on")) == ("problem", "accepted", None)
    assert (row.fields["subject"], str(row.fields["closed_on"])) == ("施工许可", "2026-07-10")


def test_visits_of_leaders_are_outreach_and_foreign_investors_name_their_country() -> None:
    visits = read([["日期", "走访领导", "地点", "走访企业"], ["2026-04-03", "王某", "深圳", "瑞丰科技"]])
    assert [(row.kind, row.fields["traveller_name"]) for row in visits.rows] == [("outreach", "王某")]
    cells = [["企业名称", "投资者国别（地区）", "合同外资金额（万美元）"], ["青石燃气有限公司", "中国香港", 3000]]
    row = only(read(cells))
    assert (row.fields["project_name"], row.fields["investor_origin"]) == ("青石燃气有限公司", "中国香港")


def test_a_group_of_projects_names_no_form() -> None:
    head = [
        ["序号", "签约项目名称", "基本情况", _, "招商项目情况", _, "新增建设用地"],
        [_, _, "街镇名", "园区名称", "时间进度", _, _],
        [_, _, _, _, "投产时间", "落地时间", _],
    ]
    merges = [
        (0, 0, 2, 0),
        (0, 1, 2, 1),
        (0, 2, 0, 3),
        (1, 2, 2, 2),
        (1, 3, 2, 3),
        (0, 4, 0, 5),
        (1, 4, 1, 5),
        (0, 6, 2, 6),
    ]
    below = [
        [1, "甲园", "柳林镇", "南湾工业园", "2025-01-02", "2023-06-07", 181],
        [_] * 7,
        ["序号", "签约项目名称", "街镇名", "园区名称", "内外资", "落地时间", "包联领导"],
        [1, "乙园", "双河镇", "临溪工业园", "内资", "2025-03-06", "冯某"],
        [2, "丙园", "双河镇", "临溪工业园", "外资", "2025-03-06", "冯某"],
    ]
    assert names(read([*head, *below], *merges)) == ["甲园", "乙园", "丙园"]


def test_a_group_written_again_and_again_is_one_word_of_a_second_header() -> None:
    cells = [
        ["序号", "项目名称", "总投资（亿元）", *[_] * 5],
        [1, "甲园", 1.5, *[_] * 5],
        [_] * 8,
        ["附：在建项目情况表（单位：万元）", *[_] * 7],
        ["序号", "项目名称", "关键时间", "关键时间", "关键时间", "关键时间", "投资情况", "项目明细"],
        [_, _, "开工时间", "签约时间", "落地时间", "投产时间", "总投资", "负责单位"],
        [1, "乙园", "2024-12-16", "2024-05-03", "2024-06-23", "2025-01-23", 80100, "县商务局"],
    ]
    found = [(row.fields["project_name"], row.fields["total_investment_cny"]) for row in read(cells).rows]
    assert found == [("甲园", 150_000_000), ("乙园", 801_000_000)]
