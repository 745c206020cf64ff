"""A decision about a project that no ledger names is refused with file and line, before anything is built."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from histories import project
from lake_builder import LakeBuilder

from warehouse.decision_checks import check_decisions
from warehouse.seed_checks import SEEDS, SeedsRefusedError

# 偃师市 became 偃师区 in 2021.
_BEFORE, _AFTER = "410381", "410307"
_RULED = {
    "identity_decisions": "same,{county},{name},,{county},标准厂房项目,,某人,2026-01-01,核实",
    "project_shares": "{county},{name},,{county},1,2026-01-01,2026-12-31,某人,2026-01-01,协议",
    "exemptions": "R01,{county},{name},,某人,汛期,2026-01-01,2026-12-31",
}


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    builder = LakeBuilder(tmp_path / "home")
    builder.ledger(_BEFORE, "2020-12-31", [project("远大饲料项目"), project("标准厂房项目")])
    return builder.home.lake


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    copied = tmp_path / "seeds"
    shutil.copytree(SEEDS, copied)
    return copied


def _decide(seeds: Path, seed: str, county: str, name: str) -> None:
    with (seeds / f"{seed}.csv").open("a", encoding="utf-8") as handle:
        handle.write(_RULED[seed].format(county=county, name=name) + "\n")


@pytest.mark.parametrize("seed", _RULED)
def test_an_unknown_project_is_refused(lake: Path, seeds: Path, seed: str) -> None:
    _decide(seeds, seed, _BEFORE, "远大词料项目")
    with pytest.raises(SeedsRefusedError) as refused:
        check_decisions(lake, seeds)
    (fault,) = refused.value.faults
    assert (fault.file, fault.line) == (f"{seed}.csv", 2)
    assert "远大词料项目" in fault.message


@pytest.mark.parametrize("seed", _RULED)
def test_a_name_is_known_in_another_spelling_and_under_the_later_code(lake: Path, seeds: Path, seed: str) -> None:
    _decide(seeds, seed, _AFTER, "远大（饲料）建设项目")
    check_decisions(lake, seeds)


def test_a_project_of_another_county_is_unknown_here(lake: Path, seeds: Path) -> None:
    _decide(seeds, "exemptions", "410928", "远大饲料项目")
    with pytest.raises(SeedsRefusedError, match="410928"):
        check_decisions(lake, seeds)


def test_without_decisions_nothing_is_asked_of_the_lake(seeds: Path, tmp_path: Path) -> None:
    check_decisions(tmp_path / "no lake", seeds)
