"""Lists told by what an office's contracts are called, by a size in money, by foreign money; headers that end in colons."""

from __future__ import annotations

import pytest

from tests.fixtures.written_ledgers import read_sheet, told

CONTRACTS = ["序号", "合同名称", "合同金额（万元）", "签订日期", "乙方", "承办部门"]


def test_contracts_for_services_and_goods_are_no_investments() -> None:
    reading = read_sheet(
        [
            CONTRACTS,
            [1, "办公楼物业服务合同", 86.5, "2026-01-05", "池州安居物业有限公司", "办公室"],
            [2, "招商宣传片制作合同", 28, "2026-03-12", "合肥光影传媒有限公司", "招商科"],
            [3, "网络运维合同", 9.8, "2026-02-16", "某网络公司", "信息科"],
        ]
    )
    assert (reading.status, reading.reason_code) == ("refused", "no_project_column")


@pytest.mark.parametrize("name", ["智能水表生产基地投资合同", "蓝莓深加工项目入园协议", "氢能叉车制造项目合作协议"])
def test_contracts_to_invest_are(name: str) -> None:
    reading = read_sheet(
        [
            CONTRACTS,
            [1, name, 8600, "2026-01-05", "杭州汇川仪表股份有限公司", "招商科"],
            [2, "高端铝合金压铸件项目投资协议", 12000, "2026-03-12", "苏州春晖精密压铸有限公司", "招商科"],
        ]
    )
    assert [name for (name,) in told(reading, "project_name")] == [name, "高端铝合金压铸件项目投资协议"]


def test_a_numbered_list_is_headed_whether_or_not_every_header_ends_in_a_colon() -> None:
    reading = read_sheet(
        [
            ["产业项目代办进度"],
            ["序号：", "项目名称：", "投资企业：", "立项类型", "总投资额（单位：亿元）：", "签约日期："],
            [1, "医用敷料生产项目", "武汉康健医疗用品有限公司", "备案", 1.2, "2025-07-01"],
            [2, "新型装配式建材项目", "中建远大建设有限公司", "核准", 5.3, "2024-11-25"],
        ]
    )
    assert told(reading, "project_name", "total_investment_cny") == [
        ("医用敷料生产项目", 120_000_000),
        ("新型装配式建材项目", 530_000_000),
    ]


def test_an_investor_and_foreign_money_tell_that_a_column_ending_in_projects_names_them() -> None:
    reading = read_sheet(
        [
            ["侨台资项目", "投资商姓名（名称）", "签订合同外资（万美元）"],
            ["高档羊绒服饰", "台湾联华食品", 300],
            ["宠物尿垫", "香港万邦", 1200],
        ]
    )
    assert told(reading, "project_name", "investor_name", "foreign_contract_usd") == [
        ("高档羊绒服饰", "台湾联华食品", 3_000_000),
        ("宠物尿垫", "香港万邦", 12_000_000),
    ]


def test_names_beside_a_size_in_money_and_their_progress_are_a_thin_list() -> None:
    rows = [["松花粉加工", 900, "投产"], ["牛蛙养殖", 1200, "在建"], ["桑黄种植", 500, "已签约"]]
    assert told(read_sheet([["名称", "规模（万元）", "进度"], *rows]), "project_name") == [(row[0],) for row in rows]
    # Of a size in other units nothing says that it is an investment.
    assert read_sheet([["名称", "规模（人）", "进度"], *rows]).status == "refused"


def test_whoever_moves_into_rented_halls_is_listed_by_its_project() -> None:
    reading = read_sheet(
        [
            ["厂房招租入驻"],
            ["入驻项目", "企业", "入驻时间", "投资（万元）"],
            ["电机转子", "芜湖永磁", "2026-04", 1500],
            ["服装绣花", "常熟彩绣", "2026-05", 300],
        ]
    )
    assert told(reading, "project_name", "investor_name") == [("电机转子", "芜湖永磁"), ("服装绣花", "常熟彩绣")]


def test_projects_attracted_to_supply_others_are_the_rows_own() -> None:
    reading = read_sheet(
        [
            ["配套招商项目", "合作客商", "项目概算（万元）", "合资公司"],
            ["储能系统集成项目", "江苏天合储能有限公司", 32000, "天合储能（安徽）有限公司"],
            ["玄武岩纤维制品项目", "四川玻纤控股集团", 18000, "青阳玄玻新材料有限公司"],
        ]
    )
    assert [name for (name,) in told(reading, "project_name")] == ["储能系统集成项目", "玄武岩纤维制品项目"]


NUMBERED = ["合同编号", "项目名称", "甲方", "乙方", "金额（万元）", "签订日期"]


