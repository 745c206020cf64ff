"""Columns of progress notes that hold no notes: percentages are the rate, words of stages (`在建`, `竣工`) the stage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.columns.column_texts import column_texts
from ingest.columns.neighbour_words import says
from ingest.formats.sheet import CellValue
from ingest.headers.header_column import interpret_column
from ingest.headers.header_lookup import generic_keys
from ingest.headers.header_text import head_key
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table, TableColumn
from ingest.values.cell_values import is_placeholder
from ingest.values.printed import cell_text, compact
from ingest.values.stages import parse_stage
from ingest.wording_registry import header_values

_PERCENT = re.compile(r"^\d{1,3}(?:\.\d+)?%$")
_BETWEEN = re.compile("[/、→-]+")
_FEWEST_LISTED = 3
_EVENTS = re.compile("(?:项目)?(?:签约|履约|落地|开工|开复工|竣工|投产|建设|达产){2,}(?:情况|状态|进度|进展|阶段)?")
_LONGEST_STAGE = 8
_SAYS_PROGRESS = re.compile("进度|进展|情况|动态")
_FEWEST_TOLD = 2
_MOST_TOLD = 0.8
_ROUND_A_STAGE = re.compile("^(?:已经?|正在)|(?:项目|阶段|中)$")


def progress_as_rate(grid: Grid, table: Table, meanings: Sequence[ColumnMeaning]) -> list[ColumnMeaning]:
    """Columns of progress notes that hold nothing but percentages, as rates."""
    if any(meaning.field == "progress_rate" for meaning in meanings):
        return list(meanings)
    settled = list(meanings)
    for position, (column, meaning) in enumerate(zip(table.columns, meanings, strict=True)):
        if meaning.field == "value" or (meaning.field != "progress_note" and not _tells_progress(column)):
            # 落地项目 > 进度 is a figure of a summary.
            continue
        if _holds_percentages(grid, table, column) and not says("beside_works", compact(column.path[-1])):
            settled[position] = replace(
                meaning,
                field="progress_rate",
                value_type="rate",
                why=f"{meaning.why} 列里全是百分数 holds percentages only",
            )
            if meaning.field == "progress_note":
                _pass_note_on(grid, table, settled)
            break
    return settled


def progress_as_stage(grid: Grid, table: Table, meanings: Sequence[ColumnMeaning]) -> list[ColumnMeaning]:
    """项目进度, a mere 类别 or 签约/开工/投产 of nothing but 在建, 竣工, 已签约 as the stage, where no other column states it."""
    if any(meaning.field == "stage" for meaning in meanings):
        return list(meanings)
    settled = list(meanings)
    for position, (column, meaning) in enumerate(zip(table.columns, meanings, strict=True)):
        if meaning.field == "progress_note" and _holds_stages(grid, table, column):
            why = f"{meaning.why} 列里全是项目阶段 holds stages only"
            settled[position] = replace(meaning, field="stage", value_type="stage", why=why)
            _pass_note_on(grid, table, settled)
            return settled
    for position, (column, meaning) in enumerate(zip(table.columns, meanings, strict=True)):
        if meaning.field is None and (
            ((_names_a_mere_class(column) or _lists_stages(column)) and _holds_stages(grid, table, column))
            or ((_tells_progress(column) or _names_events(column)) and _reads_as_stages(grid, table, column))
        ):
            why = f"{meaning.why} 列里全是项目阶段 holds stages only"
            settled[position] = replace(meaning, field="stage", value_type="stage", why=why)
            break
    return settled


def stage_as_progress(grid: Grid, table: Table, meanings: Sequence[ColumnMeaning]) -> list[ColumnMeaning]:
    """洽谈进度 of sentences (企业拟于10月来县考察) that state no stage is the note, where no other column tells it."""
    if any(meaning.field == "progress_note" for meaning in meanings):
        return list(meanings)
    settled = list(meanings)
    for position, (column, meaning) in enumerate(zip(table.columns, meanings, strict=True)):
        if meaning.field == "stage" and _SAYS_PROGRESS.search(column.path[-1]) and _tells_stories(grid, table, column):
            why = f"{meaning.why} 列里是叙述 holds sentences and no stages"
            settled[position] = replace(meaning, field="progress_note", value_type="text", why=why)
            break
    return settled


def _tells_stories(grid: Grid, table: Table, column: TableColumn) -> bool:
    texts = list(map(compact, column_texts(grid, table, column)))
    told = [text for text in texts if len(text) > _LONGEST_STAGE and parse_stage(text).stage is None]
    return len(told) >= _FEWEST_TOLD and len(told) >= _MOST_TOLD * len(texts)


def _lists_stages(column: TableColumn) -> bool:
    """Whether a column's name lists what its cells may say (签约/开工/投产)."""
    listed = _BETWEEN.split(compact(column.path[-1]))
    return len(listed) >= _FEWEST_LISTED and all(text in _stages() for text in listed)


