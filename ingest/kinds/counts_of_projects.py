"""Below a list of projects, how many of them there are of each class and what they come to: 产业 | 项目个数 | 投资额 | 占比.

By itself such a table may count anybody's projects. Behind a list it counts those that the list names, and its rows are figures
and no projects without a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.headers.interpretation import interpret_columns
from ingest.kinds.ledger_kind import TableKind
from ingest.kinds.summary_neighbours import attach_comparisons
from ingest.kinds.titled_summaries import LABELS

_COUNTS = "projects"
_FEWEST_COLUMNS, _MOST_COLUMNS = 2, 8


def as_counts(paths: Sequence[tuple[str, ...]], context: HeaderContext) -> TableKind | None:
    """The columns as figures of classes of projects: one label before all others, and a count of projects among them."""
    if len(paths) > _MOST_COLUMNS:
        return None
    below = replace(context, kind="summary")
    meanings = attach_comparisons(interpret_columns(paths, context=below), below)
    told = [one for one in meanings if one.field != "sequence_no"]
    if len(told) < _FEWEST_COLUMNS:
        return None
    label, *figures = told
    if label.field not in LABELS or not any(map(_is_count, figures)):
        return None
    # 牵头单位, 备注: what stands there besides figures may tell of single projects.
    return TableKind("summary", list(meanings)) if all(map(_may_be_figure, figures)) else None


def _is_count(meaning: ColumnMeaning) -> bool:
    return meaning.field == "value" and meaning.indicator == _COUNTS


def _may_be_figure(meaning: ColumnMeaning) -> bool:
    """Whether a column holds a figure: one of a known indicator, money, or a share of what all come to."""
    is_open = meaning.field is None and (meaning.unit is not None or meaning.header.startswith("占"))
    return meaning.field == "value" or is_open
