"""What ledgers of ninety more invented clerks taught: slips of the pen, which of two columns gives way, whose a bare figure is,
and works that public offices have built.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ingest.columns.column_meaning import HeaderContext
from ingest.formats.sheet import Sheet, Workbook
from ingest.headers.interpretation import interpret_columns
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook
from ingest.ledgers.ledger_types import SummaryValue

OFFICES = "某县招商引资项目进展情况表"


def read(*rows: str | Sequence[Any]) -> LedgerReading:
    cells = [row.split("|") if isinstance(row, str) else list(row) for row in rows]
    return read_workbook(Workbook("xlsx", [Sheet("Sheet1", cells)]), "台账.xlsx", LedgerSource("410922"), "0" * 64)


def first(*rows: str | Sequence[Any]) -> dict[str, Any]:
    reading = read(*rows)
    return next(iter(reading.rows)).fields


def figures(*rows: str | Sequence[Any]) -> list[SummaryValue]:
    return list(next(iter(read(*rows).rows)).summary_values)


def fields_of(headers: str) -> dict[str, str | None]:
    paths = [tuple(header.split(" > ")) for header in headers.split("|")]
    found = interpret_columns(paths, context=HeaderContext(report_year=2026))
    return {one.header: one.field for one in found}


def test_a_wrong_character_that_no_right_header_has_is_put_right() -> None:
    row = first(
        OFFICES,
        "序号|项目名秤|总投姿（亿元）|签约时问|开工时闻|责任単位|存在间题|累计己完成投资（万元）",
        ["1", "芝麻油加工项目", "0.5", "2025-05-06", "2025-08-01", "县农业局", "缺工", "300"],
    )
    assert (row["project_name"], row["total_investment_cny"]) == ("芝麻油加工项目", 50_000_000)
    assert (str(row["signed_on"]), str(row["started_on"])) == ("2025-05-06", "2025-08-01")
    assert (row["responsible_unit"], row["problem"]) == ("县农业局", "缺工")
    assert row["investment_done_cumulative_cny"] == 3_000_000


def test_of_a_bare_and_a_cumulative_column_the_cumulative_is_the_whole() -> None:
    found = fields_of("项目名称|到位资金（万元）|累计到位资金（万元）")
    assert list(found.values()) == ["project_name", None, "funds_arrived_cumulative_cny"]
    found = fields_of("项目名称|到位资金（万元） > 合计|到位资金（万元） > 省外|累计到位资金（万元）")
    assert list(found.values())[1:] == [None, None, "funds_arrived_cumulative_cny"]


@pytest.mark.parametrize(
    ("headers", "keeper"),
    [
        ("开工时间|实际开工时间", "实际开工时间"),
        ("备案总投资（亿元）|总投资（亿元）", "总投资（亿元）"),
        ("分管领导|包联领导", "包联领导"),
        ("浙商姓名|浙商企业", "浙商企业"),
    ],
)
def test_the_plainer_column_keeps_the_field(headers: str, keeper: str) -> None:
    found = fields_of("项目名称|" + headers)
    assert [header for header, field in found.items() if field is not None] == ["项目名称", keeper]


def test_a_company_and_its_investor_are_told_apart() -> None:
    found = fields_of("项目名称|引进企业名称|引进企业投资方")
    assert list(found.values())[1:] == ["project_company", "investor_name"]


def test_home_money_below_a_group_with_foreign_money_is_no_sum() -> None:
    row = first(
        ["某县工业项目进资月报"],
        ["项目名称", "投资商", "合同资金（万元）", "本年累计进资（万元）", None],
        [None, None, None, "内资", "外资"],
        ["箱包项目", "某箱包公司", "12000", "1500", "300"],
    )
    assert row.get("funds_arrived_ytd_cny") is None


def test_what_is_done_of_the_whole_is_told_past_its_parts() -> None:
    row = first(
        "某县技改项目情况表",
        "序号|技改项目名称|改造内容|总投资（万元）|设备投资（万元）|上年完成（万元）|今年1-6月完成（万元）|备案号|项目状态",
        ["1", "合成氨节能改造", "更换变换炉", "8600", "5400", "1200", "3300", "2504-1", "在建"],
    )
    assert row["investment_done_ytd_cny"] == 33_000_000
    row = first(
        "某镇重大项目服务台账",
        "项目名称|计划总投资（万元）|累计已完成投资（万元）|当月投资（万元）",
        ["机器人减速器总部", "120000", "43000", "2500"],
    )
    assert row["investment_done_month_cny"] == 25_000_000


def test_a_rate_behind_money_that_nothing_names_is_not_of_the_counts_behind_it() -> None:
    found = figures(
        "全市各县区目标分解及完成情况",
        "县区|年度目标（亿元）|1-4月完成（亿元）|完成率%|新签亿元项目（个）|年度目标（个）",
        ["甲区", "45", "16.2", "36", "8", "20"],
        ["乙县", "30", "9", "30", "4", "15"],
    )
    assert [one.header for one in found if one.measure == "rate"] == []


def test_what_is_done_stands_right_behind_its_target() -> None:
    found = figures(
        "2026年市直单位招商引资任务完成情况通报表",
        "单位|引进项目目标（个）|完成（个）|到位资金目标（万元）|完成（万元）|综合得分",
        ["市发改委", "2", "1", "10000", "6200", "82"],
        ["市教育局", "1", "1", "3000", "3500", "95"],
    )
    done = {one.indicator: one.value for one in found if one.measure == "done"}
    assert done == {"attracted_projects": 1, "funds_arrived": 62_000_000}


@pytest.mark.parametrize(
    ("title", "headers", "cells"),
    [
        (
            "教育系统校舍建设项目",
            "序号|学校名称|项目名称|建筑面积（㎡）|总投资（万元）|开工时间|竣工时间|进度",
            ["1", "一中", "教学楼", "6000", "1800", "2025-09", "2026-08", "主体"],
        ),
        (
            "水利建设项目投资完成情况月报",
            "序号|项目名称|下达投资（万元）|中央（万元）|县级配套（万元）|完成投资（万元）|施工单位|监理单位",
            ["1", "某水库除险加固", "3200", "2000", "400", "1600", "某水电公司", "某监理公司"],
        ),
        (
            "公益慈善项目实施进度表",
            "序号|项目名称|捐赠方|捐赠金额（万元）|到账时间|执行金额（万元）|受益人数|责任人|进展",
            ["1", "爱心书屋", "某基金会", "20", "2026-01-10", "12", "300", "周某", "已购书"],
        ),
        (
            "政府投资项目竣工决算审核台账",
            "序号|项目名称|建设单位|送审金额（万元）|审定金额（万元）|核减率|审核单位|送审时间",
            ["1", "滨河公园", "住建局", "3200", "3010", "5.9%", "某咨询公司", "2026-01-05"],
        ),
        (
            "天然林保护修复项目",
            "序号|项目名称|实施地点|任务（亩）|投资（万元）|施工时间|成活率|检查验收",
            ["1", "封山育林", "某林场", "3000", "60", "2026-03", "90%", "合格"],
        ),
        (
            "水土保持方案审批及补偿费征收表",
            "序号|项目名称|建设单位|方案批复时间|扰动面积（公顷）|应缴补偿费（元）",
            ["1", "某砖厂", "某建材公司", "2026-02-01", "3.2", "32000"],
        ),
        (
            "县域商业体系建设资金使用及项目验收情况",
            "序号|承办企业|建设内容|总投资（万元）|拨付情况|验收时间",
            ["1", "某超市", "乡镇商贸中心", "300", "已拨", "2026-03-01"],
        ),
        (
            "行政事业单位内部审计及整改情况统计",
            "单位|审计项目数|查出问题（个）|问题金额（万元）|已整改（个）|整改率",
            ["招商局", "2", "6", "12", "5", "83%"],
        ),
        (
            "劳动用工招聘会场次安排",
            "序号|场次名称|举办时间|举办地点|参会企业数|岗位数|承办单位|联系人",
            ["1", "春风行动首场", "2026-02-20", "人民广场", "80", "2000", "人社局", "张某"],
        ),
    ],
)
def test_what_public_offices_build_give_and_hold_is_no_project(title: str, headers: str, cells: list[str]) -> None:
    assert list(read(title, headers, cells).rows) == []


def test_an_attracted_project_stays_one_whatever_is_built() -> None:
    row = first(
        "某县医院建设招商项目进展表",
        "序号|项目名称|投资方|总投资（万元）|签约时间|开工时间|形象进度",
        ["1", "康复医院", "某医疗集团", "32000", "2025-05-01", "2025-10-01", "主体施工"],
    )
    assert row["investor_name"] == "某医疗集团"


@pytest.mark.parametrize(
    ("title", "headers", "cells"),
    [
        *(
            (title, "项目名称|总投资（万元）|开工时间", ["甲厂建设", "12000", "2026-03-01"])
            for title in ("现代农业项目", "基础设施项目表", "社会事业项目", "医疗卫生项目")
        ),
        (
            "某县项目推进情况表",
            "序号|项目名称|总投资（万元）|进展情况|责任单位",
            ["1", "魔芋精粉加工", "6000", "封顶", "县农业局"],
        ),
        ("魔芋精粉等项目进展情况汇报", "项目名称|总投资（亿元）|形象进度", ["魔芋精粉加工", "0.6", "厂房封顶"]),
        ("春节后复工项目表", "序号|项目名称|包联领导|目前进度", ["1", "钢结构厂", "副县长王某", "主体施工"]),
        (
            "某区政务服务办帮办代办项目清单",
            "序号|项目名称|建设单位|投资规模（万元）",
            ["1", "研发楼", "某车业公司", "8000"],
        ),
        ("", "序号|项目名称|总投资（万元）|进展情况|责任单位", ["1", "魔芋精粉加工", "6000", "封顶", "县农业局"]),
    ],
)
def test_a_thin_list_of_projects_is_read_where_its_title_names_nothing_else(
    title: str, headers: str, cells: list[str]
) -> None:
    lists = [headers, cells] if not title else [title, headers, cells]
    assert next(iter(read(*lists).rows)).fields["project_name"] == cells[headers.split("|").index("项目名称")]


def test_a_place_that_is_a_part_of_the_county_is_not_where_the_investor_comes_from() -> None:
    row = first(
        "某市台资项目统计表",
        "序号|台资项目名称|台商|投资地区|设立时间",
        ["1", "精密五金", "台湾某精密股份公司", "高新区", "2024-03-11"],
        ["2", "高山茶园", "台湾某茶业公司", "柳林镇", "2023-08-20"],
    )
    assert row.get("investor_origin") is None


def test_an_investor_comes_before_a_partner() -> None:
    found = fields_of("项目名称|国内投资方|境外合作方")
    assert list(found.values()) == ["project_name", "investor_name", None]


def test_a_unit_behind_a_stroke_is_one() -> None:
    row = first("某市项目招引情况", "序号|项目代号/名称|总投资/亿|责任领导", ["1", "特种电缆项目", "2", "裴某"])
    assert (row["project_name"], row["total_investment_cny"]) == ("特种电缆项目", 200_000_000)


def test_money_from_the_province_beside_money_from_others_keeps_its_field() -> None:
    row = first(
        ["序号", "项目名称", "本年到位（万元）", None, None, "责任单位"],
        [None, None, "合计", "省外资金", "省内资金", None],
        ["1", "负极材料项目", "620", "610", "10", "县商务局"],
    )
    assert row["funds_arrived_ytd_same_province_cny"] == 100_000
    assert row["funds_arrived_ytd_other_province_cny"] == 6_100_000


def test_a_chart_of_works_is_a_list_of_projects() -> None:
    row = first(
        "项目推进计划横道图",
        "序号|项目名称|总投资（万元）|责任单位|备注",
        ["1", "高端数控机床智能制造基地建设项目", "32000", "县工信局", ""],
    )
    assert row["total_investment_cny"] == 320_000_000
