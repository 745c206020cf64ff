"""What would turn a light green, in words: `turns_green.csv`, one line a rule."""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from reports import words

WORDINGS = Path(__file__).with_name("turns_green.csv")


def turns_green(light: dict[str, Any], total_cny: Decimal | None, funds_cny: Decimal | None) -> str | None:
    """The sentence, Chinese then English; None for a rule without a wording. Amounts are in yuan.

    `light` needs `rule_id` and its thresholds: green begins at the yellow one, where there is one.
    """
    wording = _wordings().get(light["rule_id"])
    threshold = light["yellow_threshold"] if light["yellow_threshold"] is not None else light["red_threshold"]
    if wording is None or threshold is None:
        return None
    missing = Decimal(str(threshold)) * (total_cny or 0) - (funds_cny or 0)
    return wording.format(
        threshold=f"{threshold:g}", percent=words.share(threshold), missing=words.amount(max(missing, Decimal(0)))
    )


@cache
def _wordings() -> dict[str, str]:
    with WORDINGS.open(encoding="utf-8", newline="") as handle:
        return {row["rule_id"]: f"{row['wording_zh']} {row['wording_en']}" for row in csv.DictReader(handle)}
