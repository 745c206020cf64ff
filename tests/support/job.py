"""`luodi run` as a person starts it, and what its publication amounts to."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import duckdb

CHECKOUT = Path(__file__).resolve().parents[2]
SAMPLE_INBOX = CHECKOUT / "samples" / "inbox"
AS_OF = "2026-11-05"


def start(home: Path, inbox: Path = SAMPLE_INBOX, as_of: str = AS_OF) -> subprocess.Popen[str]:
    """A run on the way, its output piped."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "LUODI"))}
    # Whatever a library wants to keep in a person's folder would show here, beside the home.
    environment["HOME"] = str(home.with_name(f"{home.name}-user"))
    return subprocess.Popen(
        [sys.executable, "-m", "luodi.cli", "run", "--home", str(home), "--inbox", str(inbox), "--as-of", as_of],
        cwd=home.parent,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finish(run: subprocess.Popen[str]) -> tuple[int, str]:
    """Exit status and everything it said."""
    said, _ = run.communicate(timeout=240)
    return run.returncode, said


def table_hashes(home: Path) -> dict[str, str]:
    """One hash a published table, over its rows in their order and over its Parquet file."""
    hashes: dict[str, str] = {}
    with duckdb.connect(str(home / "publish" / "warehouse.duckdb"), read_only=True) as connection:
        names = connection.execute("select table_name from information_schema.tables order by 1").fetchall()
        for (name,) in names:
            rows = connection.execute(f'select * from "{name}"').fetchall()
            hashes[name] = hashlib.sha256(repr(rows).encode()).hexdigest()
    for path in (home / "publish" / "parquet").glob("*.parquet"):
        hashes[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return hashes
