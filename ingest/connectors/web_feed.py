"""Articles that a feed, a sitemap or a list page names: which are new, and the bytes of each.

The list itself is fetched only when it changed (ETag, Last-Modified). What was known of it last time is a small JSON
file the caller keeps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from ingest.connectors.base import SourceError
from ingest.connectors.http_client import HttpClient
from ingest.connectors.http_files import links_of
from ingest.formats.sheet import Refusal
from ingest.news.articles import decode_page
from ingest.news.feeds import parse_feed
from ingest.registry import FeedOrigin

_SHRUNKEN = 0.5
_MOST_SITEMAPS = 20
_DECLARATION = re.compile(r"\A[\s\ufeff]*<\?xml[^>]*\?>")


@dataclass(slots=True)
class KnownList:
    """What the last look at a list found: its validators, and how many addresses it named."""

    etag: str = ""
    last_modified: str = ""
    addresses: int = 0


@dataclass(slots=True)
class LookedAt:
    """One look at a list: its bytes, the articles it names, and what is wrong with it (`truncated`, `shrunken`…).

    `is_unchanged` where the server said so; there are no addresses then.
    """

    known: KnownList
    url: str = ""
    body: bytes = b""
    addresses: list[str] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    is_unchanged: bool = False


def look_at(origin: FeedOrigin, client: HttpClient, known: KnownList) -> LookedAt:
    """Fetch the list, if it changed, and read what it names.

    Raises:
        SourceError: what the client raises; `not_a_feed` and the other refusals of `parse_feed`; `no_links` for a list
            page on which the selector finds nothing (the page was rebuilt).
    """
    answer = client.get(origin.url, if_changed_since={"etag": known.etag, "last-modified": known.last_modified})
    if answer.is_unchanged:
        return LookedAt(known, answer.url, is_unchanged=True)
    found = LookedAt(
        KnownList(answer.headers.get("etag", ""), answer.headers.get("last-modified", "")), answer.url, answer.body
    )
    named = list(_named(origin, client, found))
    wanted = re.compile(origin.include) if origin.include else None
    found.addresses = [url for url in dict.fromkeys(named) if wanted is None or wanted.search(url)]
    found.addresses = found.addresses[: origin.max_articles]
    found.known.addresses = len(found.addresses)
    if found.known.addresses < known.addresses * _SHRUNKEN:
        found.warnings.append(
            (
                "shrunken",
                f"条目从{known.addresses}条减到{found.known.addresses}条，请检查网站是否改版。 "
                f"The list shrank from {known.addresses} to {found.known.addresses} entries; was the site rebuilt?",
            )
        )
    return found


def _named(origin: FeedOrigin, client: HttpClient, found: LookedAt) -> Iterator[str]:
    if origin.kind == "rss":
        feed = parse_feed(found.body)
        if isinstance(feed, Refusal):
            raise SourceError(feed.code, feed.message)
        found.warnings += feed.problems
        return (item.link for item in feed.items if item.link)
    if origin.kind == "sitemap":
        return iter(_sitemap(client, found))
    links = list(links_of(decode_page(found.body), found.url, origin.link_selector or "a[href]"))
    if not links:
        raise SourceError(
            "no_links",
            f"列表页上选择器「{origin.link_selector}」找不到链接，网站可能改版。 "
            f"The selector {origin.link_selector!r} finds no link on the list page; was the site rebuilt?",
        )
    return iter(links)


def _sitemap(client: HttpClient, found: LookedAt) -> list[str]:
    pages, others = read_sitemap(found.body)
    for other in others[:_MOST_SITEMAPS]:
        try:
            pages += read_sitemap(client.get(other).body)[0]
        except SourceError as error:
            found.warnings.append((error.code, str(error)))
    return pages


def read_sitemap(body: bytes) -> tuple[list[str], list[str]]:
    """The pages a sitemap names, newest first, and the sitemaps an index names.

    Raises:
        SourceError: `not_a_feed` where it is no sitemap, `entities` where it declares entities.
    """
    reader = _SitemapReader()
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.EntityDeclHandler = reader.entity
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text.append
    try:
        parser.Parse(_DECLARATION.sub("", decode_page(body)).encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        if not reader.pages and not reader.sitemaps:
            raise SourceError("not_a_feed", f"不是站点地图 this is no sitemap: {error}") from error
    newest_first = sorted(reader.pages, key=lambda page: page[1], reverse=True)
    return [url for url, _ in newest_first], reader.sitemaps


class _SitemapReader:
    def __init__(self) -> None:
        self.pages: list[tuple[str, str]] = []
        self.sitemaps: list[str] = []
        self.text: list[str] = []
        self._fields: dict[str, str] = {}
        self._depth = 0

    def entity(self, *_: object) -> None:
        raise SourceError("entities", "站点地图声明了实体，拒绝读取。 The sitemap declares entities: refused.")

    def start(self, name: str, _attributes: object) -> None:
        self._depth += 1
        local = name.rsplit(":", 1)[-1]
        if self._depth == 1 and local not in ("urlset", "sitemapindex"):
            raise SourceError("not_a_feed", f"不是站点地图 this is no sitemap but <{local[:40]}>")
        if self._depth == 2:
            self._fields = {}
        self.text.clear()

    def end(self, name: str) -> None:
        local = name.rsplit(":", 1)[-1]
        if self._depth == 3:
            self._fields.setdefault(local, "".join(self.text).strip())
        elif self._depth == 2 and self._fields.get("loc", "").startswith(("http://", "https://")):
            if local == "sitemap":
                self.sitemaps.append(self._fields["loc"])
            else:
                self.pages.append((self._fields["loc"], self._fields.get("lastmod", "")))
        self._depth -= 1
