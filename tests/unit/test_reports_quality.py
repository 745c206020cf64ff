"""The quality workbook: a sentence a finding, with file, sheet and row, for a named reader."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from small_publication import FORMULA, publish_small_warehouse
from typer.testing import CliRunner

from ingest.home import Home
from luodi.cli import app
from reports import quality_workbook
from warehouse.descriptions import ModelText, model_texts

ON = dt.date(2026, 11, 5)
_FINDINGS = """
create table quality_stage_contradictions as select * from (values
    ('p2', '410928', $$=cmd|' /C calc'!A0$$, 'signed', 'started_on_without_stage', date '2026-07-01', 'f410928', '台账', 12),
    ('p3', '410922', '枫迹家具项目', 'in_production', 'a_kind_nobody_described', null, 'f410922', '台账', 7)
) as v (project_id, county_code, project_name, stage, finding, stated_on, file_sha256, sheet, row_number);
comment on table quality_stage_contradictions is '阶段与日期矛盾。Stages that contradict dates.';
comment on column quality_stage_contradictions.stage is '阶段。Stage.';
comment on column quality_stage_contradictions.stated_on is '所填日期。Date as stated.';
create table quality_cumulative_falls as select
    'p1' as project_id, '410928' as county_code, date '2026-10-01' as report_month,
    true as has_unit, -3000000::decimal(20, 2) as amount_cny, 20000000::decimal(20, 2) as cumulative_cny, 'cumulative_difference' as basis,
    'f410928' as file_sha256, '台账' as sheet, 9 as row_number;
comment on table quality_cumulative_falls is '累计到位下降。Falls of cumulative funds.';
comment on column quality_cumulative_falls.amount_cny is '金额（元）。Amount in yuan.';
create table quality_missing_projects as select 'p1' as project_id, '410928' as county_code where false;
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = publish_small_warehouse(tmp_path)
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute(_FINDINGS)
    return home


def book(path: Path) -> dict[str, list[list[Any]]]:
    workbook = openpyxl.load_workbook(path)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in workbook}


def test_every_finding_is_a_sentence_with_its_file_sheet_and_row(home: Home) -> None:
    sheets = book(quality_workbook.write_workbook(home, ON))
    header, row = sheets["累计到位下降"][2:4]
    assert row[:3] == ["濮阳县", "恒岚溶剂项目", "2026年10月累计到位比此前减少 300万元，现为 2,000万元。"]
    assert row[-3:] == ["濮阳县202610.xlsx", "台账", 9]
    assert (header[4], row[4]) == ("金额\n（万元）", -300)  # a flag is said in the sentence, not shown
    assert "到位资金核查人" in sheets["累计到位下降"][1][0]


def test_the_first_sheet_counts_what_was_found_and_for_whom(home: Home) -> None:
    _, (note, *_), _, *rows = book(quality_workbook.write_workbook(home, ON))["总览"]
    assert note.startswith("数据截至：2026-10-31　　")
    assert [row[1:5] for row in rows[:3]] == [
        ["累计到位下降", 1, 1, "到位资金核查人"],
        ["quality_missing_projects", 0, 0, "招商数据负责人"],
        ["阶段与日期矛盾", 2, 2, "招商数据负责人"],
    ]
    assert rows[3][1:4] == ["合计", 3, 2]


def test_nothing_found_is_said_and_takes_no_page(home: Home) -> None:
    sheets = book(quality_workbook.write_workbook(home, ON))
    assert [row[5] for row in sheets["总览"][3:6]] == ["累计到位下降", "没有发现", "阶段与日期矛盾"]
    assert list(sheets) == ["总览", "累计到位下降", "阶段与日期矛盾"]


def test_a_formula_from_a_county_stays_text(home: Home) -> None:
    path = quality_workbook.write_workbook(home, ON)
    cells = [cell for row in openpyxl.load_workbook(path)["阶段与日期矛盾"].iter_rows() for cell in row]
    (name,) = [cell for cell in cells if cell.value == FORMULA]
    assert (name.data_type, name.quotePrefix) == ("s", True)


def test_a_kind_of_finding_without_a_sentence_is_named_not_hidden(home: Home) -> None:
    rows = book(quality_workbook.write_workbook(home, ON))["阶段与日期矛盾"]
    assert rows[3][:3] == ["清丰县", "枫迹家具项目", "a_kind_nobody_described"]
    assert rows[4][2] == "写有开工日期 2026-07-01，阶段却是已签约。"
    assert rows[4][4] == "已签约"


def test_one_county_alone_and_the_same_bytes_again(home: Home) -> None:
    result = CliRunner().invoke(app, ["quality", "--on", "2026-11-05", "--county", "410922", "--home", str(home.root)])
    path = Path(result.stdout.strip())
    assert path.parent == home.reports / "quality" / "2026-11-05"
    assert [row[0] for row in book(path)["阶段与日期矛盾"][3:]] == ["清丰县"]
    before = path.read_bytes()
    assert quality_workbook.write_workbook(home, ON, "410922").read_bytes() == before


def test_a_county_that_is_none_gets_no_empty_list(home: Home) -> None:
    for code in ("410999", "../x"):
        result = CliRunner().invoke(app, ["quality", "--county", code, "--home", str(home.root)])
        assert result.exit_code == 2
        assert f"没有代码为 {code} 的县区" in result.stderr
    assert not list(home.reports.rglob("*.xlsx"))


def test_nothing_published_is_advice(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["quality", "--home", str(tmp_path)])
    assert result.exit_code == 2
    assert "luodi run" in result.stderr


def quality_models() -> dict[str, ModelText]:
    return {name: text for name, text in model_texts().items() if name.startswith(quality_workbook.PREFIX)}


@pytest.mark.parametrize("key", sorted(quality_workbook.findings()), ids=lambda key: f"{key[0]}-{key[1]}")
def test_a_sentence_says_only_what_its_model_has(key: tuple[str, str]) -> None:
    model, kind = key
    sample: dict[str, Any] = {
        "stage": "signed",
        "earlier_stage": "started",
        "light": "red",
        "field": "total_investment_cny",
    }
    row: dict[str, Any] = {}
    for column in quality_models()[model].columns:
        date = dt.date(2026, 7, 1) if column.endswith(("_on", "_month", "_date")) else None
        number = Decimal(2_500_000) if column.endswith(("_cny", "_value", "_sum", "missed")) else None
        row[column] = sample.get(column) or date or number or "文字"
    sentence, action = quality_workbook.say(model, {**row, "finding": kind})
    assert sentence.endswith("。")
    assert action.endswith("。")
    assert "None" not in sentence
    assert not set("{}_") & set(sentence)


def test_a_project_without_a_stage_is_said_to_have_none() -> None:
    row = {"ledgers_missed": 4, "last_reported_on": dt.date(2026, 4, 30), "stage": None}
    sentence, _ = quality_workbook.say("quality_missing_projects", row)
    assert sentence == "最近 4 期台账都没有列出，最后一次见于 2026-04-30，当时未写明阶段。"


def test_every_quality_model_is_said() -> None:
    assert quality_models()
    assert set(quality_models()) == {model for model, _ in quality_workbook.findings()}


def test_without_a_date_it_bears_that_of_the_publication(home: Home) -> None:
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute(
            "create or replace table dim_date as select date '2026-11-05' as date_day, true as is_business_date"
        )
    path = quality_workbook.write_workbook(home)
    assert path.relative_to(home.reports).as_posix() == "quality/2026-11-05/数据质量核查清单20261105.xlsx"
    assert path.read_bytes() == quality_workbook.write_workbook(home).read_bytes()
