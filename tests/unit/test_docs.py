"""The pages for people hold: links lead somewhere, commands exist, the two READMEs say the same things."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from luodi.cli import app

CHECKOUT = Path(__file__).resolve().parents[2]
READMES = [CHECKOUT / "README.md", CHECKOUT / "README.zh-CN.md"]
PAGES = [*READMES, *sorted((CHECKOUT / "docs").rglob("*.md")), CHECKOUT / "samples" / "README.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert broken == []


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_paths_in_the_tables_exist(page: Path) -> None:
    reports = (
        "reports/follow_up/",
        "reports/checks/",
        "reports/docs/",
        "reports/monthly_dispatch/",
        "reports/quality/",
    )
    made_by_a_run = ("landing/", "lake/", "publish/", *reports, "runs/")
    rows = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    named = [path for line in rows for path in re.findall(r"`([\w./*-]+/[\w./*-]*)`", line)]
    checked = [
        path for path in named if not path.startswith(made_by_a_run) or path.startswith("reports/monthly_dispatch.py")
    ]
    assert len(checked) > 15
    assert [path for path in checked if not list(CHECKOUT.glob(path.rstrip("/")))] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_exist(page: Path) -> None:
    known = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    code = re.findall(
        r"`(?:\.venv/bin/)?luodi (\w+)|^(?:\.venv/bin/)?luodi (\w+)", page.read_text(encoding="utf-8"), re.M
    )
    assert {first or second for first, second in code} - known - {"news"} == set()
    targets = set(re.findall(r"^([\w-]+):", (CHECKOUT / "Makefile").read_text(encoding="utf-8"), re.M))
    assert set(re.findall(r"`make (\w+)", page.read_text(encoding="utf-8"))) <= targets


def test_the_twins_have_the_same_shape() -> None:
    english, chinese = (page.read_text(encoding="utf-8") for page in READMES)
    for part in (r"^## ", r"^\| `", r"^```", r"\]\(docs/"):
        assert len(re.findall(part, english, re.M)) == len(re.findall(part, chinese, re.M)), part
