"""Columns whose header alone may mean two things, settled by their table, and left open where it does not settle them."""

from __future__ import annotations

from ingest.ledgers.ledger import LedgerSource, read_ledger


def read(title: str, header: str, *rows: str, county: str | None = None) -> list[dict[str, object]]:
    width = header.split("\n")[0].count(",")
    text = "\n".join([title + "," * width, header, *rows])
    reading = read_ledger(text.encode(), "台账.csv", LedgerSource(county))
    return [dict(row.fields) for row in reading.rows]


FIRMS = ("1,杭州恒泰食品有限公司,面粉深加工项目,32000,2022-03-01", "2,苏州绿野机械有限公司,铸件项目,15000,2022-04-02")


def test_the_only_company_of_signed_projects_is_the_investor() -> None:
    header = "序号,企业名称,项目名称,总投资（万元）,签约时间"
    first, _ = read("清河口县2022年招商引资签约项目表", header, *FIRMS)
    assert first["investor_name"] == "杭州恒泰食品有限公司"
    assert first["project_name"] == "面粉深加工项目"


def test_a_company_of_works_in_a_list_that_attracts_nobody_is_the_projects_own() -> None:
    header = "序号,企业名称,项目名称,总投资（万元）,开工时间"
    first, _ = read("清河口县2022年工业技改项目表", header, *FIRMS)
    assert first.get("investor_name") is None
    assert first["project_company"]
    first, _ = read("清河口县2022年工业项目表", "序号,企业名称,项目名称,总投资（万元）,备注", *FIRMS)
    assert first.get("project_company") is None


def test_a_company_named_after_the_county_stays_open_and_with_its_registration_is_the_projects() -> None:
    local = ("1,清河口恒泰食品有限公司,面粉深加工项目,32000,2022-03-01",)
    title = "清河口县2022年招商引资签约项目表"
    (row,) = read(title, "序号,企业名称,项目名称,总投资（万元）,签约时间", *local)
    assert row.get("investor_name") is None
    (row,) = read(title, "序号,企业名称,项目名称,总投资（万元）,注册时间", *local)
    assert row["project_company"] == "清河口恒泰食品有限公司"


def test_companies_that_begin_alike_are_registered_here() -> None:
    rows = [
        f"{n},周口{name}食品有限公司,{name}项目,900,2022-03-01" for n, name in enumerate(("恒泰", "绿野", "金禾"), 1)
    ]
    header = "序号,企业名称,项目名称,总投资（万元）,签约时间"
    assert all(row.get("investor_name") is None for row in read("清河口县招商引资签约项目表", header, *rows))


def test_companies_of_the_countys_own_province_are_registered_here() -> None:
    rows = ["1,河南恒泰食品有限公司,甲项目,900,2022-03-01", "2,周口绿野食品有限公司,乙项目,900,2022-03-01"]
    header = "序号,企业名称,项目名称,总投资（万元）,签约时间"
    for title, county in (("鹿邑县招商引资签约项目表", None), ("招商引资签约项目表", "411628")):
        assert all(row.get("investor_name") is None for row in read(title, header, *rows, county=county))


def test_beside_the_investor_a_registered_company_is_the_projects() -> None:
    header = "序号,投资方,项目名称,总投资（万元）,企业名称,注册时间"
    (row,) = read("外资项目表", header, "1,香港嘉禾集团,灯具项目,900,清河口嘉禾照明有限公司,2016-05-04")
    assert row["investor_name"] == "香港嘉禾集团"
    assert row["project_company"] == "清河口嘉禾照明有限公司"


def test_what_is_done_after_the_years_plan_is_investment() -> None:
    header = "序号,项目名称,总投资（万元）,年度计划投资（万元）,本年累计完成（万元）,完成率,本月完成（万元）,累计完成（万元）"
    first, second = read(
        "2022年6月重点项目进度表", header, "1,甲厂,9000,3000,1000,33%,200,4000", "2,乙厂,8000,2000,500,25%,100,500"
    )
    assert first["investment_done_ytd_cny"] == 10_000_000
    assert first["investment_done_month_cny"] == 2_000_000
    assert first["investment_done_cumulative_cny"] == 40_000_000
    assert second["investment_done_cumulative_cny"] == 5_000_000


