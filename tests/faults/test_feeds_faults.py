"""Feeds made to break readers: entities, torn files, depth, endless items."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ingest.formats.sheet import Refusal
from ingest.news.articles import Article, Unread
from ingest.news.feeds import MOST_ITEMS, Feed, parse_feed
from ingest.news.news_files import read_articles

ITEM = "<item><title>第{0}条</title><link>https://example.com/{0}</link><description>签约项目{0}个，总投资{0}亿元。</description></item>"


def test_billion_laughs_and_xxe_are_refused_and_nothing_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", encoding="utf-8")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    for declared in (
        f'<!ENTITY l0 "哈">{laughs}',
        f'<!ENTITY l9 SYSTEM "file://{secret}">',
        '<!ENTITY % p SYSTEM "http://127.0.0.1:9/">',
    ):
        source = f'<?xml version="1.0"?><!DOCTYPE rss [{declared}]><rss><channel><title>&l9;</title></channel></rss>'
        started = time.perf_counter()
        found = parse_feed(source.encode())
        assert time.perf_counter() - started < 1
        assert isinstance(found, Refusal)
        assert found.code == "entities"
        assert "秘密" not in found.message


def test_a_torn_feed_keeps_its_whole_items_and_reports_the_half_one() -> None:
    whole = "<rss><channel><title>快讯</title>" + "".join(ITEM.format(n) for n in range(1, 4))
    torn = whole + ITEM.format(4)[:60]
    found = parse_feed(torn.encode())
    assert isinstance(found, Feed)
    assert [item.title for item in found.items] == ["第1条", "第2条", "第3条"]
    assert [code for code, _ in found.problems] == ["truncated"]
    readings = read_articles(torn.encode(), "feed.xml")
    assert sum(isinstance(reading, Article) for reading in readings) == 3
    assert [reading.refusal.code for reading in readings if isinstance(reading, Unread)] == ["truncated"]


@pytest.mark.parametrize("cut", range(40, 600, 23))
def test_wherever_it_is_torn_only_whole_items_count(cut: int) -> None:
    source = "<rss><channel><title>快讯</title>" + "".join(ITEM.format(n) for n in range(1, 6)) + "</channel></rss>"
    found = parse_feed(source.encode()[:cut])
    whole = source.encode()[:cut].count(b"</item>")
    assert isinstance(found, Feed)
    assert len(found.items) == whole


def test_depth_and_number_are_bounded() -> None:
    deep = parse_feed(("<rss>" + "<a>" * 100_000).encode())
    assert isinstance(deep, Refusal)
    assert deep.code == "too_deep"
    many = parse_feed(
        ("<rss><channel>" + "<item><title>x</title></item>" * (MOST_ITEMS + 5) + "</channel></rss>").encode()
    )
    assert isinstance(many, Feed)
    assert len(many.items) == MOST_ITEMS
    assert [code for code, _ in many.problems] == ["too_many_items"]


def test_control_characters_and_bad_bytes_cost_themselves_only() -> None:
    source = ("<rss><channel>" + ITEM.format(1) + ITEM.format(2) + "</channel></rss>").encode()
    broken = source.replace("第1条".encode(), b"\x08\x00" + "第1".encode() + b"\xff" + "条".encode())
    found = parse_feed(broken)
    assert isinstance(found, Feed)
    assert len(found.items) == 2
    assert found.items[1].title == "第2条"
