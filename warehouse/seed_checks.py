"""Checks on the seeds (rules, weights, targets, decisions…) before anything runs.

A seed is what people decide; a mistake in one must stop the run with the file, the line and the reason, not turn up as a
wrong number. Nothing here reads the warehouse: what needs it (a decision about a project no ledger has) is a dbt test.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import combinations, pairwise
from pathlib import Path

from ingest.fields import STAGES, WORDING
from warehouse.project import SEEDS

RULES = tuple(f"R{number:02}" for number in range(1, 14))
_DATE_ENDINGS = ("_on", "valid_from", "valid_to", "_start", "_end")
_OPERATORS = ("", ">=", ">", "<=", "<")
# Indicators that make a county's score, with the units a target of theirs may be written in.
_COUNTS = ("count", "个")
_MONEY = ("CNY", "元", "万元", "亿元")
_INDICATORS = {
    "signed_projects": _COUNTS,
    "signed_amount": _MONEY,
    "started_projects": _COUNTS,
    "completed_projects": _COUNTS,
    "production_projects": _COUNTS,
    "funds_arrived": _MONEY,
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
_RULE_KEYS = ("county_code", "size_tier", "industry")
_RULE_PARAMETERS = {
    "R04": "plan_curve",
    "R05": "months",
    "R06": "days",
    "R08": "archive_months",
    "R11": "agreed_days_after_signing",
}
_PARTS = (*(f"{rate}_rate" for rate in _RATES), *_INDICATORS)
# Indicators that may have a target beside these.
_TARGETS = {
    **_INDICATORS,
    "landed_projects": _COUNTS,
    "foreign_arrived": ("USD", "美元"),
    **{f"{rate}_rate": ("rate", "%") for rate in _RATES},
}

Record = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SeedFault:
    """One mistake in a seed: `line` is the line in the file, 1 for the header."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file} 第{self.line}行 line {self.line}: {self.message}"


class SeedsRefusedError(ValueError):
    """A seed cannot be used; `faults` names every mistake found."""

    def __init__(self, faults: Sequence[SeedFault]) -> None:
        super().__init__(
            "种子表有误，未运行任何步骤。Seeds refused; nothing was run.\n  " + "\n  ".join(map(str, faults))
        )
        self.faults = list(faults)


@dataclass(frozen=True, slots=True)
class _Seed:
    """A seed's columns, those that must be filled, and its own check."""

    columns: tuple[str, ...]
    required: tuple[str, ...]
    check: Callable[[_File], Iterator[SeedFault]]


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    records: Sequence[tuple[int, Record]]
    counties: frozenset[str]
    size_tiers: frozenset[str]
    schemes: frozenset[str]
    plan_curves: frozenset[str]

    def fault(self, line: int, message: str) -> SeedFault:
        return SeedFault(self.name, line, message)


def check_seeds(seeds: Path = SEEDS, regions: Path = WORDING / "regions.csv") -> None:
    """Check every seed this module knows.

    Raises:
        SeedsRefusedError: with every mistake found, by file and line.
    """
    faults = find_faults(seeds, regions)
    if faults:
        raise SeedsRefusedError(faults)


def find_faults(seeds: Path = SEEDS, regions: Path = WORDING / "regions.csv") -> list[SeedFault]:
    """Every mistake in the seeds, in the order of files and lines."""
    known = _column(regions, "code")
    found: list[SeedFault] = []
    for name, seed in _SEEDS.items():
        found += sorted(_faults_of(seeds / f"{name}.csv", seed, known), key=lambda fault: fault.line)
    return found


