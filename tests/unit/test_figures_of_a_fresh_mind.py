"""Articles as counties, parks and bureaus print them: invented, labelled before they were read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ingest.news.facts.model import Fact
from ingest.news.figures import ArticleText, extract_facts


def facts_of(text: str, title: str, published: str) -> list[Fact]:
    return extract_facts(ArticleText("a", title, text, date.fromisoformat(published)))


def window(fact: Fact) -> tuple[str, str]:
    return (str(fact.period.start), str(fact.period.end))


@pytest.mark.parametrize(
    ("title", "published", "text", "windows"),
    [
        ("赴长三角招商", "2023-05-19",
         "5月14日至17日，安徽省蒙城县委负责同志带队赴上海开展招商考察。其间，先后拜访企业9家，签约项目3个。",
         {("2023-05-14", "2023-05-17")}),
        ("厦洽会上", "2021-09-14",
         "9月8日至11日，第二十一届厦洽会在厦门举行。福建省漳浦县共签约项目14个，总投资108.6亿元。",
         {("2021-09-08", "2021-09-11")}),
        ("三个一批", "2022-07-04",
         "7月1日，山西省阳城县举行2022年第三次开发区“三个一批”活动。此次活动共签约项目6个，总投资38.2亿元。",
         {("2022-07-01", "2022-07-01")}),
        ("百日攻坚启动", "2023-08-03",
         "8月2日，江西省修水县启动招商引资“百日攻坚”行动。行动从8月持续到11月，要确保新签约项目20个。",
         {("2023-08-01", "2023-11-30")}),
        ("泸溪县商务局2022年工作总结", "2023-01-12",
         "一、主要指标\n全年引进项目26个。\n二、2023年工作打算\n力争全年引进项目30个以上。",
         {("2022-01-01", "2022-12-31"), ("2023-01-01", "2023-12-31")}),
        ("浏阳市2021年国民经济和社会发展统计公报", "2022-03-18", "全年实际使用外资3.46亿美元，比上年增长18.2%。",
         {("2021-01-01", "2021-12-31")}),
        ("百日攻坚启动", "2023-07-28",
         "从8月到11月，江西省修水县将开展招商引资“百日攻坚”行动，力争新签约项目20个。", {("2023-08-01", "2023-11-30")}),
        ("百日攻坚收官", "2023-12-20",
         "从6月到8月，江西省修水县开展招商引资“百日攻坚”行动，计划引进项目20个。", {("2023-06-01", "2023-08-31")}),
        ("政府工作报告", "2024-01-10", "过去一年，湖南省邵阳市开工招商项目312个。", {("2023-01-01", "2023-12-31")}),
        ("前11月成绩单", "2019-12-16",
         "今年1—11月，四川省提前一个月完成全年到位资金目标；新签约项目3188个。", {("2019-01-01", "2019-11-30")}),
        ("百日会战战果", "2022-12-20", "自9月10日“百日会战”开展以来，山东省东明县新签约项目33个。",
         {("2022-09-10", "None")}),
        ("招商周报", "2022-06-20", "上周（6月13日—19日），河南省西平县新签约项目8个。", {("2022-06-13", "2022-06-19")}),
    ],
)  # fmt: skip
def test_the_time_of_a_figure(title: str, published: str, text: str, windows: set[tuple[str, str]]) -> None:
    assert {window(fact) for fact in facts_of(text, title, published)} == windows


@pytest.mark.parametrize(
    ("title", "text", "region"),
    [
        ("兰州新区招商", "1至7月，兰州新区新签约项目97个。", "甘肃省兰州市兰州新区"),
        ("凯里招商", "上半年，贵州省黔东南州凯里经济开发区新引进项目41个。",
         "贵州省黔东南苗族侗族自治州凯里经济开发区"),
        ("陕西白河：归雁经济", "截至8月底，陕西省白河县今年共新签约招商引资项目34个。", "陕西省安康市白河县"),
        ("一批项目落户大冶", "日前，6家企业落户湖北省大冶市。", "湖北省黄石市大冶市"),
        ("县长带队招商", "7月18日，广西全州县县长率队赴广东佛山、东莞招商，签约项目3个。", "广西壮族自治区桂林市全州县"),
    ],
)  # fmt: skip
def test_the_region_of_a_figure(title: str, text: str, region: str) -> None:
    assert {fact.region for fact in facts_of(text, title, "2023-09-05")} == {region}


def test_projects_listed_after_their_ceremony_have_its_day_their_investors_and_amounts() -> None:
    facts = facts_of(
        "9月25日，安徽省肥西县举行项目集中签约仪式，现场签约项目12个。\n"
        "其中，智行汽车电驱生产基地项目由上海智行科技有限公司投资建设，总投资20亿元；"
        "海博储能电池模组项目总投资15亿元，由深圳海博能源公司投资。",
        "集中签约",
        "2024-09-26",
    )
    named = [fact for fact in facts if fact.kind == "project"]
    assert [(fact.project_name, fact.investor, int(fact.value or 0)) for fact in named] == [
        ("智行汽车电驱生产基地项目", "上海智行科技有限公司", 2_000_000_000),
        ("海博储能电池模组项目", "深圳海博能源公司", 1_500_000_000),
    ]
    assert {window(fact) for fact in named} == {("2024-09-25", "2024-09-25")}


def test_amounts_told_in_order_belong_to_the_projects_before_them() -> None:
    text = "10月21日，湖南省桃江县签约重组竹型材、竹纤维餐具两个项目，签约金额分别为5亿元、3.2亿元。"
    found = {fact.project_name or fact.indicator: fact.value for fact in facts_of(text, "竹产业", "2022-10-23")}
    assert found == {"signed_projects": 2, "重组竹型材": 500_000_000, "竹纤维餐具": 320_000_000}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3月1日，位于江苏省沭阳县的华峻光伏玻璃项目正式开工。项目由华峻新材料集团投资建设，计划总投资30亿元。",
         ("started", "华峻光伏玻璃项目", "华峻新材料集团", 3_000_000_000)),
        ("6月8日，深圳鲜达食品集团投资的小龙虾预制菜产业园项目签约落户湖北省潜江市，总投资7.5亿元。",
         ("signed", "小龙虾预制菜产业园项目", "深圳鲜达食品集团", 750_000_000)),
        ("9月5日，湖南省桃江县与绿禾农业公司签约，后者将投资8亿元建设玉米深加工项目。",
         ("signed", "玉米深加工项目", "绿禾农业公司", 800_000_000)),
    ],
)  # fmt: skip
def test_a_project_has_what_the_next_words_say_of_it(text: str, expected: tuple[Any, ...]) -> None:
    (fact,) = facts_of(text, "项目", "2023-09-10")
    assert (fact.event, fact.project_name, fact.investor, fact.value) == expected


@pytest.mark.parametrize(
    "text",
    [
        "对新引进固定资产投资5亿元以上的制造业项目，按投资额的3%给予奖励。",
        "全县共梳理产业链11条，引进人才。",
    ],
)
def test_classes_and_chains_are_no_facts(text: str) -> None:
    assert facts_of(text, "招商引资办法", "2023-12-06") == []


def test_leads_are_counted_by_the_piece() -> None:
    (fact,) = facts_of("上半年，河南省西平县掌握招商项目线索118条。", "线索", "2023-07-06")
    assert (fact.indicator, fact.value) == ("talks_projects", 118)
