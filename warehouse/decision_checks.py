"""People's decisions about projects, held against the ledgers that have been read, before anything is built.

A decision about a project that no ledger has ever named does nothing: most likely its name or county is mistyped. Names are
compared as the models compare them, by the very macro (`dbt_project/macros/names.sql`).
"""

from __future__ import annotations

import csv
import glob
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.fields import WORDING
from warehouse.project import PROJECT, SEEDS
from warehouse.seed_checks import SeedsRefusedError
from warehouse.seed_file import SeedFault

_KEY_MACRO = "project_name_key"
# Seed → the columns that name a project: county and name.
_NAMED = {
    "identity_decisions": (("county_code_a", "project_name_a"), ("county_code_b", "project_name_b")),
    "project_shares": (("county_code", "project_name"),),
    "exemptions": (("county_code", "project_name"),),
}


@dataclass(frozen=True, slots=True)
class _Named:
    file: str
    line: int
    county_code: str
    project_name: str


def check_decisions(lake: Path, seeds: Path = SEEDS, regions: Path = WORDING / "regions.csv") -> None:
    """Refuse decisions about projects that no ledger in `lake` names in their county (or one it followed or became).

    Raises:
        SeedsRefusedError: with every such decision, by file and line.
    """
    named = list(_decisions(seeds))
    if not named:
        return
    counties = _same_counties(seeds / "county_crosswalk.csv", regions)
    unknown = _unknown(named, lake, counties)
    faults = [
        SeedFault(
            one.file,
            one.line,
            f"{one.county_code} 的台账里没有这个项目 no ledger of this county names the project: {one.project_name}；"
            "请照抄台账中的名称和所在县区 copy name and county from a ledger",
        )
        for one in unknown
    ]
    if faults:
        raise SeedsRefusedError(faults)


def _decisions(seeds: Path) -> Iterator[_Named]:
    for seed, sides in _NAMED.items():
        path = seeds / f"{seed}.csv"
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            for record in reader:
                for county, name in sides:
                    yield _Named(path.name, reader.line_num, record[county].strip(), record[name].strip())


def _same_counties(crosswalk: Path, regions: Path) -> dict[str, set[str]]:
    """Each county code with all codes that one county has had."""
    links: dict[str, set[str]] = defaultdict(set)
    for path, old, new in ((crosswalk, "old_code", "new_code"), (regions, "code", "successor_code")):
        with path.open(encoding="utf-8-sig", newline="") as handle:
            for record in csv.DictReader(handle):
                if record[new]:
                    links[record[old]].add(record[new])
                    links[record[new]].add(record[old])
    found: dict[str, set[str]] = {}
    for start in links:
        reached, ahead = {start}, [start]
        while ahead:
            ahead = [code for at in ahead for code in links[at] if code not in reached]
            reached.update(ahead)
        found[start] = reached
    return found


def _unknown(named: list[_Named], lake: Path, counties: dict[str, set[str]]) -> list[_Named]:
    import duckdb

    key = _name_key()
    wanted = [
        (place, code, one.project_name)
        for place, one in enumerate(named)
        for code in counties.get(one.county_code, {one.county_code})
    ]
    with duckdb.connect() as connection:
        connection.execute("create table wanted (place integer, county_code varchar, project_name varchar)")
        connection.executemany("insert into wanted values (?, ?, ?)", wanted)
        rows = connection.execute(
            f"""
            select distinct wanted.place
            from wanted
            inner join (
                select distinct county_code, project_name from read_parquet(?)
                where county_code in (select w.county_code from wanted as w)
            ) as listed
                on wanted.county_code = listed.county_code
                and {key("wanted.project_name")} = {key("listed.project_name")}
            """,  # noqa: S608 our own macro
            [f"{glob.escape(str(lake))}/ledger_project_rows/*/*.parquet"],
        ).fetchall()
    known = {place for (place,) in rows}
    return [one for place, one in enumerate(named) if place not in known]


def _name_key() -> Callable[[str], str]:
    """A column to the SQL that makes a name comparable: a macro that needs nothing of dbt."""
    import jinja2

    text = (PROJECT / "macros" / "names.sql").read_text(encoding="utf-8")
    macro: Callable[[str], str] = getattr(jinja2.Environment(autoescape=False).from_string(text).module, _KEY_MACRO)  # noqa: S701 SQL
    return macro
