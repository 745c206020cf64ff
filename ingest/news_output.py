"""One JSON line an article: `{"id", "facts": […]}` as the labelling guide gives it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ingest.facts.model import Fact, Rank


def article_line(article_id: str, facts: Sequence[Fact]) -> dict[str, Any]:
    """The JSON object of one article."""
    return {"id": article_id, "facts": [fact_object(fact) for fact in facts]}


def fact_object(fact: Fact) -> dict[str, Any]:
    """The JSON object of one fact; every key is always there, null where the text says nothing."""
    part = fact.slice
    return {
        "kind": fact.kind,
        "indicator": fact.indicator,
        "event": fact.event,
        "region": fact.region,
        "region_code": fact.region_code,
        "region_raw": fact.region_raw,
        "value": _number(fact.value),
        "unit": fact.unit,
        "value_raw": fact.value_raw,
        "yoy_percent": _number(fact.yoy_percent),
        "rank": _rank(fact.rank),
        "rank_second": _rank(fact.rank_second),
        "threshold": None
        if part.threshold_min is None
        else {f"min_{part.threshold_currency.lower()}": _number(part.threshold_min)},
        "origin": part.origin,
        "industry": part.industry,
        "period_start": fact.period.start.isoformat() if fact.period.start else None,
        "period_end": fact.period.end.isoformat() if fact.period.end else None,
        "target_completion_percent": _number(fact.target_completion_percent),
        "project_name": fact.project_name,
        "investor": fact.investor,
        "qualifier": part.qualifier,
        "evidence": fact.evidence,
        "evidence_start": fact.evidence_span[0],
        "evidence_end": fact.evidence_span[1],
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _rank(rank: Rank | None) -> dict[str, Any] | None:
    return None if rank is None else {"value": rank.value, "within": rank.within, "metric": rank.metric}
