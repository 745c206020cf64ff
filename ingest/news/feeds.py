"""RSS and Atom files → items. Entities are refused, a torn feed keeps its whole items, a page that is no feed fails.

Times are +08:00 unless they say otherwise (`ingest.news.page_dates`).
"""

from __future__ import annotations

import html as html_module
import re
from dataclasses import dataclass, field
from xml.parsers import expat

from ingest.formats.sheet import Refusal
from ingest.news.articles import decode_page
from ingest.news.page_dates import Published, parse_published

MOST_ITEMS = 5000
MOST_DEPTH = 200
_ROOTS = frozenset(("rss", "feed", "rdf"))
_ITEMS = frozenset(("item", "entry"))
_DATES = ("pubdate", "published", "date", "issued", "updated", "modified")
_CONTENTS = ("encoded", "content", "description", "summary")
_AUTHORS = ("creator", "author", "name")
_DECLARATION = re.compile(r"\A[\s\ufeff]*<\?xml[^>]*\?>")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_BARE_AMPERSAND = re.compile(r"&(?![A-Za-z#][A-Za-z0-9]{0,31};)")
_XML_NAMES = frozenset(("amp", "lt", "gt", "quot", "apos"))
_FEED_START = re.compile(r"<(?:\w+:)?(rss|feed|rdf)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One item. `content` is HTML, the fullest the item has."""

    title: str
    link: str | None
    guid: str | None
    published: Published | None
    author: str | None
    source_name: str | None
    content: str


@dataclass(slots=True)
class Feed:
    """A feed's whole items, and what was wrong with the rest (`truncated`, `too_many_items`)."""

    items: list[FeedItem] = field(default_factory=list)
    title: str | None = None
    problems: list[tuple[str, str]] = field(default_factory=list)


def looks_like_feed(source: str) -> bool:
    """Whether decoded text is meant to be a feed."""
    return _FEED_START.search(source[:2048]) is not None and "<html" not in source[:512].lower()


def parse_feed(data: bytes) -> Feed | Refusal:
    """Read a feed. Never raises for what the bytes hold.

    Refusals: `empty`; `not_a_feed` (an HTML error page, other XML, no XML); `entities` (entity declarations: billion
    laughs, XXE; nothing is resolved, fetched or read); `too_deep`.
    """
    source = _FORBIDDEN.sub("", _DECLARATION.sub("", decode_page(data)))
    if not source.strip():
        return Refusal("empty", "订阅源是空的。 The feed is empty.")
    found = _parse(source)
    if isinstance(found, Feed) and found.problems:
        # Sloppy writers leave `&` and HTML's `&nbsp;` in their XML; mended, the rest of the feed may be whole.
        mended = _parse(_BARE_AMPERSAND.sub("&amp;", _NAMED.sub(_as_character, source)))
        if isinstance(mended, Feed) and len(mended.items) >= len(found.items):
            return mended
    return found


def _as_character(entity: re.Match[str]) -> str:
    return entity[0] if entity[1] in _XML_NAMES else html_module.unescape(entity[0])


class _RefusedFeedError(Exception):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def _parse(source: str) -> Feed | Refusal:
    reader = _FeedReader()
    try:
        reader.parse(source)
    except _RefusedFeedError as refused:
        return refused.refusal
    except expat.ExpatError as error:
        if not reader.is_feed:
            return _not_a_feed(source)
        half = "（最后一条不完整，已舍去）" if reader.in_item else ""
        message = f"订阅源在第{error.lineno}行中断{half}，完整的{len(reader.feed.items)}条已保留。"
        english = f"The feed breaks off at line {error.lineno}; its {len(reader.feed.items)} whole items are kept."
        reader.feed.problems.append(("truncated", f"{message} {english}"))
    return reader.feed


def _not_a_feed(source: str) -> Refusal:
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]{0,500}>", " ", source[:2000])).strip()[:60]
    return Refusal(
        "not_a_feed",
        f"返回的不是 RSS/Atom，而是别的页面：「{shown}」。请检查地址。 This is no RSS or Atom feed but another page; check the address.",
    )


