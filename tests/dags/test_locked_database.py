"""Airflow's SQLite file held by somebody else for longer than SQLite waits by itself: waited for, not failed."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing

import pytest

from ingest.home import Home

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

SECONDS = 8  # SQLite's own patience is 5


def test_whoever_writes_waits_for_who_holds_the_file(airflow_session: Home) -> None:
    from airflow.models.pool import Pool

    is_held = threading.Event()

    def hold() -> None:
        with closing(sqlite3.connect(airflow_session.airflow / "airflow.db", isolation_level=None)) as database:
            database.execute("begin exclusive")
            is_held.set()
            time.sleep(SECONDS)
            database.execute("rollback")

    holder = threading.Thread(target=hold)
    holder.start()
    assert is_held.wait(60)
    began = time.monotonic()
    Pool.create_or_update_pool("waited", slots=1, description="", include_deferred=False)
    assert time.monotonic() - began > SECONDS / 2
    holder.join()
