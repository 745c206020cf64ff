"""What is known around a table before it is read: its file, its sheet, the lines that state its units."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ingest.columns.column_meaning import HeaderContext
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table
from ingest.ledgers.ledger_source import LedgerSource
from ingest.rows.furniture import label_kind
from ingest.values.units import unit_in_text

_UNIT_LINE = re.compile(r"[(（]?\s*(?:金额|计量|货币)?单\s*位\s*[:：]")
_UNIT_NOTE = re.compile(r"单位|万元|亿元|美元")


@dataclass(frozen=True, slots=True)
class FileContext:
    """What is known of the file and sheet before a table is read; `sheet_key` tells sheets of one name apart.

    `around`: the file's name, its sheets and their titles, which say what it is about. `is_printed` where all cells are
    text, as in CSV and HTML: a spreadsheet may have written them from its numbers. `listed`: the names of the projects that
    tables before this one list. `declared`: what the source's configuration says that the sheet lists.
    """

    source: LedgerSource
    file_sha256: str
    sheet_key: str
    report_date: dt.date | None
    report_month: dt.date | None
    counts_from_1904: bool = False
    is_printed: bool = False
    around: tuple[str, ...] = ()
    listed: Set[str] = frozenset()
    declared: Literal["projects", "others"] | None = None


def units_of_header(table: Table) -> list[str]:
    """单位：万元 in the corner of the header, where 序号 would stand."""
    return [cell for column in table.columns for cell in column.path if _UNIT_LINE.match(cell)]


def with_both_units(titles: Sequence[str]) -> list[str]:
    """The lines above a header; a line of the unit alone is joined to a title that states another one, so that neither counts."""
    for at, line in enumerate(titles):
        stated = _yuan_units(line)
        if stated:
            other = next(
                (text for text in titles[at + 1 :] if (units := _yuan_units(text)) and not units & stated), None
            )
            is_alone = _UNIT_LINE.match(line) is not None
            return [f"{line}；{other}", *titles] if is_alone and other is not None else list(titles)
    return list(titles)


def _yuan_units(text: str) -> set[Decimal]:
    return {unit.multiplier for unit in unit_in_text(text) if unit.code == "CNY"}


def header_context(grid: Grid, lines: Sequence[str], file: FileContext) -> HeaderContext:
    """What the columns' reader should know; the first of `lines` that states a unit of money is the unit line."""
    # 台账（万元）: a sheet's name is the last that may say so.
    stated = [*lines, grid.sheet.name]
    unit_line = next((text for text in stated if any(unit.is_money for unit in unit_in_text(text))), None)
    return HeaderContext(
        county_code=file.source.county_code,
        sheet_name=grid.sheet.name,
        unit_line=unit_line,
        source_unit=file.source.default_unit,
        report_year=file.report_date.year if file.report_date else None,
        lists_projects=file.declared == "projects",
    )


def notes_of_units(grid: Grid, table: Table) -> list[str]:
    """Notes below the table that state a unit (`注：金额单位为万元`)."""
    found = []
    for row in range(max(table.first_row, table.end_row - 15), table.end_row):
        if not 1 <= len(grid.filled[row]) <= 2:
            continue
        texts = grid.row_texts(row)
        if _UNIT_NOTE.search(texts[0]) and label_kind(texts[0]) == "note":
            found.append(texts[0])
    return found
