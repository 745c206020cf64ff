"""A number and its surroundings: what stands before and after it, and what carries over from figure to figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from ingest.news.facts.model import NO_PERIOD, NO_SLICE, Period, Slice
from ingest.news.facts.periods import When
from ingest.news.facts.places import Place, PlaceAt
from ingest.news.facts.quantities import Quantity
from ingest.news.facts.sentences import Clause, Sentence
from ingest.news.facts.wording import Lexicon, Mark, any_of, read_rows

# What happened → the indicator of a count and of an amount.
EVENT_INDICATORS = {
    "signed": ("signed_projects", "signed_amount"),
    "landed": ("landed_projects", "landed_amount"),
    "started": ("started_projects", "started_amount"),
    "running": ("under_construction_projects", "other"),
    "completed": ("completed_projects", "other"),
    "talks": ("talks_projects", "other"),
    "ended": ("other", "other"),
    "preparing": ("other", "other"),
    "mixed": ("other", "other"),
}
AMOUNT_OF = {counts: amounts for counts, amounts in EVENT_INDICATORS.values() if amounts != "other"}
ACTIVITY_UNITS = frozenset(("次", "余次", "批", "批次", "人次", "名", "人", "位", "场", "场次", "趟", "组", "轮", "团"))
PIECE_UNITS = frozenset(("个", "项", "家", "宗", "户"))


@cache
def terms() -> Lexicon:
    """The words of `news_terms.csv`."""
    return Lexicon(
        (row["kind"], row["meaning"], row["pattern"], f"news_terms.csv 第{line}行")
        for line, row in read_rows("news_terms.csv", ("kind", "meaning", "pattern", "note"))
    )


@cache
def origins() -> Lexicon:
    """The words of `news_origins.csv`: kind is the origin, meaning the qualifier."""
    return Lexicon(
        (row["origin"], row["qualifier"], row["pattern"], f"news_origins.csv 第{line}行")
        for line, row in read_rows("news_origins.csv", ("pattern", "origin", "qualifier", "note"))
    )


def marks_of(text: str) -> list[Mark]:
    """The known words of a text; an event inside a target word (计划引进, 将开工) is a word of its own too."""
    found: list[Mark] = []
    for mark in terms().marks(text):
        found.append(mark)
        if mark.kind == "target" and mark.meaning == "verb" and len(mark.text) > 2:
            found += [
                Mark(mark.start + 1 + inner.start, mark.start + 1 + inner.end, inner.kind, inner.meaning, inner.text)
                for inner in terms().marks(mark.text[1:])
                if inner.kind == "event"
            ]
    return found


@dataclass(slots=True)
class Frame:
    """What carries over from figure to figure.

    Attributes:
        place, period: the region and time spoken of; `stated`: the paragraph itself states the time.
        window: the last stated window of the article, which later paragraphs go on with.
        event, counted: what is being counted, in the paragraph and in the sentence.
        money: the indicator of the last amount; `amount`: the one that goes with the last count.
        slice, money_slice, topic, whole: slices of the last count and amount, of the sentence's topic, of a whole.
        cohort: the signing event whose projects are spoken of.
        blocked: the last figure is one not collected, so its growth and target aren't either.
        heading: the region a heading names for the paragraphs below it.
    """

    place: Place
    period: Period = NO_PERIOD
    window: Period = NO_PERIOD
    stated: bool = False
    event: str | None = None
    counted: str | None = None
    money: str | None = None
    amount: str | None = None
    slice: Slice = NO_SLICE
    money_slice: Slice = NO_SLICE
    topic: Slice = NO_SLICE
    whole: Slice = NO_SLICE
    cohort: str | None = None
    blocked: bool = False
    heading: Place | None = None

    def next_paragraph(self, home: Place) -> Frame:
        """The frame a new paragraph starts with: the last window goes on, the region is the heading's or home."""
        place = self.heading or (self.place if home.name is None else home)
        return Frame(place, self.window, self.window, cohort=self.cohort, heading=self.heading)

    def begin_sentence(self, marks: Sequence[Mark]) -> None:
        """Slices and counts don't cross a full stop."""
        self.slice, self.amount, self.blocked, self.counted = NO_SLICE, None, False, None
        self.topic = self.whole = NO_SLICE
        self.cohort = next((mark.text for mark in marks if mark.kind == "cohort"), self.cohort)

    @property
    def has_window(self) -> bool:
        """Whether the paragraph itself has stated a closed window."""
        return self.stated and self.period.start is not None and self.period.end is not None


