"""What only the neighbours of a column tell in ledgers of trips and receptions.

职务 is of the person left of it. Of several results the outcome (招商成果) is one, what was talked of (洽谈内容) is none.
Who is received comes to the county: no start of a trip, no place travelled to, and the guests are who was met.
"""

from __future__ import annotations

from dataclasses import replace

from ingest.columns.column_meaning import ColumnMeaning
from ingest.columns.neighbour_words import neighbour_words, says
from ingest.headers.header_text import segment

_PERSONS = {"traveller_name": "traveller_position", "contact_name": "contact_position"}
_AWAY = frozenset({"start_on", "end_on", "destination"})
_WHY_POSITION = "职务是左边那个人的 the position of the person left of it"
_WHY_COUNTED = "是走访的家数，没有企业名称，放入 extra how many were visited and no names: kept in extra"
_WHY_LOCAL = "来访接待的时间地点在本地，不是外出 a reception: when and where it was is no trip, kept in extra"
_WHY_GUEST = "来访接待中带队的是客商一方 in a reception whoever led came as a guest"
_WHY_FOLLOWS = "另有带队的人，本列是随行的人 another column names who led the journey, this one who went along"
_WHY_CAME = "来访接待，是客人到访的日子 a reception: the day the guests came"
_WHY_HOST = "来访接待，是接待的一方 a reception: who received the guests"
_WHY_SIGNED = "签约项目的个数 how many projects were signed"
_WHY_NO_UNIT = "没有写明金额单位，放入 extra no unit of money is stated, kept in extra"
_TWO = 2
_WHY_PERSON = "另有一列是企业，本列是所见的人 another column names the company, this one whom they met"
_WHY_BOTH = "没有别的外出人员列，姓名和职务写在一起 no other column names who went: name and position in one"
_WHY_VISITED = "走访的就是这家企业 the company that was visited"
_WHY_EITHER = "左边的人是哪一方的没有写明 whose person stands left of it is not said"
_WHY_SQUAD = "另有一列是企业，本列是外出的团组 another column names the company, this one the squad that went"
_WHY_FIRST = "企业和人写在一起，先写的是企业 company and person in one, the company first"
_WHY_WENT_ON = "另有一列写成果，本列是以后的跟进 another column holds what came of it, this one what was done since"
_WHY_VISITOR = "另有一列是所见的人，本列是去拜访的人 another column names whom they met, this one who paid the visit"
_WHY_TALK = "另有一列写成果，本列只是内容 another column holds what came of it, this one what was talked of"


def read_trip_neighbours(meanings: list[ColumnMeaning]) -> None:
    """Settle positions, results and receptions, in place."""
    _leave_counts_open(meanings)
    _read_lone_company(meanings)
    received = _are_receptions(meanings)
    if received:
        _read_guests(meanings)
    _read_company_first(meanings)
    _read_visitors(meanings)
    _read_persons_met(meanings)
    _read_named_with_position(meanings)
    _read_squads(meanings, received=received)
    _read_leaders(meanings)
    _read_positions(meanings, received=received)
    _read_outcomes(meanings)
    _read_signed(meanings)


def _leave_counts_open(meanings: list[ColumnMeaning]) -> None:
    """拜访企业（家） > 本月: how many were visited in which time, and no company's name."""
    for index, meaning in enumerate(meanings):
        if meaning.field != "visited_company" or len(meaning.path) < _TWO:
            continue
        counted = any(unit.code == "count" for part in meaning.path[:-1] for unit in segment(part).units)
        if counted and says("says_time", meaning.path[-1]):
            meanings[index] = _open(meaning, _WHY_COUNTED)


def _read_lone_company(meanings: list[ColumnMeaning]) -> None:
    """拜访时间 | 企业 | 接洽人员: beside a word of visits a bare 企业 is whom the visit was paid to."""
    lone = [at for at, one in enumerate(meanings) if one.field is None and says("lone_company", one.path[-1])]
    known = any(one.field == "visited_company" for one in meanings)
    if len(lone) == 1 and not known and any(says("visit", one.header) for one in meanings):
        meanings[lone[0]] = _taken(meanings[lone[0]], "visited_company", _WHY_VISITED)


