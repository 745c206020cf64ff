"""The labels of a form-style sheet: which cells name what stands beside or below them, and which only read so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.columns.column_meaning import HeaderContext
from ingest.headers.header_column import interpret_column
from ingest.layout.grid import Grid, is_data_like, is_period_header
from ingest.layout.header_score import header_score
from ingest.layout.table_lines import is_unit, is_unit_mark
from ingest.rows.furniture import ends_like_project
from ingest.values.printed import compact, header_text

_KNOWN = 0.75
_LONGEST_LABEL = 40
# 存在问题（详细描述需协调解决的手续办理、征地拆迁等）
_EXPLAINED = re.compile(r"[（(][^()（）]*[)）]$")
_LEAST_LABEL_ROWS = 4
_CORNERS = frozenset({"指标", "指标名称", "内容", "事项", "要素", "栏目", "类别", "名称", "项目", "项目情况", "情况"})
_UNIT_HEADERS = frozenset({"单位", "计量单位"})
_BEHIND_NAMES = frozenset({"备注", "合计", "小计", "说明"})
_NAMES = "项目名称"
_OF_PROJECTS = frozenset({"investor_name", "project_content", "project_company", "signed_on", "started_on", "location"})
_SHORTEST_NAME = 4
_NAMED = re.compile("..(?:项目|工程)$")
_PAIR = 2
_GROUPED_PAIR = 3
_TWO_PAIRS = (True, False, True, False)
_ORDINAL = re.compile(r"(?:项目|第)?(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[a-h])(?:号?项目|个|#)?")
# 其中：固定资产投资 is one label, and so is 总投资（单位：亿元）: a colon in brackets parts no label from its value.
_NEXT_PAIR = re.compile(r"[\s；;]+(?=[^\s：:；;，,。]{2,16}[：:])")
_INLINE = re.compile(r"^(?!其中)((?:[^:：()（）]|[（(][^()（）]{0,24}[)）]){2,16})[:：]\s*(\S.*)$", re.DOTALL)


class FormLabels:
    """Which cells of a sheet are labels, were it a form.

    Attributes:
        grid: the sheet.
        known: the text of each label by its row and column, with the unit of the column beside it.
        words: all cells that read like labels, those among them that are values.
        unit_columns: columns that hold the units of the labels left of them.
        second_labels: the third cells of rows of two pairs.
    """

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.known: dict[tuple[int, int], str] = {}
        for row, filled in enumerate(grid.filled):
            for column in filled:
                value = grid.rows[row][column]
                if not isinstance(value, str) or len(_EXPLAINED.sub("", value)) > _LONGEST_LABEL:
                    continue
                label = label_text(value)
                if header_score(label) >= _KNOWN and not is_period_header(value) and not is_data_like(value):
                    self.known[row, column] = label
        self._blank_columns = frozenset(range(grid.width)) - {column for filled in grid.filled for column in filled}
        self._name_corners()
        self.words = dict(self.known)
        self.unit_columns = self._find_unit_columns()
        self.second_labels = self._find_second_labels()
        self._drop_values_like_labels()
        self._drop_labels_of_numbers()

    def _name_corners(self) -> None:
        """指标 | 单位 | 甲项目 | 乙项目 above labels, where no label names projects: the corner stands for 项目名称."""
        columns = [self._lead(row) for row in range(self.grid.height)]
        leads = [self.known.get((row, column), "") for row, column in enumerate(columns) if column is not None]
        if any(map(names_project, leads)):
            return
        for row, column in enumerate(columns):
            if column is None or compact(self.grid.text(row, column)) not in _CORNERS:
                continue
            beside = [compact(self.grid.text(row, at)) for at in self.grid.filled[row] if at > column]
            names = beside[1:] if beside and beside[0] in _UNIT_HEADERS else beside
            names = names[:-1] if names and names[-1] in _BEHIND_NAMES else names
            below = sum((at, column) in self.known for at in range(row + 1, self.grid.height))
            may_be = _are_projects(names) or (self._tell_of_projects(row, column) and self._are_no_labels(names))
            if may_be and below >= _LEAST_LABEL_ROWS - 1:
                self.known[row, column] = _NAMES
                return

    def _lead(self, row: int) -> int | None:
        """The column of a row's first cell, behind a group of labels that is merged over several rows."""
        filled = self.grid.filled[row]
        area = self.grid.merge_at(row, filled[0]) if len(filled) > 1 else None
        return filled[area is not None and area.bottom > area.top] if filled else None

    def _tell_of_projects(self, corner: int, column: int) -> bool:
        """Whether labels below ask for what only a project has: regions and offices have figures only."""
        at = [(row, column) for row in range(corner + 1, self.grid.height) if (row, column) in self.known]
        return len({self.field(*one) for one in at} & _OF_PROJECTS) >= _PAIR

    def _are_no_labels(self, texts: Sequence[str]) -> bool:
        are_words = all(len(text) >= _SHORTEST_NAME and header_score(text) < _KNOWN for text in texts)
        return are_words and len(set(texts)) == len(texts) >= _PAIR

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
                may_pair = (row, columns[0]) in self.known and not self._is_figure_beside_figure(row, column)
                in_pairs[column] = in_pairs.get(column, 0) + may_pair
        known: dict[int, int] = {}
        known_in_pairs: dict[int, int] = {}
        for row, column in self.known:
            known[column] = known.get(column, 0) + 1
            is_paired = (row, self.grid.filled[row][0]) in self.known
            known_in_pairs[column] = known_in_pairs.get(column, 0) + is_paired
        in_values = [
            (row, column)
            for row, column in self.known
            if known[column] * 2 < filled[column]
            and (column == self.grid.filled[row][0] or known_in_pairs[column] * 2 < in_pairs[column])
            and not self._is_row_of_labels(row)
            and not self.opens_a_pair(row, column)
            and ("名称" not in self.known.get((row, column - 1), "") or self._says_the_same(row, column))
            and any((row, left) in self.known and known[left] * 2 >= filled[left] for left in range(column))
        ]
        words = {at for at in self.known if self._is_word_of_value(*at)}
        others = self.known.keys() - words
        labels = Counter(column for _, column in others)
        words |= {
            (row, column)
            for row, column in others
            if labels[column] * 2 < filled[column]
            and (lead := self._lead_of(row, column)) is not None
            and labels[lead] * 2 >= filled[lead]
            and self._is_no_label_there(row, column, lead)
        }
        for row, column in dict.fromkeys((*in_values, *words)):
            beside = [other for other in in_values if other[0] == row]
            if (
                (row, column) in words
                or len(beside) < _PAIR
                or not all(self._stands_over_figure(*other) for other in beside)
            ):
                del self.known[row, column]

    def _is_word_of_value(self, row: int, column: int) -> bool:
        """Whether a cell behind a label reads like a header but names no field of its own, where the label names one, in a
        row of labels and their values by turns: 建设性质 | 新建, 存在问题 | 环评手续未办结, 园区名称 | 经济开发区.
        """
        filled = self.grid.filled[row]
        at = filled.index(column)
        leads = {self.known.get((row, lead)) for lead in filled[::2]}
        if at % 2 == 0 or len(filled) % 2 or None in leads:
            return False
        # Forms side by side repeat their labels (建设性质 | 新建 | 建设性质 | 技改); else another value shows that they are pairs.
        if len(leads) > 1 and all((row, value) in self.known for value in filled[1::2]):
            return False
        if self.known[row, column] == self.known.get((row, filled[at - 1])):
            # 项目基本情况 above each of two forms: no label says itself.
            return False
        field = self.field(row, filled[at - 1])
        return field is not None and self.field(row, column) in (None, field)

    def _lead_of(self, row: int, column: int) -> int | None:
        """The column of the label directly left of a cell."""
        filled = self.grid.filled[row]
        lead = filled[filled.index(column) - 1]
        return lead if lead < column and (row, lead) in self.known else None

    def _is_no_label_there(self, row: int, column: int, lead: int) -> bool:
        """Whether a cell reads like a header and yet names no field, or projects as such, beside a label of something else:
        协议类型 | 正式合同, 备注 | 重点项目.
        """
        field = self.field(row, lead)
        names_nothing = self.field(row, column) is None or names_project(self.known[row, column])
        return names_nothing and field not in (None, "sequence_no", "project_name")

    def _says_the_same(self, row: int, column: int) -> bool:
        """Whether a cell that reads like a label names what the label left of it names: 园区名称 | 经济开发区."""
        field = self.field(row, column)
        return field is not None and field == self.field(row, column - 1)

    def opens_a_pair(self, row: int, column: int) -> bool:
        """Whether a label with its value behind it follows a value merged up to it, in a row of wider cells than others:
        four cells over the six columns of 总投资 | 5 | 一期 | 2 | 固投 | 3.
        """
        filled = self.grid.filled[row]
        at = filled.index(column)
        if not 1 < at < len(filled) - 1 or (row, filled[at - 1]) in self.known:
            return False
        if (row, column) in self.second_labels:
            return True
        before, behind = filled[at - 1], filled[at + 1]
        area = self.grid.merge_at(row, before)
        reach = area.right if area else before if self.grid.merges else column - 1
        return before < reach == column - 1 and self.beside(row, column) == (row, behind) not in self.known

    def _find_second_labels(self) -> frozenset[tuple[int, int]]:
        """The third cells of rows `项目名称 | 甲厂 | 项目类别 | 农业`, where several rows hold two pairs and others fewer cells,
        each of another field. In a list turned on its side every row is as long, and a value that reads like a label
        (所属园区 | 东园 | 开发区) names the row's own field.
        """
        found: dict[tuple[int, int], str] = {}
        shorter = 0
        for row, filled in enumerate(self.grid.filled):
            if not filled or (row, filled[0]) not in self.known:
                continue
            at = tuple((row, column) in self.known for column in filled)
            if at == _TWO_PAIRS:
                own, other = (self.field(row, filled[place]) for place in (0, 2))
                if other is not None and own != other:
                    found[row, filled[2]] = other
            shorter += len(filled) < len(_TWO_PAIRS)
        columns = {column for _, column in found}
        several = len(found) >= _PAIR and len(set(found.values())) == len(found) and len(columns) == 1
        return frozenset(found) if several and shorter >= _PAIR else frozenset()

    def field(self, row: int, column: int) -> str | None:
        """The field that a label names by itself."""
        return interpret_column((self.known[row, column],), context=HeaderContext()).field

    def _is_figure_beside_figure(self, row: int, column: int) -> bool:
        cells = self.grid.rows[row]
        return column > 0 and is_data_like(cells[column]) and is_data_like(cells[column - 1])

    def _is_row_of_labels(self, row: int) -> bool:
        """Whether a row may be the header of a list or matrix: labels only, each once (forms side by side repeat theirs),
        and not by turns with a colon (建设性质： | 新建 | 项目状态： | 已投产).
        """
        texts = [self.known.get((row, column), "") for column in self.grid.filled[row]]
        colons = {compact(str(self.grid.rows[row][column])).endswith(":") for column in self.grid.filled[row]}
        if len(colons) > 1 or (len(texts) == _GROUPED_PAIR and self._groups_labels(row, self.grid.filled[row][0])):
            return False
        return len(texts) > _PAIR and all(texts) and len(set(texts)) == len(texts)

    def _groups_labels(self, row: int, column: int) -> bool:
        """Whether a column holds groups of labels, of which some are merged over several rows (项目进展 | 项目状态 | 洽谈)."""
        return row > 0 and any(
            area.left == column and area.bottom > area.top and self.known.get((area.top, column + 1))
            for area in self.grid.merges
        )

    def _drop_labels_of_numbers(self) -> None:
        """项目 | 项目一 | 项目二 only numbers the columns of a list turned on its side."""
        for row, column in [at for at, label in self.known.items() if names_project(label)]:
            beside = self.beside(row, column)
            value = self.grid.rows[beside[0]][beside[1]] if beside else None
            if isinstance(value, str) and _ORDINAL.fullmatch(compact(value)):
                del self.known[row, column]

    def _stands_over_figure(self, row: int, column: int) -> bool:
        under = self.below(row, column)
        return under is not None and is_data_like(self.grid.rows[under[0]][under[1]])

    def is_pair(self, row: int, column: int) -> bool:
        """Whether a value stands beside a label."""
        beside = self.beside(row, column)
        return beside is not None and beside not in self.known

    def _find_unit_columns(self) -> frozenset[int]:
        """Columns right of the labels that hold nothing but their units (总投资 | 万元 | 1200 | 900), or strokes where a label
        has none; labels take them up.
        """
        rows_of: dict[int, dict[int, int]] = {}
        for row, column in self.known:
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
                self.known[row, labels[row]] += f"（{units[row]}）"
        return frozenset(found)

    def beside(self, row: int, column: int) -> tuple[int, int] | None:
        """The cell right of a label and its unit, merged areas counted as one; columns that are blank from top to bottom
        part nothing.
        """
        area = self.grid.merge_at(row, column)
        right = self._next_column((area.right if area else column) + 1)
        if right in self.unit_columns:
            right = self._next_column(right + 1)
        return (row, right) if right < self.grid.width else None

    def _next_column(self, column: int) -> int:
        while column in self._blank_columns:
            column += 1
        return column

    def below(self, row: int, column: int) -> tuple[int, int] | None:
        """The cell below a label."""
        area = self.grid.merge_at(row, column)
        under = (area.bottom if area else row) + 1
        return (under, column) if under < self.grid.height else None

    def of_row(self, row: int) -> set[str]:
        """The texts of the labels of a row."""
        return {self.known[row, column] for column in self.grid.filled[row] if (row, column) in self.known}


