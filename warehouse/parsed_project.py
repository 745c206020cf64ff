"""The dbt project as dbt has parsed it, kept below `build/` of a home: parsing takes longer than many a build.

In service every layer is built by a process of its own, and each would parse anew what did not change for months.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ingest.files import write_whole
from ingest.home import Home
from warehouse.project import project_fingerprint

_PACKAGES = ("dbt-core", "dbt-adapters", "dbt-common", "dbt-duckdb")


def parsed_project(home: Home, project: Path, mode: str, parse: Callable[[], Any]) -> Any:
    """The manifest of the project folder for builds of this mode (`full` or `incremental`), by `parse` where none is kept
    that still holds.

    Models may say something else for another mode; no model may for another `as_of` (it is filled in when they run).
    """
    kept = home.build / "dbt" / f"parsed-{mode}.pickle"
    key = _key(home, project)
    manifest = _read(kept, key)
    if manifest is None:
        manifest = parse()
        write_whole(kept, key + pickle.dumps(manifest), durable=False)
    return manifest


def _read(kept: Path, key: bytes) -> Any | None:
    try:
        data = kept.read_bytes()
    except FileNotFoundError:
        return None
    if not data.startswith(key):
        return None
    try:
        return pickle.loads(data[len(key) :])  # noqa: S301 (our own, of these versions)
    except Exception:  # noqa: BLE001 (torn by a power cut: any error may come of it, and parsing mends it)
        return None


def _key(home: Home, project: Path) -> bytes:
    versions = (f"{package} {version(package)}" for package in _PACKAGES)
    # Where the sources of a model lie is part of what is parsed.
    told = [sys.version, str(home.root.absolute()), str(project), *versions, project_fingerprint(project)]
    return hashlib.sha256("\n".join(told).encode()).digest()
