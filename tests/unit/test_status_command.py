"""`luodi status` over a small publication and lake."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from published_dates import publish_dates
from typer.testing import CliRunner

from ingest.fields import WORDING
from ingest.home import Home
from luodi import run_lock, settings
from luodi.cli import app
from luodi.next_commands import to_paste
from warehouse import run_record
from warehouse.status import status as status_of

PUBLICATION = """
create table dim_county as
select '411723' as county_code, '平舆县' as county_name, '411723' as current_county_code;
create table fct_follow_ups as select '' as follow_up_id, * from (values
    ('open', null, true), ('reopened', null, true), ('in_progress', null, false), ('closed', date '2026-06-02', false)
) as f(status, closed_on, is_overdue);
create table stalled_projects as select 'red' as light;
create table ledger_files as
select * from (values
    ('411723', 'old', '五月.xlsx', 'read', date '2026-05-01', date '2026-05-31', null, null, null, 3, 1),
    ('411723', 'new', '六月.xlsx', 'read', date '2026-06-01', date '2026-06-30', null, null, null, 3, 1),
    ('411723', 'undated', '补充.csv', 'read', null, null, null, null, 'no_report_date', 2, 0),
    ('411723', 'new', '台账.xlsx', 'read', null, null, null, null, 'no_report_date', 3, 0),
    ('411723', 'other', '六月在谈.xlsx', 'read', date '2026-06-01', date '2026-06-30', null, null, 'replaced', 4, 0),
    ('411723', 'bad', '坏.xlsx', 'refused', null, null, 'encrypted', '加密', 'refused', 0, 0)
) as f(county_code, file_sha256, file_name, status, report_month, report_date, reason_code, reason_message,
       not_standing_reason, rows_accepted, rows_rejected);
alter table ledger_files add column landed_order integer default 1;
alter table ledger_files add column is_standing boolean default true;
alter table ledger_files add column remarks varchar default '[]';
alter table ledger_files add column settled_by varchar;
create table rejected_rows as
select '411723' as county_code, unnest(['old', 'new', 'other']) as file_sha256, '表' as sheet, 7 as row_number,
    '[{"code": "date_impossible", "column": "签约时间", "raw": "2026/13/5", "message": "日历上没有这个日期。 No such day."}]'
    as reasons;
create table quality_replaced_projects as
select '411723' as county_code, 'other' as file_sha256, date '2026-06-30' as report_date,
    '六月.xlsx' as standing_file_name, 4 as replaced_projects, 3 as left_out_projects
from range(3);
create table dim_source_file as
select * from (values
    ('news', 'inbox', 'page', '空页.html'), ('news', 'inbox', 'good', '好.txt'), ('ledger', '411723', 'new', '六月.xlsx')
) as f(kind, source_id, file_sha256, file_name);
create table follow_up_files as
select * from (values
    ('issued_before', '上期.xlsx', 'read', null, null, date '2026-05-31'),
    ('issued', '回执.xlsx', 'read', null, null, date '2026-06-30'),
    ('broken', '坏回执.xlsx', 'refused', 'truncated', '文件不完整。 The file is cut off.', null)
) as f(file_sha256, file_name, status, reason_code, reason_message, issued_on);
create table rejected_replies as
select unnest(['issued_before', 'issued']) as file_sha256, '任务清单' as sheet, 4 as row_number, 'F1' as follow_up_id,
    '回复日期' as column_name, '昨天' as raw, '日期认不出。 The date cannot be read.' as message;
create table follow_up_replies as select 'F1' as follow_up_id, 'issued' as file_sha256;
create table fct_project_lights as
select unnest(['unknown', 'unknown', 'unknown', 'green']) as light,
    unnest(['缺总投资 no total', '缺总投资 no total', '台账不足 3 个报告月 fewer than 3 months', null]) as reason;
"""
COLUMNS = """
select '411723' as county_code, '{name}' as file_sha256, '表' as sheet,
    unnest(['项目名称', '{name}列', '空列', '台账 > 序号']) as header, unnest(['project_name', null, null, null]) as field
