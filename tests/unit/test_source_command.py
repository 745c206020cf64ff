"""`luodi source try`: what configuration a new county needs, told from its ledgers."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter
import yaml
from typer.testing import CliRunner

from ingest.registry import read_registry
from ingest.strict_yaml import ConfigurationError
from luodi.source_command import app

CLEAR = [["平舆县2026年6月招商引资项目台账（单位：万元）"], ["序号", "项目名称", "总投资"], [1, "甲厂项目", 300]]
SILENT = [["招商引资项目台账"], ["序号", "项目名称", "总投资", "怪列"], [1, "甲厂项目", 300, "原样"]]


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    monkeypatch.setenv("LUODI_SOURCES", str(folder))
    return folder


NOTES: list[list[object]] = [["填表须知"], ["按月填报"]]


def ledger(
    folder: Path,
    name: str,
    rows: list[list[object]],
    extra_sheet: str | None = None,
    extra_rows: list[list[object]] = NOTES,
) -> str:
    path = folder / name
    with xlsxwriter.Workbook(path) as book:
        for sheet_name, cells in [("台账", rows), *([(extra_sheet, extra_rows)] if extra_sheet else [])]:
            sheet = book.add_worksheet(sheet_name)
            for number, row in enumerate(cells):
                sheet.write_row(number, 0, row)
    return str(path)


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["try", *arguments], env={"COLUMNS": "160"})
    return result.exit_code, " ".join(result.stdout.split())


def test_a_ledger_that_says_everything_needs_no_configuration(tmp_path: Path, sources: Path) -> None:
    code, said = run(ledger(tmp_path, "a.xlsx", CLEAR), "--write")
    assert code == 0
    assert "No configuration is needed" in said
    county = read_registry(sources).counties["411723"]
    assert county.name == "平舆县"


def test_what_the_file_leaves_unsaid_is_asked_and_not_guessed(tmp_path: Path, sources: Path) -> None:
    code, said = run(ledger(tmp_path, "b.xlsx", SILENT), "--county", "411723", "--write")
    assert code == 0
    assert "ask the county" in said
    assert "No report date can be told" in said
    assert said.count("怪列,?,project,411723,") == 1
    settings = read_registry(sources).counties["411723"].ledger
    assert settings.default_unit is None
    assert settings.report_date is None


def test_the_yaml_is_shown_as_it_can_be_copied(tmp_path: Path, sources: Path) -> None:
    """At 80 columns no comment goes on in a line that is none."""
    shown = CliRunner().invoke(app, ["try", str(ledger(tmp_path, "b.xlsx", SILENT)), "--county", "411723"]).output
    assert yaml.safe_load(shown[shown.index("code:") : shown.index("？")])["code"] == "411723"


def test_a_county_nobody_knows_is_written_without_a_name(tmp_path: Path, sources: Path) -> None:
    code, said = run(ledger(tmp_path, "h.xlsx", SILENT), "--county", "411799", "--write")
    assert code == 0
    assert "No county has the code 411799" in said
    assert "______" not in said
    assert read_registry(sources).counties["411799"].name is None


@pytest.mark.parametrize("blank", ["______", '" "'])
def test_a_blank_left_for_a_name_is_refused(sources: Path, blank: str) -> None:
    (sources / "counties").mkdir(parents=True)
    (sources / "counties" / "411799.yml").write_text(f'code: "411799"\nname: {blank}\n', encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"411799\.yml 第2行 name.*名称是空的.*the name is blank"):
        read_registry(sources)


def test_sheets_without_any_table_are_proposed_to_be_skipped(tmp_path: Path, sources: Path) -> None:
    code, _ = run(ledger(tmp_path, "c.xlsx", CLEAR, extra_sheet="填报说明"), "--write")
    assert code == 0
    assert read_registry(sources).counties["411723"].ledger.skipped_sheets == ("填报说明",)


def test_a_sheet_whose_name_says_nothing_is_not_proposed_to_be_skipped(tmp_path: Path, sources: Path) -> None:
    assert "skipped_sheets" not in run(ledger(tmp_path, "c.xlsx", CLEAR, extra_sheet="Sheet2"))[1]


def test_a_pivot_table_beside_the_list_needs_no_wording(tmp_path: Path, sources: Path) -> None:
    pivot: list[list[object]] = [
        ["行标签", "计数项:项目名称", "求和项:总投资（万元）"],
        ["工信局", 1, 300],
        ["总计", 1, 300],
    ]
    code, said = run(ledger(tmp_path, "台账.xlsx", CLEAR, extra_sheet="Sheet2", extra_rows=pivot))
    assert code == 0
    assert "这张表是数据透视表" in said
    assert ",?,project" not in said


def test_names_of_files_have_room_in_a_narrow_terminal(tmp_path: Path, sources: Path) -> None:
    county = tmp_path / "411723"
    county.mkdir()
    ledger(county, "平舆县2026年6月招商引资项目台账.xlsx", CLEAR)
    (county / "空.xlsx").write_bytes(b"")
    result = CliRunner().invoke(app, ["try", str(county)], env={"COLUMNS": "80"})
    assert "411723/平舆县2026年6月招商引" in result.stdout


def test_what_is_there_is_never_overwritten(tmp_path: Path, sources: Path) -> None:
    path = ledger(tmp_path, "d.xlsx", CLEAR)
    assert run(path, "--write")[0] == 0
    code, said = run(path, "--write")
    assert code == 2
    assert "nothing was overwritten" in said


def test_two_counties_named_are_asked_about(tmp_path: Path, sources: Path) -> None:
    rows = [["平舆县、上蔡县2026年6月项目台账（单位：万元）"], *CLEAR[1:]]
    code, said = run(ledger(tmp_path, "e.xlsx", rows), "--write")
    assert code == 2
    assert "411722 上蔡县" in said
    assert "411723 平舆县" in said


def test_the_ledgers_of_a_folder_make_one_proposal_and_what_one_alone_leaves_unsaid_is_named(
    tmp_path: Path, sources: Path
) -> None:
    folder = tmp_path / "上蔡县旧档" / "平舆来的台账"
    folder.mkdir(parents=True)
    ledger(folder, "六月.xlsx", CLEAR, extra_sheet="填报说明")
    ledger(folder, "无单位.xlsx", [["平舆县2026年7月项目台账"], *SILENT[1:]])
    (folder / "~$六月.xlsx").write_bytes(b"locked")
    (folder / "坏.xlsx").write_bytes(b"")
    code, said = run(str(folder), "--write")
    assert code == 0
    assert "平舆来的台账/六月.xlsx 2026-06-30 1 0 0" in said
    assert "平舆来的台账/无单位.xlsx 2026-07-31 0 1 1" in said
    assert "平舆来的台账/坏.xlsx 拒收 refused empty" in said
    assert "~$" not in said
    assert "怪列,?,project,," in said
    assert "无单位.xlsx 没有写明金额单位" in said
    county = read_registry(sources).counties["411723"]
    assert county.ledger.skipped_sheets == ("填报说明",)
    assert county.ledger.default_unit is None


def test_a_sheet_that_is_a_table_in_another_ledger_is_not_proposed_to_be_skipped(tmp_path: Path, sources: Path) -> None:
    month = ledger(tmp_path, "六月.xlsx", CLEAR, extra_sheet="专班")
    other = tmp_path / "七月.xlsx"
    with xlsxwriter.Workbook(other) as book:
        sheet = book.add_worksheet("专班")
        for number, row in enumerate(CLEAR):
            sheet.write_row(number, 0, row)
    assert run(month, str(other), "--write")[0] == 0
    assert read_registry(sources).counties["411723"].ledger.skipped_sheets == ()


def test_a_county_that_every_ledger_names_is_told_from_one_that_is_named_by_the_way(
    tmp_path: Path, sources: Path
) -> None:
    both = ledger(tmp_path, "a.xlsx", [["平舆县与上蔡县合作项目2026年6月台账（单位：万元）"], *CLEAR[1:]])
    assert run(both, ledger(tmp_path, "b.xlsx", CLEAR), "--write")[0] == 0
    assert "411723" in read_registry(sources).counties


def test_a_folder_named_by_a_code_names_the_county_and_a_path_that_is_not_there_is_said(
    tmp_path: Path, sources: Path
) -> None:
    folder = tmp_path / "411722"
    folder.mkdir()
    ledger(folder, "六月.xlsx", SILENT)
    code, _ = run(str(folder), str(tmp_path / "没有.xlsx"), "--write")
    assert code == 2
    assert read_registry(sources).counties["411722"].name == "上蔡县"


def test_an_empty_folder_is_said(tmp_path: Path, sources: Path) -> None:
    code, said = run(str(tmp_path))
    assert code == 2
    assert "no file in the folder" in said


def test_the_files_of_an_archive_make_one_proposal(tmp_path: Path, sources: Path) -> None:
    packed = tmp_path / "台账.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("坏.xlsx", b"PK broken")
        archive.write(ledger(tmp_path, "好.xlsx", CLEAR), "平舆县/好.xlsx")
    code, said = run(str(packed), "--write")
    assert code == 0
    assert "refused" in said
    assert "411723" in read_registry(sources).counties


def test_a_refused_file_and_a_wrong_code_end_with_2(tmp_path: Path, sources: Path) -> None:
    broken = tmp_path / "f.xlsx"
    broken.write_bytes(b"")
    assert run(str(broken))[0] == 2
    assert run(ledger(tmp_path, "g.xlsx", CLEAR), "--county", "4117")[0] == 2


def checked() -> tuple[int, str]:
    result = CliRunner().invoke(app, ["check"], env={"COLUMNS": "160"})
    return result.exit_code, " ".join(result.stdout.split())


def county_file(sources: Path, code: str, text: str) -> None:
    (sources / "counties").mkdir(parents=True, exist_ok=True)
    (sources / "counties" / f"{code}.yml").write_text(text, encoding="utf-8")


def test_sources_that_are_right_are_listed_and_pass(sources: Path) -> None:
    county_file(sources, "411723", 'code: "411723"\nname: 平舆县\norigin:\n  kind: imap\n  connection: mail_pingyu\n')
    code, said = checked()
    assert code == 0
    assert "411723 平舆县 imap mail_pingyu ✓" in said


def test_a_wrong_key_is_named_with_its_line_and_the_other_sources_are_listed(sources: Path) -> None:
    county_file(sources, "411723", 'code: "411723"\nname: 平舆县\n')
    county_file(sources, "411722", 'code: "411722"\nledger:\n  default_units: 万元\n')
    code, said = checked()
    assert code == 1
    assert "411723 平舆县 folder ✓" in said
    assert "411722.yml, line 3, key ledger.default_units" in said
    assert "default_units" in said


@pytest.mark.parametrize(
    ("code", "name", "because"),
    [("411799", "平舆县", "no county of this code"), ("411723", "上蔡县", "calls it 平舆县")],
)
def test_a_code_or_name_that_no_county_has_is_pointed_out(sources: Path, code: str, name: str, because: str) -> None:
    county_file(sources, code, f'code: "{code}"\nname: {name}\n')
    status, said = checked()
    assert status == 0
    assert because in said
