"""Headers in traditional script, as counties with investors from Hong Kong, Macao and Taiwan print them, in simplified.

`header_characters.csv` holds the characters; only headers and unit lines are read so: what cells hold stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.fields import WORDING
from ingest.wording_registry import read_rows

_FILE = "header_characters.csv"


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


def simplified(text: str) -> str:
    """`項目名稱` → `项目名称`; text in simplified script stays as it is.

    Raises:
        WordingError: a row of the file is wrong.
    """
    if text.isascii():
        return text
    traditional, table = _characters()
    return text.translate(table) if traditional.search(text) else text
