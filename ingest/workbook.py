"""Any file → sheets of addressed cells, or one reason why not. The format is told by the bytes, never by the name."""

from __future__ import annotations

import io

import python_calamine as calamine

from ingest.delimited import read_delimited
from ingest.encodings import decode, sniff_encoding
from ingest.html_table import looks_like_html, read_html
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.refused import Refused, damaged, empty, encrypted, too_large
from ingest.sheet import CellValue, Refusal, Sheet, Workbook


def open_workbook(data: bytes, name: str = "", limits: Limits = DEFAULT_LIMITS) -> Workbook | Refusal:
    """Read a file into sheets. `name` only serves messages: the same bytes give the same sheets under any name."""
    try:
        return _read(data, limits)
    except Refused as refused:
        return refused.refusal


def _read(data: bytes, limits: Limits) -> Workbook:
    if not data.strip(b"\0 \t\r\n\x1a"):
        raise empty()
    if len(data) > limits.file_bytes:
        raise too_large(f"{len(data)} 字节", f"{len(data)} bytes")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
        return _by_calamine(data)
    if looks_like_html(_head(data)):
        return read_html(data, limits)
    return read_delimited(data, limits)


def _head(data: bytes) -> str:
    """The first characters, good enough to tell a page from a table of text."""
    encoding, body = sniff_encoding(data[:4096])
    return decode(body, encoding)


def _by_calamine(data: bytes) -> Workbook:
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            Sheet(
                meta.name, _cells(book.get_sheet_by_name(meta.name)), meta.visible != calamine.SheetVisibleEnum.Visible
            )
            for meta in book.sheets_metadata
            if meta.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    except calamine.PasswordError:
        raise encrypted() from None
    except calamine.CalamineError as error:
        raise damaged(str(error), str(error)) from error
    if not any(sheet.rows for sheet in sheets):
        raise empty()
    return Workbook("xlsx", sheets)


def _cells(sheet: calamine.CalamineSheet) -> list[list[CellValue]]:
    merged = sheet.to_python(skip_empty_area=False)
    return [
        [None if v == "" else (int(v) if type(v) is float and v.is_integer() and abs(v) < 1e15 else v) for v in row]
        for row in merged
    ]
