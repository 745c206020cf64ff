"""Columns told before and after a change, side by side: 原总投资 | 现总投资, 变更前 > 投资方 | 变更后 > 投资方, 总投资 > 变更前 | 变更后.

What stands now is the project's, what stood before is nothing of it any more. Only a pair that says the same but for the change
is read so: 原 and 现 alone begin too many other words (原料, 现场).
"""

from __future__ import annotations

from dataclasses import replace

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.columns.neighbour_words import neighbour_words, says
from ingest.headers.header_column import interpret_column
from ingest.headers.header_text import head_key

_Rest = tuple[str, ...]


def read_changed(meanings: list[ColumnMeaning], context: HeaderContext) -> None:
    """Read the columns after a change by what they say besides, and leave their counterparts before it open."""
    before = {
        _key(rest): index
        for index, one in enumerate(meanings)
        if (rest := _rest(one.path, "before_change")) is not None
    }
    if not before:
        return
    for index, meaning in enumerate(meanings):
        rest = _rest(meaning.path, "after_change")
        counterpart = before.get(_key(rest)) if rest is not None else None
        if rest is None or counterpart is None:
            continue
        former = meanings[counterpart]
        read = interpret_column(rest, context=context) if meaning.field is None else meaning
        if any(one.field == read.field for one in meanings if one not in (meaning, former)):
            # 项目名称 | 原项目名称 | 现项目名称: the plain column tells it.
            continue
        if read is not meaning:
            why = "与变更前的一列成对，是现在的 as it stands now, beside what stood before the change"
            meanings[index] = replace(read, path=meaning.path, why=why)
        if former.field is not None:
            meanings[counterpart] = replace(
                former,
                field=None,
                value_type="text",
                end_field=None,
                match_method="none",
                match_score=0.0,
                why="是变更前的，放入 extra as it stood before the change: kept in extra",
            )


def _rest(path: _Rest, words: str) -> _Rest | None:
    """The path without the word of the change; None where no cell begins with one."""
    for at, cell in enumerate(path):
        found = neighbour_words(words).search(cell)
        if found is None:
            continue
        rest = cell[found.end() :]
        if len(path) > 1 and (not rest or says("frame_of_change", rest)):
            return (*path[:at], *path[at + 1 :])
        return (*path[:at], rest, *path[at + 1 :]) if rest else None
    return None


def _key(path: _Rest) -> _Rest:
    return tuple(map(head_key, path))
