"""News text → facts with evidence: aggregates, targets and named project events.

`extract_facts` is the way in. The grammar is data (`wording/news_*.csv`) and the small modules of `ingest.news.facts`; rules of
meaning follow the labelling guide (docs/decisions/0040-news-facts.md).
"""

from __future__ import annotations

from ingest.news.facts.model import ArticleText, Fact, Trace
from ingest.news.facts.periods import calendar_of
from ingest.news.facts.places import Places
from ingest.news.facts.reading import ArticleReader
from ingest.news.facts.sentences import speaks_of_promotion, split
from ingest.news.text_normal import normalise

__all__ = ["ArticleText", "Fact", "Trace", "explain_facts", "extract_facts"]


def extract_facts(article: ArticleText) -> list[Fact]:
    """The facts of an article, in the order of the text. Pure and deterministic; raises on no text."""
    return explain_facts(article)[0]


def explain_facts(article: ArticleText) -> tuple[list[Fact], Trace]:
    """The facts, and for every number what became of it and why."""
    trace = Trace()
    normal = normalise(article.text)
    title = normalise(article.title).text
    if not speaks_of_promotion(title + normal.text):
        trace.add("refused", article.title, "全文不谈招商引资 the page is not about investment promotion", (0, 0))
        return [], trace
    when = calendar_of(normal.text, title, article.published)
    places = Places(title, normal.text, article.published, article.home_code, article.source_name)
    is_repost = places.was_abolished_long_before(article.published)
    reader = ArticleReader(normal, places, when, is_repost, trace)
    sentences, _ = split(normal.text)
    for sentence in sentences:
        reader.read(sentence)
    return _without_repeats(reader.facts), trace


def _without_repeats(facts: list[Fact]) -> list[Fact]:
    """A figure repeated in a headline or summary counts once, at its fullest mention.

    Equal figures of one sentence are different figures.
    """
    kept: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        mentions = kept.setdefault(_identity(fact), [])
        if not mentions or mentions[0].evidence_span == fact.evidence_span:
            mentions.append(fact)
        elif _fullness(fact) > _fullness(mentions[0]):
            mentions[:] = [fact]
    return sorted((fact for mentions in kept.values() for fact in mentions), key=lambda fact: fact.span)


def _identity(fact: Fact) -> tuple[object, ...]:
    own = (fact.slice.threshold_min, fact.period) if fact.unit == "count" else ()
    return (fact.kind, fact.indicator, fact.event, fact.value, fact.unit, fact.region, fact.project_name, *own)


def _fullness(fact: Fact) -> int:
    return sum(
        value is not None
        for value in (fact.period.start, fact.period.end, fact.yoy_percent, fact.rank, fact.region, fact.slice.origin)
    )
