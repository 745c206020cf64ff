"""Why a value could not be taken over: a code and a sentence in Chinese, then English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a cell was not taken over. `message` is Chinese, then English; file, row and column are added by the ledger."""

    code: str
    message: str
