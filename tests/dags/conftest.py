"""Airflow for the tests: a home of its own, set before Airflow is imported, shared by all tests of a process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.home import Home
from luodi import airflow_home


@pytest.fixture(scope="session")
def airflow_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """The home whose Airflow this test process imported; its database is migrated."""
    home = Home(tmp_path_factory.mktemp("airflow"))
    with pytest.MonkeyPatch.context() as patch:
        for name in {**airflow_home.shared_settings(), **airflow_home.isolated_settings(home)}:
            patch.setenv(name, "")
            patch.delenv(name)
        patch.setenv("LUODI_RETRY_SECONDS", "0")
        airflow_home.apply(home)
        airflow_home.migrate_once(home)
        yield home


@pytest.fixture(scope="session")
def dags_folder() -> Path:
    return airflow_home.DAGS
