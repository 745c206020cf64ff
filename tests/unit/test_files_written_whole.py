"""Files that are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.files import whole_file, write_whole


def write_half(path: Path) -> None:
    with whole_file(path) as handle:
        handle.write(b"ne")
        raise OSError("disk full")


def test_the_old_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = write_whole(tmp_path / "a" / "b.json", b"old")
    with whole_file(path) as handle:
        handle.write(b"new")
        handle.flush()
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"


def test_where_writing_fails_nothing_changes_and_nothing_is_left(tmp_path: Path) -> None:
    path = write_whole(tmp_path / "b.json", b"old")
    with pytest.raises(OSError, match="disk full"):
        write_half(path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
