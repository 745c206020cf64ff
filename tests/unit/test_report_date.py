"""Report dates: source configuration, filing line, title, file name, in that order; a month means its last day."""

from __future__ import annotations

import datetime as dt

import pytest

from ingest.ledgers.ledger_source import ReportDateRule
from ingest.ledgers.report_date import report_date


def dated(
    *titles: str, name: str = "台账.xlsx", rule: ReportDateRule | None = None, headers: tuple[str, ...] = ()
) -> tuple[str | None, str | None, str | None]:
    found = report_date(rule=rule, titles=titles, filing_lines=titles, file_name=name, headers=headers)
    return (
        found.date.isoformat() if found.date else None,
        found.basis,
        found.month.strftime("%Y-%m") if found.month else None,
    )


@pytest.mark.parametrize(
    ("title", "date"),
    [
        ("2026年6月清丰县招商引资项目台账", "2026-06-30"),
        ("清丰县招商项目台账（截至2026年6月底）", "2026-06-30"),
        ("清丰县2026年1—6月招商引资项目情况表", "2026-06-30"),
        ("2026年1月至6月签约项目", "2026-06-30"),
        ("2026.06招商台账", "2026-06-30"),
        ("台账202606", "2026-06-30"),
        ("台账20260625", "2026-06-25"),
        ("2026年上半年招商引资项目进展", "2026-06-30"),
        ("2026年二季度开工项目", "2026-06-30"),
        ("2026年前三季度到位资金", "2026-09-30"),
        ("2026年第25周招商快报", "2026-06-21"),
        ("2026-06-01至2026-06-30县（市）区新开工重点项目一览表", "2026-06-30"),
        ("2026年6月1日至2026年6月30日外出招商情况", "2026-06-30"),
        ("二〇二六年六月招商引资项目台账", "2026-06-30"),
        ("２０２６年６月招商引资项目台账", "2026-06-30"),
        ("2026年6月中旬项目进展", "2026-06-20"),
        ("2024年以来签约项目台账（截止2026年6月30日）", "2026-06-30"),
        ("2026年2月台账", "2026-02-28"),
        ("2026年12月台账", "2026-12-31"),
    ],
)
def test_title_gives_the_date(title: str, date: str) -> None:
    found, basis, month = dated(title)
    assert (found, basis, month) == (date, "title", date[:7])


@pytest.mark.parametrize(
    "title", ["招商引资项目台账", "2026年招商引资项目台账", "亿元以上项目一览表", "2024-2026年项目库"]
)
def test_a_year_alone_dates_nothing(title: str) -> None:
    assert dated(title) == (None, None, None)


def test_filing_line_wins_over_the_title_which_tells_the_month() -> None:
    lines = ("2026年6月招商引资项目台账", "填报单位（盖章）：清丰县商务局  填报时间：2026年7月5日")
    assert dated(*lines) == ("2026-07-05", "filing_line", "2026-06")


@pytest.mark.parametrize(
    "line",
    [
        "上报日期：2026年7月3日 统计期：2026年6月",
        "统计期间：2026年6月  填报日期：2026年7月3日",
        "报表所属期：2026年1—6月 填报时间 2026.7.3",
    ],
)
def test_a_line_states_the_day_of_filing_and_the_month_reported(line: str) -> None:
    assert dated("清丰县招商项目台账", line) == ("2026-07-03", "filing_line", "2026-06")


def test_a_day_of_filing_needs_no_colon() -> None:
    assert dated("2026年6月清丰县招商项目台账", "县商务局 填报日期 2026.7.3") == (
        "2026-07-03",
        "filing_line",
        "2026-06",
    )


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("导出时间：2026-07-03 09:12:33", "2026-07-03"),
        ("填报时间：2026-7-1 12:30", "2026-07-01"),
        ("打印时间：2026/7/31 8:05", "2026-07-31"),
        ("制表时间：2026年7月3日 16：20", "2026-07-03"),
    ],
)
def test_the_hour_a_system_prints_is_no_part_of_the_day(line: str, date: str) -> None:
    assert dated("清丰县招商项目台账", line)[:2] == (date, "filing_line")


@pytest.mark.parametrize(
    "name",
    ["台账20260703091233.xlsx", "台账202607030912.csv", "台账 2026-07-03 09-12-33.xls", "export_20260703_1230.xlsx"],
)
def test_the_hour_in_a_file_name_is_no_part_of_the_day(name: str) -> None:
    assert dated(name=name) == ("2026-07-03", "file_name", "2026-07")


def test_filing_line_alone_reports_its_own_month() -> None:
    assert dated("招商台账", "填报时间：2026.6.28") == ("2026-06-28", "filing_line", "2026-06")


def test_filing_line_with_headers_of_one_month_reports_that_month() -> None:
    headers = ("项目名称", "1-6月到位资金", "6月到位资金")
    assert dated("招商台账", "填报日期：2026年7月3日", headers=headers) == ("2026-07-03", "filing_line", "2026-06")


def test_empty_filing_line_is_passed_over() -> None:
    assert dated("2026年6月台账", "填报单位(盖章)： 填报时间：    年  月  日") == ("2026-06-30", "title", "2026-06")


def test_file_name_is_the_last_resort() -> None:
    assert dated("招商台账", name="报送/清丰县台账202605.xls") == ("2026-05-31", "file_name", "2026-05")
    assert dated("招商台账", name="2026年/清丰县（5月份）.xls") == (None, None, None)
    assert dated("招商台账", name="2026年清丰县（5月份）.xls") == ("2026-05-31", "file_name", "2026-05")


def test_year_of_the_title_completes_a_month_of_the_file_name() -> None:
    assert dated("2026年招商引资项目台账", name="清丰县（6月份）.xlsx") == ("2026-06-30", "file_name", "2026-06")


def test_configuration_wins_over_everything() -> None:
    fixed = ReportDateRule(fixed=dt.date(2026, 3, 31))
    assert dated("2026年6月台账", rule=fixed) == ("2026-03-31", "source", "2026-03")
    by_name = ReportDateRule(file_name_pattern=r"(?P<year>\d\d)(?P<month>\d\d)期")
    assert dated("2026年6月台账", name="2605期.xls", rule=by_name) == ("2026-05-31", "source", "2026-05")
    assert dated("2026年6月台账", name="别的.xls", rule=by_name) == ("2026-06-30", "title", "2026-06")


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("inbox/ledgers/411723/重点项目202611.csv", "2026-11-30"),
        ("202611/台账.csv", "2026-11-30"),
        ("ledgers/411723/台账.csv", None),
        ("ledgers/411012/台账.csv", None),
        ("台账202623.csv", None),
    ],
)
def test_the_folder_of_a_county_is_no_date(name: str, date: str | None) -> None:
    rule = ReportDateRule(file_name_pattern=r"(?P<year>\d{4})(?P<month>\d{2})")
    assert dated("招商引资项目台账", name=name, rule=rule)[0] == date


@pytest.mark.parametrize("pattern", ["(", r"(?P<year>\d+)"])
def test_useless_patterns_are_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"正则|命名组"):
        ReportDateRule(file_name_pattern=pattern)
