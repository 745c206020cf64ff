"""Follow-up workbooks, one a county: 任务清单, 责任清单, 交办单 and 待判定, each with a reply area.

What luodi prints is locked, the reply area is open; a reply is found again by the item's number in its row, so the file may
be renamed, sorted, cut or saved by another program before it comes back (`ingest.follow_up.follow_up_reader`).
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter

from ingest.files import write_whole
from ingest.follow_up import follow_up_wording
from ingest.follow_up.follow_up_decisions import candidate_id
from ingest.follow_up.follow_up_wording import NOTE, PAIR, decisions_offered, header_of, word_of
from ingest.home import Home
from reports import words
from reports.follow_up_data import LEVELS, REASONS, STATES, Item, by_county, open_items, undecided_pairs

FOLDER = "follow_up"
_FIRST_ROW = 3
_FONT = "仿宋"
_HOW_TO = (
    "填写说明：只填黄色回复栏，一项一行，三张表填哪张都行；可排序、筛选、分发，请勿改动事项编号。"
    "填好后放回收件箱 follow_up 文件夹，文件名不限。已办结的，下一期台账仍未变化将重新立项。"
)
_HOW_TO_DECIDE = (
    "填写说明：甲、乙可能是一个项目，请核实后填黄色栏：判定从列表中选，判定人、判定日期必填，请勿改动其余各栏。不能确定的留空。"
    "同一、更名合为一个项目，不同各自计数，拆分、并入、属于的一方不再计数；以判定日期较晚的为准。填好后放回收件箱 follow_up 文件夹，文件名不限。"
)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its header, width in characters, the item's key (None: in the reply area), and its kind."""

    header: str
    width: float
    key: str | None = None
    kind: str = "text"


_GIVEN = (
    _Column(header_of("follow_up_id"), 20, "follow_up_id"),
    _Column("项目名称", 24, "project_name"),
    _Column("停滞情形", 18, "rule_name"),
    _Column("灯色", 7, "light_word"),
    _Column("级别", 9, "level_word"),
    _Column(header_of("opened_on"), 12, "opened_on", "date"),
    _Column("办结时限", 12, "due_on", "date"),
    _Column("处置要求", 22, "action"),
    _Column("判定依据", 22, "reason_word"),
    _Column("责任单位", 16, "responsible_unit"),
    _Column("台账出处", 22, "evidence"),
    _Column("办理历史", 32, "history"),
)
_REPLY = (
    _Column(header_of("status"), 11, kind="state"),
    _Column(header_of("cause"), 22),
    _Column(header_of("measure"), 22),
    _Column(header_of("person"), 10),
    _Column(header_of("new_due_on"), 14, kind="date"),
    _Column(header_of("evidence_reference"), 18),
    _Column(header_of("happened_on"), 13, kind="date"),
)
_KEYS = (
    _Column(header_of("project_id"), 19, "project_id"),
    _Column(header_of("rule_id"), 8, "rule_id"),
    _Column(header_of("county_code"), 9, "county_code"),
    _Column(header_of("issued_on"), 12, "issued_on", "date"),
)
_OPENED = _Column(header_of("opened_on"), 12, "opened_on", "date")
_RESPONSIBILITY = (
    _Column("责任单位", 22, "responsible_unit"),
    _Column("责任领导", 16, "responsible_leader"),
    _Column("单位合计", 22, "unit_total"),
    _Column(header_of("follow_up_id"), 20, "follow_up_id"),
    _Column("项目名称", 28, "project_name"),
    _Column("停滞情形", 22, "rule_name"),
    _Column("灯色", 7, "light_word"),
    _Column("办结时限", 12, "due_on", "date"),
    _Column(header_of("person"), 14),
    _Column(header_of("measure"), 32),
    _Column(header_of("new_due_on"), 14, kind="date"),
    _OPENED,
    *_KEYS,
)
_ASSIGNMENTS = (
    _Column("责任单位", 22, "responsible_unit"),
    _Column(header_of("follow_up_id"), 20, "follow_up_id"),
    _Column("项目名称", 28, "project_name"),
    _Column("交办事项", 38, "asked"),
    _Column("级别", 9, "level_word"),
    _Column("办结时限", 12, "due_on", "date"),
    _Column("目前状态", 11, "state_word"),
    _Column(header_of("received_by"), 12),
    _Column(header_of("received_on"), 13, kind="date"),
    _Column(header_of("status"), 11, kind="state"),
    _Column(header_of("cause"), 24),
    _Column(header_of("evidence_reference"), 22),
    _Column(header_of("happened_on"), 13, kind="date"),
    _OPENED,
    *_KEYS,
)
_TASKS = (*_GIVEN, *_REPLY, *_KEYS)
_PAIR_KEYS = (
    _Column(header_of("county_code_a"), 9, "county_code_a"),
    _Column(header_of("county_code_b"), 9, "county_code_b"),
    _Column(header_of("issued_on"), 12, "issued_on", "date"),
)


