"""The house style of workbooks: a sheet is a title, a note and one table, ready to print.

Text is always written as text: `=cmd|…`, `+`, `-`, `@` from a county's cell never become a formula, a link or a number.
"""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import xlsxwriter

Kind = Literal["text", "long", "center", "count", "money", "rate", "date", "light"]
A4, A3 = 9, 8
PORTRAIT_WIDTH, A4_WIDTH = 80.0, 190.0  # characters a page takes before it gets too small to read

_FONT = "仿宋"
_HEADING_FONT = "黑体"
_TITLE_FONT = "方正小标宋简体"
_NUMBER_FORMATS: dict[Kind, str] = {"count": "#,##0", "money": "#,##0.00", "rate": "0.0%", "date": "yyyy-mm-dd"}
_ALIGN: dict[Kind, str] = {
    "text": "left", "long": "left", "center": "center", "count": "right", "money": "right", "rate": "right",
    "date": "center", "light": "center",
}  # fmt: skip
_LIGHT_COLOURS = {"红灯": "#F8D7DA", "黄灯": "#FFF3CD"}
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header (two lines where it has a group), its kind, its width in characters."""

    header: str
    kind: Kind
    width: float
    group: str | None = None


@dataclass(frozen=True, slots=True)
class TableSheet:
    """One sheet. `total` is printed bold below the rows; `empty` is said where there are no rows."""

    name: str
    title: str
    note: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    total: Sequence[Any] | None = None
    empty: str = "本期没有。"
    footnotes: Sequence[str] = ()


def workbook(sheets: Sequence[TableSheet], created: dt.date, title: str) -> bytes:
    """The workbook's bytes: the same sheets give the same bytes."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": title, "author": "luodi 落地", "created": dt.datetime.combine(created, dt.time())})
    styles = _Styles(book)
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, styles)
    book.close()
    return buffer.getvalue()


class _Styles:
    """Formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def get(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            base = {"font_name": _FONT, "font_size": 11, "valign": "vcenter"}
            self._made[key] = self._book.add_format({**base, **properties})
        return self._made[key]

    @property
    def title(self) -> Any:
        return self.get(font_name=_TITLE_FONT, font_size=20, align="center")

    @property
    def note(self) -> Any:
        return self.get(font_size=11, align="left", font_color="#444444", text_wrap=True)

    @property
    def header(self) -> Any:
        return self.get(
            font_name=_HEADING_FONT, bold=False, align="center", text_wrap=True, border=1, bg_color="#E8EEF4"
        )

    def body(self, kind: Kind, *, bold: bool = False, text: Any = None) -> Any:
        properties: dict[str, Any] = {"align": _ALIGN[kind], "border": 1, "text_wrap": kind in ("text", "long")}
        if _ALIGN[kind] != "center":
            properties["indent"] = 1
        if kind in _NUMBER_FORMATS:
            properties["num_format"] = _NUMBER_FORMATS[kind]
        if bold:
            properties |= {"font_name": _HEADING_FONT, "bg_color": "#F4F6F8"}
        if kind == "light" and text in _LIGHT_COLOURS:
            properties["bg_color"] = _LIGHT_COLOURS[text]
        if isinstance(text, str) and text.startswith(_STARTS_FORMULA):
            properties["quote_prefix"] = True  # also stays text when somebody edits the cell
        return self.get(**properties)


def _write_sheet(page: Any, sheet: TableSheet, styles: _Styles) -> None:
    last = len(sheet.columns) - 1
    page.merge_range(0, 0, 0, last, "", styles.title)
    page.write_string(0, 0, sheet.title, styles.title)
    page.set_row(0, 36)
    page.merge_range(1, 0, 1, last, "", styles.note)
    page.write_string(1, 0, sheet.note, styles.note)
    page.set_row(1, 20)
    first = _write_header(page, sheet.columns, styles)
    for number, row in enumerate(sheet.rows, start=first):
        _write_row(page, number, sheet.columns, row, styles)
    below = first + len(sheet.rows)
    if not sheet.rows:
        page.merge_range(below, 0, below, last, "", styles.body("center"))
        page.write_string(below, 0, sheet.empty, styles.body("center"))
        page.set_row(below, 24)
        below += 1
    elif sheet.total is not None:
        _write_row(page, below, sheet.columns, sheet.total, styles, bold=True)
        below += 1
    for number, footnote in enumerate(sheet.footnotes, start=below):
        page.merge_range(number, 0, number, last, "", styles.note)
        page.write_string(number, 0, footnote, styles.note)
        page.set_row(number, 18)
    if sheet.rows:
        page.autofilter(first - 1, 0, first + len(sheet.rows) - 1, last)
    _set_up_print(page, sheet, first)


def _write_header(page: Any, columns: Sequence[Column], styles: _Styles) -> int:
    """One header row, or two where columns have groups; returns the first body row."""
    top = 2
    for place, column in enumerate(columns):
        page.set_column(place, place, column.width)
    if not any(column.group for column in columns):
        for place, column in enumerate(columns):
            page.write_string(top, place, column.header, styles.header)
        page.set_row(top, 34)
        return top + 1
    place = 0
    while place < len(columns):
        group = columns[place].group
        end = place
        while group and end + 1 < len(columns) and columns[end + 1].group == group:
            end += 1
        if group is None:
            page.merge_range(top, place, top + 1, place, "", styles.header)
            page.write_string(top, place, columns[place].header, styles.header)
        else:
            if end > place:
                page.merge_range(top, place, top, end, "", styles.header)
            page.write_string(top, place, group, styles.header)
            for leaf in range(place, end + 1):
                page.write_string(top + 1, leaf, columns[leaf].header, styles.header)
        place = end + 1
    page.set_row(top, 22)
    page.set_row(top + 1, 34)
    return top + 2


def _write_row(
    page: Any, number: int, columns: Sequence[Column], row: Sequence[Any], styles: _Styles, *, bold: bool = False
) -> None:
    lines = 1
    for place, (column, value) in enumerate(zip(columns, row, strict=True)):
        style = styles.body(column.kind, bold=bold, text=value)
        if value is None:
            page.write_blank(number, place, None, style)
        elif isinstance(value, str):
            page.write_string(number, place, value, style)
            lines = max(lines, _lines(value, column.width))
        elif isinstance(value, dt.date):
            page.write_datetime(number, place, dt.datetime.combine(value, dt.time()), style)
        else:
            page.write_number(number, place, float(value) if isinstance(value, Decimal) else value, style)
    page.set_row(number, max(20, 15.5 * lines + 4))


def _lines(text: str, width: float) -> int:
    """How many lines the text takes in a column: an East Asian character is two wide."""
    needed = 0
    for line in text.splitlines() or [""]:
        wide = sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in line)
        needed += max(1, -(-wide // max(int(width) - 2, 1)))
    return needed


def _set_up_print(page: Any, sheet: TableSheet, first: int) -> None:
    frozen = next((place + 1 for place, column in enumerate(sheet.columns) if "项目名称" in column.header), 1)
    page.freeze_panes(first, frozen)
    page.hide_gridlines(2)
    width = sum(column.width for column in sheet.columns)
    page.set_paper(A4 if width <= A4_WIDTH else A3)
    if width > PORTRAIT_WIDTH:
        page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(2, first - 1)
    page.center_horizontally()
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
    page.set_footer('&L&"仿宋"&9luodi 落地&C&"仿宋"&9第 &P 页 共 &N 页&R&"仿宋"&9&A')
