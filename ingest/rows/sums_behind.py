"""Names with figures behind the records that they sum up (城关镇 | 1.5 below the projects of 城关镇): subtotals, no headings
and no projects."""

from __future__ import annotations

from ingest.layout.table_rows import TableRows
from ingest.rows.row_types import RowFindings, TotalRow


def settle_sums_behind(rows: TableRows, found: RowFindings) -> None:
    """Headings and names with nothing but figures, all of them the sums of the records above, the last with no record below."""
    if rows.kind != "project" or rows.name is None or not rows.figures:
        return
    last = next((row for row in reversed(found.roles) if found.roles[row] == "data"), None)
    stating = [row for row in found.headings if rows.states_figures(row)]
    # Most lists end with a described record and have no heading with figures: no row is looked at twice.
    is_last_bare = last is not None and rows.is_bare(last)
    if last is None or not (stating or is_last_bare):
        return
    data = found.with_role("data")
    bare = [row for row in data if rows.is_bare(row) and rows.states_figures(row)] if is_last_bare else []
    stating = sorted([*stating, *bare])
    records = [row for row in data if row not in bare]
    if not stating or not records or records[-1] > stating[-1]:
        return
    borders = sorted({-1, *stating, *found.headings, *found.with_role("total", "subtotal")})
    families = {
        row: [one for one in records if max(border for border in borders if border < row) < one < row]
        for row in stating
    }
    if all(rows.is_sum(row, families[row]) for row in stating) and any(
        rows.adds_several(row, families[row]) for row in stating
    ):
        for row in stating:
            heading = found.headings.pop(row, None)
            found.roles[row] = "subtotal"
            found.result.totals.append(TotalRow(row, "subtotal", heading.text if heading else rows.name_text(row)))
