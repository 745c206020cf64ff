"""Tables beside one another below one header block, and the captions over them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from ingest.columns.column_meaning import HeaderContext
from ingest.headers.header_column import interpret_column
from ingest.headers.header_text import segment
from ingest.layout.grid import Grid
from ingest.layout.table_types import TableColumn, TextLine
from ingest.values.printed import cell_text

_FEWEST_MIRRORED = 3
_MOST_COUNTING = 4
_FEWEST_COUNTED = 2
_COUNT = frozenset({"个数", "项目个数", "项目数", "数量", "项目数量", "家数"})
_SUMMED = re.compile(r"\s*(求和项)\s*[:：]\s*(\S.*)", re.DOTALL)
_COLUMN_START = frozenset({"序号", "编号", "项目名称", "单位", "县区", "县(市)区", "地区", "区域", "名称", "企业名称"})


def side_by_side(columns: list[TableColumn]) -> list[list[TableColumn]]:
    """Columns divided where a second table starts to the right of the first."""
    if not columns:
        return []
    starts = [0]
    for position in range(2, len(columns)):
        before = columns[starts[-1] : position]
        column = columns[position]
        leaf = segment(column.path[-1]).core
        gap = column.index - columns[position - 1].index > 1
        known_before = {segment(other.path[-1]).core for other in before if other.has_header}
        is_level = len(column.path) == 1 or gap or _is_under_another_caption(column, before)
        repeats = is_level and leaf in known_before and leaf in _COLUMN_START
        begins = is_level and leaf in _COLUMN_START and len(before) >= 2 and len(columns) - position >= 2
        own = _below_its_caption(columns, position) if gap and _is_under_another_caption(column, before) else [column]
        names_again = len(before) >= 2 and any(map(names_projects, own)) and any(map(names_projects, before))
        if (gap and (names_again or _mirrors(columns, starts[-1], position) or _counts(columns, position))) or (
            begins and (repeats or gap) and _repeats_or_apart(columns, starts[-1], position, gap)
        ):
            starts.append(position)
    ends = [*starts[1:], len(columns)]
    return [columns[start:stop] for start, stop in zip(starts, ends, strict=True)]


def counts_beside(grid: Grid, columns: list[TableColumn], rows: Sequence[int]) -> list[list[TableColumn]]:
    """Columns divided before a few that count something (阶段 | 项目个数) right beside a list, no empty column between:
    they are filled in a few rows together, and most records have nothing there.
    """
    for position in range(max(_FEWEST_MIRRORED, len(columns) - _MOST_COUNTING), len(columns) - 1):
        behind = columns[position:]
        if segment(behind[1].path[-1]).core not in _COUNT or not all(column.has_header for column in behind):
            continue
        lead = columns[0].index
        records = [row for row in rows if grid.rows[row][lead] is not None]
        told = [row for row in rows if any(grid.rows[row][column.index] is not None for column in behind)]
        together = [row for row in told if all(grid.rows[row][column.index] is not None for column in behind[:2])]
        is_block = bool(told) and told[-1] - told[0] + 1 == len(told) == len(together) >= _FEWEST_COUNTED
        if is_block and len(told) * 5 <= len(records) * 3:
            return [columns[:position], behind]
    return [columns]


def joined_by_names(grid: Grid, parts: list[list[TableColumn]], rows: Sequence[int]) -> list[list[TableColumn]]:
    """The tables beside one another, those joined that tell more of the same projects row by row: their names, and their
    numbers, are only written again where a wide list begins its next part.
    """
    joined = [parts[0]]
    for part in parts[1:]:
        repeated = _written_again(grid, joined[-1], part, rows)
        if any(map(names_projects, repeated)):
            joined[-1] = [*joined[-1], *(column for column in part if column not in repeated)]
        else:
            joined.append(part)
    return joined


def _written_again(
    grid: Grid, one: Sequence[TableColumn], other: Sequence[TableColumn], rows: Sequence[int]
) -> list[TableColumn]:
    """The columns of the second table that hold in every row what a column of that header in the first one holds."""
    leaves = {segment(column.path[-1]).core: column.index for column in one if column.has_header}
    found = []
    for column in other:
        index = leaves.get(segment(column.path[-1]).core) if column.has_header else None
        if index is None:
            continue
        told = [(grid.rows[row][index], grid.rows[row][column.index]) for row in rows]
        both = [(first, second) for first, second in told if second is not None]
        if len(both) >= _FEWEST_COUNTED and all(first == second for first, second in both):
            found.append(column)
    return found


def titles_over(
    grid: Grid, titles: Sequence[TextLine], parts: Sequence[Sequence[TableColumn]], band: int
) -> list[TextLine]:
    """The lines above one of several tables beside one another: of a line with cells over several of them its own."""
    starts = [part[0].index for part in parts[1:]]
    found = []
    for line in titles:
        filled = grid.filled[line.row] if line.row >= 0 else []
        bands = [bisect_right(starts, column) for column in filled]
        if len(set(bands)) > 1:
            own = [column for column, at in zip(filled, bands, strict=True) if at == band]
            if own:
                found.append(TextLine(line.row, "  ".join(cell_text(grid.rows[line.row][column]) for column in own)))
        else:
            found.append(line)
    return found


def names_projects(column: TableColumn) -> bool:
    """Whether a column names projects, whatever it is called; of two with an empty column between each begins a table."""
    leaf = column.path[-1:]
    return column.has_header and interpret_column(leaf, context=HeaderContext()).field == "project_name"


def summed_by_project(columns: list[TableColumn]) -> list[TableColumn]:
    """The columns of a pivot table that names projects in a column of their own (项目名称 | 求和项:总投资（万元）): what it sums
    for each is the project's. Where it has 行标签 in their place, a row may be of anything.
    """
    if not any(map(names_projects, columns)):
        return columns
    return [replace(one, path=(*one.path[:-1], *summed)) if (summed := _summed(one)) else one for one in columns]


def _summed(column: TableColumn) -> tuple[str, ...]:
    match = _SUMMED.match(column.path[-1]) if column.has_header else None
    return (match[1], match[2]) if match is not None else ()


def _mirrors(columns: Sequence[TableColumn], start: int, position: int) -> bool:
    """Whether the columns behind an empty one repeat all headers of the table before it, whatever it begins with."""
    before = [segment(column.path[-1]).core for column in columns[start:position]]
    behind = [segment(column.path[-1]).core for column in columns[position : position + len(before)]]
    return len(before) >= _FEWEST_MIRRORED and before == behind


def _counts(columns: Sequence[TableColumn], position: int) -> bool:
    """Whether a few columns behind an empty one count something (乡镇 | 个数): no part of the list before them."""
    behind = columns[position : position + _MOST_COUNTING]
    apart = next((at for at in range(1, len(behind)) if behind[at].index - behind[at - 1].index > 1), len(behind))
    leaves = [segment(column.path[-1]).core for column in behind[:apart]]
    return position + len(leaves) >= len(columns) and any(leaf in _COUNT for leaf in leaves[1:])


def _repeats_or_apart(columns: list[TableColumn], start: int, position: int, gap: bool) -> bool:
    if gap:
        return True
    # The second header may be written otherwise (序  号, 总投资（万元） and 总投资【万元】), and name projects in other words.
    one, other = columns[start : start + 2], columns[position : position + 2]
    if segment(one[0].path[-1]).core != segment(other[0].path[-1]).core:
        return False
    return segment(one[-1].path[-1]).core == segment(other[-1].path[-1]).core or all(
        map(names_projects, (one[-1], other[-1]))
    )


def has_caption(part: Sequence[TableColumn]) -> bool:
    """Whether all columns stand below one heading."""
    return len(part) > 1 and all(len(one.path) > 1 and one.path[0] == part[0].path[0] for one in part)


def _is_under_another_caption(column: TableColumn, before: Sequence[TableColumn]) -> bool:
    """签约项目 above 序号 | 项目名称 | 总投资, 开工项目 above the same beside it."""
    return has_caption(before) and len(column.path) > 1 and column.path[0] != before[0].path[0]


def _below_its_caption(columns: Sequence[TableColumn], position: int) -> list[TableColumn]:
    """The columns from a position on that stand below the heading of the first: 乡镇 | 项目名称 | 总投资 below 开工项目."""
    caption = columns[position].path[0]
    return [column for column in columns[position:] if len(column.path) > 1 and column.path[0] == caption]


def uncaptioned(part: Sequence[TableColumn]) -> list[TableColumn]:
    """The columns without the heading over all of them: it says which projects are listed, not what a column is."""
    return [replace(one, path=one.path[1:]) for one in part] if has_caption(part) else list(part)
