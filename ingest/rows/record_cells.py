"""The cells of a table's data rows, column by column: merged identity cells filled down, rows of one record folded into
one, error cells told apart from empty ones."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence, Set

from ingest.columns.column_meaning import ColumnMeaning
from ingest.columns.neighbour_words import says
from ingest.formats.sheet import CELL_TWICE, LOST_TEXT, CellValue
from ingest.headers.interpretation import left_open
from ingest.layout.grid import Grid, is_period_header
from ingest.layout.table_types import Table
from ingest.ledgers.ledger_types import ColumnReading, RowReason, TableReading
from ingest.rows.agreement_lines import records_of_agreements
from ingest.rows.furniture import label_kind
from ingest.rows.row_types import RowRoles
from ingest.rows.sum_lines import SumLines
from ingest.values.amounts import exact
from ingest.values.printed import cell_text, compact, header_text
from ingest.values.units import parse_unit

TYPED = frozenset({"amount_cny", "amount_usd", "date", "date_range", "rate", "number"})
JOINER = "；"
_SURE_CUT, _SURE_WIDTH = 4, 8
_NUMBERED = re.compile("[(（]?(?:[1-9]|[一二三四五六七八九十])[)）.、．]|[①-⑳]")
_OF_A_TIME = re.compile("^(?:investment_done|funds_arrived|foreign_arrived|investment_plan)_")
_GOES_ON = ("，", ",", "、", "。", "；", ";", "）", ")")
_ENDS_OPEN = ("，", ",", "、", "；", ";", "：", ":", "。", "！", "—", "-", "（", "(", "《", "“")
_ENDS_TEXT = ("。", "；", ";", "公司", "局", "项目", "委", "办")
_FEWEST_CUT = 2
_BRACKETS = (("（", "）"), ("(", ")"), ("《", "》"), ("“", "”"), ("【", "】"))
_DIGITS = re.compile(r"\d+")
_SHORTEST_SHAPE = 3
_COUNTED = frozenset("年月日号个家亩栋台层条期吨％%万亿余多")
_FIGURE = re.compile(r"-?[\d,]+(?:\.\d+)?%?")
_OF_WHOLES = frozenset({"total_investment_cny", "contract_amount_cny"})
_IN_BRACKETS = re.compile(r"\([^()\d]{2,20}\)")
_PARTIES = frozenset({"investor_name", "project_company"})
_TRIP_FIELDS = ("traveller_name", "start_on", "team_name")
_TRIP_COLUMNS = frozenset(
    {"team_name", "traveller_name", "traveller_position", "start_on", "end_on", "days", "destination"}
)
_BAD_ROW = "这一行无法读取；请改正后重报。 This line cannot be read; mend it and send again."
_LOST_TEXT = (
    "单元格指向文件里没有的文字；请用 Excel 打开，补上这一格后另存重报。 "
    "The cell points to a text that is not in the file; open it in Excel, fill the cell in, save and send again."
)
_BAD_ROWS = {
    "undecodable": "这一行有无法解码的字节；请用 UTF-8 或 GB18030 另存后重报。 "
    "The line holds bytes that cannot be decoded; save as UTF-8 or GB18030 and send again.",
    "unclosed_quote": "这一行的引号没有闭合；请补上引号后重报。 A quote in this line never closes; close it and send again.",
    "misplaced_quote": "这一行的引号位置不对；请改正后重报。 A quote stands in the wrong place; mend it and send again.",
    "ragged": "这一行的列数与表头不符；请核对分隔符。 "
    "The line has another number of columns than the header; check the delimiter and send again.",
    CELL_TWICE: "这一行有同一个单元格写了两次，不能确定取哪个；请用 Excel 打开核对，另存后重报。 "
    "One cell of this row is written twice and it cannot be told which counts; check it in Excel, save and send again.",
}
_UNCACHED = "（公式未计算）"


def unique_keys(paths: Sequence[tuple[str, ...]]) -> list[str]:
    """The header paths as keys; a path that stands twice gets ` #2`."""
    seen: dict[str, int] = {}
    keys = []
    for path in paths:
        key = " > ".join(path)
        seen[key] = seen.get(key, 0) + 1
        keys.append(key if seen[key] == 1 else f"{key} #{seen[key]}")
    return keys


def columns_of_rows(
    grid: Grid, table: Table, meanings: Sequence[ColumnMeaning], roles: RowRoles, kind: str | None
) -> list[ColumnReading]:
    """One `ColumnReading` a column, its values those of the data rows."""
    filled_down = _filled_down(grid, table, meanings, kind)
    moved = _names_moved(grid, table, meanings, roles.data)
    rows, data = grid.rows, roles.data
    by_index = list(zip(*(rows[row] for row in data), strict=True)) if data else [()] * grid.width
    found = []
    for column, meaning, key in zip(
        table.columns, meanings, unique_keys([column.path for column in table.columns]), strict=True
    ):
        index = column.index
        values = list(by_index[index])
        if index in moved:
            values = [moved[index].get(row, value) for row, value in zip(data, values, strict=True)]
        down = filled_down.get(index)
        if down:
            values = [down.get(row) if value is None else value for row, value in zip(data, values, strict=True)]
        if grid.sheet.percents and _is_read_as_shown(meaning):
            values = [
                _percent(value) if (row, index) in grid.sheet.percents else value
                for row, value in zip(data, values, strict=True)
            ]
        found.append(ColumnReading(key, index, meaning, values, index in grid.sheet.hidden_columns))
    return found


def _names_moved(
    grid: Grid, table: Table, meanings: Sequence[ColumnMeaning], data: Sequence[int]
) -> dict[int, dict[int, CellValue]]:
    """A name merged over its own column and text columns left of it (类别 | 项目名称) stands in its own, nothing in theirs."""
    found: dict[int, dict[int, CellValue]] = {}
    name = next((c.index for c, m in zip(table.columns, meanings, strict=True) if m.field == "project_name"), None)
    if name is None or not grid.merges:
        return found
    records = set(data)
    for area in grid.merges:
        value = grid.rows[area.top][area.left]
        if area.top != area.bottom or not area.left < name <= area.right or area.top not in records:
            continue
        if isinstance(value, str) and grid.rows[area.top][name] is None and label_kind(value) is None:
            found.setdefault(name, {})[area.top] = value
            found.setdefault(area.left, {})[area.top] = None
    return found


def _is_read_as_shown(meaning: ColumnMeaning) -> bool:
    """Rates, stories and amounts: 80% below 工程进度 tells a share, below 总投资 no amount."""
    is_story = meaning.field == "progress_note"
    return is_story or meaning.value_type == "rate" or meaning.value_type.startswith("amount")


def _percent(value: CellValue) -> CellValue:
    """A cell shown as a percentage, as it is shown: 0.853 → 85.3%."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return f"{(exact(float(value)) * 100).normalize():f}%" if math.isfinite(value) else value


