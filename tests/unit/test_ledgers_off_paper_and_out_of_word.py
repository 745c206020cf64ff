"""Ledgers that came off paper (PDF, pages) or out of Word: cells cut into lines, merged otherwise than their headers."""

from __future__ import annotations

import pytest
from written_ledgers import read_lines as read
from written_ledgers import read_sheet, told

WAN = 10_000


def test_a_cell_of_several_paragraphs_beside_merged_cells_is_one_text() -> None:
    reading = read_sheet(
        [
            ["序号", "项目名称", "建设内容", "总投资（万元）"],
            [1, "甲园区新材料项目", "1.建设厂房2万平方米；", 5000],
            [None, None, "2.配套建设办公楼及宿舍；"],
            [None, None, "3.购置设备120台（套）。"],
            [2, "乙园区食品项目", "建设冷库", 800],
        ],
        *("A2:A4", "B2:B4", "D2:D4"),
    )
    content = "1.建设厂房2万平方米；2.配套建设办公楼及宿舍；3.购置设备120台（套）。"
    assert told(reading, "project_content") == [(content,), ("建设冷库",)]


def test_paragraphs_without_merges_between_records_are_no_notes() -> None:
    reading = read(
        "序号,项目名称,建设内容,总投资（万元）",
        "1,甲园区新材料项目,1.建设厂房2万平方米；,5000",
        ",,2.配套建设办公楼及宿舍。,",
        "2,乙园区食品项目,1.建设冷库；,800",
        ",,2.购置冷藏车。,",
    )
    contents = [("1.建设厂房2万平方米；2.配套建设办公楼及宿舍。",), ("1.建设冷库；2.购置冷藏车。",)]
    assert told(reading, "project_content") == contents


def test_a_sentence_below_the_last_record_stays_a_note() -> None:
    reading = read(
        "序号,项目名称,建设内容,总投资（万元）",
        "1,甲园区新材料项目,建设厂房2万平方米,5000",
        "2,乙园区食品项目,建设冷库,800",
        ",,以上数据由县统计局审核，逐月更新。,",
    )
    assert told(reading, "project_content") == [("建设厂房2万平方米",), ("建设冷库",)]


def test_lines_that_a_conversion_cut_off_are_joined_without_a_mark() -> None:
    reading = read(
        "序号,项目名称,投资方,总投资（万元）",
        "1,金源锂电池负,江苏金源科技,12600",
        ",极材料生产项目,有限公司,",
        "2,乙园区食品项目,丰收有限公司,800",
    )
    names = [("金源锂电池负极材料生产项目", "江苏金源科技有限公司"), ("乙园区食品项目", "丰收有限公司")]
    assert told(reading, "project_name", "investor_name") == names


def test_only_names_are_cut_where_every_name_is_complete_with_its_lines() -> None:
    reading = read(
        "序号,项目名称,总投资（万元）,责任单位",
        "1,金源锂电池负极,12600,县工信局",
        ",材料生产项目,,",
        "2,乙园区食品项目,800,县商务局",
        "3,华泰智能家居五,900,县商务局",
        ",金制造项目,,",
    )
    names = [("金源锂电池负极材料生产项目",), ("乙园区食品项目",), ("华泰智能家居五金制造项目",)]
    assert told(reading, "project_name") == names
    assert told(reading, "industry") == [(None,), (None,), (None,)]


def test_a_heading_between_records_of_short_names_stays_one() -> None:
    reading = read(
        "序号,项目名称,总投资（万元）,责任单位",
        "1,锂电池负极材料,12600,县工信局",
        "2,预制菜,800,县商务局",
        ",农业项目,,",
        "3,食用菌,900,县商务局",
    )
    assert told(reading, "project_name") == [("锂电池负极材料",), ("预制菜",), ("食用菌",)]


