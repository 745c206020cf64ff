"""How far a header block reaches from a row of headers: merges up and down, groups above, leaves and units below."""

from __future__ import annotations

import re
from collections.abc import Set

from ingest.headers.header_lookup import neutral_keys
from ingest.headers.header_path import without_tail
from ingest.headers.header_text import segment
from ingest.layout.grid import Grid, is_data_like, is_period_header
from ingest.layout.header_score import header_score
from ingest.layout.header_wraps import wraps_header
from ingest.layout.table_lines import is_caption, is_translated_row, is_unit, is_unit_row
from ingest.rows.furniture import (
    group_label,
    is_column_number_row,
    is_dressed_heading,
    is_template_hint,
    label_kind,
    says_nothing,
)
from ingest.rows.group_fields import is_heading
from ingest.values.printed import compact, header_text, without_instruction

MAX_HEADER_ROWS = 5
_KNOWN = 0.75
_LIKELY = 0.6
_FEWEST_REPEATED = 2
_RECORDS_BELOW = 4
_FEWEST_IN_RECORD = 3
_LONGEST_WORD = 20
NUMBERS = frozenset({"序号", "编号", "项目序号"})
_DAY = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]")
_NAMES = re.compile("名称|项目$")


def grown(grid: Grid, row: int, floor: int) -> tuple[int, int]:
    """The header block around a header row: merges reaching up and down, group rows above, leaf rows below."""
    top = bottom = row
    while True:
        new_top, new_bottom = _closed_over_merges(grid, top, bottom, floor)
        if new_bottom - new_top + 1 < MAX_HEADER_ROWS:
            if new_bottom + 1 < grid.height and _is_below(grid, new_top, new_bottom, new_bottom + 1):
                new_bottom += 1
            elif completing := _completing_row(grid, new_top, new_bottom) or _units_below_blank(
                grid, new_top, new_bottom
            ):
                new_bottom = completing
            elif new_top > floor and _is_above(grid, new_top, new_bottom, is_first=floor == 0):
                new_top -= 1
        if (new_top, new_bottom) == (top, bottom):
            return top, bottom
        top, bottom = new_top, new_bottom


def _closed_over_merges(grid: Grid, top: int, bottom: int, floor: int) -> tuple[int, int]:
    for row in range(top, bottom + 1):
        for column in range(grid.width):
            area = grid.merge_at(row, column)
            if (
                area
                and area.top >= floor
                and max(area.bottom, bottom) - min(area.top, top) < MAX_HEADER_ROWS
                and not any(
                    holds_record(grid, other) for other in (*range(area.top, top), *range(bottom + 1, area.bottom + 1))
                )
            ):
                top, bottom = min(top, area.top), max(bottom, area.bottom)
    return top, bottom


def holds_record(grid: Grid, row: int) -> bool:
    """Whether a row bears its number or figures: what is merged down beside it takes no record into a header."""
    texts = grid.row_texts(row)
    if len(texts) < _FEWEST_IN_RECORD or is_column_number_row(texts) or _days_below_group(grid, row):
        return False
    return any(is_data_like(value) and not is_period_header(value) for value in grid.rows[row])


def _days_below_group(grid: Grid, row: int) -> bool:
    """Whether a row holds nothing but days one after another below one heading over them: 每周进展 > 5月15日, 5月22日."""
    filled = grid.filled[row]
    if row == 0 or len(filled) < _FEWEST_REPEATED or filled[-1] - filled[0] >= len(filled):
        return False
    texts = [compact(header_text(grid.rows[row][column])) for column in filled]
    if not all(map(_DAY.fullmatch, texts)) or len(set(texts)) < len(texts):
        return False
    above = grid.rows[row - 1]
    return isinstance(above[filled[0]], str) and all(above[column] is None for column in filled[1:])


def _open_columns(grid: Grid, row: int) -> tuple[set[int], set[int]]:
    """Columns of a header row under which a leaf may stand: those left blank, and starts of horizontal groups."""
    blank: set[int] = set()
    starts: set[int] = set()
    for column in range(grid.width):
        area = grid.merge_at(row, column)
        if area and area.bottom > row:
            continue
        if grid.rows[row][column] is None:
            blank.add(column)
        elif (area and area.right > area.left) or (
            column + 1 < grid.width and grid.rows[row][column + 1] is None and not grid.merge_at(row, column + 1)
        ):
            starts.add(column)
    return blank, starts


