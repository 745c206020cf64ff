"""The kind of a table, its cells looked at where its headers leave it open."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from ingest.columns.column_meaning import HeaderContext
from ingest.columns.column_texts import column_texts
from ingest.columns.names_by_cells import columns_of_names, columns_that_may_name, holds_only_stages
from ingest.headers.header_column import interpret_column
from ingest.kinds.company_rosters import is_company_roster
from ingest.kinds.contracts_of_offices import lists_contracts_of_offices
from ingest.kinds.counts_of_projects import as_counts
from ingest.kinds.indicator_rows import indicator_columns, states_units_by_rows
from ingest.kinds.ledger_kind import TableKind, as_hindrances, decide_kind
from ingest.kinds.project_evidence import speaks_of_another_matter
from ingest.kinds.public_works import lists_public_works
from ingest.kinds.thin_lists import as_thin_list
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table, TableColumn
from ingest.ledgers.table_context import FileContext
from ingest.rows.row_stage import stage_of_label
from ingest.values.printed import compact

_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(r"[-+]?\d+(?:,\d{3})*(?:\.\d+)?%?")
_FEW = 2
_BOARD = 3


def kind_of_table(grid: Grid, table: Table, context: HeaderContext, file: FileContext) -> TableKind:
    """The kind of a table and the meaning of its columns, as its headers, its titles and its cells tell."""
    titles = [*(line.text for line in table.titles), grid.sheet.name]
    kind = _decided(grid, table, titles, context, file.around)
    if file.declared == "others":
        return replace(kind, kind=None, is_other_business=True)
    kind = as_thin_list(kind, grid, table, context, titles, file.around) or kind
    if file.declared is None and (
        lists_public_works(kind, grid, table, titles, file.around)
        or lists_contracts_of_offices(kind, grid, table)
        or is_company_roster(kind, grid, table, titles, file.around)
    ):
        kind = replace(kind, kind=None, is_other_business=True)
    if file.listed:
        kind = _as_hindrances(kind, grid, table, context, file.listed) or kind
    if file.listed and kind.kind is None and not _names_any(grid, table, file.listed):
        kind = as_counts([column.path for column in table.columns], context) or kind
    if kind.kind == "project" and _is_board(table, context):
        kind = replace(kind, kind=None)
    if _may_hold_indicators(kind) or (kind.kind == "summary" and states_units_by_rows(grid, table)):
        by_rows = indicator_columns(grid, table, context, may_name_projects=kind.kind == "project")
        if by_rows is not None:
            return replace(kind, kind="summary", meanings=by_rows, lists_indicators=True)
    # Beside a list of ours a table may show little of itself.
    if file.declared is None and not file.listed and speaks_of_another_matter(kind, grid, table, titles, file.around):
        return replace(kind, kind=None, is_other_business=True)
    return kind


def _decided(
    grid: Grid, table: Table, titles: Sequence[str], context: HeaderContext, around: Sequence[str]
) -> TableKind:
    """The kind of a table. 招商组 | 在谈项目 | 已签约 of counts: a column that would name the projects and holds figures only, or
    stages, names none, and the table is looked at again without it. Where no header names them, the cells may.
    """
    paths = [column.path for column in table.columns]
    kind = decide_kind(paths, titles, context, around=around)
    if kind.kind == "summary" and _counts_nothing(grid, table, kind):
        kind = replace(kind, kind=None)
    nameless = frozenset[int]()
    if kind.kind == "project":
        names = [at for at, one in enumerate(kind.meanings) if one.field == (kind.names_from or "project_name")]
        if len(names) == 1 and _names_nothing(grid, table, table.columns[names[0]]):
            nameless = frozenset(names)
            kind = decide_kind(paths, titles, context, around=around, nameless=nameless)
    if kind.kind in ("outreach", "problem") or any(one.field == "project_name" for one in kind.meanings):
        return kind
    named = columns_of_names(grid, table) or (columns_that_may_name(grid, table) if kind.names_from else frozenset())
    if len(named) != 1:
        return kind
    by_cells = decide_kind(paths, titles, context, around=around, nameless=nameless, named=named)
    return by_cells if by_cells.kind == "project" and by_cells.names_from is None else kind


def _as_hindrances(
    found: TableKind, grid: Grid, table: Table, context: HeaderContext, listed: Set[str]
) -> TableKind | None:
    """The problems of projects that a table before lists; None where it names others, or says more of them."""
    titles = [line.text for line in table.titles]
    kind = as_hindrances(found, [column.path for column in table.columns], titles, context)
    if kind is None:
        return None
    fields = [meaning.field for meaning in kind.meanings]
    names = [compact(text) for text in column_texts(grid, table, table.columns[fields.index("project_name")])]
    return kind if 2 * sum(name in listed for name in names) > len(names) else None


def _names_any(grid: Grid, table: Table, listed: Set[str]) -> bool:
    return any(compact(text) in listed for column in table.columns for text in column_texts(grid, table, column))


def _counts_nothing(grid: Grid, table: Table, kind: TableKind) -> bool:
    """注册人 | 商标名称 of companies' names: what would be figures is words in every cell."""
    seen = False
    for column, one in zip(table.columns, kind.meanings, strict=True):
        for text in column_texts(grid, table, column) if one.field == "value" else ():
            if _DIGIT.search(text):
                return False
            seen = True
    return seen


def _names_nothing(grid: Grid, table: Table, column: TableColumn) -> bool:
    return _holds_only_figures(grid, table, column) or holds_only_stages(grid, table, column)


def _holds_only_figures(grid: Grid, table: Table, column: TableColumn) -> bool:
    seen = 0
    for text in column_texts(grid, table, column):
        if not _FIGURE.fullmatch(text):
            return False
        seen += 1
    return seen >= _FEW


def _is_board(table: Table, context: HeaderContext) -> bool:
    """乡镇 | 在谈项目 | 签约项目 | 开工项目: names of projects in the columns of their stages, several records a row."""
    stages = {
        stage_of_label(column.path[-1]).stage
        for column in table.columns
        if column.has_header and interpret_column(column.path, context=context).field == "project_name"
    }
    return len(stages - {None}) >= _BOARD


def _may_hold_indicators(kind: TableKind) -> bool:
    """Whether no column tells more of a project than a name (项目 may as well name indicators)."""
    known = {meaning.field for meaning in kind.meanings} - {None, "project_name", "sequence_no", "remark"}
    figures = {meaning.indicator for meaning in kind.meanings if meaning.field == "value"}
    if kind.kind == "summary":
        # 单位 | 本月 | 累计 | 全市排名: nothing but the rank of the whole says what is counted.
        return figures <= {"assessment", None}
    return kind.kind is None or (kind.kind == "project" and not known)
