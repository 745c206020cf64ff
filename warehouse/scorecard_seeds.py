"""Checks on the seeds that scorecards, targets and rankings are reckoned by."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from ingest.values.units import units_as_written
from warehouse.seed_file import (
    RULES,
    SeedFault,
    SeedFile,
    date_of,
    negative,
    not_among,
    not_whole,
    number_of,
    overlaps,
    twice,
    unknown_counties,
)

# Indicators and what they are measured in.
_INDICATORS = {
    "signed_projects": "count",
    "signed_amount": "CNY",
    "started_projects": "count",
    "completed_projects": "count",
    "production_projects": "count",
    "funds_arrived": "CNY",
}
_COMPONENTS = (
    "signed",
    "performed",
    "started",
    "in_production",
    "landed",
    "funds",
    "total_investment",
    "contract_amount",
)
_RATES = ("performance", "start", "funds_arrival", "production", "landing")
_PARTS = (*(f"{rate}_rate" for rate in _RATES), *_INDICATORS)
_TARGETS = {
    **_INDICATORS,
    "landed_projects": "count",
    "foreign_arrived": "USD",
    **{f"{rate}_rate": "rate" for rate in _RATES},
}
_FOR_EXAMPLE = {"count": "个", "CNY": "元 万元 亿元", "USD": "美元 万美元", "rate": "%"}


def targets(file: SeedFile) -> Iterator[SeedFault]:
    """`targets`: known indicators in their units, one target at a time."""
    yield from unknown_counties(file, "region_code")
    yield from not_among(file, "indicator", tuple(_TARGETS))
    yield from not_among(file, "period_kind", ("month", "quarter", "year", "campaign", "cohort"))
    yield from not_among(file, "size_tier_from", ("", *sorted(file.size_tiers)))
    one_target = ("region_code", "unit_name", "period_kind", "indicator", "signing_cohort", "size_tier_from")
    yield from overlaps(file, one_target, "period_start", "period_end")
    for line, record in file.records:
        measured_in = _TARGETS.get(record["indicator"])
        if measured_in is not None and _code_of(record["unit"]) != measured_in:
            yield file.fault(
                line, f"unit 应为 should be {_FOR_EXAMPLE[measured_in]} 等 or the like（{record['unit']}）"
            )
        if (cohort := _cohort_as_written(record["signing_cohort"])) != record["signing_cohort"]:
            yield file.fault(line, f"signing_cohort 应写成 should be written {cohort}（{record['signing_cohort']}）")
    yield from negative(file, "target_value")


def _cohort_as_written(cohort: str) -> str:
    """A year or half-year as the cohorts are named: another writing would match no project and never be assessed."""
    halved = re.sub(r"^(\d{4})年(上半年|下半年)$", r"\1\2", cohort)
    return re.sub(r"^(\d{4})(年度)?$", r"\1年", halved)


def _code_of(unit: str) -> str | None:
    """What a target's unit counts, as `stg_knowledge__units` reads it: a code, or a word of `units.csv`."""
    if unit in _FOR_EXAMPLE:
        return unit
    written = units_as_written().get(unit.lower())
    code = written.code if written else None
    return "rate" if code == "percent" else code


def weights(file: SeedFile) -> Iterator[SeedFault]:
    """`score_weights`: one weight a part at a time, and on every day those of a scheme sum to 1."""
    yield from not_among(file, "part", _PARTS)
    yield from not_among(file, "method", ("rate", "completion", "efficacy"))
    yield from negative(file, "weight")
    yield from overlaps(file, ("scheme", "part"), "valid_from", "valid_to")
    in_force: dict[str, list[tuple[dt.date, dt.date, Decimal, int]]] = defaultdict(list)
    for line, record in file.records:
        begin, end = date_of(record["valid_from"]) or dt.date.min, date_of(record["valid_to"]) or dt.date.max
        in_force[record["scheme"]].append((begin, end, number_of(record["weight"]) or Decimal(0), line))
    for scheme, rows in in_force.items():
        yield from _days_that_do_not_sum_up(file, scheme, rows)


