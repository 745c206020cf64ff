"""What the words of titles and headers say for lists of trips and of problems; the words are data (`wording/ledger_kinds.csv`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ingest.fields import WORDING
from ingest.values.printed import compact
from ingest.wording_file import read_rows

PROBLEM_KINDS = ("problem", "appeal", "approval_step", "policy_promise")


@dataclass(frozen=True, slots=True)
class KindWord:
    """One wording that speaks for a kind; `problem_kind` is set for problem ledgers."""

    kind: str
    where: str
    wording: str
    weight: int
    problem_kind: str | None


@cache
def _words() -> tuple[KindWord, ...]:
    """The wordings.

    Raises:
        WordingError: a kind, place or weight is unknown; the message names the line.
    """
    found = []
    columns = ("kind", "where", "wording", "weight", "note")
    for row in read_rows(WORDING / "ledger_kinds.csv", columns, frozenset({"note"})):
        kind, where = row.one_of("kind", ("outreach", "problem")), row.one_of("where", ("header", "title"))
        if not row["weight"].isdecimal():
            raise row.refuse(f"weight 应为整数：{row['weight']}", f"weight must be a whole number: {row['weight']}")
        note = row.one_of("note", PROBLEM_KINDS) if row["note"] else None
        found.append(KindWord(kind, where, compact(row["wording"]), int(row["weight"]), note))
    return tuple(found)


def _hits(kind: str, headers: list[str], titles: list[str]) -> list[KindWord]:
    return [
        word
        for word in _words()
        if word.kind == kind and any(word.wording in text for text in (headers if word.where == "header" else titles))
    ]


def score(kind: str, headers: list[str], titles: list[str]) -> int:
    """Sum of weights; titles alone are not enough, a header must agree."""
    hits = _hits(kind, headers, titles)
    if not any(word.where == "header" for word in hits):
        return 0
    return sum(word.weight for word in hits)


def problem_kind_said(headers: list[str], titles: list[str]) -> str:
    """Which of `PROBLEM_KINDS` the words speak for most; a title says outright what its ledger is of."""
    weights: dict[str, int] = {}
    for word in _hits("problem", headers, titles):
        if word.problem_kind:
            # The title says outright what the ledger is of.
            weight = word.weight * 3 if word.where == "title" else word.weight
            weights[word.problem_kind] = weights.get(word.problem_kind, 0) + weight
    return max(PROBLEM_KINDS, key=lambda name: weights.get(name, 0))