def test_a_number_in_the_middle_of_its_cell_has_lines_above_and_below() -> None:
    reading = read(
        "序号,项目名称,投资方,总投资（万元）",
        ",金源锂电池负,江苏金源科,",
        "1,,,12600",
        ",极材料生产项目,技有限公司,",
        ",乙园区,丰收,",
        "2,,,800",
        ",食品项目,有限公司,",
    )
    assert told(reading, "sequence_no", "project_name", "investor_name", "total_investment_cny") == [
        ("1", "金源锂电池负极材料生产项目", "江苏金源科技有限公司", 12600 * WAN),
        ("2", "乙园区食品项目", "丰收有限公司", 800 * WAN),
    ]


def test_a_record_cut_by_the_end_of_a_page_goes_on_below_the_next_header() -> None:
    header = "序号,项目名称,建设内容,总投资（万元）,进展情况"
    reading = read(
        header,
        "1,甲园区新材料项目,建设厂房,5000,已开工",
        "2,乙园区食品项目,建设冷库，购置,800,已完成土地",
        "第1页",
        header,
        ",,设备60台（套）,,招拍挂，正在勘察",
        "3,丙园区物流项目,建设仓库,900,洽谈",
    )
    assert told(reading, "project_content", "progress_note") == [
        ("建设厂房", "已开工"),
        ("建设冷库，购置设备60台（套）", "已完成土地招拍挂，正在勘察"),
        ("建设仓库", "洽谈"),
    ]


def test_a_label_merged_over_header_and_rows_is_a_heading_of_both() -> None:
    reading = read_sheet(
        [
            ["签约项目", "序号", "项目名称", "总投资（亿元）", "签约时间"],
            [None, 1, "甲园区新材料项目", 5, "2026.3.5"],
            [None, 2, "乙园区食品项目", 3, "2026.4.1"],
            ["开工项目", "序号", "项目名称", "总投资（亿元）", "开工时间"],
            [None, 1, "丙园区物流项目", 2, "2026.6.1"],
        ],
        *("A1:A3", "A4:A5"),
    )
    assert told(reading, "project_name", "stage") == [
        ("甲园区新材料项目", "signed"),
        ("乙园区食品项目", "signed"),
        ("丙园区物流项目", "started"),
    ]


@pytest.mark.parametrize("rows_of_header", [1, 2])
def test_cells_merged_otherwise_than_their_headers_are_taken_in_order(rows_of_header: int) -> None:
    merges = ["B1:D1", "E1:F1", "B2:C2", "D2:F2"]
    rows = [
        ["序号", "项目名称", None, None, "投资方", None, "总投资（亿元）"],
        [1, "甲园区新材料项目", None, "华新公司", None, None, 5],
    ]
    if rows_of_header == 2:
        rows = [
            ["序号", "项目名称", None, "投资方", "资金（亿元）", None, None],
            [None, None, None, None, "总投资", None, "到位资金"],
            [1, "甲园区新材料项目", None, "华新公司", 5, 2, None],
        ]
        merges = ["A1:A2", "B1:C2", "D1:D2", "E1:G1", "E2:F2", "B3:C3", "F3:G3"]
    reading = read_sheet(rows, *merges)
    (found,) = told(reading, "investor_name", "total_investment_cny", "funds_arrived_cumulative_cny")
    assert found == ("华新公司", 5 * WAN * WAN, None if rows_of_header == 1 else 2 * WAN * WAN)


def test_projects_with_a_line_an_indicator_are_one_record_each() -> None:
    reading = read_sheet(
        [
            ["序号", "项目名称", "指标", "数值（万元）", "责任单位"],
            [1, "甲园区新材料项目", "总投资", 5000, "县工信局"],
            [None, None, "累计到位资金", 900],
            [2, "乙园区食品项目", "总投资", 800, "县商务局"],
            [None, None, "累计到位资金", 100],
        ],
        *("A2:A3", "B2:B3", "E2:E3", "A4:A5", "B4:B5", "E4:E5"),
    )
    assert told(
        reading, "project_name", "total_investment_cny", "funds_arrived_cumulative_cny", "responsible_unit"
    ) == [
        ("甲园区新材料项目", 5000 * WAN, 900 * WAN, "县工信局"),
        ("乙园区食品项目", 800 * WAN, 100 * WAN, "县商务局"),
    ]


