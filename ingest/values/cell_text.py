"""Cell text made comparable: full width to half, line breaks and odd spaces gone, dashes and quotes unified."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from ingest.formats.sheet import CellValue
from ingest.wording_registry import placeholders

# Control characters come from exports that pad their fields; a tab and line ends are white space.
_CONTROLS = "".join(chr(code) for code in range(32) if chr(code) not in "\t\n\v\f\r\x1c\x1d\x1e\x1f") + "\x7f"
# What is pasted from address books and chats brings marks of the writing direction: `\u202d138…\u202c`.
_DIRECTIONS = "\u061c\u200e\u200f" + "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad" + _DIRECTIONS + _CONTROLS))
_VARIANTS = str.maketrans(
    dict.fromkeys("‐‑‒–—―−﹣─━", "-") | {"圓": "圆", "〜": "~", "∼": "~", "﹪": "%", "萬": "万", "億": "亿"}
)
_ODD = _ZERO_WIDTH | _VARIANTS
# Searching is much cheaper than translating, and most cells hold none of these.
_HAS_ODD = re.compile(f"[{''.join(map(chr, _ODD))}]")
_HAS_ZERO_WIDTH = re.compile(f"[{''.join(map(chr, _ZERO_WIDTH))}]")
_MARK = re.compile("[①-⑳❶-❿⓪⑴-⒇¹²³⁰⁴-⁹₀-₉]")
_MARKS_BEHIND = re.compile("[①-⑳❶-❿⓪⑴-⒇¹²³⁰⁴-⁹₀-₉]+\\s*$")
# 0.8*, 58000※, 8[1], 12.5（注1）: signs that point at a note. In brackets a bare figure is one only where they are square.
_NOTE_SIGNS = frozenset("*＊※★☆△▲†‡#])）】〕")
_SIGNS_BEHIND = re.compile(
    r"(?<=[0-9０-９元万亿日月年%％])\s*"
    r"(?:[*＊※★☆△▲†‡#]{1,3}|[\[【〔]\s*注?\s*[0-9]{1,2}\s*[\]】〕]|[(（\[【]\s*(?:详?见)?备?注\s*[0-9①-⑳]{0,2}\s*[)）\]】])\s*$"
)
_KEPT_AS_TEXT = re.compile(r"^['’‘`](?=\d)")
_BLANKS_TO_FILL = re.compile("(?<![0-9A-Za-z])[_＿]+|[_＿]+(?![0-9A-Za-z])")
_SPACE = re.compile(r"\s+")
_SPACE_BESIDE_WIDE = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_NOTHING = "-_/\\.。、*~…· "


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """NFKC, lower case, dashes as `-`, zero-width characters gone, runs of white space as one space, none outside."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        if _HAS_ODD.search(text):
            text = text.translate(_ODD)
    if _SPACE.search(text):
        text = _SPACE.sub(" ", text).strip()
    return text.lower()


def without_text_mark(text: str) -> str:
    """A figure without the mark that kept it a text in its spreadsheet ('500)."""
    return _KEPT_AS_TEXT.sub("", text)


@lru_cache(maxsize=8192)
def squeeze(text: str) -> str:
    """`fold` without any white space."""
    return fold(text).replace(" ", "")


def without_marks(text: str) -> str | None:
    """The text without marks of footnotes behind it (`5亿元①`, `0.8*`) and the blanks that a form had for it
    (`__5000__万元`); None where such marks stand elsewhere (`①5亿 ②3亿`).

    Made comparable, ① would be a 1 and ² a 2 like any other.
    """
    if text[-1:] in _NOTE_SIGNS:
        text = _SIGNS_BEHIND.sub("", text)
    if "_" in text or "＿" in text:
        text = _BLANKS_TO_FILL.sub("", text) or text
    if text.isascii() or not _MARK.search(text):
        return text
    plain = _MARKS_BEHIND.sub("", text)
    return None if not plain or _MARK.search(plain) else plain


@cache
def _longest_placeholder() -> int:
    # Room for brackets and a few spaces around it.
    return max(map(len, placeholders())) + 6


@lru_cache(maxsize=8192)
def is_placeholder_text(text: str) -> bool:
    """Whether the text says "nothing": empty, dashes only, or a wording of `placeholders.csv`."""
    if len(text) > _longest_placeholder():
        return not fold(text).strip(_NOTHING) if text[0] in "-—_/ …" else False
    squeezed = squeeze(text)
    return not squeezed.strip(_NOTHING) or squeezed.strip("()[]。.") in placeholders()


def is_placeholder(value: CellValue) -> bool:
    """Whether the cell says "nothing": empty, `-`, `—`, `/`, 无, 暂无, 待定…. Numbers, 0 too, say something."""
    return value is None or (isinstance(value, str) and is_placeholder_text(value))


@lru_cache(maxsize=8192)
def _clean(text: str) -> str | None:
    if is_placeholder_text(text):
        return None
    if _HAS_ZERO_WIDTH.search(text):
        text = text.translate(_ZERO_WIDTH)
    if _SPACE.search(text):
        text = _SPACE_BESIDE_WIDE.sub("", _SPACE.sub(" ", text).strip())
    return text.strip("_＿") or None


def clean_text(value: CellValue) -> str | None:
    """A cell for a text field: no line breaks, no spaces beside Chinese, `12.0` as `12`; None for placeholders."""
    if value is None:
        return None
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if hasattr(value, "isoformat"):
        text = value.isoformat()
        return text.removesuffix("T00:00:00")
    return str(value)
