"""Names that carry the list's running number (`1.甲项目`, `（2）乙项目`), where no column of its own does.

Next month the number is another and the project the same. Only names numbered one after another without a gap, all of
them, are taken for such a list; below each heading they may begin again.
"""

from __future__ import annotations

import re

from ingest.ledgers.ledger_types import TableReading

_NUMBER = re.compile(
    r"\s*(?:(?P<dotted>\d{1,3})[、.．](?!\d)|[(（](?P<bracketed>\d{1,3})[)）][、.．]?|(?P<half>\d{1,3})[)）]"
    r"|(?P<circled>[①-⑳]))\s*(?=\S{2})"
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_OF_WHICH = re.compile(r"^\s*其中\s*[：:]\s*")
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


def _parted(name: str) -> tuple[str, int, str] | None:
    """Dress, number and what follows it."""
    match = _NUMBER.match(name)
    if match is None or match.lastgroup is None:
        return None
    text = match[match.lastgroup]
    return match.lastgroup, _CIRCLED.index(text) + 1 if text in _CIRCLED else int(text), name[match.end() :]
