"""Binary workbooks (.xlsb): what their sheet parts say beside the values."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ingest.formats.sheet import Merge
from ingest.formats.sheet_facts import SheetFacts
from ingest.formats.xlsx_sheet import CellStyles
from ingest.formats.zip_container import ZipContainer
from ingest.limits import MIB, Limits
from ingest.refused import damaged

_SHEET, _NO_STRING = 156, 0xFFFFFFFF
_BEGIN_BOOK, _END_BOOK, _BEGIN_SHEETS, _END_SHEETS, _WORKBOOK_PROPERTIES = 131, 132, 143, 144, 153
_STATES = {1: "hidden", 2: "veryHidden"}
_MOST_CARRIED = 16 * MIB
_ROW_HEADER, _COLUMN_INFO, _MERGE = 0, 60, 176
_CELL_ERROR, _FORMULA_ERROR = 3, 11
_FILLED_CELLS = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 62})
_FORMATS, _CELL_FORMATS, _END_CELL_FORMATS, _FORMAT, _XF = 615, 617, 618, 44, 47
_ERRORS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
    43: "#GETTING_DATA",
}


def records_of(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes, int, int, int]]:
    """The records of a part as it inflates: (type, the bytes it is in, its start, its end, the start of its body).

    Raises:
        Refused: `truncated`.
    """
    rest = b""
    for chunk in chunks:
        content, start = rest + chunk, 0
        while found := _record_at(content, start):
            kind, body, end = found
            yield kind, content, start, end, body
            start = end
        rest = content[start:]
        if len(rest) > _MOST_CARRIED:
            raise damaged("工作表记录过长", "a record of a sheet is too long")
    if rest:
        raise damaged("工作表记录提前结束", "a record of a sheet ends early")


def _record_at(content: bytes, at: int) -> tuple[int, int, int] | None:
    """The record that starts here: (type, start of its body, its end); None where it is not all there."""
    try:
        kind = content[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (content[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        while True:
            byte = content[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift == 28:
                break
    except IndexError:
        return None
    return (kind, at, at + length) if at + length <= len(content) else None


class SheetList(NamedTuple):
    """What the workbook part says: its sheets in order as (name, relation id, state), and whether dates count from 1904."""

    sheets: list[tuple[str, str, str]]
    counts_from_1904: bool


def sheet_list(part: bytes) -> SheetList:
    """The sheets of the workbook part."""
    sheets: list[tuple[str, str, str]] = []
    counts_from_1904 = False
    for kind, content, _, end, at in records_of([part]):
        if kind == _SHEET and end - at > 16:
            relation_id, after = _wide_string(content, at + 8)
            name, _ = _wide_string(content, after)
            state = struct.unpack_from("<I", content, at)[0]
            sheets.append((name, relation_id, _STATES.get(state, "")))
        elif kind == _WORKBOOK_PROPERTIES and end > at:
            counts_from_1904 = bool(content[at] & 1)
    return SheetList(sheets, counts_from_1904)


def workbook_part_of(sheets: list[tuple[str, str, str]], *, counts_from_1904: bool) -> bytes:
    """A workbook part that lists these sheets, (name, relation id, state), and nothing else."""
    states = {state: number for number, state in _STATES.items()}
    listed = (
        _record(_SHEET, struct.pack("<II", states.get(state, 0), n) + _as_wide(relation) + _as_wide(name))
        for n, (name, relation, state) in enumerate(sheets, 1)
    )
    properties = _record(_WORKBOOK_PROPERTIES, struct.pack("<III", counts_from_1904, 0, 0))
    return b"".join(
        (_record(_BEGIN_BOOK), properties, _record(_BEGIN_SHEETS), *listed, _record(_END_SHEETS), _record(_END_BOOK))
    )


def _record(kind: int, body: bytes = b"") -> bytes:
    length = bytearray()
    rest = len(body)
    while rest > 0x7F:
        length.append(rest & 0x7F | 0x80)
        rest >>= 7
    return bytes((kind & 0x7F | 0x80, kind >> 7)) + bytes(length) + bytes((rest,)) + body


def _as_wide(text: str) -> bytes:
    encoded = text.encode("utf-16-le", "surrogatepass")
    return struct.pack("<I", len(encoded) // 2) + encoded


def _wide_string(part: bytes, at: int) -> tuple[str, int]:
    length = struct.unpack_from("<I", part, at)[0] if at + 4 <= len(part) else 0
    if length == _NO_STRING:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(part):
        raise damaged("工作簿记录提前结束", "a record of the workbook ends early")
    return part[at + 4 : end].decode("utf-16-le", "replace"), end


class CellFormat(NamedTuple):
    """A cell format: the number of its number format, that one's code where it is no built-in, and its indent."""

    number_format: str
    code: str | None
    indent: int = 0


def binary_formats(part: bytes) -> list[CellFormat]:
    """The cell formats of the styles part."""
    codes: dict[int, str] = {}
    formats: list[CellFormat] = []
    inside = False
    for kind, content, _, end, at in records_of([part]):
        if kind == _FORMAT and end - at > 6:
            codes[struct.unpack_from("<H", content, at)[0]], _ = _wide_string(content, at + 2)
        elif kind in (_CELL_FORMATS, _END_CELL_FORMATS):
            inside = kind == _CELL_FORMATS
        elif kind == _XF and inside and end - at >= 12:
            number = struct.unpack_from("<H", content, at + 2)[0]
            formats.append(CellFormat(str(number), codes.get(number), content[at + 11]))
    return formats


def scan_xlsb_sheet(container: ZipContainer, part: str, styles: CellStyles, limits: Limits) -> SheetFacts:
    """Scan one binary worksheet.

    Raises:
        Refused: `truncated`, `too_large`.
    """
    facts = SheetFacts()
    row = -1
    for kind, content, _, end, at in records_of(_checked(container.chunks(part, limits.member_bytes), facts, limits)):
        length = end - at
        if kind in _FILLED_CELLS and length >= 8:
            column, style = struct.unpack_from("<II", content, at)
            facts.count(row, column)
            styles.take(facts, (row, column), style & 0xFFFFFF)
            if kind in (_CELL_ERROR, _FORMULA_ERROR) and length >= 9:
                facts.errors[row, column] = _ERRORS.get(content[at + 8], "#ERROR")
        elif kind == _ROW_HEADER and length >= 12:
            row = struct.unpack_from("<I", content, at)[0]
            if content[at + 11] & 0x10:
                facts.hidden_rows.add(row)
        elif kind == _COLUMN_INFO and length >= 18:
            first, last = struct.unpack_from("<II", content, at)
            if content[at + 16] & 1:
                facts.hidden_columns.append((first, last))
        elif kind == _MERGE and length >= 16:
            top, bottom, left, right = struct.unpack_from("<4I", content, at)
            facts.merges.append(Merge(top, left, bottom, right))
    facts.check_span(limits)
    return facts


def _checked(chunks: Iterator[bytes], facts: SheetFacts, limits: Limits) -> Iterator[bytes]:
    """The chunks, and after each a look at what the cells span by now."""
    for chunk in chunks:
        yield chunk
        facts.check_span(limits)
