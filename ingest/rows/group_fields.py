"""What a group heading says about the rows below it, beside their stage: industry, chain, town, park, nature, level, event,
who answers.

The wordings are data (`wording/group_words.csv`). A heading that none of them fits fills no field; it stays in
`group_path`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from ingest.columns.neighbour_words import says
from ingest.fields import WORDING, fields
from ingest.ledgers.ledger_types import FieldValue, TableReading
from ingest.rows.furniture import group_label, is_class_wording, plain_group_text
from ingest.rows.heading_owners import owners_of
from ingest.rows.row_families import is_phase
from ingest.rows.row_stage import stage_of_label
from ingest.rows.row_types import PARENT_LEVEL, GroupRow
from ingest.values.printed import compact
from ingest.wording_file import read_rows

MATCHES = ("exact", "suffix", "contains")
INDUSTRY_IN_HEADER = "行业"
# （一）产业项目 tells works from infrastructure; it names no industry.
# 第二十九届兰洽会集中签约: the event, without what was done there.
_SIGNED_THERE = re.compile("(?:集中|现场|集体|同步|云)?签约$")
# 以上项目为省重点，以下项目为市重点: a note between records, no class of those below it.
_SENTENCE = re.compile("[，。；]|^以上")
_OF_SHEETS = frozenset({"town_name", "park_name", "industry", "industry_chain", "signing_event"})
_NAMED = re.compile("(?:项目|工程|基地|产业园|生产线)(?:[(（][^()（）]{1,12}[)）])?$")
_FEWEST_NAMED = 2
_CALLED_BY = ("project_name", "project_company", "investor_name")
_CLASSES = frozenset({"industry", "industry_chain"})
_NO_CLASS = frozenset(
    {"产业", "产业链", "重点产业链", "主导产业链", "主导产业", "重点产业", "产业发展", "行业", "企业"}
)

# 二、乡镇 beside 一、县直部门: towns as such, none by name.
_NO_TOWN = frozenset(
    {
        "乡镇",
        "镇乡",
        "街镇",
        "镇街",
        "街乡镇",
        "街道乡镇",
        "乡镇街道",
        "镇街道",
        "乡镇办",
        "镇办",
        "乡镇场",
        "各乡镇",
        "各镇",
        "各街道",
    }
)


@cache
def _words() -> tuple[tuple[str, str, str], ...]:
    """(field, match, wording) in the order of the file.

    Raises:
        WordingError: a field or match is unknown; the message names the line.
    """
    found = []
    for row in read_rows(WORDING / "group_words.csv", ("field", "match", "wording", "note"), frozenset({"note"})):
        found.append((row.one_of("field", fields()), row.one_of("match", MATCHES), compact(row["wording"])))
    return tuple(found)


@lru_cache(maxsize=4096)
def field_of_group(label: str) -> tuple[str, str] | None:
    """The field a heading fills and its value: `工业项目` → (industry, 工业); None where it says nothing known."""
    name = label.removesuffix("项目").removesuffix("类")
    if name in _NO_CLASS or name in _NO_TOWN or _SENTENCE.search(name) or ":" in name.rstrip(":"):
        return None
    # 县文旅局（4个）, 文旅专班: an office, whatever its business is.
    is_office = says("office_cell", name)
    for field, match, wording in _words():
        fits = (
            name == wording
            if match == "exact"
            else len(name) > len(wording) - (match == "contains")
            and (name.endswith(wording) if match == "suffix" else wording in name)
        )
        if fits and len(name) <= 20 and not (is_office and field in _CLASSES):
            return field, _SIGNED_THERE.sub("", name) if field == "signing_event" else name
    return None


def kind_of_heading(label: str) -> str | None:
    """What kind of thing a heading tells: the stage, a size or origin, the field that it fills."""
    if stage_of_label(label).stage:
        return "stage"
    if is_class_wording(label):
        return "class"
    filled = field_of_group(label)
    return filled[0] if filled else None


def is_heading(text: str) -> bool:
    """Whether a lone name is a heading's wording: a stage (`签约项目`) or a short industry, town… (`工业项目`)."""
    numbered = group_label(text)
    label = numbered.label if numbered and numbered.label else plain_group_text(text)
    if stage_of_label(text).stage or is_class_wording(label) or label in _NO_TOWN:
        return True
    if says("official_zone", label):
        return True
    return len(label.removesuffix("项目").removesuffix("类")) <= 6 and field_of_group(label) is not None


def fill_from_groups(
    table: TableReading, groups: Sequence[tuple[GroupRow, ...]], *, names_are_under_industries: bool
) -> None:
    """Fill what the headings say where the row's own column says nothing.

    `names_are_under_industries`: the name column's header itself says that its headings are industries
    (`行业/子行业/项目名称`).
    """
    names = next((one.values for one in table.columns if one.meaning.field == "project_name"), [])
    phases = {position for position, name in enumerate(names) if isinstance(name, str) and is_phase(name)}
    called = table.fields.get("project_name") or [None] * len(table)
    for position, stack in enumerate(groups):
        for depth, group in enumerate(stack):
            if group.level == PARENT_LEVEL and (position in phases or not is_heading(group.label)):
                # A parent is a project of its own, unless it is called what headings are: 1 柳林镇 above 1.1, which has no phases.
                continue
            if group.label == called[position]:
                # 1．花椒生产基地 above what is told of it names the project, and no industry.
                continue
            for field, value in owners_of(group.text):
                _fill(table, field, value, position)
            found = field_of_group(group.label)
            if found is None and names_are_under_industries and depth == 0 and not stage_of_label(group.label).stage:
                found = "industry", group.label
            if found is None:
                continue
            _fill(table, *found, position)


def names_of_headings(groups: Sequence[tuple[GroupRow, ...]]) -> list[FieldValue] | None:
    """The projects' names where no column names them and each stands above its own small table (一、甲产业园项目): none of
    the headings is a known one, and each heads one row.
    """
    headings = [stack[-1] for stack in groups if stack]
    labels = [heading.label for heading in headings]
    if len(labels) != len(groups) or len(set(labels)) < _FEWEST_NAMED or len(set(labels)) < len(labels):
        return None
    are_names = all(_NAMED.search(label) and not is_heading(label) for label in labels)
    return list(labels) if are_names else None


def fill_from_sheet_name(table: TableReading) -> None:
    """Sheets called 城关镇, 装备制造产业链 list the projects of the town, of the chain; what rows and headings say goes before."""
    numbered = group_label(table.sheet)
    label = numbered.label if numbered and numbered.label else plain_group_text(table.sheet)
    found = None if says("parted_by", label) else field_of_group(label)
    if found is not None and found[0] in _OF_SHEETS and not _is_called_so(table, found[1]):
        for position in range(len(table)):
            _fill(table, *found, position)


def _is_called_so(table: TableReading, name: str) -> bool:
    """A card whose sheet is called by its one project (服装智能制造供应…): its name says no industry."""
    if len(table) != 1:
        return False
    return any(name in compact(str((table.fields.get(field) or [None])[0])) for field in _CALLED_BY)


def _fill(table: TableReading, field: str, value: str, position: int) -> None:
    """Fill a field of one row, unless its own column says something."""
    values = table.fields.get(field)
    if values is None:
        values = table.fields[field] = [None] * len(table)
    if values[position] is None:
        values[position] = value
