"""Lists of two or three weak columns that are projects all the same, and lists of works that are none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from ingest.formats.sheet import Merge, Sheet, Workbook
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook


def read(*cells: Sequence[Any], name: str = "表.xlsx") -> LedgerReading:
    sheet = Sheet("Sheet1", [list(row) for row in cells])
    return read_workbook(Workbook("xlsx", [sheet]), name, LedgerSource("411700"), "0" * 64)


def named(reading: LedgerReading) -> list[Any]:
    return [row.fields.get("project_name") for row in reading.rows if (row.kind, row.status) == ("project", "accepted")]


@pytest.mark.parametrize(
    ("title", "headers", "first", "second", "names"),
    [
        (
            None,
            "企业名称|计划投资|进度",
            "星辉光电|1.2亿元|厂房装修",
            "金穗粮油|5000万元|设备安装",
            "星辉光电|金穗粮油",
        ),
        ("客商洽谈登记", "客商|投资意向|洽谈情况", "甲商会|塑料厂|已来考察", "乙集团|鞋厂|电话联系", "甲商会|乙集团"),
        (
            "在谈线索",
            "线索|来源|进展",
            "某封测企业内迁|商会|已拜访",
            "某家电扩产|分队|待对接",
            "某封测企业内迁|某家电扩产",
        ),
        ("投产项目名单", "企业名称|产品|投产时间", "亮彩油墨|油墨|2025.4", "力源电机|电机|2025.5", "亮彩油墨|力源电机"),
        ("落地企业情况", "公司|开工|投产", "恒力机械|2024.5|2025.2", "佳乐玩具|2024.9|2025.6", "恒力机械|佳乐玩具"),
        (
            "招商引资到位资金",
            "单位|企业|到资（万元）",
            "城关镇|永丰面业|320",
            "石桥镇|合作鞋业|500",
            "永丰面业|合作鞋业",
        ),
        (
            "招商合同台账",
            "合同名称|签约方|签订日期",
            "肉制品投资合同|双江公司|2025-02-01",
            "智慧停车投资合同|车安公司|2025-03-08",
            "肉制品投资合同|智慧停车投资合同",
        ),
        (
            "外商投资项目",
            "企业|外方|合同外资（万美元）|到资（万美元）",
            "丰泰|港丰泰|500|200",
            "百佳|新加坡某公司|100|30",
            "丰泰|百佳",
        ),
    ],
)
def test_a_thin_list_of_those_who_invest_is_one_of_projects(
    title: str | None, headers: str, first: str, second: str, names: str
) -> None:
    above = [[title]] if title else []
    assert named(read(*above, headers.split("|"), first.split("|"), second.split("|"))) == names.split("|")


def test_the_file_s_name_says_that_companies_came_to_invest() -> None:
    cells = [["企业", "建设内容", "开工日期"], ["鑫达塑业", "厂房2栋", "2025-02-20"]]
    assert named(read(*cells, name="园区在建项目.xlsx")) == ["鑫达塑业"]


def test_whoever_means_a_project_is_its_investor() -> None:
    (row,) = read(["5月招商线索清单"], ["企业", "拟投项目", "规模"], ["苏州精研", "精密注塑", "1亿元"]).rows
    assert (row.fields["project_name"], row.fields["investor_name"]) == ("精密注塑", "苏州精研")


@pytest.mark.parametrize(
    ("title", "headers", "cells"),
    [
        ("招商引资先进企业奖励名单", "企业名称|投资额（万元）|奖励金额（万元）", "甲公司|5000|20"),
        ("园区企业环保治理进度", "企业名称|治理内容|投资（万元）|进度", "甲公司|废气收集|60|安装"),
        ("节水型企业创建", "企业名称|改造内容|投资（万元）|进度", "甲造纸公司|中水回用|260|完成"),
        ("新设立企业登记情况", "企业名称|注册资本（万元）|成立日期|经营范围", "甲公司|100|2025-03-02|零售"),
        (None, "企业名称|产品|电话", "甲公司|油墨|—"),
        (None, "企业|岗位|人数", "甲公司|普工|30"),
    ],
)
def test_a_list_of_companies_that_invest_nothing_is_none_of_projects(
    title: str | None, headers: str, cells: str
) -> None:
    assert named(read(*([[title]] if title else []), headers.split("|"), cells.split("|"))) == []


def test_roads_and_mains_are_no_investment_whatever_else_is_told() -> None:
    head = ["项目名称", "建设单位", "合同金额（万元）", "开工日期", "形象进度"]
    works = [
        ["人民路北延", "县城投公司", 3600, dt.date(2025, 3, 1), "路基完成"],
        ["滨河大道改造", "县城投公司", 2200, dt.date(2025, 4, 12), "铺设"],
    ]
    reading = read(["城区建设项目进度表"], head, *works)
    assert named(reading) == []
    assert reading.status == "refused"
    # One factory among them, or whoever was attracted to build them, makes the list ours.
    factory = ["高端轴承滚子生产线", "华轴精工有限公司", 32000, dt.date(2025, 2, 18), "封顶"]
    assert len(named(read(["重点项目进度表"], head, *works, factory))) == 3
    assert len(named(read(["招商引资项目进度表"], head, *works))) == 2


def test_a_charging_post_factory_is_no_public_work() -> None:
    cells = [["项目名称", "总投资（万元）", "进度"], ["充电桩生产", 3000, "封顶"], ["供水管材制造", 2000, "设备安装"]]
    assert named(read(["项目进展表"], *cells)) == ["充电桩生产", "供水管材制造"]


def test_funds_from_outside_the_county_are_all_that_it_attracts_where_nothing_else_is_told() -> None:
    head = ["项目名称", "到位县外资金", None, None, "其中省外资金", None, None]
    below = [None, "当月", "本年累计", "历年累计", "当月", "本年累计", "历年累计"]
    sheet = Sheet(
        "Sheet1",
        [["县招商引资到位资金统计表（单位：万元）"], head, below, ["轮毂厂", 12, 88, 230, 2, 8, 30]],
        merges=[Merge(1, 0, 2, 0), Merge(1, 1, 1, 3), Merge(1, 4, 1, 6)],
    )
    (row,) = read_workbook(Workbook("xlsx", [sheet]), "表.xlsx", LedgerSource("411700"), "0" * 64).rows
    told = [
        row.fields.get(f"funds_arrived_{time}{part}_cny")
        for part in ("", "_other_province")
        for time in ("month", "ytd", "cumulative")
    ]
    assert told == [120_000, 880_000, 2_300_000, 20_000, 80_000, 300_000]
    # Beside the whole, what came from outside is a part without a field.
    beside = read(["项目名称", "累计到位资金（万元）", "其中：县外资金（万元）"], ["轮毂厂", 30, 20])
    assert [row.fields.get("funds_arrived_cumulative_cny") for row in beside.rows] == [300_000]


def test_the_only_quarter_s_progress_is_the_progress() -> None:
    (row,) = read(["项目名称", "总投资（万元）", "二季度进展"], ["轮毂厂", 3000, "主体完工"]).rows
    assert row.fields["progress_note"] == "主体完工"


def test_planned_investment_of_comers_is_the_whole_unless_more_was_done() -> None:
    head = ["项目名称", "注册名称", "计划投资（万元）", "累计完成投资（万元）"]
    (row,) = read(["外来客商投资项目台账"], head, ["轮毂厂", "宏远公司", 3000, 800]).rows
    assert row.fields["total_investment_cny"] == 30_000_000
    (row,) = read(["外来客商投资项目台账"], head, ["轮毂厂", "宏远公司", 3000, 4800]).rows
    assert row.fields.get("total_investment_cny") is None


@pytest.mark.parametrize("title", ["魔芋精粉项目进展表", "粤企来投项目", "合资合作项目", "连翘深加工项目建设进度表"])
def test_a_title_that_names_what_is_made_leaves_a_list_of_projects_one(title: str) -> None:
    head = ["项目名称", "总投资（万元）", "开工时间", "完工时间"]
    assert named(read([title], head, ["精粉二线", 6000, "2025-03", "2025-12"])) == ["精粉二线"]


@pytest.mark.parametrize("title", ["灾后恢复重建项目台账", "民政系统在建项目", "林业有害生物防治项目进度表"])
def test_a_title_that_names_what_offices_see_to_is_of_other_business(title: str) -> None:
    head = ["项目名称", "总投资（万元）", "开工时间", "完工时间"]
    assert named(read([title], head, ["二期", 6000, "2025-03", "2025-12"])) == []
