"""What `luodi ledger read` prints for a person, at the widths of real terminals."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from ingest.ledgers.ledger import LedgerSource, read_ledger
from ingest.ledgers.ledger_printing import print_reading

HEADER = "项目名称,总投资（万元）,累计到位资金（万元）其中：省外资金,签约时间,怪列"


def printed(rows: list[str], width: int) -> str:
    text = "\n".join(["2026年6月招商引资项目台账,,,,", HEADER, *rows])
    target = io.StringIO()
    console = Console(file=target, width=width)
    print_reading(read_ledger(text.encode(), "台账.csv", LedgerSource()), "台账.csv", console)
    return target.getvalue()


@pytest.mark.parametrize("width", [80, 100, 160])
def test_names_of_fields_are_never_broken(width: int) -> None:
    shown = printed(["甲厂项目,100,20,2026-03-01,无"], width)
    assert "funds_arrived_cumulative_other_province_cny" in shown
    assert "total_investment_cny" in shown
    assert "万元 列 leaf" in shown


def test_one_reason_for_many_rows_is_said_once_with_all_its_rows() -> None:
    rows = [f"{name}厂项目,若干,,2026-03-01," for name in "甲乙丙丁戊"]
    rows.insert(3, "己厂项目,100,,2026-03-01,")
    shown = printed(rows, 80)
    assert shown.count("not_an_amount") == 1
    assert "第 3–5、7–8 行" in shown
    assert "“若干”" in shown


def test_no_more_than_three_of_many_raw_texts_are_shown() -> None:
    rows = [f"{name}厂项目,若干{number},,2026-03-01," for number, name in enumerate("甲乙丙丁戊")]
    shown = printed(rows, 120)
    assert "“若干2” …" in shown
    assert "“若干3”" not in shown


def test_a_form_without_a_header_row_says_so() -> None:
    lines = [
        "截至2026年10月31日项目进度,,",
        "项目名称,甲绣织造,乙能装备",
        "签约日期,2025-06-01,2026-01-05",
        "总投资（万元）,1800,600",
    ]
    target = io.StringIO()
    reading = read_ledger("\n".join(lines).encode(), "进度.csv", LedgerSource())
    assert reading.rows_accepted == 2
    print_reading(reading, "进度.csv", Console(file=target, width=160))
    assert "表头不成行" in target.getvalue()
    assert "接受 accepted 2  退回 rejected 0" in target.getvalue()


def test_a_reason_of_a_whole_row_names_no_empty_column() -> None:
    lines = ["2026年6月招商引资项目台账,", "行标签,计数项:项目名称", "县工信局,3"]
    target = io.StringIO()
    print_reading(read_ledger("\n".join(lines).encode(), "透视.csv", LedgerSource()), "透视.csv", Console(file=target))
    assert "no_project_column" in target.getvalue()
    assert "“”" not in target.getvalue()
    assert "row, :" not in target.getvalue()


def test_how_a_date_is_known_is_said_also_where_the_headers_tell_it() -> None:
    text = "2026年项目调度表,,\n项目名称,总投资（万元）,1-8月完成投资（万元）\n甲厂项目,100,20\n"
    target = io.StringIO()
    reading = read_ledger(text.encode(), "台账.csv", LedgerSource())
    print_reading(reading, "台账.csv", Console(file=target, width=100))
    assert "2026-08-31" in target.getvalue()
    assert "各列表头" in target.getvalue()
