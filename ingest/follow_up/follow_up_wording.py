"""What headers and states in returned follow-up workbooks mean: `wording/follow_up/*.csv`."""

from __future__ import annotations

import csv
from collections.abc import Collection
from functools import cache
from pathlib import Path

from ingest.fields import WORDING
from ingest.strict_yaml import ConfigurationError
from ingest.values.cell_text import squeeze
from ingest.wording_file import open_wording

FOLDER = WORDING / "follow_up"
KEYS = ("follow_up_id", "project_id", "rule_id", "county_code", "opened_on", "issued_on")
REPLY_TEXTS = ("cause", "measure", "person", "evidence_reference", "received_by")
REPLY_DATES = ("new_due_on", "happened_on", "received_on")
REPLY = ("status", *REPLY_TEXTS, *REPLY_DATES)
GIVEN = "given"  # printed by luodi, read by people only
ITEMS = frozenset((*KEYS, *REPLY, GIVEN))
# Of a pair of projects: what says which they are, and the reply.
PAIR = tuple(
    f"{name}_{side}" for side in "ab" for name in ("county_code", "project_name", "project_code", "investor_name")
)
DECISION = ("decision", "author", "decided_on", "reason")
GIVEN_OF_PAIR = "given_of_pair"
CANDIDATES = frozenset(("candidate_id", *PAIR, "issued_on", *DECISION, GIVEN_OF_PAIR))
REPEATED = (GIVEN, GIVEN_OF_PAIR)
# What luodi prints above a list: its title ends so, its note begins so.
LISTS = ("任务清单", "责任清单", "交办单", "待判定")
NOTE = "派发日期："
DECISIONS = ("same", "renamed", "different", "split_into", "merged_into", "part_of")
DIRECTED = DECISIONS[3:]  # one side no longer counts, so the decision says which
STATES = ("not_accepted", "in_progress", "done", "impossible")


@cache
def column_fields() -> dict[str, str]:
    """Field by squeezed header.

    Raises:
        ConfigurationError: a wording is doubled or leads to no known field.
    """
    return _read(FOLDER / "columns.csv", ("header", "field"), ITEMS | CANDIDATES)


@cache
def state_words() -> dict[str, str]:
    """State by squeezed wording.

    Raises:
        ConfigurationError: a wording is doubled or leads to no known state.
    """
    return _read(FOLDER / "states.csv", ("wording", "status"), set(STATES))


@cache
def decision_words() -> dict[str, str]:
    """Decision by squeezed wording.

    Raises:
        ConfigurationError: a wording is doubled or leads to no known decision.
    """
    return _read(FOLDER / "decisions.csv", ("wording", "decision"), set(DECISIONS))


def header_of(field: str) -> str:
    """The header luodi prints for a field: the first of its wordings."""
    return _first("columns.csv", field)


def word_of(state: str) -> str:
    """What luodi calls a state of a reply: the first of its wordings."""
    return _first("states.csv", state)


def decisions_offered() -> list[str]:
    """What a person can choose: the first wording of every decision; where direction matters, both ways round."""
    first = {decision: _first("decisions.csv", decision) for decision in DECISIONS}
    plain = [word for decision, word in first.items() if decision not in DIRECTED]
    return plain + [f"{left}{first[decision]}{right}" for left, right in ("甲乙", "乙甲") for decision in DIRECTED]


def _first(file: str, meaning: str) -> str:
    with open_wording(FOLDER / file) as handle:
        return next(wording for wording, meant in csv.reader(handle) if meant == meaning)


def _read(path: Path, columns: tuple[str, str], known: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    with open_wording(path) as handle:
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
