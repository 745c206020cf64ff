"""The compose file keeps its promises: fit for a machine others use, and a DAG run goes through its services."""

from __future__ import annotations

import json
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from compose_stack import CHECKOUT, Stack, postgres_binaries

AIRFLOW_SERVICES = {"init", "api-server", "scheduler", "dag-processor", "triggerer"}
VARIABLES = {"POSTGRES_PASSWORD": "for-this-test", "LUODI_SECRET_KEY": "a" * 48, "LUODI_JWT_SECRET": "b" * 64}
PAUSED = "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION"
RUN_SECONDS = 240  # an upper bound for a busy machine


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return dict(yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text(encoding="utf-8"))["services"])


def test_every_service_has_a_health_check_but_the_one_that_ends(services: dict[str, Any]) -> None:
    assert set(services) == AIRFLOW_SERVICES | {"postgres"}
    assert {name for name, service in services.items() if "healthcheck" not in service} == {"init"}


def test_no_service_of_ours_runs_as_root(services: dict[str, Any]) -> None:
    assert all(services[name]["user"].split(":")[0] not in {"0", "root"} for name in AIRFLOW_SERVICES)
    assert "\nUSER luodi\n" in (CHECKOUT / "docker" / "Dockerfile").read_text()


def test_the_image_is_built_from_the_lock_with_hashes() -> None:
    text = (CHECKOUT / "docker" / "Dockerfile").read_text()
    assert "--require-hashes -r /tmp/requirements.lock" in text


def test_no_secret_stands_in_the_file(services: dict[str, Any]) -> None:
    example = (CHECKOUT / "docker" / "example.env").read_text()
    for service in services.values():
        for name, value in service.get("environment", {}).items():
            if name.endswith(("PASSWORD", "SECRET_KEY", "JWT_SECRET")):
                assert str(value).startswith("${"), name
                assert f"\n{str(value)[2:].split(':')[0]}=" in f"\n{example}"


def test_every_dag_runs_from_the_first_start(services: dict[str, Any]) -> None:
    assert {services[name]["environment"][PAUSED] for name in AIRFLOW_SERVICES} == {"False"}


def test_the_page_is_bound_to_this_machine_only(services: dict[str, Any]) -> None:
    assert all(port.startswith("127.0.0.1:") for port in services["api-server"]["ports"])


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    if postgres_binaries() is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    # Paused, so that nothing but what the test starts is run.
    stack = Stack(tmp_path, VARIABLES, {PAUSED: "True"})
    (stack.home / "airflow").mkdir(parents=True)
    source = CHECKOUT / "samples" / "inbox" / "ledgers" / "410922"
    first = min(source.iterdir())
    (stack.inbox / "ledgers" / source.name).mkdir(parents=True)
    shutil.copy2(first, stack.inbox / "ledgers" / source.name / first.name)
    try:
        yield stack
    finally:
        stack.down()


def call(
    stack: Stack, path: str, token: str | None = None, body: dict[str, Any] | None = None, method: str | None = None
) -> dict[str, Any]:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{stack.url}{path}", data, headers, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return dict(json.load(answer))


def await_run(stack: Stack, token: str, query: str, states: set[str]) -> str:
    """The state of the first run that the query finds in one of the states."""
    deadline = time.monotonic() + RUN_SECONDS
    while time.monotonic() < deadline:
        try:
            runs = call(stack, f"/api/v2/dags/{query}", token)["dag_runs"]
        except urllib.error.HTTPError:  # not parsed yet
            runs = []
        found = [str(run["state"]) for run in runs if run["state"] in states]
        if found:
            return found[0]
        time.sleep(1)
    raise AssertionError(f"{query} never came to {states}:\n{stack.log('scheduler').read_text()[-4000:]}")


def unpause(stack: Stack, token: str, dag: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            call(stack, f"/api/v2/dags/{dag}", token, {"is_paused": False}, "PATCH")
            return
        except urllib.error.HTTPError:  # the DAG processor has not come to it yet
            assert time.monotonic() < deadline, stack.log("dag-processor").read_text()[-4000:]
            time.sleep(1)


@pytest.mark.services
@pytest.mark.slow
def test_a_run_goes_through_postgresql_and_the_services_of_the_file(stack: Stack) -> None:
    """A triggered run lands and reads a ledger; its asset starts `warehouse`; the daily run due today publishes."""
    stack.up()
    password = json.loads((stack.home / "airflow" / "passwords.json").read_text())["admin"]
    token = call(stack, "/auth/token", body={"username": "admin", "password": password})["access_token"]
    for service in ("scheduler", "dag-processor", "triggerer"):
        stack.await_health(service)
    trigger = {"logical_date": None, "conf": {"as_of": "2026-11-05"}}
    for dag in ("county_ledgers", "warehouse"):
        unpause(stack, token, dag)
    call(stack, "/api/v2/dags/county_ledgers/dagRuns", token, trigger)
    ended = {"success", "failed"}
    assert await_run(stack, token, "county_ledgers/dagRuns?run_type=manual", ended) == "success"
    assert await_run(stack, token, "warehouse/dagRuns?run_type=asset_triggered", {*ended, "queued", "running"})
    assert await_run(stack, token, "warehouse/dagRuns", ended) == "success"
    assert (stack.home / "publish" / "warehouse.duckdb").exists()
