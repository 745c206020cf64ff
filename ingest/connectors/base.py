"""What every connector offers: a look at what lies there, and the bytes of one file."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import BinaryIO, Protocol


class SourceError(Exception):
    """A source could not be read. `code` is stable; the message is Chinese, then English."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Offered:
    """A file as one look shows it. `name` is relative to the source, `/` between folders.

    `modified_ns` is the source's own time (UTC); None where it gives none, and then the size alone tells a change.
    `handle` is what the connector opens it by.
    """

    name: str
    size_bytes: int | None
    modified_ns: int | None
    handle: str


class Connector(Protocol):
    """A place files are pulled from."""

    def look(self) -> list[Offered]:
        """All files that lie there now.

        Raises:
            SourceError: the place itself cannot be read.
        """

    def open(self, offered: Offered) -> AbstractContextManager[BinaryIO]:
        """The bytes of one file, from the start.

        Raises:
            SourceError: this file cannot be read; others may be.
        """
