"""Which articles are the same one printed elsewhere: sketches of texts, and groups of like sketches.

A sketch is the smallest hashes of a text's eight-character pieces; two sketches of the same size tell how much of two
texts is the same (their Jaccard index, ± 5 points). Grouping does not depend on the order articles came in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from ingest.news.text_normal import normalise

PIECE = 8
SIZE = 64
SAME = 0.6
_MULTIPLIER = np.uint64(1099511628211)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_COMMON = 200


def sketch(text: str) -> tuple[int, ...]:
    """Up to 64 hashes, ascending; of letters and digits only, in simplified script. A text too short has one."""
    said = "".join(filter(str.isalnum, normalise(text).text))
    codes = np.frombuffer(said.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    if not len(codes):
        return ()
    pieces = max(len(codes) - PIECE + 1, 1)
    hashes = np.zeros(pieces, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for offset in range(min(PIECE, len(codes))):
            hashes = hashes * _MULTIPLIER + codes[offset : offset + pieces]
        hashes ^= hashes >> np.uint64(29)
        hashes *= _MIX
        hashes ^= hashes >> np.uint64(32)
    return tuple(int(value) for value in np.unique(hashes)[:SIZE])


def likeness(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The share of both texts' pieces that is in both, estimated."""
    union = sorted({*one, *other})[: min(SIZE, max(len(one), len(other)))]
    if not union:
        return 0.0
    both = set(one) & set(other)
    return sum(value in both for value in union) / len(union)


def groups(sketches: Mapping[str, tuple[int, ...]]) -> dict[str, str]:
    """For each article id the smallest id of its group: articles linked by likeness, directly or through others."""
    leader = {article_id: article_id for article_id in sketches}

    def find(article_id: str) -> str:
        while leader[article_id] != article_id:
            leader[article_id] = leader[leader[article_id]]
            article_id = leader[article_id]
        return article_id

    holders: defaultdict[int, list[str]] = defaultdict(list)
    for article_id in sorted(sketches):
        candidates: defaultdict[str, int] = defaultdict(int)
        for value in sketches[article_id]:
            known = holders[value]
            for other in known:
                candidates[other] += 1
            # A piece that hundreds of articles share (a stock phrase) tells nothing more.
            if len(known) < _COMMON:
                known.append(article_id)
        for other, shared in candidates.items():
            if shared * 4 < len(sketches[article_id]) or find(other) == find(article_id):
                continue
            if likeness(sketches[article_id], sketches[other]) >= SAME:
                first, second = sorted((find(article_id), find(other)))
                leader[second] = first
    return {article_id: find(article_id) for article_id in sketches}
