"""Group headings that a row shows by itself: numbered ones (一、…, （一）…), and lone or merged texts."""

from __future__ import annotations

import re

from ingest.layout.grid import is_data_like
from ingest.layout.table_rows import TableRows
from ingest.rows.furniture import (
    group_label,
    is_count,
    is_dressed_heading,
    is_marked_heading,
    plain_group_text,
    stated_count,
)
from ingest.rows.heading_numbers import heading_number
from ingest.rows.heading_owners import owners_of
from ingest.rows.row_types import UNNUMBERED_LEVEL, GroupRow
from ingest.values.cell_values import is_placeholder
from ingest.values.printed import cell_text

_MOST_OWNERS = 4
_PAIR = 2
_COLON = re.compile("[:：]")
_ORDINAL_NAME = re.compile("第[一二三四五六七八九十]+[类批][^、.,：:\\s]")


def group_of(rows: TableRows, row: int, cells: list[int]) -> GroupRow | None:
    """The heading that a row is, if any: a group row fills hardly any column that describes a project."""
    return (
        _owner_group(rows, row, cells)
        or _numbered_group(rows, row, cells)
        or _apart_group(rows, row, cells)
        or _plain_group(rows, row, cells)
    )


def _owner_group(rows: TableRows, row: int, cells: list[int]) -> GroupRow | None:
    """责任单位：县工信局 | 包抓领导：王某 in cells of their own, and nothing else; so is 包抓领导 | 王某."""
    texts = [value for column in cells if isinstance(value := rows.values[row][column], str)]
    if rows.kind != "project" or len(texts) != len(cells) or len(cells) > _MOST_OWNERS:
        return None
    if not all(map(_COLON.search, texts)) and len(texts) != _PAIR:
        return None
    text = "  ".join(part.strip() for part in texts)
    return GroupRow(row, UNNUMBERED_LEVEL, plain_group_text(texts[0]), text) if owners_of(text) else None


def _numbered_group(rows: TableRows, row: int, cells: list[int]) -> GroupRow | None:
    values = rows.values[row]
    column = cells[0]
    lead = cell_text(values[column])
    label = group_label(lead)
    if label is None and rows.name is not None and column != rows.name and column == rows.sequence:
        return None
    if label is None and rows.name is not None and isinstance(values[rows.name], str):
        column, lead = rows.name, cell_text(values[rows.name])
        label = group_label(lead)
    if label is None or rows.details(row, cells) >= 3:
        return None
    if _ORDINAL_NAME.match(lead) and rows.details(row, cells) and not rows.is_heading(label.label):
        # 第一类医疗器械生产线 with a remark: the class is the product's.
        return None
    if label.level >= 3 and not _heads_group(rows, row, cells, column):
        return None
    text = label.label
    if not text and column == rows.name:
        return None
    if not text:
        text = next((cell_text(values[c]) for c in cells[1:] if isinstance(values[c], str)), "")
        if not text:
            return None
    count = label.stated_count if label.stated_count is not None else stated_count(text)
    return GroupRow(row, label.level, plain_group_text(text), lead if label.label else f"{lead} {text}", count)


def _apart_group(rows: TableRows, row: int, cells: list[int]) -> GroupRow | None:
    """A heading whose number stands in the column of numbers, dressed as records' numbers are not (甲 | 柳林镇,
    ① | 签约项目): by its wording, where nothing describes a project.
    """
    column = cells[0]
    if column != rows.sequence or rows.name is None or not isinstance(rows.values[row][rows.name], str):
        return None
    lead, name = cell_text(rows.values[row][column]), rows.name_text(row)
    number = heading_number(f"{lead} {name}")
    if number is None or number.is_plain or not is_marked_heading(name, rows.is_heading) or rows.details(row, cells):
        return None
    dressed = group_label(f"{lead}{name}") or group_label(f"{lead}、{name}")
    level = dressed.level if dressed is not None else UNNUMBERED_LEVEL
    return GroupRow(row, level, plain_group_text(name), f"{lead} {name}", stated_count(name))


def _heads_group(rows: TableRows, row: int, cells: list[int], column: int) -> bool:
    """Whether `1、…` is a heading rather than a numbered project."""
    if rows.details(row, [cell for cell in cells if cell != column]):
        return False
    if column == rows.sequence:
        text = group_label(cell_text(rows.values[row][column]))
        return bool(text and text.label) and (rows.name is None or rows.values[row][rows.name] is None)
    if rows.grid.span(row, column) > 1:
        return True
    if rows.sequence is not None:
        return rows.values[row][rows.sequence] is None
    return rows.is_heading(cell_text(rows.values[row][column]))


def _plain_group(rows: TableRows, row: int, cells: list[int]) -> GroupRow | None:
    """A heading without a number: merged over several columns, or the only cell of its row."""
    values = rows.values[row]
    column = cells[0]
    value = values[column]
    counted = {c for c in cells[1:] if isinstance(text := values[c], str) and is_count(text)}
    described = rows.details(row, [c for c in cells[1:] if c not in counted])
    if not isinstance(value, str) or is_data_like(value) or is_placeholder(value) or described:
        return None
    name = values[rows.name] if rows.name is not None else None
    counts = name is not None and column != rows.name and is_count(cell_text(name))
    # 柳林镇 | 3个项目: the count is no name.
    others = [c for c in cells[1:] if c not in counted and c not in rows.figures and not is_placeholder(values[c])]
    text_others = [c for c in others if isinstance(values[c], str) and not is_data_like(values[c])]
    spans_name = rows.name is not None and column + rows.grid.span(row, column) > rows.name > column
    alone = len(cells) == 1
    in_sequence = column == rows.sequence and rows.name is not None and name is None
    if column in rows.figures and name is None:
        in_sequence = is_marked_heading(value, rows.is_heading)
    # 工业项目 | 3个 | 12.5亿: the count stands in another column than the names.
    heads = bool(counted) and column == rows.name and rows.is_heading(value)
    if text_others or not (alone or spans_name or in_sequence or counts or heads):
        return None
    is_in_names = rows.name is not None and column >= rows.name and rows.grid.span(row, column) == 1
    may_stand_there = (column == rows.name and is_dressed_heading(value)) or (column in rows.figures and in_sequence)
    if alone and is_in_names and not may_stand_there:
        return None
    if alone and column in rows.identity and rows.kind != "project":
        return None
    told = name if counts else values[min(counted)] if heads else None
    count = stated_count(value) or (stated_count(cell_text(told)) if told is not None else None)
    numbered = group_label(value)
    label = numbered.label if numbered is not None and numbered.label else plain_group_text(value)
    return GroupRow(row, UNNUMBERED_LEVEL, label, value.strip(), count)
