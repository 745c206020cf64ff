"""Rosters of companies that read as lists of newly registered ones: 企业名称 | 法定代表人 | 注册资本 | 成立日期 | 经营范围.

Both have the same columns. Companies that came are registered within a few years of one another; those of a register are of any age.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.columns.column_texts import column_texts
from ingest.columns.neighbour_words import says
from ingest.headers.header_text import head_key
from ingest.kinds.ledger_kind import TableKind
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table
from ingest.values.printed import compact

_OF_ANY_COMPANY = frozenset(
    {
        "sequence_no",
        "project_company",
        "legal_representative",
        "registered_capital_cny",
        "registered_on",
        "project_content",
        "industry",
        "location",
        "park_name",
        "town_name",
        "contact_phone",
        "remark",
    }
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d{3})")
_YEARS_APART = 5


def _tells_states_of_a_register(grid: Grid, table: Table, found: TableKind) -> bool:
    """登记状态 of 存续, 在业, 注销: a register's, however old its companies are."""
    for column, meaning in zip(table.columns, found.meanings, strict=True):
        if meaning.field is None and column.path and says("register_state", head_key(column.path[-1])):
            texts = [compact(text) for text in column_texts(grid, table, column)]
            return bool(texts) and all(says("register_state_cell", text) for text in texts)
    return False


def is_company_roster(found: TableKind, grid: Grid, table: Table, titles: Sequence[str], around: Sequence[str]) -> bool:
    """Whether a table named by its companies tells of them no more than a register does, and of companies of every age."""
    fields = {one.field for one in found.meanings} - {None}
    if found.names_from != "project_company" or "registered_on" not in fields or not fields <= _OF_ANY_COMPANY:
        return False
    if any(says(words, compact(text)) for text in (*titles, *around) for words in ("attraction_title", "thin_title")):
        return False
    if _tells_states_of_a_register(grid, table, found):
        return True
    at = next(at for at, one in enumerate(found.meanings) if one.field == "registered_on")
    years = [int(year[0]) for text in column_texts(grid, table, table.columns[at]) if (year := _YEAR.search(text))]
    return bool(years) and max(years) - min(years) > _YEARS_APART
