"""Sentence by sentence: what each number is, and what it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache

from ingest.facts.model import NO_PERIOD, NO_SLICE, Fact, Period, Rank, Slice, Span, Trace
from ingest.facts.names import company_in, has_placeholder, is_specific, specific_part
from ingest.facts.periods import Calendar, When, find_periods, month_window, whole_year
from ingest.facts.places import Place, PlaceAt, Places
from ingest.facts.projects import ProjectEvent, find_dated_events, find_projects
from ingest.facts.quantities import Quantity, chinese_number, find_quantities
from ingest.facts.sentences import Clause, Sentence
from ingest.facts.wording import Lexicon, Mark, read_rows
from ingest.text_normal import NormalText

_EVENT_INDICATORS = {
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
_AMOUNT_OF = {counts: amounts for counts, amounts in _EVENT_INDICATORS.values() if amounts != "other"}
_ACTIVITY_UNITS = frozenset(("次", "余次", "批", "批次", "人次", "名", "人", "位", "场", "场次", "趟", "组", "轮", "团"))
_PIECE_UNITS = frozenset(("个", "项", "家", "宗", "户"))

_TARGET_AFTER = re.compile(
    r"^(?:以上|左右|人民币)?）?的?(?:[^，。；、\d的]{0,8}?)(?:目标任务|任务目标|目标|任务|计划|指标)(?!总?投资|项目|书)"
)
_TARGET_OF = re.compile(r"^(?:人民币)?）?的?\s?(?:近|约|逾|超)?(?:\d|百分之|[一二三四五六七八九]成)")
_TARGET_BEFORE = re.compile(r"(?:目标任务|任务目标|目标|任务|计划|指标)(?:数|值|额)?(?:为|是|的|总额|：|:)?[“（(]?$")
_TASK_OF_PROJECTS = re.compile(r"^[^，。；、]{0,10}项目的?(?:目标)?任务")
_PLANNED_AFTER = re.compile(r"^[^，。；、]{0,14}(?:将于|将在|即将|有望|可望|(?<!按)计划|预计|力争|拟)[^，。；、]{0,12}(?:开工|竣工|投产|签约|落地|落户|建成)")
_COMPLETION = re.compile(
    r"(?:完成|占|达到?|为|实现|相当于)[^，。；]{0,24}?(?:任务|目标|计划|指标|预期|进度)[^，。；%]{0,24}$|完成率(?:为|达到?|是)?$|完成(?:全年|年度|年初)(?:确定)?的?$"
)
_RANK = re.compile(
    r"(?P<scope>(?:全|我|本)?(?:省|市|区|州|盟|县|国)(?:直管|各)?(?:市州|市|县区|州市|县|区)?|[中西东][部南北][\u4e00-\u9fff]{0,2}?[六七八九十]?省(?:市|区)?|[\u4e00-\u9fff]{2,6}(?:省|市|县|区))?"
    r"[\u4e00-\u9fff]{0,5}?(?:第(?P<number>[一二三四五六七八九十]{1,3}|\d{1,3})(?:位|名)?|(?P<first>首位|榜首|之首))"
)
_RANK_LEAD = re.compile(r"居|列|排|名|位|跃|升")
_NOT_RANK_AFTER = re.compile(r"^(?:届|次|批|季度|季|个|产业|期|轮|条|任|大|家|方阵|梯队|年|天|场|站|部|线|小学|中学|人民)")
_COUNT_NOUN_RIGHT = 18
_REFERENCE_YEAR = re.compile(r"((?:19|20)\d{2})年")


_SPEAKS_OF_PROJECTS = re.compile(r"项目|工程|公司|集团|产业园|基地|签约")
_THIS_EVENT = re.compile(r"此次|本次|这次|此批|仪式上|活动上|会上|现场|当天|当日|集中(?:签约|开工|竣工)的?项目")
_CAMPAIGN = re.compile(r"百日|会战|攻坚(?:活动|行动|月|战)|竞赛|突击月|专项行动|集中行动|招商月")


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


@dataclass(slots=True)
class Frame:
    """What carries over from figure to figure: the region, the time, what is being counted."""

    place: Place
    period: Period = NO_PERIOD
    window: Period = NO_PERIOD
    event: str | None = None
    money: str | None = None
    slice: Slice = NO_SLICE
    amount: str | None = None
    money_slice: Slice = NO_SLICE
    cohort: str | None = None
    stated: bool = False
    blocked: bool = False
    counted: str | None = None
    topic: Slice = NO_SLICE
    whole: Slice = NO_SLICE
    heading: Place | None = None


@dataclass(slots=True)
class Spot:
    """One quantity with its surroundings: positions are relative to the sentence."""

    quantity: Quantity
    clause: Clause
    left: str
    left_marks: list[Mark]
    chunk_marks: list[Mark]
    right: str
    right_marks: list[Mark]
    head: str | None = None
    is_paired: bool = False
    has_average: bool = False
    right_all: str = ""
    barrier: int = 0

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
    paired_places: dict[int, Place] = field(default_factory=dict)


class ArticleReader:
    """Reads the sentences of one article in order, carrying the frame along."""

    def __init__(self, normal: NormalText, places: Places, when: Calendar, is_repost: bool, trace: Trace) -> None:
        """`is_repost` leaves every period unknown that hangs on the page's date."""
        self._normal = normal
        self._places = places
        self._when = when
        self._is_repost = is_repost
        self._trace = trace
        self._frame = Frame(places.home_place())
        self._paragraph = self._paragraph_of_last = -1
        self._campaign: Period | None = None
        self._ceremony: Period | None = None
        self._company: str | None = None
        self.facts: list[Fact] = []

    # -- one sentence ---------------------------------------------------------------------------------------------

    def scan(self, sentence: Sentence) -> SentenceReading:
        """Typed spans of a sentence."""
        if sentence.paragraph != self._paragraph:
            self._enter_paragraph(sentence.paragraph)
        text = sentence.text
        quantities = find_quantities(text)
        # A sentence without numbers or projects only carries region and time along.
        speaks = bool(quantities) or _SPEAKS_OF_PROJECTS.search(text) is not None
        reading = SentenceReading(
            sentence,
            terms().marks(text) if speaks else [],
            origins().marks(text) if quantities else [],
            quantities,
            find_periods(text, self._context_calendar(text)),
            self._places.subjects(text, self._frame.place),
        )
        reading.quantities = [
            quantity
            for quantity in reading.quantities
            if not any(item.start <= quantity.start < item.end for item in reading.periods)
        ]
        reading.pairs = _pairs(reading)
        reading.is_template = has_placeholder(text)
        reading.paired_places = self._paired_places(reading)
        return reading

    def read(self, sentence: Sentence) -> list[Fact]:
        """The facts of a sentence; numbers that belong to a named project are no figures of a region."""
        reading = self.scan(sentence)
        first = len(self.facts)
        self._begin_sentence(reading)
        events, taken = find_projects(sentence, reading.marks, reading.quantities, self._frame.event)
        if not events:
            events = find_dated_events(sentence, reading.quantities, self._company)
            taken = [(event.money.start, event.money.end) for event in events if event.money is not None]
        self._company = company_in(sentence.text) or self._company
        reading.places = [
            item
            for item in reading.places
            if not any(event.span[0] <= item.start < event.span[1] for event in events)
        ]
        self._figures(reading, taken, first)
        self._paired_growth(reading, first)
        self.facts += [self._project(reading, event) for event in events]
        if len(self.facts) > first:
            self._paragraph_of_last = sentence.paragraph
        self._end_sentence(reading)
        return self.facts[first:]

    def _figures(self, reading: SentenceReading, taken: Sequence[Span], first: int) -> None:
        sentence = reading.sentence
        previous_end = 0
        for number, quantity in enumerate(reading.quantities):
            if any(start <= quantity.start < end for start, end in taken):
                previous_end = max(previous_end, quantity.end)
                continue
            if quantity.bound is not None:
                self._note(sentence, "attribute", quantity, "项目规模门槛 size threshold")
                continue
            spot = self._spot(reading, number, previous_end)
            outcome = self._decide(reading, spot, first)
            if isinstance(outcome, Refusal):
                if quantity.family not in ("percent", "times", "points") and outcome.is_other_figure:
                    self._frame.money, self._frame.blocked = None, True
                self._note(sentence, "refused", quantity, outcome.reason)
            elif outcome is not None:
                self.facts.append(outcome)
                self._frame.blocked = False
                self._note(sentence, "fact", quantity, f"{outcome.kind} {outcome.indicator}")
            previous_end = quantity.end
        self._ranks(reading, first)

    def _paired_growth(self, reading: SentenceReading, first: int) -> None:
        """`分别增长1.4倍和1.28倍`: the last figures before it, in order."""
        for mark in reading.marks:
            if mark.kind != "separately":
                continue
            clause = reading.sentence.clause_at(mark.start)
            lead = reading.sentence.text[mark.start : mark.end + 8]
            way = re.search(r"增长|上升|下降|减少|增", lead)
            values = [
                q for q in reading.quantities if mark.end <= q.start < clause.end and q.family in ("percent", "times")
            ]
            start = reading.sentence.start
            owners = [
                index
                for index in range(first, len(self.facts))
                if self.facts[index].kind == "aggregate"
                and self.facts[index].span[0] < self._normal.original_span(start + mark.start, start + mark.end)[0]
            ][-len(values) :]
            if way is None or len(values) < 2 or len(owners) != len(values):
                continue
            sign = -1 if way.group() in ("下降", "减少") else 1
            for index, quantity in zip(owners, values, strict=True):
                if self.facts[index].yoy_percent is None:
                    self.facts[index] = self.facts[index].but(yoy_percent=sign * quantity.value)

    def _project(self, reading: SentenceReading, event: ProjectEvent) -> Fact:
        sentence, money = reading.sentence, event.money
        place = self._place_at(reading, event.span[0])
        period = self._period_before(reading, event.span[1])
        if period is None and self._ceremony is not None and _THIS_EVENT.search(reading.sentence.text):
            period = self._ceremony
        if period is None:
            carried = self._frame.stated or self._frame.period.end is not None
            period = self._frame.period if carried else NO_PERIOD
        start, end = sentence.start + event.span[0], sentence.start + event.span[1]
        self._trace.add("fact", event.name, f"project {event.event}", self._normal.original_span(start, end))
        return Fact(
            "project",
            None,
            event.event,
            money.value if money else None,
            money.family if money else None,
            self._normal.verbatim(sentence.start + money.start, sentence.start + money.end) if money else None,
            place.name,
            place.code,
            place.raw,
            NO_PERIOD if self._is_repost else period,
            self._normal.verbatim(sentence.start, sentence.end).strip(),
            self._normal.original_span(start, end),
            self._normal.original_span(sentence.start, sentence.end),
            project_name=event.name,
            investor=event.investor,
        )

    def _paired_places(self, reading: SentenceReading) -> dict[int, Place]:
        """`甲、乙、丙三市分别到位1亿、2亿和3亿元`: each number its own region."""
        paired: dict[int, Place] = {}
        text = reading.sentence.text
        for mark in reading.marks:
            if mark.kind != "separately":
                continue
            clause = reading.sentence.clause_at(mark.start)
            numbers = [q for q in reading.quantities if mark.end <= q.start < clause.end and q.bound is None]
            places = self._places.listed(text[: mark.start])
            if len(numbers) >= 2 and len(places) == len(numbers):
                paired |= {quantity.start: place for quantity, place in zip(numbers, places, strict=True)}
        return paired

    def _context_calendar(self, text: str) -> Calendar:
        """A bare 全年 means the year spoken of before."""
        year = self._frame.period.end.year if self._frame.period.end else None
        if year is not None and self._when.year is not None and year == self._when.year - 1 and "全年" in text[:4]:
            return Calendar(self._when.published, year)
        return self._when

    def _enter_paragraph(self, paragraph: int) -> None:
        self._paragraph, self._company = paragraph, None
        window = self._frame.window
        home = self._places.home_place()
        place = self._frame.heading or (self._frame.place if home.name is None else home)
        self._frame = Frame(place, window, window, cohort=self._frame.cohort, heading=self._frame.heading)

    def _begin_sentence(self, reading: SentenceReading) -> None:
        frame = self._frame
        frame.slice, frame.amount, frame.blocked, frame.counted = NO_SLICE, None, False, None
        frame.topic = frame.whole = NO_SLICE
        cohorts = [mark for mark in reading.marks if mark.kind == "cohort"]
        if cohorts:
            frame.cohort = cohorts[0].text

    def _end_sentence(self, reading: SentenceReading) -> None:
        frame = self._frame
        if reading.places:
            frame.place = reading.places[-1].place
            last = reading.places[-1]
            if reading.sentence.is_headline and last.end - last.start >= len(reading.sentence.text.strip()) - 3:
                frame.heading = last.place
        for item in reading.periods:
            if item.scope == "day" and item.period != NO_PERIOD and not self._is_press(reading, item):
                self._ceremony = item.period
            if self._is_event_name(reading, item, reading.periods):
                continue
            if item.scope == "window" and item.period.end and self._opens_campaign(reading, item):
                self._campaign = item.period
            if item.scope in ("window", "since", "now", "year") and item.period != NO_PERIOD:
                frame.window = self._resolve(item, reading, item.end)
        last = self._period_before(reading, len(reading.sentence.text))
        if last is not None:
            frame.period, frame.stated = last, True

    def _spot(self, reading: SentenceReading, number: int, previous_end: int) -> Spot:
        quantity = reading.quantities[number]
        sentence = reading.sentence
        clause = sentence.clause_at(quantity.start)
        following = next(
            (later.start for later in reading.quantities[number + 1 :] if later.bound is None), len(sentence.text)
        )
        left_from = max(previous_end, clause.start)
        right_to = min(following, clause.end, _bracket_after(sentence.text, quantity))
        head = reading.pairs.get(number)
        left = sentence.text[left_from : quantity.start]
        left_marks = [mark for mark in reading.marks if left_from <= mark.start and mark.end <= quantity.start]
        if head is not None:
            left, left_marks = head, terms().marks(head)
        barrier = self._barrier(sentence, quantity.start, previous_end, clause)
        return Spot(
            quantity,
            clause,
            left,
            left_marks,
            [mark for mark in reading.marks if barrier <= mark.start and mark.end <= quantity.start],
            sentence.text[quantity.end : right_to],
            [mark for mark in reading.marks if quantity.end <= mark.start < right_to],
            head,
            *self._pairing(reading, clause, quantity),
            barrier,
        )

    @staticmethod
    def _pairing(reading: SentenceReading, clause: Clause, quantity: Quantity) -> tuple[bool, bool, str]:
        """Whether the clause pairs its numbers (分别为), whether it speaks of averages, and its rest."""
        inside = [mark for mark in reading.marks if clause.start <= mark.start < quantity.start]
        return (
            any(mark.kind == "separately" for mark in inside),
            any(mark.kind == "avg" for mark in inside),
            reading.sentence.text[quantity.end : clause.end],
        )

    @staticmethod
    def _barrier(sentence: Sentence, position: int, previous_end: int, clause: Clause) -> int:
        """Where the words that may rule a number begin: not in the rest of an earlier figure's clause."""
        if previous_end > clause.start:
            return previous_end
        before = sentence.clause_at(previous_end).end + 1 if previous_end else 0
        semicolons = [c.end for c in sentence.clauses if c.mark == "；" and c.end <= position]
        return max([before, *semicolons])

    # -- what a quantity is -----------------------------------------------------------------------------------------

    def _decide(self, reading: SentenceReading, spot: Spot, first: int) -> Fact | Refusal | None:
        quantity = spot.quantity
        if self._is_lost(reading.sentence, quantity):
            return Refusal("字符缺失 characters lost")
        if reading.is_template:
            return Refusal("范文占位 figures blanked out")
        if quantity.family == "points":
            return Refusal("百分点 percentage points")
        is_rate = any(mark.kind == "rate" for mark in spot.chunk_marks)
        if self._frame.blocked and not is_rate and (
            quantity.family in ("percent", "times") or self._is_target(reading, spot)
        ):
            return Refusal("属于不收的指标 belongs to a figure not collected")
        if quantity.family in ("percent", "times"):
            return self._percent(reading, spot, first)
        if quantity.is_range:
            return Refusal("区间 range")
        if quantity.is_money:
            return self._money(reading, spot, first)
        return self._count(reading, spot)

    def _is_lost(self, sentence: Sentence, quantity: Quantity) -> bool:
        start, end = sentence.start + quantity.start, sentence.start + quantity.end
        return any(a <= end and b >= start for a, b in self._normal.losses)

    def _percent(self, reading: SentenceReading, spot: Spot, first: int) -> Fact | Refusal | None:
        quantity = spot.quantity
        text = reading.sentence.text
        lead = spot.left if spot.head is not None else text[spot.clause.start : quantity.start]
        trend = next((mark for mark in reversed(spot.left_marks) if mark.kind in ("up", "down", "rate", "share")), None)
        named = spot.left_marks if trend is not None else spot.chunk_marks
        rate = next((mark for mark in reversed(named) if mark.kind == "rate"), None)
        if spot.head is None and _COMPLETION.search(_since_comma(lead)):
            return self._completion(spot, first)
        if rate is not None and quantity.family == "percent" and (trend is None or trend.kind in ("rate",)):
            if rate.meaning == "never":
                return Refusal(f"不收的比率 rate not collected: {rate.text}")
            return self._fact(reading, spot, rate.meaning, self._is_target(reading, spot))
        if spot.is_paired and spot.head is None and rate is None:
            return None
        if trend is not None and trend.kind in ("up", "down"):
            return self._growth(reading, spot, first, trend.kind == "down")
        if (short := re.search(r"(?:^|[，、（比])(?:同比)?(?P<way>增|降|减)(?:约|近|超|逾)?$", lead)) is not None:
            return self._growth(reading, spot, first, short["way"] != "增")
        if quantity.family == "times" and re.search(r"(?:去年|上年)(?:同期)?的$", lead):
            self._attach_yoy(reading, spot, first, (quantity.value - 100))
            return None
        if any(mark.kind == "share" for mark in spot.left_marks):
            return Refusal("占比 share")
        return Refusal("没有指标的百分数 percentage of nothing known")

    def _completion(self, spot: Spot, first: int) -> Refusal | None:
        candidates = [
            index for index in range(len(self.facts) - 1, max(first, len(self.facts) - 3) - 1, -1)
            if self.facts[index].kind == "aggregate"
        ]
        if not candidates or spot.quantity.family != "percent":
            return Refusal("完成率没有所属的数 completion of nothing known")
        index = candidates[0]
        if self.facts[index].target_completion_percent is None:
            self.facts[index] = self.facts[index].but(target_completion_percent=spot.quantity.value)
        return None

    def _growth(self, reading: SentenceReading, spot: Spot, first: int, falling: bool) -> Refusal | None:
        text = reading.sentence.text[max(spot.clause.start, spot.quantity.start - 24) : spot.quantity.start]
        if any(mark.kind == "yoy_other" for mark in spot.left_marks) or "环比" in text or "年均" in text:
            return Refusal("不是同比 not year on year")
        value = spot.quantity.value
        negative = reading.sentence.text[: spot.quantity.start].endswith(("-", "负"))
        sign = -1 if falling or negative else 1
        return self._attach_yoy(reading, spot, first, sign * value)

    def _attach_yoy(self, reading: SentenceReading, spot: Spot, first: int, value: Decimal) -> Refusal | None:
        index = self._growth_owner(spot, first)
        if index is None:
            return Refusal("增长没有所属的数 growth of nothing known")
        fact = self.facts[index]
        years = _REFERENCE_YEAR.findall(spot.left)
        base = fact.period.end or fact.period.start
        if years and base is not None and int(years[-1]) != base.year - 1 and int(years[-1]) != base.year:
            return Refusal("不是与上年比 compared with another year")
        if fact.yoy_percent is None:
            self.facts[index] = fact.but(yoy_percent=value)
        return None

    def _growth_owner(self, spot: Spot, first: int) -> int | None:
        """The fact that grew: the last one of the sentence, or the earlier one the clause names again."""
        words = {mark.kind for mark in spot.left_marks}
        named = [mark for mark in spot.left_marks if mark.kind in ("event", "funds", "amount")]
        counted = bool(re.search(r"个数|项目数|数量|家数", spot.left))
        if named and named[-1].kind != "event" and not counted:
            money = [
                index
                for index, fact in enumerate(self.facts)
                if index >= first and fact.kind == "aggregate" and fact.unit is not None and len(fact.unit) == 3
            ]
            if money:
                return money[-1]
        if named and (counted or "project" in words):
            wanted = named[-1].meaning
            for index in range(len(self.facts) - 1, -1, -1):
                fact = self.facts[index]
                if (
                    fact.indicator in _EVENT_INDICATORS.get(wanted, ("",))[:1]
                    and fact.unit == "count"
                    and fact.slice == NO_SLICE
                ):
                    return index
            return None
        same = [index for index in range(first, len(self.facts)) if self.facts[index].kind != "project"]
        achieved = [index for index in same if self.facts[index].kind == "aggregate"]
        # 完成全年目标X的Y%，同比增长Z%: what grew is the achieved figure, not the target between.
        return achieved[-1] if achieved else same[-1] if same else None

    # -- money --------------------------------------------------------------------------------------------------------

    def _money(self, reading: SentenceReading, spot: Spot, first: int) -> Fact | Refusal | None:
        refusal = self._never(spot)
        if refusal is not None:
            return refusal
        if self._is_rounded_again(reading, spot):
            return Refusal("约数，随后有准数 rounded, the exact figure follows")
        indicator = self._money_indicator(reading, spot)
        if isinstance(indicator, Refusal):
            return indicator
        head = spot.nearest("funds", "amount")
        if self._frame.blocked and head is not None and head.kind == "amount" and not _last(spot.left_marks, "event"):
            return Refusal("属于不收的指标 belongs to a figure not collected", True)
        if indicator not in ("funds_arrived", "fdi_arrived") and _names_a_project(spot):
            return Refusal("单个项目的投资 investment of one project")
        target = self._is_target(reading, spot)
        if self._is_of_last_project(reading, spot, first):
            return None
        if indicator is None:
            if target and len(self.facts) > 0 and self._last_money() is not None:
                indicator = self._last_money()
            else:
                return Refusal("不知是什么钱 money of nothing known")
        assert indicator is not None
        return self._fact(reading, spot, indicator, target)

    def _is_rounded_again(self, reading: SentenceReading, spot: Spot) -> bool:
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

    def _is_of_last_project(self, reading: SentenceReading, spot: Spot, first: int) -> bool:
        """`该项目总投资1.8亿元` states the project named before; the project gets it."""
        head = spot.nearest("amount")
        if head is None or head.meaning not in ("invest", "contract") or not self.facts:
            return False
        if not re.search(r"该项目|项目(?:计划|一期)?总投资|^(?:[^，。；]{0,12}，)?(?:计划)?总投资", reading.sentence.text[: spot.quantity.start]):
            return False
        if any(q.family == "count" and q.end < spot.quantity.start for q in reading.quantities) and "该项目" not in reading.sentence.text:
            return False
        last = self.facts[-1]
        if last.kind != "project" or (len(self.facts) == first and self._paragraph_of_last != reading.sentence.paragraph):
            return False
        if last.value is None:
            raw = self._normal.verbatim(
                reading.sentence.start + spot.quantity.start, reading.sentence.start + spot.quantity.end
            )
            self.facts[-1] = last.but(value=spot.quantity.value, unit=spot.quantity.family, value_raw=raw)
        return True

    def _last_money(self) -> str | None:
        for fact in reversed(self.facts[-6:]):
            if fact.unit is not None and len(fact.unit) == 3 and fact.kind != "project":
                return fact.indicator
        return None

    def _never(self, spot: Spot) -> Refusal | None:
        if any(mark.kind == "avg" and mark.start >= spot.clause.start for mark in (*spot.left_marks, *spot.chunk_marks)) or (
            spot.is_paired and spot.has_average
        ):
            return Refusal("平均数 average", True)
        for mark in reversed(spot.left_marks):
            if mark.kind == "change" or (mark.kind in ("up", "down") and spot.quantity.family != "percent"):
                if spot.quantity.start - (spot.clause.start + 0) >= 0 and _adjacent(spot.left, mark.text):
                    return Refusal("增减的绝对数 absolute change")
            if mark.kind == "amount" and mark.meaning == "never" and spot.quantity.is_money:
                return Refusal(f"不收的指标 figure not collected: {mark.text}", True)
            if mark.kind in ("funds", "amount", "event"):
                break
        if spot.quantity.is_money and re.match(r"^[^，。；、]{0,6}(?:贷款|奖|补贴|税|产值|产业(?!园|项目)|基金)", spot.right):
            return Refusal("不收的指标 figure not collected")
        return None

    def _money_indicator(self, reading: SentenceReading, spot: Spot) -> str | Refusal | None:
        frame = self._frame
        mark = spot.nearest("funds", "amount")
        if mark is not None and mark.text == "招商引资" and not spot.left.endswith(("招商引资", "招商引资约", "招商引资达")):
            mark = next((m for m in reversed(spot.left_marks) if m.kind in ("funds", "amount") and m != mark), None)
        event_mark = _last(spot.left_marks, "event")
        foreign = spot.quantity.family != "CNY"
        if mark is None:
            first = spot.right_marks[0] if spot.right_marks else None
            if first is not None and first.kind == "funds" and first.start - spot.quantity.end <= 1:
                return first.meaning
            if event_mark is not None and event_mark.meaning in _EVENT_INDICATORS and _tight(spot.left, event_mark.text):
                return _EVENT_INDICATORS[event_mark.meaning][1]
            if frame.money is not None and _elliptical(spot):
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
        return self._amount_indicator(reading, spot, mark)

    def _amount_indicator(self, reading: SentenceReading, spot: Spot, mark: Mark) -> str | Refusal | None:
        """Total or contracted investment belongs to what was named last in the sentence, else to what is counted."""
        counts = [
            q.end
            for q in reading.quantities
            if q.family == "count" and q.unit in _PIECE_UNITS and q.end <= spot.quantity.start
        ]
        marks = [
            m
            for m in reading.marks
            if m.kind == "event" and m.end <= spot.quantity.start and m.meaning in _EVENT_INDICATORS
        ]
        since = [m.meaning for m in marks if counts and m.start >= counts[-1]]
        if counts and not since and self._frame.counted is not None:
            before = [self._frame.counted]
        else:
            before = since or [m.meaning for m in marks]
        after = [
            m.meaning
            for m in reading.marks
            if m.kind == "event" and spot.quantity.end <= m.start < spot.clause.end and m.meaning in _EVENT_INDICATORS
        ]
        event = before[-1] if before else after[0] if after else self._frame.event
        if mark.meaning == "contract" and (not before or (before == ["mixed"] and "外资" in mark.text)):
            event = "signed"
        if event is None or event not in _EVENT_INDICATORS:
            return Refusal("不知是哪些项目的投资 investment of nothing known")
        return _EVENT_INDICATORS[event][1]

    # -- counts -------------------------------------------------------------------------------------------------------

    def _count(self, reading: SentenceReading, spot: Spot) -> Fact | Refusal | None:
        refusal = self._never(spot)
        if refusal is not None:
            return refusal
        indicator = (
            self._activity(reading, spot)
            if spot.quantity.unit in _ACTIVITY_UNITS
            else self._pieces(reading, spot)
        )
        if isinstance(indicator, Refusal) or indicator is None:
            return indicator or Refusal("数的不是招商事项 counts something else")
        return self._fact(reading, spot, indicator, self._is_target(reading, spot))

    def _activity(self, reading: SentenceReading, spot: Spot) -> str | Refusal:
        unit = spot.quantity.unit
        left, right = spot.left_marks or spot.chunk_marks, spot.right_marks
        kinds = {mark.kind for mark in left}
        right_kinds = {mark.kind for mark in right}
        if unit in ("场", "场次"):
            return "other" if "promo" in kinds | right_kinds else Refusal("不是招商活动 no promotion event")
        received = "received" in kinds or (
            "received" in right_kinds and bool({"guest", "firm"} & (kinds | right_kinds))
        )
        if received:
            invited = any(mark.text == "邀请" for mark in left) and "received" not in right_kinds
            if invited:
                return Refusal("邀请参会不是来访 invited, not visiting")
            if {"guest", "firm"} & (kinds | right_kinds) or unit in ("批", "批次", "人次", "次"):
                return "visitors_received"
        if "trip" in kinds and unit in ("次", "余次", "批", "批次", "趟", "轮", "人次"):
            return "outreach_trips"
        if unit in ("次", "余次", "批", "批次", "趟", "轮") and "trip" in right_kinds:
            return "outreach_trips"
        return Refusal("不是招商活动的次数 no outreach or visit")

    def _pieces(self, reading: SentenceReading, spot: Spot) -> str | Refusal | None:
        if re.match(r"^[^，。；、]{0,12}项目中(?!心)", spot.right_all) and not _last(spot.left_marks, "event"):
            return Refusal("重提总数 the whole mentioned again")
        if any(mark.kind == "fdi_new" for mark in (*spot.left_marks, *spot.right_marks)):
            self._frame.counted = "mixed"
            return "other"
        noun = self._noun(spot)
        if isinstance(noun, Refusal):
            return noun
        event = self._event(reading, spot)
        if noun == "firm":
            return self._firms(spot, event)
        if event is None:
            event = self._frame.event
        if event is None:
            if _TASK_OF_PROJECTS.match(spot.right_all):
                return "other"
            return Refusal("项目没有事件 projects without an event")
        if event == "never":
            return Refusal("储备、谋划、推介类项目 projects only planned or promoted", True)
        self._frame.event = self._frame.counted = event
        return _EVENT_INDICATORS[event][0]

    def _firms(self, spot: Spot, event: str | None) -> str | Refusal:
        visited = _last(spot.left_marks, "visited")
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
        if event in ("landed", "signed") and re.search(r"引进|落户|落地|入驻|注册|入园|招引|签约|签订|签署", spot.left + spot.right):
            return "signed_projects" if re.search(r"签约|签订|签署", spot.left + spot.right) else "landed_projects"
        return Refusal("企业数不是招商事项 firms without an event")

    def _noun(self, spot: Spot) -> str | Refusal | None:
        """What the number counts: `project`, `firm`, or None where the text leaves it out."""
        right = spot.right[:_COUNT_NOUN_RIGHT]
        heads = [mark for mark in terms().marks(right) if mark.kind in ("project", "firm", "guest")]
        stop = re.search(r"[，。；：、（）]", right)
        if heads and (stop is None or heads[0].start < stop.start()):
            return "project" if heads[0].kind == "project" else "firm"
        first = right[:1]
        if first and first not in "，。；：、（）”)" and not _verb_follows(right):
            return Refusal("数的不是项目或企业 counts something else")
        left_heads = [mark for mark in spot.left_marks if mark.kind in ("project", "firm", "guest")]
        if left_heads:
            return "project" if left_heads[-1].kind == "project" else "firm"
        if spot.quantity.unit in ("家", "户"):
            return "firm" if _last(spot.left_marks, "visited") or self._frame.event is None else None
        chunk_heads = [mark for mark in spot.chunk_marks if mark.kind == "project"]
        if chunk_heads or self._frame.event is not None:
            return None
        if _last(spot.left_marks, "event") is not None:
            return None
        return Refusal("数的不是项目或企业 counts something else")

    def _event(self, reading: SentenceReading, spot: Spot) -> str | None:
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
        if _elliptical(spot) and self._frame.event is not None:
            return self._frame.event
        chunk = [mark for mark in spot.chunk_marks if mark.kind == "event"]
        if chunk:
            return chunk[-1].meaning
        return None

    # -- target or done ---------------------------------------------------------------------------------------------------

    def _is_target(self, reading: SentenceReading, spot: Spot) -> bool:
        text = reading.sentence.text
        after = text[spot.quantity.end : spot.quantity.end + 16]
        if _TARGET_AFTER.match(after) or _TASK_OF_PROJECTS.match(spot.right_all):
            return True
        if _TARGET_BEFORE.search(spot.left) or (
            _TARGET_OF.match(after) and re.search(r"任务|目标|计划|指标", spot.left)
        ):
            return True
        if spot.quantity.family == "count" and _PLANNED_AFTER.match(spot.right):
            return True
        if any(mark.kind == "target" for mark in spot.left_marks):
            noun = _last(spot.left_marks, "target")
            assert noun is not None
            if noun.meaning in ("verb", "floor"):
                return not self._over(reading, spot, noun)
            done = re.search(r"完成|超额|围绕|对照", spot.left[: max(0, spot.left.find(noun.text))])
            return done is None
        verb = next(
            (mark for mark in reversed(reading.marks) if mark.kind == "target" and mark.meaning == "verb" and mark.end <= spot.quantity.start),
            None,
        )
        if verb is None:
            return False
        between = text[verb.end : spot.quantity.start]
        if re.search(r"；|截至|目前|已(?!建成)|累计", between):
            return False
        if re.search(r"，(?:完成|实现)", between) and not re.match(r"力争|确保|争取|要|必须|目标", verb.text):
            return False
        return not self._over(reading, spot, verb)

    def _over(self, reading: SentenceReading, spot: Spot, verb: Mark) -> bool:
        """预计 about a period that is over when the page appears is a report, not a target."""
        if verb.text != "预计" or self._when.published is None:
            return False
        period = self._period(reading, spot)
        return period.end is not None and period.end < self._when.published

    # -- a fact -----------------------------------------------------------------------------------------------------------

    def _fact(self, reading: SentenceReading, spot: Spot, indicator: str, target: bool) -> Fact:
        quantity, sentence = spot.quantity, reading.sentence
        place = self._place(reading, spot)
        part = self._slice(reading, spot, indicator)
        unit = quantity.family
        period = self._target_period(reading, spot) if target else self._period(reading, spot)
        if self._is_repost:
            period = NO_PERIOD
        span = self._normal.original_span(sentence.start + quantity.start, sentence.start + quantity.end)
        evidence = self._normal.original_span(sentence.start, sentence.end)
        if unit == "count":
            if _is_topic(reading, spot):
                self._frame.topic = part
            self._frame.slice = part
            self._frame.amount = _AMOUNT_OF.get(indicator)
        if quantity.is_money:
            self._frame.money, self._frame.money_slice = indicator, part
        if indicator == "other" and unit == "count" and self._frame.counted == "mixed" and part.origin == "境外":
            part = Slice(part.threshold_min, part.threshold_currency, None, part.industry, "外资")
        if indicator == "fdi_arrived":
            part = Slice(part.threshold_min, part.threshold_currency, "境外", part.industry, part.qualifier)
        return Fact(
            "target" if target else "aggregate",
            indicator,
            None,
            quantity.value,
            unit,
            self._normal.verbatim(sentence.start + quantity.start, sentence.start + quantity.end),
            place.name,
            place.code,
            place.raw,
            period,
            self._normal.verbatim(sentence.start, sentence.end).strip(),
            span,
            evidence,
            part,
        )

    def _place(self, reading: SentenceReading, spot: Spot) -> Place:
        if spot.quantity.start in reading.paired_places:
            return reading.paired_places[spot.quantity.start]
        return self._place_at(reading, spot.quantity.start)

    def _place_at(self, reading: SentenceReading, position: int) -> Place:
        ruling = [item for item in reading.places if item.start < position]
        return ruling[-1].place if ruling else self._frame.place

    def _slice(self, reading: SentenceReading, spot: Spot, indicator: str) -> Slice:
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
        if origin_kind is None and self._places.other_provinces(reading.sentence.text[start : spot.quantity.start]):
            origin_kind = "省外"
        own = Slice(
            threshold.value if threshold else None,
            threshold.family if threshold else "CNY",
            origin_kind,
            (industry[-1].meaning or industry[-1].text) if industry else None,
            (origin[-1].meaning or None) if origin else self._frame.cohort,
        )
        whole = self._whole(reading, spot, indicator)
        if any(q.bound in ("band", "max") and start <= q.start < spot.quantity.start for q in reading.quantities):
            whole = Slice(None, "CNY", whole.origin, whole.industry, whole.qualifier)
        return own.within(whole)

    def _whole(self, reading: SentenceReading, spot: Spot, indicator: str) -> Slice:
        """What a slice inherits: money from the count before it, a part from its whole."""
        frame = self._frame
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
            counted = [
                q for q in reading.quantities if q.family == "count" and semicolon <= q.start < spot.quantity.start
            ]
            moved = any(semicolon <= item.start < spot.quantity.start for item in reading.places)
            if counted or (frame.slice != NO_SLICE and not moved and indicator == frame.amount):
                return frame.slice
            return frame.money_slice if same or _elliptical(spot) else NO_SLICE
        if same and same[-1].start >= spot.clause.start:
            frame.whole = frame.slice
            return frame.slice
        if same:
            return frame.whole
        if frame.topic != NO_SLICE and not any(m.kind == "project" for m in spot.left_marks):
            return frame.topic
        if _elliptical(spot):
            return frame.slice
        return NO_SLICE

    # -- time -------------------------------------------------------------------------------------------------------------

    def _period(self, reading: SentenceReading, spot: Spot) -> Period:
        found = self._period_before(reading, spot.quantity.start)
        if found is not None:
            return found
        if self._ceremony is not None and _THIS_EVENT.search(reading.sentence.text[: spot.quantity.end + 12]):
            return self._ceremony
        return self._frame.period

    def _period_before(self, reading: SentenceReading, position: int) -> Period | None:
        """The stretch of time that rules a position, from the words before it; None where there are none."""
        text = reading.sentence.text
        items = [
            item
            for item in reading.periods
            if item.start <= position
            and item.scope != "plan"
            and _depth(text, item.start) <= _depth(text, min(position, len(text)))
        ]
        for item in reversed(items):
            if item.scope in ("recent", "day") and self._is_press(reading, item):
                continue
            if item.scope in ("window", "year") and self._is_event_name(reading, item, items):
                continue
            return self._resolve(item, reading, position)
        return None

    def _resolve(self, item: When, reading: SentenceReading, position: int) -> Period:
        year = self._when.year
        earlier = [other for other in reading.periods if other.end <= item.start]
        if item.scope == "as_of":
            since = next((other for other in reversed(earlier) if other.scope == "since"), None)
            if since is not None and since.period.start:
                return Period(since.period.start, item.period.end)
            if self._frame.cohort:
                return Period(None, item.period.end)
            return item.period
        if item.scope == "since":
            as_of = next((other for other in reversed(earlier) if other.scope == "as_of"), None)
            if as_of is not None and as_of.period.end and item.period.start:
                return Period(item.period.start, as_of.period.end)
            window = self._frame.period
            if frame_has_window(self._frame) and window.start == item.period.start:
                return window
            return item.period
        if item.scope == "year":
            as_of = next((other for other in reversed(earlier) if other.scope == "as_of"), None)
            if as_of is not None and as_of.period.end and item.period.start and item.period.start.year == as_of.period.end.year:
                return Period(item.period.start, as_of.period.end)
            window = self._frame.period
            running = item.period.end is not None and (
                item.text.startswith(("今年", "本年"))
                or (self._when.published is not None and item.period.end > self._when.published)
            )
            if running and item.period.start is not None:
                if self._frame.stated and window.end is not None and window.start == item.period.start:
                    return window
                return Period(item.period.start, None)
            return item.period
        if item.scope == "this_month":
            end = self._frame.period.end
            before = [other.period.end for other in earlier if other.period.end]
            end = before[-1] if before else end
            return month_window(end.year, end.month, end.month) if end else NO_PERIOD
        if item.scope == "now":
            since = next((other for other in reversed(earlier) if other.scope in ("since", "year")), None)
            if since is not None:
                return Period(since.period.start, None)
            if self._frame.cohort:
                known = self._frame.period
                return known if known.start is None else NO_PERIOD
            if year is None:
                return NO_PERIOD
            return Period(date(year, 1, 1), None)
        return item.period

    def _is_press(self, reading: SentenceReading, item: When) -> bool:
        """Whether a day is only the day of the report: 3月21日通报."""
        text = reading.sentence.text
        clause = reading.sentence.clause_at(item.start)
        rest = text[item.end : clause.end]
        tail = text[item.end : item.end + 80]
        if re.search(r"通报|发布|获悉|了解到|透露|公布|消息|电(?=[（，\s])|讯(?=[（，\s])|督查|调研|介绍|统计|称|表示", rest):
            return True
        if item.scope == "day" and re.search(r"签约|开工|奠基|投产|竣工|落户|动工|签订|签署", tail):
            return False
        return item.scope == "day" or "召开" in rest

    def _is_event_name(self, reading: SentenceReading, item: When, items: list[When]) -> bool:
        """`10月19日，2023年第四季度重大项目集中开工活动…`: the quarter names the event, the day dates it."""
        text = reading.sentence.text
        rest = re.split(r"[，。；]", text[item.end : item.end + 60])[0]
        if not re.search(r"仪式|活动|大会|现场会|推进会|集中(?:开工|签约|竣工)", rest):
            return False
        return any(other.scope == "day" and other.end <= item.start and not self._is_press(reading, other) for other in items)

    def _target_period(self, reading: SentenceReading, spot: Spot) -> Period:
        """The window a target is to be met in: the stated one, else the year."""
        text = reading.sentence.text
        stated = [
            item
            for item in reading.periods
            if item.start <= spot.quantity.start
            and item.scope in ("window", "year", "vague", "plan", "as_of")
            and item.period.end
        ]
        stated = [
            item for item in stated if spot.quantity.family == "percent" or not re.match(r"(?:以来)?的?新?(?:签约|签订|引进)的?(?:项目|合同)", text[item.end : item.end + 8])
        ]
        yardstick = _TARGET_OF.match(text[spot.quantity.end : spot.quantity.end + 16]) or re.search(
            r"完成|占", spot.left
        )
        if self._campaign is not None and not yardstick and not any("年" in item.text for item in stated):
            return self._campaign
        if stated and not yardstick and stated[-1].scope != "as_of":
            return stated[-1].period
        if stated and not yardstick and stated[-1].period.end is not None:
            end = stated[-1].period.end
            return Period(date(end.year, 1, 1), end)
        window = self._frame.period
        ends = [item.period.end.year for item in stated if item.period.end]
        if not ends and not yardstick and self._frame.stated and window.end and window.start and self._is_ahead(window):
            return window
        if ends:
            return whole_year(ends[-1])
        ruling = self._period_before(reading, spot.quantity.start) or self._frame.period
        known = ruling.end or ruling.start
        return whole_year(known.year if known else self._when.year)

    def _opens_campaign(self, reading: SentenceReading, item: When) -> bool:
        """Whether a window is that of a campaign (百日攻坚) still to be run: its targets are due by its end."""
        if _CAMPAIGN.search(reading.sentence.text):
            return True
        before = reading.sentence.text[max(0, item.start - 16) : item.start]
        return bool(re.search(r"将|利用|开始", before)) and _CAMPAIGN.search(self._normal.text) is not None

    def _is_ahead(self, window: Period) -> bool:
        published = self._when.published
        return published is not None and window.end is not None and window.end >= published

    # -- ranks ------------------------------------------------------------------------------------------------------------

    def _ranks(self, reading: SentenceReading, first: int) -> None:
        text = reading.sentence.text
        if "第" not in text and "首" not in text:
            return
        for match in _RANK.finditer(text):
            number = match["number"]
            value = 1 if number is None else int(number) if number.isdigit() else int(chinese_number(number) or 0)
            clause = reading.sentence.clause_at(match.start())
            lead = text[clause.start : match.end()]
            if _NOT_RANK_AFTER.match(text[match.end() : match.end() + 3]) or not (
                _RANK_LEAD.search(lead) or re.fullmatch(r"[，]?(?:总量|总额|规模|增速|增幅)?全[省市区州国]第.{1,3}", lead.strip())
            ):
                continue
            self._attach_rank(reading, match, clause, value, first)

    def _attach_rank(
        self, reading: SentenceReading, match: re.Match[str], clause: Clause, value: int, first: int
    ) -> None:
        text = reading.sentence.text
        start, _ = self._normal.original_span(reading.sentence.start + match.start(), reading.sentence.start + match.end())
        owners = [
            i for i in range(first, len(self.facts)) if self.facts[i].span[0] < start and self.facts[i].kind != "project"
        ]
        if first == len(self.facts) and self._paragraph_of_last == reading.sentence.paragraph and self.facts:
            last_is_figure = self.facts[-1].kind != "project"
            owners = [len(self.facts) - 1] if last_is_figure else []
        lead = text[clause.start : match.end()]
        if not owners or value < 1 or (re.search(r"招商引资|综合|工作", lead) and not re.search(r"到位|资金|金额", lead)):
            self._trace.add("refused", match.group(), "名次没有所属的数 rank of nothing known", (start, start))
            return
        metric = "growth" if re.search(r"增速|增幅|增长率|增长速度", lead) else "value"
        rank = Rank(value, self._places.within(_rank_scope(match["scope"])), "growth" if metric == "growth" else "value")
        fact = self.facts[owners[-1]]
        if fact.rank is None:
            self.facts[owners[-1]] = fact.but(rank=rank)
        elif fact.rank_second is None:
            self.facts[owners[-1]] = fact.but(rank_second=rank)

    def _note(self, sentence: Sentence, outcome: str, quantity: Quantity, reason: str) -> None:
        span = self._normal.original_span(sentence.start + quantity.start, sentence.start + quantity.end)
        shown = self._normal.verbatim(sentence.start + quantity.start, sentence.start + quantity.end)
        self._trace.add(outcome, shown, reason, span)  # type: ignore[arg-type]