def _filled_down(
    grid: Grid, table: Table, meanings: Sequence[ColumnMeaning], kind: str | None
) -> Mapping[int, Mapping[int, CellValue]]:
    """Values of vertically merged cells for the rows below the first, by column and row.

    Figures stay where they are, or sums would count them twice; only a trip's days belong to all its rows (the lake
    tells which rows are one trip). A total's label is never filled down.
    """
    if not grid.merges:
        return {}
    figures = {
        column.index
        for column, meaning in zip(table.columns, meanings, strict=True)
        if meaning.value_type in {"amount_cny", "amount_usd", "rate"}
        or (meaning.value_type == "number" and not (kind == "outreach" and meaning.field == "days"))
        or meaning.field in {"value", "sequence_no"}
    }
    found: dict[int, dict[int, CellValue]] = {}
    for area in grid.merges:
        if area.bottom == area.top or area.top < table.first_row or area.bottom >= table.end_row:
            continue
        value = grid.rows[area.top][area.left]
        if value is None or area.left in figures or (isinstance(value, str) and label_kind(value)):
            continue
        column = found.setdefault(area.left, {})
        for row in range(area.top + 1, area.bottom + 1):
            column[row] = value
    return found


def first_rows_of_records(
    grid: Grid, table: Table, meanings: Sequence[ColumnMeaning], data: Sequence[int]
) -> list[int]:
    """For each data row the 1-based row in which its trip starts: one trip is one record over its companies' rows."""
    by_field = {meaning.field: column.index for column, meaning in zip(table.columns, meanings, strict=True)}
    index = next((by_field[name] for name in _TRIP_FIELDS if name in by_field), None)
    if index is None:
        return [row + 1 for row in data]
    firsts: list[int] = []
    for row in data:
        area = grid.merge_at(row, index)
        merged = area is not None and area.top < row
        if merged and area is not None:
            firsts.append(max(area.top, table.first_row) + 1)
        elif grid.rows[row][index] is None and firsts:
            firsts.append(firsts[-1])
        else:
            firsts.append(row + 1)
    return firsts


