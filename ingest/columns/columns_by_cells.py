"""What cells say about columns beyond their headers.

Columns are often told apart only by what they hold: a date split into 年, 月 and 日; a column of units (万元, 亿元) for the
bare amounts beside it; ticks or 是/否 under stages; percentages under 进度.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from ingest.columns.neighbour_words import says
from ingest.columns.stage_hints import StageHints
from ingest.fields import STAGES, fields
from ingest.formats.sheet import CellValue
from ingest.headers.header_grammar import features_within
from ingest.headers.header_text import head_key, segment
from ingest.ledgers.ledger_types import ColumnReading, TableReading
from ingest.rows.row_stage import stage_of_label
from ingest.rows.row_types import GroupRow
from ingest.rows.unit_lines import UnitLine
from ingest.values.cell_values import is_placeholder
from ingest.values.printed import cell_text, compact
from ingest.values.stages import ParsedStage
from ingest.values.units import parse_unit
from ingest.wording_registry import dittos

_UNIT_STATED = re.compile(r"[(（\[](?:金额|计量)?(?:单位)?[:：]?([^()（）\[\]:：]{1,6})[)）\]]")
_AMOUNTS = frozenset({"amount_cny", "amount_usd"})
_DATE_PARTS = {"年": 0, "年份": 0, "年度": 0, "月": 1, "月份": 1, "日": 2, "号": 2}
_PART_SUFFIX = "年月日"
_YES = frozenset("√✓✔☑是已●■★") | {"已完成", "已开工", "y", "yes"}
_NO = frozenset("×✗✘☐否未○□") | {"不是", "没有", "n", "no", "未开工", "无"}
_OWN = frozenset({"sequence_no", "project_code", "project_name", "value"})
_CARRIED = frozenset({"text", "date", "stage"})
_TOLD_ANEW = frozenset({"progress_note", "problem", "measure"})
_AS_LAST_TIME = "同前"
_EMPTY_BOXES = "□☐○◯"
_TICKS = "☑✓✔√■●☒"
_BETWEEN = " 　、，,；;/"
_BOX = re.compile(f"[{_EMPTY_BOXES}]|[(（][{_TICKS}][)）]")
_BOX_BEFORE = re.compile(f"([{_EMPTY_BOXES}{_TICKS}])([^{_EMPTY_BOXES}{_TICKS}]*)")
_BOX_BEHIND = re.compile(rf"([^()（）]+)[(（]\s*([{_EMPTY_BOXES}{_TICKS}]?)\s*[)）]")
_STAGE_EVENTS = frozenset({"sign", "perform", "start", "complete", "produce", "under_construction"})
_ASKS = re.compile(r"^(?:是否已?|已|是否)|(?:情况|与否)$")


def join_split_dates(reading: TableReading) -> None:
    """Give the column of years the dates that 年, 月 and 日 columns of one header state together."""
    groups: dict[tuple[str, ...], dict[int, ColumnReading]] = {}
    for column in reading.columns:
        part = _DATE_PARTS.get(compact(column.meaning.path[-1]))
        if part is not None and len(column.meaning.path) > 1:
            groups.setdefault(column.meaning.path[:-1], {}).setdefault(part, column)
    for parts in groups.values():
        if 0 not in parts or 1 not in parts or parts[0].meaning.value_type != "date":
            continue
        parts[0].to_type = [
            _joined([parts[part].values[position] for part in sorted(parts)]) for position in range(len(reading))
        ]
        for part in (1, 2):
            if part in parts:
                parts[part].meaning = replace(parts[part].meaning, field=None, why="日期的一部分 part of a date")


def _joined(parts: Sequence[CellValue]) -> CellValue:
    """`2026`, `3`, `5` → `2026年3月5日`; what follows an empty part is left out."""
    text = ""
    for value, suffix in zip(parts, _PART_SUFFIX, strict=False):
        if value is None or is_placeholder(value):
            break
        text += f"{compact(cell_text(value)).rstrip('年月日号份')}{suffix}"
    return text or None


def carry_dittos(reading: TableReading) -> None:
    """同上 and 〃 say what the cell above says; not of names and numbers of projects, and not of figures, which add up.

    Of what every ledger tells anew, 同前 says that it is as in the ledger before: nobody else's progress.
    """
    for column in reading.columns:
        meaning = column.meaning
        if meaning.field is None or meaning.field in _OWN or meaning.value_type not in _CARRIED:
            continue
        if dittos().isdisjoint(column.cells):
            continue
        own = {_AS_LAST_TIME} if meaning.field in _TOLD_ANEW else set()
        above: CellValue = None
        carried: list[CellValue] = []
        for value in column.cells:
            above = above if value in dittos() - own and above is not None else value
            carried.append(above)
        column.to_type = carried


def read_choices(reading: TableReading) -> None:
    """`□新建 ☑扩建` and `新建（√）扩建（ ）` under a class or stage: the choice that is ticked; none where none is."""
    for column in reading.columns:
        spec = fields().get(column.meaning.field or "")
        if spec is None or not (spec.group == "classes" or column.meaning.value_type == "stage"):
            continue
        chosen = {value: _chosen(value) for value in set(column.cells) if isinstance(value, str) and _BOX.search(value)}
        if chosen:
            column.to_type = [chosen.get(value, value) if isinstance(value, str) else value for value in column.cells]


def _chosen(text: str) -> str | None:
    """The ticked choices of a cell, the cell itself where it lists none."""
    before = [(mark, choice.strip(_BETWEEN)) for mark, choice in _BOX_BEFORE.findall(text)]
    behind = [(mark, choice.strip(_BETWEEN)) for choice, mark in _BOX_BEHIND.findall(text)]
    choices = before if any(mark in _EMPTY_BOXES for mark, _ in before) else behind
    if not choices:
        return text
    return "、".join(choice for mark, choice in choices if mark and mark not in _EMPTY_BOXES and choice) or None


def apply_unit_columns(reading: TableReading) -> None:
    """Where a column holds nothing but units of money, the bare amounts of its rows are in them.

    It holds for the amount columns to its left up to the next column of units that no header gives a unit; of the two
    columns below one header (总投资 over 1.5 | 亿元) for the first.
    """
    left = 0
    for position, column in enumerate(reading.columns):
        before = reading.columns[position - 1] if position else None
        if before is not None and _holds_units_of(column, before):
            told = [before]
        elif _holds_units(column):
            told = reading.columns[left:position] or reading.columns[position + 1 :]
            if _names_currency(column):
                # 合同金额 | 币种 | 到账金额: of all that the row tells.
                told = [*reading.columns[left:position], *reading.columns[position + 1 :]]
        else:
            continue
        for amounts in told:
            if _takes_unit(amounts):
                amounts.to_type = [
                    _with_unit(value, unit) for value, unit in zip(amounts.values, column.values, strict=True)
                ]
        column.meaning = replace(
            column.meaning, field=None, value_type="text", why="列里是金额单位 holds the amounts' units"
        )
        left = position + 1


def apply_heading_units(
    reading: TableReading, groups: Sequence[tuple[GroupRow, ...]], lines: Sequence[UnitLine] = ()
) -> None:
    """Where a heading states a unit (`二、外资项目（单位：万美元）`), or a line between the rows does (`单位：亿元`), the bare
    amounts below it are in it: the nearest one above says it, a line that speaks of 以下 even against the header.
    """
    stated = [
        next(((group.row, unit) for group in reversed(stack) if (unit := _stated_unit(group.text))), None)
        for stack in groups
    ]
    if not any(stated) and not lines:
        return
    for column in reading.columns:
        if column.meaning.value_type not in _AMOUNTS:
            continue
        own = [line for line in lines if line.is_of(column.key) and (line.is_below or _takes_unit(column))]
        headings = stated if _takes_unit(column) else [None] * len(stated)
        units = [
            _nearest(heading, [line for line in own if line.row < number])
            for heading, number in zip(headings, reading.row_numbers, strict=True)
        ]
        if any(units):
            column.to_type = [_with_unit(value, unit) for value, unit in zip(column.cells, units, strict=True)]


def _nearest(heading: tuple[int, str] | None, lines: Sequence[UnitLine]) -> str | None:
    if lines and (heading is None or heading[0] < lines[-1].row):
        return lines[-1].unit
    return heading[1] if heading else None


def _takes_unit(column: ColumnReading) -> bool:
    """Whether a column of amounts may be told its unit by what stands nearer than the sheet's title."""
    meaning = column.meaning
    return meaning.value_type in _AMOUNTS and meaning.unit_basis not in ("leaf", "group")


