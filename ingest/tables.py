"""Where the tables of a sheet stand: title lines, header blocks of one to five rows, side by side or one below another.

Only shape and header wordings are looked at here; what the columns mean is asked of `ingest.headers`, what the rows are
of `ingest.row_roles`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.column_meaning import HeaderContext
from ingest.forms import Form
from ingest.furniture import group_label, is_column_number_row, label_kind, says_nothing
from ingest.grid import Grid, is_data_like, is_period_header
from ingest.header_column import interpret_column
from ingest.header_lookup import neutral_keys
from ingest.header_path import without_tail
from ingest.header_score import header_score
from ingest.header_text import segment
from ingest.printed import cell_text, compact, header_text
from ingest.units import unit_in_text

MAX_HEADER_ROWS = 5
_KNOWN = 0.75
_LIKELY = 0.6
_SCOPED_MONEY = ("funds_arrived_", "investment_done_")
# Hints and samples may stand between a header and the row that numbers its columns.
_DECORATED = 3
_FEWEST_ROWS, _FEWEST_CELLS, _FEWEST_REPEATED = 3, 4, 2
_CAPTION = re.compile(
    r"单位[:(]|填报|填表|报送|盖章|时间[:]|日期[:]|截[至止]|附件|附表|制表|一览表|台账|台帐|统计表|汇总表|情况表|明细表|进度表|清单$"
    r"|^(?:19|20)\d\d年.{0,12}$"
)
_UNIT_CELL = re.compile(
    r"^[(\[]?(?:亿元|万元|千元|百万元|元|亿|万|亩|公顷|个|家|%|天|人|万美元|美元|平方米|万平方米|年月日?|是/否)[)\]]?$"
)
_NAMES = re.compile("名称|项目$")
_UNIT_MARK = re.compile(r"^[(\[]?(?:(?:计量|金额)?单位[:]?|[-/—–]+|[甲乙丙丁戊己])[)\]]?$")
_COLUMN_START = frozenset({"序号", "编号", "项目名称", "单位", "县区", "县(市)区", "地区", "区域", "名称", "企业名称"})


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text outside the data: 0-based row and its text, cells joined by two spaces."""

    row: int
    text: str


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table: 0-based index in the sheet and its header path from the top to the leaf."""

    index: int
    path: tuple[str, ...]
    has_header: bool = True


@dataclass(slots=True)
class Table:
    """One table: where its titles start, its header block, the rows it may hold data in (`first_row` to `end_row`, exclusive), its columns.

    `band` is 0, or 1, 2… for tables to the right of another.
    """

    start_row: int
    header_rows: tuple[int, ...]
    first_row: int
    end_row: int
    columns: list[TableColumn]
    titles: list[TextLine] = field(default_factory=list)
    repeated_headers: set[int] = field(default_factory=set)
    column_number_rows: set[int] = field(default_factory=set)
    band: int = 0

    @property
    def left(self) -> int:
        """First column of the table."""
        return self.columns[0].index

    @property
    def right(self) -> int:
        """Last column of the table."""
        return self.columns[-1].index


@dataclass(slots=True)
class SheetLayout:
    """The tables of a sheet and every text line above and between them; or, for a form sheet, its forms."""

    grid: Grid
    tables: list[Table]
    lines: list[TextLine]
    forms: list[Form] = field(default_factory=list)


def find_tables(grid: Grid) -> SheetLayout:
    """Find all tables of a sheet. A sheet without any gives none, all its text as lines."""
    blocks = _header_blocks(grid)
    tables: list[Table] = []
    lines = [TextLine(-1, text) for text in grid.sheet.above]
    floor = 0
    for number, (top, bottom) in enumerate(blocks):
        start = _titles_start(grid, floor, top)
        titles = [_line(grid, row) for row in range(start, top) if grid.filled[row]]
        lines.extend(titles)
        titles = titles if tables else list(lines)
        end = grid.height
        if number + 1 < len(blocks):
            end = _titles_start(grid, bottom + 1, blocks[number + 1][0])
        block_tables = _tables_of_block(grid, start, (top, bottom), end, titles)
        tables.extend(block_tables)
        floor = end
    if not blocks:
        lines += [_line(grid, row) for row in range(min(grid.height, 60)) if grid.filled[row]]
    return SheetLayout(grid, _joined_repeats(tables), lines)


def headerless(layout: SheetLayout) -> SheetLayout:
    """A sheet without any header whose rows hold data after all: a table of columns without names, for people to see."""
    grid = layout.grid
    if layout.tables or layout.forms:
        return layout
    rows = [row for row in range(grid.height) if _holds_figures(grid, row)]
    filled = [row for row in range(grid.height) if grid.filled[row]]
    if len(rows) < _FEWEST_ROWS or len(rows) * 2 < len(filled):
        return layout
    used = sorted({column for row in rows for column in grid.filled[row]})
    columns = [TableColumn(column, (_unnamed(column),), has_header=False) for column in used]
    titles = [_line(grid, row) for row in filled if row < rows[0]]
    return SheetLayout(grid, [Table(0, (), rows[0], grid.height, columns, titles)], titles)


def _holds_figures(grid: Grid, row: int) -> bool:
    filled = grid.filled[row]
    return len(filled) >= _FEWEST_CELLS and any(is_data_like(grid.rows[row][column]) for column in filled)


def _line(grid: Grid, row: int) -> TextLine:
    return TextLine(row, "  ".join(cell_text(grid.rows[row][column]) for column in grid.filled[row]))


def _titles_start(grid: Grid, floor: int, top: int) -> int:
    """The first of the rows directly above a header block that are its titles."""
    if floor == 0:
        return 0
    row = top
    while row > floor:
        above = row - 1
        filled = grid.filled[above]
        if filled and not _is_title_row(grid, above):
            break
        row = above
    return row


def _is_title_row(grid: Grid, row: int) -> bool:
    filled = grid.filled[row]
    if any(is_data_like(grid.rows[row][column]) for column in filled):
        return False
    texts = grid.row_texts(row)
    if label_kind(texts[0]) in {"total", "subtotal", "average", "note", "of_which"}:
        return False
    captions = [text for text in texts if _CAPTION.search(compact(text))]
    # 单位： and 万元 may stand in cells of their own.
    return len(filled) == 1 or (
        bool(captions) and all(text in captions or _UNIT_CELL.match(compact(text)) for text in texts)
    )


# Header blocks


def _header_blocks(grid: Grid) -> list[tuple[int, int]]:
    blocks: list[tuple[int, int]] = []
    row = 0
    while row < grid.height:
        if not _is_header_row(grid, row, first=not blocks):
            row += 1
            continue
        floor = blocks[-1][1] + 1 if blocks else 0
        top, bottom = _grown(grid, row, floor)
        blocks.append((top, bottom))
        row = bottom + 1
    return blocks or _block_by_shape(grid)


def _is_header_row(grid: Grid, row: int, *, first: bool) -> bool:
    filled = grid.filled[row]
    if len(filled) < 2:
        return False
    cells = grid.rows[row]
    lead = cells[filled[0]]
    if type(lead) is not str and is_data_like(lead):
        return False
    values = [cells[column] for column in filled]
    for value in values:
        if type(value) is not str and is_data_like(value):
            return False
    texts = [header_text(value) for value in values]
    if len(set(texts)) == 1 or sum(map(len, texts)) > 30 * len(texts):
        return False
    # A bare month may as well be a date below a header: it speaks neither for nor against.
    # A group written again over its columns counts once.
    words = [text for text in dict.fromkeys(texts) if not is_period_header(text)]
    periods = sum(1 for text in texts if is_period_header(text))
    known = sum(1 for text in words if len(text) <= 40 and header_score(text) >= _KNOWN)
    enough = 0.34 if first else 0.5
    if known < enough * len(words) or known < (1 if first and periods > 1 else 2):
        return False
    if known < (2 if first else 3) and known < len(words):
        return False
    if sum(1 for text in texts if text.endswith(("：", ":")) or label_kind(text) == "signature") * 2 >= len(texts):
        return False
    # A line of captions (`填报单位： … 填报时间：`) or of label-value pairs is no header.
    if sum(1 for text in texts if _CAPTION.search(compact(text))) * 2 > len(texts):
        return False
    return sum(1 for value in values if is_data_like(value)) * 5 <= len(values)


def _grown(grid: Grid, row: int, floor: int) -> tuple[int, int]:
    """The header block around a header row: merges reaching up and down, group rows above, leaf rows below."""
    top = bottom = row
    while True:
        new_top, new_bottom = _closed_over_merges(grid, top, bottom, floor)
        if new_bottom - new_top + 1 < MAX_HEADER_ROWS:
            if new_bottom + 1 < grid.height and _is_below(grid, new_top, new_bottom, new_bottom + 1):
                new_bottom += 1
            elif completing := _completing_row(grid, new_top, new_bottom):
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
            if area and area.top >= floor and max(area.bottom, bottom) - min(area.top, top) < MAX_HEADER_ROWS:
                top, bottom = min(top, area.top), max(bottom, area.bottom)
    return top, bottom


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
    texts = [header_text(value) for value in values]
    if _is_unit_row(texts):
        return True
    if any(is_data_like(value) for value in values) or any(len(text) > 40 for text in texts):
        return False
    if any(says_nothing(text) for text in texts):
        return False
    if is_column_number_row(texts) or label_kind(texts[0]) in {"note", "signature", "template"}:
        return False
    if len(filled) == 1 and group_label(texts[0]) is not None:
        return False
    same = sum(1 for column in filled if grid.text(bottom, column) == header_text(grid.rows[row][column]))
    known = sum(1 for text in texts if header_score(text) >= _KNOWN)
    if same:
        return same < len(filled) and known * 2 >= len(texts)
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
    blank, starts = _open_columns(grid, bottom)
    unnamed = {column for column in blank if _is_unnamed(grid, top, bottom, column)}
    if not set(filled) & unnamed or not starts:
        return False
    return set(filled) <= unnamed | starts or _mostly_below_groups(grid, bottom, row, unnamed | starts)


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
    if not bottom < row < grid.height or len(grid.filled[row]) < _FEWEST_REPEATED:
        return False
    filled = grid.filled[row]
    values = [grid.rows[row][column] for column in filled]
    if any(is_data_like(value) for value in values) or any(len(header_text(value)) > 40 for value in values):
        return False
    known = sum(header_score(grid.text(row, column)) >= _KNOWN or _is_repeated(grid, row, column) for column in filled)
    above = {column: words for column in range(grid.width) if (words := _lowest(grid, top, bottom, column)) is not None}
    named_above = set(above) - set(filled)
    # Records begin below the first header, leaves of others do not.
    enough = known * 2 >= len(filled) if filled[0] > min(above, default=0) else known * 3 >= len(filled) * 2
    return (
        enough
        and (bool(named_above) or (len(above) < len(filled) and known * 4 >= len(filled) * 3))
        and any(column in above for column in filled)
        and all(_is_group_in(grid, above[column], column) for column in filled if column in above)
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


def _is_unit_row(texts: Sequence[str]) -> bool:
    """Whether a row below a header only states units: `（单位） | 万元 | 亩 | —`."""
    plain = [compact(text) for text in texts]
    units = [text for text in plain if _UNIT_CELL.match(text)]
    return bool(units) and all(text in units or _UNIT_MARK.match(text) for text in plain)


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
    texts = [header_text(value) for value in values]
    if any(is_data_like(value) for value in values) or any(len(text) > 40 for text in texts):
        return False
    if any(_CAPTION.search(compact(text)) for text in texts):
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


def _block_by_shape(grid: Grid) -> list[tuple[int, int]]:
    """A header block told by its shape alone, where none of its wordings is known."""
    widest = max((len(filled) for filled in grid.filled), default=0)
    if widest < 2:
        return []
    for row in range(min(grid.height, 40)):
        filled = grid.filled[row]
        if len(filled) < max(2, 0.6 * widest):
            continue
        texts = grid.row_texts(row)
        plain = [compact(text) for text in texts]
        if any(is_data_like(grid.rows[row][column]) for column in filled):
            return []
        if any(len(text) > 30 or text.endswith(":") for text in plain):
            continue
        if len(set(plain)) < len(plain) and not (row and len(grid.filled[row - 1]) > 1):
            continue
        if any(_CAPTION.search(text) for text in plain) or not any(grid.filled[row + 1 : row + 4]):
            continue
        return [_grown(grid, row, 0)]
    return []


# Columns


def _tables_of_block(grid: Grid, start: int, block: tuple[int, int], end: int, titles: list[TextLine]) -> list[Table]:
    top, bottom = block
    header_rows = tuple(row for row in range(top, bottom + 1) if grid.filled[row] or row == bottom)
    columns = _columns(grid, header_rows, end)
    number_rows: set[int] = set()
    first = bottom + 1
    number_rows.update(
        row
        for row in range(first, min(first + _DECORATED, end))
        if is_column_number_row(texts := grid.row_texts(row)) and (row == first or len(texts) >= _FEWEST_CELLS)
    )
    parts = _side_by_side(columns)
    if len(parts) == 1:
        return [Table(start, header_rows, first, end, columns, list(titles), set(), number_rows)]
    tables = []
    for band, part in enumerate(parts):
        caption = [TextLine(top, part[0].path[0])] if _has_caption(part) else []
        own = _uncaptioned(part)
        decorated = range(first, min(first + _DECORATED, end))
        numbers = {row for row in decorated if _numbers_columns(grid, row, part)}
        if first < end and _is_unit_row([text for one in part if (text := grid.text(first, one.index))]):
            own = [_with_unit(grid, first, one) for one in own]
            numbers.add(first)
        tables.append(Table(start, header_rows, first, end, own, titles + caption, set(), numbers, band))
    return tables


def _with_unit(grid: Grid, row: int, column: TableColumn) -> TableColumn:
    """The column with the unit that one of the tables side by side states below its header."""
    text = grid.text(row, column.index)
    return column if not text or _UNIT_MARK.match(compact(text)) else replace(column, path=(*column.path, text))


def _numbers_columns(grid: Grid, row: int, part: Sequence[TableColumn]) -> bool:
    """Whether a row numbers the columns of one of the tables side by side; the others may have records in it."""
    return is_column_number_row([text for column in part if (text := grid.text(row, column.index))])


def _columns(grid: Grid, header_rows: tuple[int, ...], end: int) -> list[TableColumn]:
    paths = _header_paths(grid, header_rows)
    used = {column for row in range(header_rows[-1] + 1, end) for column in grid.filled[row]}
    columns = []
    for column, path in enumerate(paths):
        if path:
            columns.append(TableColumn(column, path))
        elif column in used:
            columns.append(TableColumn(column, (_unnamed(column),), has_header=False))
    while columns and not columns[0].has_header and not columns[1:2]:
        columns.pop(0)
    return columns


def _unnamed(column: int) -> str:
    return f"（无表头{column_letters(column)}列）"


def _header_paths(grid: Grid, header_rows: tuple[int, ...]) -> list[tuple[str, ...]]:
    levels = [_spread(grid, row, header_rows) for row in header_rows]
    for level in range(len(header_rows) - 2, -1, -1):
        _end_groups(grid, levels, level, header_rows[level])
    if len(levels) > 1 and _is_unit_row(grid.row_texts(header_rows[-1])):
        levels[-1] = ["" if _UNIT_MARK.match(compact(text)) else text for text in levels[-1]]
    return [_path_of(levels, column) for column in range(grid.width)]


def _end_groups(grid: Grid, levels: list[list[str]], level: int, row: int) -> None:
    """End an unmerged group before the first column that means nothing below it and something by itself:
    累计到位资金 | | | over 合计 | 其中：省外 | 本月完成投资 | 备注.
    """
    ended = False
    for column in range(grid.width):
        if grid.text(row, column) or not levels[level][column]:
            ended = False
            continue
        ended = ended or _is_none_of_group(levels, level, column)
        if ended:
            levels[level][column] = ""


def _is_none_of_group(levels: list[list[str]], level: int, column: int) -> bool:
    own = _path_of(levels[level + 1 :], column)
    below_group = _path_of(levels[level:], column)
    alone = interpret_column(own, context=HeaderContext()) if own else None
    if alone is None or alone.field is None:
        return False
    below = interpret_column(below_group, context=HeaderContext())
    if below.field == alone.field and below.value_type.startswith("amount"):
        # 固定资产投资 right of 累计到位资金 is money of its own: the group says nothing of it, nor does its unit.
        group = interpret_column((levels[level][column],), context=HeaderContext())
        kind = next((one for one in _SCOPED_MONEY if (group.field or "").startswith(one)), None)
        return kind is not None and not (alone.field or "").startswith(kind)
    # A group that states a unit of money heads amounts.
    is_amount = below.value_type.startswith("amount")
    return below.field is None or (bool(unit_in_text(levels[level][column])) and not is_amount)


def _path_of(levels: Sequence[Sequence[str]], column: int) -> tuple[str, ...]:
    """The texts of a column from the top to the leaf, each once."""
    path: list[str] = []
    for level in levels:
        text = level[column]
        if text and (not path or path[-1] != text):
            path.append(text)
    return tuple(path)


def _spread(grid: Grid, row: int, header_rows: tuple[int, ...]) -> list[str]:
    """The texts of one header row by column, a group's text spread over its unmerged columns to the right."""
    texts = [grid.text(row, column) for column in range(grid.width)]
    if row == header_rows[-1]:
        return texts
    below = [later for later in header_rows if later > row]
    above = [earlier for earlier in header_rows if earlier < row]
    carried, own_leaf = "", False
    for column in range(grid.width):
        has_leaf = any(grid.rows[later][column] is not None for later in below)
        if texts[column]:
            # A group written again over its columns reaches no further.
            is_repeated = column > 0 and texts[column] == grid.text(row, column - 1)
            carried = texts[column]
            own_leaf = has_leaf and not is_repeated and not _spans_several(grid, row, column)
        elif carried and own_leaf and has_leaf and not _starts_group_above(grid, above, column):
            texts[column] = carried
        else:
            carried, own_leaf = "", False
    return texts


