"""Where the dbt project lies, and how to tell that it is another one."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from ingest.home import CHECKOUT

# Another project folder is one whose seeds differ: models see them as they see those that ship.
PROJECT = Path(os.environ.get("LUODI_DBT_PROJECT") or CHECKOUT / "dbt_project")
MODELS = PROJECT / "models"
SEEDS = PROJECT / "seeds"

# Whoever runs dbt by hand leaves other folders beside these.
_FOLDERS = ("models", "seeds", "macros", "tests")
_ENDINGS = frozenset({".sql", ".yml", ".md", ".csv"})


def project_fingerprint(project: Path = PROJECT) -> str:
    """Changes with every file that dbt reads to know the project."""
    digest = hashlib.sha256()
    for path in _files(project):
        digest.update(path.relative_to(project).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _files(project: Path) -> Iterator[Path]:
    yield from sorted(project.glob("*.yml"))
    for folder in _FOLDERS:
        yield from (path for path in sorted((project / folder).rglob("*")) if path.suffix in _ENDINGS)
