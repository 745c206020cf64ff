"""The house rules that no single part can keep: who may import whom, and what a commit must not hold."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]

FORBIDDEN = {
    "ingest": {"airflow", "dbt", "great_expectations", "warehouse", "expectations", "reports", "luodi", "dags"},
    "expectations": {"airflow", "dbt", "reports", "luodi", "dags"},
    "warehouse": {"airflow", "great_expectations", "expectations", "reports", "luodi", "dags"},
    "reports": {"airflow", "dbt", "great_expectations", "expectations", "luodi", "dags"},
}


def imported_roots(path: Path) -> Iterator[str]:
    """Root package of every import in a file, also of those inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("package", sorted(FORBIDDEN))
def test_package_imports_only_what_it_may(package: str) -> None:
    broken = [
        f"{path.relative_to(CHECKOUT)} imports {root}"
        for path in sorted((CHECKOUT / package).rglob("*.py"))
        for root in imported_roots(path)
        if root in FORBIDDEN[package]
    ]
    assert broken == []


def top_level_imports(path: Path) -> Iterator[str]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def test_dag_files_stay_thin() -> None:
    """A DAG file imports heavy packages inside tasks only, and holds 130 lines at most."""
    heavy = {
        "great_expectations",
        "dbt",
        "pandas",
        "duckdb",
        "pyarrow",
        "ingest",
        "warehouse",
        "reports",
        "expectations",
    }
    files = sorted((CHECKOUT / "dags").glob("*.py"))
    assert files
    for path in files:
        assert not heavy & set(top_level_imports(path)), f"{path.name} imports too much at parse time"
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 130, f"{path.name} is too long"


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [CHECKOUT / name for name in listed.stdout.split("\0") if name and (CHECKOUT / name).is_file()]


def test_no_machine_paths_or_registry_hosts_are_tracked() -> None:
    # Put together here so that this file does not find itself.
    hosts = "|".join(["pypi" + r"\.org", "pythonhosted" + r"\.org", "registry" + r"\.npmjs", "deb" + r"\.debian"])
    pattern = re.compile(rf"({hosts}|/{'work'}/(main|shared)|/{'root'}/)".encode())
    found = [
        str(path.relative_to(CHECKOUT))
        for path in tracked_files()
        if path.suffix not in {".xlsx", ".xls", ".zip"} and pattern.search(path.read_bytes())
    ]
    assert found == []


def test_locks_carry_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock"):
        text = (CHECKOUT / name).read_text(encoding="utf-8")
        assert "://" not in text
        for requirement in re.split(r"\n(?=\S)", text.strip()):
            assert "--hash=sha256:" in requirement, requirement[:80]


def test_locks_agree() -> None:
    """What runs is what is tested: the smaller lock names the same versions as the larger."""

    def versions(name: str) -> set[str]:
        text = (CHECKOUT / name).read_text(encoding="utf-8")
        return set(re.findall(r"^([\w.\[\]-]+==[^\s;\\]+)", text, re.MULTILINE))

    assert versions("requirements.lock") <= versions("requirements-dev.lock") <= versions("requirements-bench.lock")
