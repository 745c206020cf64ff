"""A project is parsed again only where it or what is kept is not as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.home import Home
from warehouse.parsed_project import parsed_project


class Parser:
    """Counts how often it is asked; what it answers are the model's words."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.asked = 0

    def __call__(self) -> dict[str, str]:
        self.asked += 1
        return {path.name: path.read_text() for path in (self.project / "models").iterdir()}


@pytest.fixture
def parser(tmp_path: Path) -> Parser:
    models = tmp_path / "project" / "models"
    models.mkdir(parents=True)
    (models / "towns.sql").write_text("select 1")
    return Parser(tmp_path / "project")


def _parsed(home: Path, parser: Parser, mode: str = "full") -> dict[str, str]:
    manifest: dict[str, str] = parsed_project(Home(home), parser.project, mode, parser)
    return manifest


def test_an_unchanged_project_is_parsed_once_for_each_way_of_building(tmp_path: Path, parser: Parser) -> None:
    for mode in ("full", "incremental", "full", "incremental"):
        assert _parsed(tmp_path / "home", parser, mode) == {"towns.sql": "select 1"}
    assert parser.asked == 2


def test_a_changed_or_added_file_is_seen(tmp_path: Path, parser: Parser) -> None:
    _parsed(tmp_path / "home", parser)
    (parser.project / "models" / "towns.sql").write_text("select 2")
    assert _parsed(tmp_path / "home", parser) == {"towns.sql": "select 2"}
    (parser.project / "models" / "roads.sql").write_text("select 3")
    assert _parsed(tmp_path / "home", parser) == {"towns.sql": "select 2", "roads.sql": "select 3"}
    assert parser.asked == 3


def test_every_home_uses_what_was_parsed_for_another(tmp_path: Path, parser: Parser) -> None:
    _parsed(tmp_path / "home", parser)
    _parsed(tmp_path / "elsewhere", parser)
    assert parser.asked == 1


def test_a_home_keeps_its_own_where_the_project_takes_no_file(tmp_path: Path, parser: Parser) -> None:
    (parser.project / "target").write_text("no folder")
    for home in ("home", "elsewhere", "home"):
        assert _parsed(tmp_path / home, parser) == {"towns.sql": "select 1"}
    assert parser.asked == 2


@pytest.mark.parametrize("left", [0, 10, 40])
def test_what_a_power_cut_tore_is_parsed_again(tmp_path: Path, parser: Parser, left: int) -> None:
    _parsed(tmp_path / "home", parser)
    (kept,) = parser.project.rglob("parsed-full.pickle")
    kept.write_bytes(kept.read_bytes()[:left])
    assert _parsed(tmp_path / "home", parser) == {"towns.sql": "select 1"}
    assert parser.asked == 2
