"""Letters: wording by level, every item in the table, equal letters equal files, nothing twice."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from follow_up_publication import change, publish_follow_ups
from test_follow_up_reader import item

from ingest.home import Home
from ingest.strict_yaml import ConfigurationError
from luodi import sent_record
from reports import letters
from reports.follow_up_data import LEVELS
from reports.letter_senders import read_senders

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
    assert lines[-2:] == ["（发文单位盖章）", "2026年7月6日"]
    (table,) = document.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert [row[0] for row in rows[1:]] == ["第1项目", "第2项目"]
    assert rows[1][1:3] == ["R01 签约后未开工", "签约 2025-01-01 至今未开工"]


@pytest.mark.parametrize(("sender", "over"), [("县委督查室", 8), ("濮阳市招商引资工作领导小组办公室", -80)])
def test_the_sender_stands_centred_over_the_date(sender: str, over: float) -> None:
    document = docx.Document(io.BytesIO(letters.docx_of(replace(letter("reminder"), sender=sender))))
    name, date = document.paragraphs[-2:]
    assert (name.text, date.text) == (sender, "2026年7月6日")
    assert name.paragraph_format.right_indent.pt - date.paragraph_format.right_indent.pt == over
    assert min(line.paragraph_format.right_indent.pt for line in (name, date)) >= 0
    assert all(line.paragraph_format.keep_with_next for line in document.paragraphs[-3:-1])


def test_the_sender_is_the_most_particular_that_is_configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = publish_follow_ups(tmp_path)
    senders = tmp_path / "letter_senders.csv"
    monkeypatch.setattr(letters, "read_senders", lambda: read_senders(senders))

    def signed(*rows: str) -> set[str | None]:
        senders.write_text("county_code,sender,note\n" + "".join(f"{row},\n" for row in rows), "utf-8")
        return {one.sender for one in letters.letters_due(home, DATED, ("reminder",))}

    assert signed() == {None}
    assert signed(",省办", "4110,别的市") == {"省办"}
    assert signed(",省办", "4109,市办") == {"市办"}
    assert signed("4109,市办", "410928,县办") == {"县办"}
    for wrong in ("41092,市办", "4109,", "4109,甲\n4109,乙"):
        with pytest.raises(ConfigurationError, match=r"letter_senders\.csv 第\d行"):
            signed(*wrong.split("\n"))


def test_the_shipped_senders_are_right() -> None:
    assert all(read_senders().values())


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


@pytest.mark.parametrize(("days", "said"), [(-1, "2026-07-05\n（已逾期）"), (0, "2026-07-06"), (9, "2026-07-15")])
def test_a_limit_that_has_passed_is_marked_in_the_table(days: int, said: str) -> None:
    due_on = DATED + dt.timedelta(days=days)
    document = docx.Document(io.BytesIO(letters.docx_of(letter("reminder", due_on=due_on))))
    headers, *rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert {row[headers.index("办结时限")] for row in rows} == {said}


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


def test_a_letter_of_a_missed_monday_is_no_older_than_what_it_is_about(tmp_path: Path) -> None:
    home = publish_follow_ups(tmp_path)
    change(home, ["update fct_follow_ups set opened_on = date '2026-03-25' where level = 'reminder'"])
    (late,) = letters.letters_due(home, dt.date(2026, 3, 23), ("reminder",))
    (on_time,) = letters.letters_due(home, dt.date(2026, 3, 30), ("reminder",))
    assert (late.dated_on, on_time.dated_on) == (dt.date(2026, 3, 25), dt.date(2026, 3, 30))
