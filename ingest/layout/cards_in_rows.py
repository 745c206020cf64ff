"""Cards side by side whose values stand below their labels: 项目名称 | | 项目名称 over 甲园 | | 乙园, below them 总投资 | | 总投资 over 500 | | 800.

Every row of labels says the same for each of the cards, with the values in the row below it. Several bands of cards may
stand one below another, each begun by the row that names their projects.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.formats.sheet import CellValue, Sheet
from ingest.layout.form_cells import FormCell
from ingest.layout.form_labels import FormLabels, names_project
from ingest.layout.forms import Form
from ingest.layout.grid import Grid

_MOST_ROWS = 400
_FEWEST_CARDS = 2
_FEWEST_LABELS = 3
_MOST_IN_LINE = 2
_OF_PROJECTS = "项目"


def forms_of_cards_in_rows(sheet: Sheet) -> list[Form]:
    """The cards of a sheet as it is written, or none where a row of it is neither labels alike for all cards nor the values
    below such.
    """
    if (
        not _FEWEST_LABELS <= len(sheet.rows) <= _MOST_ROWS
        or sheet.bad_rows
        or not any(map(_names_several, sheet.rows))
    ):
        return []
    grid = Grid(sheet)
    labels = FormLabels(grid)
    named = {row: at for row in range(grid.height) if (at := _name_columns(labels, row))}
    first = next(iter(named.values()), [])
    # The last band may hold fewer cards than the first.
    if len(first) < _FEWEST_CARDS or not all(set(at) <= set(first) for at in named.values()):
        return []
    if any(len(grid.filled[row]) > _MOST_IN_LINE for row in range(min(named))):
        return []
    forms: list[Form] = []
    for start, end in pairwise([*named, grid.height]):
        found = _cards(labels, start, end, named[start])
        if not found:
            return []
        forms += found
    return forms


def _names_several(cells: Sequence[CellValue]) -> bool:
    """Whether a row writes a label of projects several times."""
    texts = [value for value in cells if isinstance(value, str) and _OF_PROJECTS in value]
    return len(texts) > len(set(texts))


def _name_columns(labels: FormLabels, row: int) -> list[int]:
    return [
        column
        for column in labels.grid.filled[row]
        if (row, column) in labels.known and names_project(labels.known[row, column])
    ]


def _cards(labels: FormLabels, start: int, end: int, columns: Sequence[int]) -> list[Form]:
    """The cards that begin in the row of names, one for each of its columns that names a project."""
    grid = labels.grid
    bands = list(pairwise([*columns, grid.width]))
    cells: list[list[FormCell]] = [[] for _ in bands]
    said: set[str] = set()
    row = start
    while row < end:
        if not grid.filled[row]:
            row += 1
            continue
        if row + 1 >= end or not _are_labels_alike(labels, row, bands) or _holds_labels(labels, row + 1):
            return []
        for column in grid.filled[row]:
            band = next(at for at, (left, right) in enumerate(bands) if left <= column < right)
            label = labels.known[row, column]
            said.add(label)
            if (value := grid.rows[row + 1][column]) is not None:
                cells[band].append(FormCell(row + 1, column, (label,), value))
        if not set(grid.filled[row + 1]) <= set(grid.filled[row]):
            return []
        row += 2
    if len(said) < _FEWEST_LABELS:
        return []
    # A card left blank at the end of a band is none.
    return [Form(start, start, end, number, tuple(told)) for number, told in enumerate(cells) if told]


def _are_labels_alike(labels: FormLabels, row: int, bands: Sequence[tuple[int, int]]) -> bool:
    filled = labels.grid.filled[row]
    if not all((row, column) in labels.known for column in filled) or filled[0] < bands[0][0]:
        return False
    told = [
        [(column - left, labels.known[row, column]) for column in filled if left <= column < right]
        for left, right in bands
    ]
    return all(one == told[0] for one in told if one)


def _holds_labels(labels: FormLabels, row: int) -> bool:
    """Whether most of a row reads like labels: no values of the labels above it."""
    filled = labels.grid.filled[row]
    return not filled or 2 * sum((row, column) in labels.known for column in filled) > len(filled)
