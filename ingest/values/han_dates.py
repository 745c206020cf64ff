"""Dates written in Chinese numerals (二〇二六年六月), as digits."""

from __future__ import annotations

import re

from ingest.values.printed import compact

# 二○二二年, 二O二二年 and 二0二二年 are typed for 二〇二二年.
_HAN = str.maketrans("〇○Oo零一二三四五六七八九", "00000123456789")
_HAN_YEAR = re.compile(r"二[〇○Oo0零一二三四五六七八九]{3}(?=年)")
_HAN_DATE_PART = re.compile(r"([一二三四五六七八九十]{1,3})(?=(?:月|日|季度))")


def dates_in_digits(text: str) -> str:
    """Compact text with Chinese numerals of dates as digits: 二〇二六年六月 → 2026年6月."""
    plain = compact(text)
    plain = _HAN_YEAR.sub(lambda match: match[0].translate(_HAN), plain)
    return _HAN_DATE_PART.sub(lambda match: str(_han_number(match[1])), plain)


def _han_number(text: str) -> int:
    if "十" not in text:
        return int(text.translate(_HAN))
    tens, _, ones = text.partition("十")
    return (int(tens.translate(_HAN)) if tens else 1) * 10 + (int(ones.translate(_HAN)) if ones else 0)
