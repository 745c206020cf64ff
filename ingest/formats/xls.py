"""BIFF5 and BIFF8 (.xls, and the .et of WPS): what a workbook stream says beside its values."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.formats.number_formats import number_shown
from ingest.formats.ole import CompoundFile, compound_of
from ingest.formats.sheet import Merge
from ingest.formats.sheet_facts import SheetFacts
from ingest.formats.xlsx import date_precision, shows_percent
from ingest.formats.xlsx_sheet import CellStyles
from ingest.limits import Limits
from ingest.refused import damaged, encrypted, not_a_table

_EOF, _FILEPASS, _BOUNDSHEET, _FORMAT, _XF, _DATE1904 = 0x0A, 0x2F, 0x85, 0x41E, 0xE0, 0x22
_BOF, _BOF_OLDER = 0x809, (0x009, 0x209, 0x409)
_ROW, _COLINFO, _MERGED, _BOOLERR, _FORMULA = 0x208, 0x7D, 0xE5, 0x205, 0x06
_MULRK, _DIMENSIONS = 0xBD, 0x200
_SANE_AREA, _MOST_ROWS, _MOST_COLUMNS = 1_000_000, 65_536, 256
_STREAMS = ("Workbook", "Book")
_SINGLE_CELLS = frozenset({0x203, 0x204, 0xFD, 0x27E, 0xD6, _BOOLERR, _FORMULA, 0x206, 0x406})
_BIFF8 = 0x600
_CELLS_AT_ONCE, _CELLS_A_PART = 400_000, 100_000
_ERRORS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
    43: "#GETTING_DATA",
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Cells of a sheet that stand together in the stream: all of some rows. `stop` is the row after the last, `end` likewise."""

    sheet: int
    start_row: int
    stop_row: int
    begin: int
    end: int


@dataclass(slots=True)
class XlsFacts:
    """What the workbook stream says; sheets in the order of the workbook.

    `data` is the file to read the values from: the given one, or one with sane dimensions where a sheet declares absurd
    ones, for which calamine would allocate.
    """

    data: bytes = b""
    sheets: list[SheetFacts] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    """What to read one after another where the file is too large to be read at once (`parts_of`), in the order of the stream;
    else empty."""


def parts_of(found: XlsFacts) -> Iterator[tuple[Stretch, bytes]]:
    """The file once for each stretch, without the cells of the others: calamine holds every cell of a file twice over."""
    compound = CompoundFile(found.data)
    stream = compound.stream(*_STREAMS) or b""
    held = {name.lower() for name in compound.names()}
    name = next((name for name in _STREAMS if name.lower() in held), _STREAMS[0])
    places = {
        at: struct.unpack_from("<I", stream, at)[0]
        for kind, at, length in _records(stream, 0)
        if kind == _BOUNDSHEET and length >= 6 and at < found.stretches[0].begin
    }
    for stretch in found.stretches:
        others = [other for other in found.stretches if other != stretch]
        ends = [0, *(other.end for other in others)]
        begins = [*(other.begin for other in others), len(stream)]
        part = bytearray(b"".join(stream[end:begin] for end, begin in zip(ends, begins, strict=True)))
        for at, place in places.items():
            gone = sum(other.end - other.begin for other in others if other.end <= place)
            struct.pack_into("<I", part, at, place - gone)
        yield stretch, compound_of(name, bytes(part))


def scan_xls(data: bytes, limits: Limits) -> XlsFacts:
    """Scan the workbook stream of a compound file.

    Raises:
        Refused: `encrypted`, `truncated`, `too_large`, `not_a_table` (another Office document).
    """
    compound = CompoundFile(data)
    names = {name.lower() for name in compound.names()}
    if "encryptedpackage" in names or "encryptioninfo" in names:
        raise encrypted()
    stream = compound.stream(*_STREAMS)
    if stream is None and compound.is_directory_cut:
        raise damaged("复合文档的目录不完整", "the directory of the compound file is cut off")
    if stream is None:
        raise _other_document(names)
    dimensions: dict[int, int] = {}
    facts = _scan_stream(stream, limits, dimensions)
    facts.data = compound.with_bytes(_STREAMS, dimensions) if dimensions else data
    if "_vba_project_cur" in names or "_vba_project" in names:
        facts.remarks.append("文件含宏，未运行 the file holds a macro, which was not run")
    return facts


