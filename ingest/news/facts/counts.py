"""What a number of things counts: projects by what happened to them, trips, visitors, companies, events held."""

from __future__ import annotations

import re

from ingest.news.facts.spots import (
    ACTIVITY_UNITS,
    AMOUNT_OF,
    EVENT_INDICATORS,
    Frame,
    Refusal,
    SentenceReading,
    Spot,
    is_elliptical,
    last,
    terms,
)
from ingest.news.facts.targets import TASK_OF_PROJECTS
from ingest.news.facts.wording import Mark, any_of

_NOUN_WITHIN = 18
_INVITED = Refusal("邀请参会不是来访 invited, not visiting")
_VERBS = ("event", "up", "down", "share", "funds", "amount", "done", "of_which", "target", "change", "received")
_OF_INVESTMENT = re.compile(r"招商(?:引资)?(?:重点|重大|工业|产业)?项目")
# 26个重点项目已开工17个; 至今未引进1个; 利用省外资金2000万元以上项目4个.
_PART_FOLLOWS = re.compile(r"^[^，。；、]{0,14}项目(?:目前|现)?(?:均|都)?已经?[\u4e00-\u9fff]{2,6}$")
_NOT_YET = re.compile(r"(?:未|没有|没能|无)[\u4e00-\u9fff]{2,4}$")
_BROUGHT_IN = re.compile(r"利用(?:[省市县区国]外|国内|外来)资金")
_LEADS = re.compile(r"线索[^，。；、]{0,6}$")
_LEADS_AFTER = re.compile(r"^[^，。；、]{0,8}线索")
_GOES_ON = re.compile("^" + any_of("after_count"))


def count_indicator(reading: SentenceReading, spot: Spot, frame: Frame) -> str | Refusal:
    """The indicator of a count, or why it is none; what was counted is noted in the frame."""
    return _activity(spot) if spot.quantity.unit in ACTIVITY_UNITS else _pieces(reading, spot, frame)


def _activity(spot: Spot) -> str | Refusal:
    unit = spot.quantity.unit
    left, right = spot.left_marks or spot.chunk_marks, spot.right_marks
    kinds = {mark.kind for mark in left}
    right_kinds = {mark.kind for mark in right}
    if unit in ("场", "场次"):
        return "other" if "promo" in kinds | right_kinds else Refusal("不是招商活动 no promotion event")
    received = "received" in kinds or ("received" in right_kinds and bool({"guest", "firm"} & (kinds | right_kinds)))
    if received:
        came = [mark for mark in left if mark.kind == "received" and mark.text != "邀请"]
        invited = any(mark.text == "邀请" for mark in left) and "received" not in right_kinds and not came
        if invited:
            return _INVITED
        if {"guest", "firm"} & (kinds | right_kinds) or unit in ("批", "批次", "人次", "次"):
            return "visitors_received"
    if "trip" in kinds and unit in ("次", "余次", "批", "批次", "趟", "轮", "人次"):
        return "outreach_trips"
    if unit in ("次", "余次", "批", "批次", "趟", "轮") and "trip" in right_kinds:
        return "outreach_trips"
    return Refusal("不是招商活动的次数 no outreach or visit")


def _pieces(reading: SentenceReading, spot: Spot, frame: Frame) -> str | Refusal:
    if re.match(r"^[^，。；、]{0,12}项目中(?!心)", spot.rest) and not last(spot.left_marks, "event"):
        return Refusal("重提总数 the whole mentioned again")
    if _PART_FOLLOWS.match(spot.right) and spot.rest[len(spot.right) : len(spot.right) + 1].isdigit():
        return Refusal("只报其中一部分 size of a programme of which a part is reported")
    if _NOT_YET.search(spot.left):
        return Refusal("没有做到 said not to have happened")
    if any(mark.kind == "fdi_new" for mark in (*spot.left_marks, *spot.right_marks)):
        frame.counted = "mixed"
        return "other"
    noun = _noun(spot, frame)
    if isinstance(noun, Refusal):
        return noun
    if spot.quantity.unit == "条" and not (_LEADS.search(spot.left) or _LEADS_AFTER.match(spot.right)):
        return Refusal("数的不是项目线索 counts no leads")
    event = _event(reading, spot, frame)
    if noun == "firm" and event is None and "其中" in spot.left and frame.amount == AMOUNT_OF["landed_projects"]:
        return "landed_projects"
    if noun == "firm":
        return _firms(spot, event)
    if event is None and _BROUGHT_IN.search(spot.left):
        event = "signed"
    if event is None:
        event = frame.event
    if event is None:
        if TASK_OF_PROJECTS.match(spot.rest):
            return "other"
        if noun == "project" and _OF_INVESTMENT.search(spot.left + spot.right):
            # 招商引资项目40个: attracted and not said to be anything else, so they are being carried out.
            frame.event = frame.counted = "running"
            return EVENT_INDICATORS["running"][0]
        return Refusal("项目没有事件 projects without an event")
    if event == "never":
        return Refusal("储备、谋划、推介类项目 projects only planned or promoted", True)
    frame.event = frame.counted = event
    return EVENT_INDICATORS[event][0]


