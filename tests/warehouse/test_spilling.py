"""A build larger than memory goes to disk and goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from warehouse.project import PROJECT

# Needs several times the limit of memory.
_LARGE_SORT = (
    "create or replace table sorted as select range as n, md5(range::varchar) as text from range(3000000) order by text"
)


def _profile(home: Path) -> dict[str, Any]:
    text = (PROJECT / "profiles.yml").read_text(encoding="utf-8")
    text = text.replace("{{ env_var('LUODI_HOME') }}", str(home))
    text = text.replace("{{ env_var('LUODI_MEMORY_LIMIT', '4GB') }}", "90MB")
    output: dict[str, Any] = yaml.safe_load(text)["luodi"]["outputs"]["duckdb"]
    return output


def test_models_after_one_that_went_to_disk_are_built(tmp_path: Path) -> None:
    """The adapter says `settings` again for every model; DuckDB refuses some once it has written to disk."""
    (tmp_path / "build").mkdir()
    output = _profile(tmp_path)
    with duckdb.connect(output["path"], config=output["config_options"]) as connection:
        for _ in range(2):
            cursor = connection.cursor()
            for key, value in output["settings"].items():
                cursor.execute(f"set {key} = '{value}'")
            cursor.execute(_LARGE_SORT)
            # So it did write to disk.
            with pytest.raises(duckdb.NotImplementedException):
                cursor.execute(f"set temp_directory = '{output['config_options']['temp_directory']}'")
        assert connection.execute("select count(*) from sorted").fetchall() == [(3_000_000,)]