def _names_events(column: TableColumn) -> bool:
    """Whether a column's name strings events together (开工竣工情况, 签约开工投产进度)."""
    return column.has_header and bool(_EVENTS.fullmatch(head_key(column.path[-1])))


def _names_a_mere_class(column: TableColumn) -> bool:
    """Whether a column is called 类别 or 分类 and nothing more, or not at all (在建项目 written down beside its rows)."""
    return not column.has_header or head_key(column.path[-1]) in generic_keys()


@cache
def _stages() -> frozenset[str]:
    """The plain words of stages; 设备安装 or 主体施工 tell more than one, and stay notes."""
    return frozenset(_ROUND_A_STAGE.sub("", compact(value)) for value in header_values()["stage"])


def _holds_stages(grid: Grid, table: Table, column: TableColumn) -> bool:
    """Whether a column's cells are words of stages, placeholders and repeated headers only."""
    found = False
    for text in column_texts(grid, table, column):
        if text not in _stages() and _ROUND_A_STAGE.sub("", text) not in _stages():
            return False
        found = True
    return found


def _reads_as_stages(grid: Grid, table: Table, column: TableColumn) -> bool:
    """Whether all cells of a column beside the note (项目现状 beside 履约情况) are short and clear stages, or say like 拟建 which
    is not reached.
    """
    cells = (grid.rows[row][column.index] for row in table.body_rows)
    texts = {compact(cell_text(value)) for value in cells if value is not None and not is_placeholder(value)}
    texts.discard(compact(column.path[-1]))
    if any(len(text) > _LONGEST_STAGE for text in texts):
        return False
    said = [parse_stage(text) for text in texts]
    return any(one.stage for one in said) and all(one.stage or one.before for one in said)


def _pass_note_on(grid: Grid, table: Table, meanings: list[ColumnMeaning]) -> None:
    """工程进度 of percentages | 本周进展: the note that the first kept from the second is the second's."""
    for position, (column, meaning) in enumerate(zip(table.columns, meanings, strict=True)):
        if meaning.field is None and _tells_progress(column) and not _holds_percentages(grid, table, column):
            meanings[position] = interpret_column(column.path, context=HeaderContext())
            return


def _tells_progress(column: TableColumn) -> bool:
    """Whether a column would be the progress note, if no other were (形象进度 beside 工程进度)."""
    return column.has_header and interpret_column(column.path, context=HeaderContext()).field == "progress_note"


def _holds_percentages(grid: Grid, table: Table, column: TableColumn) -> bool:
    """Whether a column's cells are percentages, placeholders and repeated headers only; most columns tell by one cell."""
    header, found = compact(column.path[-1]), False
    for row in table.body_rows:
        value = grid.rows[row][column.index]
        if value is None:
            continue
        if _is_percent(grid, row, column.index, value):
            found = True
        elif not is_placeholder(value) and compact(cell_text(value)) != header:
            return False
    return found


def _is_percent(grid: Grid, row: int, column: int, value: CellValue) -> bool:
    if isinstance(value, str):
        return bool(_PERCENT.match(compact(value)))
    return (row, column) in grid.sheet.percents
