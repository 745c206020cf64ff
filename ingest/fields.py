"""The canonical fields of a project row, read from `wording/fields.csv`: the one list the reader and the lake share."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORDING = Path(__file__).parent / "wording"
TYPES = ("text", "amount_cny", "amount_usd", "date", "rate", "stage")
STAGES = ("lead", "talks", "signed", "performed", "started", "completed", "in_production", "terminated")

# What a field of yuan is called where its amount is in dollars, for the fields that have such a name.
USD_SIBLINGS = {
    "contract_amount_cny": "foreign_contract_usd",
    "funds_arrived_cumulative_cny": "foreign_arrived_usd",
    "funds_arrived_cumulative_foreign_cny": "foreign_arrived_usd",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One canonical field: its type, its labels, and whether it is personal data (never leaves the lake unmasked)."""

    name: str
    group: str
    type: str
    label_zh: str
    label_en: str
    personal: bool


@cache
def fields() -> dict[str, Field]:
    """Every canonical field by name, in the order of the file.

    Raises:
        ValueError: a type is unknown or a name stands twice.
    """
    found: dict[str, Field] = {}
    with (WORDING / "fields.csv").open(encoding="utf-8", newline="") as handle:
        for line, record in enumerate(csv.DictReader(handle), start=2):
            if record["type"] not in TYPES:
                raise ValueError(f"fields.csv 第{line}行类型未知 unknown type on line {line}: {record['type']}")
            if record["field"] in found:
                raise ValueError(f"fields.csv 第{line}行字段重复 field stands twice, line {line}: {record['field']}")
            found[record["field"]] = Field(
                record["field"],
                record["group"],
                record["type"],
                record["label_zh"],
                record["label_en"],
                record["personal"] == "yes",
            )
    return found
