"""What a cell's text is worth: typed values or a reason, never an exception.

One door to the value readers. Every function takes any `CellValue`; empty and placeholder cells (`-`, `无`, `待定`)
give a result with neither value nor reason.
"""

from __future__ import annotations

from ingest.fields import USD_SIBLINGS
from ingest.values.amounts import WHOLE, ParsedAmount, parse_amount
from ingest.values.cell_text import clean_text, is_placeholder
from ingest.values.dates import ParsedDate, parse_date
from ingest.values.personal_data import contains_personal_data, is_phone, mask_personal_data
from ingest.values.rates import (
    ParsedNumber,
    ParsedRate,
    bare_number,
    may_be_either,
    parse_number,
    parse_rate,
    rate_scale,
    share_scale,
)
from ingest.values.reasons import Reason, reason
from ingest.values.stages import ParsedStage, parse_stage

__all__ = [
    "ParsedAmount",
    "ParsedDate",
    "ParsedNumber",
    "ParsedRate",
    "ParsedStage",
    "Reason",
    "bare_number",
    "clean_text",
    "contains_personal_data",
    "done_sibling",
    "is_own_event",
    "is_own_money",
    "is_phone",
    "is_placeholder",
    "mask_personal_data",
    "may_be_either",
    "parse_amount",
    "parse_date",
    "parse_number",
    "parse_rate",
    "parse_stage",
    "planned_sibling",
    "rate_scale",
    "reason",
    "share_scale",
    "usd_sibling",
]

_PLANNED = {
    "started_on": "planned_start_on",
    "completed_on": "planned_completion_on",
    "production_on": "planned_production_on",
}


def planned_sibling(field: str) -> str | None:
    """Where a planned date (`预计2022年6月`) under a column of actual dates belongs, or None: then it goes nowhere."""
    return _PLANNED.get(field)


def done_sibling(field: str) -> str | None:
    """Where a date that has come (`已于2024年3月开工`) under a column of planned dates belongs, or None."""
    return next((done for done, planned in _PLANNED.items() if planned == field), None)


_EVENTS = {
    "signed_on": {"sign"},
    "registered_on": {"register", "land"},
    "performed_on": {"perform", "register", "land", "start"},
    "planned_start_on": {"start"},
    "started_on": {"start"},
    "planned_completion_on": {"complete", "finish"},
    "completed_on": {"complete", "finish"},
    "planned_production_on": {"produce", "finish"},
    "production_on": {"produce", "finish"},
    "landed_on": {"land", "register", "start"},
    "statistics_entered_on": {"statistics"},
}


def is_own_event(field: str, events: frozenset[str]) -> bool:
    """Whether a cell that names `events` beside its date speaks of the field's: `2026年3月投产` is no start."""
    return not events or field not in _EVENTS or bool(events & _EVENTS[field])


_OWN_MONEY = (
    ("funds_arrived_", {"arrived", "accumulated"}),
    ("foreign_arrived_", {"arrived", "accumulated"}),
    ("investment_done_", {"done", "accumulated"}),
    ("investment_plan_", {"done"}),
    ("registered_capital_", {"registered", "arrived"}),
    ("total_investment_", {"total", WHOLE}),
    ("phase_one_", {"total"}),
)


def is_own_money(field: str, kinds: frozenset[str]) -> bool:
    """Whether a cell that names its money (`到位500万元`) speaks of the field's: under 总投资 that is no total."""
    if not kinds:
        return True
    if "accumulated" in kinds and "_month_" in field:
        # 累计500万元 is no figure of a single month.
        return False
    own = next((own for start, own in _OWN_MONEY if field.startswith(start)), None)
    return own is not None and bool(kinds & own)


def usd_sibling(field: str) -> str | None:
    """Where the dollar part of a yuan column's cell belongs, if that field is otherwise empty in the row; or None."""
    return USD_SIBLINGS.get(field)
