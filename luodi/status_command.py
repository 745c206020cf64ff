"""`luodi status`, for people and as JSON."""

from __future__ import annotations

from dataclasses import asdict

from rich.console import Console
from rich.markup import escape

from ingest.home import Home
from luodi import run_lock
from warehouse import status
from warehouse.query import to_json


def show(home: Home, console: Console, *, as_json: bool) -> None:
    """Print where things stand; works before the first run and during one."""
    found = status.status(home)
    holder = run_lock.holder(home)
    if found.last_run is not None and found.last_run["outcome"] == "running" and holder is None:
        found.last_run["outcome"] = "interrupted"
    if as_json:
        print(to_json({**asdict(found), "running": asdict(holder) if holder else None}))
    else:
        _print(found, holder, console)


def _print(found: status.Status, holder: run_lock.Holder | None, console: Console) -> None:
    if holder is not None:
        console.print(f"正在运行 running now: {holder.purpose}, pid {holder.pid}, since {holder.since}")
    run = found.last_run
    if run is None:
        console.print(f"还没有运行过 nothing has run yet below {escape(found.home)}；先 first: luodi run")
        return
    console.print(f"上次运行 last run  {run['run_id']}  {run['started_at']}  [bold]{run['outcome']}[/bold]")
    for failure in run["failures"] or []:
        console.print(f"  [red]{escape(str(failure.get('task', '')))} {escape(str(failure.get('reason', '')))}[/red]")
    if not found.is_published:
        console.print("还没有发布 nothing is published yet")
        return
    files, rows, stalls = found.files, found.rows, found.open_stalls
    console.print(
        f"文件 files  落地 landed {files['landed']}，读入 accepted {files['accepted']}，拒收 refused {files['refused']}"
    )
    console.print(f"数据行 rows  接受 accepted {rows['accepted']}，退回 rejected {rows['rejected']}")
    console.print(f"卡住 open stalls  {stalls['total']}（红 red {stalls['red']}，黄 yellow {stalls['yellow']}）")
    for refused in found.refused_files:
        console.print(f"  拒收 refused  {escape(str(refused['file_name']))} \\[{refused['reason_code']}]")
    for missing in found.not_submitted:
        month = f"{missing['report_month']:%Y-%m}"
        console.print(f"  未报 not submitted  {escape(missing['county_name'])} {missing['county_code']} {month}")
