"""责任单位及责任人, 责任领导及电话: columns of an office, a person and a telephone in one cell, told apart by what the cells say.

An office is known by how its name ends, a person by a surname (with a post before or behind it), a telephone by its figures.
A cell is told apart only where each of its parts is one of these and they stand in one order; what any doubt is left of
stays whole in `extra`. The words are data (`wording/neighbour_words.csv`: `office_cell`, `company_cell`, `surname`, `post`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.columns.neighbour_words import says
from ingest.headers.header_brackets import joined_parts
from ingest.headers.header_column import interpret_column
from ingest.ledgers.ledger_types import ColumnReading, TableReading
from ingest.values.cell_values import clean_text
from ingest.values.printed import cell_text

_UNITS = frozenset({"responsible_unit", "tracking_unit", "introducing_unit", "owner_unit"})
_ANSWERS = frozenset({"responsible_unit", "tracking_unit", "owner_unit"})
_PEOPLE = frozenset({"responsible_leader", "responsible_person", "owner_leader", "owner_person"})
LISTED_FIELDS = _UNITS | _PEOPLE
"""Fields whose cells may list several offices or persons."""
_PHONE = "contact_phone"
_UNIT_OF = {"responsible_leader": "responsible_unit", "owner_leader": "owner_unit"}
_PERSON_OF = {"project": "responsible_person", "problem": "owner_person"}
_UNIT, _PERSON, _POST = "unit", "person", "post"
_WHY = "列里是单位、人员或电话合写，逐格分开；分不清的整格放入 extra office, person and telephone in one cell, told apart cell by cell"

_NUMBER = re.compile(
    r"(?<![\d*＊])(?:\+?86[- ]?)?(?:1[3-9][\d*＊xX]{9}|1[3-9]\d[- ][\d*＊xX]{4}[- ][\d*＊xX]{4}"
    r"|[(（]?0\d{2,3}[)）\- ]?[2-9][\d*＊xX]{6,7}|[2-9][\d*＊xX]{6,7})(?![\d*＊xX])"
)
_NUMBER_LABEL = re.compile(r"(?:联系|办公|手机|移动)?(?:电话|手机|方式|号码)(?:号码)?\s*[:：]?\s*(?=$|[\s,，;；)）])")
_WORD = re.compile(r"[^\s,，、;；:：/／|\\()（）\[\]【】+—–-]+")
# Where one word of a header may end and another begin without a mark.
_WORD_ENDS = re.compile("单位|部门|领导|人")
_BETWEEN = " \t\r\n\u3000,，、;；:：/／|\\+—–-"
_NAME = re.compile("[一-鿿]{2,4}|[一-鿿][某*＊×xX○]{1,2}|[一-鿿]某[一-鿿]")
_MASKED = re.compile("[*＊×xX○某]")
_COURTESY = re.compile("(?:同志|先生|女士)$")
_PAIRS = {")": "(", "）": "（", "]": "[", "】": "【"}
# Endings of offices that end given names too: 李镇, 王科.
_EITHER = frozenset("镇乡科联")
_LONGEST_NAME, _LEAST_OFFICE = 4, 3
_SHORTEST_WORD, _LEAST_PARTS = 2, 2


class _Parts(NamedTuple):
    """What a header joins: the fields of its office, its person and its telephone, and whether the office comes first."""

    unit: str | None
    person: str | None
    phone: str | None
    is_unit_first: bool


class _Told(NamedTuple):
    """What a cell says."""

    unit: str | None
    person: str | None
    phone: str | None


def part_units_and_persons(reading: TableReading, county_code: str | None) -> None:
    """Fill the fields of such columns cell by cell."""
    context = HeaderContext(county_code=county_code, kind=reading.kind)
    found: list[tuple[ColumnReading, _Parts]] = []
    for index, column in enumerate(reading.columns):
        if column.meaning.field is not None or not column.meaning.path:
            continue
        beside = reading.columns[index - 1].meaning.field if index else None
        parts = _joined(column.meaning, context, beside)
        if parts is not None:
            found.append((column, parts))
    # 项目负责人（手机） names the person, whom 包联单位（负责人） only adds to its office.
    for column, parts in sorted(found, key=lambda one: one[1].unit is not None):
        claimed = {one.meaning.field for one in reading.columns} | set(reading.fields)
        _part(reading, column, parts, claimed)
    _part_telephones(reading)


def _part_telephones(reading: TableReading) -> None:
    """包联领导 of 王某某13800001234: the header names a person only, and the figures behind the name are no part of it."""
    people = [column for column in reading.columns if column.meaning.field in _PEOPLE]
    for column in sorted(people, key=lambda one: one.meaning.field in _UNIT_OF):
        found = {
            position: told
            for position, value in enumerate(column.cells)
            if isinstance(value, str) and (told := _with_telephone(value)) is not None
        }
        if not found:
            continue
        cells = list(column.cells)
        is_free = _PHONE not in {one.meaning.field for one in reading.columns} | set(reading.fields)
        phones: list[str | None] = [None] * len(reading)
        for position, told in found.items():
            if not is_free:
                reading.added_extra.setdefault(position, {})[column.key] = cell_text(column.values[position])
            cells[position], phones[position] = told.person, told.phone
        column.to_type = cells
        if is_free and reading.kind == "project":
            reading.fields[_PHONE] = [clean_text(phone) for phone in phones]


def _with_telephone(text: str) -> _Told | None:
    if not _NUMBER.search(text):
        return None
    told = _told(text, has_unit=False, is_unit_first=False)
    return told if told is not None and told.person is not None and told.phone is not None else None


def _joined(meaning: ColumnMeaning, context: HeaderContext, beside: str | None) -> _Parts | None:
    """What the header joins; None where one of its words is nothing of the kind, or it joins nothing. A line break between
    two words leaves no mark (责任单位责任人).
    """
    *above, leaf = meaning.path
    words = joined_parts(leaf)
    if len(words) > 1:
        return _parts_of(words, above, context, beside)
    halves = ((leaf[: end.end()], leaf[end.end() :]) for end in _WORD_ENDS.finditer(leaf[:-_SHORTEST_WORD]))
    found = [parts for pair in halves if (parts := _parts_of(pair, above, context, beside)) is not None]
    return found[0] if len(found) == 1 else None


def _parts_of(words: Sequence[str], above: Sequence[str], context: HeaderContext, beside: str | None) -> _Parts | None:
    found: dict[str, str | None] = {}
    bare = [word for word in words if says("bare_office", word)]
    for word in words:
        if word in bare:
            continue
        kind, field = _meant(word, above, context, beside_office=(found.get(_UNIT) or beside) in _ANSWERS)
        if kind is None or kind in found:
            return None
        found[kind] = field
    if bare:
        # 包联领导及单位: the office that stands beside the leader.
        office = _UNIT_OF.get(found.get(_PERSON) or "")
        if len(bare) > 1 or _UNIT in found or office is None:
            return None
        found[_UNIT] = office
    if len(found) < _LEAST_PARTS:
        return None
    is_unit_first = words[0] in bare or (not bare and next(iter(found)) == _UNIT)
    return _Parts(found.get(_UNIT), found.get(_PERSON), found.get(_PHONE), is_unit_first)


def _meant(
    word: str, above: Sequence[str], context: HeaderContext, *, beside_office: bool
) -> tuple[str | None, str | None]:
    """Whether a word names an office, a person or a telephone, and its field: none for a contact who may be either side's."""
    field = interpret_column((*above, word), context=context).field
    if field in _UNITS:
        return _UNIT, field
    if field in _PEOPLE:
        return _PERSON, field
    if field == _PHONE or says("telephone", word):
        return _PHONE, field
    if says("contact", word):
        return _PERSON, _PERSON_OF.get(context.kind or "project") if beside_office else None
    return None, None


