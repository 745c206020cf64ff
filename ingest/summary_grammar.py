"""What the words of a summary's header say: cut into known words, with what of it no word explains.

The words are those of `header_words.csv` with `summary_words.csv` over them: 数 counts here, 差额 is a gap to the target.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.header_text import Segment, head_key
from ingest.wording_registry import summary_words

# 10亿元以上, 5000万元及以上, 50-100亿元: a size, whatever the figure.
_SIZE = re.compile(
    r"(?:投资)?(?:[0-9.]+|[一二三五十百]{1,3})?(?:-[0-9.]+)?(?:千万|百万|万|亿)元?(?:人民币)?含?(?:及?以[上下]|[以之]内|级|元级)"
)
_SIZE_SAID = frozenset({"threshold"})
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Said:
    """The features that known words say, and the text that no word explains."""

    features: frozenset[str]
    unexplained: str = ""


@cache
def _words() -> tuple[dict[str, frozenset[str]], int]:
    words = {head_key(word): said for word, said in summary_words().items()}
    return words, max(map(len, words))


@lru_cache(maxsize=16384)
def said_in(text: str) -> Said:
    """The reading of a comparable text that leaves the least unexplained; of two, the one with the fewest words."""
    bare = _SIZE.sub("\x00", text)[:_LONGEST]
    words, longest = _words()
    # From the end: cost of the best reading, and its first step.
    best: list[tuple[int, int, int]] = [(0, 0, 0)] * (len(bare) + 1)
    for at in range(len(bare) - 1, -1, -1):
        if bare[at] == "\x00":
            best[at] = (*best[at + 1][:2], 1)
            continue
        unread, count, _ = best[at + 1]
        choice = (unread + 1, count + 1, 0)
        for size in range(1, min(longest, len(bare) - at) + 1):
            if bare[at : at + size] in words:
                unread, count, _ = best[at + size]
                choice = min(choice, (unread, count + 1, -size))
        best[at] = (choice[0], choice[1], -choice[2])
    found = _SIZE_SAID if "\x00" in bare else frozenset[str]()
    rest, at = [], 0
    while at < len(bare):
        size = best[at][2]
        if bare[at] == "\x00":
            size = 1
        elif size:
            found |= words[bare[at : at + size]]
        else:
            rest.append(bare[at])
            size = 1
        at += size
    return Said(found, "".join(rest))


@lru_cache(maxsize=8192)
def said_by(part: Segment) -> Said:
    """What one header cell says, its brackets and its units included."""
    said = said_in(part.timeless + "".join(part.bracketed))
    if any(unit.code == "days" for unit in part.units):
        return Said(said.features | {"days"}, said.unexplained)
    return said
