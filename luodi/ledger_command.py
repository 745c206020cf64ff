"""`luodi ledger`: what the reader makes of ledger files, for people or as JSON lines; and ledgers that are taken back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from luodi.options import folder

if TYPE_CHECKING:
    from ingest.home import Home
    from ingest.landing import Landed
    from ingest.registry import Registry

app = typer.Typer(no_args_is_help=True, help="台账文件 ledger files")

REFUSED = 2


@app.callback()
def ledger() -> None:
    """台账文件 ledger files."""


@app.command()
def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="台账文件 ledger files")],
    county: Annotated[
        str | None,
        typer.Option(
            "--county",
            metavar="CODE",
            help="六位县区代码，用它的配置和说法；不写则看文件夹名 county code, for its settings and wording; else the folder's name",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="每行一个 JSON 对象 JSON lines")] = False,
) -> None:
    """读台账文件，看每一列认成了什么、每一行去了哪里。
    Show what the reader makes of ledger files.

    Exit code 0 where every file was read, 2 where one was refused or is not there.
    """
    from ingest.ledgers.ledger_source import LedgerSource
    from ingest.registry import survey_registry
    from ingest.strict_yaml import ConfigurationError
    from luodi.ledger_showing import Showing, print_ledgers
    from luodi.paths_given import there

    given, files = files, there(files, folders=False)
    try:
        codes = [county or county_of_folder(path) for path in files]
        registry = survey_registry() if any(codes) else None
        sources = [registry.county(code).ledger_source() if registry and code else LedgerSource() for code in codes]
    except ConfigurationError as error:
        raise typer.BadParameter(str(error), param_hint="--county") from error
    if county and registry:
        _warn_if_unknown(county, registry)
    console = Console()
    width = console.width if console.is_terminal else None
    refused = print_ledgers(
        Showing(path, str(path), source, code, as_json, width)
        for path, code, source in zip(files, codes, sources, strict=True)
    )
    raise typer.Exit(REFUSED if refused or len(files) < len(given) else 0)


HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        envvar="LUODI_HOME",
        parser=folder,
        metavar="<path>",
        help="运行目录 the home (var/)",
        show_default=False,
    ),
]
ShaArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SHA",
        help="file_sha256，或前几位 or its beginning",
        show_default=False,
    ),
]
ReasonOption = Annotated[str, typer.Option("--reason", help="为什么 why")]
CountyOption = Annotated[str | None, typer.Option("--county", metavar="CODE", help="哪个县区的 of which county")]
AllOption = Annotated[bool, typer.Option("--all", help="该县区全部 all of the county")]
ByOption = Annotated[str | None, typer.Option("--by", help="谁定的 who decided", show_default=False)]


@app.command()
def withdraw(
    reason: ReasonOption,
    ledgers: ShaArgument = None,
    county: CountyOption = None,
    every: AllOption = False,
    by: ByOption = None,
    home: HomeOption = None,
) -> None:
    """撤下台账（如放错县区的） take back ledgers.

    下次运行起它们的行不再计入；字节仍在，可恢复。 From the next run on their rows do not count; the bytes stay.
    """
    from ingest.withdrawals import WITHDRAWN

    _say(home, ledgers or [], county, WITHDRAWN, reason, by, every=every)


@app.command()
def restore(
    reason: ReasonOption,
    ledgers: ShaArgument = None,
    county: CountyOption = None,
    every: AllOption = False,
    by: ByOption = None,
    home: HomeOption = None,
) -> None:
    """恢复撤下的台账 count them again.

    下次运行起重新计入。 From the next run on.
    """
    from ingest.withdrawals import RESTORED

    _say(home, ledgers or [], county, RESTORED, reason, by, every=every)


def _say(
    home: Path | None, wanted: list[str], county: str | None, event: str, reason: str, by: str | None, *, every: bool
) -> None:
    import datetime as dt

    from ingest import withdrawals
    from ingest.home import Home
    from ingest.landing import LandingError
    from luodi.next_commands import to_run
    from luodi.settings import business_date
    from warehouse import run_record

    if not reason.strip():
        raise typer.BadParameter("请写明原因 say why", param_hint="--reason")
    if every == bool(wanted) or (every and county is None):
        raise typer.BadParameter(
            "写出台账的编号，或用 --county 加 --all give the ledgers, or --county with --all", param_hint="SHA"
        )
    place, said_on = Home.resolve(home), business_date(dt.datetime.now(dt.UTC)).isoformat()
    told = "已撤下 withdrawn" if event == withdrawals.WITHDRAWN else "已恢复 restored"
    try:
        for entry in _all_of(place, county, event) if every and county is not None else _named(place, wanted, county):
            withdrawals.say(place, entry, event, reason.strip(), by, said_on)
            print(f"{told}  {entry.source_id}  {entry.sha256[: withdrawals.SHOWN]}  {entry.name}")
    except (withdrawals.WithdrawalError, LandingError) as error:
        print(error, file=sys.stderr)
        raise typer.Exit(REFUSED) from None
    last_run = run_record.latest(run_record.all_records(place)) or {}
    inbox = (last_run.get("parameters") or {}).get("inbox")
    print(f"下次运行生效 takes effect with the next run: {to_run(place, inbox)}")


def _all_of(home: Home, county: str, event: str) -> list[Landed]:
    """The ledgers of a county for which the event would change anything."""
    from ingest import withdrawals

    taken_back = withdrawals.withdrawn(home, county)
    is_wanted = event == withdrawals.WITHDRAWN
    entries = [one for one in withdrawals.ledgers(home, county) if (one.sha256 in taken_back) != is_wanted]
    if not entries:
        raise withdrawals.WithdrawalError(f"{county} 没有这样的台账 has no such ledgers")
    return entries


def _named(home: Home, wanted: list[str], county: str | None) -> list[Landed]:
    from ingest import withdrawals

    return [withdrawals.find(home, sha256, county) for sha256 in wanted]


def county_of_folder(path: Path) -> str | None:
    """The nearest folder above the file that is named by a county's code (`…/ledgers/410326/六月.xlsx`)."""
    from ingest.registry import COUNTY_CODE

    return next((folder.name for folder in path.absolute().parents if COUNTY_CODE.fullmatch(folder.name)), None)


def _warn_if_unknown(code: str, registry: Registry) -> None:
    """A slip in the code would read with the default settings, unnoticed; a new district's code is read all the same."""
    from ingest.gazetteer import gazetteer

    if code not in registry.counties and gazetteer().get(code) is None:
        Console(stderr=True).print(
            f"[yellow]{code} 不在行政区划表里，也没有配置，按默认设置读取；请核对代码。 {code} is no known region and has no"
            " source file: read with the default settings; check the code.[/yellow]"
        )
