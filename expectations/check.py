"""What a check is, and what came of it. Plain data: no Great Expectations import here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Severity = Literal["fail", "warn"]


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation of a suite.

    `expectation` names a class of `great_expectations.expectations`, `arguments` are its own. A failed `fail` turns
    rows away or stops a publication; a failed `warn` is only shown. `fixed_by` says who can mend what it finds.
    """

    name: str
    expectation: str
    arguments: Mapping[str, Any]
    severity: Severity
    message: str  # Chinese, then English
    fixed_by: str


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """What one check found: how many rows it saw, how many failed, and the ids of those (all of them)."""

    name: str
    suite: str
    severity: Severity
    success: bool
    message: str
    fixed_by: str
    rows_checked: int
    rows_failed: int
    failed_rows: list[dict[str, Any]] = field(default_factory=list)

    def summary(self) -> dict[str, Any]:
        """For logs and run records: without the rows."""
        return {
            "name": self.name,
            "suite": self.suite,
            "severity": self.severity,
            "success": self.success,
            "message": self.message,
            "fixed_by": self.fixed_by,
            "rows_checked": self.rows_checked,
            "rows_failed": self.rows_failed,
        }


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The outcomes of a set of suites and the page a person can open."""

    checks: list[CheckOutcome]
    page: Path