def _is_below(grid: Grid, top: int, bottom: int, row: int) -> bool:
    """Whether `row` is a further header row below the block's last."""
    filled = grid.filled[row]
    if not filled:
        return False
    values = [grid.rows[row][column] for column in filled]
    texts = [without_instruction(header_text(value)) for value in values]
    if is_unit_row(texts) or is_translated_row(texts) or _days_below_group(grid, row):
        return True
    if is_column_number_row(texts):
        # Numbers of the columns may stand between their names and their units.
        return row + 1 < grid.height and is_unit_row(grid.row_texts(row + 1))
    if any(is_data_like(value) for value in values) or any(len(text) > 40 for text in texts):
        return False
    if any(says_nothing(text) for text in texts) or _tells_how_to_fill_in(texts):
        return False
    if wraps_header(grid, bottom, row):
        return True
    if _only_totals(grid, bottom, row, texts):
        return False
    if label_kind(texts[0]) in {"note", "signature", "template"} and not _fills_what_is_open(grid, top, bottom, row):
        return False
    if len(filled) == 1 and (group_label(texts[0]) is not None or _heads_projects(texts[0])):
        return False
    same = sum(1 for column in filled if grid.text(bottom, column) == header_text(grid.rows[row][column]))
    # 总投资 | 计划 over （万元） | 开工时间: units stand among the ends of names.
    known = sum(1 for text in texts if header_score(text) >= _KNOWN or is_unit(text))
    if same:
        # A row that says nothing but what stands above it is the rest of merges that were filled (序号 | 序号), no header
        # of its own: it would leave the columns without names below which it is blank.
        return known * 2 >= len(texts)
    is_word = not all(is_period_header(text) for text in texts)
    if (
        known == len(texts)
        and is_word
        and len(filled) < len(grid.filled[bottom])
        and filled[0] > grid.filled[bottom][0]
        and not any(_NAMES.search(compact(grid.text(bottom, column))) for column in filled)
    ):
        # Leaves under unmerged groups of one column; below 项目名称 经开区 is a heading of the rows, no leaf.
        return True
    if _under_repeated_groups(grid, bottom, row) or _completes_header(grid, top, bottom, row):
        return True
    unnamed, starts = _unnamed_columns(grid, top, bottom)
    if not set(filled) & unnamed or not starts:
        return False
    return (
        set(filled) <= unnamed | starts
        or _mostly_below_groups(grid, bottom, row, unnamed | starts)
        or _is_fuller_row_of_words(grid, bottom, row, unnamed | starts)
    )


def _only_totals(grid: Grid, bottom: int, row: int, texts: list[str]) -> bool:
    """Whether a row says nothing but 合计 below 序号 or 项目名称, of one list or of several side by side: their totals without
    figures, and no leaves.
    """
    heads = [compact(grid.text(bottom, column)) for column in grid.filled[row]]
    return all(label_kind(text) in {"total", "subtotal"} for text in texts) and all(
        head in NUMBERS or _NAMES.search(head) for head in heads
    )


def _unnamed_columns(grid: Grid, top: int, bottom: int) -> tuple[set[int], set[int]]:
    """The columns that a header leaves without a name, and those where its groups begin."""
    blank, starts = _open_columns(grid, bottom)
    return {column for column in blank if _is_unnamed(grid, top, bottom, column)}, starts


def _fills_what_is_open(grid: Grid, top: int, bottom: int, row: int) -> bool:
    """Whether a row below groups names just the columns that these leave open (其他 over 填报单位 | 审核单位 | 填报日期)."""
    unnamed, starts = _unnamed_columns(grid, top, bottom)
    filled = set(grid.filled[row])
    return len(filled) > 1 and bool(unnamed) and unnamed <= filled <= unnamed | starts


def _tells_how_to_fill_in(texts: list[str]) -> bool:
    """Whether most cells of a row say how to fill in their columns (必填 | 必填，保留整数 | 格式：2026-01-01)."""
    return sum(is_template_hint(text) for text in texts) * 2 > len(texts)


def _is_fuller_row_of_words(grid: Grid, bottom: int, row: int, under_groups: set[int]) -> bool:
    """Whether a row of header words names the columns of a row of groups above it, of which some stand over one column:
    投资规模（万元） | 到位资金（万元） over 序号 | 项目名称 | 总投资 | 本年到位资金.
    """
    filled = grid.filled[row]
    known = sum(header_score(grid.text(row, column)) >= _KNOWN for column in filled)
    below = sum(column in under_groups for column in filled)
    return len(filled) >= len(grid.filled[bottom]) and below * 2 >= len(filled) and known * 3 >= len(filled) * 2


def _mostly_below_groups(grid: Grid, bottom: int, row: int, under_groups: set[int]) -> bool:
    """Whether a row of words is one of leaves though some stand below a group of one column (自开工以来 > 完成投资):
    nothing stands below the first headers, and records that fill those begin in the next row.
    """
    filled, lead = grid.filled[row], grid.filled[bottom][0]
    below = [column for column in filled if column in under_groups]
    known = sum(header_score(grid.text(row, column)) >= _KNOWN for column in filled)
    return (
        len(below) * 2 >= len(filled)
        and known * 2 >= len(filled)
        and filled[0] > lead
        and row + 1 < grid.height
        and grid.rows[row + 1][lead] is not None
    )


