"""What a person agreed to goes out byte for byte, once, or not at all."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from follow_up_publication import change, publish_follow_ups

from ingest.home import Home
from luodi import letter_drafts, sent_record
from reports import letters
from reports.follow_up_data import waiting_drafts

MONDAY = dt.date(2026, 7, 6)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return publish_follow_ups(tmp_path)


def due(home: Home, dated_on: dt.date = MONDAY) -> list[letters.Letter]:
    sent = sent_record.sent_keys(home, letter_drafts.CHANNEL)
    return letters.letters_due(home, dated_on, letters.NEEDS_APPROVAL, sent)


def open_keys(home: Home) -> set[str]:
    return {key for letter in letters.letters_due(home, MONDAY, letters.NEEDS_APPROVAL) for key in letter.keys}


def drafted(home: Home) -> list[dict[str, Any]]:
    return letter_drafts.as_records(letter_drafts.draft(home, due(home)))


def test_the_drafted_bytes_go_out_whatever_was_published_since(home: Home) -> None:
    drafts = drafted(home)
    (shown,) = waiting_drafts(home)
    agreed_to = shown.read_bytes()
    change(home, ["update dim_project set responsible_leader = '另一人', project_name = project_name || '（更名）'"])
    (released,), withheld = letter_drafts.release(home, drafts, open_keys(home))
    assert released.read_bytes() == agreed_to
    assert withheld == []
    assert waiting_drafts(home) == []
    assert due(home) == []


def test_releasing_again_after_a_crash_changes_nothing(home: Home) -> None:
    drafts = drafted(home)
    first, _ = letter_drafts.release(home, drafts, open_keys(home))
    written = first[0].stat().st_mtime_ns
    again, withheld = letter_drafts.release(home, drafts, set())
    assert (again, withheld, first[0].stat().st_mtime_ns) == (first, [], written)


@pytest.mark.parametrize("why", ["changed", "taken away", "closed"])
def test_what_is_no_longer_what_was_agreed_to_is_withheld(home: Home, why: str) -> None:
    drafts = drafted(home)
    (shown,) = waiting_drafts(home)
    if why == "changed":
        shown.write_bytes(shown.read_bytes() + b" ")
    elif why == "taken away":
        shown.unlink()
    else:
        change(home, ["update fct_follow_ups set closed_on = date '2026-07-07'"])
    released, (withheld,) = letter_drafts.release(home, drafts, open_keys(home))
    assert released == []
    assert why in withheld["reason"]
    assert not sent_record.sent_keys(home, letter_drafts.CHANNEL)


def test_a_new_draft_replaces_the_one_nobody_agreed_to(home: Home) -> None:
    drafted(home)
    letter_drafts.draft(home, due(home, dt.date(2026, 7, 13)))
    (shown,) = waiting_drafts(home)
    assert shown.parent.parent.name == "2026-07-13"