def _spans_several(grid: Grid, row: int, column: int) -> bool:
    area = grid.merge_at(row, column)
    return bool(area and area.right > area.left)


def _starts_group_above(grid: Grid, above: list[int], column: int) -> bool:
    return any(grid.rows[row][column] is not None for row in above)


def column_letters(column: int) -> str:
    """The spreadsheet letters of a 0-based column: 0 → A, 27 → AB."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _side_by_side(columns: list[TableColumn]) -> list[list[TableColumn]]:
    """Columns divided where a second table starts to the right of the first."""
    if not columns:
        return []
    starts = [0]
    for position in range(2, len(columns)):
        before = columns[starts[-1] : position]
        column = columns[position]
        leaf = segment(column.path[-1]).core
        gap = column.index - columns[position - 1].index > 1
        known_before = {segment(other.path[-1]).core for other in before if other.has_header}
        is_level = len(column.path) == 1 or gap or _is_under_another_caption(column, before)
        repeats = is_level and leaf in known_before and leaf in _COLUMN_START
        begins = is_level and leaf in _COLUMN_START and len(before) >= 2 and len(columns) - position >= 2
        if (gap and _mirrors(columns, starts[-1], position)) or (
            begins and (repeats or gap) and _repeats_or_apart(columns, starts[-1], position, gap)
        ):
            starts.append(position)
    ends = [*starts[1:], len(columns)]
    return [columns[start:stop] for start, stop in zip(starts, ends, strict=True)]


def _mirrors(columns: Sequence[TableColumn], start: int, position: int) -> bool:
    """Whether the columns behind an empty one repeat all headers of the table before it, whatever it begins with."""
    before = [segment(column.path[-1]).core for column in columns[start:position]]
    behind = [segment(column.path[-1]).core for column in columns[position : position + len(before)]]
    return len(before) >= _FEWEST_ROWS and before == behind


def _repeats_or_apart(columns: list[TableColumn], start: int, position: int, gap: bool) -> bool:
    if gap:
        return True
    head = [column.path[-1] for column in columns[start : start + 2]]
    return head == [column.path[-1] for column in columns[position : position + 2]]


def _has_caption(part: Sequence[TableColumn]) -> bool:
    """Whether all columns stand below one heading."""
    return len(part) > 1 and all(len(one.path) > 1 and one.path[0] == part[0].path[0] for one in part)


def _is_under_another_caption(column: TableColumn, before: Sequence[TableColumn]) -> bool:
    """签约项目 above 序号 | 项目名称 | 总投资, 开工项目 above the same beside it."""
    return _has_caption(before) and len(column.path) > 1 and column.path[0] != before[0].path[0]


def _uncaptioned(part: Sequence[TableColumn]) -> list[TableColumn]:
    """The columns without the heading over all of them: it says which projects are listed, not what a column is."""
    return [replace(one, path=one.path[1:]) for one in part] if _has_caption(part) else list(part)


def _joined_repeats(tables: list[Table]) -> list[Table]:
    """Tables whose header merely repeats the previous one's (a page break) become part of it."""
    joined: list[Table] = []
    for table in tables:
        previous = next((other for other in reversed(joined) if _same_header(other, table)), None)
        if previous is not None and previous.end_row == table.start_row:
            previous.repeated_headers.update(table.header_rows, previous.repeated_headers)
            previous.column_number_rows |= table.column_number_rows
            previous.end_row = table.end_row
            continue
        joined.append(table)
    return joined


def _same_header(one: Table, other: Table) -> bool:
    mine = [(column.index, column.path) for column in one.columns if column.has_header]
    theirs = [(column.index, column.path) for column in other.columns if column.has_header]
    # A page's header may leave out the row of units below the first one.
    return theirs in (mine, [(index, _without_unit(path)) for index, path in mine])


def _without_unit(path: tuple[str, ...]) -> tuple[str, ...]:
    return path[:-1] if len(path) > 1 and _UNIT_CELL.match(compact(path[-1])) else path


__all__ = [
    "SheetLayout",
    "Table",
    "TableColumn",
    "TextLine",
    "column_letters",
    "find_tables",
    "headerless",
    "is_period_header",
]
