"""A build that a full disk stopped says so first, in words; what DuckDB said of it follows."""

from __future__ import annotations

from warehouse.dbt_build import BuildFailedError, NodeOutcome


def _failed(message: str) -> str:
    outcome = NodeOutcome("int_light_scope", "model", "error", message, None, 0.1)
    return str(BuildFailedError("intermediate", [outcome]))


def test_a_full_disk_is_named_before_the_model_that_met_it() -> None:
    said = _failed('Failed to commit: Could not write file "/home/build/warehouse.duckdb.wal": No space left on device')
    assert said.index("旧的发布保持不变") < said.index("磁盘已满，腾出空间后再运行一次") < said.index("int_light_scope")
    assert "make room and run again" in said


def test_another_failure_speaks_of_no_disk() -> None:
    assert "磁盘" not in _failed("Binder Error: no such column")
