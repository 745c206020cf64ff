"""The columns of regional summaries: which indicator, as target, figure done, rate, score or rank, of which time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.header_grammar import features_within, origin_of
from ingest.header_text import Period, Segment
from ingest.units import Unit
from ingest.wording_registry import SummaryIndicator, summary_indicators

# Regions called 自治区: 区外 means another province there, another district elsewhere.
_AUTONOMOUS_REGIONS = ("15", "45", "54", "64", "65")


@dataclass(frozen=True, slots=True)
class SummaryColumn:
    """What a figure of a summary is. `kind` is `count amount rate score rank days`."""

    indicator: str
    measure: str
    kind: str
    scope: str | None
    funds_origin: str | None


def _said(part: Segment) -> frozenset[str]:
    said = features_within(part.timeless + "".join(part.bracketed))
    return said | {"days"} if any(unit.code == "days" for unit in part.units) else said


def _measure_in(said: frozenset[str], units: tuple[Unit, ...]) -> str | None:
    codes = {unit.code for unit in units}
    if "score" in said or "score" in codes:
        return "score"
    if "rank" in said or "rank" in codes:
        return "rank"
    if said & {"rate", "own_rate"} or codes & {"percent", "permille"}:
        return "rate"
    if said & {"target", "plan"}:
        return "target"
    if said & {"done_value", "done", "actual"}:
        return "done"
    return None


def _measure(parts: Sequence[Segment]) -> str:
    """The lowest cell that says one; a group's own rate (`履约率(10分) > 履约项目数`) is no measure of its figures."""
    for depth, part in enumerate(reversed(parts)):
        said = _said(part) if depth == 0 else _said(part) - {"own_rate", "rate", "score", "rank"}
        measure = _measure_in(said, part.units if depth == 0 else ())
        if measure is not None:
            return measure
    return "done"


def _indicator_row(parts: Sequence[Segment]) -> tuple[SummaryIndicator, frozenset[str]] | None:
    """The first row that the leaf's words make, else the leaf's and its groups', the nearest first."""
    for is_last in (False, True):
        said: frozenset[str] = frozenset()
        for part in reversed(parts):
            said |= _said(part)
            for row in summary_indicators():
                if row.is_last == is_last and row.needs <= said:
                    return row, said
    return None


def _assessment(parts: Sequence[Segment]) -> tuple[SummaryIndicator, frozenset[str]] | None:
    """得分 and 排名 of an assessment as a whole."""
    said = _said(parts[-1]) if parts else frozenset()
    return (_ASSESSMENT, said) if said & {"score", "rank"} else None


_ASSESSMENT = SummaryIndicator(frozenset(), "assessment", "", "")


def _is_money(part: Segment, said: frozenset[str]) -> bool:
    """签约项目 > 总投资 and > 金额 are money under a group that counts."""
    if said & {"count", "project"} or any(not unit.is_money for unit in part.units):
        return False
    return bool(said & {"invest", "fund"}) or part.core.endswith("额")


def _names_money(parts: Sequence[Segment]) -> bool:
    """Whether the nearest cell that says what is counted says money: 新签约项目 > 合同金额 > 本月."""
    for part in reversed(parts):
        said = _said(part)
        if _is_money(part, said):
            return True
        if said & _COUNTED:
            return False
    return False


def _counts(leaf: Segment) -> bool:
    """个数, 家数, （个）: the column counts something."""
    return "count" in _said(leaf) or any(unit.code == "count" for unit in leaf.units)


def _of_a_rate(parts: Sequence[Segment]) -> bool:
    """Whether target or figure done is of a rate itself (`履约率 > 目标`), not of what the rate is made of (`> 履约项目数`)."""
    if not parts or _said(parts[-1]) & _COUNTED:
        return False
    for part in reversed(parts[:-1]):
        if "own_rate" in _said(part):
            return not any(unit.code == "score" for unit in part.units)
        if _said(part) & _COUNTED:
            return False
    return False


_COUNTED = frozenset(
    {"count", "project", "amount", "fund", "invest", "perform", "start", "produce", "sign", "contract"}
)


def _scope(parts: Sequence[Segment], measure: str) -> str | None:
    said = frozenset().union(*(_said(part) for part in parts))
    periods = [part.period for part in parts if part.period is not None]
    single = any(period.is_single_month for period in periods)
    if single or "this_month" in said:
        return "month"
    if "since_start" in said:
        return "cumulative"
    if "ytd" in said or any(_is_from_january(period) for period in periods):
        return "ytd"
    if "this_year" in said or any(period.year and period.month_from is None for period in periods):
        return "year" if measure == "target" else "ytd"
    return "cumulative" if "accumulated" in said else None


def _is_from_january(period: Period) -> bool:
    return period.starts_in_january and not period.is_single_month


def summary_column(parts: Sequence[Segment], units: tuple[Unit, ...], county_code: str | None) -> SummaryColumn | None:
    """What the column under these header cells holds, or None where no indicator is said.

    Args:
        parts: the cells from the top to the leaf.
        units: units of the lowest cell that states any.
        county_code: tells what 区外 means.
    """
    found = _indicator_row(parts) or _assessment(parts)
    every = frozenset().union(*(_said(part) for part in parts)) if parts else frozenset()
    if (
        found is None
        or every & {"time_share", "growth"}
        or every & {"last_year", "last_month", "next_year", "next_month"}
    ):
        return None
    row, said = found
    measure = _measure(parts)
    leaf = _said(parts[-1])
    if "time" in leaf:
        # 计划投产时间 dates single projects, it counts none.
        return None
    if (measure == "rate" and "own_rate" in leaf) or (measure in ("target", "done") and row.rate and _of_a_rate(parts)):
        indicator, kind = row.rate, "rate"
    else:
        money = any(unit.is_money for part in parts for unit in part.units) or bool(
            said & {"amount", "invest", "fund"} and not said & {"count", "project"}
        )
        money = money or _names_money(parts)
        if not money and not row.count and _counts(parts[-1]):
            # 外资项目个数 is no amount, and what is counted has no indicator.
            return None
        indicator = (row.amount if money else row.count) or row.amount or row.count
        if measure in ("score", "rank") and "own_rate" in every:
            indicator = row.rate or indicator
        kind = "amount" if indicator == row.amount else "days" if "days" in said else "count"
    if not indicator:
        return None
    if measure in ("rate", "score", "rank"):
        kind = measure
    origin, agrees = origin_of(every)
    if not agrees:
        return None
    if "other_region" in every and (county_code or "").startswith(_AUTONOMOUS_REGIONS):
        origin = "other_province"
    return SummaryColumn(indicator, measure, kind, _scope(parts, measure), origin)
