"""Progress checks: which projects a stall rule flags.

What a rule means is defined once, in SQL (`fct_project_lights` from `stall_rules.csv`); these checks only report it:
their failing rows are the rows of `stalled_projects`. They are warnings to people, never a reason not to publish.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from expectations.check import Check, CheckOutcome
from expectations.suite import run_suite

if TYPE_CHECKING:
    import duckdb

SUITE = "progress"
STALLED = ["yellow", "red"]
INDEX = ["county_code", "project_id", "project_name"]
LARGEST_EXTRACT = 500_000  # lit rows come first, so nothing flagged is left out below this

_EXTRACT = """
select lights.rule_id, lights.county_code, lights.project_id, projects.project_name, lights.light
from fct_project_lights as lights
inner join dim_project as projects on lights.project_id = projects.project_id
where lights.light in ('yellow', 'red', 'green', 'unknown')
order by case lights.light when 'red' then 1 when 'yellow' then 2 else 3 end, lights.rule_id, lights.county_code, lights.project_id
limit ?
"""
_NAMES = "select rule_id, min(rule_name), min(rule_name_en) from stalled_projects group by rule_id"


def check_progress(connection: duckdb.DuckDBPyConnection) -> list[CheckOutcome]:
    """One outcome a rule that has lights: its failing rows are the projects that stand yellow or red under it."""
    import duckdb

    try:
        frame = connection.execute(_EXTRACT, [LARGEST_EXTRACT]).df()
        names = {rule: (chinese, english) for rule, chinese, english in connection.execute(_NAMES).fetchall()}
    except (duckdb.CatalogException, duckdb.BinderException):
        return []  # the promise on lights already says that the table is missing
    if frame.empty:
        return []
    # A grain that is broken is another check's finding; this one must still be able to say who is stalled.
    wide = frame.pivot_table(index=INDEX, columns="rule_id", values="light", aggfunc="first").reset_index()
    return run_suite(
        SUITE, wide, [_check(rule, *names.get(rule, (rule, rule))) for rule in sorted(set(frame["rule_id"]))], INDEX
    )


def _check(rule_id: str, chinese: str, english: str) -> Check:
    return Check(
        rule_id,
        "ExpectColumnValuesToNotBeInSet",
        {"column": rule_id, "value_set": STALLED},
        "warn",
        f"{chinese}：亮黄灯或红灯的项目，即停滞清单中该规则的各行 {english}: projects shown yellow or red",
        "项目责任单位 the unit responsible for the project",
    )
