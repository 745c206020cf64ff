"""Which column names the projects of a list, where no known wording does: told by what its cells say.

Offices call the column after what they keep the list for (核报项目, 承接项目, 团场项目, 项目叫法): the words before 项目 have no
end. What stands below them has: names that differ from row to row and end as projects' names do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.columns.column_texts import column_texts
from ingest.columns.neighbour_words import says
from ingest.headers.header_text import segment
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table, TableColumn
from ingest.rows.furniture import ends_like_project
from ingest.values.stages import parse_stage

_MOST = 0.8
_FEW = 2
_LONGEST = 40
_HAN = re.compile("[一-鿿]")
_NAMED = re.compile("项目|工程")
# 项目纳统名称, 项目备案全称
_NAME_OF = re.compile("(?:项目|工程).{0,6}(?:名称|全称)$")
_SENTENCE = re.compile("[。；;！？]")


def columns_of_names(grid: Grid, table: Table) -> frozenset[int]:
    """The columns whose header speaks of projects and whose cells are as many different names of such."""
    return frozenset(
        at
        for at, column in enumerate(table.columns)
        if column.has_header and _may_head_names(column) and are_names(list(column_texts(grid, table, column)))
    )


def columns_that_may_name(grid: Grid, table: Table) -> frozenset[int]:
    """The columns whose header speaks of projects and whose cells differ: 某科技孵化器 names one, better than its company does."""
    return frozenset(
        at
        for at, column in enumerate(table.columns)
        if column.has_header and _may_head_names(column) and _differ(list(column_texts(grid, table, column)))
    )


def are_different_words(texts: Sequence[str]) -> bool:
    """Whether texts are words as companies' and projects' names are, as good as all different, of one row too."""
    words = [
        text for text in texts if _FEW <= len(text) <= _LONGEST and _HAN.search(text) and not _SENTENCE.search(text)
    ]
    are_words = bool(texts) and len(words) == len(texts) and not all(parse_stage(text).stage for text in words)
    return are_words and len(set(words)) >= _MOST * len(words)


def _differ(texts: Sequence[str]) -> bool:
    """Whether texts are words of a name's length, each row's another, and say no stage."""
    names = [text for text in texts if _FEW * 2 <= len(text) <= _LONGEST and _HAN.search(text)]
    are_words = len(texts) >= _FEW and len(names) == len(texts) and not any(map(_SENTENCE.search, texts))
    return are_words and len(set(names)) == len(names) and not any(parse_stage(text).stage for text in names)


def holds_only_stages(grid: Grid, table: Table, column: TableColumn) -> bool:
    """项目状况 of 在建, 已投产, 签约: how the projects stand and not what they are called."""
    seen = 0
    for text in column_texts(grid, table, column):
        if parse_stage(text).stage is None:
            return False
        seen += 1
    return seen >= _FEW


def _may_head_names(column: TableColumn) -> bool:
    core = segment(column.path[-1]).core
    return says("names_projects", core) or bool(_NAME_OF.search(core))


def are_names(texts: Sequence[str]) -> bool:
    """Whether texts are as good as all names of projects, and as good as all different."""
    names = [text for text in texts if is_name(text)]
    return len(names) >= _FEW and len(names) >= _MOST * len(texts) and len(set(names)) >= _MOST * len(names)


def is_name(text: str) -> bool:
    """年产5万吨饲料项目, 智能仓储物流园; not 新建厂房3万平方米，购置设备5台。"""
    if not _FEW * 2 <= len(text) <= _LONGEST or not _HAN.search(text) or _SENTENCE.search(text):
        return False
    return bool(_NAMED.search(text)) or ends_like_project(text)
