"""Problems told in a column for each kind of them: 需协调解决的问题 > 用地 | 用能 | 资金, most of them blank in every row."""

from __future__ import annotations

from ingest.columns.column_meaning import HeaderContext
from ingest.kinds.item_columns import is_kind_of_matter
from ingest.ledgers.ledger_types import FieldValue, TableReading
from ingest.values.cell_values import is_placeholder
from ingest.values.printed import cell_text

_PROBLEMS = HeaderContext(kind="problem")
_FEWEST = 2


def join_matters(reading: TableReading) -> None:
    """Fill `subject` with what all of these columns say, each behind its kind: 用地：缺指标；资金：贷款未到."""
    own = next((one for one in reading.columns if one.meaning.field == "subject"), None)
    if own is None or len(own.meaning.path) <= 1:
        return
    group = own.meaning.path[:-1]
    kinds = [
        one for one in reading.columns if one.meaning.path[:-1] == group and is_kind_of_matter(one.meaning, _PROBLEMS)
    ]
    if len(kinds) < _FEWEST:
        return
    joined: list[FieldValue] = []
    for position in range(len(reading)):
        said = [
            f"{one.meaning.path[-1]}：{cell_text(value).strip()}"
            for one in kinds
            if (value := one.values[position]) is not None and not is_placeholder(value)
        ]
        joined.append("；".join(said) or None)
    reading.fields["subject"] = joined
