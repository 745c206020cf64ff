"""Lines around and below a header that are neither header nor record: captions, and rows that only state units."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.values.printed import compact

_CAPTION = re.compile(
    r"单位[:(]|填报|填表|报送|盖章|时间[:]|日期[:]|截[至止]|附件|附表|制表|一览表|台账|台帐|统计表|汇总表|情况表|明细表|进度表|清单$"
    r"|^(?:19|20)\d\d年.{0,12}$|^[(\[]?(?:金额|资金|币种|货币|投资)[:].{0,4}(?:元|美元)"
)
# 总投资（单位：万元） is a header with its unit, and no caption.
_UNIT_BEHIND = re.compile(r"(?<=[^\s(\[])[(\[](?:金额|计量|货币)?单位[:][^()\[\]:]{1,8}[)\]]$")
_UNIT_CELL = re.compile(
    r"^[(\[]?(?:亿元|万元|千元|百万元|元|亿|万|亩|公顷|个|家|%|天|人|万美元|美元|平方米|万平方米|年月日?|是/否)[)\]]?$"
)
# 年月日 below 开工时间 says how dates are written.
_UNIT_MARK = re.compile(r"^[(\[]?(?:(?:计量|金额)?单位[:]?|[-/—–]+|[甲乙丙丁戊己]|年[-/.]?月(?:[-/.]?日)?)[)\]]?$")


# Figures in brackets are the unit's: Total Investment (RMB 10,000).
_LATIN_CELL = re.compile(r"[A-Za-z][A-Za-z .,'&/()%$:-]*(?:\([A-Za-z0-9 .,$-]{1,24}\))?")
_LATIN_WORD = re.compile("[A-Za-z]{3}")
_FEWEST_TRANSLATED = 3


def is_caption(text: str) -> bool:
    """Whether a text captions a sheet (`填报单位：`, `附件3`, `…统计表`)."""
    return bool(_CAPTION.search(_UNIT_BEHIND.sub("", compact(text))))


def is_unit(text: str) -> bool:
    """Whether a text is nothing but a unit (`万元`, `（亩）`)."""
    return bool(_UNIT_CELL.match(compact(text)))


def is_unit_mark(text: str) -> bool:
    """Whether a text stands for a unit, or for none, in a row of units (`（单位）`, `—`, `甲`)."""
    return bool(_UNIT_MARK.match(compact(text)))


def is_unit_row(texts: Sequence[str]) -> bool:
    """Whether a row below a header only states units: `（单位） | 万元 | 亩 | —`."""
    return any(is_unit(text) for text in texts) and all(is_unit(text) or is_unit_mark(text) for text in texts)


def is_translated_row(texts: Sequence[str]) -> bool:
    """Whether a row says the header again in English: `No. | Project Name | Total Investment`; a record has figures or
    Chinese somewhere.
    """
    return (
        len(set(texts)) >= _FEWEST_TRANSLATED
        and all(_LATIN_CELL.fullmatch(text.strip()) for text in texts)
        and sum(1 for text in texts if _LATIN_WORD.search(text)) * 2 >= len(texts)
    )