def carry_trips_down(reading: TableReading) -> None:
    """Give rows that only name a further company their trip, where merged cells were lost on the way (CSV).

    A row without any of the trip's own cells, directly below a row of a trip, belongs to that trip.
    """
    columns = [column for column in reading.columns if column.meaning.field in _TRIP_COLUMNS]
    for position in range(1, len(reading)):
        if any(column.values[position] is not None for column in columns):
            continue
        if reading.row_numbers[position] != reading.row_numbers[position - 1] + 1:
            continue
        for column in columns:
            column.values[position] = column.values[position - 1]
        reading.first_of_record[position] = reading.first_of_record[position - 1]


def mark_bad_rows(grid: Grid, reading: TableReading, data: Sequence[int]) -> None:
    """Lines that could not be decoded or split are rejected with their raw text."""
    if not grid.sheet.bad_rows:
        return
    for position, row in enumerate(data):
        if row not in grid.sheet.bad_rows:
            continue
        code, raw = grid.sheet.bad_rows[row]
        reading.undecoded[position] = raw
        reading.reasons[position] = [RowReason(code, "", raw, _BAD_ROWS.get(code, _BAD_ROW))]
        for column in reading.columns:
            column.values[position] = None


def fold_continuations(grid: Grid, reading: TableReading, roles: RowRoles) -> None:
    """Rows that continue a record join it: texts one after another, figures only where they do not contradict."""
    if not roles.continuations:
        return
    position_of = {row: position for position, row in enumerate(roles.data)}
    opened = _leave_open_what_lines_tell(grid, reading, roles, position_of)
    cut = _cut_columns(grid, reading, roles)
    sums = SumLines(grid, reading, roles, JOINER)
    of_agreements = records_of_agreements(grid, reading, roles)
    several: dict[int, set[int]] = {}
    for row, first in roles.continuations.items():
        position = position_of.get(first)
        if position is None:
            continue
        for column in reading.columns:
            more = grid.rows[row][column.index]
            own = column.values[position]
            if more is None or (own is not None and cell_text(own) == cell_text(more)):
                continue
            if (first, column.index) in sums.told or sums.skips(row, more):
                continue
            if own is None:
                column.values[position] = more
            elif column.index in opened:
                column.values[position] = f"{cell_text(own)}{JOINER}{cell_text(more)}"
            elif reading.kind == "project" and (
                column.meaning.field == "due_on"
                or _is_of_phases(column, roles, first)
                or (first in of_agreements and column.meaning.value_type in TYPED)
            ):
                column.values[position] = f"{cell_text(own)}{JOINER}{cell_text(more)}"
                several.setdefault(column.index, set()).add(position)
            elif (column.meaning.value_type in TYPED or column.meaning.field in _PARTIES) and _IN_BRACKETS.fullmatch(
                compact(cell_text(more))
            ):
                # （含流动资金） below a figure is a note of it.
                reading.added_extra.setdefault(position, {})[column.key] = f"{cell_text(own)}{JOINER}{cell_text(more)}"
            elif column.meaning.value_type in TYPED:
                reading.reasons.setdefault(position, []).append(_several(column, own, more))
            else:
                # The number may stand in the middle of its cell, and lines of the record above it.
                lines = (cell_text(more), cell_text(own)) if row < first else (cell_text(own), cell_text(more))
                is_cut = row in roles.wrapped or column.index in cut
                column.values[position] = "".join(lines) if is_cut else joined_text(column, *lines)
    for column in reading.columns:
        open_at = several.get(column.index, set()) | _told_of_phases(grid, column, roles, position_of)
        if open_at:
            _leave_open(reading, column, open_at)


def _is_of_phases(column: ColumnReading, roles: RowRoles, first: int) -> bool:
    """Whether what a line tells otherwise is its phase's, and not the project's."""
    return first in roles.phased and column.meaning.value_type in TYPED


def _told_of_phases(grid: Grid, column: ColumnReading, roles: RowRoles, position_of: Mapping[int, int]) -> set[int]:
    """Records of phases with a date or figure that is told beside one of them only, and not of the whole."""
    if not roles.phased or column.meaning.value_type not in TYPED or column.meaning.field in _OF_WHOLES:
        return set()
    found = set()
    for first in roles.phased & position_of.keys():
        area = grid.merge_at(first, column.index)
        is_merged = area is not None and area.bottom > area.top
        if not is_merged and column.values[position_of[first]] is not None:
            found.add(position_of[first])
    return found


