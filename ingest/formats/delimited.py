"""CSV, TSV and their cousins → one sheet of text cells.

A record is a row; its number counts records, so a line break inside quotes does not count. A record that could not be
decoded or split goes into `bad_rows` with its raw text, and takes no neighbour with it.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from ingest.formats.encodings import decode_lines, is_bad, shown
from ingest.formats.fixed_width import with_columns_marked
from ingest.formats.sheet import CellValue, Sheet, Workbook
from ingest.limits import Limits
from ingest.refused import empty, not_a_table, too_large
from ingest.rows.furniture import group_label, label_kind

DELIMITERS = (",", "\t", ";", "|")
RARE_DELIMITERS = ("，", "；", "^", "~", "\x1f", "\x01")
"""Believed only where every line agrees: the first two also stand in prose."""
_SNIFFED_RECORDS = 400
_HEADING_CELLS = 2
_QUOTED_LINES = 200
_QUOTED_CHARACTERS = 1 << 17
_GUARDED = re.compile(r'="([^"]*)"')
_SEPARATOR_LINE = re.compile(r'\s*"?sep=(.)"?\s*', re.IGNORECASE)
_DRAWN = re.compile(r"\s*(?:[┌┍┎┏├┝┞┟┠┡┢┣└┕┖┗╔╠╚╭╰]|\+(?=[-=]))[─━═╌┄┬┼┴┯┿┷┳╋┻╦╬╩┤┐┘╮╯╗╣╝┓┫┛+=\-\s┰┸╂]*")
_BAR = re.compile("[│┃║|]")
_BARRED = re.compile(r"\s*[│┃║|].*[│┃║|]\s*")
_FEWEST_DRAWN = 2
_PROSE = re.compile("[。！？；]")
_PROSE_ENDS = re.compile("[。！？]")
_WIDEST_PROSE = 3
"""A note of one line may well hold two commas."""
_SINGLE_COLUMN_WIDTH = 60

UNDECODABLE, UNCLOSED, MISQUOTED, RAGGED = "undecodable", "unclosed_quote", "misplaced_quote", "ragged"


@dataclass(slots=True)
class _Record:
    fields: list[str]
    raw: str
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class _Dialect:
    delimiter: str
    quote: str
    widths: frozenset[int]
    """Widths that rows of the table have; a record over several lines must have one of them."""


def read_delimited(data: bytes, limits: Limits) -> Workbook:
    """Read delimited text. Every value stays text, as written; `="001"` is Excel's guard and gives `001`.

    Raises:
        Refused: `empty`, `too_large`, or `not_a_table` where no delimiter makes a table of it.
    """
    lines_at_most = max(data.count(b"\n"), data.count(b"\r"))
    if lines_at_most > limits.rows:
        raise too_large(f"{lines_at_most} 行", f"{lines_at_most} lines")
    text = decode_lines(data)
    lines = _without_end_marks(text.lines)
    if not any(line.strip() for line in lines):
        raise empty()
    if max(map(len, lines)) > limits.line_characters:
        raise too_large("一行超过一百万字", "one line of more than a million characters")
    _refuse_json(lines)
    lines = with_columns_marked(_without_frames(lines))
    dialect = _sniff(lines)
    texts: dict[str, str] = {}
    records = []
    for record in _records(lines, dialect):
        # Equal texts are one object, or a large ledger would not fit into memory.
        record.fields = [texts.setdefault(value, value) for value in record.fields]
        records.append(record)
    if _SEPARATOR_LINE.fullmatch(lines[0]):
        records[0] = _Record([lines[0]], lines[0])
    _mark_ragged(records)
    cells = sum(len(record.fields) for record in records)
    if cells > limits.cells:
        raise too_large(f"{cells} 个单元格", f"{cells} cells")
    sheet = Sheet("Sheet1", [_cells(record) for record in records])
    sheet.bad_rows = {n: (r.problem, shown(r.raw)) for n, r in enumerate(records) if r.problem}
    remarks = [_mixed_remark(number) for number in text.mixed_lines]
    return Workbook(_format(dialect.delimiter), [sheet], text.encoding, remarks)


def _format(delimiter: str) -> str:
    return "tsv" if delimiter == "\t" else "csv"


def _mixed_remark(line: int) -> str:
    return f"第{line + 1}行是 UTF-8，其余是 GB18030，已分别读取 line {line + 1} is UTF-8 in a GB18030 file"


def _without_end_marks(lines: list[str]) -> list[str]:
    """Drop what follows the last record: the line end's empty rest and DOS's Ctrl-Z."""
    kept = list(lines)
    if kept:
        kept[-1] = kept[-1].rstrip("\x1a\0")
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _without_frames(lines: list[str]) -> list[str]:
    """Tables that were drawn with lines (┌─┬─┐ above │ 1 │ 甲 │, +---+ above | 1 | 甲 |): the drawn lines are blank, and the
    bars between cells part them.
    """
    drawn = [bool(_DRAWN.fullmatch(line)) for line in lines]
    barred = [not rule and bool(_BARRED.fullmatch(line)) for rule, line in zip(drawn, lines, strict=True)]
    if sum(drawn) < _FEWEST_DRAWN or sum(barred) < _FEWEST_DRAWN:
        return lines
    found = []
    for line, is_rule, has_cells in zip(lines, drawn, barred, strict=True):
        cells = _BAR.split(line.strip())[1:-1] if has_cells else [line]
        found.append("" if is_rule else "|".join(cell.strip() for cell in cells))
    return found


def _cells(record: _Record) -> list[CellValue]:
    """The cells of a record."""
    if record.problem:
        return []
    cells: list[CellValue] = []
    for value in record.fields:
        if value.startswith('="') and (guarded := _GUARDED.fullmatch(value)):
            value = guarded[1]
        cells.append(value if value and not value.isspace() else None)
    while cells and cells[-1] is None:
        cells.pop()
    return cells


# Splitting


def _records(lines: Sequence[str], dialect: _Dialect) -> Iterator[_Record]:
    at = 0
    while at < len(lines):
        record, taken = _record_at(lines, at, dialect)
        yield record
        at += taken


def _record_at(lines: Sequence[str], at: int, dialect: _Dialect) -> tuple[_Record, int]:
    """The record that starts on this line, and how many lines it takes."""
    line = lines[at]
    if dialect.quote not in line:
        fields = line.split(dialect.delimiter) if line else []
        return _Record(fields, line, UNDECODABLE if is_bad(line) else None), 1
    split, problem = _split_quoted(line, dialect)
    taken = 1
    raw = line
    if problem == UNCLOSED:
        joined = _joined(lines, at, dialect)
        if joined:
            split, raw, taken = joined
            problem = None
    if problem is None and is_bad(raw):
        problem = UNDECODABLE
    return _Record(split, raw, problem), taken


def _joined(lines: Sequence[str], at: int, dialect: _Dialect) -> tuple[list[str], str, int] | None:
    """A quoted field may hold line breaks; it must close soon, properly, and give a row of the table's width."""
    raw = lines[at]
    for taken in range(2, _QUOTED_LINES + 2):
        if at + taken > len(lines) or len(raw) > _QUOTED_CHARACTERS:
            return None
        raw = f"{raw}\n{lines[at + taken - 1]}"
        if dialect.quote not in lines[at + taken - 1]:
            continue
        fields, problem = _split_quoted(raw, dialect)
        if problem == MISQUOTED:
            return None
        if problem is None:
            fits = not dialect.widths or _trimmed_width(fields) in dialect.widths or len(fields) in dialect.widths
            return (fields, raw, taken) if fits else None
    return None


