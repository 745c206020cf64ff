"""The channels: how each service wants a message, its signature, and what it answers. Addresses never reach a log."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import smtplib
import ssl
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

TIMEOUT_SECONDS = 15
GATEWAY_TIMEOUT = 504
_WECOM_BYTES = 4096
Credentials = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """What is said: a title of one line and plain text."""

    title: str
    text: str


class PushError(RuntimeError):
    """The message did not go out, or nobody can tell.

    `may_have_arrived` is true where the message was handed over and no answer came: sending again could send it twice.
    """

    def __init__(self, message: str, *, may_have_arrived: bool = False) -> None:
        super().__init__(message)
        self.may_have_arrived = may_have_arrived


def send(channel: str, credentials: Credentials, message: Message, epoch_seconds: float) -> str | None:
    """Send one message; returns only once the service has taken it, with a remark where it took less than all.

    `credentials` are a connection's: `url` (or host) and, where the service signs, the secret as `password`; for mail host,
    port, login, password, `from` and `to`.

    Raises:
        PushError: unreachable, refused, or the channel is unknown.
    """
    sender = CHANNELS.get(channel)
    if sender is None:
        raise PushError(f"没有这种渠道 unknown channel: {channel}; {' '.join(CHANNELS)}")
    return sender(credentials, message, epoch_seconds)


def _smtp(credentials: Credentials, message: Message, epoch_seconds: float) -> str | None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = message.title, credentials["from"], credentials["to"]
    mail.set_content(message.text)
    refused: Mapping[str, Any] | None = None
    is_handed_over = False
    try:
        with smtplib.SMTP(credentials["host"], credentials.get("port") or 25, timeout=TIMEOUT_SECONDS) as server:
            if credentials.get("starttls", False):
                server.starttls(context=ssl.create_default_context())
            if credentials.get("login"):
                server.login(credentials["login"], credentials["password"])
            is_handed_over = True
            refused = server.send_message(mail)
    except (OSError, smtplib.SMTPException) as error:
        if refused is None:
            is_refused = isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused)
            raise PushError(
                f"邮件没有发出 mail not sent: {type(error).__name__}",
                may_have_arrived=is_handed_over and not is_refused,
            ) from error
        # The mail was taken; how the conversation ended does not matter.
    return f"{len(refused)} 个收件人被拒 recipients refused" if refused else None


def _wecom(credentials: Credentials, message: Message, epoch_seconds: float) -> str | None:
    content = f"**{message.title}**\n{message.text}"
    body = {"msgtype": "markdown", "markdown": {"content": _cut(content, _WECOM_BYTES)}}
    _accepted(_post(_url(credentials), body), "errcode")
    return None


def _dingtalk(credentials: Credentials, message: Message, epoch_seconds: float) -> str | None:
    url = _url(credentials)
    if credentials.get("password"):
        moment, secret = str(int(epoch_seconds * 1000)), str(credentials["password"])
        signature = base64.b64encode(_hmac(secret.encode(), f"{moment}\n{secret}".encode())).decode()
        query = urllib.parse.urlencode({"timestamp": moment, "sign": signature})
        url += ("&" if "?" in url else "?") + query
    body = {"msgtype": "markdown", "markdown": {"title": message.title, "text": f"### {message.title}\n{message.text}"}}
    _accepted(_post(url, body), "errcode")
    return None


def _feishu(credentials: Credentials, message: Message, epoch_seconds: float) -> str | None:
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": f"{message.title}\n{message.text}"}}
    if credentials.get("password"):
        moment = str(int(epoch_seconds))
        # Here the text to sign is the key, and what is signed is empty.
        signature = base64.b64encode(_hmac(f"{moment}\n{credentials['password']}".encode(), b"")).decode()
        body |= {"timestamp": moment, "sign": signature}
    _accepted(_post(_url(credentials), body), "code")
    return None


def _webhook(credentials: Credentials, message: Message, epoch_seconds: float) -> str | None:
    headers = {}
    body = {"title": message.title, "text": message.text}
    if credentials.get("password"):
        moment = str(int(epoch_seconds))
        signed = _hmac(str(credentials["password"]).encode(), moment.encode() + b"." + _encoded(body))
        headers = {"X-Luodi-Timestamp": moment, "X-Luodi-Signature": f"sha256={signed.hex()}"}
    _post(_url(credentials), body, headers)
    return None


CHANNELS: dict[str, Callable[[Credentials, Message, float], str | None]] = {
    "smtp": _smtp,
    "wecom": _wecom,
    "dingtalk": _dingtalk,
    "feishu": _feishu,
    "webhook": _webhook,
}


def _hmac(key: bytes, text: bytes) -> bytes:
    return hmac.new(key, text, hashlib.sha256).digest()


def _encoded(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


def _url(credentials: Credentials) -> str:
    url = str(credentials.get("url") or credentials.get("host") or "")
    if not url.startswith(("http://", "https://")):
        raise PushError("连接里缺 url the connection has no http(s) url")
    return url


def _post(url: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> bytes:
    request = urllib.request.Request(  # noqa: S310 (http and https only, see _url)
        url,
        data=_encoded(body),
        headers={"Content-Type": "application/json; charset=utf-8", **(headers or {})},
        method="POST",
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
            data: bytes = answer.read(1 << 16)
            return data
    except urllib.error.HTTPError as error:
        # A gateway that waited in vain does not know what the service behind it did.
        raise PushError(
            f"对方拒收 the service answered {error.code}", may_have_arrived=error.code == GATEWAY_TIMEOUT
        ) from None
    except urllib.error.URLError as error:
        # The url holds the token: neither it nor the error's text goes on.
        raise PushError(f"连接不上 the service cannot be reached: {type(error.reason).__name__}") from None
    except (OSError, http.client.HTTPException) as error:
        raise PushError(f"没有等到答复 no answer came: {type(error).__name__}", may_have_arrived=True) from None


def _accepted(answer: bytes, code_field: str) -> None:
    """These services answer 200 also where they refuse; the code tells."""
    try:
        content = json.loads(answer)
        code = content[code_field]
    except (ValueError, KeyError, TypeError):
        told = "对方的答复认不出 the service's answer cannot be understood"
        raise PushError(told, may_have_arrived=True) from None
    if code != 0:
        raise PushError(f"对方拒收 the service refused it: {code} {content.get('errmsg') or content.get('msg') or ''}")


def _cut(text: str, most_bytes: int) -> str:
    """At most so many bytes, no character halved."""
    data = text.encode()
    return text if len(data) <= most_bytes else data[: most_bytes - 3].decode(errors="ignore") + "…"
