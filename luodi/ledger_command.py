"""`luodi ledger read`: what the reader makes of ledger files, for people or as JSON lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
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
