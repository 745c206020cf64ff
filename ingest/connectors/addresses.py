"""Which addresses a source may be reached at: a name is looked up within a deadline, internal addresses are refused."""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable, Sequence
from urllib.parse import quote, urlsplit, urlunsplit

from ingest.connectors.base import SourceError

Resolve = Callable[[str, int], list[str]]


_LEFT_AS_IT_IS = "%/:=&?~#+!$,;'@()*[]"


def sendable(url: str) -> str:
    """The address as it goes over the wire: Chinese characters and blanks percent-encoded, a Chinese host name in its ASCII form.

    Raises:
        ValueError: the host name has no such form, or the address none at all.
    """
    if url.isascii() and not any(letter.isspace() for letter in url):
        return url
    parts = urlsplit(url)
    netloc = parts.netloc
    if not netloc.isascii():
        host = (parts.hostname or "").encode("idna").decode("ascii")
        netloc = netloc.rpartition("@")[0] + "@" * ("@" in netloc) + host + (f":{parts.port}" if parts.port else "")
    path, query = (quote(part, safe=_LEFT_AS_IT_IS) for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, netloc, path, query, ""))


def resolve(host: str, port: int) -> list[str]:
    """The addresses a name stands for, as the system's resolver tells them."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def addresses_of(host: str, port: int, seconds: float, look_up: Resolve = resolve) -> list[str]:
    """What a name stands for. A look-up can't be interrupted, so it is left behind when time is over.

    Raises:
        TimeoutError: no answer within `seconds`.
        SourceError: `unreachable` where the name cannot be resolved.
    """
    answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(look_up(host, port))
        except OSError as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        found = answers.get(timeout=max(seconds, 0.001))
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(found, OSError) or not found:
        raise SourceError("unreachable", f"域名无法解析 name cannot be resolved: {host}")
    return found


def refuse_internal(host: str, addresses: Sequence[str]) -> None:
    """Refuse a host that leads into one's own network.

    Raises:
        SourceError: `not_allowed`.
    """
    if inside := [found for found in addresses if not is_public(found)]:
        raise SourceError(
            "not_allowed",
            f"{host} 指向内部地址 {inside[0]}，已拒绝；若确为内网来源，请在配置中写 is_internal: true。 "
            f"{host} leads to the internal address {inside[0]}: refused; a source of your own network says is_internal: true.",
        )


def is_public(address: str) -> bool:
    """Whether an address lies on the open internet; IPv4 inside IPv6 counts as the IPv4 it is."""
    found = ipaddress.ip_address(address.split("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and found in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast
