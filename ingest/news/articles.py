"""A page, a text or a record → clean article text with title, date, source and author; offsets lead back to the page.

`read_page` reads one HTML page, `read_articles` any news file (page, feed, JSON lines, plain text). What an article
says is `ingest.news.figures`' business.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import html as html_module
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from ingest.formats.encodings import canonical_encoding, decode, is_bad, sniff_encoding
from ingest.formats.sheet import Refusal
from ingest.news.html_lines import Line, Lines, Run, places, read_lines
from ingest.news.json_record import load_record
from ingest.news.page_body import Body, find_body
from ingest.news.page_dates import Published, date_in_url, has_day, parse_published
from ingest.news.page_furniture import is_error_title, matching_forms, roles_of_lines
from ingest.news.text_normal import normalise

EXTRACTOR_VERSION = "4"
MOST_BYTES = 16 * 1024 * 1024
_UNSURE = 0.5
_LITTLE_TEXT = 20
_ENOUGH_BEFORE_TAIL = 40
_FALLBACK_BYTES = 512 * 1024
_HEAD_CHARACTERS = 65536

_HEAD_PART = re.compile(
    r"<(?:meta\b(?P<meta>[^<>]*)>|link\b(?P<link>[^<>]*)>|title\b[^<>]*>(?P<title>[^<]*)"
    r"|!--\s*saved from url=\(\d+\)(?P<saved>\S+)\s*-->|(?P<body>body\b))",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([a-zA-Z_:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_SITE_SUFFIX = re.compile(r"\s*[-_|–—»]+\s*|\s{2,}")
_DATE_LABEL = re.compile(r"(?:发布时间|发布日期|发表时间|发布于|刊发日期|发稿时间|时间|日期)[:：]?\s*(?=(?:19|20)\d\d)")
_SOURCE = re.compile(r"(?:信息来源|文章来源|稿件来源|来源|稿源|來源)\s*[:：]\s*([^\s|｜,，;；:：()（）\[\]【】]{2,30})")
_AUTHOR = re.compile(r"(?:作者|撰稿|记者|記者|通讯员|通訊員)\s*[:：]\s*([\u3400-\u9fff·、 ]{2,20})")
_BYLINE = re.compile(r"[(（]\s*(?:本报|本網|本网)?(?:记者|記者|通讯员|通訊員)\s*([\u3400-\u9fff·、 ]{2,20})[)）]")
_LABEL_AFTER = re.compile(r"(?:作者|编辑|責任|责任|时间|發布|发布|浏览|点击|字体|来源).*$")
_MOJIBAKE = re.compile(
    r"锟斤拷|烫烫烫|[ÃÂäåæçèé][\x80-\xbf¤¥§©«®°±²³µ¶·¹º»¼½¾]{1,2}|[鈥鐨勭殑鏄][\u4e00-\u9fff]?[鈥鐨]"
)
_HAN = re.compile("[\u3400-\u9fff]")
_SENTENCE = re.compile("[。；;：:！!]$|。|，.*，")
_TOP_LINES = 14
_WIDE = re.compile("[\u0800-\uffff]")
_BAD = re.compile("[\ud800-\udfff]")
_CHINESE_CODECS = frozenset(("gb18030", "big5", "big5hkscs", "utf-8"))
_META_TITLES = ("articletitle", "og:title", "twitter:title")
_META_DATES = (
    "pubdate", "publishdate", "article:published_time", "og:release_date", "firstpublishedtime", "publish_time",
    "weibo:article:create_at", "dc.date", "date", "publicationdate",
)  # fmt: skip
_META_SOURCES = ("contentsource", "og:site_name", "mediaid", "source", "sitename")
_META_AUTHORS = ("author", "article:author")


@dataclass(frozen=True, slots=True)
class Article:
    """One article.

    Attributes:
        article_id: 32 hex digits from the address, else from the given id, else from the bytes.
        text: the article's own text, a line a paragraph.
        given_id: the id a record came with (`luodi news read` prints it).
        remarks: what a reader should know: lost characters, mojibake, a fallback that was used.
    """

    article_id: str
    text: str
    title: str | None = None
    url: str | None = None
    published: Published | None = None
    author: str | None = None
    source_name: str | None = None
    given_id: str | None = None
    remarks: tuple[str, ...] = ()
    page: str = field(default="", repr=False)
    _runs: tuple[tuple[Run, ...], ...] = field(default=(), repr=False)

    @property
    def published_on(self) -> dt.date | None:
        """The date of publication in China; a month's first day where only the month is known."""
        return self.published.on if self.published else None

    @property
    def text_sha256(self) -> str:
        """Of the normalised text without blanks: the same article elsewhere has the same."""
        return text_hash(self.text)

    def page_span(self, start: int, end: int) -> Run | None:
        """Where `text[start:end]` stands in the decoded page; None for a text that was not cut from one."""
        if not self._runs or end <= start:
            return None
        first, last = self._place(start), self._place(end - 1)
        return None if first is None or last is None else (first, last + 1)

    def _place(self, position: int) -> int | None:
        at = 0
        for line, runs in zip(self.text.split("\n"), self._runs, strict=True):
            if position <= at + len(line):
                found = places(self.page, list(runs))
                return found[min(position - at, len(found) - 1)] if found else None
            at += len(line) + 1
        return None


