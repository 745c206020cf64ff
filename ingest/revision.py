"""How far a ledger's name or title says that it replaces an earlier one: 更正, 修订2, v2, (2)…

Shared by landing (file names) and report dates (titles). The words are data, in `wording/revisions.csv`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from ingest.fields import WORDING
from ingest.wording_file import read_rows

MEANINGS = ("correction", "correction_at_end", "final")
_FINAL = 50
_CORRECTION = 100
_HIGHEST_NUMBER = 49
_NUMERALS = "一二三四五六七八九十"
_EXTENSION = re.compile(r"\.[A-Za-z]{2,5}$")
_VERSION = re.compile(
    r"(?<![a-z0-9])(?:v|ver|version|rev)[ ._-]?(\d{1,2})(?![0-9])|第([0-9一二三四五六七八九十]{1,2})版"
)
_COPY_NUMBER = re.compile(r"\((\d{1,2})\)$")
_NUMBER_AFTER = re.compile(r"^(?:版|稿|后|件)?[ _-]?(?:\((\d{1,2})\)|(\d{1,2})(?![0-9年月.]))")
_NUMBER_BEFORE = re.compile(r"(?:第([0-9一二三四五六七八九十]{1,2})次|(再)次?)$")


@cache
def _words() -> tuple[tuple[str, str], ...]:
    """The words with their meaning, longest first.

    Raises:
        WordingError: a meaning is unknown or a word stands twice; the message names the line.
    """
    found: dict[str, str] = {}
    for row in read_rows(WORDING / "revisions.csv", ("wording", "meaning", "note"), frozenset({"note"})):
        word = row["wording"].lower()
        if word in found:
            raise row.refuse(f"「{word}」重复", f"{word!r} stands twice")
        found[word] = row.one_of("meaning", MEANINGS)
    return tuple(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))


def _number(text: str | None) -> int:
    if not text:
        return 0
    if text.isdecimal():
        return min(int(text), _HIGHEST_NUMBER)
    digits = [_NUMERALS.index(character) + 1 for character in text]
    return min(digits[0] if len(digits) == 1 else 10 + digits[-1], _HIGHEST_NUMBER)


def _stated_version(text: str) -> int:
    versions = [_number(match[1] or match[2]) for match in _VERSION.finditer(text)]
    copy = _COPY_NUMBER.search(text)
    return max([*versions, _number(copy[1]) if copy else 0])


def _times_corrected(text: str, start: int, end: int) -> int:
    before, after = _NUMBER_BEFORE.search(text[:start]), _NUMBER_AFTER.match(text[end:])
    if before:
        return 2 if before[2] else max(_number(before[1]), 1)
    return max(_number(after[1] or after[2]), 1) if after else 1


def _times_at_end(text: str, word: str) -> int:
    """Of a word that is part of others (改, 改造): how often corrected where it stands by itself at the end, else 0."""
    match = re.search(rf"[-_. (]{re.escape(word)}(\d{{1,2}})?\)?$", text)
    return max(_number(match[1]), 1) if match else 0


def revision_rank(text: str | None) -> int:
    """The rank of a file name or sheet title: 0 plain, higher replaces lower for the same report date.

    A version or copy number counts itself (`v2`, `第二版` and `…(2).xlsx` give 2), 定稿 gives 50 more, and each
    correction 100 (更正 100, 第二次更正 and 更正2 200), so a correction outranks any copy.
    """
    name = unicodedata.normalize("NFKC", text or "").strip().lower().rsplit("/", 1)[-1]
    name = _EXTENSION.sub("", name).strip()
    corrections, final = 0, 0
    for word, meaning in _words():
        start = name.find(word)
        if start < 0:
            continue
        if meaning == "final":
            final = _FINAL
        elif meaning == "correction_at_end":
            corrections = max(corrections, _times_at_end(name, word))
        else:
            corrections = max(corrections, _times_corrected(name, start, start + len(word)))
    numbered_word = corrections > 1 and _COPY_NUMBER.search(name)
    version = 0 if numbered_word else _stated_version(name)
    return corrections * _CORRECTION + final + version
