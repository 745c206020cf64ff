"""Form-style sheets: one project a form, a label cell beside its value cell, a matrix of years or months inside.

A form is told from a list by its 项目名称: in a list other headers stand beside it and values below, in a form the value
stands beside it and other labels below. Several forms may stand one below another; where several value columns stand
beside the labels, each is a project (a list turned on its side).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.columns.column_meaning import HeaderContext
from ingest.formats.sheet import CellValue
from ingest.headers.header_column import interpret_column
from ingest.layout.form_cells import FormCell, FormCells
from ingest.layout.form_labels import FormLabels, label_text, labels_and_values, names_project
from ingest.layout.grid import Grid, is_data_like, is_period_header
from ingest.layout.header_score import header_score
from ingest.rows.furniture import label_kind

_KNOWN = 0.75
_MOST_ROWS = 400
_LEAST_LABEL_ROWS = 4
_LEAST_IN_COLUMN = 3
_LEAST_SHARE = 3
_LEAST_IN_LIST = 6
_PAIR = 2
_FEW = 4
_LEAST_INLINE_ROWS = 3
_NAMES_BELOW = 12
_SUMS = frozenset({"total", "subtotal"})
_NO_PROJECTS = frozenset({"note", "template", "total", "subtotal"})


@dataclass(frozen=True, slots=True)
class Form:
    """One project's form: the row of its name, the rows it spans (end exclusive), its cells; `number` counts forms of one row."""

    name_row: int
    start_row: int
    end_row: int
    number: int
    cells: tuple[FormCell, ...]


def find_forms(grid: Grid) -> list[Form]:
    """The forms of a sheet, or none where it is no form sheet."""
    if not 3 <= grid.height <= _MOST_ROWS or grid.sheet.bad_rows:
        return []
    finder = _Finder(grid)
    names = finder.name_cells()
    if not names:
        return finder.inline_forms()
    columns: dict[int, list[int]] = {}
    for row, column in names:
        columns.setdefault(row, []).append(column)
    rows = list(columns)
    starts = [0, *(finder.start_above(row, rows[:at]) for at, row in enumerate(rows[1:], start=1))]
    ends = [*starts[1:], grid.height]
    forms: list[Form] = []
    for row, start, end in zip(rows, starts, ends, strict=True):
        found = columns[row]
        if len(found) == 1:
            forms.extend(finder.forms(row, found[0], start, end))
        else:
            forms.extend(finder.side_by_side(row, found, start, end))
    return forms


