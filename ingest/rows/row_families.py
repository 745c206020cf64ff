"""Parent and child rows, of which one side counts.

Of a numbered parent (`1`) and its children (`1.1`, `1.2`) the rows that say who invests, when and who answers count:
children, unless only the parent carries such cells, or the children are mere phases (`一期工程`, `其中：冷库`) of a parent that is
described as they are; then the children are parts of it, as phases without a number are. A parent told by indentation
only becomes a group row where its amounts are the sums of its children, unless they tell at most half of what it does.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.formats.sheet import CellValue
from ingest.layout.table_rows import TableRows, is_child_of
from ingest.rows.furniture import plain_group_text, stated_count
from ingest.rows.row_types import PARENT_LEVEL, GroupRow, RowFindings
from ingest.values.printed import compact

_DECIMAL = re.compile(r"\d{1,3}(?:\.\d{1,3})*")
# Two dots: 1.1.1 is a record's number where 1.1 is a heading's.
_DEEP = 2
_PHASE = re.compile(
    r"(?:其中:?)?(?:\d{1,3}(?:[.\-]\d{1,3})+[、.]?|\(\d{1,2}\))?(?:第?[一二三四五六1-6]期|首期|第?[一二三四五六1-6]标段)(?:工程|项目|建设)?"
)

_OF_WHICH = re.compile("其中:?.")
_MONTH = re.compile("(?:20[0-9]{2}年)?(?:(?:1[0-2]|0?[1-9])月份?|第?[一二三四1-4]季度|[上下]半年)")
# —— 一标段, └ 厂房: drawn below the project that they belong to.
_DASHED = re.compile("(?:[—–―─-]{1,3}|[└├┗┣][─━]*)(?=[一-鿿])")


def settle_phases(rows: TableRows, found: RowFindings) -> None:
    """Phases without a number of their own that tell little but figures (`一期工程 | 2000`), directly below a numbered and
    described project, or below its 其中：一期: parts of it, as numbered ones are.
    """
    if rows.kind != "project" or rows.name is None or rows.sequence is None:
        return
    whole: int | None = None
    parts: list[int] = []
    last: int | None = None
    for row in [*found.with_role("data", "of_which"), -1]:
        follows = whole is not None and last == row - 1
        last = row
        if follows and found.roles.get(row) == "of_which":
            continue
        has_number = row >= 0 and bool(rows.number_text(row))  # most rows have one, and end what stands above
        if follows and whole is not None and not has_number:
            if _is_month_of(rows, row, whole):
                found.make_part(row)
                continue
            if _is_phase_without_number(rows, row):
                parts.append(row)
                continue
        if whole is not None and parts:
            own = rows.details(whole, rows.cells(whole))
            if own and 2 * max(rows.details(part, rows.cells(part)) for part in parts) <= own:
                for part in parts:
                    found.make_part(part)
        whole, parts = (row if has_number else None), []


def _is_phase_without_number(rows: TableRows, row: int) -> bool:
    name = compact(rows.name_text(row))
    return bool(_DASHED.match(name)) or (is_phase(name) and rows.states_figures(row))


def _is_month_of(rows: TableRows, row: int, whole: int) -> bool:
    """7月 | 100 below a project that states what the months bring: what it did in a time, and no project."""
    return _MONTH.fullmatch(compact(rows.name_text(row))) is not None and rows.states_figures(whole)


def is_phase(name: str) -> bool:
    """Whether a row is called only by the phase that it is: 一期, 1.2 第二期工程, 其中：一标段."""
    return _PHASE.fullmatch(compact(name)) is not None


def settle_numbered(rows: TableRows, found: RowFindings) -> None:
    """Parents and children by their printed numbers."""
    if rows.sequence is None or rows.name is None:
        return
    data = found.with_role("data")
    if all(type(rows.values[row][rows.sequence]) is int for row in data):
        return
    borders = set(found.headings) | set(found.with_role("total", "subtotal"))
    parent: int | None = None
    children: list[int] = []
    for row in [*data, -1]:
        number = rows.number_text(row) if row >= 0 else ""
        if parent is not None and not children and row > parent and borders.intersection(range(parent, row)):
            # Below another heading numbers begin again: (1) there is no child of the last record here.
            parent = None
        if parent is not None and is_child_of(number, rows.number_text(parent)) and (children or _is_first(number)):
            children.append(row)
            continue
        if parent is not None and children:
            _settle_family(rows, found, parent, children)
        parent, children = (row if number.isdecimal() else None), []


def settle_decimal(rows: TableRows, found: RowFindings) -> None:
    """Names numbered `1`, `1.1` above records numbered `1.1.1` head them, where nothing describes a project there."""
    if rows.kind != "project" or rows.sequence is None or rows.name is None:
        return
    data = found.with_role("data")
    numbers = {row: rows.number_text(row).rstrip(".、") for row in data}
    if not any(number.count(".") >= _DEEP and _DECIMAL.fullmatch(number) for number in numbers.values()):
        return
    for row, below in pairwise(data):
        own = numbers[row]
        heads = _DECIMAL.fullmatch(own) and numbers[below].startswith(f"{own}.")
        if heads and rows.name_text(row) and not rows.details(row, rows.cells(row)):
            found.make_group(heading_of(rows, row, own.count(".") + 1))


def _is_first(number: str) -> bool:
    """Whether children may begin with a number: after 4 comes (5), a record like 4 that is written in another way."""
    return number.strip("()").rpartition(".")[2].rpartition("-")[2] in {"0", "1"} or not number.startswith("(")


def _settle_family(rows: TableRows, found: RowFindings, parent: int, children: list[int]) -> None:
    own = rows.details(parent, rows.cells(parent))
    theirs = max(rows.details(row, rows.cells(row)) for row in children)
    # 1.1 其中：冷库 says itself that it is a part.
    are_parts = _OF_WHICH.match(compact(rows.name_text(children[0]))) is not None
    are_parts = are_parts or all(is_phase(rows.name_text(row)) for row in children)
    if theirs * 2 <= own or (are_parts and own and own * 2 >= theirs):
        for row in children:
            found.roles[row] = "part"
        return
    found.make_group(heading_of(rows, parent, PARENT_LEVEL))


def settle_indented(rows: TableRows, found: RowFindings) -> None:
    """A name above deeper indented ones is a heading where all its figures are the sums of theirs."""
    if rows.kind != "project" or rows.name is None:
        return
    data = found.with_role("data")
    if not rows.grid.sheet.indents and not any(_starts_blank(rows.values[row][rows.name]) for row in data):
        return
    depths = {row: rows.indent(row) for row in data}
    if len(set(depths.values())) < 2:
        return
    for position, row in enumerate(data):
        children: list[int] = []
        for other in data[position + 1 :]:
            if depths[other] <= depths[row]:
                break
            if not children or depths[other] == depths[children[0]]:
                children.append(other)
        if not rows.is_sum(row, children) or not rows.adds_several(row, children):
            continue
        own, theirs = (max(rows.details(one, rows.cells(one)) for one in family) for family in ([row], children))
        if own and 2 * theirs <= own:
            for child in children:
                found.make_part(child)
        else:
            found.make_group(heading_of(rows, row, PARENT_LEVEL))


def heading_of(rows: TableRows, row: int, level: int) -> GroupRow:
    """The heading that a row is by its name."""
    text = rows.name_text(row)
    return GroupRow(row, level, plain_group_text(text), text, stated_count(text))


def _starts_blank(value: CellValue) -> bool:
    return isinstance(value, str) and value[0].isspace()
