"""Lists that give each project a line an indicator: 项目名称 | 指标 | 数值（万元） over 甲项目 | 总投资 | 5000 above  | 累计到位资金 | 900.

The lines' labels are what headers are elsewhere. Each becomes a column to the right of the others, and each project one
line. Sure only where all labels name fields of their own, several projects have them, and nothing else is said below a
project's first line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.columns.column_meaning import HeaderContext
from ingest.formats.sheet import CellValue, Sheet
from ingest.headers.header_column import interpret_column
from ingest.layout.grid import Grid, is_data_like
from ingest.layout.table_types import Table, TableColumn
from ingest.rows.furniture import label_kind
from ingest.values.printed import header_text
from ingest.values.units import parse_unit

_CONTEXT = HeaderContext()
_FEWEST = 2
_MOST_LABELS = 12
_TYPES = frozenset({"amount_cny", "amount_usd", "date", "rate"})


def indicators_beside_projects(grid: Grid, tables: Sequence[Table]) -> Sheet | None:
    """The sheet with each project on one line; None where no table has such lines."""
    for table in tables:
        name = next((column for column in table.columns if _field(column.path) == "project_name"), None)
        if name is None:
            continue
        for labels in table.columns:
            values = next((one for one in table.columns if one.index == labels.index + 1), None)
            if labels.index <= name.index or values is None or not values.has_header or _field(values.path):
                continue
            records = _records(grid, table, name, labels, values)
            if records:
                return _on_one_line(grid, table, labels, values, records)
    return None


def _field(path: Sequence[str]) -> str | None:
    field = interpret_column(tuple(path), context=_CONTEXT).field
    return None if field == "value" else field


def _records(
    grid: Grid, table: Table, name: TableColumn, labels: TableColumn, values: TableColumn
) -> list[tuple[int, dict[str, int]]]:
    """The first row of each project, and the row of each of its labels; none where the table has no such lines."""
    found: list[tuple[int, dict[str, int]]] = []
    fields: dict[str, str | None] = {}
    for row in table.body_rows:
        if not grid.filled[row]:
            continue
        cells = grid.rows[row]
        label = header_text(cells[labels.index]) if isinstance(cells[labels.index], str) else ""
        if not label or label_kind(label) is not None or not _may_be_value(cells[values.index]):
            # A total's line, or most tables: there the first one ends it.
            return []
        if label not in fields:
            meaning = interpret_column((label,), context=_CONTEXT)
            fields[label] = meaning.field if meaning.value_type in _TYPES else None
            if fields[label] is None or len(fields) > _MOST_LABELS:
                return []
        own = cells[name.index]
        is_further = bool(found) and own in (None, grid.rows[found[-1][0]][name.index])
        if not is_further:
            found.append((row, {}))
        elif label in found[-1][1] or not _says_no_more(grid, row, found[-1][0], labels, values):
            return []
        found[-1][1][label] = row
    of_fields = set(fields.values())
    several = [record for record in found if len(record[1]) >= _FEWEST]
    is_sure = len(of_fields) == len(fields) >= _FEWEST and len(several) == len(found) >= _FEWEST
    return found if is_sure and None not in of_fields else []


def _may_be_value(value: CellValue) -> bool:
    return value is None or is_data_like(value) or isinstance(value, int | float)


def _says_no_more(grid: Grid, row: int, first: int, labels: TableColumn, values: TableColumn) -> bool:
    apart = {labels.index, values.index}
    return all(grid.rows[row][at] == grid.rows[first][at] for at in grid.filled[row] if at not in apart)


def _on_one_line(
    grid: Grid,
    table: Table,
    labels: TableColumn,
    values: TableColumn,
    records: Sequence[tuple[int, dict[str, int]]],
) -> Sheet:
    rows = [list(cells) for cells in grid.rows]
    told = list(dict.fromkeys(label for _, lines in records for label in lines))
    place = {label: grid.width + at for at, label in enumerate(told)}
    unit = _unit(values)
    for cells in rows:
        cells.extend([None] * len(told))
    head = rows[table.header_rows[0]]
    for label in told:
        is_money = interpret_column((label,), context=_CONTEXT).value_type.startswith("amount")
        head[place[label]] = label + unit if is_money and parse_unit(label) is None and unit not in label else label
    for row in table.header_rows:
        rows[row][labels.index] = rows[row][values.index] = None
    further = {}
    for first, lines in records:
        for label, row in lines.items():
            rows[first][place[label]] = grid.rows[row][values.index]
        rows[first][labels.index] = rows[first][values.index] = None
        for row in lines.values():
            if row != first:
                rows[row] = [None] * len(rows[row])
        further[first] = max(lines.values()) - first
    firsts = {first for first, _ in records}
    merges = [area for area in grid.merges if area.top not in firsts or area.bottom == area.top]
    return replace(grid.sheet, rows=rows, merges=merges, further_lines=further)


def _unit(values: TableColumn) -> str:
    """（万元） of 数值（万元）: the labels' amounts are counted so."""
    leaf = values.path[-1].replace("(", "（").replace(")", "）")
    inside = leaf.partition("（")[2].partition("）")[0]
    return f"（{inside}）" if inside and parse_unit(inside) is not None else ""
