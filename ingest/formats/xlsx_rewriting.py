"""The same workbook again with only what calamine needs for values, for when it refuses the original.

Excel opens much that calamine doesn't: macro sheets of old viruses, sheets that are modules, unknown states, odd places of
parts, garbled dimensions, merges, references and error values. What was scanned is packed anew: worksheets only, under
the usual names, each cell written plainly. Nothing is guessed: a sheet whose part is missing stays a refusal.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from ingest.formats.cell_reference import cell_name, cell_position
from ingest.formats.sheet import CELL_TWICE, LOST_TEXT
from ingest.formats.sheet_facts import SheetFacts
from ingest.formats.small_xml import NOT_WELL_FORMED
from ingest.formats.xlsb import records_of, workbook_part_of
from ingest.formats.xlsx import ExcelPackage, Worksheet
from ingest.formats.zip_container import ZipContainer, document_type_refused
from ingest.limits import Limits
from ingest.refused import Refused, damaged

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*\?>")
_KNOWN_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_KINDS = frozenset({"s", "str", "b", "d", "e"})
_STATES = ("hidden", "veryHidden")
# What XML 1.0 cannot hold; the scan has read the part by then, so these come from character references.
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BEGIN_SHEET_DATA, _DIMENSION, _BEGIN_STRINGS, _STRING = 145, 148, 159, 19
_DIMENSION_RECORD = bytes((_DIMENSION & 0x7F | 0x80, _DIMENSION >> 7, 16)) + bytes(16)


def rewritten(container: ZipContainer, package: ExcelPackage, limits: Limits) -> bytes:
    """A package of the worksheets, shared strings and styles alone.

    Raises:
        Refused: `truncated` where a sheet has no part or its XML breaks off, `too_large`.
    """
    suffix = "bin" if package.format == "xlsb" else "xml"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        new.writestr("_rels/.rels", _relations([("officeDocument", f"xl/workbook.{suffix}")]))
        new.writestr(f"xl/workbook.{suffix}", _workbook(package))
        targets = [("worksheet", f"worksheets/sheet{number}.{suffix}") for number in _numbers(package)]
        for kind, part in (("sharedStrings", package.strings), ("styles", package.styles)):
            if part is not None and part in container:
                new.writestr(
                    f"xl/{kind}.{suffix}", _plain_part(container.read(part, limits.strings_bytes), kind, suffix)
                )
                targets.append((kind, f"{kind}.{suffix}"))
        new.writestr(f"xl/_rels/workbook.{suffix}.rels", _relations(targets))
        for number, sheet in zip(_numbers(package), package.worksheets, strict=True):
            with new.open(f"xl/worksheets/sheet{number}.{suffix}", "w", force_zip64=True) as part_file:
                for piece in _sheet(container, sheet, suffix, package, limits):
                    part_file.write(piece)
    return packed.getvalue()


def _numbers(package: ExcelPackage) -> range:
    return range(1, len(package.worksheets) + 1)


def _relations(targets: list[tuple[str, str]]) -> str:
    lines = (
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(lines)}</Relationships>'


def _workbook(package: ExcelPackage) -> bytes:
    if package.format == "xlsb":
        listed = [(sheet.name, f"rId{number}", sheet.state) for number, sheet in enumerate(package.worksheets, 1)]
        return workbook_part_of(listed, counts_from_1904=package.counts_from_1904)
    sheets = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" r:id="rId{number}"'
        + (f' state="{sheet.state}"/>' if sheet.state in _STATES else "/>")
        for number, sheet in enumerate(package.worksheets, 1)
    )
    dates = '<workbookPr date1904="1"/>' if package.counts_from_1904 else ""
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{dates}<sheets>{sheets}</sheets></workbook>'.encode()


def _sheet(
    container: ZipContainer, sheet: Worksheet, suffix: str, package: ExcelPackage, limits: Limits
) -> Iterator[bytes]:
    if sheet.part is None or sheet.part not in container:
        name = sheet.name
        raise damaged(f"工作表“{name}”的内容不在文件里", f"the content of the sheet {name} is not in the file")
    chunks = container.chunks(sheet.part, limits.member_bytes)
    if suffix == "bin":
        return _plain_records(chunks)
    texts = _SharedTexts(container, package.strings, limits)
    return _plain_xml(chunks, _CellWriter(sheet.part, texts, package.facts[sheet.name]))


def _plain_records(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """A binary sheet with a dimension record before its rows, which calamine wants and Excel does without."""
    head = b""
    for chunk in chunks:
        head += chunk
        starts = dict(_starts(head))
        if _BEGIN_SHEET_DATA in starts:
            at = starts[_BEGIN_SHEET_DATA]
            yield head[:at] + (b"" if _DIMENSION in starts else _DIMENSION_RECORD) + head[at:]
            break
    else:
        yield head
    yield from chunks


def _starts(content: bytes) -> Iterator[tuple[int, int]]:
    """Where records start, to the first row or as far as they are whole."""
    with suppress(Refused):
        for kind, _, start, _, _ in records_of([content]):
            yield kind, start
            if kind == _BEGIN_SHEET_DATA:
                return


def _counted_strings(part: bytes) -> bytes:
    """Binary shared strings that say how many they are, which calamine believes and Excel doesn't ask."""
    body = count = 0
    for kind, _, _, _, at in records_of([part]):
        body = body or (at if kind == _BEGIN_STRINGS else 0)
        count += kind == _STRING
    return part[:body] + struct.pack("<II", count, count) + part[body + 8 :] if body else part


