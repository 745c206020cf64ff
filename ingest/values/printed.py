"""The printed text of cells: what people see, kept in `raw` and `extra`, and used as header paths."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from ingest.formats.sheet import CellValue, MonthShown, YearShown
from ingest.values.cell_text import squeeze as compact

__all__ = ["cell_text", "compact", "header_text"]

_LINE_BREAKS = re.compile(r"[\r\n\t\v\f]+")
_SPACES = re.compile(r"\s+")


def cell_text(value: CellValue) -> str:
    """The cell as text, without guessing: numbers without a trailing `.0`, midnights as dates, months as shown; empty is `""`."""
    if type(value) is str:
        return value.strip()
    if type(value) is int:
        return str(value)
    if type(value) is float:
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, MonthShown):
        return f"{value.year}年{value.month}月"
    if isinstance(value, YearShown):
        return f"{value.year}年"
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


_INSTRUCTION = re.compile(r"(?<=[^\s])\s*[(（][^()（）]{10,}[)）]$")


def without_instruction(text: str) -> str:
    """A header without the long bracket behind it that says how to fill it in: its length is no sentence's."""
    return _INSTRUCTION.sub("", text) if len(text) > 20 else text


def header_text(value: CellValue) -> str:
    """A header cell as part of a path: line breaks out, single spaces kept (`当年新开工重点 项目`)."""
    text = cell_text(value)
    # Most have no space at all.
    return text if len(text.split(None, 1)) < 2 else _SPACES.sub(" ", _LINE_BREAKS.sub("", text)).strip()
