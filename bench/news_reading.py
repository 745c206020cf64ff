"""Figures from clean text, and body extraction beside trafilatura, on one core."""

from __future__ import annotations

import json
import time
from pathlib import Path

from rich.console import Console

from bench.paired import Ratio, compare
from ingest.home import CHECKOUT
from ingest.news.figures import ArticleText, extract_facts

ARTICLES_A_SECOND = 300
LABELLED = CHECKOUT.parent / "shared" / "news" / "dev.jsonl"
PAGES = CHECKOUT / "samples" / "inbox" / "news"
REPEAT = 20


def _labelled_articles() -> list[ArticleText]:
    records = (json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines())
    return [ArticleText(record["id"], record["title"] or "", record["text"]) for record in records]


def _sample_pages() -> list[tuple[Path, bytes]]:
    return [(path, path.read_bytes()) for path in sorted(PAGES.rglob("*.html"))]


def measure(console: Console) -> list[Ratio]:
    """≥ 300 articles a second a core; body extraction ≥ 10 × trafilatura."""
    import trafilatura

    from ingest.news.articles import read_page

    ratios = []
    if LABELLED.exists():
        articles = _labelled_articles() * 3
        [extract_facts(article) for article in articles]  # once before: loads the gazetteer and the grammar
        started = time.process_time()  # a core's own time: the bar is a core's
        [extract_facts(article) for article in articles]
        taken = time.process_time() - started
        allowed = len(articles) / ARTICLES_A_SECOND
        name = f"{len(articles)} 篇提取事实 ÷ 每秒 {ARTICLES_A_SECOND} 篇 facts ÷ the bar"
        ratios.append(Ratio(name, taken, allowed, taken / allowed, bar=1.0))
    else:
        console.print("旁边没有 ../shared/news，跳过 no labelled articles beside the checkout")
    pages = _sample_pages() * REPEAT
    ratios.append(
        compare(
            f"{len(pages)} 页正文 × trafilatura，快几倍 body text, how much faster",
            lambda: [read_page(data, path.name) for path, data in pages],
            lambda: [trafilatura.extract(data) for _, data in pages],
            bar=10.0,
            at_most=False,
        )
    )
    return ratios