@lru_cache(maxsize=1024)
def _stated_unit(heading: str) -> str | None:
    """The unit that a heading states outright, as text; a sum (`总投资5亿元`) states none."""
    for match in _UNIT_STATED.finditer(heading):
        text = match[1].strip()
        unit = parse_unit(text)
        if unit is not None and unit.is_money:
            return text
    return None


def _holds_units(column: ColumnReading) -> bool:
    is_headed = compact(column.meaning.path[-1]).strip("()").endswith("单位") or _names_currency(column)
    return is_headed and _are_units(column)


def _names_currency(column: ColumnReading) -> bool:
    return compact(column.meaning.path[-1]).strip("()").endswith(("币种", "币别", "货币"))


def _holds_units_of(column: ColumnReading, before: ColumnReading) -> bool:
    """Whether a column holds the units of the amounts before it, below the same header."""
    return column.meaning.path == before.meaning.path and _takes_unit(before) and _are_units(column)


def _are_units(column: ColumnReading) -> bool:
    texts = {value for value in column.values if value is not None}
    units = [parse_unit(value) if isinstance(value, str) else None for value in texts]
    return bool(units) and all(unit is not None and unit.is_money for unit in units)


def _with_unit(value: CellValue, unit: CellValue) -> CellValue:
    if unit is None or value is None or is_placeholder(value):
        return value
    text = cell_text(value)
    return f"{text}{cell_text(unit)}" if text and text[-1].isdecimal() else value


