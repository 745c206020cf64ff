"""Rows that no label and no heading explains: records, what continues them, nil returns, blank form lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.formats.sheet import CellValue
from ingest.layout.grid import is_data_like
from ingest.layout.table_rows import TableRows, is_data_like_number
from ingest.rows.furniture import (
    group_label,
    is_comparison,
    is_count,
    is_dressed_heading,
    is_page_number,
    label_kind,
    plain_group_text,
    says_nothing,
)
from ingest.rows.row_types import RowFindings
from ingest.values.cell_values import is_placeholder
from ingest.values.printed import cell_text, compact

_LONGEST_COMPARISON = 14
_LONGEST_LEAF = 12
_COUNTS = re.compile(
    r"(?:截至目前|今年|本[年月]|累计|已|共|新增?)*(?:在谈|洽谈|签约|开工|在建|竣工|投产|落地|引进)?(?:项目)?\d{1,4}[个项家](?:项目|企业)?"
)
_LEFT_OUT = frozenset("xX×ＸｘⅩ*＊〇○_")
_UNFILLED = re.compile(r"\(?(?:[x×*〇○_]{2,}.{0,6}|(?:招商|重点|签约|开工)?项目名称)\)?:?")
_IN_BRACKETS = re.compile(r"\([^()]*[,;。、][^()]*\)")
_BETWEEN_PAGES = frozenset({"header", "column_numbers", "blank", "title"})
_SUMS = frozenset({"total", "subtotal", "average"})


def is_plain_data(rows: TableRows, row: int, cells: list[int]) -> bool:
    """The common case, decided quickly: a printed number, a name, and more."""
    if rows.name is None or len(cells) < 3:
        return False
    values = rows.values[row]
    name = values[rows.name]
    if type(name) is not str or label_kind(name) is not None or is_placeholder(name):
        return False
    if (name[0].isdigit() and is_count(name)) or (name[-1] in "个项家目业" and _COUNTS.fullmatch(name)):
        return False
    if len(name) == 1 or name[-1] == "计" or (len(name) <= _LONGEST_COMPARISON and is_comparison(name)):
        return False
    if rows.sequence is None:
        if len(name) <= _LONGEST_LEAF and compact(name) == rows.leaves.get(rows.name):
            return False
        return len(cells) >= 4 and group_label(name) is None and label_kind(cell_text(values[cells[0]])) is None
    number = values[rows.sequence]
    return (
        (type(number) is int or (type(number) is str and number.isdecimal()))
        and cells[0] >= min(rows.sequence, cells[0])
        and (cells[0] == rows.sequence or label_kind(cell_text(values[cells[0]])) is None)
    )


def is_unfilled(rows: TableRows, row: int, cells: list[int]) -> bool:
    """Whether a row only shows what to write: 1 | 项目名称, ××项目 | ××公司."""
    if rows.kind != "project" or rows.name is None:
        return False
    name = rows.values[row][rows.name]
    if type(name) is not str or not (name.lstrip("(（")[:1] in _LEFT_OUT or "名称" in name):
        return False
    others = [rows.values[row][c] for c in cells if c not in (rows.sequence, rows.name)]
    return _UNFILLED.fullmatch(compact(name)) is not None and all(
        is_placeholder(value) or _UNFILLED.fullmatch(compact(cell_text(value))) for value in others
    )


def data_role(rows: TableRows, found: RowFindings, row: int, cells: list[int]) -> str:
    """The role of a row that is neither furniture nor a heading."""
    values = rows.values[row]
    named = [c for c in rows.identity if values[c] is not None and not is_placeholder(values[c])]
    if named:
        texts = (rows.name_text(row), cell_text(values[cells[0]]))
        if rows.kind == "project" and not rows.is_numbered(row) and any(map(_names_nothing, texts)):
            # 补充资料： | 本月新增项目（个） | 2, 截至目前 | 已签约2个 | 总投资2亿元
            return "note"
        if rows.kind == "project" and len(cells) == 1 and _IN_BRACKETS.fullmatch(compact(texts[0])):
            # （占地50亩，新建厂房） below a record
            return "note"
        found.in_notes = False
        is_nil = rows.kind == "project" and says_nothing(cell_text(values[named[0]]))
        # 石桥镇 | 本月无新签约项目: a place beside it is no record either.
        return "nil" if is_nil and rows.details(row, cells) <= 1 and not rows.states_figures(row) else "data"
    rest = [c for c in cells if c != rows.sequence and not is_placeholder(values[c])]
    if not rest:
        # A row that only has its printed number is a blank form line.
        return "template"
    if rows.kind == "project" and _says_none(rows, values, rest):
        return "nil"
    if _continues(rows, found, row, cells):
        return "continuation"
    if rows.kind != "project" and any(rows.grid.merge_at(row, column) for column in rows.identity):
        return "data"
    if all(not cell_text(values[c]).strip("0.") for c in rest):
        return "template"
    if all(c in rows.figures or is_data_like_number(values[c]) for c in rest):
        return "unlabelled"
    if rows.kind == "project" and (rows.sequence is None or values[rows.sequence] is None):
        words = [c for c in rest if c not in rows.figures and not is_data_like_number(values[c])]
        if len(words) == 1 and isinstance(values[words[0]], str):
            found.unnamed[row] = words[0]
    return "data"


def _names_nothing(text: str) -> bool:
    plain = compact(text)
    return plain.endswith((":", "%", "(%)", "‰", "(‰)")) or _COUNTS.fullmatch(plain) is not None


def _says_none(rows: TableRows, values: list[CellValue], rest: Sequence[int]) -> bool:
    """`清丰县 | 无 | 0`: nothing to report, at most a place beside it."""
    if rows.name is None or values[rows.name] is None:
        return False
    words = [c for c in rest if c not in rows.figures]
    return len(words) <= 1 and all(not cell_text(values[c]).strip("0.") for c in rest if c in rows.figures)


def _continues(rows: TableRows, found: RowFindings, row: int, cells: Sequence[int]) -> bool:
    """Whether a row belongs to a record above it; notes which."""
    continuations = found.result.continuations
    record = record_above(rows, found, row)
    if record is not None and _continues_text(rows, found, row, cells, record):
        continuations[row] = record
        if found.roles.get(row - 1) not in {"data", "continuation"}:
            # The page ends within the text.
            found.result.wrapped.add(row)
    elif _continues_figures(rows, found, row, cells):
        continuations[row] = continuations.get(row - 1, row - 1)
    elif row in rows.merged_tops:
        continuations[row] = rows.merged_tops[row]
    else:
        return False
    return True


def record_above(rows: TableRows, found: RowFindings, row: int) -> int | None:
    """The record directly above a row; the end of a page, the number on it and the next one's header part the two no more
    than the paper does.
    """
    above, is_next_page = row - 1, False
    while (role := found.roles.get(above)) in _BETWEEN_PAGES or (role == "note" and _numbers_a_page(rows, above)):
        is_next_page = is_next_page or role == "header"
        above -= 1
    if role not in {"data", "continuation"} or (above != row - 1 and not is_next_page):
        return None
    return found.result.continuations.get(above, above)


def _numbers_a_page(rows: TableRows, row: int) -> bool:
    cells = rows.cells(row)
    return len(cells) == 1 and is_page_number(cell_text(rows.values[row][cells[0]]))


def goes_on_in_merged_record(rows: TableRows, found: RowFindings, row: int, cells: Sequence[int]) -> bool:
    """A text beside a name that is merged over this line too (a cell of several paragraphs, pasted from Word) is told of
    that record, however it is dressed: `2.配套建设办公楼；` is no note.
    """
    top = rows.merged_tops.get(row)
    if top is None or found.roles.get(top) != "data" or any(column in rows.figures for column in cells):
        return False
    texts = [value for column in cells if _is_text(value := rows.values[row][column])]
    below_texts = all(_is_text(rows.values[top][column]) for column in cells)
    return len(texts) == len(cells) and below_texts and not any(label_kind(cell_text(text)) in _SUMS for text in texts)


def _continues_text(rows: TableRows, found: RowFindings, row: int, cells: Sequence[int], record: int) -> bool:
    """A lone text right of the names, directly below a record: the rest of that record's cell. Where records have their
    printed numbers, also several texts without one, each below a text of the record, and what stands beside them in
    columns of no field (乙公司 | 40% below 甲公司 | 60%).
    """
    if rows.kind != "project" or rows.name is None or any(column in rows.figures for column in cells):
        return False
    if len(cells) == 1:
        is_below_text = found.roles.get(row - 1) in {"data", "continuation"} or _is_text(rows.values[record][cells[0]])
        is_heading = heads_others(rows, cell_text(rows.values[row][cells[0]]))
        return cells[0] > rows.name and is_below_text and not is_heading
    texts = [c for c in cells if _is_text(rows.values[row][c]) and _is_text(rows.values[record][c])]
    others = [c for c in cells if c not in texts]
    is_told = all(c in rows.unmapped and rows.values[record][c] is not None for c in others)
    return rows.is_numbered(record) and bool(texts) and is_told


def heads_others(rows: TableRows, text: str) -> bool:
    """Whether a lone text is a heading in the wrong column (▲ 柳林镇, ★已投产项目★); 已开工建设 may go on with a note."""
    if is_dressed_heading(text):
        return True
    plain = plain_group_text(text)
    return rows.is_heading(text) and (plain.endswith("项目") or not compact(text).startswith(plain))


def _continues_figures(rows: TableRows, found: RowFindings, row: int, cells: Sequence[int]) -> bool:
    """Where records have their printed numbers, a row without number and name that tells few of the record's columns
    anew, figures among them (`省内 | 50` below `甲项目 | 5000 | 省外 | 100`): the record holds several values. Figures
    alone may be a total.
    """
    if rows.kind != "project" or found.roles.get(row - 1) not in {"data", "continuation"}:
        return False
    record = found.result.continuations.get(row - 1, row - 1)
    told = set(rows.cells(record))
    told_anew = [column for column in cells if column in rows.figures]
    return (
        rows.is_numbered(record)
        and not rows.is_numbered(row)
        and 0 < len(told_anew) < len(cells)
        and told.issuperset(cells)
        and len(cells) * 2 <= len(told)
    )


def _is_text(value: CellValue) -> bool:
    return isinstance(value, str) and not is_data_like(value)
