"""Sheets of one workbook that report several months (`5月`, `6月`): the latest tells the state, earlier ones repeat it.

Sheets of months that list each month's own projects (new signings) repeat nothing, and all of them count.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from ingest.ledgers.ledger_types import LedgerReading, SheetReading
from ingest.ledgers.report_date import report_date
from ingest.rows.months_of_rows import EARLIER_MONTH
from ingest.values.printed import compact

_REPEATED = 0.5
_DIGITS = re.compile(r"[\d〇零一二三四五六七八九十]+")
_PLANNED = re.compile("计划|拟|预计|下月")
_ANY_YEAR = "2000年"


def months_of_sheets(names: Sequence[str], titles: Sequence[Sequence[str]], file_name: str) -> dict[int, dt.date]:
    """The month each sheet reports, by position: as its name says, else as titles say that differ in nothing else.

    Names of what is planned (`7月拟签约`) state none. Empty unless at least two sheets state different months. A year stated nowhere is the same for all.
    """
    by_name = {
        position: month
        for position, name in enumerate(names)
        if not _PLANNED.search(name) and (month := _month([name, *titles[position]], file_name, name))
    }
    if len(set(by_name.values())) > 1:
        return by_name
    firsts = {position: lines[0] for position, lines in enumerate(titles) if lines}
    if len(firsts) < 2 or len({_DIGITS.sub("", compact(text)) for text in firsts.values()}) > 1:
        return {}
    by_title = {
        position: month for position, text in firsts.items() if (month := _month([text, *titles[position]], "", text))
    }
    return by_title if len(set(by_title.values())) > 1 else {}


def _month(texts: Sequence[str], file_name: str, stating: str) -> dt.date | None:
    """The month `stating` (the first of the texts) names; the others may give its year."""
    for name in (file_name, _ANY_YEAR):
        own = report_date(rule=None, titles=[stating, *texts], filing_lines=(), file_name=name)
        alone = report_date(rule=None, titles=[stating], filing_lines=(), file_name=_ANY_YEAR)
        if alone.basis != "title":
            return None
        if own.basis == "title":
            return own.month
    return None


def drop_earlier_months(reading: LedgerReading, months: Mapping[int, dt.date]) -> None:
    """Turn sheets into furniture whose projects a later month's sheets repeat, so that none is counted twice."""
    names = {position: _project_names(reading.sheets[position]) for position in months}
    for position, month in sorted(months.items(), key=lambda item: item[1]):
        later: set[str] = set().union(*(names[other] for other in months if months[other] > month))
        own = names[position]
        if not own or len(own & later) < _REPEATED * len(own):
            continue
        _make_furniture(reading, reading.sheets[position], len(own - later))


def _project_names(sheet: SheetReading) -> set[str]:
    return {
        compact(str(name))
        for table in sheet.tables
        if table.kind == "project"
        for name in table.fields.get("project_name", ())
        if name is not None
    }


def _make_furniture(reading: LedgerReading, sheet: SheetReading, missing_later: int) -> None:
    rows = sum(sheet.furniture.values()) + len({number for table in sheet.tables for number in table.row_numbers})
    sheet.tables = []
    sheet.furniture = {EARLIER_MONTH: rows}
    reading.control_totals = [total for total in reading.control_totals if total.sheet != sheet.name]
    reading.remarks.append(
        f"“{sheet.name}”表是较早月份的情况，项目在后面月份的表里重复出现，只取最新的表"
        f"（其中{missing_later}个项目后面没有再出现）。 "
        f"Sheet {sheet.name} reports an earlier month; a later month's sheet repeats its projects and is the one read "
        f"({missing_later} of its projects do not appear again)."
    )
