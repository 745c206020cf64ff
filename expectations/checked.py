"""Which lake partitions a suite has already seen, so that each is checked once a suite version.

Losing this record costs a second look, never a wrong answer: what a check writes is a pure function of the rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from ingest.files import write_whole

FOLDER = "_checked"  # inside the lake, beside the tables; no table's glob reaches it


def stamp(partition: Path) -> str:
    """A partition's size and time of writing: another stamp means it may hold other rows."""
    status = partition.stat()
    return f"{status.st_size}-{status.st_mtime_ns}"


def partitions(lake: Path, table: str) -> list[Path]:
    """The partitions of a table that can hold rows, in a fixed order."""
    return sorted(path for path in (lake / table).glob("period=*/*.parquet") if not path.name.startswith(("_", ".")))


def unchecked(lake: Path, table: str, version: str) -> list[Path]:
    """The partitions that this version of the suite has not seen as they are now."""
    seen = _read(lake, table, version)
    return [path for path in partitions(lake, table) if seen.get(_key(lake, path)) != stamp(path)]


def remember(lake: Path, table: str, version: str, stamps: dict[Path, str]) -> None:
    """Add partitions with the stamps they had when they were read; forget those that are gone."""
    present = {_key(lake, path) for path in partitions(lake, table)}
    seen = {key: value for key, value in _read(lake, table, version).items() if key in present}
    seen.update({_key(lake, path): value for path, value in stamps.items()})
    _write(_file(lake, table), {"version": version, "partitions": dict(sorted(seen.items()))})


def orphans(lake: Path, derived: str, tables: Iterable[str]) -> list[Path]:
    """Partitions of a derived table whose rows no longer exist in any of `tables`."""
    return [
        path
        for path in partitions(lake, derived)
        if not any((lake / table / path.parent.name / path.name).exists() for table in tables)
    ]


def _key(lake: Path, path: Path) -> str:
    return str(path.relative_to(lake))


def _file(lake: Path, table: str) -> Path:
    return lake / FOLDER / f"{table}.json"


def _read(lake: Path, table: str, version: str) -> dict[str, str]:
    try:
        record = json.loads(_file(lake, table).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    same = isinstance(record, dict) and record.get("version") == version
    return dict(record["partitions"]) if same else {}


def _write(path: Path, record: dict[str, object]) -> None:
    write_whole(path, json.dumps(record, ensure_ascii=False, indent=0).encode(), durable=False)
