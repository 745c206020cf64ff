"""Summaries turned on their side: an indicator a row (`新签约项目（个）`), regions or measures across the columns.

Such a table is told by its first cells: most of its row labels name an indicator, and no column names a project. Each
figure is read like that of any summary: the path `row label > column header` says indicator, measure, scope and unit; a
header that is a region's name gives the figure its region. Columns of all regions together (`全市合计`) stay in `extra`:
read as one more region they would be counted twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.columns.neighbour_words import says
from ingest.formats.sheet import CellValue
from ingest.headers.header_column import interpret_column
from ingest.headers.header_grammar import features_within
from ingest.headers.header_text import segment
from ingest.kinds.summary_grammar import said_in
from ingest.kinds.summary_times import years_and_quarters_apart
from ingest.kinds.summary_values import read_figures
from ingest.layout.grid import Grid, is_data_like
from ingest.layout.table_types import Table, TableColumn
from ingest.ledgers.ledger_types import ColumnReading, TableReading
from ingest.rows.furniture import group_label, label_kind
from ingest.values.cell_values import is_placeholder
from ingest.values.printed import cell_text, compact
from ingest.values.units import parse_unit

_UNIT_HEADER = re.compile(r"^(?:计量|指标)?单位$")
_INDICATOR_HEADER = re.compile(r"^(?:考核|经济|统计|主要|招商)?指标(?:名称|项目|内容)?$")
_REGION = "region_name"
_PLACE = re.compile(r"^.{1,10}(?:[市县区旗镇乡]|街道|街道办|办事处|园区|集聚区|农场|林场)$")
_NUMBER_HEADER = frozenset({"序号", "编号", "no", "no."})
_LEAST_ROWS = 2
_LONGEST_LABEL = 40
_WHY = "行是指标，本列是其数值 an indicator a row: this column holds their figures"
_WHY_OTHER = {
    "unit": "行是指标，本列是其单位，已用于各行 an indicator a row: this column states their units, which were used",
    "total": "各地合计，另计会重复，放入 extra all regions together: it would count twice, kept in extra",
    "other": "行是指标，本列不是数值，放入 extra an indicator a row: no figures, kept in extra",
}
_WHY_REGION = "行是一地一指标，本列是地区 a region and an indicator a row: this column names the regions"
_WHY_LABEL = "行是指标，本列是指标名称 an indicator a row: this column names them"


def indicator_columns(
    grid: Grid, table: Table, context: HeaderContext, *, may_name_projects: bool = False
) -> list[ColumnMeaning] | None:
    """The columns of a table whose rows are indicators: `category` for labels, `value` for figures; None for other tables.

    `may_name_projects`: the labels stand under 项目, so that each must be an indicator to its last word (开工广场 is none).
    """
    rows = [row for row in table.body_rows if len(grid.filled[row]) > 1]
    roles = [_role_of(column, [grid.rows[row][column.index] for row in rows]) for column in table.columns]
    roles = _regions_apart(table.columns, roles, context)
    if "label" not in roles or "figure" not in roles:
        return None
    labels = [column.index for column, role in zip(table.columns, roles, strict=True) if role == "label"]
    heads = [column for column, role in zip(table.columns, roles, strict=True) if role == "label"]
    if not any(_names_indicators(column, context) for column in heads):
        return None
    texts = [_joined(grid.value(row, index) for index in labels) for row in rows]
    named = [text for text in texts if text and label_kind(text) is None]
    known = sum(
        1 for text in named if _indicator(text, context) is not None and (not may_name_projects or _is_explained(text))
    )
    if known < _LEAST_ROWS or known * 2 < len(named):
        return None
    return [_meaning(column, role) for column, role in zip(table.columns, roles, strict=True)]


def states_units_by_rows(grid: Grid, table: Table) -> bool:
    """指标 | 单位 | 1-5月 with 个, 亿元 and 万美元 below 单位: each row has a unit, and so an indicator, of its own."""
    rows = [row for row in table.body_rows if len(grid.filled[row]) > 1]
    roles = [_role_of(column, [grid.rows[row][column.index] for row in rows]) for column in table.columns]
    return "unit" in roles


def _regions_apart(columns: Sequence[TableColumn], roles: list[str], context: HeaderContext) -> list[str]:
    """开发区 | 指标名称 | 计量单位 | 本月 | 累计: a region and an indicator a row. Only where a column of indicators says so
    itself; the parts of a label without headers (类别 in two columns) stay one label.
    """
    labels = [at for at, role in enumerate(roles) if role == "label"]
    if not any(_INDICATOR_HEADER.match(compact(columns[at].path[-1])) for at in labels):
        return roles
    regions = [at for at in labels if columns[at].has_header and _names_regions(columns[at], context)]
    if len(regions) != 1:
        return roles
    points = {at for at, column in enumerate(columns) if says("full_marks", segment(column.path[-1]).core)}
    # 分值 | 得分: the points that can be had are no figure beside those that were given.
    apart = {**dict.fromkeys(points, "other"), regions[0]: _REGION}
    return [apart.get(at, role) for at, role in enumerate(roles)]


def _names_regions(column: TableColumn, context: HeaderContext) -> bool:
    return interpret_column(column.path, context=replace(context, kind="summary")).field == "region_name"


def _names_indicators(column: TableColumn, context: HeaderContext) -> bool:
    """Whether a label column's header may stand over indicators: 指标, 类别, 项目, or none at all."""
    meaning = interpret_column(column.path, context=replace(context, kind="summary"))
    return not column.has_header or meaning.field == "category"


