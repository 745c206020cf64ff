"""Close wordings: the same header with a harmless character more or less, or a common slip of the pen. Nothing else.

Two wordings can be close only if they are equal once harmless characters are dropped and slips are put right, so the
candidate is found by key; rapidfuzz gives the score that is reported.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz.distance import Indel

from ingest.headers.header_grammar import features_within

# Characters that never change which field a header names.
_HARMLESS: dict[int, int | None] = dict.fromkeys(map(ord, "之等该各具体所属主要有关相关详细了"))
# Slips of the pen: the wrong character → the right one.
_SLIPS: dict[int, int] = str.maketrans("帐止画纪像座形份作付圆它鉴似竞", "账至划记象坐型分做负园他签拟竣")
_BARE = _HARMLESS | _SLIPS
THRESHOLD = 0.75
_SHORTEST = 4
# 项目 before 企业 is no mere prefix: 企业全称 does not name the project, as 项目企业全称 may.
_OF_PROJECT = re.compile("^项目(?!企业)")
# Both characters of 主体 are harmless elsewhere: 主体总投资 is what the main structure costs.
_KEPT = ("主体", "※")


def bare_form(key: str) -> str:
    """The wording without harmless characters and with slips put right: equal for close wordings."""
    return _OF_PROJECT.sub("", key).removesuffix("情况").replace(*_KEPT).translate(_BARE)


@lru_cache(maxsize=16384)
def _guard(key: str) -> frozenset[str]:
    """What must be the same on both sides: scope, plan, negation, person, phone, unit, event."""
    return features_within(key) - {"filler", "project", "company", "build"}


def closest(key: str, candidates: Mapping[str, str]) -> tuple[str, float] | None:
    """The wording that differs from `key` only harmlessly, and its score; None where there is none or two fields tie.

    Args:
        key: comparable wording.
        candidates: comparable wordings of the files of the same bare form → their field.
    """
    if len(key) < _SHORTEST:
        return None
    fit = [
        (Indel.normalized_similarity(key, wording), wording) for wording in candidates if _guard(key) == _guard(wording)
    ]
    if not fit or len({candidates[wording] for _, wording in fit}) > 1:
        return None
    score, wording = max(fit)
    return (wording, score) if score >= THRESHOLD else None
