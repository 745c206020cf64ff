"""Checks on the seeds (rules, weights, targets, decisions…) before anything runs.

A seed is what people decide; a mistake in one must stop the run with the file, the line and the reason, not turn up as a
wrong number. Nothing here reads the lake or the warehouse; decisions are held against the ledgers in `decision_checks`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.fields import WORDING
from warehouse import project_seeds, rule_seeds, scorecard_seeds
from warehouse.project import SEEDS
from warehouse.seed_file import SeedFault, SeedFile, bad_dates, missing, same_rows

# What Excel saves as plain CSV on a Chinese machine is GBK.
_NOT_UTF8 = "不是 UTF-8 编码；请另存为“CSV UTF-8（逗号分隔）” not UTF-8: save it again as “CSV UTF-8 (comma delimited)”"
# Rows added by another program. DuckDB reads a file with either, and none with both.
_MIXED_ENDINGS = (
    "换行符与表头行不同（CRLF 与 LF 混用）；请用一个程序把整个文件另存一次 "
    "a line ending other than the header's: save the whole file once with one program"
)

# What a file manager leaves where somebody keeps the old version: dbt would load it as one more table.
_UNKNOWN = "不是种子表（备份、副本请放到别处） no seed of this project: keep copies elsewhere"

# 2.41082E+17: a long number typed or opened in Excel, of which the last digits are gone.
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_ROUNDED = (
    "{column} 被 Excel 改成了科学计数，末位数字已丢失，请按文本重新填写 Excel made a number of the code and lost its last "
    "digits: enter it again as text: {value}"
)


# One slip repeated down a whole column must not push the others, or the way out, off the screen.
_TOLD = 20


class SeedsRefusedError(ValueError):
    """A seed cannot be used; `faults` names every mistake found."""

    def __init__(self, faults: Sequence[SeedFault]) -> None:
        told = [str(fault) for fault in faults[:_TOLD]]
        if len(faults) > _TOLD:
            told.append(f"还有 {len(faults) - _TOLD} 处 more mistakes")
        super().__init__("种子表有误，未运行任何步骤。Seeds refused; nothing was run.\n  " + "\n  ".join(told))
        self.faults = list(faults)


@dataclass(frozen=True, slots=True)
class _Seed:
    """A seed's columns, those that must be filled, and its own check."""

    columns: tuple[str, ...]
    required: tuple[str, ...]
    check: Callable[[SeedFile], Iterator[SeedFault]]
    may_be_empty: bool = True  # else nothing would light, rank or count days, without a word


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
    return found + [
        SeedFault(path.name, 1, _UNKNOWN) for path in sorted(seeds.glob("*.csv")) if path.stem not in _SEEDS
    ]


