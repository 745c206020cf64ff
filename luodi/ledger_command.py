"""`luodi ledger read`: what the reader makes of ledger files, for people or as JSON lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ingest.sheet import Refusal

app = typer.Typer(no_args_is_help=True, help="台账文件 ledger files")

REFUSED = 2


@app.callback()
def ledger() -> None:
    """台账文件 ledger files."""


@app.command()
def read(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="台账文件 ledger files", exists=True, dir_okay=False)
    ],
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

    Exit code 0 where every file was read, 2 where one was refused.
    """
    from ingest.ledger import LedgerSource, read_ledger, refused_reading
    from ingest.ledger_output import json_lines
    from ingest.ledger_printing import print_reading
    from ingest.registry import survey_registry
    from ingest.strict_yaml import ConfigurationError

    refused = False
    console = Console()
    try:
        codes = [county or county_of_folder(path) for path in files]
        registry = survey_registry() if any(codes) else None
        sources = [registry.county(code).ledger_source() if registry and code else LedgerSource() for code in codes]
    except ConfigurationError as error:
        raise typer.BadParameter(str(error), param_hint="--county") from error
    for path, code, source in zip(files, codes, sources, strict=True):
        for name, content in members(path):
            reading = (
                refused_reading(content, name) if isinstance(content, Refusal) else read_ledger(content, name, source)
            )
            refused = refused or reading.status == "refused"
            if as_json:
                for line in json_lines(reading, name):
                    typer.echo(line)
            else:
                print_reading(reading, name, console, code)
    raise typer.Exit(REFUSED if refused else 0)


def county_of_folder(path: Path) -> str | None:
    """The nearest folder above the file that is named by a county's code (`…/ledgers/410326/六月.xlsx`)."""
    from ingest.registry import COUNTY_CODE

    return next((folder.name for folder in path.absolute().parents if COUNTY_CODE.fullmatch(folder.name)), None)


def members(path: Path) -> Iterator[tuple[str, bytes | Refusal]]:
    """The file itself, or the files of a zip archive (`台账.zip/县区/六月.xlsx`), each with its name as printed."""
    from ingest.archive import is_archive, open_archive

    data = path.read_bytes()
    if not is_archive(data):
        yield str(path), data
        return
    found = open_archive(data)
    if isinstance(found, Refusal):
        yield str(path), found
        return
    for member in found:
        yield f"{path}/{member.name}", member.content