def _read_guests(meanings: list[ColumnMeaning]) -> None:
    """到访日期 | 客商单位 | 带队人 | 陪同领导: who led the guests was met; when and where is the county's."""
    has_contact = any(one.field == "contact_name" and not says("host", one.path[-1]) for one in meanings)
    came, hosted = (any(one.field == field for one in meanings) for field in ("received_on", "host_name"))
    has_guests = has_contact or any(one.field == "visited_company" for one in meanings)
    for index, meaning in enumerate(meanings):
        if meaning.field == "start_on" and meaning.end_field is None and not came:
            meanings[index] = replace(meaning, field="received_on", value_type="date", why=_WHY_CAME)
            came = True
        elif meaning.field in _AWAY:
            meanings[index] = _open(meaning, _WHY_LOCAL)
        elif meaning.field == "contact_name" and says("host", meaning.path[-1]):
            meanings[index] = replace(meaning, field="host_name", why=_WHY_HOST)
        elif (
            meaning.field in ("traveller_name", "companions")
            and has_guests
            and says("hosts", meaning.path[-1])
            and not hosted
        ):
            meanings[index] = replace(meaning, field="host_name", why=_WHY_HOST)
            hosted = True
        elif not has_contact and len(meaning.path) == 1 and says("guests_leader", meaning.path[-1]):
            meanings[index] = _taken(meaning, "contact_name", _WHY_GUEST)
            has_contact = True


def _read_company_first(meanings: list[ColumnMeaning]) -> None:
    """拜访企业及负责人: the cell begins with the company, whoever was met there stands behind it."""
    if any(one.field == "visited_company" for one in meanings):
        return
    met = [at for at, one in enumerate(meanings) if one.field == "contact_name"]
    if len(met) == 1 and says("company_first", meanings[met[0]].path[-1]):
        meanings[met[0]] = replace(meanings[met[0]], field="visited_company", why=_WHY_FIRST)


def _read_visitors(meanings: list[ColumnMeaning]) -> None:
    """拜访人 | 会见人员: where another column names who was met and none who went, whoever visits is ours."""
    if any(one.field == "traveller_name" for one in meanings):
        return
    met = [index for index, one in enumerate(meanings) if one.field == "contact_name"]
    visitors = [index for index in met if says("visitor", meanings[index].path[-1])]
    if len(visitors) == 1 and len(met) == _TWO:
        meanings[visitors[0]] = replace(meanings[visitors[0]], field="traveller_name", why=_WHY_VISITOR)


def _read_persons_met(meanings: list[ColumnMeaning]) -> None:
    """约见企业 | 约见对象: beside the company that was met whom was met is a person."""
    if any(one.field == "contact_name" for one in meanings):
        return
    open_persons = [
        index for index, one in enumerate(meanings) if one.field is None and says("met_or_sent", one.path[-1])
    ]
    if len(open_persons) == 1 and any(one.field == "traveller_name" for one in meanings):
        # 外勤人员 | 接洽人员: the county's own stand in a column of theirs.
        meanings[open_persons[0]] = _taken(meanings[open_persons[0]], "contact_name", _WHY_PERSON)
        return
    claims = [index for index, one in enumerate(meanings) if one.field == "visited_company"]
    if len(claims) < _TWO:
        return
    persons = [index for index in claims if says("whom", meanings[index].path[-1])]
    if len(persons) == 1:
        meanings[persons[0]] = replace(meanings[persons[0]], field="contact_name", why=_WHY_PERSON)


def _read_named_with_position(meanings: list[ColumnMeaning]) -> None:
    """带队领导及职务: where no other column names who went, the name stands here, before the position."""
    named = [index for index, one in enumerate(meanings) if says("names_first", one.path[-1])]
    nobody = all(one.field not in ("traveller_name", "host_name") for one in meanings)
    if len(named) == 1 and nobody and meanings[named[0]].field in (None, "traveller_position"):
        meanings[named[0]] = _taken(meanings[named[0]], "traveller_name", _WHY_BOTH)
        return
    for name, position in _PERSONS.items():
        claims = [index for index, one in enumerate(meanings) if one.field == position]
        # 带队领导及职务 | 随行人员: who went along is named, whoever led stands here.
        named_alone = any(one.field == name and not says("goes_along", one.path[-1]) for one in meanings)
        if len(claims) != 1 or named_alone:
            continue
        if says("name_and_position", meanings[claims[0]].path[-1]):
            meanings[claims[0]] = replace(meanings[claims[0]], field=name, why=_WHY_BOTH)


def _read_squads(meanings: list[ColumnMeaning], *, received: bool) -> None:
    """团组 | 会见企业 of a journey: another column names the company, this one who went."""
    claims = [index for index, one in enumerate(meanings) if one.field == "visited_company"]
    squads = [index for index in claims if says("squad", meanings[index].path[-1])]
    if received or len(claims) < _TWO or len(squads) != 1 or any(one.field == "team_name" for one in meanings):
        return
    meanings[squads[0]] = replace(meanings[squads[0]], field="team_name", why=_WHY_SQUAD)


