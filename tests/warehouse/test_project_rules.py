"""The dbt project checks itself, on its manifest: nothing is built for it.

A failure says which model, column or seed to look at, and where its text belongs.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Any

import pytest
from built_worlds import Ask

from ingest.fields import fields
from ingest.home import CHECKOUT
from reports.quality_workbook import findings
from warehouse.descriptions import Texts, meaning, read_texts

PROJECT = CHECKOUT / "dbt_project"
Node = dict[str, Any]
Manifest = dict[str, Any]

_NAMES = {
    "staging": r"stg_(?P<folder>[a-z_]+)__[a-z][a-z0-9_]*",
    "intermediate": r"int_[a-z][a-z0-9_]*",
    # Reports keep the names of the contract; what is counted or joined to is a fact or a dimension.
    "marts": r"(?!stg_|int_|quality_)[a-z][a-z0-9_]*",
    "quality": r"quality_[a-z][a-z0-9_]*",
}
_DATES = r".*(_on|_date|_month|_until)|(month|day|date_day|period)(_start|_end)?|valid_(from|to)"


@pytest.fixture(scope="module")
def texts() -> Texts:
    return read_texts()


def models(manifest: Manifest) -> Iterator[tuple[str, Node]]:
    """Our models with the layer each belongs to."""
    for node in manifest["nodes"].values():
        if node["resource_type"] == "model":
            yield node["fqn"][1], node


def said_twice(text: str | None) -> bool:
    found = meaning(text)
    return bool(found.chinese and found.english)


def test_every_model_says_in_both_languages_what_it_is(manifest: Manifest) -> None:
    found = [node["name"] for _, node in models(manifest)]
    assert len(found) > 100
    assert [node["name"] for _, node in models(manifest) if not said_twice(node["description"])] == []


def test_every_model_and_seed_has_somebody_who_answers_for_it(manifest: Manifest) -> None:
    nodes = [node for node in manifest["nodes"].values() if node["resource_type"] in ("model", "seed")]
    owners = {node["name"]: node["config"]["meta"].get("owner") for node in nodes}
    both = re.compile(r"[\u4e00-\u9fff]+ [a-z][a-z ]+")
    assert {name: owner for name, owner in owners.items() if not both.fullmatch(owner or "")} == {}


def test_every_described_column_is_described_in_both_languages(manifest: Manifest) -> None:
    columns = [
        (f"{node['name']}.{column['name']}", column["description"])
        for node in manifest["nodes"].values()
        if node["resource_type"] in ("model", "seed")
        for column in node["columns"].values()
    ]
    assert len(columns) > 700
    assert [name for name, text in columns if not said_twice(text)] == []


def test_every_model_has_a_test_of_its_grain(manifest: Manifest) -> None:
    tested = {
        node["attached_node"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test" and (node.get("test_metadata") or {}).get("name") == "grain"
    }
    assert [node["name"] for _, node in models(manifest) if node["unique_id"] not in tested] == []


def test_every_model_is_read_by_another_or_published_under_a_contract(manifest: Manifest) -> None:
    unused = []
    for layer, node in models(manifest):
        read_by = [child for child in manifest["child_map"][node["unique_id"]] if child.startswith("model.")]
        is_promised = layer in ("marts", "quality") and node["config"]["contract"]["enforced"]
        if not read_by and not is_promised:
            unused.append(node["name"])
    assert unused == []


def test_every_seed_is_read(manifest: Manifest) -> None:
    seeds = [node for node in manifest["nodes"].values() if node["resource_type"] == "seed"]
    unread = [
        node["name"]
        for node in seeds
        if not any(child.startswith("model.") for child in manifest["child_map"][node["unique_id"]])
    ]
    assert seeds
    assert unread == []


def test_names_follow_the_layer(manifest: Manifest) -> None:
    wrong = []
    for layer, node in models(manifest):
        fits = re.fullmatch(_NAMES[layer], node["name"])
        folder = node["fqn"][2]
        if not fits or (layer == "staging" and fits["folder"] != folder):
            wrong.append("/".join(node["fqn"]))
    assert wrong == []


def test_column_names_tell_their_kind(manifest: Manifest) -> None:
    """Dates, booleans and amounts are known by their names."""
    wrong = []
    for _, node in models(manifest):
        for column in node["columns"].values():
            name, kind = column["name"], column["data_type"]
            fits = {
                "date": re.fullmatch(_DATES, name),
                "boolean": name.startswith(("is_", "has_", "was_")),
            }.get(kind, not name.endswith("_on") and not name.startswith(("is_", "has_", "was_")))
            if kind and (not fits or (name.endswith(("_cny", "_usd")) and not kind.startswith("decimal"))):
                wrong.append(f"{node['name']}.{name} {kind}")
    assert wrong == []


def test_every_seed_has_the_type_of_each_column_and_says_where_a_row_comes_from(manifest: Manifest) -> None:
    untyped, unsourced = {}, []
    for node in (node for node in manifest["nodes"].values() if node["resource_type"] == "seed"):
        with (PROJECT / node["original_file_path"]).open(encoding="utf-8", newline="") as handle:
            header = next(csv.reader(handle))
        untyped[node["name"]] = set(header) ^ set(node["config"]["column_types"])
        if not {"source", "author"} & set(header) and not said_twice(node["config"]["meta"].get("source")):
            unsourced.append(node["name"])
    assert {name: columns for name, columns in untyped.items() if columns} == {}
    assert unsourced == []


def test_every_source_table_says_in_both_languages_what_it_is(manifest: Manifest) -> None:
    sources = manifest["sources"].values()
    assert sources
    assert [source["name"] for source in sources if not said_twice(source["description"])] == []


def test_every_quality_model_is_for_a_named_reader(manifest: Manifest) -> None:
    readers = {
        node["name"]: node["config"]["meta"].get("reader") for layer, node in models(manifest) if layer == "quality"
    }
    assert readers
    assert {name: reader for name, reader in readers.items() if not said_twice(reader)} == {}


def test_every_kind_of_finding_that_occurs_has_a_sentence(ask: Ask) -> None:
    """The quality workbook says each in its own words (`reports/quality_findings.csv`)."""
    tables = ask("select table_name from duckdb_columns() where table_name like 'quality%' and column_name = 'finding'")
    kinds = {(table, kind) for (table,) in tables for (kind,) in ask(f"select distinct finding from {table}")}
    assert len(kinds) > 2
    assert kinds - set(findings()) == set()


def test_every_column_that_is_built_is_described(ask: Ask, texts: Texts) -> None:
    """Published columns in their yml; those of inner layers there, or by name in fields.csv and columns.csv."""
    built = ask(
        "select table_name, column_name from duckdb_columns() where database_name = current_database()"
        " and schema_name in ('main', 'staging', 'intermediate', 'seeds') order by all"
    )
    assert len(built) > 1500
    silent = [f"{table}.{column}" for table, column in built if not said_twice(texts.of_column(table, column))]
    assert silent == [], "add a row to dbt_project/columns.csv, or describe the column in the model's yml"


def test_no_shared_description_is_left_over(ask: Ask, texts: Texts) -> None:
    built = {name for (name,) in ask("select distinct column_name from duckdb_columns()")}
    assert set(texts.shared) - built == set()


def test_a_description_that_is_inherited_by_name_means_one_thing(ask: Ask, texts: Texts) -> None:
    """Where published tables explain a column differently, an inner table says for itself which it means."""
    labels: dict[str, set[str]] = {}
    for model in texts.models.values():
        for column, text in model.columns.items():
            labels.setdefault(column, set()).add(meaning(text).label)
    ambiguous = {name for name, found in labels.items() if len(found) > 1} - set(texts.shared) - set(fields())
    inner = ask(
        "select table_name, column_name from duckdb_columns() where schema_name in ('staging', 'intermediate', 'seeds')"
    )
    inheriting = {
        f"{table}.{column}"
        for table, column in inner
        if column in ambiguous and not (table in texts.models and texts.models[table].columns.get(column))
    }
    assert inheriting == set(), "describe it in the model's yml, or once for all in dbt_project/columns.csv"
