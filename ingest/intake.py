"""What the ingest DAGs do, without Airflow: list the sources, pull what is new, read what has landed.

Every function takes and gives plain data (JSON), so that one task can hand it to the next. A source that fails is an
outcome, never an exception; what it failed with is in the outcome and in the lake table `pull_outcomes`.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from ingest import ledger_lake_task, news_lake
from ingest.arrivals import Arrivals, is_litter, take_stock
from ingest.bounded import run_bounded
from ingest.connectors.base import Connector, Offered, SourceError
from ingest.connectors.folder import FolderConnector
from ingest.home import Home
from ingest.lake import SCHEMAS, ensure_empty_partitions, write_partition
from ingest.lake_marks import is_read, mark_of
from ingest.landing import (
    Landed,
    LandingError,
    land_file,
    landed,
    landed_sources,
    remove_stale_uploads,
    write_landed_files,
)
from ingest.ledger_source import LedgerSource
from ingest.registry import COUNTY_CODE, County, Feed, FolderOrigin, Registry, read_registry
from ingest.revision import revision_rank
from ingest.strict_yaml import ConfigurationError

INBOX_FOLDERS = {"ledger": "ledgers", "news": "news", "follow_up": "follow_up"}
INBOX_FEED = "inbox"
LOOSE_FILES = "loose-files"
_MINUTE_NS = 60 * 10**9
_COPY = re.compile("副本|复件|拷贝|copy", re.IGNORECASE)
_MESSAGE_NAMES = 5
_FILES_A_WORKER = 20
_PAGES_A_WORKER = 200
_LEAN = "ingest.lean_worker"

Source = dict[str, Any]
Outcome = dict[str, Any]
Credentials = Callable[[str], Mapping[str, Any]]


@dataclass(slots=True)
class PullOutcome:
    """How one pull of one source went. `outcome` is `ok partial failed not_modified`.

    `files_seen` counts what the source offers now, litter apart; so the same source pulled twice gives the same row.
    """

    source_id: str
    kind: str
    pulled_on: str
    outcome: str = "ok"
    files_seen: int = 0
    files_new: int = 0
    names_added: int = 0
    files_ignored: int = 0
    reason_code: str | None = None
    message: str | None = None
    new_files: list[str] = field(default_factory=list)

    def fail(self, code: str, message: str) -> None:
        """Nothing of the source could be pulled."""
        self.outcome, self.reason_code, self.message = "failed", code, message

    def fall_short(self, code: str, message: str) -> None:
        """Some of it could not be pulled; the first reason names the outcome, all are told."""
        self.outcome = "partial" if self.outcome == "ok" else self.outcome
        self.reason_code = self.reason_code or code
        self.message = f"{self.message} {message}" if self.message else message


def list_sources(home: Home, inbox: Path, kind: str) -> list[Source]:
    """The sources of a kind: what lies in the inbox, what is configured to come from elsewhere, what ever landed.

    A folder in `INBOX/ledgers` that is named by no county code is listed too, so that its pull can say so.

    Raises:
        ConfigurationError: a source's YAML is wrong.
    """
    registry = read_registry()
    return [
        {"source_id": source_id, "kind": kind, "label": _label(registry, kind, source_id), "inbox": str(inbox)}
        for source_id in sorted(_source_ids(home, inbox, kind, registry))
    ]


def pull_source(home: Home, source: Source, as_of: dt.date, credentials: Credentials | None = None) -> Outcome:
    """Land what is new from one source and write its row of `pull_outcomes` and its part of `landed_files`.

    `credentials` resolves the name of a connection to its host, login, password… (Airflow connections in the DAGs).
    """
    outcome = PullOutcome(source["source_id"], source["kind"], as_of.isoformat())
    try:
        _pull(home, source, outcome, credentials)
    except (SourceError, LandingError) as error:
        outcome.fail(error.code, str(error))
    except ConfigurationError as error:
        outcome.fail("bad_source", str(error))
    except OSError as error:
        outcome.fail("unreadable", f"读写出错 cannot read or write {error.filename}: {error.strerror}")
    ensure_empty_partitions(home.lake)
    if landed(home, outcome.kind, outcome.source_id):
        write_landed_files(home, outcome.kind, outcome.source_id)
    _write_outcome(home, outcome, as_of)
    return asdict(outcome)


def _source_ids(home: Home, inbox: Path, kind: str, registry: Registry) -> set[str]:
    folder = inbox / INBOX_FOLDERS[kind]
    names = (
        {path.name for path in folder.iterdir() if not path.name.startswith((".", "__"))} if folder.is_dir() else set()
    )
    known = set(landed_sources(home, kind))
    if kind == "ledger":
        elsewhere = {code for code, county in registry.counties.items() if county.origin != FolderOrigin()}
        folders = {name for name in names if (folder / name).is_dir()}
        return known | elsewhere | folders | ({LOOSE_FILES} if _loose_files(inbox) else set())
    if kind == "news":
        elsewhere = {
            feed_id
            for feed_id, feed in registry.feeds.items()
            if feed.origin != FolderOrigin() or (feed_id != INBOX_FEED and feed_id in names)
        }
        return known | elsewhere | ({INBOX_FEED} if folder.is_dir() else set())
    return known | ({INBOX_FEED} if folder.is_dir() else set())


def _loose_files(inbox: Path) -> list[str]:
    """Files that lie in `INBOX/ledgers` itself: nothing says which county they are of."""
    folder = inbox / INBOX_FOLDERS["ledger"]
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path.name for path in found if path.is_file() and not is_litter(path.name))


def _label(registry: Registry, kind: str, source_id: str) -> str:
    if kind == "ledger" and source_id in registry.counties:
        return f"{source_id} {registry.counties[source_id].name or ''}".strip()
    return source_id


def _pull(home: Home, source: Source, outcome: PullOutcome, credentials: Credentials | None) -> None:
    remove_stale_uploads(home)
    registry = read_registry()
    kind, source_id = outcome.kind, outcome.source_id
    configured: County | Feed | None = None
    if kind == "ledger" and source_id == LOOSE_FILES:
        raise SourceError("no_county", _loose_message(_loose_files(Path(source["inbox"]))))
    if kind == "ledger":
        configured = registry.county(source_id)
    elif kind == "news":
        configured = registry.feed(source_id)
    origin = configured.origin if configured else FolderOrigin()
    if not isinstance(origin, FolderOrigin):
        raise SourceError("not_supported", f"尚不支持的来源 origin not supported here: {origin.kind}")
    connector = FolderConnector(*_inbox_folder(Path(source["inbox"]), kind, source_id, registry, origin))
    if not landed(home, kind, source_id) or _exists(connector):
        _land_arrivals(home, outcome, connector, take_stock(connector.look, origin.patterns))
    else:
        outcome.message = "收件箱里没有它的文件夹，已落地的照常使用。 Its folder is gone from the inbox; what has landed stays in use."
        outcome.reason_code = "folder_missing"


def _loose_message(names: list[str]) -> str:
    return (
        f"{len(names)}个文件直接放在 ledgers 下，不知道属于哪个县，请移入以六位代码命名的文件夹：{_some(names)}。 "
        f"{len(names)} file(s) lie in ledgers itself; move each into the folder named by its county's six-digit code."
    )


def _some(names: list[str]) -> str:
    return "、".join(sorted(names)[:_MESSAGE_NAMES]) + ("…" if len(names) > _MESSAGE_NAMES else "")


def _exists(connector: FolderConnector) -> bool:
    return connector.folder.is_dir()


def _inbox_folder(
    inbox: Path, kind: str, source_id: str, registry: Registry, origin: FolderOrigin
) -> tuple[Path, frozenset[str]]:
    folder = inbox / INBOX_FOLDERS[kind]
    if origin.path is not None:
        return origin.path.expanduser(), frozenset()
    if source_id == INBOX_FEED:
        return folder, frozenset(registry.feeds) if kind == "news" else frozenset()
    return folder / source_id, frozenset()


def _land_arrivals(home: Home, outcome: PullOutcome, connector: Connector, stock: Arrivals) -> None:
    outcome.files_seen = len(stock.ready) + len(stock.growing)
    outcome.files_ignored = len(stock.litter)
    known = {
        (seen.name, seen.modified_ns, entry.size_bytes)
        for entry in landed(home, outcome.kind, outcome.source_id)
        for seen in entry.names
    }
    growing = list(stock.growing)
    for offered in sorted(stock.ready, key=_arrival_order):
        if offered.modified_ns is not None and (offered.name, offered.modified_ns, offered.size_bytes) in known:
            continue
        try:
            _land_one(home, outcome, connector, offered)
        except (SourceError, LandingError) as error:
            if error.code == "changed_while_read":
                growing.append(offered.name)
            elif error.code in ("disk_full", "not_writable"):
                raise
            else:
                outcome.fall_short(error.code, str(error))
    if growing:
        outcome.fall_short(
            "still_growing",
            f"{len(growing)}个文件还在上传，下次再取：{_some(growing)}。 {len(growing)} file(s) still being uploaded, left for later.",
        )


def _arrival_order(offered: Offered) -> tuple[int, int, bool, str]:
    """Earlier by the source's clock first, to the minute; then the plainer name, so that a copy never names the bytes."""
    return (
        (offered.modified_ns or 0) // _MINUTE_NS,
        revision_rank(offered.name),
        _COPY.search(offered.name) is not None,
        offered.name,
    )


