"""Ids from raw, stable properties: where a row stands in which bytes. Cleaning and wording never change an id."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable


def row_ids(county_code: str | None, file_sha256: str, sheet: str, band: int, row_numbers: Iterable[int]) -> list[str]:
    """One id a row: 32 hex digits of county, file, sheet, band (0, 1… for tables side by side) and row."""
    start = hashlib.sha256("\x1f".join((county_code or "", file_sha256, sheet, str(band))).encode())
    ids = []
    for number in row_numbers:
        digest = start.copy()
        digest.update(f"\x1f{number}".encode())
        ids.append(digest.hexdigest()[:32])
    return ids


def row_ids_on(ids: Iterable[str], report_date: dt.date | None) -> list[str]:
    """The ids of the same rows where their bytes came again as the ledger of another date."""
    return [hashlib.sha256(f"{row_id}\x1f{report_date}".encode()).hexdigest()[:32] for row_id in ids]
