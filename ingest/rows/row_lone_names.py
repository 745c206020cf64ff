"""Names with little beside them among records: headings, where the rows around them or their sums say so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from ingest.columns.neighbour_words import says
from ingest.layout.table_rows import TableRows, plain_number
from ingest.rows.furniture import (
    ends_like_project,
    group_label,
    is_dressed_heading,
    is_marked_heading,
    plain_group_text,
    stated_count,
)
from ingest.rows.group_fields import kind_of_heading
from ingest.rows.heading_numbers import heading_number
from ingest.rows.row_families import heading_of
from ingest.rows.row_types import UNNUMBERED_LEVEL, GroupRow, RowFindings
from ingest.values.cell_values import is_placeholder
from ingest.values.printed import cell_text

_LONGEST_HEADING = 20
_FEWEST_RUN = 2
_LONGEST_LEGEND = 10
_MARKS = "★☆▲△●○◆◇■□※"
_MOST = 0.6
# A heading's stated total may be wrong, but not by more than this share.
_NEAR = 0.2
_PROJECT = re.compile(r"(?:项目|工程)(?:[(（][^()（）]{1,10}[)）])?$")


def settle_numbered_headings(rows: TableRows, found: RowFindings) -> None:
    """Where nothing but numbered headings is found, the deepest of them are the records."""
    if not found.headings or found.with_role("data", "continuation"):
        return
    deepest = max(group.level for group in found.headings.values())
    for row, group in list(found.headings.items()):
        if group.level == deepest and rows.name is not None and rows.values[row][rows.name] is not None:
            found.roles[row] = "data"
            del found.headings[row]


def settle_numbered_alike(rows: TableRows, found: RowFindings) -> None:
    """Where records are numbered as headings are (一, 二, 三 in a column of their own), one after another without a gap,
    those that tell little are records too.
    """
    if rows.kind != "project" or rows.sequence is None or rows.name is None or not found.headings:
        return
    run = {
        row: number
        for row in found.with_role("data", "group")
        if rows.name_text(row)
        and (number := heading_number(f"{rows.number_text(row)} {rows.name_text(row)}")) is not None
    }
    dresses = {number.dress for number in run.values()}
    if len(dresses) != 1 or next(iter(run.values())).is_plain or not run.keys() - found.headings.keys():
        return
    is_whole = len(run) == len(found.with_role("data", "group"))
    if is_whole and [number.number for number in run.values()] == list(range(1, len(run) + 1)):
        for row in run.keys() & found.headings.keys():
            found.roles[row] = "data"
            del found.headings[row]


def settle_renumbered(rows: TableRows, found: RowFindings) -> None:
    """Numbered names with a heading's wording and nothing that describes them (1 | 柳林镇) head the rows below them, where
    the numbers of the records run on only without theirs.
    """
    if rows.kind != "project" or rows.sequence is None or rows.name is None:
        return
    data = [row for row in found.with_role("data") if rows.is_numbered(row)]
    if not data or not _may_head(rows, data[0]):
        return
    heading = {row: None for row in data if _may_head(rows, row)}
    records = [row for row in data if row not in heading]
    if (
        len(records) >= _FEWEST_RUN
        and all(rows.details(row, rows.cells(row)) for row in records)
        and _run_on(rows, list(heading))
        and _run_on(rows, records)
        and any(_begins_again(rows, row, below) for row, below in pairwise(data) if row in heading)
    ):
        for row in heading:
            found.make_group(_numbered_heading(rows, row))


def _may_head(rows: TableRows, row: int) -> bool:
    """Whether a row is named as headings are, and nothing describes it."""
    name = rows.name_text(row)
    is_named_so = len(name) <= _LONGEST_HEADING and is_marked_heading(name, rows.is_heading)
    return is_named_so and not rows.details(row, rows.cells(row))


def _run_on(rows: TableRows, some: Sequence[int]) -> bool:
    """Whether printed numbers begin with 1 and each follows the one above it or begins again."""
    numbers = [0, *(rows.number(row) for row in some)]
    return all(own in {1, before + 1} for before, own in pairwise(numbers))


def _begins_again(rows: TableRows, row: int, below: int) -> bool:
    """Whether the number below a row is none that follows its own."""
    return rows.number(below) != rows.number(row) + 1


def _numbered_heading(rows: TableRows, row: int) -> GroupRow:
    text = f"{rows.number_text(row)} {rows.name_text(row)}"
    label = group_label(f"{rows.number_text(row)}、{rows.name_text(row)}")
    level = label.level if label is not None else UNNUMBERED_LEVEL
    plain = plain_group_text(rows.name_text(row))
    return GroupRow(row, level, plain, text, stated_count(rows.name_text(row)))


def settle_unnumbered(rows: TableRows, found: RowFindings) -> None:
    """A lone name without its printed number, among rows that all have one, heads the rows below it."""
    if rows.sequence is None or rows.name is None:
        return
    values = rows.values
    data = found.with_role("data")
    numbered = [row for row in data if values[row][rows.sequence] is not None]
    if len(numbered) < 2 or (len(numbered) < _MOST * len(data) and not _are_mostly_numbered(rows, data, numbered)):
        return
    last = next((row for row in reversed(numbered) if not _is_labelled(rows, row)), numbered[-1])
    for row in data:
        if row > last and (_is_of_legend(rows, row) or _is_labelled(rows, row)):
            found.roles[row] = "note"
            continue
        if values[row][rows.sequence] is not None or row > numbered[-1] + 1:
            continue
        cells = [c for c in rows.cells(row) if c not in rows.figures and not is_placeholder(values[row][c])]
        if cells == [rows.name] and _completes_name(rows, found, row, numbered):
            found.roles[row] = "continuation"
            found.result.continuations[row] = row - 1
        elif (
            row < numbered[-1]
            and (cells == [rows.name] or _names_a_squad(rows, row, cells))
            and not _is_rather_project(rows, row, rows.rows_until(row, numbered, data))
        ):
            found.make_group(heading_of(rows, row, UNNUMBERED_LEVEL))


def _names_a_squad(rows: TableRows, row: int, cells: Sequence[int]) -> bool:
    """工业专班 | 张志远: a short name that no project has, and nothing beside it but who leads it."""
    name = rows.name_text(row)
    others = [column for column in cells if column not in rows.owners]
    return others == [rows.name] and len(name) <= _LONGEST_LEGEND and says("led_group", name)


def _is_of_legend(rows: TableRows, row: int) -> bool:
    """Whether a lone name below all numbered records only says what a mark means: ★ 省重点项目."""
    name = rows.name_text(row)
    if not name:
        return False
    is_short = len(name) <= _LONGEST_LEGEND and not ends_like_project(name[1:])
    return rows.cells(row) == [rows.name] and name[0] in _MARKS and is_short


def _is_labelled(rows: TableRows, row: int) -> bool:
    """Whether a row below all numbered records holds a word in the column of numbers and what it names beside it only:
    单位地址 | 县政府大院.
    """
    word = rows.number_text(row)
    return len(word) > 1 and word.isalpha() and not word.isascii() and rows.cells(row) == [rows.sequence, rows.name]


def _completes_name(rows: TableRows, found: RowFindings, row: int, numbered: Sequence[int]) -> bool:
    """Whether a lone name is the rest of the name above it, cut in two lines: with it the name ends as the others do."""
    if row - 1 not in numbered or found.roles.get(row - 1) != "data":
        return False
    text, others = rows.name_text(row), [other for other in numbered if other != row - 1]
    alike = sum(1 for other in others if _PROJECT.search(rows.name_text(other)))
    if not _PROJECT.search(text) or _PROJECT.search(rows.name_text(row - 1)) or alike < max(1, _MOST * len(others)):
        return False
    # 南浦鑫泰 | 绿色建材产业园项目: a park's name may be the rest, where all other names end as it does.
    whole = [other for other in others if not _is_cut_too(rows, other)]
    may_be_park = alike == len(whole) > _FEWEST_RUN and not is_dressed_heading(text)
    return not is_marked_heading(text, rows.is_heading) or (may_be_park and kind_of_heading(text) == "park_name")


def _is_cut_too(rows: TableRows, row: int) -> bool:
    """Whether the rest of a row's name may stand alone below it."""
    if row + 1 >= rows.table.end_row or _PROJECT.search(rows.name_text(row)):
        return False
    return rows.cells(row + 1) == [rows.name] and bool(_PROJECT.search(rows.name_text(row + 1)))


