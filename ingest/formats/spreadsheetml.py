"""XML Spreadsheet 2003 (`<?mso-application progid="Excel.Sheet"?>`, often named .xls) → sheets."""

from __future__ import annotations

import datetime as dt
from xml.parsers import expat

from ingest.formats.sheet import CellValue, Merge, Sheet, Workbook
from ingest.formats.sheet_facts import SheetFacts
from ingest.formats.small_xml import NOT_WELL_FORMED
from ingest.formats.xlsx import shows_percent
from ingest.formats.zip_container import document_type_refused
from ingest.limits import Limits
from ingest.refused import damaged, empty, too_large

_NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"


def looks_like_spreadsheetml(head: str) -> bool:
    """Whether the first characters are those of an XML Spreadsheet."""
    return _NAMESPACE in head and "<html" not in head.lower()


def read_spreadsheetml(data: bytes, limits: Limits) -> Workbook:
    """Read every worksheet.

    Raises:
        Refused: `truncated` (not well-formed), `not_a_table` (document types), `too_large`, `empty`.
    """
    if len(data) > limits.markup_bytes:
        raise too_large(f"XML {len(data)} 字节", f"XML of {len(data)} bytes")
    parser = _Parser(limits)
    parser.parse(_as_utf8(data))
    if not any(value is not None for sheet in parser.sheets for row in sheet.rows for value in row):
        raise empty()
    return Workbook("spreadsheetml", parser.sheets)


def _as_utf8(data: bytes) -> bytes:
    """expat knows no GB18030: a declaration of it is answered by decoding first."""
    start, end = data.find(b"<?xml"), data.find(b"?>", 0, 256)
    declaration = data[start:end].lower() if 0 <= start < end else b""
    if b"gb2312" in declaration or b"gbk" in declaration or b"gb18030" in declaration:
        return b'<?xml version="1.0"?>' + data[end + 2 :].decode("gb18030", "replace").encode()
    return data


class _Parser:
    """One pass; `ss:Index` jumps, merges skip ahead."""

    def __init__(self, limits: Limits) -> None:
        self.sheets: list[Sheet] = []
        self._limits = limits
        self._rows: list[list[CellValue]] = []
        self._facts = SheetFacts()
        self._name, self._hidden = "", False
        self._row = self._column = self._table_column = 0
        self._styles: dict[str, str] = {}
        self._style = ""
        self._kind, self._text, self._inside = "", "", ""
        self._formula = self._has_data = False
        self._span = (0, 0)
        self._row_span = 0
        self._expat = expat.ParserCreate(namespace_separator=" ")
        self._expat.buffer_text = True
        self._expat.StartDoctypeDeclHandler = self._refuse
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._characters

    def parse(self, data: bytes) -> None:
        try:
            self._expat.Parse(data, True)
        except NOT_WELL_FORMED as error:
            raise damaged("XML 表格不完整", "the XML spreadsheet is not well-formed") from error

    def _refuse(self, *_: object) -> None:
        raise document_type_refused("XML")

    def _start(self, tag: str, given: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        attributes = {key.rpartition(" ")[2]: value for key, value in given.items()}
        if name == "Worksheet":
            self._rows, self._facts = [], SheetFacts()
            self._name, self._hidden = attributes.get("Name", ""), False
            self._row = self._table_column = 0
        elif name == "Style":
            self._style = attributes.get("ID", "")
        elif name == "NumberFormat":
            self._styles[self._style] = attributes.get("Format", "")
        elif name == "Column":
            self._start_column(attributes)
        elif name == "Row":
            self._start_row(attributes)
        elif name == "Cell":
            self._start_cell(attributes)
        elif name == "Data" and tag.startswith(_NAMESPACE):
            self._kind, self._text, self._inside, self._has_data = attributes.get("Type", "String"), "", "Data", True
        elif name == "Visible":
            self._text, self._inside = "", "Visible"

    def _start_column(self, attributes: dict[str, str]) -> None:
        first = _number(attributes, "Index", self._table_column + 1) - 1
        last = first + _number(attributes, "Span", 0)
        if attributes.get("Hidden") == "1":
            self._facts.hidden_columns.append((first, last))
        self._table_column = last + 1

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = _number(attributes, "Index", self._row + 1) - 1
        self._row_span = _number(attributes, "Span", 0)
        self._column = 0
        if attributes.get("Hidden") == "1":
            last = min(self._row + self._row_span, self._limits.rows)
            self._facts.hidden_rows.update(range(self._row, last + 1))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._column = _number(attributes, "Index", self._column + 1) - 1
        self._span = (_number(attributes, "MergeDown", 0), _number(attributes, "MergeAcross", 0))
        self._formula, self._has_data = "Formula" in attributes, False
        self._text = ""
        code = self._styles.get(attributes.get("StyleID", ""), "")
        if code == "Percent" or shows_percent("", code):
            self._facts.percents.add((self._row, self._column))

    def _characters(self, text: str) -> None:
        if self._inside:
            self._text += text

    def _end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name == "Data":
            self._inside = ""
        elif name == "Cell":
            self._end_cell()
        elif name == "Row":
            self._row += 1 + self._row_span
        elif name == "Visible":
            self._inside = ""
            self._hidden = self._text.strip() in ("SheetHidden", "SheetVeryHidden")
        elif name == "Worksheet":
            self.sheets.append(self._facts.sheet(self._name, self._rows, self._hidden))

    def _end_cell(self) -> None:
        position, facts = (self._row, self._column), self._facts
        if self._has_data and self._text:
            facts.count(*position)
            facts.check_span(self._limits)
            if self._kind == "Error":
                facts.errors[position] = self._text.strip()
            else:
                self._put(_value(self._kind, self._text))
        elif self._formula:
            facts.uncached.add(position)
        down, across = self._span
        if down or across:
            facts.merges.append(Merge(self._row, self._column, self._row + down, self._column + across))
        self._column += 1 + across

    def _put(self, value: CellValue) -> None:
        while len(self._rows) <= self._row:
            self._rows.append([])
        row = self._rows[self._row]
        row.extend([None] * (self._column + 1 - len(row)))
        row[self._column] = value


def _number(attributes: dict[str, str], name: str, default: int) -> int:
    value = attributes.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 8 else default


def _value(kind: str, text: str) -> CellValue:
    try:
        if kind == "Number":
            number = float(text)
            return int(number) if number.is_integer() and abs(number) < 1e15 else number
        if kind == "DateTime":
            moment = dt.datetime.fromisoformat(text.strip())
            return moment.date() if moment.time() == dt.time() else moment
        if kind == "Boolean":
            return text.strip() == "1"
    except (ValueError, OverflowError):
        return text
    return text
