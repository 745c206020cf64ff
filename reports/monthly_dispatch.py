"""The month's pack: a workbook and a printable page for the meeting of the 28th.

Odd months: 项目建设推进会 (what is being built and what is stuck). Even months: 集中签约 (what was signed and what became of it).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ingest.files import write_whole
from ingest.home import Home
from reports import words
from reports.dispatch_data import SUMMED, DispatchData, Row, by_project, read_dispatch
from reports.page import render
from reports.workbook import Column, TableSheet, workbook

FOLDER = "monthly_dispatch"
DEFINITIONS = (
    "口径：签约、开工、投产按台账写明的日期计；缺日期的，计入首次报告该节点的月份，首份台账已有的不计。",
    "增资额计入增资当月；到位资金为当期新到位（含更正），不含期初（首份台账已有的）。",
    "同一项目被两个县区申报的，个数计入先报的一方，金额按约定分成，未约定的全归先报的一方；停滞项目两方都列。",
    "各数均可追到台账文件、表、行。",
)
NO_LEDGERS = "还没有收到可以计入的台账。"
_NAMED = 10  # counties named in a note; of more, how many they are
# `not_standing_reason` of files that were read; a refused file has its own message.
_RULE_LIMIT = (
    "规则时限自亮灯之日起按规则规定的天数计；交办给县区的办结时限自立项之日起按工作日计，见各县区督办任务清单。"
)
_NOT_COUNTED = {
    "replaced": "已被同一报告日期的更正件或后到的台账替代",
    "no_report_date": "没有报告日期，请在标题或文件名写明年月",
    "no_project_rows": "没有项目行",
}


def write_pack(home: Home, on_date: dt.date) -> list[Path]:
    """Write the workbook and the page for the meeting on `on_date` from the published warehouse; returns both paths.

    They lie in `reports/monthly_dispatch/<on_date>/`; the same publication and date give the same bytes.

    Raises:
        warehouse.query.NothingPublishedError: there is no publication yet.
    """
    data = read_dispatch(home, on_date)
    folder = home.reports / FOLDER / on_date.isoformat()
    stem = f"{data.meeting.title}调度材料{on_date:%Y%m%d}"
    title = f"{on_date.year}年{on_date.month}月{data.meeting.title}调度材料"
    return [
        write_whole(folder / f"{stem}.xlsx", workbook(_sheets(data), on_date, title)),
        write_whole(folder / f"{stem}.html", _page(data, title).encode()),
    ]


def _page(data: DispatchData, title: str) -> str:
    return render(
        "monthly_dispatch.html.j2",
        title=title,
        data=data,
        stalled=by_project(data.stalled),
        no_ledgers=NO_LEDGERS,
        evidence=evidence,
        definitions=_definitions(data),
        rule_notes=_stalled_notes(data.stalled),
    )


def _sheets(data: DispatchData) -> list[TableSheet]:
    own = [_reached(data), _under_construction(data)] if data.meeting.is_construction else _ceremony(data)
    return [_overview(data), *own, _stalled(data), _sources(data)]


def _note(data: DispatchData, *more: str) -> str:
    period = data.period
    told = f"{period.period_end.isoformat()}（{period.month_start.month}月报表）" if period.has_ledgers else "尚无台账"
    parts = [f"会议日期：{data.meeting.on_date.isoformat()}", f"数据截至：{told}", *more]
    return "　　".join(parts)


def _empty(data: DispatchData, text: str) -> str:
    """What a list without rows says: nothing to list, unless nobody has told of anything."""
    return text if data.period.has_ledgers else NO_LEDGERS


def _overview(data: DispatchData) -> TableSheet:
    def cells(row: Row) -> list[Any]:
        told = (words.hundred_millions(row[name]) if name.endswith("_cny") else row[name] for name in SUMMED)
        return [words.NOTHING if figure is None else figure for figure in told]

    columns = [
        Column("县区", "center", 12),
        Column("本月\n个数", "count", 8, "新签约项目"),
        Column("本月总投资\n（亿元）", "money", 13, "新签约项目"),
        Column("本年\n个数", "count", 8, "新签约项目"),
        Column("本年总投资\n（亿元）", "money", 13, "新签约项目"),
        Column("本月\n（亿元）", "money", 12, "到位资金"),
        Column("本年\n（亿元）", "money", 12, "到位资金"),
        Column("本月", "count", 8, "新开工（个）"),
        Column("本年", "count", 8, "新开工（个）"),
        Column("本月", "count", 8, "新投产（个）"),
        Column("本年", "count", 8, "新投产（个）"),
        Column("红灯", "count", 8, "停滞项目（个）"),
        Column("合计", "count", 8, "停滞项目（个）"),
    ]
    return TableSheet(
        name="总览",
        title=f"{data.period.month_start.year}年{data.period.month_start.month}月招商引资项目调度总览",
        note=_note(data),
        columns=columns,
        rows=[[row["county_name"], *cells(row)] for row in data.overview],
        total=["合计", *cells(data.total)],
        empty=NO_LEDGERS,
        footnotes=_definitions(data),
    )


def _definitions(data: DispatchData) -> tuple[str, ...]:
    """What the figures count; which counties have not told of all the month; from which month on, where a county's ledgers
    begin within the year; and under which codes that no list of regions names.
    """
    late = [
        f"{row['county_name']}自{row['ledgers_since'].month}月"
        for row in data.overview
        if row["ledgers_since"] is not None and row["ledgers_since"] > data.period.year_start
    ]
    unknown = [row["county_code"] for row in data.overview if row["has_no_name"]]
    said = [*DEFINITIONS, *_reporting_notes(data)]
    if late:
        said.append(f"以下县区的本年到位只从首份台账起累计，此前到位的不在内：{_named(late)}。")
    if unknown:
        said.append(
            f"以下代码行政区划表里没有，多半是收件箱的文件夹名写错，其数已在合计内，请先核对：{'、'.join(unknown)}。"
        )
    return tuple(said)


def _reporting_notes(data: DispatchData) -> list[str]:
    """Which counties' figures of the month are missing, end before those of the others, or come from later ledgers."""
    month = data.period.month_start.month
    missing = [f"{row['county_name']}（{_told_to(row['reported_to'])}）" for row in data.unreported]
    known = [row for row in data.overview if row["has_reported"] and row["reported_to"]]
    partly = [
        f"{row['county_name']}至{_month_day(row['reported_to'])}"
        for row in known
        if data.period.month_start <= row["reported_to"] < data.period.period_end
    ]
    left_out = [row["county_name"] for row in known if row["reported_to"] < data.period.month_start]
    said = []
    if missing:
        said.append(f"以下县区没有可以计入的{month}月台账，本月各数以“—”表示，不在合计内：{_named(missing)}。")
    if partly:
        said.append(f"以下县区的{month}月数只到最近一期台账：{_named(partly)}。")
    if left_out:
        said.append(
            f"以下县区没有{month}月台账，本月各数取自其后的台账，其间到位的资金计入其后的月份：{_named(left_out)}。"
        )
    return said


