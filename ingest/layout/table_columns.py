"""The columns below a header block, each with its path of header texts from the top to the leaf."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.columns.column_meaning import HeaderContext
from ingest.headers.header_column import interpret_column
from ingest.headers.header_grammar import features
from ingest.headers.header_text import head_key
from ingest.layout.grid import Grid
from ingest.layout.header_wraps import wraps_header
from ingest.layout.table_lines import is_translated_row, is_unit_mark, is_unit_row
from ingest.layout.table_types import TableColumn
from ingest.rows.furniture import is_column_number_row
from ingest.values.units import unit_in_text

_TELL_APART = (frozenset({"plan"}), frozenset({"actual"}))
_TOLD_APART = frozenset({"date", "amount_cny", "amount_usd"})
_SCOPED_MONEY = ("funds_arrived_", "investment_done_")


def columns_below(grid: Grid, header_rows: tuple[int, ...], end: int) -> list[TableColumn]:
    """The columns with a header, and those without one that hold something before row `end`."""
    # A header written again in English names nothing anew, nor do numbers between the names and their units.
    texts = {row: grid.row_texts(row) for row in header_rows}
    is_in_english = all(text.isascii() for row in header_rows for text in texts[row])
    own_words = tuple(row for row in header_rows if not _names_nothing(texts[row], is_in_english=is_in_english))
    paths = _header_paths(grid, own_words or header_rows)
    rows = range(header_rows[-1] + 1, end) if not all(paths) else ()
    used = {column for row in rows for column in grid.filled[row]}
    columns = []
    for column, path in enumerate(paths):
        if path:
            columns.append(TableColumn(column, path))
        elif column in used:
            columns.append(TableColumn(column, (unnamed(column),), has_header=False))
    while columns and not columns[0].has_header and not columns[1:2]:
        columns.pop(0)
    return columns


def _names_nothing(texts: Sequence[str], *, is_in_english: bool) -> bool:
    return is_column_number_row(texts) or (not is_in_english and is_translated_row(texts))


def unnamed(column: int) -> str:
    """What people read where a column has no header."""
    return f"（无表头{column_letters(column)}列）"


def _header_paths(grid: Grid, header_rows: tuple[int, ...]) -> list[tuple[str, ...]]:
    levels = [_spread(grid, row, header_rows) for row in header_rows]
    if len(levels) > 1 and wraps_header(grid, header_rows[-2], header_rows[-1]):
        rest = levels.pop()
        levels[-1] = [own + more for own, more in zip(levels[-1], rest, strict=True)]
        header_rows = header_rows[:-1]
    for level in range(len(header_rows) - 2, -1, -1):
        _end_groups(grid, levels, level, header_rows[level])
    if len(levels) > 1 and is_unit_row(grid.row_texts(header_rows[-1])):
        levels[-1] = ["" if is_unit_mark(text) else text for text in levels[-1]]
    return [_path_of(levels, column) for column in range(grid.width)]


def _end_groups(grid: Grid, levels: list[list[str]], level: int, row: int) -> None:
    """End an unmerged group before the first column that means nothing below it and something by itself:
    累计到位资金 | | | over 合计 | 其中：省外 | 本月完成投资 | 备注.
    """
    ended = False
    for column in range(grid.width):
        if grid.text(row, column) or not levels[level][column]:
            ended = False
            continue
        if not ended and not _stands_below_other_groups(levels, level, column):
            ended = _is_none_of_group(levels, level, column)
        if ended:
            levels[level][column] = ""


def _stands_below_other_groups(levels: Sequence[Sequence[str]], level: int, column: int) -> bool:
    """立项 | | 用地 | | over 责任部门 | 完成情况 | 责任部门 | 完成情况: what is said of every group is its own in each."""
    own, group = _path_of(levels[level + 1 :], column), levels[level][column]
    return any(
        above and above != group and _path_of(levels[level + 1 :], other) == own
        for other, above in enumerate(levels[level])
    )


def _is_none_of_group(levels: list[list[str]], level: int, column: int) -> bool:
    own = _path_of(levels[level + 1 :], column)
    below_group = _path_of(levels[level:], column)
    alone = interpret_column(own, context=HeaderContext()) if own else None
    if alone is None or alone.field is None:
        return False
    if features(head_key(levels[level][column])) in _TELL_APART and alone.value_type in _TOLD_APART:
        # 实际 | over 开工时间 | 投资额: both are what came of it, though the latter then names no field.
        return False
    below = interpret_column(below_group, context=HeaderContext())
    if below.field == alone.field and below.value_type.startswith("amount"):
        # 固定资产投资 right of 累计到位资金 is money of its own: the group says nothing of it, nor does its unit.
        group = interpret_column((levels[level][column],), context=HeaderContext())
        kind = next((one for one in _SCOPED_MONEY if (group.field or "").startswith(one)), None)
        # 投资完成情况 tells what was planned as well as what was done.
        is_planned_beside_done = kind == "investment_done_" and alone.field == "investment_plan_year_cny"
        return kind is not None and not (alone.field or "").startswith(kind) and not is_planned_beside_done
    # A group that states a unit of money heads amounts.
    is_amount = below.value_type.startswith("amount")
    return below.field is None or (bool(unit_in_text(levels[level][column])) and not is_amount)


def _path_of(levels: Sequence[Sequence[str]], column: int) -> tuple[str, ...]:
    """The texts of a column from the top to the leaf, each once."""
    path: list[str] = []
    for level in levels:
        text = level[column]
        if text and (not path or path[-1] != text):
            path.append(text)
    return tuple(path)


def _spread(grid: Grid, row: int, header_rows: tuple[int, ...]) -> list[str]:
    """The texts of one header row by column, a group's text spread over its unmerged columns to the right, also across
    columns left blank.
    """
    texts = [grid.text(row, column) for column in range(grid.width)]
    if row == header_rows[-1]:
        return texts
    below = [later for later in header_rows if later > row]
    above = [earlier for earlier in header_rows if earlier < row]
    carried, own_leaf = "", False
    for column in range(grid.width):
        has_leaf = any(grid.rows[later][column] is not None for later in below)
        if texts[column]:
            # A group written again over its columns reaches no further.
            is_repeated = column > 0 and texts[column] == grid.text(row, column - 1)
            carried = texts[column]
            own_leaf = has_leaf and not is_repeated and not _spans_several(grid, row, column)
        elif carried and own_leaf and has_leaf and not _starts_group_above(grid, above, column):
            texts[column] = carried
        elif not carried or not own_leaf or not _is_blank_column(grid, column, header_rows[0]):
            carried, own_leaf = "", False
    return texts


def _is_blank_column(grid: Grid, column: int, first_row: int) -> bool:
    """Whether a column is left blank from the header on: it parts no group from its next column."""
    return all(grid.rows[row][column] is None for row in range(first_row, grid.height))


def _spans_several(grid: Grid, row: int, column: int) -> bool:
    area = grid.merge_at(row, column)
    return bool(area and area.right > area.left)


def _starts_group_above(grid: Grid, above: list[int], column: int) -> bool:
    return any(grid.rows[row][column] is not None for row in above)


def column_letters(column: int) -> str:
    """The spreadsheet letters of a 0-based column: 0 → A, 27 → AB."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