def _bracket_after(text: str, quantity: Quantity) -> int:
    """Where a bracket opens after a number that stands outside brackets: its words are an aside."""
    opened = text.find("（", quantity.end)
    return opened if opened >= 0 and _depth(text, quantity.start) == 0 else len(text)


def _is_topic(reading: SentenceReading, spot: Spot) -> bool:
    """`亿元以上项目签约120个、开工80个`: the slice stands before the noun, the noun before the verb."""
    bounds = [q for q in reading.quantities if q.bound == "min" and spot.barrier <= q.start < spot.quantity.start]
    nouns = [m for m in spot.chunk_marks if m.kind == "project"]
    events = [m for m in spot.left_marks if m.kind == "event"]
    return bool(bounds and nouns and events and bounds[0].end <= nouns[0].start < events[-1].start)


def _depth(text: str, position: int) -> int:
    return text.count("（", 0, position) - text.count("）", 0, position)


def frame_has_window(frame: Frame) -> bool:
    """Whether the paragraph itself has stated a closed window."""
    return frame.stated and frame.period.start is not None and frame.period.end is not None


_ONE_PROJECT = re.compile(
    r"^(?:人民币)?的?(?:建设|兴建|新建|开发|实施|改造|打造)?(?P<name>[^，。；、）\d]{3,40}?(?:项目|工程|小区|基地|产业园|广场|生产线|电站))"
)