def _told_to(reported_to: dt.date | None) -> str:
    return "从未报来" if reported_to is None else f"最近一期到{reported_to.isoformat()}"


def _month_day(day: dt.date) -> str:
    return f"{day.month}月{day.day}日"


def _named(counties: Sequence[str]) -> str:
    more = f"等{len(counties)}个" if len(counties) > _NAMED else ""
    return "、".join(counties[:_NAMED]) + more


def _reached(data: DispatchData) -> TableSheet:
    columns = [
        Column("序号", "center", 6),
        Column("县区", "center", 10),
        Column("项目名称", "text", 32),
        Column("投资方", "text", 28),
        Column("节点", "center", 8),
        Column("日期", "date", 13),
        Column("总投资\n（亿元）", "money", 12),
        Column("累计到位\n（亿元）", "money", 12),
        Column("责任单位", "text", 20),
    ]
    rows = [
        [
            number,
            row["county_name"],
            row["project_name"],
            row["investor_name"],
            words.MILESTONES[row["milestone"]],
            row["reached_on"],
            words.hundred_millions(row["total_investment_cny"]),
            words.hundred_millions(row["funds_arrived_cumulative_cny"]),
            row["responsible_unit"],
        ]
        for number, row in enumerate(data.reached, start=1)
    ]
    month = data.period.month_start.month
    return TableSheet(
        "本月开工投产",
        f"{month}月新开工、新投产项目",
        _note(data),
        columns,
        rows,
        empty=_empty(data, "本月没有新开工、新投产项目。"),
    )


