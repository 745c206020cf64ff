"""Phone and identity numbers: recognised so that they never leave the lake unmasked."""

from __future__ import annotations

import datetime as dt
import re

from ingest.values.cell_text import fold

_MOBILE = r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\d.])"
_LANDLINE = r"(?<![\d.-])(?:\(0\d{2,3}\)|0\d{2,3}[- ])[2-9]\d{6,7}(?:[-转]\d{1,5})?(?!\d)"
_LANDLINE_JOINED = r"(?<![\d.-])0\d{2,3}[2-9]\d{6,7}(?![\d-])"
_IDENTITY = r"(?<![\da-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx](?![\da-z])"
_IDENTITY_OLD = r"(?<![\da-z-])[1-6]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![\da-z-])"
_ANY = re.compile(
    rf"(?P<identity>{_IDENTITY}|{_IDENTITY_OLD})|(?P<mobile>{_MOBILE})|(?P<landline>{_LANDLINE}|{_LANDLINE_JOINED})",
    re.I,
)
_PROVINCES = frozenset(
    [*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83]
)


def _is_identity(number: str) -> bool:
    if int(number[:2]) not in _PROVINCES:
        return False
    born = number[6:14] if len(number) == 18 else "19" + number[6:12]
    try:
        dt.date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        return False
    return True


def _is_personal(match: re.Match[str]) -> bool:
    return match.lastgroup != "identity" or _is_identity(match[0])


def contains_personal_data(text: str) -> bool:
    """Whether the text holds a phone number or an identity number of a person (credit and project codes are none)."""
    return any(_is_personal(match) for match in _ANY.finditer(fold(text)))


def is_phone(text: str) -> bool:
    """Whether the whole text is one phone number or several, with nothing else but separators and extensions."""
    rest = _ANY.sub("", fold(text))
    return rest != fold(text) and not re.search(r"[^\s,;/、，；()（）-]", rest)


def _masked(match: re.Match[str]) -> str:
    if not _is_personal(match):
        return match[0]
    digits = re.sub(r"[^\dxX]", "", match[0])
    if match.lastgroup == "identity":
        return digits[:3] + "*" * (len(digits) - 5) + digits[-2:]
    if match.lastgroup == "mobile":
        digits = digits[-11:]
        return f"{digits[:3]}****{digits[-4:]}"
    return f"{digits[:3]}****{digits[-3:]}"


def mask_personal_data(text: str) -> str:
    """The text with phone and identity numbers masked (`138****0001`); text without any is returned unchanged."""
    if not contains_personal_data(text):
        return text
    folded = fold(text)
    # Folding is for finding: where it keeps every character in its place, the rest of the text stays as written.
    kept = text if len(folded) == len(text) else folded
    parts, end = [], 0
    for match in _ANY.finditer(folded):
        parts += [kept[end : match.start()], _masked(match)]
        end = match.end()
    return "".join([*parts, kept[end:]])
