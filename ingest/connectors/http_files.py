"""Files at web addresses: a fixed list, or all that an index page links to."""

from __future__ import annotations

import contextlib
import email.utils
import io
import posixpath
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import BinaryIO
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from ingest.connectors.base import Offered, SourceError
from ingest.connectors.http_client import HttpClient
from ingest.news.articles import decode_page


class HttpConnector:
    """Files at `addresses` and at the links of the page `index`, but for those that leave the index page's folder."""

    def __init__(self, client: HttpClient, addresses: tuple[str, ...] = (), index: str | None = None) -> None:
        self._client = client
        self._addresses = addresses
        self._index = index

    def look(self) -> list[Offered]:
        """All files now. A server that answers no HEAD tells neither size nor time; the file is then fetched each time."""
        found = dict.fromkeys(self._addresses)
        if self._index:
            page = self._client.get(self._index)
            found |= dict.fromkeys(_files_below(decode_page(page.body), page.url))
        return [self._offer(url) for url in found]

    def open(self, offered: Offered) -> AbstractContextManager[BinaryIO]:
        """The bytes of one file."""
        return contextlib.nullcontext(io.BytesIO(self._client.get(offered.handle).body))

    def _offer(self, url: str) -> Offered:
        headers: Mapping[str, str] = {}
        try:
            headers = self._client.get(url, method="HEAD").headers
        except SourceError as error:
            if error.code != "http_status":
                raise
        size = headers.get("content-length") if "content-encoding" not in headers else None
        return Offered(_name(url, self._index), int(size) if size and size.isdecimal() else None, _time(headers), url)


def links_of(page: str, url: str, selector: str = "a[href]") -> Iterator[str]:
    """The absolute http(s) addresses that a page's links lead to, each once, in order."""
    seen: set[str] = set()
    for node in LexborHTMLParser(page).css(selector):
        target = node if node.tag == "a" else node.css_first("a[href]")
        href = (target.attributes.get("href") or "").strip() if target else ""
        try:
            absolute = urldefrag(urljoin(url, href)).url if href else ""
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


def _name(url: str, index: str | None) -> str:
    path = unquote(urlsplit(url).path)
    folder = unquote(urlsplit(index).path).rsplit("/", 1)[0] + "/" if index else ""
    name = path.removeprefix(folder) if folder and path.startswith(folder) else posixpath.basename(path)
    return name.lstrip("/") or urlsplit(url).netloc


def _time(headers: Mapping[str, str]) -> int | None:
    with contextlib.suppress(ValueError, TypeError, KeyError):
        return int(email.utils.parsedate_to_datetime(headers["last-modified"]).timestamp()) * 10**9
    return None
