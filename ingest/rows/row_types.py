"""What rows below a header are found to be: headings, totals, and the role of every row."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field

UNNUMBERED_LEVEL = 9
PARENT_LEVEL = 10


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group heading: its level (1 is outermost, 9 unnumbered), its name, the number of projects it states."""

    row: int
    level: float
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
    `continuations` maps a row that continues a record (its name is merged over several rows) to the record's row,
    `wrapped` are those that paper cut off within words; `phases` maps the rows of a project's phases to the first of them and
    what each is called, `phased` are the records whose lines are phases that tell too little to be parted; `told_lines` maps a
    record's row to the fields and texts of the labelled lines below it.
    """

    roles: dict[int, str] = field(default_factory=dict)
    data: list[int] = field(default_factory=list)
    groups: list[tuple[GroupRow, ...]] = field(default_factory=list)
    group_rows: list[GroupRow] = field(default_factory=list)
    totals: list[TotalRow] = field(default_factory=list)
    continuations: dict[int, int] = field(default_factory=dict)
    wrapped: set[int] = field(default_factory=set)
    told_lines: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    phases: dict[int, tuple[int, str]] = field(default_factory=dict)
    phased: set[int] = field(default_factory=set)

    def drop(self, positions: Set[int], role: str) -> None:
        """Take rows out of `data`, as `TableReading.drop` takes their values: they turned out to be of another role."""
        for position in positions:
            self.roles[self.data[position]] = role
        keep = [position for position in range(len(self.data)) if position not in positions]
        self.data = [self.data[position] for position in keep]
        self.groups = [self.groups[position] for position in keep]


@dataclass(slots=True)
class RowFindings:
    """What is found while the rows of a table are told apart.

    Attributes:
        result: the roles, as far as they are known.
        headings: the group headings among the rows.
        unnamed: rows with one word and figures but no name → the word's column.
        in_notes: whether the rows read last were notes.
    """

    result: RowRoles = field(default_factory=RowRoles)
    headings: dict[int, GroupRow] = field(default_factory=dict)
    unnamed: dict[int, int] = field(default_factory=dict)
    in_notes: bool = False

    @property
    def roles(self) -> dict[int, str]:
        """The role of every row so far."""
        return self.result.roles

    def with_role(self, *wanted: str) -> list[int]:
        """The rows that have one of these roles, in order of reading."""
        return [row for row, role in self.roles.items() if role in wanted]

    def make_group(self, heading: GroupRow) -> None:
        """Turn a row into a heading."""
        self.roles[heading.row] = "group"
        self.headings[heading.row] = heading

    def make_part(self, row: int) -> None:
        """Turn a row into a part of what stands above it (其中)."""
        self.roles[row] = "of_which"
        self.headings.pop(row, None)
