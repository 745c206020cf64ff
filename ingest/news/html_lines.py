"""An HTML page → its visible lines, each with where it stands in the page and in which container.

One pass over the page's tags, without building a tree: linear whatever the page holds (five thousand nested divs,
tags that never close), and every character keeps its place in the source.
"""

from __future__ import annotations

import html as html_module
import re
from dataclasses import dataclass, field

from ingest.news.page_furniture import container_weight

Run = tuple[int, int]

_ATTRIBUTES = r"(?:[^<>\"'=]++|=\s*\"[^\"]*\"|=\s*'[^']*'|[\"'=])*+"
_INNER_BREAKS = (
    "p",
    "br",
    "h4",
    "h5",
    "h6",
    "li",
    "dt",
    "dd",
    "tr",
    "tbody",
    "thead",
    "hr",
    "pre",
    "option",
    "blockquote",
    "figure",
    "caption",
)
_INLINE = ("span", "font", "b", "strong", "em", "i", "u", "img", "small", "big", "sup", "sub", "wbr", "o:p")
_INLINE_TAG = rf"(?:</?(?:{'|'.join(_INLINE)})(?=[\s/>]){_ATTRIBUTES}>)"
# Whole runs of tags that only break a line, or do nothing, are one match: most tags of a page are such.
_TAG = re.compile(
    rf"(?P<breaks>(?:</?(?:{'|'.join(_INNER_BREAKS)})(?=[\s/>]){_ATTRIBUTES}>\s*)++)"
    rf"|<a\b{_ATTRIBUTES}>(?P<link>(?:[^<]++|{_INLINE_TAG})*+)</a\s*>"
    rf"|{_INLINE_TAG}++"
    r"|<(?P<raw>script|style|noscript|template|iframe|textarea|select|svg|object|title)\b[^<>]*>"
    rf"|<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<attrs>{_ATTRIBUTES})>"
    r"|<!--.*?(?:-->|\Z)"
    r"|<[!?/][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_BREAKS, _LINK_TEXT, _RAW, _CLOSE, _NAME, _ATTRS = (
    _TAG.groupindex[name] for name in ("breaks", "link", "raw", "close", "name", "attrs")
)
_ANY_TAG = re.compile(r"<[^<>]*>")
_RAW_END = {
    name: re.compile(rf"</{name}\s*>", re.IGNORECASE)
    for name in ("script", "style", "noscript", "template", "iframe", "textarea", "select", "svg", "object", "title")
}
_NAMES = re.compile(r"\b(?:id|class)\s*=\s*[\"']?([^\"'>]*)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|\bhidden\b(?!\s*=\s*[\"']?false)", re.IGNORECASE)
_ENTITY = re.compile(r"&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")
_BLANKS = re.compile(r"[\s\u3000\xa0\u200b\ufeff]+")
_ASIDE_TAGS = frozenset(("nav", "aside", "footer", "header"))
_CONTAINERS = _ASIDE_TAGS | frozenset(
    ("div", "td", "th", "article", "section", "main", "center", "form", "ul", "ol", "dl", "table", "fieldset", "body")
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3}
_LINK, _HEADING, _CONTAINER = 1, 2, 3
_KINDS = {"a": _LINK} | dict.fromkeys(_HEADINGS, _HEADING) | dict.fromkeys(_CONTAINERS, _CONTAINER)


@dataclass(slots=True)
class Line:
    """One visible line. `runs` are its stretches of the source; `container` is an index into `Lines.weights`."""

    text: str
    runs: list[Run]
    container: int
    linked: int = 0
    heading: int = 0


@dataclass(slots=True)
class Lines:
    """All lines of a page in order. `parents` and `weights` describe the containers; container 0 is the page."""

    source: str
    lines: list[Line] = field(default_factory=list)
    parents: list[int] = field(default_factory=lambda: [0])
    weights: list[float] = field(default_factory=lambda: [1.0])


def read_lines(source: str) -> Lines:
    """The visible lines of a page, but for those that are nothing but links. Never raises; linear in its length."""
    return _Reader(source).read()


def render(source: str, runs: list[Run]) -> str:
    """The text of a line: entities read, blanks collapsed to one."""
    text = "".join([source[start:end] for start, end in runs]) if len(runs) > 1 else source[runs[0][0] : runs[0][1]]
    if "&" in text:
        text = _ENTITY.sub(_character, text)
    return _BLANKS.sub(" ", text).strip()


