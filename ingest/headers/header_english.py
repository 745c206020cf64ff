"""Headers in English alone, as export systems and offices for foreign investors print them, read as the Chinese wording that
they say: `Total Investment (RMB 10k)` → `总投资(万元)`.

`header_english.csv` holds the wordings and the units. A name of a machine's own column (`project_name`, `status`) is none.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ingest.fields import WORDING
from ingest.wording_file import read_rows
from ingest.wording_registry import expand

_FILE = "header_english.csv"
_KINDS = ("header", "unit")
_SIGNS = re.compile("[^a-z0-9$]")
_WITH_UNIT = re.compile(r"(?P<words>.+?)\s*(?:\((?P<inside>[^()]*)\)|,\s*(?P<behind>[^,()]+))")
# `Amount: USD million`, `Unit: RMB 10,000  Date: …`
_LABELLED = re.compile(
    r"(?:units?|amounts?|currency)\s*[:：]\s*(?:in\s+)?(?P<unit>[A-Za-z0-9$][A-Za-z0-9$,. ]*)", re.IGNORECASE
)
_ROUND = str.maketrans("（）：，", "():,")


@cache
def _wordings() -> dict[str, dict[str, str]]:
    """Kind → comparable English wording → Chinese wording."""
    found: dict[str, dict[str, str]] = {kind: {} for kind in _KINDS}
    for row in read_rows(WORDING / _FILE, ("kind", "english", "chinese", "note"), frozenset({"note"})):
        table = found[row.one_of("kind", _KINDS)]
        for english in expand(row, "english"):
            if table.setdefault(_key(english), row["chinese"]) != row["chinese"]:
                raise row.refuse(f"「{english}」另有中文写法", f"{english!r} already stands for another wording")
    return found


def _key(text: str) -> str:
    return _SIGNS.sub("", text.lower())


def in_chinese(header: str) -> str | None:
    """The Chinese wording of an English header, with its unit in brackets; None where a part of it is not known.

    Raises:
        WordingError: a row of the file is wrong.
    """
    plain = header.translate(_ROUND).strip()
    if not plain.isascii() or "_" in plain or not (plain[:1].isupper() or " " in plain):
        return None
    if (whole := _wordings()["header"].get(_key(plain))) is not None:
        return whole
    parted = _WITH_UNIT.fullmatch(plain)
    if parted is None:
        return None
    words = _wordings()["header"].get(_key(parted["words"]))
    unit = _wordings()["unit"].get(_key(parted["inside"] or parted["behind"]))
    # Investment (RMB 10k) over columns tells their unit, whatever it says.
    return f"{words or parted['words']}({unit})" if unit else None


@lru_cache(maxsize=1024)
def unit_in_english(line: str) -> str | None:
    """The Chinese wording of the unit that a line states in English (`Amount: USD million`)."""
    if (whole := _wordings()["unit"].get(_key(line))) is not None and line.isascii():
        return whole
    labelled = _LABELLED.search(line)
    words = labelled["unit"].split() if labelled else []
    ends = range(len(words), 0, -1)
    return next((unit for end in ends if (unit := _wordings()["unit"].get(_key("".join(words[:end]))))), None)