def _side(side: str, name: str) -> tuple[_Column, ...]:
    return (
        _Column(f"{name}县区", 9, f"county_name_{side}"),
        _Column(header_of(f"project_name_{side}"), 22, f"project_name_{side}"),
        _Column(header_of(f"project_code_{side}"), 14, f"project_code_{side}"),
        _Column(header_of(f"investor_name_{side}"), 18, f"investor_name_{side}"),
        _Column(f"{name}签约日期", 12, f"signed_on_{side}", "date"),
        _Column(f"{name}总投资", 11, f"total_{side}"),
        _Column(f"{name}台账出处", 20, f"evidence_{side}"),
    )


_CANDIDATES = (
    _Column(header_of("candidate_id"), 20, "candidate_id"),
    _Column("得分", 7, "score_word"),
    _Column("疑似理由", 18, "reason_word"),
    *_side("a", "甲"),
    *_side("b", "乙"),
    _Column(header_of("decision"), 14, kind="decision"),
    _Column(header_of("author"), 12),
    _Column(header_of("decided_on"), 13, kind="date"),
    _Column(header_of("reason"), 26),
    *_PAIR_KEYS,
)


def write_workbooks(home: Home, issued_on: dt.date) -> list[Path]:
    """Write every county's workbook below `reports/follow_up/<issued_on>/`; gives the paths.

    The same publication and date give the same bytes. A county with neither open items nor pairs to decide on gets none.

    Raises:
        warehouse.query.NothingPublishedError: there is no publication yet.
    """
    folder = home.reports / FOLDER / issued_on.isoformat()
    written = []
    items, pairs = by_county(open_items(home)), by_county(undecided_pairs(home))
    for county_code in sorted({*items, *pairs}):
        own, undecided = items.get(county_code, []), pairs.get(county_code, [])
        name = f"{county_code}-{(own or undecided)[0]['county_name']}督办任务清单{issued_on:%Y%m%d}.xlsx"
        written.append(write_whole(folder / name, county_workbook(own, issued_on, undecided)))
    return written


