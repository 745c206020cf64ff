"""`luodi source`: propose a county's configuration from its ledgers, and check what is configured."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.ledgers.source_proposal import Proposal
    from ingest.registry import County, Feed
    from luodi.source_trial import Tried

app = typer.Typer(no_args_is_help=True, help="数据来源 sources: counties")


@app.callback()
def source() -> None:
    """数据来源 sources."""


@app.command("try")
def try_(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="一个县区的台账或其文件夹 ledgers of one county, or their folder"),
    ],
    county: Annotated[str | None, typer.Option("--county", metavar="CODE", help="六位县区代码 county code")] = None,
    write: Annotated[bool, typer.Option("--write", help="写入 sources/counties 下 save the YAML")] = False,
) -> None:
    """看一个新县区的台账，给出一份配置建议。
    Look at the ledgers of a new county, one or many, and propose its YAML.

    One ledger is shown in full, of several what each says: `luodi ledger read` shows every column of one. Of a folder and
    of a zip archive every file is looked at. A folder named by a county's code names the county.
    Exit code 0; 2 where no file could be read, one was not there, the code is none, or the YAML is there already.
    """
    from ingest.ledgers.source_proposal import propose
    from ingest.registry import COUNTY_CODE, read_registry
    from luodi.ledger_command import county_of_folder
    from luodi.paths_given import there
    from luodi.source_trial import ledgers_in, tried

    console = Console()
    if county is not None and not COUNTY_CODE.fullmatch(county):
        console.print(f"[red]不是六位行政区划代码 no six-digit county code: {escape(county)}[/red]")
        raise typer.Exit(2)
    found = there(paths, folders=True)
    files = ledgers_in(found)
    folders = {county_of_folder(path) for _, path in files}
    code = county or (folders.pop() if len(folders) == 1 else None)
    settings = read_registry().county(code or "100000").ledger_source()
    with console.status("读台账 reading the ledgers"):
        width = console.width if console.is_terminal else None
        looked_at = list(tried(files, settings, code, width))
    if len(looked_at) == 1:
        sys.stdout.write(looked_at[0].shown)
    else:
        _print_tried(looked_at, console)
    signs = [one.signs for one in looked_at if one.signs is not None]
    doubted = list(dict.fromkeys(one.doubted for one in looked_at if one.doubted is not None))
    if not looked_at and found:
        console.print("[red]文件夹里没有文件 no file in the folder[/red]")
    if not signs and not doubted:
        raise typer.Exit(2)
    proposal = propose(signs, code, doubted)
    _print(proposal, console)
    if not signs:
        raise typer.Exit(2)
    if write:
        _save(proposal, console)
    if len(found) < len(paths):
        raise typer.Exit(2)


@app.command()
def check() -> None:
    """检查所有来源配置。
    Check the configuration of every source, in a second and without reaching any of them.

    Exit code 0; 1 where a file is wrong. A code or name that the list of regions does not know is pointed out only: a
    development zone has none there.
    """
    from rich.table import Table

    from ingest.registry import survey_registry

    console = Console()
    registry = survey_registry()
    shown = Table("来源 source", "名称 name", "从哪里取 origin", "检查 check", box=None, pad_edge=False)
    for county in registry.counties.values():
        shown.add_row(county.code, escape(county.name or ""), _origin(county), _doubt(county) or "[green]✓[/green]")
    for feed in registry.feeds.values():
        shown.add_row(feed.id, escape(feed.name), _origin(feed), "[green]✓[/green]")
    console.print(shown)
    faults = [*registry.county_faults.values(), *registry.feed_faults.values()]
    for line in (line for fault in faults for line in fault.splitlines()):
        console.print(f"[red]✗[/red] {escape(line)}", soft_wrap=True)
    if faults:
        raise typer.Exit(1)


def _doubt(county: County) -> str:
    """What the list of regions says against a county's code or name; empty where nothing."""
    from ingest.gazetteer import gazetteer

    region = gazetteer().get(county.code)
    if region is None or region.level != "county":
        return "[yellow]？区划里没有这个县级代码 no county of this code in regions.csv[/yellow]"
    if county.name and county.name != region.name:
        return f"[yellow]？区划里叫 regions.csv calls it {escape(region.name)}[/yellow]"
    return ""


def _origin(source: County | Feed) -> str:
    connection = getattr(source.origin, "connection", None)
    return f"{source.origin.kind} {escape(connection)}" if connection else source.origin.kind


def _print_tried(looked_at: Sequence[Tried], console: Console) -> None:
    """What each of several ledgers says, and the columns of all that nothing knows."""
    from rich.table import Table

    from ingest.ledgers.ledger_printing import print_unmapped

    shown = Table(box=None, pad_edge=False)
    # Titles stand in two lines, so that the names of the files have most of the width.
    shown.add_column("文件\nfile", overflow="fold")
    shown.add_column("报告日期\ndate", no_wrap=True)
    for title in ("接受\naccepted", "退回\nrejected", "未识别列\nunmapped"):
        shown.add_column(title, no_wrap=True, justify="right")
    for one in looked_at:
        if one.signs is None:
            shown.add_row(escape(one.name), f"[red]拒收 refused[/red]\n{one.reading.reason_code}", "", "", "")
        else:
            date = str(one.reading.report_date or "[yellow]未写明[/yellow]\n[yellow]not stated[/yellow]")
            counts = (one.rows_accepted, one.rows_rejected, len(one.unmapped))
            shown.add_row(escape(one.name), date, *map(str, counts))
    console.print(shown)
    for one in looked_at:
        if one.signs is None:
            console.print(f"[red]✗[/red] {escape(one.name)}: {escape(one.reading.reason_message or '')}")
    print_unmapped(list(dict.fromkeys(line for one in looked_at for line in one.unmapped)), console)


def _print(proposal: Proposal, console: Console) -> None:
    console.rule("来源建议 proposed source")
    where = f"{proposal.county_code or '<六位代码 code>'}"
    if proposal.is_needed:
        console.print(f"ingest/sources/counties/{where}.yml\n")
    else:
        console.print(
            f"不需要配置：把台账放进 收件箱/ledgers/{where}/ 即可。要登记名称也可以写：\n"
            f"No configuration is needed: put the ledgers into INBOX/ledgers/{where}/. To name the county all the same:\n"
        )
    console.print(
        proposal.yaml, markup=False, highlight=False, soft_wrap=True
    )  # to be copied: a wrapped comment is no YAML
    for question in proposal.questions:
        console.print(f"[yellow]？[/yellow] {escape(question)}")


def _save(proposal: Proposal, console: Console) -> None:
    from ingest.registry import SOURCES

    if proposal.county_code is None:
        console.print("[red]先用 --county 指明县区 name the county by --county first[/red]")
        raise typer.Exit(2)
    path = Path(os.environ.get("LUODI_SOURCES") or SOURCES) / "counties" / f"{proposal.county_code}.yml"
    if path.exists():
        console.print(f"[red]已有配置，不覆盖 there is one already, nothing was overwritten: {escape(str(path))}[/red]")
        raise typer.Exit(2)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(proposal.yaml, encoding="utf-8")
    console.print(f"已写入 written: {escape(str(path))}")