"""
ROWS = """select '{name}' as file_sha256, '表' as sheet, '{{"{name}列": "值", "台账 > 序号": "1"}}' as extra"""


ARTICLES = """
select 'inbox' as source_id, '{sha}' as file_sha256, '{status}' as status, {code} as reason_code, {why} as reason_message
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.publish.mkdir()
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute(PUBLICATION)
        for name, month in (("old", "2026-05"), ("new", "2026-06")):
            for table, query in (("ledger_columns", COLUMNS), ("ledger_project_rows", ROWS)):
                folder = home.lake / table / f"period={month}"
                folder.mkdir(parents=True)
                connection.execute(f"copy ({query.format(name=name)}) to '{folder}/411723-{name}.parquet'")
        folder = home.lake / "articles" / "period=unknown"
        folder.mkdir(parents=True)
        for sha, outcome, code, why in (
            ("page", "refused", "'empty'", "'页面是空的。 The page is empty.'"),
            ("good", "read", "null", "null"),
        ):
            query = ARTICLES.format(sha=sha, status=outcome, code=code, why=why)
            connection.execute(f"copy ({query}) to '{folder}/inbox-{sha}.parquet'")
    path = run_record.start(home, "run-1", {})
    path.write_text(
        path.read_text().replace(json.loads(path.read_text())["started_at"], "2026-06-30T16:00:01.123+00:00")
    )
    return home


def status(home: Home, *more: str) -> str:
    result = CliRunner().invoke(app, ["status", "--home", str(home.root), *more])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_before_the_first_run_the_command_to_begin_with_names_this_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "nothing has run yet" in (said := status(Home(tmp_path / "new home")))
    assert said.rstrip().endswith("luodi run --home 'new home'")
    monkeypatch.setenv("LUODI_HOME", str(tmp_path / "new home"))
    assert status(Home(tmp_path / "new home")).rstrip().endswith("luodi run")


def test_a_home_far_from_here_is_named_from_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert to_paste(Home(Path("/far")), "sql", "from dim_county") == "luodi sql --home /far 'from dim_county'"


def test_columns_and_lights_that_do_not_count_are_said(home: Home) -> None:
    said = status(home)
    assert "未识别的列 unmapped columns: 平舆县 1 列 new列（luodi ledger read FILE --county 411723）" in said
    assert "缺数据的灯 unknown lights 3: 缺总投资（2），台账不足 3 个报告月（1）\n" in said
    found = json.loads(status(home, "--json"))
    assert found["unmapped_columns"] == [{"county_code": "411723", "county_name": "平舆县", "headers": ["new列"]}]
    assert found["unknown_lights"][0] == {"reason": "缺总投资 no total", "lights": 2}


def test_a_ledger_without_a_report_date_is_said_not_to_count(home: Home) -> None:
    said = status(home)
    assert "没有报告日期，2 行未计入 no report date, its rows do not count: 平舆县 补充.csv" in said


def test_bytes_that_another_name_dates_are_not_said_to_be_undated(home: Home) -> None:
    assert "台账.xlsx" not in status(home)


def test_a_ledger_dated_after_the_business_date_is_said_to_count_later(home: Home) -> None:
    """A ledger of November sent on the 27th is dated the 30th."""
    run_record.start(home, "run-2", {"as_of": "2026-11-27", "inbox": "/counties/inbox"})
    for name, date in (("十一月.xlsx", "2026-11-30"), ("当日.xlsx", "2026-11-27")):
        folder = home.lake / "ledger_files" / "period=2026-11"
        folder.mkdir(parents=True, exist_ok=True)
        query = f"select '411723' as county_code, '{name}' as file_name, date '{date}' as report_date"
        duckdb.execute(f"copy ({query}) to '{folder}/411723-{date}.parquet'")
    said = status(home)
    assert "报告日期 2026-11-30 晚于业务日期 2026-11-27，到那天才计入" in said
    again = to_paste(home, "run", "--inbox", "/counties/inbox", "--as-of", "2026-11-30")
    assert f"平舆县 十一月.xlsx（现在就要计入 to count it now: {again}）" in said
    assert "当日.xlsx" not in said
    assert "业务日期 as of 2026-11-27" in said
    (later,) = json.loads(status(home, "--json"))["later_ledgers"]
    assert (later["file_name"], later["report_date"]) == ("十一月.xlsx", "2026-11-30")
    assert [found["file_name"] for found in json.loads(status(home, "--json"))["undated_ledgers"]] == ["补充.csv"]


def test_projects_of_a_ledger_that_another_of_the_day_replaced_are_told(home: Home) -> None:
    said = status(home)
    assert "3 个项目只在被取代的一份里" in said
    assert "平舆县 六月在谈.xlsx ← 六月.xlsx" in said
    (replaced,) = json.loads(status(home, "--json"))["replaced_ledgers"]
    assert (replaced["replaced_projects"], replaced["left_out_projects"]) == (4, 3)