@dataclass(frozen=True, slots=True)
class Unread:
    """A page, item or record that gave no article, and why."""

    article_id: str
    refusal: Refusal
    url: str | None = None
    title: str | None = None
    given_id: str | None = None


def read_page(data: bytes, name: str = "", url: str | None = None) -> Article | Refusal:
    """Read one HTML page or plain text. `name` serves messages; `url` wins over what the page says of itself.

    Never raises for what the bytes hold.
    """
    refusal = _unreadable(data)
    if refusal:
        return refusal
    source = decode_page(data)
    if not _looks_like_html(source):
        return _from_text(source, data, url)
    return _from_html(source, data, name, url)


def text_hash(text: str) -> str:
    """Of what a text says: script, width, blanks and punctuation don't count."""
    said = "".join(filter(str.isalnum, normalise(text).text))
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()


def article_id_of(url: str | None, given_id: str | None, data: bytes) -> str:
    """From raw stable properties: the address, else the id that came with it, else the bytes."""
    stable = f"url\x1f{same_address(url)}" if url else f"id\x1f{given_id}" if given_id else None
    raw = stable.encode("utf-8", "surrogatepass") if stable else b"bytes\x1f" + hashlib.sha256(data).digest()
    return hashlib.sha256(raw).hexdigest()[:32]


def same_address(url: str) -> str:
    """One form for one address: scheme, `www.`, host case, fragment and trailing slash don't count."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url.strip()
    host = parts.netloc.lower().removeprefix("www.").removesuffix(":80").removesuffix(":443")
    return urlunsplit(("", host, parts.path.rstrip("/"), parts.query, "")).removeprefix("//")


def decode_page(data: bytes) -> str:
    """A page's characters: by its byte order mark, by what the bytes are, then by what it declares.

    A byte that fits nowhere is one U+FFFD and takes no neighbour with it.
    """
    plain = _plainly_utf8(data)
    if plain is not None:
        return plain
    declared = _CHARSET.search(data[:4096])
    label = canonical_encoding(declared[1].decode("ascii")) if declared else None
    # Half of the old pages declare a Latin alphabet they don't use; only a Chinese one is worth believing.
    encoding, body = sniff_encoding(data, label if label in _CHINESE_CODECS else None)
    text = decode(body, encoding)
    if is_bad(text):
        # A page of one long line gives the sniffer one vote; the encoding that fits more of the bytes is the right one.
        others = ({"utf-8", "gb18030"} | ({label} if label else set())) & _CHINESE_CODECS - {encoding}
        text = min([text, *(decode(body, other) for other in sorted(others))], key=lambda each: len(_BAD.findall(each)))
        text = _BAD.sub("\ufffd", text)
    return text.replace("\0", "")


def _plainly_utf8(data: bytes) -> str | None:
    """The text, where every byte is UTF-8 and some character takes three bytes: nothing else looks like that."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return text if "\0" not in text and _WIDE.search(text) else None


