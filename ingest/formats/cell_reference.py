"""`AB12` ↔ (row, column), 0-based, from the bytes of a sheet."""

from __future__ import annotations

from functools import cache

from ingest.formats.sheet import Merge

_LAST_ROW = 1_048_576


@cache
def column_index(letters: bytes) -> int:
    """`A` → 0, `XFD` → 16383."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + letter - 64
    return index - 1


def cell_position(reference: bytes) -> tuple[int, int] | None:
    """`B3` or `$B$3` → (2, 1); None for anything else."""
    reference = reference.replace(b"$", b"")
    letters = reference.rstrip(b"0123456789")
    digits = reference[len(letters) :]
    if not letters.isalpha() or len(letters) > 3 or not digits or len(digits) > 7 or digits == b"0":
        return None
    return int(digits) - 1, column_index(letters)


def merge_area(reference: bytes) -> Merge | None:
    """`A1:C2` → its corners, `B:D` and `2:4` whole columns and rows; None for a single cell or anything else."""
    first, _, last = reference.replace(b"$", b"").partition(b":")
    if last.isalpha():
        first, last = first + b"1", last + b"%d" % _LAST_ROW
    elif last.isdigit():
        first, last = b"A" + first, b"XFD" + last
    start, end = cell_position(first), cell_position(last)
    if start is None or end is None or start == end:
        return None
    return Merge(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))


def cell_name(row: int, column: int) -> str:
    """(2, 1) → `B3`."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
