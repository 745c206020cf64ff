"""What else a leaf names: brackets behind its wording, and wordings joined by 和, 及, / and the like.

投资方（来源地） is 投资方 with a detail of it, 责任单位及责任人 two columns' worth in one, 困难和问题 one thing said twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.columns.neighbour_words import says
from ingest.fields import fields
from ingest.headers.header_grammar import features_within
from ingest.headers.header_lookup import neutral_keys
from ingest.headers.header_match import PEOPLE, Match, exact, grasp_text, value_type
from ingest.headers.header_path import PERSONAL_WORDS, HeaderPath, is_personal
from ingest.headers.header_phrases import LAST_LINE, phrased
from ingest.headers.header_text import Segment, head_key, segment

_LISTED = frozenset({"classes", "state", "place", "signing_event", "project_content", "investor_origin"})
# Fields whose brackets may add a detail that luodi does not know (`建设规模（产能）`).
# 来源地（珠三角城市）: which places are meant.
_REGIONS = re.compile(".*(?:城市|省市?|省份|地区|国家|国别|[市州县]|湾区|三角|北上广深?|沿海)")
_DETAILED = frozenset(
    {"identity", "classes", "place", "investor_name", "investor_origin", "signing_event", "project_company", "remark"}
)
_ADDED = frozenset({"investor_name", "investor_origin", "project_company"})
_FIGURES = frozenset({"count", "amount", "invest", "fund", "rate", "sum", "score", "rank", "days"})
_COMPANIES = frozenset({"investor_name", "project_company"})
# 投资商（合作方） is the other side, whoever that is.
_OWN_DETAIL = {
    "project_company": frozenset({"register", "new"}),
    "investor_name": frozenset({"partner_side", "investor", "party"}),
}
_HARMLESS_DETAIL = frozenset({"project", "company", "filler", "foreign"})
_MORE_OF_A_PERSON = frozenset({"职务", "职位", "单位职务"})
# A story with what follows from it (进展及下一步计划, 解决措施及时限): the column tells the first.
_TOLD_FIRST = frozenset({("progress_note", "measure"), ("measure", "due_on")})
_TIMETABLES = frozenset({"时间安排", "时间表", "时间计划", "时间进度", "完成时间安排", "进度安排", "时间打算"})
_WHAT_BECAME = frozenset({"协调情况", "解决情况", "协调解决情况", "化解情况", "协调建议", "解决建议"})
_WHO_ANSWERS = frozenset({"who_answers", "follow_up"})
_PROJECT = "项目"
_EITHER = re.compile("[或/／]")
_BEHIND_A_NAME = frozenset({"sequence_no", "project_code", "project_content"})
_TWO = 2
_AND = re.compile(r"以及|[及和与或、/／,，;；\n+]")


def parts_agree(path: HeaderPath, leaf: Segment) -> Match | None:
    """困难和问题: both words name the same field; 责任领导及职务 tells more of the same person."""
    stated = [key for key in map(head_key, _AND.split(leaf.raw)) if key]
    parts = [key for key in stated if key not in _MORE_OF_A_PERSON]
    known = [exact(path, key, "normalised") or _by_phrase(path, key) for key in parts]
    if len(parts) < len(stated) and any(found and found.field not in PEOPLE for found in known):
        # 客商姓名及职务 is who came for the investor.
        return None
    agree = len(stated) > 1 and bool(parts) and all(known) and len({found.field for found in known if found}) == 1
    return known[0] if agree else None


def joined_parts(leaf: str) -> list[str]:
    """The words that a leaf joins: 责任单位及责任人, 责任单位（责任人）, 责任单位 / 责任人."""
    return [key for part in re.split(f"{_AND.pattern}|[()（）]", leaf) if (key := head_key(part))]


def told_first(path: HeaderPath, leaf: Segment) -> Match | None:
    """进展及下一步计划 is the progress, with what is to come of it; 问题及时限 and 责任单位及责任人 stay two things.

    So is 签约项目及编号 the project's name.
    """
    parts = [key for key in map(head_key, _AND.split(leaf.raw)) if key]
    if path.kind != "project" or leaf.units or len(parts) < _TWO:
        return None
    if parts[-1] in _TIMETABLES and len(parts) == _TWO:
        # 下一步措施及时间安排
        told = exact(path, parts[0], "normalised") or _by_phrase(path, parts[0])
        return told if told is not None and told.field in ("measure", "progress_note") else None
    if parts[-1] in _WHAT_BECAME and len(parts) == _TWO:
        # 存在困难及协调情况
        told = exact(path, parts[0], "normalised") or _by_phrase(path, parts[0])
        return told if told is not None and told.field == "problem" else None
    known = [found for key in parts if (found := exact(path, key, "normalised") or _by_phrase(path, key))]
    both = len(parts) == len(known) == _TWO
    return known[0] if both and (known[0].field, known[1].field) in _TOLD_FIRST else _named_first(path, parts)


def _named_first(path: HeaderPath, parts: Sequence[str]) -> Match | None:
    """签约项目及编号, 招商项目及概况: names with a code, a class or a few words behind them; 项目名称及投资方 stays two things, and
    新开工项目/续建项目 a class.
    """
    is_either = path.leaf is not None and _EITHER.search(path.leaf.raw) is not None
    if is_either or len(parts[0]) <= len(_PROJECT) or any(features_within(part) & _FIGURES for part in parts[1:]):
        # 签约项目及金额 may be what the projects come to.
        return None
    named = exact(path, parts[0], "close")
    if named is None or named.field != "project_name":
        return None
    others = [found for part in parts[1:] if (found := exact(path, part, "close") or grasp_text(path, part))]
    return named if all(_is_of_a_name(other.field) for other in others) else None


def _is_of_a_name(field: str) -> bool:
    spec = fields().get(field)
    return spec is not None and (spec.group == "classes" or field in _BEHIND_A_NAME)


def names_two_things(path: HeaderPath, leaf: Segment) -> bool:
    """责任单位及责任人, 责任单位（责任人）: two columns' worth in one; 建设内容及规模 is one thing."""
    if leaf.bracketed and _brackets_name_another(path, leaf):
        return True
    if "\n" in leaf.raw and _is_one_over_lines(path, leaf):
        return False
    # A unit behind the last of them is no part of its name.
    parts = [key for part in _AND.split(leaf.raw) if (key := segment(part).key or head_key(part))]
    known = [exact(path, key, "exact") or grasp_text(path, key) for key in parts]
    meant = {
        found.field if found else None
        for key, found in zip(parts, known, strict=True)
        if found or any(word in key for word in PERSONAL_WORDS)
    }
    return len(parts) > 1 and (len(meant) > 1 or _tells_more_of_the_first(path, parts, known[0]))


