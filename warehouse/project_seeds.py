"""Checks on the seeds that say what is one project, whose it is, and what its words mean."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from warehouse.seed_file import (
    Record,
    SeedFault,
    SeedFile,
    not_among,
    not_whole,
    number_of,
    twice,
    unknown_counties,
)


def decisions(file: SeedFile) -> Iterator[SeedFault]:
    """`identity_decisions`: no two contradict each other."""
    yield from unknown_counties(file, "county_code_a", "county_code_b")
    yield from not_among(file, "decision", ("same", "renamed", "different", "split_into", "merged_into", "part_of"))
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


def shares(file: SeedFile) -> Iterator[SeedFault]:
    """`project_shares`: the parts of a project sum to 1, in periods that do not meet."""
    yield from unknown_counties(file, "county_code", "sharing_county_code")
    periods: dict[tuple[str, ...], dict[tuple[str, str], list[tuple[int, Record]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for line, record in file.records:
        share = number_of(record["share_rate"])
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
            yield from twice(file, parts, "sharing_county_code")
        spans = sorted((first, last, parts[0][0]) for (first, last), parts in of_project.items())
        for (_, end, earlier), (begin, _, line) in pairwise(spans):
            if begin <= end:
                yield file.fault(line, f"与第{earlier}行时间重叠 overlaps line {earlier}")


def crosswalk(file: SeedFile) -> Iterator[SeedFault]:
    """`county_crosswalk`: from one known code to another."""
    yield from unknown_counties(file, "old_code", "new_code")
    for line, record in file.records:
        if record["old_code"] == record["new_code"]:
            yield file.fault(line, "新旧代码相同 old and new code are the same")


def chains(file: SeedFile) -> Iterator[SeedFault]:
    """`industry_chains`: no wording means two chains."""
    seen: dict[str, int] = {}
    for line, record in file.records:
        for wording in dict.fromkeys((record["chain_name"], *record["aliases"].split())):
            if wording in seen:
                yield file.fault(line, f"与第{seen[wording]}行的称呼相同 wording stands twice: {wording}")
            seen[wording] = line


def capital_origins(file: SeedFile) -> Iterator[SeedFault]:
    """`capital_origins`: each wording stands once, and what it means is no other wording."""
    yield from twice(file, file.records, "wording")
    wordings = {record["wording"] for _, record in file.records}
    for line, record in file.records:
        if record["capital_origin"] in wordings:
            yield file.fault(line, f"归到的写法自己也要归 means another wording: {record['capital_origin']}")


def department_lists(file: SeedFile) -> Iterator[SeedFault]:
    """`department_lists`: known counties, and no part of a name that two departments could claim."""
    yield from unknown_counties(file, "county_code")
    told: dict[str, list[tuple[int, str]]] = {}
    for line, record in file.records:
        for other, part in told.setdefault(record["county_code"], []):
            if part in record["name_part"] or record["name_part"] in part:
                yield file.fault(line, f"与第{other}行会认到同一个文件 may hold for one file with line {other}: {part}")
        told[record["county_code"]].append((line, record["name_part"]))


def agreement_kinds(file: SeedFile) -> Iterator[SeedFault]:
    """`agreement_kinds`: each wording stands once, in an order."""
    yield from not_among(file, "agreement_kind", ("framework", "intent", "contract", "increase", "supplement"))
    yield from twice(file, file.records, "wording")
    yield from twice(file, file.records, "match_order")
    yield from not_whole(file, "match_order")
