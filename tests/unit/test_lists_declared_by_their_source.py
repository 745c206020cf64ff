"""What a source's configuration says of its lists wins over what they seem to speak of."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_ledger
from ingest.ledgers.ledger_source import pattern_of
from ingest.registry import read_registry
from luodi.source_command import app

ROADS = (
    "序号|项目名称|建设规模|总投资（万元）|开工时间|责任单位|形象进度",
    "1|S213线大修工程|18公里|7600|2026.3|县公路局|路面铣刨",
    "2|王庄村道路硬化|3公里|160|2026.4|双桥镇|完工",
)
FACTORIES = ("项目名称|投资方|总投资（万元）|签约时间", "轴承|甲公司|6000|2026-03-01", "面粉|乙公司|3000|2026-03-02")
TASKS = (
    "序号|事项名称|责任领导|牵头单位|进展情况",
    "1|棚改收尾|王县长|住建局|剩余3户",
    "2|走访企业|李县长|工信局|走访62家",
)


def book(rows: tuple[str, ...], sheet: str = "Sheet1") -> bytes:
    workbook = openpyxl.Workbook()
    page = workbook.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(row.split("|"))
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def read(rows: tuple[str, ...], name: str = "汇总表.xlsx", **settings: tuple[str, ...]) -> LedgerReading:
    return read_ledger(book(rows), name, LedgerSource("411723", **settings))  # type: ignore[arg-type]


def kinds(reading: LedgerReading) -> list[str]:
    return [table.kind for table in reading.tables]


@pytest.mark.parametrize("pattern", ["汇总表", "汇总表.xlsx", "*汇总*", "Sheet1", "*"])
def test_a_list_that_its_source_calls_projects_is_read_as_such(pattern: str) -> None:
    assert read(ROADS).reason_code == "no_project_column"
    reading = read(ROADS, project_lists=(pattern,))
    assert kinds(reading) == ["project"]
    assert [row.fields["project_name"] for row in reading.rows] == ["S213线大修工程", "王庄村道路硬化"]


def test_a_list_that_its_source_calls_another_is_refused_and_says_why() -> None:
    reading = read(FACTORIES, name="采购6月.xlsx", project_lists=("*",), other_lists=("采购*",))
    assert (reading.status, reading.reason_code) == ("refused", "no_project_column")
    assert "other_lists" in (reading.reason_message or "")
    assert kinds(read(FACTORIES, other_lists=("采购*",))) == ["project"]


def test_what_is_called_projects_is_named_by_any_column_of_names() -> None:
    reading = read(TASKS, project_lists=("汇总*",))
    assert [row.fields["project_name"] for row in reading.rows] == ["棚改收尾", "走访企业"]


def test_a_refusal_says_how_to_overrule_it_for_files_of_all_months() -> None:
    said = read(ROADS, name="in/2026年6月汇总表.xlsx").reason_message or ""
    assert "project_lists: ['*年*月汇总表']" in said
    assert "标题" in said
    assert kinds(read(ROADS, name="2026年7月汇总表.xlsx", project_lists=(pattern_of("2026年6月汇总表.xlsx"),))) == [
        "project"
    ]


def test_the_line_in_the_yaml_of_a_county_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "counties"
    folder.mkdir()
    (folder / "411723.yml").write_text("code: \"411723\"\nledger:\n  project_lists: ['汇总*']\n", encoding="utf-8")
    source = read_registry(tmp_path).county("411723").ledger_source()
    assert kinds(read_ledger(book(ROADS), "汇总表.xlsx", source)) == ["project"]


def test_source_try_proposes_the_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUODI_SOURCES", str(tmp_path))
    path = tmp_path / "2026年6月汇总表.xlsx"
    path.write_bytes(book(ROADS))
    result = CliRunner().invoke(app, ["try", str(path), "--county", "411723"], env={"COLUMNS": "200"})
    assert result.exit_code == 2
    assert "#   project_lists: ['*年*月汇总表']" in result.stdout
