"""Where run-time state lives: every path below one folder, `LUODI_HOME`."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Home:
    """The paths below the run-time folder. Landing is what you back up; the rest rebuilds from it."""

    root: Path

    @classmethod
    def resolve(cls, given: str | Path | None = None) -> Home:
        """`given`, else the environment's `LUODI_HOME`, else `var/` in the checkout."""
        chosen = given or os.environ.get("LUODI_HOME") or CHECKOUT / "var"
        return cls(Path(chosen).expanduser().resolve())

    @property
    def landing(self) -> Path:
        """Immutable bytes by sha256 and the manifest of what landed from where."""
        return self.root / "landing"

    @property
    def lake(self) -> Path:
        """Parquet partitions, each a pure function of landed bytes and parser version."""
        return self.root / "lake"

    @property
    def build(self) -> Path:
        """The warehouse under construction and dbt's artefacts."""
        return self.root / "build"

    @property
    def publish(self) -> Path:
        """The published copy: `warehouse.duckdb` and one Parquet file a table."""
        return self.root / "publish"

    @property
    def warehouse(self) -> Path:
        """The published DuckDB file, swapped atomically."""
        return self.publish / "warehouse.duckdb"

    @property
    def foreign_changes(self) -> Path:
        """What another program that opened the published file for writing leaves beside it; we leave none."""
        return self.publish / "warehouse.duckdb.wal"

    @property
    def reports(self) -> Path:
        """Packs, bulletins and workbooks made for people."""
        return self.root / "reports"

    @property
    def runs(self) -> Path:
        """One JSON record a run: what ran, on which inputs, with what outcome."""
        return self.root / "runs"

    @property
    def airflow(self) -> Path:
        """Airflow's own home: its database, logs and generated configuration."""
        return self.root / "airflow"
