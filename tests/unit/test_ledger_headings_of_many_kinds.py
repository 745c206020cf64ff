"""Headings of many kinds among the rows, groups of a header without merges, and lines that look like either."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.formats.sheet import Sheet, Workbook
from ingest.ledgers.ledger import LedgerReading, LedgerRow, LedgerSource, read_workbook

_: None = None
PLAIN = ["项目名称", "投资方", "总投资（万元）", "责任单位", "备注"]
NUMBERED = ["序号", *PLAIN]


def read(*rows: list[Any], name: str = "Sheet1") -> LedgerReading:
    sheet = Sheet(name, [list(row) for row in rows])
    return read_workbook(Workbook("xlsx", [sheet]), "台账.xlsx", LedgerSource("410922"), "0" * 64)


def record(name: str, amount: int = 500) -> list[Any]:
    return [name, "甲公司", amount, "县商务局", "省外资金"]


def names(reading: LedgerReading) -> list[Any]:
    assert all(row.status == "accepted" for row in reading.rows)
    return [row.fields.get("project_name") for row in reading.rows]


def stages(reading: LedgerReading) -> list[Any]:
    return [row.fields.get("stage") for row in reading.rows]


def first(reading: LedgerReading) -> LedgerRow:
    return next(iter(reading.rows))


@pytest.mark.parametrize(
    "heading",
    [
        "①城北工业园",
        "②外资项目（6个）",
        "1、临港新区",
        "2.高新区",
        "1、10亿元以上项目",
        "3、5亿元以下项目",
        "5亿元至10亿元项目（共9个项目）",
        "A类：石桥镇",
        "【城北工业园】",
        "【农产品加工园】：2个",
        "省外资金项目",
        "龙泉办事处（共8个项目）",
        "包联领导：王某某",
        "1.责任单位：县商务局",
        "2、县住建局",
        "（1）第一批",
        "——第二季度——（2个，总投资12.5亿元）",
        "上半年新增",
        "◆A类企业",
        "甲、青山乡，共9个项目",
        "一 技改类",
        "第2类：农业类项目",
        "1）计划内项目",
        "2．结转项目",
        "▲ 新增项目",
        "工业类项目（小计9个）",
        "结转项目：",
    ],
)
@pytest.mark.parametrize("header", [PLAIN, NUMBERED])
def test_a_heading_among_names_is_no_project(heading: str, header: list[Any]) -> None:
    lead = [] if header is PLAIN else [_]
    rows = [[*([] if header is PLAIN else [at]), *record(name)] for at, name in enumerate(("甲园", "乙园", "丙园"), 1)]
    assert names(read(header, [*lead, heading], *rows)) == ["甲园", "乙园", "丙园"]


@pytest.mark.parametrize(
    "name",
    ["一、二期标准厂房建设项目", "3.6万吨复合肥项目", "A类不锈钢加工项目", "1号地块商业综合体", "第一类医疗器械生产线"],
)
def test_a_project_whose_name_begins_like_a_heading_is_one(name: str) -> None:
    assert names(read(PLAIN, ["一、在建项目"], record("甲园"), [name, _, _, _, "省外资金"], record("乙园"))) == [
        "甲园",
        name,
        "乙园",
    ]


@pytest.mark.parametrize(
    "label",
    [
        "小计3个项目",
        "全县合计12个",
        "合计12个项目",
        "总计12个项目，总投资12.5亿元",
        "合计/个数",
        "【小计】",
        "石桥镇（小计）",
        "截至本月累计",
        "该类共3个项目",
        "∑",
        "城关镇计",
        "在建项目计：",
    ],
)
def test_a_total_may_say_how_many_it_counts(label: str) -> None:
    assert names(read(NUMBERED, [1, *record("甲园")], [label, _, _, 500])) == ["甲园"]


def test_a_total_may_stand_in_a_column_of_figures() -> None:
    rows = [["总投资（万元）", "项目名称", "投资方"], [100, "甲园", "A公司"], [200, "乙园", "B公司"], ["合  计"]]
    assert names(read(*rows)) == ["甲园", "乙园"]


@pytest.mark.parametrize("title", ["甲县2025年招商引资项目台账", "甲县续建项目明细表（续）"])
def test_a_title_printed_again_between_the_rows_is_no_project(title: str) -> None:
    assert names(read(PLAIN, record("甲园"), [title], PLAIN, record("乙园"))) == ["甲园", "乙园"]


def test_numbers_that_go_on_in_brackets_number_records_and_no_children() -> None:
    rows = [[number, *record(f"{number}号园")] for number in (1, "（2）", "（3）", 4)]
    assert names(read(NUMBERED, *rows)) == ["1号园", "（2）号园", "（3）号园", "4号园"]


def test_children_do_not_reach_below_another_heading() -> None:
    rows = [[4, *record("甲园")], ["二、签约项目"], ["（1）", *record("乙园")], ["（2）", *record("丙园")]]
    assert names(read(NUMBERED, ["一、在建项目"], *rows)) == ["甲园", "乙园", "丙园"]


def test_a_heading_without_number_directly_below_another_is_within_it() -> None:
    reading = read(
        NUMBERED,
        ["在建项目"],
        ["电子信息类项目"],
        [1, *record("甲园")],
        ["现代物流产业"],
        [2, *record("乙园")],
        ["签约项目"],
        ["电子信息类项目"],
        [3, *record("丙园")],
    )
    assert stages(reading) == ["started", "started", "signed"]


def test_a_number_in_another_dress_directly_below_the_same_number_is_within_it() -> None:
    reading = read(
        PLAIN,
        ["A类：5亿元以上项目"],
        ["1、投产项目"],
        ["1.省外资金项目"],
        record("甲园"),
        ["2.外资项目"],
        record("乙园"),
        ["2、在谈项目"],
        ["1.省外资金项目"],
        record("丙园"),
    )
    assert stages(reading) == ["in_production", "in_production", "talks"]


def test_an_unmerged_group_ends_before_columns_that_mean_nothing_below_it() -> None:
    reading = read(
        ["序号", "项目名称", "累计到位资金（万元）", _, _, _, _],
        [_, _, "合计", "其中：省外", "本月完成投资（万元）", "责任人", "备注"],
        [1, "甲园", 800, 300, 50, "王某", "省重点"],
        [2, "乙园", 600, 200, 40, "李某", "省重点"],
    )
    fields = first(reading).fields
    assert fields["funds_arrived_cumulative_cny"] == 8_000_000
    assert fields["funds_arrived_cumulative_other_province_cny"] == 3_000_000
    assert fields["investment_done_month_cny"] == 500_000
    assert (fields["responsible_person"], fields["remark"]) == ("王某", "省重点")


def test_a_group_that_says_whose_projects_are_listed_changes_no_stated_time() -> None:
    reading = read(
        ["项目名称", "2025年招商引资项目情况", _, _],
        [_, "累计到位资金（万元）", "当年到位资金（万元）", "备注"],
        ["甲园", 800, 300, "省重点"],
        ["乙园", 600, 200, "省重点"],
    )
    fields = first(reading).fields
    assert fields["funds_arrived_cumulative_cny"] == 8_000_000
    assert fields["funds_arrived_ytd_cny"] == 3_000_000
    assert fields["remark"] == "省重点"


def test_the_row_that_numbers_the_columns_of_one_table_may_hold_a_record_of_the_other() -> None:
    header = ["项目名称", "总投资（万元）", "责任单位", "备注"]
    reading = read(
        [*header, _, *header],
        [1, 2, 3, 4, _, "甲园", 100, "县商务局", "省重点"],
        ["乙园", 200, "县商务局", "省重点", _, "丙园", 300, "县商务局", "省重点"],
    )
    assert sorted(names(reading)) == sorted(["甲园", "乙园", "丙园"])


def test_a_place_in_a_column_of_others_that_sums_what_follows_is_a_heading() -> None:
    header = ["项目代码", "项目名称", "投资方", "总投资（万元）", "备注"]
    rows = [["2501-1", "甲园", "A公司", 100, "省重点"], ["2501-2", "乙园", "B公司", 200, "省重点"]]
    assert names(read(header, ["农产品加工园", _, _, 900], *rows)) == ["甲园", "乙园"]


def test_remarks_that_read_like_labels_make_no_form_of_a_list() -> None:
    header = ["责任单位", "备注", "注册时间", "项目名称", "存在问题", "投资方"]
    rows = [["县商务局", "重点项目", "2025年", f"{at}号厂房", "用地", "甲公司"] for at in range(1, 7)]
    reading = read(header, *rows)
    assert names(reading) == [f"{at}号厂房" for at in range(1, 7)]


@pytest.mark.parametrize("label", ["其中：设备", "其中：省外资金", "上年同期", "目标任务", "占比"])
def test_parts_and_comparisons_below_a_name_right_of_other_columns_are_no_projects(label: str) -> None:
    header = ["总投资（万元）", "到位资金（万元）", "固定资产投资（万元）", "项目名称", "投资方"]
    assert names(read(header, [100, 50, 40, "甲园", "A公司"], [70, 30, 20, label, _])) == ["甲园"]


@pytest.mark.parametrize("mark", ["承前页", "过次页", "转下页", "（续）", "第2页"])
def test_marks_of_a_page_are_no_projects_and_begin_no_notes(mark: str) -> None:
    reading = read(PLAIN, ["（一）在谈项目"], record("甲园"), [mark], PLAIN, ["（二）已竣工项目"], record("乙园"))
    assert names(reading) == ["甲园", "乙园"]
    assert stages(reading) == ["talks", "completed"]


def test_hints_and_samples_may_stand_above_the_row_that_numbers_the_columns() -> None:
    hints = ["文本", "文本", "数字", "文本", "文本"]
    assert names(read(PLAIN, hints, [1, 2, 3, 4, 5], record("甲园"))) == ["甲园"]
    sample = ["示例项目", "示例", 100, "示例", "示例"]
    assert names(read(PLAIN, sample, [1, 2, 3, 4, 5], record("甲园"))) == ["甲园"]


def test_an_unmerged_group_with_a_unit_of_money_ends_before_texts() -> None:
    reading = read(
        ["单位：亿元"],
        ["序号", "项目名称", "投资情况（万元）", _, _, _],
        [_, _, "总投资", "固定资产投资", "投资方名称", "今年累计完成投资"],
        [1, "甲园", 6600, 4620, "A公司", 0.0825],
        [2, "乙园", 5000, 4000, "B公司", 0.05],
    )
    fields = first(reading).fields
    assert fields["total_investment_cny"] == 66_000_000
    assert fields["investment_done_ytd_cny"] == 8_250_000


def test_headings_without_numbers_above_numbered_ones_keep_their_order() -> None:
    reading = read(
        NUMBERED,
        ["◆在建项目"],
        ["包联领导：王某某"],
        ["（1）河口镇"],
        [1, *record("甲园")],
        ["小计", _, _, 500],
        ["包联领导：李某某"],
        ["（1）河口镇"],
        [2, *record("乙园")],
        ["◆签约项目"],
        ["包联领导：王某某"],
        ["（1）河口镇"],
        [3, *record("丙园")],
    )
    assert stages(reading) == ["started", "started", "signed"]


def test_sloppy_dots_after_numbers_make_no_heading_an_inner_one() -> None:
    reading = read(
        NUMBERED,
        ["1、在建项目"],
        [1, *record("甲园")],
        ["2.签约项目"],
        [2, *record("乙园")],
        ["3、工业"],
        [3, *record("丙园")],
    )
    assert stages(reading) == ["started", "signed", None]


def test_units_below_the_header_of_one_table_may_stand_beside_a_record_of_the_other() -> None:
    header = ["序号", "项目名称", "总投资", "责任单位"]
    reading = read(
        [*header, _, "序号", "项目名称", "总投资（万元）", "责任单位"],
        ["—", "—", "万元", "—", _, 1, "甲园", 100, "县商务局"],
        [1, "乙园", 200, "县商务局", _, 2, "丙园", 300, "县商务局"],
    )
    amounts = {row.fields["project_name"]: row.fields["total_investment_cny"] for row in reading.rows}
    assert amounts == {"甲园": 1_000_000, "乙园": 2_000_000, "丙园": 3_000_000}


@pytest.mark.parametrize(
    "foot",
    [
        ["以下空白"],
        ["（以下无正文）"],
        ["[注]数据为快报数"],
        ["资料截止时间：2025年6月30日"],
        ["-1-"],
        ["1/3"],
        [1, "本表由县商务局负责解释；"],
    ],
)
def test_what_stands_below_a_table_is_no_project(foot: list[Any]) -> None:
    header = PLAIN if isinstance(foot[0], str) else NUMBERED
    lead = [] if header is PLAIN else [1]
    assert names(read(header, [*lead, *record("甲园")], foot)) == ["甲园"]


def test_a_heading_without_number_between_numbered_ones_stands_between_them() -> None:
    reading = read(
        NUMBERED,
        ["甲、已投产项目"],
        ["▲ 新增项目"],
        ["1．计划内项目"],
        [1, *record("甲园")],
        ["▲ 结转项目"],
        ["1．计划内项目"],
        [2, *record("乙园")],
        ["乙、在谈项目"],
        ["▲ 新增项目"],
        ["1．计划内项目"],
        [3, *record("丙园")],
    )
    assert stages(reading) == ["in_production", "in_production", "talks"]


def test_a_part_beside_its_whole_takes_the_whole_s_unit_before_the_title_s() -> None:
    reading = read(
        ["单位：亿元"],
        ["1.项目名称", "2.签约总投资额（万元）", "3.其中：固定资产投资", "4.今年累计完成投资（万元）", "5.其中：本月①"],
        ["甲园", 7300, 5110, 900, 30],
        ["乙园", 7200, 5040, 800, 20],
    )
    fields = first(reading).fields
    assert fields["fixed_asset_investment_cny"] == 51_100_000
    assert fields["investment_done_ytd_cny"] == 9_000_000
    assert fields["investment_done_month_cny"] == 300_000


def test_a_lone_group_of_an_unmerged_header_stands_above_its_columns() -> None:
    reading = read(
        [_, _, "累计到位资金（亿元）", _, _],
        ["序号", "项目名称", "合计", "其中：省外", "建设性质"],
        [1, "甲园", 0.18, 0.1, "技改"],
        [2, "乙园", 0.2, 0.1, "新建"],
    )
    fields = first(reading).fields
    assert fields["funds_arrived_cumulative_cny"] == 18_000_000
    assert fields["funds_arrived_cumulative_other_province_cny"] == 10_000_000
    assert fields["construction_nature"] == "技改"


def test_a_partner_s_amount_stays_below_its_unmerged_group() -> None:
    reading = read(
        ["项目名称", "累计到位资金（万元）", _, _],
        [_, "合计", "其中：我方", "合作方"],
        ["甲园", 800, 300, 500],
        ["乙园", 600, 200, 400],
    )
    assert first(reading).fields["funds_arrived_cumulative_partner_side_cny"] == 5_000_000


def test_the_units_of_a_short_sheet_s_header_are_no_unit_line() -> None:
    reading = read(
        ["项目名称", "总投资（万元）", "其中：固定资产投资", "完成投资（单位：亿元）", "注册资本"],
        ["甲园", 7300, 5110, 0.2, 100],
        ["乙园", 7200, 5040, 0.1, 200],
    )
    fields = first(reading).fields
    assert fields["fixed_asset_investment_cny"] == 51_100_000
    assert fields.get("registered_capital_cny") is None


def test_money_of_its_own_right_of_an_unmerged_group_keeps_the_sheet_s_unit() -> None:
    reading = read(
        ["单位：万元"],
        ["序号", "项目名称", "累计到位资金（亿元）", _, _, _],
        [_, _, "合计", "其中：我方", "固投金额", "注册资本"],
        [1, "甲园", 0.8, 0.24, 11200, 3700],
        [2, "乙园", 0.6, 0.2, 9000, 2000],
    )
    fields = first(reading).fields
    assert fields["funds_arrived_cumulative_cny"] == 80_000_000
    assert fields["fixed_asset_investment_cny"] == 112_000_000
    assert fields["registered_capital_cny"] == 37_000_000


def test_scopes_of_one_kind_of_money_stay_below_their_unmerged_group() -> None:
    reading = read(
        ["序号", "项目名称", "资金到位情况（亿元）", _, _],
        [_, _, "累计到位", "当年到位", "本月到位"],
        [1, "甲园", 0.8, 0.24, 0.1],
        [2, "乙园", 0.6, 0.2, 0.1],
    )
    fields = first(reading).fields
    assert fields["funds_arrived_ytd_cny"] == 24_000_000
    assert fields["funds_arrived_month_cny"] == 10_000_000


def test_numbers_and_marks_in_headers_hide_no_second_table_beside_the_first() -> None:
    header = ["1.序号", "2.项目名称", "3.总投资（万元）", "4.责任单位"]
    reading = read([*header, _, *header], [1, "甲园", 100, "县商务局", _, 2, "乙园", 200, "县商务局"])
    assert sorted(names(reading)) == sorted(["甲园", "乙园"])


def test_records_and_headings_go_on_below_a_note_between_them() -> None:
    reading = read(
        NUMBERED,
        ["（一）在谈项目"],
        ["A10", *record("甲园")],
        ["备注：上述项目为新增。"],
        ["A11", "乙园"],
        ["备注：上述项目为新增。"],
        ["（二）已签约未开工项目"],
        ["A12", *record("丙园")],
    )
    assert names(reading) == ["甲园", "乙园", "丙园"]
    assert stages(reading) == ["talks", "talks", "signed"]


@pytest.mark.parametrize("name", ["其中沟水库旅游开发项目", "第二批零市场改造项目"])
def test_a_described_row_whose_name_begins_like_a_part_or_a_batch_is_a_project(name: str) -> None:
    assert (
        names(read(PLAIN, record("甲园"), record(name), [name[:2] + "岭风电", "A公司", 5, "县商务局", "省重点"]))[1]
        == name
    )


def test_a_total_may_be_written_in_two_cells() -> None:
    rows = [record("甲园"), ["合", "计", 500], record("乙园")]
    assert names(read(PLAIN, *rows)) == ["甲园", "乙园"]


def test_a_heading_below_the_sum_of_one_like_it_takes_its_place() -> None:
    reading = read(
        NUMBERED,
        ["在谈项目"],
        ["装备制造产业"],
        [1, *record("甲园")],
        ["小计", _, _, 500],
        ["食品加工产业"],
        [2, *record("乙园")],
        ["小计", _, _, 500],
        ["签约项目"],
        ["装备制造产业"],
        [3, *record("丙园")],
    )
    assert stages(reading) == ["talks", "talks", "signed"]


@pytest.mark.parametrize("label", ["新建类", "工业类项目", "10亿元以上项目", "省外资金项目"])
def test_a_class_of_projects_with_sums_that_do_not_add_up_is_a_heading(label: str) -> None:
    assert names(read(PLAIN, [label, _, 99999], record("甲园"), record("乙园"))) == ["甲园", "乙园"]


def test_a_sum_of_a_place_among_names_without_numbers_is_a_subtotal() -> None:
    header = ["项目名称", "总投资（万元）", "到位资金（万元）", "完成投资（万元）", "投资方"]
    rows = [["城关镇计", 100, 50, 40], ["甲园", 100, 50, 40, "A公司"], ["工程设计", 10, 5, 4, "B公司"]]
    assert names(read(header, *rows)) == ["甲园", "工程设计"]


def test_a_heading_written_again_on_the_next_page_is_no_project() -> None:
    again = ["2）计划外项目（接上页）"]
    assert names(read(PLAIN, ["1）计划内项目"], record("甲园"), PLAIN, again, record("乙园"))) == ["甲园", "乙园"]


@pytest.mark.parametrize("foot", ["2025.7.2", "二〇二五年七月二日", "甲县商务局（盖章）"])
def test_a_date_or_a_seal_below_the_names_signs(foot: str) -> None:
    reading = read(PLAIN, record("甲园"), [foot], ["注：到位资金以银行回单为准。"])
    assert names(reading) == ["甲园"]
    assert reading.sheets[0].furniture["signature"] == 1


def test_a_table_behind_an_empty_column_may_repeat_headers_that_begin_with_anything() -> None:
    header = ["法人代表", "存在问题", "项目名称", "总投资（万元）"]
    reading = read([*header, _, *header], [_, _, "甲园", 100, _, "王某", "用地", "乙园", 200])
    assert sorted(names(reading)) == sorted(["甲园", "乙园"])


def test_ticks_below_stages_with_marks_tell_the_stage() -> None:
    reading = read(
        ["序号", "项目名称", "项目阶段", _, _],
        [_, _, "在谈①", "签约", "开工（必填）"],
        [1, "甲园", "√", _, _],
        [2, "乙园", _, _, "√"],
        name="签约项目",
    )
    assert stages(reading) == ["talks", "started"]


def test_months_with_marks_stay_below_their_group() -> None:
    reading = read(
        ["序号①", "项目名称", "总投资（万元）", "各月完成投资（万元）", _, _, _],
        [_, _, _, "4月", "5月①", "6月（必填）", "7月"],
        [1, "甲园", 500, 10, 20, 30, 40],
        [2, "乙园", 600, 10, 20, 30, 40],
    )
    assert names(reading) == ["甲园", "乙园"]


def test_unmerged_groups_within_one_another_end_from_the_innermost() -> None:
    reading = read(
        ["序号", "项目名称", "实际到位资金（万元）", _, _, _, _],
        [_, _, "累计", _, "当年", _, _],
        [_, _, "合计", "其中：省外", _, "法人代表", "备注"],
        [1, "甲园", 500, 300, 200, "王某", "省重点"],
        [2, "乙园", 600, 400, 100, "李某", "省重点"],
    )
    fields = first(reading).fields
    assert fields["funds_arrived_cumulative_cny"] == 5_000_000
    assert fields["funds_arrived_ytd_cny"] == 2_000_000
    assert (fields["legal_representative"], fields["remark"]) == ("王某", "省重点")


def test_months_may_bear_the_number_of_their_column() -> None:
    reading = read(
        [_, _, "3.总投资（万元）", "各月完成投资（万元）", _, _],
        ["1.序号", "2.项目名称", _, "4.1月", "5.2月", "6.3月"],
        [1, "甲园", 500, 10, 20, 30],
        [2, "乙园", 600, 10, 20, 30],
    )
    assert names(reading) == ["甲园", "乙园"]
    assert first(reading).fields["total_investment_cny"] == 5_000_000