def test_what_is_done_after_anything_else_stays_open() -> None:
    header = "序号,项目名称,总投资（万元）,到位资金目标（万元）,本月完成（万元）"
    (row,) = read("2022年6月重点项目进度表", header, "1,甲厂,9000,3000,1000")
    assert row.get("investment_done_month_cny") is None


def test_shares_done_are_no_amounts() -> None:
    header = "序号,项目名称,年度计划投资（万元）,本年累计完成"
    (row,) = read("2022年6月重点项目进度表（单位：万元）", header, "1,甲厂,3000,33%")
    assert row.get("investment_done_ytd_cny") is None


def test_all_that_is_done_is_no_cumulative_where_the_year_exceeds_it() -> None:
    header = "序号,项目名称,年度计划投资（万元）,本年完成投资（万元）,累计完成（万元）"
    (row,) = read("2022年6月重点项目进度表", header, "1,甲厂,3000,1000,900")
    assert row.get("investment_done_cumulative_cny") is None


def test_planned_investment_beside_the_years_plan_is_the_whole() -> None:
    header = "序号,项目名称,计划投资（亿元）,2022年计划投资（万元）,形象进度"
    (row,) = read("2022年重点项目表", header, "1,甲厂,1.2,3000,打桩")
    assert row["total_investment_cny"] == 120_000_000
    assert row["investment_plan_year_cny"] == 30_000_000
    (row,) = read("2022年重点项目表", header, "1,甲厂,0.2,3000,打桩")
    assert row.get("total_investment_cny") is None


def test_planned_investment_of_projects_in_talks_is_the_whole_and_of_works_stays_open() -> None:
    header = "序号,项目名称,投资方,计划投资（亿元）"
    (row,) = read("在谈项目表", header, "1,甲厂,A公司,1.2")
    assert row["total_investment_cny"] == 120_000_000
    (row,) = read("在谈项目表", header + ",本月完成投资（万元）", "1,甲厂,A公司,1.2,30")
    assert row.get("total_investment_cny") is None


def test_offices_answer_where_no_other_column_names_one() -> None:
    header = "序号,项目名称,投资方,主管部门"
    (row,) = read("项目表", header, "1,甲厂,A公司,县工信局")
    assert row["responsible_unit"] == "县工信局"
    (row,) = read("项目表", header + ",责任单位", "1,甲厂,A公司,县工信局,县商务局")
    assert row["responsible_unit"] == "县商务局"
    (row,) = read("项目表", header, "1,甲厂,A公司,正在研究")
    assert row.get("responsible_unit") is None


def test_the_office_tied_to_a_leader_and_the_contact_behind_it() -> None:
    header = "序号,项目名称,联系领导,联系单位,联系人,联系电话"
    (row,) = read("领导联系项目表", header, "1,甲厂,张某,县工信局,李某,138****1234")
    assert (row["responsible_unit"], row["responsible_person"]) == ("县工信局", "李某")
    (row,) = read("项目表", "序号,项目名称,投资方,联系人,责任单位", "1,甲厂,A公司,李某,县工信局")
    assert row.get("responsible_person") is None


def test_a_contact_beside_the_investors_own_contact_is_ours() -> None:
    header = "序号,项目名称,投资方,投资方联系人,建设地点,联系人"
    (row,) = read("项目表", header, "1,甲厂,A公司,王某,城关镇,李某")
    assert row["responsible_person"] == "李某"
    (row,) = read("项目表", "序号,项目名称,企业负责人,投资方,联系人", "1,甲厂,王某,A公司,李某")
    assert row.get("responsible_person") is None


def test_the_office_that_attracted_stands_beside_the_one_that_answers() -> None:
    (row,) = read("项目表", "序号,项目名称,招商部门,责任单位", "1,甲厂,县总工会,县工信局")
    assert (row["introducing_unit"], row["responsible_unit"]) == ("县总工会", "县工信局")


