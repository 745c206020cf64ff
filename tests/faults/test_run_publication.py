"""Publications that are killed or run out of disk: whoever reads sees the old tables or the new ones, whole."""

from __future__ import annotations

import contextlib
import resource
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from ingest.home import Home
from warehouse import publication

PUBLISH = """
import sys, pathlib
from ingest.home import Home
from warehouse import publication
print("begin", flush=True)
publication.publish(Home(pathlib.Path(sys.argv[1])), ["fct", "dim"])
"""
ROWS = 40_000


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.build.mkdir()
    build(home, version=1)
    publication.publish(home, ["fct", "dim"])
    return home


def build(home: Home, version: int) -> None:
    with duckdb.connect(str(publication.build_database(home))) as connection:
        for table in ("fct", "dim"):
            connection.execute(
                f"create or replace table {table} as select i, md5(i::varchar) as hash, {version} as version"
                f" from range({ROWS}) as t (i)"
            )


def published(home: Home) -> set[tuple[int, int]]:
    """(version, rows) of each table, as a reader sees them now."""
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        return {
            row
            for table in ("fct", "dim")
            for row in connection.execute(f"select version, count(*) from {table} group by version").fetchall()
        }


def start(home: Home, **options: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PUBLISH, str(home.root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,  # type: ignore[call-overload]
    )


def test_a_publication_killed_at_any_moment_leaves_the_old_or_the_new(home: Home) -> None:
    seen = set()
    for step in range(8):
        build(home, version=step + 2)
        before = published(home)
        with start(home) as run:
            assert run.stdout is not None
            assert run.stdout.readline() == "begin\n"
            with contextlib.suppress(subprocess.TimeoutExpired):
                run.wait(step * 0.09)
            run.kill()
        after = published(home)
        assert after in (before, {(step + 2, ROWS)})
        seen.add(after == before)
    publication.publish(home, ["fct", "dim"])
    assert published(home) == {(9, ROWS)}
    assert not list(home.publish.glob(".new-*"))
    assert True in seen, "no kill came early enough to mean anything"


def test_a_full_disk_leaves_the_old_publication_and_says_so(home: Home) -> None:
    build(home, version=2)
    limit = 256 * 1024
    run = start(home, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    _, said = run.communicate(timeout=60)
    assert run.returncode == 1
    assert "the previous one stays" in said
    assert published(home) == {(1, ROWS)}
    assert not list(home.publish.glob(".new-*"))
    publication.publish(home, ["fct", "dim"])
    assert published(home) == {(2, ROWS)}
