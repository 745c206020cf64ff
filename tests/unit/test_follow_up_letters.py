"""Letters: wording by level, every item in the table, equal letters equal files, nothing twice."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import docx
import pytest
from test_follow_up_reader import item

from ingest.home import Home
from luodi import sent_record
from reports import letters
from reports.follow_up_data import LEVELS

DATED = dt.date(2026, 7, 6)


def letter(level: str, **changed: Any) -> letters.Letter:
    items = tuple(item(number, level=level, reopened_on=None, **changed) for number in (1, 2))
    return letters.Letter("410928", "濮阳县", "县商务局", level, items, DATED)


@pytest.mark.parametrize(
    ("level", "said"),
    [
        ("reminder", "提醒函"),
        ("supervision", "督办函"),
        ("interview", "约谈"),
        ("exit_review", "退出评估"),
        ("archive", "档案"),
    ],
)
def test_a_letter_names_unit_matter_items_and_date(level: str, said: str) -> None:
    document = docx.Document(io.BytesIO(letters.docx_of(letter(level))))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert said in lines[0]
    assert lines[1] == "县商务局："
    assert lines[-1] == "2026年7月6日"
    (table,) = document.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert [row[0] for row in rows[1:]] == ["第1项目", "第2项目"]
    assert rows[1][1:3] == ["R01 签约后未开工", "签约 2025-01-01 至今未开工"]


def test_every_level_has_its_wording_and_the_gravest_need_consent() -> None:
    assert {path.name.split(".")[0] for path in letters.TEMPLATES.iterdir()} == set(LEVELS)
    assert letters.NEEDS_APPROVAL == ("interview", "exit_review", "archive")


def test_equal_letters_are_equal_files(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    first = letters.docx_of(letter("reminder"))
    later = time.time() + 86_400
    monkeypatch.setattr(time, "time", lambda: later)
    assert letters.docx_of(letter("reminder")) == first


def test_a_due_date_that_has_passed_asks_for_an_answer_at_once() -> None:
    def text(due_on: dt.date) -> str:
        document = docx.Document(io.BytesIO(letters.docx_of(letter("reminder", due_on=due_on))))
        return "".join(paragraph.text for paragraph in document.paragraphs)

    assert "三个工作日" in text(dt.date(2026, 6, 1))
    assert "2026年7月20日" in text(dt.date(2026, 7, 20))


def test_keys_differ_by_level_and_by_reopening(tmp_path: Path) -> None:
    home = Home(tmp_path)
    once, again = letter("reminder"), letter("supervision")
    reopened = letter("reminder")
    reopened.items[0]["reopened_on"] = dt.date(2026, 7, 1)
    sent_record.record_sent(home, "letters", once.keys, {"dated_on": DATED})
    sent_record.record_sent(home, "letters", once.keys, {"dated_on": dt.date(2026, 8, 1)})
    assert sent_record.sent_keys(home, "letters") == set(once.keys)
    assert sent_record.unsent(home, "letters", again.keys) == again.keys
    assert sent_record.unsent(home, "letters", reopened.keys) == reopened.keys[:1]