def test_rows_turned_away_are_shown_by_place_and_reason_the_latest_ledgers_first(home: Home) -> None:
    said = status(home)
    place = "退回 rejected 平舆县 六月.xlsx / 表 / 第7行 row  签约时间「2026/13/5」 日历上没有这个日期。 No such day."
    assert place in said
    assert "五月.xlsx" not in said
    assert "六月在谈.xlsx / 表" not in said  # another ledger replaced it
    assert f"共 2 行 in all（{to_paste(home, 'sql', 'from rejected_rows')}）" in said
    (row,) = json.loads(status(home, "--json"))["rejected_rows"]
    assert (row["file_name"], row["row_number"], row["raw"]) == ("六月.xlsx", 7, "2026/13/5")


def test_a_county_that_no_list_of_regions_names_is_pointed_out(home: Home) -> None:
    assert "no such regions" not in status(home)
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute("update ledger_files set county_code = '999999' where file_sha256 = 'bad'")
    assert "行政区划表里没有这些代码 no such regions: 999999" in (said := status(home))
    assert "docs/runbooks/restatement.md" in said


def test_replies_in_vain_are_told_by_file_and_cell(home: Home) -> None:
    said = status(home)
    assert "拒收的回执 reply refused 坏回执.xlsx [truncated] 文件不完整。 The file is cut off." in said
    cell = "回执退回 reply rejected 回执.xlsx / 任务清单 / 第4行 row  回复日期「昨天」 日期认不出。 The date cannot be read."
    assert said.count("回执退回") == said.count(cell) == 1
    assert to_paste(home, "sql", "from rejected_replies") in said


MENDED = """
insert into follow_up_files values ('mended', '回执（改）.xlsx', 'read', null, null, date '2026-06-30');
insert into follow_up_replies values ('F1', 'mended')
"""
REJECTED_AGAIN = """
insert into rejected_replies
select 'mended' as file_sha256, sheet, row_number, follow_up_id, column_name, '前天' as raw, message
from rejected_replies where file_sha256 = 'issued'
"""


@pytest.mark.parametrize(
    ("happened", "told"),
    [
        (("update fct_follow_ups set follow_up_id = 'F1' where status = 'closed'",), []),
        ((MENDED,), []),
        ((MENDED, REJECTED_AGAIN), ["昨天", "前天"]),
    ],
    ids=["the item is closed", "another file answers it", "the other file is no better"],
)
def test_a_cell_of_a_reply_is_told_until_its_item_is_answered_or_closed(
    home: Home, happened: tuple[str, ...], told: list[str]
) -> None:
    with duckdb.connect(str(home.warehouse)) as connection:
        for statement in happened:
            connection.execute(statement)
    assert [cell["raw"] for cell in json.loads(status(home, "--json"))["rejected_replies"]] == told


def test_a_refused_article_is_told_by_file_and_reason(home: Home) -> None:
    assert "拒收的文章 article refused 空页.html [empty] 页面是空的。 The page is empty." in status(home)
    (refused,) = json.loads(status(home, "--json"))["refused_articles"]
    assert (refused["file_name"], refused["reason_code"], refused["articles"]) == ("空页.html", "empty", 1)


def test_follow_up_and_letters_that_await_approval_are_counted(home: Home) -> None:
    drafts = home.reports / "letters" / "2026-06-29" / "待批 drafts"
    drafts.mkdir(parents=True)
    (drafts / "约谈.docx").touch()
    assert (
        "督办 follow-up  在办 open 3，逾期 overdue 2，重新立项 reopened 1，待批函件 letters awaiting approval 1"
        in status(home)
    )
    counted = {"open": 3, "overdue": 2, "reopened": 1, "awaiting_approval": 1}
    assert json.loads(status(home, "--json"))["follow_up"] == counted


def test_a_refused_file_is_named_with_its_county_and_why(home: Home) -> None:
    said = status(home)
    assert "拒收 refused 平舆县 411723/坏.xlsx [encrypted]" in said
    (refused,) = json.loads(status(home, "--json"))["refused_files"]
    assert refused["reason_message"] in said


def test_a_ledger_that_names_another_county_is_told(home: Home) -> None:
    with duckdb.connect(str(home.warehouse)) as connection:
        remark = json.dumps(["标题写的是西平县（411721），却放在平舆县"], ensure_ascii=False)
        connection.execute(f"update ledger_files set remarks = '{remark}' where file_name = '六月.xlsx'")
    assert "another county's ledger: 平舆县 411723/六月.xlsx 标题写的是西平县" in status(home)


