"""OpenDocument spreadsheets (.ods, flat .fods): what `content.xml` says beside the values."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from xml.parsers import expat

from ingest.formats.sheet import Merge
from ingest.formats.sheet_facts import SheetFacts
from ingest.formats.small_xml import NOT_WELL_FORMED
from ingest.formats.zip_container import ZipContainer, document_type_refused
from ingest.limits import Limits
from ingest.refused import damaged, encrypted, not_a_table

MIME = b"application/vnd.oasis.opendocument.spreadsheet"
_HIDDEN = ("collapse", "filter")
_BETWEEN_TAGS = re.compile(rb">\s*\n\s*<")
_SPREAD_LIMIT = 1 << 20


def is_ods(container: ZipContainer) -> bool:
    """Whether the container is an OpenDocument of any kind."""
    return "content.xml" in container and ("mimetype" in container or "meta-inf/manifest.xml" in container)


def scan_ods(container: ZipContainer, limits: Limits) -> dict[str, SheetFacts]:
    """Scan every table of the document, by name.

    Raises:
        Refused: `encrypted`, `not_a_table` (a text or presentation), `truncated`, `too_large`.
    """
    if "meta-inf/manifest.xml" in container:
        manifest = container.read("meta-inf/manifest.xml", limits.markup_bytes)
        if b"encryption-data" in manifest:
            raise encrypted()
    if "mimetype" in container and not container.read("mimetype", 4096).strip().startswith(MIME):
        raise not_a_table("是 OpenDocument，但不是表格", "an OpenDocument that is no spreadsheet")
    container.refuse_document_types()
    return scan_content(container.chunks("content.xml", limits.member_bytes), limits)


def scan_content(chunks: Iterable[bytes], limits: Limits) -> dict[str, SheetFacts]:
    """Scan the XML of `content.xml` or of a flat document."""
    parser = _Parser(limits)
    for chunk in chunks:
        parser.feed(chunk, last=False)
    parser.feed(b"", last=True)
    return parser.tables


def zipped(content: bytes) -> bytes:
    """A flat document (.fods), or a `content.xml` with line breaks between its tags, as the package calamine expects."""
    content = _BETWEEN_TAGS.sub(b"><", content)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", MIME)
        package.writestr("META-INF/manifest.xml", "<manifest/>")
        package.writestr("content.xml", content)
    return packed.getvalue()


class _Parser:
    """Walks rows and cells with their repetitions; empty repetitions cost nothing."""

    def __init__(self, limits: Limits) -> None:
        self.tables: dict[str, SheetFacts] = {}
        self._limits = limits
        self._facts: SheetFacts | None = None
        self._row = self._column = 0
        self._row_repeat = 1
        self._table_column = 0
        self._depth = 0
        self._cell: tuple[dict[str, str], int] | None = None
        self._text = ""
        self._in_text = False
        self._expat = expat.ParserCreate()
        self._expat.buffer_text = True
        self._expat.StartDoctypeDeclHandler = self._refuse
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._characters

    def feed(self, chunk: bytes, *, last: bool) -> None:
        try:
            self._expat.Parse(chunk, last)
        except NOT_WELL_FORMED as error:
            raise damaged("content.xml 不是完整的 XML", "content.xml is not well-formed") from error

    def _refuse(self, *_: object) -> None:
        raise document_type_refused("content.xml")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self._depth += 1
            if self._depth == 1:
                self._facts = self.tables.setdefault(attributes.get("table:name", ""), SheetFacts())
                self._row = self._table_column = 0
        elif self._facts is None or self._depth != 1:
            return
        elif tag == "table:table-column":
            repeat = _repeat(attributes, "table:number-columns-repeated")
            if attributes.get("table:visibility") in _HIDDEN:
                self._facts.hidden_columns.append((self._table_column, self._table_column + repeat - 1))
            self._table_column += repeat
        elif tag == "table:table-row":
            self._column = 0
            self._row_repeat = _repeat(attributes, "table:number-rows-repeated")
            if attributes.get("table:visibility") in _HIDDEN:
                last = min(self._row + self._row_repeat, self._limits.rows)
                self._facts.hidden_rows.update(range(self._row, last))
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._cell = (attributes, _repeat(attributes, "table:number-columns-repeated"))
            self._text = ""
        elif tag == "text:p":
            self._in_text = True

    def _characters(self, text: str) -> None:
        if self._in_text and len(self._text) < 256:
            self._text += text[:256]

    def _end(self, tag: str) -> None:
        if tag == "table:table":
            self._depth -= 1
            if self._depth == 0:
                self._facts = None
        elif self._facts is None or self._depth != 1:
            return
        elif tag == "table:table-row":
            self._row += self._row_repeat
        elif tag == "text:p":
            self._in_text = False
        elif tag in ("table:table-cell", "table:covered-table-cell") and self._cell:
            self._end_cell(self._facts, *self._cell)
            self._cell = None

    def _end_cell(self, facts: SheetFacts, attributes: dict[str, str], repeat: int) -> None:
        row, column = self._row, self._column
        self._column += repeat
        kind = attributes.get("office:value-type", "")
        formula = "table:formula" in attributes
        if kind or self._text or formula:
            facts.cells += repeat * self._row_repeat - 1
            facts.count(row + self._row_repeat - 1, column + repeat - 1)
            facts.check_span(self._limits)
            self._note(facts, attributes, kind, formula, repeat)
        across = _repeat(attributes, "table:number-columns-spanned")
        down = _repeat(attributes, "table:number-rows-spanned")
        if across > 1 or down > 1:
            facts.merges.append(Merge(row, column, row + down - 1, column + across - 1))

    def _note(self, facts: SheetFacts, attributes: dict[str, str], kind: str, formula: bool, repeat: int) -> None:
        column = self._column - repeat
        area = [(self._row + down, column + across) for down in range(self._row_repeat) for across in range(repeat)]
        if kind == "percentage":
            facts.percents.update(area)
        if attributes.get("calcext:value-type") == "error" or (formula and self._text.startswith(("#", "Err:"))):
            facts.errors.update(dict.fromkeys(area, self._text or "#ERROR"))
        elif formula and not kind and not self._text:
            facts.uncached.update(area)


def _repeat(attributes: dict[str, str], name: str) -> int:
    value = attributes.get(name, "1")
    return min(max(1, int(value)), _SPREAD_LIMIT) if value.isdecimal() and len(value) < 10 else 1
