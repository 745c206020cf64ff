"""Cards headed by nothing but their project's name: 甲饲料项目 above 投资方 | 甲公司 and 总投资 | 1.2亿元, or left of them, merged
over their rows. Several stand on a sheet, below or beside one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.columns.names_by_cells import is_name
from ingest.formats.sheet import Merge, Sheet
from ingest.layout.form_cells import FormCell
from ingest.layout.form_labels import FormLabels, label_text, names_project
from ingest.layout.forms import Form
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table
from ingest.layout.tables_beside import names_projects as heads_names
from ingest.rows.group_fields import is_heading

_MOST_ROWS = 400
_FEWEST_CARDS = 2
_FEWEST_FIELDS = 2
_FEWEST_IN_LIST = 3
_LONGEST_LABEL = 16
_OF_ONE = frozenset({"investor_name", "project_company", "project_content", "project_code"})

_At = tuple[int, int]


def forms_of_named_cards(sheet: Sheet, found: Grid, tables: Sequence[Table]) -> list[Form]:
    """The cards of a sheet, or none where one has no name, or a label or a column of the `tables` `found` names projects."""
    if len(sheet.rows) > _MOST_ROWS or any(_lists_names(found, table) for table in tables):
        return []
    grid = Grid(sheet)
    labels = FormLabels(grid)
    if any(map(names_project, labels.known.values())):
        return []
    pairs = {at for at in labels.known if labels.is_pair(*at)}
    names = _names(grid, pairs)
    cards = dict(_beside_names(grid, pairs, names))
    claimed = {at for rows in cards.values() for at in rows}
    for name, rows in _below_names(grid, pairs - claimed, names):
        cards.setdefault(name, []).extend(rows)
        claimed.update(rows)
    if len(cards) < _FEWEST_CARDS or pairs - claimed:
        return []
    fields = [{labels.field(*at) for at in rows if at in labels.known} - {None} for rows in cards.values()]
    if any(len(told) < _FEWEST_FIELDS for told in fields):
        return []
    # 羊绒纺织技改项目 reads like a class of projects; beside whoever invests it is none.
    if any(is_heading(grid.text(*name)) and not told & _OF_ONE for name, told in zip(cards, fields, strict=True)):
        return []
    return [_form(labels, name, rows, number) for number, (name, rows) in enumerate(cards.items())]


def _lists_names(grid: Grid, table: Table) -> bool:
    """Whether names stand below a column that names projects, among others; 备注 | 重点项目 on a card is no header."""
    if len(table.columns) < _FEWEST_IN_LIST:
        return False
    columns = [column.index for column in table.columns if heads_names(column)]
    return any(is_name(grid.text(row, column)) for column in columns for row in table.body_rows)


def _names(grid: Grid, pairs: set[_At]) -> dict[_At, Merge | None]:
    """The cells that may name a project, each with the area that it is merged over."""
    return {
        (row, column): grid.merge_at(row, column)
        for row, filled in enumerate(grid.filled)
        for column in filled
        if (row, column) not in pairs and isinstance(grid.rows[row][column], str) and is_name(grid.text(row, column))
    }


def _beside_names(grid: Grid, pairs: set[_At], names: dict[_At, Merge | None]) -> Iterator[tuple[_At, list[_At]]]:
    """The names merged over the rows of a card, each with the labels right of it."""
    for name, area in names.items():
        if area is not None and area.bottom > area.top and (area.top, area.right + 1) in pairs:
            rows = range(area.top, area.bottom + 1)
            yield name, [(row, area.right + 1) for row in rows if grid.text(row, area.right + 1)]


def _below_names(grid: Grid, pairs: set[_At], names: dict[_At, Merge | None]) -> Iterator[tuple[_At, list[_At]]]:
    """The names in a line of their own, each with the columns of labels directly below it."""
    for (row, column), area in names.items():
        for at in range(column, (area.right if area is not None else column) + 1):
            if (row + 1, at) in pairs:
                yield (row, column), list(_labels_below(grid, row + 1, at, names))


def _labels_below(grid: Grid, row: int, column: int, names: dict[_At, Merge | None]) -> Iterator[_At]:
    """The labels of a card from its first one down: short texts, up to a blank cell or the next name."""
    while row < grid.height and (row, column) not in names:
        value = grid.rows[row][column]
        if not isinstance(value, str) or len(value) > _LONGEST_LABEL:
            return
        yield row, column
        row += 1


def _form(labels: FormLabels, name: _At, rows: list[_At], number: int) -> Form:
    grid = labels.grid
    cells = [FormCell(*name, ("项目名称",), grid.rows[name[0]][name[1]])]
    for row, column in rows:
        beside = labels.beside(row, column)
        if beside is not None and grid.rows[row][beside[1]] is not None:
            label = labels.known.get((row, column)) or label_text(grid.text(row, column))
            cells.append(FormCell(row, beside[1], (label,), grid.rows[row][beside[1]]))
    return Form(name[0], name[0], max(row for row, _ in rows) + 1, number, tuple(cells))