def test_a_table_below_a_word_that_it_is_a_sample_lists_no_projects() -> None:
    header = "序号,项目名称,投资方,总投资（万元）,签约时间"
    reading = read(
        "填报示例：",
        header,
        "1,某公司年产1万吨产品项目,某集团,10000,2026.1.1",
        "",
        "正式填报：",
        header,
        "1,甲园区新材料项目,华新公司,5000,2026.3.5",
    )
    assert told(reading, "project_name") == [("甲园区新材料项目",)]


def test_a_row_of_bracketed_hints_is_no_record() -> None:
    reading = read(
        "序号,项目名称,投资方,总投资（万元）,签约时间",
        "（自动生成）,（必填，填全称）,（必填）,（数字）,（YYYY-MM-DD）",
        "1,甲园区新材料项目,华新公司,5000,2026.3.5",
    )
    assert [row.status for row in reading.rows] == ["accepted"]


def test_a_heading_of_towns_as_such_names_none() -> None:
    reading = read(
        "序号,项目名称,投资方,总投资（万元）",
        "一,县直部门,,5000",
        "1,甲园区新材料项目,华新公司,5000",
        "二,乡  镇,,800",
        "1,乙园区食品项目,丰收公司,800",
    )
    assert told(reading, "project_name", "town_name") == [("甲园区新材料项目", None), ("乙园区食品项目", None)]


def test_a_form_s_years_over_their_amounts_are_no_value_of_the_label() -> None:
    reading = read_sheet(
        [
            ["招商引资项目登记表"],
            ["项目名称", "甲园区新材料项目", None, None, "项目编号", "2602-411526-04-01-107919"],
            ["投资方名称", "华新公司", None, None, "总投资（万元）", 5000],
            ["资金到位情况（万元）", "2024年", "2025年", "2026年1-10月", "累计"],
            [None, 300, 500, 200, 1000],
            ["建设内容及规模", "建设厂房"],
        ],
        *("A1:F1", "B2:D2", "B3:D3", "A4:A5", "B6:F6"),
    )
    (found,) = told(reading, "total_investment_cny", "funds_arrived_cumulative_cny", "project_content")
    assert found == (5000 * WAN, 1000 * WAN, "建设厂房")


def test_headers_cut_into_two_rows_are_read_together() -> None:
    reading = read(
        "序,项目名称,建设内容及,总投资,累计到位,责任",
        "号,,规模,（万元）,资金（万元）,单位",
        "1,甲园区新材料项目,建设厂房,5000,900,县工信局",
    )
    fields = (
        "sequence_no",
        "project_content",
        "total_investment_cny",
        "funds_arrived_cumulative_cny",
        "responsible_unit",
    )
    assert told(reading, *fields) == [("1", "建设厂房", 5000 * WAN, 900 * WAN, "县工信局")]


@pytest.mark.parametrize(
    ("rule", "bar"),
    [("┌──┬──┬──┐", "│"), ("+----+----+----+", "|"), ("╔══╦══╦══╗", "║")],
)
def test_tables_drawn_with_lines_are_tables(rule: str, bar: str) -> None:
    rows = [("序号", "项目名称", "总投资（万元）"), ("1", "甲园区新材料项目", "5000"), ("2", "乙园区食品项目", " 800 ")]
    reading = read("招商项目表", rule, *(f"{bar}{bar.join(row)}{bar}" for row in rows), rule)
    assert told(reading, "project_name", "total_investment_cny") == [
        ("甲园区新材料项目", 5000 * WAN),
        ("乙园区食品项目", 800 * WAN),
    ]


def test_a_first_quarter_beside_others_is_not_the_year_to_date() -> None:
    reading = read(
        "序号,项目名称,总投资（万元）,2026年到位资金（万元）,,,,",
        ",,,一季度,二季度,三季度,四季度,合计",
        "1,甲园区新材料项目,5000,10,20,30,0,60",
    )
    assert told(reading, "funds_arrived_ytd_cny") == [(60 * WAN,)]


