"""`luodi ledger read` on real files: JSON lines as the contract has them, tables for people, exit codes, archives."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import xlsxwriter
from typer.testing import CliRunner

from ingest.fields import fields
from ingest.home import CHECKOUT, Home
from ingest.intake import list_sources, pull_source, read_source
from ingest.lake import write_partition, write_parts
from ingest.ledgers.ledger import PARSER_VERSION, LedgerSource, read_ledger
from ingest.ledgers.ledger_lake import ledger_parts, ledger_tables
from ingest.limits import DEFAULT_LIMITS
from luodi.ledger_command import app
from luodi.ledger_showing import Showing, print_ledgers

ROWS: list[list[Any]] = [
    ["2026年6月清丰县招商引资项目台账"],
    ["序号", "项目名称", "总投资（万元）", "签约时间", "怪列", "联系电话"],
    [1, "甲厂项目", 12345.6, "2026年3月", "原样", "138****0001"],
    [2, "乙厂项目", "三个多亿", "2026-03-05"],
    ["合计", None, 12345.6],
]


def workbook(rows: list[list[Any]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("台账")
        for number, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if value is not None:
                    sheet.write(number, column, value)
    return target.getvalue()


def with_sheet(source: Path, target: Path, old: bytes, new: bytes) -> None:
    """The workbook with other bytes in its sheet."""
    with zipfile.ZipFile(source) as read, zipfile.ZipFile(target, "w") as written:
        for name in read.namelist():
            data = read.read(name)
            if name.endswith("sheet1.xml"):
                assert data.count(old) == 1
                data = data.replace(old, new)
            written.writestr(name, data)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "清丰县台账.xlsx"
    path.write_bytes(workbook(ROWS))
    return path


def run(*arguments: str) -> tuple[int, list[dict[str, Any]], str]:
    result = CliRunner().invoke(app, ["read", *arguments])
    lines = [json.loads(line) for line in result.stdout.splitlines() if line.startswith('{"type"')]
    return result.exit_code, lines, result.stdout


def test_json_lines_are_as_in_the_contract(ledger: Path) -> None:
    code, lines, _shown = run(str(ledger), "--json")
    assert code == 0
    first, second, file = lines
    assert (first["type"], first["file"], first["sheet"], first["row"]) == ("row", str(ledger), "台账", 3)
    assert (first["status"], first["kind"], first["reasons"]) == ("accepted", "project", [])
    assert set(fields()) <= set(first["fields"])
    assert first["fields"]["total_investment_cny"] == 123_456_000
    assert (first["fields"]["signed_on"], first["fields"]["signed_on_precision"]) == ("2026-03-01", "month")
    assert first["fields"]["extra"] == {"怪列": "原样"}
    assert first["raw"]["总投资（万元）"] == "12345.6"
    assert second["status"] == "rejected"
    assert [(r["code"], r["column"], r["raw"]) for r in second["reasons"]] == [
        ("amount_with_text", "总投资（万元）", "三个多亿")
    ]
    assert second["fields"]["project_name"] == "乙厂项目"
    assert second["fields"]["total_investment_cny"] is None
    assert file["rows"] == {"accepted": 1, "rejected": 1, "furniture": 3}
    assert (file["report_date"], file["report_date_basis"], file["status"]) == ("2026-06-30", "title", "read")
    sheet = file["sheets"][0]
    assert (sheet["name"], sheet["hidden"], sheet["header_rows"], sheet["unmapped"]) == ("台账", False, [2], ["怪列"])
    money = sheet["columns"][2]
    assert (money["header"], money["field"], money["unit"], money["unit_basis"]) == (
        "总投资（万元）",
        "total_investment_cny",
        "万元",
        "leaf",
    )


def test_a_refused_file_is_printed_and_gives_exit_code_2(ledger: Path, tmp_path: Path) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(ledger.read_bytes()[:300])
    code, lines, _shown = run(str(broken), str(ledger), "--json")
    assert code == 2
    assert [(line["status"], (line["reason"] or {}).get("code")) for line in lines if line["type"] == "file"] == [
        ("refused", "truncated"),
        ("read", None),
    ]


def test_a_file_that_breaks_its_worker_is_refused_and_stops_no_other(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    big = tmp_path / "大.csv"
    big.write_text(
        "项目名称,总投资（万元）\n" + "".join(f"{n}号厂房项目,{n}\n" for n in range(150_000)), encoding="utf-8"
    )
    little = replace(DEFAULT_LIMITS, memory_bytes=160 << 20)  # room for the wordings and a small file
    showings = [Showing(path, str(path), LedgerSource(), None, True, None) for path in (big, ledger)]
    assert print_ledgers(showings, little)
    files = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"type": "file"' in line]
    assert [(file["status"], (file["reason"] or {}).get("code")) for file in files] == [
        ("refused", "too_large"),
        ("read", None),
    ]
    assert files[0]["sha256"] == hashlib.sha256(big.read_bytes()).hexdigest()


def test_people_see_what_became_of_columns_rows_and_totals(ledger: Path) -> None:
    code, _lines, shown = run(str(ledger), "--county", "410922")
    assert code == 0
    plain = "".join(shown.split())
    for expected in ("怪列", "三个多亿", "project_name", "2026-06-30", "410922", "一致agree"):
        assert expected in plain, expected


def test_a_folder_named_by_a_code_states_the_county(ledger: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ledgers" / "410326"
    folder.mkdir(parents=True)
    path = folder / "x.xlsx"
    path.write_bytes(ledger.read_bytes())
    _code, _lines, shown = run(str(path), str(ledger))
    assert "怪列,?,project,410326," in shown
    assert "怪列,?,project,," in shown
    assert "怪列,?,project,410922," in run(str(path), "--county", "410922")[2]


def test_a_code_that_is_no_region_is_pointed_out(ledger: Path) -> None:
    slip = CliRunner().invoke(app, ["read", "--county", "999999", "--json", str(ledger)])
    known = CliRunner().invoke(app, ["read", "--county", "410922", "--json", str(ledger)])
    assert (slip.exit_code, known.exit_code) == (0, 0)
    assert "999999" in slip.stderr
    assert known.stderr == ""


def test_files_of_an_archive_are_read_one_by_one(ledger: Path, tmp_path: Path) -> None:
    archive = tmp_path / "全市.zip"
    with zipfile.ZipFile(archive, "w") as target:
        target.writestr("清丰县/六月.xlsx", ledger.read_bytes())
        target.writestr("说明.txt", "请各县区按时报送。\n")
    code, lines, _shown = run(str(archive), "--json")
    files = [(line["file"], line["status"]) for line in lines if line["type"] == "file"]
    assert files == [(f"{archive}/清丰县/六月.xlsx", "read"), (f"{archive}/说明.txt", "refused")]
    assert code == 2


def test_lake_tables_are_a_pure_function_of_the_bytes(ledger: Path) -> None:
    def tables() -> dict[str, list[dict[str, Any]]]:
        reading = read_ledger(ledger.read_bytes(), ledger.name, LedgerSource("410922"))
        found = ledger_tables(reading, county_code="410922", file_name=ledger.name, parser_version=PARSER_VERSION)
        return {name: table.to_pylist() for name, table in found.items()}

    first = tables()
    assert first == tables()
    (project,) = first["ledger_project_rows"]
    assert (project["row_number"], str(project["total_investment_cny"])) == (3, "123456000.00")
    assert json.loads(project["extra"]) == {"怪列": "原样"}
    assert json.loads(project["raw"])["签约时间"] == "2026年3月"
    (rejected,) = first["rejected_rows"]
    assert json.loads(rejected["raw"])["总投资（万元）"] == "三个多亿"
    (file,) = first["ledger_files"]
    assert (file["rows_seen"], file["rows_accepted"], file["rows_rejected"], file["rows_furniture"]) == (5, 1, 1, 3)
    (total,) = first["control_totals"]
    assert (total["stated_value"], total["rows_sum"], total["rows_summed"]) == (123_456_000, 123_456_000, 1)


def test_the_same_bytes_of_another_county_have_other_row_ids(ledger: Path) -> None:
    data = ledger.read_bytes()
    one, other = (read_ledger(data, ledger.name, LedgerSource(code)) for code in ("410922", "410923"))
    assert {row.row_id for row in one.rows}.isdisjoint(row.row_id for row in other.rows)


def test_a_person_sees_where_date_and_unit_were_stated(ledger: Path) -> None:
    _code, _lines, shown = run(str(ledger))
    assert "2026-06-30（标题 title）" in shown
    assert "万元 列 leaf" in shown


def test_a_ledger_without_a_report_date_is_said_not_to_count(tmp_path: Path) -> None:
    path = tmp_path / "补充.csv"
    path.write_text("项目名称,总投资（万元）\n甲厂项目,6500\n", encoding="utf-8")
    code, _lines, shown = run(str(path))
    assert code == 0
    assert "没有报告日期，各行不会计入" in shown


def test_a_wrong_wording_row_is_named_and_no_ledger_is_blamed(tmp_path: Path) -> None:
    """With `?` left in the line that `ledger read` itself proposes; in a copy of the project, read by its own workers."""
    for package in ("ingest", "luodi"):
        shutil.copytree(CHECKOUT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "ingest/wording/headers.csv").open("a", encoding="utf-8") as wording:
        wording.write("红黄绿灯,?,project,,\n")
    ledger = tmp_path / "台账202609.csv"
    ledger.write_text("项目名称,总投资（万元）\n甲园项目,100\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "from luodi.cli import app; app()", "ledger", "read", str(ledger)],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "headers.csv 第" in done.stderr
    assert done.stdout == ""


def test_a_pipe_nobody_writes_to_and_an_endless_device_are_refused_at_once(tmp_path: Path, ledger: Path) -> None:
    pipe = tmp_path / "管道.xlsx"
    os.mkfifo(pipe)
    code, lines, _ = run(str(pipe), "/dev/zero", str(ledger), "--json")
    files = [line for line in lines if line["type"] == "file"]
    assert code == 2
    assert [(line["status"], (line["reason"] or {}).get("code")) for line in files] == [
        ("refused", "not_a_table"),
        ("refused", "not_a_table"),
        ("read", None),
    ]


def test_marks_of_the_writing_direction_are_no_part_of_names_and_amounts(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    rows = [*ROWS[:2], [1, "\u202d甲厂\u2066项目\u2069\u202c", "\u202d12345.6\u202c", "\u200e2026年3月"]]
    path.write_bytes(workbook(rows))
    _, lines, _ = run(str(path), "--json")
    row = lines[0]
    assert (row["status"], row["fields"]["project_name"]) == ("accepted", "甲厂项目")
    assert (row["fields"]["total_investment_cny"], row["fields"]["signed_on"]) == (123456000, "2026-03-01")


def test_a_workbook_with_one_row_number_twice_is_refused(tmp_path: Path, ledger: Path) -> None:
    path = tmp_path / "坏.xlsx"
    with_sheet(ledger, path, b'<row r="4"', b'<row r="3"')
    code, lines, _ = run(str(path), "--json")
    assert code == 2
    assert [(line["type"], line["reason"]["code"]) for line in lines] == [("file", "truncated")]


def test_a_path_that_is_not_there_is_named_and_stops_no_other(tmp_path: Path, ledger: Path) -> None:
    dead = tmp_path / "断.xlsx"
    dead.symlink_to(tmp_path / "没有.xlsx")
    gone = tmp_path / "漏了.xlsx"
    result = CliRunner().invoke(app, ["read", str(gone), str(ledger), str(dead), str(tmp_path), "--json"])
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 2
    assert [(line["file"], line["status"]) for line in lines if line["type"] == "file"] == [(str(ledger), "read")]
    told = result.stderr.splitlines()
    assert [line.partition(": ")[0] for line in told] == [str(gone), str(dead), str(tmp_path)]
    assert "没有这个文件" in told[0]
    assert "链接" in told[1]
    assert "文件夹" in told[2]


@pytest.mark.parametrize("is_beside", [True, False])
def test_a_row_in_which_one_cell_stands_twice_is_rejected_with_all_it_holds(
    tmp_path: Path, ledger: Path, is_beside: bool
) -> None:
    path = tmp_path / "坏.xlsx"
    again, end = b'<c r="C3"><v>99</v></c>', b'</row><row r="4"'
    if is_beside:
        with_sheet(ledger, path, b'<c r="C3">', again + b'<c r="C3">')
    else:
        with_sheet(ledger, path, end, again + end)
    code, lines, _ = run(str(path), "--json")
    assert code == 0
    first = lines[0]
    assert (first["row"], first["status"], first["reasons"][0]["code"]) == (3, "rejected", "cell_twice")
    assert {"甲厂项目", "12345.6", "99"} <= set(first["reasons"][0]["raw"].split(" | "))
    assert lines[-1]["rows"] == {"accepted": 0, "rejected": 2, "furniture": 3}


def test_a_cell_written_twice_alike_loses_nothing(tmp_path: Path, ledger: Path) -> None:
    path = tmp_path / "双.xlsx"
    with_sheet(ledger, path, b'<c r="C3"><v>12345.6</v></c>', b'<c r="C3"><v>12345.6</v></c>' * 2)
    _, lines, _ = run(str(path), "--json")
    assert (lines[0]["row"], lines[0]["status"]) == (3, "accepted")


@pytest.mark.parametrize("number", [b"-1", b"99", b"x", b"4294967296"])
def test_a_cell_that_points_to_no_text_is_rejected(tmp_path: Path, ledger: Path, number: bytes) -> None:
    path = tmp_path / "坏.xlsx"
    with zipfile.ZipFile(ledger) as book:
        cell = re.search(rb'<c r="B3" t="s"><v>\d+</v>', book.read("xl/worksheets/sheet1.xml"))
    assert cell
    with_sheet(ledger, path, cell[0], b'<c r="B3" t="s"><v>%s</v>' % number)
    _, lines, _ = run(str(path), "--json")
    (why,) = lines[0]["reasons"]
    assert (lines[0]["row"], lines[0]["status"], lines[0]["fields"]["project_name"]) == (3, "rejected", None)
    assert (why["code"], why["column"], why["raw"]) == ("cell_error", "项目名称", f"#文字缺失（{number.decode()}）")
    assert "没有的文字" in why["message"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [(cell, "project_name_no_name") for cell in ("TRUE", "否", "√", "12345", "1,200.5", "100万元", "35%", "2026-03-01")]
    + [(cell, "project_name_no_name") for cell in ("2026年3月", "3月5日", "2026/3/1 08:30", "①")]
    + [(cell, "cell_error") for cell in ("#REF!", "#VALUE!", "########")]
    + [("#N/A", "project_name_missing"), ("待定", "project_name_missing")]
    + [(cell, None) for cell in ("5G基站", "365天便利店", "1号厂房", "2026年重点项目", "是是非非酒业", "3月花园")],
)
def test_what_names_no_project_rejects_its_row(tmp_path: Path, cell: str, code: str | None) -> None:
    path = tmp_path / "台账202606.csv"
    path.write_text(f'序号,项目名称,总投资（万元）\n1,"{cell}",100\n2,乙园项目,200\n', encoding="utf-8")
    _, lines, _ = run(str(path), "--json")
    first = lines[0]
    assert [(why["code"], why["column"], why["raw"]) for why in first["reasons"]] == (
        [(code, "项目名称", cell)] if code else []
    )
    assert first["fields"]["project_name"] == (None if code else cell)


@pytest.mark.parametrize("value", [True, 12345, 0.5])
def test_a_cell_that_is_no_text_names_no_project(tmp_path: Path, value: Any) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(workbook([*ROWS[:2], [1, value, 10, "2026年3月"]]))
    _, lines, _ = run(str(path), "--json")
    assert [why["code"] for why in lines[0]["reasons"]] == ["project_name_no_name"]


def test_a_ledger_is_written_the_same_in_parts(tmp_path: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[list[Any]] = [[n, f"{n}号项目", "不明" if n % 5 == 0 else n, "2026年3月"] for n in range(1, 60)]
    ledger.write_bytes(workbook([*ROWS[:2], *rows]))
    reading = read_ledger(ledger.read_bytes(), ledger.name, LedgerSource())
    known = {"county_code": "410922", "file_name": ledger.name, "parser_version": PARSER_VERSION}
    whole = ledger_tables(reading, **known)
    monkeypatch.setattr("ingest.ledgers.ledger_lake.ROWS_A_PART", 7)
    parts = ledger_parts(reading, **known)
    assert len(parts["ledger_project_rows"]) > 5
    assert {name: table.to_pylist() for name, table in ledger_tables(reading, **known).items()} == {
        name: table.to_pylist() for name, table in whole.items()
    }
    for name, table in whole.items():
        write_partition(tmp_path / "whole" / name, table)
        write_parts(tmp_path / "parts" / name, parts[name])
        assert (tmp_path / "whole" / name).read_bytes() == (tmp_path / "parts" / name).read_bytes()
    monkeypatch.setattr("ingest.lake._ROWS_A_GROUP", 20)
    write_parts(tmp_path / "groups", parts["ledger_project_rows"])
    assert pq.read_table(tmp_path / "groups").to_pylist() == whole["ledger_project_rows"].to_pylist()
    assert pq.ParquetFile(tmp_path / "groups").num_row_groups > 1


@pytest.mark.slow
def test_sixty_thousand_lines_enter_the_lake_within_the_memory_of_a_worker(tmp_path: Path) -> None:
    folder = tmp_path / "inbox" / "ledgers" / "410922"
    folder.mkdir(parents=True)
    lines = (
        f"{n},{n}号新材料产业园项目,第{n % 5000}科技公司,{n * 7},{n},2026-{n % 12 + 1:02d}-15,在建,第{n}号备注说明\n"
        for n in range(1, 60_001)
    )
    head = "序号,项目名称,投资方,总投资（万元）,到位资金（万元）,签约时间,项目阶段,备注\n"
    (folder / "台账202609.csv").write_text(head + "".join(lines), encoding="utf-8")
    home = Home(tmp_path / "home")
    (source,) = list_sources(home, tmp_path / "inbox", "ledger")
    pull_source(home, source, dt.date(2026, 11, 5))
    outcome = read_source(home, source, 1)
    assert (outcome["rows_accepted"], outcome["refused"]) == (60_000, [])
