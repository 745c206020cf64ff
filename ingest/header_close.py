"""Close wordings: the same header with a harmless character more or less, or a common slip of the pen. Nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Indel, Levenshtein

from ingest.header_grammar import features_within

# Characters that never change which field a header names.
_HARMLESS = frozenset("之等项目该本各具体所属主要有关相关详细的地了其")
_SLIPS = {
    frozenset(pair)
    for pair in (
        "帐账",
        "止至",
        "订定",
        "划画",
        "记纪",
        "象像",
        "座坐",
        "型形",
        "份分",
        "做作",
        "付负",
        "园圆",
        "朿束",
        "它他",
        "累垒",
        "签鉴",
        "拟似",
        "竟竣",
    )
}
THRESHOLD = 0.8
_SHORTEST = 4


@lru_cache(maxsize=16384)
def _guard(key: str) -> frozenset[str]:
    """What must be the same on both sides: scope, plan, negation, person, phone, unit, event."""
    return features_within(key) - {"filler", "project", "company", "build"}


def _is_harmless(one: str, other: str) -> bool:
    for operation in Levenshtein.editops(one, other):
        left, right = one[operation.src_pos : operation.src_pos + 1], other[operation.dest_pos : operation.dest_pos + 1]
        if operation.tag == "replace" and frozenset((left, right)) not in _SLIPS:
            return False
        if operation.tag == "delete" and left not in _HARMLESS:
            return False
        if operation.tag == "insert" and right not in _HARMLESS:
            return False
    return True


def closest(key: str, candidates: Mapping[str, tuple[str, str]]) -> tuple[str, float] | None:
    """The wording that differs from `key` only harmlessly, and its score; None where there is none or two fields tie."""
    if len(key) < _SHORTEST:
        return None
    near = process.extract(key, candidates.keys(), scorer=Indel.normalized_similarity, score_cutoff=THRESHOLD, limit=8)
    fit = [(found, score) for found, score, _ in near if _is_harmless(key, found) and _guard(key) == _guard(found)]
    if not fit or len({candidates[found][0] for found, _ in fit}) > 1:
        return None
    return fit[0]
