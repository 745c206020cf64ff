"""The documentation of the warehouse as one page that opens offline: every table and column in both languages, and lineage.

It is dbt's own page. What dbt does not know is filled in before it is written: columns of inner layers, which are described
by name (`dbt_project/columns.csv`, the fields of a ledger), and titles in place of bare names.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ingest.files import write_whole
from ingest.home import Home
from warehouse.dbt_docs import generate
from warehouse.descriptions import Texts, read_texts

FOLDER = "docs"


def write_docs(home: Home) -> Path:
    """Write `reports/docs/index.html`; needs no run before it, and reads no data.

    Raises:
        warehouse.dbt_build.BuildFailedError: a model cannot be built.
    """
    home.build.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".docs-", dir=home.build) as scratch:
        parts = generate(Home(Path(scratch)))
    describe_columns(parts.manifest, parts.catalog, read_texts())
    return write_whole(home.reports / FOLDER / "index.html", parts.page().encode())


def describe_columns(manifest: dict[str, Any], catalog: Mapping[str, Any], texts: Texts) -> None:
    """Give every built column its description in the manifest, where its yml gives none."""
    for unique_id, table in catalog["nodes"].items():
        node = manifest["nodes"][unique_id]
        for name in table["columns"]:
            column = node["columns"].setdefault(name, {"name": name, "description": "", "meta": {}, "tags": []})
            column["description"] = column["description"] or texts.of_column(node["name"], name)
