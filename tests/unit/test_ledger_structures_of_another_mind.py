"""Shapes of ledgers that an outsider drew: translated headers, groups over one column, forms below one another, cells cut in two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ingest.formats.sheet import Merge, Sheet, Workbook
from ingest.headers.header_text import segment
from ingest.ledgers.ledger import LedgerReading, LedgerRow, LedgerSource, read_ledger, read_workbook
from ingest.rows.furniture import is_column_number_row

_ = None


def read(cells: Sequence[Sequence[Any]], *merges: tuple[int, int, int, int]) -> LedgerReading:
    sheet = Sheet("Sheet1", [list(row) for row in cells], merges=[Merge(*merge) for merge in merges])
    return read_workbook(Workbook("xlsx", [sheet]), "台账.xlsx", LedgerSource("410922"), "0" * 64)


def accepted(reading: LedgerReading) -> list[LedgerRow]:
    return [row for row in reading.rows if row.status == "accepted"]


def values(reading: LedgerReading, field: str) -> list[Any]:
    return [row.fields.get(field) for row in accepted(reading)]


def test_a_header_written_again_in_english_is_header_and_the_units_below_it_count() -> None:
    reading = read(
        [
            ["序号", "项目名称", "投资规模", _, "签约时间"],
            [_, _, "总投资", "一期投资额", _],
            ["No.", "Project Name", "Total Investment", "Phase One", "Signing Date"],
            [_, _, "万元", "万元", _],
            [1, 2, 3, 4, 5],
            [1, "甲厂建设项目", 1200, 800, "2026-03-01"],
            [2, "乙厂建设项目", 900, 300, "2026-04-01"],
        ],
        (0, 0, 1, 0),
        (0, 1, 1, 1),
        (0, 2, 0, 3),
        (0, 4, 1, 4),
    )
    assert values(reading, "project_name") == ["甲厂建设项目", "乙厂建设项目"]
    assert values(reading, "total_investment_cny") == [12_000_000, 9_000_000]
    assert len(list(reading.rows)) == 2


def test_letters_and_named_numbers_number_columns() -> None:
    assert is_column_number_row(["A", "B", "C", "D"])
    assert is_column_number_row(["栏次", "1", "2", "3"])
    assert not is_column_number_row(["A", "C", "D"])
    assert not is_column_number_row(["A类", "B", "C"])


def test_groups_over_one_column_belong_to_the_fuller_row_of_headers_below() -> None:
    reading = read(
        [
            [_, _, _, "投资规模（万元）", "到位资金（万元）", "责任落实", _],
            ["序号", "项目名称", "引荐单位", "总投资", "本年到位资金", "责任单位", "联系电话"],
            [1, "甲厂建设项目", "县商务局", 1200, 300, "县发改局", "135****2515"],
        ],
        (0, 5, 0, 6),
    )
    assert values(reading, "total_investment_cny") == [12_000_000]
    assert values(reading, "funds_arrived_ytd_cny") == [3_000_000]


def test_the_unit_above_a_later_table_is_none_of_an_earlier_one() -> None:
    reading = read(
        [
            ["表一 签约项目"],
            ["序号", "项目名称", "总投资", "签约时间"],
            [1, "甲厂建设项目", 1200, "2026-03-01"],
            [_],
            ["表二 在建项目"],
            ["单位：亿元"],
            ["序号", "项目名称", "总投资", "开工时间", "责任单位"],
            [1, "乙厂建设项目", 1.5, "2026-04-01", "县工信局"],
        ]
    )
    assert values(reading, "total_investment_cny") == [150_000_000]
    (rejected,) = [row for row in reading.rows if row.status == "rejected"]
    assert [reason.code for reason in rejected.reasons] == ["unit_unknown"]


def test_forms_below_one_another_keep_their_own_values_where_only_a_title_parts_them() -> None:
    def form(name: str, amount: int, park: str) -> list[list[Any]]:
        return [
            ["项目情况表", _],
            ["项目名称：", name],
            ["所在园区：", park],
            ["建设性质：", "新建"],
            ["签约时间：", "2026-03"],
            ["总投资（万元）：", amount],
        ]

    cells = [*form("甲厂项目", 1, "东园区"), [_, _], *form("乙厂项目", 2, "西园区"), *form("丙厂项目", 3, "南园区")]
    reading = read(cells)
    assert values(reading, "project_name") == ["甲厂项目", "乙厂项目", "丙厂项目"]
    assert values(reading, "total_investment_cny") == [10_000, 20_000, 30_000]
    assert values(reading, "park_name") == ["东园区", "西园区", "南园区"]


def test_numbers_of_the_columns_name_no_projects_of_a_list_on_its_side() -> None:
    reading = read(
        [
            ["项目", "项目一", "项目二"],
            ["签约项目名称", "甲厂建设项目", "乙厂建设项目"],
            ["建设性质", "新建", "扩建"],
            ["责任单位", "县发改局", "县工信局"],
            ["总投资（万元）", 1200, 900],
            ["签约时间", "2026.3.1", "2026.4.1"],
        ]
    )
    assert values(reading, "project_name") == ["甲厂建设项目", "乙厂建设项目"]
    assert values(reading, "total_investment_cny") == [12_000_000, 9_000_000]


def test_a_page_that_goes_on_is_no_project() -> None:
    header = ["项目名称", "建设性质", "总投资（万元）", "责任单位"]
    reading = read(
        [
            header,
            ["甲厂建设项目", "新建", 1200, "县发改局"],
            ["（续表）"],
            header,
            ["乙厂建设项目", "新建", 900, "县工信局"],
        ]
    )
    assert values(reading, "project_name") == ["甲厂建设项目", "乙厂建设项目"]


def test_texts_without_a_number_go_on_with_the_record_above() -> None:
    reading = read(
        [
            ["序号", "项目名称", "建设内容", "总投资（万元）", "进展情况"],
            [1, "甲厂建设项目", "新建厂房3栋", 1200, "主体施工"],
            [_, _, "，配套道路及绿化", _, "预计年底完工"],
            [2, "乙厂建设项目", "新建仓库", 900, "设备安装"],
        ]
    )
    assert values(reading, "project_content") == ["新建厂房3栋，配套道路及绿化", "新建仓库"]
    assert values(reading, "progress_note") == ["主体施工；预计年底完工", "设备安装"]
    assert len(list(reading.rows)) == 2


def test_a_name_cut_in_two_lines_is_one_name_and_a_heading_stays_one() -> None:
    def list_of(second: str) -> LedgerReading:
        return read(
            [
                ["序号", "项目名称", "建设性质", "总投资（万元）"],
                [1, "甲集团年产10万", "新建", 1200],
                [_, second, _, _],
                [2, "乙厂建设项目", "新建", 900],
                [3, "丙厂建设项目", "扩建", 800],
            ]
        )

    assert values(list_of("吨饲料加工项目"), "project_name") == [
        "甲集团年产10万吨饲料加工项目",
        "乙厂建设项目",
        "丙厂建设项目",
    ]
    assert values(list_of("续建项目"), "project_name") == ["甲集团年产10万", "乙厂建设项目", "丙厂建设项目"]


def test_units_below_the_numbers_of_the_columns_count() -> None:
    reading = read(
        [
            ["序号", "项目名称", "建设性质", "总投资", "累计到位资金"],
            [1, 2, 3, 4, 5],
            [_, _, _, "万元", "万元"],
            [1, "甲厂建设项目", "新建", 1200, 300],
        ]
    )
    assert values(reading, "total_investment_cny") == [12_000_000]
    assert values(reading, "funds_arrived_cumulative_cny") == [3_000_000]


def test_units_may_stand_among_the_second_halves_of_names() -> None:
    reading = read(
        [
            ["序号", "项目名称", "总投资", "计划", "计划", "责任单位"],
            [_, _, "（万元）", "开工时间", "竣工时间", _],
            [1, "甲厂建设项目", 1200, "2026-03-01", "2027-03-01", "县发改局"],
        ]
    )
    assert values(reading, "total_investment_cny") == [12_000_000]
    assert [str(value) for value in values(reading, "planned_start_on")] == ["2026-03-01"]
    assert [str(value) for value in values(reading, "planned_completion_on")] == ["2027-03-01"]


def test_a_heading_may_say_what_it_comes_to_without_words() -> None:
    reading = read(
        [
            ["序号", "项目名称", "建设性质", "总投资（万元）"],
            ["一、开工项目 3个 8亿元", _, _, _],
            [1, "甲厂建设项目", "新建", 1200],
        ],
        (1, 0, 1, 3),
    )
    assert values(reading, "stage") == ["started"]


def test_a_mere_class_or_no_header_over_stages_is_the_stage() -> None:
    for header in ("分类", _):
        reading = read(
            [
                [header, "序号", "项目名称", "建设性质", "总投资（万元）"],
                ["在\n建\n项\n目", 1, "甲厂建设项目", "新建", 1200],
                [_, 2, "乙厂建设项目", "新建", 900],
                ["已投产项目", 3, "丙厂建设项目", "新建", 900],
            ],
            (1, 0, 2, 0),
        )
        assert values(reading, "stage") == ["started", "started", "in_production"]


def test_a_value_that_reads_like_a_label_is_the_value_of_each_form_beside_others() -> None:
    cells: list[list[Any]] = [
        ["项目名称", "甲厂建设项目", _, "项目名称", "乙厂建设项目"],
        ["建设地点", "柳林镇", _, "建设地点", "石桥镇"],
        ["总投资（万元）", 1200, _, "总投资（万元）", 900],
        ["竣工时间", "2026-01", _, "竣工时间", "2026-02"],
        ["项目阶段", "签约", _, "项目阶段", "签约"],
        ["进展情况", "主体施工", _, "进展情况", "设备安装"],
    ]
    assert values(read(cells), "stage") == ["signed", "signed"]


def test_what_counts_behind_an_empty_column_is_no_part_of_the_list() -> None:
    reading = read(
        [
            ["序号", "项目名称", "总投资（万元）", "责任单位", _, "乡镇", "个数"],
            [1, "甲厂建设项目", 1200, "县发改局", _, "柳林镇", 5],
            [2, "乙厂建设项目", 900, "县工信局", _, "石桥镇", 3],
            [3, "丙厂建设项目", 800, "县商务局", _, _, _],
        ]
    )
    assert values(reading, "project_name") == ["甲厂建设项目", "乙厂建设项目", "丙厂建设项目"]
    assert values(reading, "town_name") == [None, None, None]
    behind = read(
        [
            ["序号", "项目名称", "总投资（万元）", _, "乡镇", "责任单位"],
            [1, "甲厂建设项目", 1200, _, "柳林镇", "县发改局"],
        ]
    )
    assert values(behind, "town_name") == ["柳林镇"]


def test_a_single_box_in_a_wide_row_is_the_text_of_its_cell() -> None:
    page = (
        "<table><tr><td>序号<td>项目名称<td>责任单位<td><table><tr><td>总投资（万元）</td></tr></table><td>建设性质</tr>"
        "<tr><td>1<td>甲厂建设项目<td>县发改局<td>1200<td>新建</tr></table>"
    )
    reading = read_ledger(page.encode(), "台账.xls", LedgerSource("410922"))
    assert values(reading, "total_investment_cny") == [12_000_000]


def test_a_header_repeated_below_another_unit_counts_in_that_unit() -> None:
    header = ["序号", "项目名称", "总投资", "责任单位"]
    reading = read(
        [
            ["签约项目表", _, _, "单位：万元"],
            header,
            [1, "甲厂建设项目", 1200, "县发改局"],
            ["续建项目表"],
            [_, _, _, "单位：亿元"],
            header,
            [1, "乙厂建设项目", 1.5, "县工信局"],
            ["续建项目表"],
            [_, _, _, "单位：亿元"],
            header,
            [2, "丙厂建设项目", 2.5, "县工信局"],
        ]
    )
    assert values(reading, "total_investment_cny") == [12_000_000, 150_000_000, 250_000_000]
    assert len(list(reading.rows)) == 3


def test_a_header_written_a_little_otherwise_on_the_next_page_is_the_same() -> None:
    reading = read(
        [
            ["序号", "项目名称", "总投资（单位：万元）", "责任单位"],
            [1, "甲厂建设项目", 1200, "县发改局"],
            ["序号", "项目名称", "总投资(万元)", "责任单位"],
            [2, "乙厂建设项目", 900, "县工信局"],
            ["合计", _, 2100, _],
        ]
    )
    assert values(reading, "total_investment_cny") == [12_000_000, 9_000_000]
    (total,) = [one for one in reading.control_totals if one.field == "total_investment_cny"]
    assert total.stated_value == total.rows_sum


def test_a_total_covers_the_rows_that_make_it_up() -> None:
    reading = read(
        [
            ["序号", "项目名称", "建设性质", "总投资（万元）"],
            ["一、柳林镇", _, _, _],
            [1, "甲厂建设项目", "新建", 1200],
            [2, "乙厂建设项目", "新建", 900],
            ["二、石桥镇", _, _, _],
            [3, "丙厂建设项目", "新建", 300],
            ["石桥镇合计", _, _, 300],
            ["合计", _, _, 2400],
        ],
        (1, 0, 1, 3),
        (4, 0, 4, 3),
    )
    totals = [one for one in reading.control_totals if one.field == "total_investment_cny"]
    assert [(one.label, one.stated_value == one.rows_sum) for one in totals] == [("石桥镇合计", True), ("合计", True)]
    wrong = read(
        [
            ["序号", "项目名称", "建设性质", "总投资（万元）"],
            [1, "甲厂建设项目", "新建", 1200],
            [2, "乙厂建设项目", "新建", 900],
            ["合计", _, _, 2200],
        ]
    )
    (total,) = [one for one in wrong.control_totals if one.field == "total_investment_cny"]
    assert (total.stated_value, total.rows_sum) == (22_000_000, 21_000_000)


def test_a_list_on_its_side_may_have_a_column_of_units() -> None:
    cells: list[list[Any]] = [
        ["项目内容", "单位", _, _],
        ["编号", "—", 1, 2],
        ["项目名称", "—", "甲厂建设项目", "乙厂建设项目"],
        ["建设性质", "—", "新建", "扩建"],
        ["责任单位", "—", "县发改局", "县工信局"],
        ["总投资", "万元", 1200, 900],
        ["签约时间", "—", "2026.3.1", "2026.4.1"],
    ]
    reading = read(cells)
    assert values(reading, "total_investment_cny") == [12_000_000, 9_000_000]
    assert values(reading, "sequence_no") == ["1", "2"]
    assert values(reading, "project_code") == [None, None]


def test_a_matrix_below_a_form_makes_no_values_of_its_labels() -> None:
    cells: list[list[Any]] = [
        ["项目名称", "甲厂建设项目", _, _],
        ["所属产业链", "食品产业链", "所在乡镇", "马家河乡"],
        ["园区名称", "高新园区", "建设性质", "改建"],
        ["总投资（万元）", 1200, _, _],
        ["责任单位", "县商务局", "备注", _],
        ["投资计划（万元）", "一季度", "二季度", "三季度"],
        ["计划", 700, 500, 200],
        ["实际", 900, 600, 100],
    ]
    reading = read(cells)
    assert values(reading, "town_name") == ["马家河乡"]
    assert values(reading, "construction_nature") == ["改建"]


def test_titles_between_repeated_headers_say_the_stage_of_what_follows() -> None:
    header = ["序号", "项目名称", "责任单位", "签约时间", "竣工时间"]
    cells: list[list[Any]] = [
        ["2026年项目推进表", _, _, _, _],
        ["签约项目", _, _, _, _],
        header,
        [1, "甲厂建设项目", "县发改局", "2026-03-01", "2026-05-01"],
        ["开工项目一览表", _, _, _, _],
        header,
        [1, "乙厂建设项目", "县工信局", "2026-03-01", "2026-05-01"],
        ["投产项目", _, _, _, _],
        header,
        [1, "丙厂建设项目", "县商务局", "2026-03-01", "2026-05-01"],
    ]
    merges = [(row, 0, row, 4) for row in (0, 1, 4, 7)]
    assert values(read(cells, *merges), "stage") == ["signed", "started", "in_production"]


def test_figures_and_signatures_below_a_list_are_no_projects() -> None:
    reading = read(
        [
            ["序号", "项目名称", "责任单位", "总投资（万元）"],
            [1, "甲厂建设项目", "县发改局", 1200],
            ["本月新增（个）", 2, _, _],
            ["主要领导签字", _, "分管领导签字", _],
        ]
    )
    assert [row.fields.get("project_name") for row in reading.rows] == ["甲厂建设项目"]
    assert furniture(reading)["note"] == 1
    assert furniture(reading)["signature"] == 1


def furniture(reading: LedgerReading) -> dict[str, int]:
    return dict(reading.sheets[0].furniture)


def test_numbered_phases_are_parts_of_a_described_project_and_named_children_are_projects() -> None:
    header = ["序号", "项目名称", "建设内容", "责任单位", "总投资（万元）"]
    phases = read(
        [
            header,
            [1, "甲产业园项目", "新建厂房5栋", "县发改局", 3000],
            ["1.1", "一期工程", "新建厂房2栋", "县发改局", 1000],
            ["1.2", "二期工程", "新建厂房3栋", "县发改局", 2000],
            [2, "乙厂建设项目", "新建仓库", "县工信局", 900],
        ]
    )
    assert values(phases, "project_name") == ["甲产业园项目", "乙厂建设项目"]
    named = read(
        [
            header,
            [1, "甲产业园项目", "新建厂房5栋", "县发改局", 3000],
            ["1.1", "丙厂建设项目", "新建厂房2栋", "县发改局", 1000],
            ["1.2", "丁厂建设项目", "新建厂房3栋", "县发改局", 2000],
        ]
    )
    assert values(named, "project_name") == ["丙厂建设项目", "丁厂建设项目"]


def test_forms_whose_values_read_like_labels_but_bear_no_colon() -> None:
    reading = read(
        [
            ["项目名称：", "甲厂建设项目", _, _],
            ["投资方：", "甲公司", "乡镇：", "城关镇"],
            ["建设性质：", "新建", "项目状态：", "已投产"],
            ["总投资（万元）：", 1200, "责任人：", "李某"],
            ["注册时间：", "2026-03-01", "计划投产时间：", "2027-03-01"],
        ]
    )
    assert values(reading, "construction_nature") == ["新建"]
    assert values(reading, "stage") == ["in_production"]


def test_lists_beside_one_another_may_call_their_projects_otherwise() -> None:
    reading = read(
        [
            ["序号", "项目名称", "责任单位", "总投资（万元）", _, "签约项目名称", "法人代表", "总投资（万元）"],
            [1, "甲厂建设项目", "县发改局", 1200, _, "乙厂建设项目", "李某", 900],
        ]
    )
    assert values(reading, "project_name") == ["甲厂建设项目", "乙厂建设项目"]
    assert values(reading, "total_investment_cny") == [12_000_000, 9_000_000]
    assert values(reading, "legal_representative") == [None, "李某"]


def test_what_is_planned_keeps_the_unit_of_the_group_of_what_is_done() -> None:
    reading = read(
        [
            ["基本情况", _, "投资完成情况（万元）", _, "责任单位"],
            ["序号", "项目名称", "累计完成投资", "年度计划投资", _],
            [1, "甲厂建设项目", 1200, 900, "县发改局"],
        ]
    )
    assert values(reading, "investment_plan_year_cny") == [9_000_000]


def test_a_filing_line_of_several_cells_is_above_the_next_table() -> None:
    reading = read(
        [
            ["表一"],
            ["序号", "项目名称", "总投资（亿元）", "责任单位"],
            [1, "甲厂建设项目", 1.5, "县发改局"],
            [_],
            ["表二"],
            ["填报单位：县商务局", "填报人：李某", "联系电话：139****1058", "单位：万元"],
            ["序号", "项目名称", "总投资", "进展情况"],
            [1, "乙厂建设项目", 900, "主体施工"],
        ]
    )
    assert values(reading, "total_investment_cny") == [150_000_000, 9_000_000]


def test_groups_of_labels_left_of_a_form_make_no_labels_of_its_values() -> None:
    reading = read(
        [
            ["项目情况表", _, _],
            ["基本情况", "项目名称", "甲厂建设项目"],
            [_, "建设地点", "城关镇"],
            ["时间节点", "签约时间", "2025-07-15"],
            [_, "开工时间", "2026-10-28"],
            ["项目进展", "项目状态", "洽谈"],
            [_, "进展情况", "办理手续"],
        ],
        (1, 0, 2, 0),
        (3, 0, 4, 0),
        (5, 0, 6, 0),
    )
    assert values(reading, "stage") == ["talks"]


def test_a_short_line_of_text_is_a_heading_and_a_short_record_is_turned_away() -> None:
    lines = [
        "序号,项目名称,责任单位,总投资（万元）,备注",
        "一,签约项目",
        "1,甲厂建设项目,县发改局,1200,",
        "二,在建项目",
        "2,乙厂建设项目,县工信局,900,",
        "3,丙厂建设项目,800",
        "填表人：李某,审核人：王某",
    ]
    reading = read_ledger("\n".join(lines).encode(), "台账.csv", LedgerSource("410922"))
    assert values(reading, "stage") == ["signed", "started"]
    assert [[reason.code for reason in row.reasons] for row in reading.rows if row.status == "rejected"] == [["ragged"]]


def test_headers_numbered_with_a_dash_and_arrows_of_a_filter() -> None:
    reading = read(
        [
            ["1-序号", "2-项目名称", "3-总投资（万元）", "4-责任单位", "5-引荐单位"],
            ["▼", "▼", "▼", "▼", "▼"],
            [1, "甲厂建设项目", 1200, "县发改局", "县商务局"],
        ]
    )
    assert values(reading, "total_investment_cny") == [12_000_000]
    assert values(reading, "introducing_unit") == ["县商务局"]
    assert len(list(reading.rows)) == 1
    assert segment("1-6月完成投资").period == segment("1—6月完成投资").period
    assert segment("1-本月完成投资").period is not None


def test_a_heading_may_have_its_count_in_the_column_of_names() -> None:
    reading = read(
        [
            ["序号", "项目名称", "责任单位", "总投资（万元）"],
            ["柳林镇", "1个项目", _, 1200],
            [1, "甲厂建设项目", "县发改局", 1200],
            ["石桥镇", "2个项目", _, 1700],
            [2, "乙厂建设项目", "县工信局", 900],
            [3, "丙厂建设项目", "县工信局", 800],
        ]
    )
    assert values(reading, "project_name") == ["甲厂建设项目", "乙厂建设项目", "丙厂建设项目"]
    assert values(reading, "town_name") == ["柳林镇", "石桥镇", "石桥镇"]