def _tells_more_of_the_first(path: HeaderPath, parts: Sequence[str], first: Match | None) -> bool:
    """投资方及所在地 holds the investor too, though 投资方所在地 is one wording; 建设内容及规模 is one thing."""
    if first is None or value_type(first.field, path.kind) != "text":
        return False
    whole = exact(path, "".join(parts), "exact") or _by_phrase(path, "".join(parts))
    return whole is not None and not whole.same_as(first)


def _is_one_over_lines(path: HeaderPath, leaf: Segment) -> bool:
    """项目公司 / 注册时间 broken over two lines is one wording; 责任单位 / 责任人 may well be two."""
    if len([part for part in _AND.split(leaf.raw.replace("\n", "")) if part]) > 1:
        return False
    whole = exact(path, leaf.key, "exact") or grasp_text(path, leaf.key)
    spec = fields().get(whole.field) if whole is not None and path.kind == "project" else None
    return spec is not None and spec.group not in _WHO_ANSWERS


def _brackets_name_another(path: HeaderPath, leaf: Segment) -> bool:
    """投资方（来源地）: a text field with another one behind it in brackets."""
    head = exact(path, leaf.core, "close") or _by_phrase(path, leaf.core)
    if head is None or value_type(head.field, path.kind) != "text":
        return False
    # 具体联络人（电话） holds both, though 具体联络人电话 is one wording.
    behind = [_behind_head(path, leaf.core, word) or _by_phrase(path, leaf.core + word) for word in leaf.bracketed]
    return any(
        other is not None and not other.same_as(head) and value_type(other.field, path.kind) == "text"
        for other in behind
    )


def _behind_head(path: HeaderPath, head: str, word: str) -> Match | None:
    """What a bracket names, by itself (来源地) or with what stands before it (所在地)."""
    return exact(path, word, "close") or exact(path, head + word, "close")


def brackets_fit(path: HeaderPath, found: Match) -> bool:
    """Values may be listed in brackets behind a class or state; elsewhere a list is unexplained."""
    spec = fields().get(found.field)
    listed = spec is not None and (spec.group in _LISTED or found.field in _LISTED)
    return not (path.leaf and path.leaf.enumerated) or listed


