"""The canonical fields of a project row, read from `wording/fields.csv`: the one list the reader and the lake share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.wording_file import read_rows

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
        WordingError: a type is unknown or a name stands twice.
    """
    found: dict[str, Field] = {}
    columns = ("field", "group", "type", "label_zh", "label_en", "personal")
    for row in read_rows(WORDING / "fields.csv", columns, frozenset({"personal"})):
        name = row["field"]
        if name in found:
            raise row.refuse(f"字段「{name}」重复", f"the field {name!r} stands twice")
        typed = row.one_of("type", TYPES)
        found[name] = Field(name, row["group"], typed, row["label_zh"], row["label_en"], row["personal"] == "yes")
    return found
