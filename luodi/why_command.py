"""`luodi why PROJECT`: why a project is red, told in the terminal with every date's file, sheet and row."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ingest.home import Home
from reports import words
from reports.follow_up_data import LEVELS, STATES
from reports.project_story import NotOneProjectError, Row, Story, read_story, source_of
from reports.rule_names import rule_name
from reports.turns_green import turns_green

SHOWN = 20
_DATES = (
    "亮灯：这盏灯变成现在颜色之日（界限是那天过的）；停滞：所说的情形从哪天起（如签约之日）。"
    " lit since: the day the light took its colour, when the threshold was passed; stalled since: the day the condition began."
)
_COLOURS = {"red": "red", "yellow": "yellow", "green": "green", "unknown": "dim", "exempt": "cyan"}
_FUNDS = {
    "funds_opening": "期初资金 opening balance",
    "funds_arrival": "资金到位 funds arrived",
    "funds_correction": "到位更正 correction",
}
_ENDINGS = {
    "resolved": "已达标 resolved",
    "stage_moved": "进入下一阶段 stage moved on",
    "superseded": "已拆分或并入其他项目 split or merged",
    "terminated": "项目终止 terminated",
    "exempted": "豁免 exempted",
    "answered": "回复销号 closed by reply",
    "no_longer_found": "台账已更正 no longer found",
}
_UNITS = {
    "days": "天 days",
    "months": "个月 months",
    "points": "百分点 points",
}


def tell(home: Home, wanted: str, console: Console) -> int:
    """Print the story; gives the exit status: 0, or 2 where no project or several answer to the name.

    Raises:
        warehouse.query.NothingPublishedError: there is no publication yet.
    """
    try:
        story = read_story(home, wanted)
    except NotOneProjectError as error:
        _choose(error, console)
        return 2
    _head(story, console)
    _lights(story, console)
    _timeline(story, console)
    _follow_ups(story, console)
    return 0


def _choose(error: NotOneProjectError, console: Console) -> None:
    if not error.candidates:
        console.print(
            f"没有叫“{escape(error.wanted)}”的项目 no project is called so; 可用名称的一部分 part of a name will do"
        )
        return
    console.print(f"“{escape(error.wanted)}”对应 {len(error.candidates)} 个项目，请用编号 several projects; use the id")
    for row in error.candidates[:SHOWN]:
        console.print(f"  {row['project_id']}  {escape(row['county_name'])}  {escape(row['project_name'])}")
    if len(error.candidates) > SHOWN:
        console.print(f"  … 还有 {len(error.candidates) - SHOWN} 个 more")


def _head(story: Story, console: Console) -> None:
    project = story.project
    console.print(
        f"[bold]{escape(project['project_name'])}[/bold]  {escape(project['county_name'])}  {project['project_id']}"
    )
    funds, total = project["funds_arrived_cumulative_cny"], project["total_investment_cny"]
    share = f"（{words.share(funds / total)}）" if funds is not None and total else ""
    facts = [
        ("投资方 investor", project["investor_name"]),
        ("阶段 stage", words.STAGES.get(project["stage"], project["stage"])),
        ("总投资 total", words.amount(total)),
        ("累计到位 funds arrived", f"{words.amount(funds)}{share}"),
        ("责任 who answers", " ".join(part for part in (project["responsible_unit"], project["responsible_leader"]) if part)),
        ("最新进展 progress", project["progress_note"]),
        ("问题 problem", project["problem"]),
        ("最新一行 latest row", story.last_row),
        ("重复申报 duplicate of", project["duplicate_of"]),
    ]  # fmt: skip
    for label, value in facts:
        if value:
            console.print(f"  {label}  {escape(str(value))}")


def _lights(story: Story, console: Console) -> None:
    project = story.project
    console.print("\n[bold]灯 lights[/bold]")
    if not story.lights:
        console.print("  现阶段没有适用的规则 no rule applies at this stage")
    for row in story.lights:
        colour = _COLOURS[row["light"]]
        called = row["rule_name"] or rule_name(row["rule_id"])
        name = f" {called}" if called else ""
        since = f"，亮灯 lit since {row['light_since_on']}" if row["light_since_on"] else ""
        if row["days_stalled"] is not None:
            since += f"，已停滞 stalled {row['days_stalled']} 天 days（自 since {row['since_on']}）"
        console.print(
            f"  [{colour}]{words.LIGHTS[row['light']]} {row['light']}[/{colour}] {row['rule_id']}{escape(name)}"
            f"  {escape(row['reason'] or '')}{_observed(row)}{since}"
        )
        green = turns_green(row, project["total_investment_cny"], project["funds_arrived_cumulative_cny"])
        if row["light"] in ("red", "yellow") and green:
            console.print(f"      变绿 to turn green: {escape(green)}")
        if row["action"]:
            console.print(f"      [dim]{escape(row['action'])}；依据 by {escape(row['rule_source'] or '')}[/dim]")
    if any(row["light_since_on"] for row in story.lights):
        console.print(f"  [dim]{_DATES}[/dim]")


def _observed(row: Row) -> str:
    """What was observed beside the threshold; rates in percent, money as people say it. A state has no number to tell."""
    if row["observed_value"] is None or row["light"] in ("unknown", "exempt") or row["unit"] == "state":
        return ""
    threshold = (
        "" if row["threshold_value"] is None else f"，界限 threshold {_quantity(row['threshold_value'], row['unit'])}"
    )
    return escape(f" （{_quantity(row['observed_value'], row['unit'])}{threshold}）")


def _quantity(value: float, unit: str) -> str:
    if unit == "rate":  # 14.99 % is not 15 %
        return f"{words.percent(value, '0.01'):,}".rstrip("0").rstrip(".") + "%"
    if unit == "CNY":
        return words.amount(value)
    return f"{value:,g} {_UNITS.get(unit, unit or '')}".rstrip()


def _timeline(story: Story, console: Console) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title="经过 what happened", title_justify="left")
    table.add_column("日期 date", no_wrap=True)
    table.add_column("事情 event", overflow="fold")
    table.add_column("出处 source: file / sheet / row", overflow="fold")
    for row in story.timeline:
        table.add_row(_date(row), escape(_said(row)), escape(source_of(row) or ""))
    console.print()
    console.print(table)


def _date(row: Row) -> str:
    if row["happened_on"] is None:
        return words.NOTHING
    if row["kind"].startswith("funds_") or row["precision"] == "month":
        return f"{row['happened_on']:%Y-%m}"
    return f"{row['happened_on']:%Y}" if row["precision"] == "year" else str(row["happened_on"])


def _said(row: Row) -> str:
    kind, name, note = row["kind"], row["name"], row["note"]
    if kind in _FUNDS:
        total = f"，累计 cumulative {words.amount(float(note))}" if note else ""
        return f"{_FUNDS[kind]} {words.amount(row['amount_cny'])}{total}"
    if kind in ("reached", "planned"):
        label = f"{words.MILESTONES[name]} {name.replace('_', ' ')}"
        shown = "（首次报告 first reported）" if note == "first_reported" else ""
        return f"计划 planned: {label}" if kind == "planned" else f"{label}{shown}"
    told = {
        "first_reported": "首次上报 first reported",
        "stage": f"阶段改为 stage now {words.STAGES.get(name, name)}",
        "renamed": f"改名 renamed：{note} → {name}",
        "lit": f"{name} 亮灯 light on（{words.LIGHTS.get(note, note)}）",
        "unlit": f"{name} 灭灯 light off：{_ENDINGS.get(note, note)}",
        "reply": f"{name} 回复 reply：{note or words.NOTHING}",
        "reopened": f"{name} 台账未变，重新立项 reopened: the ledger did not change",
        "news": f"新闻 news（{name}）{note}",
    }
    return told[kind]


def _follow_ups(story: Story, console: Console) -> None:
    if not story.follow_ups:
        return
    console.print("[bold]督办 follow-ups[/bold]")
    for row in story.follow_ups:
        state = STATES.get(row["status"], row["status"])
        parts = [f"{row['rule_id']} {LEVELS.get(row['level'], row['level'])}", f"{state} {row['status']}", f"立项 opened {row['opened_on']}"]  # fmt: skip
        if row["closed_on"]:
            parts.append(f"销号 closed {row['closed_on']} {_ENDINGS.get(row['closed_reason'], row['closed_reason'])}")
        elif row["due_on"]:
            overdue = "，已逾期 overdue" if row["is_overdue"] else ""
            parts.append(f"时限 due {row['due_on']}{overdue}")
        if row["repeats"]:
            parts.append(f"反复 {row['repeats']} 次 repeats")
        console.print(f"  {row['follow_up_id']}  {escape('  '.join(parts))}")
