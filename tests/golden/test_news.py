"""The bars on labelled articles; until the bars were first met, the second part was not looked at (docs/decisions/0040).

The labelled articles and their scorer lie beside the checkout; where they aren't, there is nothing to measure.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.news.figures import ArticleText, extract_facts
from ingest.news.news_output import article_line

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
LOOKED_AT = 0.6


def halves() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The articles in the order of their ids' hashes: the first 60 % were looked at from the start."""
    path = SHARED / "news" / "dev.jsonl"
    if not path.exists():
        pytest.skip("labelled articles (../shared/news) are not beside this checkout")
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    records.sort(key=lambda record: hashlib.sha256(record["id"].encode()).hexdigest())
    cut = round(len(records) * LOOKED_AT)
    return records[:cut], records[cut:]


def score(records: list[dict[str, Any]], folder: Path) -> dict[str, Any]:
    gold, predicted = folder / "gold.jsonl", folder / "predicted.jsonl"
    gold.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
    lines = []
    for record in records:
        published = date.fromisoformat(record["published"]) if record["published"] else None
        article = ArticleText(record["id"], record["title"], record["text"], published, record["url"] or "")
        lines.append(json.dumps(article_line(record["id"], extract_facts(article)), ensure_ascii=False) + "\n")
    predicted.write_text("".join(lines), "utf-8")
    command = [sys.executable, str(SHARED / "news" / "score.py"), str(gold), str(predicted), "--json"]
    result: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return result


@pytest.mark.parametrize(("part", "precision", "f1"), [(0, 0.97, 0.97), (1, 0.90, 0.88)])
def test_the_bars_hold(part: int, precision: float, f1: float, tmp_path: Path) -> None:
    result = score(halves()[part], tmp_path)
    assert result["overall"]["precision"] >= precision
    assert result["overall"]["f1"] >= f1
    for attribute in ("region", "period_start", "period_end", "yoy", "rank", "threshold", "origin"):
        assert result["attributes"][attribute]["accuracy"] >= 0.85, attribute
    assert result["articles_without_facts"]["false_positives"] == 0


def test_the_seeds_are_read_and_quoted_verbatim() -> None:
    folder = SHARED / "seeds"
    if not folder.exists():
        pytest.skip("the five seed pages (../shared/seeds) are not beside this checkout")
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text("utf-8")
        for fact in extract_facts(ArticleText(path.stem, "", text, None)):
            assert fact.evidence in text
            assert fact.value_raw is None or fact.value_raw in fact.evidence
