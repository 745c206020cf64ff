"""HTTP with our own policy: bounded in time and bytes, to public addresses only, polite.

* One deadline over everything: name look-up, redirects, headers that drip, bodies that drip.
* Bytes are counted while they stream, before and after decompression.
* Every hop's address is checked where the connection is made, on the very address that is connected to, so neither a
  redirect nor a name that changes its answer leads to loopback, private or link-local addresses. Sources of one's own
  network say `is_internal`.
"""

from __future__ import annotations

import base64
import contextlib
import random
import ssl
import time
import typing
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpcore

from ingest.connectors.addresses import addresses_of, refuse_internal, resolve, sendable
from ingest.connectors.base import SourceError

AGENT = "luodi/0.1 (+county investment news reader)"
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_TRY_AGAIN = frozenset((429, 500, 502, 503, 504))
_MOST_HOPS = 5
_ROBOTS_BYTES = 512 * 1024
_LONGEST_PAUSE = 30.0


@dataclass(frozen=True, slots=True)
class HttpLimits:
    """What one request may cost."""

    seconds: float = 30.0
    raw_bytes: int = 32 * 1024 * 1024
    decoded_bytes: int = 64 * 1024 * 1024
    tries: int = 3


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. `url` is the last address of the redirects; `body` is empty where `status` is 304."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_unchanged(self) -> bool:
        """Whether the server says that what we have is still right."""
        return self.status == 304


