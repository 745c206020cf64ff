"""Which headings stand above each record, and where a section ends."""

from __future__ import annotations

from ingest.furniture import group_label, plain_group_text, stated_count
from ingest.group_fields import field_of_group
from ingest.row_types import PARENT_LEVEL, UNNUMBERED_LEVEL, GroupRow, RowFindings, RowRoles
from ingest.table_rows import TableRows

_LONGEST_HEADING = 8


def with_sections(rows: TableRows, found: RowFindings) -> RowRoles:
    """The roles with the records in order, each below its headings."""
    stack = _heading_above(rows, found)
    filled = False
    result = found.result
    ordered = sorted(result.roles)
    for position, row in enumerate(ordered):
        role = result.roles[row]
        if role == "group":
            group = _placed(found, found.headings[row], ordered[position + 1 :])
            while stack and stack[-1].level >= group.level:
                stack.pop()
            stack.append(group)
            filled = False
            result.group_rows.append(group)
        elif role in {"subtotal", "total"} and stack and filled:
            # What follows the sum of a group is no longer part of it.
            stack.pop()
            filled = False
        elif role in {"data", "bad", "unlabelled"}:
            if stack and stack[-1].level == PARENT_LEVEL and not _is_child_row(rows, row, stack[-1].row):
                stack.pop()
            filled = True
            result.data.append(row)
            result.groups.append(tuple(stack))
    return result


def _heading_above(rows: TableRows, found: RowFindings) -> list[GroupRow]:
    """A heading directly above the header (`二、在建项目`, below a title also `龙湖镇（2个）`) heads the table's rows.

    So does `城关镇` where headings of the table say the same of their rows (`河西镇`: the town).
    """
    titles = rows.table.titles
    if not titles:
        return []
    line = titles[-1]
    label = group_label(line.text)
    count, plain = stated_count(line.text), plain_group_text(line.text)
    is_heading = count is not None or _is_like_a_heading(plain, found)
    if label is None and len(titles) > 1 and is_heading and len(plain) <= _LONGEST_HEADING:
        return [GroupRow(line.row, UNNUMBERED_LEVEL, plain, line.text.strip(), count)]
    if label is None or not label.label or len(line.text) > 40:
        return []
    return [GroupRow(line.row, label.level, label.label, line.text.strip(), label.stated_count)]


def _is_like_a_heading(plain: str, found: RowFindings) -> bool:
    """Fills the same field as a heading without a number further down."""
    filled = field_of_group(plain)
    return filled is not None and any(
        heading.level == UNNUMBERED_LEVEL
        and (below := field_of_group(heading.label)) is not None
        and below[0] == filled[0]
        for heading in found.headings.values()
    )


def _is_child_row(rows: TableRows, row: int, parent: int) -> bool:
    return rows.indent(row) > rows.indent(parent) or rows.is_child_number(row)


def _placed(found: RowFindings, group: GroupRow, later: list[int]) -> GroupRow:
    """An unnumbered heading directly above a numbered one stands outside it."""
    if group.level != UNNUMBERED_LEVEL:
        return group
    following = next((row for row in later if found.roles[row] != "blank"), None)
    below = found.headings.get(following) if following is not None else None
    if below is None or below.level >= UNNUMBERED_LEVEL:
        return group
    return GroupRow(group.row, 0, group.label, group.text, group.stated_count)