def article_from_text(
    text: str,
    *,
    given_id: str | None = None,
    url: str | None = None,
    title: str | None = None,
    published: Published | None = None,
    data: bytes | None = None,
    source_name: str | None = None,
) -> Article | Refusal:
    """An article whose text is at hand (a record, a feed item): its furniture lines are left out, the rest is kept."""
    lines = _text_lines(text)
    roles = roles_of_lines([line.text for line in lines])
    heading = _given_heading(lines, title) if title else _text_heading(lines, roles)
    kept = _text_body(lines, roles, heading)
    if not kept and title and heading is not None:
        # A flash (快讯): its one sentence is given as title and as text.
        kept = [heading]
    if not kept:
        return _no_text()
    stated = title or (lines[heading].text if heading is not None else None)
    head = lines[: kept[0] + 2]
    return _article(
        text,
        [lines[number] for number in kept],
        given_id=given_id,
        url=url,
        title=stated,
        published=published or _published_in(head) or date_in_url(url),
        data=data if data is not None else text.encode("utf-8", "surrogatepass"),
        source_name=source_name or _stated(_SOURCE, head),
        author=_stated(_AUTHOR, head) or _byline(lines, kept),
        remarks=[],
    )


# A text has hardly any control characters; one in this many and it is a program's data.
_CONTROL_SHARE = 50
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HEAD = 65536
_NOT_TEXT = Refusal(
    "not_text", "不是网页或文本（PDF、图片、办公文档或压缩包）。 Neither page nor text: send the page as HTML or text."
)


def _from_text(source: str, data: bytes, url: str | None) -> Article | Refusal:
    head = source[:_HEAD]
    if len(_CONTROL.findall(head)) * _CONTROL_SHARE > len(head):
        return _NOT_TEXT
    return article_from_text(source, url=url, data=data)


