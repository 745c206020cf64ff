"""Parties, money and intents that only their table settles, and lists of other business."""

from __future__ import annotations

import pytest
from written_ledgers import read_lines as read
from written_ledgers import told

WAN, YI = 10_000, 100_000_000


def test_offices_in_touch_track_the_project_and_companies_in_touch_do_not() -> None:
    header = "序号,项目名称,投资方,总投资（万元）,对接单位"
    (row, _) = told(read(header, "1,甲项目,甲公司,500,县商务局", "2,乙项目,乙公司,800,城关镇"), "tracking_unit")
    assert row == ("县商务局",)
    (row, _) = told(read(header, "1,甲项目,甲公司,500,丙有限公司", "2,乙项目,乙公司,800,丁集团"), "tracking_unit")
    assert row == (None,)


def test_the_company_that_uses_the_land_is_the_projects_own() -> None:
    header = "招商引资项目用地保障台账\n序号,项目名称,用地单位,总投资（万元）,签约时间"
    reading = read(header, "1,甲项目,甲材料有限公司,500,2025-03-01", "2,乙项目,乙食品有限公司,800,2025-04-01")
    assert told(reading, "project_company") == [("甲材料有限公司",), ("乙食品有限公司",)]


def test_a_company_beside_projects_that_are_meant_means_them() -> None:
    reading = read("在谈线索,,,", "企业,拟投项目,意向金额（万元）,跟踪情况", "杭州甲服饰,服装加工厂,3000,已看厂房")
    assert told(reading, "project_name", "investor_name") == [("服装加工厂", "杭州甲服饰")]


def test_a_company_behind_the_question_whether_one_was_founded_is_the_projects() -> None:
    header = "序号,项目名称,投资人,签约投资额（亿元）,是否注册公司,公司名称"
    reading = read(header, "1,甲项目,张某,3,是,甲环保有限公司", "2,乙项目,北京乙公司,1,否,")
    assert told(reading, "investor_name", "project_company")[0] == ("张某", "甲环保有限公司")


def test_the_contracts_whole_stands_beside_what_it_attracts() -> None:
    header = "项目名称,投资方,合同总额（亿元）,合同引资额（亿元）"
    reading = read(header, "甲项目,甲公司,3.2,2.4", "乙项目,乙公司,1.6,1.6")
    assert told(reading, "total_investment_cny", "contract_amount_cny")[0] == (3.2 * YI, 2.4 * YI)
    less = read(header, "甲项目,甲公司,3.2,4", "乙项目,乙公司,1.6,1.6")
    assert told(less, "total_investment_cny")[0] == (None,)


def test_a_bare_amount_of_what_was_signed_is_the_contracts() -> None:
    rows = ("序号,项目,签约双方,金额（亿元）", "1,高端面料,县政府与绍兴甲公司,4.5", "2,光伏边框,经开区与乙公司,6")
    assert told(read("推介会签约成果,,,", *rows), "contract_amount_cny") == [(4.5 * YI,), (6 * YI,)]
    assert told(read("推介会成果,,,", *rows), "contract_amount_cny") == [(None,), (None,)]


def test_what_an_expansion_adds_is_the_whole_of_it() -> None:
    reading = read("增资扩产项目,,", "企业名称,扩产内容,新增投资（万元）", "甲轮胎,新增半钢胎线,22000")
    assert told(reading, "total_investment_cny", "project_content") == [(22000 * WAN, "新增半钢胎线")]


def test_assets_behind_what_arrived_may_have_been_spent() -> None:
    before = read("项目名称,投资方,总投资（万元）,固定资产投入（万元）", "甲项目,甲公司,900,600")
    assert told(before, "fixed_asset_investment_cny") == [(600 * WAN,)]
    behind = read("项目名称,投资方,累计到位资金（万元）,固定资产投入（万元）", "甲项目,甲公司,900,600")
    assert told(behind, "fixed_asset_investment_cny") == [(None,)]


