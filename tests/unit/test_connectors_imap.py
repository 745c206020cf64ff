"""Ledgers sent by mail, against a real IMAP server (Dovecot) on this machine."""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import email.utils
import getpass
import grp
import imaplib
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from ingest.connectors.base import SourceError
from ingest.connectors.imap import ImapLimits, Mailbox, MailboxMark
from ingest.home import Home
from ingest.intake import Outcome, list_sources, pull_source
from ingest.landing import landed, read_object
from ingest.registry import ImapOrigin

pytestmark = pytest.mark.services
AS_OF = dt.date(2026, 11, 5)
COUNTY = "530102"
DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
SETTINGS = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
disable_plaintext_auth = no
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 0
passdb {{
  driver = static
  args = password=right
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
"""


# Dovecot runs its parts as users of its own where it is started by root; else all of them are whoever starts it.
WITHOUT_ROOT = """
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
}}
"""
NOBODY = 65534


@dataclass
class MailServer:
    """A running server; `put` appends a message to a folder as a mail server would on delivery."""

    plain: int
    tls: int
    certificate: Path

    def put(self, message: bytes, folder: str = "INBOX") -> None:
        with imaplib.IMAP4("127.0.0.1", self.plain) as client:
            client.login("county", "right")
            client.create(f'"{folder}"')
            status, said = client.append(f'"{folder}"', "", imaplib.Time2Internaldate(1_760_000_000), message)
            assert status == "OK", said

    def credentials(self, **changes: Any) -> dict[str, Any]:
        known = {"host": "127.0.0.1", "port": self.plain, "login": "county", "password": "right"}
        return known | {"extra": {"security": "plain"}} | changes


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    if DOVECOT is None:
        pytest.skip("Dovecot is not installed (.ci/run installs it)")
    with tempfile.TemporaryDirectory() as folder:
        yield from serve_mail(Path(folder), DOVECOT)


def serve_mail(folder: Path, program: str) -> Iterator[MailServer]:
    certify(folder)
    folder.chmod(0o755)
    (folder / "mail").mkdir()
    is_root = os.getuid() == 0
    if is_root:
        os.chown(folder / "mail", NOBODY, NOBODY)
    made = MailServer(free_port(), free_port(), folder / "server.pem")
    settings = (SETTINGS if is_root else SETTINGS + WITHOUT_ROOT).format(
        folder=folder,
        user=getpass.getuser(),
        group=grp.getgrgid(os.getgid()).gr_name,
        uid=NOBODY if is_root else os.getuid(),
        gid=NOBODY if is_root else os.getgid(),
        plain=made.plain,
        tls=made.tls,
    )
    (folder / "dovecot.conf").write_text(settings, encoding="utf-8")
    running = subprocess.Popen([program, "-F", "-c", str(folder / "dovecot.conf")])
    wait_for(made.plain, folder / "log")
    yield made
    running.terminate()
    running.wait(timeout=20)


def certify(folder: Path) -> None:
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1"
    )
    out = ["-keyout", str(folder / "server.key"), "-out", str(folder / "server.pem")]
    subprocess.run([*command.split(), *out], check=True, capture_output=True)


def wait_for(port: int, log: Path) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(log.read_text(encoding="utf-8") if log.exists() else "no log")


def letter(name: str, content: bytes, *, sender: str = "clerk@county.example", message_id: str = "m1") -> EmailMessage:
    message = EmailMessage()
    message["From"] = email.utils.formataddr(("县商务局", sender))
    message["To"] = "city@example.org"
    message["Subject"] = "六月台账"
    message["Message-ID"] = f"<{message_id}@county.example>"
    message.set_content("请查收。")
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message


def configure(sources: Path, monkeypatch: pytest.MonkeyPatch, **origin: Any) -> None:
    counties = sources / "counties"
    counties.mkdir(parents=True, exist_ok=True)
    lines = [f'code: "{COUNTY}"', "origin:", "  kind: imap", "  connection: mail", "  is_internal: true"]
    lines += [f"  {key}: {value}" for key, value in origin.items()]
    (counties / f"{COUNTY}.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.setenv("LUODI_SOURCES", str(sources))


def pull(home: Home, tmp_path: Path, credentials: dict[str, Any]) -> Outcome:
    (source,) = list_sources(home, tmp_path / "no-inbox", "ledger")
    return pull_source(home, source, AS_OF, {"mail": credentials}.__getitem__)


def names(home: Home) -> list[str]:
    return [entry.name for entry in landed(home, "ledger", COUNTY)]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def folder_of(request: pytest.FixtureRequest) -> str:
    return request.node.name.replace("[", "-").replace("]", "")


def test_new_messages_land_once_under_their_message_id(
    server: MailServer, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    folder = folder_of(request)
    configure(tmp_path / "sources", monkeypatch, folder=folder)
    server.put(letter("六月台账.xlsx", b"first").as_bytes(), folder)
    first = pull(home, tmp_path, server.credentials())
    assert (first["outcome"], first["files_new"], first["files_seen"]) == ("ok", 1, 1)
    (entry,) = landed(home, "ledger", COUNTY)
    assert entry.name == "m1@county.example/六月台账.xlsx"
    assert entry.names[0].modified_ns == 1_760_000_000 * 10**9
    assert read_object(home, entry.sha256) == b"first"

    again = pull(home, tmp_path, server.credentials())
    assert (again["files_new"], again["files_seen"]) == (0, 1)
    server.put(letter("七月台账.xlsx", b"second", message_id="m2").as_bytes(), folder)
    later = pull(home, tmp_path, server.credentials())
    assert (later["files_new"], later["files_seen"]) == (1, 2)
    assert names(home) == ["m1@county.example/六月台账.xlsx", "m2@county.example/七月台账.xlsx"]


def test_a_mailbox_built_anew_lands_nothing_twice(
    server: MailServer, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    folder = folder_of(request)
    configure(tmp_path / "sources", monkeypatch, folder=folder)
    for number in (1, 2):
        server.put(letter(f"{number}月.xlsx", b"%d" % number, message_id=f"m{number}").as_bytes(), folder)
    pull(home, tmp_path, server.credentials())
    with imaplib.IMAP4("127.0.0.1", server.plain) as client:
        client.login("county", "right")
        client.delete(folder)
    server.put(letter("2月.xlsx", b"2", message_id="m2").as_bytes(), folder)
    server.put(letter("3月.xlsx", b"3", message_id="m3").as_bytes(), folder)
    anew = pull(home, tmp_path, server.credentials())
    assert (anew["outcome"], anew["files_new"], anew["names_added"]) == ("ok", 1, 0)
    assert names(home) == [f"m{n}@county.example/{n}月.xlsx" for n in (1, 2, 3)]


def test_only_ledgers_of_the_senders_named_are_taken_and_nothing_is_marked_read(
    server: MailServer, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    folder = folder_of(request)
    configure(tmp_path / "sources", monkeypatch, folder=folder, senders="['*@county.example']")
    mixed = letter("台账.csv", "项目名称\n甲厂\n".encode())
    mixed.add_attachment(b"logo", maintype="image", subtype="png", filename="logo.png")
    server.put(mixed.as_bytes(), folder)
    server.put(letter("台账.csv", b"spam", sender="someone@else.example", message_id="m9").as_bytes(), folder)
    outcome = pull(home, tmp_path, server.credentials())
    assert (names(home), outcome["files_ignored"]) == (["m1@county.example/台账.csv"], 1)
    with imaplib.IMAP4("127.0.0.1", server.plain) as client:
        client.login("county", "right")
        client.select(folder)
        assert client.search(None, "UNSEEN")[1] == [b"1 2"]


def test_names_as_older_clients_write_them_are_read(
    server: MailServer, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    folder = folder_of(request)
    configure(tmp_path / "sources", monkeypatch, folder=folder)
    ways = [
        b'filename="=?GB2312?B?' + base64.b64encode("甲县台账.xls".encode("gb18030")) + b'?="',
        'filename="乙县台账.xls"'.encode("gb18030"),
        'filename="丙县台账.xls"'.encode(),
        b"filename*=UTF-8''%E4%B8%81%E5%8E%BF.xls",
        b'filename="../../etc/passwd.xls"',
    ]
    for number, way in enumerate(ways):
        raw = (
            b"From: a@county.example\r\nMessage-ID: <n%d@x>\r\nMIME-Version: 1.0\r\n"
            b"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; %s\r\n"
            b"Content-Transfer-Encoding: base64\r\n\r\n%s\r\n" % (number, way, base64.b64encode(b"%d" % number))
        )
        server.put(raw, folder)
    pull(home, tmp_path, server.credentials())
    assert names(home) == [
        "n0@x/甲县台账.xls",
        "n1@x/乙县台账.xls",
        "n2@x/丙县台账.xls",
        "n3@x/丁县.xls",
        "n4@x/_.._etc_passwd.xls",
    ]


def test_a_folder_may_be_named_in_chinese(server: MailServer) -> None:
    server.put(letter("台账.xlsx", b"x").as_bytes(), "&U,CNJg- &- more")
    origin = ImapOrigin(kind="imap", connection="c", folder="台账 & more", is_internal=True)
    with Mailbox(origin, server.credentials()) as box:
        assert len(list(box.messages_after(MailboxMark()))) == 1
    missing = origin.model_copy(update={"folder": "没有"})
    with Mailbox(missing, server.credentials()) as box, pytest.raises(SourceError) as caught:
        list(box.messages_after(MailboxMark()))
    assert caught.value.code == "folder_missing"


def test_tls_checks_the_certificate(server: MailServer) -> None:
    origin = ImapOrigin(kind="imap", connection="c", is_internal=True)
    known = server.credentials(port=server.tls, extra={})
    with pytest.raises(SourceError) as caught, Mailbox(origin, known):
        pass
    assert caught.value.code == "no_access"
    trusted = ssl.create_default_context(cafile=str(server.certificate))
    with Mailbox(origin, known, ssl_context=trusted) as box:
        list(box.messages_after(MailboxMark()))
    upgraded = server.credentials(extra={"security": "starttls"})
    with Mailbox(origin, upgraded, ssl_context=trusted) as box:
        list(box.messages_after(MailboxMark()))


def test_an_internal_server_and_bare_text_need_to_be_allowed(server: MailServer) -> None:
    for known in (server.credentials(), server.credentials(extra={"security": "tls"})):
        with pytest.raises(SourceError) as caught, Mailbox(ImapOrigin(kind="imap", connection="c"), known):
            pass
        assert caught.value.code == "not_allowed"


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"password": "wrong"}, "no_access"), ({"port": 1}, "unreachable")],
)
def test_a_mailbox_that_cannot_be_read_is_an_outcome(
    server: MailServer,
    home: Home,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    changes: dict[str, Any],
    code: str,
) -> None:
    configure(tmp_path / "sources", monkeypatch)
    outcome = pull(home, tmp_path, server.credentials(**changes))
    assert (outcome["outcome"], outcome["reason_code"]) == ("failed", code)


def test_a_message_too_large_is_told_and_the_next_one_still_comes(server: MailServer) -> None:
    origin = ImapOrigin(kind="imap", connection="c", folder="large", is_internal=True)
    server.put(letter("大.xlsx", b"0" * 200_000).as_bytes(), "large")
    server.put(letter("小.xlsx", b"1", message_id="m2").as_bytes(), "large")
    with Mailbox(origin, server.credentials(), ImapLimits(message_bytes=100_000)) as box:
        big, small = box.messages_after(MailboxMark())
    assert big.failure is not None
    assert big.failure.code == "too_large"
    assert [one.name for one in small.attachments] == ["m2@county.example/小.xlsx"]


def talk(*answers: bytes) -> int:
    """A server that says its lines one after another, whatever it is told, and then nothing."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"* OK ready\r\n")
            for answer in answers:
                if not (asked := connection.recv(4096)):
                    return
                connection.sendall(answer.replace(b"TAG", asked.split(b" ", 1)[0]))
            with contextlib.suppress(OSError):
                while connection.recv(4096):
                    pass

    threading.Thread(target=serve, daemon=True).start()
    return int(listener.getsockname()[1])


