"""Pages made to break readers: each is read or refused in a moment, and never costs more than its length."""

from __future__ import annotations

import time

import pytest

from ingest.formats.sheet import Refusal
from ingest.news.articles import MOST_BYTES, Article, read_page

SENTENCE = "10月19日，濮阳县举行集中签约仪式，现场签约项目12个，总投资42.6亿元，同比增长12.5%。"
MANY = 60_000


def page(body: str) -> bytes:
    return f"<html><head><title>濮阳县集中签约</title></head><body><h1>濮阳县集中签约</h1>{body}</body></html>".encode()


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 5000 + SENTENCE + "</div>" * 5000,
        "<div>" * 5000 + SENTENCE,
        "<span>" * MANY + SENTENCE,
        f"<p>{SENTENCE}" + "<a " * MANY,
        f"<p>{SENTENCE}" + '<a ="' * MANY,
        f"<p>{SENTENCE}" + "<a ='x" * MANY,
        f"<p>{SENTENCE}" + "<!--" * MANY,
        f"<p>{SENTENCE}" + "<svg>" * MANY,
        f"<p>{SENTENCE}" + "<script " * MANY,
        f"<p>{SENTENCE}" + "</div>" * MANY,
        f"<p>{SENTENCE}" + "<![CDATA[" * MANY,
        f"<p>{SENTENCE}" + "&" * MANY,
        f"<p>{SENTENCE}" + "<" * MANY,
        f"<p>{SENTENCE}</p>" + "<p></p>" * MANY,
        f"<p>{SENTENCE}</p>" + "<td>" * MANY,
    ],
    ids=lambda body: body[:6] + body[-8:],
)
def test_a_page_made_to_break_readers_is_read_in_linear_time(body: str) -> None:
    started = time.perf_counter()
    found = read_page(page(body), "page.html")
    assert time.perf_counter() - started < 3
    assert isinstance(found, Article)
    assert found.text.startswith(SENTENCE[:20])


def test_a_huge_page_is_refused() -> None:
    found = read_page(b"<html>" + b" " * MOST_BYTES + b"x", "page.html")
    assert isinstance(found, Refusal)
    assert found.code == "too_large"


def test_a_page_torn_inside_a_script_keeps_what_came_before() -> None:
    found = read_page(page(f"<p>{SENTENCE}</p><script>var x = '签约项目99个，总投资999亿元。"), "page.html")
    assert isinstance(found, Article)
    assert found.text == SENTENCE


def test_markup_in_a_title_stays_text() -> None:
    data = page(f"<p>{SENTENCE}</p>").replace(
        "濮阳县集中签约".encode(), "&lt;script&gt;alert(1)&lt;/script&gt;签约".encode()
    )
    found = read_page(data, "page.html")
    assert isinstance(found, Article)
    assert found.title == "<script>alert(1)</script>签约"
