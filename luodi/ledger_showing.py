"""Ledger files read in a bounded worker process and printed: memory, time and crashes of a file stay there."""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from rich.console import Console

from ingest.bounded import Outcome, run_bounded
from ingest.formats.archive import is_archive, open_archive
from ingest.formats.sheet import Refusal
from ingest.formats.workbook import refusal_of
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_ledger, refused_reading
from ingest.ledgers.ledger_output import json_lines
from ingest.ledgers.ledger_printing import print_reading
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.refused import not_a_table, too_large
from ingest.wording_check import raise_if_wording

_LEAN = "ingest.lean_worker"


@dataclass(frozen=True, slots=True)
class Showing:
    """What to show of one file, and how.

    Attributes:
        path: where its bytes are.
        name: what it is called (`台账.zip/六月.xlsx` for a member of an archive).
        source: the configuration of its county.
        county_code: the county, where it is known.
        as_json: JSON lines instead of tables for people.
        width: columns of the terminal; None where there is none.
        target: the file that takes the lines.
        refusal: why its bytes could not be had (a damaged member of an archive).
    """

    path: Path
    name: str
    source: LedgerSource
    county_code: str | None
    as_json: bool
    width: int | None
    target: Path = Path()
    refusal: Refusal | None = None


def print_ledgers(files: Iterable[Showing], limits: Limits = DEFAULT_LIMITS) -> bool:
    """Read and print files in their order, each in a worker process; whether one was refused."""
    with tempfile.TemporaryDirectory(prefix="luodi-") as folder:
        showings = _one_by_one(files, Path(folder))
        outcomes = run_bounded(show, showings, limits=limits, preload=(_LEAN, __name__))
        refused = [_print(outcome) for outcome in outcomes]
    return any(refused)


def show(showing: Showing) -> bool:
    """Write what the reader makes of the file; whether it was refused. Runs in the worker."""
    reading = read_shown(showing)
    with showing.target.open("w", encoding="utf-8") as target:
        write_reading(reading, showing, target)
    return reading.status == "refused"


def _one_by_one(files: Iterable[Showing], folder: Path) -> Iterator[Showing]:
    """The files with a place for their lines, the members of an archive one by one."""
    for number, showing in enumerate(with_members(files, folder)):
        yield replace(showing, target=folder / f"{number}.lines")


def with_members(files: Iterable[Showing], folder: Path) -> Iterator[Showing]:
    """The files, and in the place of each archive its members, unpacked into `folder`."""
    for number, showing in enumerate(files):
        if not showing.path.is_file():
            # A pipe nobody writes to and /dev/zero have no end; and the worker would read a pipe a second time.
            refusal = not_a_table("是管道或设备，不是普通文件", "a pipe or a device, not a file").refusal
            yield replace(showing, refusal=refusal)
            continue
        if showing.path.stat().st_size > DEFAULT_LIMITS.file_bytes:
            yield showing
            continue
        for place, (name, content) in enumerate(_members(showing)):
            if isinstance(content, Refusal):
                yield replace(showing, name=name, refusal=content)
            elif name == showing.name:
                yield showing
            else:
                unpacked = folder / f"{number}-{place}.member"
                unpacked.write_bytes(content)
                yield replace(showing, name=name, path=unpacked)


def _members(showing: Showing) -> Iterator[tuple[str, bytes | Refusal]]:
    """The file itself, or the files of a zip archive (`台账.zip/县区/六月.xlsx`), each with its name as printed."""
    data = showing.path.read_bytes()
    if not is_archive(data):
        yield showing.name, data
        return
    found = open_archive(data)
    if isinstance(found, Refusal):
        yield showing.name, found
        return
    for member in found:
        yield f"{showing.name}/{member.name}", member.content


def read_shown(showing: Showing) -> LedgerReading:
    """What the reader makes of the file. Runs in the worker."""
    if showing.refusal is not None:
        return refused_reading(showing.refusal, showing.name)
    size = showing.path.stat().st_size
    if size > DEFAULT_LIMITS.file_bytes:
        refusal = too_large(f"文件 {size >> 20} MiB", f"a file of {size >> 20} MiB").refusal
        return refused_reading(refusal, showing.name, _sha256(showing.path))
    return read_ledger(showing.path.read_bytes(), showing.name, showing.source)


def _sha256(path: Path) -> str:
    """The hash of a file that may not fit into memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_reading(reading: LedgerReading, showing: Showing, target: TextIO) -> None:
    """The reading as JSON lines or for people, as `showing` wants it."""
    if showing.as_json:
        target.writelines(f"{line}\n" for line in json_lines(reading, showing.name))
        return
    console = Console(file=target, width=showing.width, force_terminal=showing.width is not None)
    print_reading(reading, showing.name, console, showing.county_code)


def _print(outcome: Outcome[Showing, bool]) -> bool:
    """Print what the worker wrote; where it died, that the file is refused."""
    showing = outcome.item
    if outcome.failure is not None:
        raise_if_wording(outcome.failure)
        reading = refused_reading(refusal_of(outcome.failure), showing.name, _sha256(showing.path))
        write_reading(reading, showing, sys.stdout)
        return True
    with showing.target.open(encoding="utf-8") as lines:
        shutil.copyfileobj(lines, sys.stdout)
    showing.target.unlink()
    if showing.path.parent == showing.target.parent:
        showing.path.unlink()
    return bool(outcome.value)
