"""What the ingest DAGs do, without Airflow: list the sources, pull what is new, read what has landed.

Every function takes and gives plain data (JSON), so that one task can hand it to the next. A source that fails is an
outcome, never an exception; what it failed with is in the outcome and in the lake table `pull_outcomes`.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ingest.bounded import Failure, run_bounded
from ingest.home import Home
from ingest.lake import ensure_empty_partitions
from ingest.lake_marks import fingerprint, is_read, mark_of
from ingest.landing import Landed, landed, landed_sources
from ingest.ledgers import ledger_lake_task
from ingest.ledgers.ledger import PARSER_VERSION
from ingest.ledgers.ledger_source import LedgerSource
from ingest.news import news_lake
from ingest.pulls import INBOX_FEED, INBOX_FOLDERS, LOOSE_FILES, Outcome, Source, loose_files, pull_source
from ingest.registry import FolderOrigin, Registry, survey_registry
from ingest.strict_yaml import ConfigurationError
from ingest.withdrawals import withdrawn
from ingest.wording_check import raise_if_wording

__all__ = ["WORKER_MODULES", "Outcome", "Source", "list_sources", "pull_source", "read_news", "read_source"]

log = logging.getLogger(__name__)

_FILES_A_WORKER = 20
_PAGES_A_WORKER = 200
_LEAN = "ingest.lean_worker"
WORKER_MODULES = (_LEAN, ledger_lake_task.__name__)
"""What a worker that reads ledgers imports before its memory is limited."""


def list_sources(home: Home, inbox: Path, kind: str) -> list[Source]:
    """The sources of a kind: what lies in the inbox, what is configured to come from elsewhere, what ever landed.

    A folder in `INBOX/ledgers` that is named by no county code is listed too, so that its pull can say so; likewise a source
    whose YAML is wrong: it alone fails.
    """
    registry = survey_registry()
    return [
        {"source_id": source_id, "kind": kind, "label": _label(registry, kind, source_id), "inbox": str(inbox)}
        for source_id in sorted(_source_ids(home, inbox, kind, registry))
    ]


def _source_ids(home: Home, inbox: Path, kind: str, registry: Registry) -> set[str]:
    folder = inbox / INBOX_FOLDERS[kind]
    names = (
        {path.name for path in folder.iterdir() if not path.name.startswith((".", "__"))} if folder.is_dir() else set()
    )
    known = set(landed_sources(home, kind))
    if kind == "ledger":
        elsewhere = {code for code, county in registry.counties.items() if county.origin != FolderOrigin()}
        folders = {name for name in names if (folder / name).is_dir()}
        return (
            known | elsewhere | folders | set(registry.county_faults) | ({LOOSE_FILES} if loose_files(inbox) else set())
        )
    if kind == "news":
        elsewhere = {
            feed_id
            for feed_id, feed in registry.feeds.items()
            if feed.origin != FolderOrigin() or (feed_id != INBOX_FEED and feed_id in names)
        }
        return known | elsewhere | set(registry.feed_faults) | ({INBOX_FEED} if folder.is_dir() else set())
    return known | ({INBOX_FEED} if folder.is_dir() else set())


def _label(registry: Registry, kind: str, source_id: str) -> str:
    if kind == "ledger" and source_id in registry.counties:
        return f"{source_id} {registry.counties[source_id].name or ''}".strip()
    return source_id


@dataclass(slots=True)
class ReadOutcome:
    """How one reading of one source went. Counts are of the files read now; a second reading has none.

    `duplicates` are later names of bytes that had landed already: nothing of them is read twice.
    """

    source_id: str
    kind: str
    outcome: str = "ok"
    files_landed: int = 0
    files_read: int = 0
    rows_accepted: int = 0
    rows_rejected: int = 0
    rows_furniture: int = 0
    refused: list[dict[str, str]] = field(default_factory=list)
    duplicates: list[dict[str, str]] = field(default_factory=list)
    message: str | None = None


def read_source(home: Home, source: Source, workers: int | None = None) -> Outcome:
    """Read every landed ledger of a source whose rows are not in the lake yet, or were read by an older parser.

    Each file is read in a worker process with limits on memory and time; one that breaks its worker is refused and
    stops nothing else.
    """
    outcome = ReadOutcome(source["source_id"], "ledger")
    entries = landed(home, "ledger", outcome.source_id)
    outcome.files_landed = len(entries)
    outcome.duplicates = [{"file": name, "same_as": entry.name} for entry in entries for name in entry.other_names]
    ensure_empty_partitions(home.lake)
    if not entries:
        return asdict(outcome)
    try:
        reader = survey_registry().county(outcome.source_id).ledger_source()
    except ConfigurationError as error:  # its pull is red; what was read before stays
        outcome.outcome, outcome.message = "failed", str(error)
        return asdict(outcome)
    for summary in _read_ledgers(home, entries, reader, workers or os.cpu_count() or 1):
        _count(outcome, summary)
    return asdict(outcome)


def _read_ledgers(home: Home, entries: list[Landed], reader: LedgerSource, workers: int) -> Iterator[dict[str, Any]]:
    taken_back = withdrawn(home, entries[0].source_id)
    tasks = [ledger_lake_task.task_of(home, entry, reader, taken_back.get(entry.sha256)) for entry in entries]
    missing = [task for task in tasks if not _is_in_lake(task)]
    # Starting a worker costs as much as reading some twenty ledgers.
    enough = min(workers, 1 + len(missing) // _FILES_A_WORKER)
    # Workers remember the wordings, so they are kept for readings by the same ones only.
    keep_for = fingerprint("ledger", PARSER_VERSION)
    for done in run_bounded(
        ledger_lake_task.read_into_lake, missing, workers=enough, preload=WORKER_MODULES, keep_for=keep_for
    ):
        if done.failure is not None:
            raise_if_wording(done.failure)
            _log_own(done.item.name, done.failure)
            yield ledger_lake_task.fail_into_lake(done.item, done.failure)
        elif done.value is not None:
            yield done.value


def _is_in_lake(task: ledger_lake_task.LedgerTask) -> bool:
    lake = task.home.lake
    return is_read(lake, mark_of(lake, "ledger", task.source_id, task.sha256), task.read_by)


def _count(outcome: ReadOutcome, summary: Mapping[str, Any]) -> None:
    outcome.files_read += 1
    outcome.rows_accepted += summary["accepted"]
    outcome.rows_rejected += summary["rejected"]
    outcome.rows_furniture += summary["furniture"]
    if summary["status"] == "refused":
        outcome.refused.append(
            {"file": summary["file"], "code": summary["reason_code"], "message": summary["reason_message"]}
        )
        outcome.refused.sort(key=lambda refused: refused["file"])


@dataclass(slots=True)
class NewsOutcome:
    """How one reading of one feed went. Counts are of the files read now; `events` is over all articles of the lake."""

    source_id: str
    kind: str
    outcome: str = "ok"
    files_landed: int = 0
    files_read: int = 0
    articles: int = 0
    facts: int = 0
    events: int = 0
    refused: list[dict[str, str]] = field(default_factory=list)
    message: str | None = None


def read_news(home: Home, source: Source, workers: int | None = None) -> Outcome:
    """Read every landed news file of a source whose articles are not in the lake yet, or were read by an older reader.

    In bounded worker processes, like ledgers; then group the articles of all sources into events.
    """
    outcome = NewsOutcome(source["source_id"], "news")
    entries = landed(home, "news", outcome.source_id)
    outcome.files_landed = len(entries)
    ensure_empty_partitions(home.lake)
    try:
        feed = survey_registry().feed(outcome.source_id)
    except ConfigurationError as error:
        outcome.outcome, outcome.message = "failed", str(error)
        return asdict(outcome)
    tasks = [news_lake.task_of(home, entry, feed) for entry in entries]
    missing = [task for task in tasks if not _is_news_in_lake(task)]
    for summary in _read_pages(missing, workers or os.cpu_count() or 1):
        outcome.files_read += 1
        outcome.articles += summary["articles"]
        outcome.facts += summary["facts"]
        outcome.refused.extend(summary["refused"])
    outcome.refused.sort(key=lambda refused: (refused["file"], refused["code"]))
    if missing:
        outcome.events = news_lake.write_events(home)
    return asdict(outcome)


def _read_pages(tasks: list[news_lake.NewsTask], workers: int) -> Iterator[dict[str, Any]]:
    enough = min(workers, 1 + len(tasks) // _PAGES_A_WORKER)
    for done in run_bounded(news_lake.read_into_lake, tasks, workers=enough, preload=(_LEAN, news_lake.__name__)):
        if done.failure is not None:
            _log_own(done.item.name, done.failure)
            yield news_lake.fail_into_lake(done.item, done.failure)
        elif done.value is not None:
            yield done.value


def _log_own(name: str, failure: Failure) -> None:
    """The traceback of a mistake of our own, for whoever mends it; what people read of it is the file's refusal."""
    if failure.kind == "error":
        log.error("%s: 读取程序出错 the reader itself failed\n%s", name, failure.detail)


def _is_news_in_lake(task: news_lake.NewsTask) -> bool:
    lake = task.home.lake
    return is_read(lake, mark_of(lake, "news", task.feed.id, task.sha256), task.read_by)
