"""Indicators by name: MetricFlow, which comes with dbt, turns a question into SQL; the published warehouse answers it.

What an indicator means stands once, in `dbt_project/models/semantic/`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ingest.files import write_whole
from ingest.home import Home
from warehouse import child
from warehouse.descriptions import Meaning, meaning
from warehouse.project import project_fingerprint

if TYPE_CHECKING:
    from metricflow.engine.metricflow_engine import MetricFlowEngine

CHILD = "semantic"
TIME = "metric_time"
PERIODS = ("day", "week", "month", "quarter", "year")


class MetricsError(ValueError):
    """No such metric, or it cannot be told by what was asked for; the message says what can."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One indicator. `by` are the words it can be grouped by, as `Metrics.sql` takes them."""

    name: str
    meaning: Meaning
    by: tuple[str, ...]


class Metrics:
    """The metrics of a semantic manifest: the JSON that dbt leaves when it parses the project."""

    def __init__(self, semantic_manifest: str) -> None:
        self._manifest = semantic_manifest

    @classmethod
    def of_project(cls, home: Home) -> Metrics:
        """Those of our dbt project, as the run that published left it parsed, else parsed once for every state of it; they
        are kept below `build/` of a home that holds a publication, and of no other place.

        Raises:
            warehouse.dbt_build.BuildFailedError: dbt cannot parse the project.
        """
        if not home.warehouse.exists():
            with tempfile.TemporaryDirectory(prefix="luodi-semantic-") as scratch:
                return cls(_semantic_manifest(Home(Path(scratch))))
        kept = home.build / f"semantic_manifest-{project_fingerprint()[:16]}.json"
        if not kept.exists():
            told = _semantic_manifest(home)
            for stale in home.build.glob("semantic_manifest-*.json"):
                stale.unlink(missing_ok=True)
            write_whole(kept, told.encode(), durable=False)
        return cls(kept.read_text(encoding="utf-8"))

    def known(self) -> list[Metric]:
        """Every metric, in the order of the project."""
        return [
            Metric(metric.name, meaning(metric.description), tuple(sorted(self._words(metric.name))))
            for metric in self._semantic_manifest.metrics
        ]

    def sql(self, metrics: Sequence[str], by: Sequence[str] = ()) -> str:
        """SQL in DuckDB's dialect: a row each combination of `by` (`month`, `county_name`, `stage`, …), in its order.

        Its columns are the words of `by` (a day, week or month is the date it begins on, a quarter `2026Q3`, a year its number), then the metrics.

        Raises:
            MetricsError: a name is unknown, or a metric cannot be told by it.
        """
        from metricflow.engine.metricflow_engine import MetricFlowQueryRequest
        from metricflow_semantics.errors.error_classes import MetricFlowException

        names = [metric.name for metric in self._semantic_manifest.metrics]
        unknown = [name for name in metrics if name not in names]
        if unknown or not metrics:
            raise MetricsError(f"没有这个指标 no such metric: {', '.join(unknown)}；有 known: {' '.join(names)}")
        words = [self._words(name) for name in metrics]
        shared = set(words[0]).intersection(*words)
        wrong = [word for word in by if word not in shared]
        if wrong:
            raise MetricsError(
                f"不能按它分组 cannot be told by: {', '.join(wrong)}；可用 by: {' '.join(sorted(shared))}"
            )
        group_by = [words[0][word] for word in by]
        request = MetricFlowQueryRequest.create(metric_names=list(metrics), group_by_names=group_by)
        try:
            told = self._engine.explain(request).sql_statement.sql
        except MetricFlowException as error:
            raise MetricsError(str(error)) from error
        columns = [f"{_shown(word, name)} as {word}" for word, name in zip(by, group_by, strict=True)]
        ordered = f"\norder by {', '.join(by)}" if by else ""
        return f"select {', '.join([*columns, *metrics])}\nfrom (\n{told}\n) as told{ordered}"

    def _words(self, metric: str) -> dict[str, str]:
        """What a person says → what MetricFlow calls it: `month` → `metric_time__month`, `stage` → `project__stage`."""
        return dict(self._named(metric))

    def _named(self, metric: str) -> Iterator[tuple[str, str]]:
        from metricflow_semantic_interfaces.type_enums.dimension_type import DimensionType

        # The nearest of several paths to a dimension comes last, and stays.
        for dimension in sorted(self._engine.list_dimensions([metric]), key=lambda one: -len(one.entity_links)):
            if dimension.name == TIME:
                first = PERIODS.index(dimension.dunder_name.removeprefix(f"{TIME}__"))
                yield from ((period, f"{TIME}__{period}") for period in PERIODS[first:])
            elif dimension.type is DimensionType.CATEGORICAL:
                yield dimension.name, dimension.dunder_name

    @cached_property
    def _semantic_manifest(self) -> Any:
        from metricflow_semantics.model.dbt_manifest_parser import parse_manifest_from_dbt_generated_manifest

        return parse_manifest_from_dbt_generated_manifest(self._manifest)

    @cached_property
    def _engine(self) -> MetricFlowEngine:
        from metricflow.engine.metricflow_engine import MetricFlowEngine
        from metricflow.protocols.sql_client import SqlClient
        from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup

        return MetricFlowEngine(SemanticManifestLookup(self._semantic_manifest), cast(SqlClient, _DuckDbDialect()))


class _DuckDbDialect:
    """What MetricFlow must know to write SQL for DuckDB. It never runs any: answers come from `warehouse.query`."""

    def __init__(self) -> None:
        from metricflow.protocols.sql_client import SqlEngine
        from metricflow.sql.render.duckdb_renderer import DuckDbSqlPlanRenderer

        self.sql_engine_type = SqlEngine.DUCKDB
        self.sql_plan_renderer = DuckDbSqlPlanRenderer()


def _shown(word: str, name: str) -> str:
    """A column as people know it."""
    if word == "quarter":
        return f"concat(year({name}), 'Q', quarter({name}))"
    if word == "year":
        return f"cast(year({name}) as integer)"
    return f"cast({name} as date)" if word in PERIODS else name


def _semantic_manifest(home: Home) -> str:
    """The semantic manifest of our project, by a child: dbt takes seconds to import."""
    told: str = child.call(CHILD, "warehouse.dbt_build:semantic_manifest_here", home)
    return told
