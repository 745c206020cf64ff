"""What a ledger says of how a problem, a permit step or a promise stands, in one word of ours.

Only words that say outright that the whole is done count as done: 已完成勘界 is a stage of it, 兑现中 and 预计9月底前完成 are
none, 未办结 says the opposite. The words are data (`wording/item_states.csv`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from ingest.values.printed import compact
from ingest.wording_registry import item_state_words

# In the order in which they are looked for: a text may say several.
STATES = ("impossible", "not_needed", "done", "not_accepted", "open")

_CLAUSE_ENDS = re.compile("[，。；,;：:]")
_STOPS = ("、", "！", "!", "（", "(")


@lru_cache(maxsize=4096)
def state_said(status: str | None) -> str | None:
    """One of `STATES` that the text of a state says, None where it says none: 正常推进, 县商务局."""
    text = compact(status or "")
    if not text:
        return None
    if text in _words("done_cell"):
        return "done"
    if text in _words("not_accepted_cell"):
        return "not_accepted"
    if _holds(text, "impossible"):
        return "impossible"
    if text.startswith(tuple(_words("not_needed"))):
        return "not_needed"
    if says_done(text):
        return "done"
    if _holds(text, "not_accepted") or text.endswith(tuple(_words("not_accepted_end"))):
        return "not_accepted"
    return "open" if text in _words("open_cell") or _holds(text, "open") else None


def state_answered(status: str | None, header: str) -> str | None:
    """What a bare 是 or 否 says of a problem or a promise below a header that asks: 否 to 是否办结 leaves it open, only to
    是否受理 it says that nobody has taken it on; 是 to that is no end of it. Other texts speak for themselves.
    """
    said = state_said(status)
    if compact(status or "") not in (_words("done_cell") | _words("not_accepted_cell")):
        return said
    if _holds(compact(header), "acceptance"):
        return "open" if said == "done" else said
    return "open" if said == "not_accepted" else said


def says_done(text: str) -> bool:
    """Whether a clause of a compact text says that the whole is done, and nothing in the text takes it back."""
    if _holds(text, "hedge"):
        return False
    outright = _holds(text, "outright") or _begins_with_an_end(text)
    return outright and any(_is_done(clause) for clause in _CLAUSE_ENDS.split(text))


def says_not_yet(text: str) -> bool:
    """待路局批复, 正在测绘: whatever it says, it says that something is still to come."""
    return _holds(compact(text), "hedge")


def _is_done(clause: str) -> bool:
    """该问题 | 已 | 办理 | 完毕: what it is about, that it is done fully, the act, its end; then nothing more."""
    begun = _closure(clause, {0}, (*_words("about"), *_words("fully")))
    done = _after(clause, begun | _after(clause, begun, _words("act")), _words("done"))
    ended = done | _after(clause, done, _words("after"))
    ended |= _after(clause, ended, ("了",))
    return any(end == len(clause) or clause.startswith(_STOPS, end) for end in ended)


def _begins_with_an_end(text: str) -> bool:
    """办结, 整改完成: words that are themselves the end, without 已."""
    begun = {0} | _after(text, {0}, _words("about"))
    return bool(_after(text, begun | _after(text, begun, _words("act")), _words("outright_end")))


def _after(text: str, starts: Iterable[int], words: Iterable[str]) -> set[int]:
    """Where one of the words that begins at one of `starts` ends."""
    return {start + len(word) for word in words for start in starts if text.startswith(word, start)}


def _closure(text: str, starts: set[int], words: tuple[str, ...]) -> set[int]:
    """Where any number of the words, one after another, end."""
    found = set(starts)
    while more := _after(text, starts, words) - found:
        found |= more
        starts = more
    return found


def _holds(text: str, part: str) -> bool:
    return any(word in text for word in _words(part))


@cache
def _words(part: str) -> frozenset[str]:
    return frozenset(map(compact, item_state_words(part)))
