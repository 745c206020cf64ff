"""One worksheet part of an xlsx, scanned as it inflates for what calamine does not tell.

Two ways give the same facts: `_Patterns` searches the bytes as nearly every program writes them (a third of what
reading the values costs); `_Parser` reads any XML, and takes over where a part is written otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.parsers import expat

import re2

from ingest.formats.cell_reference import cell_position, column_index, merge_area
from ingest.formats.number_formats import NumberShown
from ingest.formats.sheet_facts import SheetFacts
from ingest.formats.small_xml import NOT_WELL_FORMED
from ingest.formats.zip_container import document_type_refused, refuse_document_type
from ingest.limits import MIB, Limits
from ingest.refused import damaged, too_large

_MOST_CARRIED = 16 * MIB
_MOST_ALTERNATIVES = 50


def _bytes_options() -> re2.Options:
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    return options


_ROW = re.compile(rb"<row ([^>]*)")
_ROW_BEGUN = re.compile(rb'<row r="([0-9]{1,7})"')
_ROW_NUMBER = re.compile(rb'(?:^|\s)r="([0-9]{1,7})"')
_COLUMN = re.compile(rb"<col ([^>]*)")
_MERGE = re.compile(rb'<mergeCell [^>]*?ref="([^"]{1,40})"')
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
_MINIMUM, _MAXIMUM = re.compile(rb'(?:^|\s)min="([0-9]{1,5})"'), re.compile(rb'(?:^|\s)max="([0-9]{1,5})"')
# One pass over the bytes (re2: a DFA, a third of the time of re) for everything that needs a closer look: a cell beyond
# AZ9999 or not opened by `<c r="…"`, comments and CDATA, single quotes, and what the facts are made of.
_CLOSER_LOOK = re2.compile(
    rb'<c r="(?:[B-Z][A-Z]|[A-Z]{3}|[A-Z]{1,2}[0-9]{5}|[^A-Z])|<c [^r]|<c[>/]|<![^D]|=\'|hidden=|t="e"|<f[ >/]'
    rb'|t="s"[^>]*><v>[0-9]*[^0-9<]',
    _bytes_options(),
)
_NO_TEXT_NUMBER = re2.compile(rb't="s"[^>]*><v>[0-9]*[^0-9<]', _bytes_options())
_BEYOND = re.compile(rb'<c r="(?:[B-Z][A-Z]|[A-Z]{3}|[A-Z]{1,2}[0-9]{5})')
_ANY_CELL, _CELL = re.compile(rb"<c[ />]"), re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"[ />]')
_FILLED = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?:[^>]*[^>/])?>(?!</c>)')
_ERROR = re.compile(
    rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^>]*\st="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]{1,40})</v>'
)
_UNCACHED = re.compile(rb"<f(?: [^>]*)?(?:/>|>[^<]*</f>)(?:</c>|<v ?/>|<v></v>|<v>0</v>)")
_REFERENCE = re.compile(rb'<c r="([^"]+)"')
_ANY_REFERENCE = re.compile(rb"""<(?:\w+:)?c [^>]*?\br=["']([^"']+)["']""")
_ANY_ROW = re.compile(rb"""<(?:\w+:)?row [^>]*?\br=["']([0-9]{1,7})["']""")
_OPENING = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"([^>]*)>')


@dataclass(frozen=True, slots=True)
class CellStyles:
    """Which cell formats (the index in `s=`) show a percentage, which indent their text by how much, which show a
    date to the `month` or `year` only, and which show a unit of money or a smaller number."""

    percents: frozenset[int] = frozenset()
    indents: dict[int, int] | None = None
    dates: dict[int, str] | None = None
    numbers: dict[int, NumberShown] | None = None

    def take(self, facts: SheetFacts, position: tuple[int, int], style: int) -> None:
        """Note what the format of a cell with content says."""
        if style in self.percents:
            facts.percents.add(position)
        if self.indents and style in self.indents:
            facts.indents[position] = self.indents[style]
        if self.dates and style in self.dates:
            facts.date_precisions[position] = self.dates[style]
        if self.numbers and style in self.numbers:
            facts.numbers_shown[position] = self.numbers[style]

    def pattern(self) -> re.Pattern[bytes] | None:
        """Finds the cells with such a format; None where no format is of interest."""
        wanted = sorted(self.percents.union(self.indents or (), self.dates or (), self.numbers or ()))
        if not wanted:
            return None
        # Trying thousands of alternatives at every cell takes longer than looking each style up.
        styles = b"|".join(b"%d" % s for s in wanted) if len(wanted) <= _MOST_ALTERNATIVES else b"[0-9]{1,7}"
        return re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})" s="(%s)"(?:[^>]*[^>/])?>' % styles)


