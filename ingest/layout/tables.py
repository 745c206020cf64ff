"""Where the tables of a sheet stand: title lines, header blocks of one to five rows, side by side or one below another.

Only shape and header wordings are looked at; what the columns mean is asked of `ingest.headers.interpretation`, what the rows are of
`ingest.rows.row_roles`. Header rows are found by `header_blocks.py` and `header_growth.py`, columns by `table_columns.py` and
`tables_beside.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from ingest.headers.header_text import said, segment
from ingest.layout.continued_sheets import may_be_records, rest_of_list
from ingest.layout.grid import Grid, is_data_like
from ingest.layout.header_blocks import header_blocks
from ingest.layout.table_columns import columns_below, unnamed
from ingest.layout.table_lines import is_caption, is_translated_row, is_unit, is_unit_mark, is_unit_row
from ingest.layout.table_types import SheetLayout, Table, TableColumn, TextLine
from ingest.layout.tables_beside import (
    counts_beside,
    has_caption,
    joined_by_names,
    side_by_side,
    summed_by_project,
    titles_over,
    uncaptioned,
)
from ingest.rows.furniture import is_column_number_row, label_kind
from ingest.values.printed import cell_text, compact
from ingest.values.units import Unit, unit_in_text

# Hints and samples may stand between a header and the row that numbers its columns.
_DECORATED = 3
_LABELLED = re.compile("[^:]{2,8}:")
_FEWEST_ROWS, _FEWEST_CELLS = 3, 4
_ANNEXED = re.compile("另?附[:：].*项目")


def find_tables(grid: Grid) -> SheetLayout:
    """Find all tables of a sheet. A sheet without any gives none, all its text as lines."""
    blocks = header_blocks(grid)
    tables: list[Table] = []
    lines = [TextLine(-1, text) for text in grid.sheet.above]
    floor = 0
    for number, (top, bottom) in enumerate(blocks):
        start = _titles_start(grid, floor, top)
        titles = [_line(grid, row) for row in range(start, top) if grid.filled[row]]
        lines.extend(titles)
        titles = titles if tables else list(lines)
        end = grid.height
        if number + 1 < len(blocks):
            end = _titles_start(grid, bottom + 1, blocks[number + 1][0])
        block_tables = _tables_of_block(grid, start, (top, bottom), end, titles)
        tables.extend(block_tables)
        floor = end
    if not blocks:
        lines += [_line(grid, row) for row in range(min(grid.height, 60)) if grid.filled[row]]
    return SheetLayout(grid, _joined_repeats(tables), lines)


def headerless(layout: SheetLayout, before: SheetLayout | None = None) -> SheetLayout:
    """A sheet without any header whose rows hold data after all: the rest of the list `before` it where it goes on with
    that; else a table of columns without names, for people to see.
    """
    grid = layout.grid
    if layout.tables or layout.forms:
        return layout
    if before is not None and (rest := rest_of_list(grid, before)) is not None:
        return rest
    rows = [row for row in range(grid.height) if _holds_figures(grid, row)]
    filled = [row for row in range(grid.height) if grid.filled[row]]
    if not rows or len(rows) * 2 < len(filled):
        return layout
    if len(rows) < _FEWEST_ROWS and (before is None or not may_be_records(grid, rows, before)):
        return layout
    used = sorted({column for row in rows for column in grid.filled[row]})
    columns = [TableColumn(column, (unnamed(column),), has_header=False) for column in used]
    titles = [_line(grid, row) for row in filled if row < rows[0]]
    return SheetLayout(grid, [Table(0, (), rows[0], grid.height, columns, titles)], titles)


def _holds_figures(grid: Grid, row: int) -> bool:
    filled = grid.filled[row]
    return len(filled) >= _FEWEST_CELLS and any(is_data_like(grid.rows[row][column]) for column in filled)


def _line(grid: Grid, row: int) -> TextLine:
    return TextLine(row, "  ".join(cell_text(grid.rows[row][column]) for column in grid.filled[row]))


def _titles_start(grid: Grid, floor: int, top: int) -> int:
    """The first of the rows directly above a header block that are its titles."""
    if floor == 0:
        return 0
    row = top
    while row > floor:
        above = row - 1
        filled = grid.filled[above]
        if filled and not _is_title_row(grid, above):
            break
        row = above
    return row


def _is_title_row(grid: Grid, row: int) -> bool:
    filled = grid.filled[row]
    if any(is_data_like(grid.rows[row][column]) for column in filled):
        return False
    texts = grid.row_texts(row)
    if label_kind(texts[0]) in {"total", "subtotal", "average", "note", "of_which"}:
        return False
    captions = [text for text in texts if is_caption(text)]
    # 单位： and 万元 may stand in cells of their own, and 联系电话：… beside 填报人：….
    return len(filled) == 1 or (
        bool(captions) and all(text in captions or is_unit(text) or _LABELLED.match(compact(text)) for text in texts)
    )


def _tables_of_block(grid: Grid, start: int, block: tuple[int, int], end: int, titles: list[TextLine]) -> list[Table]:
    top, bottom = block
    header_rows = tuple(row for row in range(top, bottom + 1) if grid.filled[row] or row == bottom)
    columns = summed_by_project(columns_below(grid, header_rows, end))
    number_rows: set[int] = set()
    first = bottom + 1
    decorated = list(islice((row for row in range(first, end) if grid.filled[row]), _DECORATED))
    number_rows.update(
        row
        for row in decorated
        if is_translated_row(texts := grid.row_texts(row))
        or (is_column_number_row(texts) and (row == first or len(texts) >= _FEWEST_CELLS))
    )
    number_rows |= _numbered_again(grid, number_rows, range(first, end))
    parts = side_by_side(columns)
    if len(parts) == 1:
        parts = counts_beside(grid, columns, range(first, end))
    parts = joined_by_names(grid, parts, range(first, end))
    if len(parts) == 1:
        columns = parts[0]
        return [Table(start, header_rows, first, end, columns, list(titles), set(), number_rows)]
    tables = []
    for band, part in enumerate(parts):
        caption = [TextLine(top, part[0].path[0])] if has_caption(part) else []
        own = uncaptioned(part)
        numbers = {row for row in decorated if _numbers_columns(grid, row, part)}
        if first < end and is_unit_row([text for one in part if (text := grid.text(first, one.index))]):
            own = [_with_unit(grid, first, one) for one in own]
            numbers.add(first)
        above = titles_over(grid, titles, parts, band)
        tables.append(Table(start, header_rows, first, end, own, above + caption, set(), numbers, band))
    return tables


def _numbered_again(grid: Grid, number_rows: set[int], rows: range) -> set[int]:
    """The rows that number the columns once more, as the tops of further pages do."""
    said = {tuple(grid.row_texts(row)) for row in number_rows if is_column_number_row(grid.row_texts(row))}
    widths = {len(texts) for texts in said}
    return {row for row in rows if len(grid.filled[row]) in widths and tuple(grid.row_texts(row)) in said}


def _with_unit(grid: Grid, row: int, column: TableColumn) -> TableColumn:
    """The column with the unit that one of the tables side by side states below its header."""
    text = grid.text(row, column.index)
    return column if not text or is_unit_mark(text) else replace(column, path=(*column.path, text))


def _numbers_columns(grid: Grid, row: int, part: Sequence[TableColumn]) -> bool:
    """Whether a row numbers the columns of one of the tables side by side; the others may have records in it."""
    return is_column_number_row([text for column in part if (text := grid.text(row, column.index))])


def _joined_repeats(tables: list[Table]) -> list[Table]:
    """Tables whose header merely repeats the previous one's (a page break) become part of it, unless their amounts are
    counted in another unit.
    """
    joined: list[Table] = []
    for table in tables:
        previous = next((other for other in reversed(joined) if _same_header(other, table)), None)
        goes_on = previous is not None and previous.end_row == table.start_row
        if previous is not None and goes_on and not (_counts_otherwise(previous, table) or _is_annexed(table)):
            previous.repeated_headers.update(table.header_rows, previous.repeated_headers)
            previous.column_number_rows |= table.column_number_rows
            previous.end_row = table.end_row
            continue
        joined.append(table)
    return joined


def _is_annexed(table: Table) -> bool:
    """Whether the line above the second table hangs it on the first as another list: 附：已终止项目."""
    return any(_ANNEXED.match(compact(line.text)) for line in table.titles)


def _counts_otherwise(one: Table, other: Table) -> bool:
    """Whether the lines above the second table state a unit of money that those above the first do not."""
    stated = _unit_above(other)
    return bool(stated) and stated != _unit_above(one)


def _unit_above(table: Table) -> tuple[Unit, ...]:
    """The units of money that the nearest line above a table states."""
    for line in reversed(table.titles):
        if money := tuple(unit for unit in unit_in_text(line.text) if unit.is_money):
            return money
    return ()


def _same_header(one: Table, other: Table) -> bool:
    mine = [(column.index, column.path) for column in one.columns if column.has_header]
    theirs = [(column.index, column.path) for column in other.columns if column.has_header]
    # A page's header may leave out the row of units below the first one.
    if theirs in (mine, [(index, _without_unit(path)) for index, path in mine]):
        return True
    if [(index, said(path)) for index, path in theirs] == [(index, said(path)) for index, path in mine]:
        return True
    return _is_abridged(one, other)


def _is_abridged(one: Table, other: Table) -> bool:
    """Whether a header repeats another in fewer words, without units or some of its columns, and has data below all of
    them: 序号 | 项目名称 | | 总投资 on the second page.
    """
    mine = {column.index: column.path for column in one.columns if column.has_header}
    theirs = {column.index: column.path for column in other.columns if column.has_header}
    bare = [column.index for column in other.columns if not column.has_header]
    return (
        bool(bare)
        and len(theirs) >= _FEWEST_ROWS
        and len(theirs) * 2 >= len(mine)
        and set(bare) | theirs.keys() <= mine.keys()
        and all(segment(path[-1]).core == segment(mine[index][-1]).core for index, path in theirs.items())
        and not any(unit_in_text(path[-1]) for path in theirs.values())
    )


def _without_unit(path: tuple[str, ...]) -> tuple[str, ...]:
    return path[:-1] if len(path) > 1 and is_unit(path[-1]) else path
