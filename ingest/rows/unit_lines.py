"""Lines between the rows of a table that state the unit of what stands below them (`单位：亿元`, `以下项目单位：亿元`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.layout.grid import Grid
from ingest.layout.table_types import Table
from ingest.rows.row_types import RowRoles
from ingest.values.printed import compact
from ingest.values.units import parse_unit

_LINE = re.compile(
    r"[(\[]?(?:说明:|注:)?(以下|下列|下述)?各?(?:项目)?的?(\w{0,6}?)(?:金额|计量|货币)?单位(?:均|统一)?(?:为|是|:)(\w{1,5})[)\]]?[。.;]?"
)
_ANY_MONEY = frozenset({"", "金额", "资金", "投资", "投资额"})
_MOST_CELLS = 2


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A line's 0-based row, its unit, the amounts it speaks of (any where empty), whether it says that it holds below."""

    row: int
    unit: str
    of: str
    is_below: bool

    def is_of(self, header: str) -> bool:
        """Whether the line speaks of the amounts below a header."""
        return self.of in header


def unit_lines(grid: Grid, table: Table, roles: RowRoles) -> list[UnitLine]:
    """The lines of a table that state a unit of money, from above."""
    data = set(roles.data)
    found: list[UnitLine] = []
    for row in range(table.first_row, table.end_row):
        if not 1 <= len(grid.filled[row]) <= _MOST_CELLS or row in data:
            continue
        match = _unit_of_line([compact(text) for text in grid.row_texts(row)])
        unit = parse_unit(match[3]) if match else None
        if match and unit is not None and unit.is_money:
            found.append(UnitLine(row, match[3], "" if match[2] in _ANY_MONEY else match[2], bool(match[1])))
    return found


def _unit_of_line(texts: Sequence[str]) -> re.Match[str] | None:
    """What a line says of units; 农业项目 in one cell and 单位：万元 in the last one is a heading beside it."""
    said = [text for text in texts if text]
    return _LINE.fullmatch(said[-1]) or _LINE.fullmatch("".join(said))