def test_balances_carried_forward_and_counts_are_no_projects() -> None:
    reading = read(
        "序号,项目名称,投资方,总投资（万元）,累计到位资金（万元）",
        ",上年结转,,,3000",
        "1,甲园区新材料项目,华新公司,5000,900",
        "截至目前,已签约2个,,5800,",
        "2,乙园区食品项目,丰收公司,800,100",
        "补充资料：,本月新增项目（个）,2,,",
    )
    assert told(reading, "project_name") == [("甲园区新材料项目",), ("乙园区食品项目",)]
    assert all(row.status == "accepted" for row in reading.rows)


def test_measures_of_a_project_s_lines_are_no_class_of_it() -> None:
    reading = read_sheet(
        [
            ["序号", "项目名称", "总投资（万元）", "类别", "一季度", "二季度"],
            [1, "甲园区新材料项目", 5000, "计划", 10, 20],
            [None, None, None, "实际", 8, 22],
            [None, None, None, "差额", -2, 2],
            [2, "乙园区食品项目", 800, "计划", 10, 20],
            [None, None, None, "实际", 8, 22],
            [None, None, None, "差额", -2, 2],
        ],
        *("A2:A4", "B2:B4", "C2:C4", "A5:A7", "B5:B7", "C5:C7"),
    )
    assert told(reading, "project_name", "project_category") == [("甲园区新材料项目", None), ("乙园区食品项目", None)]


@pytest.mark.parametrize("mark", ["\t", ";", ","])
def test_rows_that_stand_in_one_cell_are_parted(mark: str) -> None:
    rows = [("序号", "项目名称", "总投资（万元）"), ("1", "甲园区新材料项目", "5000"), ("2", "乙园区食品项目", "800")]
    reading = read_sheet([["招商项目表"], *([mark.join(row)] for row in rows)])
    assert told(reading, "project_name", "total_investment_cny") == [
        ("甲园区新材料项目", 5000 * WAN),
        ("乙园区食品项目", 800 * WAN),
    ]


def test_a_header_abridged_on_the_second_page_repeats_the_first() -> None:
    reading = read(
        "序号,项目名称,投资方,总投资（万元）,签约时间",
        "1,甲园区新材料项目,华新公司,5000,2026.3.5",
        "序号,项目名称,,总投资,签约时间",
        "2,乙园区食品项目,丰收公司,800,2026.4.1",
    )
    assert told(reading, "investor_name", "total_investment_cny") == [("华新公司", 5000 * WAN), ("丰收公司", 800 * WAN)]


def test_a_share_of_the_year_s_task_is_no_project() -> None:
    reading = read(
        "序号,项目名称,投资方,总投资（万元）,到位资金（万元）",
        "1,甲园区新材料项目,华新公司,5000,900",
        ",占年度任务（%）,,45,30",
    )
    assert [row.fields["project_name"] for row in reading.rows] == ["甲园区新材料项目"]


def test_money_from_the_own_province_beside_that_from_others_is_kept() -> None:
    """省内资金 holds the word 内资, 省外资金 the word 外资."""
    reading = read(
        "序号,项目名称,累计到位资金（万元）,,,责任单位",
        ",,合计,省外资金,省内资金,",
        "1,甲园区新材料项目,900,800,100,县工信局",
    )
    fields = (
        "funds_arrived_cumulative_cny",
        "funds_arrived_cumulative_other_province_cny",
        "funds_arrived_cumulative_same_province_cny",
    )
    assert told(reading, *fields) == [(900 * WAN, 800 * WAN, 100 * WAN)]


def test_projects_below_a_town_s_line_are_projects_the_first_with_of_which_before_it() -> None:
    reading = read(
        "单位及项目名称,投资方,总投资（万元）,开工时间",
        "城关镇,,5800,",
        "其中：甲园区新材料项目,华新公司,5000,2026.3.5",
        "乙园区食品项目,丰收公司,800,2026.4.1",
    )
    assert told(reading, "project_name") == [("甲园区新材料项目",), ("乙园区食品项目",)]