def test_a_county_named_by_its_code_is_said_once(home: Home) -> None:
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute("update dim_county set county_name = county_code")
    assert "拒收 refused 411723/坏.xlsx [encrypted]" in status(home)


def test_a_refused_file_is_told_until_it_is_sent_again_and_read(home: Home) -> None:
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute("update ledger_files set file_name = '坏.xlsx' where file_sha256 = 'other'")
    assert "坏.xlsx [encrypted]" in status(home)  # that one came before
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute("update ledger_files set settled_by = '坏.xlsx' where file_sha256 = 'bad'")
    assert "坏.xlsx [encrypted]" not in status(home)
    assert "拒收 refused 1" in status(home)


def test_a_refused_file_is_told_with_the_one_sent_for_it_while_that_is_the_latest(home: Home) -> None:
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute("update ledger_files set settled_by = '六月.xlsx' where file_sha256 = 'bad'")
    said = status(home)
    assert "坏.xlsx [encrypted]" not in said
    assert "拒收后已补报 refused, sent again and read: 平舆县 411723/坏.xlsx ← 六月.xlsx" in said
    (settled,) = json.loads(status(home, "--json"))["settled_files"]
    assert (settled["file_name"], settled["settled_by"]) == ("坏.xlsx", "六月.xlsx")
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute("update ledger_files set settled_by = '五月.xlsx' where file_sha256 = 'bad'")
    assert "坏.xlsx" not in status(home)


@pytest.mark.parametrize("outcome", ["running", None])
def test_a_run_without_an_end_goes_on_or_was_interrupted(home: Home, outcome: str | None) -> None:
    path = run_record.record_path(home, "run-1")
    path.write_text(json.dumps(json.loads(path.read_text()) | {"outcome": outcome}))
    assert "2026-07-01 00:00:01  中断 interrupted" in status(home)
    with run_lock.exclusive(home, run_lock.RUN, lambda _: None):
        assert "进行中 running" in status(home)
    assert json.loads(status(home, "--json"))["last_run"]["outcome"] == "interrupted"


def test_the_last_pull_of_each_kind_says_what_it_could_not_bring(home: Home) -> None:
    def note(run_id: str, dag: str, outcome: str, message: str) -> None:
        pull = {"source_id": dag, "kind": "ledger", "outcome": outcome, "reason_code": "unreadable", "message": message}
        run_record.start(home, run_id, {})
        run_record.add_section(home, run_id, dag, {"pulled": [pull]})

    note("run-1", "county_ledgers", "failed", "早先 long ago")
    assert "未收取 not pulled  台账 ledger county_ledgers [unreadable] 早先 long ago" in status(home)
    note("run-2", "county_ledgers", "partial", "还在增长 still growing")
    note("run-3", "news_feeds", "ok", "")
    said = status(home)
    assert "部分未收取 partly pulled  台账 ledger county_ledgers [unreadable] 还在增长 still growing" in said
    assert "long ago" not in said
    (pull,) = json.loads(status(home, "--json"))["incomplete_pulls"]
    assert (pull["source_id"], pull["outcome"]) == ("county_ledgers", "partial")


def _renamed(home: Home) -> None:
    """平舆县 was 411799 until May, and sent that month's ledger under it."""
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute("insert into dim_county values ('411799', '老平舆县', '411723')")
        connection.execute("update ledger_files set county_code = '411799' where file_sha256 = 'old'")
        connection.execute("update rejected_rows set county_code = '411799' where file_sha256 = 'old'")


def test_a_renamed_county_owes_no_ledger_under_its_old_code(home: Home) -> None:
    _renamed(home)
    found = status_of(home)
    assert found.not_submitted == []
    assert {row["file_name"] for row in found.rejected_rows} == {"六月.xlsx"}
    assert {row["county_code"] for row in found.unmapped_columns} == {"411723"}


def test_rows_of_a_ledger_turned_away_whole_are_told_until_another_of_its_day_stands(home: Home) -> None:
    turned_away = """
        insert into ledger_files
        select * replace ('away' as file_sha256, '六月（万元未写）.xlsx' as file_name, 'no_project_rows' as not_standing_reason,
            false as is_standing, 0 as rows_accepted, 0 as landed_order)
        from ledger_files where file_sha256 = 'new' and report_date is not null
    """
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute(turned_away)
        connection.execute(
            "insert into rejected_rows select * replace ('away' as file_sha256) from rejected_rows limit 1"
        )
    assert "六月（万元未写）.xlsx" not in {row["file_name"] for row in status_of(home).rejected_rows}
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute("update ledger_files set landed_order = 2 where file_sha256 = 'away'")
    assert "六月（万元未写）.xlsx" in {row["file_name"] for row in status_of(home).rejected_rows}


