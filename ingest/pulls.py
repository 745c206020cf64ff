"""Pulling one source: look, settle, land what is new, and say how it went."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from ingest.arrivals import Arrivals, is_litter, take_stock
from ingest.connectors.base import Connector, Offered, SourceError
from ingest.connectors.folder import FolderConnector, what_else
from ingest.files import write_whole
from ingest.formats.archive import is_archive, open_archive
from ingest.formats.sheet import Refusal
from ingest.home import Home
from ingest.lake import SCHEMAS, ensure_empty_partitions, write_partition
from ingest.landing import (
    Landed,
    LandingError,
    Stored,
    land_file,
    landed,
    read_object,
    record,
    remove_stale_uploads,
    shown_name,
    store,
    write_landed_files,
)
from ingest.limits import DEFAULT_LIMITS
from ingest.registry import (
    COUNTY_CODE,
    FeedOrigin,
    FolderOrigin,
    HttpOrigin,
    ImapOrigin,
    Registry,
    RemoteOrigin,
    survey_registry,
)
from ingest.revision import revision_rank
from ingest.strict_yaml import ConfigurationError

INBOX_FOLDERS = {"ledger": "ledgers", "news": "news", "follow_up": "follow_up"}
INBOX_FEED = "inbox"
LOOSE_FILES = "loose-files"
BAD_CONFIGURATION = "bad_configuration"
_MINUTE_NS = 60 * 10**9
_COPY = re.compile("副本|复件|拷贝|copy", re.IGNORECASE)
_MESSAGE_NAMES = 5
_FAILURES_IN_A_ROW = 5
_FILES_AT_ONCE = 4
_STOPS_ALL = ("disk_full", "not_writable")

Source = dict[str, Any]
Outcome = dict[str, Any]
Credentials = Callable[[str], Mapping[str, Any]]
Origin = FolderOrigin | RemoteOrigin | HttpOrigin | FeedOrigin | ImapOrigin


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
        if _has_fault(outcome):
            outcome.fail(BAD_CONFIGURATION, str(error))
        else:
            outcome.fail("bad_source", f"{error}{_left_lying(Path(source['inbox']), outcome)}")
    except OSError as error:
        outcome.fail("unreadable", f"读写出错 cannot read or write {error.filename}: {error.strerror}")
    ensure_empty_partitions(home.lake)
    if landed(home, outcome.kind, outcome.source_id):
        write_landed_files(home, outcome.kind, outcome.source_id)
    _write_outcome(home, outcome, as_of)
    return asdict(outcome)


def loose_files(inbox: Path) -> list[str]:
    """What lies where nobody picks it up: in `INBOX/ledgers` itself, nothing says of which county, or in INBOX itself.

    Files, pipes and dead links; in INBOX also folders named by a county's code, and any folder where none of the three that
    are read is there.
    """
    ledgers, kinds = inbox / INBOX_FOLDERS["ledger"], INBOX_FOLDERS.values()
    is_read = any((inbox / kind).is_dir() for kind in kinds)
    return [
        *(f"{ledgers.name}/{name}" for name in _loose(ledgers) if name[-1] != "/"),
        *(
            name
            for name in _loose(inbox)
            if name[-1] != "/" or COUNTY_CODE.fullmatch(name[:-1]) or not (is_read or name[:-1] in kinds)
        ),
    ]


def _loose(folder: Path) -> list[str]:
    """The names in a folder, litter apart; folders end in `/`, what is neither file nor folder says what it is."""
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return [
        f"{shown_name(path.name)}（{what}）"
        if (what := what_else(path)) is not None and not path.is_dir()
        else shown_name(path.name) + "/" * path.is_dir()
        for path in found
        if not is_litter(path.name)
    ]


def _pull(home: Home, source: Source, outcome: PullOutcome, credentials: Credentials | None) -> None:
    remove_stale_uploads(home)
    registry = survey_registry()
    inbox = Path(source["inbox"])
    if outcome.kind == "ledger" and outcome.source_id == LOOSE_FILES:
        raise SourceError("no_county", _loose_message(loose_files(inbox)))
    origin = _origin(registry, outcome.kind, outcome.source_id)
    if isinstance(origin, FeedOrigin):
        _pull_feed(home, outcome, origin)
        return
    if isinstance(origin, ImapOrigin):
        _pull_mailbox(home, outcome, origin, _resolved(origin.connection, credentials))
        return
    if isinstance(origin, FolderOrigin):
        folder, excluded = _folder(inbox, outcome, registry, origin)
        if not folder.is_dir() and landed(home, outcome.kind, outcome.source_id):
            outcome.reason_code = "folder_missing"
            outcome.message = "收件箱里没有它的文件夹，已落地的照常使用。 Its folder is gone from the inbox; what has landed stays in use."
            return
        connector: Connector = FolderConnector(folder, excluded)
    else:
        connector = _elsewhere(origin, credentials)
    _land_arrivals(home, outcome, connector, take_stock(connector.look, origin.patterns))


def _has_fault(outcome: PullOutcome) -> bool:
    registry = survey_registry()
    faults = {"ledger": registry.county_faults, "news": registry.feed_faults}.get(outcome.kind, {})
    return outcome.source_id in faults


def _origin(registry: Registry, kind: str, source_id: str) -> Origin:
    if kind == "ledger":
        return registry.county(source_id).origin
    return registry.feed(source_id).origin if kind == "news" else FolderOrigin()


def _folder(inbox: Path, outcome: PullOutcome, registry: Registry, origin: FolderOrigin) -> tuple[Path, frozenset[str]]:
    folder = inbox / INBOX_FOLDERS[outcome.kind]
    if origin.path is not None:
        return origin.path.expanduser(), frozenset()
    if outcome.source_id == INBOX_FEED:
        return folder, frozenset(registry.feeds) | frozenset(
            registry.feed_faults
        ) if outcome.kind == "news" else frozenset()
    return folder / outcome.source_id, frozenset()


def _elsewhere(origin: RemoteOrigin | HttpOrigin, credentials: Credentials | None) -> Connector:
    """Connectors with heavy libraries are imported where a source needs them."""
    known = _resolved(origin.connection, credentials) if origin.connection else {}
    if isinstance(origin, HttpOrigin):
        from ingest.connectors.http_client import HttpClient, basic_login
        from ingest.connectors.http_files import HttpConnector

        client = HttpClient(is_internal=origin.is_internal, obeys_robots=False, headers=basic_login(known))
        return HttpConnector(client, origin.addresses, origin.index)
    from ingest.connectors.remote import RemoteConnector

    return RemoteConnector(origin.kind, origin.path, known)


def _resolved(connection: str, credentials: Credentials | None) -> Mapping[str, Any]:
    if credentials is None:
        raise SourceError("no_credentials", f"没有提供连接「{connection}」 the connection {connection!r} was not given")
    try:
        return credentials(connection)
    except Exception as error:
        # Whatever store the caller asks, with whatever errors: this source fails, the others go on.
        told = f"找不到连接「{connection}」 no such connection: {connection!r} ({type(error).__name__})"
        raise SourceError("no_credentials", told) from error


def _left_lying(inbox: Path, outcome: PullOutcome) -> str:
    """Which files a folder under a wrong name keeps from being read."""
    folder = inbox / INBOX_FOLDERS[outcome.kind] / outcome.source_id
    found = folder.iterdir() if folder.is_dir() else ()
    names = sorted(path.name for path in found if path.is_file() and not is_litter(path.name))
    return f" 未读 not read: {_some(names)}" if names else ""


def _loose_message(names: list[str]) -> str:
    return (
        f"收件箱里{len(names)}项放在没人收取的地方：{_some(names)}。台账请移入 ledgers/六位代码/（是哪个县的就放哪个），"
        "新闻移入 news/，督办回执移入 follow_up/；管道和断开的链接请换成文件本身。 "
        f"{len(names)} item(s) of the inbox lie where nobody picks them up: move ledgers into ledgers/<the county's six-digit "
        "code>/, news into news/, follow-up replies into follow_up/; put the files themselves instead of pipes and dead links."
    )


def _others_message(others: list[str]) -> str:
    return (
        f"{len(others)}项不是文件，没有读取，请换成文件本身：{_some(others)}。 "
        f"{len(others)} item(s) are no files and were not read; put the files themselves."
    )


def _some(names: list[str]) -> str:
    return "、".join(sorted(names)[:_MESSAGE_NAMES]) + ("…" if len(names) > _MESSAGE_NAMES else "")


def _land_arrivals(home: Home, outcome: PullOutcome, connector: Connector, stock: Arrivals) -> None:
    outcome.files_seen = len(stock.ready) + len(stock.growing)
    outcome.files_ignored = len(stock.litter)
    known = {
        (seen.name, seen.modified_ns, entry.size_bytes)
        for entry in landed(home, outcome.kind, outcome.source_id)
        for seen in entry.names
    }
    growing = list(stock.growing)
    wanted = [
        offered
        for offered in sorted(stock.ready, key=_arrival_order)
        if offered.modified_ns is None or (offered.name, offered.modified_ns, offered.size_bytes) not in known
    ]
    for offered, stored in _stored_ahead(home, connector, wanted):
        try:
            _record_one(home, outcome, offered, stored.result())
        except (SourceError, LandingError) as error:
            if error.code == "changed_while_read":
                growing.append(offered.name)
            elif error.code in _STOPS_ALL:
                raise
            else:
                outcome.fall_short(error.code, str(error))
    if isinstance(connector, FolderConnector) and (
        others := [other for other in connector.others if not is_litter(other.partition("（")[0])]
    ):
        outcome.fall_short("not_a_file", _others_message(others))
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


def _stored_ahead(
    home: Home, connector: Connector, wanted: Sequence[Offered]
) -> Iterator[tuple[Offered, Future[Stored]]]:
    """Each file, in order, with its bytes on their way into the landing.

    Several files of a folder wait for the disk at once; a server is asked for one at a time.
    """

    def stored(offered: Offered) -> Stored:
        with connector.open(offered) as stream:
            return store(home, stream, offered.name, offered.size_bytes)

    at_once = _FILES_AT_ONCE if isinstance(connector, FolderConnector) else 1
    pool = ThreadPoolExecutor(at_once)
    try:
        futures = [(offered, pool.submit(stored, offered)) for offered in wanted]
        yield from futures
    finally:
        pool.shutdown(cancel_futures=True)


def _record_one(home: Home, outcome: PullOutcome, offered: Offered, stored: Stored) -> None:
    entry = record(home, outcome.kind, outcome.source_id, stored, offered.name, offered.modified_ns)
    if entry.is_new:
        outcome.files_new += 1
        outcome.new_files.append(offered.name)
        if outcome.kind == "ledger":
            _land_members(home, outcome, entry, offered)
    elif entry.is_new_name:
        outcome.names_added += 1


def _land_members(home: Home, outcome: PullOutcome, entry: Landed, offered: Offered) -> None:
    """Land each file of a zip archive as well, under the archive's name and its own; the archive itself stays landed."""
    if entry.size_bytes > DEFAULT_LIMITS.file_bytes:
        return
    data = read_object(home, entry.sha256)
    if not is_archive(data):
        return
    members = open_archive(data)
    if isinstance(members, Refusal):
        return  # reading the archive says why
    for member in members:
        name = f"{offered.name}/{member.name}"
        if isinstance(member.content, bytes) and not is_litter(member.name):
            landed_member = land_file(home, outcome.kind, outcome.source_id, member.content, name, offered.modified_ns)
            outcome.files_new += landed_member.is_new
            outcome.names_added += landed_member.is_new_name and not landed_member.is_new


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
    if outcome.outcome == "not_modified" and path.exists():
        return  # what the day's earlier pull brought still stands
    write_partition(path, pa.Table.from_pylist([row], schema=SCHEMAS["pull_outcomes"]))


