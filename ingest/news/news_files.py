"""Any landed news file → its articles: a page, a feed with many items, JSON lines, or plain text."""

from __future__ import annotations

from ingest.formats.sheet import Refusal
from ingest.news.articles import (
    Article,
    Unread,
    article_from_text,
    article_id_of,
    decode_page,
    read_json_lines,
    read_page,
)
from ingest.news.feeds import Feed, FeedItem, looks_like_feed, parse_feed
from ingest.news.html_lines import read_lines

Reading = Article | Unread


def read_articles(data: bytes, name: str, url: str | None = None) -> list[Reading]:
    """All articles of one file, each article id once, and what could not be read. Told by content, never by name.

    Never raises for what the bytes hold.
    """
    head = data[:4096]
    source = decode_page(head) if head else ""
    if looks_like_feed(source):
        return _distinct(_from_feed(data, name))
    if source.lstrip("\ufeff \t\r\n").startswith("{"):
        return _distinct(read_json_lines(decode_page(data).lstrip("\ufeff")))
    found = read_page(data, name, url)
    return [Unread(article_id_of(url, None, data), found, url) if isinstance(found, Refusal) else found]


def item_article(item: FeedItem) -> Reading:
    """The article a feed item carries itself."""
    data = "\x1f".join((item.title, item.link or item.guid or "", item.content)).encode("utf-8", "surrogatepass")
    text = "\n".join(line.text for line in read_lines(item.content).lines)
    found = article_from_text(
        text,
        given_id=item.guid,
        url=item.link,
        title=item.title or None,
        published=item.published,
        data=data,
        source_name=item.source_name,
    )
    if isinstance(found, Refusal):
        return Unread(article_id_of(item.link, item.guid, data), found, item.link, item.title, item.guid)
    return found


def _from_feed(data: bytes, name: str) -> list[Reading]:
    feed = parse_feed(data)
    if isinstance(feed, Refusal):
        return [Unread(article_id_of(None, None, data), feed)]
    return [*(item_article(item) for item in feed.items), *_problems(feed, data)]


def _problems(feed: Feed, data: bytes) -> list[Reading]:
    return [
        Unread(
            article_id_of(None, f"{code}\x1f{len(data)}\x1f{feed.title}", data),
            Refusal(code, message),
            title=feed.title,
        )
        for code, message in feed.problems
    ]


def _distinct(readings: list[Reading]) -> list[Reading]:
    """A feed that lists an article twice gives it once: the fuller one, at the first one's place."""
    found: dict[str, Reading] = {}
    for reading in readings:
        known = found.get(reading.article_id)
        if known is None or (isinstance(reading, Article) and _length(reading) > _length(known)):
            found[reading.article_id] = reading
    return list(found.values())


def _length(reading: Reading) -> int:
    return len(reading.text) if isinstance(reading, Article) else -1