def _land_one(home: Home, outcome: PullOutcome, connector: Connector, offered: Offered) -> None:
    with connector.open(offered) as stream:
        entry = land_file(
            home,
            outcome.kind,
            outcome.source_id,
            stream,
            offered.name,
            offered.modified_ns,
            expected_bytes=offered.size_bytes,
        )
    if entry.is_new:
        outcome.files_new += 1
        outcome.new_files.append(offered.name)
    elif entry.is_new_name:
        outcome.names_added += 1


def _write_outcome(home: Home, outcome: PullOutcome, as_of: dt.date) -> None:
    row = {
        "source_id": outcome.source_id,
        "kind": outcome.kind,
        "pulled_on": as_of,
        "outcome": outcome.outcome,
        "files_seen": outcome.files_seen,
        "reason_code": outcome.reason_code,
        "message": outcome.message,
    }
    name = f"{outcome.kind}-{outcome.source_id}-{outcome.pulled_on}.parquet"
    path = home.lake / "pull_outcomes" / f"period={as_of:%Y-%m}" / name
    write_partition(path, pa.Table.from_pylist([row], schema=SCHEMAS["pull_outcomes"]))


def is_county_code(text: str) -> bool:
    """Whether a folder name can be a county's."""
    return COUNTY_CODE.fullmatch(text) is not None


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
    reader = read_registry().county(outcome.source_id).ledger_source()
    for summary in _read_ledgers(home, entries, reader, workers or os.cpu_count() or 1):
        _count(outcome, summary)
    return asdict(outcome)