def detailed(path: HeaderPath) -> Match | None:
    """A known wording with an unknown detail in brackets, where no detail could make it another field."""
    leaf = path.leaf
    if leaf is None or leaf.enumerated:
        return None
    if leaf.core in neutral_keys() and (who := _below_its_heading(path, leaf)) is not None:
        return who
    if not (details := leaf.bracketed + leaf.inner):
        return None
    if len(leaf.bracketed) == 1 and (told := _with_its_bracket(path, leaf)) is not None:
        # 县级领导（包联） is 包联县级领导, 项目责任领导（县级） 县级项目责任领导.
        return told
    bare = leaf.core
    for word in leaf.inner:
        bare = bare.replace(word, "", 1)
    found = exact(path, bare, "close") or _by_phrase(path, bare)
    if found is None:
        return _company_told(path, leaf)
    if all(
        (same := exact(path, detail, "close") or _by_phrase(path, detail)) and same.same_as(found) for detail in details
    ):
        # 落地公司（项目公司）, 责任人（招商员）: two names of one thing.
        return found
    spec = fields().get(found.field)
    if spec is None or (spec.group not in _DETAILED and found.field not in _DETAILED):
        return None
    if not all(_keeps_field(path, found, bare, detail) for detail in details) or is_personal(leaf):
        return None
    return replace(found, score=len(bare) / len(leaf.key))


def _with_its_bracket(path: HeaderPath, leaf: Segment) -> Match | None:
    """What a bracket behind a wording makes of it, put before it."""
    whole = leaf.bracketed[0] + leaf.core
    return exact(path, whole, "normalised") or (None if leaf.inner or leaf.units else _by_phrase(path, whole))


def _company_told(path: HeaderPath, leaf: Segment) -> Match | None:
    """企业名称（项目单位）, 企业名称（投资方）, 甲方（引进企业）: a company, and the brackets say whose."""
    if path.kind != "project" or len(leaf.bracketed) != 1:
        return None
    if not says("company", leaf.core) and not says("mere_party", leaf.core):
        return None
    told = exact(path, leaf.bracketed[0], "close")
    return told if told is not None and told.field in _COMPANIES else None


def _below_its_heading(path: HeaderPath, leaf: Segment) -> Match | None:
    """一个工作专班（牵头单位）: a heading that says nothing by itself, with who it is in brackets behind."""
    said = [*leaf.bracketed, *leaf.inner] or [key for note in leaf.notes if (key := head_key(note))]
    if len(said) != 1 or leaf.units or path.kind != "project":
        return None
    who = exact(path, said[0], "normalised") or _by_phrase(path, said[0])
    return who if who is not None and fields()[who.field].group == "who_answers" else None


def _by_phrase(path: HeaderPath, bare: str) -> Match | None:
    """签约投资方 before （乙方） is a phrase of known words."""
    found = phrased(bare) if path.kind == "project" else None
    return Match(found[0], "close", 1.0, None, line=LAST_LINE + found[1]) if found else None


def _keeps_field(path: HeaderPath, found: Match, bare: str, detail: str) -> bool:
    """Whether the column is still `found` with this detail in brackets behind or within its wording `bare`."""
    if says("former", detail) or (found.field == "investor_origin" and not _REGIONS.fullmatch(detail)):
        return False
    other = _behind_head(path, bare, detail)
    if says("mere_party", bare):
        # 乙方（落户平台）: which side 乙方 is, its brackets say.
        return other is not None and other.same_as(found)
    if other is not None and not other.same_as(found):
        # 投资方（来源地）, 项目名称（建设地点）: the column is what stands before the bracket.
        return _adds_to(other.field, found.field)
    if found.field == "remark" and other is None:
        return True
    if found.field in _COMPANIES and says("to_be_founded", detail):
        return True
    said = features_within(detail)
    if found.field == "project_name" and other is None and not said & _FIGURES and detail[0] != "含":
        # Without a name a table is lost whole; 项目名称（在黄注册名称） still is one.
        return True
    # 项目公司（新注册）: to be registered is what makes it one.
    own = _OWN_DETAIL.get(found.field, frozenset())
    return not said - _HARMLESS_DETAIL - own


def _adds_to(field: str, head: str) -> bool:
    """Whether a field in brackets is a detail of the one before it; of two places, either may be what the cells hold."""
    spec, of_head = fields().get(field), fields().get(head)
    if field in _ADDED or (head, field) == ("project_name", "project_content"):
        return True
    return spec is not None and spec.group in ("place", "classes") and (of_head is None or spec.group != of_head.group)
