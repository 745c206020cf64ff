"""The dbt project as dbt has parsed it, kept in its `target/`: parsing takes longer than many a build.

In service every layer is built by a process of its own, and each would parse anew what did not change for months.
Where the code may not be written to, as in an image, a home keeps its own.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
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

    Models may say something else for another mode; no model may for another `as_of` or another home, which are filled in
    when they run.
    """
    key, name = _key(project), f"parsed-{mode}.pickle"
    places = (project / "target" / name, home.build / "dbt" / name)
    manifest = next((kept for place in places if (kept := _read(place, key)) is not None), None)
    if manifest is None:
        manifest = parse()
        _keep(places, key + pickle.dumps(manifest))
    return manifest


def _keep(places: Sequence[Path], data: bytes) -> None:
    """Leave it in the first place that takes it; where none does, the next build parses again."""
    for place in places:
        with suppress(OSError):
            write_whole(place, data, durable=False)
            return


def _read(kept: Path, key: bytes) -> Any | None:
    try:
        data = kept.read_bytes()
    except OSError:
        return None
    if not data.startswith(key):
        return None
    try:
        return pickle.loads(data[len(key) :])  # noqa: S301 (our own, of these versions)
    except Exception:  # noqa: BLE001 (torn by a power cut: any error may come of it, and parsing mends it)
        return None


def _key(project: Path) -> bytes:
    versions = (f"{package} {version(package)}" for package in _PACKAGES)
    told = [sys.version, str(project.absolute()), *versions, project_fingerprint(project)]
    return hashlib.sha256("\n".join(told).encode()).digest()
