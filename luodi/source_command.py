"""`luodi source`: propose a county's configuration from one ledger, and check what is configured."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

if TYPE_CHECKING:
    from ingest.ledgers.source_proposal import Proposal
    from ingest.registry import County, Feed

app = typer.Typer(no_args_is_help=True, help="数据来源 sources: counties")


@app.callback()
def source() -> None:
    """数据来源 sources."""


@app.command("try")
def try_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="一份台账 one ledger", exists=True, dir_okay=False)],
    county: Annotated[str | None, typer.Option("--county", metavar="CODE", help="六位县区代码 county code")] = None,
    write: Annotated[bool, typer.Option("--write", help="写入 sources/counties 下 save the YAML")] = False,
) -> None:
    """看一份新县区的台账，给出配置建议；压缩包按第一份能读的建议。
    Look at a ledger of a new county and propose its YAML.

    Of a zip archive every file is looked at; the first that can be read makes the proposal.
    Exit code 0; 2 where the file was refused, the code is none, or the YAML is there already.
    """
    from ingest.formats.sheet import Refusal, Workbook
    from ingest.formats.workbook import open_workbook
    from ingest.ledgers.ledger import LedgerReading, read_ledger, refused_reading
    from ingest.ledgers.ledger_printing import print_reading
    from ingest.ledgers.source_proposal import propose
    from ingest.registry import COUNTY_CODE, read_registry
    from luodi.ledger_showing import members

    console = Console()
    if county is not None and not COUNTY_CODE.fullmatch(county):
        console.print(f"[red]不是六位行政区划代码 no six-digit county code: {escape(county)}[/red]")
        raise typer.Exit(2)
    settings = read_registry().county(county or "100000").ledger_source()
    readable: list[tuple[str, bytes, LedgerReading]] = []
    for name, content in members(file):
        if isinstance(content, Refusal):
            print_reading(refused_reading(content, name), name, console, county)
            continue
        reading = read_ledger(content, name, settings)
        print_reading(reading, name, console, county)
        if reading.status == "read":
            readable.append((name, content, reading))
    if not readable:
        raise typer.Exit(2)
    name, data, reading = readable[0]
    opened = open_workbook(data, name)
    inside = name.removeprefix(str(file.parent)).lstrip("/")
    proposal = propose(inside, opened if isinstance(opened, Workbook) else None, reading, county)
    _print(proposal, console)
    if write:
        _save(proposal, console)


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
    console.print(proposal.yaml, markup=False, highlight=False)
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
