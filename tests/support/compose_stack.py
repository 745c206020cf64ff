"""`docker-compose.yml` started as processes where no container engine is at hand.

Reads that very file: each service's command, environment, order and health check, with container names and paths
put in terms of this machine. Only the database server comes from the distribution instead of its image.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

CHECKOUT = Path(__file__).resolve().parents[2]
_VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?:(?P<how>:[?-])(?P<rest>[^}]*))?\}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def postgres_binaries() -> Path | None:
    """Where the distribution keeps initdb and postgres, newest version last."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    beside = shutil.which("initdb")
    return found[-1].parent if found else Path(beside).parent if beside else None


def _as_other_user() -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []


@dataclass
class Stack:
    """The services of the file below one temporary folder."""

    folder: Path
    variables: Mapping[str, str]
    api_port: int = field(default_factory=free_port)
    postgres_port: int = field(default_factory=free_port)
    _processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.services: dict[str, Any] = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text(encoding="utf-8"))[
            "services"
        ]

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.api_port}"

    def log(self, service: str) -> Path:
        return self.folder / f"{service}.log"

    def up(self) -> None:
        """Start everything in the order that `depends_on` asks for."""
        waiting = list(self.services)
        while waiting:
            service = next(name for name in waiting if not self._needs(name) & set(waiting))
            self._start(service)
            waiting.remove(service)

    def _needs(self, service: str) -> set[str]:
        return set(self.services[service].get("depends_on", {}))

    def _start(self, service: str) -> None:
        for needed, terms in self.services[service].get("depends_on", {}).items():
            self._await(needed, terms["condition"])
        if service == "postgres":
            self._start_postgres()
            return
        with self.log(service).open("wb") as log:
            self._processes[service] = subprocess.Popen(
                self._command(self.services[service]["command"]),
                env=self._environment(service),
                cwd=CHECKOUT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _await(self, service: str, condition: str) -> None:
        if condition == "service_completed_successfully":
            assert self._processes[service].wait(timeout=90) == 0, self.log(service).read_text()
            return
        assert condition == "service_healthy"
        self.await_health(service)

    def await_health(self, service: str, seconds: float = 90) -> None:
        """Run the service's own health check until it says yes."""
        check = self._command(self.services[service]["healthcheck"]["test"][1:])
        if service == "postgres":
            check = [str(self._binary("pg_isready")), *check[1:], "--host=127.0.0.1", f"--port={self.postgres_port}"]
        deadline = time.monotonic() + seconds
        while subprocess.run(check, env=self._environment(service), cwd=CHECKOUT, capture_output=True).returncode:
            process = self._processes[service]
            assert process.poll() is None, f"{service} ended:\n{self.log(service).read_text()[-3000:]}"
            assert time.monotonic() < deadline, f"{service} is not healthy:\n{self.log(service).read_text()[-3000:]}"
            time.sleep(0.5)

    def _start_postgres(self) -> None:
        data, environment = self.folder / "postgres", self._resolved(self.services["postgres"]["environment"])
        data.mkdir()
        password = data / "password"
        password.write_text(environment["POSTGRES_PASSWORD"])
        if os.getuid() == 0:
            for path in (data, password):
                shutil.chown(path, "postgres")
            # The way in for the other user; pytest keeps its folders to itself.
            for parent in data.parents:
                if parent.stat().st_uid == os.getuid() and parent != Path("/"):
                    parent.chmod(parent.stat().st_mode | 0o011)
        user = environment["POSTGRES_USER"]
        cluster = data / "cluster"
        subprocess.run(
            [
                *_as_other_user(),
                self._binary("initdb"),
                "-D",
                cluster,
                "--username",
                user,
                "--pwfile",
                password,
                "--auth",
                "scram-sha-256",
                "--no-sync",
                "--encoding",
                "UTF8",
                "--no-locale",
            ],
            check=True,
            capture_output=True,
            cwd="/",
        )
        with self.log("postgres").open("wb") as log:
            self._processes["postgres"] = subprocess.Popen(
                [
                    *_as_other_user(),
                    self._binary("postgres"),
                    "-D",
                    cluster,
                    "-p",
                    str(self.postgres_port),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    f"unix_socket_directories={data}",
                    "-c",
                    "fsync=off",
                ],
                cwd="/",
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.await_health("postgres")
        self._create_database(environment)

    def _create_database(self, environment: Mapping[str, str]) -> None:
        """What the image does at its first start."""
        import psycopg2

        connection = psycopg2.connect(
            host="127.0.0.1",
            port=self.postgres_port,
            user=environment["POSTGRES_USER"],
            password=environment["POSTGRES_PASSWORD"],
            dbname="postgres",
        )
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f'create database "{environment["POSTGRES_DB"]}"')
        connection.close()

    @staticmethod
    def _binary(name: str) -> Path:
        binaries = postgres_binaries()
        assert binaries is not None
        return binaries / name

    def _environment(self, service: str) -> dict[str, str]:
        inherited = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return {**inherited, "PATH": path, **self._resolved(self.services[service].get("environment", {}))}

    def _resolved(self, environment: Mapping[str, Any]) -> dict[str, str]:
        return {name: self._here(self._with_variables(str(value))) for name, value in environment.items()}

    def _command(self, command: list[str]) -> list[str]:
        return [self._here(self._with_variables(word)) for word in command]

    def _with_variables(self, text: str) -> str:
        def value(match: re.Match[str]) -> str:
            name, how, rest = match["name"], match["how"], match["rest"]
            if self.variables.get(name):
                return self.variables[name]
            assert how == ":-", f"{name}: {rest}"
            return str(rest)

        return _VARIABLE.sub(value, text)

    def _here(self, text: str) -> str:
        """A container's host names, ports and paths as they are on this machine."""
        for there, here in {
            "postgres:5432": f"127.0.0.1:{self.postgres_port}",
            "http://api-server:8080": self.url,
            "http://localhost:8080": self.url,
            "/var/lib/luodi": str(self.home),
            "/var/lib/inbox": str(self.inbox),
            "/opt/luodi": str(CHECKOUT),
        }.items():
            text = text.replace(there, here)
        return str(self.api_port) if text == "8080" else text

    def down(self) -> None:
        """End every service with all its children, the database last."""
        for number, seconds in ((signal.SIGTERM, 15.0), (signal.SIGKILL, 5.0)):
            for process in reversed(self._processes.values()):
                self._end(process, number, seconds)

    @staticmethod
    def _end(process: subprocess.Popen[bytes], number: signal.Signals, seconds: float) -> None:
        try:
            os.killpg(process.pid, number)
            process.wait(seconds)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            return
