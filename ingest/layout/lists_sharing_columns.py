"""Lists beside one another that share columns: 县区 | 签约项目 > 项目名称, 总投资 | 开工项目 > 项目名称, 总投资 | 备注.

Read as one, a row would name one project and hide the others. The sheet is laid anew, each list with its own copy of the
shared columns (序号, 县区, 备注) where it has cells in the row. The headings over the lists must all say the same kind of
thing (stages, industries), or stand over the same columns with other names: 变更前 and 变更后 tell of one project.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ingest.columns.neighbour_words import says
from ingest.formats.sheet import CellValue, Merge, Sheet
from ingest.headers.header_text import segment
from ingest.layout.grid import Grid
from ingest.layout.table_columns import columns_below
from ingest.layout.table_types import Table, TableColumn
from ingest.layout.tables_beside import names_projects
from ingest.rows.furniture import group_label, is_count, label_kind, plain_group_text
from ingest.rows.group_fields import kind_of_heading
from ingest.values.printed import cell_text, compact

_MOST_SHARED = 3
_FEWEST_COLUMNS = 2
_FEWEST_NAMES = 2


@dataclass(frozen=True, slots=True)
class _List:
    """One of the lists: its heading, its columns in the sheet, and where it begins in the new one."""

    caption: str
    columns: range
    start: int


@dataclass(frozen=True, slots=True)
class _Shared:
    """The columns that all lists share, left and right of them."""

    before: list[int]
    behind: list[int]

    def __len__(self) -> int:
        return len(self.before) + len(self.behind)


def lists_sharing_columns(grid: Grid, tables: Sequence[Table]) -> Sheet | None:
    """The sheet with each list's shared columns beside it; None where its one header holds no such lists."""
    if not tables or len(tables[0].header_rows) < _FEWEST_COLUMNS:
        return None
    table = tables[0]
    if any(other.header_rows != table.header_rows for other in tables):
        return None
    columns = columns_below(grid, table.header_rows, table.end_row)
    grouped = [at for at, column in enumerate(columns) if len(column.path) > 1]
    if not grouped:
        return None
    before, behind = columns[: grouped[0]], columns[grouped[-1] + 1 :]
    if not 0 < len(before) + len(behind) <= 2 * _MOST_SHARED or any(map(names_projects, [*before, *behind])):
        return None
    parts = [list(part) for _, part in groupby(columns[grouped[0] : grouped[-1] + 1], key=_caption)]
    if not _name_projects(parts) or not _name_others(grid, table, parts):
        return None
    if not _say_one_kind(parts) and not _are_alike(grid, table, parts):
        return None
    shared = _Shared([column.index for column in before], [column.index for column in behind])
    lists, start = [], 0
    for part in parts:
        own = range(part[0].index, part[-1].index + 1)
        lists.append(_List(part[0].path[0], own, start))
        start += len(shared) + len(own) + 1
    kept = {*shared.before, *shared.behind, *(column for one in lists for column in one.columns)}
    if any(not kept.issuperset(filled) for filled in grid.filled):
        return None
    return _laid(grid, table, shared, lists)


def _caption(column: TableColumn) -> str:
    return column.path[0] if len(column.path) > 1 else ""


def _say_one_kind(parts: Sequence[Sequence[TableColumn]]) -> bool:
    """Whether the headings over them say the same kind of thing."""
    kinds = {_kind(_caption(part[0])) for part in parts}
    return len(kinds) == 1 and None not in kinds


def _are_alike(grid: Grid, table: Table, parts: Sequence[Sequence[TableColumn]]) -> bool:
    """Whether they ask for the same of several projects each: 旌阳区 and 绵竹市 over the same columns."""
    leaves = [[segment(column.path[-1]).core for column in part] for part in parts]
    names = [_names(grid, table, part) for part in parts]
    return all(leaf == leaves[0] for leaf in leaves) and all(len(some) >= _FEWEST_NAMES for some in names)


def _name_others(grid: Grid, table: Table, parts: Sequence[Sequence[TableColumn]]) -> bool:
    """Whether no name stands in two of them; 变更前 and 变更后, 签约信息 and 落地信息 tell of one project whatever it is called."""
    if any(says("same_project", _caption(part[0])) for part in parts):
        return False
    names = [_names(grid, table, part) for part in parts]
    return len(set().union(*names)) == sum(map(len, names))


