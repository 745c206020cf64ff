"""What ledgers of investment offices taught: marks of milestones, dollars of two times, dates without a year, odd neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ingest.columns.column_meaning import HeaderContext
from ingest.formats.sheet import Merge, Sheet, Workbook
from ingest.headers.interpretation import interpret_columns
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook

_: None = None


def read(
    cells: Sequence[Sequence[Any]], *merges: tuple[int, int, int, int], sheet_name: str = "Sheet1"
) -> LedgerReading:
    sheet = Sheet(sheet_name, [list(row) for row in cells], merges=[Merge(*merge) for merge in merges])
    return read_workbook(Workbook("xlsx", [sheet]), "台账.xlsx", LedgerSource("410922"), "0" * 64)


def column(reading: LedgerReading, field: str) -> list[str]:
    return [str(row.fields.get(field)) for row in reading.rows if row.status == "accepted"]


def fields_of(*headers: str) -> list[str | None]:
    paths = [tuple(header.split(" > ")) for header in headers]
    return [meaning.field for meaning in interpret_columns(paths, context=HeaderContext())]


def test_ticks_under_the_name_of_a_date_are_marks_and_a_tick_under_a_negation_bounds_the_stage() -> None:
    reading = read(
        [
            ["项目名称", "签约日期", "履约情况", _, _],
            [_, _, "已投产", "在建", "未履约"],
            ["轮毂厂", "2012.3.8", "√", _, _],
            ["酒庄", "2012.4.9", _, "√", _],
            ["羊绒厂", "2012.5.1", _, _, "√"],
        ],
        (0, 2, 0, 4),
        sheet_name="履约情况",
    )
    assert column(reading, "stage") == ["in_production", "started", "signed"]
    assert column(reading, "production_on") == ["None", "None", "None"]


@pytest.mark.parametrize("name", ["履约情况", "签约项目开工情况", "项目落地进展"])
def test_how_far_projects_are_is_no_stage_of_theirs(name: str) -> None:
    reading = read([["项目名称", "总投资（万元）"], ["轮毂厂", 500], ["酒庄", 900]], sheet_name=name)
    assert set(column(reading, "stage")) <= {"None", "signed"}


def test_of_dollars_of_the_year_and_since_the_start_the_whole_counts() -> None:
    headers = ("企业名称", "实际到账外资 > 1-本月", "实际到账外资 > 历年累计")
    assert fields_of(*headers)[1:] == [None, "foreign_arrived_usd"]
    assert fields_of(*headers[:2])[1:] == ["foreign_arrived_usd"]


def test_what_solves_a_problem_outdoes_what_comes_next() -> None:
    assert fields_of("项目名称", "下周计划", "解决办法")[1:] == [None, "measure"]
    assert fields_of("项目名称", "下周计划")[1:] == ["measure"]


def test_an_intended_day_whose_year_is_not_said_is_unknown_and_turns_no_row_away() -> None:
    reading = read([["项目名称", "总投资（万元）", "完成时限"], ["轮毂厂", 500, "5月底前"], ["酒庄", 900, "2022年6月"]])
    assert column(reading, "due_on") == ["None", "2022-06-01"]
    assert [row.extra.get("完成时限") for row in reading.rows] == ["5月底前", _]


def test_what_has_happened_in_a_year_not_said_is_still_turned_away() -> None:
    reading = read([["项目名称", "开工时间"], ["轮毂厂", "5月3日"], ["酒庄", "2022年6月"]])
    assert [row.status for row in reading.rows] == ["rejected", "accepted"]


def test_a_line_of_a_time_and_a_unit_is_no_group_of_headers() -> None:
    reading = read(
        [
            ["截至2020年11月", _, "金额：亿元"],
            ["序号", "项目名称", "总投资", "已完成投资"],
            [1, "轮毂厂", 2, 0.5],
            [2, "酒庄", 1.5, 0.25],
        ]
    )
    assert column(reading, "investment_done_cumulative_cny") == ["50000000.00", "25000000.00"]
    assert column(reading, "sequence_no") == ["1", "2"]


def test_a_note_of_nothing_but_a_stage_is_the_row_s_own_word_before_its_dates() -> None:
    cells = [
        ["项目名称", "签约时间", "建设进展"],
        ["轮毂厂", "2021年3月", "在建"],
        ["酒庄", "2021年3月", "已投产"],
        ["羊绒厂", "2021年3月", "完成土建工程，开始装修"],
        ["纸箱厂", "2021年3月", "未开工"],
    ]
    assert column(read(cells), "stage") == ["started", "in_production", "signed", "signed"]
    assert column(read(cells), "progress_note")[0] == "在建"


def test_a_list_in_brackets_may_hold_a_word_that_tells_no_stage() -> None:
    assert fields_of("项目名称", "建设情况（在建/投产/停产）")[1] == "stage"


def test_plans_of_several_years_fill_none_where_the_ledger_s_year_is_not_known() -> None:
    headers = [("项目名称",), ("分年度投资计划（万元）", "2021年"), ("分年度投资计划（万元）", "2022年")]
    unknown = interpret_columns(headers, context=HeaderContext())
    assert [meaning.field for meaning in unknown] == ["project_name", None, None]
    known = interpret_columns(headers, context=HeaderContext(report_year=2022))
    assert [meaning.field for meaning in known] == ["project_name", None, "investment_plan_year_cny"]


def test_years_of_two_digits_between_points() -> None:
    reading = read([["项目名称", "签约时间"], ["轮毂厂", "08.3.12"], ["酒庄", "08.5"], ["羊绒厂", "2008.10.8"]])
    assert column(reading, "signed_on") == ["2008-03-12", "2008-05-01", "2008-10-08"]
    alone = read([["项目名称", "签约时间"], ["轮毂厂", "2019.3.12"], ["酒庄", "08.5"]])
    assert [row.status for row in alone.rows] == ["accepted", "rejected"]
    printed = read([["项目名称", "签约时间"], ["轮毂厂", "03-01-26"], ["酒庄", "2008.5"]])
    assert [row.status for row in printed.rows] == ["rejected", "accepted"]


def test_a_remark_below_the_rows_is_a_note() -> None:
    reading = read([["序号", "项目名称"], [1, "轮毂厂"], [2, "酒庄"], ["备  注", _, "到位资金为签约之日起累计数"]])
    assert column(reading, "project_name") == ["轮毂厂", "酒庄"]
    assert len(list(reading.rows)) == 2


def test_a_list_with_an_unknown_header_beside_the_names_is_no_form() -> None:
    cells = [
        ["某节会签约项目一览表", _, _, _, _, _],
        ["序号", "项目名称", "招商方\n（甲方）", "投资方\n（乙方）", "法人代表", "签约金额（亿元）"],
        ["（一）正式合同项目", _, _, _, _, _],
        [1, "轮毂厂", "县人民政府", "甲公司", "王某", 2],
        [2, "酒庄", "县人民政府", "乙公司", "李某", 3],
        [3, "羊绒厂", "县人民政府", "丙公司", "张某", 3],
    ]
    assert column(read(cells, (0, 0, 0, 5)), "project_name") == ["轮毂厂", "酒庄", "羊绒厂"]


def test_names_of_looked_after_projects_make_a_list_of_projects_not_of_figures() -> None:
    cells = [
        ["包联领导", "包联项目", "计划投产时间", "责任单位"],
        ["王某", "轮毂厂", "2025年3月", "商务局"],
        ["李某", "酒庄", "2025年6月", "工信局"],
    ]
    assert column(read(cells), "planned_production_on") == ["2025-03-01", "2025-06-01"]


def test_a_group_of_which_stands_for_the_word_before_its_leaves() -> None:
    assert fields_of("总投资（亿元）", "其中 > 固定资产投资", "其中 > 流动资金")[1:] == [
        "fixed_asset_investment_cny",
        None,
    ]
    assert fields_of("到位资金（万元）", "其中 > 省外资金")[1] == "funds_arrived_cumulative_other_province_cny"
    assert fields_of("项目数", "其中 > 亿元以上")[1] is None


def test_a_part_below_one_group_is_of_the_time_left_of_it() -> None:
    arrived = "funds_arrived_{}_cny".format

    def below(*leaves: str) -> list[str | None]:
        return fields_of(*(f"到位资金（万元） > {leaf}" for leaf in leaves))

    assert below("本月数", "本年累计", "其中我方")[2] == arrived("ytd_own_side")
    assert below("本年累计", "其中：省外", "开工以来累计", "其中：省外")[1::2] == [
        arrived("ytd_other_province"),
        arrived("cumulative_other_province"),
    ]
    assert below("本月", "省外", "省内", "本年累计", "省外", "省内")[1::3] == [
        arrived("month_other_province"),
        arrived("ytd_other_province"),
    ]
    # It keeps its own time, and one of the whole group's.
    assert below("本年累计", "其中：累计省外")[1] == arrived("cumulative_other_province")
    assert below("合计", "其中：省外", "本年")[1] == arrived("cumulative_other_province")


def test_a_lone_part_behind_a_time_that_may_be_of_the_whole_stays_open() -> None:
    assert fields_of("到位资金（万元） > 本年累计", "到位资金（万元） > 省外")[1] is None
    assert fields_of("本年到位资金（万元） > 累计", "本年到位资金（万元） > 省外")[1] == (
        "funds_arrived_ytd_other_province_cny"
    )


@pytest.mark.parametrize("whole", ["累计完成投资（亿元）", "2024年度投资（亿元）", "到位资金（亿元）"])
@pytest.mark.parametrize("part", ["其中：固定资产投资", "其中 > 固定资产投资", "其中：一期投资"])
def test_a_part_of_what_was_spent_is_no_part_of_the_total(whole: str, part: str) -> None:
    assert fields_of("项目名称", whole, part)[2] is None


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("2023年完成情况 > 形象进度", None),
        ("2024年工作目标 > 形象进度", None),
        ("2023年新签约项目 > 形象进度", "progress_note"),
        ("2024年完成情况 > 形象进度", "progress_note"),
        ("推进计划及进展情况 > 形象进度", "progress_note"),
        ("增资前 > 注册资本（万元）", None),
        ("增资后 > 注册资本（万元）", "registered_capital_cny"),
        ("核减 > 到位资金（万元）", None),
        ("问题及建议 > 责任单位", "problem_owner"),
        ("问题及建议 > 完成时限", "due_on"),
    ],
)
def test_groups_that_tell_of_another_time_or_thing(header: str, field: str | None) -> None:
    path = tuple(header.split(" > "))
    assert interpret_columns([("项目名称",), path], context=HeaderContext(report_year=2024))[1].field == field


def test_money_that_has_not_arrived_yet_is_open_and_turns_no_row_away() -> None:
    cells = [["项目名称", "到位资金（万元）"], ["轮毂厂", 500], ["酒庄", "尚未到位"], ["羊绒厂", "未到位300"]]
    reading = read(cells)
    assert column(reading, "funds_arrived_cumulative_cny") == ["5000000", "None"]
    assert [row.status for row in reading.rows] == ["accepted", "accepted", "rejected"]


def test_a_mean_of_totals_is_no_project() -> None:
    reading = read([["序号", "项目名称", "总投资（亿元）"], [1, "轮毂厂", 2], [2, "酒庄", 3], [_, "平均总投资", 2.5]])
    assert column(reading, "project_name") == ["轮毂厂", "酒庄"]


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("2023年开工项目汇总表", "started"),
        ("竣工投产项目一览表", "in_production"),
        ("解除协议项目清单", "terminated"),
        ("下半年开工项目表", "signed"),
        ("年内投产项目清单", "signed"),
        ("签约项目履约情况表", "signed"),
    ],
)
def test_a_list_of_started_projects_says_more_than_their_signing_dates(title: str, stage: str) -> None:
    cells = [[title, _, _], ["序号", "项目名称", "签约时间"], [1, "轮毂厂", "2023.5"], [2, "酒庄", "2023.6"]]
    assert column(read(cells, (0, 0, 0, 2)), "stage") == [stage, stage]


def test_a_list_of_projects_that_are_to_start_says_less() -> None:
    cells = [
        ["开工项目一览表", _, _],
        ["项目名称", "签约时间", "计划开工时间"],
        ["轮毂厂", "2023.5", "2023.9"],
        ["酒庄", "2023.6", _],
    ]
    assert column(read(cells, (0, 0, 0, 2)), "stage") == ["signed", "started"]


@pytest.mark.parametrize("name", ["附件1签约", "表2.签约项目", "附表三 签约"])
def test_the_number_of_an_annex_says_nothing(name: str) -> None:
    reading = read([["项目名称", "总投资（万元）"], ["轮毂厂", 500], ["酒庄", 900]], sheet_name=name)
    assert column(reading, "stage") == ["signed", "signed"]


def test_of_two_phones_the_one_that_answers_is_not_the_investor_s() -> None:
    headers = ("项目名称", "投资方联系人", "职务", "联系电话", "责任人", "联系方式")
    assert fields_of(*headers)[3:] == [None, "responsible_person", "contact_phone"]
    assert fields_of("项目名称", "责任人", "联系电话", "企业联系人", "电话")[2] == "contact_phone"


def test_where_the_only_company_sits() -> None:
    assert fields_of("项目名称", "投资企业", "企业所在地")[2] == "investor_origin"
    assert fields_of("项目名称", "投资企业", "项目公司", "企业所在地")[3] is None
    assert fields_of("项目名称", "企业所在地")[1] is None


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("建设状况", "progress_note"),
        ("对接阶段", "stage"),
        ("湾区投资企业", "investor_name"),
        ("京津转出企业", "investor_name"),
        ("500强企业名称", None),
        ("企业所属省份", "investor_origin"),
        ("被投企业（落地主体）", "project_company"),
        ("法人单位名称", "project_company"),
        ("引荐企业（商会）", "introducing_unit"),
        ("服务保障单位", "tracking_unit"),
        ("指挥长", "responsible_leader"),
        ("未注册原因", "problem"),
        ("预计全部建成投产年月", "planned_production_on"),
        ("最新进展（含时间）", "progress_note"),
        ("投资主体（集团公司填总部）", "investor_name"),
        ("投资主体来源地（省+市）", "investor_origin"),
        ("进度 > 完成比例", "progress_rate"),
        ("对接专员", "responsible_person"),
        ("履约状态", "stage"),
        ("运营状态", "stage"),
        ("技改总投资（万元）", "total_investment_cny"),
        ("新投资方", "investor_name"),
        ("停建原因", "problem"),
        ("拟解决意见", "measure"),
        ("一名服务专员 > 姓名", "responsible_person"),
        ("一名服务专员 > 电话", "contact_phone"),
        ("开工时间（计划开工填写）", None),
    ],
)
def test_what_investment_offices_call_their_columns(header: str, field: str | None) -> None:
    assert fields_of("项目名称", header)[1] == field