def _are_mostly_numbered(rows: TableRows, data: Sequence[int], numbered: Sequence[int]) -> bool:
    """Whether most rows have a printed number, those not counted that read as headings by themselves."""
    others = set(data).difference(numbered)
    names = sum(1 for row in others if not is_marked_heading(rows.name_text(row), rows.is_heading))
    return len(numbered) >= _MOST * (len(numbered) + names)


def settle_summing(rows: TableRows, found: RowFindings) -> None:
    """Names without description among described ones: headings, where their wording or their sums say so."""
    if rows.kind != "project" or rows.name is None:
        return
    data = _without_dressed(rows, found)
    bare = [row for row in data if rows.is_bare(row) and len(rows.name_text(row)) <= _LONGEST_HEADING]
    if len(bare) == len(data):
        # Names and figures alone describe none of them: one without figures may head others.
        bare = [row for row in bare if not rows.states_figures(row)]
    if not bare or len(bare) * 2 > len(data):
        return
    families = {row: rows.rows_until(row, data, [*bare, *found.headings]) for row in bare}
    summing = [row for row in bare if rows.is_sum(row, families[row])]
    sure = summing == bare and any(rows.adds_several(row, families[row]) for row in bare)
    read = [row for row in bare if families[row] and (sure or _reads_as_heading(rows, row, families[row]))]
    is_parted = bare[0] == data[0] and len(bare) > 1 and all(families.values())
    kinds = _kinds_of(rows, read) or (_kinds_of(rows, bare) if is_parted else set())
    alike = [row for row in bare if families[row] and row not in read and _is_called_alike(rows, row, kinds)]
    for row in sorted([*read, *alike]):
        if sure or row != data[-1]:
            found.make_group(heading_of(rows, row, UNNUMBERED_LEVEL))