def names_project(label: str) -> bool:
    """Whether a label names a project: 项目名称, 招商项目."""
    # 招商项目情况 is a heading, whatever a list's column of that name holds.
    if not any(word in compact(label) for word in ("项目", "名称")) or compact(label).endswith("情况"):
        return False
    return interpret_column((label,), context=HeaderContext()).field == "project_name"


def label_text(text: str) -> str:
    """A label without the colon behind it."""
    return header_text(text).rstrip(":： ")


def label_and_value(text: str) -> tuple[str, str] | None:
    """The two parts of a cell that holds both (`项目名称：甲园`); None for all others."""
    match = _INLINE.match(text)
    return (match[1], match[2].strip()) if match else None


def labels_and_values(text: str) -> list[tuple[str, str]]:
    """The pairs of a cell that holds one or several (`投资方：甲公司　注册地：湖北`): what follows a space or semicolon and reads like
    a header before its colon begins another."""
    first = label_and_value(text)
    if first is None:
        return []
    cuts = [
        match
        for match in _NEXT_PAIR.finditer(text)
        if header_score(label_text(text[match.end() :].replace("：", ":").partition(":")[0])) >= _KNOWN
    ]
    if not cuts:
        return [first]
    starts = [0, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), len(text)]
    pairs = [label_and_value(text[start:end]) for start, end in zip(starts, ends, strict=True)]
    return [pair for pair in pairs if pair is not None]


def _are_projects(texts: Sequence[str]) -> bool:
    """Whether texts are names of projects, each another."""
    are_named = all(_NAMED.search(text) or ends_like_project(text) for text in texts)
    return are_named and len(set(texts)) == len(texts) >= _PAIR