def _cut_columns(grid: Grid, reading: TableReading, roles: RowRoles) -> frozenset[int]:
    """The columns whose texts paper cut at its width: every line that another follows is as long as the others, and some
    that end a text are shorter. One column of few lines may be so by chance; where several are, a conversion cut them all.
    """
    records: dict[int, list[int]] = {}
    for row, first in roles.continuations.items():
        records.setdefault(first, [first]).append(row)
    found, is_sure = set(), False
    for column in reading.columns:
        if column.meaning.value_type in TYPED or column.meaning.personal:
            continue
        told = [
            [cell_text(value) for row in sorted(rows) if (value := grid.rows[row][column.index]) is not None]
            for rows in records.values()
        ]
        texts = [lines for lines in told if len(lines) > 1]
        if _are_cut(texts):
            found.add(column.index)
            is_sure = is_sure or _are_many(texts)
    return frozenset(found) if len(found) > 1 or is_sure else frozenset()


def _are_many(texts: Sequence[Sequence[str]]) -> bool:
    """Whether so many lines end alike that no writer did it: long ones, and none numbered (1.建设厂房 above 2.购置设备)."""
    full = [line for lines in texts for line in lines[:-1]]
    are_long = all(len(line) >= _SURE_WIDTH for line in full)
    return (
        len(full) >= _SURE_CUT and are_long and not any(_NUMBERED.match(line) for lines in texts for line in lines[1:])
    )


def _are_cut(texts: Sequence[Sequence[str]]) -> bool:
    full = [line for lines in texts for line in lines[:-1]]
    last = [lines[-1] for lines in texts]
    if len(texts) < _FEWEST_CUT or len(set(map(len, full))) > 1 or len(set(full)) < _FEWEST_CUT:
        return False
    width = len(full[0])
    is_within = all(len(line) <= width for line in last) and any(len(line) < width for line in last)
    return is_within and not any(line.endswith(_ENDS_TEXT) for line in full)


def _leave_open_what_lines_tell(
    grid: Grid, reading: TableReading, roles: RowRoles, position_of: Mapping[int, int]
) -> frozenset[int]:
    """Where each line of one project tells of a year (2024年, 2025年), no one amount of them is the project's. Such columns
    are kept in `extra`, and the project is read for the rest. Returns where they stand.
    """
    if reading.kind != "project":
        return frozenset()
    lines: dict[int, list[int]] = {}
    for row, first in roles.continuations.items():
        if first in position_of:
            lines.setdefault(first, [first]).append(row)
    cells = {
        column.index: [
            [column.values[position_of[first]], *(grid.rows[row][column.index] for row in rows[1:])]
            for first, rows in lines.items()
        ]
        for column in reading.columns
    }
    opened: set[int] = set()
    for column in reading.columns:
        if lines and column.meaning.field is not None and all(map(_are_measures, cells[column.index])):
            why = "各行是计划、实际等口径，不是项目的属性 the lines' measures, nothing of the project"
            column.meaning = left_open(column.meaning, why)
    of_periods = bool(lines) and any(all(map(_are_periods, found)) for found in cells.values())
    for column in reading.columns:
        is_amount = column.meaning.value_type.startswith("amount") and of_periods
        # The whole may stand on every line; what was done in July and in August may be as much by chance.
        tells_lines = _told_on_several if _OF_A_TIME.search(column.meaning.field or "") else _differ
        if is_amount and any(map(tells_lines, cells[column.index])):
            why = "同一项目各行的值不同，不作项目的值 its lines have values of their own: kept in extra"
            column.meaning = left_open(column.meaning, why)
            opened.add(column.index)
    return frozenset(opened)


def _leave_open(reading: TableReading, column: ColumnReading, positions: Set[int]) -> None:
    """Lines of one project (its tasks, its phases) have limits of their own: no one of them is the project's. All are kept
    in `extra`; projects of one line keep theirs.
    """
    column.to_type = [None if position in positions else value for position, value in enumerate(column.values)]
    for position in positions:
        reading.added_extra.setdefault(position, {})[column.key] = cell_text(column.values[position])


def _are_periods(cells: Sequence[CellValue]) -> bool:
    """Whether the lines of one record tell of as many years or months."""
    return len({header_text(cell) for cell in cells}) == len(cells) and all(map(is_period_header, cells))


