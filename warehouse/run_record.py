"""The run record: one JSON file a run, `runs/<run_id>.json`. Times live here only, never in a table.

A record grows section by section (`parameters`, one a DAG, `failures`), so that a run that was killed still shows
how far it came. Several processes may add to one record at once.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from ingest.files import write_whole
from ingest.home import Home

Record = dict[str, Any]

_PULLING = ("county_ledgers", "news_feeds", "follow_up_replies")


def new_run_id(now: dt.datetime) -> str:
    """A name that sorts by time and is unique on this machine."""
    return f"run-{now.astimezone(dt.UTC):%Y%m%dT%H%M%S}-{os.getpid()}"


def record_path(home: Home, run_id: str) -> Path:
    """Where the record lies; characters that a file name cannot hold are replaced."""
    return home.runs / f"{re.sub(r'[^0-9A-Za-z._-]+', '_', run_id)}.json"


def start(home: Home, run_id: str, parameters: Mapping[str, Any]) -> Path:
    """Open the record of a run."""
    path = record_path(home, run_id)
    with _changing(path) as record:
        record.setdefault("run_id", run_id)
        record.setdefault("started_at", _now())
        record["outcome"] = "running"
        record.setdefault("parameters", {}).update(parameters)
    return path


def add_section(home: Home, run_id: str, name: str, content: Mapping[str, Any]) -> None:
    """Add to the section `name`: its keys win over those that were there."""
    with _changing(record_path(home, run_id)) as record:
        record.setdefault("run_id", run_id)
        record.setdefault("started_at", _now())
        record.setdefault(name, {}).update(content)


def add_failure(home: Home, run_id: str, failure: Mapping[str, Any]) -> None:
    """Note that a task failed for good."""
    with _changing(record_path(home, run_id)) as record:
        record.setdefault("run_id", run_id)
        record.setdefault("failures", []).append({"at": _now(), **failure})


def finish(home: Home, run_id: str, outcome: str) -> Record:
    """Close the record with `succeeded` or `failed`, and return it."""
    with _changing(record_path(home, run_id)) as record:
        record.setdefault("run_id", run_id)
        record.setdefault("started_at", _now())
        record["outcome"] = outcome
        record["finished_at"] = _now()
    return record


def read(path: Path) -> Record:
    """One record."""
    record: Record = json.loads(path.read_text(encoding="utf-8"))
    return record


def latest(home: Home) -> Record | None:
    """The record of the run that was started last, finished or not."""
    return max((read(path) for path in home.runs.glob("*.json")), key=_order, default=None)


def latest_sections(home: Home) -> Record:
    """The last section of each DAG that pulls; as a service every DAG has runs, and so records, of its own."""
    records = sorted((read(path) for path in home.runs.glob("*.json")), key=_order)
    return {name: record[name] for record in records for name in _PULLING if name in record}


def incomplete_pulls(record: Record) -> list[dict[str, Any]]:
    """The pulls of a record that brought nothing, or not all: a source that fails does not fail its run."""
    pulls = (pull for name in _PULLING for pull in record.get(name, {}).get("pulled", ()))
    return [dict(pull) for pull in pulls if pull["outcome"] in ("failed", "partial")]


def missing_folders(record: Record) -> list[str]:
    """Sources whose folder is gone from the inbox while what came from it stays in use: renamed, emptied, not mounted."""
    pulls = (pull for name in _PULLING for pull in record.get(name, {}).get("pulled", ()))
    return sorted({str(pull["source_id"]) for pull in pulls if pull.get("reason_code") == "folder_missing"})


def _next_number(runs: Path, lock: TextIO) -> int:
    """The next record's number; the last one given out stands in the lock file."""
    lock.seek(0)
    said = lock.read()
    last = int(said) if said.isdecimal() else max((_order(read(path))[0] for path in runs.glob("*.json")), default=0)
    lock.truncate(0)
    lock.write(str(last + 1))
    lock.flush()
    return last + 1


def _order(record: Record) -> tuple[int, str]:
    """By number, since a clock may go back; records of before there were numbers by their time."""
    return int(record.get("number", 0)), str(record.get("started_at", ""))


@contextmanager
def _changing(path: Path) -> Iterator[Record]:
    """The record under a lock; what the body makes of it replaces the file in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with (path.parent / ".records.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        record = read(path) if path.exists() else {"number": _next_number(path.parent, lock)}
        yield record
        write_whole(path, json.dumps(record, ensure_ascii=False, indent=2, default=str).encode())


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
