"""Which rows of a sheet are headers: told by known wordings, or, where none is known, by their shape."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.formats.sheet import CellValue
from ingest.layout.grid import Grid, is_data_like, is_period_header
from ingest.layout.header_growth import NUMBERS, grown, holds_record
from ingest.layout.header_score import header_score, heads_names
from ingest.layout.header_wraps import TAILS
from ingest.layout.table_lines import is_caption, is_translated_row, is_unit
from ingest.rows.furniture import label_kind
from ingest.values.dates import parse_date
from ingest.values.printed import cell_text, compact, header_text, without_instruction

_KNOWN = 0.75
_ENDS_ALIKE = 0.6
_LONGEST_NAME = 16
_FEWEST_IN_LIST = 3
_FEWEST_KNOWN = 2
_FEWEST_LABELS = 4
_PAIR = 2
_NEAR = 4
_SENTENCE = re.compile("[，。；,;](?=.)|。$")
_TITLE_ENDS = frozenset(
    ["进度表", "进展表", "一览表", "统计表", "汇总表", "情况表", "明细表", "登记表", "调度表", "台账", "台帐"]
)
_DATED = re.compile("截[至止]|(?:19|20)[0-9]{2}年")
_BRACKETED = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")


def header_blocks(grid: Grid) -> list[tuple[int, int]]:
    """The header blocks of a sheet from above, each as its first and last row."""
    blocks: list[tuple[int, int]] = []
    row = 0
    while row < grid.height:
        if not _is_header_row(grid, row, first=not blocks) or (blocks and _lies_within_list(grid, row, blocks[-1])):
            row += 1
            continue
        floor = blocks[-1][1] + 1 if blocks else 0
        top, bottom = grown(grid, row, floor)
        if blocks:
            top = max(top, _top_of_repeat(grid, row, blocks[-1]))
            bottom = min(bottom, _bottom_of_repeat(grid, top, blocks[-1], bottom))
        blocks.append((top, bottom))
        row = bottom + 1
    return blocks or _block_by_shape(grid)


def _lies_within_list(grid: Grid, row: int, before: tuple[int, int]) -> bool:
    """Whether the numbers of a list go on from just above a row to just below it, or end there, and the row has none: a
    line cut off a record (项目 | 施工 | 公司), and no header.
    """
    numbers = next(
        (at for one in range(before[0], before[1] + 1) for at in grid.filled[one] if grid.text(one, at) in NUMBERS),
        None,
    )
    if numbers is None or grid.rows[row][numbers] is not None:
        return False
    if any(
        grid.text(row, column) == grid.text(one, column)
        for column in grid.filled[row]
        for one in range(before[0], before[1] + 1)
    ):
        # 项目名称 in the column of names: a header whose 序号 was left out.
        return False
    # The header of a page may stand within the record as well.
    above = range(row - 1, max(-1, row - 1 - _NEAR), -1)
    below = range(row + 1, min(grid.height, row + 1 + _NEAR))
    told = [
        next((text for at in rows if (text := grid.text(at, numbers)) and text not in NUMBERS), "")
        for rows in (above, below)
    ]
    if not told[0].isdecimal():
        return False
    return (told[1].isdecimal() and int(told[1]) == int(told[0]) + 1) or not any(_is_record(grid, at) for at in below)


def _is_record(grid: Grid, row: int) -> bool:
    """Whether a row of several cells is neither a total nor a note."""
    return len(grid.filled[row]) > 1 and label_kind(grid.row_texts(row)[0]) is None


def _top_of_repeat(grid: Grid, row: int, before: tuple[int, int]) -> int:
    """Where a header at the earliest begins that repeats the one before it: what stands above its words there (进展情况 | a
    text, below the last record) is no part of it.
    """
    top, bottom = before
    texts = grid.row_texts(row)
    same = next(
        (at for at in range(top, bottom + 1) if grid.filled[at] == grid.filled[row] and grid.row_texts(at) == texts),
        None,
    )
    return 0 if same is None else row - (same - top)


def _bottom_of_repeat(grid: Grid, top: int, before: tuple[int, int], bottom: int) -> int:
    """Where a header ends that repeats the whole of the one before it: the rest of a record that a page's end cut in two
    stands below it, texts only.
    """
    rows = range(before[0], before[1] + 1)
    last = top + len(rows) - 1
    is_repeated = last < grid.height and all(
        grid.filled[top + at] == grid.filled[row] and grid.row_texts(top + at) == grid.row_texts(row)
        for at, row in enumerate(rows)
    )
    return last if is_repeated else bottom


def _is_header_row(grid: Grid, row: int, *, first: bool) -> bool:
    if _holds_figures(grid, row) or _belongs_to_record(grid, row) or (not first and _leaves_record_open(grid, row)):
        return False
    values = [grid.rows[row][column] for column in grid.filled[row]]
    texts = [without_instruction(header_text(value)) for value in values]
    if not first and TAILS.issuperset(texts):
        return False
    if (is_translated_row(texts) and _is_said_in_chinese_beside(grid, row)) or not _could_be_names(values, texts):
        return False
    # A bare month may as well be a date below a header: it speaks neither for nor against.
    # A group written again over its columns counts once.
    words = [text for text in dict.fromkeys(texts) if not is_period_header(text)]
    known = sum(1 for text in words if len(text) <= 40 and header_score(text) >= _KNOWN)
    if (not first or known >= _FEWEST_KNOWN) and _begins_numbered_list(grid, row, texts):
        return True
    if not _knows_enough(words, known, texts, first=first):
        return False
    if not first and _tells_more_of_record(grid, row, texts, unknown=len(words) - known):
        return False
    return not _labels_a_line(grid, row, texts, is_known=known == len(words))


def _holds_figures(grid: Grid, row: int) -> bool:
    """Whether a row is data by the types of its cells, or has too few of them to be looked at."""
    filled, cells = grid.filled[row], grid.rows[row]
    return len(filled) < 2 or any(type(value := cells[column]) is not str and is_data_like(value) for column in filled)


def _could_be_names(values: Sequence[CellValue], texts: Sequence[str]) -> bool:
    """Whether the texts differ, are short, and few are figures and dates as text, as in CSV: most rows go without a look at
    their words.
    """
    if len(set(texts)) == 1 or sum(map(len, texts)) > 30 * len(texts):
        return False
    return sum(1 for value in values if is_data_like(value)) * 5 <= len(values)


def _knows_enough(words: Sequence[str], known: int, texts: Sequence[str], *, first: bool) -> bool:
    """Whether enough of a row's words are wordings; a sheet's first header needs fewer than one below another."""
    if first and known and _names_by_endings(words):
        return True
    periods = sum(1 for text in texts if is_period_header(text))
    if known < (0.34 if first else 0.5) * len(words) or known < (1 if first and periods > 1 else 2):
        return False
    few = 2 if first or any(map(heads_names, words)) else 3
    return known >= few or known == len(words)


def _tells_more_of_record(grid: Grid, row: int, texts: Sequence[str], *, unknown: int) -> bool:
    """Whether a row below a header, of whose words `unknown` are no wordings, goes on with the record above it."""
    if unknown and _goes_on(grid, row):
        # 甲项目 | 项目备案 | 发改局 | 已办结: words of states.
        return True
    if unknown > 1 and any(_is_day(grid.rows[row][column]) for column in grid.filled[row]):
        return True
    if 2 * sum(1 for text in texts if _SENTENCE.search(_BRACKETED.sub("", text))) >= len(texts):
        # 进展 | 已签订合同，正在注册公司
        return True
    # 进展 | 已完成项目备案 between records of six cells.
    return len(texts) == _PAIR and _record_follows(grid, row)


def _labels_a_line(grid: Grid, row: int, texts: Sequence[str], *, is_known: bool) -> bool:
    """Whether a row is a line of labels and values, of captions (`填报单位： … 填报时间：`), or a title in several cells (招商引资 |
    项目 | 进度表).
    """
    labelled = sum(1 for text in texts if text.endswith(("：", ":")) or label_kind(text) == "signature")
    if labelled * 2 >= len(texts) and not (
        (is_known and _numbers_records(grid, row)) or _labels_records(grid, row, texts)
    ):
        return True
    if _is_line_of_pairs(grid, row) or texts[-1] in _TITLE_ENDS:
        return True
    return sum(1 for text in texts if is_caption(text) and not _names_figure_of_time(text)) * 2 > len(texts)


def _is_said_in_chinese_beside(grid: Grid, row: int) -> bool:
    """Whether a row in English stands right above or below the header in Chinese, blank rows aside: it names nothing that
    this does not.
    """
    near = (range(row - 1, max(-1, row - 1 - _NEAR), -1), range(row + 1, min(grid.height, row + 1 + _NEAR)))
    beside = (next((at for at in rows if grid.filled[at]), None) for rows in near)
    return any(at is not None and _heads_in_chinese(grid, at, len(grid.filled[row])) for at in beside)


def _heads_in_chinese(grid: Grid, row: int, width: int) -> bool:
    texts = grid.row_texts(row)
    known = sum(1 for text in texts if not text.isascii() and header_score(text) >= _KNOWN)
    return len(texts) * 2 >= width and known * 2 >= len(texts)


def _is_line_of_pairs(grid: Grid, row: int) -> bool:
    """填报单位 | 东山镇 | 填报日期 | 2026年8月25日 | 单位 | 万元: captions and what they say by turns, in cells of their own.

    县区名称 | 清源县 | 填报单位 | 县商务局 is one where the line below it is.
    """
    values = [grid.rows[row][column] for column in grid.filled[row]]
    texts = [without_instruction(header_text(value)) for value in values]
    if len(texts) < 2 * _PAIR or len(texts) % 2 or not any(map(is_caption, texts[::2])):
        return False
    labels = all(is_caption(text) or header_score(text) >= _KNOWN or text.endswith("单位") for text in texts[::2])
    # 招商中心 reads like a header, and may be who fills in.
    told = sum(header_score(text) >= _KNOWN for text in texts[1::2]) * 4 < len(texts)
    if not labels or not told:
        return False
    if any(is_data_like(value) or is_unit(cell_text(value)) for value in values[1::2]):
        return True
    below = row + 1
    return below < grid.height and grid.filled[below] == grid.filled[row] and _is_line_of_pairs(grid, below)


def _names_figure_of_time(text: str) -> bool:
    """2025年计划投资, 截至8月底累计到位资金: dated as captions are, and the names of columns."""
    return _DATED.match(text) is not None and header_score(text) >= _KNOWN


def _record_follows(grid: Grid, row: int) -> bool:
    """Whether a row of figures and texts stands directly below and above, far fuller than the row itself."""
    return all(
        0 <= other < grid.height
        and len(grid.filled[other]) > 2 * _PAIR
        and any(is_data_like(grid.rows[other][column]) for column in grid.filled[other])
        for other in (row - 1, row + 1)
    )


def _names_by_endings(words: Sequence[str]) -> bool:
    """项目名称 | 要素类别 | 需求内容 | 需求时间 | 保障单位: one known wording, and most others end as names of columns do."""
    likely = sum(1 for text in words if len(text) <= _LONGEST_NAME and header_score(text) >= _ENDS_ALIKE)
    return len(words) > _FEWEST_IN_LIST and likely * 3 >= 2 * len(words)


def _begins_numbered_list(grid: Grid, row: int, texts: list[str]) -> bool:
    """Whether a row below a list heads another one, whatever its words: 序号 | 反馈单位 | 反馈意见 above 1 | 县商务局 | …; 序号： too."""
    lead = compact(texts[0]).rstrip(":：")
    is_list = len(texts) >= _FEWEST_IN_LIST and lead in NUMBERS and _numbers_records(grid, row)
    return is_list and not any(is_data_like(grid.rows[row][column]) for column in grid.filled[row])


def _goes_on(grid: Grid, row: int) -> bool:
    """Whether a row without a known wording in front stands right below a row of several cells: no table begins there."""
    filled = grid.filled[row]
    lead = header_text(grid.rows[row][filled[0]])
    return row > 0 and len(grid.filled[row - 1]) > 1 and not header_score(lead)


def _belongs_to_record(grid: Grid, row: int) -> bool:
    """Whether a record above reaches down to a row by its merged cells: 立项备案 | 已办结 beside it is no header."""
    if not grid.merges:
        return False
    areas = (grid.merge_at(row, column) for column in range(grid.width))
    tops = {area.top for area in areas if area is not None and area.top < row}
    return any(holds_record(grid, top) for top in tops)


def _leaves_record_open(grid: Grid, row: int) -> bool:
    """Whether most columns of the record directly below a row are none of its own: a step of the record above
    (用地审批 | 已办结) heads nothing.
    """
    below = row + 1
    if below >= grid.height or not holds_record(grid, below):
        return False
    named = {at for column in grid.filled[row] for at in range(column, column + grid.span(row, column))}
    return len(named.intersection(grid.filled[below])) * 2 < len(grid.filled[below])


def _numbers_records(grid: Grid, row: int) -> bool:
    """Whether the first record stands below, numbered 1: 序号： | 项目名称： | 投资方： heads a list for all its colons."""
    lead, below = grid.filled[row][0], row + 1
    if below >= grid.height or len(grid.filled[below]) * 2 < len(grid.filled[row]):
        return False
    return cell_text(grid.rows[below][lead]) == "1"


def _labels_records(grid: Grid, row: int, texts: Sequence[str]) -> bool:
    """序号： | 项目名称： | 投资方： | … over records: every label has the next beside it, and what stands below is none."""
    filled = grid.filled[row]
    side_by_side = filled[-1] - filled[0] + 1 == len(filled) >= _FEWEST_LABELS
    if not side_by_side or not all(text.endswith(("：", ":")) for text in texts):
        return False
    below = [at for at in range(row + 1, min(row + 3, grid.height)) if len(grid.filled[at]) * 2 >= len(filled)]
    labels = (text for at in below for text in grid.row_texts(at) if text.endswith(("：", ":")))
    return len(below) == len(range(row + 1, row + 3)) and next(labels, None) is None


def _is_day(value: CellValue) -> bool:
    return isinstance(value, str) and is_data_like(value) and parse_date(value).precision == "day"


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
        # 填报人 may be a column's.
        if sum(1 for text in plain if is_caption(text)) * 3 > len(plain) or not any(grid.filled[row + 1 : row + 4]):
            continue
        return [grown(grid, row, 0)]
    return []
