"""What only the neighbours of a column tell in a list of problems, steps or promises: the policy beside its matter, the day
of the promise beside its limit, the office concerned where none answers; and, by the cells, which of several columns holds
the state.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.column_meaning import ColumnMeaning, HeaderContext
from ingest.column_texts import column_texts
from ingest.grid import Grid
from ingest.header_column import interpret_column
from ingest.header_text import segment
from ingest.neighbour_words import says
from ingest.table_types import Table, TableColumn

_TWO = 2
_WHY_POLICY = "另有一列写事项，本列是所依据的政策 another column says what is promised, this one under which policy"
_WHY_PROMISED = "另有一列是时限，本列是承诺的日子 another column is the limit, this one the day of the promise"
_WHY_CONCERNED = "没有别的责任单位，是所涉及的部门 no other column names who answers: the office concerned"
_WHY_PAID = "写明金额单位，是已兑现的金额 a unit of money is stated: the amount paid so far"
_WHY_STATE = "几列都像办理状态，本列的内容是状态词 of several columns this one's cells are words of a state"
_WHY_STORY = "另有一列写状态，本列写进展 another column holds the state, this one tells how it went"


def read_item_neighbours(meanings: list[ColumnMeaning]) -> None:
    """Settle policies, days of promises and offices concerned, in place."""
    about = [index for index, one in enumerate(meanings) if one.field == "subject"]
    named = [index for index in about if says("policy_named", _core(meanings[index]))]
    if len(named) == 1 and len(about) >= _TWO and all(one.field != "policy_name" for one in meanings):
        meanings[named[0]] = replace(meanings[named[0]], field="policy_name", why=_WHY_POLICY)
    fields = {one.field for one in meanings}
    for index, meaning in enumerate(meanings):
        money = meaning.unit is not None and meaning.unit.is_money and meaning.unit_basis == "leaf"
        if meaning.field in (None, "status", "amount_cny") and money and says("paid_alone", _core(meaning)):
            meanings[index] = _taken(meaning, "paid_cny", _WHY_PAID, value_type="amount_cny")
        if meaning.field is not None:
            continue
        if says("promise_day", _core(meaning)) and "due_on" in fields and "promised_on" not in fields:
            meanings[index] = _taken(meaning, "promised_on", _WHY_PROMISED, value_type="date")
        elif "owner_unit" not in fields and says("concerned_office", _core(meaning)):
            meanings[index] = _taken(meaning, "owner_unit", _WHY_CONCERNED)
            fields.add("owner_unit")


def states_by_cells(
    grid: Grid, table: Table, meanings: Sequence[ColumnMeaning], context: HeaderContext
) -> list[ColumnMeaning]:
    """办理情况 | 办结状态: the column whose cells are words of a state holds it, the other one tells how it went."""
    settled = list(meanings)
    claims = [at for at, one in enumerate(meanings) if _may_hold_state(one, context)]
    if len(claims) < _TWO:
        return settled
    shares = {at: _share_of_states(grid, table, table.columns[at]) for at in claims}
    keeper = max(claims, key=lambda at: (shares[at], says("state_header", _core(meanings[at])), -at))
    if meanings[keeper].field != "status":
        if not shares[keeper]:
            return settled
        settled[keeper] = _taken(meanings[keeper], "status", _WHY_STATE)
    story = next((at for at in claims if at != keeper and shares[at] < 1), None)
    for at in claims:
        if at != keeper and meanings[at].field == "status":
            settled[at] = replace(meanings[at], field=None, match_method="none", match_score=0.0, why=_WHY_STORY)
    if story is not None and all(one.field != "progress_note" for one in settled):
        settled[story] = _taken(meanings[story], "progress_note", _WHY_STORY)
    return settled


def _may_hold_state(meaning: ColumnMeaning, context: HeaderContext) -> bool:
    if meaning.field is not None:
        return meaning.field == "status"
    return interpret_column(meaning.path, context=context).field == "status"


def _share_of_states(grid: Grid, table: Table, column: TableColumn) -> float:
    texts = [text for text in column_texts(grid, table, column) if text]
    return sum(1 for text in texts if says("state_cell", text)) / len(texts) if texts else 0.0


def _core(meaning: ColumnMeaning) -> str:
    return segment(meaning.path[-1]).core if meaning.path else ""


def _taken(meaning: ColumnMeaning, field: str, why: str, *, value_type: str = "text") -> ColumnMeaning:
    return replace(meaning, field=field, value_type=value_type, match_method="close", match_score=1.0, why=why)
