"""Regions by code and name: GB/T 2260 provinces, prefectures and counties, with the names they used to have.

`wording/regions.csv` holds one row a code and name with the revisions it stood in: `valid_from` empty means since before
the first revision (1980), `valid_to` empty means today. `successor_code` says where a code went.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import re2

from ingest.wording_file import open_wording

REGIONS = Path(__file__).parent / "wording" / "regions.csv"
COLUMNS = ("code", "name", "short_name", "level", "parent_code", "valid_from", "valid_to", "successor_code")
Level = Literal["province", "city", "county"]
_LEVELS: tuple[Level, ...] = ("province", "city", "county")


@dataclass(frozen=True, slots=True)
class Region:
    """One region under one name: `valid_from` inclusive, `valid_to` exclusive."""

    code: str
    name: str
    short_name: str
    level: Level
    parent_code: str | None
    valid_from: date | None
    valid_to: date | None
    successor_code: str | None

    @property
    def is_current(self) -> bool:
        """Whether the code and name are in force today."""
        return self.valid_to is None

    def valid_on(self, day: date | None) -> bool:
        """Whether the name was in force that day; without a day, today."""
        if day is None:
            return self.is_current
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Mention:
    """A region's name in a text: `regions` holds every region of that name, those in force first."""

    start: int
    end: int
    text: str
    regions: tuple[Region, ...]
    is_full: bool


class Gazetteer:
    """Lookup of regions by code and by name, and their mentions in text."""

    def __init__(self, regions: Iterable[Region]) -> None:
        """Build the indexes once; see `gazetteer()` for the shared one."""
        self.regions = tuple(regions)
        self._by_code: dict[str, list[Region]] = {}
        self._by_name: dict[str, list[Region]] = {}
        self._by_short: dict[str, list[Region]] = {}
        self._ordered: dict[str, tuple[Region, ...]] = {}
        for region in self.regions:
            self._by_code.setdefault(region.code, []).append(region)
            self._by_name.setdefault(region.name, []).append(region)
            for short in _short_forms(region):
                self._by_short.setdefault(short, []).append(region)
        self._full_names = {*self._by_name} | {
            form
            for region in self.regions
            for form in _short_forms(region)
            if form[-1] in "县州" and form != region.short_name
        }
        names = sorted({name for name in (*self._by_name, *self._by_short) if len(name) >= 2})
        self._pattern = _name_pattern(names)

    def get(self, code: str, on: date | None = None) -> Region | None:
        """The region a code meant that day (today if not given), else the last one it ever meant."""
        found = self._by_code.get(code)
        if not found:
            return None
        return next((region for region in found if region.valid_on(on)), found[-1])

    def named(self, name: str, level: Level | None = None) -> tuple[Region, ...]:
        """Every region with this full name, those in force today first."""
        return self._order(region for region in self._by_name.get(name, ()) if level in (None, region.level))

    def parent(self, region: Region, on: date | None = None) -> Region | None:
        """The region above; a county run by its province has the province."""
        return self.get(region.parent_code, on) if region.parent_code else None

    def lineage(self, region: Region, on: date | None = None) -> tuple[Region, ...]:
        """Province first, the region itself last."""
        chain = [region]
        while (above := self.parent(chain[0], on)) is not None:
            chain.insert(0, above)
        return tuple(chain)

    def full_name(self, region: Region, on: date | None = None) -> str:
        """The full official name: `河南省驻马店市西平县`."""
        return "".join(step.name for step in self.lineage(region, on))

    def successor(self, region: Region) -> Region | None:
        """What the region is today, following renamings and mergers; None where it simply ended."""
        seen = {region.code}
        while not region.is_current:
            code = region.successor_code
            after = self.get(code) if code else None
            if after is None or (code in seen and not after.is_current):
                return None
            seen.add(after.code)
            region = after
        return region

    def mentions(self, text: str) -> list[Mention]:
        """Every name of a region in the text, longest first at each place, not overlapping."""
        found: list[Mention] = []
        for match in self._pattern.finditer(text):
            start, end = match.span()
            name = text[start:end]
            regions = self._ordered.get(name)
            if regions is None:
                both = {*self._by_name.get(name, ()), *self._by_short.get(name, ())}
                regions = self._ordered[name] = self._order(both)
            found.append(Mention(start, end, name, regions, name in self._full_names))
        return found

    @staticmethod
    def _order(regions: Iterable[Region]) -> tuple[Region, ...]:
        def order(region: Region) -> tuple[int, int, str]:
            return (-(region.valid_to or date.max).toordinal(), _LEVELS.index(region.level), region.code)

        return tuple(sorted(regions, key=order))


def _name_pattern(names: Iterable[str]) -> Any:
    """All names at once, leftmost and longest, without groups: one linear pass of google-re2."""
    options = re2.Options()
    options.longest_match = True
    options.max_mem = 128 << 20
    return re2.compile("|".join(re2.escape(name) for name in names), options)


def _short_forms(region: Region) -> tuple[str, ...]:
    """Short forms a text may use: 恩施, 恩施州; 锡林郭勒 as is. One-character forms are never used."""
    forms = [region.short_name] if region.short_name != region.name and len(region.short_name) >= 2 else []
    if region.name.endswith("自治州"):
        forms.append(region.short_name + "州")
    if region.name.endswith("自治县"):
        forms.append(region.short_name + "县")
    return tuple(forms)


def read_regions(path: Path = REGIONS) -> list[Region]:
    """The rows of the region file.

    Raises:
        ValueError: a column, level, date or parent is wrong, or a code stands twice at the same time; with the line.
    """
    regions: list[Region] = []
    with open_wording(path) as handle:
        reader = csv.DictReader(handle)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{path.name} 列名不符 columns must be {', '.join(COLUMNS)}")
        for row in reader:
            regions.append(_region(row, f"{path.name} 第{reader.line_num}行"))
    _check(regions, path.name)
    return regions


def _region(row: dict[str, str], where: str) -> Region:
    if row["level"] not in _LEVELS or len(row["code"]) != 6 or not row["code"].isdecimal() or not row["name"]:
        raise ValueError(f"{where} 行政区划有误 not a region: {row}")
    try:
        start, end = (date.fromisoformat(row[key]) if row[key] else None for key in ("valid_from", "valid_to"))
    except ValueError as problem:
        raise ValueError(f"{where} 日期有误 not a date: {problem}") from problem
    return Region(
        row["code"],
        row["name"],
        row["short_name"],
        _LEVELS[_LEVELS.index(row["level"])],
        row["parent_code"] or None,
        start,
        end,
        row["successor_code"] or None,
    )


def _check(regions: list[Region], name: str) -> None:
    codes = {region.code for region in regions}
    current: set[str] = set()
    for region in regions:
        for other in (region.parent_code, region.successor_code):
            if other is not None and other not in codes:
                raise ValueError(f"{name} 代码不存在 {region.code} {region.name} points to unknown code {other}")
        if region.is_current:
            if region.code in current:
                raise ValueError(f"{name} 代码重复 code in force twice: {region.code} {region.name}")
            current.add(region.code)


@cache
def gazetteer() -> Gazetteer:
    """The shared gazetteer, read once a process."""
    return Gazetteer(read_regions())


@cache
def provinces() -> tuple[Region, ...]:
    """The provinces, autonomous regions and municipalities."""
    return tuple(region for region in read_regions() if region.level == "province")
