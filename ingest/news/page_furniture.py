"""What on a page is not the article: wordings of `page_furniture.csv`, matched whatever the script, width or pinyin."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import opencc
import re2

from ingest.fields import WORDING
from ingest.wording_file import read_rows

ROLES = ("notice", "tail", "drop", "advert", "aside", "body", "error_title")
_HEADING_LENGTH = 36
_FURNITURE_LENGTH = 120
_NOTICE_LENGTH = 800
_SPACES = re.compile(r"[^\S\n]+")
_SAYS_SOMETHING = re.compile(r"[a-zA-Z\u3400-\u9fff]")
_PINYIN = re.compile(r"[（(][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]{1,7}[）)]")
_WIDTHS = {":": "[:：]", "(": "[(（]", ",": "[,，]"}
_BULLETS = " \t·•◆■▲▼●○★☆>»【[〖《|-—─*#"


@dataclass(frozen=True, slots=True)
class _Wordings:
    notice: re.Pattern[str]
    tail: re.Pattern[str]
    drop: re.Pattern[str]
    advert: re.Pattern[str]
    aside: re.Pattern[str]
    body: re.Pattern[str]
    error_title: re.Pattern[str]
    any_line: re2._Regexp


@cache
def _wordings() -> _Wordings:
    """The wordings by role, each role one pattern of plain alternatives.

    Raises:
        WordingError: a role is unknown or a wording stands twice; the message names the line.
    """
    found: dict[str, list[str]] = {role: [] for role in ROLES}
    for row in read_rows(WORDING / "page_furniture.csv", ("role", "wording", "note"), frozenset({"note"})):
        role, wording = row.one_of("role", found), _plain(row["wording"])
        if wording in found[role]:
            raise row.refuse(f"「{wording}」重复", f"{wording!r} stands twice")
        found[role].append(wording)
    lines = [word for role in ("notice", "tail", "drop", "advert") for word in found[role]]
    return _Wordings(**{role: _alternatives(words) for role, words in found.items()}, any_line=_anywhere(lines))


@cache
def _scripts() -> dict[str, str]:
    """For a simplified character, it and the traditional ones it stands for, as a class of a pattern."""
    han = "".join(map(chr, range(0x3400, 0xA000)))
    variants: defaultdict[str, str] = defaultdict(str)
    convert = opencc.OpenCC("t2s").convert
    simplified = convert(han)
    pairs = zip(han, simplified, strict=True) if len(simplified) == len(han) else ((c, convert(c)) for c in han)
    for character, simple in pairs:
        if simple != character:
            variants[simple] += character
    return {simple: f"[{simple}{others}]" for simple, others in variants.items() if len(simple) == 1}


def _alternatives(words: list[str]) -> re.Pattern[str]:
    """One pattern for all words, in either script."""
    scripts = _scripts()
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join("".join(scripts.get(each, re.escape(each)) for each in word) for word in ordered))


def _anywhere(words: list[str]) -> re2._Regexp:
    """All words as they may stand in a raw line: either script, either width, blanks or pinyin between characters."""
    scripts = _scripts()
    between = r"\s?(?:[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]{1,7}[)）])?"
    return re2.compile(
        "|".join(
            between.join(scripts.get(each) or _WIDTHS.get(each) or re.escape(each) for each in word)
            for word in sorted(words)
        ),
        _re2_options(),
    )


def _re2_options() -> re2.Options:
    options = re2.Options()
    options.case_sensitive = False
    options.max_mem = 64 << 20
    return options


def _plain(text: str) -> str:
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).lower()


def matching_forms(texts: list[str]) -> list[str]:
    """Lines as they are compared: one width, lower case, no blanks, no pinyin brackets."""
    plain = _plain("\n".join(texts))
    if "(" in plain:
        plain = _PINYIN.sub("", plain)
    return plain.split("\n") if texts else []


def roles_of_lines(texts: list[str]) -> list[str | None]:
    """For each line `tail` (it and all after it are other things), `drop` (this line only), or None."""
    starts = [text if len(text) <= _FURNITURE_LENGTH else text[:_HEADING_LENGTH] for text in texts]
    roles: list[str | None] = [None if _SAYS_SOMETHING.search(start) else "drop" for start in starts]
    found = sorted(_lines_with_a_wording(starts))
    for number, form in zip(found, matching_forms([starts[number] for number in found]), strict=True):
        roles[number] = roles[number] or _role(texts[number], form)
    return roles


def _lines_with_a_wording(lines: list[str]) -> set[int]:
    ends, at = [], 0
    for line in lines:
        at += len(line) + 1
        ends.append(at)
    return {bisect_right(ends, match.start()) for match in _wordings().any_line.finditer("\n".join(lines))}


def _role(text: str, form: str) -> str | None:
    if len(text) > _FURNITURE_LENGTH:
        return "tail" if len(text) <= _NOTICE_LENGTH and _wordings().notice.match(form.lstrip(_BULLETS)) else None
    wordings = _wordings()
    if wordings.notice.match(form.lstrip(_BULLETS)):
        return "tail"
    tail = wordings.tail.search(form.lstrip(_BULLETS))
    if tail and (tail.start() == 0 or len(form) <= _HEADING_LENGTH) and not _is_sentence(form[: tail.start()]):
        return "tail"
    if wordings.advert.search(form) or (not _is_sentence(form) and wordings.drop.search(form)):
        return "drop"
    return None


def _is_sentence(form: str) -> bool:
    return "。" in form or form.count("，") + form.count(",") >= 3


def container_weight(names: str) -> float:
    """How much prose in a container counts, by its id and class: the article's own 3, beside it 0.1, else 1."""
    lowered = names.lower()
    wordings = _wordings()
    if wordings.body.search(lowered):
        return 1.0 if wordings.aside.search(lowered) else 3.0
    return 0.1 if wordings.aside.search(lowered) else 1.0


def is_error_title(title: str) -> bool:
    """Whether a page's title says that the page is an error."""
    return _wordings().error_title.search(unicodedata.normalize("NFKC", title).lower()) is not None