def _under_construction(data: DispatchData) -> TableSheet:
    columns = [
        Column("序号", "center", 6),
        Column("县区", "center", 10),
        Column("项目名称", "text", 30),
        Column("投资方", "text", 26),
        Column("开工时间", "date", 13),
        Column("总投资\n（亿元）", "money", 12),
        Column("累计到位\n（亿元）", "money", 12),
        Column("资金\n到位率", "rate", 10),
        Column("灯色", "light", 8),
        Column("触发规则", "center", 11),
        Column("最新进展", "long", 26),
        Column("责任单位", "text", 26),
        Column("责任领导", "text", 28),
    ]
    shades = {2: "红灯", 1: "黄灯", 0: None}
    rows = [
        [
            number,
            row["county_name"],
            row["project_name"],
            row["investor_name"],
            row["started_on"],
            words.hundred_millions(row["total_investment_cny"]),
            words.hundred_millions(row["funds_arrived_cumulative_cny"]),
            row["funds_rate"],
            shades[row["worst"]],
            row["rules"],
            row["progress_note"],
            row["responsible_unit"],
            row["responsible_leader"],
        ]
        for number, row in enumerate(data.under_construction, start=1)
    ]
    named = {rule for row in data.under_construction for rule in (row["rules"] or "").split("、")}
    return TableSheet(
        "在建项目",
        "在建项目建设推进情况",
        _note(data, f"共{len(rows)}个"),
        columns,
        rows,
        empty=_empty(data, "没有在建项目。"),
        footnotes=_rule_notes([row for row in data.stalled if row["rule_id"] in named]),
    )


def _ceremony(data: DispatchData) -> list[TableSheet]:
    return [_new_signings(data), _conversion(data)]


def _new_signings(data: DispatchData) -> TableSheet:
    columns = [
        Column("序号", "center", 6),
        Column("县区", "center", 10),
        Column("项目名称", "text", 32),
        Column("投资方", "text", 28),
        Column("签约时间", "center", 13),
        Column("总投资\n（亿元）", "money", 12),
        Column("产业链", "center", 14),
        Column("目前阶段", "center", 10),
        Column("责任单位", "text", 20),
        Column("责任领导", "text", 24),
    ]
    rows = [
        [
            number,
            row["county_name"],
            row["project_name"],
            row["investor_name"],
            words.day(row["signed_on"], row["signed_on_precision"]),
            words.hundred_millions(row["total_investment_cny"]),
            row["industry_chain"],
            words.STAGES.get(row["stage"], row["stage"]),
            row["responsible_unit"],
            row["responsible_leader"],
        ]
        for number, row in enumerate(data.new_signings, start=1)
    ]
    since = data.meeting.signings_since
    return TableSheet(
        "新签约项目",
        f"{since.year}年{since.month}月以来新签约项目",
        _note(data, f"共{len(rows)}个"),
        columns,
        rows,
        empty=_empty(data, "这一轮没有新签约项目。"),
    )


def _conversion(data: DispatchData) -> TableSheet:
    columns = [
        Column("签约时间", "center", 16),
        Column("签约\n（个）", "count", 9),
        Column("总投资\n（亿元）", "money", 13),
        Column("已履约\n（个）", "count", 9),
        Column("履约率", "rate", 10),
        Column("已开工\n（个）", "count", 9),
        Column("开工率", "rate", 10),
        Column("已投产\n（个）", "count", 9),
        Column("投产率", "rate", 10),
        Column("已终止\n（个）", "count", 9),
    ]
    rows = [
        [
            f"{row['signed_year']}年{'上' if row['half'] == 1 else '下'}半年",
            row["signed"],
            words.hundred_millions(row["signed_cny"]),
            row["performed"],
            row["performed"] / row["signed"],
            row["started"],
            row["started"] / row["signed"],
            row["produced"],
            row["produced"] / row["signed"],
            row["terminated"],
        ]
        for row in data.conversion
    ]
    return TableSheet(
        "签约转化",
        "历次签约项目转化情况",
        _note(data),
        columns,
        rows,
        empty=_empty(data, "近三年没有写明时间的签约项目。"),
        footnotes=("各率以同一时段签约项目数为分母；已履约含已开工、已竣工、已投产，已开工含已竣工、已投产。",),
    )


