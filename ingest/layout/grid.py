"""A sheet prepared for finding tables: blank text is empty, merged areas can be asked by cell."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.formats.sheet import CellValue, Merge, Sheet
from ingest.values.printed import compact, header_text

_MERGED_CELLS_LIMIT = 400_000
_DATA_LIKE = re.compile(
    r"^[-+~约]?[\d.,%/:()*—–-]+(?:[万亿千百]{0,3}(?:人民币|美元|美金|港元|港币|欧元|日元|元)|万|亿|亩|个|天|年|月|日|%|号)*[\d.年月日]*$"
)
# 目标 | 完成 | %: a share's column may be called by its unit alone.
_BARE_PERCENT = re.compile(r"^[(\[]?%[)\]]?$")
# 5月①, 8月（必填）: a header may bear a mark.
_MARKS = re.compile(r"(?:[①-⑳*★☆※]|[(（](?:必填|选填)[)）])+$")
# 16.1月: January, in column 16.
_COLUMN_NUMBER = re.compile(r"^\d{1,2}\.(?=\d{1,2}月)")
_LONGEST_PERIOD = 40
_PERIOD_HEADER = re.compile(
    r"^(?:(?:19|20)\d\d年?(?:度)?|(?:(?:19|20)\d\d年)?\d{1,2}(?:[-—~至到]\d{1,2})?月(?:份)?|[1-4一二三四]季度)$"
)


class Grid:
    """The cells of a sheet, 0-based; `rows` is dense to `width`, whitespace-only text is None."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows: list[list[CellValue]] = (
            [
                [None if type(value) is str and (not value or value.isspace()) else value for value in row]
                for row in sheet.rows
            ]
            if sheet.may_hold_blanks
            else [list(row) for row in sheet.rows]
        )
        self.width = max((len(row) for row in self.rows), default=0)
        for row in self.rows:
            if len(row) < self.width:
                row.extend([None] * (self.width - len(row)))
        self.filled: list[list[int]] = [
            [column for column, value in enumerate(row) if value is not None] for row in self.rows
        ]
        self._covered: dict[tuple[int, int], Merge] = {}
        self.merges: list[Merge] = []
        self._take_merges()

    def _take_merges(self) -> None:
        budget = _MERGED_CELLS_LIMIT
        for merge in self.sheet.merges:
            area = Merge(merge.top, merge.left, min(merge.bottom, self.height - 1), min(merge.right, self.width - 1))
            size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
            if area.bottom < area.top or area.right < area.left or size < 2:
                continue
            if size > budget:
                break
            budget -= size
            self.merges.append(area)
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    self._covered[row, column] = area

    @property
    def height(self) -> int:
        """How many rows the sheet has."""
        return len(self.rows)

    def merge_at(self, row: int, column: int) -> Merge | None:
        """The merged area the cell belongs to, its top-left cell included."""
        return self._covered.get((row, column)) if self._covered else None

    def value(self, row: int, column: int) -> CellValue:
        """The cell's own value, or that of the merged area it belongs to."""
        own = self.rows[row][column]
        if own is None and self._covered and (area := self._covered.get((row, column))):
            return self.rows[area.top][area.left]
        return own

    def text(self, row: int, column: int) -> str:
        """The header text of a cell, merged areas included."""
        return header_text(self.value(row, column))

    def row_texts(self, row: int) -> list[str]:
        """The texts of the filled cells of a row, in order."""
        return [header_text(self.rows[row][column]) for column in self.filled[row]]

    def span(self, row: int, column: int) -> int:
        """How many columns the cell covers, itself included."""
        area = self.merge_at(row, column)
        return area.right - area.left + 1 if area else 1


def is_data_like(value: CellValue) -> bool:
    """Whether a cell is a number or date and so no header (years and months may be headers)."""
    if not isinstance(value, str):
        return value is not None and not (isinstance(value, int) and 1990 <= value <= 2100)
    text = compact(value)
    return bool(_DATA_LIKE.match(text)) and not _BARE_PERCENT.match(text) and not is_period_header(value)


def is_period_header(value: CellValue) -> bool:
    """Whether a cell is a bare year, month, span of months or quarter: a header without further words."""
    text = header_text(value)
    return len(text) <= _LONGEST_PERIOD and _is_period(text)


@lru_cache(maxsize=8192)
def _is_period(text: str) -> bool:
    text = compact(_MARKS.sub("", text))
    return bool(_PERIOD_HEADER.match(text) or _PERIOD_HEADER.match(_COLUMN_NUMBER.sub("", text)))