def scan_sheet(
    chunks: Callable[[], Iterator[bytes]], name: str, styles: CellStyles, recalculates: bool, limits: Limits
) -> SheetFacts:
    """Scan one worksheet part. `recalculates`: the file asks for recalculation on opening, so a cached 0 means nothing.

    Raises:
        Refused: `too_large`, `truncated`, or `not_a_table` for a document type.
    """
    patterns = _Patterns(styles, recalculates)
    for number, block in enumerate(_blocks(chunks())):
        if number == 0:
            refuse_document_type(block[:4096], name)
        if not patterns.take(block):
            return _parse(chunks(), name, styles, recalculates, limits)
        patterns.facts.check_span(limits)
    return patterns.facts


def repeats_cells(chunks: Iterator[bytes]) -> bool:
    """Whether a cell or a row of one number stands twice in a worksheet part. Takes a look at every cell."""
    rows: set[bytes] = set()
    for block in _blocks(chunks):
        cells = _REFERENCE.findall(block) or _ANY_REFERENCE.findall(block)
        numbers = _ANY_ROW.findall(block)
        if len(set(cells)) < len(cells) or len(set(numbers)) < len(numbers) or not rows.isdisjoint(numbers):
            return True
        rows.update(numbers)
    return False


def _blocks(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Chunks cut anew so that no row is in two of them."""
    carried = b""
    for chunk in chunks:
        if len(chunk) >= MIB and b"<" not in chunk:
            raise too_large("一个单元格超过 1 MiB", "one cell of more than 1 MiB")
        block = carried + chunk if carried else chunk
        cut = block.rfind(b"<row")
        if cut <= 0 or len(chunk) < MIB:
            carried = block
        else:
            carried = block[cut:]
            yield block[:cut]
        if len(carried) > _MOST_CARRIED:
            raise too_large("一行超过 16 MiB", "one row of more than 16 MiB")
    if carried:
        yield carried


class _Patterns:
    """Reads facts by searching the bytes; says so where they are not written in the usual way."""

    def __init__(self, styles: CellStyles, recalculates: bool) -> None:
        self.facts = SheetFacts()
        self._styles = styles
        self._styled = styles.pattern()
        self._recalculates = recalculates
        self._usual = self._ended = False

    def take(self, block: bytes) -> bool:
        """Read one block of whole rows; False where only a parser can."""
        self._usual = self._usual or b"<worksheet" in block[:4096]
        if not self._usual:
            return False
        filled = block.count(b"</c>")
        self.facts.cells += filled
        self._refuse_rows_twice(block)
        if _CLOSER_LOOK.search(block) and not self._look_closer(block, filled):
            return False
        if self._styled:
            self._take_styled(block)
        end = block.rfind(b"</sheetData>")
        self._ended = self._ended or end >= 0
        if self._ended:
            merges = (merge_area(found) for found in _MERGE.findall(block, max(0, end)))
            self.facts.merges.extend(merge for merge in merges if merge)
        return True

    @staticmethod
    def _refuse_rows_twice(block: bytes) -> None:
        """Of two rows of one number calamine keeps the later one, and a project would be gone unseen."""
        begun = _ROW_BEGUN.findall(block)
        if len(set(begun)) < len(begun):
            raise damaged("同一个行号出现两次", "one row number stands twice")

    def _look_closer(self, block: bytes, filled: int) -> bool:
        if b"<!" in block or b"='" in block:
            return False
        # A tail of a million formatted, empty rows holds no cell worth looking at.
        if filled and len(_ANY_CELL.findall(block)) != len(_CELL.findall(block)):
            return False
        if b"hidden=" in block and not self._take_hidden(block):
            return False
        if not filled:
            return True
        if _NO_TEXT_NUMBER.search(block):
            self.facts.is_written_oddly = True
        if _BEYOND.search(block):
            self._take_places(block)
        if b't="e"' in block:
            self._take_errors(block)
        if b"<f>" in block or b"<f " in block or b"<f/" in block:
            self._take_uncached(block)
        return True

    def _take_places(self, block: bytes) -> None:
        """Where the cells with content are; within AZ9999 no reader minds, and nobody asks."""
        facts = self.facts
        for letters, digits in set(_FILLED.findall(block)):
            facts.last_column = max(facts.last_column, column_index(letters))
            facts.last_row = max(facts.last_row, int(digits) - 1)

    def _take_hidden(self, block: bytes) -> bool:
        for attributes in _ROW.findall(block):
            if b"hidden=" in attributes and _HIDDEN.search(b" " + attributes):
                number = _ROW_NUMBER.search(attributes)
                if number is None:
                    return False
                self.facts.hidden_rows.add(int(number[1]) - 1)
        for attributes in _COLUMN.findall(block):
            first, last = _MINIMUM.search(attributes), _MAXIMUM.search(attributes)
            if first and last and _HIDDEN.search(b" " + attributes):
                self.facts.hidden_columns.append((int(first[1]) - 1, int(last[1]) - 1))
        return True

    def _take_errors(self, block: bytes) -> None:
        for reference, value in _ERROR.findall(block):
            if position := cell_position(reference):
                self.facts.errors[position] = value.decode("utf-8", "replace")

    def _take_uncached(self, block: bytes) -> None:
        for found in _UNCACHED.finditer(block):
            opening = _OPENING.match(block, block.rfind(b"<c ", 0, found.start()))
            position = cell_position(opening[1]) if opening else None
            if opening is None or position is None:
                continue
            text = b't="str"' in opening[2]
            if found[0].endswith(b"<v>0</v>"):
                if self._recalculates and not text and b" t=" not in opening[2]:
                    self.facts.uncached.add(position)
            elif not (text and not found[0].endswith(b"</c>")):
                self.facts.uncached.add(position)

    def _take_styled(self, block: bytes) -> None:
        if self._styled is None:
            return
        for reference, style in self._styled.findall(block):
            position = cell_position(reference)
            if position is not None:
                self._styles.take(self.facts, position, int(style))


def _parse(chunks: Iterator[bytes], name: str, styles: CellStyles, recalculates: bool, limits: Limits) -> SheetFacts:
    parser = _Parser(name, styles, recalculates)
    for chunk in chunks:
        parser.feed(chunk)
        parser.facts.check_span(limits)
    return parser.finish()


class _Parser:
    """Reads the same facts from any XML, whatever its prefixes, quotes and order of attributes."""

    def __init__(self, name: str, styles: CellStyles, recalculates: bool) -> None:
        self.facts = SheetFacts()
        self._name, self._styles, self._recalculates = name, styles, recalculates
        self._row, self._column = -1, -1
        self._kind, self._style = "n", 0
        self._has_formula = self._has_value = False
        self._text = ""
        self._expat = expat.ParserCreate()
        self._expat.buffer_text = True
        self._expat.StartDoctypeDeclHandler = self._refuse
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._characters
        self._expat.CommentHandler = self._meet_markup
        self._expat.StartCdataSectionHandler = self._meet_markup

    def feed(self, chunk: bytes) -> None:
        try:
            self._expat.Parse(chunk, False)
        except NOT_WELL_FORMED as error:
            raise damaged(f"{self._name} 不是完整的 XML", f"{self._name} is not well-formed") from error

    def finish(self) -> SheetFacts:
        try:
            self._expat.Parse(b"", True)
        except NOT_WELL_FORMED as error:
            raise damaged(f"{self._name} 不完整", f"{self._name} ends early") from error
        return self.facts

    def _refuse(self, *_: object) -> None:
        raise document_type_refused(self._name)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "f":
            self._has_formula = True
        elif tag in ("v", "t"):
            self._has_value = True
            self._text = ""
        elif tag == "mergeCell":
            merge = merge_area(attributes.get("ref", "").encode())
            if merge:
                self.facts.merges.append(merge)
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            stretch = attributes.get("min", ""), attributes.get("max", "")
            if stretch[0].isdigit() and stretch[1].isdigit():
                self.facts.hidden_columns.append((int(stretch[0]) - 1, int(stretch[1]) - 1))

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) - 1 if number.isdigit() else self._row + 1
        self._column = -1
        if attributes.get("hidden") in ("1", "true"):
            self.facts.hidden_rows.add(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        position = cell_position(attributes.get("r", "").encode())
        self._row, self._column = position or (self._row, self._column + 1)
        self._kind = attributes.get("t", "n")
        style = attributes.get("s", "0")
        self._style = int(style) if style.isdigit() else 0
        self._has_formula = self._has_value = False
        self._text = ""

    def _meet_markup(self, *_: object) -> None:
        self.facts.is_written_oddly = self.facts.is_written_oddly or self._has_value

    def _characters(self, text: str) -> None:
        if self._has_value and len(self._text) < 64:
            self._text += text[:64]

    def _end(self, tag: str) -> None:
        if tag.rpartition(":")[2] != "c":
            return
        facts, position = self.facts, (self._row, self._column)
        if not self._has_formula and not self._has_value:
            return
        facts.count(self._row, self._column)
        self._styles.take(facts, position, self._style)
        if self._kind == "s" and self._text and not self._text.isdecimal():
            facts.is_written_oddly = True
        if self._kind == "e" and self._text:
            facts.errors[position] = self._text
        if self._has_formula and self._is_uncached():
            facts.uncached.add(position)

    def _is_uncached(self) -> bool:
        if not self._has_value:
            return True
        if self._kind == "str":
            return False
        return not self._text or (self._text == "0" and self._recalculates and self._kind == "n")
