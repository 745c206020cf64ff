"""HTML saved as a workbook (most web systems' "export to Excel") → one sheet a table.

Read by one pass over the tags: no tree is built, so neither nesting nor size costs more than its length. A row is a
`<tr>`, in the order a browser draws them (`<thead>` first, `<tfoot>` last, wherever they stand); spans become merges; text
stays text as a browser shows it. Nothing is fetched and no script runs.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from ingest.formats.encodings import canonical_encoding, decode, is_bad, shown, sniff_encoding
from ingest.formats.sheet import CellValue, Merge, Sheet, Workbook
from ingest.limits import Limits
from ingest.refused import damaged, empty, not_a_table, too_large

_META_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|style|xml|noscript|title|template|textarea)\b(?P<raw_body>.*?)(?:</(?P=raw)\s*>|\Z)"
    r"|<(?P<close>/?)(?P<tag>[A-Za-z][A-Za-z0-9:]*+)(?P<attributes>(?:[^>\"']|\"[^\"]*+\"|'[^']*+'|[\"'])*+)>"
    r"|<[!?/][^>]*+>"
    r"|(?P<text>[^<]++|<)",
    re.DOTALL | re.IGNORECASE,
)
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|meta|table|style|div|center|title|script|p|h[1-6]|tr)\b",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([A-Za-z_:][-\w:.]*+)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>"']++)""")
_SHEET_NAMES = re.compile(r"<x:Name>([^<]{1,255})</x:Name>", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*collapse", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_WRAPPED = re.compile(r"(?<=[\u2e80-\uffef])[ \t]*[\r\n]\s*(?=[\u2e80-\uffef])")
_BLOCKS = frozenset(
    ["p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section", "center", "pre", "dd", "dt"]
)
_SECTIONS = frozenset({"thead", "tbody", "tfoot"})
_MAX_COLUMN_SPAN, _MAX_ROW_SPAN, _MAX_COLUMNS = 1000, 65534, 16384
_LINES_ABOVE = 20
_WIDE, _FEW_CELLS, _MOST_HEADER_ROWS = 3, 6, 4
_FIGURE = re.compile(r"[-+]?\d[\d,./:-]*%?")


def looks_like_html(head: str) -> bool:
    """Whether the first characters of a text are those of a page or a bare table."""
    return _HTML_START.match(head) is not None


def declared_encoding(data: bytes) -> str | None:
    """What the page says of its encoding; the bytes are asked first."""
    found = _META_CHARSET.search(data[: 1 << 14])
    return canonical_encoding(found[1].decode("ascii", "replace")) if found else None


def read_html(data: bytes, limits: Limits) -> Workbook:
    """Read every table of a page that has rows.

    Raises:
        Refused: `not_a_table` (a page without a table), `empty`, `truncated` (ends within a table), `too_large`.
    """
    if len(data) > limits.markup_bytes:
        raise too_large(f"网页 {len(data)} 字节", f"a page of {len(data)} bytes")
    encoding, body = sniff_encoding(data, declared_encoding(data))
    text = decode(body, encoding)
    reader = _Reader(limits)
    for token in _TOKEN.finditer(text):
        reader.take(token)
    for table in reader.tables:
        table.draw_sections()
    tables = _with_bodies([table for table in reader.tables if table.has_content])
    if reader.depth and not re.search(r"</(?:html|body)\s*>\s*\Z", text, re.I):
        raise damaged("网页在表格中间断开", "the page ends within a table")
    if not reader.tables:
        raise not_a_table("网页里没有表格", "a page without a table")
    if not tables:
        raise empty()
    names = [html.unescape(name) for name in _SHEET_NAMES.findall(text)]
    if len(names) != len(tables):
        names = [f"Sheet{number}" for number in range(1, len(tables) + 1)]
    return Workbook("html", [table.sheet(name) for name, table in zip(names, tables, strict=True)], encoding)


def _with_bodies(tables: list[_Table]) -> list[_Table]:
    """The tables; one that is nothing but a header and the one that follows it (layui prints them apart) are one."""
    joined: list[_Table] = []
    for table in tables:
        if joined and joined[-1].heads(table):
            joined[-1].append(table)
        else:
            joined.append(table)
    return joined


@dataclass(slots=True)
class _Cell:
    pieces: list[str] = field(default_factory=list)

    def text(self) -> str | None:
        return shown_text("".join(self.pieces))


def shown_text(raw: str) -> str | None:
    """Text as a browser shows it: runs of blanks are one, a line break between Chinese characters is none."""
    lines = (_SPACES.sub(" ", _WRAPPED.sub("", line)).strip() for line in raw.split("\v"))
    return "\n".join(line for line in lines if line) or None


def _lines(raw: str) -> list[str]:
    return [line for part in raw.split("\v") if (line := shown_text(part))]


@dataclass(slots=True)
class _Table:
    """One table while it is read: a grid with the columns that row spans from above still occupy."""

    above: list[str]
    rows: list[list[CellValue]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    bad_rows: dict[int, tuple[str, str]] = field(default_factory=dict)
    occupied: dict[int, int] = field(default_factory=dict)
    """Column → last row a span from above reaches."""
    sections: list[tuple[int, str]] = field(default_factory=list)
    """First row and tag of each `<thead>`, `<tbody>` and `<tfoot>`."""
    cell: _Cell | None = None
    place: tuple[int, int, int, int] = (0, 0, 1, 1)
    cells: int = 0

    @property
    def has_content(self) -> bool:
        return bool(self.bad_rows) or any(value is not None for row in self.rows for value in row)

    @property
    def holds_data(self) -> bool:
        """Whether a row before this one is wide: then it is no mere frame around others."""
        return any(sum(value is not None for value in row) >= _WIDE for row in self.rows[:-1])

    @property
    def is_line(self) -> bool:
        """Whether it is a single row or column of a few cells."""
        return self.cells <= _FEW_CELLS and (len(self.rows) == 1 or max(map(len, self.rows), default=0) <= 1)

    def takes(self, inner: _Table) -> bool:
        """Whether a table inside a cell is that cell's text: a line within data, a single box within a wide row."""
        is_in_wide_row = sum(value is not None for value in self.rows[-1]) >= _WIDE
        return (self.holds_data and inner.is_line) or (is_in_wide_row and inner.cells == 1)

    def heads(self, body: _Table) -> bool:
        """Whether this is the header of the table that follows it directly: a few rows of words, as wide as the other."""
        width = max(map(len, self.rows), default=0)
        values = [value for row in self.rows for value in row if value is not None]
        return (
            len(self.rows) <= _MOST_HEADER_ROWS
            and _WIDE <= width == max(map(len, body.rows), default=0)
            and body.above in ([], self.above)
            and not self.bad_rows
            and not any(_FIGURE.fullmatch(str(value)) for value in values)
            and any(_FIGURE.fullmatch(str(value)) for row in body.rows for value in row if value is not None)
        )

    def append(self, body: _Table) -> None:
        """Put the rows of another table below this one's."""
        first = len(self.rows)
        self.rows += body.rows
        self.merges += [Merge(m.top + first, m.left, m.bottom + first, m.right) for m in body.merges]
        self.hidden_rows |= {row + first for row in body.hidden_rows}
        self.bad_rows |= {row + first: bad for row, bad in body.bad_rows.items()}

    def lines_so_far(self) -> list[str]:
        """The texts of rows that hold one or few, and of the open cell."""
        lines = [str(value) for row in self.rows[-_LINES_ABOVE:] for value in row if value is not None]
        return lines + (_lines("".join(self.cell.pieces)) if self.cell else [])

    def start_row(self, hidden: bool) -> None:
        self.end_cell()
        self.rows.append([])
        if hidden:
            self.hidden_rows.add(len(self.rows) - 1)

    def start_section(self, tag: str) -> None:
        """Rows of another section follow: no row span reaches into it."""
        self.end_cell()
        at = len(self.rows)
        self.sections.append((at, tag))
        if any(last >= at for last in self.occupied.values()):
            self.merges = [Merge(m.top, m.left, min(m.bottom, at - 1), m.right) for m in self.merges]
        self.occupied.clear()

    def draw_sections(self) -> None:
        """Put the rows into the order a browser draws them in: of several heads or feet, the first alone is moved."""
        starts = [(0, "tbody"), *self.sections]
        ends = [start for start, _ in starts[1:]] + [len(self.rows)]
        parts = [(range(start, end), tag) for (start, tag), end in zip(starts, ends, strict=True) if start < end]
        head = next((rows for rows, tag in parts if tag == "thead"), range(0))
        foot = next((rows for rows, tag in parts if tag == "tfoot"), range(0))
        order = [*head, *(row for rows, _ in parts if rows not in (head, foot) for row in rows), *foot]
        if order == sorted(order):
            return
        self.start_section("")
        place = {row: drawn for drawn, row in enumerate(order)}
        self.rows = [self.rows[row] for row in order]
        self.merges = [Merge(place[m.top], m.left, place[m.top] + m.bottom - m.top, m.right) for m in self.merges]
        self.hidden_rows = {place[row] for row in self.hidden_rows}
        self.bad_rows = {place[row]: bad for row, bad in self.bad_rows.items()}

    def start_cell(self, columns: int, rows: int) -> None:
        self.end_cell()
        if not self.rows:
            self.rows.append([])
        at = len(self.rows) - 1
        column = len(self.rows[-1])
        while self.occupied.get(column, -1) >= at:
            column += 1
        self.cell, self.place = _Cell(), (at, column, rows, columns)

    def end_cell(self) -> None:
        if self.cell is None:
            return
        (at, column, rows, columns), text = self.place, self.cell.text()
        self.cell = None
        row = self.rows[at]
        row.extend([None] * (column - len(row)))
        row.append(text)
        row.extend([None] * (columns - 1))
        self.cells += columns
        if text is not None and is_bad(text):
            self.bad_rows[at] = ("undecodable", shown(text))
        if rows > 1:
            self.occupied.update(dict.fromkeys(range(column, column + columns), at + rows - 1))
        if rows > 1 or columns > 1:
            self.merges.append(Merge(at, column, at + rows - 1, column + columns - 1))

    def sheet(self, name: str) -> Sheet:
        last = len(self.rows) - 1
        for row in self.rows:
            while row and row[-1] is None:
                row.pop()
        for number in self.bad_rows:
            self.rows[number] = []
        merges = [Merge(m.top, m.left, min(m.bottom, last), m.right) for m in self.merges]
        return Sheet(
            name,
            self.rows,
            merges=[m for m in merges if (m.top, m.left) != (m.bottom, m.right)],
            hidden_rows=frozenset(self.hidden_rows),
            bad_rows=self.bad_rows,
            above=self.above,
        )


class _Reader:
    """Takes tags and text in order and fills the tables; nested tables are tables of their own."""

    def __init__(self, limits: Limits) -> None:
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._outside: list[str] = []
        self._limits = limits
        self._cells = 0

    @property
    def depth(self) -> int:
        """Tables not closed."""
        return len(self._open)

    def take(self, token: re.Match[str]) -> None:
        text = token["text"]
        if text is not None:
            self._text(html.unescape(text) if "&" in text else text)
        elif token["tag"]:
            tag = token["tag"].lower()
            if token["close"]:
                self._end(tag)
            else:
                self._start(tag, token["attributes"])

    def _text(self, text: str) -> None:
        if not self._open:
            self._outside.append(text)
        elif self._open[-1].cell is not None:
            self._open[-1].cell.pieces.append(text)
        elif not text.isspace():
            self._open[-1].above.append(text.strip())

    def _start(self, tag: str, attributes: str) -> None:
        if tag == "table":
            self._start_table()
        elif tag == "br" or tag in _BLOCKS:
            self._text("\v")
        elif self._open and tag in _SECTIONS:
            self._open[-1].start_section(tag)
        elif self._open and tag in ("tr", "td", "th"):
            table = self._open[-1]
            given = _attributes(attributes)
            if tag == "tr":
                table.start_row(_NOT_SHOWN.search(given.get("style", "")) is not None)
            else:
                columns = min(_span(given.get("colspan")), _MAX_COLUMN_SPAN)
                table.start_cell(columns, min(_span(given.get("rowspan")), _MAX_ROW_SPAN))
                self._count(columns, len(table.rows))

    def _end(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._text("\v")
        if not self._open:
            return
        if tag == "table":
            self._end_table()
        elif tag in _SECTIONS:
            self._open[-1].start_section("tbody")
        elif tag in ("tr", "td", "th"):
            self._open[-1].end_cell()

    def _end_table(self) -> None:
        inner = self._open.pop()
        inner.end_cell()
        outer = self._open[-1] if self._open else None
        if outer is not None and outer.cell is not None and outer.takes(inner):
            # A line of boxes inside a cell of data is that cell's text, no table of its own.
            outer.cell.pieces.append("\v" + "\v".join(inner.lines_so_far()) + "\v")
            self.tables.remove(inner)

    def _start_table(self) -> None:
        if not self._open:
            above = _lines("".join(self._outside))
            self._outside = []
        else:
            above = [line for table in self._open if not table.holds_data for line in table.lines_so_far()]
        table = _Table(above[-_LINES_ABOVE:])
        self.tables.append(table)
        self._open.append(table)
        if len(self.tables) > self._limits.sheets:
            raise too_large(f"表格多于 {self._limits.sheets} 个", f"more than {self._limits.sheets} tables")

    def _count(self, columns: int, rows: int) -> None:
        self._cells += columns
        if self._cells > self._limits.cells or rows > self._limits.rows:
            raise too_large(f"表格多于 {self._limits.cells} 格", f"more than {self._limits.cells} cells")


def _attributes(text: str) -> dict[str, str]:
    return {match[1].lower(): html.unescape(match[2].strip("\"'")) for match in _ATTRIBUTE.finditer(text)}


def _span(value: str | None) -> int:
    digits = re.match(r"\s*(\d{1,9})", value or "")
    return max(1, int(digits[1])) if digits else 1
