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
    """All regular files below a folder. Pipes, sockets and folders behind links are left alone; a link that leads out of
    the folder is not read, for whoever may put files here could name any file of this machine.
    """

    def __init__(self, folder: Path, excluded_folders: frozenset[str] = frozenset()) -> None:
        self.folder = folder
        self._excluded = excluded_folders

    def look(self) -> list[Offered]:
        """All files now; one that vanishes meanwhile was not there."""
        if not self.folder.is_dir():
            raise SourceError("folder_missing", f"文件夹不存在 folder does not exist: {self.folder}")
        found: list[Offered] = []
        for root, folders, names in os.walk(self.folder, onerror=_cannot_list):
            if Path(root) == self.folder:
                folders[:] = [name for name in folders if name not in self._excluded]
            folders.sort()
            for name in names:
                if offered := self._offer(Path(root) / name):
                    found.append(offered)
        return found

    def open(self, offered: Offered) -> AbstractContextManager[BinaryIO]:
        """The file itself."""
        path = Path(offered.handle)
        try:
            if path.is_symlink() and not path.resolve().is_relative_to(self.folder.resolve()):
                raise SourceError(
                    "link_out_of_folder",
                    f"指向文件夹之外的链接，没有读取，请放入文件本身 a link out of the folder, not read; put the file itself: {offered.name}",
                )
            return path.open("rb")
        except OSError as error:
            raise SourceError("unreadable", f"无法读取 cannot read {offered.name}: {error.strerror}") from error

    def _offer(self, path: Path) -> Offered | None:
        try:
            found = path.stat()
        except OSError:
            return None
        if not stat.S_ISREG(found.st_mode):
            return None
        name = shown_name(path.relative_to(self.folder).as_posix())
        return Offered(name, found.st_size, found.st_mtime_ns, str(path))


def _cannot_list(error: OSError) -> None:
    raise SourceError("unreadable", f"无法列出 cannot list {error.filename}: {error.strerror}") from error
