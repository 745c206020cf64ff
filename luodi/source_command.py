"""`luodi source try`: look at one ledger of a new county and propose its configuration."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

if TYPE_CHECKING:
    from ingest.source_proposal import Proposal

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
    from ingest.ledger import LedgerReading, read_ledger, refused_reading
    from ingest.ledger_printing import print_reading
    from ingest.registry import COUNTY_CODE, read_registry
    from ingest.sheet import Refusal, Workbook
    from ingest.source_proposal import propose
    from ingest.workbook import open_workbook
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
