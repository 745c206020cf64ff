"""RSS and Atom files → items, each with link, date in China and its fullest text."""

from __future__ import annotations

import datetime as dt

import pytest

from ingest.formats.sheet import Refusal
from ingest.news.articles import Article
from ingest.news.feeds import Feed, parse_feed
from ingest.news.news_files import read_articles
from ingest.news.page_dates import date_in_url, parse_published

TEXT = "10月19日，濮阳县举行招商引资项目集中签约仪式，现场签约项目12个，总投资42.6亿元。"
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>县域快讯</title><link>https://example.com/</link>
<item><title>濮阳县集中签约</title><link>https://example.com/1</link><guid isPermaLink="false">g-1</guid>
<pubDate>Mon, 19 Oct 2026 23:30:00 GMT</pubDate><dc:creator>宁望舒</dc:creator>
<description>摘要</description><content:encoded><![CDATA[<p>{TEXT}</p><p>相关新闻</p><p>邻县签约66个。</p>]]></content:encoded></item>
<item><title>第二条 &amp; 其他</title><guid>https://example.com/2</guid><pubDate>2026年3月1日 08:00</pubDate>
<description>&lt;p&gt;3月1日，全县开工项目5个，总投资21.4亿元。&lt;/p&gt;</description></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>县域快讯</title>
<entry><title type="html">濮阳县集中签约</title><link rel="self" href="https://example.com/self"/>
<link href="https://example.com/1"/><id>tag:1</id><updated>2026-10-19T23:30:00+08:00</updated>
<author><name>宁望舒</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{TEXT}</p><p>全县到位资金24.5亿元。</p></div></content></entry></feed>"""


def feed(source: str | bytes) -> Feed:
    found = parse_feed(source if isinstance(source, bytes) else source.encode())
    assert isinstance(found, Feed), found
    return found


def test_rss() -> None:
    found = feed(RSS)
    first, second = found.items
    assert found.title == "县域快讯"
    assert (first.title, first.link, first.guid, first.author) == (
        "濮阳县集中签约",
        "https://example.com/1",
        "g-1",
        "宁望舒",
    )
    assert first.published is not None
    assert first.published.on == dt.date(2026, 10, 20)
    assert TEXT in first.content
    assert (second.title, second.link) == ("第二条 & 其他", "https://example.com/2")
    assert second.published is not None
    assert second.published.on == dt.date(2026, 3, 1)
    assert found.problems == []


def test_atom() -> None:
    (entry,) = feed(ATOM).items
    assert (entry.title, entry.link, entry.guid) == ("濮阳县集中签约", "https://example.com/1", "tag:1")
    assert entry.published is not None
    assert entry.published.on == dt.date(2026, 10, 19)
    articles = read_articles(ATOM.encode(), "atom.xml")
    assert [a.text for a in articles if isinstance(a, Article)] == [f"{TEXT}\n全县到位资金24.5亿元。"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(encoding: str) -> None:
    declared = "gb2312" if encoding == "gb18030" else "utf-8"
    assert feed(RSS.replace("utf-8", declared, 1).encode(encoding)).items[0].title == "濮阳县集中签约"


def test_items_become_articles_without_their_furniture() -> None:
    first, second = read_articles(RSS.encode(), "feed.xml")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.text, first.url, first.title) == (TEXT, "https://example.com/1", "濮阳县集中签约")
    assert second.text == "3月1日，全县开工项目5个，总投资21.4亿元。"


def test_an_item_listed_twice_counts_once_and_the_fuller_stays() -> None:
    again = RSS.replace("https://example.com/2", "http://www.example.com/1/")
    articles = read_articles(again.encode(), "feed.xml")
    assert [a.text for a in articles if isinstance(a, Article)] == [TEXT]


def test_a_sloppy_feed_is_mended() -> None:
    sloppy = RSS.replace("第二条 &amp; 其他", "第二条&nbsp;招商 & 引资").replace("g-1", "g-1?a=1&b=2")
    found = feed(sloppy)
    assert [item.title for item in found.items] == ["濮阳县集中签约", "第二条 招商 & 引资"]
    assert found.problems == []


def test_a_feed_without_items_is_a_feed() -> None:
    assert feed("<rss><channel><title>空</title></channel></rss>").items == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01 23:59", "2026-03-01T23:59:00+08:00"),
        ("2026-03-01T23:59:00Z", "2026-03-02T07:59:00+08:00"),
        ("Sun, 01 Mar 2026 20:00:00 +0000", "2026-03-02T04:00:00+08:00"),
        ("Sun, 01 Mar 2026 20:00:00 CST", "2026-03-01T20:00:00+08:00"),
        ("Sun, 1 Mar 2026 20:00 EST", "2026-03-02T09:00:00+08:00"),
        ("2026年3月1日 9时05分", "2026-03-01T09:05:00+08:00"),
        ("2026/3/1 9:05:07", "2026-03-01T09:05:07+08:00"),
        ("2026-03-01T09:05:00.123+08:00", "2026-03-01T09:05:00+08:00"),
        ("2026年3月1日", "2026-03-01"),
        ("2026.3.1", "2026-03-01"),
        ("20260301", "2026-03-01"),
        ("2026年3月", "2026-03-01 month"),
        ("2026-03", "2026-03-01 month"),
        ("2026-02-30", None),
        ("3月1日", None),
        ("编号 12026030199", None),
        ("", None),
        (None, None),
    ],
)
def test_dates(text: str | None, expected: str | None) -> None:
    found = parse_published(text)
    if found is None:
        assert expected is None
    elif found.at:
        assert found.at.isoformat() == expected
    else:
        assert found.on.isoformat() + ("" if found.precision == "day" else " month") == expected


def test_a_number_in_an_address_is_no_date() -> None:
    assert date_in_url("https://example.com/a/20269999/1.html") is None
    assert date_in_url(None) is None


def test_what_is_no_feed_is_a_failure_and_says_what_came_instead() -> None:
    for source in (
        "<html><head><title>502</title></head><body>502 Bad Gateway</body></html>",
        "<!DOCTYPE html><html><body>系统维护中<br></body></html>",
        "系统维护中",
        "<opml></opml>",
    ):
        found = parse_feed(source.encode())
        assert isinstance(found, Refusal), source
        assert found.code == "not_a_feed"
    empty = parse_feed(b" ")
    assert isinstance(empty, Refusal)
    assert empty.code == "empty"