def _split_quoted(text: str, dialect: _Dialect) -> tuple[list[str], str | None]:
    escapes = (None, "\\") if "\\" + dialect.quote in text else (None,)
    # `"甲", "乙"`: a space before the quote is none of the cell's.
    spaced = (True, False) if f"{dialect.delimiter} {dialect.quote}" in text else (False,)
    for escape, skips in product(escapes, spaced):
        reader = csv.reader(
            text.splitlines(keepends=True) if "\n" in text else (text,),
            delimiter=dialect.delimiter,
            quotechar=dialect.quote,
            escapechar=escape,
            skipinitialspace=skips,
            strict=True,
        )
        try:
            rows = list(reader)
        except csv.Error as error:
            problem = UNCLOSED if "unexpected end" in str(error) else MISQUOTED
            continue
        if len(rows) == 1:
            return rows[0], None
        problem = MISQUOTED
    return [], problem


# Sniffing


def _sniff(lines: Sequence[str]) -> _Dialect:
    """The delimiter under which most records have the same number of columns, wide ones first."""
    if declared := _SEPARATOR_LINE.fullmatch(lines[0]):
        return _with_widths(lines, declared[1], '"')
    sample = [line for line in lines if line.strip()][:_SNIFFED_RECORDS]
    best, best_score = "", 0.0
    for delimiter in DELIMITERS + RARE_DELIMITERS:
        if not any(delimiter in line for line in sample):
            continue
        share, width = _regularity(sample, delimiter)
        believed = width > 1 and (delimiter in DELIMITERS or (share == 1 and width > 2 and len(sample) > 2))
        score = share * (1 - 1 / max(width, 1))
        if believed and score > best_score:
            best, best_score = delimiter, score
    if not best:
        _insist_on_single_column(sample)
        best = ","
    return _with_widths(lines, best, _quote_of(sample))