def _part(reading: TableReading, column: ColumnReading, parts: _Parts, claimed: set[str | None]) -> None:
    fields = [None if field in claimed else field for field in parts[:3]]
    free = [field for field in fields if field is not None]
    if not free:
        return
    told = [
        _told(cell_text(value), parts.unit is not None, parts.is_unit_first) if isinstance(value, str) else None
        for value in column.values
    ]
    if not any(one is not None and any(_taken(one, fields)) for one in told):
        return
    values: dict[str, list[str | None]] = {field: [None] * len(reading) for field in free}
    for position, one in enumerate(told):
        text = cell_text(column.values[position])
        if one is None:
            if text:
                reading.added_extra.setdefault(position, {})[column.key] = text
            continue
        for field, said in zip(fields, one, strict=True):
            if field is not None:
                values[field][position] = said
        if any(said is not None and field is None for field, said in zip(fields, one, strict=True)):
            reading.added_extra.setdefault(position, {})[column.key] = text
    first, *others = free
    column.meaning = replace(
        column.meaning, field=first, value_type="text", match_method="close", match_score=1.0, why=_WHY
    )
    column.to_type = list(values[first])
    for field in others:
        reading.fields[field] = [clean_text(said) for said in values[field]]


def _taken(told: _Told, fields: Sequence[str | None]) -> list[str]:
    return [said for said, field in zip(told, fields, strict=True) if said is not None and field is not None]


