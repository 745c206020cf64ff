"""The types that pass between the modules of the reader: article in, facts and a trace out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal

Kind = Literal["aggregate", "target", "project"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ArticleText:
    """Clean text of one article, as given (not normalised).

    Attributes:
        article_id: the id facts are reported under.
        published: the page's own date, if known; a page known to the month has its first day.
        home_code: GB/T 2260 code of the region the source writes from ("我市"), if the source's configuration says it.
    """

    article_id: str
    title: str
    text: str
    published: date | None = None
    url: str = ""
    source_name: str = ""
    home_code: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A closed window (both ends), a window still running (`end` null), a cohort as of a day (`start` null)."""

    start: date | None
    end: date | None


NO_PERIOD = Period(None, None)


@dataclass(frozen=True, slots=True)
class Rank:
    """A place among others: the 2nd of its province by growth."""

    value: int
    within: str | None
    metric: Literal["value", "growth"]


@dataclass(frozen=True, slots=True)
class Slice:
    """The part of a whole a figure speaks of: "其中亿元以上工业项目" is a slice."""

    threshold_min: Decimal | None = None
    threshold_currency: str = "CNY"
    origin: str | None = None
    industry: str | None = None
    qualifier: str | None = None

    def within(self, whole: Slice) -> Slice:
        """This slice, with what it leaves open taken from the whole it is part of."""
        return Slice(
            self.threshold_min if self.threshold_min is not None else whole.threshold_min,
            self.threshold_currency if self.threshold_min is not None else whole.threshold_currency,
            self.origin or whole.origin,
            self.industry or whole.industry,
            self.qualifier or whole.qualifier,
        )


NO_SLICE = Slice()


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure or one named project event, with the words it came from.

    `value` is in yuan, US dollars, pieces or percent as `unit` says; percent fields are percent (2.65 means 2.65 %).
    `span` and `evidence_span` are offsets into the article's original text.
    """

    kind: Kind
    indicator: str | None
    event: str | None
    value: Decimal | None
    unit: str | None
    value_raw: str | None
    region: str | None
    region_code: str | None
    region_raw: str | None
    period: Period
    evidence: str
    span: Span
    evidence_span: Span
    slice: Slice = NO_SLICE
    yoy_percent: Decimal | None = None
    rank: Rank | None = None
    rank_second: Rank | None = None
    target_completion_percent: Decimal | None = None
    project_name: str | None = None
    investor: str | None = None

    def but(self, **changes: object) -> Fact:
        """A copy with some attributes changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the explanation: what was seen, what became of it, and why."""

    outcome: Literal["fact", "attribute", "refused"]
    text: str
    reason: str
    span: Span


@dataclass(slots=True)
class Trace:
    """What the reader saw in one article, in the order it decided."""

    steps: list[Step] = field(default_factory=list)

    def add(self, outcome: Literal["fact", "attribute", "refused"], text: str, reason: str, span: Span) -> None:
        """Note one decision."""
        self.steps.append(Step(outcome, text, reason, span))
