"""Columns of codes that only number their rows, told by their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.headers.header_column import interpret_column
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table
from ingest.values.printed import cell_text

# 12, 12、 (12), 1-3, 2.1.4 and ★3 count rows.
# A1, A2 below the heading A: no code of a project.
_RUNNING = re.compile(
    r"[★☆▲△●*※]?(?:\d{1,4}|[(（]\d{1,3}[)）]|\d{1,3}(?:[-.]\d{1,3}){1,2}|[A-Ha-h甲乙丙丁一二三四五六][-.]?\d{1,2})"
    r"[.．、)）]?"
)
_DIGIT = re.compile(r"\d")
_NAMES = frozenset({"project_name", "project_company"})


def settled_numbers(
    grid: Grid, table: Table, meanings: Sequence[ColumnMeaning], context: HeaderContext
) -> list[ColumnMeaning]:
    """A code column that only counts 1, 2, 3… holds printed numbers; as codes they would identify other projects.

    The column of codes that it outdid (编号 before 项目代码（统一赋码）) then is the code, and running numbers that a column
    of codes outdid (编号 beside 项目代码) are the printed numbers.
    """
    coded = next((at for at, one in enumerate(meanings) if one.field == "project_code"), None)
    if coded is None:
        return list(meanings)
    settled, has_sequence = list(meanings), any(one.field == "sequence_no" for one in meanings)
    outdone = {
        at: alone
        for at, one in enumerate(meanings)
        if one.field is None and (alone := interpret_column(one.path, context=context)).field == "project_code"
    }
    counting = [at for at in (coded, *outdone) if _only_counts(grid, table, meanings, at)]
    for at in counting:
        meaning = outdone.get(at, meanings[at])
        settled[at] = replace(
            meaning,
            field=None if has_sequence else "sequence_no",
            why=f"{meaning.why} 列里只有流水号，不作项目代码 running numbers only, no codes",
        )
        has_sequence = True
    if coded in counting and (restored := next((at for at in outdone if at not in counting), None)) is not None:
        settled[restored] = outdone[restored]
    return settled


def _only_counts(grid: Grid, table: Table, meanings: Sequence[ColumnMeaning], position: int) -> bool:
    """Whether a column of codes holds running numbers; rows without a name are headings, totals and notes."""
    index = table.columns[position].index
    names = [column.index for column, one in zip(table.columns, meanings, strict=True) if one.field in _NAMES]
    rows = [grid.rows[row] for row in table.body_rows]
    cells = [row[index] for row in rows if not names or any(row[name] is not None for name in names)]
    texts = [text for cell in cells if cell is not None and _DIGIT.search(text := cell_text(cell))]
    return bool(texts) and sum(1 for text in texts if _RUNNING.fullmatch(text)) >= 0.8 * len(texts)
