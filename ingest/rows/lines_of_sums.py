"""Lines without number and name between a record and the sum of both: 县国资公司 | 200 below 甲项目 | 深圳甲公司 | 300, above 合计 | 500.

They would be projects whose names were forgotten, and the record would have its first line's money only.
"""

from __future__ import annotations

from ingest.layout.table_rows import TableRows
from ingest.rows.row_types import RowFindings


def settle_lines_of_sums(rows: TableRows, found: RowFindings) -> None:
    """Lines that come to a sum together with the record above them go on with it; the sum says so beside their own texts."""
    if rows.kind != "project" or rows.name is None or not rows.figures:
        return
    for row in found.with_role("total", "subtotal"):
        if rows.name_text(row) or rows.number_text(row):
            continue
        top = row - 1
        while found.roles.get(top) == "data" and not rows.name_text(top) and not rows.number_text(top):
            top -= 1
        lines = range(top + 1, row)
        if not lines or found.roles.get(top) != "data" or not rows.name_text(top):
            continue
        if rows.is_sum(row, (top, *lines)) and rows.adds_several(row, (top, *lines)):
            for line in lines:
                found.roles[line] = "continuation"
                found.result.continuations[line] = top