def test_funds_attracted_in_several_times_beside_the_contract_arrived() -> None:
    header = "序号,项目名称,合同引资（万元）,累计引进资金（万元）,本年引进资金（万元）"
    (row,) = read("2013年8月引资项目表", header, "1,甲厂,9000,3000,1000")
    assert row["funds_arrived_cumulative_cny"] == 30_000_000
    assert row["funds_arrived_ytd_cny"] == 10_000_000
    (row,) = read("引资项目表", "序号,项目名称,合同引资（万元）,累计引进资金（万元）", "1,甲厂,9000,3000")
    assert row.get("funds_arrived_cumulative_cny") is None


def test_outside_an_autonomous_region_are_other_provinces() -> None:
    header = "序号,项目名称,总投资（万元）,区外境内到位资金（万元）"
    (row,) = read("广西某县项目表", header, "1,甲厂,9000,3000")
    assert row["funds_arrived_cumulative_other_province_cny"] == 30_000_000
    (row,) = read("项目表", header, "1,甲厂,9000,3000", county="450123")
    assert row["funds_arrived_cumulative_other_province_cny"] == 30_000_000
    (row,) = read("临江湖区项目表", header, "1,甲厂,9000,3000")
    assert row.get("funds_arrived_cumulative_other_province_cny") is None


def test_a_years_plan_before_what_was_done_and_the_sum_of_months() -> None:
    text = "\n".join(
        [
            "2022年项目投资进度表（单位：万元）,,,,,,",
            "序号,项目名称,总投资,2022年计划,2022年完成投资,,",
            ",,,,1月,2月,小计",
            "1,甲厂,9000,3000,100,200,300",
        ]
    )
    (row,) = read_ledger(text.encode(), "2022年2月.csv", LedgerSource()).rows
    assert row.fields["investment_plan_year_cny"] == 30_000_000
    assert row.fields["investment_done_ytd_cny"] == 3_000_000


def test_a_dash_beside_ticks_marks_nothing() -> None:
    header = "序号,项目名称,签约,开工,投产"
    first, second = read("项目表", header, "1,甲厂,√,√,×", "2,乙厂,√,—,×")
    assert (first["stage"], second["stage"]) == ("started", "signed")


def test_a_place_right_behind_the_investor_is_its_origin() -> None:
    (row,) = read("项目表", "序号,项目名称,投资商,所在省市,总投资（万元）", "1,甲厂,A公司,浙江杭州,900")
    assert row["investor_origin"] == "浙江杭州"
    (row,) = read("项目表", "序号,项目名称,投资商,所在地,总投资（万元）", "1,甲厂,A公司,城关镇李家村,900")
    assert row.get("investor_origin") is None
    (row,) = read("项目表", "序号,项目名称,所在省市,投资商,总投资（万元）", "1,甲厂,浙江杭州,A公司,900")
    assert row.get("investor_origin") is None


def test_an_origin_that_is_only_foreign_or_provincial_is_the_kind_of_capital_and_a_place_is_none() -> None:
    header = "序号,投资方,项目名称,总投资（万元）,签约时间,资金来源地"
    firms = ("1,杭州恒泰食品有限公司,面粉项目,32000,2022-03-01", "2,香港绿野有限公司,铸件项目,15000,2022-04-02")
    kinds = read("清河口县签约项目表", header, f"{firms[0]},省外", f"{firms[1]},外资")
    assert [row.get("capital_origin") for row in kinds] == ["省外", "外资"]
    assert all(row.get("investor_origin") is None for row in kinds)
    places = read("清河口县签约项目表", header, f"{firms[0]},省外", f"{firms[1]},香港")
    assert [row.get("investor_origin") for row in places] == ["省外", "香港"]
    beside = read("清河口县签约项目表", f"{header},内外资", f"{firms[0]},省外,内资", f"{firms[1]},境外,外资")
    assert [(row["investor_origin"], row["capital_origin"]) for row in beside] == [("省外", "内资"), ("境外", "外资")]


