"""同比增减 of a summary whose cells say 14.58%: how much more or less than a year before, as a share.

The header alone may mean an amount; where every cell states a share it is the growth of the figure left of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.columns.column_texts import column_texts
from ingest.columns.neighbour_words import says
from ingest.headers.header_text import segment
from ingest.kinds.summary_neighbours import attach_comparisons
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table, TableColumn

_SHARE = ("%", "％")


def changes_as_growth(
    grid: Grid, table: Table, meanings: Sequence[ColumnMeaning], context: HeaderContext
) -> list[ColumnMeaning]:
    """The meanings of a summary's columns, with open comparisons whose cells are shares read as growth."""
    found = list(meanings)
    for index, (column, meaning) in enumerate(zip(table.columns, meanings, strict=True)):
        leaf = segment(meaning.path[-1]).core if meaning.path else ""
        is_open = index and (meaning.field is None or meaning.measure == "change")
        if is_open and says("comparison_alone", leaf) and _holds_shares(grid, table, column):
            told = replace(meaning, path=(*meaning.path[:-1], "同比增长（%）"), field=None)
            read = attach_comparisons([found[index - 1], told], context)[1]
            if read.measure == "growth":
                found[index] = replace(read, path=meaning.path)
    return found


def _holds_shares(grid: Grid, table: Table, column: TableColumn) -> bool:
    texts = list(column_texts(grid, table, column))
    shown = {row for row, index in grid.sheet.percents if index == column.index}
    if shown:
        return True
    return bool(texts) and all(text.endswith(_SHARE) for text in texts)
