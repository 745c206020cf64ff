"""Text headers put together from known words: a head that names the field, and words before it that never change it.

`亟需市级协调解决的困难问题` is 困难问题 with words that only say whose and when. Every character must be explained, and only
one field may fit: an unknown word, as in `企业负责人` or `优惠措施`, leaves the header unmapped.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from ingest.headers.header_lookup import look_up
from ingest.headers.header_text import head_key
from ingest.wording_registry import header_phrases, kind_group_words

_LONGEST = 30
# Of two columns that claim a field the one with a whole wording keeps it.
LAST_LINE = 100_000
# 12条重点产业链 and 六大产业 count their kinds, “1+3”重点产业链 and 所属“6+N”产业链 those of each sort.
_COUNT = re.compile(
    "(?:[1-9][0-9]?|[一二三四五六七八九十]{1,2})[条大](?=.{3})"
    "|[1-9][0-9]?[nx]?(?=(?:重点|主导|优势|特色|支柱|现代|先进制造业|制造业)*产业链)"
)


# 畜牧局责任人, 土地储备中心责任人: offices have no end, and end alike; who assists or inspects does not answer.
_OFFICE = re.compile(
    "(?!上级|配合|协办|协助|协同|审批|监管|评审|验收|涉及|相关|其他|企业|公司|财务|研发|用[工人])"
    "[一-鿿]{1,6}?(?:局|部门|(?:储备|服务|促进|招商|政务)中心|管委会)(?=.)"
)
_AN_OFFICE = "商务局"


# `@project_company` among the words: what stands before the head names that field, however it is worded.
_OWNER = "@"
# 控股股东名称及注册地 holds both, though 及 is lost in a comparable wording.
_NAMED = ("名称", "全称", "姓名", "简称")


class _Phrase(NamedTuple):
    field: str
    heads: frozenset[str]
    words: frozenset[str]
    needs: tuple[str, ...]
    owners: frozenset[str]
    line: int

    def reads(self, key: str, head: str) -> bool:
        before = key[: -len(head)]
        if head not in self.heads or (self.needs and not any(word in before for word in self.needs)):
            return False
        if self.owners:
            return not before.endswith(_NAMED) and bool(before) and _names(before) in self.owners
        return _is_made_of(before, self.words)


@cache
def _phrases(kind: str) -> tuple[_Phrase, ...]:
    return tuple(
        _Phrase(
            phrase.field,
            frozenset(map(head_key, phrase.heads)),
            frozenset(head_key(word) for word in phrase.words if not word.startswith(_OWNER)),
            phrase.needs,
            frozenset(word.removeprefix(_OWNER) for word in phrase.words if word.startswith(_OWNER)),
            phrase.line,
        )
        for phrase in header_phrases(kind)
    )


@cache
def _by_ending(kind: str) -> dict[str, tuple[tuple[str, _Phrase], ...]]:
    """Last two characters of a head → the heads that end so, with their phrases."""
    found: dict[str, list[tuple[str, _Phrase]]] = {}
    for phrase in _phrases(kind):
        for head in phrase.heads:
            found.setdefault(head[-2:], []).append((head, phrase))
    return {ending: tuple(heads) for ending, heads in found.items()}


@lru_cache(maxsize=4096)
def _names(text: str) -> str | None:
    """The field that whoever owns the rest of a wording is: 帮办代办员 of 帮办代办员电话, 本地主体 of 本地主体登记时间."""
    whole = look_up(text, "project", None)
    if whole is not None:
        return whole.field
    found = phrased(text)
    return found[0] if found else None


def _is_made_of(text: str, words: frozenset[str]) -> bool:
    reached = {0}
    for start in range(len(text)):
        if start in reached:
            reached.update(end for end in range(start + 1, len(text) + 1) if text[start:end] in words)
    return len(text) in reached


@lru_cache(maxsize=4096)
def is_of_kind(group: str, kind: str) -> bool:
    """手续办理, 问题化解情况 above the columns of a list of steps or problems: a group that says what the whole list says."""
    return len(group) <= _LONGEST and _is_made_of(group, kind_group_words(kind))


@lru_cache(maxsize=16384)
def phrased(key: str, kind: str = "project") -> tuple[str, int] | None:
    """The field of a comparable wording and the line of its phrase, or None where none or two fit."""
    if len(key) > _LONGEST:
        return None
    found = _fitting(key, kind)
    if found is None and key.endswith("日"):
        # 限期办结日 is 限期办结日期.
        return _fitting(key + "期", kind)
    if found is None and (counted := _COUNT.search(key)):
        return _fitting(key[: counted.start()] + key[counted.end() :], kind)
    if found is None and kind == "project" and (office := _OFFICE.match(key)):
        return _fitting(_AN_OFFICE + key[office.end() :], kind)
    return found


def _fitting(key: str, kind: str) -> tuple[str, int] | None:
    fit = {
        phrase.field: phrase.line
        for head, phrase in _by_ending(kind).get(key[-2:], ())
        if key.endswith(head) and phrase.reads(key, head)
    }
    return next(iter(fit.items())) if len(fit) == 1 else None
