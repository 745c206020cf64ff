"""Every report is an exposure with an owner, and it depends on exactly the tables that its queries read."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

from ingest.home import CHECKOUT
from warehouse.descriptions import meaning
from warehouse.publication import published_table_names

Manifest = dict[str, Any]

# A published table behind `from`, `join` or a comma of theirs; common table expressions have other names.
_READ = re.compile(r"(?i)\b(?:from|join)\s+((?:\w+(?:\s+as\s+\w+)?\s*,\s*)*\w+)")


def tables_read(path: Path) -> set[str]:
    """The published tables a file reads: SQL, code that holds SQL, or a list of tables with what to say of each."""
    published = set(published_table_names())
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as handle:
            return {record[0] for record in csv.reader(handle)} & published
    text = re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))
    return {word for listed in _READ.findall(text) for word in re.findall(r"\w+", listed)} & published


def queries_of(exposure: dict[str, Any]) -> list[Path]:
    patterns = exposure["config"]["meta"]["queries"]
    found = {pattern: sorted(CHECKOUT.glob(pattern)) for pattern in patterns}
    assert all(found.values()), found
    return [path for paths in found.values() for path in paths]


def test_each_depends_on_exactly_the_tables_its_queries_read(manifest: Manifest) -> None:
    declared, read = {}, {}
    for exposure in manifest["exposures"].values():
        declared[exposure["name"]] = sorted(node.split(".")[-1] for node in exposure["depends_on"]["nodes"])
        read[exposure["name"]] = sorted(set().union(*map(tables_read, queries_of(exposure))))
    assert len(declared) >= 6
    assert declared == read


def test_every_query_of_a_report_belongs_to_an_exposure(manifest: Manifest) -> None:
    covered = {path for exposure in manifest["exposures"].values() for path in queries_of(exposure)}
    queries = set((CHECKOUT / "reports" / "queries").rglob("*.sql"))
    assert len(queries) > 10
    assert queries - covered == set(), "name it in dbt_project/models/exposures/_exposures.yml"


def test_code_that_asks_the_publication_belongs_to_an_exposure(manifest: Manifest) -> None:
    covered = {path for exposure in manifest["exposures"].values() for path in queries_of(exposure)}
    asking = {
        path
        for folder in ("luodi", "reports", "warehouse")
        for path in (CHECKOUT / folder).rglob("*.py")
        if tables_read(path)
    }
    assert asking - covered == set()


def test_each_has_an_owner_and_says_in_both_languages_what_it_is(manifest: Manifest) -> None:
    for exposure in manifest["exposures"].values():
        assert re.fullmatch(r"[\u4e00-\u9fff]+ [a-z][a-z ]+", exposure["owner"]["name"]), exposure["name"]
        said = meaning(exposure["description"])
        assert said.chinese, exposure["name"]
        assert said.english, exposure["name"]
        assert exposure["label"], exposure["name"]


def test_tables_are_found_wherever_a_query_reads_them(tmp_path: Path) -> None:
    query = tmp_path / "query.sql"
    query.write_text(
        "-- from dim_date: only talked about\nwith a as (select 1 from dim_project as p, dim_county)\n"
        "select * from a left join\n    fct_signings using (project_id) where exists (select 1 from stalled_projects)"
    )
    assert tables_read(query) == {"dim_project", "dim_county", "fct_signings", "stalled_projects"}
