"""Commands that luodi proposes, written so that they can be pasted where they are read."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

from ingest.home import Home


def to_paste(home: Home, *words: str) -> str:
    """The program as it was called here with a command, and `home` where it is not the default one."""
    program = sys.argv[0] if Path(sys.argv[0]).name == "luodi" else "luodi"
    shortest = min(os.path.relpath(home.root), str(home.root), key=len)
    option = [] if home.root == Home.resolve(None).root else ["--home", shortest]
    return shlex.join([program, words[0], *option, *words[1:]])
