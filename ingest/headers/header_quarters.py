"""Stories told quarter by quarter or month by month side by side: 一季度进展 | 二季度进展, 进展情况 > 1月, 2月.

Each gets the time that its header says, and the ledger takes the latest that is told (`columns/wide_months.py`); before, the
first quarter's stood for the year, for no other quarter is a time of a figure since January.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.headers.header_column import interpret_column
from ingest.headers.header_text import Period, segment

_TIME = re.compile(r"(?:第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年|(?P<month>1[0-2]|[1-9])月份?)")
_QUARTERS = {sign: number for number, signs in enumerate(("一1", "二2", "三3", "四4"), start=1) for sign in signs}
_OF_HALVES = {"上": (1, 6), "下": (7, 12)}
_LEAST = 2


def read_quarters_told(meanings: list[ColumnMeaning], context: HeaderContext) -> None:
    """Give columns that tell of the progress in several quarters, halves or months their times."""
    told: dict[tuple[str, ...], list[tuple[int, Period]]] = {}
    for index, meaning in enumerate(meanings):
        if meaning.field not in (None, "progress_note") or not meaning.path:
            continue
        *above, leaf = meaning.path
        core = segment(leaf).core
        said = _TIME.match(core)
        if said is not None:
            rest = core[said.end() :]
            told.setdefault((*above, rest) if rest else tuple(above), []).append((index, _period(said)))
    for plain, columns in told.items():
        if not plain:
            continue
        if len({period for _, period in columns}) < _LEAST:
            _read_the_only_quarter(meanings, plain, columns[0][0], context)
            continue
        story = interpret_column(plain, context=context)
        if story.field != "progress_note":
            continue
        for index, period in columns:
            why = "按期并列的进展，取最近一期 progress told time by time: the latest counts"
            meanings[index] = replace(story, path=meanings[index].path, period=period, why=why)


def _read_the_only_quarter(
    meanings: list[ColumnMeaning], plain: tuple[str, ...], index: int, context: HeaderContext
) -> None:
    """二季度进展 where no other column tells the progress: the ledger's own quarter."""
    if meanings[index].field is not None or any(one.field == "progress_note" for one in meanings):
        return
    story = interpret_column(plain, context=context)
    if story.field == "progress_note":
        why = "唯一的进展列，写明是哪一季度 the only progress told, of the quarter named"
        meanings[index] = replace(story, path=meanings[index].path, why=why)


def leave_first_quarter_open(meanings: list[ColumnMeaning]) -> None:
    """一季度 beside 二季度 below one group of amounts is what that quarter alone saw, and not the year since January."""
    quarters: dict[tuple[str, ...], dict[int, int]] = {}
    for index, meaning in enumerate(meanings):
        core = segment(meaning.path[-1]).core if meaning.path else ""
        said = _TIME.match(core)
        if said is not None and said["quarter"]:
            quarters.setdefault((*meaning.path[:-1], core[said.end() :]), {})[_QUARTERS[said["quarter"]]] = index
    for found in quarters.values():
        first = found.get(1)
        if first is not None and len(found) >= _LEAST and meanings[first].value_type.startswith("amount"):
            why = "各季度并列，一季度只是当季数 quarter by quarter: the first alone is not the year to date"
            meanings[first] = replace(
                meanings[first], field=None, value_type="text", match_method="none", match_score=0.0, why=why
            )


def _period(said: re.Match[str]) -> Period:
    if said["quarter"]:
        last = 3 * _QUARTERS[said["quarter"]]
        return Period(None, last - 2, last)
    if said["half"]:
        return Period(None, *_OF_HALVES[said["half"]])
    return Period(None, int(said["month"]), int(said["month"]))
