"""The facts of an article for programs (`{"id", "facts": […]}`, as the labelling guide gives it) and for people."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.markup import escape

from ingest.news.facts.model import NO_PERIOD, ArticleText, Fact, Rank, Trace
from ingest.news.facts.wording import labels, unit_label


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


def explain_line(trace: Trace) -> dict[str, Any]:
    """Every step of the reading: what was seen, what became of it, why, and where."""
    return {
        "steps": [
            {
                "outcome": step.outcome,
                "text": step.text,
                "reason": step.reason,
                "start": step.span[0],
                "end": step.span[1],
            }
            for step in trace.steps
        ]
    }


def print_article(console: Console, article: ArticleText, facts: Sequence[Fact], trace: Trace | None) -> None:
    """An article for people: each sentence with the facts read from it; with a trace, every step and refusal."""
    published = article.published.isoformat() if article.published else "日期不明 no date"
    console.print(f"\n[bold]{escape(article.title or article.article_id)}[/bold]  [dim]{published}[/dim]")
    if not facts:
        console.print("  没有招商数字 no facts")
    evidence = None
    for fact in facts:
        if fact.evidence_span != evidence:
            evidence = fact.evidence_span
            console.print(f"  [dim]“{escape(fact.evidence)}”[/dim]")
        console.print(f"    {escape(' · '.join(_cells(fact)))}")
    for step in trace.steps if trace else ():
        mark = {"fact": "[green]✓[/green]", "attribute": "·", "refused": "[red]✗[/red]"}[step.outcome]
        reason = _named(*step.reason.split(" ")) if step.outcome == "fact" else step.reason
        console.print(f"  {mark} {escape(step.text)}  [dim]{escape(reason)}[/dim]")


def _named(*names: str) -> str:
    """Names of kinds, indicators and events, each in Chinese and as programs write it."""
    return " ".join(f"{labels().get(name, '')} {name}".strip() for name in names)


def _cells(fact: Fact) -> list[str]:
    head = _named(fact.kind, (fact.event if fact.kind == "project" else fact.indicator) or "")
    cells = [f"{head}：{fact.project_name}" if fact.kind == "project" else head]
    if fact.value is not None:
        cells.append(f"{_number(fact.value):,}{_unit(fact.unit)}（{fact.value_raw}）")
    if fact.region:
        cells.append(fact.region)
    if fact.period != NO_PERIOD:
        cells.append(" — ".join(day.isoformat() if day else "…" for day in (fact.period.start, fact.period.end)))
    return cells + _notes(fact)


def _unit(family: str | None) -> str:
    """` 元 CNY`, `%`; nothing for counts: what is counted stands in the text itself."""
    if family in (None, "count"):
        return ""
    label = unit_label(str(family))
    return label if family == "percent" else f" {label} {family}"


def _notes(fact: Fact) -> list[str]:
    part = fact.slice
    named = {
        "同比": f"{_number(fact.yoy_percent)}%" if fact.yoy_percent is not None else None,
        "名次": f"{fact.rank.within or ''}第{fact.rank.value}" if fact.rank else None,
        "门槛": f"≥{_number(part.threshold_min):,}{_unit(part.threshold_currency)}"
        if part.threshold_min is not None
        else None,
        "来源": part.origin,
        "产业": part.industry,
        "范围": part.qualifier,
        "完成": f"{_number(fact.target_completion_percent)}%" if fact.target_completion_percent is not None else None,
        "投资方": fact.investor,
    }
    return [f"{name}{text}" for name, text in named.items() if text]
