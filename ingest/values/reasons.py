"""Why a value could not be taken over: a code and a sentence in Chinese, then English (`wording/reasons.csv`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ingest.wording_registry import reason_texts


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a cell was not taken over. `message` is Chinese, then English; file, row and column are added by the ledger."""

    code: str
    message: str


@cache
def reason(code: str) -> Reason:
    """The reason with this code.

    Raises:
        KeyError: `reasons.csv` has no such code.
    """
    chinese, english = reason_texts()[code]
    return Reason(code, f"{chinese} {english}")