def test_a_year_of_signing_is_known_to_the_year() -> None:
    alone = read("项目名称,投资方,签约年份,退出原因", "汽车影院,甲公司,2019,企业注销")
    assert str(told(alone, "signed_on")[0][0]) == "2019-01-01"
    beside = read("项目名称,投资方,签约年份,签约时间", "汽车影院,甲公司,2019,2019-05-01")
    assert str(told(beside, "signed_on")[0][0]) == "2019-05-01"


def test_an_intent_of_things_to_be_made_is_the_content() -> None:
    title = "客商投资意向登记,,"
    reading = read(title, "客商,投资意向,需求", "温州甲眼镜,眼镜架生产,厂房5000平方米", "泉州乙卫浴,卫浴五金,用地40亩")
    assert told(reading, "project_content") == [("眼镜架生产",), ("卫浴五金",)]
    strong = read(title, "客商,项目名称,投资意向", "温州甲眼镜,眼镜架项目,意向强烈", "泉州乙卫浴,卫浴项目,意向一般")
    assert told(strong, "project_content") == [(None,), (None,)]


def test_a_scale_of_what_is_made_is_the_content_and_a_class_of_size_is_not() -> None:
    header = "项目名称,投资方,规模,总投资（亿元）"
    assert told(read(header, "甲项目,甲公司,年产2万吨,6"), "project_content") == [("年产2万吨",)]
    assert told(read(header, "甲项目,甲公司,大型,6"), "project_content") == [(None,)]


def test_home_money_used_in_a_time_has_arrived() -> None:
    header = "项目名称,投资者,本年实际利用内资（万元）,累计实际利用内资（万元）"
    reading = read(header, "甲项目,北京甲公司,2100,5200")
    assert told(reading, "funds_arrived_ytd_cny", "funds_arrived_cumulative_cny") == [(2100 * WAN, 5200 * WAN)]


def test_an_industrial_project_names_the_row_beside_its_investor_and_its_assets() -> None:
    header = "乡镇,工业项目,投资主体,固投（万元）,排位"
    reading = read(
        "工业招商“赛马”项目,,,,", header, "黄土镇,模具钢加工,甲特钢公司,3600,1", "青山镇,汽车线束,乙公司,1500,2"
    )
    assert told(reading, "project_name", "town_name")[0] == ("模具钢加工", "黄土镇")


@pytest.mark.parametrize(
    "lines",
    [
        (
            "2024年度工业企业技改补贴拟发放名单公示,,,,",
            "企业名称,项目名称,设备投资额（万元）,补助比例,核定补助金额（万元）,开户行",
            "甲机电有限公司,加工中心购置,860,8%,68.8,农业银行",
        ),
        (
            "高层次人才引进项目名单,,,",
            "姓名,引进单位,人才类别,项目名称,引进时间",
            "陈某,甲公司,B类,抗体药物研发,2023-09",
        ),
        (
            "国有资产招租项目情况表,,,",
            "项目名称,出租方,承租方,租赁期限,签约时间",
            "甲大厦,县城投,甲餐饮,5年,2024-04-12",
        ),
        (
            "技术合同登记情况,,,",
            "项目名称,卖方,买方,技术交易额（万元）,签订时间",
            "甲软件开发,甲大学,乙公司,60,2024-02-28",
        ),
        (
            "存量债务项目明细,,,",
            "债务项目名称,债务人,债权单位,债务余额（万元）,到期日",
            "甲路,甲公司,甲银行,900,2025-06-30",
        ),
        (
            "布展项目合同执行表,,,",
            "项目名称,承包商,合同价款（万元）,已付款（万元）,开工日期",
            "甲厅,甲公司,680,400,2024-05-10",
        ),
        ("在售项目情况表,,,", "项目名称,开发商,备案均价（元）,已售套数,交付时间", "甲华府,甲地产,6200,210,2026-06"),
    ],
)
def test_lists_of_other_business_hold_no_projects(lines: tuple[str, ...]) -> None:
    assert told(read(*lines), "project_name") == []


def test_what_attracted_projects_need_stays_a_list_of_them() -> None:
    header = "项目名称,投资方,需地（亩）,需电（千伏安）,需水（吨/日）,需气"
    reading = read("招商项目要素需求表,,,,,", header, "甲再生砂,甲环保,30,2000,50,无")
    assert told(reading, "project_name") == [("甲再生砂",)]
