"""What a person sees at the end of a run: stalled projects, counts, reasons, and where the outputs lie."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from luodi import incomplete_pull_lines, not_understood_lines
from luodi.next_commands import to_paste
from luodi.settings import RunSettings
from warehouse import query, run_record, status

SHOWN = 20
_SHOWN_GONE = 10
_LONGEST_NAME = 80
_STALLED = """
select c.county_name, s.project_id, s.project_name, s.rule_id, s.rule_name, s.light, s.days_stalled,
       coalesce(s.responsible_unit, s.tracking_unit) as responsible_unit, s.responsible_leader
from stalled_projects as s
left join dim_county as c using (county_code)
order by s.light = 'red' desc, s.days_stalled desc nulls last, s.county_code, s.project_id, s.rule_id
"""
_NEXT = {
    "查表 query the tables": ("sql",),
    "写出月度调度材料 write the monthly pack": ("dispatch",),
    "写出数据质量核查清单 write what looks wrong in the ledgers": ("quality",),
}
_COLOURS = {"red": "[red]红 red[/red]", "yellow": "[yellow]黄 yellow[/yellow]"}


def show(run: RunSettings, console: Console) -> None:
    """Print the summary of a run that has ended."""
    record = run_record.read(run_record.record_path(run.home, run.run_id))
    failed = record["outcome"] != "succeeded"
    if run.home.warehouse.exists() and failed and not record.get("warehouse", {}).get("published"):
        # What was published before is no news; what failed is.
        console.print(
            f"\n[yellow]上一次发布的数仓没有改动 the previous publication is untouched[/yellow]  "
            f"{escape(to_paste(run.home, 'status'))}",
            soft_wrap=True,
        )
    elif run.home.warehouse.exists():
        if failed:
            console.print("\n[yellow]有步骤失败，其余已发布 a step failed; the rest is published[/yellow]")
        _show_stalled(run, console)
        found = status.status(run.home)
        _show_counts(found, console)
        if not found.files["landed"]:
            _show_where_ledgers_go(run, console)
    for line in incomplete_pull_lines.lines(run_record.incomplete_pulls(record), run.home):
        console.print(f"  [yellow]{escape(line)}[/yellow]", soft_wrap=True)
    if gone := run_record.missing_folders(record):
        named = "、".join(gone[:_SHOWN_GONE]) + ("…" if len(gone) > _SHOWN_GONE else "")
        console.print(
            f"  [yellow]{len(gone)} 个来源的文件夹不在收件箱里（改了名？没挂上？），已落地的照常使用：{escape(named)}。 "
            f"The folders of {len(gone)} source(s) are not in the inbox (renamed? not mounted?); what has landed stays in use.[/yellow]",
            soft_wrap=True,
        )
    _show_outputs(run, console)
    if failed:
        _show_failures(record, console)


def _show_stalled(run: RunSettings, console: Console) -> None:
    rows = query.ask(run.home, _STALLED).records()
    if not rows:
        console.print("\n没有卡住的项目 no stalled projects")
        return
    projects = len({row["project_id"] for row in rows})
    table = Table(title=f"卡住的项目 stalled projects {projects}，灯 lights {len(rows)}", title_justify="left")
    # Folded: a Chinese name holds no space to wrap at, and would be cut short.
    for header in ("县区\ncounty", "项目\nproject", "规则\nrule", "灯\nlight"):
        table.add_column(header, overflow="fold")
    table.add_column("天数\ndays", justify="right")
    table.add_column("谁负责\nwho answers", overflow="fold")
    for row in rows[:SHOWN]:
        table.add_row(*_stalled_cells(row))
    console.print()
    console.print(table)
    if len(rows) > SHOWN:
        console.print(
            f"还有 {len(rows) - SHOWN} 条 more: {escape(to_paste(run.home, 'sql', 'from stalled_projects'))}",
            soft_wrap=True,
        )


def _stalled_cells(row: dict[str, Any]) -> list[str]:
    days = "" if row["days_stalled"] is None else str(row["days_stalled"])
    answers = (
        " ".join(part for part in (row["responsible_unit"], row["responsible_leader"]) if part) or "未填 not stated"
    )
    return [
        escape(row["county_name"] or ""),
        escape(_short(row["project_name"] or "")),
        escape(f"{row['rule_id']} {row['rule_name'] or ''}"),
        _COLOURS.get(row["light"], escape(row["light"])),
        days,
        escape(answers),
    ]


def _short(name: str) -> str:
    """A cell that holds a whole story for a name would widen every line of the table."""
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _show_counts(found: status.Status, console: Console) -> None:
    files, rows = found.files, found.rows
    console.print(
        f"\n文件 files  落地 landed {files['landed']}，读入 accepted {files['accepted']}，拒收 refused {files['refused']}"
        f"\n数据行 rows  接受 accepted {rows['accepted']}，退回 rejected {rows['rejected']}"
    )
    for line in not_understood_lines.lines(found):
        console.print(f"  [yellow]{escape(line)}[/yellow]", soft_wrap=True)


def _show_where_ledgers_go(run: RunSettings, console: Console) -> None:
    folder = escape(str(run.inbox / "ledgers"))
    console.print(
        f"  [yellow]还没有收到过台账：请放进 {folder}/六位代码/ 再运行一次。 "
        f"No ledger has come yet: put them into {folder}/<the county's six-digit code>/ and run again.[/yellow]",
        soft_wrap=True,
    )


def _show_outputs(run: RunSettings, console: Console) -> None:
    home = run.home
    console.print("\n输出 outputs")
    if home.warehouse.exists():
        console.print(f"  数仓 warehouse  {escape(str(home.warehouse))}", soft_wrap=True)
        console.print(f"  Parquet  {escape(str(home.publish / 'parquet'))}", soft_wrap=True)
    workbooks = run.home.reports / "follow_up" / run.as_of.isoformat()
    if workbooks.is_dir():
        console.print(f"  督办清单 follow-up workbooks  {escape(str(workbooks))}", soft_wrap=True)
    console.print(f"  运行记录 run record  {escape(str(run_record.record_path(home, run.run_id)))}", soft_wrap=True)
    if home.warehouse.exists():
        console.print("\n接下来 next")
        for told, words in _NEXT.items():
            console.print(f"  {escape(to_paste(home, *words))}  [dim]{told}[/dim]", soft_wrap=True)


def _show_failures(record: run_record.Record, console: Console) -> None:
    console.print("\n[red]运行失败 the run failed[/red]")
    for failure in record.get("failures", []):
        where = " ".join(str(failure[key]) for key in ("dag", "task") if failure.get(key))
        console.print(f"  [red]{escape(where)}[/red] {escape(str(failure.get('reason', '')))}")
