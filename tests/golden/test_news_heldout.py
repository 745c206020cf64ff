"""Floors on articles written apart from the reader: other provinces, years and genres, invented companies and people.

`news_heldout.jsonl` holds text and labels under the labelling guide; a fact is found when kind, indicator or event, unit
and value (for a project its name) agree, one to one.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.news.figures import ArticleText, extract_facts
from ingest.news.news_output import article_line

ARTICLES = [json.loads(line) for line in Path(__file__).with_name("news_heldout.jsonl").read_text("utf-8").splitlines()]


def read(article: dict[str, Any]) -> list[dict[str, Any]]:
    published = date.fromisoformat(article["published"]) if article["published"] else None
    text = ArticleText(article["id"], article["title"], article["text"], published)
    facts: list[dict[str, Any]] = article_line(article["id"], extract_facts(text))["facts"]
    return facts


def is_same(gold: dict[str, Any], found: dict[str, Any]) -> bool:
    if any(gold.get(key) != found.get(key) for key in ("kind", "indicator", "event")):
        return False
    if gold["kind"] == "project":
        one, other = (fact["project_name"].removesuffix("项目") for fact in (gold, found))
        return one in other or other in one
    return bool(gold["unit"] == found["unit"] and abs(gold["value"] - found["value"]) < 0.005 * abs(gold["value"]))


def pairs() -> tuple[list[tuple[dict[str, Any], dict[str, Any]]], int, int]:
    """Matched (label, reading), the number of labels, the number of readings."""
    matched, labels, readings = [], 0, 0
    for article in ARTICLES:
        left = read(article)
        labels, readings = labels + len(article["facts"]), readings + len(left)
        for gold in article["facts"]:
            fitting = [found for found in left if is_same(gold, found)]
            if fitting:
                best = max(fitting, key=lambda found: found["region"] == gold.get("region"))
                left.remove(best)
                matched.append((gold, best))
    return matched, labels, readings


def test_precision_recall_and_attributes_stay_above_their_floors() -> None:
    matched, labels, readings = pairs()
    precision, recall = len(matched) / readings, len(matched) / labels
    assert (len(ARTICLES), labels) == (20, 133)
    assert precision >= 0.95
    assert recall >= 0.93
    assert 2 * precision * recall / (precision + recall) >= 0.94
    for keys in (("region",), ("period_start", "period_end"), ("yoy_percent",), ("threshold",), ("origin",)):
        agree = sum(all(gold.get(key) == found.get(key) for key in keys) for gold, found in matched)
        assert agree >= 0.92 * len(matched), keys


@pytest.mark.parametrize("article", [a for a in ARTICLES if not a["facts"]], ids=lambda article: article["id"])
def test_pages_without_facts_give_none(article: dict[str, Any]) -> None:
    assert read(article) == []
