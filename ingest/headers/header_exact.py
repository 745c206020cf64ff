"""Whole wordings: the leaf alone, and the leaf together with its groups, as `headers.csv` has them."""

from __future__ import annotations

import re

from ingest.columns.neighbour_words import says
from ingest.fields import fields
from ingest.headers.header_brackets import brackets_fit, names_two_things, parts_agree, told_first
from ingest.headers.header_lookup import as_written, generic_keys
from ingest.headers.header_match import PEOPLE, Match, exact, literal, value_type
from ingest.headers.header_path import HeaderPath, without_tail
from ingest.headers.header_phrases import LAST_LINE, phrased
from ingest.headers.header_text import Segment, head_key

# Fields whose columns may be headed by a time: 截至6月底进展情况.
WITH_TIME = frozenset({"progress_note", "problem", "measure", "remark"})
WHOLE_LEAVES = frozenset({"合计", "总计", "共计", "总额", "总量", "计"})
_UNTIL_NOW = frozenset({"截至目前", "截止目前", "截至当前", "截至本月", "截至本周"})
_PARTS_OF_A_PLACE = frozenset({"town_name", "park_name"})
_UNITS = frozenset({"单位", "部门", "科室"})
_NAME_LEAVES = frozenset({"名称", "姓名", "全称", "单位名称"})
_WHO_SERVES = re.compile("责任|[包挂][联保抓挂扶]|挂钩|帮扶|专班|领导|服务|推进|调度|跟踪")
_TELLS = re.compile("(?:进展|进度|推进|动态|现状)(?:情况)?$")
_IN_PLACE = re.compile("^(?:在.{1,4}?(?=注册)|来(?![访年源自电款])[^完计累到]{1,3}?(?=投资))")


def leaf_wording(path: HeaderPath) -> Match | None:
    """The leaf as a whole wording of the files."""
    leaf = path.leaf
    if leaf is None:
        return None
    if (as_it_is := literal(path, leaf)) is not None:
        return as_it_is
    if (story := told_first(path, leaf)) is not None:
        return story
    if names_two_things(path, leaf):
        return None
    raw = head_key(leaf.raw)
    found = exact(path, raw, "exact") if not leaf.units else None
    found = found or exact(path, leaf.key, "exact" if raw == leaf.key else "normalised")
    if found is not None and brackets_fit(path, found):
        return found
    if (timeless := _without_its_time(path, leaf)) is not None:
        return timeless
    for key in (leaf.key.removeprefix("其中"), _IN_PLACE.sub("", leaf.key)):
        if key != leaf.key and (found := exact(path, key, "normalised")) is not None:
            return found
    if path.is_about_project and not path.groups and (found := exact(path, "项目" + leaf.key, "group")):
        # 项目包联情况 > 单位 answers for the project, 项目情况 > 单位 is its company.
        is_whos = found.field == "project_company" and any(_WHO_SERVES.search(part.key) for part in path.segments[:-1])
        return None if is_whos else found
    return parts_agree(path, leaf)


def _without_its_time(path: HeaderPath, leaf: Segment) -> Match | None:
    """截至6月底进展情况: a story may be headed by its time, an amount or a date may not."""
    if leaf.bracketed and set(leaf.bracketed) <= _UNTIL_NOW:
        found = exact(path, leaf.core, "normalised")
        return found if found is not None and found.field in WITH_TIME else None
    if leaf.period is None:
        return None
    bare = leaf.timeless.removeprefix("截至").removeprefix("截止").removeprefix("至")
    found = exact(path, bare + "".join(leaf.bracketed), "normalised")
    return found if found is not None and found.field in WITH_TIME else None


def joined_wording(path: HeaderPath) -> Match | None:
    """Groups and leaf together as one wording of the files: `投资方 > 名称`, `开工时间 > 计划`."""
    leaf = path.leaf
    if leaf is None or not path.groups:
        return None
    tail = leaf.key.removeprefix("其中")
    nearest = path.groups[-1].key
    near = without_tail(nearest)
    if (part := _part_of_a_place(path, nearest, tail)) is not None:
        return part
    whole = "".join(without_tail(group.key) for group in path.groups)
    # 进展 > 开工 may be a day, a tick or a story: no 开工进展.
    turned = () if _TELLS.search(near) and says("event_alone", tail) else (tail + near, tail + nearest)
    orders = (near + tail, whole + tail, nearest + tail, near + "其中" + tail, *turned)
    for key in (*orders, _overlapped(near, tail)):
        found = exact(path, key, "group")
        if found is not None and not (tail in _UNITS and found.field in PEOPLE):
            # 包联领导 > 单位 is where the leader works, and no 单位包联领导.
            return found
    if (found := _phrased_join(path, near, tail)) is not None:
        return found
    if tail in WHOLE_LEAVES:
        # 合同投资 > 合计 is the amount as a whole.
        found = exact(path, nearest, "group") or exact(path, near, "group")
        spec = fields().get(found.field) if found is not None and path.kind == "project" else None
        return found if spec is not None and spec.group == "money" else None
    if tail in _NAME_LEAVES:
        found = exact(path, nearest, "group")
        if found is not None and value_type(found.field, path.kind) == "text":
            return found
        if tail == "姓名" and path.kind == "project" and (told := phrased(nearest)) is not None and told[0] in PEOPLE:
            # 一名服务专员 > 姓名
            return Match(told[0], "group", 1.0, None, line=LAST_LINE + told[1])
    return None


def _part_of_a_place(path: HeaderPath, group: str, leaf: str) -> Match | None:
    """建设地点 > 乡镇 is the town; 建设地点（乡镇） in one cell is the site, written down to the town."""
    named = exact(path, leaf, "exact") if path.kind == "project" else None
    if named is None or named.field not in _PARTS_OF_A_PLACE:
        return None
    above = exact(path, group, "group")
    return named if above is not None and above.field == "location" else None


def _phrased_join(path: HeaderPath, group: str, leaf: str) -> Match | None:
    """挂钩责任单位 > 责任人 as one phrase, for words of people and units only: an amount's group may say another scope."""
    found = phrased(group + leaf) if path.kind == "project" and leaf in generic_keys() else None
    return Match(found[0], "group", 1.0, None, line=LAST_LINE + found[1]) if found else None


def _overlapped(group: str, leaf: str) -> str:
    """注册公司 > 公司名称 is 注册公司名称: the words that both say, once."""
    shared = next((size for size in (4, 3, 2) if group[-size:] == leaf[:size]), 0)
    return group + leaf[shared:]


def label_wording(path: HeaderPath) -> Match | None:
    """A label column of a summary (县区, 类别): a whole wording without unit or period."""
    if path.units or path.groups or (path.leaf and path.leaf.period):
        return None
    found = leaf_wording(path)
    if found is not None or path.leaf is None:
        return found
    told = phrased(path.leaf.key, "summary")
    return Match(told[0], "normalised", 1.0, None, line=LAST_LINE + told[1]) if told else None


def own_wording(path: HeaderPath, leaf: Segment) -> str:
    """The wording by which `headers.csv` would map this very path."""
    if path.groups:
        return "".join(without_tail(group.key) for group in path.groups) + leaf.key.removeprefix("其中")
    return as_written(leaf.raw) if leaf.enumerated or names_two_things(path, leaf) else leaf.key