@lru_cache(maxsize=4096)
def _told(text: str, has_unit: bool, is_unit_first: bool) -> _Told | None:
    """Office, person and telephone of a cell; None where it is not sure what each of its words is."""
    numbers = [match[0].strip() for match in _NUMBER.finditer(text)]
    phone = "、".join(dict.fromkeys(numbers)) or None
    rest = _NUMBER_LABEL.sub(" ", _NUMBER.sub(" ", text))
    words = list(_WORD.finditer(rest))
    if not words:
        return _Told(None, None, phone) if phone else None
    if len(words) == 1 and has_unit and (glued := _glued(words[0][0])) is not None:
        return _Told(*glued, phone)
    kinds = [_kind(match[0], is_first=has_unit and is_unit_first and at == 0) for at, match in enumerate(words)]
    if None in kinds:
        return None
    is_unit = [kind == _UNIT for kind in kinds]
    changes = sum(1 for one, other in pairwise(is_unit) if one != other)
    if changes > 1 or (any(is_unit) and not has_unit):
        return None
    if not all(is_unit) and _PERSON not in kinds:
        return None
    spans: dict[bool, tuple[int, int]] = {}
    for match, unit in zip(words, is_unit, strict=True):
        start, end = spans.get(unit, (match.start(), match.end()))
        spans[unit] = (min(start, match.start()), max(end, match.end()))
    return _Told(_span(rest, spans.get(True)), _span(rest, spans.get(False)), phone)


def _span(text: str, span: tuple[int, int] | None) -> str | None:
    """The words of a span as they stand, with the bracket that its last word stands in."""
    if span is None:
        return None
    start, end = span
    if end < len(text) and _PAIRS.get(text[end]) in set(text[start:end]):
        end += 1
    return " ".join(text[start:end].strip(_BETWEEN).split())


def _kind(word: str, *, is_first: bool) -> str | None:
    """What a word is; None where it may be two things or nothing known."""
    if _is_office(word):
        may_be_name = len(word) <= _LONGEST_NAME - 1 and word[-1] in _EITHER and says("surname", word)
        return _UNIT if is_first or not may_be_name else None
    if is_person(word):
        return _PERSON
    return _POST if says("post", word) else None


def _is_office(word: str) -> bool:
    return not says("post", word) and (says("office_cell", word) or says("company_cell", word))


def is_person(word: str) -> bool:
    """王某某, 李*, 王局长, 副县长张某, 张某副局长, 张某同志."""
    plain = _COURTESY.sub("", word)
    if says("whole_post", plain):
        # 常务副县长 is no 常务 who is 副县长.
        return False
    if says("surname", plain) and says("whole_post", plain[1:]):
        return True
    return _is_name(plain) or any(_is_name(rest) for rest in _without_post(plain))


def as_listed(text: str) -> str:
    """`王某某 赵某某` with a comma for its space, which is all that parts the names; 王 某 is one name, and 李某 副县长 one person."""
    words = text.split()
    are_apart = len(words) > 1 and (all(map(is_person, words)) or all(map(_is_office, words)))
    return "、".join(words) if are_apart else text


def _is_name_or_has_post(word: str) -> bool:
    """王某某, 王局长, 副镇长李某; 政府副镇长李某 begins within an office."""
    if says("surname", word) and says("whole_post", word[1:]):
        return True
    return _is_name(word) or any(
        says("whole_post", word[:at]) and _is_name(word[at:]) for at in range(2, len(word) - 1)
    )


def _without_post(word: str) -> list[str]:
    """What stands behind the post of 副县长张某, and before that of 张某副局长."""
    behind = [word[at:] for at in range(2, len(word) - 1) if says("post", word[:at])]
    before = [word[:at] for at in range(2, len(word) - 1) if says("whole_post", word[at:])]
    return behind + before


def _is_name(word: str) -> bool:
    if not _NAME.fullmatch(word) or not says("surname", word) or says("post", word):
        return False
    return len(word) < _LONGEST_NAME or bool(_MASKED.search(word)) or says("double_surname", word)


def _glued(word: str) -> tuple[str, str] | None:
    """县商务局王某某, 城关镇副镇长李某: the one place where an office ends and a person begins; None where there is none or several."""
    if _is_office(word) or _is_name(word):
        return None
    found = [
        (word[:at], word[at:])
        for at in range(_LEAST_OFFICE, len(word) - 1)
        if _is_office(word[:at]) and not _is_office(word[at:]) and _is_name_or_has_post(word[at:])
    ]
    return found[0] if len(found) == 1 else None