class _FeedReader:
    """Collects the texts of each item's children as the parser walks."""

    def __init__(self) -> None:
        self.feed = Feed()
        self.is_feed = False
        self.in_item = False
        self._depth = 0
        self._item_depth = 0
        self._fields: dict[str, str] = {}
        self._link: str | None = None
        self._name: str | None = None
        self._text: list[str] = []
        self._source = ""

    def parse(self, source: str) -> None:
        self._source = source
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.EntityDeclHandler = self._entity
        parser.ExternalEntityRefHandler = self._external
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.Parse(source.encode("utf-8"), True)

    def _entity(self, *_: object) -> None:
        raise _RefusedFeedError(
            Refusal(
                "entities",
                "订阅源声明了实体，拒绝读取。 The feed declares entities, which are never resolved: refused.",
            )
        )

    def _external(self, *_: object) -> int:
        return 1  # as if it were empty: nothing is fetched

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rsplit(":", 1)[-1].lower()
        self._depth += 1
        if self._depth == 1:
            if local not in _ROOTS:
                raise _RefusedFeedError(_not_a_feed(self._source))
            self.is_feed = True
        if self._depth > MOST_DEPTH:
            raise _RefusedFeedError(Refusal("too_deep", "订阅源嵌套过深。 The feed is nested too deeply."))
        if not self.in_item:
            if local in _ITEMS:
                self.in_item, self._item_depth, self._fields, self._link = True, self._depth, {}, None
            elif local == "title" and self._depth <= 3:
                self._name, self._text = "", []
            return
        if self._depth == self._item_depth + 1:
            self._name, self._text = local, []
            if local == "link" and attributes.get("href") and attributes.get("rel", "alternate") == "alternate":
                self._link = self._link or attributes["href"]
        elif self._name in _CONTENTS:
            self._text.append(f"<{local}>")

    def _characters(self, text: str) -> None:
        if self._name is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        local = name.rsplit(":", 1)[-1].lower()
        depth, self._depth = self._depth, self._depth - 1
        if not self.in_item:
            if self._name == "" and local == "title":
                self.feed.title = self.feed.title or "".join(self._text).strip()
                self._name = None
            return
        if depth == self._item_depth:
            self._finish()
        elif depth == self._item_depth + 1:
            value = "".join(self._text).strip()
            if value and self._name:
                self._fields.setdefault(self._name, value)
            self._name = None
        elif self._name in _CONTENTS:
            self._text.append(f"</{local}>")

    def _finish(self) -> None:
        fields, self.in_item = self._fields, False
        if len(self.feed.items) >= MOST_ITEMS:
            if not self.feed.problems:
                message = f"超过{MOST_ITEMS}条，其余未读。 More than {MOST_ITEMS} items; the rest was not read."
                self.feed.problems.append(("too_many_items", message))
            return
        link = self._link or fields.get("link")
        guid = fields.get("guid") or fields.get("id")
        if not link and guid and guid.startswith(("http://", "https://")):
            link = guid
        self.feed.items.append(
            FeedItem(
                title=plain_text(fields.get("title", "")),
                link=link.strip() if link else None,
                guid=guid,
                published=next((found for key in _DATES if (found := parse_published(fields.get(key)))), None),
                author=next((plain_text(fields[key]) for key in _AUTHORS if key in fields), None),
                source_name=plain_text(fields["source"]) if "source" in fields else None,
                content=max((fields.get(key, "") for key in _CONTENTS), key=len),
            )
        )


def plain_text(value: str) -> str:
    """Text that may hold markup or entities, as one line."""
    return re.sub(r"\s+", " ", html_module.unescape(re.sub(r"<[^<>]{0,1000}>", "", value))).strip()
