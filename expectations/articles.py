"""What a read article and its facts must satisfy. Nothing is turned away: a figure that fails is shown to its maintainer."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations import checked
from expectations.check import Check
from ingest.home import Home
from ingest.lake import read_partition

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

SUITE_VERSION = "1"
ARTICLES, FACTS = "articles", "article_facts"

_EXTRACTOR = "新闻抽取维护者 maintainer of the news extractor"
_FEED = "新闻源配置维护者 maintainer of the feed's configuration"

ARTICLE_CHECKS: tuple[Check, ...] = (
    Check(
        "article_id_present",
        "ExpectColumnValuesToNotBeNull",
        {"column": "article_id"},
        "fail",
        "文章没有编号 an article without an id",
        _EXTRACTOR,
    ),
    Check(
        "text_present",
        "ExpectColumnValuesToMatchRegex",
        {"column": "text", "regex": r"\w"},
        "warn",
        "读出的正文是空的 the extracted text is empty",
        _EXTRACTOR,
    ),
    Check(
        "title_present",
        "ExpectColumnValuesToNotBeNull",
        {"column": "title", "mostly": 0.8},
        "warn",
        "两成以上文章没有标题 more than a fifth of the articles have no title",
        _FEED,
    ),
    Check(
        "published_on_plausible",
        "ExpectColumnValuesToBeBetween",
        {"column": "published_on", "min_value": dt.datetime(1995, 1, 1), "max_value": dt.datetime(2100, 1, 1)},  # noqa: DTZ001
        "warn",
        "发布日期早于1995年或晚于2100年 published before 1995 or after 2100",
        _EXTRACTOR,
    ),
)
FACT_CHECKS: tuple[Check, ...] = (
    Check(
        "evidence_present",
        "ExpectColumnValuesToNotBeNull",
        {"column": "evidence"},
        "fail",
        "数字没有出处句子 a figure without the sentence it came from",
        _EXTRACTOR,
    ),
    Check(
        "fact_id_unique",
        "ExpectColumnValuesToBeUnique",
        {"column": "fact_id"},
        "fail",
        "数字编号重复 a fact id stands twice",
        _EXTRACTOR,
    ),
    Check(
        "value_not_negative",
        "ExpectColumnValuesToBeBetween",
        {"column": "value", "min_value": 0},
        "warn",
        "数值为负 a negative value",
        _EXTRACTOR,
    ),
    Check(
        "period_in_order",
        "ExpectColumnPairValuesAToBeGreaterThanB",
        {
            "column_A": "period_end",
            "column_B": "period_start",
            "or_equal": True,
            "ignore_row_if": "either_value_is_missing",
        },
        "warn",
        "时段终点早于起点 the period ends before it starts",
        _EXTRACTOR,
    ),
)


def check_new_articles(home: Home) -> list[dict[str, Any]]:
    """Check articles and facts of partitions not yet seen; one summary a check, [] where nothing is new."""
    from expectations.page import write_page
    from expectations.suite import run_suite

    outcomes = []
    for table, checks, index in ((ARTICLES, ARTICLE_CHECKS, "article_id"), (FACTS, FACT_CHECKS, "fact_id")):
        fresh = checked.unchecked(home.lake, table, SUITE_VERSION)
        stamps = {path: checked.stamp(path) for path in fresh}
        frame = _extract(fresh, table) if fresh else None
        if frame is not None and len(frame):
            outcomes += run_suite(table, frame, checks, [index])
        checked.remember(home.lake, table, SUITE_VERSION, stamps)
    if outcomes:
        write_page(home.reports / "checks", "articles", "新闻检查 Checks on articles and figures", outcomes)
    return [outcome.summary() for outcome in outcomes]


def _extract(paths: list[Path], table: str) -> pd.DataFrame:
    import pyarrow as pa

    columns = {
        ARTICLES: ["article_id", "status", "title", "text", "published_on"],
        FACTS: ["fact_id", "article_id", "evidence", "value", "period_start", "period_end"],
    }[table]
    whole = pa.concat_tables([read_partition(path, columns) for path in paths])
    frame: pd.DataFrame = _as_floats(whole).to_pandas(date_as_object=False)
    return frame[frame["status"] == "read"] if table == ARTICLES else frame


def _as_floats(table: pa.Table) -> pa.Table:
    import pyarrow as pa

    for place, column in enumerate(table.schema):
        if pa.types.is_decimal(column.type):
            table = table.set_column(place, column.name, table.column(place).cast(pa.float64()))
    return table
