"""Cells of returned follow-up workbooks: what was typed, what day it means, and why it could not be used."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.formats.sheet import CellValue, Sheet
from ingest.values.dates import parse_date

_FORMULA = "=…"  # a formula nobody has computed: its text is not known, only that something was typed
_FIRST_DAY = dt.date(2000, 1, 1)
FAR_AHEAD = dt.timedelta(days=366)
# A list is answered within half a year, or by someone who still had last month's at hand.
_BEFORE_ISSUE, _AFTER_ISSUE = dt.timedelta(days=31), dt.timedelta(days=183)
_YEAR_IN_WORDS = re.compile(
    r"(今年|本年|当年|明年|次年)(?:度)?(?=\d{1,2}月|年?[底末内]|第?[一二三四1-4]季度|[上下]半年)"
)
_YEARS_ON = {"明年": 1, "次年": 1}
_END_OF_YEAR = re.compile(r"年(?:[底末](?:之?前)?|内)")
_YEAR_AND_INSIDE = re.compile(r"(\d{4})年?内")
_MONTH_IN_WORDS = re.compile(r"(?:(本|当|这个|下|下个|次)月[底末]?|月[底末])(?:之?前|内)?")
_NEXT_MONTH = ("下", "下个", "次")
_PART_OF_YEAR = re.compile(r"([上下])半年|第?([一二三四1-4])季度|年中")
_MONTH_WITHOUT_YEAR = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月.*|第?[一二三四1-4]季度.*|[上下]半年.*")
_DAY_WITHOUT_YEAR = re.compile(r"(\d{1,2})\s*([月./-])\s*(\d{1,2})\s*[日号]?")

_REASONS = {
    "no_item": "这一行没有事项编号，不知道答复哪一项；请从派发的表中复制编号后重报。 The row has no item number: copy it from the issued workbook and resend.",
    "unknown_state": "办理状态应为：未受理、办理中、已办结、无法办理。 The state must be one of the four in the list.",
    "bad_date": "日期认不出或不合理，请写成 2026-01-31。 The date cannot be read or cannot be true; write 2026-01-31.",
    "no_date": "没有回复日期，也没有派发日期，无法排定先后；请填回复日期。 Neither a reply date nor the day of issue: fill in the reply date.",
    "unknown_column": "这一列不是回复栏，没有采用；请写在回复栏内。 This column is no part of the reply; write it into the reply area.",
    "not_in_a_list": "这一格不在清单的表内，没有采用；请写在回复栏内。 The cell is in none of the lists; write it into the reply area.",
    "no_reason": "填了无法办理，没有写滞后原因，暂不转入退出评估；请补填原因。 Impossible, but no cause: state it for the exit review.",
    "no_state": "写了滞后原因，没有选办理状态，原因已记下，事项状态不变；请选一个状态再报回。 A cause, but no state: the item stays as it was; choose a state.",
    "only_a_date": "只写了回复日期，没有可用的状态、原因、措施等，不作为答复；请补填后重报。 A reply date and nothing said: fill in state, cause or measure.",
    "edited_key": "候选编号与同行的县区、名称、代码、投资方不符，不知是哪一对；请从派发的表中复制整行。 Number and projects differ: copy the issued row.",
    "no_decision": "没有判定结果，没有采用；请在“判定”栏选择。 No decision: choose one in the column 判定.",
    "unknown_decision": "判定应为列表中的一项；拆分、并入、属于要写明方向，如“甲并入乙”。 Choose from the list, with the direction.",
    "no_decider": "没有判定人，判定没有采用；请补填后重报。 Nobody is named who decided: fill in 判定人 and resend.",
    "no_decision_date": "没有判定日期，判定没有采用；请补填，如 2026-01-31。 No day of the decision: fill in 判定日期, such as 2026-01-31.",
    "error_value": "单元格是公式，没有可用的值，请改为文字。 The cell holds a formula without a usable value; type the text.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RejectedCell:
    """A filled cell that could not be used. `row_number` counts from 1, as people see it."""

    sheet: str
    row_number: int
    follow_up_id: str | None
    column_name: str
    raw: str
    reason_code: str

    @property
    def message(self) -> str:
        """The reason in Chinese, then English, with what to do."""
        return _REASONS[self.reason_code]


def filled_cells(sheet: Sheet, row: int) -> dict[int, CellValue]:
    """What stands in a row, by column: a formula without a usable value is something typed, too."""
    filled = {
        place: cell
        for place, cell in enumerate(sheet.rows[row])
        if cell is not None and not (isinstance(cell, str) and not cell.strip())
    }
    errors = {place: text for (at, place), text in sheet.errors.items() if at == row}
    uncached = {place: _FORMULA for at, place in sheet.uncached if at == row}
    return {**filled, **errors, **uncached}


def key_of(known: Mapping[str, tuple[int, CellValue]], name: str) -> str | None:
    """What the row's key cell of that field says, as an id."""
    return squeeze_id(known[name][1]) if name in known else None