def _regularity(sample: Sequence[str], delimiter: str) -> tuple[float, int]:
    """The share of records that have the usual width under this delimiter, and that width."""
    dialect = _Dialect(delimiter, _quote_of(sample), frozenset())
    widths = Counter(len(record.fields) for record in _records(sample, dialect) if not record.problem)
    width, count = max(widths.items(), key=lambda item: (item[1] * (1 - 1 / max(item[0], 1)), item[0]), default=(0, 0))
    if count < 2 and len(sample) > 2:
        return 0.0, 0
    return count / max(1, sum(widths.values())), width


def _with_widths(lines: Sequence[str], delimiter: str, quote: str) -> _Dialect:
    open_dialect = _Dialect(delimiter, quote, frozenset())
    sample = lines[: 4 * _SNIFFED_RECORDS]
    widths = Counter(len(record.fields) for record in _records(sample, open_dialect) if not record.problem)
    common = frozenset(width for width, count in widths.items() if count > 1 and width > 1)
    return _Dialect(delimiter, quote, common)


def _quote_of(sample: Sequence[str]) -> str:
    """Double quotes, unless there are none and most lines begin and end with single ones."""
    if any('"' in line for line in sample):
        return '"'
    single = sum(len(line) > 1 and line.startswith("'") and line.endswith("'") for line in sample)
    return "'" if single * 2 > len(sample) else '"'


def _refuse_json(lines: Sequence[str]) -> None:
    """Program data has commas too."""
    first = next(line for line in lines if line.strip()).strip()
    if first[0] not in "{[":
        return
    for text in (first, "\n".join(lines)):
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            continue
        raise not_a_table("是 JSON 数据", "it is JSON")


def _insist_on_single_column(sample: Sequence[str]) -> None:
    if any(len(line) > _SINGLE_COLUMN_WIDTH or _PROSE.search(line) for line in sample) or len(sample) < 2:
        raise not_a_table("文本中没有分隔符，不成列", "text without columns")


# Ragged rows


