"""What stands in the column of a project's name and is none: a figure, an amount, a date, yes or no, a formula's error.

Such cells come from columns that slipped by one and from formulas that lost their source. A project of that name would be
counted, so the row is rejected.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.columns.neighbour_words import says
from ingest.ledgers.ledger_types import RowReason
from ingest.values.cell_text import squeeze
from ingest.values.units import alternation
from ingest.wording_registry import unit_words

_LONGEST, _LONGEST_WORD = 32, 8
_ERROR = re.compile(r"#(?:n/?a|ref!?|value!?|div/0!?|name[?？]?|null!?|num!?|error!?|spill!?|calc!?|#+)")
# The statutory code of a project that slipped into the column of its name.
_CODE = re.compile(r"\d{4}-\d{6}-\d{2}-\d{2}-\d{6}")
_DATE = re.compile(
    r"(?:\d{4}|\d{2})[-/.年]\d{1,2}(?:[-/.月](?:\d{1,2}[日号]?)?)?(?:[t ]?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?(?:\+\d{2}:\d{2}|z)?"
    r"|(?:\d{4}|\d{2})年(?:度|底|初)?|\d{1,2}月(?:份|底|初|\d{1,2}[日号]?)?|\d{1,2}[日号]|\d{1,2}:\d{2}(?::\d{2})?"
)


def why_no_name(name: str, column: str, raw: str) -> RowReason | None:
    """Why a cell names no project; None where it may."""
    if len(name) > _LONGEST or _begins_as_a_name(name) or not (text := squeeze(name)):
        return None
    if _ERROR.fullmatch(text):
        message = (
            f"项目名称是公式错误值 {raw}；请修正公式后重报。 "
            f"The project's name is a formula error ({raw}); mend the formula and send again."
        )
        return RowReason("cell_error", column, raw, message)
    if not (_DATE.fullmatch(text) or _CODE.fullmatch(text) or _figure().fullmatch(text) or says("no_name", text)):
        return None
    message = (
        f"“{raw}”是数字、日期或是否，不是项目名称；请核对这一行是否错列，填上名称后重报。 "
        f"{raw!r} is a figure, a date or a yes or no, no project's name; check whether the row slipped by a column, "
        "fill the name in and send again."
    )
    return RowReason("project_name_no_name", column, raw, message)


def _begins_as_a_name(name: str) -> bool:
    """The common case, decided quickly: longer than any yes or no, and begun neither by a figure nor by a unit."""
    return len(name) > _LONGEST_WORD and name[0].isalpha() and name[0].casefold() not in _first_of_units()


@cache
def _first_of_units() -> frozenset[str]:
    return frozenset({"约", *(squeeze(word.word)[0] for word in unit_words())})


@cache
def _figure() -> re.Pattern[str]:
    units = alternation([squeeze(word.word) for word in unit_words()])
    return re.compile(rf"[-+~≈约]?(?:{units})*\d[\d.,]*(?:e[-+]?\d+)?(?:{units})*")