def _column(path: Path, name: str) -> frozenset[str]:
    """What stands in a column of another seed; nothing where that one is broken, which its own check tells."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            return frozenset((record.get(name) or "").strip() for record in csv.DictReader(handle)) - {""}
    except (OSError, UnicodeDecodeError, csv.Error):
        return frozenset()


def _faults_of(path: Path, seed: _Seed, counties: frozenset[str]) -> Iterator[SeedFault]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            header = tuple(reader.fieldnames or ())
            records = [(reader.line_num, record) for record in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        yield SeedFault(path.name, 1, f"读不了 cannot be read: {error}")
        return
    if header != seed.columns:
        yield SeedFault(path.name, 1, f"列应为 columns must be: {','.join(seed.columns)}")
        return
    ragged = [line for line, record in records if None in record or None in record.values()]
    yield from (SeedFault(path.name, line, "列数与表头不符 not as many cells as columns") for line in ragged)
    whole = [
        (line, {key: value.strip() for key, value in record.items()}) for line, record in records if line not in ragged
    ]
    tiers, schemes, curves = (
        _column(path.with_name(f"{name}.csv"), column)
        for name, column in (("size_tiers", "size_tier"), ("score_weights", "scheme"), ("plan_curves", "plan_curve"))
    )
    file = _File(path.name, whole, counties, tiers, schemes, curves)
    yield from _missing(file, seed.required)
    yield from _bad_dates(file)
    yield from seed.check(file)


def _missing(file: _File, required: Sequence[str]) -> Iterator[SeedFault]:
    for line, record in file.records:
        for column in required:
            if not record[column]:
                yield file.fault(line, f"{column} 不能为空 must not be empty")


def _bad_dates(file: _File) -> Iterator[SeedFault]:
    for line, record in file.records:
        for column, value in record.items():
            if value and column.endswith(_DATE_ENDINGS) and _date(value) is None:
                yield file.fault(line, f"{column} 应为 YYYY-MM-DD must be a date: {value}")
        for first, last in (("valid_from", "valid_to"), ("period_start", "period_end"), ("start_on", "end_on")):
            if _backwards(record.get(first, ""), record.get(last, "")):
                yield file.fault(line, f"{last} 早于 lies before {first}")


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _backwards(first: str, last: str) -> bool:
    begin, end = _date(first), _date(last)
    return begin is not None and end is not None and end < begin


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _unknown_counties(file: _File, *columns: str) -> Iterator[SeedFault]:
    for line, record in file.records:
        for column in columns:
            if record[column] and record[column] not in file.counties:
                yield file.fault(line, f"{column} 没有这个地区代码 no such region code: {record[column]}")


def _not_among(file: _File, column: str, allowed: Sequence[str]) -> Iterator[SeedFault]:
    for line, record in file.records:
        if record[column] not in allowed:
            listed = " ".join(value for value in allowed if value)
            yield file.fault(line, f"{column} 只能是 must be one of: {listed}（{record[column]}）")


def _overlaps(file: _File, key: Sequence[str], first: str, last: str) -> Iterator[SeedFault]:
    groups: dict[tuple[str, ...], list[tuple[dt.date, dt.date, int]]] = defaultdict(list)
    for line, record in file.records:
        begin = _date(record[first]) or dt.date.min
        groups[tuple(record[column] for column in key)].append((begin, _date(record[last]) or dt.date.max, line))
    for spans in groups.values():
        spans.sort()
        for (_, end, earlier), (begin, _, line) in pairwise(spans):
            if begin <= end:
                yield file.fault(line, f"与第{earlier}行时间重叠 overlaps line {earlier}")


def _not_whole(file: _File, *columns: str) -> Iterator[SeedFault]:
    for line, record in file.records:
        for column in columns:
            if not (record[column].isascii() and record[column].isdigit()):
                yield file.fault(
                    line, f"{column} 应为不小于零的整数 must be a whole number of 0 or more: {record[column]}"
                )


def _rules(file: _File) -> Iterator[SeedFault]:
    yield from _unknown_counties(file, "county_code")
    yield from _not_among(file, "rule_id", RULES)
    yield from _not_among(file, "size_tier", ("", *sorted(file.size_tiers)))
    yield from _not_among(file, "enabled", ("true", "false"))
    yield from _not_whole(file, "version", "due_days")
    yield from _rule_parameters(file)
    yield from _rule_clashes(file)
    seen: dict[tuple[str, ...], int] = {}
    for line, record in file.records:
        for stage in record["stages"].split():
            if stage not in STAGES:
                yield file.fault(line, f"stages 没有这个阶段 no such stage: {stage}")
            key = (
                record["rule_id"], record["version"], *(record[name] for name in _RULE_KEYS), stage, record["valid_from"],
            )  # fmt: skip
            if key in seen:
                yield file.fault(
                    line,
                    f"与第{seen[key]}行重复 same rule, version, county, tier, industry and stage as line {seen[key]}",
                )
            seen[key] = line
        for light in ("yellow", "red"):
            operator, value = record[f"{light}_operator"], record[f"{light}_value"]
            if operator not in _OPERATORS or bool(operator) != bool(value) or (value and _number(value) is None):
                yield file.fault(line, f"{light} 的比较符与阈值不成对 operator and threshold of {light} do not fit")
        if not (record["yellow_operator"] or record["red_operator"]):
            yield file.fault(line, "黄红都没有阈值 neither yellow nor red has a threshold")


def _rule_parameters(file: _File) -> Iterator[SeedFault]:
    curves = ("linear", *sorted(file.plan_curves))
    for line, record in file.records:
        name, value = _RULE_PARAMETERS.get(record["rule_id"], ""), record["parameter_value"]
        if record["parameter"] not in ("", name) or bool(record["parameter"]) != bool(value):
            yield file.fault(line, f"{record['rule_id']} 的参数只有 its only parameter is: {name or '—'}")
        elif name == "plan_curve" and value and value not in curves:
            yield file.fault(line, f"没有这条曲线 no such plan curve: {value}; {' '.join(curves)}")
        elif name != "plan_curve" and value and not (value.isascii() and value.isdigit()):
            yield file.fault(line, f"parameter_value 应为整数 must be a whole number: {value}")


def _rule_clashes(file: _File) -> Iterator[SeedFault]:
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
    latest_begin = max(_date(row["valid_from"]) or dt.date.min for row in (first, second))
    earliest_end = min(_date(row["valid_to"]) or dt.date.max for row in (first, second))
    return latest_begin <= earliest_end


def _curves(file: _File) -> Iterator[SeedFault]:
    yield from _not_among(file, "shape", ("step", "sloped"))
    last: dict[str, tuple[int, Decimal, str]] = {}
    for line, record in file.records:
        month, due = _number(record["month"]), _number(record["due_share"])
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


def _escalation(file: _File) -> Iterator[SeedFault]:
    yield from _not_among(file, "rule_id", ("", *RULES))
    yield from _not_among(file, "light", ("yellow", "red"))
    yield from _not_among(file, "reply_status", ("", "not_accepted", "in_progress", "done", "impossible"))
    yield from _not_among(
        file, "level", ("none", "reminder", "supervision", "interview", "exit_review", "archive")
    )  # fmt: skip
    yield from _not_whole(file, "min_days", "min_months_since", "min_repeats", "due_working_days")


def _exemptions(file: _File) -> Iterator[SeedFault]:
    yield from _unknown_counties(file, "county_code")
    yield from _not_among(file, "rule_id", RULES)


def _decisions(file: _File) -> Iterator[SeedFault]:
    yield from _unknown_counties(file, "county_code_a", "county_code_b")
    yield from _not_among(file, "decision", ("same", "renamed", "different", "split_into", "merged_into", "part_of"))
    said: dict[str, tuple[str, int]] = {}
    for line, record in file.records:
        sides = [
            [record[f"{part}_{side}"] for part in ("county_code", "project_name", "project_code")] for side in "ab"
        ]
        if sides[0] == sides[1]:
            yield file.fault(line, "两边是同一个项目 both sides are the same")
        # A renamed project is the same one; what supersedes has a direction.
        meant = {"renamed": "same"}.get(record["decision"], record["decision"])
        if meant not in ("same", "different"):
            meant += json.dumps(sides)
        earlier = said.setdefault(json.dumps(sorted(sides)), (meant, line))
        if earlier[0] != meant:
            yield file.fault(line, f"与第{earlier[1]}行的判定相反 contradicts line {earlier[1]}")


def _targets(file: _File) -> Iterator[SeedFault]:
    yield from _unknown_counties(file, "region_code")
    yield from _not_among(file, "indicator", tuple(_TARGETS))
    yield from _not_among(file, "period_kind", ("month", "quarter", "year", "campaign", "cohort"))
    yield from _not_among(file, "size_tier_from", ("", *sorted(file.size_tiers)))
    one_target = ("region_code", "unit_name", "period_kind", "indicator", "signing_cohort", "size_tier_from")
    yield from _overlaps(file, one_target, "period_start", "period_end")
    for line, record in file.records:
        units = _TARGETS.get(record["indicator"], (record["unit"],))
        if record["unit"] not in units:
            yield file.fault(line, f"unit 只能是 must be one of: {' '.join(units)}（{record['unit']}）")
    for line, record in file.records:
        value = _number(record["target_value"])
        if value is None or value < 0:
            yield file.fault(
                line, f"target_value 应为不小于零的数 must be a number of 0 or more: {record['target_value']}"
            )


def _weights(file: _File) -> Iterator[SeedFault]:
    yield from _not_among(file, "part", _PARTS)
    yield from _not_among(file, "method", ("rate", "completion", "efficacy"))
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    last: dict[tuple[str, str], int] = {}
    for line, record in file.records:
        weight = _number(record["weight"])
        if weight is None or weight < 0:
            yield file.fault(line, f"weight 应为不小于零的数 must be a number of 0 or more: {record['weight']}")
            continue
        key = (record["scheme"], record["valid_from"])
        sums[key] += weight
        last[key] = line
    for key, total in sums.items():
        if total != 1:
            yield file.fault(last[key], f"方案 {key[0]} 的权重之和是 {total}，应为 1 weights must sum to 1")


def _rate_bases(file: _File) -> Iterator[SeedFault]:
    yield from _not_among(file, "rate", _RATES)
    yield from _not_among(file, "numerator", _COMPONENTS)
    yield from _not_among(file, "denominator", _COMPONENTS)
    for rate in _RATES:
        defaults = [line for line, record in file.records if record["rate"] == rate and record["is_default"] == "true"]
        if len(defaults) != 1:
            yield file.fault(
                defaults[-1] if defaults else 1, f"{rate} 应恰有一个默认口径 needs exactly one default basis"
            )


def _crosswalk(file: _File) -> Iterator[SeedFault]:
    yield from _unknown_counties(file, "old_code", "new_code")
    for line, record in file.records:
        if record["old_code"] == record["new_code"]:
            yield file.fault(line, "新旧代码相同 old and new code are the same")


def _campaigns(file: _File) -> Iterator[SeedFault]:
    yield from _twice(file, file.records, "campaign_id")


def _chains(file: _File) -> Iterator[SeedFault]:
    seen: dict[str, int] = {}
    for line, record in file.records:
        for wording in dict.fromkeys((record["chain_name"], *record["aliases"].split())):
            if wording in seen:
                yield file.fault(line, f"与第{seen[wording]}行的称呼相同 wording stands twice: {wording}")
            seen[wording] = line


def _shares(file: _File) -> Iterator[SeedFault]:
    yield from _unknown_counties(file, "county_code", "sharing_county_code")
    periods: dict[tuple[str, ...], dict[tuple[str, str], list[tuple[int, Record]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for line, record in file.records:
        share = _number(record["share_rate"])
        if share is None or not 0 < share <= 1:
            yield file.fault(
                line, f"share_rate 应大于 0、不超过 1 must lie above 0 and up to 1: {record['share_rate']}"
            )
            continue
        project = (record["county_code"], record["project_name"], record["project_code"])
        periods[project][record["valid_from"], record["valid_to"]].append((line, record))
    for of_project in periods.values():
        for parts in of_project.values():
            total = sum((Decimal(record["share_rate"]) for _, record in parts), Decimal())
            if total != 1:
                yield file.fault(
                    parts[-1][0], f"这一时段的分成之和是 {total}，应为 1 the shares of a period must sum to 1"
                )
            yield from _twice(file, parts, "sharing_county_code")
        spans = sorted((first, last, parts[0][0]) for (first, last), parts in of_project.items())
        for (_, end, earlier), (begin, _, line) in pairwise(spans):
            if begin <= end:
                yield file.fault(line, f"与第{earlier}行时间重叠 overlaps line {earlier}")


def _twice(file: _File, records: Sequence[tuple[int, Record]], column: str) -> Iterator[SeedFault]:
    seen: dict[str, int] = {}
    for line, record in records:
        if record[column] in seen:
            yield file.fault(line, f"与第{seen[record[column]]}行重复 stands twice: {record[column]}")
        seen[record[column]] = line


def _agreement_kinds(file: _File) -> Iterator[SeedFault]:
    yield from _not_among(file, "agreement_kind", ("framework", "intent", "contract", "increase", "supplement"))
    yield from _twice(file, file.records, "wording")
    yield from _twice(file, file.records, "match_order")
    for line, record in file.records:
        if not record["match_order"].isdecimal():
            yield file.fault(line, f"match_order 应为整数 must be a whole number: {record['match_order']}")


def _deductions(file: _File) -> Iterator[SeedFault]:
    yield from _not_among(file, "deduction", ("red_light", "missing_ledger", "late_ledger", "unchanged_ledger"))
    yield from _not_among(file, "scheme", tuple(sorted(file.schemes)))
    yield from _overlaps(file, ("scheme", "deduction", "rule_id"), "valid_from", "valid_to")
    for line, record in file.records:
        if (record["deduction"] == "red_light") != (record["rule_id"] in RULES):
            yield file.fault(
                line, f"rule_id 只用于 red_light，是 R01 至 R13 之一 only red_light has a rule: {record['rule_id']}"
            )
        for column in ("points_each", "max_points"):
            points = _number(record[column] or "0")
            if points is None or points < 0:
                yield file.fault(line, f"{column} 应为不小于零的数 must be a number of 0 or more: {record[column]}")


def _exchange_rates(file: _File) -> Iterator[SeedFault]:
    yield from _not_among(file, "currency", ("USD",))
    seen: dict[tuple[str, str], int] = {}
    for line, record in file.records:
        rate = _number(record["cny_per_unit"])
        if rate is None or rate <= 0:
            yield file.fault(line, f"cny_per_unit 应大于零 must be a number above 0: {record['cny_per_unit']}")
        key = (record["currency"], record["rate_on"])
        if key in seen:
            yield file.fault(line, f"与第{seen[key]}行是同一天 same day as line {seen[key]}")
        seen[key] = line


_SEEDS: dict[str, _Seed] = {
    "stall_rules": _Seed(
        (
            "rule_id", "version", "county_code", "size_tier", "industry", "stages", "enabled", "yellow_operator", "yellow_value",
            "red_operator", "red_value", "unit", "parameter", "parameter_value", "rule_name_zh", "rule_name_en",
            "action_zh", "action_en", "due_days", "source", "valid_from", "valid_to",
        ),
        ("rule_id", "version", "stages", "enabled", "unit", "rule_name_zh", "action_zh", "due_days", "source", "valid_from"),
        _rules,
    ),
    "plan_curves": _Seed(
        ("plan_curve", "month", "due_share", "shape", "source"),
        ("plan_curve", "month", "due_share", "shape", "source"),
        _curves,
    ),
    "escalation": _Seed(
        (
            "rule_id", "light", "reply_status", "min_days", "min_months_since", "min_repeats", "level",
            "due_working_days", "source",
        ),
        ("light", "level", "source"),
        _escalation,
    ),
    "exemptions": _Seed(
        ("rule_id", "county_code", "project_name", "project_code", "author", "reason", "valid_from", "valid_to"),
        ("rule_id", "county_code", "project_name", "author", "reason", "valid_from", "valid_to"),
        _exemptions,
    ),
    "identity_decisions": _Seed(
        (
            "decision", "county_code_a", "project_name_a", "project_code_a", "county_code_b", "project_name_b",
            "project_code_b", "author", "decided_on", "reason",
        ),
        ("decision", "county_code_a", "project_name_a", "county_code_b", "project_name_b", "author", "decided_on", "reason"),
        _decisions,
    ),
    "project_shares": _Seed(
        (
            "county_code", "project_name", "project_code", "sharing_county_code", "share_rate", "valid_from", "valid_to",
            "author", "decided_on", "reason",
        ),
        (
            "county_code", "project_name", "sharing_county_code", "share_rate", "valid_from", "valid_to", "author",
            "decided_on", "reason",
        ),
        _shares,
    ),
    "agreement_kinds": _Seed(
        ("wording", "agreement_kind", "match_order", "source"), ("wording", "agreement_kind", "match_order"), _agreement_kinds
    ),
    "exchange_rates": _Seed(
        ("currency", "rate_on", "cny_per_unit", "source"), ("currency", "rate_on", "cny_per_unit", "source"), _exchange_rates
    ),
    "county_crosswalk": _Seed(
        ("old_code", "new_code", "valid_from", "note_zh", "source"), ("old_code", "new_code", "valid_from"), _crosswalk
    ),
    "industry_chains": _Seed(
        ("chain_id", "chain_name", "aliases", "leader", "source"), ("chain_id", "chain_name"), _chains
    ),
    "targets": _Seed(
        (
            "region_code", "unit_name", "period_kind", "period_start", "period_end", "indicator", "target_value",
            "unit", "source", "signing_cohort", "size_tier_from", "responsible_leader",
        ),
        ("region_code", "period_kind", "period_start", "period_end", "indicator", "target_value", "unit"),
        _targets,
    ),
    "score_weights": _Seed(
        (
            "scheme", "part", "method", "weight", "cap", "part_name_zh", "part_name_en", "source", "valid_from",
            "valid_to",
        ),
        ("scheme", "part", "method", "weight", "cap", "part_name_zh", "valid_from"),
        _weights,
    ),
    "score_deductions": _Seed(
        (
            "scheme", "deduction", "rule_id", "points_each", "max_points", "part_name_zh", "part_name_en", "source",
            "valid_from", "valid_to",
        ),
        ("scheme", "deduction", "points_each", "part_name_zh", "source", "valid_from"),
        _deductions,
    ),
    "rate_bases": _Seed(
        ("rate", "rate_basis", "numerator", "denominator", "is_default", "source"),
        ("rate", "rate_basis", "numerator", "denominator", "is_default"),
        _rate_bases,
    ),
    "campaigns": _Seed(
        ("campaign_id", "campaign_name_zh", "campaign_name_en", "start_on", "end_on", "source"),
        ("campaign_id", "campaign_name_zh", "start_on", "end_on"),
        _campaigns,
    ),
}  # fmt: skip
