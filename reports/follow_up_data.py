"""The open follow-up items of the published warehouse, as workbooks and letters print them."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

from ingest.follow_up import follow_up_wording
from ingest.home import Home
from reports.rule_names import rule_name
from warehouse.query import reading

QUERIES = Path(__file__).parent / "queries" / "follow_up"
LETTERS_FOLDER = "letters"
DRAFTS = "待批 drafts"
LEVELS = {
    "reminder": "提醒函",
    "supervision": "督办函",
    "interview": "约谈",
    "exit_review": "退出评估",
    "archive": "转入档案",
}
REASONS = {
    "same_investor_date_and_total": "投资方、签约日期、总投资都相同，不只一个对得上",
    "similar_name_same_investor": "投资方相同，名称相近",
    "similar_name_same_county": "同一县区，名称相近",
    "same_date_and_total_one_after_the_other": "签约日期、总投资相同，一个不再上报后另一个才出现，投资方未填全",
}
STATES = {
    "open": "未回复",
    "reopened": "重新立项",
    "closed": "已销号",
    **{state: follow_up_wording.word_of(state) for state in follow_up_wording.STATES},
}
Item = dict[str, Any]


def open_items(home: Home) -> list[Item]:
    """Every open item, the gravest first within its county.

    Raises:
        warehouse.query.NothingPublishedError: there is no publication yet.
    """
    return [{**item, "rule_name": item["rule_name"] or rule_name(item["rule_id"])} for item in _records(home, "items")]


def undecided_pairs(home: Home) -> list[Item]:
    """The pairs of projects that wait for a person's decision, for every county they concern; the likeliest first.

    Raises:
        warehouse.query.NothingPublishedError: there is no publication yet.
    """
    return _records(home, "candidates")


def _records(home: Home, query: str) -> list[Item]:
    with reading(home) as connection:
        answer = connection.execute((QUERIES / f"{query}.sql").read_text(encoding="utf-8"))
        names = [column[0] for column in answer.description or []]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def waiting_drafts(home: Home) -> list[Path]:
    """The letters nobody has agreed to yet."""
    return sorted((home.reports / LETTERS_FOLDER).glob(f"*/{DRAFTS}/*.docx"))


def by_county(items: list[Item]) -> dict[str, list[Item]]:
    """The items of each county code."""
    return {code: list(group) for code, group in groupby(items, key=lambda item: str(item["county_code"]))}
