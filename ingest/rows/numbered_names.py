"""Names that carry the list's running number (`1.甲项目`, `（2）乙项目`), where no column of its own does.

Next month the number is another and the project the same. Only names numbered one after another without a gap, all of
them, are taken for such a list; below each heading they may begin again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.columns.neighbour_words import says
from ingest.formats.sheet import CellValue
from ingest.ledgers.ledger_types import TableReading
from ingest.rows.row_families import is_phase
from ingest.rows.row_types import PARENT_LEVEL, GroupRow

_NUMBER = re.compile(
    r"\s*(?:(?P<dotted>\d{1,3})[、.．](?!\d)|[(（](?P<bracketed>\d{1,3})[)）][、.．]?|(?P<half>\d{1,3})[)）]"
    r"|(?P<circled>[①-⑳]))\s*(?=\S{2})"
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_OF_WHICH = re.compile(r"^\s*其中\s*[：:]\s*")
_MARK = re.compile(
    r"^\s*(?:[—–─·•]{1,2}|-)\s*(?=[一-鿿]{2})|^\s*[★☆▲△●◆◇■□※*＊]+\s*(?=\S{2})|(?<=\S{2})\s*[★☆▲△※*＊]+\s*$"
)
_MARKS = frozenset("—–─·•-★☆▲△●◆◇■□※*＊")
# A name ends with 项目 where only a new line or a full stop parts it from what is built.
_CONTENT = re.compile(
    r"\s*(?P<name>[^：:。\n]{4,40}?)\s*(?:[：:]|(?<=项目)[。\n]|(?<=工程)[。\n])\s*(?P<content>.{4,})$", re.DOTALL
)
_FIRST_LINE = re.compile(r"\s*(?P<name>[^：:。\n]{4,40}?)\s*\n\s*(?P<content>.{4,})$", re.DOTALL)
_PARTIES = frozenset({"investor_name", "project_company"})
_IN_BRACKETS = re.compile("[(（]([^()（）]{2,40}(?:[(（][^()（）]+[)）])?[^()（）]{0,12})[)）]")
_MOST = 0.8
_FEWEST = 3
_LEAST_EACH = 2


def part_numbers_from_names(reading: TableReading) -> None:
    """Take the running numbers off the names and into `sequence_no`."""
    column = next((one for one in reading.columns if one.meaning.field == "project_name"), None)
    if column is None or any(one.meaning.field == "sequence_no" for one in reading.columns):
        return
    first = next((value for value in column.cells if value is not None), None)
    if not isinstance(first, str) or _NUMBER.match(first) is None:
        return
    found = [_parted(name) if isinstance(name, str) else None for name in column.cells]
    told = [one for one, name in zip(found, column.cells, strict=True) if name is not None]
    if len(told) < _FEWEST or None in told or len({one[0] for one in told if one}) != 1:
        return
    numbers = [one[1] for one in told if one]
    follows = all(number in (1, before + 1) for before, number in zip([0, *numbers], numbers, strict=False))
    if not follows or numbers.count(1) * _LEAST_EACH > len(numbers):
        return
    column.to_type = [one[2] if one else name for one, name in zip(found, column.cells, strict=True)]
    reading.fields["sequence_no"] = [str(one[1]) if one else None for one in found]


def names_without_of_which(reading: TableReading) -> None:
    """其中：甲项目, the first of the projects below a town's line, is called 甲项目."""
    column = next((one for one in reading.columns if one.meaning.field == "project_name"), None)
    if column is not None and any(isinstance(name, str) and _OF_WHICH.match(name) for name in column.cells):
        column.to_type = [_OF_WHICH.sub("", name) if isinstance(name, str) else name for name in column.cells]


def names_without_marks(reading: TableReading) -> None:
    """★甲项目, 乙项目▲, —丙项目: the mark says which of the list's projects this is (重点, 新增) or below what it stands, and is
    none of its name.
    """
    column = next((one for one in reading.columns if one.meaning.field == "project_name"), None)
    if column is not None and any(isinstance(name, str) and not _MARKS.isdisjoint(name) for name in column.cells):
        column.to_type = [_MARK.sub("", name) if isinstance(name, str) else name for name in column.cells]


def parties_without_brackets(reading: TableReading) -> None:
    """（甲科技有限公司） below the project's name is 甲科技有限公司, where all of the column's cells are dressed so."""
    for column in reading.columns:
        texts = [cell for cell in column.cells if cell is not None]
        if column.meaning.field in _PARTIES and texts and column.to_type is None:
            inner = [_IN_BRACKETS.fullmatch(cell.strip()) if isinstance(cell, str) else None for cell in column.cells]
            if sum(one is not None for one in inner) == len(texts):
                column.to_type = [one[1] if one is not None else None for one in inner]


def contents_from_names(reading: TableReading) -> None:
    """甲项目：年产…, below 项目名称及主要建设内容: what stands behind the colon is what is built."""
    column = next((one for one in reading.columns if one.meaning.field == "project_name"), None)
    told = any(one.meaning.field == "project_content" for one in reading.columns)
    if column is None or told or not says("names_with_contents", column.meaning.header):
        return
    names = [name for name in column.cells if name is not None]
    found = [_name_and_content(name) for name in column.cells]
    if sum(one is not None for one in found) < _MOST * len(names) or not names:
        return
    if all(_is_parted_by_line(name) for name, one in zip(column.cells, found, strict=True) if one is not None):
        # 甲生产基地 above what is built there: the others show that a new line parts the two.
        found = [one or _first_line_and_rest(name) for one, name in zip(found, column.cells, strict=True)]
    column.to_type = [one[0] if one else name for one, name in zip(found, column.cells, strict=True)]
    reading.fields["project_content"] = [one[1] if one else None for one in found]


def _name_and_content(cell: CellValue) -> tuple[str, str] | None:
    match = _CONTENT.match(cell) if isinstance(cell, str) else None
    return (match["name"].strip(), match["content"].strip()) if match is not None else None


def _is_parted_by_line(cell: CellValue) -> bool:
    return _first_line_and_rest(cell) == _name_and_content(cell)


def _first_line_and_rest(cell: CellValue) -> tuple[str, str] | None:
    match = _FIRST_LINE.match(cell) if isinstance(cell, str) else None
    return (match["name"].strip(), match["content"].strip()) if match is not None else None


def names_of_phases(reading: TableReading, groups: Sequence[tuple[GroupRow, ...]]) -> None:
    """Phases that count below their project's row are called after it (`甲产业园项目一期`): of the phases called 一期 in a
    county's ledgers no two are one project.
    """
    column = next((one for one in reading.columns if one.meaning.field == "project_name"), None)
    if column is None:
        return
    names = list(column.cells)
    for position, (name, stack) in enumerate(zip(column.cells, groups, strict=True)):
        if isinstance(name, str) and stack and stack[-1].level == PARENT_LEVEL and is_phase(name):
            names[position] = f"{stack[-1].label}{_OF_WHICH.sub('', name).strip()}"
    if names != list(column.cells):
        column.to_type = names


def _parted(name: str) -> tuple[str, int, str] | None:
    """Dress, number and what follows it."""
    match = _NUMBER.match(name)
    if match is None or match.lastgroup is None:
        return None
    text = match[match.lastgroup]
    return match.lastgroup, _CIRCLED.index(text) + 1 if text in _CIRCLED else int(text), name[match.end() :]
