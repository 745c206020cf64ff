"""What the words of a summary's header say: cut into known words, with what of it no word explains.

The words are those of `header_words.csv` with `summary_words.csv` over them: 数 counts here, 差额 is a gap to the target.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.headers.header_text import Segment, head_key
from ingest.headers.word_cut import cut
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
    """What a comparable text says."""
    words, longest = _words()
    parts = _SIZE.split(text[:_LONGEST])
    found = _SIZE_SAID if len(parts) > 1 else frozenset[str]()
    unexplained = ""
    for part in parts:
        known, rest = cut(part, words, longest)
        found = found.union(*(words[word] for word in known))
        unexplained += rest
    return Said(found, unexplained)


@lru_cache(maxsize=8192)
def said_by(part: Segment) -> Said:
    """What one header cell says, its brackets and its units included."""
    said = said_in(part.timeless + "".join(part.bracketed))
    if any(unit.code == "days" for unit in part.units):
        return Said(said.features | {"days"}, said.unexplained)
    return said
