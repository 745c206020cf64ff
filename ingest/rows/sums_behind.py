"""Names with figures behind the records that they sum up (城关镇 | 1.5 below the projects of 城关镇): subtotals, no headings."""

from __future__ import annotations

from ingest.layout.table_rows import TableRows
from ingest.rows.row_types import RowFindings, TotalRow


def settle_sums_behind(rows: TableRows, found: RowFindings) -> None:
    """Headings whose figures are all the sums of the records above them, and of which the last has no record below."""
    if rows.kind != "project" or not found.headings:
        return
    stating = [row for row in sorted(found.headings) if rows.states_figures(row)]
    data = found.with_role("data")
    if not stating or not data or data[-1] > stating[-1]:
        return
    borders = sorted({-1, *found.headings, *found.with_role("total", "subtotal")})
    families = {
        row: [one for one in data if max(border for border in borders if border < row) < one < row] for row in stating
    }
    if all(rows.is_sum(row, families[row]) for row in stating) and any(
        rows.adds_several(row, families[row]) for row in stating
    ):
        for row in stating:
            heading = found.headings.pop(row)
            found.roles[row] = "subtotal"
            found.result.totals.append(TotalRow(row, "subtotal", heading.text))