def _names_a_project(spot: Spot) -> bool:
    found = _ONE_PROJECT.match(spot.right)
    return found is not None and is_specific(found["name"]) and len(specific_part(found["name"])) >= 3


def _rank_scope(scope: str | None) -> str:
    found = re.search(r"全[省市区县州盟国]|[中西东][部南北][\u4e00-\u9fff]{0,2}[六七八九十]?省(?:市|区)?", scope or "")
    return found.group() if found else ""


def _last(marks: Sequence[Mark], kind: str) -> Mark | None:
    return next((mark for mark in reversed(marks) if mark.kind == kind), None)


def _since_comma(text: str) -> str:
    return re.split(r"[，；。、]", text)[-1] if "、" not in text[-2:] else text


def _adjacent(left: str, word: str) -> bool:
    """Whether a word stands right before the number, but for 了, 约, 近…"""
    return bool(re.search(re.escape(word) + r"[了约近超逾达到至为]{0,3}$", left))


def _tight(left: str, word: str) -> bool:
    tail = left.rsplit(word, 1)[-1]
    return len(tail) <= 6 and not re.search(r"项目|企业", tail)


_FILLER = re.compile(
    r"其中|达到?|有|为|的|共|占|包括|含|投资(?:总额|额)?|总投资|项目|合计|约|近|超过?|突破|和|、|及|个|则|仅|以上|级|是|在|上述|分别"
)


