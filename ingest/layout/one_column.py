"""Sheets whose every row stands in one cell, its columns parted by a mark: delimited text opened with the wrong one, or pasted.

`序号;项目名称;总投资` in A1, `1;甲项目;5000` in A2. Sure only where nearly all rows have as many marks.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.formats.sheet import CellValue, Sheet

_MARKS = ("\t", ";", "|", ",", "；", "，")
_FEWEST_ROWS = 3
_FEWEST_CELLS = 3
_MOST = 0.8
_TITLES = 3
_LABELLED = re.compile(r"[^:：\d]{2,12}[:：]")


def with_columns_parted(sheet: Sheet) -> Sheet:
    """The sheet with its columns apart; the sheet itself where several are."""
    if any(value is not None for row in sheet.rows for value in row[1:]) or sheet.merges:
        return sheet
    texts = [row[0] if row and isinstance(row[0], str) else "" for row in sheet.rows]
    filled = [text for text in texts if text.strip()]
    mark = next((mark for mark in _MARKS if _parts(filled, mark)), None)
    if mark is None:
        return sheet
    return replace(sheet, rows=[_parted(text, mark) for text in texts])


def _parts(texts: Sequence[str], mark: str) -> bool:
    """Whether a mark parts nearly all texts, but for titles above, into as many cells."""
    first = next((at for at, text in enumerate(texts) if text.count(mark) >= _FEWEST_CELLS - 1), len(texts))
    rest = texts[first:]
    if first > _TITLES or len(rest) < _FEWEST_ROWS:
        return False
    if all(_LABELLED.match(part) for part in _parted(rest[0], mark) if isinstance(part, str)):
        # 项目名称：甲园；投资方：乙公司: each row tells by labels, and no column has a header.
        return False
    (width, often), *_ = Counter(len(_parted(text, mark)) for text in rest).most_common(1)
    return width >= _FEWEST_CELLS and len(_parted(rest[0], mark)) == width and often >= _MOST * len(rest)


def _parted(text: str, mark: str) -> list[CellValue]:
    try:
        cells = next(csv.reader([text.replace("\n", " ").replace("\r", " ")], delimiter=mark), [])
    except csv.Error:
        cells = [text]
    return [cell.strip() or None for cell in cells]