def _other_document(names: set[str]) -> Exception:
    for stream, chinese, english in (
        ("worddocument", "这是 Word 文档", "it is a Word document"),
        ("powerpoint document", "这是演示文稿", "it is a presentation"),
        ("wpsdocument", "这是 WPS 文字文档", "it is a WPS Writer document"),
    ):
        if stream in names:
            return not_a_table(chinese, english)
    return not_a_table("复合文档里没有工作簿", "a compound file without a workbook")


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Records from `start`: (type, offset of its body, length of its body)."""
    at, end, unpack = start, len(stream), struct.Struct("<HH").unpack_from
    while at + 4 <= end:
        kind, length = unpack(stream, at)
        if at + 4 + length > end:
            raise damaged("工作簿数据流提前结束", "the workbook stream ends early")
        yield kind, at + 4, length
        at += 4 + length


def _scan_stream(stream: bytes, limits: Limits, dimensions: dict[int, int]) -> XlsFacts:
    version = 0
    starts: list[int] = []
    formats: dict[int, str] = {}
    styles: list[tuple[int, int]] = []
    counts_from_1904 = False
    for kind, at, length in _records(stream, 0):
        if kind in (_BOF, *_BOF_OLDER) and not version:
            version = struct.unpack_from("<H", stream, at)[0] if length >= 2 else 0
        elif kind == _FILEPASS:
            raise encrypted()
        elif kind == _BOUNDSHEET and length >= 6:
            starts.append(struct.unpack_from("<I", stream, at)[0])
        elif kind == _DATE1904 and length >= 2:
            counts_from_1904 = stream[at] == 1
        elif kind == _FORMAT and length > 3:
            formats[struct.unpack_from("<H", stream, at)[0]] = _format_code(stream[at : at + length], version)
        elif kind == _XF and length >= 8:
            number_format = struct.unpack_from("<H", stream, at + 2)[0]
            styles.append((number_format, stream[at + 8] & 0x0F if version == _BIFF8 and length > 8 else 0))
        elif kind == _EOF:
            break
    cell_styles = _cell_styles(styles, formats)
    facts = XlsFacts()
    stretches: list[Stretch] = []
    for start in starts[: limits.sheets]:
        cuts: list[tuple[int, int]] = []
        sheet = _scan_sheet(stream, start, cell_styles, dimensions, cuts)
        sheet.check_span(limits)
        sheet.counts_from_1904 = counts_from_1904
        stretches += [
            Stretch(len(facts.sheets), row, next_row, begin, end)
            for (row, begin), (next_row, end) in pairwise(cuts)
            if row < next_row
        ]
        facts.sheets.append(sheet)
    if version == _BIFF8 and len(stretches) > 1 and sum(sheet.cells for sheet in facts.sheets) > _CELLS_AT_ONCE:
        facts.stretches = sorted(stretches, key=lambda stretch: stretch.begin)
    return facts


def _cell_styles(styles: Sequence[tuple[int, int]], formats: Mapping[int, str]) -> CellStyles:
    """What the styles of cells show, by their number: each has a number format and an indent."""
    percents = {n for n, (f, _) in enumerate(styles) if shows_percent(str(f), formats.get(f))}
    indents = {n: indent for n, (_, indent) in enumerate(styles) if indent}
    shown = {n: date_precision(str(f), formats.get(f)) for n, (f, _) in enumerate(styles)}
    dates = {n: precision for n, precision in shown.items() if precision}
    numbers = {n: found for n, (f, _) in enumerate(styles) if (found := number_shown(formats.get(f)))}
    return CellStyles(frozenset(percents), indents, dates, numbers)


def _format_code(record: bytes, version: int) -> str:
    if version == _BIFF8 and len(record) >= 5:
        wide = record[4] & 1
        return record[5:].decode("utf-16-le" if wide else "latin-1", "replace")
    return record[3:].decode("latin-1")


def _scan_sheet(
    stream: bytes, start: int, styles: CellStyles, dimensions: dict[int, int], cuts: list[tuple[int, int]]
) -> SheetFacts:
    """What a sheet says. `cuts` takes where it may be cut: rows with the offsets their cells begin at, and its end.

    Where rows don't follow one another, it may be cut nowhere but at its ends.
    """
    facts = SheetFacts()
    current, counted, follow = -1, 0, True
    percents, indents, dates = styles.percents, styles.indents or {}, styles.dates or {}
    numbers = styles.numbers or {}
    depth = 0
    place = struct.Struct("<HHH").unpack_from
    for kind, at, length in _records(stream, start):
        if kind in _SINGLE_CELLS and length >= 6:
            row, column, style = place(stream, at)
            if row != current:
                follow = follow and row > current
                if not cuts or facts.cells - counted >= _CELLS_A_PART:
                    cuts.append((row, at - 4))
                    counted = facts.cells
                current = row
            facts.count(row, column)
            if style in percents:
                facts.percents.add((row, column))
            if style in indents:
                facts.indents[row, column] = indents[style]
            if style in dates:
                facts.date_precisions[row, column] = dates[style]
            if style in numbers:
                facts.numbers_shown[row, column] = numbers[style]
            if kind in (_BOOLERR, _FORMULA):
                _take_error(facts, stream, kind, at, length, (row, column))
        elif kind == _MULRK and length >= 6:
            row = struct.unpack_from("<H", stream, at)[0]
            if row != current:
                follow = follow and row > current
                if not cuts:
                    cuts.append((row, at - 4))
                current = row
            _take_many(facts, stream, at, length, styles)
        elif kind == _ROW and length >= 16:
            if stream[at + 12] & 0x20:
                facts.hidden_rows.add(struct.unpack_from("<H", stream, at)[0])
        elif kind == _COLINFO and length >= 10:
            first, last, _, _, options = struct.unpack_from("<5H", stream, at)
            if options & 1:
                facts.hidden_columns.append((first, last))
        elif kind == _MERGED and length >= 2:
            _take_merges(facts, stream, at, length)
        elif kind == _DIMENSIONS:
            dimensions.update(_absurd_dimensions(stream, at, length))
        elif kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                if cuts:
                    cuts[:] = [*(cuts if follow else [(0, cuts[0][1])]), (facts.last_row + 1, at - 4)]
                return facts
    raise damaged("工作表没有结束标记", "a sheet has no end")


def _absurd_dimensions(stream: bytes, at: int, length: int) -> dict[int, int]:
    """What to change where the declared extent is beyond any sheet: all of it to zero. {offset: byte}"""
    layout = {14: "<IIHH", 10: "<HHHH"}.get(length)
    if layout is None:
        return dict.fromkeys(range(at, at + length), 0)
    first_row, last_row, first_column, last_column = struct.unpack_from(layout, stream, at)
    sane = first_row <= last_row <= _MOST_ROWS and first_column <= last_column <= _MOST_COLUMNS
    if sane and (last_row - first_row) * (last_column - first_column) <= _SANE_AREA:
        return {}
    return dict.fromkeys(range(at, at + length - 2), 0)


def _take_many(facts: SheetFacts, stream: bytes, at: int, length: int, styles: CellStyles) -> None:
    percents, dates, numbers = styles.percents, styles.dates or {}, styles.numbers or {}
    row, first = struct.unpack_from("<HH", stream, at)
    for offset in range((length - 6) // 6):
        facts.count(row, first + offset)
        if not percents and not dates and not numbers:
            continue
        style = struct.unpack_from("<H", stream, at + 4 + 6 * offset)[0]
        if style in percents:
            facts.percents.add((row, first + offset))
        elif style in dates:
            facts.date_precisions[row, first + offset] = dates[style]
        elif style in numbers:
            facts.numbers_shown[row, first + offset] = numbers[style]


def _take_error(facts: SheetFacts, stream: bytes, kind: int, at: int, length: int, place: tuple[int, int]) -> None:
    if kind == _BOOLERR and length >= 8 and stream[at + 7] == 1:
        facts.errors[place] = _ERRORS.get(stream[at + 6], "#ERROR")
    elif kind == _FORMULA and length >= 14 and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2:
        facts.errors[place] = _ERRORS.get(stream[at + 8], "#ERROR")


def _take_merges(facts: SheetFacts, stream: bytes, at: int, length: int) -> None:
    count = min(struct.unpack_from("<H", stream, at)[0], (length - 2) // 8)
    for number in range(count):
        top, bottom, left, right = struct.unpack_from("<4H", stream, at + 2 + 8 * number)
        if (top, left) != (bottom, right):
            facts.merges.append(Merge(top, left, bottom, right))
