"""Checks on project rows and articles: what is turned away, what stays, and that a second run changes nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from expectations import checked
from expectations.articles import check_new_articles
from expectations.ledger_rows import CHECKS, FAILURES, TABLE, check_new_rows
from ingest.home import Home
from ingest.lake import SCHEMAS, LakeUnreadableError, ensure_empty_partitions, partition_path, write_partition

GOOD: dict[str, Any] = {
    "county_code": "410928",
    "sheet": "台账",
    "report_date": dt.date(2026, 10, 31),
    "report_month": dt.date(2026, 10, 1),
    "project_name": "恒岚溶剂项目",
    "total_investment_cny": Decimal(560_000_000),
    "signed_on": dt.date(2025, 2, 3),
    "stage": "started",
}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path)
    ensure_empty_partitions(made.lake)
    return made


def put(home: Home, sha: str, *rows: dict[str, Any], period: str = "2026-10") -> Path:
    records = [
        {**GOOD, "row_id": f"{sha}-{number}", "file_sha256": sha, "row_number": number, **row}
        for number, row in enumerate(rows, start=1)
    ]
    path = partition_path(home.lake, TABLE, period, "410928", sha)
    write_partition(path, pa.Table.from_pylist(records, schema=SCHEMAS[TABLE]))
    return path


def failures(home: Home) -> list[tuple[str, str, str | None]]:
    paths = sorted((home.lake / FAILURES).glob("period=*/410928-*.parquet"))
    rows = [row for path in paths for row in pq.ParquetFile(path).read().to_pylist()]
    return [(row["row_id"], row["check_name"], row["raw"]) for row in rows]


def test_a_failure_names_the_header_and_the_cell_of_the_ledger(home: Home) -> None:
    put(
        home,
        "ee",
        {
            "total_investment_cny": Decimal(35_000_000_000_000),
            "raw": json.dumps({"投资额（亿元）/总投资": "35万"}, ensure_ascii=False),
        },
        {"started_on": dt.date(2062, 3, 1), "raw": json.dumps({"项目名称": "恒岚溶剂项目"}, ensure_ascii=False)},
    )
    column = {"file_sha256": "ee", "county_code": "410928", "sheet": "台账", "table_number": 1}
    columns = [
        {**column, "column_number": 1, "header": "项目名称", "field": "project_name"},
        {**column, "column_number": 2, "header": "投资额（亿元）/总投资", "field": "total_investment_cny"},
    ]
    table = pa.Table.from_pylist(columns, schema=SCHEMAS["ledger_columns"])
    write_partition(partition_path(home.lake, "ledger_columns", "2026-10", "410928", "ee"), table)
    check_new_rows(home)
    total, start = [row for path in (home.lake / FAILURES).glob("*/410928-ee.parquet") for row in rows_of(path)]
    assert (total["column_name"], total["raw"]) == ("投资额（亿元）/总投资", "35万")
    assert "35,000,000,000,000.00" in total["message"]
    assert (start["column_name"], start["raw"]) == ("started_on", "2062-03-01")  # no column states it
    assert "重新报送" in start["message"]


def rows_of(path: Path) -> list[dict[str, Any]]:
    return pq.ParquetFile(path).read().to_pylist()


def digests(folder: Path) -> dict[str, str]:
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*.parquet"))}


def test_what_is_certainly_wrong_is_named_and_what_is_only_odd_stays(home: Home) -> None:
    put(
        home,
        "aa",
        {},
        {"project_name": None},
        {"project_name": "—12"},
        {"total_investment_cny": Decimal(-5)},
        {"total_investment_cny": Decimal(35_000_000_000_000)},  # 万元 read as 亿元
        {"signed_on": dt.date(1920, 1, 1)},
        {"started_on": dt.date(2062, 3, 1)},
        # Odd, not certainly wrong: these must never lose their row.
        {"funds_arrived_cumulative_cny": Decimal(900_000_000)},
        {"stage": "signed", "started_on": dt.date(2026, 1, 1)},
        {"started_on": dt.date(2027, 3, 1)},
        {"signed_on": None, "total_investment_cny": None, "stage": None, "report_date": None},
        {"planned_production_on": dt.date(2035, 1, 1)},
        {"funds_arrived_month_cny": Decimal(-100)},
    )
    summaries = check_new_rows(home)
    assert failures(home) == [
        ("aa-2", "project_name_present", None),
        ("aa-3", "project_name_has_letters", "—12"),
        ("aa-4", "total_investment_cny_plausible", "-5.0"),
        ("aa-5", "total_investment_cny_plausible", "35000000000000.0"),
        ("aa-6", "signed_on_in_calendar", "1920-01-01"),
        ("aa-7", "started_on_not_far_ahead", "2062-03-01"),
    ]
    assert [summary["name"] for summary in summaries] == [check.name for check in CHECKS]
    assert {summary["rows_checked"] for summary in summaries} == {13}
    page = (home.reports / "checks" / "ledger_rows.html").read_text(encoding="utf-8")
    assert "http" not in page
    assert len(json.loads((home.reports / "checks" / "ledger_rows.json").read_text(encoding="utf-8"))) == len(CHECKS)


def test_checking_again_does_nothing_and_losing_the_record_gives_the_same_bytes(home: Home) -> None:
    put(home, "aa", {"project_name": None}, {})
    put(home, "bb", {}, period="2026-09")
    check_new_rows(home)
    before = digests(home.lake / FAILURES)
    assert check_new_rows(home) == []
    (home.lake / checked.FOLDER / f"{TABLE}.json").unlink()
    assert check_new_rows(home)[0]["rows_checked"] == 3
    assert digests(home.lake / FAILURES) == before


def test_a_damaged_partition_is_named_with_what_to_do(home: Home) -> None:
    path = put(home, "a", {})
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(LakeUnreadableError, match=rf"{path.name}.*下次运行会从落地文件重读"):
        check_new_rows(home)


def test_only_new_partitions_are_checked_and_a_mended_one_loses_its_failures(home: Home) -> None:
    path = put(home, "aa", {"project_name": None})
    check_new_rows(home)
    put(home, "bb", {"signed_on": dt.date(1900, 1, 1)}, {})
    assert check_new_rows(home)[0]["rows_checked"] == 2
    assert [row for row, _, _ in failures(home)] == ["aa-1", "bb-1"]
    put(home, "aa", {}, {})  # a better reader wrote the partition anew
    check_new_rows(home)
    assert [row for row, _, _ in failures(home)] == ["bb-1"]
    path.unlink()
    partition_path(home.lake, TABLE, "2026-10", "410928", "bb").unlink()
    assert check_new_rows(home) == []
    assert failures(home) == []


def test_a_lake_without_rows_is_no_error(home: Home) -> None:
    assert check_new_rows(home) == []
    assert check_new_articles(home) == []


def test_articles_and_figures_are_checked_once(home: Home) -> None:
    article = {
        "article_id": "a1",
        "status": "read",
        "title": "标题",
        "text": "正文",
        "published_on": dt.date(2026, 1, 1),
    }
    fact = {"fact_id": "f1", "article_id": "a1", "evidence": None, "value": Decimal(3)}
    for table, row in (("articles", article), ("article_facts", fact)):
        path = partition_path(home.lake, table, "2026-01", "news", "cc")
        write_partition(path, pa.Table.from_pylist([row], schema=SCHEMAS[table]))
    found = {summary["name"]: summary["success"] for summary in check_new_articles(home)}
    assert found["text_present"]
    assert not found["evidence_present"]
    assert check_new_articles(home) == []