def _pull_feed(home: Home, outcome: PullOutcome, origin: FeedOrigin) -> None:
    """Fetch the list if it changed, then every article it names that has not landed yet."""
    from ingest.connectors.http_client import HttpClient
    from ingest.connectors.web_feed import KnownList, look_at

    client = HttpClient(is_internal=origin.is_internal, seconds_between_requests=origin.seconds_between_requests)
    state = home.landing / "state" / outcome.kind / f"{outcome.source_id}.json"
    known = KnownList(**json.loads(state.read_text(encoding="utf-8"))) if state.exists() else KnownList()
    looked = look_at(origin, client, known)
    outcome.files_seen = looked.known.addresses
    if looked.is_unchanged:
        outcome.outcome = "not_modified"
        return
    is_news_itself = origin.kind == "rss" and not origin.follow_links
    listed = land_file(home, "news" if is_news_itself else "index", outcome.source_id, looked.body, looked.url)
    outcome.files_new += listed.is_new and is_news_itself
    for code, message in looked.warnings:
        outcome.fall_short(code, message)
    is_whole = is_news_itself or _land_articles(home, outcome, client.get, looked.addresses)
    if is_whole:
        _write_state(state, asdict(looked.known))


def _pull_mailbox(home: Home, outcome: PullOutcome, origin: ImapOrigin, known: Mapping[str, Any]) -> None:
    """Land the ledgers attached to messages that came since the last pull, each message whole before the next is read."""
    from ingest.connectors.imap import Mailbox, MailboxMark

    state = home.landing / "state" / outcome.kind / f"{outcome.source_id}.mailbox.json"
    mark = MailboxMark(**json.loads(state.read_text(encoding="utf-8"))) if state.exists() else MailboxMark()
    outcome.files_seen = mark.attachments
    with Mailbox(origin, known) as mailbox:
        for message in mailbox.messages_after(mark):
            for attachment in message.attachments:
                offered = Offered(attachment.name, len(attachment.content), message.received_ns, attachment.name)
                _record_one(home, outcome, offered, store(home, attachment.content, attachment.name))
            if message.failure is not None:
                outcome.fall_short(message.failure.code, str(message.failure))
            outcome.files_ignored += message.ignored
            before = mark if mark.validity == mailbox.validity else MailboxMark()
            mark = MailboxMark(mailbox.validity, message.uid, before.attachments + len(message.attachments))
            outcome.files_seen = mark.attachments
            _write_state(state, asdict(mark))


def _land_articles(home: Home, outcome: PullOutcome, get: Callable[[str], Any], addresses: list[str]) -> bool:
    """Land what is new; whether nothing failed. A site that stops answering is left alone."""
    have = {seen.name for entry in landed(home, outcome.kind, outcome.source_id) for seen in entry.names}
    failures = in_a_row = 0
    for url in addresses:
        if url in have:
            continue
        try:
            entry = land_file(home, outcome.kind, outcome.source_id, get(url).body, url)
        except SourceError as error:
            failures += 1
            in_a_row += 1
            outcome.fall_short(error.code, str(error))
            if in_a_row == _FAILURES_IN_A_ROW:
                break
            continue
        in_a_row = 0
        if entry.is_new:
            outcome.files_new += 1
            outcome.new_files.append(url)
        else:
            outcome.names_added += entry.is_new_name
    return failures == 0


def _write_state(path: Path, content: Mapping[str, Any]) -> None:
    write_whole(path, json.dumps(content, ensure_ascii=False).encode(), durable=False)
