"""The command `luodi`. Imports stay light: what is heavy is imported inside the command that needs it."""

from __future__ import annotations

import datetime as dt
import importlib
import importlib.util
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ingest.home import Home
from luodi.configuration_guard import ConfigurationGuard
from luodi.options import folder

app = typer.Typer(
    cls=ConfigurationGuard,
    no_args_is_help=True,
    add_completion=False,
    help="落地：签约项目哪些在变成现实，哪些卡住了。 Which signed projects become real, and which are stuck.",
    context_settings={"help_option_names": ["-h", "--help"]},
)

# Commands in modules of their own; they import what is heavy when they run.
for _name in ("ledger", "news", "source"):
    if importlib.util.find_spec(f"luodi.{_name}_command"):
        app.add_typer(importlib.import_module(f"luodi.{_name}_command").app, name=_name)

HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        envvar="LUODI_HOME",
        parser=folder,
        metavar="<path>",
        help="运行目录，所有产出都在其下 all run-time state lies below it (var/)",
        show_default=False,
    ),
]


@app.command()
def run(
    inbox: Annotated[
        Path | None,
        typer.Option(
            "--inbox",
            envvar="LUODI_INBOX",
            parser=folder,
            metavar="<path>",
            help="收件箱文件夹（默认样例） the inbox: ledgers/<code>/, news/, follow_up/ (default: the sample)",
        ),
    ] = None,
    home: HomeOption = None,
    as_of: Annotated[
        dt.datetime | None,
        typer.Option(
            "--as-of", formats=["%Y-%m-%d"], help="业务日期（默认北京今天） business date (default: today in Beijing)"
        ),
    ] = None,
) -> None:
    """跑一遍主流程
    run the main job once, through the Airflow DAGs."""
    from luodi import run as main_job
    from luodi.settings import YEARS, default_inbox

    if as_of and not YEARS[0] <= as_of.year <= YEARS[1]:
        _fail(
            f"业务日期 {as_of:%Y-%m-%d} 不在 {YEARS[0]} 年到 {YEARS[1]} 年之间，请核对年份。 "
            f"The business date is not between {YEARS[0]} and {YEARS[1]}: check its year.",
            2,
        )
    chosen = (inbox or default_inbox()).expanduser().resolve()
    if not chosen.is_dir():
        _fail(f"找不到收件箱文件夹 no such inbox folder: {chosen}", 2)
    place = Home.resolve(home)
    if (fault := _home_fault(place, chosen)) is not None:
        _fail(fault, 2)
    date = as_of.date() if as_of else None
    raise typer.Exit(main_job.run_once(place, chosen, date, _console()))


@app.command(context_settings={"ignore_unknown_options": True})  # a query may begin with a comment: -- 按县
def sql(
    query: Annotated[
        str | None,
        typer.Argument(
            help="一条 SQL；不给则进入交互（或从管道读取语句） one SQL query; without one: a shell, or statements from a pipe",
            show_default=False,
        ),
    ] = None,
    home: HomeOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON 数组 a JSON array")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV")] = False,
) -> None:
    """查询已发布的数仓，只读
    query the published warehouse, read-only, also during a run."""
    from luodi import sql_command
    from warehouse import query as reader
    from warehouse.query_errors import in_chinese

    if as_json and as_csv:
        _fail("--json 和 --csv 只能选一个 choose one of --json and --csv", 2)
    form = sql_command.Form.JSON if as_json else sql_command.Form.CSV if as_csv else sql_command.Form.TABLE
    try:
        sql_command.run(Home.resolve(home), query, form, _console())
    except (reader.NothingPublishedError, reader.NoQueryError, sql_command.ShellCommandError) as error:
        _fail(str(error), 2)
    except reader.QueryFailedError as error:
        _fail(f"查询有误：{in_chinese(str(error))}\nthe query failed: {error}", 1)


@app.command()
def metrics(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="指标名；不给则列出全部 metrics; without any: the list", show_default=False),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", help="按什么分组，可多次，如 month、county_name what to group by, repeatable"),
    ] = None,
    home: HomeOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON 数组 a JSON array")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV")] = False,
    as_sql: Annotated[bool, typer.Option("--sql", help="只给出 SQL only the SQL")] = False,
) -> None:
    """按定义好的指标查询
    query the indicators as they are defined once, by period, county, stage"""
    from luodi import metrics_command, sql_command
    from warehouse.metrics import MetricsError
    from warehouse.query import NothingPublishedError

    if as_json + as_csv + as_sql > 1:
        _fail("--json、--csv、--sql 只能选一个 choose one of them", 2)
    form = sql_command.Form.JSON if as_json else sql_command.Form.CSV if as_csv else sql_command.Form.TABLE
    try:
        metrics_command.run(Home.resolve(home), names or [], by or [], None if as_sql else form, _console())
    except (NothingPublishedError, MetricsError) as error:
        _fail(str(error), 2)