def _unreadable(data: bytes) -> Refusal | None:
    if not data.strip(b"\0 \t\r\n\x1a"):
        return Refusal("empty", "页面是空的。 The page is empty.")
    if len(data) > MOST_BYTES:
        return Refusal(
            "too_large",
            f"页面超过{MOST_BYTES >> 20} MiB，不是文章。 The page is larger than {MOST_BYTES >> 20} MiB: no article.",
        )
    if data.startswith(
        (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")
    ):
        return _NOT_TEXT
    return None


def _looks_like_html(source: str) -> bool:
    return (
        re.search(r"<(?:!doctype|html|head|body|div|p|table|br|meta|span|article)\b", source[:_HEAD_CHARACTERS], re.I)
        is not None
    )


def _from_html(source: str, data: bytes, name: str, url: str | None) -> Article | Refusal:
    head = _read_head(source)
    page = read_lines(source)
    address = url or head.address
    titles = _titles(head, page.lines)
    body = find_body(page, titles)
    lines = [page.lines[number] for number in body.lines]
    length = sum(len(line.text) for line in lines)
    if titles and is_error_title(titles[-1]) and length < 400:
        return Refusal("error_page", f"这是出错页面，不是文章：{titles[-1]} The page is an error page: {name}".strip())
    remarks: list[str] = []
    if (length < _LITTLE_TEXT or body.certainty < _UNSURE) and len(data) <= _FALLBACK_BYTES:
        lines = _second_opinion(source, page, lines, remarks)
    if not lines:
        return _no_text()
    around = _around(page.lines, body)
    return _article(
        source,
        lines,
        given_id=None,
        url=address,
        title=_title(titles, page.lines, body),
        published=_first_date(head.meta) or _published_in(around) or date_in_url(address),
        data=data,
        source_name=_stated(_SOURCE, around) or _first(head.meta, _META_SOURCES),
        author=_stated(_AUTHOR, around) or _byline(page.lines, body.lines) or _first(head.meta, _META_AUTHORS),
        remarks=remarks,
    )


def _article(
    source: str,
    lines: Sequence[Line],
    *,
    given_id: str | None,
    url: str | None,
    title: str | None,
    published: Published | None,
    data: bytes,
    source_name: str | None,
    author: str | None,
    remarks: list[str],
) -> Article:
    text = "\n".join(line.text for line in lines)
    return Article(
        article_id=article_id_of(url, given_id, data),
        text=text,
        title=title.strip() if title else None,
        url=url,
        published=published,
        author=author,
        source_name=source_name,
        given_id=given_id,
        remarks=(*remarks, *_losses(text)),
        page=source,
        _runs=tuple(tuple(line.runs) for line in lines),
    )


def _losses(text: str) -> list[str]:
    found = []
    if ("\ufffd" in text or "??" in text or "？？" in text) and (lost := len(normalise(text).losses)):
        found.append(f"lost_characters:{lost}")
    if len(_MOJIBAKE.findall(text)) >= 3:
        found.append("mojibake")
    return found


def _no_text() -> Refusal:
    return Refusal("no_text", "页面里没有成段的正文。 The page holds no running text.")


def _second_opinion(source: str, page: Lines, lines: list[Line], remarks: list[str]) -> list[Line]:
    """Where the density rule is unsure: trafilatura's choice, in our own lines, if it holds more."""
    import trafilatura

    try:
        other = trafilatura.extract(source, include_comments=False, include_tables=True) or ""
    except Exception:  # noqa: BLE001 - whatever a page does to it, the page is still read by our own rule
        remarks.append("second_opinion_failed")
        return lines
    wanted = set(matching_forms([line for line in other.split("\n") if line.strip()]))
    texts = [line.text for line in page.lines]
    chosen = [
        line
        for line, form, role in zip(page.lines, matching_forms(texts), roles_of_lines(texts), strict=True)
        if form in wanted and role is None and not line.heading
    ]
    if sum(len(line.text) for line in chosen) > 1.5 * sum(len(line.text) for line in lines):
        remarks.append("second_opinion")
        return chosen
    return lines


@dataclass(slots=True)
class _Head:
    """What a page says of itself before its body."""

    meta: dict[str, str] = field(default_factory=dict)
    title: str = ""
    address: str | None = None


def _read_head(source: str) -> _Head:
    head, canonical, saved = _Head(), None, None
    for part in _HEAD_PART.finditer(source, 0, _HEAD_CHARACTERS):
        kind = part.lastgroup
        if kind == "body":
            break
        if kind == "meta":
            attributes = _attributes(part["meta"])
            name = (attributes.get("property") or attributes.get("name") or "").lower()
            if name and attributes.get("content", "").strip():
                head.meta.setdefault(name, attributes["content"].strip())
        elif kind == "link":
            attributes = _attributes(part["link"])
            if attributes.get("rel", "").lower() == "canonical":
                canonical = canonical or attributes.get("href")
        elif kind == "title":
            head.title = head.title or " ".join(html_module.unescape(part["title"]).split())
        elif kind == "saved":
            saved = part["saved"]
    candidates = (canonical, head.meta.get("og:url"), head.meta.get("url"), saved)
    head.address = next((url for url in candidates if url and url.startswith("http")), None)
    return head


def _attributes(text: str) -> dict[str, str]:
    return {
        key.lower(): html_module.unescape(double or single or bare)
        for key, double, single, bare in _ATTRIBUTE.findall(text)
    }


def _first(meta: dict[str, str], names: Sequence[str]) -> str | None:
    return next((meta[name] for name in names if name in meta and len(meta[name]) <= 40), None)


def _first_date(meta: dict[str, str]) -> Published | None:
    return next((found for name in _META_DATES if (found := parse_published(meta.get(name)))), None)


def _titles(head: _Head, lines: list[Line]) -> list[str]:
    """What the page calls itself, best first, the whole `<title>` last."""
    found = [head.meta[name] for name in _META_TITLES if name in head.meta]
    found += [line.text for line in lines if line.heading == 1][:2]
    if head.title:
        found += [part for part in _SITE_SUFFIX.split(head.title) if len(part) >= 4]
        found.append(head.title)
    return found


def _title(titles: list[str], lines: list[Line], body: Body) -> str | None:
    if body.heading is not None:
        return lines[body.heading].text
    return titles[0] if titles else None


def _around(lines: list[Line], body: Body) -> list[Line]:
    """The lines that tell date and source: between title and text, just above, and the last ones of the text."""
    first, last = body.lines[0] if body.lines else 0, body.lines[-1] if body.lines else 0
    top = body.heading if body.heading is not None else max(0, first - 8)
    return [*lines[top : first + 2], *lines[max(0, top - 4) : top], *lines[last : last + 4]]


def _published_in(lines: Sequence[Line]) -> Published | None:
    """A labelled date first; else one on a line that is no sentence."""
    for line in lines:
        label = _DATE_LABEL.search(line.text)
        if label and (found := parse_published(line.text[label.end() : label.end() + 30])):
            return found
    for line in lines:
        text = line.text
        if has_day(text) and len(text) <= 100 and "。" not in text and (found := parse_published(text)):
            return found
    return None


def _stated(pattern: re.Pattern[str], lines: Sequence[Line]) -> str | None:
    for line in lines:
        if match := pattern.search(line.text):
            found = _LABEL_AFTER.sub("", match[1]).strip(" 、·-")
            if found:
                return found
    return None


def _byline(lines: Sequence[Line], kept: Sequence[int]) -> str | None:
    for number in [*kept[:1], *kept[-1:]]:
        if match := _BYLINE.search(lines[number].text):
            return match[1].strip()
    return None


def _text_lines(text: str) -> list[Line]:
    """The lines of a plain text, with their places in it."""
    found = []
    at = 0
    for raw in text.splitlines(keepends=True):
        bare = raw.strip()
        if bare:
            start = at + raw.index(bare)
            found.append(Line(bare, [(start, start + len(bare))], 0))
        at += len(raw)
    return found


def _text_heading(lines: list[Line], roles: list[str | None]) -> int | None:
    """The title of a plain text: the short line above its filing line (date, source), else its first line."""
    heads = [n for n, line in enumerate(lines[:_TOP_LINES]) if roles[n] is None and _could_be_title(line.text)]
    for number, line in enumerate(lines[:_TOP_LINES]):
        above = [head for head in heads if number - 3 <= head < number]
        if above and (has_day(line.text) or roles[number] == "drop"):
            return above[-1]
    return heads[0] if heads and heads[0] == 0 and len(lines) > 1 else None


def _could_be_title(text: str) -> bool:
    """A title is short, holds Chinese words, is no sentence and no row of menu entries."""
    words = text.split()
    return (
        6 <= len(text) <= 60
        and len(_HAN.findall(text)) >= 4
        and not _SENTENCE.search(text)
        and not has_day(text)
        and not (len(words) >= 3 and max(map(len, words)) <= 4)
    )


def _given_heading(lines: list[Line], title: str) -> int | None:
    wanted = re.sub(r"\s+", "", title)
    return next((n for n, line in enumerate(lines[:_TOP_LINES]) if re.sub(r"\s+", "", line.text) == wanted), None)


def _text_body(lines: list[Line], roles: list[str | None], heading: int | None) -> list[int]:
    kept: list[int] = []
    length = 0
    title = lines[heading].text if heading is not None else None
    for number, (line, role) in enumerate(zip(lines, roles, strict=True)):
        if role == "tail" and length >= _ENOUGH_BEFORE_TAIL:
            break
        if role is not None or (heading is not None and number <= heading) or (line.text == title and length == 0):
            continue
        kept.append(number)
        length += len(line.text)
    return kept


def read_json_lines(source: str) -> list[Article | Unread]:
    """Records `{id, url, title, published, text}`, one a line; a line that is none is reported with its number."""
    found: list[Article | Unread] = []
    for number, raw in enumerate(source.splitlines(), start=1):
        if raw.strip():
            found.append(_read_record(raw, number))
    return found


def _read_record(raw: str, number: int) -> Article | Unread:
    data = raw.encode("utf-8", "surrogatepass")
    try:
        record = load_record(raw)
        text = record["text"]
        if not isinstance(text, str):
            raise TypeError("text")
    except (ValueError, KeyError, TypeError, RecursionError):
        message = f"第{number}行不是 {{id,url,title,published,text}} 记录。 Line {number} is no such record."
        return Unread(article_id_of(None, None, data), Refusal("not_a_record", message))
    given_id, url, title = (str(record[key]) if record.get(key) else None for key in ("id", "url", "title"))
    article = article_from_text(
        text,
        given_id=given_id,
        url=url,
        title=title,
        published=parse_published(str(record["published"])) if record.get("published") else None,
        data=data,
        source_name=str(record["source"]) if record.get("source") else None,
    )
    if isinstance(article, Refusal):
        return Unread(article_id_of(url, given_id, data), article, url, title, given_id)
    return article
