"""Letters that wait for a person's consent: what was drafted is kept by its sha256, and goes out unchanged or not at all.

A draft lies among the reports, for the person who decides; the same bytes are kept below `HOME/sent/drafts/`. Released
are the kept bytes, so that nothing that happened since (a new publication, a template that was mended, a hand in
the draft) changes what was agreed to.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ingest.files import write_whole
from ingest.home import Home
from luodi import sent_record
from reports import letters
from reports.follow_up_data import waiting_drafts

CHANNEL = "letters"
_WITHHELD = {
    "changed": "草稿在起草后被改动，未发出；删去草稿后重新起草 the draft was changed after it was made; delete it and draft anew",
    "withdrawn": "草稿已被撤下，未发出 the draft was taken away",
    "settled": "起草后有事项已销号或变级，未发出，下次重新起草 an item was closed or changed its level since",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """One drafted letter, as plain data between tasks. `sha256` is of the document's bytes."""

    file: str
    sha256: str
    dated_on: str
    level: str
    items: int
    keys: list[str]


def draft(home: Home, due: Sequence[letters.Letter]) -> list[Draft]:
    """Write drafts for people, keep their bytes, and take away drafts of earlier days, which these replace."""
    made = []
    for letter in due:
        data = letters.docx_of(letter)
        digest = hashlib.sha256(data).hexdigest()
        write_whole(_kept(home, digest), data)
        write_whole(letters.letter_path(home, letter.dated_on, letter.file_name, drafts=True), data)
        made.append(
            Draft(letter.file_name, digest, letter.dated_on.isoformat(), letter.level, len(letter.items), letter.keys)
        )
    current = {letters.letter_path(home, letter.dated_on, letter.file_name, drafts=True) for letter in due}
    for path in waiting_drafts(home):
        if path not in current:
            path.unlink(missing_ok=True)
    return made


def release(
    home: Home, drafts: Sequence[Mapping[str, Any]], open_keys: Collection[str]
) -> tuple[list[Path], list[dict[str, str]]]:
    """Send out what was agreed to, byte for byte. `open_keys` are the keys of all items that still call for a letter.

    Gives the paths of the released letters, and the withheld ones with the reason. Doing it twice does it once.
    """
    released: list[Path] = []
    withheld: list[dict[str, str]] = []
    for one in (Draft(**given) for given in drafts):
        shown = letters.letter_path(home, dt.date.fromisoformat(one.dated_on), one.file, drafts=True)
        final = letters.letter_path(home, dt.date.fromisoformat(one.dated_on), one.file)
        if not sent_record.unsent(home, CHANNEL, one.keys):
            released.append(final)
            continue
        reason = _withheld_because(one, shown, open_keys)
        if reason is not None:
            withheld.append({"file": one.file, "reason": _WITHHELD[reason]})
            continue
        write_whole(final, _kept(home, one.sha256).read_bytes())
        facts = {"file": one.file, "dated_on": one.dated_on, "sha256": one.sha256}
        sent_record.record_sent(home, CHANNEL, one.keys, facts)
        shown.unlink(missing_ok=True)
        released.append(final)
    return released, withheld


def as_records(drafts: Sequence[Draft]) -> list[dict[str, Any]]:
    """Drafts as plain data."""
    return [asdict(one) for one in drafts]


def _withheld_because(one: Draft, shown: Path, open_keys: Collection[str]) -> str | None:
    if not shown.exists():
        return "withdrawn"
    if hashlib.sha256(shown.read_bytes()).hexdigest() != one.sha256:
        return "changed"
    return None if set(one.keys) <= set(open_keys) else "settled"


def _kept(home: Home, digest: str) -> Path:
    return home.root / "sent" / "drafts" / f"{digest}.docx"
