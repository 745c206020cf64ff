"""What tables and columns mean, said twice: `中文。English.` Written once, in the yml beside the dbt models.

Publication copies the texts into the DuckDB file as comments, so every program that opens it shows them; whoever reads
the publication reads them from there, and they always fit its columns.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.project import MODELS, PROJECT

if TYPE_CHECKING:
    import duckdb

# Chinese up to its last full stop; what follows holds letters and no Chinese.
_TWICE = re.compile(
    r"(?P<chinese>.*[\u4e00-\u9fff].*?[。！？])\s*(?P<english>[^\u4e00-\u9fff]*[A-Za-z][^\u4e00-\u9fff]*)", re.DOTALL
)
_BRACKETS = {"（": "）", "(": ")", "「": "」", "“": "”"}
_LABEL_ENDS = "，。；：、"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A description's two halves. Either may be empty where somebody wrote only one."""

    chinese: str
    english: str

    @property
    def label(self) -> str:
        """What a heading says: the Chinese up to its first pause outside brackets (`累计到位资金（元）`)."""
        awaited: list[str] = []
        for place, letter in enumerate(self.chinese):
            if awaited and letter == awaited[-1]:
                awaited.pop()
            elif letter in _BRACKETS:
                awaited.append(_BRACKETS[letter])
            elif not awaited and letter in _LABEL_ENDS:
                return self.chinese[:place]
        return self.chinese


@dataclass(frozen=True, slots=True)
class DescribedColumn:
    """A column of a published table; `data_type` is DuckDB's."""

    name: str
    data_type: str
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class DescribedTable:
    """A published table with its columns in order; `rows` is how many it holds."""

    name: str
    meaning: Meaning
    rows: int
    columns: tuple[DescribedColumn, ...]


@dataclass(frozen=True, slots=True)
class ModelText:
    """A model's description and those of its columns, as they stand in the yml; `reader` is whom a finding is for."""

    description: str
    columns: Mapping[str, str]
    reader: str = ""


def meaning(description: str | None) -> Meaning:
    """The halves of a description. Text without Chinese is English, any other that is not said twice Chinese."""
    text = " ".join((description or "").split())
    said = _TWICE.fullmatch(text)
    if said:
        return Meaning(said["chinese"], said["english"])
    return Meaning(text, "") if re.search(r"[\u4e00-\u9fff]", text) else Meaning("", text)


def model_texts(models: Path = MODELS) -> dict[str, ModelText]:
    """The descriptions of every model that a yml below `models` speaks of."""
    found: dict[str, ModelText] = {}
    for path in sorted(models.rglob("*.yml")):
        found.update(_texts_in(path, "models"))
    return found


@dataclass(frozen=True, slots=True)
class Texts:
    """All that is written about tables and columns: of models and seeds in their yml, else by a column's name alone.

    `shared` is `columns.csv`; `by_name` has it, then the labels of ledger fields, then what published tables say.
    """

    models: Mapping[str, ModelText]
    shared: Mapping[str, str]
    by_name: Mapping[str, str]

    def of_column(self, table: str, column: str) -> str:
        """What the table's own yml says; else what the name means anywhere. Empty where nothing is written."""
        own = self.models[table].columns.get(column) if table in self.models else None
        return own or self.by_name.get(column, "")


def read_texts(project: Path = PROJECT) -> Texts:
    """Everything written below the dbt project, and the labels of the canonical fields."""
    from ingest.fields import fields

    models = model_texts(project / "models")
    for path in sorted((project / "seeds").rglob("*.yml")):
        models.update(_texts_in(path, "seeds"))
    with (project / "columns.csv").open(encoding="utf-8", newline="") as handle:
        shared = {record["column"]: record["description"] for record in csv.DictReader(handle)}
    published = {name: text for model in models.values() for name, text in model.columns.items()}
    labels = {
        name: f"{field.label_zh}。{field.label_en[:1].upper()}{field.label_en[1:]}." for name, field in fields().items()
    }
    return Texts(models, shared, {**published, **labels, **shared})


def _texts_in(path: Path, kind: str) -> dict[str, ModelText]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # seven times as fast, where libyaml is there
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=loader) or {}  # noqa: S506 (both loaders are safe)
    return {
        node["name"]: ModelText(
            node.get("description") or "",
            {column["name"]: column.get("description") or "" for column in node.get("columns") or []},
            ((node.get("config") or {}).get("meta") or {}).get("reader") or "",
        )
        for node in content.get(kind) or []
    }


def described_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, DescribedTable]:
    """The tables of a publication with their comments, by name."""
    columns: dict[str, list[DescribedColumn]] = {}
    for table, name, data_type, comment in connection.execute(
        "select table_name, column_name, data_type, comment from duckdb_columns()"
        " where database_name = current_database() and schema_name = 'main' and not internal order by table_name, column_index"
    ).fetchall():
        columns.setdefault(table, []).append(DescribedColumn(name, data_type, meaning(comment)))
    tables = connection.execute(
        "select table_name, comment, estimated_size from duckdb_tables()"
        " where database_name = current_database() and schema_name = 'main' order by table_name"
    ).fetchall()
    return {
        name: DescribedTable(name, meaning(comment), rows, tuple(columns.get(name, [])))
        for name, comment, rows in tables
    }
