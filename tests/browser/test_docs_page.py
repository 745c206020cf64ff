"""`luodi docs`: the documentation of every table and column, as one page that needs nothing else."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from ingest.home import CHECKOUT, Home
from reports.documentation import write_docs
from warehouse.dbt_docs import DocsParts
from warehouse.descriptions import meaning
from warehouse.publication import published_table_names

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = Home(tmp_path_factory.mktemp("docs"))
    page = write_docs(home)
    assert page == home.reports / "docs" / "index.html"
    assert [path.name for path in home.build.iterdir()] == []
    return page


def embedded(page: str) -> list[dict[str, Any]]:
    """The JSON objects that stand in the page: manifest and catalog."""
    decoder = json.JSONDecoder()
    starts = [found.start() for found in re.finditer(re.escape('{"metadata"'), page)]
    objects = [decoder.raw_decode(page, start)[0] for start in starts]
    return [content for content in objects if "nodes" in content]


def test_every_table_and_column_is_explained_in_both_languages(docs: Path) -> None:
    manifest, catalog = embedded(docs.read_text(encoding="utf-8"))
    names = {table["metadata"]["name"] for table in catalog["nodes"].values()}
    assert set(published_table_names()) <= names
    columns = [
        (f"{manifest['nodes'][key]['name']}.{column}", manifest["nodes"][key]["columns"][column]["description"])
        for key, table in catalog["nodes"].items()
        for column in table["columns"]
    ]
    assert len(columns) > 1500
    silent = [name for name, text in columns if not (meaning(text).chinese and meaning(text).english)]
    assert silent == []


def test_it_tells_nothing_of_the_machine_it_was_made_on(docs: Path) -> None:
    text = docs.read_text(encoding="utf-8")
    assert str(CHECKOUT) not in text
    assert str(docs.parents[2]) not in text


def test_a_description_cannot_end_the_script_it_stands_in() -> None:
    template = '<script>m = "MANIFEST.JSON INLINE DATA"; c = "CATALOG.JSON INLINE DATA"</script>'
    hostile = {"description": "</script><script>alert(1)</script>"}
    page = DocsParts(template, hostile, {}, {}).page()
    assert page.count("</script>") == 1
    with pytest.raises(ValueError, match="MANIFEST"):
        DocsParts("<html></html>", {}, {}, {}).page()


@pytest.mark.browser
def test_it_opens_offline(docs: Path) -> None:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.goto(f"{docs.as_uri()}#!/overview")
        page.get_by_role("heading", name="数仓文档").wait_for()
        page.goto(f"{docs.as_uri()}#!/model/model.luodi.stalled_projects")
        page.get_by_text("停滞项目（黄灯、红灯）").first.wait_for()
        page.get_by_text("天数").first.wait_for()
        assert [url for url in requests if not url.startswith(("file:", "data:", "blob:"))] == []
        browser.close()
