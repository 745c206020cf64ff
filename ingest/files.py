"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def write_whole(path: Path, data: bytes, *, durable: bool = True) -> Path:
    """Write the file in one step, as `whole_file` does; returns its path."""
    with whole_file(path, durable=durable) as handle:
        handle.write(data)
    return path


@contextmanager
def whole_file(path: Path, *, durable: bool = True) -> Iterator[BinaryIO]:
    """A file to write that takes its name when the body ends: whoever opens `path` finds the old one or the new one.

    Where the body fails nothing changes. `durable` waits for the disk; leave it out for what is written anew without harm.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Another thread, or another machine on the same share, may be writing the same file.
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as handle:
            yield handle
            if durable:
                handle.flush()
                os.fsync(handle.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
