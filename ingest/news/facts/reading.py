"""Sentence by sentence: what each number is, and what it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from ingest.news.facts.attributes import Attributes
from ingest.news.facts.counts import count_indicator
from ingest.news.facts.model import NO_PERIOD, Fact, Slice, Span, Trace
from ingest.news.facts.money import is_rounded_again, money_indicator, names_a_project, never
from ingest.news.facts.names import company_in, has_placeholder
from ingest.news.facts.periods import Calendar, find_periods
from ingest.news.facts.places import Place, Places
from ingest.news.facts.projects import ProjectEvent, find_dated_events, find_projects
from ingest.news.facts.quantities import Quantity, find_quantities
from ingest.news.facts.sentences import Sentence, is_of_another_field
from ingest.news.facts.slices import slice_of
from ingest.news.facts.spots import (
    AMOUNT_OF,
    Frame,
    Refusal,
    SentenceReading,
    Spot,
    is_topic,
    last,
    marks_of,
    origins,
    pairs_of,
    spot_of,
)
from ingest.news.facts.targets import is_target
from ingest.news.facts.timing import Timing, speaks_of_campaign
from ingest.news.facts.wording import Mark
from ingest.news.text_normal import NormalText

_COMPLETION = re.compile(
    r"(?:完成|占|达到?|为|实现|相当于)[^，。；]{0,24}?(?:任务|目标|计划|指标|预期|进度)[^，。；%]{0,24}$|完成率(?:为|达到?|是)?$|完成(?:全年|年度|年初)(?:确定)?的?$"
)
_SPEAKS_OF_PROJECTS = re.compile(r"项目|工程|公司|集团|产业园|基地|签约")
_CEREMONY = re.compile(r"(?:集中|现场)(?:签约|开工|竣工|投产)|(?:签约|开工|奠基|竣工|投产)(?:仪式|活动)")
_OF_LAST_PROJECT = re.compile(
    r"该(?:项目|工程)|(?:项目|工程)(?:计划|一期)?总投资|^(?:[^，。；]{0,12}，)?(?:计划)?总投资"
    r"|^(?:据悉，|据了解，)?(?:项目|工程)[^。；]{0,60}?，(?:计划|预计|协议)?总?投资"
)
_BACKER_OF_LAST = re.compile(
    r"^(?:据悉，|据了解，)?该?(?:项目|工程)(?:是)?由(?P<party>[^，。；]{3,36}?)(?:独家|全额|共同|联合)?(?:投资|出资|承建|建设)"
)
_SHORT_TREND = re.compile(r"(?:^|[，、（比])(?:同比)?(?P<way>增|降|减)(?:约|近|超|逾)?$")
_TIMES_LAST_YEAR = re.compile(r"(?:去年|上年)(?:同期)?的$")
_OTHER_FIGURE = "属于不收的指标 belongs to a figure not collected"


class ArticleReader:
    """Reads the sentences of one article in order, carrying the frame along."""

    def __init__(self, normal: NormalText, places: Places, when: Calendar, is_repost: bool, trace: Trace) -> None:
        """`is_repost` leaves every period unknown that hangs on the page's date."""
        self._normal = normal
        self._places = places
        self._is_repost = is_repost
        self._trace = trace
        self._frame = Frame(places.home_place())
        self._timing = Timing(when, speaks_of_campaign(normal.text))
        self._paragraph = self._paragraph_of_last = -1
        self._company: str | None = None
        # What a signing or ground-breaking ceremony goes on to list, paragraph after paragraph.
        self._ceremony_event: str | None = None
        self._carried_by_ceremony = False
        # Of what the projects of a sentence are told, for the rest of one that was too long.
        self._listed_event: str | None = None
        self.facts: list[Fact] = []
        self._attributes = Attributes(self.facts, normal, places.within)

    # -- one sentence ---------------------------------------------------------------------------------------------

    def read(self, sentence: Sentence) -> None:
        """Add the facts of a sentence; numbers that belong to a named project are no figures of a region."""
        if sentence.paragraph != self._paragraph:
            self._paragraph, self._company = sentence.paragraph, None
            self._frame = self._frame.next_paragraph(self._places.home_place())
        reading = self._scan(sentence)
        first = len(self.facts)
        self._frame.begin_sentence(reading.marks)
        events, taken = self._projects(reading)
        self._figures(reading, taken, first)
        self.facts += [self._project(reading, event) for event in events]
        if len(self.facts) > first:
            self._paragraph_of_last = sentence.paragraph
        self._end_sentence(reading)

    def _scan(self, sentence: Sentence) -> SentenceReading:
        """Typed spans of a sentence."""
        text = sentence.text
        quantities = find_quantities(text)
        # A sentence without numbers or projects only carries region and time along.
        speaks = bool(quantities) or _SPEAKS_OF_PROJECTS.search(text) is not None
        periods = find_periods(text, self._timing.context(text, self._frame))
        reading = SentenceReading(
            sentence,
            marks_of(text) if speaks else [],
            origins().marks(text) if quantities else [],
            [q for q in quantities if not any(item.start <= q.start < item.end for item in periods)],
            periods,
            self._places.subjects(text, self._frame.place),
            is_template=has_placeholder(text),
            is_of_another_field=bool(quantities) and is_of_another_field(text),
        )
        reading.pairs = pairs_of(reading)
        reading.paired_places = self._paired_places(reading)
        return reading

    def _projects(self, reading: SentenceReading) -> tuple[list[ProjectEvent], list[Span]]:
        """The sentence's project events and the spans whose numbers are theirs; a place in a name is no region."""
        sentence = reading.sentence
        if reading.is_of_another_field:
            return [], []
        listed = self._listed_event if sentence.goes_on else None
        carried = listed or self._frame.event or self._ceremony_event
        self._carried_by_ceremony = self._frame.event is None and self._ceremony_event is not None
        events, taken = find_projects(sentence, reading.marks, reading.quantities, carried)
        if not events:
            events = find_dated_events(sentence, reading.quantities, self._company)
            taken = [(event.money.start, event.money.end) for event in events if event.money is not None]
        self._listed_event = events[-1].event if events else listed
        self._company = company_in(sentence.text) or self._company
        reading.places = [
            item for item in reading.places if not any(event.span[0] <= item.start < event.span[1] for event in events)
        ]
        self._backer_of_last(sentence, events)
        return events, taken

    def _backer_of_last(self, sentence: Sentence, events: list[ProjectEvent]) -> None:
        """`项目由某公司投资建设` names the investor of the project spoken of before."""
        last_fact = self.facts[-1] if self.facts else None
        found = _BACKER_OF_LAST.match(sentence.text) if not events else None
        if found is None or last_fact is None or last_fact.kind != "project" or last_fact.investor is not None:
            return
        investor = company_in(found["party"])
        if investor is not None and self._paragraph_of_last == sentence.paragraph:
            self.facts[-1] = last_fact.but(investor=investor)

    def _figures(self, reading: SentenceReading, taken: Sequence[Span], first: int) -> None:
        previous_end = 0
        for number, quantity in enumerate(reading.quantities):
            if quantity.bound is not None and not any(start <= quantity.start < end for start, end in taken):
                self._note(reading, "attribute", quantity, "项目规模门槛 size threshold")
                continue
            if not any(start <= quantity.start < end for start, end in taken):
                spot = spot_of(reading, number, previous_end)
                self._keep(reading, quantity, self._decide(reading, spot, first))
            previous_end = max(previous_end, quantity.end)
        self._attributes.ranks(
            reading, first, self._paragraph_of_last, lambda text, at: self._refuse_rank(reading, text, at)
        )
        self._attributes.paired_growth(reading, first)
        self._attributes.paired_completion(reading, first)
        self._attributes.doublings(reading, first)

    def _keep(self, reading: SentenceReading, quantity: Quantity, outcome: Fact | Refusal | None) -> None:
        if isinstance(outcome, Refusal):
            if outcome.is_other_figure and quantity.family not in ("percent", "times", "points"):
                self._frame.money, self._frame.blocked = None, True
            self._note(reading, "refused", quantity, outcome.reason)
        elif outcome is not None:
            self.facts.append(outcome)
            self._frame.blocked = False
            self._note(reading, "fact", quantity, f"{outcome.kind} {outcome.indicator}")
        else:
            self._note(reading, "attribute", quantity, "属于前面的数 belongs to the figure before")

    def _end_sentence(self, reading: SentenceReading) -> None:
        frame, sentence = self._frame, reading.sentence
        if frame.event is not None and _CEREMONY.search(sentence.text):
            self._ceremony_event = frame.event
        parts = next((mark.start for mark in reading.marks if mark.text == "其中"), len(sentence.text))
        # 其中，甲市1亿元，乙市2亿元: the parts listed don't become what the article goes on about.
        lasting = [item for item in reading.places if item.start < parts]
        if lasting:
            ruling = lasting[-1]
            frame.place = ruling.place
            if sentence.is_headline and ruling.end - ruling.start >= len(sentence.text.strip()) - 3:
                frame.heading = ruling.place
        self._timing.note(reading, frame)

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

    # -- what a quantity is -----------------------------------------------------------------------------------------

    def _decide(self, reading: SentenceReading, spot: Spot, first: int) -> Fact | Refusal | None:
        """A fact, a refusal, or None where the number has become an attribute of another fact."""
        quantity = spot.quantity
        if self._is_lost(reading.sentence, quantity):
            return Refusal("字符缺失 characters lost")
        if reading.is_of_another_field:
            return Refusal("别的条线的数 figure of another field of work")
        if reading.is_template:
            return Refusal("范文占位 figures blanked out")
        if quantity.family == "points":
            return Refusal("百分点 percentage points")
        is_share = quantity.family in ("percent", "times")
        blocked = self._frame.blocked and not any(mark.kind == "rate" for mark in spot.chunk_marks)
        if blocked and (is_share or self._is_target(reading, spot)):
            return Refusal(_OTHER_FIGURE)
        if is_share:
            return self._percent(reading, spot, first)
        if quantity.is_range:
            return Refusal("区间 range")
        return self._money(reading, spot, first) if quantity.is_money else self._count(reading, spot)

    def _is_lost(self, sentence: Sentence, quantity: Quantity) -> bool:
        start, end = sentence.start + quantity.start, sentence.start + quantity.end
        return any(a <= end and b >= start for a, b in self._normal.losses)

    def _percent(self, reading: SentenceReading, spot: Spot, first: int) -> Fact | Refusal | None:
        quantity, text = spot.quantity, reading.sentence.text
        lead = spot.left if spot.head is not None else text[spot.clause.start : quantity.start]
        trend = next((mark for mark in reversed(spot.left_marks) if mark.kind in ("up", "down", "rate", "share")), None)
        rate = last(spot.left_marks if trend is not None else spot.chunk_marks, "rate")
        if spot.head is None and _COMPLETION.search(_since_comma(lead)):
            if spot.is_paired and "分别" in _since_comma(lead) and first < len(self.facts) - 1:
                return None
            return self._attributes.completion(spot, first)
        if rate is not None and quantity.family == "percent" and (trend is None or trend.kind == "rate"):
            if rate.meaning == "never":
                return Refusal(f"不收的比率 rate not collected: {rate.text}")
            return self._fact(reading, spot, rate.meaning, self._is_target(reading, spot))
        if spot.is_paired and spot.head is None and rate is None:
            return None
        return self._growth(reading, spot, first, trend, lead)

    def _growth(
        self, reading: SentenceReading, spot: Spot, first: int, trend: Mark | None, lead: str
    ) -> Refusal | None:
        if trend is not None and trend.kind in ("up", "down"):
            return self._attributes.growth(reading, spot, first, trend.kind == "down")
        if (short := _SHORT_TREND.search(lead)) is not None:
            return self._attributes.growth(reading, spot, first, short["way"] != "增")
        if spot.quantity.family == "times" and _TIMES_LAST_YEAR.search(lead):
            return self._attributes.attach_yoy(spot, first, spot.quantity.value - 100)
        if any(mark.kind == "share" for mark in spot.left_marks):
            return Refusal("占比 share")
        return Refusal("没有指标的百分数 percentage of nothing known")

    def _money(self, reading: SentenceReading, spot: Spot, first: int) -> Fact | Refusal | None:
        refusal = never(spot)
        if refusal is not None:
            return refusal
        if is_rounded_again(reading, spot):
            return Refusal("约数，随后有准数 rounded, the exact figure follows")
        indicator = money_indicator(reading, spot, self._frame)
        if isinstance(indicator, Refusal):
            return None if self._is_of_last_project(reading, spot, first) else indicator
        head = spot.nearest("funds", "amount")
        if self._frame.blocked and head is not None and head.kind == "amount" and not last(spot.left_marks, "event"):
            return Refusal(_OTHER_FIGURE, True)
        if indicator not in ("funds_arrived", "fdi_arrived") and names_a_project(spot):
            return Refusal("单个项目的投资 investment of one project")
        if self._is_of_last_project(reading, spot, first):
            return None
        target = self._is_target(reading, spot)
        if indicator is None and target:
            indicator = self._last_money()
        if indicator is None:
            return Refusal("不知是什么钱 money of nothing known")
        return self._fact(reading, spot, indicator, target)

    def _is_of_last_project(self, reading: SentenceReading, spot: Spot, first: int) -> bool:
        """`该项目总投资1.8亿元` states the project named before; the project gets it."""
        head, text = spot.nearest("amount"), reading.sentence.text
        if head is None or head.meaning not in ("invest", "contract") or not self.facts:
            return False
        counted = any(q.family == "count" and q.end < spot.quantity.start for q in reading.quantities)
        if not _OF_LAST_PROJECT.search(text[: spot.quantity.start]) or (counted and "该项目" not in text):
            return False
        project = self.facts[-1]
        is_near = len(self.facts) > first or self._paragraph_of_last == reading.sentence.paragraph
        if project.kind != "project" or not is_near:
            return False
        if project.value is None:
            quantity = spot.quantity
            raw = self._verbatim(reading.sentence, (quantity.start, quantity.end))
            self.facts[-1] = project.but(value=quantity.value, unit=quantity.family, value_raw=raw)
        return True

    def _last_money(self) -> str | None:
        for fact in reversed(self.facts[-6:]):
            if fact.unit is not None and len(fact.unit) == 3 and fact.kind != "project":
                return fact.indicator
        return None

    def _count(self, reading: SentenceReading, spot: Spot) -> Fact | Refusal:
        refusal = never(spot)
        if refusal is not None:
            return refusal
        indicator = count_indicator(reading, spot, self._frame)
        if isinstance(indicator, Refusal):
            return indicator
        return self._fact(reading, spot, indicator, self._is_target(reading, spot))

    def _is_target(self, reading: SentenceReading, spot: Spot) -> bool:
        def over(verb: Mark) -> bool:
            """预计 about a period that is over when the page appears is a report, not a target."""
            return verb.text == "预计" and self._timing.is_over(self._timing.of_figure(reading, spot, self._frame))

        return is_target(reading, spot, over)

    # -- a fact -----------------------------------------------------------------------------------------------------

    def _fact(self, reading: SentenceReading, spot: Spot, indicator: str, target: bool) -> Fact:
        quantity, sentence, frame = spot.quantity, reading.sentence, self._frame
        place = reading.paired_places.get(quantity.start) or self._place_at(reading, quantity.start)
        part = slice_of(reading, spot, indicator, frame, self._places)
        timing = self._timing.of_target if target else self._timing.of_figure
        period = NO_PERIOD if self._is_repost else timing(reading, spot, frame)
        if quantity.family == "count":
            frame.topic = part if is_topic(reading, spot) else frame.topic
            frame.slice, frame.amount = part, AMOUNT_OF.get(indicator)
        if quantity.is_money:
            frame.money, frame.money_slice = indicator, part
        span = (quantity.start, quantity.end)
        return Fact(
            "target" if target else "aggregate",
            indicator,
            None,
            quantity.value,
            quantity.family,
            self._verbatim(sentence, span),
            place.name,
            place.code,
            place.raw,
            period,
            self._verbatim(sentence, (0, len(sentence.text))).strip(),
            self._original(sentence, span),
            self._original(sentence, (0, len(sentence.text))),
            _of_foreign_capital(part, indicator, frame, quantity),
        )

    def _project(self, reading: SentenceReading, event: ProjectEvent) -> Fact:
        sentence, money = reading.sentence, event.money
        place = self._place_at(reading, event.span[0])
        listed = self._carried_by_ceremony and event.event == self._ceremony_event
        period = self._timing.of_event(reading, sentence.clause_at(event.span[1] - 1).end, self._frame, listed)
        whole = (0, len(sentence.text))
        self._trace.add("fact", event.name, f"project {event.event}", self._original(sentence, event.span))
        return Fact(
            "project",
            None,
            event.event,
            money.value if money else None,
            money.family if money else None,
            self._verbatim(sentence, (money.start, money.end)) if money else None,
            place.name,
            place.code,
            place.raw,
            NO_PERIOD if self._is_repost else period,
            self._verbatim(sentence, whole).strip(),
            self._original(sentence, event.span),
            self._original(sentence, whole),
            project_name=event.name,
            investor=event.investor,
        )

    def _place_at(self, reading: SentenceReading, position: int) -> Place:
        ruling = [item for item in reading.places if item.start < position]
        return ruling[-1].place if ruling else self._frame.place

    # -- the way back -----------------------------------------------------------------------------------------------

    def _original(self, sentence: Sentence, span: Span) -> Span:
        return self._normal.original_span(sentence.start + span[0], sentence.start + span[1])

    def _verbatim(self, sentence: Sentence, span: Span) -> str:
        return self._normal.verbatim(sentence.start + span[0], sentence.start + span[1])

    def _note(
        self,
        reading: SentenceReading,
        outcome: Literal["fact", "attribute", "refused"],
        quantity: Quantity,
        reason: str,
    ) -> None:
        span = (quantity.start, quantity.end)
        shown = self._verbatim(reading.sentence, span)
        self._trace.add(outcome, shown, reason, self._original(reading.sentence, span))

    def _refuse_rank(self, reading: SentenceReading, text: str, at: int) -> None:
        span = self._original(reading.sentence, (at, at + len(text)))
        self._trace.add("refused", text, "名次没有所属的数 rank of nothing known", span)


def _of_foreign_capital(part: Slice, indicator: str, frame: Frame, quantity: Quantity) -> Slice:
    """Foreign capital arrived is 境外 whatever the words; newly approved foreign companies have no origin of their own."""
    if indicator == "fdi_arrived":
        return Slice(part.threshold_min, part.threshold_currency, "境外", part.industry, part.qualifier)
    if indicator == "other" and quantity.family == "count" and frame.counted == "mixed" and part.origin == "境外":
        return Slice(part.threshold_min, part.threshold_currency, None, part.industry, "外资")
    return part


def _since_comma(text: str) -> str:
    """The words since the last punctuation."""
    return re.split(r"[，；。、]", text)[-1] if "、" not in text[-2:] else text
