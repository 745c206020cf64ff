"""What a row that was turned away says in its own ledger: the header over a field and the text of the cell below it.

Checks see typed values; the person who must correct the ledger sees headers and cells.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.lake import read_partition

ROWS, COLUMNS = "ledger_project_rows", "ledger_columns"


@dataclass(frozen=True, slots=True)
class RowCells:
    """The filled cells of one row by header, and the headers that its sheet gives a field, from left to right."""

    cells: Mapping[str, str]
    headers: Mapping[str, tuple[str, ...]]

    def of(self, field: str) -> tuple[str, str] | None:
        """Header and text of the cell a field was read from; None where no filled column was taken for the field."""
        return next(((name, self.cells[name]) for name in self.headers.get(field, ()) if name in self.cells), None)


def cells_of_rows(lake: Path, partition: Path, row_ids: Collection[str]) -> dict[str, RowCells]:
    """The cells of some rows of one partition of project rows, by row id.

    Raises:
        LakeUnreadableError: the partition is no Parquet file any more.
    """
    headers = _headers(lake, partition.name)
    rows = read_partition(partition, ["row_id", "file_sha256", "sheet", "raw"]).to_pylist()
    return {
        row["row_id"]: RowCells(json.loads(row["raw"] or "{}"), headers.get((row["file_sha256"], row["sheet"]), {}))
        for row in rows
        if row["row_id"] in row_ids
    }


def _headers(lake: Path, name: str) -> dict[tuple[str, str], dict[str, tuple[str, ...]]]:
    """The headers of a landed file, by (file, sheet) and field; its columns may lie in another month than its rows."""
    found: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
    for path in sorted((lake / COLUMNS).glob(f"period=*/{name}")):
        columns = read_partition(path, ["file_sha256", "sheet", "table_number", "column_number", "header", "field"])
        for column in sorted(columns.to_pylist(), key=lambda one: (one["table_number"], one["column_number"])):
            if column["field"] is not None:
                fields = found.setdefault((column["file_sha256"], column["sheet"]), {})
                fields[column["field"]] = (*fields.get(column["field"], ()), column["header"])
    return found