def _read_leaders(meanings: list[ColumnMeaning]) -> None:
    """队长 | 成员, 带队领导 | 参加人员: who led the journey is its traveller, those beside stay in `extra`."""
    claims = [index for index, one in enumerate(meanings) if one.field == "traveller_name"]
    leaders = [index for index in claims if says("leads", meanings[index].header)]
    for index in claims:
        header = meanings[index].header
        if leaders and index not in leaders and says("follows", header):
            meanings[index] = replace(meanings[index], field="companions", why=_WHY_FOLLOWS)


def _taken(meaning: ColumnMeaning, field: str, why: str, *, value_type: str = "text") -> ColumnMeaning:
    """The column as a field that its neighbours tell."""
    return replace(meaning, field=field, value_type=value_type, match_method="close", match_score=1.0, why=why)


def _open(meaning: ColumnMeaning, why: str) -> ColumnMeaning:
    return replace(
        meaning, field=None, value_type="text", end_field=None, match_method="none", match_score=0.0, why=why
    )


def _read_positions(meanings: list[ColumnMeaning], *, received: bool) -> None:
    for index, meaning in enumerate(meanings):
        if not index or meaning.field not in (None, *_PERSONS.values()):
            continue
        is_bare = says("bare_position", meaning.path[-1])
        if is_bare and _is_of_either_side(meanings[index - 1]):
            # 接洽人员 | 职务: nobody says whose.
            if meaning.field is not None:
                meanings[index] = _open(meaning, _WHY_EITHER)
            continue
        named = None if is_bare else _position_of_named(meanings[index - 1], meaning)
        field = _position_of(meanings, index, received=received) if is_bare else named
        if field is not None and field != meaning.field:
            meanings[index] = _taken(meaning, field, _WHY_POSITION)


def _is_of_either_side(left: ColumnMeaning) -> bool:
    return left.field is None and says("met_or_sent", left.path[-1])


def _position_of_named(left: ColumnMeaning, meaning: ColumnMeaning) -> str | None:
    """企业接待人员 | 接待人员职务: the person left of it is the one that the position names."""
    named = neighbour_words("position").sub("", meaning.path[-1])
    is_named = named != meaning.path[-1] and len(named) > 1 and named in left.path[-1]
    return _PERSONS.get(left.field or "") if is_named else None


def _position_of(meanings: list[ColumnMeaning], index: int, *, received: bool) -> str | None:
    """Whose position a bare 职务 is: of the person left of it, of its group, of the guests where none is named."""
    left, path = meanings[index - 1], meanings[index].path
    if left.path[:-1] == path[:-1] and (field := _PERSONS.get(left.field or "")) is not None:
        return field
    if any(says("their_group", part) for part in path[:-1]):
        return "contact_position"
    has_guest = any(one.field == "contact_name" for one in meanings)
    if has_guest and left.field == "visited_company" and path[:-1] == left.path[:-1]:
        # 校友姓名 | 任职企业 | 现任职务
        return "contact_position"
    return "contact_position" if received and (has_guest or meanings[index].field == "traveller_position") else None


def _read_outcomes(meanings: list[ColumnMeaning]) -> None:
    claims = [index for index, one in enumerate(meanings) if one.field == "result_note"]
    outcomes = [index for index in claims if says("outcome", meanings[index].header)]
    if outcomes:
        for index in claims:
            if index in outcomes:
                continue
            went_on = says("went_on", meanings[index].header)
            meanings[index] = (
                _open(meanings[index], _WHY_WENT_ON)
                if went_on
                else replace(meanings[index], field="topic", why=_WHY_TALK)
            )


def _read_signed(meanings: list[ColumnMeaning]) -> None:
    """签约项目（个） counts; an amount whose unit nothing states would reject the trip, and stays in `extra`."""
    for index, meaning in enumerate(meanings):
        counts = meaning.unit is not None and meaning.unit.code == "count"
        if meaning.field is None and counts and says("signed_projects", _last_words(meaning)):
            meanings[index] = _taken(meaning, "signed_count", _WHY_SIGNED, value_type="number")
        elif meaning.field == "signed_amount_cny" and meaning.unit is None:
            meanings[index] = _open(meaning, _WHY_NO_UNIT)


def _last_words(meaning: ColumnMeaning) -> str:
    """签约项目 > （个）: a leaf of nothing but its unit leaves the words to its group."""
    return next((part for part in reversed(meaning.path) if segment(part).core), meaning.path[-1])


def _are_receptions(meanings: list[ColumnMeaning]) -> bool:
    headers = [one.header for one in meanings]
    # 客商姓名 | 接待人: whoever received the guests; without them it could be who received ours.
    by_persons = any(says("received_by", header) for header in headers) and any(
        says("guest_named", header) for header in headers
    )
    return (by_persons or any(says("reception", header) for header in headers)) and not any(
        says("journey", header) for header in headers
    )
