"""How problems and promises stand where a tick tells it: 办理情况 > 已解决 | 正在解决 | 暂无法解决, one of them marked in every row."""

from __future__ import annotations

from ingest.columns.columns_by_cells import says_yes
from ingest.kinds.item_states import state_said
from ingest.ledgers.ledger_types import ColumnReading, FieldValue, TableReading
from ingest.values.cell_values import is_placeholder
from ingest.values.printed import compact

_FEWEST = 2


def tell_ticked_states(reading: TableReading) -> None:
    """Fill `status` with the header of the one ticked column of states, where no column tells it in words."""
    if any(value is not None for value in reading.fields.get("status", ())):
        return
    ticked = [column for column in reading.columns if _is_state(column)]
    if len(ticked) < _FEWEST:
        return
    found: list[FieldValue] = []
    for position in range(len(reading)):
        own = [column for column in ticked if says_yes(column.values[position])]
        found.append(compact(own[0].meaning.path[-1]) if len(own) == 1 else None)
    if any(found):
        reading.fields["status"] = found


def _is_state(column: ColumnReading) -> bool:
    """Whether a column names a state and holds nothing but marks."""
    meaning = column.meaning
    if meaning.field is not None or not meaning.path or state_said(meaning.path[-1]) is None:
        return False
    filled = [value for value in column.values if not is_placeholder(value)]
    return bool(filled) and all(says_yes(value) is not None for value in filled)
