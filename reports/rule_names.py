"""What a rule is called where it is not lit: `stalled_projects` names the lit ones only."""

from __future__ import annotations

import csv
from functools import cache

from warehouse.project import PROJECT


def rule_name(rule_id: str) -> str | None:
    """The Chinese name in `stall_rules.csv`, of the row for everybody; None for a rule that has none."""
    return _names().get(rule_id)


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    with (PROJECT / "seeds" / "stall_rules.csv").open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle):
            names.setdefault(row["rule_id"], row["rule_name_zh"])
    return names
