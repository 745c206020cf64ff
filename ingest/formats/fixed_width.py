"""Printed text whose columns stand at the same places in all lines, parted by nothing but spaces, as old systems print lists.

Sure only where every line of three and more parts leaves the same places blank, and each column between them has one name.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby

_MOST_LINES = 20_000
_FEWEST_LINES = 4
_FEWEST_COLUMNS = 3
_NARROWEST_GAP = 2
_GAP = re.compile(r"[ \u3000]{2,}")
_RULE = re.compile(r"[\s\-=_─━═+]+")
_OTHER_MARKS = "|,;，；"
_DIGIT = re.compile(r"\d")


def with_columns_marked(lines: list[str]) -> list[str]:
    """The lines with a tab between their columns, ruled lines blank; the lines themselves where they are no such print."""
    if len(lines) > _MOST_LINES or any("\t" in line for line in lines):
        return lines
    records = [line for line in lines if _is_record(line)]
    if len(records) < _FEWEST_LINES or _are_delimited(records):
        return lines
    for width in (_printed_width, len):
        gaps = _gaps(records, width)
        cut = [_cut(line, gaps, width) for line in records]
        if len(gaps) >= _FEWEST_COLUMNS - 1 and None not in cut and _names_columns(cut[0] or []):
            return [_marked(line, gaps, width) for line in lines]
    return lines


def _is_record(line: str) -> bool:
    return len(_GAP.split(line.strip(" \u3000"))) >= _FEWEST_COLUMNS and not _RULE.fullmatch(line)


def _are_delimited(records: Sequence[str]) -> bool:
    """Whether a mark parts most lines into as many cells: the spaces beside it only make them look tidy."""
    for mark in _OTHER_MARKS:
        (count, often), *_ = Counter(line.count(mark) for line in records).most_common(1)
        if count >= _FEWEST_COLUMNS - 1 and often * 2 > len(records):
            return True
    return False


def _printed_width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _gaps(records: Sequence[str], width: Callable[[str], int]) -> list[range]:
    """The places between columns that no line fills."""
    used: set[int] = set()
    for line in records:
        used.update(_places(line, width))
    blank = sorted(set(range(min(used), max(used))) - used)
    runs = (list(run) for _, run in groupby(enumerate(blank), key=lambda item: item[1] - item[0]))
    return [range(run[0][1], run[-1][1] + 1) for run in runs if len(run) >= _NARROWEST_GAP]


def _places(line: str, width: Callable[[str], int]) -> set[int]:
    """The places that the parts of a line fill, single spaces within them too."""
    filled: set[int] = set()
    for part in re.finditer(r"\S+(?: \S+)*", line):
        start = width(line[: part.start()])
        filled.update(range(start, start + width(part[0])))
    return filled


def _cut(line: str, gaps: Sequence[range], width: Callable[[str], int]) -> list[str] | None:
    """The line's cells; None where it fills a place between columns."""
    filled = _places(line, width)
    if any(not filled.isdisjoint(gap) for gap in gaps):
        return None
    cells = [""] * (len(gaps) + 1)
    at = place = 0
    for char in line:
        while at < len(gaps) and place >= gaps[at].stop:
            at += 1
        cells[at] += char
        place += width(char)
    return [cell.strip(" \u3000") for cell in cells]


def _names_columns(header: Sequence[str]) -> bool:
    """Whether each column has a name of one part, none a figure."""
    return all(cell and not _GAP.search(cell) and not _DIGIT.match(cell) for cell in header)


def _marked(line: str, gaps: Sequence[range], width: Callable[[str], int]) -> str:
    if not line.strip() or _RULE.fullmatch(line):
        return ""
    cells = _cut(line, gaps, width)
    return line.strip(" \u3000") if cells is None else "\t".join(cells)
