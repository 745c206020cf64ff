"""A wrong configuration or wording file, as the person at the command line sees it."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from luodi.cli import app
from luodi.configuration_guard import ConfigurationGuard

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "台账.csv"
    path.write_text("序号,项目名称,总投资（万元）\n1,甲厂项目,300\n", encoding="utf-8")
    return path


def assert_one_sentence(status: int, stderr: str, file: str) -> None:
    assert status == 2, stderr
    assert stderr.startswith("配置有误 wrong configuration: ")
    assert file in stderr
    assert stderr.count("\n") == 1


@pytest.mark.parametrize("yaml", ['code: "410928"\nnam: 濮阳县\n', "code: [\n", "- 410928\n"])
def test_a_wrong_yaml_is_one_sentence(tmp_path: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch, yaml: str) -> None:
    counties = tmp_path / "sources" / "counties"
    counties.mkdir(parents=True)
    (counties / "410928.yml").write_text(yaml, encoding="utf-8")
    monkeypatch.setenv("LUODI_SOURCES", str(counties.parent))
    result = CliRunner().invoke(app, ["source", "try", str(ledger)])
    assert_one_sentence(result.exit_code, result.stderr, "410928.yml")


@pytest.mark.parametrize("name", ["headers.csv", "units.csv", "neighbour_words.csv"])
def test_a_wrong_wording_row_is_one_sentence(tmp_path: Path, ledger: Path, name: str) -> None:
    """In a copy of the code whose wording file got a row that is too short."""
    for package in ("ingest", "luodi"):
        shutil.copytree(CHECKOUT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "ingest" / "wording" / name).open("a", encoding="utf-8") as wording:
        wording.write("坏行\n")
    found = subprocess.run(
        [sys.executable, "-m", "luodi.cli", "ledger", "read", str(ledger)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert_one_sentence(found.returncode, found.stderr, name)


def test_another_error_keeps_its_traceback() -> None:
    commands = typer.Typer(cls=ConfigurationGuard)

    @commands.callback()
    def top() -> None:
        """Makes it a group."""

    @commands.command()
    def fail() -> None:
        raise ValueError("a fault of the program")

    with pytest.raises(ValueError, match="a fault of the program"):
        CliRunner().invoke(commands, ["fail"], catch_exceptions=False)


@pytest.mark.parametrize("given", ["", " "])
@pytest.mark.parametrize("option", ["--home", "--inbox"])
def test_an_empty_name_of_a_folder_is_refused_and_not_the_folder_one_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str, given: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["run", option, given])
    assert result.exit_code == 2
    assert result.stderr.startswith(f"用法不对：{option} 的值不对")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_may_not_be_written_is_a_sentence_with_its_path(tmp_path: Path) -> None:
    path = tmp_path / "reports"

    def write() -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    commands = typer.Typer(cls=ConfigurationGuard)
    commands.command()(write)
    commands.command("other")(lambda: None)
    result = CliRunner().invoke(commands, ["write"])
    assert result.exit_code == 2
    assert f"不能读写 {path}（Permission denied）" in result.stderr
    assert f"cannot read or write {path}" in result.stderr