class _Finder:
    """Where the forms of one sheet stand."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.labels = FormLabels(grid)
        self.cells = FormCells(self.labels)

    def name_cells(self) -> list[tuple[int, int]]:
        """The labels that name a project and have its name beside them, if the sheet is a form."""
        found = []
        naming = [at for at, text in self.labels.known.items() if names_project(text)]
        # 项目名称 heads a list also where it was dropped as a value beside another label.
        words = [at for at, text in self.labels.words.items() if names_project(text)]
        heads = (row for row, column in words if not self._is_value(row, column) and self._heads_a_list(row, column))
        top_of_list = min(next(heads, self.grid.height), self._list_before(naming[0][0] if naming else 0))
        for row, column in naming:
            beside, below = self.labels.beside(row, column), self.labels.below(row, column)
            # Below a list's header, 在谈项目 in the column of stages is a value.
            if beside is None or row >= top_of_list or not self._stands_before_name(row, beside[1]):
                continue
            under = self.grid.rows[below[0]][below[1]] if below is not None else None
            may_be_value = (
                under is not None and below not in self.labels.known and not self._stands_over_labels(row, column)
            )
            # What stands below another such label too is a label of the next card's line.
            if may_be_value and sum(self._text_below(*at) == under for at in naming) < _PAIR:
                continue
            if self._is_label_column(column, beside[1]):
                found.append((row, column))
        pairs = [row for row, column in self.labels.known if self.labels.is_pair(row, column)]
        # Three rows of several pairs each are a form too.
        fewest = _LEAST_LABEL_ROWS - (len(pairs) >= _PAIR * len(set(pairs)))
        if not found or len(set(pairs)) < fewest:
            return []
        return sorted(found)

    def _stands_before_name(self, row: int, column: int) -> bool:
        """Whether a label has a project's name at its side, or behind 合计 in a list on its side."""
        at = next(
            (at for at in self.grid.filled[row] if at >= column and label_kind(self.grid.text(row, at)) not in _SUMS),
            None,
        )
        first = (
            at is not None
            and self._may_be_name(row, at)
            and (at == column or self.grid.rows[row][column] is not None)
            # 开工项目 | 投产项目 over two lists: one caption beside another.
            and not names_project(self.grid.text(row, at))
        )
        return first and any(self._may_head_a_project(row, c) for c in self.grid.filled[row] if c >= column)

    def _text_below(self, row: int, column: int) -> CellValue:
        below = self.labels.below(row, column)
        return self.grid.rows[below[0]][below[1]] if below is not None else None

    def _list_before(self, end: int) -> int:
        """The first row above a name that is as good as full of labels and has rows of as many values below: the header of
        a list whose column of names has an unknown wording, where 在谈项目 in the column of stages names nothing.
        """
        return next((row for row in range(end) if self._heads_values(row)), self.grid.height)

    def _heads_values(self, row: int) -> bool:
        filled = self.grid.filled[row]
        labels = {self.labels.words[row, column] for column in filled if (row, column) in self.labels.words}
        if len(labels) < _LEAST_IN_LIST or len(labels) * 2 < len(filled):
            return False
        below = [r for r in range(row + 1, self.grid.height) if self.grid.filled[r]][:_NAMES_BELOW]
        records = [r for r in below if len(self.grid.filled[r]) * 2 >= len(filled) and not self._is_mostly_labels(r)]
        return len(records) >= _PAIR and len(records) * 2 > len(below)

    def _is_mostly_labels(self, row: int) -> bool:
        filled = self.grid.filled[row]
        return sum((row, column) in self.labels.words for column in filled) * _LEAST_SHARE > len(filled)

    def _stands_over_labels(self, row: int, column: int) -> bool:
        """Whether most of what stands below a label in its column are labels, though the next one's wording is not known."""
        below = [r for r in range(row + 1, self.grid.height) if column in self.grid.filled[r]][:_NAMES_BELOW]
        known = sum((r, column) in self.labels.known for r in below)
        return known >= _LEAST_IN_COLUMN and known * 2 >= len(below)

    def _may_be_name(self, row: int, column: int) -> bool:
        value = self.grid.rows[row][column]
        return value is not None and (row, column) not in self.labels.known and not is_data_like(value)

    def _is_value(self, row: int, column: int) -> bool:
        """Whether a word that names projects stands in the row of a label that names something else: 备注 | 重点项目."""
        lead = self.grid.filled[row][0]
        if lead == column or (row, lead) not in self.labels.known or not self._is_label_column(lead):
            return False
        return self.labels.field(row, lead) not in {"sequence_no", "project_name", None}

    def _heads_a_list(self, row: int, column: int) -> bool:
        """Whether a label that names a project has another label beside it, and names below it, not labels."""
        below = range(row + 1, min(row + 1 + _NAMES_BELOW, self.grid.height))
        names = sum(self._may_be_name(r, column) for r in below)
        if self.labels.beside(row, column) in self.labels.words:
            return names >= _PAIR
        # 项目名称 | 招商方（甲方） | 投资方 | 法人代表: an unknown header beside it among known ones.
        beside = [c for c in self.grid.filled[row] if c != column]
        known = sum((row, c) in self.labels.words for c in beside)
        labels = sum((r, column) in self.labels.words for r in below)
        return known >= _LEAST_IN_COLUMN and known * 2 > len(beside) and names >= max(_PAIR, labels + 1)

    def _is_label_column(self, column: int, end: int | None = None) -> bool:
        """Whether labels beside their values, and not a few headings among names or groups of a header, fill a column, or
        the columns up to `end` that a label covers, where others there are leaves of groups.
        """
        span = range(column, end or column + 1)
        labels = [label for at, label in self.labels.known.items() if at[1] in span and self.labels.is_pair(*at)]
        filled = sum(any(at in columns for at in span) for columns in self.grid.filled)
        kinds = len(set(labels))
        if kinds >= _LEAST_IN_COLUMN:
            return len(labels) * _LEAST_SHARE >= filled
        # Cards of a few lines one below another: what stands in their column, but for a title, is told again and again.
        return kinds == _PAIR and len(labels) >= _FEW and len(labels) * 2 >= filled and self._is_repeated(column)

    def _is_repeated(self, column: int) -> bool:
        texts = [self.grid.rows[row][column] for row, columns in enumerate(self.grid.filled) if column in columns]
        return len({str(text) for text in texts}) * 2 <= len(texts) + 1

    def inline_forms(self) -> list[Form]:
        """Forms whose cells hold label and value together (`项目名称：甲园`), where most of the sheet's rows do."""
        inline = {row: labels for row in range(self.grid.height) if (labels := self._inline_labels(row))}
        names = {
            row: at for row, labels in inline.items() if (at := [c for c in labels if "project_name" in labels[c]])
        }
        # 项目名称：甲园 may stand above rows of labels beside their values.
        pairs = {row for row, column in self.labels.known if self.labels.is_pair(row, column)} - inline.keys()
        told = len(pairs) + sum(max(map(len, labels.values())) for labels in inline.values())
        if not names or told < _LEAST_INLINE_ROWS * len(names):
            return []
        if (len(pairs) + len(inline)) * 2 < sum(map(bool, self.grid.filled)):
            return []
        ends = [*list(names)[1:], self.grid.height]
        return [
            form
            for (row, columns), end in zip(names.items(), ends, strict=True)
            for form in self.side_by_side(row, columns, row, end)
        ]

    def _inline_labels(self, row: int) -> dict[int, list[str | None]]:
        """The fields that the cells of a row name before colons, by column."""
        texts = {column: self.grid.rows[row][column] for column in self.grid.filled[row]}
        found = {
            column: [label_text(label) for label, _ in labels_and_values(text)]
            for column, text in texts.items()
            if isinstance(text, str)
        }
        known = {column: [one for one in labels if header_score(one) >= _KNOWN] for column, labels in found.items()}
        return {
            column: [interpret_column((label,), context=HeaderContext()).field for label in labels]
            for column, labels in known.items()
            if labels
        }

    def start_above(self, row: int, earlier: Sequence[int]) -> int:
        """Where the form of a name starts: after the blank row or title above it, and after what stands below the name
        in the first form (投资方 … above a title without a blank row is still the form's above).
        """
        above = {text for at in range(earlier[0]) for text in self.labels.of_row(at)}
        below = {text for at in range(earlier[0], row) for text in self.labels.of_row(at)} - above
        start = row
        while start > earlier[-1] + 1 and (labels := self.labels.of_row(start - 1)) and not labels <= below:
            start -= 1
        return start

    def forms(self, row: int, column: int, start: int, end: int) -> list[Form]:
        """The form around one project name, or one for each of several value columns."""
        value_columns = self._value_columns(row, column, start, end)
        if len(value_columns) > 1:
            heads = self.cells.heads_under_names(row, start, end, value_columns)
            return [
                Form(row, start, end, number, tuple(self.cells.of_column(start, end, (row, column), at, heads)))
                for number, at in enumerate(value_columns)
            ]
        return [Form(row, start, end, 0, tuple(self.cells.in_rows(start, end)))]

    def side_by_side(self, row: int, columns: Sequence[int], start: int, end: int) -> list[Form]:
        """Forms beside one another, each from its project's name to the next one's."""
        cells = self.cells.in_rows(start, end)
        bounds = [0, *columns[1:], self.grid.width]
        bands = [[cell for cell in cells if left <= cell.column < right] for left, right in pairwise(bounds)]
        return [Form(row, start, end, number, tuple(band)) for number, band in enumerate(bands)]

    def _value_columns(self, row: int, column: int, start: int, end: int) -> list[int]:
        """The value columns of a list turned on its side; a single one for a form."""
        first = self.labels.beside(row, column)
        if first is None:
            return []
        rows = [r for r in range(start, end) if any((r, c) in self.labels.known for c in range(column, first[1]))]
        named = [c for c in self.grid.filled[row] if c >= first[1] and self._may_head_a_project(row, c)]
        if any(self._heads_a_matrix(row, c) for c in named[1:]):
            return []
        # A row or two of values may read like other labels (所属园区 | 开发区 | 产业园).
        alike = [r for r in rows if any(self._names_another_field(r, c, column) for c in named)]
        if len(rows) < _LEAST_LABEL_ROWS or len(alike) * _FEW > len(rows):
            return []
        told = {c: sum(self.grid.rows[r][c] is not None for r in rows) for c in named}
        # Little may be told of one of them, but for its name.
        same = [c for c in named if told[c] * 2 >= len(rows)]
        return named if len(same) > 1 and min(told.values()) >= _PAIR else []

    def _heads_a_matrix(self, row: int, column: int) -> bool:
        """项目名称 | 甲园 | 月份 | 形象进度: right of the project's name headers of a small table, 6月, 7月 below the first of them."""
        if (row, column) in self.labels.known and self.labels.field(row, column) not in (None, "project_name"):
            return self._heads_months(row, column - 1)
        return self._heads_months(row, column)

    def _heads_months(self, row: int, column: int) -> bool:
        below = [self.grid.rows[r][column] for r in range(row + 1, min(row + 1 + _NAMES_BELOW, self.grid.height))]
        filled = [value for value in below if value is not None]
        return len(filled) >= _PAIR and all(map(is_period_header, filled))

    def _names_another_field(self, row: int, column: int, lead: int) -> bool:
        """Whether a cell is the label of something else than its row's first label: 新建 in the row of 建设性质 is not."""
        if (row, column) not in self.labels.known:
            return False
        field = self.labels.field(row, column)
        return field is not None and ((row, lead) not in self.labels.known or field != self.labels.field(row, lead))

    def _may_head_a_project(self, row: int, column: int) -> bool:
        """Whether a column of values is a project's own: 合计 and 备注 beside the names head what is said of all of them,
        and 填写说明 and 示例 above it what is to be written.
        """
        text = self.grid.text(row, column)
        if column in self.labels.unit_columns or label_kind(text) in _SUMS:
            return False
        above = next((at for at in range(row - 1, -1, -1) if self.grid.rows[at][column] is not None), None)
        if above is not None and label_kind(self.grid.text(above, column)) in _NO_PROJECTS:
            return False
        return interpret_column((text,), context=HeaderContext()).field != "remark"