@app.command()
def status(
    home: HomeOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="一个 JSON 对象 one JSON object")] = False,
) -> None:
    """现在怎么样了
    last run, files and rows accepted or refused, open stalls, what has not been submitted."""
    from luodi import status_command

    status_command.show(Home.resolve(home), _console(), as_json=as_json)


@app.command()
def why(
    project: Annotated[str, typer.Argument(help="项目名称（或一部分）、编号或代码 name, part of it, id or code")],
    home: HomeOption = None,
) -> None:
    """为什么亮灯：一个项目的来龙去脉
    why a project is red: dates, amounts, sources, rules, follow-ups, news."""
    from luodi import why_command
    from warehouse.query import NothingPublishedError

    try:
        raise typer.Exit(why_command.tell(Home.resolve(home), project, _console()))
    except NothingPublishedError as error:
        _fail(str(error), 2)


@app.command()
def dispatch(
    on: Annotated[
        dt.datetime | None,
        typer.Option(
            "--on",
            formats=["%Y-%m-%d"],
            help="会议日期（默认北京今天）； 单月建设推进会，双月集中签约 the meeting's date (default: today in Beijing)",
        ),
    ] = None,
    home: HomeOption = None,
) -> None:
    """写出月度调度材料
    write the monthly pack (workbook and printable page) from the published warehouse."""
    from luodi.settings import business_date
    from reports.monthly_dispatch import write_pack
    from warehouse.query import NothingPublishedError

    try:
        for path in write_pack(Home.resolve(home), on.date() if on else business_date(dt.datetime.now(dt.UTC))):
            print(path)
    except NothingPublishedError as error:
        _fail(str(error), 2)


@app.command()
def quality(
    on: Annotated[
        dt.datetime | None,
        typer.Option(
            "--on",
            formats=["%Y-%m-%d"],
            help="清单日期（默认发布的业务日期） date of the list (default: the publication's)",
        ),
    ] = None,
    county: Annotated[
        str | None, typer.Option("--county", help="只列这个县（六位代码） of this county only (code)")
    ] = None,
    home: HomeOption = None,
) -> None:
    """写出数据质量核查清单
    write what looks wrong in the ledgers, a sheet a kind of finding, for those who can tell."""
    from reports.quality_workbook import UnknownCountyError, write_workbook
    from warehouse.query import NothingPublishedError

    try:
        print(write_workbook(Home.resolve(home), on.date() if on else None, county))
    except (NothingPublishedError, UnknownCountyError) as error:
        _fail(str(error), 2)


@app.command()
def docs(home: HomeOption = None) -> None:
    """写出数仓文档
    write the documentation of the warehouse: every table and column, and lineage, as one offline page."""
    from reports.documentation import write_docs

    print(write_docs(Home.resolve(home)))


@app.command()
def up(
    home: HomeOption = None,
    port: Annotated[int, typer.Option("--port", help="网页端口 port of the web page")] = 8080,
) -> None:
    """启动 Airflow 服务
    Airflow with the real schedules, until Ctrl-C."""
    from luodi import service

    raise typer.Exit(service.serve(Home.resolve(home), port, _console()))


def _console() -> Console:
    """As wide as the terminal; piped output is not wrapped, so that paths and names stay whole."""
    return Console(width=None if sys.stdout.isatty() else 1000)


def _home_fault(home: Home, inbox: Path) -> str | None:
    """Why run-time state cannot lie there: no folder, not writable, or among the files that are sent in."""
    for kind in ("ledgers", "news", "follow_up"):
        if home.root.is_relative_to(inbox / kind):
            return (
                f"运行目录在收件箱里，会被当成报来的文件 the home lies in the inbox, among what is sent in: {home.root}"
            )
    try:
        home.root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return f"运行目录不能用 the home cannot be used: {home.root}（{error.strerror}）"
    if not os.access(home.root, os.W_OK | os.X_OK):
        return f"运行目录不可写 the home is not writable: {home.root}"
    return None


def _fail(message: str, status: int) -> None:
    print(message, file=sys.stderr)
    raise typer.Exit(status)


if __name__ == "__main__":
    app()
