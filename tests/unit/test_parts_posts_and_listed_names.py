"""Parts beside their wholes, leaders named by their posts, several names in one cell, and lists of projects that tell of problems too."""

from __future__ import annotations

from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_ledger

TITLE = "清河口县2024年招商引资项目台账"


def reading_of(title: str, *lines: str) -> LedgerReading:
    width = lines[0].count(",")
    text = "\n".join([title + "," * width, *lines])
    return read_ledger(text.encode(), "台账.csv", LedgerSource(None))


def read(title: str, *lines: str) -> list[dict[str, object]]:
    return [dict(row.fields) for row in reading_of(title, *lines).rows]


def test_a_part_behind_the_years_figure_is_of_the_year() -> None:
    header = "序号,项目名称,历年累计到资（万元）,本年累计到资（万元）,其中：省外到资（万元）"
    (row,) = read(TITLE, header, "1,面粉深加工项目,9000,3000,1200")
    assert row["funds_arrived_ytd_other_province_cny"] == 12_000_000
    assert row.get("funds_arrived_cumulative_other_province_cny") is None


def test_a_group_that_is_a_part_is_read_below_the_group_before_it() -> None:
    upper = "序号,项目名称,到位资金（万元）,,其中省外资金（万元）,"
    (row,) = read(TITLE, upper, ",,本年,9月,本年,9月", "1,面粉深加工项目,3000,400,1200,100")
    assert row["funds_arrived_ytd_cny"] == 30_000_000
    assert row["funds_arrived_ytd_other_province_cny"] == 12_000_000
    assert row["funds_arrived_month_other_province_cny"] == 1_000_000


def test_foreign_funds_beside_parts_without_a_unit_are_counted_in_yuan() -> None:
    header = "序号,项目名称,省外到位资金（本年度）,省内市外到位资金（本年度）,外资到位（本年度）"
    (row,) = read(TITLE, header, "1,面粉深加工项目,1.2亿元,3000万元,800万元")
    assert row["funds_arrived_ytd_foreign_cny"] == 8_000_000


def test_the_highest_post_answers_where_no_leader_is_named() -> None:
    header = "序号,项目名称,总投资（万元）,专班组长,链长,分管局长"
    (row,) = read(TITLE, header, "1,面粉深加工项目,9000,李某某,王某某,赵某某")
    assert row["responsible_leader"] == "王某某"
    (row,) = read(TITLE, header + ",包联领导", "1,面粉深加工项目,9000,李某某,王某某,赵某某,孙某某")
    assert row["responsible_leader"] == "孙某某"


def test_offices_below_a_post_are_no_leaders() -> None:
    (row,) = read(TITLE, "序号,项目名称,总投资（万元）,链长", "1,面粉深加工项目,9000,县工信局")
    assert row.get("responsible_leader") is None


def test_names_parted_by_a_space_stay_apart_and_a_spaced_name_is_one() -> None:
    header = "序号,项目名称,总投资（万元）,包联领导,责任单位"
    first, second = read(
        TITLE, header, "1,面粉深加工项目,9000,王某某 赵某某,县商务局 县财政局", "2,铸件项目,800,王 某,县商务局"
    )
    assert first["responsible_leader"] == "王某某、赵某某"
    assert first["responsible_unit"] == "县商务局、县财政局"
    assert second["responsible_leader"] == "王某"


def test_the_column_of_a_person_keeps_it_from_an_offices_bracket() -> None:
    header = "序号,项目名称,总投资（万元）,包联单位（负责人）,项目负责人（手机）"
    (row,) = read(TITLE, header, "1,面粉深加工项目,9000,县发改局（局长周某）,郑某某 138****2001")
    assert (row["responsible_unit"], row["responsible_person"]) == ("县发改局", "郑某某")


