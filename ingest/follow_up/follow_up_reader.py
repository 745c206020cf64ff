"""A returned follow-up workbook → events: what people typed, cell by cell, and nothing lost.

Two kinds of tables are read: lists of items, and lists of pairs of projects to be decided on (`follow_up_decisions`).

The workbook may have been renamed, saved again by another program, its rows sorted, copied or cut, its sheets moved: a
reply is found by the headers and by the item's number in its own row. Every filled reply cell ends in an event, or in
`rejected` with its reason.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from ingest.follow_up.follow_up_cells import (
    FAR_AHEAD,
    RejectedCell,
    day_of,
    due_day,
    filled_cells,
    key_of,
    raw_text,
    reply_day,
)
from ingest.follow_up.follow_up_decisions import Decision, read_decision
from ingest.follow_up.follow_up_wording import (
    CANDIDATES,
    DECISION,
    ITEMS,
    LISTS,
    NOTE,
    REPEATED,
    REPLY,
    REPLY_DATES,
    REPLY_TEXTS,
    column_fields,
    state_words,
)
from ingest.formats.sheet import CellValue, Refusal, Sheet
from ingest.formats.workbook import open_workbook
from ingest.values.cell_text import fold, squeeze

READER_VERSION = "6"
_ITEM = re.compile(r"F[0-9a-f]{16}")
_NOTED_DAY = re.compile(rf"{NOTE}\s*(\d{{4}}-\d{{2}}-\d{{2}})")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")


@dataclass(frozen=True, slots=True)
class Reply:
    """One answered row. Dates are days; `raw` holds the filled reply cells as typed, by header."""

    sheet: str
    row_number: int
    follow_up_id: str
    project_id: str | None
    rule_id: str | None
    county_code: str | None
    happened_on: dt.date
    happened_on_basis: str
    issued_on: dt.date | None
    status: str | None
    cause: str | None
    measure: str | None
    person: str | None
    new_due_on: dt.date | None
    evidence_reference: str | None
    received_by: str | None
    received_on: dt.date | None
    raw: Mapping[str, str]

    @property
    def event(self) -> str:
        """What the reply does to its item."""
        if self.status in ("done", "impossible"):
            return "closed" if self.status == "done" else "impossible"
        answers = (self.status, self.cause, self.measure, self.person, self.new_due_on, self.evidence_reference)
        if not any(answers) and (self.received_by or self.received_on):
            return "received"
        return "extended" if self.new_due_on else "answered"

    @property
    def event_id(self) -> str:
        """The same for the same reply, whichever file, sheet and row it stands in."""
        received = (self.received_by, self.received_on) if self.received_by or self.received_on else ()
        said = (
            self.follow_up_id, self.happened_on, self.status, self.cause, self.measure, self.person, self.new_due_on,
            self.evidence_reference, *received,
        )  # fmt: skip
        return "E" + hashlib.sha256("\x1f".join(map(str, said)).encode()).hexdigest()[:24]


@dataclass(slots=True)
class FollowUpReading:
    """What one returned file says. `rows_seen` counts rows below the headers with anything in them."""

    refusal: Refusal | None = None
    replies: list[Reply] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    rejected: list[RejectedCell] = field(default_factory=list)
    rows_seen: int = 0

    @property
    def issued_on(self) -> dt.date | None:
        """The day the workbook was made; the latest where rows of several were put together."""
        said: list[Reply | Decision] = [*self.replies, *self.decisions]
        return max((one.issued_on for one in said if one.issued_on), default=None)


def read_follow_up(data: bytes, name: str = "") -> FollowUpReading:
    """Read a returned workbook. Never raises for what a file holds."""
    opened = open_workbook(data, name)
    if isinstance(opened, Refusal):
        return FollowUpReading(opened)
    reading = FollowUpReading()
    tables = {sheet.name: list(_tables(sheet)) for sheet in opened.sheets}
    if not any(tables.values()):
        reading.refusal = Refusal(
            "no_item_column",
            "找不到“事项编号”（或“候选编号”）和回复栏，不是督办清单；请在派发的表上填写后报回。 "
            "No columns for the number of an item or a candidate and a reply: fill in the workbook that was issued and send that.",
        )
        return reading
    for sheet in opened.sheets:
        of_sheet = tables[sheet.name]
        _tell_beside_lists(sheet, of_sheet[0].first_row - 1 if of_sheet else len(sheet.rows), reading)
        for table in of_sheet:
            for row in range(table.first_row, table.end_row):
                (_read_pair if table.fields is CANDIDATES else _read_row)(table, row, reading)
    _ask_for_reasons(reading)
    _ask_for_states(reading)
    return reading


def _ask_for_reasons(reading: FollowUpReading) -> None:
    """What is called impossible needs a cause, on whichever list it stands."""
    explained = {reply.follow_up_id for reply in reading.replies if reply.cause}
    for reply in reading.replies:
        if reply.status == "impossible" and reply.follow_up_id not in explained:
            reading.rejected.append(_cell_of(reply, "status", "no_reason"))


def _ask_for_states(reading: FollowUpReading) -> None:
    """A cause alone says no state, on whichever list it stands: it is kept, and asked about. One that goes with a later
    day explains that.
    """
    stated = {reply.follow_up_id for reply in reading.replies if reply.status}
    # A state that could not be read is told already.
    asked = stated | {cell.follow_up_id for cell in reading.rejected if cell.reason_code == "unknown_state"}
    for reply in reading.replies:
        if reply.cause and reply.new_due_on is None and reply.follow_up_id not in asked:
            reading.rejected.append(_cell_of(reply, "cause", "no_state"))


def _cell_of(reply: Reply, field: str, code: str) -> RejectedCell:
    header = next((name for name in reply.raw if column_fields().get(squeeze(name)) == field), "—")
    return RejectedCell(reply.sheet, reply.row_number, reply.follow_up_id, header, reply.raw.get(header, ""), code)


def _tell_beside_lists(sheet: Sheet, end_row: int, reading: FollowUpReading) -> None:
    """What stands above the first header, or on a sheet without one, was typed, but for the title and the note."""
    for row in range(end_row):
        found = filled_cells(sheet, row)
        texts = list(dict.fromkeys(raw_text(cell).strip() for cell in found.values()))  # a merged title repeats itself
        typed = [text for text in texts if not text.endswith(LISTS) and not text.startswith(NOTE)]
        if typed:
            raw = " | ".join(typed)
            reading.rejected.append(RejectedCell(sheet.name, row + 1, None, "—", raw, "not_in_a_list"))


@dataclass(frozen=True, slots=True)
class _Table:
    """A header row and the rows below it, up to the next header; `noted_on` is the day of issue in the note above."""

    sheet: Sheet
    fields: Set[str]
    columns: Mapping[int, str]
    headers: Mapping[int, str]
    first_row: int
    end_row: int
    noted_on: dt.date | None


def _tables(sheet: Sheet) -> Iterator[_Table]:
    kinds = {row: kind for row, cells in enumerate(sheet.rows) if (kind := _kind(set(_fields(cells).values())))}
    heads = list(kinds)
    # Without a header row there is no table, and no end to pair.
    for head, end in zip(heads, [*heads[1:], len(sheet.rows)], strict=False):
        cells = sheet.rows[head]
        headers = {place: fold(str(cell)) for place, cell in enumerate(cells) if cell is not None}
        columns = {place: name for place, name in _fields(cells).items() if name in kinds[head]}
        yield _Table(sheet, kinds[head], columns, headers, head + 1, end, _noted_on(sheet, head))


def _noted_on(sheet: Sheet, head: int) -> dt.date | None:
    """The day of issue that the note above a header states: people delete the hidden column that repeats it."""
    texts = (cell for row in reversed(sheet.rows[:head]) for cell in row if isinstance(cell, str))
    return next((day_of(found[1]) for text in texts if (found := _NOTED_DAY.match(text.strip()))), None)


def _kind(found: Set[str]) -> Set[str] | None:
    """The fields of the list that a row with these fields heads, if any."""
    if "follow_up_id" in found and not found.isdisjoint(REPLY):
        return ITEMS
    return CANDIDATES if "candidate_id" in found and not found.isdisjoint(DECISION) else None


def _fields(cells: list[CellValue]) -> dict[int, str]:
    found: dict[int, str] = {}
    for place, cell in enumerate(cells):
        meaning = column_fields().get(squeeze(cell)) if isinstance(cell, str) else None
        if meaning is not None and (meaning in REPEATED or meaning not in found.values()):
            found[place] = meaning
    return found


def _read_pair(table: _Table, row: int, reading: FollowUpReading) -> None:
    decision, rejected = read_decision(table.sheet, row, table.columns, table.headers)
    reading.rows_seen += bool(filled_cells(table.sheet, row))
    reading.decisions += [decision] if decision else []
    reading.rejected += rejected


@dataclass(frozen=True, slots=True)
class _Answered:
    """One filled row of a list: its cells by column, and by the field each column is."""

    table: _Table
    row: int
    filled: Mapping[int, CellValue]
    known: Mapping[str, tuple[int, CellValue]]
    item: str | None

    @property
    def replied(self) -> dict[str, tuple[int, CellValue]]:
        """The cells that people were asked to fill."""
        return {name: self.known[name] for name in REPLY if name in self.known}

    @property
    def issued_on(self) -> dt.date | None:
        """When the list was given out."""
        return day_of(self.known["issued_on"][1]) if "issued_on" in self.known else self.table.noted_on

    def rejected(self, place: int, code: str) -> RejectedCell:
        """A cell of it that could not be used."""
        header = self.table.headers.get(place, f"第{place + 1}列")
        return RejectedCell(
            self.table.sheet.name, self.row + 1, self.item, header, raw_text(self.filled[place]), code
        )  # fmt: skip


def _read_row(table: _Table, row: int, reading: FollowUpReading) -> None:
    filled = filled_cells(table.sheet, row)
    if not filled:
        return
    reading.rows_seen += 1
    known = {table.columns[place]: (place, cell) for place, cell in filled.items() if place in table.columns}
    answered = _Answered(table, row, filled, known, _item_of(known))
    refused: list[tuple[int, str]]
    if answered.item is None:  # luodi prints nothing below its rows: whatever stands there was typed
        reply, refused = None, [(place, "no_item") for place in filled]
    else:
        reply, refused = _reply_of(answered, answered.item)
    reading.rejected += [answered.rejected(place, code) for place, code in refused]
    reading.replies += [reply] if reply is not None else []


def _reply_of(answered: _Answered, item: str) -> tuple[Reply | None, list[tuple[int, str]]]:
    """What a row answers, if anything, and the columns that could not be used, each with the reason."""
    table, replied, issued_on = answered.table, answered.replied, answered.issued_on
    refused = [(place, "unknown_column") for place in answered.filled if place not in table.columns]
    values, unread = _values(answered)
    refused += unread
    for name in list(_dates_out_of_reason(values, issued_on)):
        refused.append((replied[name][0], "bad_date"))
        values[name] = None
    happened_on = values.pop("happened_on", None)
    if not any(value is not None for value in values.values()):
        if happened_on is not None:  # a day answers nothing, and a state that could not be read is none
            refused.append((replied["happened_on"][0], "only_a_date"))
        return None, refused
    received_on = values.get("received_on")
    said_on = happened_on or (received_on if _only_received(values) else None) or issued_on
    if not isinstance(said_on, dt.date):
        return None, refused + [
            (place, "no_date") for name, (place, _) in replied.items() if values.get(name) is not None
        ]
    texts = {name: value for name, value in values.items() if isinstance(value, str)}
    dates = {name: value for name, value in values.items() if isinstance(value, dt.date)}
    reply = Reply(
        sheet=table.sheet.name,
        row_number=answered.row + 1,
        follow_up_id=item,
        project_id=key_of(answered.known, "project_id"),
        rule_id=key_of(answered.known, "rule_id"),
        county_code=key_of(answered.known, "county_code"),
        happened_on=said_on,
        happened_on_basis="issued" if said_on is issued_on else "stated",
        issued_on=issued_on,
        status=texts.get("status"),
        cause=texts.get("cause"),
        measure=texts.get("measure"),
        person=texts.get("person"),
        new_due_on=dates.get("new_due_on"),
        evidence_reference=texts.get("evidence_reference"),
        received_by=texts.get("received_by"),
        received_on=dates.get("received_on"),
        raw={table.headers[place]: raw_text(cell) for place, cell in replied.values()},
    )
    return reply, refused


def _dates_out_of_reason(values: Mapping[str, str | dt.date | None], issued_on: dt.date | None) -> Iterator[str]:
    """The fields whose days cannot be meant: far ahead of the list, or a limit that had passed when it was given out."""
    if issued_on is None:
        return
    for name in ("happened_on", "received_on"):
        said = values.get(name)
        if isinstance(said, dt.date) and said > issued_on + FAR_AHEAD:
            yield name
    new_due_on = values.get("new_due_on")
    if isinstance(new_due_on, dt.date) and new_due_on < issued_on:
        yield "new_due_on"


def _only_received(values: Mapping[str, object]) -> bool:
    return all(value is None or name in ("received_by", "received_on") for name, value in values.items())


def _item_of(known: Mapping[str, tuple[int, CellValue]]) -> str | None:
    """The item's number; where its cell was damaged, made again from what it is made of."""
    text = key_of(known, "follow_up_id") or ""
    if _ITEM.fullmatch(text):
        return text
    project, rule = key_of(known, "project_id"), key_of(known, "rule_id")
    opened_on = day_of(known["opened_on"][1]) if "opened_on" in known else None
    if project and rule and opened_on:
        return "F" + hashlib.sha256(f"{project}|{rule}|{opened_on.isoformat()}".encode()).hexdigest()[:16]
    return None


def _values(answered: _Answered) -> tuple[dict[str, str | dt.date | None], list[tuple[int, str]]]:
    sheet, row = answered.table.sheet, answered.row
    values: dict[str, str | dt.date | None] = {}
    refused: list[tuple[int, str]] = []
    for name, (place, cell) in answered.replied.items():
        if (row, place) in sheet.errors or (row, place) in sheet.uncached:
            refused.append((place, "error_value"))
        elif name in REPLY_TEXTS:
            values[name] = raw_text(cell).strip()
        elif name in REPLY_DATES:
            values[name] = (due_day if name == "new_due_on" else reply_day)(cell, answered.issued_on)
            if values[name] is None:
                refused.append((place, "bad_date"))
        else:
            values[name] = _state(raw_text(cell))
            if values[name] is None:
                refused.append((place, "unknown_state"))
    return values, refused


def _state(text: str) -> str | None:
    """The state; a remark in brackets behind it stays in the reply's raw text."""
    words = state_words()
    squeezed = squeeze(text).strip("。.!！√✓☑")
    return words.get(squeezed) or words.get(_BRACKETS.sub("", squeezed).strip("。.!！√✓☑，,；;"))
