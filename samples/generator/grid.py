"""A sheet as cells and merges, and the five kinds of file that counties send it in. Bytes are the same at every run."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
import xlwt

CREATED = dt.datetime(2026, 1, 1)  # noqa: DTZ001 a workbook property has no zone


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with the value a spreadsheet would show for it."""

    text: str
    value: float


Cell = str | int | float | dt.date | Formula | None


@dataclass(slots=True)
class Grid:
    """Rows of one sheet with merged areas (top, left, bottom, right), 0-based."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    header_rows: set[int] = field(default_factory=set)
    title_rows: set[int] = field(default_factory=set)
    hidden: bool = False
    width: int = 0

    def add(self, *cells: Cell) -> int:
        """Append a row; its 0-based number."""
        self.rows.append(list(cells))
        return len(self.rows) - 1

    def title(self, text: str) -> int:
        """A row of one text merged over the whole width."""
        row = self.add(text)
        if self.width > 1:
            self.merges.append((row, 0, row, self.width - 1))
        self.title_rows.add(row)
        return row

    def header(self, paths: Sequence[tuple[str, ...]]) -> None:
        """A header block: equal neighbours merge sideways, a short path merges downwards."""
        depth = max(len(path) for path in paths)
        top = len(self.rows)
        for level in range(depth):
            row = self.add(*[path[level] if level < len(path) else None for path in paths])
            self.header_rows.add(row)
        for column, path in enumerate(paths):
            if len(path) < depth:
                self.merges.append((top + len(path) - 1, column, top + depth - 1, column))
        for level in range(depth - 1):
            start = 0
            for column in range(1, len(paths) + 1):
                same = (
                    column < len(paths)
                    and len(paths[start]) > level + 1
                    and paths[column][: level + 1] == paths[start][: level + 1]
                )
                if not same:
                    if column - start > 1:
                        upper = self.rows[top + level]
                        upper[start + 1 : column] = [None] * (column - start - 1)
                        self.merges.append((top + level, start, top + level, column - 1))
                    start = column


def xlsx(grids: Iterable[Grid]) -> bytes:
    """A workbook as Excel writes it, with fonts, borders and real dates."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": CREATED})
    base: dict[str, Any] = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True, "border": 1}
    plain = book.add_format(base)
    day = book.add_format({**base, "num_format": "yyyy-mm-dd"})
    bold = book.add_format({**base, "bold": True, "align": "center"})
    heading = book.add_format({"font_name": "方正小标宋简体", "font_size": 16, "align": "center", "valign": "vcenter"})
    for grid in grids:
        sheet = book.add_worksheet(grid.name)
        merged = {(top, left): (top, left, bottom, right) for top, left, bottom, right in grid.merges}
        for number, row in enumerate(grid.rows):
            style = heading if number in grid.title_rows else bold if number in grid.header_rows else plain
            for column, value in enumerate(row):
                chosen = day if isinstance(value, dt.date) else style
                if (number, column) in merged:
                    sheet.merge_range(*merged[number, column], "", chosen)
                if isinstance(value, Formula):
                    sheet.write_formula(number, column, value.text, chosen, value.value)
                elif isinstance(value, dt.date):
                    sheet.write_datetime(number, column, dt.datetime.combine(value, dt.time()), chosen)
                elif isinstance(value, str):
                    sheet.write_string(number, column, value, chosen)
                elif value is not None:
                    sheet.write_number(number, column, value, chosen)
        sheet.set_column(0, 0, 6)
        sheet.set_column(1, max(grid.width - 1, 1), 15)
        if grid.header_rows:
            sheet.freeze_panes(max(grid.header_rows) + 1, 2)
        sheet.set_landscape()
        sheet.set_paper(8)
        sheet.fit_to_pages(1, 0)
        if grid.hidden:
            sheet.hide()
    book.close()
    return buffer.getvalue()


def xls(grids: Iterable[Grid]) -> bytes:
    """A BIFF8 workbook, as Excel 97 to 2003 wrote it."""
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    heading = xlwt.easyxf("font: bold on, height 280; align: horiz center")
    plain = xlwt.easyxf("align: wrap on, vert centre")
    for grid in grids:
        sheet = book.add_sheet(grid.name)
        merged = {(top, left): (top, bottom, left, right) for top, left, bottom, right in grid.merges}
        for number, row in enumerate(grid.rows):
            for column, value in enumerate(row):
                style = heading if number in grid.title_rows else day if isinstance(value, dt.date) else plain
                if (number, column) in merged:
                    sheet.write_merge(*merged[number, column], value, style)
                elif value is not None:
                    sheet.write(number, column, value, style)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def delimited(grid: Grid, encoding: str) -> bytes:
    """Comma-separated text with CRLF, in `encoding` (`utf-8-sig` for a BOM)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in grid.rows:
        padded = [*row, *[None] * (grid.width - len(row))]
        writer.writerow(["" if value is None else value for value in padded])
    return buffer.getvalue().encode(encoding)


def html_table(grid: Grid) -> bytes:
    """An HTML table, as web systems export it under the name of a workbook."""
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in grid.merges}
    covered = {
        (row, column)
        for top, left, bottom, right in grid.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    lines = [
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>',
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8"/>',
        "<style>td{mso-number-format:'\\@';border:.5pt solid #000}</style></head><body><table border=1>",
    ]
    for number, row in enumerate(grid.rows):
        cells = []
        for column in range(grid.width):
            if (number, column) in covered:
                continue
            value = row[column] if column < len(row) else None
            down, across = spans.get((number, column), (1, 1))
            attributes = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
            text = "&nbsp;" if value is None else html.escape(str(value)).replace("\n", "<br/>")
            cells.append(f"<td{attributes}>{text}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return "\n".join([*lines, "</table></body></html>", ""]).encode()
