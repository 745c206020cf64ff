"""Every channel against a real server on this machine: what arrives, how it is signed, what a refusal does."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import os
import signal
import subprocess
import sys
import threading
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from follow_up_publication import publish_follow_ups
from published_dates import publish_dates

from ingest.home import Home
from ingest.strict_yaml import ConfigurationError
from luodi.push.channels import Message, PushError, send
from luodi.push.digest import RECIPIENTS, Recipient, UnsureError, read_recipients, send_digest
from reports.letter_senders import read_senders

SECRET = "SECinvented"
MOMENT = 1_783_300_000.25
MONDAY = dt.date(2026, 7, 6)
MESSAGE = Message("招商项目督办日报 2026-07-06", "在办 3 项，逾期 1 项。")


@dataclass
class Service:
    """A robot's endpoint: what came in, and what it answers."""

    url: str = ""
    answer: bytes = b'{"errcode": 0, "code": 0}'
    status: int = 200
    received: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    hangs_up: bool = False
    kills_sender: bool = False
    sender: int = 0

    @property
    def body(self) -> dict[str, Any]:
        parsed: dict[str, Any] = json.loads(self.received[-1][2])
        return parsed


@pytest.fixture
def service() -> Iterator[Service]:
    found = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.received.append((self.path, dict(self.headers), body))
            if found.kills_sender:
                os.kill(found.sender, signal.SIGKILL)
            if found.hangs_up or found.kills_sender:
                return
            self.send_response(found.status)
            self.end_headers()
            self.wfile.write(found.answer)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_port}/robot/send?access_token=invented"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


def test_wecom_gets_markdown_within_its_limit(service: Service) -> None:
    send("wecom", {"url": service.url}, Message("题", "督" * 3000), MOMENT)
    assert service.body["msgtype"] == "markdown"
    content = service.body["markdown"]["content"]
    assert content.startswith("**题**")
    assert len(content.encode()) <= 4096


def test_dingtalk_is_signed_in_the_query(service: Service) -> None:
    send("dingtalk", {"url": service.url, "password": SECRET}, MESSAGE, MOMENT)
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(service.received[0][0]).query)
    wanted = hmac.new(SECRET.encode(), f"1783300000250\n{SECRET}".encode(), hashlib.sha256).digest()
    assert query["access_token"] == ["invented"]
    assert query["timestamp"] == ["1783300000250"]
    assert base64.b64decode(query["sign"][0]) == wanted
    assert service.body["markdown"]["title"] == MESSAGE.title
    assert SECRET not in str(service.received)


def test_feishu_is_signed_in_the_body(service: Service) -> None:
    send("feishu", {"url": service.url, "password": SECRET}, MESSAGE, MOMENT)
    wanted = hmac.new(f"1783300000\n{SECRET}".encode(), b"", hashlib.sha256).digest()
    assert service.body["timestamp"] == "1783300000"
    assert base64.b64decode(service.body["sign"]) == wanted
    assert MESSAGE.text in service.body["content"]["text"]


def test_a_webhook_can_check_who_sent_it(service: Service) -> None:
    send("webhook", {"url": service.url, "password": SECRET}, MESSAGE, MOMENT)
    _, headers, body = service.received[0]
    signed = hmac.new(SECRET.encode(), headers["X-Luodi-Timestamp"].encode() + b"." + body, hashlib.sha256)
    assert headers["X-Luodi-Signature"] == f"sha256={signed.hexdigest()}"
    assert service.body == {"title": MESSAGE.title, "text": MESSAGE.text}


@pytest.mark.parametrize("channel", ["wecom", "dingtalk", "feishu"])
def test_a_refusal_inside_an_answer_of_200_is_an_error(service: Service, channel: str) -> None:
    service.answer = b'{"errcode": 310000, "code": 19021, "errmsg": "sign not match", "msg": "sign match fail"}'
    with pytest.raises(PushError, match="refused"):
        send(channel, {"url": service.url, "password": SECRET}, MESSAGE, MOMENT)


def test_errors_name_neither_token_nor_secret(service: Service) -> None:
    service.status = 500
    closed = "http://127.0.0.1:9/robot/send?access_token=invented"
    for url in (service.url, closed):
        with pytest.raises(PushError) as caught:
            send("webhook", {"url": url, "password": SECRET}, MESSAGE, MOMENT)
        assert "invented" not in str(caught.value)
        assert SECRET not in str(caught.value)


def test_only_known_channels_and_web_addresses(tmp_path: Path) -> None:
    with pytest.raises(PushError, match="unknown channel"):
        send("pigeon", {}, MESSAGE, MOMENT)
    with pytest.raises(PushError, match="url"):
        send("webhook", {"url": f"file://{tmp_path}"}, MESSAGE, MOMENT)


