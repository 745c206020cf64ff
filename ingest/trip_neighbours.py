"""What only the neighbours of a column tell in ledgers of trips and receptions.

职务 is of the person left of it. Of several results the outcome (招商成果) is one, what was talked of (洽谈内容) is none.
Who is received comes to the county: no start of a trip, no place travelled to, and the guests are who was met.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.column_meaning import ColumnMeaning

_BARE_POSITION = re.compile(r"^(?:人员|负责人|领导|本人)?(?:职务|职位)(?:职称)?$")
_PERSONS = {"traveller_name": "traveller_position", "contact_name": "contact_position"}
_OUTCOME = re.compile("成果|成效|实效|结果|收获|效果|达成|成绩|结论")
_COMES = re.compile("来访|到访|接待|来县|来市|来区|来考察|来我")
_GOES = re.compile("外出|赴|出访|出差|带队|率队|目的地|走出去|出发|返回|前往")
_AWAY = frozenset({"start_on", "end_on", "destination"})
_WHY_POSITION = "职务是左边那个人的 the position of the person left of it"
_WHY_LOCAL = "来访接待的时间地点在本地，不是外出 a reception: when and where it was is no trip, kept in extra"
_WHY_TALK = "另有一列写成果，本列只是内容 another column holds what came of it, this one what was talked of"


def read_trip_neighbours(meanings: list[ColumnMeaning]) -> None:
    """Settle positions, results and receptions, in place."""
    _read_positions(meanings)
    _read_outcomes(meanings)
    if _are_receptions(meanings):
        for index, meaning in enumerate(meanings):
            if meaning.field in _AWAY:
                meanings[index] = _open(meaning, _WHY_LOCAL)


def _open(meaning: ColumnMeaning, why: str) -> ColumnMeaning:
    return replace(
        meaning, field=None, value_type="text", end_field=None, match_method="none", match_score=0.0, why=why
    )


def _read_positions(meanings: list[ColumnMeaning]) -> None:
    for index, meaning in enumerate(meanings):
        if not index or not _BARE_POSITION.match(meaning.path[-1]) or meaning.field not in (None, *_PERSONS.values()):
            continue
        left = meanings[index - 1]
        field = _PERSONS.get(left.field or "")
        if field is None and _COMES.search(left.header) and not re.search("接待|陪同", left.header):
            # 来访企业 | 职务: of whoever came.
            field = "contact_position" if any(one.field == "contact_name" for one in meanings) else None
        if field is not None and field != meaning.field:
            meanings[index] = replace(
                meaning, field=field, value_type="text", match_method="close", match_score=1.0, why=_WHY_POSITION
            )
        elif field is None and _are_receptions(meanings) and meaning.field == "traveller_position":
            meanings[index] = replace(meaning, field="contact_position", why=_WHY_POSITION)


def _read_outcomes(meanings: list[ColumnMeaning]) -> None:
    claims = [index for index, one in enumerate(meanings) if one.field == "result_note"]
    outcomes = [index for index in claims if _OUTCOME.search(meanings[index].header)]
    if outcomes:
        for index in claims:
            if index not in outcomes:
                meanings[index] = _open(meanings[index], _WHY_TALK)


def _are_receptions(meanings: list[ColumnMeaning]) -> bool:
    headers = [one.header for one in meanings]
    return any(map(_COMES.search, headers)) and not any(map(_GOES.search, headers))
