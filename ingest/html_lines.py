"""An HTML page → its visible lines, each with where it stands in the page and in which container.

One pass over the page's tags, without building a tree: linear whatever the page holds (five thousand nested divs,
tags that never close), and every character keeps its place in the source.
"""

from __future__ import annotations

import html as html_module
import re
from dataclasses import dataclass, field

from ingest.page_furniture import container_weight

Run = tuple[int, int]

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|style|noscript|template|iframe|textarea|select|svg|object|title)\b"
    r"[^<>]*>"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)"
    r"(?P<attrs>(?:[^<>\"'=]|=\s*\"[^\"]*\"|=\s*'[^']*'|[\"'=])*+)/?>"
    r"|<[!?/][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
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
_INNER_BREAKS = frozenset(
    ("p", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "tr", "tbody", "thead", "hr", "pre", "option")
)
_BREAKS = _CONTAINERS | _INNER_BREAKS | frozenset(("blockquote", "caption", "figcaption", "figure"))
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3}


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
    """The visible lines of a page. Never raises; linear in its length."""
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
        self.unclosed: set[str] = set()

    def read(self) -> Lines:
        source, at = self.source, 0
        search = _TAG.search
        while match := search(source, at):
            start = match.start()
            if start > at:
                self._text(at, start)
            at = match.end()
            raw = match["raw"]
            if raw:
                at = self._after(raw.lower(), at)
            elif name := match["name"]:
                self._tag(name.lower(), bool(match["close"]), match["attrs"] or "")
        if at < len(source):
            self._text(at, len(source))
        self._break()
        return self.found

    def _after(self, raw: str, at: int) -> int:
        """Where the page goes on after a script, style, frame…; one that never closes hides no article."""
        if raw in self.unclosed:
            return at
        end = _RAW_END[raw].search(self.source, at)
        if end:
            return end.end()
        self.unclosed.add(raw)
        return len(self.source) if raw in ("script", "style") else at

    def _text(self, start: int, end: int) -> None:
        if self.hidden:
            return
        self.runs.append((start, end))
        if self.links:
            self.linked += end - start

    def _tag(self, name: str, closing: bool, attrs: str) -> None:
        if name == "a":
            self.links = 0 if closing else 1
            return
        if name not in _BREAKS:
            return
        self._break()
        if name in _HEADINGS:
            self.heading = 0 if closing else _HEADINGS[name]
        elif name in _CONTAINERS:
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
        if not self.runs:
            return
        text = render(self.source, self.runs)
        if text:
            # An unclosed link would make the rest of the page a link.
            linked = min(self.linked, len(text))
            self.found.lines.append(Line(text, self.runs, self.container, linked, self.heading))
        self.runs, self.linked = [], 0
