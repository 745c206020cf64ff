"""Counts of classes behind a list, months that a title calls funds arrived, and this month's sum beside the last one's."""

from __future__ import annotations

from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_ledger


def read(*lines: str) -> LedgerReading:
    return read_ledger("\n".join(lines).encode(), "台账.csv", LedgerSource())


LIST = (
    "招商项目清单,,,",
    "序号,项目名称,投资额（万元）,产业",
    "1,甲园区电池项目,5000,工业",
    "2,乙园区种植项目,800,农业",
    ",,,",
)


def test_counts_by_class_behind_a_list_are_figures_and_no_rejected_projects() -> None:
    reading = read(*LIST, "按产业分类统计,,,", "产业,项目个数,投资额（万元）,占比", "工业,1,5000,86%", "农业,1,800,14%")
    assert [(row.kind, row.status) for row in reading.rows] == [("project", "accepted")] * 2 + [
        ("summary", "accepted")
    ] * 2


def test_a_second_list_that_names_no_project_stays_rejected() -> None:
    """县发改局 answers for one project: no figure of a class."""
    reading = read(*LIST, "产业,项目个数,牵头单位,联系方式", "工业,1,县发改局,无", "农业,1,县农业局,无")
    assert [row.status for row in reading.rows] == ["accepted", "accepted", "rejected", "rejected"]


def test_months_below_a_title_of_funds_arrived_are_funds_arrived() -> None:
    """The file had been refused as of another business."""
    reading = read(
        "2024年一季度到位资金分月统计表（单位：万元）,,,,,,",
        "序号,项目名称,总投资,1月,2月,3月,一季度累计",
        "1,甲园区电池项目,5000,100,150,200,450",
        "2,乙园区食品项目,800,10,20,30,60",
    )
    first = next(iter(reading.rows))
    assert first.fields["funds_arrived_ytd_cny"] == 4_500_000
    assert first.fields["funds_arrived_month_cny"] == 2_000_000


def test_months_below_a_title_of_subsidies_stay_open() -> None:
    reading = read(
        "2024年招商项目补助资金到位情况表（单位：万元）,,,,",
        "序号,项目名称,投资方,总投资,1月",
        "1,甲园区电池项目,深圳甲公司,5000,100",
        "2,乙园区食品项目,温州乙公司,800,10",
    )
    assert all(row.fields.get("funds_arrived_month_cny") is None for row in reading.rows)


def compared(*rows: str) -> LedgerReading:
    return read(
        "到位资金月度对比表（单位：万元）,,,,,,",
        "序号,项目名称,投资方,累计到位资金,累计到位资金,累计到位资金,备注",
        ",,,上月,本月,增减,",
        *rows,
    )


def test_this_month_below_a_cumulative_beside_the_last_is_how_it_stands() -> None:
    reading = compared("1,甲园区电池项目,深圳甲公司,300,450,150,", "2,乙园区食品项目,温州乙公司,60,60,0,")
    assert [row.fields["funds_arrived_cumulative_cny"] for row in reading.rows] == [4_500_000, 600_000]


def test_this_month_that_falls_below_the_last_is_left_open() -> None:
    reading = compared("1,甲园区电池项目,深圳甲公司,300,45,,", "2,乙园区食品项目,温州乙公司,60,20,,")
    assert all(row.fields.get("funds_arrived_cumulative_cny") is None for row in reading.rows)


def test_the_whole_year_behind_its_quarters_is_their_sum() -> None:
    reading = read(
        "招商项目到位资金表（单位：万元）,,,,,,",
        "序号,项目名称,到位资金,到位资金,到位资金,到位资金,到位资金",
        ",,一季度,二季度,三季度,四季度,全年合计",
        "1,甲园区电池项目,100,200,300,400,1000",
        "2,乙园区食品项目,10,20,30,40,100",
    )
    assert [row.fields["funds_arrived_ytd_cny"] for row in reading.rows] == [10_000_000, 1_000_000]
