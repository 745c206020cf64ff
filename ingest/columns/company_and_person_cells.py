"""拜访企业及负责人: columns of trips that hold a company and whom one met there in one cell, told apart cell by cell.

The company is what the cell begins with, by how companies' names end; who stands in brackets or behind it was met. A cell
that doesn't say which is which stays whole in `extra`: the names of companies are published, those of persons are not.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.columns.neighbour_words import says
from ingest.columns.unit_and_person_cells import is_person
from ingest.gazetteer import gazetteer
from ingest.ledgers.ledger_types import ColumnReading, TableReading
from ingest.values.cell_values import clean_text
from ingest.values.printed import cell_text

_WHY = "列里企业和人合写，逐格分开；分不清的整格放入 extra company and person in one cell, told apart cell by cell"
_BEHIND = re.compile(
    r"^(?P<company>[^\s,，、;；:：/（(]+)(?:[（(](?P<inside>[^()（）]+)[)）]|[\s,，、;；:：/]+(?P<after>\S.*))?$"
)


def part_companies_and_persons(reading: TableReading) -> None:
    """Fill `visited_company` and `contact_name` of such columns cell by cell."""
    if reading.kind != "outreach":
        return
    for column in reading.columns:
        meaning = column.meaning
        if meaning.field != "visited_company" or not meaning.path:
            continue
        if says("company_first", meaning.path[-1]) or _names_someone(column):
            _part(reading, column)


def _names_someone(column: ColumnReading) -> bool:
    """拜访企业 of 甲公司（张某）: whatever the header says, the cells hold persons; （无锡）, （世界500强） are none."""
    return any(person is not None and _is_someone(person) for _, person in _distinct(column))


def _distinct(column: ColumnReading) -> list[tuple[str | None, str | None]]:
    return [told(text) for text in {cell_text(value) for value in column.values} if text]


def _is_someone(text: str) -> bool:
    return is_person(text) and not gazetteer().mentions(text)


def _part(reading: TableReading, column: ColumnReading) -> None:
    is_joined = says("company_first", column.meaning.path[-1])
    has_contact = any(one.meaning.field == "contact_name" for one in reading.columns)
    companies: list[str | None] = []
    persons: list[str | None] = []
    for position, value in enumerate(column.values):
        text = cell_text(value)
        company, person = told(text)
        if not is_joined and (person is None or not _is_someone(person)):
            company, person = text or None, None
        if text and (company is None or (person is not None and has_contact)):
            reading.added_extra.setdefault(position, {})[column.key] = text
        companies.append(company)
        persons.append(person)
    column.meaning = replace(column.meaning, match_method="close", why=_WHY)
    column.to_type = list(companies)
    if not has_contact:
        reading.fields["contact_name"] = [clean_text(person) if person else None for person in persons]


def told(text: str) -> tuple[str | None, str | None]:
    """The company of a cell, and who was met there; no company where the text does not begin with one."""
    found = _BEHIND.match(text.strip())
    if found is None or not says("met_party", found["company"]):
        return None, None
    return found["company"], found["inside"] or found["after"]