def _days_that_do_not_sum_up(
    file: SeedFile, scheme: str, rows: list[tuple[dt.date, dt.date, Decimal, int]]
) -> Iterator[SeedFault]:
    """Days from which on a scheme has weights, but not in all 1."""
    changes = {begin for begin, *_ in rows} | {end + dt.timedelta(1) for _, end, *_ in rows if end < dt.date.max}
    for day in sorted(changes):
        standing = [(weight, line) for begin, end, weight, line in rows if begin <= day <= end]
        total = sum((weight for weight, _ in standing), Decimal(0))
        if standing and total != 1:
            since = "" if day == dt.date.min else f" {day} 起 from that day on："
            yield file.fault(standing[-1][1], f"方案 {scheme}{since}权重之和是 {total}，应为 1 weights must sum to 1")


def deductions(file: SeedFile) -> Iterator[SeedFault]:
    """`score_deductions`: points and caps of 0 or more, one row at a time."""
    yield from not_among(file, "deduction", ("red_light", "missing_ledger", "late_ledger", "unchanged_ledger"))
    yield from not_among(file, "scheme", tuple(sorted(file.schemes)))
    yield from overlaps(file, ("scheme", "deduction", "rule_id"), "valid_from", "valid_to")
    for line, record in file.records:
        if (record["deduction"] == "red_light") != (record["rule_id"] in RULES):
            yield file.fault(
                line, f"rule_id 只用于 red_light，是 R01 至 R13 之一 only red_light has a rule: {record['rule_id']}"
            )
    yield from negative(file, "points_each", "max_points")


def rate_bases(file: SeedFile) -> Iterator[SeedFault]:
    """`rate_bases`: each rate has exactly one default."""
    yield from not_among(file, "rate", _RATES)
    yield from not_among(file, "numerator", _COMPONENTS)
    yield from not_among(file, "denominator", _COMPONENTS)
    for rate in _RATES:
        defaults = [
            line for line, record in file.records if record["rate"] == rate and record["is_default"].lower() == "true"
        ]
        if len(defaults) != 1:
            yield file.fault(
                defaults[-1] if defaults else 1, f"{rate} 应恰有一个默认口径 needs exactly one default basis"
            )


def campaigns(file: SeedFile) -> Iterator[SeedFault]:
    """`campaigns`: each stands once."""
    yield from twice(file, file.records, "campaign_id")


def exchange_rates(file: SeedFile) -> Iterator[SeedFault]:
    """`exchange_rates`: one rate above 0 a day."""
    yield from not_among(file, "currency", ("USD",))
    seen: dict[tuple[str, str], int] = {}
    for line, record in file.records:
        rate = number_of(record["cny_per_unit"])
        if rate is None or rate <= 0:
            yield file.fault(line, f"cny_per_unit 应大于零 must be a number above 0: {record['cny_per_unit']}")
        key = (record["currency"], record["rate_on"])
        if key in seen:
            yield file.fault(line, f"与第{seen[key]}行是同一天 same day as line {seen[key]}")
        seen[key] = line


def size_tiers(file: SeedFile) -> Iterator[SeedFault]:
    """`size_tiers`: from nothing to without end, in their order, each beginning where the one before ends."""
    yield from negative(file, "min_total_investment_cny", "below_total_investment_cny")
    yield from not_whole(file, "tier_order")
    for column in ("size_tier", "tier_order"):
        yield from twice(file, file.records, column)
    begins: Decimal | None = Decimal(0)
    before = 0
    for line, record in sorted(file.records, key=lambda one: number_of(one[1]["tier_order"]) or Decimal(0)):
        least, end = number_of(record["min_total_investment_cny"]), number_of(record["below_total_investment_cny"])
        if least is not None and least != begins:
            above = f"第{before}行 line {before}" if before else "0"
            yield file.fault(line, f"这一档应从上一档的上限接起 must begin where the tier before ends: {above}")
        if end is not None and least is not None and end <= least:
            yield file.fault(line, "上限应大于下限 must end above where it begins")
        begins, before = end, line
    if begins is not None:
        yield file.fault(before, "最后一档不应有上限 the last tier has no end")