def _kinds_of(rows: TableRows, some: Sequence[int]) -> set[str]:
    kinds = (kind_of_heading(plain_group_text(rows.name_text(row))) for row in some)
    return {kind for kind in kinds if kind is not None}


def _is_called_alike(rows: TableRows, row: int, kinds: Set[str]) -> bool:
    """临港产业园 without a figure may be a project; not where 经济开发区 heads others of the table as it would, or where it
    stands above all records and another such name parts them.
    """
    is_heading = is_marked_heading(rows.name_text(row), rows.is_heading) and not rows.states_figures(row)
    return is_heading and len(kinds) == 1 and kinds == _kinds_of(rows, [row])


def _without_dressed(rows: TableRows, found: RowFindings) -> list[int]:
    """The records, after those with a heading's dress and nothing that describes them have been made headings."""
    data = found.with_role("data")
    for row in data:
        if rows.is_bare(row) and is_dressed_heading(rows.name_text(row)):
            found.make_group(heading_of(rows, row, UNNUMBERED_LEVEL))
    return found.with_role("data")


def _reads_as_heading(rows: TableRows, row: int, family: Sequence[int]) -> bool:
    """Whether a name's wording is a heading's and nothing in its row speaks against that."""
    return is_marked_heading(rows.name_text(row), rows.is_heading) and not _is_rather_project(rows, row, family)


def _is_rather_project(rows: TableRows, row: int, family: Sequence[int]) -> bool:
    """Whether a lone name speaks of a project: its figures are nowhere near the sums of the rows below it, or,
    without figures, it ends as projects do (产业园, 商贸城)."""
    stated = {column: number for column in rows.figures if (number := plain_number(rows.values[row][column]))}
    name = rows.name_text(row)
    if is_dressed_heading(name) or (rows.sequence is not None and is_marked_heading(name, rows.is_heading)):
        # Without its printed number and by its own words a heading: a wrong sum is a wrong sum, no project.
        return rows.is_numbered(row) and _is_far(rows, family, stated)
    if not stated:
        return rows.name is not None and ends_like_project(name) and not says("official_zone", name)
    return _is_far(rows, family, stated)


def _is_far(rows: TableRows, family: Sequence[int], stated: Mapping[int, float]) -> bool:
    return bool(stated) and not any(
        abs(rows.sum_of(family, column) - number) <= _NEAR * number for column, number in stated.items()
    )


def settle_unnamed(rows: TableRows, found: RowFindings) -> None:
    """One word and figures, no name (`濮阳县 … 3亿`): a heading where it sums the rows below, or only headings use
    its column; else a project whose name is missing."""
    named = [row for row in found.with_role("data") if row not in found.unnamed]
    for row, column in found.unnamed.items():
        if not named or row > named[-1]:
            continue
        family = rows.rows_until(row, named, list(found.unnamed))
        used = sum(1 for other in named if rows.values[other][column] is not None)
        sums = rows.is_sum(row, family) and (rows.adds_several(row, family) or len(found.unnamed) > 1)
        text = cell_text(rows.values[row][column])
        is_named_so = is_marked_heading(text, rows.is_heading)
        if is_named_so or (family and (used * 5 <= len(named) or sums)):
            found.make_group(GroupRow(row, UNNUMBERED_LEVEL, plain_group_text(text), text, stated_count(text)))