def _read_ledgers(home: Home, entries: list[Landed], reader: LedgerSource, workers: int) -> Iterator[dict[str, Any]]:
    tasks = [ledger_lake_task.task_of(home, entry, reader) for entry in entries]
    missing = [task for task in tasks if not _is_in_lake(task)]
    preload = (_LEAN, ledger_lake_task.__name__)
    # Starting a worker costs as much as reading some twenty ledgers.
    enough = min(workers, 1 + len(missing) // _FILES_A_WORKER)
    for done in run_bounded(ledger_lake_task.read_into_lake, missing, workers=enough, preload=preload):
        if done.failure is not None:
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


def read_news(home: Home, source: Source, workers: int | None = None) -> Outcome:
    """Read every landed news file of a source whose articles are not in the lake yet, or were read by an older reader.

    In bounded worker processes, like ledgers; then group the articles of all sources into events.
    """
    outcome = NewsOutcome(source["source_id"], "news")
    entries = landed(home, "news", outcome.source_id)
    outcome.files_landed = len(entries)
    ensure_empty_partitions(home.lake)
    feed = read_registry().feed(outcome.source_id)
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
            yield news_lake.fail_into_lake(done.item, done.failure)
        elif done.value is not None:
            yield done.value


def _is_news_in_lake(task: news_lake.NewsTask) -> bool:
    lake = task.home.lake
    return is_read(lake, mark_of(lake, "news", task.feed.id, task.sha256), task.read_by)