def test_a_server_that_hangs_is_left_at_the_deadline() -> None:
    origin = ImapOrigin(kind="imap", connection="c", is_internal=True)
    port = talk(b"* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n")
    known = {"host": "127.0.0.1", "port": port, "login": "a", "password": "b", "extra": {"security": "plain"}}
    started = time.monotonic()
    with pytest.raises(SourceError) as caught, Mailbox(origin, known, ImapLimits(seconds=0.5)):
        pass
    assert caught.value.code == "timeout"
    assert time.monotonic() - started < 10


def test_a_server_that_claims_a_giant_literal_is_cut_off() -> None:
    origin = ImapOrigin(kind="imap", connection="c", is_internal=True)
    port = talk(
        b"* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n",
        b"TAG OK done\r\n",
        b"* OK [UIDVALIDITY 1]\r\n* 1 EXISTS\r\nTAG OK done\r\n",
        b"* SEARCH 1\r\nTAG OK done\r\n",
        b"* 1 FETCH (UID 1 RFC822.SIZE 5 BODY[HEADER.FIELDS (FROM)] {99999999999}\r\n",
    )
    known = {"host": "127.0.0.1", "port": port, "login": "a", "password": "b", "extra": {"security": "plain"}}
    with pytest.raises(SourceError) as caught, Mailbox(origin, known, ImapLimits(seconds=20)) as box:
        list(box.messages_after(MailboxMark()))
    assert caught.value.code == "too_large"
