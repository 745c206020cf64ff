"""Checks on the seeds that say when a light is lit, who is exempt, and what follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from ingest.fields import STAGES
from warehouse.seed_file import (
    RULES,
    Record,
    SeedFault,
    SeedFile,
    date_of,
    not_among,
    not_true_or_false,
    not_whole,
    number_of,
    twice,
    unknown_counties,
)

_OPERATORS = ("", ">=", ">", "<=", "<")
_RULE_KEYS = ("county_code", "size_tier", "industry")
_RULE_PARAMETERS = {
    "R04": "plan_curve",
    "R05": "months",
    "R06": "days",
    "R08": "archive_months",
    "R11": "agreed_days_after_signing",
}


def rules(file: SeedFile) -> Iterator[SeedFault]:
    """`stall_rules`: thresholds and parameters fit, and for no project two rows could both win."""
    yield from unknown_counties(file, "county_code")
    yield from not_among(file, "rule_id", RULES)
    yield from not_among(file, "size_tier", ("", *sorted(file.size_tiers)))
    yield from not_true_or_false(file, "enabled")
    yield from not_whole(file, "version", "due_days")
    yield from _rule_parameters(file)
    yield from _rule_clashes(file)
    seen: dict[tuple[str, ...], int] = {}
    for line, record in file.records:
        repeated: set[int] = set()
        for stage in record["stages"].split():
            if stage not in STAGES:
                yield file.fault(line, f"stages 没有这个阶段 no such stage: {stage}")
            key = (
                record["rule_id"], record["version"], *(record[name] for name in _RULE_KEYS), stage, record["valid_from"],
            )  # fmt: skip
            if key in seen:
                repeated.add(seen[key])
            seen[key] = line
        yield from (
            file.fault(line, f"与第{other}行重复 same rule, version, county, tier, industry and stage as line {other}")
            for other in sorted(repeated)
        )
        for light in ("yellow", "red"):
            operator, value = record[f"{light}_operator"], record[f"{light}_value"]
            if value and number_of(value) is None:
                yield file.fault(line, f"{light}_value 应为数 must be a number: {value}")
            elif operator not in _OPERATORS or bool(operator) != bool(value):
                yield file.fault(line, f"{light} 的比较符与阈值不成对 operator and threshold of {light} do not fit")
        if not (record["yellow_operator"] or record["red_operator"]):
            yield file.fault(line, "黄红都没有阈值 neither yellow nor red has a threshold")
        if _never_yellow(record):
            yield file.fault(
                line,
                f"黄灯阈值 {record['yellow_value']} 在红灯阈值 {record['red_value']} 之外，黄灯永远不会亮；是否写反了 "
                "yellow lies beyond red and would never be lit: were they swapped?",
            )


def _never_yellow(record: Record) -> bool:
    """Whether all that reaches the yellow threshold lies beyond the red one."""
    yellow, red = number_of(record["yellow_value"]), number_of(record["red_value"])
    if yellow is None or red is None or record["yellow_operator"][:1] != record["red_operator"][:1]:
        return False
    return yellow > red if record["red_operator"].startswith(">") else yellow < red


def _rule_parameters(file: SeedFile) -> Iterator[SeedFault]:
    curves = ("linear", *sorted(file.plan_curves))
    for line, record in file.records:
        name, value = _RULE_PARAMETERS.get(record["rule_id"], ""), record["parameter_value"]
        if record["parameter"] not in ("", name) or bool(record["parameter"]) != bool(value):
            yield file.fault(line, f"{record['rule_id']} 的参数只有 its only parameter is: {name or '—'}")
        elif name == "plan_curve" and value and value not in curves:
            yield file.fault(line, f"没有这条曲线 no such plan curve: {value}; {' '.join(curves)}")
        elif name != "plan_curve" and value and not (value.isascii() and value.isdigit()):
            yield file.fault(line, f"parameter_value 应为整数 must be a whole number: {value}")


def _rule_clashes(file: SeedFile) -> Iterator[SeedFault]:
    """Two rows that name as many keys, but not the same, and may both hold for one project: nobody could say which wins."""
    rows = [
        (line, record, {name: record[name] for name in _RULE_KEYS if record[name]}) for line, record in file.records
    ]
    for (earlier, first, named), (line, second, also_named) in combinations(rows, 2):
        both = {**named, **also_named}
        if (
            first["rule_id"] == second["rule_id"]
            and len(named) == len(also_named) < len(both)
            and all(also_named.get(name, value) == value for name, value in named.items())
            and set(first["stages"].split()) & set(second["stages"].split())
            and _meet(first, second)
            and not any(third["rule_id"] == first["rule_id"] and keys == both for _, third, keys in rows)
        ):
            yield file.fault(
                line,
                f"与第{earlier}行限定的项不同而都可能适用，请加一行同时写明 {' '.join(both.values())} "
                f"clashes with line {earlier}: both may hold; add a row that names {' and '.join(both)}",
            )


def _meet(first: Record, second: Record) -> bool:
    """Whether two rows hold on a common day."""
    latest_begin = max(date_of(row["valid_from"]) or dt.date.min for row in (first, second))
    earliest_end = min(date_of(row["valid_to"]) or dt.date.max for row in (first, second))
    return latest_begin <= earliest_end


def curves(file: SeedFile) -> Iterator[SeedFault]:
    """`plan_curves`: months rise, shares never fall."""
    yield from not_among(file, "shape", ("step", "sloped"))
    last: dict[str, tuple[int, Decimal, str]] = {}
    for line, record in file.records:
        month, due = number_of(record["month"]), number_of(record["due_share"])
        if record["plan_curve"] == "linear":
            yield file.fault(line, "linear 是按日均摊，不在此列 linear means by days and is not listed")
        if month is None or month not in range(1, 13) or due is None or not 0 <= due <= 1:
            yield file.fault(line, "month 应为 1–12，due_share 应在 0–1 之间 month 1–12, due_share 0–1")
            continue
        before = last.get(record["plan_curve"])
        if before is not None and (before[0] >= month or before[1] > due or before[2] != record["shape"]):
            yield file.fault(
                line, "同一曲线的月份须递增、份额不减、shape 一致 months rise, shares never fall, one shape a curve"
            )
        last[record["plan_curve"]] = (int(month), due, record["shape"])


def escalation(file: SeedFile) -> Iterator[SeedFault]:
    """`escalation`: known rules, lights, replies and levels."""
    yield from not_among(file, "rule_id", ("", *RULES))
    yield from not_among(file, "light", ("yellow", "red"))
    yield from not_among(file, "reply_status", ("", "not_accepted", "in_progress", "done", "impossible"))
    yield from not_among(file, "level", ("none", "reminder", "supervision", "interview", "exit_review", "archive"))
    yield from not_whole(file, "min_days", "min_months_since", "min_repeats", "due_working_days")


def exemptions(file: SeedFile) -> Iterator[SeedFault]:
    """`exemptions`: known rules and counties."""
    yield from unknown_counties(file, "county_code")
    yield from not_among(file, "rule_id", RULES)


def note_signs(file: SeedFile) -> Iterator[SeedFault]:
    """`note_signs`: known signs, each wording once a sign."""
    yield from not_among(file, "sign", ("stopped", "going_on", "no_progress", "started", "in_production"))
    for sign in sorted({record["sign"] for _, record in file.records}):
        yield from twice(file, [(line, record) for line, record in file.records if record["sign"] == sign], "wording")


def working_days(file: SeedFile) -> Iterator[SeedFault]:
    """`working_day_exceptions`: each day once. One that is no exception does no harm."""
    yield from not_true_or_false(file, "is_working_day")
    yield from twice(file, file.records, "date_day")