@dataclass(slots=True)
class Spot:
    """One quantity with its surroundings: positions are relative to the sentence.

    Attributes:
        left, left_marks: the words of its clause since the previous figure; where numbers are paired (分别为), its noun.
        chunk_marks: the words since `barrier`, over clauses without figures.
        right, right_marks: the words up to the next figure or the clause's end; `rest` up to the clause's end.
    """

    quantity: Quantity
    clause: Clause
    left: str
    left_marks: list[Mark]
    chunk_marks: list[Mark]
    right: str
    right_marks: list[Mark]
    rest: str
    barrier: int
    head: str | None = None
    is_paired: bool = False
    has_average: bool = False

    def nearest(self, *kinds: str) -> Mark | None:
        """The last mark of these kinds to the left, in the clause first, then since the previous figure."""
        for marks in (self.left_marks, self.chunk_marks):
            found = [mark for mark in marks if mark.kind in kinds]
            if found:
                return found[-1]
        return None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a number is no fact; `is_other_figure`: what follows (its growth, its target) speaks of that figure."""

    reason: str
    is_other_figure: bool = False


@dataclass(slots=True)
class SentenceReading:
    """Everything found in one sentence before it is interpreted."""

    sentence: Sentence
    marks: list[Mark]
    origin_marks: list[Mark]
    quantities: list[Quantity]
    periods: list[When]
    places: list[PlaceAt]
    pairs: dict[int, str] = field(default_factory=dict)
    is_template: bool = False
    is_of_another_field: bool = False
    paired_places: dict[int, Place] = field(default_factory=dict)


def spot_of(reading: SentenceReading, number: int, previous_end: int) -> Spot:
    """The surroundings of a sentence's quantity; `previous_end` is where the figure before it ends."""
    quantity, text = reading.quantities[number], reading.sentence.text
    clause = reading.sentence.clause_at(quantity.start)
    following = next((later.start for later in reading.quantities[number + 1 :] if later.bound is None), len(text))
    left_from = max(previous_end, clause.start)
    right_to = min(following, clause.end, _bracket_after(text, quantity))
    barrier = _barrier(reading.sentence, quantity.start, previous_end, clause)
    head = reading.pairs.get(number)
    inside = {mark.kind for mark in reading.marks if clause.start <= mark.start < quantity.start}
    return Spot(
        quantity,
        clause,
        text[left_from : quantity.start] if head is None else head,
        _between(reading.marks, left_from, quantity.start) if head is None else marks_of(head),
        _between(reading.marks, barrier, quantity.start),
        text[quantity.end : right_to],
        [mark for mark in reading.marks if quantity.end <= mark.start < right_to],
        text[quantity.end : clause.end],
        barrier,
        head,
        "separately" in inside,
        "avg" in inside,
    )


def _between(marks: Sequence[Mark], start: int, end: int) -> list[Mark]:
    return [mark for mark in marks if start <= mark.start and mark.end <= end]


def _barrier(sentence: Sentence, position: int, previous_end: int, clause: Clause) -> int:
    """Where the words that may rule a number begin: not in the rest of an earlier figure's clause."""
    if previous_end > clause.start:
        return previous_end
    before = sentence.clause_at(previous_end - 1).end + 1 if previous_end else 0
    semicolons = [c.end for c in sentence.clauses if c.mark == "；" and c.end <= position]
    return max([before, *semicolons])


def _bracket_after(text: str, quantity: Quantity) -> int:
    """Where a bracket opens after a number that stands outside brackets: its words are an aside."""
    opened = text.find("（", quantity.end)
    return opened if opened >= 0 and depth(text, quantity.start) == 0 else len(text)


def depth(text: str, position: int) -> int:
    """How many brackets are open at a position."""
    return text.count("（", 0, position) - text.count("）", 0, position)


def pairs_of(reading: SentenceReading) -> dict[int, str]:
    """`A、B分别为1和2`: quantity number → the words it belongs to."""
    pairs: dict[int, str] = {}
    text = reading.sentence.text
    for mark in reading.marks:
        if mark.kind != "separately":
            continue
        clause = reading.sentence.clause_at(mark.start)
        numbers = [
            number
            for number, quantity in enumerate(reading.quantities)
            if mark.end <= quantity.start < clause.end and quantity.bound is None
        ]
        heads = [part for part in re.split(r"[、和及与]|以及", text[clause.start : mark.start]) if part]
        if len(numbers) >= 2 and len(heads) == len(numbers):
            verb = text[mark.end : reading.quantities[numbers[0]].start]
            if not any(_rules(head) for head in heads[:-1]):
                # 甲园区、乙园区引进企业分别为5家和3家: the last head says what is counted in all of them.
                heads = [head if _rules(head) else heads[-1] for head in heads]
            for number, head in zip(numbers, heads, strict=True):
                pairs[number] = head + verb
    return pairs


def _rules(head: str) -> bool:
    """Whether a head says what its number is."""
    return any(mark.kind in ("event", "funds", "amount", "rate", "trip", "received") for mark in terms().marks(head))


def last(marks: Sequence[Mark], kind: str) -> Mark | None:
    """The last mark of a kind."""
    return next((mark for mark in reversed(marks) if mark.kind == kind), None)


_FILLER = re.compile(any_of("filler") + "|投资总额|投资额|达到|超过")


def is_elliptical(spot: Spot) -> bool:
    """Whether the words before a number only narrow what was counted before: `其中工业项目`, `50亿元以上的`."""
    if any(
        mark.kind in ("event", "funds", "received", "trip", "visited", "promo", "fdi_new") for mark in spot.left_marks
    ):
        return False
    if any(mark.kind == "amount" and mark.meaning not in ("invest",) for mark in spot.left_marks):
        return False
    return len(_FILLER.sub("", spot.left)) <= 14


def is_topic(reading: SentenceReading, spot: Spot) -> bool:
    """`亿元以上项目签约120个、开工80个`: the slice stands before the noun, the noun before the verb."""
    bounds = [q for q in reading.quantities if q.bound == "min" and spot.barrier <= q.start < spot.quantity.start]
    nouns = [m for m in spot.chunk_marks if m.kind == "project"]
    events = [m for m in spot.left_marks if m.kind == "event"]
    return bool(bounds and nouns and events and bounds[0].end <= nouns[0].start < events[-1].start)
