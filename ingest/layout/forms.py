"""Form-style sheets: one project a form, a label cell beside its value cell, a matrix of years or months inside.

A form is told from a list by its 项目名称: in a list other headers stand beside it and values below, in a form the value
stands beside it and other labels below. Several forms may stand one below another; where several value columns stand
beside the labels, each is a project (a list turned on its side).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.columns.column_meaning import HeaderContext
from ingest.formats.sheet import CellValue
from ingest.headers.header_column import interpret_column
from ingest.layout.grid import Grid, is_data_like, is_period_header
from ingest.layout.header_score import header_score
from ingest.layout.table_lines import is_caption, is_unit, is_unit_mark
from ingest.rows.furniture import label_kind
from ingest.values.printed import compact, header_text
from ingest.values.units import parse_unit

_KNOWN = 0.75
_MOST_ROWS = 400
_LEAST_LABEL_ROWS = 4
_LEAST_IN_COLUMN = 3
_LEAST_SHARE = 3
_LEAST_IN_LIST = 6
_PAIR = 2
_GROUPED_PAIR = 3
_FEW = 4
_LEAST_INLINE_ROWS = 3
_TWO_PAIRS = (True, False, True, False)
_NAMES_BELOW = 12
_SUM_WORDS = frozenset({"累计", "合计", "小计", "总计"})
_SUMS = frozenset({"total", "subtotal"})
_NO_PROJECTS = frozenset({"note", "template", "total", "subtotal"})
_LONGEST_LABEL = 20
_ORDINAL = re.compile(r"(?:项目|第)?(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[a-h])(?:号?项目|个|#)?")
# 其中：固定资产投资 is one label, and so is 总投资（单位：亿元）: a colon in brackets parts no label from its value.
_INLINE = re.compile(r"^(?!其中)((?:[^:：()（）]|[（(][^()（）]{0,24}[)）]){2,16})[:：]\s*(\S.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FormCell:
    """One value of a form: its 0-based row and column, the path of labels that name it."""

    row: int
    column: int
    path: tuple[str, ...]
    value: CellValue


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
    """Labels and values of one sheet."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.labels: dict[tuple[int, int], str] = {}
        for row, filled in enumerate(grid.filled):
            for column in filled:
                value = grid.rows[row][column]
                if not isinstance(value, str) or len(value) > 40:
                    continue
                label = _label(value)
                if header_score(label) >= _KNOWN and not is_period_header(value) and not is_data_like(value):
                    self.labels[row, column] = label
        self.words = dict(self.labels)
        self.unit_columns = self._find_unit_columns()
        self.second_labels = self._find_second_labels()
        self._drop_values_like_labels()
        self._drop_labels_of_numbers()

    def _drop_values_like_labels(self) -> None:
        """Of two labels side by side (`建设地点 | 产业集聚区`) the second is a value where its column mostly holds values and
        the first's mostly labels. A row of labels only may be the header of a list or of a matrix.
        """
        filled: dict[int, int] = {}
        # In rows of a matrix below the form (计划 | 700 | 500) a column of labels holds values.
        in_pairs: dict[int, int] = {}
        for row, columns in enumerate(self.grid.filled):
            for column in columns:
                filled[column] = filled.get(column, 0) + 1
                may_pair = (row, columns[0]) in self.labels and not self._is_figure_beside_figure(row, column)
                in_pairs[column] = in_pairs.get(column, 0) + may_pair
        known: dict[int, int] = {}
        known_in_pairs: dict[int, int] = {}
        for row, column in self.labels:
            known[column] = known.get(column, 0) + 1
            is_paired = (row, self.grid.filled[row][0]) in self.labels
            known_in_pairs[column] = known_in_pairs.get(column, 0) + is_paired
        in_values = [
            (row, column)
            for row, column in self.labels
            if known[column] * 2 < filled[column]
            and (column == self.grid.filled[row][0] or known_in_pairs[column] * 2 < in_pairs[column])
            and not self._is_row_of_labels(row)
            and not self._opens_a_pair(row, column)
            and ("名称" not in self.labels.get((row, column - 1), "") or self._says_the_same(row, column))
            and any((row, left) in self.labels and known[left] * 2 >= filled[left] for left in range(column))
        ]
        words = {at for at in self.labels if self._is_word_of_value(*at)}
        for row, column in dict.fromkeys((*in_values, *words)):
            beside = [other for other in in_values if other[0] == row]
            if (
                (row, column) in words
                or len(beside) < _PAIR
                or not all(self._stands_over_figure(*other) for other in beside)
            ):
                del self.labels[row, column]

    def _is_word_of_value(self, row: int, column: int) -> bool:
        """Whether a cell behind a label reads like a header but names no field of its own, where the label names one, in a
        row of labels and their values by turns: 建设性质 | 新建, 存在问题 | 环评手续未办结, 园区名称 | 经济开发区.
        """
        filled = self.grid.filled[row]
        at = filled.index(column)
        leads = {self.labels.get((row, lead)) for lead in filled[::2]}
        if at % 2 == 0 or len(filled) % 2 or None in leads:
            return False
        # Forms side by side repeat their labels (建设性质 | 新建 | 建设性质 | 技改); else another value shows that they are pairs.
        if len(leads) > 1 and all((row, value) in self.labels for value in filled[1::2]):
            return False
        field = self._field(row, filled[at - 1])
        return field is not None and self._field(row, column) in (None, field)

    def _says_the_same(self, row: int, column: int) -> bool:
        """Whether a cell that reads like a label names what the label left of it names: 园区名称 | 经济开发区."""
        field = self._field(row, column)
        return field is not None and field == self._field(row, column - 1)

    def _opens_a_pair(self, row: int, column: int) -> bool:
        """Whether a label with its value behind it follows a value merged up to it, in a row of wider cells than others:
        four cells over the six columns of 总投资 | 5 | 一期 | 2 | 固投 | 3.
        """
        filled = self.grid.filled[row]
        at = filled.index(column)
        if not 1 < at < len(filled) - 1 or (row, filled[at - 1]) in self.labels:
            return False
        if (row, column) in self.second_labels:
            return True
        before, behind = filled[at - 1], filled[at + 1]
        area = self.grid.merge_at(row, before)
        reach = area.right if area else before if self.grid.merges else column - 1
        return before < reach == column - 1 and self.beside(row, column) == (row, behind) not in self.labels

    def _find_second_labels(self) -> frozenset[tuple[int, int]]:
        """The third cells of rows `项目名称 | 甲厂 | 项目类别 | 农业`, where several rows hold two pairs and others fewer cells,
        each of another field. In a list turned on its side every row is as long, and a value that reads like a label
        (所属园区 | 东园 | 开发区) names the row's own field.
        """
        found: dict[tuple[int, int], str] = {}
        shorter = 0
        for row, filled in enumerate(self.grid.filled):
            if not filled or (row, filled[0]) not in self.labels:
                continue
            at = tuple((row, column) in self.labels for column in filled)
            if at == _TWO_PAIRS:
                own, other = (self._field(row, filled[place]) for place in (0, 2))
                if other is not None and own != other:
                    found[row, filled[2]] = other
            shorter += len(filled) < len(_TWO_PAIRS)
        columns = {column for _, column in found}
        several = len(found) >= _PAIR and len(set(found.values())) == len(found) and len(columns) == 1
        return frozenset(found) if several and shorter >= _PAIR else frozenset()

    def _field(self, row: int, column: int) -> str | None:
        return interpret_column((self.labels[row, column],), context=HeaderContext()).field

    def _is_figure_beside_figure(self, row: int, column: int) -> bool:
        cells = self.grid.rows[row]
        return column > 0 and is_data_like(cells[column]) and is_data_like(cells[column - 1])

    def _is_row_of_labels(self, row: int) -> bool:
        """Whether a row may be the header of a list or matrix: labels only, each once (forms side by side repeat theirs),
        and not by turns with a colon (建设性质： | 新建 | 项目状态： | 已投产).
        """
        texts = [self.labels.get((row, column), "") for column in self.grid.filled[row]]
        colons = {compact(str(self.grid.rows[row][column])).endswith(":") for column in self.grid.filled[row]}
        if len(colons) > 1 or (len(texts) == _GROUPED_PAIR and self._groups_labels(row, self.grid.filled[row][0])):
            return False
        return len(texts) > _PAIR and all(texts) and len(set(texts)) == len(texts)

    def _groups_labels(self, row: int, column: int) -> bool:
        """Whether a column holds groups of labels, of which some are merged over several rows (项目进展 | 项目状态 | 洽谈)."""
        return row > 0 and any(
            area.left == column and area.bottom > area.top and self.labels.get((area.top, column + 1))
            for area in self.grid.merges
        )

    def _drop_labels_of_numbers(self) -> None:
        """项目 | 项目一 | 项目二 only numbers the columns of a list turned on its side."""
        for row, column in [at for at, label in self.labels.items() if _names_project(label)]:
            beside = self.beside(row, column)
            value = self.grid.rows[beside[0]][beside[1]] if beside else None
            if isinstance(value, str) and _ORDINAL.fullmatch(compact(value)):
                del self.labels[row, column]

    def _stands_over_figure(self, row: int, column: int) -> bool:
        under = self.below(row, column)
        return under is not None and is_data_like(self.grid.rows[under[0]][under[1]])

    def name_cells(self) -> list[tuple[int, int]]:
        """The labels that name a project and have its name beside them, if the sheet is a form."""
        found = []
        naming = [at for at, text in self.labels.items() if _names_project(text)]
        # 项目名称 heads a list also where it was dropped as a value beside another label.
        words = [at for at, text in self.words.items() if _names_project(text)]
        heads = (row for row, column in words if not self._is_value(row, column) and self._heads_a_list(row, column))
        top_of_list = min(next(heads, self.grid.height), self._list_before(naming[0][0] if naming else 0))
        for row, column in naming:
            beside, below = self.beside(row, column), self.below(row, column)
            # Below a list's header, 在谈项目 in the column of stages is a value.
            if beside is None or row >= top_of_list or not self._stands_before_name(row, beside[1]):
                continue
            under = self.grid.rows[below[0]][below[1]] if below is not None else None
            may_be_value = under is not None and below not in self.labels and not self._stands_over_labels(row, column)
            # What stands below another such label too is a label of the next card's line.
            if may_be_value and sum(self._text_below(*at) == under for at in naming) < _PAIR:
                continue
            if self._is_label_column(column, beside[1]):
                found.append((row, column))
        pairs = [row for row, column in self.labels if self._is_pair(row, column)]
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
            at is not None and self._may_be_name(row, at) and (at == column or self.grid.rows[row][column] is not None)
        )
        return first and any(self._may_head_a_project(row, c) for c in self.grid.filled[row] if c >= column)

    def _text_below(self, row: int, column: int) -> CellValue:
        below = self.below(row, column)
        return self.grid.rows[below[0]][below[1]] if below is not None else None

    def _list_before(self, end: int) -> int:
        """The first row above a name that is as good as full of labels and has rows of as many values below: the header of
        a list whose column of names has an unknown wording, where 在谈项目 in the column of stages names nothing.
        """
        return next((row for row in range(end) if self._heads_values(row)), self.grid.height)

    def _heads_values(self, row: int) -> bool:
        filled = self.grid.filled[row]
        labels = {self.words[row, column] for column in filled if (row, column) in self.words}
        if len(labels) < _LEAST_IN_LIST or len(labels) * 2 < len(filled):
            return False
        below = [r for r in range(row + 1, self.grid.height) if self.grid.filled[r]][:_NAMES_BELOW]
        records = [r for r in below if len(self.grid.filled[r]) * 2 >= len(filled) and not self._is_mostly_labels(r)]
        return len(records) >= _PAIR and len(records) * 2 > len(below)

    def _is_mostly_labels(self, row: int) -> bool:
        filled = self.grid.filled[row]
        return sum((row, column) in self.words for column in filled) * _LEAST_SHARE > len(filled)

    def _stands_over_labels(self, row: int, column: int) -> bool:
        """Whether most of what stands below a label in its column are labels, though the next one's wording is not known."""
        below = [r for r in range(row + 1, self.grid.height) if column in self.grid.filled[r]][:_NAMES_BELOW]
        known = sum((r, column) in self.labels for r in below)
        return known >= _LEAST_IN_COLUMN and known * 2 >= len(below)

    def _may_be_name(self, row: int, column: int) -> bool:
        value = self.grid.rows[row][column]
        return value is not None and (row, column) not in self.labels and not is_data_like(value)

    def _is_value(self, row: int, column: int) -> bool:
        """Whether a word that names projects stands in the row of a label that names something else: 备注 | 重点项目."""
        lead = self.grid.filled[row][0]
        if lead == column or (row, lead) not in self.labels or not self._is_label_column(lead):
            return False
        return self._field(row, lead) not in {"sequence_no", "project_name", None}

    def _heads_a_list(self, row: int, column: int) -> bool:
        """Whether a label that names a project has another label beside it, and names below it, not labels."""
        below = range(row + 1, min(row + 1 + _NAMES_BELOW, self.grid.height))
        names = sum(self._may_be_name(r, column) for r in below)
        if self.beside(row, column) in self.words:
            return names >= _PAIR
        # 项目名称 | 招商方（甲方） | 投资方 | 法人代表: an unknown header beside it among known ones.
        beside = [c for c in self.grid.filled[row] if c != column]
        known = sum((row, c) in self.words for c in beside)
        labels = sum((r, column) in self.words for r in below)
        return known >= _LEAST_IN_COLUMN and known * 2 > len(beside) and names >= max(_PAIR, labels + 1)

    def _is_label_column(self, column: int, end: int | None = None) -> bool:
        """Whether labels beside their values, and not a few headings among names or groups of a header, fill a column, or
        the columns up to `end` that a label covers, where others there are leaves of groups.
        """
        span = range(column, end or column + 1)
        labels = [label for at, label in self.labels.items() if at[1] in span and self._is_pair(*at)]
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
        names = [row for row, labels in inline.items() if "project_name" in labels]
        # 项目名称：甲园 may stand above rows of labels beside their values.
        told = inline.keys() | {row for row, column in self.labels if self._is_pair(row, column)}
        if not names or len(told) < _LEAST_INLINE_ROWS * len(names) or len(told) * 2 < sum(map(bool, self.grid.filled)):
            return []
        ends = [*names[1:], self.grid.height]
        return [Form(row, row, end, 0, tuple(self._cells(row, end))) for row, end in zip(names, ends, strict=True)]

    def _inline_labels(self, row: int) -> list[str | None]:
        """The fields that the cells of a row name before a colon."""
        texts = [self.grid.rows[row][column] for column in self.grid.filled[row]]
        found = [match for text in texts if isinstance(text, str) and (match := _INLINE.match(text))]
        known = [_label(match[1]) for match in found if header_score(_label(match[1])) >= _KNOWN]
        return [interpret_column((label,), context=HeaderContext()).field for label in known]

    def _is_pair(self, row: int, column: int) -> bool:
        beside = self.beside(row, column)
        return beside is not None and beside not in self.labels

    def _find_unit_columns(self) -> frozenset[int]:
        """Columns right of the labels that hold nothing but their units (总投资 | 万元 | 1200 | 900), or strokes where a label
        has none; labels take them up.
        """
        rows_of: dict[int, dict[int, int]] = {}
        for row, column in self.labels:
            area = self.grid.merge_at(row, column)
            rows_of.setdefault((area.right if area else column) + 1, {})[row] = column
        found = set()
        for right, labels in rows_of.items():
            units = {row: text for row in labels if right < self.grid.width and (text := self.grid.text(row, right))}
            told = [row for row, text in units.items() if is_unit(text)]
            others = [text for text in units.values() if not is_unit(text) and not is_unit_mark(text)]
            are_strokes = len(units) - len(others) == len(units) >= _LEAST_LABEL_ROWS and len(units) == len(labels)
            if len(labels) < _LEAST_LABEL_ROWS or any("单位" not in text for text in others):
                continue
            if not told and not are_strokes and len(units) - len(others) < len(labels) - 1:
                continue
            found.add(right)
            for row in told:
                self.labels[row, labels[row]] += f"（{units[row]}）"
        return frozenset(found)

    def beside(self, row: int, column: int) -> tuple[int, int] | None:
        """The cell right of a label and its unit, merged areas counted as one."""
        area = self.grid.merge_at(row, column)
        right = (area.right if area else column) + 1
        right += right in self.unit_columns
        return (row, right) if right < self.grid.width else None

    def below(self, row: int, column: int) -> tuple[int, int] | None:
        """The cell below a label."""
        area = self.grid.merge_at(row, column)
        under = (area.bottom if area else row) + 1
        return (under, column) if under < self.grid.height else None

    def start_above(self, row: int, earlier: Sequence[int]) -> int:
        """Where the form of a name starts: after the blank row or title above it, and after what stands below the name
        in the first form (投资方 … above a title without a blank row is still the form's above).
        """
        above = {text for at in range(earlier[0]) for text in self._row_labels(at)}
        below = {text for at in range(earlier[0], row) for text in self._row_labels(at)} - above
        start = row
        while start > earlier[-1] + 1 and (labels := self._row_labels(start - 1)) and not labels <= below:
            start -= 1
        return start

    def _row_labels(self, row: int) -> set[str]:
        return {self.labels[row, column] for column in self.grid.filled[row] if (row, column) in self.labels}

    def forms(self, row: int, column: int, start: int, end: int) -> list[Form]:
        """The form around one project name, or one for each of several value columns."""
        value_columns = self._value_columns(row, column, start, end)
        if len(value_columns) > 1:
            return [
                Form(row, start, end, number, tuple(self._column_cells(start, end, (row, column), at)))
                for number, at in enumerate(value_columns)
            ]
        return [Form(row, start, end, 0, tuple(self._cells(start, end)))]

    def side_by_side(self, row: int, columns: Sequence[int], start: int, end: int) -> list[Form]:
        """Forms beside one another, each from its project's name to the next one's."""
        cells = self._cells(start, end)
        bounds = [0, *columns[1:], self.grid.width]
        bands = [[cell for cell in cells if left <= cell.column < right] for left, right in pairwise(bounds)]
        return [Form(row, start, end, number, tuple(band)) for number, band in enumerate(bands)]

    def _value_columns(self, row: int, column: int, start: int, end: int) -> list[int]:
        """The value columns of a list turned on its side; a single one for a form."""
        first = self.beside(row, column)
        if first is None:
            return []
        rows = [r for r in range(start, end) if any((r, c) in self.labels for c in range(column, first[1]))]
        named = [c for c in self.grid.filled[row] if c >= first[1] and self._may_head_a_project(row, c)]
        # A row or two of values may read like other labels (所属园区 | 开发区 | 产业园).
        alike = [r for r in rows if any(self._names_another_field(r, c, column) for c in named)]
        if len(rows) < _LEAST_LABEL_ROWS or len(alike) * _FEW > len(rows):
            return []
        told = {c: sum(self.grid.rows[r][c] is not None for r in rows) for c in named}
        # Little may be told of one of them, but for its name.
        same = [c for c in named if told[c] * 2 >= len(rows)]
        return named if len(same) > 1 and min(told.values()) >= _PAIR else []

    def _names_another_field(self, row: int, column: int, lead: int) -> bool:
        """Whether a cell is the label of something else than its row's first label: 新建 in the row of 建设性质 is not."""
        if (row, column) not in self.labels:
            return False
        field = self._field(row, column)
        return field is not None and ((row, lead) not in self.labels or field != self._field(row, lead))

    def _may_head_a_project(self, row: int, column: int) -> bool:
        """Whether a column of values is a project's own: 合计 and 备注 beside the names head what is said of all of them,
        and 填写说明 and 示例 above it what is to be written.
        """
        text = self.grid.text(row, column)
        if column in self.unit_columns or label_kind(text) in _SUMS:
            return False
        above = next((at for at in range(row - 1, -1, -1) if self.grid.rows[at][column] is not None), None)
        if above is not None and label_kind(self.grid.text(above, column)) in _NO_PROJECTS:
            return False
        return interpret_column((text,), context=HeaderContext()).field != "remark"

    def _column_cells(self, start: int, end: int, name: tuple[int, int], column: int) -> list[FormCell]:
        first = self.beside(*name)
        last = first[1] - 1 if first else name[1]
        return [
            FormCell(row, column, self._path(row, at, name[1]), value)
            for row in range(start, end)
            if (at := self._label_column(row, name[1], last)) is not None
            and (value := self.grid.value(row, column)) is not None
            and not self._is_merged_with(row, at, column)
        ]

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
            if self.grid.rows[row][at] is not None and at not in self.unit_columns:
                return at if (row, at) in self.labels or self._is_unknown_label(row, at) else None
        left = next((at for at in range(column - 1, -1, -1) if self.grid.rows[row][at] is not None), None)
        return left if left is not None and (row, left) in self.labels else None

    def _is_unknown_label(self, row: int, column: int) -> bool:
        """Whether the column of labels holds one here whose wording is not known: its values are kept all the same."""
        value = self.grid.rows[row][column]
        return (
            (row, column) not in self.words
            and isinstance(value, str)
            and len(value) <= _LONGEST_LABEL
            and not is_data_like(value)
            and label_kind(value) is None
            and not is_caption(value)
        )

    def _path(self, row: int, column: int, first: int) -> tuple[str, ...]:
        """The label of a row of a list turned on its side below its group, which may be a group of this row alone."""
        label = self.labels.get((row, column)) or _label(str(self.grid.rows[row][column]))
        group = self._group(row, column)
        if not group and column > first and (text := self.grid.text(row, column - 1)):
            group = (text,)
        return (*group, label)

    def _cells(self, start: int, end: int) -> list[FormCell]:
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
            inline = _INLINE.match(value) if isinstance(value, str) else None
            if inline and header_score(compact(inline[1])) >= _KNOWN:
                found.append(FormCell(row, column, (header_text(inline[1]),), inline[2].strip()))
                continue
            if not self._is_label(row, column, filled):
                continue
            beside = self.beside(row, column)
            # 存在问题 | 缺用地 | 解决措施 | 每周调度: after a pair, the row's last cell is a value, whatever it reads like.
            if beside is None or (beside in self.labels and not (used and beside[1] == filled[-1])):
                continue
            at = beside[1]
            cell = self.grid.rows[row][at]
            used.add(at)
            if cell is None:
                continue
            label = self.labels.get((row, column)) or _label(str(value))
            found.append(FormCell(row, at, (*self._group(row, column), label + self._unit_beside(row, at, used)), cell))
        return found

    def _is_signature(self, text: str) -> bool:
        """Whether a row begins with who filled the form in, which no field tells."""
        inline = _INLINE.match(text)
        label = header_text(inline[1]) if inline else _label(text)
        field = interpret_column((label,), context=HeaderContext()).field
        return label_kind(text) == "signature" and field is None

    def _is_label(self, row: int, column: int, filled: Sequence[int]) -> bool:
        if (row, column) in self.labels:
            return True
        value = self.grid.rows[row][column]
        if not isinstance(value, str) or is_data_like(value) or len(value) > 16:
            return False
        if value.rstrip().endswith((":", "：")):
            return True
        # An unknown label: no value of another, below or above known labels of its column.
        return (label_kind(value) is None and self._opens_a_pair(row, column)) or (
            column != filled[-1]
            and sum(1 for _, other in self.labels if other == column) >= 3
            and label_kind(value) is None
        )

    def _group(self, row: int, column: int) -> tuple[str, ...]:
        """The label merged over several rows to the left of this one, if any."""
        if column == 0:
            return ()
        area = self.grid.merge_at(row, column - 1)
        if area is None or area.bottom == area.top:
            return ()
        text = self.grid.rows[area.top][area.left]
        return (header_text(text),) if isinstance(text, str) and len(text) <= 20 else ()

    def _unit_beside(self, row: int, column: int, used: set[int]) -> str:
        """A unit in a cell of its own right of the value, as a header would carry it."""
        beside = self.beside(row, column)
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
        if len({(row, c) in self.labels for c in headings}) > 1 and (row, filled[0]) in self.labels:
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
                and not any((below, c) in self.labels for c in cells[1:])
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
        资金到位情况 | 2025年 | 2026年 | 累计 over  | 500 | 200 | 700, figures only.
        """
        filled = self.grid.filled[row]
        if row + 1 >= end or len(filled) <= _PAIR or (row, filled[0]) not in self.labels:
            return False
        times = [c for c in filled[1:] if is_period_header(self.grid.rows[row][c])]
        sums = [c for c in filled[1:] if compact(self.grid.text(row, c)) in _SUM_WORDS]
        below = self.grid.filled[row + 1]
        is_headed = bool(times) and len(times) + len(sums) == len(filled) - 1 and bool(below)
        return (
            is_headed and set(below) <= set(filled[1:]) and all(is_data_like(self.grid.rows[row + 1][c]) for c in below)
        )

    def _is_pair_of_words(self, row: int, cells: Sequence[int]) -> bool:
        """Whether a row holds a known label and one text: below a matrix of figures without merges a pair of the form."""
        first, *others = cells
        return len(others) == 1 and (row, first) in self.labels and not is_data_like(self.grid.rows[row][others[0]])

    def _reaches_past(self, row: int, column: int, headings: Sequence[int]) -> bool:
        area = self.grid.merge_at(row, column)
        return area is not None and any(area.left < heading <= area.right for heading in headings)

    def _is_numbered(self, row: int) -> bool:
        """Whether a list with a column of numbers begins here: 序号 | 工作节点 | 计划时间, and 1 below 序号."""
        filled = self.grid.filled[row]
        text = self.grid.rows[row][filled[0]] if len(filled) > _PAIR else None
        if not isinstance(text, str) or row + 1 >= self.grid.height or not self._is_number(row + 1, filled[0]):
            return False
        if any(_names_project(self.labels.get((row + 1, column), "")) for column in self.grid.filled[row + 1]):
            # 序号 | 指标 | 内容 over 1 | 项目名称 | 甲园: the rows of the form itself are numbered.
            return False
        return interpret_column((_label(text),), context=HeaderContext()).field == "sequence_no"

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
        return (row, column) in self.labels or is_period_header(self.grid.rows[row][column])

    def _matrix(self, row: int, rows: int) -> list[FormCell]:
        numbered = self._is_numbered(row)
        corner = self.grid.filled[row][numbered]
        found = []
        for below in range(row + 1, row + 1 + rows):
            cells = self.grid.filled[below][numbered:]
            if not cells:
                continue
            if not numbered and cells[0] > corner:
                label, values = self.labels[row, corner], cells
            else:
                label, values = _label(str(self.grid.rows[below][cells[0]])), cells[1:]
            for column in values:
                path = (*self._group(below, corner), label, self.grid.text(row, column))
                found.append(FormCell(below, column, path, self.grid.rows[below][column]))
        return found


def _names_project(label: str) -> bool:
    # 招商项目情况 is a heading, whatever a list's column of that name holds.
    if not any(word in compact(label) for word in ("项目", "名称")) or compact(label).endswith("情况"):
        return False
    return interpret_column((label,), context=HeaderContext()).field == "project_name"


def _label(text: str) -> str:
    return header_text(text).rstrip(":： ")
