"""Files at web addresses: a fixed list, or all that an index page links to."""

from __future__ import annotations

import contextlib
import email.utils
import io
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import BinaryIO
from urllib.parse import parse_qsl, unquote_to_bytes, urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from ingest.connectors.addresses import sendable
from ingest.connectors.base import Offered, SourceError
from ingest.connectors.http_client import HttpClient
from ingest.news.articles import decode_page

_TABLES = frozenset((".xlsx", ".xls", ".xlsm", ".et", ".ods", ".csv", ".htm", ".html", ".zip", ".rar", ".7z"))
# Addresses that end so are answered by a program: the file's name stands elsewhere.
_PROGRAMS = frozenset(("", ".do", ".action", ".jsp", ".jspx", ".aspx", ".ashx", ".asp", ".php", ".cgi"))
_GIVES_UP_AFTER = 3
_NAME_ENCODED = re.compile(r"filename\*\s*=\s*(?:[\w-]+)?'[^']*'([^;]+)", re.IGNORECASE)
_NAME_PLAIN = re.compile(r'filename\s*=\s*"?([^";]+)', re.IGNORECASE)


class HttpConnector:
    """Files at `addresses` and at the links of the page `index`, but for those that leave the index page's folder."""

    def __init__(self, client: HttpClient, addresses: tuple[str, ...] = (), index: str | None = None) -> None:
        self._client = client
        self._addresses = addresses
        self._index = index

    def look(self) -> list[Offered]:
        """All files now. One that the server won't answer for is offered by its address, and told when it is opened."""
        found = dict.fromkeys(self._addresses)
        if self._index:
            page = self._client.get(self._index)
            linked = dict.fromkeys(_files_below(decode_page(page.body), page.url))
            if not linked:
                raise SourceError(
                    "no_files",
                    f"页面上没有指向文件的链接，可能已改版，请核对 index： the page links to no file, perhaps it was made anew: {page.url}",
                )
            found |= linked
        return _each_by_its_own_name(self._offers(found))

    def open(self, offered: Offered) -> AbstractContextManager[BinaryIO]:
        """The bytes of one file."""
        return contextlib.nullcontext(io.BytesIO(self._client.get(offered.handle).body))

    def _offers(self, addresses: Iterable[str]) -> list[Offered]:
        """What each address offers; where the first few fail all, it is the server that fails.

        Raises:
            SourceError: the server cannot be reached, or fails for every file.
        """
        found: list[Offered] = []
        failures: list[SourceError] = []
        for url in addresses:
            try:
                headers = self._headers(url)
            except SourceError as error:
                failures.append(error)
                headers = {}
            found.append(_offered(url, headers, self._index))
            if len(failures) == len(found) == _GIVES_UP_AFTER:
                raise failures[0]
        if failures and len(failures) == len(found):
            raise failures[0]
        return found

    def _headers(self, url: str) -> Mapping[str, str]:
        headers = self._client.headers_of(url)
        if _is_answered_by_a_program(url) and _file_name(url, headers) is None:
            return self._client.headers_before_body(url)  # programs often write them for GET alone
        return headers


def _offered(url: str, headers: Mapping[str, str], index: str | None) -> Offered:
    size = headers.get("content-length") if "content-encoding" not in headers else None
    name = _file_name(url, headers) or _name(url, index)
    return Offered(name, int(size) if size and size.isdecimal() else None, _time(headers), url)


def links_of(page: str, url: str, selector: str = "a[href]") -> Iterator[str]:
    """The absolute http(s) addresses that a page's links lead to, each once, in order."""
    seen: set[str] = set()
    for node in LexborHTMLParser(page).css(selector):
        target = node if node.tag == "a" else node.css_first("a[href]")
        href = (target.attributes.get("href") or "").strip() if target else ""
        try:
            absolute = urldefrag(urljoin(url, href)).url if href else ""
            if absolute.startswith(("http://", "https://")):
                absolute = sendable(absolute)
        except ValueError:
            continue
        if absolute.startswith(("http://", "https://")) and absolute not in seen:
            seen.add(absolute)
            yield absolute


def _files_below(page: str, url: str) -> Iterator[str]:
    folder = url.rsplit("/", 1)[0] + "/"
    for link in links_of(page, url):
        path = urlsplit(link).path
        if link.startswith(folder) and not path.endswith("/") and link != url:
            yield link


def _is_answered_by_a_program(url: str) -> bool:
    return posixpath.splitext(urlsplit(url).path)[1].lower() in _PROGRAMS


def _file_name(url: str, headers: Mapping[str, str]) -> str | None:
    """The name of a file behind an address that names none (/download?id=7): as the server or the query states it."""
    if not _is_answered_by_a_program(url):
        return None
    stated = _NAME_ENCODED.search(disposition := headers.get("content-disposition", ""))
    if stated is not None:
        name = _text(unquote_to_bytes(stated[1]))
    elif (plain := _NAME_PLAIN.search(disposition)) is not None:
        name = _text(unquote_to_bytes(plain[1].encode("latin-1", "replace")))
    else:
        values = [value for _, value in parse_qsl(urlsplit(url).query, encoding="utf-8")]
        name = next((value for value in values if posixpath.splitext(value)[1].lower() in _TABLES), "")
    return posixpath.basename(name.replace("\\", "/")).strip().lstrip(".") or None


def _each_by_its_own_name(offered: list[Offered]) -> list[Offered]:
    """Two files of one name (/download?id=1 and ?id=2) bear the query beside it, or each would pass for the other's next state."""
    times = Counter(one.name for one in offered)
    return [
        replace(one, name=f"{one.name}?{query}")
        if times[one.name] > 1 and (query := urlsplit(one.handle).query.replace("/", "_"))
        else one
        for one in offered
    ]


def _text(name: bytes) -> str:
    """Old servers write names in GB18030."""
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("gb18030", "replace")


def _name(url: str, index: str | None) -> str:
    path = _text(unquote_to_bytes(urlsplit(url).path))
    folder = _text(unquote_to_bytes(urlsplit(index).path)).rsplit("/", 1)[0] + "/" if index else ""
    name = path.removeprefix(folder) if folder and path.startswith(folder) else posixpath.basename(path)
    return name.lstrip("/") or urlsplit(url).netloc


def _time(headers: Mapping[str, str]) -> int | None:
    with contextlib.suppress(ValueError, TypeError, KeyError):
        return int(email.utils.parsedate_to_datetime(headers["last-modified"]).timestamp()) * 10**9
    return None
