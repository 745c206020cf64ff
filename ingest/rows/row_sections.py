"""Which headings stand above each record, and where a section ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.layout.table_rows import TableRows
from ingest.rows.furniture import group_label, plain_group_text, stated_count
from ingest.rows.group_fields import kind_of_heading
from ingest.rows.heading_numbers import heading_number
from ingest.rows.heading_owners import owners_of
from ingest.rows.row_types import PARENT_LEVEL, UNNUMBERED_LEVEL, GroupRow, RowFindings, RowRoles
from ingest.values.printed import compact

_LONGEST_HEADING = 8
_BETWEEN = 0.5
# 单位：万元, 2026年5月: above a header these head nothing.
_STATES = re.compile("[:：0-9０-９]|万元|亿元")
_REGION = re.compile("[一-鿿]{1,6}[县区市旗]")
_HAN = "一二三四五六七八九十"
_FIRST = frozenset({"", "1", "(1", "一", "(一"})
_NUMBER = re.compile(r"\(?(?:\d{1,3}|[一二三四五六七八九十]+|[a-z]|[甲乙丙丁戊己庚辛]|第.{1,3}[类批章部])")


def with_sections(rows: TableRows, found: RowFindings) -> RowRoles:
    """The roles with the records in order, each below its headings."""
    stack = _heading_above(rows, found)
    filled, is_next = False, bool(stack)
    ended: GroupRow | None = None
    result = found.result
    ordered = sorted(result.roles)
    for position, row in enumerate(ordered):
        role = result.roles[row]
        if role == "group":
            group = _placed(found, found.headings[row], ordered[position + 1 :], _between(stack, is_next=is_next))
            is_like_ended = ended is not None and (ended.level, _says(ended)) == (group.level, _says(group))
            if not _goes_on(stack, group, ended) and not _begins_run(stack, group, is_next=is_next):
                _close(stack, group, is_next=is_next, is_like_ended=is_like_ended)
            stack.append(group)
            filled, is_next = False, True
            result.group_rows.append(group)
            continue
        is_next = is_next and role in {"blank", "subtotal", "total", "header", "column_numbers"}
        if role in {"subtotal", "total"} and stack and filled:
            # What follows the sum of a group is no longer part of it.
            ended = stack.pop()
            filled = False
        elif role in {"data", "bad", "unlabelled"}:
            if stack and stack[-1].level == PARENT_LEVEL and not _is_child_row(rows, row, stack[-1].row):
                stack.pop()
            filled, ended = True, None
            result.data.append(row)
            result.groups.append(tuple(stack))
    return result


def _goes_on(stack: list[GroupRow], group: GroupRow, ended: GroupRow | None) -> bool:
    """Whether the heading has the number behind that of one above it, written in the same way: it takes that one's place,
    whatever stands within that (I、 > 一、, 二、 > II、). `ended` is the heading whose sum stands above.
    """
    own = heading_number(group.text)
    if own is None:
        return False
    before = own._replace(number=own.number - 1)
    if ended is not None and heading_number(ended.text) == before:
        return True
    for at in range(len(stack) - 1, -1, -1):
        if heading_number(stack[at].text) == before:
            del stack[at:]
            return True
    return False


def _begins_run(stack: Sequence[GroupRow], group: GroupRow, *, is_next: bool) -> bool:
    """Whether a heading directly below another begins a run within it: a first number, written as none above it is, before
    another kind of thing (（一）柳林镇 > 壹、签约项目).
    """
    own = heading_number(group.text)
    if own is None or own.number != 1 or not is_next or not stack or _says(stack[-1]) == _says(group):
        return False
    dresses = {number.dress for above in stack if (number := heading_number(above.text)) is not None}
    return len(dresses) == len(stack) and own.dress not in dresses


def _close(stack: list[GroupRow], group: GroupRow, *, is_next: bool, is_like_ended: bool) -> None:
    """Take the headings off the stack that end where `group` begins.

    `is_next`: nothing stands between it and the heading above. `is_like_ended`: it says the same kind of thing as the
    heading whose sum stands above, and so takes its place. Of headings without numbers one directly below another
    is within it (签约项目, 装备制造), and ends where one that says the same kind of thing begins. So are numbers that
    begin again (2、签约项目, 1.装备制造). No town lies in another, however the two are numbered.
    """
    town = next((at for at, above in enumerate(stack) if _says(above) == _says(group) == "town_name"), len(stack))
    del stack[town:]
    within = bool(stack) and (is_like_ended or _begins_within(group, stack[-1], is_next=is_next))
    while stack and stack[-1].level >= group.level:
        if within and stack[-1].level == group.level and _says(stack[-1]) != _says(group):
            return
        above = stack.pop()
        within = bool(stack) and above.level == stack[-1].level and not _ends_outer(stack, above, group)


def _begins_within(group: GroupRow, above: GroupRow, *, is_next: bool) -> bool:
    """Whether a heading may stand within the one above it by its number: none, the first one, or one in another dress."""
    number, other = _number(group), _number(above)
    if is_next and (number in _FIRST or number == other):
        return True
    return bool(number and other) and _dress(group, number) != _dress(above, other) and not _follows(number, other)


def _follows(number: str, other: str) -> bool:
    """Whether a number is the next one (also where sloppy hands write `1、` and `2.`)."""
    one, two = (
        _HAN.find(text[-1]) + 1 or (int(text.strip("(")) if text.strip("(").isdecimal() else 0)
        for text in (number, other)
    )
    return one == two + 1


def _dress(group: GroupRow, number: str) -> str:
    """What stands behind a heading's number: `、` or `.`."""
    return compact(group.text)[len(number) : len(number) + 1] if number else ""