def test_projects_with_money_to_come_are_no_list_of_problems() -> None:
    header = "序号,攻坚项目,投资方,计划投资（亿元）,攻坚责任领导,攻坚责任单位,攻坚进展,攻坚难点,攻坚措施,攻坚时限"
    line = "1,面粉深加工项目,杭州恒泰食品有限公司,1.2,王某某,县商务局,主体施工,用地指标不足,协调指标,2024-11-30"
    reading = reading_of("“百日攻坚”项目清单", header, line)
    (row,) = reading.rows
    assert row.kind == "project"
    assert (row.fields["responsible_unit"], row.fields["problem"]) == ("县商务局", "用地指标不足")


def test_lists_of_a_project_side_by_side_tell_of_it() -> None:
    header = "序号,项目名称,总投资（万元）,问题清单,措施清单,时限清单"
    (row,) = read(TITLE, header, "1,面粉深加工项目,9000,用地指标不足,协调指标,2024-11-30")
    assert (row["problem"], row["measure"], str(row["due_on"])) == ("用地指标不足", "协调指标", "2024-11-30")
    (row,) = read(TITLE, "序号,项目名称,总投资（万元）,问题清单", "1,面粉深加工项目,9000,已建")
    assert row.get("problem") is None


def test_foreign_funds_beside_the_contracts_arrived_of_it() -> None:
    header = "序号,项目名称,合同外资（万美元）,实际外资（万美元）"
    (row,) = read("利用外资项目表", header, "1,面粉深加工项目,1200,120")
    assert (row["foreign_contract_usd"], row["foreign_arrived_usd"]) == (12_000_000, 1_200_000)


def test_of_stopped_projects_the_former_contract_is_their_own() -> None:
    header = "序号,停滞项目名称,投资业主,原签约时间,停工原因"
    (row,) = read("停建缓建项目处置台账", header, "1,面粉深加工项目,杭州恒泰食品有限公司,2022-03-01,资金链断裂")
    assert str(row["signed_on"]) == "2022-03-01"


def test_since_january_is_the_year_to_date_and_a_day_is_no_month() -> None:
    header = "序号,项目名称,1月1日至今完成投资（万元）,8月31日完成投资（万元）"
    (row,) = read(TITLE, header, "1,面粉深加工项目,3000,400")
    assert row["investment_done_ytd_cny"] == 30_000_000
    assert row.get("investment_done_month_cny") is None


def test_an_investor_and_its_place_in_one_cell_are_no_place() -> None:
    (row,) = read(TITLE, "序号,项目名称,投资方及所在地", "1,面粉深加工项目,浙江宁波恒泰食品有限公司")
    assert row.get("investor_origin") is None
    (row,) = read(TITLE, "序号,项目名称,投资方所在地", "1,面粉深加工项目,浙江宁波")
    assert row["investor_origin"] == "浙江宁波"


def test_a_telephone_behind_a_leaders_name_is_no_part_of_it() -> None:
    header = "序号,项目名称,总投资（万元）,包联领导"
    first, second = read(TITLE, header, "1,面粉深加工项目,9000,王某某138****2222", "2,铸件项目,800,李某某")
    assert (first["responsible_leader"], first["contact_phone"]) == ("王某某", "138****2222")
    assert (second["responsible_leader"], second.get("contact_phone")) == ("李某某", None)


def test_a_day_of_signing_may_say_what_was_signed() -> None:
    header = "序号,项目名称,总投资（万元）,签约时间"
    (row,) = read(TITLE, header, "1,面粉深加工项目,≈9000,2025年3月5日（框架）")
    assert (str(row["signed_on"]), row["total_investment_cny"]) == ("2025-03-05", 90_000_000)


def test_persons_below_an_office_are_its_own() -> None:
    upper = "序号,项目名称,总投资（万元）,项目责任单位,,"
    (row,) = read(TITLE, upper, ",,,名称,联系人,联系电话", "1,面粉深加工项目,9000,县商务局,王某某,138****2222")
    assert (row["responsible_unit"], row["responsible_person"]) == ("县商务局", "王某某")