def test_files_that_were_taken_back_are_told_in_one_line(home: Home) -> None:
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute("update ledger_files set reason_code = 'withdrawn' where file_sha256 = 'bad'")
    told = CliRunner().invoke(app, ["status", "--home", str(home.root)]).output
    assert "坏.xlsx" not in told
    assert "已撤下 withdrawn: 1 个文件" in told


def test_a_name_that_holds_a_line_break_stays_on_its_line(home: Home) -> None:
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute("update ledger_files set file_name = E'坏\n件.xlsx' where file_sha256 = 'bad'")
    told = CliRunner().invoke(app, ["status", "--home", str(home.root)]).output
    assert any("坏↵件.xlsx [encrypted]" in line for line in told.splitlines())


def test_a_wrong_wording_file_hides_no_state(home: Home, tmp_path: Path) -> None:
    wording = tmp_path / "wording"
    shutil.copytree(WORDING, wording)
    with (wording / "header_characters.csv").open("a", encoding="utf-8") as file:
        file.write('乱,七,八,"\n')
    # Wording is read once a process, so a fresh one.
    show = (
        "import pathlib, sys; from ingest import fields; fields.WORDING = pathlib.Path(sys.argv.pop(1)); "
        "from luodi.cli import app; app()"
    )
    command = [sys.executable, "-c", show, str(wording), "status", "--home", str(home.root)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert "未识别的列 unmapped columns: 平舆县 2 列" in told.stdout


def test_an_undated_ledger_is_named_also_where_its_rows_are_still_to_be_mended(home: Home) -> None:
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute(
            "insert into ledger_files (county_code, file_sha256, file_name, status, not_standing_reason, rows_accepted,"
            " rows_rejected) values ('411723', 'all', '新增.xlsx', 'read', 'no_project_rows', 0, 2),"
            " ('411723', 'none', '说明.xlsx', 'read', 'no_project_rows', 0, 0)"
        )
    said = status(home)
    assert "没有报告日期，2 行未计入 no report date, its rows do not count: 平舆县 新增.xlsx" in said
    assert "说明.xlsx" not in said


def test_a_red_dag_is_told_though_another_ran_last(home: Home) -> None:
    for run_id, dag, outcome in (("w1", "warehouse", "failed"), ("q1", "quality_workbook", "succeeded")):
        run_record.add_section(home, run_id, "parameters", {"dag": dag, "as_of": "2026-06-30"})
        if outcome == "failed":
            run_record.add_failure(home, run_id, {"task": "build_marts", "reason": "dim_project 出错"})
        run_record.finish(home, run_id, outcome)
    said = status(home)
    assert "上次运行 last run  quality_workbook q1" in said
    assert "还红着 still red  warehouse w1" in said
    assert "build_marts dim_project 出错" in said
    assert [run["run_id"] for run in json.loads(status(home, "--json"))["red_runs"]] == ["w1"]
    run_record.finish(home, "w1", "succeeded")  # mended and cleared
    said = status(home)
    assert "still red" not in said
    assert "build_marts" not in said


def test_the_business_date_is_that_of_the_publication_whatever_ran_last(home: Home) -> None:
    """The pack of the 28th, made up for at a start, is a run of its own with a date of its own."""
    publish_dates(home, dt.date(2026, 11, 29))
    run_record.start(home, "pack", {"dag": "monthly_dispatch", "as_of": "2026-10-28"})
    folder = home.lake / "ledger_files" / "period=2026-11"
    folder.mkdir(parents=True)
    query = "select '411723' as county_code, '十一月.xlsx' as file_name, date '2026-11-20' as report_date"
    duckdb.execute(f"copy ({query}) to '{folder}/411723.parquet'")
    said = status(home)
    assert "已发布 published  业务日期 as of 2026-11-29" in said
    assert "十一月.xlsx" not in said  # it counts already


def test_a_source_that_fails_again_and_again_is_told_since_when(home: Home) -> None:
    pull = {
        "kind": "ledger",
        "source_id": "411723",
        "outcome": "failed",
        "reason_code": "http_status",
        "message": "401",
    }
    for number in range(3):
        run_record.add_section(home, f"pulls-{number}", "county_ledgers", {"pulled": [pull]})
    today = dt.datetime.now(settings.BUSINESS_ZONE).date()
    assert f"411723 [http_status] 401（{today} 起连续 3 次 3 times in a row since {today}）" in status(home)
