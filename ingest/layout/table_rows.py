"""The rows of one table: what each holds in the columns that number, name, describe and measure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from ingest.columns.column_meaning import ColumnMeaning
from ingest.formats.sheet import CellValue
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table
from ingest.values.cell_values import is_placeholder
from ingest.values.printed import cell_text, compact

IDENTITY_FIELDS = {
    "project": ("project_name",),
    "summary": ("region_name", "category"),
    "outreach": ("traveller_name", "visited_company", "destination", "team_name"),
    "problem": ("subject", "project_name", "investor_name"),
}
_FIGURE_TYPES = frozenset({"amount_cny", "amount_usd", "number", "rate"})
_WHOLES = ("total_investment_cny", "contract_amount_cny")
_PARTIES = frozenset({"investor_name", "project_company"})
_OWNERS = frozenset({"responsible_leader", "responsible_person", "contact_phone"})
_CHILD_NUMBER = re.compile(r"^(\d{1,4})[.\-](\d{1,3})$")
_PRINTED_NUMBER = re.compile(r"约?([-+]?\d[\d,]*(?:\.\d+)?)(?:[百千]?[万亿]?元)?")
_BRACKET_NUMBER = re.compile(r"^\((\d{1,3})\)$")


class TableRows:
    """One table's rows; answers what is asked of every row.

    Attributes:
        kind: kind of the table's rows (`project`, `summary`, …).
        is_heading: whether a lone name is a heading's wording (a stage, an industry) and no project's name.
        sequence: column of the printed numbers.
        identity: columns that name the record; `name` is the first of them.
        figures: columns of amounts, numbers and rates; `wholes` are those of what a project comes to.
        code: column of the statutory code.
        owners: columns of the leaders and persons who answer; `parties` are those of who invests.
        unmapped: columns whose header names no field.
        leaves: column → its header's lowest cell.
        merged_tops: for rows of a project record whose name is merged over several rows, the record's first row.
    """

    def __init__(
        self,
        grid: Grid,
        table: Table,
        meanings: Sequence[ColumnMeaning],
        kind: str,
        is_heading: Callable[[str], bool],
    ) -> None:
        self.grid, self.table, self.kind, self.is_heading = grid, table, kind, is_heading
        self.values = grid.rows
        indexes = [column.index for column in table.columns]
        by_field: dict[str, int] = {}
        for index, meaning in zip(indexes, meanings, strict=True):
            if meaning.field:
                by_field.setdefault(meaning.field, index)
        self.sequence = by_field.get("sequence_no")
        self.identity = [by_field[name] for name in IDENTITY_FIELDS[kind] if name in by_field]
        if not self.identity and "project_company" in by_field:
            self.identity = [by_field["project_company"]]
        self.name = self.identity[0] if self.identity else None
        self.figures = {
            index
            for index, meaning in zip(indexes, meanings, strict=True)
            if meaning.value_type in _FIGURE_TYPES or meaning.field == "value"
        }
        self.wholes = [by_field[name] for name in _WHOLES if name in by_field]
        self.code = by_field.get("project_code")
        self.owners = {index for index, meaning in zip(indexes, meanings, strict=True) if meaning.field in _OWNERS}
        self.parties = {index for index, meaning in zip(indexes, meanings, strict=True) if meaning.field in _PARTIES}
        self.unmapped = {index for index, meaning in zip(indexes, meanings, strict=True) if meaning.field is None}
        self.leaves = {column.index: compact(column.path[-1]) for column in table.columns if column.has_header}
        self.title_texts = {compact(line.text) for line in table.titles}
        self.merged_tops = self._merged_names()
        self.left, self.right = table.left, table.right
        self.whole_width = self.left == 0 and self.right >= grid.width - 1

    def _merged_names(self) -> dict[int, int]:
        if self.kind != "project" or self.name is None:
            return {}
        return {
            row: area.top
            for area in self.grid.merges
            if area.left <= self.name <= area.right and area.bottom > area.top >= self.table.first_row
            for row in range(area.top + 1, area.bottom + 1)
        }

    def is_bad(self, row: int) -> bool:
        """Whether a line could not be decoded or split; of tables side by side the first one has it."""
        return self.table.band == 0 and row in self.grid.sheet.bad_rows

    def cells(self, row: int) -> list[int]:
        """The filled columns of a row within the table."""
        filled = self.grid.filled[row]
        if self.whole_width:
            return filled
        return [column for column in filled if self.left <= column <= self.right]

    def name_text(self, row: int) -> str:
        """The row's name as printed, empty where no column names the records."""
        return cell_text(self.values[row][self.name]) if self.name is not None else ""

    def number_text(self, row: int) -> str:
        """The row's printed number, empty where no column holds numbers."""
        return compact(cell_text(self.values[row][self.sequence])) if self.sequence is not None else ""

    def is_numbered(self, row: int) -> bool:
        """Whether the row has a plain printed number."""
        number = self.values[row][self.sequence] if self.sequence is not None else None
        if number.__class__ is int:
            return number >= 0
        return number is not None and cell_text(number).isdecimal()

    def number(self, row: int) -> int:
        """The printed number of a row that is numbered."""
        return int(cell_text(self.values[row][self.sequence or 0]))

    def is_child_number(self, row: int) -> bool:
        """Whether a row is numbered as a child is: `1.1`, `(1)`."""
        number = self.number_text(row)
        return bool(_CHILD_NUMBER.match(number) or _BRACKET_NUMBER.match(number))

    def details(self, row: int, cells: Iterable[int]) -> int:
        """How many cells describe something: text or dates outside the number, name and figure columns."""
        values = self.values[row]
        return sum(
            1
            for column in cells
            if column != self.sequence
            and column not in self.identity
            and column not in self.figures
            and not is_placeholder(values[column])
            and not (isinstance(values[column], int | float) or is_data_like_number(values[column]))
        )

    def is_bare(self, row: int) -> bool:
        """Whether a row has neither a printed number nor anything that describes a project."""
        unnumbered = self.sequence is None or self.values[row][self.sequence] is None
        return unnumbered and not self.details(row, self.cells(row))

    def states_figures(self, row: int) -> bool:
        """Whether a figure column holds more than nothing."""
        return any(plain_number(self.values[row][column]) for column in self.figures)

    def sum_of(self, family: Sequence[int], column: int) -> float:
        """The sum of a column over some rows, as printed."""
        return sum(plain_number(self.values[row][column]) or 0.0 for row in family)

    def is_sum(self, row: int, family: Sequence[int]) -> bool:
        """Whether all figures of a row are the sums over other rows."""
        values = self.values[row]
        stated = [column for column in self.figures if plain_number(values[column]) is not None]
        return bool(stated and family) and all(
            abs(self.sum_of(family, column) - (plain_number(values[column]) or 0.0)) < 1e-6 for column in stated
        )

    def adds_several(self, row: int, family: Sequence[int]) -> bool:
        """Whether a figure of the row is the sum of two or more that differ from nothing: no coincidence."""
        return any(
            plain_number(self.values[row][column])
            and sum(1 for other in family if plain_number(self.values[other][column])) > 1
            for column in self.figures
        )

    def rows_until(self, row: int, data: Sequence[int], borders: Sequence[int]) -> list[int]:
        """The rows of `data` below a row, up to the next of `borders`."""
        after = min((border for border in borders if border > row), default=self.table.end_row)
        return [other for other in data if row < other < after]

    def indent(self, row: int) -> int:
        """How far a name is indented: by its format or by leading spaces (a wide one counts two)."""
        if self.name is None:
            return 0
        value = self.values[row][self.name]
        by_format = self.grid.sheet.indents.get((row, self.name), 0)
        if not isinstance(value, str):
            return by_format
        lead = value[: len(value) - len(value.lstrip())]
        return by_format * 2 + sum(2 if char == "\u3000" else 1 for char in lead)


def is_data_like_number(value: CellValue) -> bool:
    """Whether a cell holds a number, typed or as text."""
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        return True
    return isinstance(value, str) and bool(re.fullmatch(r"[-+]?[\d,]+(?:\.\d+)?%?", compact(value)))


def plain_number(value: CellValue) -> float | None:
    """The plain number of a cell, as printed; 约6.9万元 is 6.9, in whatever unit its column is."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str) and (match := _PRINTED_NUMBER.fullmatch(compact(value))):
        return float(match[1].replace(",", ""))
    return None


def is_child_of(number: str, parent: str) -> bool:
    """Whether a printed number is a child of another: `1.1` and `(1)` of `1`."""
    if match := _CHILD_NUMBER.match(number):
        return match[1] == parent
    return bool(_BRACKET_NUMBER.match(number))