def test_beside_numbers_of_contracts_what_is_done_is_enough_to_tell_them() -> None:
    reading = read_sheet(
        [
            NUMBERED,
            ["HT-01", "招商手册印刷", "县商务局", "池州印务", 6, "2026-02-03"],
            ["HT-02", "招商大会会务", "县商务局", "九华会展", 38, "2026-05-11"],
            ["HT-03", "招商信息系统维护", "县商务局", "合肥云软", 9, "2026-01-08"],
        ]
    )
    assert reading.status == "refused"
    investments = read_sheet(
        [
            NUMBERED,
            ["HT-01", "垃圾发电二期", "县政府", "某节能公司", 40000, "2026-02-03"],
            ["HT-02", "养老服务", "县政府", "某康养集团", 60000, "2026-05-11"],
        ]
    )
    assert [name for (name,) in told(investments, "project_name")] == ["垃圾发电二期", "养老服务"]


def test_kinds_of_crops_are_no_projects_of_those_who_grow_them() -> None:
    crops = [
        ["黄精", "丁桥镇", "李庄合作社", 260, "亳州"],
        ["石斛", "杜村乡", "某家庭农场", 90, "上海"],
    ]
    assert read_sheet([["品种", "产地", "经营主体", "投资（万元）", "销售去向"], *crops]).status == "refused"
    farms = read_sheet([["项目名称", "经营主体", "品种", "投资（万元）"], ["皇菊基地", "某农业公司", "金丝皇菊", 900]])
    assert [name for (name,) in told(farms, "project_name")] == ["皇菊基地"]


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("落户乡镇（园区）", ["柳林镇", "杜村乡"], "town_name"),
        ("所在乡镇或园区", ["高新区", "城北工业园"], "park_name"),
        ("园区/乡镇", ["高新区", "柳林镇"], "location"),
        ("落户乡镇（园区）", ["县内", "待定"], None),
    ],
)
def test_cells_say_whether_a_column_of_towns_and_parks_holds_the_one_or_the_other(
    header: str, cells: list[str], field: str | None
) -> None:
    reading = read_sheet(
        [
            ["项目名称", header, "总投资（亿元）"],
            ["智能水表生产基地", cells[0], 3],
            ["医用敷料生产项目", cells[1], 1.2],
        ]
    )
    places = ("town_name", "park_name", "location")
    found = dict(zip(places, told(reading, *places)[0], strict=True))
    assert {name: text for name, text in found.items() if text} == ({field: cells[0]} if field else {})


@pytest.mark.parametrize("line", ["单位：内资：万元；外资：万美元", "内资：万元；外资：万美元"])
def test_a_line_may_state_the_units_of_home_and_foreign_money(line: str) -> None:
    reading = read_sheet(
        [
            ["利用外资项目"],
            [line],
            ["项目名称", "投资方", "总投资", "合同外资"],
            ["汽车线束项目", "日本住友", 12000, 300],
            ["宠物尿垫项目", "香港万邦", 6000, 100],
        ]
    )
    assert told(reading, "total_investment_cny", "foreign_contract_usd") == [
        (120_000_000, 3_000_000),
        (60_000_000, 1_000_000),
    ]


def test_companies_of_every_age_are_a_roster_and_those_of_few_years_have_come() -> None:
    header = ["企业名称", "注册资本（万元）", "成立日期", "经营范围"]
    roster = [
        header,
        ["某冷链有限公司", 5000, "2024-03-01", "冷库"],
        ["某粮油有限公司", 800, "2011-06-18", "粮食加工"],
        ["某书店有限公司", 50, "2016-09-12", "图书"],
    ]
    assert read_sheet(roster).status == "refused"
    assert len(told(read_sheet([["招商引资落户企业"], *roster]), "registered_on")) == 3
    came = [header, ["某冷链有限公司", 5000, "2024-03-01", "冷库"], ["某纸业有限公司", 800, "2025-06-18", "纸箱"]]
    assert len(told(read_sheet(came), "registered_on")) == 2


def test_canteens_and_street_lights_of_offices_are_public_works() -> None:
    header = ["项目名称", "投资（万元）", "责任单位", "进展"]
    works = [header, ["社区食堂", 60, "蓉城镇", "已营业"], ["道路照明提升", 180, "县城管局", "完成60%"]]
    assert read_sheet(works).status == "refused"
    made = [header, ["停车场道闸生产", 2600, "经开区", "设备安装"], ["道路照明灯具加工", 1800, "经开区", "厂房封顶"]]
    assert len(told(read_sheet(made), "project_name")) == 2
