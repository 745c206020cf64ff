"""Target or done: 力争, 目标, 任务, 计划 told from 完成, 已, 累计."""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.facts.spots import SentenceReading, Spot, last
from ingest.facts.wording import Mark

_TARGET_AFTER = re.compile(
    r"^(?:以上|左右|人民币)?）?的?(?:[^，。；、\d的]{0,8}?)(?:目标任务|任务目标|目标|任务|计划|指标)(?!总?投资|项目|书)"
)
TARGET_OF = re.compile(r"^(?:人民币)?）?的?\s?(?:近|约|逾|超)?(?:\d|百分之|[一二三四五六七八九]成)")
_TARGET_BEFORE = re.compile(r"(?:目标任务|任务目标|目标|任务|计划|指标)(?:数|值|额)?(?:为|是|的|总额|：|:)?[“（(]?$")
TASK_OF_PROJECTS = re.compile(r"^[^，。；、]{0,10}项目的?(?:目标)?任务")
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
    noun = last(spot.left_marks, "target")
    if noun is not None:
        if noun.meaning in ("verb", "floor"):
            return not over(noun)
        done = re.search(r"完成|超额|围绕|对照", spot.left[: max(0, spot.left.find(noun.text))])
        return done is None
    verb = next(
        (
            mark
            for mark in reversed(reading.marks)
            if mark.kind == "target" and mark.meaning == "verb" and mark.end <= spot.quantity.start
        ),
        None,
    )
    if verb is None:
        return False
    between = text[verb.end : spot.quantity.start]
    if re.search(r"；|截至|目前|已(?!建成)|累计", between):
        return False
    if re.search(r"，(?:完成|实现)", between) and not re.match(r"力争|确保|争取|要|必须|目标", verb.text):
        return False
    return not over(verb)