def _under_repeated_groups(grid: Grid, bottom: int, row: int) -> bool:
    """Whether most cells stand below a group that is written again over each of its columns (投资方 | 投资方), as CSV has it."""
    filled = grid.filled[row]
    groups = grid.rows[bottom]
    repeated = [
        column
        for column in filled
        if (text := groups[column]) is not None
        and text in (groups[column - 1] if column else None, groups[column + 1] if column + 1 < grid.width else None)
    ]
    others = [column for column in filled if column not in repeated]
    return (
        len(repeated) >= _FEWEST_REPEATED
        and len(others) <= len(repeated)
        and all(header_score(grid.text(row, column)) >= _KNOWN for column in others)
        and sum(header_score(grid.text(row, column)) >= _KNOWN for column in repeated) * 2 >= len(repeated)
    )


def _completing_row(grid: Grid, top: int, bottom: int) -> int | None:
    """The row of leaves below a level or two that have no words of their own (cells merged over rows, saved as CSV)."""
    for row in range(bottom + 1, min(top + MAX_HEADER_ROWS, grid.height)):
        if grid.filled[row] and not _is_lone_group(grid, top, row):
            return row if row > bottom + 1 and _completes_header(grid, top, row - 1, row) else None
    return None


def _units_below_blank(grid: Grid, top: int, bottom: int) -> int | None:
    """The row of units below a blank row of the header (cells merged over one row more, saved as CSV)."""
    row = bottom + 2
    if row >= min(top + MAX_HEADER_ROWS, grid.height) or grid.filled[bottom + 1] or not grid.filled[row]:
        return None
    return row if is_unit_row(grid.row_texts(row)) else None


def _is_lone_group(grid: Grid, top: int, row: int) -> bool:
    """Whether a row holds nothing but one group that stands below another: 时间节点 below 项目情况."""
    if len(grid.filled[row]) != 1:
        return False
    (column,) = grid.filled[row]
    above = _lowest(grid, top, row - 1, column)
    return above is not None and _is_group_in(grid, above, column) and header_score(grid.text(row, column)) >= _LIKELY


def _completes_header(grid: Grid, top: int, bottom: int, row: int) -> bool:
    """Whether a row of header words names the columns that the block leaves blank, and stands below groups elsewhere:
    序号 | 项目名称 | 投资情况 | 投资情况 above nothing | nothing | 总投资 | 年度计划, whatever columns have their words above.
    """
    if not bottom < row < grid.height or not grid.filled[row]:
        return False
    filled = grid.filled[row]
    values = [grid.rows[row][column] for column in filled]
    if any(is_data_like(value) for value in values) or any(
        len(without_instruction(header_text(value))) > 40 for value in values
    ):
        return False
    known = sum(
        header_score(without_instruction(grid.text(row, column))) >= _KNOWN or _is_repeated(grid, row, column)
        for column in filled
    )
    above = {column: words for column in range(grid.width) if (words := _lowest(grid, top, bottom, column)) is not None}
    named_above = set(above) - set(filled)
    lead = min(above, default=0)
    if filled[0] > lead and _stands_above_first_record(grid, row, lead, grid.text(above.get(lead, top), lead)):
        return True
    if len(filled) < _FEWEST_REPEATED:
        return False
    is_known = known == len(filled) or (known * 2 >= len(filled) and filled[0] > lead)
    if is_known and named_above and _are_named_together(grid, row, named_above):
        return True
    # Records begin below the first header, leaves of others do not.
    enough = known * 2 >= len(filled) if filled[0] > min(above, default=0) else known * 3 >= len(filled) * 2
    return (
        enough
        and (bool(named_above) or (len(above) < len(filled) and known * 4 >= len(filled) * 3))
        and any(column in above for column in filled)
        and all(_is_group_in(grid, above[column], column) for column in filled if column in above)
    )


def _stands_above_first_record(grid: Grid, row: int, lead: int, lead_text: str) -> bool:
    """Whether a row of a few words stands between a header that begins with 序号 and the record numbered 1, whatever its
    words say: neither its number nor its name is told, so that it is no record.
    """
    texts = grid.row_texts(row)
    beside = grid.rows[row][lead + 1 : lead + 2]
    if segment(lead_text).core not in NUMBERS or any(value is not None for value in beside):
        return False
    if any(len(text) > _LONGEST_WORD or is_caption(text) or label_kind(text) is not None for text in texts):
        return False
    if len(texts) == 1 and not _is_word_of_header(grid, row, grid.filled[row][0]):
        return False
    below = range(row + 1, min(row + 1 + _RECORDS_BELOW, grid.height))
    led = (grid.text(at, lead) for at in below if grid.rows[at][lead] is not None)
    return next((text for text in led if label_kind(text) is None), "") == "1"