def county_workbook(items: Sequence[Item], issued_on: dt.date, pairs: Sequence[Item] = ()) -> bytes:
    """One county's workbook of its open items and the pairs to decide on; the same of both and a date give the same bytes."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    county = [*items, *pairs][0]["county_name"]
    book.set_properties(
        {
            "title": f"{county}督办任务清单",
            "author": "luodi 落地",
            "created": dt.datetime.combine(issued_on, dt.time()),
        }
    )
    styles = _styles(book)
    if items:
        _item_lists(book, county, [_printed(item, issued_on) for item in items], issued_on, styles)
    if pairs:
        _list(
            book.add_worksheet("待判定"), f"{county}疑似重复项目待判定", f"{NOTE}{issued_on.isoformat()}　{_HOW_TO_DECIDE}",
            _CANDIDATES, [_printed_pair(pair, issued_on) for pair in pairs], styles, _PAIR_KEYS,
        )  # fmt: skip
    book.close()
    return buffer.getvalue()


def _item_lists(book: Any, county: str, printed: Sequence[Item], issued_on: dt.date, styles: dict[str, Any]) -> None:
    by_unit = _by_unit(printed)
    note = f"{NOTE}{issued_on.isoformat()}　"
    _list(book.add_worksheet("任务清单"), f"{county}招商项目督办任务清单", note + _HOW_TO, _TASKS, printed, styles)
    _list(
        book.add_worksheet("责任清单"), f"{county}招商项目责任清单",
        f"{note}请各单位落实责任人和措施。", _RESPONSIBILITY, by_unit, styles,
    )  # fmt: skip
    _list(
        book.add_worksheet("交办单"), f"{county}招商项目交办单",
        f"{note}请责任单位签收，按时限办结，并填写办理状态。", _ASSIGNMENTS, by_unit, styles,
    )  # fmt: skip


def _printed(item: Item, issued_on: dt.date) -> Item:
    return {
        **item,
        "light_word": words.LIGHTS.get(item["light"], item["light"]),
        "level_word": LEVELS.get(item["level"], item["level"]),
        "state_word": STATES.get(item["status"], item["status"]),
        "reason_word": words.chinese(item["reason"]),
        "responsible_unit": item["responsible_unit"] or "未填责任单位",
        "asked": "：".join(text for text in (item["rule_name"], item["action"]) if text),
        "issued_on": issued_on,
    }


def _printed_pair(pair: Item, issued_on: dt.date) -> Item:
    return {
        **pair,
        "candidate_id": candidate_id(pair[name] for name in PAIR),
        "score_word": f"{pair['score']:.2f}",
        "reason_word": "；".join(REASONS.get(reason, reason) for reason in pair["reasons"].split()),
        "total_a": words.amount(pair["total_investment_cny_a"]),
        "total_b": words.amount(pair["total_investment_cny_b"]),
        "issued_on": issued_on,
    }


def _styles(book: Any) -> dict[str, Any]:
    base = {"font_name": _FONT, "font_size": 11, "valign": "vcenter", "border": 1, "text_wrap": True}
    plain = {"font_name": _FONT, "font_size": 11, "text_wrap": True, "valign": "vcenter"}
    open_cell = {**base, "locked": False, "bg_color": "#FFF9E0"}
    return {
        "title": book.add_format({**plain, "font_name": "黑体", "font_size": 18, "align": "center"}),
        "note": book.add_format({**plain, "font_color": "#444444"}),
        "header": book.add_format({**base, "font_name": "黑体", "align": "center", "bg_color": "#E8EEF4"}),
        "reply_header": book.add_format({**base, "font_name": "黑体", "align": "center", "bg_color": "#FFE9A8"}),
        "text": book.add_format({**base, "indent": 1, "quote_prefix": True}),
        "红灯": book.add_format({**base, "align": "center", "bg_color": "#F8D7DA"}),
        "黄灯": book.add_format({**base, "align": "center", "bg_color": "#FFF3CD"}),
        "date": book.add_format({**base, "align": "center", "num_format": "yyyy-mm-dd"}),
        "count": book.add_format({**base, "align": "right"}),
        "open_text": book.add_format({**open_cell, "num_format": "@"}),
        "open_state": book.add_format({**open_cell, "align": "center"}),
        "open_decision": book.add_format({**open_cell, "align": "center"}),
        "open_date": book.add_format({**open_cell, "align": "center", "num_format": "yyyy-mm-dd"}),
    }


def _by_unit(items: Sequence[Item]) -> list[Item]:
    """The items unit by unit, each with what its unit has on the table."""
    found = []
    ordered = sorted(items, key=lambda item: str(item["responsible_unit"]))
    for _, group in groupby(ordered, key=lambda item: str(item["responsible_unit"])):
        own = list(group)
        dues = [item["due_on"] for item in own if item["due_on"]]
        red = sum(item["light"] == "red" for item in own)
        overdue = sum(bool(item["is_overdue"]) for item in own)
        earliest = f"，最早时限 {min(dues).isoformat()}" if dues else ""
        total = f"{len(own)} 项，红灯 {red}，逾期 {overdue}{earliest}"
        found += [{**item, "unit_total": total} for item in own]
    return found


def _list(
    page: Any,
    title: str,
    note: str,
    columns: Sequence[_Column],
    items: Sequence[Item],
    styles: dict[str, Any],
    keys: Sequence[_Column] = _KEYS,
) -> None:
    """One sheet: what luodi knows, locked, and the reply area, open; one item a row. It ends with the keys."""
    _heading(page, title, note, columns, styles, len(columns) - len(keys) - 1)
    for number, item in enumerate(items, start=_FIRST_ROW):
        for place, column in enumerate(columns):
            if column.key is None:
                page.write_blank(number, place, None, styles[f"open_{column.kind}"])
            else:
                _write(page, number, place, column, item[column.key], styles)
        page.set_row(number, _height(columns, item))
    first, last = _FIRST_ROW, _FIRST_ROW + len(items) - 1
    for place, column in enumerate(columns):
        if column.key is None:
            _validate(page, first, last, place, column)
    page.autofilter(_FIRST_ROW - 1, 0, last, len(columns) - 1)
    page.freeze_panes(_FIRST_ROW, 2)
    _protect_and_print(page, last, len(columns) - len(keys) - 1)


def _height(columns: Sequence[_Column], item: Item) -> float:
    """High enough for the longest text: a Chinese character is about two widths of a column's unit."""
    lines = 1
    for column in columns:
        if column.key is not None and isinstance(item[column.key], str):
            wrapped = sum(-(-2 * len(line) // (int(column.width) - 2)) or 1 for line in item[column.key].split("\n"))
            lines = max(lines, wrapped)
    return min(400, max(32, 16 * lines + 4))


def _validate(page: Any, first: int, last: int, place: int, column: _Column) -> None:
    """A drop-down and date limits that help; a person may still paste what they like, and the reader says what is wrong."""
    offered = {"state": [word_of(state) for state in follow_up_wording.STATES], "decision": decisions_offered()}
    if column.kind in offered:
        page.data_validation(
            first, place, last, place,
            {
                "validate": "list", "source": offered[column.kind],
                "error_title": column.header, "error_message": "请从列表中选择",
            },
        )  # fmt: skip
    elif column.kind == "date":
        page.data_validation(
            first, place, last, place,
            {
                "validate": "date", "criteria": ">=", "value": dt.date(2000, 1, 1), "error_type": "warning",
                "error_title": column.header, "error_message": "请填日期，如 2026-01-31",
            },
        )  # fmt: skip


def _heading(
    page: Any, title: str, note: str, columns: Sequence[_Column], styles: dict[str, Any], last_printed: int
) -> None:
    """The title is centred on paper; how to fill the sheet in stands where a screen shows it first."""
    shown = next(place for place, column in enumerate(columns) if column.key is None) - 1
    page.merge_range(0, 0, 0, last_printed, "", styles["title"])
    page.write_string(0, 0, title, styles["title"])
    page.merge_range(1, 0, 1, shown, "", styles["note"])
    page.write_string(1, 0, note, styles["note"])
    page.set_row(0, 34)
    page.set_row(1, 34)
    page.set_row(2, 30)
    for place, column in enumerate(columns):
        style = styles["reply_header" if column.key is None else "header"]
        page.set_column(place, place, column.width)
        page.write_string(2, place, column.header, style)


def _write(page: Any, number: int, place: int, column: _Column, value: Any, styles: dict[str, Any]) -> None:
    """Text is always written as text, so that no county's cell becomes a formula or a link."""
    if value is None:
        page.write_blank(number, place, None, styles["text"])
    elif isinstance(value, dt.date):
        page.write_datetime(number, place, dt.datetime.combine(value, dt.time()), styles["date"])
    elif isinstance(value, int):
        page.write_number(number, place, value, styles["count"])
    else:
        style = str(value) if column.key == "light_word" and value in styles else "text"
        page.write_string(number, place, str(value), styles[style])


def _protect_and_print(page: Any, last_row: int, last_column: int) -> None:
    """Locked against slips, not against people: there is no password. The keys behind the reply area are not printed."""
    page.protect("", {"sort": True, "autofilter": True, "format_columns": True, "format_rows": True})
    page.set_landscape()
    page.set_paper(8)
    page.print_area(0, 0, last_row, last_column)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
    page.set_footer(f'&L&"{_FONT}"&9luodi 落地&C&"{_FONT}"&9第 &P 页 共 &N 页&R&"{_FONT}"&9&A')
    page.repeat_rows(2)
    page.hide_gridlines(2)