def _role_of(column: TableColumn, cells: Sequence[CellValue]) -> str:
    """`label figure unit total` or `other`: what a column of such a table holds."""
    leaf = compact(column.path[-1])
    filled = [cell for cell in cells if cell is not None and not is_placeholder(cell)]
    if leaf in _NUMBER_HEADER or not filled:
        return "other"
    if _UNIT_HEADER.match(leaf):
        return "unit" if all(isinstance(cell, str) and parse_unit(cell) for cell in filled) else "label"
    if label_kind(leaf) in ("total", "subtotal") and "accumulated" not in features_within(leaf):
        return "total"
    figures = sum(1 for cell in filled if is_data_like(cell))
    if figures * 2 > len(filled):
        return "figure"
    return "label" if all(isinstance(cell, str) and len(cell) <= _LONGEST_LABEL for cell in filled) else "other"


def _meaning(column: TableColumn, role: str) -> ColumnMeaning:
    if role == "label":
        return ColumnMeaning(column.path, "category", match_method="close", match_score=1.0, why=_WHY_LABEL)
    if role == _REGION:
        return ColumnMeaning(column.path, _REGION, match_method="close", match_score=1.0, why=_WHY_REGION)
    if role == "figure":
        # Cells shown as percentages are taken as shown; everything else is for the row to say.
        return ColumnMeaning(column.path, "value", "rate", match_method="close", match_score=1.0, why=_WHY)
    return ColumnMeaning(column.path, why=_WHY_OTHER.get(role, _WHY_OTHER["other"]))


def read_indicator_rows(reading: TableReading, context: HeaderContext) -> None:
    """Fill `category` and `summary_values`, and reject rows whose figures cannot be read."""
    labels = [column for column in reading.columns if column.meaning.field == "category"]
    figures = [column for column in reading.columns if column.meaning.field == "value"]
    units = next((column for column in reading.columns if _UNIT_HEADER.match(compact(column.meaning.path[-1]))), None)
    reading.fields["category"] = [_joined(one.values[row] for one in labels) or None for row in range(len(reading))]
    _fill_regions(reading)
    whole = ""
    for row, label in enumerate(reading.fields["category"]):
        text = str(label or "")
        is_part = compact(text).startswith("其中")
        whole = whole if is_part else text
        unit = cell_text(units.values[row]) if units is not None and units.values[row] is not None else ""
        heading = reading.group_paths[row] if reading.group_paths else None
        path = tuple(
            part for part in (heading, whole if is_part else None, f"{text}（{unit}）" if unit else text) if part
        )
        filled = [column for column in figures if column.values[row] is not None]
        seen = [(_as_seen(column, path, row, context), _region(column.meaning.path)) for column in filled]
        _years_apart(seen)
        read_figures(reading, row, seen)


def _years_apart(seen: Sequence[tuple[ColumnReading, str | None]]) -> None:
    """2026年上半年 | 2025年上半年: of each region the second is what it was a year before."""
    for region in {region for _, region in seen}:
        own = [column for column, its in seen if its == region]
        for column, meaning in zip(own, years_and_quarters_apart([one.meaning for one in own]), strict=True):
            column.meaning = meaning


def _fill_regions(reading: TableReading) -> None:
    """The region of each row; one written once above its indicators holds for those below."""
    own = next((column for column in reading.columns if column.meaning.field == _REGION), None)
    if own is None:
        return
    told: list[str | None] = []
    for cell in own.values:
        text = cell_text(cell) if cell is not None and not is_placeholder(cell) else None
        told.append(text or (told[-1] if told else None))
    reading.fields[_REGION] = list(told)


def _as_seen(column: ColumnReading, label: tuple[str, ...], row: int, context: HeaderContext) -> ColumnReading:
    """One figure as a column of its own: its path is the row's label and what the column's header says beside a region."""
    measures = tuple(part for part in column.meaning.path if not _is_region(part) and not _is_plain_value(part))
    meaning = _first_read([(*label, *measures), (*label[-1:], *measures)], context)
    region = _region(column.meaning.path)
    path = (*label, region, *measures) if region else (*label, *measures)
    return ColumnReading(column.key, column.index, replace(meaning, path=path), [column.values[row]])


def _first_read(paths: Sequence[tuple[str, ...]], context: HeaderContext) -> ColumnMeaning:
    read = [interpret_column(path, context=replace(context, kind="summary")) for path in dict.fromkeys(paths)]
    return next((one for one in read if one.field == "value"), read[-1])


def _indicator(text: str, context: HeaderContext) -> str | None:
    label = group_label(text)
    plain = label.label if label and label.label else text
    as_field = interpret_column((plain,), context=context)
    if as_field.field is not None and not as_field.value_type.startswith("amount") and as_field.field != "project_name":
        # 签约时间, 责任单位: a label of a project's form.
        return None
    found = interpret_column((plain,), context=replace(context, kind="summary")).indicator
    return None if found == "assessment" else found


def _is_explained(text: str) -> bool:
    part = segment(text)
    return not said_in(part.timeless.removeprefix("其中") + "".join(part.bracketed)).unexplained


def _is_plain_value(part: str) -> bool:
    """数值, 数量: a header that says nothing of the figure."""
    return compact(part) in ("数值", "数量", "指标值", "数据", "完成值", "完成数")


def _region(path: Sequence[str]) -> str | None:
    return next((part for part in path if _is_region(part)), None)


@lru_cache(maxsize=4096)
def _is_region(part: str) -> bool:
    # Loaded where such a summary comes: workers that read projects need no list of all regions.
    from ingest.gazetteer import gazetteer

    text = compact(part)
    if any(mention.text == text for mention in gazetteer().mentions(text)):
        return True
    return bool(_PLACE.match(text))


def _joined(cells: Iterable[CellValue]) -> str:
    return " > ".join(dict.fromkeys(cell_text(cell).strip() for cell in cells if cell is not None))
