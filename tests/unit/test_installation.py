"""What `make` installs is ready to run: no process has to compile the modules it imports."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

DOCKERFILE = Path(__file__).parents[2] / "docker" / "Dockerfile"


@pytest.mark.parametrize("module", ["airflow", "dbt", "dbt.adapters.duckdb", "pandas", "pyarrow"])
def test_a_module_has_its_bytecode(module: str) -> None:
    found = importlib.util.find_spec(module)
    assert found is not None
    assert found.origin is not None
    assert Path(importlib.util.cache_from_source(found.origin)).exists(), "make setup 会编译 compiles it"


def test_the_image_has_it_too() -> None:
    """Its files belong to root, so no process could write it later."""
    text = DOCKERFILE.read_text(encoding="utf-8")
    assert "--compile-bytecode" in text
    assert "compileall" in text
