"""Facts, scorecards, cohorts, funnels and lights of random counties equal what was counted by hand from what happened."""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb
import pytest
import random_counties as truth
import random_works

pytestmark = pytest.mark.slow

TOLD = truth.projects()
PAIRS = tuple(zip(truth.STAGES, truth.STAGES[1:], strict=False))
_OURS = f"county_code in {truth.COUNTIES}"


def records(world: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    found = world.execute(query)
    names = [name for name, *_ in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def differing(expected: dict[str, Any], found: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What is not equal, as (expected, found); rates to the ninth place."""
    return {
        name: (value, found[name])
        for name, value in expected.items()
        if (value is None) != (found[name] is None) or (value is not None and abs(float(found[name]) - value) > 1e-9)
    }


def test_there_is_something_to_count() -> None:
    kinds = {kind for _, _, _, kind, _ in truth.arrivals(TOLD)}
    assert kinds == {"opening", "arrival", "correction"}
    assert {"green", "yellow", "red", "unknown"} <= set(truth.lights(TOLD).values())


def test_every_yuan_arrived_in_its_month_as_its_kind(world: duckdb.DuckDBPyConnection) -> None:
    found = world.execute(
        "select county_code, project_name, report_month, kind, cast(amount_cny as bigint)"
        f" from fct_fund_arrivals join dim_project using (project_id, county_code) where {_OURS} and amount_cny <> 0"
    ).fetchall()
    assert sorted(found) == truth.arrivals(TOLD)


def test_scorecards_count_what_happened(world: duckdb.DuckDBPyConnection) -> None:
    cards = records(world, f"select * from county_scorecard_month where {_OURS}")
    assert {(card["county_code"], card["month"]) for card in cards} >= {
        (county, month) for county in truth.COUNTIES for month in truth.ledger_months(county)
    }
    wrong = {
        (card["county_code"], str(card["month"])): different
        for card in cards
        if (different := differing(truth.scorecard(TOLD, card["county_code"], card["month"]), card))
    }
    assert wrong == {}


@pytest.mark.parametrize("event", truth.EVENTS)
def test_an_event_s_projects_have_come_so_far(world: duckdb.DuckDBPyConnection, event: str) -> None:
    (found,) = records(world, f"select * from signing_cohorts where cohort = '{event}'")
    assert differing(truth.cohort(TOLD, event), found) == {}


@pytest.mark.parametrize("county", truth.COUNTIES)
def test_the_funnel_says_how_many_went_on_and_how_long_it_took(world: duckdb.DuckDBPyConnection, county: str) -> None:
    found = records(world, f"select * from project_funnel where county_code = '{county}'")
    by_pair = {(one["from_stage"], one["to_stage"]): one for one in found}
    for pair in PAIRS:
        expected = truth.funnel(TOLD, county, pair)
        if expected["from_count"]:
            assert differing(expected, by_pair[pair]) == {}, pair


def test_lights_are_those_of_the_days_and_the_money(world: duckdb.DuckDBPyConnection) -> None:
    found = {
        (one["project_name"], one["rule_id"]): one["light"]
        for one in records(
            world,
            "select project_name, rule_id, light from fct_project_lights join dim_project using (project_id)"
            f" where dim_project.{_OURS} and rule_id in ('R01', 'R02', 'R03', 'R05', 'R06', 'R12')",
        )
    }
    expected = truth.lights(TOLD)
    assert {key: found.get(key) for key in expected} == expected
    always = {key for key in found if key[1] in ("R01", "R02", "R03", "R12")}
    assert always == {key for key in expected if key[1] in ("R01", "R02", "R03", "R12")}


def test_lights_go_on_turn_red_and_go_off_on_their_days(world: duckdb.DuckDBPyConnection) -> None:
    found = world.execute(
        "select project_name, rule_id, began_on, fct_light_spells.red_on, ended_on, ended_by from fct_light_spells"
        f" join dim_project using (project_id) where dim_project.{_OURS} and rule_id in {random_works.RULES}"
    ).fetchall()
    expected = truth.spells(TOLD)
    assert {rule for _, rule, *_ in expected} == set(random_works.RULES)
    assert sorted(found, key=lambda spell: spell[:3]) == expected


def test_the_last_ledger_says_how_a_project_stands(world: duckdb.DuckDBPyConnection) -> None:
    found = {one["project_name"]: one for one in records(world, f"select * from dim_project where {_OURS}")}
    assert set(found) == {project.name for project in TOLD}
    for project in TOLD:
        by = truth.latest(project)
        stage = next(stage for stage in reversed(truth.STAGES) if project.told(stage, by))
        days = {name: project.told(one, by) for one, name in truth.DAY_OF.items() if one != "performed"}
        row = found[project.name]
        assert row["stage"] == stage
        assert {name: row[name] for name in days} == days
        assert row["funds_arrived_cumulative_cny"] == truth.known_by(project, dt.date(9999, 1, 1))
