"""A run whose record finds no room on the disk says so in a sentence, not in a traceback."""

from __future__ import annotations

import datetime as dt
import errno
import io
from pathlib import Path
from typing import NoReturn

import pytest
from rich.console import Console

from ingest.home import Home
from luodi import run
from warehouse import run_record


def _without_room(*_: object) -> NoReturn:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_said_plainly_where_no_record_can_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_record, "start", _without_room)
    shown = io.StringIO()
    status = run.run_once(Home(tmp_path / "var"), tmp_path, dt.date(2026, 11, 27), Console(file=shown, width=400))
    assert status == 1
    assert "磁盘已满或不可写" in shown.getvalue()
    assert "Traceback" not in shown.getvalue()
