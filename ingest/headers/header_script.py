"""Headers in traditional script, as counties with investors from Hong Kong, Macao and Taiwan print them, in simplified,
and headers with a slip of the pen put right (签约时问, 总投姿).

`header_characters.csv` holds the characters, `header_slips.csv` the slips, which no right header contains; only headers and
unit lines are read so: what cells hold stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.fields import WORDING
from ingest.wording_file import read_rows

_FILE = "header_characters.csv"
_SLIPS_FILE = "header_slips.csv"


@cache
def _characters() -> tuple[re.Pattern[str], dict[int, str]]:
    table: dict[int, str] = {}
    for row in read_rows(WORDING / _FILE, ("traditional", "simplified")):
        if len(row["traditional"]) != 1 or len(row["simplified"]) != 1:
            raise row.refuse("每格一个字", "one character in each cell")
        if ord(row["traditional"]) in table:
            raise row.refuse("这个字重复", "the character stands twice")
        table[ord(row["traditional"])] = row["simplified"]
    return re.compile(f"[{''.join(map(chr, table))}]"), table


@cache
def _slips() -> tuple[re.Pattern[str], dict[str, str]]:
    table: dict[str, str] = {}
    for row in read_rows(WORDING / _SLIPS_FILE, ("wrong", "right", "note"), frozenset({"note"})):
        if len(row["wrong"]) != len(row["right"]):
            raise row.refuse("一字误作一字，两格应一样长", "one character for another: both cells are as long")
        if row["wrong"] in table:
            raise row.refuse("这个写法重复", "the wording stands twice")
        table[row["wrong"]] = row["right"]
    return re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True)))), table


def simplified(text: str) -> str:
    """`項目名稱` and `项目名秤` → `项目名称`; a header written rightly in simplified script stays as it is.

    Raises:
        WordingError: a row of the files is wrong.
    """
    if text.isascii():
        return text
    traditional, table = _characters()
    plain = text.translate(table) if traditional.search(text) else text
    wrong, right = _slips()
    return wrong.sub(lambda slip: right[slip.group()], plain)
