"""Attachments in a mailbox, by IMAP with our own policy: many counties send their ledgers by mail.

* The mailbox is opened read-only: nothing is marked as read, moved or deleted.
* Only messages that came after the last one dealt with are looked at (`MailboxMark`); a mailbox that was built anew
  (another UIDVALIDITY) is looked at from the start, which lands nothing twice.
* TLS with a checked certificate; unencrypted, or at an address of one's own network, only where the source says
  `is_internal`.
* One deadline over everything, and a cap on what a server may send, whatever sizes it claims.
"""

from __future__ import annotations

import contextlib
import email
import email.errors
import email.header
import email.message
import email.utils
import fnmatch
import imaplib
import re
import socket
import ssl
import threading
import time
import unicodedata
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.connectors.addresses import addresses_of, refuse_internal
from ingest.connectors.base import SourceError
from ingest.registry import ImapOrigin

_PORTS = {"tls": 993, "starttls": 143, "plain": 143}
_CONNECT_SECONDS = 20.0
_TALK_BYTES = 8 * 1024 * 1024
_LONGEST_NAME = 180
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f/\\<>]+")


@dataclass(frozen=True, slots=True)
class ImapLimits:
    """What one pull of a mailbox may cost."""

    seconds: float = 300.0
    message_bytes: int = 64 * 1024 * 1024
    messages: int = 1000


