"""Running checks as a Great Expectations suite over one pandas frame, in an ephemeral context.

Great Expectations is imported here, inside the function: the import takes ten seconds, so callers group their rows
into one frame and run once, never once a file.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from expectations.check import Check, CheckOutcome, Severity

if TYPE_CHECKING:
    import pandas as pd


class SuiteError(RuntimeError):
    """An expectation could not be evaluated at all: a column is missing, or the suite is wrong."""


def run_suite(name: str, frame: pd.DataFrame, checks: Sequence[Check], index: Sequence[str]) -> list[CheckOutcome]:
    """The outcomes of `checks` on `frame`, in their order; failing rows are named by the `index` columns.

    Raises:
        SuiteError: an expectation raised instead of answering.
    """
    gx = _great_expectations()
    context = _context(gx)
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("extract").add_dataframe_asset(name)
    batch = asset.add_batch_definition_whole_dataframe("whole")
    suite = context.suites.add(gx.ExpectationSuite(name=name))
    for check in checks:
        suite.add_expectation(_expectation(gx, check))
    validation = gx.ValidationDefinition(name=name, data=batch, suite=suite)
    checkpoint = context.checkpoints.add(
        gx.Checkpoint(
            name=name,
            validation_definitions=[context.validation_definitions.add(validation)],
            result_format={"result_format": "COMPLETE", "unexpected_index_column_names": list(index)},
        )
    )
    (run,) = checkpoint.run(batch_parameters={"dataframe": frame}).run_results.values()
    results = {result.expectation_config.meta["check"]: result for result in run.results}
    return [_outcome(name, check, results[check.name], len(frame), index) for check in checks]


def _context(gx: Any) -> Any:
    """Everything in memory; the default would leave a folder for its own pages in the system's temporary folder."""
    from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults

    stores = InMemoryStoreBackendDefaults(init_temp_docs_sites=False)
    return gx.get_context(mode="ephemeral", project_config=DataContextConfig(store_backend_defaults=stores))


def _great_expectations() -> Any:
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # nothing about counties leaves the machine
    import great_expectations

    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    return great_expectations


def _expectation(gx: Any, check: Check) -> Any:
    severity = {"fail": "critical", "warn": "warning"}[check.severity]
    kind = getattr(gx.expectations, check.expectation)
    return kind(**check.arguments, severity=severity, meta={"check": check.name, "fixed_by": check.fixed_by})


def _outcome(suite: str, check: Check, result: Any, rows: int, index: Sequence[str]) -> CheckOutcome:
    error = _error_of(result.exception_info)
    if error:
        raise SuiteError(f"检查 {suite}.{check.name} 无法执行 the check could not be evaluated: {error}")
    found = result.result.get("unexpected_index_list") or []
    failed = [{column: entry[column] for column in index} for entry in found]
    severity: Severity = check.severity
    return CheckOutcome(
        name=check.name,
        suite=suite,
        severity=severity,
        success=bool(result.success),
        message=check.message,
        fixed_by=check.fixed_by,
        rows_checked=rows,
        rows_failed=len(failed),
        failed_rows=failed,
    )


def _error_of(exception_info: dict[str, Any]) -> str | None:
    """Great Expectations gives one record, or one a metric."""
    records = [exception_info] if "raised_exception" in exception_info else list(exception_info.values())
    return next((str(record["exception_message"]) for record in records if record["raised_exception"]), None)
