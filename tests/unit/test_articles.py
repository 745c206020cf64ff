"""Pages → the article and nothing else, with title, date, source and author, and the way back to the page."""

from __future__ import annotations

import datetime as dt

import pytest

from ingest.formats.sheet import Refusal
from ingest.news.articles import Article, article_from_text, article_id_of, read_page, same_address
from ingest.news.news_files import read_articles

FIRST = "10月19日，濮阳县举行招商引资项目集中签约仪式，现场签约项目12个，总投资42.6亿元。"
SECOND = "今年1至10月，全县实际到位省外资金24.5亿元，同比增长12.5%，居全市第二位。"
PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>濮阳县集中签约12个项目_县域新闻网</title>
<script>var a = "项目99个，总投资999亿元。";</script><style>p {{ color: red }}</style></head><body>
<div class="nav"><a href="/">首页</a><a href="/n">要闻</a><a href="/z">招商，引资，专题报道</a></div>
<div class="crumb">当前位置：首页 > 要闻 > 正文</div>
<div class="main"><h1>濮阳县集中签约12个项目</h1>
<div class="info">2026-10-19 18:05　来源：县域新闻网　作者：宁望舒　浏览次数：<span>318</span>　【字体：大 中 小】</div>
<div class="con"><p>　　{FIRST}</p><p>　　{SECOND}</p><p>（责任编辑：石兰）</p></div>
<div class="share">分享到：微信 微博</div>
<div><h3>相关新闻</h3><p>邻县一季度签约项目66个，总投资166亿元，同比增长66%，居全省第六位，受到各方关注。</p></div></div>
<div id="footer">版权所有：县域新闻网 ICP备00000000号</div></body></html>"""


def article(data: str | bytes, **named: str) -> Article:
    found = read_page(data.encode() if isinstance(data, str) else data, "page.html", **named)
    assert isinstance(found, Article), found
    return found


def test_the_article_and_nothing_else() -> None:
    found = article(PAGE)
    assert found.text == f"{FIRST}\n{SECOND}"
    assert found.title == "濮阳县集中签约12个项目"
    assert (found.published_on, found.source_name, found.author) == (dt.date(2026, 10, 19), "县域新闻网", "宁望舒")
    assert found.published is not None
    assert found.published.at == dt.datetime(2026, 10, 19, 18, 5, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("gb2312", "gb18030"),
        ("utf-8", "gb18030"),
        ("gb2312", "utf-8"),
        ("iso-8859-1", "gb18030"),
        ("utf-8", "utf-16"),
    ],
)
def test_encodings_as_declared_and_as_not(declared: str, encoding: str) -> None:
    assert article(PAGE.replace("utf-8", declared, 1).encode(encoding)).text == f"{FIRST}\n{SECOND}"


def test_offsets_lead_back_to_the_page() -> None:
    page = PAGE.replace("总投资42.6亿元", "总投资<b>42.6</b>&nbsp;&#20159;元").replace(
        "省外资金", "省外<a href='#'>资金</a>"
    )
    found = article(page)
    for wanted, source in (
        ("42.6 亿", "42.6</b>&nbsp;&#20159;"),
        ("省外资金", "省外<a href='#'>资金"),
        ("第二位", "第二位"),
    ):
        start = found.text.index(wanted)
        span = found.page_span(start, start + len(wanted))
        assert span is not None
        first, last = span
        shown = found.page[first : last + (len("&#20159;") - 1 if wanted.endswith("亿") else 0)]
        assert shown == source
    assert found.page_span(3, 3) is None


def test_lost_characters_are_marked_and_never_bridged() -> None:
    broken = PAGE.replace("到位省外", "到\N{REPLACEMENT CHARACTER}省外").replace("同比", "??h同比")
    found = article(broken)
    assert "\N{REPLACEMENT CHARACTER}" in found.text
    assert "??h" in found.text
    assert found.remarks == ("lost_characters:2",)


def test_a_byte_that_fits_nowhere_takes_no_neighbour() -> None:
    raw = (
        PAGE.replace("utf-8", "gb2312", 1)
        .encode("gb18030")
        .replace("省外".encode("gb18030"), b"\xff" + "省外".encode("gb18030"))
    )
    assert "实际到位\N{REPLACEMENT CHARACTER}省外资金24.5亿元" in article(raw).text


def test_misread_text_is_marked() -> None:
    assert "mojibake" in article(PAGE.replace("现场签约", "锟斤拷锟斤拷锟斤拷锟斤拷")).remarks


def test_traditional_pages_with_pinyin_are_read_as_they_stand() -> None:
    page = (
        "<html><head><title>大員招商見實(shí)效</title></head><body><h1>大員招商見實(shí)效</h1><p>2020-12-22 來源:駐馬店網(wǎng)</p>"
        "<p>2020年1月至9月,全市實(shí)際到位省外資金247.5億元,增長(zhǎng)2.65%,增幅居全省第二。</p>"
        "<h4>相關(guān)新聞</h4><p>鄰市上半年簽約項目66個,總投資166億元,同比增長66%。</p><p>版權(quán)所有:駐馬店網(wǎng)</p></body></html>"
    )
    found = article(page)
    assert found.text.startswith("2020年1月至9月,全市實(shí)際")
    assert "\n" not in found.text
    assert found.published_on == dt.date(2020, 12, 22)


@pytest.mark.parametrize(
    "wrapped",
    [
        "<table width=100%><tr><td>{nav}</td></tr><tr><td class=zw>{body}</td></tr><tr><td>{foot}</td></tr></table>",
        "<div id=top>{nav}</div><div id=zoom>{body}</div><div>{foot}</div>",
        "<header>{nav}</header><main><article>{body}</article></main><footer>{foot}</footer>",
        "{nav}<br>{body}<br>{foot}",
        "<form id=aspnetForm><div>{nav}</div><div class=content-with-sidebar>{body}<div class=sidebar>{foot}</div></div></form>",
        "<div><div><div><div>{nav}</div><div><div><div><span>{body}</span></div></div></div></div></div></div>{foot}",
    ],
)
@pytest.mark.parametrize(
    "paragraphs", ["<p>{0}</p><p>{1}</p>", "{0}<br><br>{1}", "<div>{0}</div><div>{1}</div>", "<P>{0}<P>{1}"]
)
def test_layouts(wrapped: str, paragraphs: str) -> None:
    nav = "".join(
        f"<a href='/{n}'>{name}</a> " for n, name in enumerate(("首页", "要闻", "政务公开", "招商引资", "互动交流"))
    )
    foot = "<p>主办单位：县政府办公室　备案号 ICP备00000000号</p><p>联系电话：0393-0000000，地址：人民路1号，邮编：457000</p>"
    body = f"<h2>濮阳县集中签约12个项目</h2><p>发布时间：2026-10-19</p>{paragraphs.format(FIRST, SECOND)}"
    title = "<title>濮阳县集中签约12个项目-濮阳县人民政府</title>"
    found = article(f"<html><head>{title}</head><body>{wrapped.format(nav=nav, body=body, foot=foot)}</body></html>")
    assert found.text == f"{FIRST}\n{SECOND}"
    assert (found.title, found.published_on) == ("濮阳县集中签约12个项目", dt.date(2026, 10, 19))


def test_hidden_and_ticker_text_is_out() -> None:
    page = PAGE.replace(
        '<div class="share">',
        "<div style='display:none'>隐藏的一段话，签约项目77个，总投资177亿元，不应读出。</div>"
        "<div>上证指数 3360.10 -- 深证成指 --</div><div class='share'>",
    )
    assert article(page).text == f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ('<meta name="PubDate" content="2026-03-01 23:30">', dt.date(2026, 3, 1)),
        ('<meta property="article:published_time" content="2026-03-01T23:30:00Z">', dt.date(2026, 3, 2)),
        ("<meta content='2026年3月1日' name=publishdate>", dt.date(2026, 3, 1)),
    ],
)
def test_the_page_states_its_date_in_its_head(meta: str, expected: dt.date) -> None:
    assert article(PAGE.replace("<script>", f"{meta}<script>", 1)).published_on == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://hb.example.com/2021-07/29/content_41630900.htm", dt.date(2021, 7, 29)),
        ("https://sx.example.cn/20181029/57ae9f89.html", dt.date(2018, 10, 29)),
        ("http://d.example.cn/roll/201403/24/t20140324_2538587.shtml", dt.date(2014, 3, 24)),
        ("http://c.example.com/system/2014/05/03/013346992.shtml", dt.date(2014, 5, 3)),
        ("https://s.example.gov.cn/art/2025/1/23/art_256_513944.html", dt.date(2025, 1, 23)),
        ("https://example.com/news-content/710005.html", None),
    ],
)
def test_the_address_tells_the_date_where_nothing_else_does(url: str, expected: dt.date | None) -> None:
    page = (
        f"<html><title>濮阳县集中签约</title><body><h1>濮阳县集中签约</h1><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    )
    assert article(page, url=url).published_on == expected


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\0", "empty"),
        (b"%PDF-1.4 ...", "not_text"),
        (b"PK\x03\x04....", "not_text"),
        (
            "<html><title>404 Not Found</title><body><h1>404</h1><p>您访问的页面不存在，请检查地址。</p></body></html>".encode(),
            "error_page",
        ),
        ("<html><title>首页</title><body><a href='/'>首页</a><a href='/a'>要闻</a></body></html>".encode(), "no_text"),
    ],
)
def test_what_is_no_article_is_refused_with_its_code(data: bytes, code: str) -> None:
    found = read_page(data, "page.html")
    assert isinstance(found, Refusal)
    assert found.code == code
    assert found.message


def test_ids_come_from_the_address_else_the_given_id_else_the_bytes() -> None:
    address = "https://www.example.com/a/1.html"
    assert article_id_of(address, "7", b"x") == article_id_of("http://example.com/a/1.html#top", None, b"y")
    assert article_id_of(None, "7", b"x") == article_id_of(None, "7", b"y") != article_id_of(None, "8", b"x")
    assert article_id_of(None, None, b"x") != article_id_of(None, None, b"y")
    assert same_address("HTTP://WWW.Example.com:80/a/?id=1#x") == "example.com/a?id=1"


def test_cleaning_never_changes_an_id_and_text_hash_sees_through_disguises() -> None:
    plain, other = (
        article_from_text(f"{FIRST}\n{SECOND}"),
        article_from_text(f"  {FIRST}\n\n{SECOND}\n版权所有 县域新闻网"),
    )
    assert isinstance(plain, Article)
    assert isinstance(other, Article)
    assert plain.article_id != other.article_id
    assert plain.text_sha256 == other.text_sha256


def test_records_keep_their_fields_and_a_broken_one_is_reported() -> None:
    lines = [
        '{"id": "n-1", "url": null, "title": "濮阳集中签约", "published": "2026-10-19", "text": "' + FIRST + '"}',
        '{"id": "n-2", "text"',
        '{"id": "n-3", "title": "无正文"}',
        "",
        '{"id": "n-4", "published": "2026-10", "text": "' + SECOND + '\\n相关新闻\\n邻县签约66个"}',
    ]
    found = read_articles("\n".join(lines).encode(), "a.jsonl")
    articles = [each for each in found if isinstance(each, Article)]
    assert [(each.given_id, each.title, each.text) for each in articles] == [
        ("n-1", "濮阳集中签约", FIRST),
        ("n-4", None, SECOND),
    ]
    assert articles[1].published is not None
    assert (articles[1].published_on, articles[1].published.precision) == (dt.date(2026, 10, 1), "month")
    broken = [each for each in found if not isinstance(each, Article)]
    assert [each.refusal.code for each in broken] == ["not_a_record", "not_a_record"]
    assert "第2行" in broken[0].refusal.message


def test_a_flash_whose_title_is_its_text_is_read() -> None:
    flash = "今年1—6月，清丰县新签约项目12个。"
    record = '{"id": "k-1", "title": "' + flash + '", "published": "2026-07-05", "text": "' + flash + '"}'
    (found,) = read_articles(record.encode(), "a.jsonl")
    assert isinstance(found, Article)
    assert (found.title, found.text) == (flash, flash)


def test_plain_text_finds_its_title_above_the_filing_line_and_drops_widgets() -> None:
    text = (
        "首页 新闻 专题\n\n濮阳县集中签约12个项目\n2026-10-19 06:01 来源:县域新闻网 责任编辑:石兰\n"
        f"发送短信即可订阅《手机报》，每天1毛钱。\n{FIRST}\n{SECOND}\n查看心情排行你看到此篇文章的感受是:\n  • 点赞\n  • 高兴\n相关新闻"
    )
    found = article(text)
    assert (found.title, found.published_on, found.source_name) == (
        "濮阳县集中签约12个项目",
        dt.date(2026, 10, 19),
        "县域新闻网",
    )
    assert found.text == f"{FIRST}\n{SECOND}"