def _is_word_of_header(grid: Grid, row: int, column: int) -> bool:
    """Whether a lone cell below a header belongs to it: a likely word, or one below a group or nothing. ▲ 柳林镇 below
    产业类别 heads records.
    """
    text = grid.text(row, column)
    if group_label(text) is not None or is_dressed_heading(text) or _heads_projects(text):
        return False
    return header_score(text) >= _LIKELY or grid.rows[row - 1][column] is None or _is_group_in(grid, row - 1, column)


def _heads_projects(text: str) -> bool:
    """Whether a text says which projects follow (已签约未开工项目)."""
    return text.endswith("项目") and is_heading(text)


def _are_named_together(grid: Grid, row: int, named_above: Set[int]) -> bool:
    """Whether the rows below a row of header words fill its columns and those that only the rows above it name: no table
    of its own begins here (基本情况 | | 开工时间 | 资金到位 over 序号 | 项目名称 | | 累计到位资金).
    """
    own = grid.filled[row]
    records = [set(grid.filled[below]) for below in range(row + 1, min(row + 1 + _RECORDS_BELOW, grid.height))]
    return any(
        len(named_above & filled) * 2 >= len(named_above) and len(filled.intersection(own)) * 2 >= len(own)
        for filled in records
    )


def _lowest(grid: Grid, top: int, bottom: int, column: int) -> int | None:
    """The lowest row of the block with a word in this column."""
    return next((row for row in range(bottom, top - 1, -1) if grid.rows[row][column] is not None), None)


def _is_group_in(grid: Grid, row: int, column: int) -> bool:
    """Whether a word of an unmerged header is one over several columns: written again or followed by blanks, or one that
    names no column by itself (基本情况).
    """
    cells = grid.rows[row]
    if _says_no_more(grid.text(row, column)):
        return True
    is_followed_by_blank = column + 1 == grid.width or cells[column + 1] is None
    return is_followed_by_blank or _is_repeated(grid, row, column)


def _says_no_more(text: str) -> bool:
    """Whether a header's word names no column by itself, only a group (基本情况, 招商引资项目基本情况)."""
    key = segment(text).timeless
    return key in neutral_keys() or without_tail(key) in neutral_keys()


def _is_repeated(grid: Grid, row: int, column: int) -> bool:
    cells = grid.rows[row]
    return cells[column] in (cells[column - 1] if column else None, *cells[column + 1 : column + 2])


def _is_unnamed(grid: Grid, top: int, bottom: int, column: int) -> bool:
    """Whether a blank cell of the block's last row waits for a leaf: under a group's span, or nothing stands above it."""
    area = grid.merge_at(bottom, column)
    if area is not None:
        return area.top == bottom and area.left < column
    return not any(grid.text(row, column) for row in range(top, bottom + 1))


def _is_above(grid: Grid, top: int, bottom: int, *, is_first: bool) -> bool:
    """Whether the row above the block holds group headers over it; below another table it must be sure."""
    row = top - 1
    filled = grid.filled[row]
    if not filled:
        return False
    values = [grid.rows[row][column] for column in filled]
    texts = [without_instruction(header_text(value)) for value in values]
    if any(is_data_like(value) for value in values) or any(len(text) > 40 for text in texts):
        return False
    if any(is_caption(text) for text in texts):
        return False
    spans = [grid.span(row, column) for column in filled]
    header_columns = [
        column for column in range(grid.width) if any(grid.value(r, column) for r in range(top, bottom + 1))
    ]
    if not header_columns:
        return False
    if max(spans) >= len(header_columns) > 1:
        return False
    grouped = any(span > 1 for span in spans)
    if len(filled) == 1:
        return filled[0] > header_columns[0] and (grouped or _is_lone_heading(grid, row, filled[0]))
    if grouped:
        return True
    if not is_first and not all(header_score(text) >= _KNOWN or _says_no_more(text) for text in texts):
        return False
    blank, starts = _open_columns(grid, row)
    repeated = {column for column in filled if _is_repeated(grid, row, column)}
    starts |= repeated
    below = set(grid.filled[top])
    return bool(starts) and below <= (blank | starts) and bool(below & (blank | repeated))


def _is_lone_heading(grid: Grid, row: int, column: int) -> bool:
    """Whether the only cell above a header is an unmerged group over it and the column beside it: 累计到位资金."""
    words = [grid.text(row + 1, beside) for beside in (column, column + 1) if beside < grid.width]
    return (
        header_score(grid.text(row, column)) >= _KNOWN
        and not is_period_header(grid.rows[row][column])
        and bool(words[0])
    )