def _firms(spot: Spot, event: str | None) -> str | Refusal:
    visited = last(spot.left_marks, "visited")
    if any(mark.kind == "received" for mark in (*spot.left_marks, *spot.right_marks)):
        if any(mark.text == "邀请" for mark in spot.left_marks) and not any(
            mark.kind == "received" for mark in spot.right_marks
        ):
            return Refusal("邀请参会不是来访 invited, not visiting")
        return "visitors_received"
    if visited is not None:
        return "enterprises_visited"
    if event == "talks":
        return "enterprises_visited" if re.search(r"对接|洽谈", spot.left) else "talks_projects"
    if event in ("landed", "signed") and re.search(
        r"引进|落户|落地|入驻|注册|入园|招引|签约|签订|签署", spot.left + spot.right
    ):
        return "signed_projects" if re.search(r"签约|签订|签署", spot.left + spot.right) else "landed_projects"
    return Refusal("企业数不是招商事项 firms without an event")


def _noun(spot: Spot, frame: Frame) -> str | Refusal | None:
    """What the number counts: `project`, `firm`, or None where the text leaves it out."""
    right = spot.right[:_NOUN_WITHIN]
    heads = [mark for mark in terms().marks(right) if mark.kind in ("project", "firm", "guest")]
    stop = re.search(r"[，。；：、（）]", right)
    if heads and (stop is None or heads[0].start < stop.start()):
        return "project" if heads[0].kind == "project" else "firm"
    first = right[:1]
    if first.isalnum() and not _verb_follows(right):
        return Refusal("数的不是项目或企业 counts something else")
    left_heads = [mark for mark in spot.left_marks if mark.kind in ("project", "firm", "guest")]
    if left_heads:
        return "project" if left_heads[-1].kind == "project" else "firm"
    if spot.quantity.unit in ("家", "户"):
        return "firm" if last(spot.left_marks, "visited") or frame.event is None else None
    chunk_heads = [mark for mark in spot.chunk_marks if mark.kind == "project"]
    if chunk_heads or frame.event is not None:
        return None
    if last(spot.left_marks, "event") is not None:
        return None
    return Refusal("数的不是项目或企业 counts something else")


def _event(reading: SentenceReading, spot: Spot, frame: Frame) -> str | None:
    """What happened to the things counted: the predicate after the number, else the nearest word before."""
    stop = re.search(r"[，。；：、]", spot.right)
    limit = spot.quantity.end + (stop.start() if stop else len(spot.right))
    after = [mark for mark in spot.right_marks if mark.kind == "event" and mark.end <= limit]
    if after and after[-1].meaning != "never":
        return after[-1].meaning
    if any(mark.kind == "mixed" for mark in spot.left_marks):
        return "mixed"
    before = [
        mark
        for mark in spot.left_marks
        if mark.kind == "event" and not re.search(r"未$", reading.sentence.text[: mark.start])
    ]
    if len(before) >= 2 and _coordinated(spot.left, before[-2], before[-1]):
        return "mixed"
    if before:
        return before[-1].meaning
    if is_elliptical(spot) and frame.event is not None:
        return frame.event
    chunk = [mark for mark in spot.chunk_marks if mark.kind == "event"]
    if chunk:
        return chunk[-1].meaning
    return None


def _verb_follows(right: str) -> bool:
    """Whether the words after a number go on with a verb instead of naming what it counts."""
    marks = terms().marks(right)
    if any(mark.start <= 3 and mark.kind in _VERBS for mark in marks):
        return True
    return _GOES_ON.match(right) is not None


def _coordinated(left: str, first: Mark, second: Mark) -> bool:
    """`新引进、新开工项目`: two different events named as one group."""
    if first.meaning == second.meaning or "never" in (first.meaning, second.meaning):
        return False
    return bool(re.search(re.escape(first.text) + r"[、和及与]" + re.escape(second.text), left))
