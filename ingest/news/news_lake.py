"""Landed news file → partitions of `articles` and `article_facts`; and `article_events` over all of them."""

from __future__ import annotations

import fcntl
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa

from ingest.bounded import Failure
from ingest.formats.sheet import Refusal
from ingest.home import Home
from ingest.lake import PERIOD_UNKNOWN, SCHEMAS, write_partition
from ingest.lake_marks import FOLDER, fingerprint, marks, period_of, replace_partitions
from ingest.landing import Landed, read_object
from ingest.news.articles import EXTRACTOR_VERSION, MOST_BYTES, Article, Unread, article_id_of
from ingest.news.facts.model import Fact
from ingest.news.figures import ArticleText, extract_facts
from ingest.news.near_duplicates import groups, sketch
from ingest.news.news_files import Reading, read_articles
from ingest.news.news_output import fact_object
from ingest.registry import Feed

_SIX_PLACES = Decimal("0.000001")
_LARGEST = Decimal(10) ** 18


@dataclass(frozen=True, slots=True)
class NewsTask:
    """One landed news file and what its feed's configuration says. `read_by` stands for all else the rows depend on."""

    home: Home
    feed: Feed
    sha256: str
    size_bytes: int
    name: str
    read_by: str


def task_of(home: Home, entry: Landed, feed: Feed) -> NewsTask:
    """The task of reading one landed file."""
    regions = (feed.region_code, sorted(feed.site_regions.items()))
    read_by = fingerprint("news", EXTRACTOR_VERSION, regions, entry.name)
    return NewsTask(home, feed, entry.sha256, entry.size_bytes, entry.name, read_by)


def read_into_lake(task: NewsTask) -> dict[str, Any]:
    """Read one landed file, write its partitions, and give the summary. Idempotent; the same bytes every time."""
    if task.size_bytes > MOST_BYTES:
        return refuse_into_lake(task, Refusal("too_large", "文件过大，不是新闻。 The file is too large for news."))
    url = task.name if task.name.startswith(("http://", "https://")) else None
    return _write(task, read_articles(read_object(task.home, task.sha256), task.name, url), task.read_by)


def fail_into_lake(task: NewsTask, failure: Failure) -> dict[str, Any]:
    """Record a file whose reading died as refused.

    One that took too much is not tried again; one that broke our own code is, at the next run.
    """
    code = "too_large" if failure.kind in ("memory", "timeout") else "unreadable"
    refusal = Refusal(code, f"读取失败 could not be read: {failure.message}")
    return refuse_into_lake(task, refusal, is_final=code == "too_large")


def refuse_into_lake(task: NewsTask, refusal: Refusal, is_final: bool = True) -> dict[str, Any]:
    """Record a file as refused whole."""
    return _write(task, [Unread(article_id_of(None, task.sha256, b""), refusal)], task.read_by if is_final else None)


def home_region(feed: Feed, url: str | None, source_name: str | None) -> str | None:
    """What 我市, 全县 mean on a page: by its host, by the paper behind it, else by its feed."""
    host = (urlsplit(url).hostname or "") if url else ""
    return (
        feed.site_regions.get(host)
        or feed.site_regions.get(host.removeprefix("www."))
        or feed.site_regions.get(source_name or "")
        or feed.region_code
    )


def write_events(home: Home) -> int:
    """Group all articles of the lake and write `article_events`; how many events there are.

    Under a lock, so that of several writers the last one has seen everything.
    """
    lake = home.lake
    (lake / FOLDER).mkdir(parents=True, exist_ok=True)
    with (lake / FOLDER / ".events.lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        sketches = {
            article_id: tuple(values)
            for _, _, mark in marks(lake, "news")
            for article_id, values in mark.summary.get("sketches", {}).items()
        }
        event_of = groups(sketches)
        sizes = Counter(event_of.values())
        rows = [
            {"article_id": article_id, "event_id": event, "articles_in_event": sizes[event]}
            for article_id, event in sorted(event_of.items())
        ]
        path = lake / "article_events" / f"period={PERIOD_UNKNOWN}" / "all.parquet"
        write_partition(path, pa.Table.from_pylist(rows, schema=SCHEMAS["article_events"]))
    return len(sizes)