def _name_projects(parts: Sequence[Sequence[TableColumn]]) -> bool:
    """Whether each names projects below a heading of its own."""
    captions = [_caption(part[0]) for part in parts]
    return (
        len(parts) > 1
        and all(captions)
        and len(set(captions)) == len(captions)
        and all(len(part) >= _FEWEST_COLUMNS and sum(map(names_projects, part)) == 1 for part in parts)
    )


def _names(grid: Grid, table: Table, part: Sequence[TableColumn]) -> set[str]:
    """The names in a list; of a total it says how many there are (3个)."""
    index = next(column.index for column in part if names_projects(column))
    said = {compact(cell_text(value)) for row in table.body_rows if (value := grid.rows[row][index]) is not None}
    return {text for text in said if not is_count(text) and label_kind(text) is None}


def _kind(caption: str) -> str | None:
    numbered = group_label(caption)
    return kind_of_heading(numbered.label if numbered and numbered.label else plain_group_text(caption))


def _laid(grid: Grid, table: Table, shared: _Shared, lists: Sequence[_List]) -> Sheet:
    width = lists[-1].start + len(shared) + len(lists[-1].columns)
    moved = _moves(shared, lists)
    rows: list[list[CellValue]] = []
    for row in range(grid.height):
        cells: list[CellValue] = [None] * width
        for column in grid.filled[row]:
            cells[moved[column]] = grid.rows[row][column]
        rows.append(cells)
    for row in range(table.first_row, grid.height):
        _share(grid, rows[row], row, shared, lists)
    top, bottom = table.header_rows[0], table.header_rows[-1]
    for one in lists:
        for column, at in _copies(shared, one):
            rows[top][at] = None
            rows[bottom][at] = grid.text(top, column)
        rows[top][one.start + len(shared.before)] = None
        rows[top][one.start] = one.caption
    captions = [Merge(top, one.start, top, one.start + len(shared) + len(one.columns) - 1) for one in lists]
    sheet = grid.sheet
    return replace(
        sheet,
        rows=rows,
        merges=[*captions, *_merges(grid, table, shared, moved)],
        hidden_columns=frozenset(moved[column] for column in sheet.hidden_columns if column in moved),
        errors={(row, moved[column]): text for (row, column), text in sheet.errors.items() if column in moved},
        uncached=frozenset((row, moved[column]) for row, column in sheet.uncached if column in moved),
        indents={(row, moved[column]): depth for (row, column), depth in sheet.indents.items() if column in moved},
        percents=frozenset((row, moved[column]) for row, column in sheet.percents if column in moved),
    )


def _copies(shared: _Shared, one: _List) -> list[tuple[int, int]]:
    """Each shared column, and where a list's copy of it stands in the new sheet."""
    behind = one.start + len(shared.before) + len(one.columns)
    return [
        *((column, one.start + at) for at, column in enumerate(shared.before)),
        *((column, behind + at) for at, column in enumerate(shared.behind)),
    ]


def _moves(shared: _Shared, lists: Sequence[_List]) -> dict[int, int]:
    """Where each column stands in the new sheet; the shared ones in the first list."""
    moved = dict(_copies(shared, lists[0]))
    for one in lists:
        moved.update({column: one.start + len(shared.before) + at for at, column in enumerate(one.columns)})
    return moved


def _share(grid: Grid, cells: list[CellValue], row: int, shared: _Shared, lists: Sequence[_List]) -> None:
    """Write what the shared columns say, merged cells filled down, beside each list that has cells in the row."""
    with_cells = [one for one in lists if any(grid.rows[row][column] is not None for column in one.columns)]
    if not with_cells:
        return
    for one in lists:
        for column, at in _copies(shared, one):
            cells[at] = grid.value(row, column) if one in with_cells else None


def _merges(grid: Grid, table: Table, shared: _Shared, moved: dict[int, int]) -> list[Merge]:
    """The merged areas at their new places, but those of the header's first row and those filled down already."""
    top = table.header_rows[0]
    found = []
    for area in grid.merges:
        is_shared = area.left in (*shared.before, *shared.behind) and area.bottom > area.top and area.bottom >= top
        if area.top == top or is_shared or area.left not in moved:
            continue
        right = max(moved[column] for column in range(area.left, area.right + 1) if column in moved)
        found.append(Merge(area.top, moved[area.left], area.bottom, max(right, moved[area.left])))
    return found