@dataclass(slots=True)
class HttpClient:
    """A client for one source. Not for several threads.

    `credentials` are for the hosts of the source's own addresses only; they never follow a redirect to another host.
    """

    is_internal: bool = False
    limits: HttpLimits = field(default_factory=HttpLimits)
    seconds_between_requests: float = 0.0
    obeys_robots: bool = True
    headers: Mapping[str, str] = field(default_factory=dict)
    ssl_context: ssl.SSLContext | None = None
    resolve: Callable[[str, int], list[str]] | None = None
    now: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep
    _last_request: dict[str, float] = field(default_factory=dict)
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)

    def get(self, url: str, *, if_changed_since: Mapping[str, str] | None = None) -> Fetched:
        """One request, with redirects, and again a few times where the server is busy.

        `if_changed_since` holds `etag` and `last-modified` of the last answer.

        Raises:
            SourceError: `timeout`, `too_large`, `not_allowed` (address), `robots`, `redirects`, `busy`, `http_status`,
                `unreachable`, `bad_address`.
        """
        return self._ask(url, "GET", _conditions(if_changed_since or {}))

    def headers_of(self, url: str) -> Mapping[str, str]:
        """What the server says of a file without sending it: to HEAD, else in front of the file, which is then not taken.

        Raises:
            SourceError: as `get`.
        """
        try:
            return self._ask(url, "HEAD", {}).headers
        except SourceError as error:
            if error.code not in ("http_status", "busy"):
                raise
        return self.headers_before_body(url)

    def headers_before_body(self, url: str) -> Mapping[str, str]:
        """The headers of the file's own answer; the connection is closed before its body.

        Raises:
            SourceError: as `get`.
        """
        return self._ask(url, "GET", {}, takes_body=False).headers

    def _ask(self, url: str, method: str, conditions: Mapping[str, str], *, takes_body: bool = True) -> Fetched:
        deadline = self.now() + self.limits.seconds
        for attempt in range(1, self.limits.tries + 1):
            try:
                answer = self._follow(url, method, conditions, deadline, takes_body=takes_body)
            except SourceError as error:
                if error.code != "unreachable" or attempt == self.limits.tries:
                    raise
                self._back_off(attempt, None, deadline)
                continue
            if answer.status not in _TRY_AGAIN:
                return self._checked(answer)
            if attempt < self.limits.tries:
                self._back_off(attempt, answer.headers.get("retry-after"), deadline)
        raise SourceError(
            "busy", f"服务器忙（{answer.status}），下次再取 server busy ({answer.status}), left for later: {url}"
        )

    def _checked(self, answer: Fetched) -> Fetched:
        if answer.status in (200, 304):
            return answer
        raise SourceError("http_status", f"服务器返回 {answer.status} server answered {answer.status}: {answer.url}")

    def _back_off(self, attempt: int, retry_after: str | None, deadline: float) -> None:
        stated = float(retry_after) if retry_after and retry_after.isdecimal() else 0.0
        pause = max(stated, 0.5 * 2 ** (attempt - 1) * (1 + random.random() / 4))  # noqa: S311 - spread, no secret
        if pause > _LONGEST_PAUSE or self.now() + pause >= deadline:
            raise SourceError("busy", f"服务器要求{pause:.0f}秒后再来 server asks to come back in {pause:.0f} s")
        self.wait(pause)

    def _follow(
        self, url: str, method: str, conditions: Mapping[str, str], deadline: float, *, takes_body: bool
    ) -> Fetched:
        seen: set[str] = set()
        first: tuple[str, str] | None = None
        url = _sendable(url)
        while True:
            if url in seen or len(seen) > _MOST_HOPS:
                raise SourceError("redirects", f"重定向过多或成环 too many redirects, or a loop: {url}")
            seen.add(url)
            host = _checked_host(url)
            origin = urlsplit(url)[:2]
            first = first or origin
            self._ask_robots(url, deadline)
            self._keep_distance(host, deadline)
            headers = {"User-Agent": AGENT, "Accept-Encoding": "gzip", "Accept": "*/*", **conditions}
            if origin == first:
                headers.update(self.headers)
            answer = self._once(url, method, headers, self.limits, deadline, takes_body=takes_body)
            if answer.status not in _REDIRECTS:
                return answer
            url = _target(url, answer.headers.get("location", ""))

    def _keep_distance(self, host: str, deadline: float) -> None:
        ready = self._last_request.get(host, float("-inf")) + self.seconds_between_requests
        if (pause := ready - self.now()) > 0:
            if ready >= deadline:
                raise SourceError(
                    "timeout", f"等待间隔超过总时限 the pause between requests exceeds the deadline: {host}"
                )
            self.wait(pause)
        self._last_request[host] = self.now()

    def _ask_robots(self, url: str, deadline: float) -> None:
        if not self.obeys_robots:
            return
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(origin, deadline)
        if not self._robots[origin].can_fetch(AGENT, url):
            raise SourceError("robots", f"网站的 robots.txt 不允许抓取 robots.txt forbids: {url}")

    def _read_robots(self, origin: str, deadline: float) -> RobotFileParser:
        """Rules of a site; a site without rules, or whose rules can't be read, forbids nothing."""
        robots = RobotFileParser()
        limits = HttpLimits(self.limits.seconds, _ROBOTS_BYTES, _ROBOTS_BYTES)
        lines: list[str] = []
        with contextlib.suppress(SourceError):
            answer = self._once(f"{origin}/robots.txt", "GET", {"User-Agent": AGENT}, limits, deadline)
            if answer.status == 200 and b"<html" not in answer.body[:512].lower():
                lines = answer.body.decode("utf-8", "replace").splitlines()
        robots.parse(lines)
        return robots

    def _once(
        self,
        url: str,
        method: str,
        headers: Mapping[str, str],
        limits: HttpLimits,
        deadline: float,
        *,
        takes_body: bool = True,
    ) -> Fetched:
        backend = _GuardedBackend(self.is_internal, deadline, self.now, self.resolve or resolve)
        context = self.ssl_context or ssl.create_default_context()
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), max(deadline - self.now(), 0.001))
        try:
            with (
                httpcore.ConnectionPool(ssl_context=context, network_backend=backend) as pool,
                pool.stream(method, url, headers=list(headers.items()), extensions={"timeout": timeouts}) as response,
            ):
                found = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in response.headers}
                chunks = response.iter_stream()
                has_body = takes_body and method != "HEAD" and response.status == 200
                body = _read_body(chunks, found, limits, url) if has_body else b""
                return Fetched(url, response.status, found, body)
        except SourceError:
            raise
        except httpcore.TimeoutException as error:
            raise SourceError(
                "timeout", f"超过总时限{self.limits.seconds:g}秒 took more than {self.limits.seconds:g} s: {url}"
            ) from error
        except (httpcore.UnsupportedProtocol, httpcore.LocalProtocolError, UnicodeError, ValueError) as error:
            raise SourceError("bad_address", f"地址不可用 address cannot be used: {url}: {error}") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise SourceError("unreachable", f"连接失败 cannot be reached: {url}: {error}") from error


def _conditions(known: Mapping[str, str]) -> dict[str, str]:
    found = {"If-None-Match": known.get("etag", ""), "If-Modified-Since": known.get("last-modified", "")}
    return {name: value for name, value in found.items() if value}