def _number(group: GroupRow) -> str:
    """The number before a heading, empty where it has none."""
    found = _NUMBER.match(compact(group.text)) if group.level != UNNUMBERED_LEVEL else None
    return found[0] if found else ""


def _ends_outer(stack: list[GroupRow], inner: GroupRow, group: GroupRow) -> bool:
    """Whether the heading that `inner` stands in ends with it."""
    return _says(inner) != _says(group) and any(_says(outer) == _says(group) for outer in stack)


def _says(group: GroupRow) -> str | None:
    return kind_of_heading(group.label)


def _heading_above(rows: TableRows, found: RowFindings) -> list[GroupRow]:
    """A heading directly above the header (`二、在建项目`, below a title also `龙湖镇（2个）`) heads the table's rows.

    So does `城关镇` where headings of the table say the same of their rows (`河西镇`: the town).
    """
    titles = rows.table.titles
    if not titles:
        return []
    line = titles[-1]
    if line.row in rows.table.header_rows:
        # 工业项目 over one of several lists side by side.
        return [
            GroupRow(
                line.row, UNNUMBERED_LEVEL, plain_group_text(line.text), line.text.strip(), stated_count(line.text)
            )
        ]
    if _owns_as_headings_do(line.text, found):
        return [GroupRow(line.row, UNNUMBERED_LEVEL, plain_group_text(line.text), line.text.strip())]
    if kind_of_heading(compact(line.text)) == "town_name" and not _STATES.search(line.text):
        # 城关镇 and nothing else, right above the header: as a sheet of that name it lists the town's projects.
        return [GroupRow(line.row, UNNUMBERED_LEVEL, plain_group_text(line.text), line.text.strip())]
    label = group_label(line.text)
    count, plain = stated_count(line.text), plain_group_text(line.text)
    is_heading = (
        count is not None
        or _is_like_a_heading(plain, line.text, found)
        or _is_region_as_headings_are(plain, found)
        or _is_headed_again(rows, line.row, found)
    )
    if label is None and len(titles) > 1 and is_heading and len(plain) <= _LONGEST_HEADING:
        return [GroupRow(line.row, UNNUMBERED_LEVEL, plain, line.text.strip(), count)]
    if label is None or not label.label or len(line.text) > 40:
        return []
    return [GroupRow(line.row, label.level, label.label, line.text.strip(), label.stated_count)]


def _owns_as_headings_do(line: str, found: RowFindings) -> bool:
    """责任单位：县工信局 above the header says who answers for the first rows, where headings further down say it of theirs;
    alone it may sign the sheet."""
    said = {field for field, _ in owners_of(line)}
    return bool(said) and any(said & {field for field, _ in owners_of(one.text)} for one in found.headings.values())


def _is_like_a_heading(plain: str, line: str, found: RowFindings) -> bool:
    """Says the same kind of thing as a heading without a number further down: a stage, a town."""
    said = _says(GroupRow(0, UNNUMBERED_LEVEL, plain, line))
    return said is not None and any(
        heading.level == UNNUMBERED_LEVEL and _says(heading) == said for heading in found.headings.values()
    )


def _is_region_as_headings_are(plain: str, found: RowFindings) -> bool:
    """磁县 above the header, 武安市 further down: a lone region heads its rows as the others do."""
    return bool(_REGION.fullmatch(plain)) and any(
        heading.level == UNNUMBERED_LEVEL and _REGION.fullmatch(heading.label) for heading in found.headings.values()
    )


def _is_headed_again(rows: TableRows, line: int, found: RowFindings) -> bool:
    """Whether the line stands directly above the header, and each time the header is written again a heading does."""
    repeated = rows.table.repeated_headers
    again = [row for row in repeated if row - 1 not in repeated]
    return (
        bool(again)
        and not _STATES.search(rows.grid.row_texts(line)[0])
        and line == rows.table.header_rows[0] - 1
        and all(row - 1 in found.headings and found.headings[row - 1].level == UNNUMBERED_LEVEL for row in again)
    )


def _is_child_row(rows: TableRows, row: int, parent: int) -> bool:
    return rows.indent(row) > rows.indent(parent) or rows.is_child_number(row)


def _placed(found: RowFindings, group: GroupRow, later: list[int], between: float) -> GroupRow:
    """An unnumbered heading directly above a numbered one, or above others without numbers, stands outside it: at the
    level `between`, or above all where that is none."""
    if group.level != UNNUMBERED_LEVEL:
        return group
    below = next((found.headings.get(row) for row in later if not _is_of_run(found, row)), None)
    if below is None or below.level >= UNNUMBERED_LEVEL:
        return group
    return replace(group, level=between if between < below.level else 0)


def _between(stack: list[GroupRow], *, is_next: bool) -> float:
    """The level of an unnumbered heading within a numbered one: directly below it (甲、 ▲), or as another was before."""
    earlier = [group.level for group in stack if group.level % 1]
    if earlier:
        return earlier[-1]
    return stack[-1].level + _BETWEEN if is_next and stack and _number(stack[-1]) else 0


def _is_of_run(found: RowFindings, row: int) -> bool:
    """Whether a row says nothing of what follows a heading: blank, or one more heading without a number."""
    heading = found.headings.get(row)
    return found.roles[row] == "blank" or (heading is not None and heading.level == UNNUMBERED_LEVEL)
