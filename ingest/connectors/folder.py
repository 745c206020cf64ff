"""Files in a folder of this machine (or of a share mounted on it)."""

from __future__ import annotations

import os
import stat
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO

from ingest.connectors.base import Offered, SourceError
from ingest.landing import shown_name


class FolderConnector:
    """All regular files below a folder. Pipes, sockets, dead links and folders behind links are named and left alone; a
    link that leads out of the folder is not read, for whoever may put files here could name any file of this machine.

    Attributes:
        others: what the last look found that is no file, each as `name（what it is）`.
    """

    def __init__(self, folder: Path, excluded_folders: frozenset[str] = frozenset()) -> None:
        self.folder = folder
        self._excluded = excluded_folders
        self.others: list[str] = []

    def look(self) -> list[Offered]:
        """All files now; one that vanishes meanwhile was not there."""
        if not self.folder.is_dir():
            raise SourceError("folder_missing", f"文件夹不存在 folder does not exist: {self.folder}")
        found: list[Offered] = []
        self.others = []
        for root, folders, names in os.walk(self.folder, onerror=_cannot_list):
            if Path(root) == self.folder:
                folders[:] = [name for name in folders if name not in self._excluded]
            folders.sort()
            for name in (*folders, *names):
                path = Path(root) / name
                shown = shown_name(path.relative_to(self.folder).as_posix())
                if (what := what_else(path)) is not None:
                    self.others.append(f"{shown}（{what}）")
                elif name in names and (offered := self._offer(path, shown)):
                    found.append(offered)
        return found

    def open(self, offered: Offered) -> AbstractContextManager[BinaryIO]:
        """The file itself."""
        path = Path(offered.handle)
        try:
            if path.is_symlink() and not path.resolve().is_relative_to(self.folder.resolve()):
                raise SourceError(
                    "link_out_of_folder",
                    f"指向文件夹之外的链接，没有读取，请放入文件本身 a link out of the folder, not read; put the file itself: {offered.name}。",
                )
            return path.open("rb")
        except OSError as error:
            raise SourceError("unreadable", f"无法读取 cannot read {offered.name}: {error.strerror}") from error

    def _offer(self, path: Path, name: str) -> Offered | None:
        try:
            found = path.stat()
        except OSError:
            return None
        return Offered(name, found.st_size, found.st_mtime_ns, str(path))


def what_else(path: Path) -> str | None:
    """What lies there instead of a file or a folder of its own; None for these, and for what is gone by now."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            mode = path.stat().st_mode
            return "文件夹的链接 a link to a folder" if stat.S_ISDIR(mode) else _SPECIAL.get(stat.S_IFMT(mode))
    except FileNotFoundError:
        return "断开的链接 a dead link" if path.is_symlink() else None
    except OSError:
        return "断开的链接 a dead link"
    return _SPECIAL.get(stat.S_IFMT(mode))


_SPECIAL = {
    stat.S_IFIFO: "管道 a pipe",
    stat.S_IFSOCK: "套接字 a socket",
    stat.S_IFCHR: "设备 a device",
    stat.S_IFBLK: "设备 a device",
}


def _cannot_list(error: OSError) -> None:
    raise SourceError("unreadable", f"无法列出 cannot list {error.filename}: {error.strerror}") from error
