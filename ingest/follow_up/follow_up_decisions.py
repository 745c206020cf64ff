"""A row of a returned list 待判定 → what a person decided about two projects, or why it could not be used.

A decision changes the ids it was made on, so it carries what the row shows of both projects: county, name, code, investor.
The candidate's number is made of these cells, so a row whose key cells were edited is told apart from one that was sorted.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.follow_up.follow_up_cells import (
    FAR_AHEAD,
    RejectedCell,
    day_of,
    filled_cells,
    key_of,
    raw_text,
    reply_day,
    squeeze_id,
    states_a_day,
)
from ingest.follow_up.follow_up_wording import DECISION, DIRECTED, PAIR, decision_words, header_of
from ingest.formats.sheet import CellValue, Sheet
from ingest.values.cell_text import squeeze

_NUMBER = re.compile(r"C[0-9a-f]{16}")
_DIRECTED = re.compile("([甲乙])(.+)([甲乙])")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decided pair. Side a is the subject: `part_of` means that a is part of b. `raw` holds the reply cells as typed."""

    sheet: str
    row_number: int
    candidate_id: str
    decision: str
    county_code_a: str
    project_name_a: str
    project_code_a: str | None
    investor_name_a: str | None
    county_code_b: str
    project_name_b: str
    project_code_b: str | None
    investor_name_b: str | None
    author: str
    decided_on: dt.date
    reason: str | None
    issued_on: dt.date | None
    raw: Mapping[str, str]

    @property
    def event_id(self) -> str:
        """The same for the same decision, whichever file, sheet and row it stands in."""
        subject = (self.county_code_a, self.project_name_a, self.project_code_a)
        said = (self.candidate_id, self.decision, subject, self.author, self.decided_on, self.reason)
        return "E" + hashlib.sha256("\x1f".join(map(str, said)).encode()).hexdigest()[:24]


def candidate_id(shown: Iterable[str | None]) -> str:
    """The number of a pair, made of what is shown of it, in the order of `PAIR`; blanks and widths of letters are nothing."""
    joined = "|".join(squeeze_id(text or "") for text in shown)
    return "C" + hashlib.sha256(joined.encode()).hexdigest()[:16]


def read_decision(
    sheet: Sheet, row: int, columns: Mapping[int, str], headers: Mapping[int, str]
) -> tuple[Decision | None, list[RejectedCell]]:
    """The decision of a row, and the cells that could not be used with their reasons; one fault, and it decides nothing."""
    filled = filled_cells(sheet, row)
    known = {columns[place]: (place, cell) for place, cell in filled.items() if place in columns}
    replied = {name: known[name] for name in DECISION if name in known}
    number = key_of(known, "candidate_id") or ""
    issued_on = day_of(known["issued_on"][1]) if "issued_on" in known else None
    shown = {name: raw_text(known[name][1]).strip() if name in known else None for name in PAIR}
    decision, is_swapped = _decision(replied)
    decided_on = _day(replied, issued_on)
    if not replied:
        # luodi prints nothing without a number: whatever stands in such a row was typed.
        faults = dict.fromkeys(() if _NUMBER.fullmatch(number) else filled, "edited_key")
    elif number != candidate_id(shown.values()):
        faults = dict.fromkeys((place for place, _ in replied.values()), "edited_key")
    else:
        faults = _faults(sheet, row, replied, decision, decided_on)
    told = {**{place: "unknown_column" for place in filled if place not in columns}, **faults}
    rejected = [
        RejectedCell(sheet.name, row + 1, None, headers.get(place, f"第{place + 1}列"), raw_text(filled[place]), code)
        for place, code in sorted(told.items())
    ]
    if faults or decision is None or decided_on is None:
        return None, rejected
    sides = [{name[:-2]: text for name, text in shown.items() if name.endswith(side)} for side in ("_a", "_b")]
    subject, other = sides[::-1] if is_swapped else sides
    return Decision(
        sheet=sheet.name,
        row_number=row + 1,
        candidate_id=number,
        decision=decision,
        county_code_a=subject["county_code"] or "",
        project_name_a=subject["project_name"] or "",
        project_code_a=subject["project_code"],
        investor_name_a=subject["investor_name"],
        county_code_b=other["county_code"] or "",
        project_name_b=other["project_name"] or "",
        project_code_b=other["project_code"],
        investor_name_b=other["investor_name"],
        author=raw_text(replied["author"][1]).strip(),
        decided_on=decided_on,
        reason=raw_text(replied["reason"][1]).strip() if "reason" in replied else None,
        issued_on=issued_on,
        raw={header_of(name): raw_text(cell) for name, (_, cell) in replied.items()},
    ), rejected


def _faults(
    sheet: Sheet,
    row: int,
    replied: Mapping[str, tuple[int, CellValue]],
    decision: str | None,
    decided_on: dt.date | None,
) -> dict[int, str]:
    """What keeps the reply cells of a row from being a decision, by column."""
    unusable = {
        place: "error_value"
        for place, _ in replied.values()
        if (row, place) in sheet.errors or (row, place) in sheet.uncached
    }
    if unusable:
        return unusable
    if "decision" not in replied:
        return dict.fromkeys((place for place, _ in replied.values()), "no_decision")
    place = replied["decision"][0]
    if decision is None:
        return {place: "unknown_decision"}
    if "author" not in replied:
        return {place: "no_decider"}
    if "decided_on" not in replied:
        return {place: "no_decision_date"}
    return {} if decided_on else {replied["decided_on"][0]: "bad_date"}


def _day(replied: Mapping[str, tuple[int, CellValue]], issued_on: dt.date | None) -> dt.date | None:
    """The stated day: the later of two decisions wins, so a month is not enough."""
    if "decided_on" not in replied or not states_a_day(replied["decided_on"][1]):
        return None
    said = reply_day(replied["decided_on"][1], issued_on)
    return None if said and issued_on and said > issued_on + FAR_AHEAD else said


def _decision(replied: Mapping[str, tuple[int, CellValue]]) -> tuple[str | None, bool]:
    """What is decided, and whether the second project is the subject."""
    if "decision" not in replied:
        return None, False
    text = squeeze(raw_text(replied["decision"][1])).strip("。.!！√✓☑")
    found = _DIRECTED.fullmatch(text)
    if found and found[1] != found[3]:
        decision = decision_words().get(found[2])
        return (decision, found[1] == "乙") if decision in DIRECTED else (None, False)
    decision = decision_words().get(text)
    return (None if decision in DIRECTED else decision), False
