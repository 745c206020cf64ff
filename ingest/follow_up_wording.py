"""What headers and states in returned follow-up workbooks mean: `wording/follow_up/*.csv`."""

from __future__ import annotations

import csv
from collections.abc import Collection
from functools import cache
from pathlib import Path

from ingest.cell_text import squeeze
from ingest.fields import WORDING
from ingest.strict_yaml import ConfigurationError

FOLDER = WORDING / "follow_up"
KEYS = ("follow_up_id", "project_id", "rule_id", "county_code", "opened_on", "issued_on")
REPLY_TEXTS = ("cause", "measure", "person", "evidence_reference", "received_by")
REPLY_DATES = ("new_due_on", "happened_on", "received_on")
REPLY = ("status", *REPLY_TEXTS, *REPLY_DATES)
GIVEN = "given"  # printed by luodi, read by people only
# What luodi prints above a list: its title ends so, its note begins so.
LISTS = ("任务清单", "责任清单", "交办单")
NOTE = "派发日期："
STATES = ("not_accepted", "in_progress", "done", "impossible")


@cache
def column_fields() -> dict[str, str]:
    """Field by squeezed header.

    Raises:
        ConfigurationError: a wording is doubled or leads to no known field.
    """
    return _read(FOLDER / "columns.csv", ("header", "field"), {*KEYS, *REPLY, GIVEN})


@cache
def state_words() -> dict[str, str]:
    """State by squeezed wording.

    Raises:
        ConfigurationError: a wording is doubled or leads to no known state.
    """
    return _read(FOLDER / "states.csv", ("wording", "status"), set(STATES))


def header_of(field: str) -> str:
    """The header luodi prints for a field: the first of its wordings."""
    return _first("columns.csv", field)


def word_of(state: str) -> str:
    """What luodi calls a state of a reply: the first of its wordings."""
    return _first("states.csv", state)


def _first(file: str, meaning: str) -> str:
    with (FOLDER / file).open(encoding="utf-8", newline="") as handle:
        return next(wording for wording, meant in csv.reader(handle) if meant == meaning)


def _read(path: Path, columns: tuple[str, str], known: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    with path.open(encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(handle)
        if tuple(rows.fieldnames or ()) != columns:
            raise ConfigurationError(f"{path.name}: 列应为 columns must be {', '.join(columns)}")
        for number, row in enumerate(rows, start=2):
            wording, meaning = squeeze(row[columns[0]]), row[columns[1]]
            if not wording or wording in found or meaning not in known:
                raise ConfigurationError(
                    f"{path.name} 第{number}行：重复或不认识 doubled or unknown at line {number}: {row}"
                )
            found[wording] = meaning
    return found
