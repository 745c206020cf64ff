"""What a person reads at the end of a run, also in a narrow terminal."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from ingest.home import Home
from luodi import summary
from luodi.settings import RunSettings
from warehouse import run_record

NAME, UNIT = "湘河古镇夜游综合体与文旅配套设施项目", "县先进制造业开发区管理委员会"
PUBLICATION = f"""
create table dim_county as
select '611023' as county_code, '商南县' as county_name, '611023' as current_county_code;
create table stalled_projects as select
    'P' || (n // 2)::integer as project_id, '611023' as county_code, '{NAME}' as project_name, 'R11' as rule_id,
    '约定日期后未注册或未到首笔资金' as rule_name, 'red' as light, n as days_stalled, '{UNIT}' as responsible_unit,
    '县驻深办' as tracking_unit,
    '吴**' as responsible_leader
from range(24) as t(n);
create table fct_follow_ups as select '' as follow_up_id, 'open' as status, null as closed_on, false as is_overdue where false;
create table ledger_files as select '611023' as county_code, 'a' as file_sha256, '十月.xlsx' as file_name, 'read' as status,
    date '2026-10-01' as report_month, date '2026-10-31' as report_date, null as reason_code, null as reason_message, null as not_standing_reason,
    24 as rows_accepted, 0 as rows_rejected, 1 as landed_order,
    true as is_standing, '[]' as remarks, null::varchar as settled_by;
create table rejected_rows as
select '' as county_code, '' as file_sha256, '' as sheet, 1 as row_number, '[]' as reasons where false;
create table dim_source_file as
select '' as kind, '' as source_id, '' as file_sha256, '' as file_name from range(0);
create table follow_up_files (file_sha256 varchar, file_name varchar, status varchar, reason_code varchar,
    reason_message varchar, issued_on date);
create table follow_up_replies (follow_up_id varchar, file_sha256 varchar);
create table rejected_replies (file_sha256 varchar, sheet varchar, row_number integer, follow_up_id varchar,
    column_name varchar, raw varchar, message varchar);
create table quality_replaced_projects as select '' as county_code, '' as file_sha256, date '2026-10-31' as report_date,
    '' as standing_file_name, 1 as replaced_projects, 1 as left_out_projects where false;
create table fct_project_lights as select 'red' as light, null as reason where false;
"""


@pytest.fixture
def run(tmp_path: Path) -> RunSettings:
    home = Home(tmp_path / "elsewhere")
    home.publish.mkdir(parents=True)
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute(PUBLICATION)
    run_record.start(home, "run-1", {})
    run_record.finish(home, "run-1", "succeeded")
    return RunSettings(home, tmp_path, dt.date(2026, 11, 5), "run-1")


def said(run: RunSettings, width: int) -> str:
    screen = io.StringIO()
    summary.show(run, Console(file=screen, width=width))
    return screen.getvalue()


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_nothing_in_the_table_is_cut_short(run: RunSettings, width: int) -> None:
    table = [line for line in said(run, width).splitlines() if line.startswith("│")]
    assert "…" not in "".join(table)
    columns = ["".join(line.split("│")[place].strip() for line in table) for place in (2, 3, 6)]
    assert [
        text.count(whole) for text, whole in zip(columns, (NAME, "约定日期后未注册或未到首笔资金", UNIT), strict=True)
    ] == [20] * 3


def test_a_whole_story_in_place_of_a_name_does_not_widen_the_table(run: RunSettings) -> None:
    with duckdb.connect(str(run.home.warehouse)) as connection:
        connection.execute("update stalled_projects set project_name = repeat('长', 1200)")
    assert max(map(len, said(run, 5000).splitlines())) < 400
    assert "长" * 79 + "…" in said(run, 5000)


def test_projects_and_lights_are_counted_apart(run: RunSettings) -> None:
    assert "卡住的项目 stalled projects 12，灯 lights 24" in said(run, 120)


def test_the_commands_it_names_ask_this_home(run: RunSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", [".venv/bin/luodi"])
    monkeypatch.chdir(run.home.root.parent)
    text = said(run, 120)
    assert "还有 4 条 more: .venv/bin/luodi sql --home elsewhere 'from stalled_projects'" in text
    assert re.search(r"\.venv/bin/luodi dispatch --home elsewhere  写出月度调度材料", text)
    monkeypatch.setenv("LUODI_HOME", str(run.home.root))
    assert ".venv/bin/luodi sql 'from stalled_projects'" in said(run, 120)


def test_sources_that_could_not_be_pulled_are_said_with_what_to_do(run: RunSettings) -> None:
    pulls = [
        {"source_id": "611023", "kind": "ledger", "outcome": "ok", "reason_code": None, "message": None},
        {
            "source_id": "商南县",
            "kind": "ledger",
            "outcome": "failed",
            "reason_code": "bad_source",
            "message": "文件夹请以代码命名。 Name the folder by the code.",
        },
    ]
    run_record.add_section(run.home, run.run_id, "county_ledgers", {"pulled": pulls})
    text = said(run, 80)
    assert (
        "未收取 not pulled  台账 ledger 商南县 [bad_source] 文件夹请以代码命名。 Name the folder by the code." in text
    )
    assert "台账 ledger 611023" not in text
    assert "run again" in text


def test_a_county_named_by_its_code_is_said_once(run: RunSettings) -> None:
    with duckdb.connect(str(run.home.warehouse)) as connection:
        connection.execute("update dim_county set county_name = county_code")
        connection.execute("update ledger_files set status = 'refused'")
    assert "拒收 refused 611023/十月.xlsx [" in said(run, 120)


def test_where_no_unit_answers_the_one_that_tracks_is_said(run: RunSettings) -> None:
    with duckdb.connect(str(run.home.warehouse)) as connection:
        connection.execute("update stalled_projects set responsible_unit = null")
    assert "县驻深办" in said(run, 160)


def test_where_nothing_stalls_it_is_said_and_no_empty_table_shown(run: RunSettings) -> None:
    with duckdb.connect(str(run.home.warehouse)) as connection:
        connection.execute("delete from stalled_projects")
    text = said(run, 120)
    assert "没有卡住的项目 no stalled projects\n" in text
    assert "谁负责" not in text


def test_a_run_that_published_nothing_says_what_failed_and_not_what_was_known_before(run: RunSettings) -> None:
    run_record.add_failure(run.home, run.run_id, {"reason": "score_weights.csv: 应为 1"})
    run_record.finish(run.home, run.run_id, "failed")
    text = said(run, 120)
    assert "上一次发布的数仓没有改动" in text
    assert "卡住的项目" not in text
    assert "score_weights.csv" in text


def test_where_ledgers_go_is_said_only_while_none_has_come(run: RunSettings) -> None:
    assert "还没有收到过台账" not in said(run, 120)
    with duckdb.connect(str(run.home.warehouse)) as connection:
        connection.execute("delete from ledger_files")
    text = said(run, 120)
    assert f"{run.inbox}/ledgers/六位代码/" in text
    assert "No ledger has come yet" in text


def test_a_folder_that_is_gone_from_the_inbox_is_said(run: RunSettings) -> None:
    assert "不在收件箱里" not in said(run, 120)
    gone = {"kind": "ledger", "source_id": "611023", "outcome": "ok", "reason_code": "folder_missing", "message": None}
    run_record.add_section(run.home, "run-1", "county_ledgers", {"pulled": [gone]})
    assert "1 个来源的文件夹不在收件箱里（改了名？没挂上？），已落地的照常使用：611023" in said(run, 120)
