"""What an amount of money is: funds arrived, foreign capital, contracted or total investment of what is counted."""

from __future__ import annotations

import re
from decimal import Decimal

from ingest.news.facts.names import is_specific, specific_part
from ingest.news.facts.spots import (
    EVENT_INDICATORS,
    PIECE_UNITS,
    Frame,
    Refusal,
    SentenceReading,
    Spot,
    is_elliptical,
    last,
)
from ingest.news.facts.wording import Mark, any_of

_ONE_PROJECT = re.compile(
    r"^(?:人民币)?的?(?:建设|兴建|新建|开发|实施|改造|打造)?(?P<name>[^，。；、）\d]{3,40}?(?:项目|工程|小区|基地|产业园|广场|生产线|电站))"
)
_NOT_COLLECTED_AFTER = re.compile("^[^，。；、]{0,6}(?:" + any_of("not_collected_after") + "|产业(?!园|项目))")


def money_indicator(reading: SentenceReading, spot: Spot, frame: Frame) -> str | Refusal | None:
    """The indicator of an amount, why it is none, or None where the words before it name no money."""
    mark = spot.nearest("funds", "amount")
    if (
        mark is not None
        and mark.text == "招商引资"
        and not spot.left.endswith(("招商引资", "招商引资约", "招商引资达"))
    ):
        mark = next((m for m in reversed(spot.left_marks) if m.kind in ("funds", "amount") and m != mark), None)
    event_mark = last(spot.left_marks, "event")
    foreign = spot.quantity.family != "CNY"
    if mark is None:
        first = spot.right_marks[0] if spot.right_marks else None
        if first is not None and first.kind == "funds" and first.start - spot.quantity.end <= 1:
            return first.meaning
        if event_mark is not None and event_mark.meaning in EVENT_INDICATORS and _tight(spot.left, event_mark.text):
            return EVENT_INDICATORS[event_mark.meaning][1]
        if frame.money is not None and is_elliptical(spot):
            return frame.money
        return None
    if mark.kind == "funds":
        if mark.meaning == "fdi_arrived" and mark.text == "外资" and re.search(r"合同|协议|签约", spot.left):
            return "signed_amount"
        if mark.meaning == "funds_arrived" and foreign:
            return "fdi_arrived"
        return mark.meaning
    if mark.meaning in ("never", "fixed"):
        return Refusal(f"不收的指标 figure not collected: {mark.text}", True)
    if mark.meaning == "done":
        if "招商" in reading.sentence.text or frame.money == "other":
            return "other"
        return Refusal("项目完成投资 investment done", True)
    if mark.meaning == "contract_funds":
        return "other"
    return _amount_indicator(reading, spot, mark, frame)


def _amount_indicator(reading: SentenceReading, spot: Spot, mark: Mark, frame: Frame) -> str | Refusal:
    """Total or contracted investment belongs to what was named last in the sentence, else to what is counted."""
    counts = [
        q.end
        for q in reading.quantities
        if q.family == "count" and q.unit in PIECE_UNITS and q.end <= spot.quantity.start
    ]
    marks = [
        m for m in reading.marks if m.kind == "event" and m.end <= spot.quantity.start and m.meaning in EVENT_INDICATORS
    ]
    since = [m.meaning for m in marks if counts and m.start >= counts[-1]]
    named = since or [m.meaning for m in marks]
    before = [frame.counted] if counts and not since and frame.counted is not None else named
    after = [
        m.meaning
        for m in reading.marks
        if m.kind == "event" and spot.quantity.end <= m.start < spot.clause.end and m.meaning in EVENT_INDICATORS
    ]
    event = before[-1] if before else after[0] if after else frame.event
    if mark.meaning == "contract" and (
        "引资" in mark.text or not before or (before == ["mixed"] and "外资" in mark.text)
    ):
        event = "signed"
    if event is None or event not in EVENT_INDICATORS:
        return Refusal("不知是哪些项目的投资 investment of nothing known")
    return EVENT_INDICATORS[event][1]


def is_rounded_again(reading: SentenceReading, spot: Spot) -> bool:
    """`突破50亿美元，达到50.2亿美元`: the second is the figure."""
    if not re.search(r"(?:突破|超过?|逾|跨越)$", spot.left):
        return False
    value = spot.quantity.value
    return any(
        other.start > spot.quantity.end
        and other.start - spot.quantity.end <= 12
        and other.family == spot.quantity.family
        and value <= other.value <= value * Decimal("1.15")
        and "，" in reading.sentence.text[spot.quantity.end : other.start]
        for other in reading.quantities
    )


def names_a_project(spot: Spot) -> bool:
    """Whether the words after an amount name the one project it belongs to."""
    found = _ONE_PROJECT.match(spot.right)
    return found is not None and is_specific(found["name"]) and len(specific_part(found["name"])) >= 3


def never(spot: Spot) -> Refusal | None:
    """Why a number is of a kind that is never collected: averages, differences, output, tax, loans."""
    if any(
        mark.kind == "avg" and mark.start >= spot.clause.start for mark in (*spot.left_marks, *spot.chunk_marks)
    ) or (spot.is_paired and spot.has_average):
        return Refusal("平均数 average", True)
    for mark in reversed(spot.left_marks):
        if mark.kind in ("change", "up", "down") and _adjacent(spot.left, mark.text):
            return Refusal("增减的绝对数 absolute change")
        if mark.kind == "amount" and mark.meaning == "never" and spot.quantity.is_money:
            return Refusal(f"不收的指标 figure not collected: {mark.text}", True)
        if mark.kind in ("funds", "amount", "event"):
            break
    if spot.quantity.is_money and _NOT_COLLECTED_AFTER.match(spot.right):
        return Refusal("不收的指标 figure not collected")
    return None


def _adjacent(left: str, word: str) -> bool:
    """Whether a word stands right before the number, but for 了, 约, 近…"""
    return bool(re.search(re.escape(word) + r"[了约近超逾达到至为]{0,3}$", left))


def _tight(left: str, word: str) -> bool:
    tail = left.rsplit(word, 1)[-1]
    return len(tail) <= 6 and not re.search(r"项目|企业", tail)