class _SharedTexts:
    """The shared strings by their number, read where the first one is asked for."""

    def __init__(self, container: ZipContainer, part: str | None, limits: Limits) -> None:
        self._container, self._part, self._limits = container, part, limits
        self._texts: list[str] | None = None

    def text(self, number: str) -> str | None:
        """The text of that number; None where there is none."""
        if self._texts is None:
            self._texts = self._read()
        place = int(number) if number.isdecimal() and len(number) < 10 else -1
        return self._texts[place] if 0 <= place < len(self._texts) else None

    def _read(self) -> list[str]:
        if self._part is None or self._part not in self._container:
            return []
        texts: list[str] = []
        is_text = False

        def start(tag: str, _: object) -> None:
            nonlocal is_text
            tag = tag.rpartition(":")[2]
            if tag == "si":
                texts.append("")
            is_text = tag == "t"

        def take(text: str) -> None:
            if is_text and texts:
                texts[-1] += text

        def end(_: str) -> None:
            nonlocal is_text
            is_text = False

        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, take, end
        with suppress(*NOT_WELL_FORMED):  # what is whole before the break is known all the same
            parser.Parse(_as_utf8(self._container.read(self._part, self._limits.strings_bytes)), True)
        return texts


def _plain_xml(chunks: Iterator[bytes], writer: _CellWriter) -> Iterator[bytes]:
    yield f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode()
    for chunk in chunks:
        yield writer.take(chunk, last=False)
    yield writer.take(b"", last=True)
    yield b"</sheetData></worksheet>"


class _CellWriter:
    """Reads any sheet XML and writes its cells plainly, at the place the scan counts them at.

    A cell that points to no text is left out and is among the sheet's errors; a row that holds one cell twice is among
    its bad rows, with all it holds.
    """

    def __init__(self, name: str, texts: _SharedTexts, facts: SheetFacts) -> None:
        self._name, self._texts, self._facts = name, texts, facts
        self._rows: set[int] = set()
        self._shown: dict[tuple[int, int], list[str]] = {}
        """What the cells of the row hold, in the order they came; more than one text where a cell came again."""
        self._out: list[str] = []
        self._row, self._column = -1, -1
        self._cell: dict[str, str] | None = None
        self._text: list[str] | None = None
        self._value: str | None = None
        self._inside = self._phonetic = False
        self._expat = expat.ParserCreate()
        self._expat.buffer_text = True
        self._expat.StartDoctypeDeclHandler = self._refuse
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._characters

    def take(self, chunk: bytes, *, last: bool) -> bytes:
        """What this chunk adds to the plain sheet."""
        try:
            self._expat.Parse(chunk, last)
        except NOT_WELL_FORMED as error:
            raise damaged(f"{self._name} 不是完整的 XML", f"{self._name} is not well-formed") from error
        written, self._out = "".join(self._out), []
        return written.encode("utf-8", "replace")

    def _refuse(self, *_: object) -> None:
        raise document_type_refused(self._name)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "sheetData":
            self._inside = True
        elif not self._inside:
            return
        elif tag == "row":
            number = attributes.get("r", "")
            self._row = int(number) - 1 if number.isdecimal() else self._row + 1
            self._column = -1
            if self._row in self._rows:
                raise damaged("同一个行号出现两次", "one row number stands twice")
            self._rows.add(self._row)
            self._shown.clear()
            self._out.append(f'<row r="{self._row + 1}">')
        elif tag == "c":
            position = cell_position(attributes.get("r", "").encode())
            self._row, self._column = position or (self._row, self._column + 1)
            self._cell, self._value = attributes, None
        elif tag in ("rPh", "phoneticPr"):
            self._phonetic = True
        elif tag in ("v", "t") and self._cell is not None and not self._phonetic:
            self._text = []

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "sheetData":
            self._inside = False
        elif tag in ("rPh", "phoneticPr"):
            self._phonetic = False
        elif tag in ("v", "t") and self._text is not None:
            self._value = (self._value or "") + "".join(self._text)
            self._text = None
        elif tag == "c" and self._cell is not None:
            if self._value is not None:
                self._write(self._cell, self._value)
            self._cell = None
        elif tag == "row" and self._inside:
            self._out.append("</row>")
            self._note_cells_twice()

    def _write(self, attributes: dict[str, str], value: str) -> None:
        kind, style = attributes.get("t", "n"), attributes.get("s", "")
        position = (self._row, self._column)
        text = self._texts.text(value) if kind == "s" else value
        if text is None:
            self._facts.errors[position] = f"{LOST_TEXT}（{value}）"
        shown = self._shown.setdefault(position, [])
        shown.append(value if text is None else text)
        if text is None or len(shown) > 1:
            return
        if kind == "e" and value not in _KNOWN_ERRORS:
            value = "#VALUE!"  # A later error; which it was is among the facts.
        elif kind == "inlineStr":
            kind = "str"
        elif kind not in _KINDS:
            kind = "n" if _is_number(value) else "str"
        value = escape(_FORBIDDEN.sub("", value))
        styled = f' s="{style}"' if style.isdecimal() else ""
        place = cell_name(self._row, self._column)
        self._out.append(f'<c r="{place}"{styled} t="{kind}"><v xml:space="preserve">{value}</v></c>')

    def _note_cells_twice(self) -> None:
        twice = {row: True for (row, _), texts in self._shown.items() if len(set(texts)) > 1}
        for row in twice:
            texts = [text for (at, _), shown in self._shown.items() if at == row for text in shown]
            self._facts.bad_rows[row] = (CELL_TWICE, " | ".join(texts))


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return "_" not in value


def _plain_part(content: bytes, kind: str, suffix: str) -> bytes:
    if suffix == "xml":
        return _as_utf8(content)
    return _counted_strings(content) if kind == "sharedStrings" else content


def _as_utf8(content: bytes) -> bytes:
    encoding = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(content[:2])
    if encoding is None:
        return content
    return _DECLARATION.sub(b"", content.decode(encoding, "replace").encode())
