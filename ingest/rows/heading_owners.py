"""Who answers for the projects below a heading: `包联领导：王某（县委书记）`, `县委书记 王某包联项目（3个）`, `责任单位：县工信局`.

A label before a colon is read as a header is; a leader's name stands behind a post, or before what he takes on. The words
are data (`wording/neighbour_words.csv`: `chief`, `takes_on`, `surname`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.columns.column_meaning import HeaderContext
from ingest.columns.neighbour_words import neighbour_words, says
from ingest.headers.header_column import interpret_column
from ingest.rows.furniture import group_label, plain_group_text
from ingest.values.printed import compact

LEADER = "responsible_leader"
_TOLD = frozenset(
    {
        LEADER, "responsible_unit", "tracking_unit", "introducing_unit", "town_name", "park_name", "industry", "industry_chain",
        "construction_nature", "signing_event",
    }
)  # fmt: skip
_WHO = frozenset({LEADER, "responsible_unit", "tracking_unit"})
_LONGEST_VALUE = 30
_LONGEST_LABEL = 12
_COLON = re.compile("[:：]")
# 责任单位：县工信局    包联领导：王某
_PAIRS = re.compile(r"\s*[\s；;]\s*(?=[^\s：:]{2,12}[：:])")
# 包抓领导  王某: a label and what it says in cells of their own.
_BESIDE = re.compile(r"([^\s：:]{2,12})\s{2,}([^\s：:]{2,30}(?: [^\s：:]{2,12})?)")
_BRACKETED = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_NAME = re.compile("[一-鿿]{2,3}")
_NAME_FIRST = re.compile(r"([一-鿿]{2,3})(?:[\s　]+|[(（])([^\s()（）]+)[)）]?")
_OF_PLACES = frozenset("省市州县区旗乡镇村园局委办部处组会")
_COURTESY = re.compile("(?:同志|先生|女士)$")


@lru_cache(maxsize=4096)
def owners_of(text: str) -> tuple[tuple[str, str], ...]:
    """The fields that a heading's text fills by what it says of who answers, with their values; mostly none."""
    if _COLON.search(text):
        return _labelled(text)
    if (beside := _BESIDE.fullmatch(text.strip())) is not None:
        found = _labelled("：".join(beside.groups()))
        if found and found[0][0] in _WHO:
            return found
    name = _leader(text)
    return ((LEADER, name),) if name else ()


def _labelled(text: str) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for pair in _PAIRS.split(text.strip()):
        label, value = (part.strip() for part in (*_COLON.split(pair, maxsplit=1), "")[:2])
        numbered = group_label(label)
        label = numbered.label if numbered is not None and numbered.label else plain_group_text(label)
        told = plain_group_text(value)
        if not label or not told or len(label) > _LONGEST_LABEL or len(told) > _LONGEST_VALUE or ":" in told:
            return ()
        # 县委书记：王某
        is_post = says("chief", label) and _is_name(told)
        field = LEADER if is_post else interpret_column((label,), context=HeaderContext()).field
        if field not in _TOLD or field in found:
            return ()
        found[field] = (_leader(value) or told) if field == LEADER else told
    return tuple(found.items())


def _leader(text: str) -> str | None:
    """The leader's name in 县委书记 王某包联项目（3个）, 王某同志联系项目, 王某（县委书记）; None where none is sure."""
    numbered = group_label(text)
    named_first = _NAME_FIRST.fullmatch(text.strip())
    if numbered is None and named_first is not None and _is_name(named_first[1]) and says("chief", named_first[2]):
        return named_first[1]
    plain = compact(_BRACKETED.sub("", text))
    label = group_label(plain)
    plain = plain_group_text(label.label if label is not None and label.label else plain)
    duty = neighbour_words("takes_on").search(plain)
    rest = _COURTESY.sub("", plain[: duty.start()] if duty is not None else plain)
    posts = list(neighbour_words("chief").finditer(rest))
    if not posts:
        # 石桥联系项目 may be a place's: by itself a name needs 同志 behind it.
        return rest if duty is not None and _COURTESY.search(plain[: duty.start()]) and _is_name(rest) else None
    before, behind = rest[: posts[0].start()].removesuffix("副"), rest[posts[-1].end() :]
    return next((name for name in (behind, "" if behind else before) if _is_name(name)), None)


def _is_name(text: str) -> bool:
    return text[-1:] not in _OF_PLACES and _NAME.fullmatch(text) is not None and says("surname", text)
