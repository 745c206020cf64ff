"""Records over several lines whose cells are merged no more: left blank, or filled again in every line."""

from __future__ import annotations

from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_ledger


def read(*lines: str) -> LedgerReading:
    return read_ledger("\n".join(("招商项目台账（单位：万元）", *lines)).encode(), "台账.csv", LedgerSource())


def test_lines_of_persons_below_a_name_told_once_are_no_projects_without_names() -> None:
    reading = read(
        "项目名称,总投资,联系人,联系电话,责任单位",
        "甲园区电池项目,5000,王某某,138****0001,县工信局",
        ",,李某某,139****0002,",
        "乙园区食品项目,800,赵某某,137****0003,县商务局",
    )
    first, second = reading.rows
    assert (first.status, second.status) == ("accepted", "accepted")
    assert first.fields["contact_phone"] == "138****0001；139****0002"
    assert reading.rows_furniture == 3


def test_lines_of_agreements_below_a_name_told_once_go_on_with_it() -> None:
    reading = read(
        "序号,项目名称,总投资,协议名称,签订时间",
        "1,甲园区电池项目,5000,框架协议,2023.4.15",
        ",,,投资合同,2023.7.14",
        "2,乙园区食品项目,800,投资合同,2023.8.1",
    )
    assert [row.status for row in reading.rows] == ["accepted", "accepted"]
    assert next(iter(reading.rows)).fields.get("signed_on") is None


def test_a_line_that_tells_of_money_or_of_an_investor_stays_a_project_without_a_name() -> None:
    reading = read(
        "项目名称,投资方,签约时间,进展情况,总投资",
        "甲园区电池项目,深圳甲公司,2023.4.15,基础施工,5000",
        ",温州乙公司,2023.7.14,主体施工,",
        "丙园区食品项目,县丙公司,2023.8.1,已签约,800",
    )
    assert [row.status for row in reading.rows] == ["accepted", "rejected", "accepted"]


def test_a_project_told_again_for_each_of_its_problems_is_one() -> None:
    """It had been read twice, and its total counted twice."""
    reading = read(
        "序号,项目名称,总投资,存在问题,解决措施",
        "1,甲园区电池项目,5000,用地指标未落实,协调自然资源局",
        "1,甲园区电池项目,5000,管网未接通,协调住建局",
        "2,乙园区食品项目,800,融资困难,对接银行",
    )
    first, second = reading.rows
    assert first.fields["problem"] == "用地指标未落实；管网未接通"
    assert second.fields["project_name"] == "乙园区食品项目"


def test_rows_of_one_name_with_numbers_or_figures_of_their_own_stay_two() -> None:
    for second in ("2,甲园区电池项目,5000,管网未接通", "1,甲园区电池项目,3000,管网未接通"):
        reading = read("序号,项目名称,总投资,存在问题", "1,甲园区电池项目,5000,用地指标未落实", second)
        assert len(list(reading.rows)) == 2


def test_funds_of_a_project_told_again_for_each_investor_are_rejected_and_not_counted_twice() -> None:
    reading = read(
        "序号,项目名称,总投资,投资方,累计到位资金",
        "1,甲园区电池项目,5000,深圳甲公司,300",
        "1,甲园区电池项目,5000,县城投公司,200",
        "2,乙园区食品项目,800,温州乙公司,50",
    )
    assert [(row.status, [one.code for one in row.reasons]) for row in reading.rows] == [
        ("rejected", ["several_values"]),
        ("accepted", []),
    ]


def test_phases_under_one_number_and_total_are_one_project() -> None:
    reading = read(
        "序号,项目名称,总投资,建设分期,建设内容",
        "1,甲园区电池项目,5000,一期,厂房一栋",
        "1,甲园区电池项目,5000,二期,厂房两栋",
        "2,乙园区食品项目,800,一期,办公楼",
    )
    assert [row.fields["project_name"] for row in reading.rows] == ["甲园区电池项目", "乙园区食品项目"]


def test_a_row_a_month_under_one_number_is_no_line_of_the_record_above() -> None:
    reading = read(
        "序号,项目名称,总投资,填报月份,累计到位资金,进展情况",
        "1,甲园区电池项目,5000,2026-04,300,基础施工",
        "1,甲园区电池项目,5000,2026-05,400,主体施工",
        "2,乙园区食品项目,800,2026-05,50,已签约",
    )
    assert [row.fields["funds_arrived_cumulative_cny"] for row in reading.rows] == [4_000_000, 500_000]


def test_lines_below_a_sum_of_their_own_belong_to_it() -> None:
    reading = read(
        "项目名称,总投资,投资方,累计到位资金",
        "甲园区电池项目,5000,合计,500",
        ",,深圳甲公司,300",
        ",,县城投公司,200",
        "乙园区食品项目,800,温州乙公司,50",
    )
    first, second = reading.rows
    assert first.fields["funds_arrived_cumulative_cny"] == 5_000_000
    assert first.fields["investor_name"] == "深圳甲公司；县城投公司"
    assert second.status == "accepted"


def test_a_project_told_again_for_each_agreement_is_one_without_a_day_of_signing() -> None:
    reading = read(
        "序号,项目名称,总投资,协议名称,签订时间",
        "1,甲园区电池项目,5000,框架协议,2023.4.15",
        "1,甲园区电池项目,5000,投资合同,2023.7.14",
        "2,乙园区食品项目,800,投资合同,2023.8.1",
    )
    assert [row.status for row in reading.rows] == ["accepted", "accepted"]
    assert next(iter(reading.rows)).extra["签订时间"] == "2023.4.15；2023.7.14"


def test_a_sum_that_bears_the_name_of_its_lines_is_no_project_beside_them() -> None:
    reading = read(
        "项目名称,总投资,投资方,累计到位资金",
        "甲园区电池项目,5000,深圳甲公司,300",
        "甲园区电池项目,5000,县城投公司,200",
        "甲园区电池项目,5000,小计,500",
        "乙园区食品项目,800,温州乙公司,50",
    )
    told = [(row.fields["total_investment_cny"], row.fields["funds_arrived_cumulative_cny"]) for row in reading.rows]
    assert told == [(50_000_000, 5_000_000), (8_000_000, 500_000)]