def places(source: str, runs: list[Run]) -> list[int]:
    """For each character of `render(source, runs)` where in the source it stands."""
    characters, where = [], []
    for start, end in runs:
        at = start
        while at < end:
            entity = _ENTITY.match(source, at, end)
            text = _character(entity) if entity else source[at]
            characters.append(text)
            where += [at] * len(text)
            at = entity.end() if entity else at + 1
    joined = "".join(characters)
    found: list[int] = []
    at = 0
    for blank in [*_BLANKS.finditer(joined), None]:
        first, last = blank.span() if blank else (len(joined), len(joined))
        found += where[at:first]
        if blank and found and last < len(joined):
            found.append(where[first])
        at = last
    return found


def _character(entity: re.Match[str]) -> str:
    return html_module.unescape(entity[0])


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.found = Lines(source)
        self.open: list[tuple[str, int, bool]] = []
        self.counts: dict[str, int] = {}
        self.container = 0
        self.hidden = 0
        self.links = 0
        self.heading = 0
        self.runs: list[Run] = []
        self.linked = 0
        self.unlinked = False
        self.unclosed: set[str] = set()

    def read(self) -> Lines:
        source, at = self.source, 0
        search, kind_of = _TAG.search, _KINDS.get
        while match := search(source, at):
            start = match.start()
            if start > at:
                self._text(at, start)
            at = match.end()
            group = match.lastindex
            if group == _BREAKS:
                if self.runs:
                    self._break()
            elif group == _LINK_TEXT:
                self._link(*match.span(_LINK_TEXT))
            elif group == _RAW:
                at = self._after(match[_RAW].lower(), at)
            elif group:
                name = match[_NAME]
                kind = kind_of(name) or kind_of(name.lower())
                if kind == _LINK:
                    self.links = 0 if match[_CLOSE] else 1
                elif kind:
                    if self.runs:
                        self._break()
                    self._block(name.lower(), kind, bool(match[_CLOSE]), match[_ATTRS])
        if at < len(source):
            self._text(at, len(source))
        if self.runs:
            self._break()
        return self.found

    def _text(self, start: int, end: int) -> None:
        if self.hidden:
            return
        if self.source[start:end].isspace():
            if self.runs:
                self.runs.append((start, end))
            return
        self.runs.append((start, end))
        if self.links:
            self.linked += end - start
        else:
            self.unlinked = True

    def _link(self, start: int, end: int) -> None:
        """The text of a link, with nothing but inline tags in it."""
        self.links = 0
        if self.hidden or start == end:
            return
        at = start
        for tag in _ANY_TAG.finditer(self.source, start, end):
            if tag.start() > at:
                self.runs.append((at, tag.start()))
            at = tag.end()
        if end > at:
            self.runs.append((at, end))
        self.linked += end - start

    def _after(self, raw: str, at: int) -> int:
        """Where the page goes on after a script, style, frame…; one that never closes hides no article."""
        if raw in self.unclosed:
            return at
        end = _RAW_END[raw].search(self.source, at)
        if end:
            return end.end()
        self.unclosed.add(raw)
        return len(self.source) if raw in ("script", "style") else at

    def _block(self, name: str, kind: int, closing: bool, attrs: str) -> None:
        if kind == _HEADING:
            self.heading = 0 if closing else _HEADINGS[name]
            return
        self.links = 0
        if closing:
            self._leave(name)
        else:
            self._enter(name, attrs)

    def _enter(self, name: str, attrs: str) -> None:
        hidden = bool(attrs) and _HIDDEN.search(attrs) is not None
        self.open.append((name, self.container, hidden))
        self.counts[name] = self.counts.get(name, 0) + 1
        self.hidden += hidden
        weight = 0.1 if name in _ASIDE_TAGS else 1.0
        if attrs and (names := " ".join(_NAMES.findall(attrs))):
            weight = min(weight, container_weight(names)) if weight < 1 else container_weight(names)
        self.found.parents.append(self.container)
        self.found.weights.append(weight)
        self.container = len(self.found.parents) - 1

    def _leave(self, name: str) -> None:
        if not self.counts.get(name):
            return
        while self.open:
            opened, self.container, hidden = self.open.pop()
            self.counts[opened] -= 1
            self.hidden -= hidden
            if opened == name:
                return

    def _break(self) -> None:
        """End a line. One that is nothing but links is a menu entry, never a line of an article."""
        runs = self.runs
        if self.unlinked and (text := render(self.source, runs)):
            # An unclosed link would make the rest of the page a link.
            linked = min(self.linked, len(text))
            self.found.lines.append(Line(text, runs.copy(), self.container, linked, self.heading))
        runs.clear()
        self.linked, self.unlinked = 0, False
