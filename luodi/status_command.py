"""`luodi status`, for people and as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape

from ingest.home import Home
from luodi import incomplete_pull_lines, not_understood_lines, run_lock
from luodi.county_label import county_label
from luodi.next_commands import to_paste
from reports import follow_up_data
from warehouse import status
from warehouse.query import to_json

BEIJING = ZoneInfo("Asia/Shanghai")
_OUTCOMES = {
    "succeeded": "成功 succeeded",
    "failed": "[red]失败 failed[/red]",
    "running": "进行中 running",
    "interrupted": "[yellow]中断 interrupted[/yellow]",
}


def show(home: Home, console: Console, *, as_json: bool) -> None:
    """Print where things stand; works before the first run and during one."""
    found = status.status(home)
    holder = run_lock.holder(home)
    if found.last_run is not None and found.last_run["outcome"] in (None, "running"):
        found.last_run["outcome"] = "interrupted" if holder is None else "running"
    if found.is_published:
        found.follow_up["awaiting_approval"] = len(follow_up_data.waiting_drafts(home))
    if as_json:
        print(to_json({**asdict(found), "running": asdict(holder) if holder else None}))
    else:
        _print(found, holder, console)


def _print(found: status.Status, holder: run_lock.Holder | None, console: Console) -> None:
    if holder is not None:
        console.print(f"正在运行 running now: {holder.purpose}, pid {holder.pid}, since {_local(holder.since)}")
    run = found.last_run
    if run is None:
        first = to_paste(Home(Path(found.home)), "run")
        console.print(
            f"还没有运行过 nothing has run yet below {escape(found.home)}；先 first: {escape(first)}", soft_wrap=True
        )
        return
    parameters = run["parameters"] or {}
    as_of = parameters.get("as_of")
    console.print(
        f"上次运行 last run  {_name(run)}  {_local(run['started_at'])}  [bold]{_OUTCOMES[run['outcome']]}[/bold]"
        f"{f'  业务日期 as of {as_of}' if as_of else ''}"
    )
    _print_failures(run, console)
    for red in found.red_runs:
        console.print(f"[red]还红着 still red[/red]  {_name(red)}  {_local(red['started_at'])}")
        _print_failures(red, console)
    if found.published_as_of is not None and found.published_as_of != as_of:
        console.print(f"已发布 published  业务日期 as of {found.published_as_of}")
    for line in incomplete_pull_lines.lines(found.incomplete_pulls, Home(Path(found.home))):
        console.print(f"  [yellow]{escape(line)}[/yellow]", soft_wrap=True)
    if not found.is_published:
        console.print("还没有发布 nothing is published yet")
        return
    files, rows, stalls = found.files, found.rows, found.open_stalls
    console.print(
        f"文件 files  落地 landed {files['landed']}，读入 accepted {files['accepted']}，拒收 refused {files['refused']}"
    )
    console.print(f"数据行 rows  接受 accepted {rows['accepted']}，退回 rejected {rows['rejected']}")
    console.print(f"卡住 open stalls  {stalls['total']}（红 red {stalls['red']}，黄 yellow {stalls['yellow']}）")
    follow_up = found.follow_up
    console.print(
        f"督办 follow-up  在办 open {follow_up['open']}，逾期 overdue {follow_up['overdue']}，"
        f"重新立项 reopened {follow_up['reopened']}，待批函件 letters awaiting approval {follow_up['awaiting_approval']}"
    )
    for missing in found.not_submitted:
        month = f"{missing['report_month']:%Y-%m}"
        county = county_label(missing["county_name"], missing["county_code"])
        console.print(f"  未报 not submitted  {escape(county)} {month}")
    for line in not_understood_lines.lines(found):
        console.print(f"  {escape(line)}", soft_wrap=True)


def _name(run: Mapping[str, Any]) -> str:
    """A run of a service is of one DAG, and Airflow names it by its time."""
    return " ".join(part for part in ((run["parameters"] or {}).get("dag"), run["run_id"]) if part)


def _print_failures(run: Mapping[str, Any], console: Console) -> None:
    told = dict.fromkeys(f"{failure.get('task', '')} {failure.get('reason', '')}" for failure in run["failures"] or [])
    for text in told:
        console.print(f"  [red]{escape(text)}[/red]", soft_wrap=True)


def _local(moment: str | None) -> str:
    """A recorded moment as a clock in the counties shows it."""
    try:
        return f"{dt.datetime.fromisoformat(moment or '').astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"
    except ValueError:  # a lock taken just now says `?`
        return moment or "?"
