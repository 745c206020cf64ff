"""Whether a list that nothing calls one of investments speaks more of another matter than of what is built to make or sell.

项目名称 | 签约时间 | 金额 | 进度 stands over sponsors, shot films, dug graves and weavers alike; no list of words can hold the matters
an office may have. So all that a table shows is weighed: the fields that its columns fill, how many fill none and what
those are called, the words of its title, of its projects' names, its companies and offices. Each pair of characters has a
weight (`wording/project_evidence.csv`, above zero: another matter), fitted to tables of both sides that were written blind
(`tests/fixtures/evidence_fitting.py`) and open to hands: a longer word counts wherever it stands. What says of itself
that projects are attracted, promoted or looked after, or tells who came from where, is never asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from ingest.columns.column_meaning import ColumnMeaning
from ingest.columns.column_texts import column_texts
from ingest.columns.neighbour_words import neighbour_words, says
from ingest.headers.header_text import segment
from ingest.kinds.ledger_kind import TableKind
from ingest.kinds.other_business import MAY_TELL_OF_OURS, OF_COMPANIES, is_in_hundred_millions
from ingest.kinds.public_works import are_built_privately
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table
from ingest.values.printed import compact
from ingest.wording_registry import evidence_weights

# Log odds: four of five such tables are another matter; losing a list of ours is worse than taking another.
ENOUGH = 1.5
ENOUGH_IN_WORDS = 0.5
# A sign that others have too (引进单位 of people, 成立时间 of companies, 重点 and 数字 in a title) asks for more against it.
ENOUGH_AGAINST_A_SIGN = 2.5
_OF_COMERS = frozenset(
    {"investor_origin", "foreign_contract_usd", "foreign_arrived_usd", "tracking_unit", "planned_production_on"}
)
_OFTEN_OF_COMERS = frozenset({"capital_origin", "introducing_unit", "signing_event", "registered_on"})
# What stands for a field is no word by itself.
NO_WORDS = frozenset({"count", "field", "known"})
_SAY_WHO_COMES = ("attraction_title", "attracted_projects", "comers_titled")
_OF_ANY_LIST = frozenset({"sequence_no", "remark"})
_WHERE_OF_CELLS = {
    "project_name": "name",
    "project_company": "company",
    "investor_name": "company",
    "responsible_unit": "office",
    "progress_note": "progress",
}
# Whose headers tell who has it and how it goes: 合作单位, 乙方, 实施单位, 落实情况.
_TOLD_BY_HEADERS = frozenset(
    {
        "investor_name",
        "project_company",
        "introducing_unit",
        "responsible_unit",
        "progress_note",
        "location",
        "due_on",
        "registered_on",
    }
)
_MANY_STRANGE, _MANY_FIELDS = 8, 10
_TITLES, _ROWS, _LONG, _FEW = 2, 6, 40, 2
_TELLS_NO_OTHER = (*MAY_TELL_OF_OURS, "says_nothing")
_NO_WORD = re.compile(r"[\s0-9（）()\[\]【】:：、/，,.％%]+")
# What headers of names always say.
_NAMED = re.compile("项目名称|项目|名称|工程")


@dataclass(frozen=True, slots=True)
class Told:
    """What a table shows, by where it stands: texts without figures and signs, and counts."""

    texts: dict[str, tuple[str, ...]]
    fields: frozenset[str]
    strange: int

    def counts(self) -> dict[str, float]:
        """How many columns fill no field and how many do, each on its own scale."""
        return {"strange": min(self.strange, _MANY_STRANGE) / 4, "known": min(len(self.fields), _MANY_FIELDS) / 5}


def speaks_of_another_matter(
    found: TableKind, grid: Grid, table: Table, titles: Sequence[str], around: Sequence[str]
) -> bool:
    """Whether what reads as a list of projects shows more of another matter than of investments."""
    if found.kind != "project" or says_whose(found.meanings, [*titles, *around]):
        return False
    # One row shows too little.
    told = told_by(found.meanings, grid, table)
    rows = max(len(told.texts.get(where, ())) for where in _WHERE_OF_CELLS.values())
    sign = has_a_sign(found.meanings, [*titles, *around]) or are_built_privately(found, grid, table)
    # Below 重点项目 one factory among roads makes the list ours.
    if sign and any(says("factory_named", name) for name in told.texts.get("name", ())):
        return False
    return rows >= _FEW and shows_another_matter(told, has_a_sign=sign)


def shows_another_matter(told: Told, *, has_a_sign: bool = False) -> bool:
    """Whether the whole weighs enough, and its words by themselves do: few fields and many strange columns are no matter."""
    enough = ENOUGH_AGAINST_A_SIGN if has_a_sign else ENOUGH
    return weigh(told) > enough and weigh_words(told) > ENOUGH_IN_WORDS


def says_whose(meanings: Sequence[ColumnMeaning], said: Sequence[str]) -> bool:
    """Whether a title, a header or a field says by itself that these are projects of those who come to invest."""
    fields = {one.field for one in meanings if one.field is not None and not says("put_to_use", one.header)}
    if fields & _OF_COMERS or any(_is_of_elsewhere(field) for field in fields):
        return True
    if any(map(is_in_hundred_millions, meanings)):
        return True
    return any(says(words, text) for text in _texts_of_all(meanings, said) for words in _SAY_WHO_COMES)


def has_a_sign(meanings: Sequence[ColumnMeaning], said: Sequence[str]) -> bool:
    """Whether anything speaks for such projects that lists of another matter may have as well."""
    if any(one.field in _OFTEN_OF_COMERS for one in meanings):
        return True
    if any(says("looked_after", one.header) for one in meanings):
        return True
    return any(says("ours_titled", OF_COMPANIES.sub("", text)) for text in _texts_of_all(meanings, said))


def _texts_of_all(meanings: Sequence[ColumnMeaning], said: Sequence[str]) -> list[str]:
    """Titles, and headers of names; whatever is bought, sold or held is signed too."""
    names = (one.header for one in meanings if one.field == "project_name")
    return [compact(text).replace("签约", "") for text in (*said, *names)]


def _is_of_elsewhere(field: str) -> bool:
    return field.startswith("funds_arrived_") and field.endswith(("_province_cny", "_foreign_cny"))


def told_by(meanings: Sequence[ColumnMeaning], grid: Grid, table: Table) -> Told:
    """What a table shows of itself."""
    strange = [
        one
        for one in meanings
        if one.field is None and one.path and not any(says(words, _core(one)) for words in _TELLS_NO_OTHER)
    ]
    texts: dict[str, list[str]] = {"column": [_plain(_core(one)) for one in strange]}
    texts["title"] = [part for line in table.titles[:_TITLES] for part in _matter(line.text)]
    texts["named"] = [
        part for one in meanings if one.field == "project_name" for part in _NAMED.split(_plain(_core(one)))
    ]
    texts["known"] = [_plain(_core(one)) for one in meanings if one.field in _TOLD_BY_HEADERS and one.path]
    for meaning, column in zip(meanings, table.columns, strict=True):
        if where := _WHERE_OF_CELLS.get(meaning.field or ""):
            cells = islice(column_texts(grid, table, column), _ROWS)
            texts.setdefault(where, []).extend(_plain(text)[:_LONG] for text in cells)
    return Told(
        {where: tuple(filter(None, found)) for where, found in texts.items()},
        frozenset(one.field for one in meanings if one.field is not None) - _OF_ANY_LIST,
        len(strange),
    )


def _matter(title: str) -> list[str]:
    """What is left of a title without what titles of any list say (项目建设进展情况表)."""
    return re.sub("[年月日表]", " ", neighbour_words("project_frame").sub(" ", _plain(title))).split()


def weigh(told: Told) -> float:
    """How much a table speaks of another matter; below zero of ours."""
    weights = evidence_weights()
    found = sum(weights.get(("count", word), 0.0) * times for word, times in told.counts().items())
    found += sum(weights.get(("field", field), 0.0) for field in told.fields)
    return found + sum(_weights_of_words(told).values()) + weights["count", "any"]


def weigh_words(told: Told) -> float:
    """How much the words of strange columns, titles and cells alone speak of another matter; 签约时间 and 合同金额 name a field."""
    return sum(weight for where, weight in _weights_of_words(told).items() if where not in NO_WORDS)


def _weights_of_words(told: Told) -> dict[str, float]:
    """How much the words that stand at a place weigh together."""
    weights = evidence_weights()
    return {
        where: sum(weights[where, word] for word in {word for text in texts for word in _words_in(where, text)})
        for where, texts in told.texts.items()
    }


def _words_in(where: str, text: str) -> Iterator[str]:
    """The weighed words that stand in a text."""
    words = _weighed(where)
    for length in {len(word) for word in words}:
        for at in range(len(text) - length + 1):
            if text[at : at + length] in words:
                yield text[at : at + length]


@cache
def _weighed(where: str) -> frozenset[str]:
    return frozenset(word for place, word in evidence_weights() if place == where)


def _core(meaning: ColumnMeaning) -> str:
    return segment(meaning.path[-1]).core if meaning.path else ""


def _plain(text: str) -> str:
    return _NO_WORD.sub("", compact(text))