def _are_measures(cells: Sequence[CellValue]) -> bool:
    """Whether the lines of one record tell what was planned and what came of it (计划 | 实际 | 差额)."""
    words = [compact(cell_text(cell)) for cell in cells if cell is not None]
    return len(words) > 1 and says("planned_line", words[0]) and says("actual_line", words[1])


def _differ(cells: Sequence[CellValue]) -> bool:
    return len({cell_text(cell) for cell in cells if cell is not None}) > 1


def _told_on_several(cells: Sequence[CellValue]) -> bool:
    return sum(cell is not None for cell in cells) > 1


def joined_text(column: ColumnReading, own: str, more: str) -> str:
    """Two texts of one cell; a name cut in two and a sentence that goes on are not parted by a mark, two figures are."""
    if (_FIGURE.fullmatch(own) and _FIGURE.fullmatch(more)) or _are_alike(own, more):
        return f"{own}{JOINER}{more}"
    goes_on = column.meaning.field == "project_name" or more.startswith(_GOES_ON) or _is_cut(own, more)
    return f"{own}{more}" if goes_on else f"{own}{JOINER}{more}"


def _are_alike(own: str, more: str) -> bool:
    """Two days (2024.3.1 and 2024.12.10) or telephones (138****0001 and 139****0002): each is whole."""
    shape = _DIGITS.sub("0", own)
    return len(shape) >= _SHORTEST_SHAPE and shape == _DIGITS.sub("0", more)


def _is_cut(own: str, more: str) -> bool:
    """Whether a text ends where none does: at a comma, within a bracket, between a figure and its unit, at a word that
    needs another (正在, 已完成, 以及); and one that ends in a mark needs no other.
    """
    if own.endswith(_ENDS_OPEN) or says("needs_more", own):
        return True
    if any(own.rfind(opening) > own.rfind(closing) and closing in more for opening, closing in _BRACKETS):
        return True
    return own[-1:].isdecimal() and (more[0].isdecimal() or parse_unit(more[:2]) is not None or more[0] in _COUNTED)


def _several(column: ColumnReading, own: CellValue, more: CellValue) -> RowReason:
    raw = f"{cell_text(own)}{JOINER}{cell_text(more)}"
    return RowReason(
        "several_values",
        column.key,
        raw,
        f"同一项目占多行，“{column.key}”有不同的值（{raw}），不能确定取哪个；请合并为一行。 "
        "The project spans several rows and this column holds different values; put it into one row.",
    )


def reject_errors(grid: Grid, reading: TableReading, data: Sequence[int]) -> None:
    """Error values and uncached formulas in typed columns and names reject their row."""
    for position, column, text in _faulty(grid, reading, data):
        if column.meaning.value_type in TYPED or column.meaning.field in {"project_name", "value"}:
            reasons = reading.reasons.setdefault(position, [])
            if not any(reason.column == column.key for reason in reasons):
                reasons.append(_formula_reason(column, text))


def show_errors(grid: Grid, reading: TableReading, data: Sequence[int]) -> None:
    """Once the cells are typed: show the faulty ones as they are in the row's raw text, apart from empty ones."""
    for position, column, text in _faulty(grid, reading, data):
        if column.values[position] is None:
            column.values[position] = text or _UNCACHED


def _faulty(grid: Grid, reading: TableReading, data: Sequence[int]) -> Iterator[tuple[int, ColumnReading, str | None]]:
    """Position, column and error text of cells without a value of their own; None for formulas without a result."""
    sheet = grid.sheet
    if not sheet.errors and not sheet.uncached:
        return
    position_of = {row: position for position, row in enumerate(data)}
    by_index = {column.index: column for column in reading.columns}
    for row, index in sorted({*sheet.errors, *sheet.uncached}):
        position, column = position_of.get(row), by_index.get(index)
        if position is not None and column is not None and position not in reading.undecoded:
            yield position, column, sheet.errors.get((row, index))


def _formula_reason(column: ColumnReading, text: str | None) -> RowReason:
    if text and text.startswith(LOST_TEXT):
        return RowReason("cell_error", column.key, text, _LOST_TEXT)
    if text:
        message = (
            f"单元格是公式错误值 {text}；请修正后重报。 The cell is a formula error ({text}); mend it and send again."
        )
        return RowReason("cell_error", column.key, text, message)
    message = (
        "公式没有缓存结果；请在 Excel 里打开、重新计算并保存后重报。 "
        "The formula has no cached result; open it in Excel, recalculate, save and send again."
    )
    return RowReason("formula_uncached", column.key, "", message)
