"""What people should add to `headers.csv`, and what they may take out of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from ingest.columns.column_meaning import PATH_MARK, HeaderContext
from ingest.headers.header_column import interpret_column
from ingest.headers.header_exact import label_wording, own_wording
from ingest.headers.header_field import field_of
from ingest.headers.header_lookup import look_up
from ingest.headers.header_path import HeaderPath
from ingest.headers.header_text import Segment, is_of_pivot
from ingest.wording_registry import header_wordings


def wording_csv_line(header: str, county_code: str | None = None, kind: str | None = None) -> str | None:
    """The line a person should add to `wording/headers.csv` for an unmapped header, the field left to fill in.

    Args:
        header: the path joined by ` > `.
        county_code: the county for which alone the line is to hold, None for everywhere.
        kind: kind of the table in which the header stands, None as project.

    Returns:
        The line, or None where none would help: a serial number, a bare unit, a heading of a pivot table, a figure of a
        summary (their wordings stand in `summary_indicators.csv`), a wording that is known (another column has its field,
        or the unit differs).
    """
    parts = tuple(header.split(PATH_MARK))
    if is_of_pivot(parts[-1]):
        return None
    path = HeaderPath.of(parts, HeaderContext(county_code=county_code, kind=kind))
    leaf = path.leaf
    if leaf is None or not leaf.key or _is_number_of_row(leaf):
        return None
    if path.kind == "summary" and (path.groups or path.units or leaf.period or _is_beside_indicators(leaf)):
        return None
    if (label_wording(path) if path.kind == "summary" else field_of(path)) is not None:
        return None
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([own_wording(path, leaf), "?", path.kind, county_code or "", ""])
    return line.getvalue()


def _is_beside_indicators(leaf: Segment) -> bool:
    """计量单位, 全市合计: columns of a summary that no wording could make a label of rows."""
    return leaf.key in ("计量单位", "指标单位") or leaf.key.endswith(("合计", "总计"))


def is_running_number(header: str) -> bool:
    """Whether a header path (joined by ` > `) numbers the rows (序号), whatever kind of ledger it stands in."""
    leaf = HeaderPath.of(tuple(header.split(PATH_MARK)), HeaderContext()).leaf
    known = look_up(leaf.key, "project", None) if leaf else None
    return known is not None and known.field == "sequence_no"


def _is_number_of_row(leaf: Segment) -> bool:
    known = look_up(leaf.key, "project", None)
    return known is not None and known.field in ("sequence_no", "project_code")


def dead_wordings(headers_seen: Iterable[str], kind: str = "project") -> list[tuple[int, str]]:
    """Rows of `headers.csv` (line, field) none of whose wordings stands in any header seen; for a yearly clean-up.

    Args:
        headers_seen: header paths joined by ` > `, e.g. `ledger_columns.header` of the lake.
        kind: kind of ledger whose rows are judged.
    """
    context = HeaderContext(kind=kind)
    met = {interpret_column(tuple(header.split(PATH_MARK)), context=context).preference for header in headers_seen}
    rows = {wording.line: wording.field for wording in header_wordings() if wording.kind == kind}
    return [(line, field) for line, field in sorted(rows.items()) if line not in met]