def _write(task: NewsTask, readings: Sequence[Reading], read_by: str | None) -> dict[str, Any]:
    articles: dict[str, list[dict[str, Any]]] = {}
    facts: dict[str, list[dict[str, Any]]] = {}
    summary: dict[str, Any] = {"file": task.name, "articles": 0, "facts": 0, "refused": [], "sketches": {}}
    for reading in readings:
        if isinstance(reading, Unread):
            articles.setdefault(PERIOD_UNKNOWN, []).append(_unread_row(task, reading))
            summary["refused"].append(
                {"file": task.name, "code": reading.refusal.code, "message": reading.refusal.message}
            )
            continue
        period = period_of(reading.published_on)
        found = extract_facts(_for_facts(task.feed, reading))
        articles.setdefault(period, []).append(_article_row(task, reading))
        facts.setdefault(period, []).extend(_fact_rows(reading.article_id, found))
        summary["articles"] += 1
        summary["facts"] += len(found)
        summary["sketches"][reading.article_id] = list(sketch(reading.text))
    tables = {
        (name, period): pa.Table.from_pylist(rows, schema=SCHEMAS[name])
        for name, by_period in (("articles", articles), ("article_facts", facts))
        for period, rows in by_period.items()
        if rows
    }
    replace_partitions(task.home.lake, "news", task.feed.id, task.sha256, read_by, tables, summary)
    return summary


def _for_facts(feed: Feed, article: Article) -> ArticleText:
    return ArticleText(
        article_id=article.article_id,
        title=article.title or "",
        text=article.text,
        published=article.published_on,
        url=article.url or "",
        source_name=article.source_name or "",
        home_code=home_region(feed, article.url, article.source_name),
    )


def _article_row(task: NewsTask, article: Article) -> dict[str, Any]:
    return {
        "article_id": article.article_id,
        "source_id": task.feed.id,
        "file_sha256": task.sha256,
        "status": "read",
        "url": article.url,
        "title": article.title,
        "published_on": article.published_on,
        "published_precision": article.published.precision if article.published else None,
        "author": article.author,
        "source_name": article.source_name,
        "text": article.text,
        "text_sha256": article.text_sha256,
        "event_id": article.text_sha256[:32],
        "remarks": json.dumps(article.remarks, ensure_ascii=False),
    }


def _unread_row(task: NewsTask, unread: Unread) -> dict[str, Any]:
    return {
        "article_id": unread.article_id,
        "source_id": task.feed.id,
        "file_sha256": task.sha256,
        "status": "refused",
        "reason_code": unread.refusal.code,
        "reason_message": unread.refusal.message,
        "url": unread.url,
        "title": unread.title,
    }


def _fact_rows(article_id: str, facts: Sequence[Fact]) -> list[dict[str, Any]]:
    return [_fact_row(article_id, fact, number) for number, fact in enumerate(facts)]


def _fact_row(article_id: str, fact: Fact, number: int) -> dict[str, Any]:
    shown = fact_object(fact)
    stable = f"{article_id}\x1f{fact.span[0]}\x1f{fact.span[1]}\x1f{number}"
    return {
        "fact_id": hashlib.sha256(stable.encode()).hexdigest()[:32],
        "article_id": article_id,
        "kind": fact.kind,
        "indicator": fact.indicator,
        "event": fact.event,
        "project_name": fact.project_name,
        "investor": fact.investor,
        "value": _decimal(fact.value),
        "unit": fact.unit,
        "value_raw": fact.value_raw,
        "region_code": fact.region_code,
        "region_name": fact.region,
        "period_start": fact.period.start,
        "period_end": fact.period.end,
        "yoy_percent": _real(fact.yoy_percent),
        "rank_value": fact.rank.value if fact.rank else None,
        "rank_metric": fact.rank.metric if fact.rank else None,
        "rank_scope": fact.rank.within if fact.rank else None,
        "threshold": json.dumps(shown["threshold"]) if shown["threshold"] else None,
        "origin": fact.slice.origin,
        "qualifier": fact.slice.qualifier,
        "target_completion_percent": _real(fact.target_completion_percent),
        "evidence": fact.evidence,
        "evidence_start": fact.evidence_span[0],
        "evidence_end": fact.evidence_span[1],
        "fact": json.dumps(shown, ensure_ascii=False),
    }


def _decimal(value: Decimal | None) -> Decimal | None:
    return None if value is None or abs(value) >= _LARGEST else value.quantize(_SIX_PLACES)


def _real(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