def stage_mark_columns(reading: TableReading, county_code: str | None) -> list[tuple[str, ColumnReading]]:
    """The columns of ticks or 是/否 under the name of a stage, with that stage. They fill no other field."""
    marks = [(stage, column) for column in reading.columns if (stage := _marked_stage(column, county_code))]
    for _, column in marks:
        column.meaning = replace(column.meaning, field=None)
    return marks


def read_open_marks(reading: TableReading, hints: StageHints, county_code: str | None) -> None:
    """A tick under 未履约 or 未开工: that stage is not reached, whatever else is; what is reached the dates tell.

    One under 供地 or 施工许可 says that this is done, and no more: works begin after it, and may have begun.
    """
    for column in reading.columns:
        parsed = _marked(column, county_code)
        if parsed is None or parsed.stage is not None or parsed.before is None:
            continue
        if not says("not_yet", compact(column.meaning.path[-1])):
            continue
        for position, value in enumerate(column.values):
            if says_yes(value) is True:
                known = hints.not_reached.get(position, parsed.before)
                hints.not_reached[position] = min(known, parsed.before, key=STAGES.index)


def read_stage_marks(reading: TableReading, marks: Sequence[tuple[str, ColumnReading]], hints: StageHints) -> None:
    """Ticks or 是/否 under the names of stages: the furthest ticked stage is the row's; a 否 bounds it from above.

    They are the row's own word and come before headings and names; a stage column comes before them, and a stated
    date of a later stage goes beyond a tick (是否已开工：是 beside 投产时间).
    """
    if not marks:
        return
    stages = reading.fields.get("stage") or [None] * len(reading)
    raws = reading.fields.get("stage_raw") or [None] * len(reading)
    for position in range(len(reading)):
        ticked = [mark for mark in marks if says_yes(mark[1].values[position]) is True]
        denied = [stage for stage, column in marks if says_yes(column.values[position]) is False and _may_deny(column)]
        if ticked and stages[position] is None:
            stage, column = max(ticked, key=lambda mark: STAGES.index(mark[0]))
            stages[position] = hints.ticked[position] = stage
            if raws[position] is None:
                raws[position] = f"{column.key}：{cell_text(column.values[position])}"
        if denied:
            hints.not_reached.setdefault(position, min(denied, key=STAGES.index))
    if any(stages):
        reading.fields["stage"], reading.fields["stage_raw"] = stages, raws


def _marked_stage(column: ColumnReading, county_code: str | None) -> str | None:
    parsed = _marked(column, county_code)
    return parsed.stage if parsed is not None else None


def _marked(column: ColumnReading, county_code: str | None) -> ParsedStage | None:
    """What a column of nothing but marks says of the stage; 履约情况 > 已投产 names a date, but a √ is none."""
    if column.meaning.field not in (None, "progress_note") and column.meaning.value_type != "date":
        return None
    is_marked = False
    for value in column.values:
        if value is None:
            continue
        if says_yes(value) is not None:
            is_marked = True
        elif not is_placeholder(value):  # √ and — in one column: a dash marks nothing
            return None
    if not is_marked:
        return None
    leaf = column.meaning.path[-1]
    return stage_of_label(_ASKS.sub("", segment(leaf).core or compact(leaf)), county_code)


def _may_deny(column: ColumnReading) -> bool:
    """Whether a 否 says that the stage is not reached: 未达产, 未升规 and 未注册 say less than that."""
    return bool(features_within(head_key(column.meaning.path[-1])) & _STAGE_EVENTS)


def says_yes(value: CellValue) -> bool | None:
    """Whether a mark says yes or no; None for anything else."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return bool(value) if value in (0, 1) else None
    text = compact(cell_text(value)).strip("()") if isinstance(value, str) else ""
    # CSV has its figures as texts.
    return True if text in _YES or text == "1" else False if text in _NO or text == "0" else None
