"""The slice a figure speaks of: size threshold, origin of capital, industry, cohort; and what a part takes from its whole."""

from __future__ import annotations

import re

from ingest.news.facts.model import NO_SLICE, Slice
from ingest.news.facts.places import Places
from ingest.news.facts.spots import Frame, SentenceReading, Spot, is_elliptical
from ingest.news.facts.wording import Mark


def slice_of(reading: SentenceReading, spot: Spot, indicator: str, frame: Frame, places: Places) -> Slice:
    """The slice of a figure: what its own words say, and what it inherits."""
    start = max(spot.clause.start, spot.quantity.start - len(spot.left))
    right_end = spot.quantity.end + _noun_phrase_end(spot.right)
    lead = min(start, spot.barrier)
    threshold = next(
        (
            quantity
            for quantity in reversed(reading.quantities)
            if quantity.bound == "min" and lead <= quantity.start and quantity.end <= right_end
        ),
        None,
    )
    origin = [m for m in reading.origin_marks if start <= m.start and m.end <= right_end]
    industry = [m for m in reading.marks if m.kind == "industry" and start <= m.start and m.end <= right_end]
    origin_kind = origin[-1].kind or None if origin else None
    if origin_kind is None and places.other_provinces(reading.sentence.text[start : spot.quantity.start]):
        origin_kind = "省外"
    own = Slice(
        threshold.value if threshold else None,
        threshold.family if threshold else "CNY",
        origin_kind,
        (industry[-1].meaning or industry[-1].text) if industry else None,
        (origin[-1].meaning or None) if origin else frame.cohort,
    )
    whole = _whole(reading, spot, indicator, frame)
    if any(q.bound in ("band", "max") and start <= q.start < spot.quantity.start for q in reading.quantities):
        whole = Slice(None, "CNY", whole.origin, whole.industry, whole.qualifier)
    if indicator == "fdi_arrived" and whole.threshold_min is not None:
        # 新开工亿元以上项目31个，到账外资4180万美元: foreign capital is that of all projects.
        whole = Slice(None, "CNY", whole.origin, whole.industry, whole.qualifier)
    if _is_a_sum_of_its_own(reading, spot, indicator, origin):
        whole = NO_SLICE
    return own.within(whole)


def _is_a_sum_of_its_own(reading: SentenceReading, spot: Spot, indicator: str, origin: list[Mark]) -> bool:
    """`签约亿元以上项目46个，到位省外资金44.9亿元`: funds that name their own origin aren't those of the projects."""
    clause = reading.sentence.text[spot.clause.start : spot.quantity.start]
    return indicator == "funds_arrived" and bool(origin) and "其中" not in clause and "项目" not in clause


def _whole(reading: SentenceReading, spot: Spot, indicator: str, frame: Frame) -> Slice:
    """What a slice inherits: money from the count before it, a part from its whole."""
    clauses = reading.sentence.clauses
    semicolon = max([0] + [c.end for c in clauses if c.mark == "；" and c.end < spot.quantity.start])
    same = [
        m
        for m in reading.marks
        if m.kind == "of_which"
        and m.start < spot.quantity.start
        and (semicolon <= m.start or reading.sentence.text[m.end : m.end + 1] == "：")
    ]
    if spot.quantity.is_money:
        counted = [q for q in reading.quantities if q.family == "count" and semicolon <= q.start < spot.quantity.start]
        if same and (parts := _parts(reading, spot, same[-1])) is not None:
            return frame.whole if parts else frame.money_slice
        moved = any(semicolon <= item.start < spot.quantity.start for item in reading.places)
        if counted or (frame.slice != NO_SLICE and not moved and indicator == frame.amount):
            return frame.slice
        return frame.money_slice if same or is_elliptical(spot) else NO_SLICE
    if same and same[-1].start >= spot.clause.start:
        if not any(q.family == "count" and same[-1].end <= q.start < spot.quantity.start for q in reading.quantities):
            frame.whole = frame.slice
        return frame.whole
    if same:
        return frame.whole
    if frame.topic != NO_SLICE and not any(m.kind in ("project", "firm", "fdi_new") for m in spot.left_marks):
        return frame.topic
    if is_elliptical(spot) or _elides_the_noun(spot):
        return frame.slice
    return NO_SLICE


def _parts(reading: SentenceReading, spot: Spot, of_which: Mark) -> int | None:
    """How many parts were counted before an amount that speaks of more than the last of them; None where it doesn't.

    `项目58个，其中亿元以上5个、5亿元以上2个，合同引资38亿元` speaks of all 58; `到位资金120亿元，其中省外80亿元` has no part counted.
    """
    since = [q for q in reading.quantities if q.bound is None and of_which.end <= q.start < spot.quantity.start]
    before = [q for q in reading.quantities if q.bound is None and q.end <= of_which.start]
    if not since:
        return 0 if before and before[-1].is_money else None
    counted = all(q.family == "count" for q in since)
    return len(since) if counted and len(since) > 1 and since[-1].end < spot.clause.start else None


def _elides_the_noun(spot: Spot) -> bool:
    """`签约亿元以上项目60个，新开工40个`: what was started is of the kind just counted."""
    return [mark.kind for mark in spot.left_marks] == ["event"] and len(spot.left) <= len(spot.left_marks[0].text) + 1


def _noun_phrase_end(right: str) -> int:
    stop = re.search(r"[，。；：、]", right)
    return min(stop.start() if stop else len(right), 20)
