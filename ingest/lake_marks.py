"""What was read into which partitions: one small JSON mark a landed file, beside the tables.

A mark lets a second run skip what is done, and lets a new reading take away partitions the old one left elsewhere
(another report month). It knows how many bytes each partition has: nothing here waits for the disk, and what a power cut
tears is found by its size and read again. Losing marks costs a second reading, never a wrong row.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from ingest.fields import WORDING
from ingest.files import write_whole
from ingest.lake import PERIOD_UNKNOWN, SCHEMAS, partition_path, write_partition, write_parts

_NEWS_WORDING = ("news_", "page_")
_SHARED_WORDING = ("regions.csv",)
FOLDER = "_read"  # inside the lake, beside the tables; no table's glob reaches it


@dataclass(frozen=True, slots=True)
class Mark:
    """One landed file's reading: by what it was read, the partitions it gave with their bytes, a summary for people."""

    fingerprint: str | None
    partitions: Mapping[str, int] = field(default_factory=dict)
    summary: Mapping[str, Any] = field(default_factory=dict)


@cache
def schemas_fingerprint() -> str:
    """Changes with any column of the lake."""
    described = "\n".join(f"{name} {schema}" for name, schema in sorted(SCHEMAS.items()))
    return hashlib.sha256(described.encode()).hexdigest()[:16]


@cache
def wording_fingerprint(kind: str) -> str:
    """Changes with any wording the reader of a kind (`ledger`, `news`) uses: a new wording reads old files anew."""
    digest = hashlib.sha256()
    for path in sorted(WORDING.glob("*.csv")):
        if path.name in _SHARED_WORDING or path.name.startswith(_NEWS_WORDING) == (kind == "news"):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def fingerprint(kind: str, *parts: object) -> str:
    """One text for everything besides the bytes that a reading depends on."""
    joined = "\x1f".join([schemas_fingerprint(), wording_fingerprint(kind), *(repr(part) for part in parts)])
    return hashlib.sha256(joined.encode()).hexdigest()


def mark_of(lake: Path, kind: str, source_id: str, sha256: str) -> Mark | None:
    """The mark of a landed file, if it has one that can be read."""
    try:
        content = json.loads(_mark_path(lake, kind, source_id, sha256).read_text(encoding="utf-8"))
        partitions = content["partitions"]
        if not isinstance(partitions, dict):  # before marks knew sizes
            partitions = dict.fromkeys(partitions, 0)
        return Mark(content["fingerprint"], partitions, content["summary"])
    except (FileNotFoundError, ValueError, KeyError):
        return None


def marks(lake: Path, kind: str) -> Iterator[tuple[str, str, Mark]]:
    """All marks of a kind as (source, sha256, mark), in a fixed order."""
    for path in sorted((lake / FOLDER / kind).glob("*/*.json")):
        mark = mark_of(lake, kind, path.parent.name, path.stem)
        if mark is not None:
            yield path.parent.name, path.stem, mark


def marked_files(lake: Path, kind: str) -> list[tuple[str, str]]:
    """Which files of a kind the lake was read from, as (source, sha256); the marks themselves are not opened."""
    return sorted((path.parent.name, path.stem) for path in (lake / FOLDER / kind).glob("*/*.json"))


def take_away(lake: Path, kind: str, source_id: str, sha256: str) -> None:
    """Take away what a file gave the lake; its mark goes last, so that nothing is forgotten half done."""
    mark = mark_of(lake, kind, source_id, sha256)
    for name in mark.partitions if mark else ():
        (lake / name).unlink(missing_ok=True)
    _mark_path(lake, kind, source_id, sha256).unlink(missing_ok=True)


def is_read(lake: Path, mark: Mark | None, wanted: str) -> bool:
    """Whether the partitions of this reading are all there, and whole."""
    return (
        mark is not None
        and mark.fingerprint == wanted
        and all(_bytes_of(lake / name) == size for name, size in mark.partitions.items())
    )


def _bytes_of(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None


def replace_partitions(
    lake: Path,
    kind: str,
    source_id: str,
    sha256: str,
    read_by: str | None,
    tables: Mapping[tuple[str, str], pa.Table | Sequence[Callable[[], pa.Table]]],
    summary: Mapping[str, Any],
) -> Mark:
    """Write a reading's tables, or the parts they are built from, keyed by (table, period), and take away what an earlier reading left elsewhere.

    `read_by` None writes the rows but asks for another reading next time (a reader that broke down).
    Killed at any moment, the mark tells the next run that this file must be read again, and which partitions to
    take away.
    """
    before = mark_of(lake, kind, source_id, sha256)
    wanted = {
        str(partition_path(lake, name, period, source_id, sha256).relative_to(lake)): table
        for (name, period), table in tables.items()
    }
    stale = sorted(set(before.partitions) - set(wanted)) if before else []
    _write_mark(lake, kind, source_id, sha256, Mark(None, dict.fromkeys(sorted({*wanted, *stale}), 0)))
    for name in stale:
        (lake / name).unlink(missing_ok=True)
    written = {name: _write(lake / name, table) for name, table in sorted(wanted.items())}
    mark = Mark(read_by, written, summary)
    _write_mark(lake, kind, source_id, sha256, mark)
    return mark


def _write(path: Path, table: pa.Table | Sequence[Callable[[], pa.Table]]) -> int:
    """Write a partition, whole or part by part; its bytes."""
    if isinstance(table, pa.Table):
        return write_partition(path, table, durable=False)
    return write_parts(path, table, durable=False)


def period_of(month: object) -> str:
    """The partition of a month (a date) or of none."""
    return f"{month:%Y-%m}" if month is not None else PERIOD_UNKNOWN


def _mark_path(lake: Path, kind: str, source_id: str, sha256: str) -> Path:
    return lake / FOLDER / kind / source_id / f"{sha256}.json"


def _write_mark(lake: Path, kind: str, source_id: str, sha256: str, mark: Mark) -> None:
    path = _mark_path(lake, kind, source_id, sha256)
    content = {"fingerprint": mark.fingerprint, "partitions": mark.partitions, "summary": mark.summary}
    # A mark torn by a power cut is no mark.
    write_whole(path, json.dumps(content, ensure_ascii=False).encode(), durable=False)
