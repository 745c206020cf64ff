"""Cells of stages: what a county's words say of how far a project is."""

from __future__ import annotations

from ingest.columns.column_meaning import ColumnMeaning
from ingest.columns.stage_hints import StageHints
from ingest.columns.typed_fields import TypedFields, each
from ingest.ledgers.ledger_types import ColumnReading
from ingest.values.cell_values import parse_stage

_WORKFLOW = "stage_workflow"


class StageCells:
    """Types the columns of stages of one table; `unknown` holds the wordings that nobody knows, with the reason's code."""

    def __init__(self, fields: TypedFields, hints: StageHints, county_code: str | None) -> None:
        self.fields, self.hints, self.county_code = fields, hints, county_code
        self.unknown: dict[str, str] = {}

    def take(self, column: ColumnReading, _: ColumnMeaning) -> None:
        """Type one column."""
        stages, raws = self.fields.values("stage"), self.fields.values("stage_raw")
        for position, one in enumerate(each(column.cells, lambda value: parse_stage(value, self.county_code))):
            if one is None:
                continue
            if raws[position] is None:
                raws[position] = one.raw
            if one.stage is not None and stages[position] is None:
                stages[position] = one.stage
            elif one.before is not None:
                self.hints.not_reached[position] = one.before
            if one.may_have_ended:
                self.hints.perhaps_ended.add(position)
            if one.reason is not None and one.raw:
                self.unknown.setdefault(one.raw, one.reason.code)
                if one.reason.code != _WORKFLOW:
                    self.hints.unread.add(position)
