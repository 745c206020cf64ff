"""Values of options that several commands take."""

from __future__ import annotations

from pathlib import Path

import typer


def folder(given: str) -> Path:
    """A folder that was named. An empty name is most often a variable that is not set, and would mean the folder one is in.

    Raises:
        typer.BadParameter: the name is empty.
    """
    if not given.strip():
        raise typer.BadParameter("是空的（变量没有赋值？）it is empty: a variable that is not set?")
    return Path(given)
