"""Values listed in a header's brackets: 项目类型（新建/续建） asks for the nature, 合作方式（独资、合资） for the form.

Only a wording that names no more than a class (类型, 性质, 方式 …) is told by its list; any other means what it says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.headers.header_match import Match
from ingest.headers.header_path import HeaderPath
from ingest.headers.header_text import Segment, head_key, undressed
from ingest.values.reasons import Reason
from ingest.values.stages import parse_stage
from ingest.wording_registry import header_values

_CLASS = re.compile(
    "(?:现状|重点|项目|客商|投资方|建设|投资|资金来源|资金|资本|企业|合作|签约|引资|招商|合同|协议|推进|进展|目前|当前|所属|主要|现|所处|投入|"
    "落地|落实|履约|实施|工作|总体){0,2}"
    "(?:类型|类别|性质|方式|属性|分类|形式|种类|级别|状态|模式|情况|状况|现状|归类|进度|进展|阶段|环节|节点|来源)"
)
# Of the other classes a bare list may be regions (市/县) or events (签约/开工).
_SURE = frozenset({"construction_nature", "investment_form"})
_SPLIT = re.compile(r"[、,，/;；|\s]|还是|或|等")


def by_listed_values(leaf: Segment | None, path: HeaderPath) -> Match | None:
    """The field whose values the brackets list, or None where they list another's, or two could be meant."""
    if leaf is None or path.kind != "project" or path.groups or leaf.bracketed:
        return None
    # 省/市/县 as a bracket elsewhere is a note.
    lists = [text for text in leaf.enumerated + leaf.notes if len(_SPLIT.split(text)) > 1]
    if len(lists) != 1:
        return None
    if _CLASS.fullmatch(leaf.core) is None:
        return None
    found = _listing(lists[0], header_values()) or _stages_listed(lists[0])
    # 投资来源（省外/省内） asks which of the two, 企业来源（省、市、县） where exactly.
    return None if found and leaf.core.endswith("来源") and found.field != "capital_origin" else found


_TICKS = frozenset(map(head_key, ("是", "否", "有", "无", "√", "×")))


def asks_for_ticks(leaf: Segment | None) -> bool:
    """产业链（是/否）: whether there is one, and not which."""
    if leaf is None or len(leaf.enumerated) != 1:
        return False
    return {head_key(value) for value in _SPLIT.split(leaf.enumerated[0]) if value} <= _TICKS


def lists_none_of(leaf: Segment | None, field: str) -> bool:
    """投资类别（审批/核准/备案）: the brackets list values of another class than the one that the wording would name."""
    known = header_values().get(field)
    if leaf is None or known is None or len(leaf.enumerated) != 1:
        return False
    listed = [head_key(value) for value in _SPLIT.split(leaf.enumerated[0]) if value]
    return len(listed) > 1 and known.isdisjoint(listed)


def by_bare_values(leaf: Segment | None, path: HeaderPath) -> Match | None:
    """合资/独资, 是新建还是扩建: a header of nothing but values, where these can be no heading's or region's."""
    if leaf is None or path.kind != "project" or path.groups or leaf.enumerated or leaf.bracketed or leaf.units:
        return None
    written = undressed(leaf.raw) or (leaf.raw,)
    sure = {field: values for field, values in header_values().items() if field in _SURE}
    return _listing(written[-1].removeprefix("是"), sure)


def _stages_listed(text: str) -> Match | None:
    """进度（签约/注册/开工/投产）: every value is a word of `stages.csv`, and two of them are stages that differ."""
    listed = [parse_stage(value) for value in _SPLIT.split(text) if value]
    reached = {stage.stage for stage in listed} - {None}
    # 停产 tells no stage, but it is such a word.
    known = all(stage.stage or stage.before or _is_unclear(stage.reason) for stage in listed)
    return Match("stage", "normalised", 1.0, None) if known and len(reached) > 1 else None


def _is_unclear(reason: Reason | None) -> bool:
    return reason is not None and reason.code == "stage_unclear"


def _listing(text: str, known: Mapping[str, frozenset[str]]) -> Match | None:
    listed = {head_key(value) for value in _SPLIT.split(text) if value}
    fit = [field for field, values in known.items() if listed <= values]
    return Match(fit[0], "normalised", 1.0, None) if len(listed) > 1 and len(fit) == 1 else None
