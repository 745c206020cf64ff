"""What speaks for a list of items (problems, appeals, permit steps, promises), and which of them it lists.

One column rarely tells: 存在问题 and 手续办理情况 stand in lists of projects too. What the rows are about, what becomes of
it (received, due, done, by whom), the titles and what only a project has are weighed together. The nouns are data
(`wording/item_nouns.csv`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from ingest.columns.column_meaning import ColumnMeaning
from ingest.headers.header_text import segment
from ingest.values.printed import compact
from ingest.wording_registry import item_nouns

PLAIN = 4
# Beside a project's name known words (`ledger_kinds.csv`) still need this much.
BARE = 2
_TITLED = 2
_HANDLED_BY = frozenset(
    {"received_on", "closed_on", "due_on", "status", "measure", "owner_unit", "owner_leader", "owner_person"}
)
_MOST_HANDLED = 3
# What tells of the project itself and of no item.
_FACTS = frozenset(
    {
        "project_content",
        "location",
        "construction_nature",
        "project_category",
        "planned_completion_on",
        "planned_production_on",
        "completed_on",
        "production_on",
        "stage",
        "progress_rate",
        "legal_representative",
    }
)
_NAME_AND_OFFICES = frozenset(
    {
        None,
        "sequence_no",
        "project_code",
        "project_name",
        "problem",
        "measure",
        "problem_owner",
        "due_on",
        "responsible_unit",
        "responsible_leader",
        "responsible_person",
        "tracking_unit",
        "contact_phone",
        "remark",
    }
)
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_LISTED = re.compile("项目|企业|单位|公司|工程")
MATTERS = frozenset({"problem", "appeal"})


def weigh(
    items: Sequence[ColumnMeaning], as_projects: Sequence[ColumnMeaning], titles: Sequence[str], against: int
) -> int:
    """How much speaks for a list of items: `PLAIN` is enough. `against` counts what only projects have."""
    about = _what_it_is_about(items, as_projects)
    if not about:
        return 0
    pairs = list(zip(items, as_projects, strict=True))
    handled = sum(item.field in _HANDLED_BY and known.field is None for item, known in pairs)
    titled = _is_titled_as(items, titles)
    if titled and any(item.field == "due_on" and known.field == "due_on" for item, known in pairs):
        handled += 1
    # 状态 of a list whose title says what it lists is the item's, not the project's.
    facts = sum(known.field in _FACTS and not (titled and item.field == "status") for item, known in pairs)
    facts += any(map(_lists_others, titles))
    handled = min(handled, _MOST_HANDLED) + _tells_nothing_else(pairs, titled=titled)
    against -= _is_of_an_agreement(pairs)
    return about + handled + (_TITLED if titled else 0) - 2 * against - facts


def _tells_nothing_else(pairs: Sequence[tuple[ColumnMeaning, ColumnMeaning]], *, titled: bool) -> bool:
    """项目名称 | 需协调事项 | 责任单位 | 完成时间 | 协调结果: of the project nothing but its name, of the matter when and how it ended,
    or a title that says what is listed (困难问题协调解决台账).
    """
    fields = {item.field for item, _ in pairs}
    ends = "status" in fields and bool(fields & {"due_on", "closed_on"})
    # 状态 below such a title is the item's.
    others = (known for item, known in pairs if not (titled and item.field == "status"))
    return (ends or titled) and names_only(others)


def names_only(as_projects: Iterable[ColumnMeaning]) -> bool:
    """Whether the columns tell of a project nothing but its name, what hinders it, and who sees to that."""
    return {one.field for one in as_projects} <= _NAME_AND_OFFICES


def _is_of_an_agreement(pairs: Sequence[tuple[ColumnMeaning, ColumnMeaning]]) -> bool:
    """签约项目 | 签约日期 | 政府承诺: beside a promise the day of signing is the day it was given."""
    promises = any(
        item.field == "subject" and last_noun(segment(item.path[-1]).core) == "policy_promise" for item, _ in pairs
    )
    return promises and any(item.field == "promised_on" and known.field == "signed_on" for item, known in pairs)


def _what_it_is_about(items: Sequence[ColumnMeaning], as_projects: Sequence[ColumnMeaning]) -> int:
    """2 for a column that lists of projects don't know (要件名称), 1 for one that they may have (存在问题)."""
    for item, known in zip(items, as_projects, strict=True):
        if item.field == "subject":
            is_own = item.match_method != "close" or last_noun(segment(item.path[-1]).core) in MATTERS
            return 2 if known.field is None and is_own else 1
    return 0


def is_titled(titles: Sequence[str]) -> bool:
    """Whether a title, or the sheet's name, says that items are listed: 卡点问题会商表, 要件办理台账."""
    return any(titled_kind(title) is not None for title in titles)


def _is_titled_as(items: Sequence[ColumnMeaning], titles: Sequence[str]) -> bool:
    """项目手续办理情况 with a column 存在问题 lists projects: its title speaks of no problems."""
    about = next((one for one in items if one.field == "subject"), None)
    said = {kind for title in titles if (kind := titled_kind(title))}
    is_matter = about is not None and last_noun(segment(about.path[-1]).core) in MATTERS
    return bool(said & MATTERS) if is_matter else bool(said)


def item_kind(items: Sequence[ColumnMeaning], titles: Sequence[str]) -> str | None:
    """Which items: by the column that says what they are, else by a title. Companies' problems under 诉求 are appeals."""
    about = next((one for one in items if one.field == "subject"), None)
    by_column = last_noun(segment(about.path[-1]).core) if about is not None else None
    by_title = next((kind for title in titles if (kind := titled_kind(title))), None)
    if by_column is None and about is not None and len(about.path) > 1:
        by_column = last_noun(segment(about.path[-2]).core)
    if by_column in (None, "problem") and by_title is not None and (by_column is None or by_title == "appeal"):
        return by_title
    return by_column


def titled_kind(title: str) -> str | None:
    """The kind of the last noun of items in a title; 享受优惠政策项目明细, 获奖补企业名单 list what comes behind it."""
    found = _last(_bare(title))
    return None if found is None or _lists_others(title) else found[2]


def _lists_others(title: str) -> bool:
    text = _bare(title)
    found = _last(text)
    return found is not None and _LISTED.search(text, found[0]) is not None


def _bare(title: str) -> str:
    return _BRACKETS.sub("", compact(title))


def last_noun(text: str) -> str | None:
    """The kind of the noun that ends last in a text, the longest of those."""
    found = _last(text)
    return found[2] if found else None


@lru_cache(maxsize=8192)
def _last(text: str) -> tuple[int, int, str] | None:
    return max(
        ((text.rfind(noun) + len(noun), len(noun), kind) for noun, kind in _nouns() if noun in text), default=None
    )


@cache
def _nouns() -> tuple[tuple[str, str], ...]:
    return tuple((noun, kind) for kind, nouns in item_nouns().items() for noun in nouns)
