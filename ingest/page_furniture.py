"""What on a page is not the article: wordings of `page_furniture.csv`, matched whatever the script, width or pinyin."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from ingest.fields import WORDING
from ingest.text_normal import simplify

ROLES = ("notice", "tail", "drop", "advert", "aside", "body", "error_title")
_HEADING_LENGTH = 36
_FURNITURE_LENGTH = 120
_NOTICE_LENGTH = 800
_SPACES = re.compile(r"[^\S\n]+")
_SAYS_SOMETHING = re.compile(r"[a-z\u3400-\u9fff]")
_PINYIN = re.compile(r"[（(][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]{1,7}[）)]")
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


@cache
def _wordings() -> _Wordings:
    """The wordings by role, each role one pattern of plain alternatives.

    Raises:
        ValueError: a role is unknown or a wording stands twice; the message names the line.
    """
    found: dict[str, list[str]] = {role: [] for role in ROLES}
    with (WORDING / "page_furniture.csv").open(encoding="utf-8", newline="") as handle:
        for line, record in enumerate(csv.DictReader(handle), start=2):
            role, wording = record["role"], _plain(record["wording"])
            if role not in found:
                raise ValueError(f"page_furniture.csv 第{line}行角色未知 unknown role on line {line}: {role}")
            if wording in found[role]:
                raise ValueError(f"page_furniture.csv 第{line}行重复 stands twice, line {line}: {wording}")
            found[role].append(wording)
    return _Wordings(**{role: _alternatives(words) for role, words in found.items()})


def _alternatives(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))))


def _plain(text: str) -> str:
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).lower()


def matching_forms(texts: list[str]) -> list[str]:
    """Lines as the wordings are compared with them: one width, simplified, no blanks, no pinyin brackets."""
    plain = _plain("\n".join(texts))
    if "(" in plain:
        plain = _PINYIN.sub("", plain)
    return simplify(plain).split("\n")


def roles_of_lines(texts: list[str]) -> list[str | None]:
    """For each line `tail` (it and all after it are other things), `drop` (this line only), or None."""
    return [_role(text, form) for text, form in zip(texts, matching_forms(texts), strict=True)]


def _role(text: str, form: str) -> str | None:
    if len(text) > _FURNITURE_LENGTH:
        return "tail" if len(text) <= _NOTICE_LENGTH and _wordings().notice.match(form.lstrip(_BULLETS)) else None
    if not _SAYS_SOMETHING.search(form):
        return "drop"
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
