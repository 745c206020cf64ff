"""The printable page in a real browser: readable, offline, inert, and as wide as its sheet of paper."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright
from small_publication import FORMULA, publish_small_warehouse

from reports.monthly_dispatch import write_pack

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_page(viewport={"width": 1280, "height": 900})
        browser.close()


@pytest.mark.parametrize("on_date", [dt.date(2026, 11, 28), dt.date(2026, 12, 28)])
def test_the_page_is_whole_offline_and_inert(page: Page, tmp_path: Path, on_date: dt.date) -> None:
    _, path = write_pack(publish_small_warehouse(tmp_path), on_date)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri())
    assert requests == [path.as_uri()]
    assert page.title().endswith("调度材料")  # the script in a county's cell did not run
    assert page.get_by_text(FORMULA).first.is_visible()
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