def _column(path: Path, name: str) -> frozenset[str]:
    """What stands in a column of another seed; nothing where that one is broken, which its own check tells."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            return frozenset((record.get(name) or "").strip() for record in csv.DictReader(handle)) - {""}
    except (OSError, UnicodeDecodeError, csv.Error):
        return frozenset()


@dataclass(frozen=True, slots=True)
class _Records:
    """A seed as it stands in its file: the lines, and the records with the line each ends on."""

    lines: Sequence[str]
    header: tuple[str, ...]
    header_line: int
    records: Sequence[tuple[int, dict[str, str]]]

    @classmethod
    def read(cls, path: Path) -> _Records:
        """Raises what reading and parsing raise."""
        with path.open(encoding="utf-8-sig", newline="") as handle:
            lines = handle.readlines()
        reader = csv.DictReader(lines)
        header = tuple(reader.fieldnames or ())
        header_line = reader.line_num
        return cls(lines, header, header_line, [(reader.line_num, record) for record in reader])

    @property
    def ragged(self) -> set[int]:
        """The lines of records with more or fewer cells than columns."""
        return {line for line, record in self.records if None in record or None in record.values()}


def _faults_of(path: Path, seed: _Seed, counties: frozenset[str]) -> Iterator[SeedFault]:
    try:
        found = _Records.read(path)
    except UnicodeDecodeError:
        yield SeedFault(path.name, 1, _NOT_UTF8)
        return
    except (OSError, csv.Error) as error:
        yield SeedFault(path.name, 1, f"读不了 cannot be read: {error}")
        return
    if found.header != seed.columns:
        yield SeedFault(path.name, 1, f"列应为 columns must be: {','.join(seed.columns)}")
        return
    yield from _faults_of_form(path.name, found)
    tiers, schemes, curves = (
        _column(path.with_name(f"{name}.csv"), column)
        for name, column in (("size_tiers", "size_tier"), ("score_weights", "scheme"), ("plan_curves", "plan_curve"))
    )
    ragged = found.ragged
    whole = [
        (line, {key: value.strip() for key, value in record.items()})
        for line, record in found.records
        if line not in ragged
    ]
    empty = [line for line, record in whole if not any(record.values())]
    yield from (SeedFault(path.name, line, "空行，请整行删去 an empty row: delete it") for line in empty)
    whole = [(line, record) for line, record in whole if line not in empty]
    file = SeedFile(path.name, whole, counties, tiers, schemes, curves)
    if not whole and not seed.may_be_empty:
        yield SeedFault(
            path.name, 1, "一行都没有，请从备份或 git 取回 there are no rows: take them back from a copy or from git"
        )
        return
    yield from missing(file, seed.required)
    yield from bad_dates(file)
    checked = list(seed.check(file))
    yield from checked
    told = {fault.line for fault in checked}
    yield from (fault for fault in same_rows(file) if fault.line not in told)


def _faults_of_form(name: str, found: _Records) -> Iterator[SeedFault]:
    """What DuckDB would stumble over, or take for another text than people see."""
    for line in sorted(found.ragged):
        yield SeedFault(name, line, "列数与表头不符 not as many cells as columns")
    ending = _ending(found.lines, found.header_line)
    mixed = [line for line, _ in found.records if _ending(found.lines, line) not in (ending, "")]
    yield from (SeedFault(name, line, _MIXED_ENDINGS) for line in mixed[:1])
    for line, record in found.records:
        yield from (
            SeedFault(name, line, _ROUNDED.format(column=column, value=value))
            for column, value in record.items()
            if column is not None
            and column.startswith("project_code")
            and _SCIENTIFIC.fullmatch(str(value or "").strip())
        )
        yield from (
            SeedFault(name, line, f"{column} 前后有空格，请删去 take away the spaces around: “{value}”")
            for column, value in record.items()
            if isinstance(value, str) and value != value.strip()
        )


def _ending(lines: Sequence[str], number: int) -> str:
    """How a record ends; nothing where the file ends with it."""
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    return line[len(line.rstrip("\r\n")) :]


_SEEDS: dict[str, _Seed] = {
    "stall_rules": _Seed(
        (
            "rule_id", "version", "county_code", "size_tier", "industry", "stages", "enabled", "yellow_operator", "yellow_value",
            "red_operator", "red_value", "unit", "parameter", "parameter_value", "rule_name_zh", "rule_name_en",
            "action_zh", "action_en", "due_days", "source", "valid_from", "valid_to",
        ),
        ("rule_id", "version", "stages", "enabled", "unit", "rule_name_zh", "action_zh", "due_days", "source", "valid_from"),
        rule_seeds.rules,
        may_be_empty=False,
    ),
    "plan_curves": _Seed(
        ("plan_curve", "month", "due_share", "shape", "source"),
        ("plan_curve", "month", "due_share", "shape", "source"),
        rule_seeds.curves,
    ),
    "escalation": _Seed(
        (
            "rule_id", "light", "reply_status", "min_days", "min_months_since", "min_repeats", "level",
            "due_working_days", "source",
        ),
        ("light", "level", "source"),
        rule_seeds.escalation,
        may_be_empty=False,
    ),
    "exemptions": _Seed(
        ("rule_id", "county_code", "project_name", "project_code", "author", "reason", "valid_from", "valid_to"),
        ("rule_id", "county_code", "project_name", "author", "reason", "valid_from", "valid_to"),
        rule_seeds.exemptions,
    ),
    "identity_decisions": _Seed(
        (
            "decision", "county_code_a", "project_name_a", "project_code_a", "county_code_b", "project_name_b",
            "project_code_b", "author", "decided_on", "reason",
        ),
        ("decision", "county_code_a", "project_name_a", "county_code_b", "project_name_b", "author", "decided_on", "reason"),
        project_seeds.decisions,
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
        project_seeds.shares,
    ),
    "agreement_kinds": _Seed(
        ("wording", "agreement_kind", "match_order", "source"), ("wording", "agreement_kind", "match_order"), project_seeds.agreement_kinds
    ),
    "department_lists": _Seed(
        ("county_code", "name_part", "unit_name", "author", "decided_on", "reason"),
        ("county_code", "name_part", "unit_name", "author", "decided_on", "reason"),
        project_seeds.department_lists,
    ),
    "capital_origins": _Seed(
        ("wording", "capital_origin", "source"), ("wording", "capital_origin"), project_seeds.capital_origins
    ),
    "exchange_rates": _Seed(
        ("currency", "rate_on", "cny_per_unit", "source"), ("currency", "rate_on", "cny_per_unit", "source"), scorecard_seeds.exchange_rates
    ),
    "county_crosswalk": _Seed(
        ("old_code", "new_code", "valid_from", "note_zh", "source"), ("old_code", "new_code", "valid_from"), project_seeds.crosswalk
    ),
    "industry_chains": _Seed(
        ("chain_id", "chain_name", "aliases", "leader", "source"), ("chain_id", "chain_name"), project_seeds.chains
    ),
    "targets": _Seed(
        (
            "region_code", "unit_name", "period_kind", "period_start", "period_end", "indicator", "target_value",
            "unit", "source", "signing_cohort", "size_tier_from", "responsible_leader",
        ),
        ("region_code", "period_kind", "period_start", "period_end", "indicator", "target_value", "unit"),
        scorecard_seeds.targets,
    ),
    "score_weights": _Seed(
        (
            "scheme", "part", "method", "weight", "cap", "part_name_zh", "part_name_en", "source", "valid_from",
            "valid_to",
        ),
        ("scheme", "part", "method", "weight", "cap", "part_name_zh", "valid_from"),
        scorecard_seeds.weights,
        may_be_empty=False,
    ),
    "score_deductions": _Seed(
        (
            "scheme", "deduction", "rule_id", "points_each", "max_points", "part_name_zh", "part_name_en", "source",
            "valid_from", "valid_to",
        ),
        ("scheme", "deduction", "points_each", "part_name_zh", "source", "valid_from"),
        scorecard_seeds.deductions,
    ),
    "rate_bases": _Seed(
        ("rate", "rate_basis", "numerator", "denominator", "is_default", "source"),
        ("rate", "rate_basis", "numerator", "denominator", "is_default"),
        scorecard_seeds.rate_bases,
    ),
    "campaigns": _Seed(
        ("campaign_id", "campaign_name_zh", "campaign_name_en", "start_on", "end_on", "source"),
        ("campaign_id", "campaign_name_zh", "start_on", "end_on"),
        scorecard_seeds.campaigns,
    ),
    "size_tiers": _Seed(
        ("size_tier", "min_total_investment_cny", "below_total_investment_cny", "tier_order"),
        ("size_tier", "min_total_investment_cny", "tier_order"),
        scorecard_seeds.size_tiers,
        may_be_empty=False,
    ),
    "working_day_exceptions": _Seed(
        ("date_day", "is_working_day", "holiday"), ("date_day", "is_working_day"), rule_seeds.working_days, may_be_empty=False
    ),
    "note_signs": _Seed(("sign", "wording", "source"), ("sign", "wording"), rule_seeds.note_signs, may_be_empty=False),
}  # fmt: skip