def _mark_ragged(records: list[_Record]) -> None:
    """A row with more or fewer cells than its table: nobody can say which cell is missing, so it is turned away.

    Kept are lines above the table and lines with one cell only: titles, units, notes, groups (unless another delimiter
    makes a whole record of that cell); also `一 | 在建项目`, notes,
    signatures and totals. A block between blank
    lines whose rows agree on another width is a table of its own.
    """
    _cut_blank_columns(records)
    overall = _usual_width(records)
    if overall < 2:
        return
    seen_full = False
    for block in _blocks(records):
        width = _block_width(block, overall)
        for record in block:
            if not record.problem:
                seen_full = _mark_record(record, width, seen_full=seen_full) or seen_full


def _cut_blank_columns(records: list[_Record]) -> None:
    """Blank cells behind the last column that any record fills are no cells of the table: most lines may have them,
    others not.
    """
    last = max((_trimmed_width(record.fields) for record in records if not record.problem), default=0)
    for record in records:
        if len(record.fields) > last > 0 and not record.problem:
            record.fields = record.fields[:last]


def _mark_record(record: _Record, width: int, *, seen_full: bool) -> bool:
    """Mark a record that does not fit its table; returns whether it is a full one, after which only notes may differ."""
    have, trimmed = len(record.fields), _trimmed_width(record.fields)
    # A title with a word at its end is no record: the header below it may be short.
    is_full = sum(1 for field in record.fields if field.strip()) * 2 >= width
    if seen_full and have == 1 and _is_unsplit(record.fields[0], width):
        record.problem = RAGGED
        return False
    if have == width:
        return is_full
    if have > width and trimmed <= width:
        return is_full and trimmed == width
    if trimmed > 1 and (seen_full or have > width) and not _heads_or_totals(record.fields, width):
        if _is_note(record.fields):
            record.fields = [record.raw]  # a sentence with commas, cut at them
        else:
            record.problem = RAGGED
    return False


def _is_unsplit(text: str, width: int) -> bool:
    """Whether one text is a whole record: written by hand with another delimiter, or in quotes from end to end."""
    if width <= _WIDEST_PROSE or label_kind(text) is not None:
        return False
    for delimiter in (*DELIMITERS, "，", "；"):
        if text.count(delimiter) == width - 1:
            filled = sum(1 for part in text.split(delimiter) if part.strip())
            return filled * 2 >= width and (delimiter in DELIMITERS or not _PROSE_ENDS.search(text))
    return False


def _heads_or_totals(fields: Sequence[str], width: int) -> bool:
    """Whether two texts are a numbered heading or sign a table, or a line is a total: no cell of a record can be missing.
    The figures of a total whose trailing delimiters were left out stand where they stand.
    """
    texts = [text for field in fields if (text := field.strip())]
    kind = label_kind(texts[0])
    if kind in {"total", "subtotal"} and _trimmed_width(fields) < width:
        return True
    if len(texts) > _HEADING_CELLS or any(text[0].isdecimal() for text in texts):
        return False
    label = group_label(texts[0])
    return kind in {"note", "signature"} or (label is not None and label.level <= _HEADING_CELLS)


def _is_note(fields: Sequence[str]) -> bool:
    return label_kind(next(text for field in fields if (text := field.strip()))) in {"note", "signature"}


def _usual_width(records: list[_Record]) -> int:
    widths = Counter(len(record.fields) for record in records if not record.problem and len(record.fields) > 1)
    return max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0]


def _block_width(block: list[_Record], overall: int) -> int:
    widths = Counter(len(record.fields) for record in block if not record.problem and len(record.fields) > 1)
    if overall in widths or not widths:
        return overall
    width, count = widths.most_common(1)[0]
    return width if count > 1 and len(widths) == 1 else overall


def _blocks(records: list[_Record]) -> Iterator[list[_Record]]:
    block: list[_Record] = []
    for record in records:
        if record.problem or _trimmed_width(record.fields) > 0:
            block.append(record)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _trimmed_width(fields: Sequence[str]) -> int:
    width = len(fields)
    while width and not fields[width - 1].strip():
        width -= 1
    return width