@dataclass(frozen=True, slots=True)
class MailboxMark:
    """How far a mailbox has been read: its UIDVALIDITY, the last message dealt with, how many attachments came so far."""

    validity: int = 0
    last_uid: int = 0
    attachments: int = 0


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a message. `name` is `<message id>/<file name>`, so that its origin is told wherever its name is."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """One message: when it came (ns, UTC), the ledgers it holds, how many attachments are none, why it could not be read."""

    uid: int
    received_ns: int | None
    attachments: tuple[Attachment, ...] = ()
    ignored: int = 0
    failure: SourceError | None = None


@dataclass(slots=True)
class Mailbox:
    """The messages of one folder of a mailbox. Use as a context; not for several threads."""

    origin: ImapOrigin
    credentials: Mapping[str, Any]
    limits: ImapLimits = field(default_factory=ImapLimits)
    ssl_context: ssl.SSLContext | None = None
    validity: int = 0
    _connection: _Connection | None = None
    _watch: threading.Timer | None = None

    def __enter__(self) -> Mailbox:
        with self._said_plainly():
            self._connect()
        return self

    def __exit__(self, failure: object, *_: object) -> None:
        if self._connection is not None:
            if failure is not None:
                # A server that failed may not answer a good-bye either.
                self._connection.cut()
            with contextlib.suppress(Exception):
                self._connection.logout()
        if self._watch is not None:
            self._watch.cancel()

    def messages_after(self, mark: MailboxMark) -> Iterator[Message]:
        """The messages that came after `mark`, oldest first, at most `limits.messages`.

        Raises:
            SourceError: the mailbox as a whole can no longer be read; a single bad message is a `failure` of its own.
        """
        with self._said_plainly():
            self._open_folder()
            last = mark.last_uid if mark.validity == self.validity else 0
            uids = self._uids_after(last)
        for uid in uids[: self.limits.messages]:
            with self._said_plainly():
                message = self._message(uid)
            yield message

    # Connecting

    def _connect(self) -> None:
        known, started = self.credentials, time.monotonic()
        host = str(known.get("host") or "")
        security = str(known.get("security") or (known.get("extra") or {}).get("security") or "tls")
        if security not in _PORTS or (security == "plain" and not self.origin.is_internal):
            raise SourceError(
                "not_allowed",
                f"邮箱连接的 security 应为 tls 或 starttls；不加密只限 is_internal 的来源。 "
                f"security must be tls or starttls; unencrypted only for sources that say is_internal: {security!r}",
            )
        port = int(known.get("port") or _PORTS[security])
        addresses = addresses_of(host, port, _CONNECT_SECONDS)
        if not self.origin.is_internal:
            refuse_internal(host, addresses)
        context = self.ssl_context or ssl.create_default_context()
        connection = _Connection(host, port, addresses[0], context if security == "tls" else None, _CONNECT_SECONDS)
        self._connection = connection
        self._watch = threading.Timer(self.limits.seconds - (time.monotonic() - started), connection.cut)
        self._watch.daemon = True
        self._watch.start()
        if security == "starttls":
            connection.starttls(context)
        try:
            connection.login(str(known.get("login") or ""), str(known.get("password") or ""))
        except (imaplib.IMAP4.error, UnicodeError) as error:
            if isinstance(error, imaplib.IMAP4.abort):
                raise
            raise SourceError("no_access", f"邮箱登录失败 the mailbox refuses the login: {host}") from error
        if "ID" in connection.capabilities:
            # Some large providers in China open no folder before a client has said its name.
            connection.xatom("ID", '("name" "luodi" "version" "1")')

    @property
    def _imap(self) -> _Connection:
        if self._connection is None:
            raise SourceError("unreachable", "邮箱没有打开 the mailbox is not open")
        return self._connection

    def _open_folder(self) -> None:
        self._imap.allow(_TALK_BYTES)
        status, _ = self._imap.select(f'"{_folder_name(self.origin.folder)}"', readonly=True)
        if status != "OK":
            raise SourceError("folder_missing", f"邮箱里没有这个文件夹 no such folder: {self.origin.folder}")
        (stated,) = self._imap.response("UIDVALIDITY")[1] or (None,)
        self.validity = int(stated or 0)

    # Messages

    def _uids_after(self, last: int) -> list[int]:
        self._imap.allow(_TALK_BYTES)
        asked = ["UID", f"{last + 1}:*"]
        if self.origin.since is not None:
            asked += ["SINCE", _imap_day(self.origin.since.timetuple())]
        found = self._checked(self._imap.uid("SEARCH", *asked))
        uids = [int(uid) for line in found if isinstance(line, bytes) for uid in line.split()]
        # `n:*` always names the newest message, also an old one.
        return sorted(uid for uid in uids if uid > last)

    def _message(self, uid: int) -> Message:
        self._imap.allow(_TALK_BYTES)
        found = self._checked(
            self._imap.uid(
                "FETCH", str(uid), "(RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER.FIELDS (FROM SUBJECT MESSAGE-ID)])"
            )
        )
        stated = b" ".join(part if isinstance(part, bytes) else part[0] for part in found if part)
        head = email.message_from_bytes(b"".join(part[1] for part in found if isinstance(part, tuple)))
        received = _received_ns(stated)
        if not self._is_wanted(head):
            return Message(uid, received)
        size = int(match[1]) if (match := _SIZE.search(stated)) else 0
        if size > self.limits.message_bytes:
            told = f"邮件过大（{size >> 20} MiB），未取 message too large ({size >> 20} MiB), not fetched: {_subject(head)}"
            return Message(uid, received, failure=SourceError("too_large", told))
        self._imap.allow(self.limits.message_bytes + _TALK_BYTES)
        body = self._checked(self._imap.uid("FETCH", str(uid), "(BODY.PEEK[])"))
        content = next((part[1] for part in body if isinstance(part, tuple)), b"")
        return self._taken_apart(uid, received, email.message_from_bytes(content))

    def _is_wanted(self, head: email.message.Message) -> bool:
        sender = email.utils.parseaddr(_header(head, "From"))[1].lower()
        return not self.origin.senders or any(fnmatch.fnmatch(sender, one.lower()) for one in self.origin.senders)

    def _taken_apart(self, uid: int, received: int | None, message: email.message.Message) -> Message:
        stated = _NOT_IN_NAMES.sub("", _header(message, "Message-ID")).strip()[:_LONGEST_NAME]
        message_id = stated or f"{self.validity}-{uid}"
        found, ignored = [], 0
        for part in message.walk():
            name = None if part.is_multipart() else _file_name(part)
            if name is None:
                continue
            if not any(fnmatch.fnmatch(name.lower(), pattern.lower()) for pattern in self.origin.patterns):
                ignored += 1
                continue
            content = part.get_payload(decode=True)
            found.append(Attachment(f"{message_id}/{name}", content if isinstance(content, bytes) else b""))
        return Message(uid, received, tuple(found), ignored)

    def _checked(self, answer: tuple[str, Sequence[Any]]) -> Sequence[Any]:
        status, found = answer
        if status != "OK":
            raise SourceError("unreadable", f"邮箱服务器拒绝了请求 the mail server refused: {found!r}")
        return found

    @contextlib.contextmanager
    def _said_plainly(self) -> Iterator[None]:
        host = str(self.credentials.get("host") or "")
        try:
            yield
        except SourceError:
            raise
        except TimeoutError as error:
            raise self._late(host) from error
        except ssl.SSLCertVerificationError as error:
            told = f"邮箱证书不可信 the mail server's certificate is not trusted: {host}: {error.verify_message}"
            raise SourceError("no_access", told) from error
        except (OSError, imaplib.IMAP4.error) as error:
            if self._connection is not None and self._connection.is_cut:
                raise self._late(host) from error
            raise SourceError("unreachable", f"邮箱连接失败 the mailbox cannot be reached: {host}: {error}") from error

    def _late(self, host: str) -> SourceError:
        seconds = self.limits.seconds
        return SourceError("timeout", f"邮箱超过总时限{seconds:g}秒 the mailbox took more than {seconds:g} s: {host}")


class _Connection(imaplib.IMAP4):
    """A connection to one checked address that reads no more than it was allowed and can be cut from outside."""

    def __init__(self, host: str, port: int, address: str, context: ssl.SSLContext | None, timeout: float) -> None:
        self._address, self._context = address, context
        self._left = _TALK_BYTES
        self.is_cut = False
        super().__init__(host, port, timeout)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        opened = socket.create_connection((self._address, self.port), timeout)
        return self._context.wrap_socket(opened, server_hostname=self.host) if self._context else opened

    def allow(self, size: int) -> None:
        """What the next command may be answered with, in bytes."""
        self._left = size

    def read(self, size: int) -> bytes:
        """A literal of a size the server states."""
        self._spend(size)
        return super().read(size)

    def readline(self) -> bytes:
        """One line."""
        line = super().readline()
        self._spend(len(line))
        return line

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise SourceError("too_large", "邮箱服务器发来过多内容，已中止 the mail server sent too much, cut off")

    def cut(self) -> None:
        """End the connection at once, whatever waits on it."""
        self.is_cut = True
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)


def _raw_header(message: email.message.Message, name: str) -> str:
    """A header on one line, bare bytes in it decoded: UTF-8 or, as older clients write them, GB18030."""
    stated = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    line = " ".join(stated.split())
    raw = line.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return raw.decode("ascii", "backslashreplace")


def _header(message: email.message.Message, name: str) -> str:
    return _readable(_raw_header(message, name))


def _subject(message: email.message.Message) -> str:
    return _header(message, "Subject") or _header(message, "Message-ID")


def _file_name(part: email.message.Message) -> str | None:
    """The file name of a part as its sender saw it, without folders; None for texts of the message itself."""
    for header, parameter in (("Content-Disposition", "filename"), ("Content-Type", "name")):
        alone = email.message.Message()
        alone[header] = _raw_header(part, header)
        if stated := alone.get_param(parameter, header=header):
            text = _readable(email.utils.collapse_rfc2231_value(stated).strip())
            name = _NOT_IN_NAMES.sub("_", unicodedata.normalize("NFC", text)).strip(" .")
            return name[-_LONGEST_NAME:] or None
    return None


def _readable(text: str) -> str:
    """A header's text with its encoded words decoded; as it stands where they are broken."""
    if "=?" not in text:
        return text
    with contextlib.suppress(LookupError, UnicodeError, email.errors.HeaderParseError):
        parts = email.header.decode_header(text)
        return "".join(part if isinstance(part, str) else part.decode(_charset(code)) for part, code in parts)
    return text


def _charset(stated: str | None) -> str:
    """GB18030 for all its predecessors: clients write GB2312 and use characters beyond it."""
    code = (stated or "ascii").lower()
    return "gb18030" if code in ("gb2312", "gbk", "cp936") else code


def _received_ns(stated: bytes) -> int | None:
    received = imaplib.Internaldate2tuple(stated)
    return int(time.mktime(received)) * 10**9 if received else None


def _imap_day(day: time.struct_time) -> str:
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{day.tm_mday}-{months[day.tm_mon - 1]}-{day.tm_year}"


def _folder_name(name: str) -> str:
    """A folder's name in the encoding of IMAP (modified UTF-7, RFC 3501): 台账 → `&U,A-`…"""
    found: list[str] = []
    wide = ""
    for char in [*name, ""]:
        if char and not "\x20" <= char <= "\x7e":
            wide += char
            continue
        if wide:
            coded = b64encode(wide.encode("utf-16-be")).decode("ascii").rstrip("=").replace("/", ",")
            found.append(f"&{coded}-")
            wide = ""
        found.append("&-" if char == "&" else f"\\{char}" if char in '"\\' and char else char)
    return "".join(found)
