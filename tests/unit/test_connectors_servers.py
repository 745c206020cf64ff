"""SFTP, S3-compatible stores and WebDAV, each against a real server on this machine."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from ingest.home import Home
from ingest.intake import Outcome, list_sources, pull_source
from ingest.landing import landed, read_object

pytestmark = pytest.mark.services
AS_OF = dt.date(2026, 11, 5)
LONG_AGO = 1_760_000_000
COUNTY = "530102"


@dataclass
class Server:
    """A running server, the folder it serves or a way to put files into it, and the credentials for it."""

    kind: str
    credentials: dict[str, Any]
    put: Callable[[str, bytes, int], None]
    path: str = ""
    wrong: dict[str, Any] = field(default_factory=dict)


def put_file(folder: Path) -> Callable[[str, bytes, int], None]:
    def put(name: str, content: bytes, modified: int) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (modified, modified))

    return put


@pytest.fixture
def sftp(tmp_path: Path) -> Iterator[Server]:
    asyncssh = pytest.importorskip("asyncssh", reason="the extra `servers` is not installed")
    folder = tmp_path / "sftp"
    (folder / "out").mkdir(parents=True)
    key = asyncssh.generate_private_key("ssh-ed25519")
    loop = asyncio.new_event_loop()

    class Login(asyncssh.SSHServer):  # type: ignore[misc, name-defined]
        def begin_auth(self, _username: str) -> bool:
            return True

        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            return (username, password) == ("luodi", "right")

    async def start() -> Any:
        return await asyncssh.listen(
            "127.0.0.1",
            0,
            server_factory=Login,
            server_host_keys=[key],
            sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=str(folder)),
        )

    server = loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    known = {
        "host": "127.0.0.1",
        "port": server.get_port(),
        "login": "luodi",
        "password": "right",
        "extra": {"host_key": key.export_public_key().decode()},
    }
    yield Server("sftp", known, put_file(folder / "out"), "/out", known | {"password": "wrong"})
    loop.call_soon_threadsafe(server.close)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()


@pytest.fixture
def s3() -> Iterator[Server]:
    moto = pytest.importorskip("moto.server", reason="the extra `servers` is not installed")
    import botocore.session

    running = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    url = f"http://{host}:{port}"
    store = botocore.session.get_session().create_client(
        "s3", "us-east-1", endpoint_url=url, aws_access_key_id="a", aws_secret_access_key="b"
    )
    store.create_bucket(Bucket="county")

    def put(name: str, content: bytes, _modified: int) -> None:
        store.put_object(Bucket="county", Key=f"out/{name}", Body=content)

    known = {"login": "a", "password": "b", "extra": {"endpoint_url": url}}
    yield Server("s3", known, put, "county/out")
    running.stop()


@pytest.fixture
def webdav(tmp_path: Path) -> Iterator[Server]:
    wsgidav = pytest.importorskip("wsgidav.wsgidav_app", reason="the extra `servers` is not installed")
    from cheroot import wsgi

    folder = tmp_path / "dav"
    (folder / "out").mkdir(parents=True)
    app = wsgidav.WsgiDAVApp(
        {
            "provider_mapping": {"/": str(folder)},
            "simple_dc": {"user_mapping": {"*": {"luodi": {"password": "right"}}}},
            "http_authenticator": {"accept_basic": True, "accept_digest": False, "default_to_digest": False},
            "verbose": 0,
            "logging": {"enable": False},
        }
    )
    server = wsgi.Server(("127.0.0.1", 0), app)
    server.prepare()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    known = {
        "host": "127.0.0.1",
        "port": server.bind_addr[1],
        "login": "luodi",
        "password": "right",
        "extra": {"scheme": "http"},
    }
    yield Server("webdav", known, put_file(folder / "out"), "/out", known | {"password": "wrong"})
    server.stop()
    thread.join()


@pytest.fixture(params=["sftp", "s3", "webdav"])
def server(request: pytest.FixtureRequest) -> Server:
    found: Server = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def pull(
    home: Home, tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch, credentials: Mapping[str, Any] | None
) -> Outcome:
    path = tmp_path / "sources" / "counties" / f"{COUNTY}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'code: "{COUNTY}"\norigin:\n  kind: {server.kind}\n  connection: county\n  path: {server.path}\n  patterns: ["*.csv"]\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("LUODI_SOURCES", str(tmp_path / "sources"))
    (source,) = list_sources(home, tmp_path / "no-inbox", "ledger")
    resolve = {"county": credentials}.__getitem__ if credentials is not None else None
    return pull_source(home, source, AS_OF, resolve)  # type: ignore[arg-type]


def test_new_and_changed_files_land_and_nothing_else(
    server: Server, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.put("2026/3月台账.csv", b"march", LONG_AGO)
    server.put("4月台账.csv", "四月".encode("gb18030"), LONG_AGO + 3600)
    server.put("~$4月台账.csv", b"lock", LONG_AGO)
    server.put("说明.txt", b"readme", LONG_AGO)
    outcome = pull(home, tmp_path, server, monkeypatch, server.credentials)
    assert (outcome["outcome"], outcome["files_new"], outcome["files_ignored"]) == ("ok", 2, 2)
    entries = {entry.name: entry for entry in landed(home, "ledger", COUNTY)}
    assert set(entries) == {"2026/3月台账.csv", "4月台账.csv"}
    assert read_object(home, entries["4月台账.csv"].sha256) == "四月".encode("gb18030")

    assert pull(home, tmp_path, server, monkeypatch, server.credentials)["files_new"] == 0
    server.put("4月台账.csv", b"april, corrected", LONG_AGO + 7200)
    outcome = pull(home, tmp_path, server, monkeypatch, server.credentials)
    assert outcome["new_files"] == ["4月台账.csv"]


def test_what_fails_is_an_outcome_with_its_reason(
    server: Server, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pull(home, tmp_path, server, monkeypatch, None)["reason_code"] == "no_credentials"
    flat = {key: value for key, value in server.credentials.items() if key != "extra"} | server.credentials["extra"]
    assert pull(home, tmp_path, server, monkeypatch, flat)["outcome"] == "ok"
    if server.wrong:
        outcome = pull(home, tmp_path, server, monkeypatch, server.wrong)
        assert (outcome["outcome"], outcome["reason_code"]) == ("failed", "no_access")
        assert "wrong" not in outcome["message"]
    if "host" in server.credentials:
        outcome = pull(home, tmp_path, server, monkeypatch, server.credentials | {"port": 9})
        assert (outcome["outcome"], outcome["reason_code"]) == ("failed", "unreachable")


def test_an_sftp_server_that_is_another_is_refused_before_the_login(
    sftp: Server, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import asyncssh

    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()
    outcome = pull(home, tmp_path, sftp, monkeypatch, sftp.credentials | {"extra": {"host_key": other}})
    assert (outcome["outcome"], outcome["reason_code"]) == ("failed", "no_access")
    outcome = pull(home, tmp_path, sftp, monkeypatch, sftp.credentials | {"extra": {}})
    assert outcome["reason_code"] == "no_host_key"
