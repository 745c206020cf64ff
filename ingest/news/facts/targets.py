"""Target or done: 力争, 目标, 任务, 计划 told from 完成, 已, 累计."""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.news.facts.spots import SentenceReading, Spot, last
from ingest.news.facts.wording import Mark

_TARGET_AFTER = re.compile(
    r"^(?:以上|左右|人民币)?）?的?(?:[^，。；、\d的]{0,8}?)(?:目标任务|任务目标|目标|任务|计划|指标)(?!总?投资|项目|书)"
)
TARGET_OF = re.compile(r"^(?:人民币)?）?的?\s?(?:近|约|逾|超)?(?:\d|百分之|[一二三四五六七八九]成)")
_TARGET_BEFORE = re.compile(r"(?:目标任务|任务目标|目标|任务|计划|指标)(?:数|值|额)?(?:为|是|的|总额|：|:)?[“（(]?$")
TASK_OF_PROJECTS = re.compile(r"^[^，。；、]{0,10}项目的?(?:目标)?任务")
# 提出，今年到位资金500亿元以上: what a report proposes, with a floor.
_PROPOSED = re.compile(r"提出|明确")
_FLOOR_AFTER = re.compile(r"^(?:及)?以上(?:$|[，。；、）])")
# 任务写成三个数：…, 主要目标是：…: the list after the colon is all task.
_TASK_LIST = re.compile(r"(?:任务|目标|指标)[^，。；：]{0,10}：")
# 每个县区签约亿元以上项目2个: asked of each, unless told as done.
_OF_EACH = re.compile(r"每个?(?:县|市|区|乡|镇|街道|部门|单位|园区|责任|小分队|专班|工作组|干部)")
_DONE = re.compile(r"截至|目前|已(?!建成)|累计|完成|实现")
_STRIVES = re.compile(r"力争|确保|争取|必须|目标")
_DONE_SINCE = re.compile(r"截至|目前|已(?!建成)|累计")
_PLANNED_AFTER = re.compile(
    r"^[^，。；、]{0,14}(?:将于|将在|即将|有望|可望|(?<!按)计划|预计|力争|拟)[^，。；、]{0,12}(?:开工|竣工|投产|签约|落地|落户|建成)"
)


def is_target(reading: SentenceReading, spot: Spot, over: Callable[[Mark], bool]) -> bool:
    """Whether a figure is a goal, task or forecast; `over` tells whether a forecast word speaks of time gone by."""
    text = reading.sentence.text
    after = text[spot.quantity.end : spot.quantity.end + 16]
    if _TARGET_AFTER.match(after) or TASK_OF_PROJECTS.match(spot.rest):
        return True
    if _TARGET_BEFORE.search(spot.left) or (TARGET_OF.match(after) and re.search(r"任务|目标|计划|指标", spot.left)):
        return True
    if spot.quantity.family == "count" and _PLANNED_AFTER.match(spot.right):
        return True
    if _is_asked(text, spot):
        return True
    noun = last(spot.left_marks, "target")
    if noun is not None:
        if noun.meaning in ("verb", "floor"):
            return not over(noun)
        done = re.search(r"完成|超额|围绕|对照", spot.left[: max(0, spot.left.find(noun.text))])
        return done is None
    verb = _verb_before(reading, spot)
    return verb is not None and not _is_done_since(text[verb.end : spot.quantity.start], verb) and not over(verb)


def _verb_before(reading: SentenceReading, spot: Spot) -> Mark | None:
    """The last 力争, 确保 or 不低于 before the figure, in whichever clause."""
    return next(
        (
            mark
            for mark in reversed(reading.marks)
            if mark.kind == "target" and mark.meaning in ("verb", "floor") and mark.end <= spot.quantity.start
        ),
        None,
    )


def _is_done_since(between: str, verb: Mark) -> bool:
    """Whether what stands between the verb and the figure tells of what was reached, no longer of what is to be."""
    # 力争到年底累计签约30个: the sum that is to be reached.
    if _DONE_SINCE.search(between.replace("累计", "") if _STRIVES.match(verb.text) else between):
        return True
    if "；" in between and verb.meaning != "floor":
        return True
    return re.search(r"，(?:完成|实现)", between) is not None and not re.match(
        r"力争|确保|争取|要|必须|目标", verb.text
    )


def _is_asked(text: str, spot: Spot) -> bool:
    """Whether the sentence asks for the figure without a verb of its own: a list of tasks, so much of each."""
    lead = text[: spot.quantity.start]
    if _PROPOSED.search(lead) and _FLOOR_AFTER.match(text[spot.quantity.end : spot.quantity.end + 4]):
        return True
    for pattern in (_TASK_LIST, _OF_EACH):
        found = pattern.search(lead)
        if found is not None and not _DONE.search(lead[: found.start()]) and not _DONE.search(lead[found.end() :]):
            return True
    return False
