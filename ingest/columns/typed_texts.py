"""Cells of texts: names, codes, lists of units and persons, notes that tell a stage or a share."""

from __future__ import annotations

import re
from typing import Any

from ingest.columns.column_meaning import ColumnMeaning
from ingest.columns.neighbour_words import says
from ingest.columns.stage_hints import StageHints
from ingest.columns.typed_fields import TypedFields, each
from ingest.columns.unit_and_person_cells import LISTED_FIELDS, as_listed
from ingest.formats.sheet import CellValue
from ingest.ledgers.ledger_types import ColumnReading
from ingest.values.cell_text import without_text_mark
from ingest.values.cell_values import ParsedRate, clean_text, parse_rate, parse_stage
from ingest.values.printed import cell_text, compact

_BEHIND_A_NUMBER = ".．、"
_LONGEST_STAGE = 8
_EXACT_DIGITS = 1e15
_SHARE = re.compile("[%％]|百分之")
_CODES = frozenset({"project_code", "contact_phone"})
_FIGURE_OR_MASK = re.compile(r"[\d*＊×]")


class TextCells:
    """Types the columns of texts of one table."""

    def __init__(self, fields: TypedFields, hints: StageHints, county_code: str | None) -> None:
        self.fields, self.hints, self.county_code = fields, hints, county_code

    def take(self, column: ColumnReading, meaning: ColumnMeaning) -> None:
        """Type one column."""
        assert meaning.field is not None  # noqa: S101 - for the type checker
        cleaned = each(column.cells, _clean_list if meaning.field in LISTED_FIELDS else clean_text)
        if meaning.field in _CODES:
            self._drop_cut_codes(column, cleaned)
            self._drop_words(column, cleaned)
        if meaning.field == "sequence_no":
            cleaned = [text.rstrip(_BEHIND_A_NUMBER) if text is not None else None for text in cleaned]
        if meaning.field == "progress_note":
            self._told_shares(column)
            self._told_stages(column)
        self.fields.fill(meaning.field, cleaned)

    def _told_stages(self, column: ColumnReading) -> None:
        """`在建` alone under 进展 is the row's own word for its stage, though the column's other cells tell more."""
        for position, value in enumerate(column.values):
            if not isinstance(value, str) or len(value) > _LONGEST_STAGE:
                continue
            told = parse_stage(value, self.county_code)
            if told.reason is None and told.stage is not None:
                self.hints.reached.setdefault(position, told.stage)
            elif told.reason is None and told.before is not None:
                self.hints.noted_before.setdefault(position, told.before)
                if says("paperwork", compact(value)):
                    self.hints.paperwork.add(position)

    def _told_shares(self, column: ColumnReading) -> None:
        """`20%` under 进度 is the share done too, unless a column of its own tells it."""
        if any(other.meaning.field == "progress_rate" for other in self.fields.table.columns):
            return
        shares = {position: share for position, value in enumerate(column.values) if (share := _share_told(value))}
        if shares:
            target = self.fields.values("progress_rate")
            for position, share in shares.items():
                target[position] = share.value
                if share.is_approximate:
                    self.fields.approximate(position, "progress_rate")

    def _drop_cut_codes(self, column: ColumnReading, cleaned: list[Any]) -> None:
        """A long code stored as a number has lost its last digits; it must not identify a project."""
        for position, value in enumerate(column.values):
            if isinstance(value, float) and abs(value) >= _EXACT_DIGITS:
                cleaned[position] = None
                self.fields.add_extra(position, column.key, cell_text(value))
                self.fields.remarks.append(
                    f"第{self.fields.table.row_numbers[position]}行“{column.key}”存成了数字，末几位已丢失，不采用；请设为文本格式后重填。 "
                    f"Row {self.fields.table.row_numbers[position]}: the code was stored as a number and lost its last digits."
                )

    def _drop_words(self, column: ColumnReading, cleaned: list[Any]) -> None:
        """已备案 or 办理中 under 项目代码 would tie projects to each other that have nothing else in common.

        The mark that kept a code a text in its spreadsheet is no part of it.
        """
        for position, text in enumerate(cleaned):
            if text is None:
                continue
            if _FIGURE_OR_MASK.search(text):
                cleaned[position] = without_text_mark(text)
            else:
                cleaned[position] = None
                self.fields.add_extra(position, column.key, text)


def _clean_list(value: CellValue) -> str | None:
    return clean_text(as_listed(value) if isinstance(value, str) else value)


def _share_told(value: CellValue) -> ParsedRate | None:
    """The share that a text is, whole; bare numbers tell none."""
    if not isinstance(value, str) or not _SHARE.search(value):
        return None
    share = parse_rate(value)
    return share if share.value is not None and 0 <= share.value <= 1 else None