def _elliptical(spot: Spot) -> bool:
    """Whether the words before a number only narrow what was counted before: `其中工业项目`, `50亿元以上的`."""
    if any(mark.kind in ("event", "funds", "received", "trip", "visited", "promo") for mark in spot.left_marks):
        return False
    if any(mark.kind == "amount" and mark.meaning not in ("invest",) for mark in spot.left_marks):
        return False
    return len(_FILLER.sub("", spot.left)) <= 14


def _verb_follows(right: str) -> bool:
    """Whether the words after a number go on with a verb instead of naming what it counts."""
    marks = terms().marks(right)
    verbs = ("event", "up", "down", "share", "funds", "amount", "done", "of_which", "target", "change", "received")
    if any(mark.start <= 3 and mark.kind in verbs for mark in marks):
        return True
    return bool(re.match(r"^(?:以上|左右|的|已|同|正|全部|均|则|和|及|与|，|次)", right))


def _coordinated(left: str, first: Mark, second: Mark) -> bool:
    """`新引进、新开工项目`: two different events named as one group."""
    if first.meaning == second.meaning or "never" in (first.meaning, second.meaning):
        return False
    return bool(re.search(re.escape(first.text) + r"[、和及与]" + re.escape(second.text), left))


def _noun_phrase_end(right: str) -> int:
    stop = re.search(r"[，。；：、]", right)
    return min(stop.start() if stop else len(right), 20)


def _pairs(reading: SentenceReading) -> dict[int, str]:
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
            for number, head in zip(numbers, heads, strict=True):
                pairs[number] = head + verb
    return pairs
