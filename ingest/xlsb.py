"""Binary workbooks (.xlsb): what their sheet parts say beside the values."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from ingest.limits import Limits
from ingest.refused import damaged
from ingest.sheet import Merge
from ingest.sheet_facts import SheetFacts
from ingest.zip_container import ZipContainer

_SHEET, _NO_STRING = 156, 0xFFFFFFFF
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


def records(part: bytes) -> Iterator[tuple[int, int, int]]:
    """The records of a part: (type, offset of its body, length of its body).

    Raises:
        Refused: `truncated`.
    """
    at, end = 0, len(part)
    try:
        while at < end:
            kind = part[at]
            at += 1
            if kind & 0x80:
                kind = (kind & 0x7F) | (part[at] & 0x7F) << 7
                at += 1
            length = 0
            for shift in (0, 7, 14, 21):
                byte = part[at]
                at += 1
                length |= (byte & 0x7F) << shift
                if not byte & 0x80:
                    break
            if at + length > end:
                raise damaged("工作表记录提前结束", "a record of a sheet ends early")
            yield kind, at, length
            at += length
    except IndexError as error:
        raise damaged("工作表记录提前结束", "a record of a sheet ends early") from error


def sheet_list(part: bytes) -> list[tuple[str, str]]:
    """The sheets of the workbook part in order: (name, relation id)."""
    sheets: list[tuple[str, str]] = []
    for kind, at, length in records(part):
        if kind == _SHEET and length > 16:
            relation_id, after = _wide_string(part, at + 8)
            name, _ = _wide_string(part, after)
            sheets.append((name, relation_id))
    return sheets


def _wide_string(part: bytes, at: int) -> tuple[str, int]:
    length = struct.unpack_from("<I", part, at)[0] if at + 4 <= len(part) else 0
    if length == _NO_STRING:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(part):
        raise damaged("工作簿记录提前结束", "a record of the workbook ends early")
    return part[at + 4 : end].decode("utf-16-le", "replace"), end


def percent_styles(part: bytes) -> frozenset[int]:
    """The cell formats that show a percentage, from the styles part."""
    formats: dict[int, bool] = {9: True, 10: True}
    percents: set[int] = set()
    index, inside = 0, False
    for kind, at, length in records(part):
        if kind == _FORMAT and length > 6:
            code = part[at + 6 : at + length].decode("utf-16-le", "replace")
            formats[struct.unpack_from("<H", part, at)[0]] = "%" in code
        elif kind in (_CELL_FORMATS, _END_CELL_FORMATS):
            inside = kind == _CELL_FORMATS
        elif kind == _XF and inside and length >= 4:
            if formats.get(struct.unpack_from("<H", part, at + 2)[0]):
                percents.add(index)
            index += 1
    return frozenset(percents)


def scan_xlsb_sheet(container: ZipContainer, part: str, percents: frozenset[int], limits: Limits) -> SheetFacts:
    """Scan one binary worksheet.

    Raises:
        Refused: `truncated`, `too_large`.
    """
    content = container.read(part, limits.markup_bytes)
    facts = SheetFacts()
    row = -1
    for kind, at, length in records(content):
        if kind in _FILLED_CELLS and length >= 8:
            column, style = struct.unpack_from("<II", content, at)
            facts.count(row, column)
            if style & 0xFFFFFF in percents:
                facts.percents.add((row, column))
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