def _stalled(data: DispatchData) -> TableSheet:
    columns = [
        Column("序号", "center", 6),
        Column("县区", "center", 10),
        Column("项目名称", "text", 28),
        Column("灯色", "light", 8),
        Column("规则", "center", 8),
        Column("停滞情形", "text", 26),
        Column("停滞\n天数", "count", 9),
        Column("起算日期", "date", 13),
        Column("判定依据", "long", 32),
        Column("总投资\n（亿元）", "money", 12),
        Column("责任单位", "text", 22),
        Column("责任领导", "text", 22),
        Column("处置要求", "long", 20),
        Column("规则时限", "date", 13),
        Column("台账出处\n（文件 / 表 / 行）", "long", 34),
    ]
    rows = [
        [
            number,
            row["county_name"],
            row["project_name"],
            words.LIGHTS[row["light"]],
            row["rule_id"],
            row["rule_name"],
            row["days_stalled"],
            row["since_on"],
            words.chinese(row["reason"]),
            words.hundred_millions(row["total_investment_cny"]),
            row["responsible_unit"],
            row["responsible_leader"],
            row["action"],
            row["due_on"],
            evidence(row),
        ]
        for number, row in enumerate(data.stalled, start=1)
    ]
    projects = len({row["project_id"] for row in data.stalled})
    counted_to = [f"停滞天数算到：{data.days_counted_to.isoformat()}"] if data.days_counted_to else []
    return TableSheet(
        "停滞项目",
        "停滞项目清单",
        _note(data, *counted_to, f"{projects}个项目、{len(rows)}条"),
        columns,
        rows,
        empty=_empty(data, "没有亮黄灯、红灯的项目。"),
        footnotes=_stalled_notes(data.stalled),
    )


def evidence(row: Row) -> str | None:
    """Where the last ledger row about the project stands: file, sheet, row as people count it."""
    if row["file_name"] is None:
        return None
    return f"{row['file_name']} / {row['sheet']} / 第{row['row_number']}行"


def _stalled_notes(stalled: Sequence[Row]) -> list[str]:
    """The rules, and why a county's list gives another day for the same item (decision 0114)."""
    return [_RULE_LIMIT, *_rule_notes(stalled)] if stalled else []


def _rule_notes(stalled: Sequence[Row]) -> list[str]:
    rules = {row["rule_id"]: (row["rule_name"], row["rule_source"]) for row in stalled}
    return [
        f"{rule} {name or ''}" + (f"（依据：{source}）" if source else "")
        for rule, (name, source) in sorted(rules.items())
    ]


def _sources(data: DispatchData) -> TableSheet:
    columns = [
        Column("县区", "center", 12),
        Column("台账文件", "text", 48),
        Column("结果", "center", 10),
        Column("报告日期", "date", 13),
        Column("收下（行）", "count", 10),
        Column("退回（行）", "count", 10),
        Column("说明", "long", 60),
    ]
    unreported = [
        [
            row["county_name"],
            None,
            "未报",
            None,
            None,
            None,
            f"没有可以计入的{data.period.month_start.month}月台账，{_told_to(row['reported_to'])}",
        ]
        for row in data.unreported
    ]
    rows = [
        [
            row["county_name"],
            row["file_name"],
            _file_state(row),
            row["report_date"],
            row["rows_accepted"] if row["status"] == "read" else None,
            row["rows_rejected"] if row["status"] == "read" else None,
            _why_not(row),
        ]
        for row in data.sources
    ]
    month = data.period.month_start.month
    return TableSheet(
        "数据来源", f"{month}月台账报送与拒收情况", _note(data), columns, [*unreported, *rows], empty=NO_LEDGERS
    )


def _why_not(row: Row) -> str | None:
    """Why a file does not count, and what came for it."""
    why = words.chinese(row["reason_message"]) or _NOT_COUNTED.get(row["not_standing_reason"])
    return f"已由 {row['settled_by']} 补报。{why or ''}" if row["settled_by"] else why


def _file_state(row: Row) -> str:
    if row["status"] == "read":
        return "未计入" if row["not_standing_reason"] else "已读"
    return "拒收" if row["status"] == "refused" else str(row["status"])
