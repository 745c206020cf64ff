"""The headers of trips and receptions by their words: a head says what kind of thing the column holds (a time, a place, a
person, a position, a company, what came of it), the words before it whose and of what.

Every character of the leaf must be explained, and a head that could be either side's (对接人员) names no field. The words
are those of `trip_words.csv`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from ingest.headers.header_match import Match
from ingest.headers.header_path import HeaderPath
from ingest.headers.header_phrases import LAST_LINE
from ingest.headers.header_text import Segment, head_key
from ingest.headers.word_cut import cut
from ingest.wording_registry import trip_words

_MET = frozenset({"visit", "meet", "come", "receive", "go"})
_TRAVELS = frozenset({"go", "visit", "meet", "attract", "event", "hold", "lead"})
_TIMES = frozenset({"time", "begin", "end", "from_to"})
_HEADS = (
    "block",
    "position",
    "days",
    "from_to",
    "time",
    "end",
    "begin",
    "their_person",
    "our_person",
    "person",
    "seat",
    "place",
    "company",
    "unit",
    "team",
    "result",
    "talk",
)
# Leaders of a squad, whatever stands before them.
_OF_SQUADS = frozenset({"队长", "领队", "团长", "组长", "带头人", "链长", "副链长"})
_SQUADS = ("组", "队", "专班")
_PASSED_OVER = frozenset({"name", "listing"})
_LEADERS = frozenset({"领导", "县领导", "市领导", "区领导", "主要领导", "党政领导", "党政主要领导", "县级领导"})
_SUMMED_DAYS = frozenset({"共计", "合计", "共", "累计", "总计"})
_LONGEST = 30


@cache
def _words() -> tuple[dict[str, frozenset[str]], int]:
    words = {head_key(word): said for word, said in trip_words().items()}
    return words, max(map(len, words))


@lru_cache(maxsize=4096)
def _cut(text: str) -> tuple[tuple[str, ...], str]:
    words, longest = _words()
    found, rest = cut(text, words, longest)
    return tuple(found), rest


def trip_match(path: HeaderPath) -> Match | None:
    """The field that the words of a path make in a ledger of trips, or None."""
    if path.kind != "outreach" or path.leaf is None:
        return None
    found = _field(path.leaf, path.groups)
    return Match(found, "normalised", 1.0, None, line=LAST_LINE) if found else None


def _text(part: Segment) -> str:
    return (part.timeless if part.period is not None else part.core) + "".join(part.bracketed)


def _field(leaf: Segment, groups: Sequence[Segment]) -> str | None:
    # 企业（家）名称: what looks like a unit or a note counts nothing here.
    if leaf.core in _SUMMED_DAYS and any(unit.code == "days" for unit in leaf.units):
        # 行程 > 共计（天）
        return "days"
    text = _text(leaf)
    words, rest = _cut(text)
    if rest or not text or len(text) > _LONGEST:
        return None
    if leaf.bracketed and not _cut(leaf.core)[1] and "block" not in _said(words):
        # 考察企业（园区）: what stands in brackets is no head.
        words = _cut(leaf.core)[0]
    above = tuple(word for group in groups for word in _cut(_text(group))[0])
    if not any(_words()[0][word] & _all_heads() for word in words):
        words, above = above + words, ()
    return _by_head(words, above) if words else None


@cache
def _all_heads() -> frozenset[str]:
    return frozenset(_HEADS)


def _said(words: Sequence[str]) -> frozenset[str]:
    known = _words()[0]
    return frozenset[str]().union(*(known[word] for word in words))


def _by_head(words: Sequence[str], above: Sequence[str]) -> str | None:
    said, around = _said(words), _said([*words, *above])
    if "block" in around:
        return None
    if words[-1] == "姓名" and len(words) > 1 and "guest" in _words()[0][words[-2]]:
        # 乡贤姓名, 校友姓名
        return "contact_name"
    head, last = _head_of(words)
    if head is None:
        return None
    before = _said([*above, *words[:last]])
    if head == "position":
        return {"theirs": "contact_position", "ours": "traveller_position"}.get(_side(before) or "")
    if head in _TIMES:
        return _time(said, around)
    if head == "days":
        return None if around & {"come", "receive"} else "days"
    if head == "place":
        # 企业所在城市 is the company's.
        is_away = not around & {"come", "receive", "seat", "company"} and (around & _TRAVELS or not before)
        return "destination" if is_away else None
    if head in ("person", "our_person", "their_person"):
        return _person(head, words[last], before)
    if head in ("company", "unit", "team"):
        return _party(head, around, before, words[last])
    if head == "talk" and not around & (_MET | _TRAVELS | {"result"}):
        return None
    return "result_note" if head in ("result", "talk") and "plan" not in said else None


def _head_of(words: Sequence[str]) -> tuple[str | None, int]:
    """The last word that is a head, and its place; 名称 and 姓名 are the name of what stands before them."""
    known = _words()[0]
    for place in range(len(words) - 1, -1, -1):
        said = known[words[place]]
        found = next((head for head in _HEADS if head in said), None)
        if found is not None:
            return found, place
        if not said & _PASSED_OVER:
            return None, place
    return None, 0


def _time(said: frozenset[str], around: frozenset[str]) -> str | None:
    """来访时间 starts no trip, and 计划出访时间 is the day it is meant for."""
    if around & {"come", "receive"}:
        return None if around & {"plan", "end"} or "from_to" in said else "received_on"
    if "plan" in around:
        is_meant = bool(around & _TRAVELS) and "end" not in said and "from_to" not in said
        return "due_on" if is_meant else None
    if "end" in said and "from_to" not in said:
        return "end_on" if around & (_TRAVELS | {"time"}) else None
    is_stated = bool(around & (_TRAVELS | {"from_to"})) or "begin" in said
    return "start_on" if is_stated and around & _TIMES else None


def _side(before: frozenset[str]) -> str | None:
    """Whose person: `ours`, `theirs`, or None where the words do not say or contradict each other."""
    theirs = bool(before & {"theirs", "their_person", "come"})
    ours = bool(before & {"ours", "our_person", "lead", "companion"})
    if theirs == ours:
        return None
    return "theirs" if theirs else "ours"


def _person(head: str, word: str, before: frozenset[str]) -> str | None:
    if head == "their_person":
        return "contact_name"
    side = _side(before)
    if side == "theirs" or (before & {"theirs", "come"} and not before & {"ours", "our_person", "lead"}):
        return "contact_name"
    if "receive" in before:
        return None if before & {"theirs", "company", "guest"} or side == "theirs" else "host_name"
    if head == "our_person":
        is_ours = word in _OF_SQUADS or before & (_TRAVELS | {"ours"}) or (word in _LEADERS and not before)
        return "traveller_name" if is_ours else None
    if side == "ours":
        return "traveller_name"
    # 走访人员 went, 对接人员 may be either side's.
    return "traveller_name" if before & {"go", "attract", "visit"} and "meet" not in before else None


def _party(head: str, around: frozenset[str], before: frozenset[str], word: str) -> str | None:
    # 陪同部门 went along: only companies are received.
    is_called_on = head == "unit" and before & (_MET - {"receive"}) and not before & {"owner", "lead", "attract"}
    if head == "company" or is_called_on:
        is_met = bool(around & (_MET - {"go"})) or (head == "company" and bool(before & {"go", "guest"}))
        is_met = is_met or (word == "对象" and "attract" in before)
        others = {"owner", "lead", "hold"} | (set() if word == "对象" else {"attract"})
        return "visited_company" if is_met and not before & others else None
    if around & {"visit", "meet", "come"} and not word.endswith(_SQUADS):
        return None
    if head == "unit":
        return "team_name" if before & {"owner", "attract", "go", "hold", "lead"} else None
    return "team_name" if not before & {"theirs", "company"} else None