def test_a_part_of_a_project_without_its_own_description_is_none() -> None:
    reading = read(
        "序号,项目名称,投资方,总投资（万元）,开工时间",
        "1,甲园区新材料项目,华新公司,5000,2026.3.5",
        ",其中：一期厂房项目,,2000,",
        "2,乙园区食品项目,丰收公司,800,2026.4.1",
    )
    assert told(reading, "project_name") == [("甲园区新材料项目",), ("乙园区食品项目",)]


def test_columns_cut_at_their_width_are_joined_and_lists_of_companies_are_not() -> None:
    cut = read(
        "序号,项目名称,总投资（万元）,项目进展,责任单位",
        "1,甲园区新材料项目,5000,已完成土地平,县农业",
        ",,,整，正在办理,农村局",
        ",,,施工许可,",
        "2,乙园区食品项目,800,设备安装调试,县商务",
        ",,,中,局",
    )
    assert told(cut, "progress_note", "responsible_unit") == [
        ("已完成土地平整，正在办理施工许可", "县农业农村局"),
        ("设备安装调试中", "县商务局"),
    ]
    listed = read(
        "序号,项目名称,总投资（万元）,投资方",
        "1,甲园区新材料项目,5000,华新公司",
        ",,,宏大公司",
        "2,乙园区食品项目,800,丰收公司",
        ",,,利民厂",
    )
    assert told(listed, "investor_name") == [("华新公司；宏大公司",), ("丰收公司；利民厂",)]


def test_names_and_texts_of_three_lines_and_more_are_joined() -> None:
    reading = read(
        "序号,项目名称,建设内容,进展情况,总投资（万元）",
        "1,金源锂电,建设厂房,已完成土,5000",
        ",池负极材,3万平方,地平整，,",
        ",料项目,米及配套,正在办理,",
        ",,设施,施工许可,",
        "2,乙园项目,建设冷库,正在洽谈,800",
    )
    assert told(reading, "project_name", "project_content", "progress_note") == [
        ("金源锂电池负极材料项目", "建设厂房3万平方米及配套设施", "已完成土地平整，正在办理施工许可"),
        ("乙园项目", "建设冷库", "正在洽谈"),
    ]


def test_a_cut_line_that_reads_like_a_header_is_none_within_a_numbered_list() -> None:
    reading = read(
        "序号,项目名称,投资方,进展情况,总投资（万元）",
        "1,甲园食用菌加工,华新实业有限,正在进行主体,5000",
        ",项目,公司,施工,",
        "2,乙园农产品冷链,丰收实业有限,正在进行设备,800",
        ",项目,公司,安装,",
        "3,丙园项目,利民公司,签约,900",
    )
    assert told(reading, "project_name", "investor_name", "progress_note") == [
        ("甲园食用菌加工项目", "华新实业有限公司", "正在进行主体施工"),
        ("乙园农产品冷链项目", "丰收实业有限公司", "正在进行设备安装"),
        ("丙园项目", "利民公司", "签约"),
    ]


def test_a_header_without_its_number_s_word_is_still_one_within_a_numbered_list() -> None:
    reading = read(
        "序号,项目名称,投资方,总投资（万元）,签约时间",
        "1,甲园项目,华新公司,5000,2026.3.5",
        ",项目名称,投资方,总投资（万元）,开工时间",
        "2,乙园项目,丰收公司,800,2026.4.1",
    )
    assert [(row.fields.get("signed_on") is None, row.fields.get("started_on") is None) for row in reading.rows] == [
        (False, True),
        (True, False),
    ]


def test_the_last_record_s_rest_is_no_header_of_nothing() -> None:
    reading = read(
        "序号,项目名称,投资方,进展情况,总投资（万元）",
        "1,甲园项目,利民公司,签约,900",
        "2,乙园农产品冷链,丰收实业有限,正在进行设备,800",
        ",项目,公司,施工,",
        "注：到位资金以银行进账单为准。,,,,",
    )
    assert told(reading, "project_name", "investor_name") == [
        ("甲园项目", "利民公司"),
        ("乙园农产品冷链项目", "丰收实业有限公司"),
    ]
