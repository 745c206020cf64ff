"""What each row below a header is: data, or furniture and of which kind.

The label decides first (合计, 注：, 一、…), then what else the row holds: a group row fills hardly any column that
describes a project; a row that only has its printed number is a blank form line.

Parent and child rows are counted once. Of a numbered parent (`1`) and its children (`1.1`, `1.2`) the rows that say
who invests, when and who answers count: children, unless only the parent carries such cells; then the children
are parts of it. A parent told by indentation only becomes a group row where its amounts are the sums of its children.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ingest.column_meaning import ColumnMeaning
from ingest.furniture import (
    ends_like_project,
    group_label,
    is_comparison,
    is_count,
    is_signer,
    is_template_hint,
    label_kind,
    plain_group_text,
    says_nothing,
    stated_count,
)
from ingest.grid import Grid, is_data_like
from ingest.printed import cell_text, compact
from ingest.sheet import CellValue
from ingest.tables import Table
from ingest.values import is_placeholder

UNNUMBERED_LEVEL = 9
PARENT_LEVEL = 10
_LONGEST_HEADING = 20
_LONGEST_PLACE = 8
_ENOUGH_DETAILS = 2
# A heading's stated total may be wrong, but not by more than this share.
_NEAR = 0.2

IDENTITY_FIELDS = {
    "project": ("project_name",),
    "summary": ("region_name", "category"),
    "outreach": ("traveller_name", "visited_company", "destination", "team_name"),
    "problem": ("subject", "project_name", "investor_name"),
}
_FIGURE_TYPES = frozenset({"amount_cny", "amount_usd", "number", "rate"})
_CHILD_NUMBER = re.compile(r"^(\d{1,4})[.\-](\d{1,3})$")
_BRACKET_NUMBER = re.compile(r"^\((\d{1,3})\)$")
_PROJECT_END = re.compile(r"(?:项目|工程|基地|园区?|建设)(?:[(（][^()（）]{1,10}[)）])?$")
_FOOT_DATE = re.compile(r"^(?:19|20)\d\d(?:年|[./-])\d{1,2}(?:月|[./-])(?:\d{1,2}日?)?(?: ?\d{1,2}:\d\d(?::\d\d)?)?$")
_LONGEST_SIGNER = 20
_SENTENCE = re.compile(r"[。；;！!]|，.*，")


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group heading: its level (1 is outermost, 9 unnumbered), its name, the number of projects it states."""

    row: int
    level: int
    label: str
    text: str
    stated_count: int | None = None


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A total or subtotal row: `level` is `total` or `subtotal`."""

    row: int
    level: str
    label: str


@dataclass(slots=True)
class RowRoles:
    """The role of every row from the first below the header to the table's end.

    `data` are the rows that become records, `groups` the headings above each of them, outermost first.
    `continuations` maps a row that continues a record (its name is merged over several rows) to the record's row.
    """

    roles: dict[int, str] = field(default_factory=dict)
    data: list[int] = field(default_factory=list)
    groups: list[tuple[GroupRow, ...]] = field(default_factory=list)
    group_rows: list[GroupRow] = field(default_factory=list)
    totals: list[TotalRow] = field(default_factory=list)
    continuations: dict[int, int] = field(default_factory=dict)


def classify_rows(
    grid: Grid,
    table: Table,
    meanings: Sequence[ColumnMeaning],
    kind: str,
    *,
    is_heading: Callable[[str], bool] = lambda _: False,
) -> RowRoles:
    """Tell the role of each row of a table.

    `is_heading` says of a lone name whether it is a heading's wording (a stage, an industry) and no project's name.
    """
    return _Classifier(grid, table, meanings, kind, is_heading).run()


class _Classifier:
    """One table's rows; holds what is asked of every row."""

    def __init__(
        self,
        grid: Grid,
        table: Table,
        meanings: Sequence[ColumnMeaning],
        kind: str,
        is_heading: Callable[[str], bool],
    ) -> None:
        self.grid, self.table, self.kind, self.is_heading = grid, table, kind, is_heading
        indexes = [column.index for column in table.columns]
        fields = IDENTITY_FIELDS[kind]
        by_field: dict[str, int] = {}
        for index, meaning in zip(indexes, meanings, strict=True):
            if meaning.field:
                by_field.setdefault(meaning.field, index)
        self.sequence = by_field.get("sequence_no")
        self.identity = [by_field[name] for name in fields if name in by_field]
        if not self.identity and "project_company" in by_field:
            self.identity = [by_field["project_company"]]
        self.name = self.identity[0] if self.identity else None
        self.figures = {
            index
            for index, meaning in zip(indexes, meanings, strict=True)
            if meaning.value_type in _FIGURE_TYPES or meaning.field == "value"
        }
        self.leaves = {column.index: compact(column.path[-1]) for column in table.columns if column.has_header}
        self.left, self.right = table.left, table.right
        self.whole_width = self.left == 0 and self.right >= grid.width - 1
        self.title_texts = {compact(line.text) for line in table.titles}
        self.result = RowRoles()
        self.in_notes = False
        self.numbered_groups: dict[int, GroupRow] = {}
        self.unnamed: dict[int, int] = {}
        self.merged_tops = self._merged_names()

    def run(self) -> RowRoles:
        """Classify all rows, then settle what needs the whole table."""
        roles = self.result.roles
        for row in range(self.table.start_row, self.table.first_row):
            if self._is_bad(row):
                roles[row] = "bad"
        for row in range(self.table.first_row, self.table.end_row):
            roles[row] = self._role(row)
        self._settle_foot()
        self._settle_parts()
        self._settle_han_numbered()
        self._settle_parents()
        self._settle_indented()
        self._settle_single_names()
        self._settle_summing_names()
        self._settle_unnamed()
        self._collect()
        return self.result

    # One row

    def _is_bad(self, row: int) -> bool:
        """Whether a line could not be decoded or split; of tables side by side the first one has it."""
        return self.table.band == 0 and row in self.grid.sheet.bad_rows

    def cells(self, row: int) -> list[int]:
        """The filled columns of a row within the table."""
        filled = self.grid.filled[row]
        if self.whole_width:
            return filled
        return [column for column in filled if self.left <= column <= self.right]

    def _role(self, row: int) -> str:
        if self._is_bad(row):
            return "bad"
        if row in self.table.repeated_headers:
            return "header"
        if row in self.table.column_number_rows:
            return "column_numbers"
        cells = self.cells(row)
        if not cells:
            return "blank"
        values = self.grid.rows[row]
        if row <= self.table.first_row + 1 and self._is_hint_row(row, cells):
            return "template"
        if self._is_plain_data(values, cells):
            self.in_notes = False
            return "data"
        return self._label_role(row, cells) or self._group_role(row, cells) or self._data_role(row, cells)

    def _is_plain_data(self, values: list[CellValue], cells: list[int]) -> bool:
        """The common case, decided quickly: a printed number, a name, and more."""
        if self.name is None or len(cells) < 3:
            return False
        name = values[self.name]
        if type(name) is not str or label_kind(name) is not None or is_placeholder(name):
            return False
        if name[0].isdigit() and is_count(name):
            return False
        if self.sequence is None:
            return len(cells) >= 4 and group_label(name) is None and label_kind(cell_text(values[cells[0]])) is None
        number = values[self.sequence]
        return (
            (type(number) is int or (type(number) is str and number.isdecimal()))
            and cells[0] >= min(self.sequence, cells[0])
            and (cells[0] == self.sequence or label_kind(cell_text(values[cells[0]])) is None)
        )

    def _label_role(self, row: int, cells: list[int]) -> str | None:
        """The role that the labels of a row announce, if any."""
        values = self.grid.rows[row]
        texts = [values[column] for column in cells]
        lead = cell_text(texts[0])
        labels = self._labels(row, cells)
        kinds = [label_kind(text) for text in labels]
        for kind in ("subtotal", "total", "average"):
            if kind in kinds and not self._is_described(row, cells, labels[kinds.index(kind)]):
                self._note_total(row, kind, labels[kinds.index(kind)])
                return kind
        if self.kind == "project" and is_comparison(labels[0] if labels else "") and not self._details(row, cells[1:]):
            return "average"
        if self._repeats_header(row, cells):
            return "header"
        first = label_kind(lead)
        if first == "note" and len(cells) <= 2 and not self.is_heading(plain_group_text(lead)):
            self.in_notes = True
            return "note"
        if first == "of_which" and self.kind == "project":
            return "of_which"
        if first == "template":
            return "template"
        if self._is_signature(row, cells):
            return "signature"
        if len(cells) == 1 and (first == "continued" or compact(lead) in self.title_texts):
            return "title"
        if self.in_notes and len(cells) <= 2 and not is_data_like(texts[-1]) and not self._counts_on(row):
            return "note"
        if len(cells) == 1 and isinstance(texts[0], str) and self._reads_as_note(row, cells[0], lead):
            return "note"
        return None

    def _counts_on(self, row: int) -> bool:
        """Whether a row's printed number goes on from the record above (notes start again at 1)."""
        if self.name is None or self.grid.rows[row][self.name] is None or not self._is_numbered(row):
            return False
        own = int(cell_text(self.grid.rows[row][self.sequence or 0]))
        if self._goes_on_with_notes(row, own):
            return False
        above = next((one for one in range(row - 1, -1, -1) if self.result.roles.get(one) == "data"), None)
        return above is None or (
            self._is_numbered(above) and own == int(cell_text(self.grid.rows[above][self.sequence or 0])) + 1
        )

    def _goes_on_with_notes(self, row: int, number: int) -> bool:
        """Whether the row above is a note numbered one less (notes `1`, `2`, `3` below two projects)."""
        if number < 2 or self.result.roles.get(row - 1) != "note" or not self._is_numbered(row - 1):
            return False
        return int(cell_text(self.grid.rows[row - 1][self.sequence or 0])) == number - 1

    def _reads_as_note(self, row: int, column: int, text: str) -> bool:
        """Whether a lone text is a sentence or too long for a heading; a long project name ends as such."""
        if _SENTENCE.search(text):
            return True
        is_name = column == self.name and self.grid.span(row, column) == 1 and _PROJECT_END.search(text)
        return len(text) > 40 and not is_name

    def _labels(self, row: int, cells: list[int]) -> list[str]:
        """The texts that may label a row: its first three text cells left of the figures, and its identity cells."""
        values = self.grid.rows[row]
        columns = [column for column in cells if isinstance(values[column], str) and column not in self.figures][:3]
        columns += [column for column in self.identity if column not in columns and isinstance(values[column], str)]
        return [cell_text(values[column]) for column in columns]

    def _is_described(self, row: int, cells: list[int], label: str) -> bool:
        """Whether a row with a total's label has its own name beside it, and so is data after all."""
        name = self.grid.rows[row][self.name] if self.name is not None else None
        if name is None:
            return False
        if cell_text(name) == label:
            # A numbered project may be called 全县汇总; what describes it tells it from a total.
            return self._is_numbered(row) and self._details(row, cells) >= _ENOUGH_DETAILS
        return label_kind(cell_text(name)) is None and self._details(row, cells) >= 3

    def _is_numbered(self, row: int) -> bool:
        number = self.grid.rows[row][self.sequence] if self.sequence is not None else None
        return number is not None and cell_text(number).isdecimal()

    def _details(self, row: int, cells: Iterable[int]) -> int:
        """How many cells describe something: text or dates outside the number, name and figure columns."""
        values = self.grid.rows[row]
        return sum(
            1
            for column in cells
            if column != self.sequence
            and column not in self.identity
            and column not in self.figures
            and not is_placeholder(values[column])
            and not (isinstance(values[column], int | float) or is_data_like_number(values[column]))
        )

    def _repeats_header(self, row: int, cells: list[int]) -> bool:
        same = sum(1 for column in cells if compact(cell_text(self.grid.rows[row][column])) == self.leaves.get(column))
        return same >= 2 and same * 2 >= len(cells)

    def _is_hint_row(self, row: int, cells: list[int]) -> bool:
        hints = sum(1 for column in cells if is_template_hint(cell_text(self.grid.rows[row][column])))
        return hints >= 2 and hints * 2 >= len(cells)

    def _is_signature(self, row: int, cells: list[int]) -> bool:
        if len(cells) > 10:
            return False
        texts = [compact(cell_text(self.grid.rows[row][column])) for column in cells]
        if not self._is_numbered(row) and is_signer(cell_text(self.grid.rows[row][cells[0]])):
            return True
        if not any(label_kind(text) == "signature" for text in texts):
            return False
        return sum(1 for text in texts if ":" in text) * 3 >= len(texts)

    def _group_role(self, row: int, cells: list[int]) -> str | None:
        group = self._numbered_group(row, cells)
        if group is None:
            group = self._plain_group(row, cells)
        if group is None:
            return None
        self.numbered_groups[row] = group
        self.in_notes = False
        return "group"

    def _numbered_group(self, row: int, cells: list[int]) -> GroupRow | None:
        values = self.grid.rows[row]
        lead = cell_text(values[cells[0]])
        column = cells[0]
        label = group_label(lead)
        if label is None and self.name is not None and column != self.name and column == self.sequence:
            return None
        if label is None and self.name is not None and isinstance(values[self.name], str):
            column, lead = self.name, cell_text(values[self.name])
            label = group_label(lead)
        if label is None or self._details(row, cells) >= 3:
            return None
        if label.level >= 3 and not self._heads_group(row, cells, column):
            return None
        text = label.label
        if not text and column == self.name:
            return None
        if not text:
            text = next((cell_text(values[c]) for c in cells[1:] if isinstance(values[c], str)), "")
            if not text:
                return None
        count = label.stated_count if label.stated_count is not None else stated_count(text)
        return GroupRow(row, label.level, plain_group_text(text), lead if label.label else f"{lead} {text}", count)

    def _heads_group(self, row: int, cells: list[int], column: int) -> bool:
        """Whether `1、…` is a heading rather than a numbered project."""
        if self._details(row, cells):
            return False
        if column == self.sequence:
            text = group_label(cell_text(self.grid.rows[row][column]))
            return bool(text and text.label) and (self.name is None or self.grid.rows[row][self.name] is None)
        if self.grid.span(row, column) > 1:
            return True
        return self.sequence is not None and self.grid.rows[row][self.sequence] is None

    def _plain_group(self, row: int, cells: list[int]) -> GroupRow | None:
        """A heading without a number: merged over several columns, or the only cell of its row."""
        values = self.grid.rows[row]
        column = cells[0]
        value = values[column]
        if not isinstance(value, str) or is_data_like(value) or is_placeholder(value) or self._details(row, cells[1:]):
            return None
        others = [c for c in cells[1:] if c not in self.figures and not is_placeholder(values[c])]
        text_others = [c for c in others if isinstance(values[c], str) and not is_data_like(values[c])]
        spans_name = self.name is not None and column + self.grid.span(row, column) > self.name > column
        alone = len(cells) == 1
        name = values[self.name] if self.name is not None else None
        counts = name is not None and column != self.name and is_count(cell_text(name))
        in_sequence = column == self.sequence and self.name is not None and name is None
        if text_others or not (alone or spans_name or in_sequence or counts):
            return None
        if alone and self.name is not None and column >= self.name and self.grid.span(row, column) == 1:
            return None
        if alone and column in self.identity and self.kind != "project":
            return None
        count = stated_count(value) or (stated_count(cell_text(name)) if counts else None)
        return GroupRow(row, UNNUMBERED_LEVEL, plain_group_text(value), value.strip(), count)

    def _data_role(self, row: int, cells: list[int]) -> str:
        values = self.grid.rows[row]
        named = [c for c in self.identity if values[c] is not None and not is_placeholder(values[c])]
        if named:
            self.in_notes = False
            is_nil = self.kind == "project" and says_nothing(cell_text(values[named[0]]))
            return "nil" if is_nil and not self._details(row, cells) and not self._states_figures(row) else "data"
        rest = [c for c in cells if c != self.sequence and not is_placeholder(values[c])]
        if not rest:
            return "template"
        if self.kind == "project" and self._says_none(values, rest):
            return "nil"
        if self._continues_text(row, cells):
            return "continuation"
        if row in self.merged_tops:
            self.result.continuations[row] = self.merged_tops[row]
            return "continuation"
        if self.kind != "project" and self._identity_is_merged(row):
            return "data"
        if all(not cell_text(values[c]).strip("0.") for c in rest):
            return "template"
        if all(c in self.figures or is_data_like_number(values[c]) for c in rest):
            return "unlabelled"
        if self.kind == "project" and (self.sequence is None or values[self.sequence] is None):
            words = [c for c in rest if c not in self.figures and not is_data_like_number(values[c])]
            if len(words) == 1 and isinstance(values[words[0]], str):
                self.unnamed[row] = words[0]
        return "data"

    def _states_figures(self, row: int) -> bool:
        return any(_number(self.grid.rows[row][column]) for column in self.figures)

    def _says_none(self, values: list[CellValue], rest: Sequence[int]) -> bool:
        """`清丰县 | 无 | 0`: nothing to report, at most a place beside it."""
        if self.name is None or values[self.name] is None:
            return False
        words = [c for c in rest if c not in self.figures]
        return len(words) <= 1 and all(not cell_text(values[c]).strip("0.") for c in rest if c in self.figures)

    def _continues_text(self, row: int, cells: Sequence[int]) -> bool:
        """A lone text right of the names, directly below a record: the rest of that record's cell."""
        above = self.result.roles.get(row - 1)
        if self.kind != "project" or self.name is None or len(cells) != 1 or cells[0] <= self.name:
            return False
        if cells[0] in self.figures or above not in {"data", "continuation"}:
            return False
        self.result.continuations[row] = self.result.continuations.get(row - 1, row - 1)
        return True

    def _identity_is_merged(self, row: int) -> bool:
        return any(self.grid.merge_at(row, column) for column in self.identity)

    def _merged_names(self) -> dict[int, int]:
        """For rows of a project record whose name is merged over several rows: the record's first row."""
        if self.kind != "project" or self.name is None:
            return {}
        return {
            row: area.top
            for area in self.grid.merges
            if area.left <= self.name <= area.right and area.bottom > area.top >= self.table.first_row
            for row in range(area.top + 1, area.bottom + 1)
        }

    def _note_total(self, row: int, kind: str, label: str) -> None:
        if kind != "average":
            self.result.totals.append(TotalRow(row, kind, label))

    # The whole table

    def _settle_foot(self) -> None:
        """A lone date at the very end, below a lone name perhaps (`清丰县商务局`, `2026年6月30日`), signs the table."""
        roles, rows = self.result.roles, self.grid.rows
        texts = [
            row for row in sorted(roles) if row >= self.table.first_row and roles[row] not in {"blank", "template"}
        ]
        lone = [row for row in texts[-2:] if len(self.cells(row)) == 1 and row not in self.merged_tops]
        if not lone or lone[-1] != texts[-1]:
            return
        (column,) = self.cells(lone[-1])
        if column == self.name or not _FOOT_DATE.match(compact(cell_text(rows[lone[-1]][column]))):
            return
        for row in lone:
            value = rows[row][self.cells(row)[0]]
            if row == lone[-1] or (
                isinstance(value, str) and len(value) <= _LONGEST_SIGNER and self.cells(row)[0] != self.name
            ):
                roles[row] = "signature"
                self.result.continuations.pop(row, None)
                self.numbered_groups.pop(row, None)
                self.unnamed.pop(row, None)

    def _settle_parts(self) -> None:
        """Rows below `其中：一期` that go on with it (`二期`): lone names without the number that projects have, or, where
        none has one, those that make up the row above it."""
        if self.kind != "project" or self.name is None:
            return
        roles = self.result.roles
        self._settle_parts_of_totals()
        for first in [row for row, role in roles.items() if role == "of_which"]:
            following: list[int] = []
            for row in range(first + 1, self.table.end_row):
                heading = self.numbered_groups.get(row)
                fits = heading.level == UNNUMBERED_LEVEL if heading is not None else roles[row] == "data"
                if not fits or not (self._is_bare(row) or heading is not None):
                    break
                following.append(row)
            if self.sequence is None or any(row in self.numbered_groups for row in following):
                following = self._making_up(first - 1, [first, *following])
            for row in following:
                roles[row] = "of_which"
                self.numbered_groups.pop(row, None)

    def _settle_parts_of_totals(self) -> None:
        """Headings one below another that make up the total above them (`全县 12`, `城关镇 5`, `东风乡 7`) head nothing."""
        roles = self.result.roles
        for total in [row for row, role in roles.items() if role == "total"]:
            parts: list[int] = []
            while roles.get(total + 1 + len(parts)) == "group":
                parts.append(total + 1 + len(parts))
            if len(parts) > 1 and self._is_sum(total, parts):
                for row in parts:
                    roles[row] = "of_which"
                    self.numbered_groups.pop(row, None)

    def _is_bare(self, row: int) -> bool:
        """Whether a row has neither a printed number nor anything that describes a project."""
        unnumbered = self.sequence is None or self.grid.rows[row][self.sequence] is None
        return unnumbered and not self._details(row, self.cells(row))

    def _making_up(self, whole: int, parts: Sequence[int]) -> list[int]:
        """The first of `parts` that together are the sum in row `whole`, without the first; none if they never are."""
        for count in range(2, len(parts) + 1):
            if self._is_sum(whole, parts[:count]):
                return list(parts[1:count])
        return []

    def _settle_han_numbered(self) -> None:
        """Where nothing but numbered headings is found, the deepest of them are the records."""
        roles = self.result.roles
        if not self.numbered_groups or any(role in {"data", "continuation"} for role in roles.values()):
            return
        deepest = max(group.level for group in self.numbered_groups.values())
        for row, group in list(self.numbered_groups.items()):
            if group.level == deepest and self.name is not None and self.grid.rows[row][self.name] is not None:
                roles[row] = "data"
                del self.numbered_groups[row]

    def _settle_parents(self) -> None:
        if self.sequence is None or self.name is None:
            return
        rows = [row for row, role in self.result.roles.items() if role == "data"]
        if all(type(self.grid.rows[row][self.sequence]) is int for row in rows):
            return
        parent: int | None = None
        children: list[int] = []
        for row in [*rows, -1]:
            number = compact(cell_text(self.grid.rows[row][self.sequence])) if row >= 0 else ""
            if parent is not None and _is_child(number, compact(cell_text(self.grid.rows[parent][self.sequence]))):
                children.append(row)
                continue
            if parent is not None and children:
                self._settle_family(parent, children)
            parent, children = (row if number.isdecimal() else None), []

    def _settle_indented(self) -> None:
        """A name above deeper indented ones is a heading where all its figures are the sums of theirs."""
        if self.kind != "project" or self.name is None:
            return
        rows = [row for row, role in self.result.roles.items() if role == "data"]
        if not self.grid.sheet.indents and not any(_starts_blank(self.grid.rows[row][self.name]) for row in rows):
            return
        depths = {row: self._indent(row) for row in rows}
        if len(set(depths.values())) < 2:
            return
        for position, row in enumerate(rows):
            children: list[int] = []
            for other in rows[position + 1 :]:
                if depths[other] <= depths[row]:
                    break
                if not children or depths[other] == depths[children[0]]:
                    children.append(other)
            if self._is_sum(row, children) and self._adds_several(row, children):
                self._make_group(row, PARENT_LEVEL)

    def _indent(self, row: int) -> int:
        """How far a name is indented: by its format or by leading spaces (a wide one counts two)."""
        if self.name is None:
            return 0
        value = self.grid.rows[row][self.name]
        by_format = self.grid.sheet.indents.get((row, self.name), 0)
        if not isinstance(value, str):
            return by_format
        lead = value[: len(value) - len(value.lstrip())]
        return by_format * 2 + sum(2 if char == "\u3000" else 1 for char in lead)

    def _settle_family(self, parent: int, children: list[int]) -> None:
        own = self._details(parent, self.cells(parent))
        theirs = max(self._details(row, self.cells(row)) for row in children)
        if own > theirs:
            for row in children:
                self.result.roles[row] = "part"
            return
        self._make_group(parent, PARENT_LEVEL)

    def _make_group(self, row: int, level: int) -> None:
        text = cell_text(self.grid.rows[row][self.name]) if self.name is not None else ""
        self.result.roles[row] = "group"
        self.numbered_groups[row] = GroupRow(row, level, plain_group_text(text), text, stated_count(text))

    def _settle_single_names(self) -> None:
        """A lone name without its printed number, among rows that all have one, heads the rows below it."""
        if self.sequence is None or self.name is None:
            return
        roles, rows = self.result.roles, self.grid.rows
        data = [row for row, role in roles.items() if role == "data"]
        numbered = [row for row in data if rows[row][self.sequence] is not None]
        if len(numbered) < 2 or len(numbered) < 0.6 * len(data):
            return
        for row in data:
            if rows[row][self.sequence] is not None or row > numbered[-1]:
                continue
            cells = [c for c in self.cells(row) if c not in self.figures and not is_placeholder(rows[row][c])]
            if cells == [self.name] and not self._is_rather_project(row, self._rows_until(row, numbered, data)):
                self._make_group(row, UNNUMBERED_LEVEL)

    def _settle_summing_names(self) -> None:
        """Names without description among described ones: headings, where their wording or their sums say so."""
        if self.kind != "project" or self.name is None:
            return
        roles, rows = self.result.roles, self.grid.rows
        data = [row for row, role in roles.items() if role == "data"]
        bare = [row for row in data if self._is_bare(row) and len(cell_text(rows[row][self.name])) <= _LONGEST_HEADING]
        if not bare or len(bare) * 2 > len(data):
            return
        families = {row: self._rows_until(row, data, bare) for row in bare}
        summing = [row for row in bare if self._is_sum(row, families[row])]
        sure = summing == bare and any(self._adds_several(row, families[row]) for row in bare)
        for row in bare:
            if families[row] and (sure or (row != data[-1] and self._reads_as_heading(row, families[row]))):
                self._make_group(row, UNNUMBERED_LEVEL)

    def _reads_as_heading(self, row: int, family: Sequence[int]) -> bool:
        """Whether a name's wording is a heading's and nothing in its row speaks against that."""
        name = cell_text(self.grid.rows[row][self.name]) if self.name is not None else ""
        return self.is_heading(name) and not self._is_rather_project(row, family)

    def _is_rather_project(self, row: int, family: Sequence[int]) -> bool:
        """Whether a lone name speaks of a project: its figures are nowhere near the sums of the rows below it, or,
        without figures, it ends as projects do (产业园, 商贸城)."""
        rows = self.grid.rows
        stated = {column: number for column in self.figures if (number := _number(rows[row][column]))}
        if not stated:
            return ends_like_project(cell_text(rows[row][self.name])) if self.name is not None else False
        return not any(
            abs(sum(_number(rows[other][column]) or 0.0 for other in family) - number) <= _NEAR * number
            for column, number in stated.items()
        )

    def _settle_unnamed(self) -> None:
        """One word and figures, no name (`濮阳县 … 3亿`): a heading where it sums the rows below, or only headings use
        its column; else a project whose name is missing."""
        roles, rows = self.result.roles, self.grid.rows
        named = [row for row, role in roles.items() if role == "data" and row not in self.unnamed]
        for row, column in self.unnamed.items():
            if not named or row > named[-1]:
                continue
            family = self._rows_until(row, named, list(self.unnamed))
            used = sum(1 for other in named if rows[other][column] is not None)
            sums = self._is_sum(row, family) and (self._adds_several(row, family) or len(self.unnamed) > 1)
            if family and (used * 5 <= len(named) or sums):
                text = cell_text(rows[row][column])
                roles[row] = "group"
                self.numbered_groups[row] = GroupRow(
                    row, UNNUMBERED_LEVEL, plain_group_text(text), text, stated_count(text)
                )

    def _adds_several(self, row: int, family: Sequence[int]) -> bool:
        """Whether a figure of the row is the sum of two or more that differ from nothing: no coincidence."""
        rows = self.grid.rows
        return any(
            _number(rows[row][c]) and sum(1 for other in family if _number(rows[other][c])) > 1 for c in self.figures
        )

    def _rows_until(self, row: int, data: Sequence[int], borders: Sequence[int]) -> list[int]:
        after = min((border for border in borders if border > row), default=self.table.end_row)
        return [other for other in data if row < other < after]

    def _is_sum(self, row: int, family: Sequence[int]) -> bool:
        values = self.grid.rows[row]
        stated = [column for column in self.figures if _number(values[column]) is not None]
        return bool(stated and family) and all(
            abs(sum(_number(self.grid.rows[other][c]) or 0.0 for other in family) - (_number(values[c]) or 0.0)) < 1e-6
            for c in stated
        )

    def _collect(self) -> None:
        stack = self._heading_above()
        filled = False
        result = self.result
        ordered = sorted(result.roles)
        for position, row in enumerate(ordered):
            role = result.roles[row]
            if role == "group":
                group = self._placed(self.numbered_groups[row], ordered[position + 1 :])
                while stack and stack[-1].level >= group.level:
                    stack.pop()
                stack.append(group)
                filled = False
                result.group_rows.append(group)
            elif role in {"subtotal", "total"} and stack and filled:
                # What follows the sum of a group is no longer part of it.
                stack.pop()
                filled = False
            elif role in {"data", "bad", "unlabelled"}:
                if stack and stack[-1].level == PARENT_LEVEL and not self._is_child_row(row, stack[-1].row):
                    stack.pop()
                filled = True
                result.data.append(row)
                result.groups.append(tuple(stack))

    def _heading_above(self) -> list[GroupRow]:
        """A heading directly above the header (`二、在建项目`, below a title also `龙湖镇（2个）`) heads the table's rows."""
        if not self.table.titles:
            return []
        line = self.table.titles[-1]
        label = group_label(line.text)
        count, plain = stated_count(line.text), plain_group_text(line.text)
        if label is None and len(self.table.titles) > 1 and count is not None and len(plain) <= _LONGEST_PLACE:
            return [GroupRow(line.row, UNNUMBERED_LEVEL, plain, line.text.strip(), count)]
        if label is None or not label.label or len(line.text) > 40:
            return []
        return [GroupRow(line.row, label.level, label.label, line.text.strip(), label.stated_count)]

    def _is_child_row(self, row: int, parent: int) -> bool:
        if self._indent(row) > self._indent(parent):
            return True
        number = compact(cell_text(self.grid.rows[row][self.sequence])) if self.sequence is not None else ""
        return bool(_CHILD_NUMBER.match(number) or _BRACKET_NUMBER.match(number))

    def _placed(self, group: GroupRow, later: list[int]) -> GroupRow:
        """An unnumbered heading directly above a numbered one stands outside it."""
        if group.level != UNNUMBERED_LEVEL:
            return group
        following = next((row for row in later if self.result.roles[row] != "blank"), None)
        below = self.numbered_groups.get(following) if following is not None else None
        if below is None or below.level >= UNNUMBERED_LEVEL:
            return group
        return GroupRow(group.row, 0, group.label, group.text, group.stated_count)


def _starts_blank(value: CellValue) -> bool:
    return isinstance(value, str) and value[0].isspace()


def is_data_like_number(value: CellValue) -> bool:
    """Whether a cell holds a number, typed or as text."""
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        return True
    return isinstance(value, str) and bool(re.fullmatch(r"[-+]?[\d,]+(?:\.\d+)?%?", compact(value)))


def _number(value: CellValue) -> float | None:
    """The plain number of a cell, as printed."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str) and is_data_like_number(value):
        text = compact(value).replace(",", "")
        return float(text) if text and not text.endswith("%") else None
    return None


def _is_child(number: str, parent: str) -> bool:
    if match := _CHILD_NUMBER.match(number):
        return match[1] == parent
    return bool(_BRACKET_NUMBER.match(number))