def _target(url: str, location: str) -> str:
    """Where a redirect leads; servers write Chinese names into the header as they are, mostly in UTF-8."""
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return sendable(urljoin(url, location))
    except ValueError as error:
        raise SourceError("bad_address", f"重定向地址有误 bad redirect: {url} → {location!r}") from error


def _sendable(url: str) -> str:
    try:
        return sendable(url)
    except ValueError as error:
        raise SourceError("bad_address", f"地址有误 bad address: {url!r}") from error


def _checked_host(url: str) -> str:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise SourceError("bad_address", f"地址有误 bad address: {url!r}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SourceError("not_allowed", f"只允许 http 和 https only http and https are allowed: {url!r}")
    return parts.hostname


def _read_body(chunks: Iterable[bytes], headers: Mapping[str, str], limits: HttpLimits, url: str) -> bytes:
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip", "deflate", ""):
        raise SourceError("unreadable", f"未知的压缩方式 unknown content encoding {encoding!r}: {url}")
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 32) if encoding not in ("identity", "") else None
    body = bytearray()
    raw = 0
    for chunk in chunks:
        raw += len(chunk)
        if raw > limits.raw_bytes:
            raise _too_large(limits.raw_bytes, url)
        try:
            body += inflate.decompress(chunk, limits.decoded_bytes + 1 - len(body)) if inflate else chunk
        except zlib.error as error:
            raise SourceError("truncated", f"压缩内容损坏 damaged compression: {url}") from error
        if len(body) > limits.decoded_bytes or (inflate and inflate.unconsumed_tail):
            raise _too_large(limits.decoded_bytes, url)
    if inflate and raw and not inflate.eof:
        raise SourceError("truncated", f"内容不完整 the answer breaks off: {url}")
    return bytes(body)


def _too_large(limit: int, url: str) -> SourceError:
    return SourceError("too_large", f"超过{limit >> 20} MiB，已中止 more than {limit >> 20} MiB, cut off: {url}")


def basic_login(credentials: Mapping[str, typing.Any]) -> dict[str, str]:
    """The header for a login and password, if there is one."""
    if not credentials.get("login"):
        return {}
    pair = f"{credentials['login']}:{credentials.get('password') or ''}".encode()
    return {"Authorization": f"Basic {base64.b64encode(pair).decode('ascii')}"}


class _GuardedBackend(httpcore.NetworkBackend):
    """Resolves a name once, checks the addresses, and connects to one it has checked."""

    def __init__(
        self, is_internal: bool, deadline: float, now: Callable[[], float], resolve: Callable[[str, int], list[str]]
    ) -> None:
        self._inner = httpcore.SyncBackend()
        self._is_internal = is_internal
        self._deadline = deadline
        self._now = now
        self._resolve = resolve

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: typing.Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to a checked address of the host."""
        addresses = self._addresses(host, port)
        if not self._is_internal:
            refuse_internal(host, addresses)
        left = self._deadline - self._now()
        if left <= 0:
            raise httpcore.ConnectTimeout
        stream = self._inner.connect_tcp(addresses[0], port, min(left, timeout or left), local_address, socket_options)
        return _DeadlineStream(stream, self._deadline, self._now)

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            return addresses_of(host, port, self._deadline - self._now(), self._resolve)
        except TimeoutError:
            raise httpcore.ConnectTimeout from None


class _DeadlineStream(httpcore.NetworkStream):
    """A connection on which no read or write outlasts the deadline, however the other side drips."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float, now: Callable[[], float]) -> None:
        self._inner = inner
        self._deadline = deadline
        self._now = now

    def _left(self, timeout: float | None, over: type[httpcore.TimeoutException]) -> float:
        left = self._deadline - self._now()
        if left <= 0:
            raise over
        return min(left, timeout or left)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what is there."""
        return self._inner.read(max_bytes, self._left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of it."""
        self._inner.write(buffer, self._left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Go on encrypted; the certificate is checked against the name, not the address."""
        left = self._left(timeout, httpcore.ConnectTimeout)
        return _DeadlineStream(self._inner.start_tls(ssl_context, server_hostname, left), self._deadline, self._now)

    def get_extra_info(self, info: str) -> typing.Any:
        """What the connection itself tells."""
        return self._inner.get_extra_info(info)
