"""Indicators are defined once, in dbt's semantic layer: MetricFlow's answers are those of the scorecards."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from built_worlds import Ask
from typer.testing import CliRunner, Result

from ingest.home import Home
from luodi.cli import app
from warehouse.metrics import Metrics, MetricsError

RATES = ("performance", "start", "funds_arrival", "production", "landing")
SCORECARD = {
    "signed_projects": "signed_count",
    "signed_amount_cny": "signed_amount_cny",
    "started_projects": "started_count",
    "completed_projects": "completed_count",
    "production_projects": "in_production_count",
    "funds_arrived_cny": "funds_arrived_cny",
}

Tell = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def metrics_home(tmp_path_factory: pytest.TempPathFactory, built_world: tuple[Home, Any]) -> Home:
    """A home that holds a publication."""
    home = Home(tmp_path_factory.mktemp("metrics"))
    home.publish.mkdir()
    shutil.copy(built_world[0].build / "warehouse.duckdb", home.warehouse)
    return home


@pytest.fixture(scope="module")
def metrics(metrics_home: Home) -> Metrics:
    return Metrics.of_project(metrics_home)


@pytest.fixture
def tell(metrics: Metrics, ask: Ask) -> Tell:
    """Rows of metrics over the built world, grouped by the words that follow."""
    return lambda names, *by: ask(metrics.sql(names, by))


def test_every_metric_says_in_both_languages_what_it_is_and_can_be_told(metrics: Metrics, tell: Tell) -> None:
    known = metrics.known()
    assert {*SCORECARD, *(f"{rate}_rate" for rate in RATES)} <= {metric.name for metric in known}
    for metric in known:
        assert metric.meaning.chinese, metric.name
        assert metric.meaning.english, metric.name
        assert {"county_name", "month", "quarter", "year"} <= set(metric.by), metric.name
        (total,) = tell([metric.name])
        assert total[0] is not None, metric.name


@pytest.mark.parametrize(("metric", "column"), SCORECARD.items(), ids=SCORECARD)
def test_sums_are_those_of_the_scorecard(tell: Tell, ask: Ask, metric: str, column: str) -> None:
    expected = ask(f"select county_code, month, {column} from county_scorecard_month order by all")
    assert len(expected) > 50
    assert tell([metric], "county_code", "month") == expected
    by_year = ask(f"select year(month)::integer, sum({column}) from county_scorecard_month group by 1 order by 1")
    assert tell([metric], "year") == by_year


@pytest.mark.parametrize("rate", RATES)
def test_rates_are_those_of_the_scorecard(tell: Tell, ask: Ask, rate: str) -> None:
    expected = ask(f"select county_code, month, {rate}_rate from county_scorecard_month order by all")
    told = tell([f"{rate}_rate"], "county_code", "month")
    assert [row[:2] for row in told] == [row[:2] for row in expected]
    for (county, month, value), (_, _, printed) in zip(told, expected, strict=True):
        assert value == (None if printed is None else pytest.approx(float(printed), abs=1e-9)), (county, month)


def test_a_rate_over_a_quarter_and_a_province_is_the_last_months_sums(tell: Tell, ask: Ask) -> None:
    expected = ask(
        """
        with last as (
            select county_code, year(month) || 'Q' || quarter(month) as quarter, max_by(start_numerator, month) as above,
                   max_by(start_denominator, month) as below
            from county_scorecard_month group by all
        )
        select province_name, quarter, sum(above) / nullif(sum(below), 0)
        from last join dim_county using (county_code) group by all order by all
        """
    )
    told = tell(["start_rate"], "province_name", "quarter")
    assert [row[:2] for row in told] == [row[:2] for row in expected]
    assert [row[2] for row in told] == pytest.approx([float(row[2]) for row in expected])


def test_projects_are_told_by_what_they_are(tell: Tell, ask: Ask) -> None:
    expected = ask(
        "select stage, count(*) filter (where is_counted), sum(total_investment_cny) filter (where is_counted)"
        " from dim_project group by stage order by stage"
    )
    assert tell(["projects", "project_investment_cny"], "stage") == expected


def test_several_metrics_stand_side_by_side(tell: Tell) -> None:
    ((signed, started, rate),) = tell(["signed_projects", "started_projects", "start_rate"])
    assert signed > started > 0
    assert 0 < rate < 1


def test_what_cannot_be_told_is_said_with_what_can(metrics: Metrics) -> None:
    with pytest.raises(MetricsError, match=r"no such metric: signed.*known: signed_projects"):
        metrics.sql(["signed"])
    with pytest.raises(MetricsError, match=r"cannot be told by: stage.*county_name"):
        metrics.sql(["signed_projects"], ["stage"])
    with pytest.raises(MetricsError, match="cannot be told by: drop table"):
        metrics.sql(["signed_projects"], ["drop table"])


def luodi(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_before_anything_is_published_metrics_are_listed_and_nothing_is_left(tmp_path: Path) -> None:
    listed = luodi("metrics", "--home", tmp_path).stdout
    assert "资金到位率" in listed
    assert "county_name month" in listed
    unpublished = luodi("metrics", "signed_projects", "--home", tmp_path)
    assert unpublished.exit_code == 2
    assert "luodi run" in unpublished.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_command_answers_from_the_publication(metrics_home: Home, ask: Ask) -> None:
    answer = luodi("metrics", "signed_amount_cny", "--by", "year", "--json", "--home", metrics_home.root)
    ((year, amount), *_) = ask(
        "select year(month), sum(signed_amount_cny) from county_scorecard_month group by 1 order by 1"
    )
    first = json.loads(answer.stdout, parse_float=Decimal, parse_int=Decimal)[0]
    assert first == {"year": year, "signed_amount_cny": amount}
    refused = luodi("metrics", "signed", "--home", metrics_home.root)
    assert refused.exit_code == 2
    assert "no such metric" in refused.stderr


def test_the_project_is_parsed_once_for_every_state_of_it(metrics_home: Home, metrics: Metrics) -> None:
    assert metrics.known()
    (kept,) = metrics_home.build.glob("semantic_manifest-*.json")
    before = kept.stat().st_mtime_ns
    Metrics.of_project(metrics_home)
    assert kept.stat().st_mtime_ns == before


def test_a_quarter_and_a_year_are_called_as_people_call_them(tell: Tell) -> None:
    quarters = [row[0] for row in tell(["signed_projects"], "quarter")]
    assert quarters == sorted(quarters)
    assert all(re.fullmatch(r"20\d\dQ[1-4]", quarter) for quarter in quarters)
    assert {int(quarter[:4]) for quarter in quarters} == {row[0] for row in tell(["signed_projects"], "year")}
