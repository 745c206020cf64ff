"""Paths given on a command line: those that can be read go on, each other is named and stops none of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path


def there(paths: Iterable[Path], *, folders: bool) -> list[Path]:
    """The paths that can be read; of each other one line on stderr says why not and what to do."""
    found: list[Path] = []
    for path in paths:
        if (fault := _fault(path, folders=folders)) is None:
            found.append(path)
        else:
            print(f"{path}: {fault}", file=sys.stderr)
    return found


def _fault(path: Path, *, folders: bool) -> str | None:
    if path.is_symlink() and not path.exists():
        return "链接指向的文件不存在，请给出文件本身。 A link to a file that is not there: give the file itself."
    if not path.exists():
        return "没有这个文件，请核对路径。 No such file: check the path."
    if path.is_dir() and not folders:
        return "这是文件夹，请给出其中的文件。 A folder: give the files in it."
    if not os.access(path, os.R_OK):
        return "没有读取权限，请先放开权限。 No permission to read it: have the permission given first."
    return None
