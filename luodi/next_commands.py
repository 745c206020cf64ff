"""Commands that luodi proposes, written so that they can be pasted where they are read."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

from ingest.home import Home
from luodi.settings import default_inbox


def to_paste(home: Home, *words: str) -> str:
    """The program as it was called here with a command, and `home` where it is not the default one."""
    program = sys.argv[0] if Path(sys.argv[0]).name == "luodi" else "luodi"
    option = [] if home.root == Home.resolve(None).root else ["--home", _shortest(home.root)]
    return shlex.join([program, words[0], *option, *words[1:]])


def to_run(home: Home, inbox: str | None, *words: str) -> str:
    """`run` for `home` from the inbox it ran with, named where it is not the default one: else the sample would be pulled."""
    option = [] if inbox is None or Path(inbox) == default_inbox() else ["--inbox", _shortest(Path(inbox))]
    return to_paste(home, "run", *option, *words)


def _shortest(path: Path) -> str:
    return min(os.path.relpath(path), str(path), key=len)
