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
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from ingest.files import write_whole
from ingest.home import Home

Record = dict[str, Any]

_PULLING = ("county_ledgers", "news_feeds", "follow_up_replies")
_INCOMPLETE = ("failed", "partial")


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
    with _changing(record_path(home, run_id), closing=True) as record:
        record.setdefault("run_id", run_id)
        record.setdefault("started_at", _now())
        record["outcome"] = outcome
        record["finished_at"] = _now()
    return record


def read(path: Path) -> Record:
    """One record."""
    record: Record = json.loads(path.read_text(encoding="utf-8"))
    return record


def all_records(home: Home) -> list[Record]:
    """Every record, in the order the runs began. One that is damaged (a full disk, a copy that broke off) is passed over."""
    found = (_read_if_whole(path) for path in home.runs.glob("*.json"))
    return sorted((record for record in found if record is not None), key=_order)


def latest(records: Sequence[Record]) -> Record | None:
    """The record of the run that was started last, finished or not."""
    return records[-1] if records else None


def latest_sections(records: Sequence[Record]) -> Record:
    """The last section of each DAG that pulls; as a service every DAG has runs, and so records, of its own."""
    return {name: record[name] for record in records for name in _PULLING if name in record}


def red_runs(records: Sequence[Record]) -> list[Record]:
    """Of each DAG of a service the run that ended last, where it failed: the run begun last may be of another DAG."""
    last: dict[str | None, Record] = {}
    for record in sorted((record for record in records if "closed" in record), key=lambda one: int(one["closed"])):
        dag = record.get("parameters", {}).get("dag")
        # `luodi run`, which has no DAG of its own, runs all that lead to a publication.
        if record["outcome"] == "succeeded":
            last = {} if dag is None else last
            last.pop(None if dag == "warehouse" else dag, None)
        last[dag] = record
    return [record for record in last.values() if record["outcome"] == "failed"]


def incomplete_pulls(record: Record) -> list[dict[str, Any]]:
    """The pulls of a record that brought nothing, or not all: a source that fails does not fail its run."""
    return [dict(pull) for pull in _pulls_of(record) if pull["outcome"] in _INCOMPLETE]


def with_streaks(pulls: Sequence[Mapping[str, Any]], records: Sequence[Record]) -> list[dict[str, Any]]:
    """The pulls, each with how many times in a row its source has brought nothing or not all, and since when: a server may be
    down for an hour, or its password changed months ago."""
    told = []
    for pull in pulls:
        began = []
        for record in reversed(records):
            outcomes = [one["outcome"] for one in _pulls_of(record) if _source(one) == _source(pull)]
            if any(outcome not in _INCOMPLETE for outcome in outcomes):
                break
            began += [record.get("started_at")] if outcomes else []
        told.append({**pull, "times_in_a_row": len(began), "since": began[-1] if began else None})
    return told


def _pulls_of(record: Record) -> Iterator[dict[str, Any]]:
    return (pull for name in _PULLING for pull in record.get(name, {}).get("pulled", ()))


def _source(pull: Mapping[str, Any]) -> tuple[str, str]:
    return str(pull.get("kind")), str(pull.get("source_id"))


def missing_folders(record: Record) -> list[str]:
    """Sources whose folder is gone from the inbox while what came from it stays in use: renamed, emptied, not mounted."""
    return sorted({str(pull["source_id"]) for pull in _pulls_of(record) if pull.get("reason_code") == "folder_missing"})


def _read_if_whole(path: Path) -> Record | None:
    try:
        record = read(path)
    except (FileNotFoundError, ValueError):
        return None
    return record if isinstance(record, dict) else None


def _next_number(runs: Path, lock: TextIO) -> int:
    """The next record's number; the last one given out stands in the lock file."""
    lock.seek(0)
    said = lock.read()
    whole = (record for path in runs.glob("*.json") if (record := _read_if_whole(path)) is not None)
    last = int(said) if said.isdecimal() else max((_order(record)[0] for record in whole), default=0)
    lock.truncate(0)
    lock.write(str(last + 1))
    lock.flush()
    return last + 1


def _order(record: Record) -> tuple[int, str]:
    """By number, since a clock may go back; records of before there were numbers by their time."""
    return int(record.get("number", 0)), str(record.get("started_at", ""))


@contextmanager
def _changing(path: Path, *, closing: bool = False) -> Iterator[Record]:
    """The record under a lock; what the body makes of it replaces the file in one step.

    `number` is counted when a record begins, `closed` when its run ends, again each time: a clock may go back.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with (path.parent / ".records.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        record = _read_if_whole(path) or {"number": _next_number(path.parent, lock)}
        if closing:
            record["closed"] = _next_number(path.parent, lock)
        yield record
        write_whole(path, json.dumps(record, ensure_ascii=False, indent=2, default=str).encode())


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
