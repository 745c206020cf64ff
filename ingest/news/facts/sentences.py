"""Normalised text → paragraphs, sentences and clauses; menus, filing lines and related news left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.news.facts.model import Span
from ingest.news.facts.wording import any_of

# Whatever follows such a heading belongs to other articles.
_TAIL_HEADING = re.compile(r"^[\s•·◆■▲>»【\[]*(?:" + any_of("tail_heading") + ")")
_FURNITURE = re.compile(any_of("filing_line") + r"|来源[:：]|责编[:：]|作者[:：]|编辑[:：]|字体[:：【\[]")
_END = re.compile(r"[。！？!?]+[”’」』）]*|\n+")
_CLAUSE = re.compile(r"[，；：（）]")
_SENTENCE_MARK = re.compile(r"[，。；]")
# What a number is about is looked for within its sentence, so a text without full stops would cost the square of its length.
_LONGEST = 2000
_CUTS = "；，、："


_PROMOTION = re.compile(any_of("promotion"))
_WORKS = re.compile(any_of("works"))
_OTHER_FIELD = re.compile(any_of("other_field"))
_BANKS = re.compile(r"银企|授信")


def speaks_of_promotion(text: str) -> bool:
    """Whether a page speaks of investment promotion at all, or of projects being started that may have come by it."""
    return _PROMOTION.search(text) is not None or _WORKS.search(text) is not None


def is_of_another_field(text: str) -> bool:
    """Whether a sentence speaks of projects and money of water works, poverty relief, bank loans… and not of promotion."""
    if _OTHER_FIELD.search(text) is None:
        return False
    return _PROMOTION.search(text) is None or (_BANKS.search(text) is not None and "招商" not in text)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between commas; `mark` is the punctuation that ends it."""

    start: int
    end: int
    mark: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `start` is its offset in the normalised text; clause offsets are relative to it.

    `goes_on` where it is the rest of one that was too long.
    """

    start: int
    text: str
    paragraph: int
    is_headline: bool
    clauses: tuple[Clause, ...]
    goes_on: bool = False

    @property
    def end(self) -> int:
        """Offset after the sentence in the normalised text."""
        return self.start + len(self.text)

    def clause_at(self, position: int) -> Clause:
        """The clause a position lies in."""
        return next((clause for clause in self.clauses if position < clause.end), self.clauses[-1])


def split(text: str) -> tuple[list[Sentence], list[Span]]:
    """The article's own sentences, and the spans that were left out as furniture."""
    sentences: list[Sentence] = []
    left_out: list[Span] = []
    at = paragraph = 0
    has_begun = False
    for line in text.split("\n"):
        start, at = at, at + len(line) + 1
        # Above the article such words are only a label of the page's.
        if has_begun and _TAIL_HEADING.match(line):
            left_out.append((start, len(text)))
            break
        if _is_furniture(line):
            left_out.append((start, start + len(line)))
            continue
        has_begun = has_begun or "。" in line
        paragraph += 1
        headline = not _SENTENCE_MARK.search(line) and len(line) < 60
        sentences += _sentences(line, start, paragraph, headline)
    return sentences, left_out


def _is_furniture(line: str) -> bool:
    if not line.strip():
        return True
    return bool(_FURNITURE.search(line)) and "。" not in line and len(line) < 120


def _sentences(line: str, offset: int, paragraph: int, headline: bool) -> list[Sentence]:
    found = []
    start = 0
    for end, goes_on in _ends(line):
        text = line[start:end]
        if text.strip():
            found.append(Sentence(offset + start, text, paragraph, headline, _clauses(text), goes_on))
        start = end
    return found


def _ends(line: str) -> Iterator[tuple[int, bool]]:
    """Where the sentences of a line end, and whether each goes on with what was cut before it.

    A sentence longer than any that is written is cut at a mark within it.
    """
    start = 0
    for end in [match.end() for match in _END.finditer(line)] + [len(line)]:
        goes_on = False
        while end - start > _LONGEST:
            window = line[start : start + _LONGEST]
            start += next((at + 1 for mark in _CUTS if (at := window.rfind(mark)) > 0), _LONGEST)
            yield start, goes_on
            goes_on = True
        start = end
        yield end, goes_on


def _clauses(text: str) -> tuple[Clause, ...]:
    clauses = []
    start = depth = 0
    for found in _CLAUSE.finditer(text):
        at, char = found.start(), found.group()
        if char == "（":
            depth += 1
        elif char == "）":
            depth = max(0, depth - 1)
        elif depth == 0:
            clauses.append(Clause(start, at, char))
            start = at + 1
    clauses.append(Clause(start, len(text) + 1, ""))
    return tuple(clauses)