def test_mail_arrives_whole() -> None:
    aiosmtpd = pytest.importorskip("aiosmtpd.controller", reason="the extra `servers` is not installed")
    envelopes: list[Any] = []

    class Mailbox:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
            envelopes.append(envelope)
            return "250 OK"

    controller = aiosmtpd.Controller(Mailbox(), hostname="127.0.0.1", port=0)
    controller.port = _free_port()
    controller.start()
    try:
        credentials = {
            "host": "127.0.0.1",
            "port": controller.port,
            "from": "luodi@example.org",
            "to": "ban@example.org",
        }
        send("smtp", credentials, MESSAGE, MOMENT)
    finally:
        controller.stop()
    (envelope,) = envelopes
    mail = message_from_bytes(envelope.content, policy=default)
    assert envelope.rcpt_tos == ["ban@example.org"]
    assert mail["Subject"] == MESSAGE.title
    assert mail.get_content().strip() == MESSAGE.text


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return publish_follow_ups(tmp_path / "home")


def digest_to(service: Service, home: Home) -> str:
    recipient = Recipient("濮阳县", "410928", "webhook", "robot")
    return send_digest(home, recipient, MONDAY, lambda _: {"url": service.url, "password": SECRET}, MOMENT)


def test_a_digest_goes_out_once_a_day_and_names_no_person(service: Service, home: Home) -> None:
    assert [digest_to(service, home), digest_to(service, home)] == ["sent", "sent_before"]
    (received,) = service.received
    said = json.loads(received[2])["text"]
    assert "在办 2 项，逾期 2 项" in said
    assert "澜泊餐盒项目" in said
    assert "王" not in said


@pytest.mark.parametrize("days_old", [0, 1])
def test_a_digest_of_a_day_without_a_publication_says_how_old_it_is(
    service: Service, home: Home, days_old: int
) -> None:
    publish_dates(home, MONDAY - dt.timedelta(days=days_old))
    assert digest_to(service, home) == "sent"
    said = json.loads(service.received[0][2])["text"]
    assert said.startswith(f"当日没有新的发布，以下截至 {MONDAY - dt.timedelta(days=1)}。\n") == (days_old > 0)


def test_a_service_that_fails_is_named_and_tried_again(service: Service, home: Home) -> None:
    service.status = 503
    with pytest.raises(PushError, match="濮阳县（webhook）：对方拒收 the service answered 503"):
        digest_to(service, home)
    service.status = 200
    assert digest_to(service, home) == "sent"


def test_no_answer_is_not_taken_for_a_refusal(service: Service, home: Home) -> None:
    """The message was handed over and the connection broke: it may have arrived, so nobody sends it again unasked."""
    service.hangs_up = True
    with pytest.raises(PushError, match="no answer came"):
        digest_to(service, home)
    service.hangs_up = False
    with pytest.raises(UnsureError, match="may have arrived"):
        digest_to(service, home)
    assert len(service.received) == 1


def test_nothing_is_sent_twice_after_a_crash_between_sending_and_recording(service: Service, home: Home) -> None:
    service.kills_sender = True
    code = (
        "import sys, datetime as dt; from pathlib import Path; from ingest.home import Home\n"
        "from luodi.push.digest import Recipient, send_digest\n"
        "send_digest(Home(Path(sys.argv[1])), Recipient('濮阳县', '410928', 'webhook', 'robot'), dt.date(2026, 7, 6),"
        " lambda _: {'url': sys.argv[2]}, 1.0)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(home.root), service.url]) as sender:
        service.sender = sender.pid
        assert sender.wait(60) == -signal.SIGKILL
    service.kills_sender = False
    with pytest.raises(UnsureError):
        digest_to(service, home)
    assert len(service.received) == 1
    for note in (home.root / "sent" / "digests").glob("*.begun"):
        note.unlink()  # a person looked: it had not arrived
    assert digest_to(service, home) == "sent"


def test_recipients_are_strict(tmp_path: Path) -> None:
    assert read_recipients(RECIPIENTS) == []
    path = tmp_path / "recipients.csv"
    head = "recipient,county_code,channel,connection\n"
    path.write_text(f"{head}市招商局,,wecom,wecom_city\n濮阳县,410928,smtp,mail_410928\n", encoding="utf-8")
    assert [(one.recipient, one.county_code) for one in read_recipients(path)] == [
        ("市招商局", None),
        ("濮阳县", "410928"),
    ]
    for line in ("市招商局,,pigeon,x", "市招商局,,wecom,", "甲,,wecom,x\n甲,,wecom,y"):
        path.write_text(f"{head}{line}\n", encoding="utf-8")
        with pytest.raises(ConfigurationError):
            read_recipients(path)


def test_lists_of_recipients_and_senders_saved_as_gbk_are_told_in_one_sentence(tmp_path: Path) -> None:
    """What Excel on a Chinese machine makes of a CSV unless it is told otherwise."""
    for name, head, row, read in (
        ("recipients.csv", "recipient,county_code,channel,connection", "濮阳县,410928,smtp,mail", read_recipients),
        ("letter_senders.csv", "county_code,sender,note", "410928,濮阳县招商局,", read_senders),
    ):
        path = tmp_path / name
        path.write_bytes(f"{head}\r\n{row}\r\n".encode("gbk"))
        with pytest.raises(ConfigurationError, match=f"^{name} 不是 UTF-8 编码"):
            read(path)
        path.write_bytes(f"{head}\r\n{row}\r\n".encode("utf-8-sig"))
        assert len(read(path)) == 1
