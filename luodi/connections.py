"""Where credentials come from: Airflow's connections, by the name that a source's YAML gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def resolve(name: str) -> Mapping[str, Any]:
    """Host, port, login, password, schema and extras of a connection.

    Raises:
        airflow.sdk.exceptions.AirflowNotFoundException: there is no such connection.
    """
    from airflow.sdk import Connection

    found = Connection.get(name)
    return {
        **found.extra_dejson,
        "conn_type": found.conn_type,
        "host": found.host,
        "port": found.port,
        "login": found.login,
        "password": found.password,
        "schema": found.schema,
    }
