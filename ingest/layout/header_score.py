"""How much a cell looks like a header: what finds the header rows of a table."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.headers.header_grammar import features
from ingest.headers.header_lookup import generic_keys, look_up, neutral_keys
from ingest.headers.header_text import is_of_pivot, segment

_HEAD_WORDS = (
    "名称",
    "时间",
    "日期",
    "单位",
    "金额",
    "投资",
    "资金",
    "情况",
    "地点",
    "地址",
    "电话",
    "类别",
    "类型",
    "性质",
    "序号",
    "备注",
)
_LONGEST_HEADING = 10
_STARTS_LIKE_AMOUNT = re.compile(r"[约近超逾计共]?\d")


def header_score(text: str) -> float:
    """How much a cell looks like a header wording: 1.0 a known one, 0.0 not at all (names, numbers, sentences)."""
    return _header_score(text) if text and len(text) <= 60 else 0.0


def heads_names(text: str) -> bool:
    """项目名称, 企业名称: what heads a column of names, and is itself the name of nothing."""
    return len(text) <= _LONGEST_HEADING and segment(text).key.endswith("名称") and header_score(text) == 1.0


@lru_cache(maxsize=16384)
def _header_score(text: str) -> float:
    if is_of_pivot(text):
        return 1.0
    part = segment(text)
    key = part.key
    if not key:
        return 0.3 if part.units else 0.0
    for kind in ("project", "problem", "outreach", "summary"):
        if look_up(key, kind, None) is not None:
            return 1.0
    if key in neutral_keys() or key in generic_keys():
        return 1.0
    said = features(part.timeless + "".join(part.bracketed))
    if said is not None:
        return 0.9 if len(key) > 1 else 0.4
    if part.units and len(key) <= 16 and not (_STARTS_LIKE_AMOUNT.match(key) or key[-1].isdecimal()):
        return 0.8
    if len(key) <= 16 and key.endswith(_HEAD_WORDS):
        return 0.6
    return 0.0