def squeeze_id(cell: CellValue) -> str:
    """An id as typed or pasted: no blanks, half-width; a number cell without its fraction. Case is kept."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return re.sub(r"\s+", "", _half_width(str(cell)))


def _half_width(text: str) -> str:
    return "".join(chr(ord(letter) - 0xFEE0) if "！" <= letter <= "～" else letter for letter in text)


def day_of(cell: CellValue) -> dt.date | None:
    """The day; the last day of a month or year where no more is stated."""
    found = parse_date(cell)
    if found.value is None or found.end_value is not None or found.value < _FIRST_DAY:
        return None
    if found.precision == "month":
        return _month_end(found.value.year, found.value.month)
    if found.precision == "year":
        last_month = _last_month(cell) if found.is_approximate else 12
        return _month_end(found.value.year, last_month) if last_month else None
    return found.value


def _last_month(cell: CellValue) -> int | None:
    """The last month of a half or a quarter of a year; None for what ends nobody knows when (年初)."""
    part = _PART_OF_YEAR.search(cell) if isinstance(cell, str) else None
    if part is None:
        return None
    if part[2]:
        return 3 * (int(part[2]) if part[2].isdigit() else "一二三四".index(part[2]) + 1)
    return 12 if part[1] == "下" else 6


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def reply_day(cell: CellValue, issued_on: dt.date | None) -> dt.date | None:
    """The day something was done, as `day_of`; one without a year (4月18日) is the one near the list's own day."""
    if (said := day_of(cell)) is not None or issued_on is None:
        return said
    return _only(
        day
        for year in (issued_on.year - 1, issued_on.year, issued_on.year + 1)
        if (day := _in_year(cell, year)) is not None and -_BEFORE_ISSUE <= day - issued_on <= _AFTER_ISSUE
    )


def due_day(cell: CellValue, issued_on: dt.date | None) -> dt.date | None:
    """The day something is to be done by, as `day_of`; one without a year (12月底) is the next after the list's day.

    It is the year's of the list, and within half a year the next one's; 今年底 and 明年3月 count from the list, too.
    """
    if (said := day_of(cell)) is not None or issued_on is None:
        return said
    if isinstance(cell, str):
        if (month := _MONTH_IN_WORDS.fullmatch(_half_width(cell).strip())) is not None:
            later = issued_on.month % 12 + 1 if month[1] in _NEXT_MONTH else issued_on.month
            return _month_end(issued_on.year + (later < issued_on.month), later)
        if (told := _with_year_told(cell, issued_on.year)) != cell:
            return day_of(told)
    for year in (issued_on.year, issued_on.year + 1):
        day = _in_year(cell, year)
        if day is not None and day >= issued_on and (year == issued_on.year or day - issued_on <= _AFTER_ISSUE):
            return day
    return None


def states_a_day(cell: CellValue) -> bool:
    """Whether a day is written, with or without its year, and not a month or a year alone."""
    if parse_date(cell).precision == "day":
        return True
    return isinstance(cell, str) and _DAY_WITHOUT_YEAR.fullmatch(_half_width(cell).strip()) is not None


def _only(days: Iterable[dt.date]) -> dt.date | None:
    found = list(days)
    return found[0] if len(found) == 1 else None


def _in_year(cell: CellValue, year: int) -> dt.date | None:
    """What a day or month without a year (4月18日, 4.18, 12月底) is in that year; None where it is anything else."""
    if not isinstance(cell, str):
        return None
    text = _half_width(cell).strip()
    if (found := _DAY_WITHOUT_YEAR.fullmatch(text)) is not None:
        return day_of(f"{year}年{found[1]}月{found[3]}日")
    return day_of(f"{year}年{text}") if _MONTH_WITHOUT_YEAR.fullmatch(text) else None


def _with_year_told(text: str, year: int) -> str:
    """今年, 明年 as the year meant; a 年底 that names none is that year's."""
    told = _YEAR_IN_WORDS.sub(lambda found: f"{year + _YEARS_ON.get(found[1], 0)}年", _half_width(text).strip())
    told = f"{year}{told}" if _END_OF_YEAR.fullmatch(told) else told.replace("年年", "年")
    return _YEAR_AND_INSIDE.sub(r"\1年底", told)


def raw_text(cell: CellValue) -> str:
    """The cell as a person would have typed it."""
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)
