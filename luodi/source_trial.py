"""What the ledgers of a new county say of the configuration it needs, each read in a bounded worker process."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from ingest.arrivals import is_litter
from ingest.bounded import Outcome, run_bounded
from ingest.formats.sheet import Workbook
from ingest.formats.workbook import open_workbook, refusal_of
from ingest.ledgers.ledger import LedgerReading, LedgerSource, refused_reading
from ingest.ledgers.ledger_printing import unmapped_lines
from ingest.ledgers.ledger_source import pattern_of
from ingest.ledgers.source_proposal import LedgerSigns, signs_of
from ingest.wording_check import raise_if_wording
from luodi.ledger_showing import Showing, read_shown, with_members, write_reading

_LEAN = "ingest.lean_worker"


@dataclass(frozen=True, slots=True)
class Tried:
    """One ledger as it was found.

    Attributes:
        name: as printed: its path, of a member of an archive also its path inside.
        reading: the whole file's reading without its sheets.
        shown: all that the reader made of it, for people.
        rows_accepted, rows_rejected: of all its sheets.
        unmapped: lines of `headers.csv` for its columns in `extra`.
        signs: what it says of its county's configuration; None where it was refused.
        doubted: the pattern of its name, where it was refused as a list of another business; else None.
    """

    name: str
    reading: LedgerReading
    shown: str
    rows_accepted: int = 0
    rows_rejected: int = 0
    unmapped: tuple[str, ...] = ()
    signs: LedgerSigns | None = None
    doubted: str | None = None


def ledgers_in(paths: Sequence[Path]) -> list[tuple[str, Path]]:
    """The files given, and all files in the folders given, each with the name it is printed with, in order.

    Litter (`~$台账.xlsx`) is left out of folders. A name begins with the folder given, for what lies above it is the
    caller's own and says nothing of the county.
    """
    return [
        (str(file.relative_to(path.absolute().parent)), file)
        for path in paths
        for file in (_files_of(path.absolute()) if path.is_dir() else [path.absolute()])
    ]


def tried(
    files: Sequence[tuple[str, Path]], source: LedgerSource, county_code: str | None, width: int | None
) -> Iterator[Tried]:
    """Look at files in their order, at the members of an archive one by one."""
    showings = (Showing(path, name, source, county_code, as_json=False, width=width) for name, path in files)
    with tempfile.TemporaryDirectory(prefix="luodi-") as folder:
        for outcome in run_bounded(look_at, with_members(showings, Path(folder)), preload=(_LEAN, __name__)):
            yield _outcome(outcome)


def look_at(showing: Showing) -> Tried:
    """Read one file and note what it says. Runs in the worker."""
    reading = read_shown(showing)
    if reading.status == "refused":
        return _refused(reading, showing)
    opened = open_workbook(showing.path.read_bytes(), showing.name)
    found = Tried(
        showing.name,
        reading,
        _shown(reading, showing),
        reading.rows_accepted,
        reading.rows_rejected,
        tuple(unmapped_lines(reading, showing.county_code)),
        signs_of(showing.name, opened if isinstance(opened, Workbook) else None, reading),
    )
    reading.sheets.clear()
    return found


def _files_of(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(is_litter(part) for part in path.relative_to(folder).parts):
            yield path


def _outcome(outcome: Outcome[Showing, Tried]) -> Tried:
    if outcome.failure is not None:
        raise_if_wording(outcome.failure)
        showing = outcome.item
        return _refused(refused_reading(refusal_of(outcome.failure), showing.name), showing)
    return cast("Tried", outcome.value)


def _refused(reading: LedgerReading, showing: Showing) -> Tried:
    doubted = pattern_of(showing.name) if reading.seems_other else None
    return Tried(showing.name, reading, _shown(reading, showing), doubted=doubted)


def _shown(reading: LedgerReading, showing: Showing) -> str:
    lines = io.StringIO()
    write_reading(reading, showing, lines)
    return lines.getvalue()