def test_days_of_agreements_are_signings_and_terms_are_none() -> None:
    (row,) = read("签约项目表", "序号,项目名称,投资方,协议时间", "1,甲厂,A公司,2016年12月9日")
    assert str(row["signed_on"]) == "2016-12-09"
    (row,) = read("签约项目表", "序号,项目名称,投资方,协议时间", "1,甲厂,A公司,3年")
    assert row.get("signed_on") is None


def test_the_month_so_far_beside_a_part_of_it() -> None:
    lines = ["2014年8月旬报,,,,", "序号,项目名称,完成投资（万元）,,", ",,本旬,本月累计,本年累计", "1,甲厂,20,50,300"]
    (row,) = read_ledger("\n".join(lines).encode(), "旬报.csv", LedgerSource()).rows
    assert row.fields["investment_done_month_cny"] == 500_000
    assert row.fields["investment_done_ytd_cny"] == 3_000_000


def test_the_part_from_other_provinces_of_what_came_from_outside_the_city() -> None:
    header = "序号,项目名称,本年实际到位市外资金（万元）,其中：省外,累计到位市外资金（万元）"
    (row,) = read("2012年12月到位资金表（单位：万元）", header, "1,甲厂,900,300,1200")
    assert row["funds_arrived_ytd_other_province_cny"] == 3_000_000
    assert row.get("funds_arrived_ytd_cny") is None


def test_a_heading_of_events_over_stages_is_the_stage() -> None:
    header = "序号,项目名称,投资方,开工竣工情况"
    first, second = read("项目表", header, "1,甲厂,A公司,已开工", "2,乙厂,B公司,建成投产")
    assert (first["stage"], second["stage"]) == ("started", "in_production")


def test_a_quarter_is_not_the_year_so_far_where_the_month_is_not_known() -> None:
    header = "序号,项目名称,一季度完成投资（万元）,今年累计完成投资（万元）"
    (row,) = read("重点项目表", header, "1,甲厂,300,800")
    assert row["investment_done_ytd_cny"] == 8_000_000


def test_letters_number_columns_behind_figures_too() -> None:
    lines = ["序号,项目名称,总投资（万元）,责任单位", "甲,乙,1,丙", "1,甲厂,900,县工信局", "2,乙厂,800,县工信局"]
    rows = list(read_ledger("\n".join(lines).encode(), "台账.csv", LedgerSource()).rows)
    assert [row.fields["project_name"] for row in rows] == ["甲厂", "乙厂"]


def test_heads_of_problems_and_of_who_solves_them() -> None:
    lines = [
        "序号,项目名称,存在困难及需协调事项,,,,项目责任,",
        ",,困难问题,解决措施,解决时限,责任单位,县级领导,责任单位",
        "1,甲厂,缺电,架设专线,2024年5月1日,供电公司,张某,县工信局",
    ]
    (row,) = read_ledger("\n".join(lines).encode(), "台账.csv", LedgerSource()).rows
    assert row.fields["problem"] == "缺电"
    assert row.fields["measure"] == "架设专线"
    assert row.fields["problem_owner"] == "供电公司"
    assert row.fields["responsible_unit"] == "县工信局"


def test_what_came_in_past_years_is_not_all_that_came() -> None:
    header = "序号,项目名称,历年到位（万元）,本年到位（万元）,累计到位（万元）"
    (row,) = read("2019年9月到位资金表", header, "1,甲厂,300,500,800")
    assert row["funds_arrived_cumulative_cny"] == 8_000_000
    (row,) = read("2019年9月到位资金表", "序号,项目名称,历年累计到位（万元）,本年到位（万元）", "1,甲厂,300,500")
    assert row["funds_arrived_cumulative_cny"] == 3_000_000
    (row,) = read("2019年9月到位资金表", "序号,项目名称,历年到位（万元）,本年到位（万元）", "1,甲厂,300,500")
    assert row.get("funds_arrived_cumulative_cny") is None
    assert row["funds_arrived_ytd_cny"] == 5_000_000


