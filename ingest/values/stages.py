"""The stage of a project from its stage text, by the words of `wording/stages.csv`; negation turns a stage into its opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from ingest.fields import STAGES
from ingest.formats.sheet import CellValue
from ingest.values.cell_text import clean_text, is_placeholder_text, squeeze
from ingest.values.reasons import Reason, reason
from ingest.values.units import alternation
from ingest.wording_registry import StageWord, stage_words

_RANK = {stage: rank for rank, stage in enumerate(STAGES)}
_END = "terminated"


class ParsedStage(NamedTuple):
    """A stage, or what is known of it.

    Attributes:
        stage: a stage of the contract, or None.
        before: the stage that is stated as not reached (`未开工` → `started`); beside `stage` (`签约未开工`) or alone.
        raw: the cleaned text, kept in any case.
        reason: why no stage could be read; None where `before` alone is known (the dates then decide below it).
        may_have_ended: beside `reason`: the text speaks of an end, so that dates alone can't tell how the project stands.
    """

    stage: str | None = None
    before: str | None = None
    raw: str | None = None
    reason: Reason | None = None
    may_have_ended: bool = False


@cache
def _words(county_code: str) -> dict[str, StageWord]:
    everywhere = {squeeze(word.word): word for word in stage_words() if not word.county_code}
    own = {squeeze(word.word): word for word in stage_words() if county_code and word.county_code == county_code}
    return everywhere | own


@cache
def _longest(county_code: str) -> int:
    return max(map(len, _words(county_code)))


def _lexemes(text: str, county_code: str) -> Iterator[str]:
    """The text cut into words of stages, the longest that fits first, and single characters between them.

    An expression of a thousand words would take as long to compile as reading two ledgers.
    """
    words, longest, at = _words(county_code), _longest(county_code), 0
    while at < len(text):
        sizes = range(min(longest, len(text) - at), 1, -1)
        size = next((size for size in sizes if text[at : at + size] in words), 1)
        yield text[at : at + size]
        at += size


_PREFIX = re.compile(r"^(?:\(?\d{1,2}\)?[.、:_-]?|[一二三四五六七八九十]{1,3}[.、]|[①-⑳]|[a-z][.、:_-])(?=[^\d%])")
_BRACKETS = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")
_YEAR = re.compile(r"20\d\d|\d月")
_MARKS = frozenset(",，、;；/。.:()[]【】+-&及和与并")


def _read(text: str, county_code: str) -> ParsedStage:
    reached: list[str] = []
    before: list[str] = []
    negated, dangling, unknown, roles = False, False, False, set()
    for lexeme in _lexemes(text, county_code):
        word = _words(county_code).get(lexeme)
        if word is None:
            unknown = unknown or lexeme not in _MARKS
            if lexeme in _MARKS:
                negated, dangling = False, dangling or negated
            continue
        roles.add(word.role)
        if word.role == "negation":
            negated = True
        elif word.role == "reached":
            (before if negated else reached).append(word.stage)
            negated = False
        elif word.role == "before":
            before.append(word.stage)
            negated = False
    if reached and (negated or dangling):
        # 投产准备, 开工（计划）: a word that turns round what comes before it.
        return ParsedStage(reason=reason("stage_unclear"))
    return _judge(reached, before, roles, unknown)


def _judge(reached: list[str], before: list[str], roles: set[str], unknown: bool) -> ParsedStage:
    if roles & {"workflow", "denied"} and not reached and not before:
        return ParsedStage(reason=reason("stage_workflow"))
    if roles & {"unclear", "denied"}:
        return ParsedStage(reason=reason("stage_unclear"))
    if unknown or not (reached or before):
        return ParsedStage(reason=reason("stage_unknown"), may_have_ended=_END in reached)
    lowest = min(before, key=_RANK.__getitem__) if before else None
    if len(set(reached)) > 1:
        if reached[-1] == _END and not before:
            # 签约后终止, 洽谈终止: nothing comes after the end.
            return ParsedStage(_END)
        return ParsedStage(reason=reason("two_stages"), may_have_ended=_END in reached)
    if reached and lowest and _RANK[reached[0]] >= _RANK[lowest]:
        return ParsedStage(reason=reason("stage_unclear"))
    return ParsedStage(reached[0] if reached else None, lowest)


_WHEN = r"(?:20\d\d年?(?:\d{1,2}月)?|\d{1,2}月|[今明本当]?年[内底末中]?|[本下]?月[内底末]?)(?:[上下]半年|年?[初中底末])?(?:底?前)?"


@cache
def _when_intended(county_code: str) -> re.Pattern[str]:
    """预计2026年底投产: when something is to happen does not matter for the stage."""
    words = [word for word, found in _words(county_code).items() if found.role == "negation"]
    return re.compile(rf"(?P<word>{alternation(words)})(?:于|在)?{_WHEN}")


def _brackets_matter(text: str, county_code: str) -> bool:
    """Whether a bracket could change the stage: 开工（计划）, 投产（一期）, 投产（2027年）, 签约（已终止）."""
    for bracket in _BRACKETS.findall(text):
        if _YEAR.search(bracket):
            return True
        for lexeme in _lexemes(bracket, county_code):
            word = _words(county_code).get(lexeme)
            if word is not None and word.role not in ("filler", "workflow"):
                return True
    return False


@lru_cache(maxsize=16384)
def _parse(text: str, county_code: str) -> ParsedStage:
    if is_placeholder_text(text):
        return ParsedStage()
    raw = clean_text(text)
    squeezed = _when_intended(county_code).sub(r"\g<word>", squeeze(text))
    attempts = [squeezed, _PREFIX.sub("", squeezed)]
    if not _brackets_matter(attempts[-1], county_code):
        attempts.append(_BRACKETS.sub("", attempts[-1]))
    words = _words(county_code)
    for attempt in attempts:
        word = words.get(attempt)
        if word is not None and word.role == "reached":
            return ParsedStage(word.stage, None, raw)
    parsed = ParsedStage()
    for attempt in dict.fromkeys(filter(None, attempts)):
        parsed = _read(attempt, county_code)
        if parsed.reason is None:
            break
    return parsed._replace(raw=raw)


def parse_stage(value: CellValue, county_code: str | None = None) -> ParsedStage:
    """Read a stage text (`5签约`, `在建`, `尚未投产`). Never raises; workflow words (审核通过) are not stages."""
    if value is None:
        return ParsedStage()
    if not isinstance(value, str):
        return ParsedStage(raw=clean_text(value), reason=reason("stage_unknown"))
    return _parse(value, county_code or "")
