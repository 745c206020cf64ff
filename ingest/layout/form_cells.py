"""The values of a form-style sheet, each with the path of labels that name it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.columns.column_meaning import HeaderContext
from ingest.formats.sheet import CellValue
from ingest.headers.header_column import interpret_column
from ingest.layout.form_labels import FormLabels, label_and_value, label_text, labels_and_values, names_project
from ingest.layout.grid import is_data_like, is_period_header
from ingest.layout.header_score import header_score
from ingest.layout.table_lines import is_caption
from ingest.rows.furniture import label_kind
from ingest.values.printed import compact, header_text
from ingest.values.units import parse_unit

_KNOWN = 0.75
_PAIR = 2
_SUM_WORDS = frozenset({"累计", "合计", "小计", "总计"})
_LONGEST_LABEL = 20


@dataclass(frozen=True, slots=True)
class FormCell:
    """One value of a form: its 0-based row and column, the path of labels that name it."""

    row: int
    column: int
    path: tuple[str, ...]
    value: CellValue


class FormCells:
    """The values of one sheet with the labels that name them: pairs side by side, a list on its side, a matrix."""

    def __init__(self, labels: FormLabels) -> None:
        self.labels = labels
        self.grid = labels.grid

    def of_column(
        self, start: int, end: int, name: tuple[int, int], column: int, heads: int | None = None
    ) -> list[FormCell]:
        """The values of one project of a list turned on its side, each with the label of its row; below a row of `heads`
        those of all columns that its name covers, each below its own (开工时间 > 计划 | 实际).
        """
        first = self.labels.beside(*name)
        last = first[1] - 1 if first else name[1]
        found = []
        for row in range(start, end):
            at = self._label_column(row, name[1], last)
            if at is None or row == heads or self._is_merged_with(row, at, column):
                continue
            path = self._path(row, at, name[1])
            is_headed = heads is not None and row > heads and self.grid.span(row, column) == 1
            covered = range(column, column + self.grid.span(name[0], column)) if is_headed else (column,)
            for each in covered:
                value = self.grid.value(row, each)
                if value is not None:
                    own = (*path, self.grid.text(heads, each)) if is_headed and heads is not None else path
                    found.append(FormCell(row, each, own, value))
        return found

    def heads_under_names(self, name_row: int, start: int, end: int, columns: Sequence[int]) -> int | None:
        """The row that parts the columns which each name of a list turned on its side covers, alike below all of them:
        甲项目 | 乙项目, each over 计划 | 实际.
        """
        spans = {self.grid.span(name_row, column) for column in columns}
        if len(spans) > 1 or (width := spans.pop()) < _PAIR:
            return None
        for row in range(max(start, name_row + 1), end):
            under = [tuple(self.grid.rows[row][column + at] for at in range(width)) for column in columns]
            words = under[0]
            are_words = all(isinstance(word, str) and not is_data_like(word) for word in words)
            if are_words and len(set(under)) == 1 and len(set(words)) == width:
                return row
        return None

    def _is_merged_with(self, row: int, label_column: int, column: int) -> bool:
        """Whether a label reaches over the values' column: a title, or a heading of rows below."""
        area = self.grid.merge_at(row, label_column)
        return area is not None and area.left <= column <= area.right

    def _label_column(self, row: int, column: int, last: int) -> int | None:
        """Where the label of a row of a list turned on its side stands: in the columns that the label of the names covers,
        from `column` to `last`, the last of them where a group of labels stands before it (投资情况 | 总投资); or left of
        them, among the groups of labels, where the row's own cells there are blank or merged with it (责任单位 over both).
        """
        for at in range(last, column - 1, -1):
            if self.grid.rows[row][at] is not None and at not in self.labels.unit_columns:
                return at if (row, at) in self.labels.known or self._is_unknown_label(row, at) else None
        left = next((at for at in range(column - 1, -1, -1) if self.grid.rows[row][at] is not None), None)
        return left if left is not None and (row, left) in self.labels.known else None

    def _is_unknown_label(self, row: int, column: int) -> bool:
        """Whether the column of labels holds one here whose wording is not known: its values are kept all the same."""
        value = self.grid.rows[row][column]
        return (
            (row, column) not in self.labels.words
            and isinstance(value, str)
            and len(value) <= _LONGEST_LABEL
            and not is_data_like(value)
            and label_kind(value) is None
            and not is_caption(value)
        )

    def _path(self, row: int, column: int, first: int) -> tuple[str, ...]:
        """The label of a row of a list turned on its side below its group, which may be a group of this row alone."""
        label = self.labels.known.get((row, column)) or label_text(str(self.grid.rows[row][column]))
        group = self._group(row, column)
        if not group and column > first and (text := self.grid.text(row, column - 1)):
            group = (text,)
        return (*group, label)

    def in_rows(self, start: int, end: int) -> list[FormCell]:
        """The values of some rows (`end` exclusive)."""
        found: list[FormCell] = []
        row = start
        while row < end:
            rows = self._matrix_rows(row, end)
            if rows:
                found.extend(self._matrix(row, rows))
                row += rows + 1
                continue
            found.extend(self._pairs(row))
            row += 1
        return found

    def _pairs(self, row: int) -> list[FormCell]:
        """The label-value pairs of one row; a label cell may also be unknown where it ends with a colon."""
        found: list[FormCell] = []
        filled = self.grid.filled[row]
        used: set[int] = set()
        if filled and self._is_signature(self.grid.text(row, filled[0])):
            # 填表人：王某 | 联系电话：…: the telephone is the writer's.
            return found
        for column in filled:
            value = self.grid.rows[row][column]
            if column in used:
                continue
            inline = labels_and_values(value) if isinstance(value, str) else []
            if inline and header_score(compact(inline[0][0])) >= _KNOWN:
                found.extend(FormCell(row, column, (header_text(label),), told) for label, told in inline)
                continue
            if not self._is_label(row, column, filled):
                continue
            beside = self.labels.beside(row, column)
            # 存在问题 | 缺用地 | 解决措施 | 每周调度: after a pair, the row's last cell is a value, whatever it reads like.
            if beside is None or (beside in self.labels.known and not (used and beside[1] == filled[-1])):
                continue
            at = beside[1]
            cell = self.grid.rows[row][at]
            used.add(at)
            if cell is None:
                continue
            label = self.labels.known.get((row, column)) or label_text(str(value))
            found.append(FormCell(row, at, (*self._group(row, column), label + self._unit_beside(row, at, used)), cell))
        return found

    def _is_signature(self, text: str) -> bool:
        """Whether a row begins with who filled the form in, which no field tells."""
        inline = label_and_value(text)
        label = header_text(inline[0]) if inline else label_text(text)
        field = interpret_column((label,), context=HeaderContext()).field
        return label_kind(text) == "signature" and field is None

    def _is_label(self, row: int, column: int, filled: Sequence[int]) -> bool:
        if (row, column) in self.labels.known:
            return True
        value = self.grid.rows[row][column]
        if not isinstance(value, str) or is_data_like(value) or len(value) > 16:
            return False
        if value.rstrip().endswith((":", "：")):
            return True
        # An unknown label: no value of another, below or above known labels of its column.
        return (label_kind(value) is None and self.labels.opens_a_pair(row, column)) or (
            column != filled[-1]
            and sum(1 for _, other in self.labels.known if other == column) >= 3
            and label_kind(value) is None
        )

    def _group(self, row: int, column: int) -> tuple[str, ...]:
        """The label merged over several rows to the left of this one, if any."""
        if column == 0:
            return ()
        area = self.grid.merge_at(row, column - 1)
        if area is None or area.bottom == area.top or self._is_beside_label(area.top, area.left):
            return ()
        text = self.grid.rows[area.top][area.left]
        return (header_text(text),) if isinstance(text, str) and len(text) <= 20 else ()

    def _is_beside_label(self, row: int, column: int) -> bool:
        """Whether a cell is the value of the label left of it: 项目进度 | a text over several rows | 存在问题 | another."""
        return any(
            self.labels.beside(row, at) == (row, column)
            for at in self.grid.filled[row]
            if (row, at) in self.labels.known
        )

    def _unit_beside(self, row: int, column: int, used: set[int]) -> str:
        """A unit in a cell of its own right of the value, as a header would carry it."""
        beside = self.labels.beside(row, column)
        if beside is None:
            return ""
        text = self.grid.rows[row][beside[1]]
        unit = parse_unit(text) if isinstance(text, str) and len(text) <= 6 else None
        if unit is None:
            return ""
        used.add(beside[1])
        return f"（{text}）"

    def _matrix_rows(self, row: int, end: int) -> int:
        """How many rows of values follow a row of column headings (years, months, or labels) inside the form."""
        filled = self.grid.filled[row]
        if self._is_numbered(row):
            return self._numbered_rows(row, end)
        if self._heads_own_values(row, end):
            return 1
        headings = [c for c in filled[1:] if self._is_heading(row, c)]
        if len(headings) < 2 or len(headings) < len(filled) - 1:
            return 0
        if any(isinstance(text := self.grid.rows[row][c], str) and label_and_value(text) for c in headings):
            # 签约时间：2026年3月 in each of several cells: labels with their values.
            return 0
        if len({(row, c) in self.labels.known for c in headings}) > 1 and (row, filled[0]) in self.labels.known:
            # 开工时间 | 2025年3月 | 计划竣工时间 | 2027年12月: labels and their values by turns.
            return 0
        count = 0
        for below in range(row + 1, end):
            cells = self.grid.filled[below]
            is_value_row = (
                len(cells) >= 2
                and cells[0] < headings[0]
                and isinstance(self.grid.rows[below][cells[0]], str)
                and set(cells[1:]) <= set(headings)
                and not any((below, c) in self.labels.known for c in cells[1:])
                # 形象进度 | a text over several headings: a pair of the form again.
                and not any(self._reaches_past(below, c, headings) for c in cells[1:])
                and not self._is_pair_of_words(below, cells)
            )
            if not is_value_row:
                break
            count += 1
        return count

    def _heads_own_values(self, row: int, end: int) -> bool:
        """Whether a row's first cell names what stands below its other cells, which are times and perhaps their sum:
        资金到位情况 | 2025年 | 2026年 | 累计 over  | 500 | 200 | 700, figures only; or other labels, where it is merged over both
        rows: 资金到位情况（万元） | 总投资 | 累计到位 over  | 9000 | 500.
        """
        filled = self.grid.filled[row]
        if row + 1 >= end or len(filled) <= _PAIR:
            return False
        if self._is_merged_over_values(row):
            return True
        if (row, filled[0]) not in self.labels.known:
            return False
        times = [c for c in filled[1:] if is_period_header(self.grid.rows[row][c])]
        sums = [c for c in filled[1:] if compact(self.grid.text(row, c)) in _SUM_WORDS]
        below = self.grid.filled[row + 1]
        is_headed = bool(times) and len(times) + len(sums) == len(filled) - 1 and bool(below)
        return (
            is_headed and set(below) <= set(filled[1:]) and all(is_data_like(self.grid.rows[row + 1][c]) for c in below)
        )

    def _is_merged_over_values(self, row: int) -> bool:
        """Whether the first cell of a row of labels is merged over one row more, of values below each of them."""
        first, *labels = self.grid.filled[row]
        area = self.grid.merge_at(row, first)
        if area is None or area.top != row or area.bottom <= row:
            return False
        below = self.grid.filled[row + 1]
        known = [c for c in labels if self._is_heading(row, c)]
        return (
            len(known) == len(labels)
            and 0 < len(below) <= len(labels)
            and set(below) <= set(labels)
            and not any((row + 1, c) in self.labels.known for c in below)
            and not any(self.grid.filled[at] for at in range(row + 2, area.bottom + 1))
        )

    def _is_pair_of_words(self, row: int, cells: Sequence[int]) -> bool:
        """Whether a row holds a known label and one text: below a matrix of figures without merges a pair of the form."""
        first, *others = cells
        return (
            len(others) == 1 and (row, first) in self.labels.known and not is_data_like(self.grid.rows[row][others[0]])
        )

    def _reaches_past(self, row: int, column: int, headings: Sequence[int]) -> bool:
        area = self.grid.merge_at(row, column)
        return area is not None and any(area.left < heading <= area.right for heading in headings)

    def _is_numbered(self, row: int) -> bool:
        """Whether a list with a column of numbers begins here: 序号 | 工作节点 | 计划时间, and 1 below 序号."""
        filled = self.grid.filled[row]
        text = self.grid.rows[row][filled[0]] if len(filled) > _PAIR else None
        if not isinstance(text, str) or row + 1 >= self.grid.height or not self._is_number(row + 1, filled[0]):
            return False
        if any(names_project(self.labels.known.get((row + 1, column), "")) for column in self.grid.filled[row + 1]):
            # 序号 | 指标 | 内容 over 1 | 项目名称 | 甲园: the rows of the form itself are numbered.
            return False
        return interpret_column((label_text(text),), context=HeaderContext()).field == "sequence_no"

    def _is_number(self, row: int, column: int) -> bool:
        value = self.grid.rows[row][column]
        return isinstance(value, int | float) or (isinstance(value, str) and compact(value).isdecimal())

    def _numbered_rows(self, row: int, end: int) -> int:
        first, *headings = self.grid.filled[row]
        count = 0
        for below in range(row + 1, end):
            cells = self.grid.filled[below]
            if (
                not cells
                or cells[0] != first
                or not self._is_number(below, first)
                or not set(cells[1:]) <= set(headings)
            ):
                break
            count += 1
        return count

    def _is_heading(self, row: int, column: int) -> bool:
        return (row, column) in self.labels.known or is_period_header(self.grid.rows[row][column])

    def _matrix(self, row: int, rows: int) -> list[FormCell]:
        numbered = self._is_numbered(row)
        corner = self.grid.filled[row][numbered]
        found = []
        for below in range(row + 1, row + 1 + rows):
            cells = self.grid.filled[below][numbered:]
            if not cells:
                continue
            if not numbered and cells[0] > corner:
                label, values = self.labels.known.get((row, corner)) or header_text(self.grid.text(row, corner)), cells
            else:
                label, values = label_text(str(self.grid.rows[below][cells[0]])), cells[1:]
            for column in values:
                path = (*self._group(below, corner), label, self.grid.text(row, column))
                found.append(FormCell(below, column, path, self.grid.rows[below][column]))
        return found