def test_a_mere_class_is_told_by_its_cells() -> None:
    header = "序号,项目名称,投资方,项目性质"
    first, second = read("项目表", header, "1,甲厂,A公司,新建", "2,乙厂,B公司,续建")
    assert (first["construction_nature"], second["construction_nature"]) == ("新建", "续建")
    first, second = read("项目表", header, "1,甲厂,A公司,新建", "2,乙厂,B公司,民营")
    assert first.get("construction_nature") is None


def test_how_a_company_is_set_up_is_told_by_its_cells() -> None:
    header = "序号,项目名称,投资方,设立方式"
    first, second = read("项目表", header, "1,甲厂,A公司,新设", "2,乙厂,B公司,并购")
    assert (first["investment_form"], second["investment_form"]) == ("新设", "并购")


def test_where_a_stalled_project_stands_and_why_one_ends() -> None:
    header = "序号,项目名称,签约时间,停滞阶段,退出原因"
    (row,) = read("停滞项目表", header, "1,甲厂,2022-03-01,在建,资金断裂")
    assert row["stage"] == "started"
    assert row["problem"] == "资金断裂"


def test_what_was_invested_is_not_what_the_project_is_to_cost() -> None:
    lines = [
        "序号,项目名称,计划,,实际,",
        ",,开工时间,投资额（万元）,开工时间,投资额（万元）",
        "1,甲厂,2023-04-01,900,2023-05-02,700",
    ]
    (row,) = read_ledger("\n".join(lines).encode(), "台账.csv", LedgerSource()).rows
    assert row.fields.get("total_investment_cny") is None
    assert str(row.fields["started_on"]) == "2023-05-02"


def test_a_part_does_not_outdo_its_whole() -> None:
    header = "序号,项目名称,签约金额（亿元）,其中引进资金（亿元）"
    (row,) = read("签约项目表", header, "1,甲厂,5,3")
    assert row["contract_amount_cny"] == 500_000_000


def test_foreign_money_beside_other_parts_of_one_sum_is_a_part_in_yuan_without_a_unit_too() -> None:
    header = "序号,项目名称,累计到位资金,累计到位资金\n,,省内,外资"
    (row,) = read("项目表", header, "1,甲厂,1亿元,2000万元")
    assert row["funds_arrived_cumulative_same_province_cny"] == 100_000_000
    assert row["funds_arrived_cumulative_foreign_cny"] == 20_000_000


def test_a_plan_of_nothing_but_figures_is_no_measure() -> None:
    header = "序号,项目名称,总投资（万元）,下月计划,责任单位"
    first, _ = read("清河口县项目调度表", header, "1,面粉深加工项目,32000,500,商务局", "2,铸件项目,15000,300,商务局")
    assert first.get("measure") is None
    first, _ = read(
        "清河口县项目调度表", header, "1,面粉深加工项目,32000,完成桩基,商务局", "2,铸件项目,15000,300,商务局"
    )
    assert first["measure"] == "完成桩基"


def test_a_title_of_done_investment_says_what_was_planned_and_done_where_the_time_is_told() -> None:
    (row,) = read(
        "2026年重点项目投资完成情况（万元）",
        "项目名称,总投资,年度计划,1月完成,1-2月完成,完成",
        "甲项目,25000,12000,750,1650,1650",
    )
    assert row["investment_plan_year_cny"] == 120_000_000
    # 1-2月 says that the ledger is of February: what was done in January is none of that month.
    assert row.get("investment_done_month_cny") is None
    assert row["investment_done_ytd_cny"] == 16_500_000
    assert "investment_done_cumulative_cny" not in row


def test_a_title_of_funds_leaves_what_is_done_open() -> None:
    (row,) = read(
        "2026年项目投资完成及资金到位情况（万元）", "项目名称,总投资,年度计划,1月完成", "甲项目,25000,12000,750"
    )
    assert not any(field.startswith("investment_") for field in row)
