"""Every stall rule at its thresholds, from ledgers to lights."""

from __future__ import annotations

import pytest
from conftest import Ask
from histories import ALTERNATING, CLAIMED_LATER, COPIED_FILE, COPYING, LIGHTS, SILENT
from light_cases import CASES, Case


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_light_of_a_known_project(ask: Ask, case: Case) -> None:
    rows = ask(
        "select rule_id, light from fct_project_lights join dim_project using (project_id)"
        " where project_name = ? and dim_project.county_code = ?",
        case.name,
        LIGHTS,
    )
    lights = dict(rows)
    assert {rule: lights.get(rule, "-") for rule in case.expected} == case.expected


@pytest.mark.parametrize(
    ("county", "light"), [(SILENT, "red"), (COPYING, "yellow"), (COPIED_FILE, "yellow"), (ALTERNATING, "green")]
)
def test_r10_speaks_of_the_countys_ledger(ask: Ask, county: str, light: str) -> None:
    assert ask("select distinct light from fct_project_lights where rule_id = 'R10' and county_code = ?", county) == [
        (light,)
    ]


def test_stalled_projects_are_exactly_the_yellow_and_red(ask: Ask) -> None:
    assert ask(
        "select project_id, rule_id, light from fct_project_lights where light in ('yellow', 'red') order by all"
    ) == ask("select project_id, rule_id, light from stalled_projects order by all")


def test_a_stalled_row_tells_who_what_and_until_when(ask: Ask) -> None:
    (row,) = ask(
        "select observed_value, threshold_value, since_on::varchar, light_since_on::varchar, days_stalled,"
        " due_on::varchar, rule_name, action is not null, rule_source is not null"
        " from stalled_projects where project_name = '签约90天' and rule_id = 'R01'"
    )
    assert row == (90.0, 90.0, "2026-04-06", "2026-07-05", 90, "2026-07-20", "签约后未开工", True, True)


def test_lights_are_computed_for_the_double_claim_too(ask: Ask) -> None:
    assert ask(
        "select is_counted, count(*) > 0 from fct_project_lights where county_code = ? group by all", CLAIMED_LATER
    ) == [(False, True)]
