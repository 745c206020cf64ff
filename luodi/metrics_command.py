"""`luodi metrics`: the list of indicators, or an answer told by some of them."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ingest.home import Home
from luodi import sql_command
from warehouse import query
from warehouse.metrics import Metric, Metrics


def run(home: Home, names: Sequence[str], by: Sequence[str], form: sql_command.Form | None, console: Console) -> None:
    """List the metrics where none is named; else print their values, or without a form the SQL that tells them.

    Raises:
        warehouse.metrics.MetricsError: a name is unknown, or a metric cannot be told by it.
        warehouse.query.NothingPublishedError: there is no publication yet.
    """
    if names and form is not None and not home.warehouse.exists():
        raise query.NothingPublishedError(home)
    metrics = Metrics.of_project(home)
    if not names:
        console.print(_listed(metrics.known()))
        return
    sql = metrics.sql(names, by)
    if form is None:
        print(sql)
    else:
        sql_command.show(query.ask(home, sql), form, console)


def _listed(metrics: Sequence[Metric]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("指标 metric", no_wrap=True)
    table.add_column("中文 Chinese", overflow="fold")
    table.add_column("English", overflow="fold", style="dim")
    table.add_column("可按 --by", overflow="fold")
    for metric in metrics:
        table.add_row(
            metric.name, escape(metric.meaning.chinese), escape(metric.meaning.english), escape(" ".join(metric.by))
        )
    return table
