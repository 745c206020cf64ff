"""What the headers of a table mean: field, unit, scope and period of every column, and why.

`interpret_columns` reads all columns of one table; it settles what only their neighbours can tell, and two columns that
claim one field. The knowledge is in `wording/header*.csv`. One path is read like this:

1. `header_text.py` takes every cell apart, `header_path.py` the path: leaf, groups, unit, period.
2. `header_field.py` decides which field it names, by whole wordings (`header_exact.py`, looked up in `header_lookup.py`),
   a small grammar for money and dates (`header_grammar.py`), near wordings (`header_close.py`) and phrases
   (`header_phrases.py`); `header_brackets.py` judges what else the leaf names.
3. `header_column.py` adds the unit (`header_unit.py`) and makes it a `ColumnMeaning`; figures of summaries are read by
   `summary_headers.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.columns.neighbour_words import neighbour_words, says
from ingest.headers.header_column import interpret_column
from ingest.headers.header_exact import WHOLE_LEAVES
from ingest.headers.header_grammar import features
from ingest.headers.header_path import is_unknown
from ingest.headers.header_quarters import leave_first_quarter_open, read_quarters_told
from ingest.headers.header_standing import read_changed
from ingest.headers.header_text import Period, head_key, segment
from ingest.kinds.item_neighbours import read_item_neighbours
from ingest.kinds.trip_neighbours import read_trip_neighbours
from ingest.wording_registry import header_notes

# A field, what a wording of it says beside a plainer one, and the field that this makes it.
_SIBLINGS = (
    ("total_investment_cny", "agreed", "contract_amount_cny"),
    ("responsible_unit", "attracts", "introducing_unit"),
    ("investor_name", "attracted_company", "project_company"),
)
_TELLS_OF_ONE = re.compile("(?:信息|情况)$")
_SUMMED = frozenset({"investment_plan_year_cny", "total_investment_cny"})
_PARTS_OF_TOTAL = frozenset({"fixed_asset_investment_cny", "phase_one_investment_cny"})
# What a word that says no more than a time makes of a figure.
_SHORTER = {frozenset({"this_month"}): "month", frozenset({"this_year"}): "ytd"}
_SCOPE_OF_FIELD = re.compile("_(cumulative|ytd)_")
# What a list of problems calls the columns that a list of projects has too.
_OF_PROBLEMS = {
    "project_name": "project_name",
    "investor_name": "investor_name",
    "problem": "subject",
    "measure": "measure",
    "due_on": "due_on",
    "progress_note": "status",
    "responsible_unit": "owner_unit",
    "responsible_leader": "owner_leader",
    "responsible_person": "owner_person",
}
_PRINTED_PATH = re.compile(
    r"\s*([^\s\d()（）]{1,10}?(?:信息|情况|资料|概况|数据|安排|方面|部分|内容))\s*[-－—–_.·>→|｜:：/／\\]+\s*(\S.*)",
    re.DOTALL,
)
_LEADING_NUMBER = re.compile(r"^\s*(?:\d{1,2}[.、．])?\s*")
_IN_YEAR = frozenset({"ytd", "month", "year"})
_MONTHS = 12
_DONE_ON = frozenset({"started_on", "completed_on", "production_on", "signed_on", "registered_on"})
_METHOD_RANK = {"exact": 3, "normalised": 2, "group": 2, "close": 0}


def interpret_columns(paths: Sequence[tuple[str, ...]], *, context: HeaderContext) -> list[ColumnMeaning]:
    """All columns of one table, in order; prefer this to `interpret_column`.

    Where two columns claim one field for the same period, the better match keeps it and the other is unmapped with a
    sentence why. Columns of one field for different months (`1月完成投资` … `12月完成投资`) all keep it, told apart by
    `period`: the ledger turns them into rows or takes the report month's.
    """
    meanings = [_by_printed_path(interpret_column(tuple(path), context=context), context) for path in paths]
    if (context.kind or "project") == "project":
        read_changed(meanings, context)
        _read_of_which(meanings, context)
        _read_groups_of_which(meanings, context)
        _read_parts_of_times(meanings, context)
        _read_sums_of_months(meanings)
        _read_sums_of_parts(meanings, context)
        _read_year_beside_months(meanings)
        _read_siblings(meanings)
        _read_foreign_parts(meanings)
        _read_foreign_wholes(meanings)
        _read_investors_place(meanings)
        # One quarter of four is no part of the year by itself: 全年合计 behind them is their sum.
        leave_first_quarter_open(meanings)
        _leave_whole_years_open(meanings)
        _leave_years_open(meanings, context)
        read_quarters_told(meanings, context)
        _read_phones_of_two(meanings)
        _leave_other_projects_open(meanings)
    elif context.kind == "outreach":
        read_trip_neighbours(meanings)
        _read_lone_trip_times(meanings)
    elif context.kind == "problem":
        _read_by_projects_words(meanings, context)
        read_item_neighbours(meanings)
    _settle_claims(meanings)
    return meanings


def _by_printed_path(meaning: ColumnMeaning, context: HeaderContext) -> ColumnMeaning:
    """投资信息-总投资（万元）, 责任信息.领导: a system printed the heading above a column and its own into one cell."""
    parts = _PRINTED_PATH.fullmatch(meaning.path[0]) if meaning.field is None and len(meaning.path) == 1 else None
    if parts is None:
        return meaning
    below = interpret_column((parts[1], parts[2]), context=context)
    return meaning if below.field is None else replace(below, path=meaning.path)


def tells_past_years(header: str) -> bool:
    """历年到位 beside 累计到位 is what came before this year; 历年累计 is the whole."""
    found = neighbour_words("past_years").search(header)
    return found is not None and not says("accumulated", header[found.end() :])


def _is_of_which(cell: str) -> bool:
    return says("of_which", _LEADING_NUMBER.sub("", cell))


def _is_sum(leaf: str) -> bool:
    return head_key(leaf) in WHOLE_LEAVES or says("sum_of_months", head_key(leaf))


def _read_of_which(meanings: list[ColumnMeaning], context: HeaderContext) -> None:
    """到位资金 | 其中：省外资金, side by side without a group above them: the second is read as below the first. A part is
    counted in the unit of its whole: 实际到资（万美元） | 其中：本年到资.
    """
    whole: ColumnMeaning | None = None
    paths = [meaning.path for meaning in meanings]
    _ungroup_parts(meanings, context)
    for index, meaning in enumerate(meanings):
        if not meaning.path or not _is_of_which(meaning.path[-1]):
            whole = meaning
        elif meaning.field in _PARTS_OF_TOTAL and whole is not None and says("spent", whole.header):
            # 累计完成投资 | 其中：固定资产投资 is a part of what was spent, not of the total.
            meanings[index] = left_open(
                meaning, "是所完成部分的其中项 a part of what was spent or arrived, of no field"
            )
        elif _states_no_unit(meaning) and whole is not None and whole.unit is not None and whole.unit_basis == "leaf":
            leaf = f"{meaning.path[-1]}（{whole.unit.text}）"
            meanings[index] = replace(interpret_column((*meaning.path[:-1], leaf), context=context), path=meaning.path)
        elif meaning.field is None and whole is not None and (part := _part_in_time(meaning, whole)) is not None:
            meanings[index] = part
        elif meaning.field is None and whole is not None and whole.field is None:
            meanings[index] = _part_of_outside_funds(meaning, whole, context)
        elif meaning.field is None and whole is not None and whole.value_type.startswith("amount"):
            below = interpret_column((*whole.path, meaning.path[-1]), context=context)
            is_beside = meaning.path[:-1] in (whole.path[:-1], ())
            if is_beside and below.field is not None and below.field != whole.field:
                meanings[index] = replace(below, path=meaning.path)
    for index, path in enumerate(paths):
        meanings[index] = replace(meanings[index], path=path)


def _read_groups_of_which(meanings: list[ColumnMeaning], context: HeaderContext) -> None:
    """到位资金 > 本年, 本月 | 其中省外资金 > 本年, 本月: a group that is a part is read leaf by leaf as below the group before it."""
    whole: tuple[str, ...] = ()
    for index, meaning in enumerate(meanings):
        *above, group, leaf = ("", "", *meaning.path)
        if not group or not _is_of_which(group):
            whole = meaning.path[:-1]
            continue
        if meaning.field is not None or not whole or whole[:-1] != tuple(filter(None, above)):
            continue
        below = interpret_column((*whole, group, leaf), context=context)
        if below.funds_origin is not None and any(
            one.path == (*whole, leaf) and _is_whole_of(one, below) for one in meanings
        ):
            meanings[index] = replace(below, path=meaning.path)


def _is_whole_of(whole: ColumnMeaning, part: ColumnMeaning) -> bool:
    """Whether a column is what another one, of the same time, is a part of."""
    return whole.field is not None and whole.funds_origin is None and whole.scope == part.scope


def _read_parts_of_times(meanings: list[ColumnMeaning], context: HeaderContext) -> None:
    """到位资金 > 本年累计 | 其中：省外: a part that says no time is of the time left of it, not of the group's or the whole.

    So is each of several that repeat (本月 | 省外 | 本年 | 省外). A lone 省外 behind 本年累计 may be of either and stays open.
    """
    whole: ColumnMeaning | None = None
    paths = Counter(meaning.path for meaning in meanings)
    for index, meaning in enumerate(meanings):
        if whole is not None and meaning.path[:-1] != whole.path[:-1]:
            whole = None
        if not meaning.path or (len(meaning.path) == 1 and not _is_of_which(meaning.path[-1])):
            # 到位资金 | 省外资金 with no group above them: only what says 其中 is surely a part of what stands left of it.
            whole = meaning
            continue
        leaf = meaning.path[-1]
        is_of_which = _is_of_which(leaf)
        if meaning.funds_origin is None:
            whole = whole if is_of_which else meaning
        elif whole is not None and _is_of_another_time(meaning, whole):
            below = interpret_column((*whole.path, leaf), context=context)
            is_told = is_of_which or paths[meaning.path] > 1
            is_its_part = (below.scope, below.funds_origin) == (whole.scope, meaning.funds_origin)
            meanings[index] = (
                replace(below, path=meaning.path)
                if is_told and is_its_part
                else left_open(
                    meaning,
                    f"不知是「{whole.header}」的还是全部的 of {whole.header} or of the whole, which is not said",
                )
            )


def _is_of_another_time(part: ColumnMeaning, whole: ColumnMeaning) -> bool:
    """Whether a part whose own words say no time got another than the column it stands behind."""
    if whole.field is None or whole.scope is None or part.field is None or part.scope == whole.scope:
        return False
    words = segment(part.path[-1])
    return words.timeless == words.core and not says("says_time", "".join((words.core, *words.bracketed)))


def _part_of_outside_funds(meaning: ColumnMeaning, whole: ColumnMeaning, context: HeaderContext) -> ColumnMeaning:
    """本年到位市外资金 | 其中：省外: what came from outside the city has no field, and its part from other provinces has one."""
    plain = neighbour_words("outside").sub("", whole.path[-1]) if whole.path else ""
    if not plain or plain == whole.path[-1]:
        return meaning
    below = interpret_column((*whole.path[:-1], plain, meaning.path[-1]), context=context)
    is_part = below.field is not None and below.field.endswith("_other_province_cny")
    return replace(below, path=meaning.path) if is_part else meaning


def _ungroup_parts(meanings: list[ColumnMeaning], context: HeaderContext) -> None:
    """总投资 | 其中 > 固定资产投资, 流动资金: a group that says no more than 其中 stands for the word before its leaves."""
    for index, meaning in enumerate(meanings):
        *above, group, leaf = ("", "", *meaning.path)
        if meaning.field is None and segment(group).core == "其中" and index:
            path = (*(part for part in above if part), f"其中：{leaf}")
            meanings[index] = interpret_column(path, context=context)


def _part_in_time(meaning: ColumnMeaning, whole: ColumnMeaning) -> ColumnMeaning | None:
    """今年累计完成投资 | 其中：本月: the part of the whole that falls into a shorter time, where the wording says no more."""
    words = segment(meaning.path[-1]).core.removeprefix("其中")
    scope, field = _SHORTER.get(features(words) or frozenset()), whole.field or ""
    found = _SCOPE_OF_FIELD.search(field)
    if scope is None or found is None or found[1] == scope:
        return None
    stated = meaning if meaning.unit is not None else whole
    field = field.replace(found[0], f"_{scope}_")
    return replace(whole, path=meaning.path, field=field, scope=scope, unit=stated.unit, unit_basis=stated.unit_basis)


def _states_no_unit(meaning: ColumnMeaning) -> bool:
    """Whether an amount's own header and group leave its unit open, whatever the sheet's title says."""
    return meaning.value_type.startswith("amount") and meaning.unit_basis not in {"leaf", "group"}


def _read_lone_trip_times(meanings: list[ColumnMeaning]) -> None:
    """外出时间 of trips with no column for the end: a cell may hold both (`6月3日-5日`); 出发时间 says that it does not."""
    if any(meaning.field == "end_on" for meaning in meanings):
        return
    for index, meaning in enumerate(meanings):
        if meaning.field == "start_on" and meaning.value_type == "date" and not says("sets_out", meaning.header):
            meanings[index] = replace(meaning, value_type="date_range", end_field="end_on")


def _read_by_projects_words(meanings: list[ColumnMeaning], context: HeaderContext) -> None:
    """市级牵头部门, 需县里协调的事项: a wording that lists of projects know names the same thing in a list of problems."""
    claimed = {meaning.field for meaning in meanings}
    below = replace(context, kind=None)
    for index, meaning in enumerate(meanings):
        if meaning.field is not None:
            continue
        known = interpret_column(meaning.path, context=below)
        field = _OF_PROBLEMS.get(known.field or "")
        if known.field == "problem_owner":
            field = "owner_unit" if says("is_office", meaning.header) else "owner_person"
        if field is not None and field not in claimed:
            meanings[index] = replace(known, field=field)


def _read_sums_of_months(meanings: list[ColumnMeaning]) -> None:
    """到位资金 > 1月, 2月, … 合计: the sum beside months of a year is the year's, not the amount since the start."""
    months: dict[tuple[str, ...], set[int | None]] = {}
    for meaning in meanings:
        if meaning.period is not None and meaning.period.is_single_month:
            months.setdefault(meaning.path[:-1], set()).add(meaning.period.month_from)
    for index, meaning in enumerate(meanings):
        field, beside = meaning.field or "", months.get(meaning.path[:-1], set())
        if "_cumulative_" in field and head_key(meaning.path[-1]) in WHOLE_LEAVES and {1, 2} <= beside:
            why = f"{meaning.why} 各月之和，是当年累计 the sum of the months is the year's"
            meanings[index] = replace(meaning, field=field.replace("_cumulative_", "_ytd_"), scope="ytd", why=why)
    _read_subtotals_of_months(meanings)


def _read_subtotals_of_months(meanings: list[ColumnMeaning]) -> None:
    """2024年完成投资 > 1月, 2月, … 小计: of months of one group nothing else is summed up."""
    groups: dict[tuple[str, ...], list[ColumnMeaning]] = {}
    for meaning in meanings:
        if meaning.period is not None and meaning.period.is_single_month and "_month_" in (meaning.field or ""):
            groups.setdefault(meaning.path[:-1], []).append(meaning)
    for index, meaning in enumerate(meanings):
        months = groups.get(meaning.path[:-1], [])
        firsts = {month.period.month_from for month in months if month.period is not None}
        if meaning.field is None and {1, 2} <= firsts and _is_sum(meaning.path[-1]):
            why = "各月之和，是当年累计 the sum of the months is the year's"
            field = (months[0].field or "").replace("_month_", "_ytd_")
            meanings[index] = replace(months[0], path=meaning.path, field=field, scope="ytd", period=None, why=why)


def _read_year_beside_months(meanings: list[ColumnMeaning]) -> None:
    """2024年各月完成投资 > 1月, 2月, … | 1-6月累计完成: what has been done since January is what the months count."""
    months = {m.field: m for m in meanings if m.field and m.period is not None and m.period.is_single_month}
    whole = next(iter(months.values()), None)
    if len(months) != 1 or whole is None or "_month_" not in (whole.field or ""):
        return
    field = (whole.field or "").replace("_month_", "_ytd_")
    for index, meaning in enumerate(meanings):
        if not meaning.path or meaning.field is not None or not _says_only_done(meaning):
            continue
        stated = meaning if meaning.unit is not None else whole
        why = f"与各月同义，是当年累计 what the months count, since January: {field}"
        meanings[index] = replace(
            whole,
            path=meaning.path,
            field=field,
            scope="ytd",
            period=meaning.period,
            unit=stated.unit,
            unit_basis=stated.unit_basis,
            why=why,
        )


def _says_only_done(meaning: ColumnMeaning) -> bool:
    """Whether a header of one level says no more than 1-6月累计完成."""
    period = meaning.period
    if len(meaning.path) != 1 or period is None or not period.starts_in_january or period.is_single_month:
        return False
    return says("only_done", segment(meaning.path[-1]).timeless) and (meaning.unit is None or meaning.unit.is_money)


def _read_siblings(meanings: list[ColumnMeaning]) -> None:
    """总投资 | 协议投资额 side by side: what was agreed is the contract's amount, alone it is the investment as a whole;
    of 责任单位 | 招引责任单位 the second attracted the project; of 引进企业 | 投资方 the first is the company that came of it.
    """
    for field, mark, sibling in _SIBLINGS:
        claims = [index for index, meaning in enumerate(meanings) if meaning.field == field]
        marked = [index for index in claims if says(mark, meanings[index].header)]
        if len(claims) == 2 and len(marked) == 1 and all(meaning.field != sibling for meaning in meanings):
            meaning = meanings[marked[0]]
            why = f"{meaning.why} 另有一列更像 {field}，本列是 {sibling} beside a plainer {field} it is {sibling}"
            meanings[marked[0]] = replace(meaning, field=sibling, why=why)


def _read_foreign_parts(meanings: list[ColumnMeaning]) -> None:
    """累计到位资金 > 省内 | 外资: where no unit is stated, foreign money beside other parts of one sum is a part in yuan too; so it
    is in 省外到位（本年度）| 省内到位（本年度）| 外资到位（本年度）, side by side without a group.
    """
    sums = {one.path[:-1] for one in meanings if len(one.path) > 1 and (one.field or "").startswith("funds_arrived_")}
    for index, one in enumerate(meanings):
        beside = [*meanings[max(index - 1, 0) : index], *meanings[index + 1 : index + 2]]
        is_below = one.path[:-1] in sums
        is_beside = len(one.path) == 1 and any(_is_other_origin(other, one) for other in beside)
        is_part = one.field == "foreign_arrived_usd" and one.unit is None and (is_below or is_beside)
        if is_part and one.scope in ("cumulative", "ytd"):
            why = f"{one.why} 与同组各项同为人民币 a part in yuan, as its neighbours below the group are"
            field = f"funds_arrived_{one.scope}_foreign_cny"
            meanings[index] = replace(one, field=field, value_type="amount_cny", funds_origin="foreign", why=why)


def _is_other_origin(other: ColumnMeaning, part: ColumnMeaning) -> bool:
    """Whether a column without a unit has what arrived from a province in the same time."""
    is_province = other.funds_origin in ("other_province", "same_province")
    return is_province and other.unit is None and other.scope == part.scope


def _read_foreign_wholes(meanings: list[ColumnMeaning]) -> None:
    """Of dollars arrived 1-本月 | 历年累计 the second is the whole; a field without scopes can't hold the year's as well."""
    claims = [index for index, meaning in enumerate(meanings) if meaning.field == "foreign_arrived_usd"]
    whole = next((index for index in claims if meanings[index].scope == "cumulative"), None)
    if whole is None:
        return
    for index in claims:
        if meanings[index].scope != "cumulative":
            meanings[index] = _outdone(meanings[index], meanings[whole])


def _read_investors_place(meanings: list[ColumnMeaning]) -> None:
    """投资企业 | 企业所在地: where no other company stands in the table, it is the investor's place."""
    fields = {meaning.field for meaning in meanings}
    if "investor_name" not in fields or fields & {"project_company", "investor_origin"}:
        return
    places = [
        i for i, one in enumerate(meanings) if one.field is None and says("companys_place", segment(one.header).core)
    ]
    if len(places) == 1:
        why = "表中只有投资方一家企业，是投资方来源地 the investor is the only company of the table: its origin"
        place = meanings[places[0]]
        meanings[places[0]] = replace(
            place, field="investor_origin", value_type="text", match_method="close", match_score=1.0, why=why
        )


def _read_phones_of_two(meanings: list[ColumnMeaning]) -> None:
    """投资方联系人 | 联系电话 | 责任人 | 联系方式: of two phones the one that answers is not the investor's."""
    claims = [index for index, meaning in enumerate(meanings) if meaning.field == "contact_phone"]
    theirs = [index for index in claims if index and says("their_sides_contact", _name_before(meanings, index))]
    others = [index for index in claims if index not in theirs]
    for index in theirs if others else ():
        meanings[index] = _outdone(meanings[index], meanings[others[0]])


def _name_before(meanings: Sequence[ColumnMeaning], index: int) -> str:
    """The header of the person whose phone stands here; 职务 between them is passed over."""
    before = index - 1
    while before and says("post_header", meanings[before].header):
        before -= 1
    return meanings[before].header


def _leave_whole_years_open(meanings: list[ColumnMeaning]) -> None:
    """2026年1-7月完成投资 | 全年完成投资: the second is of a year that is not over, so what it is to bring."""
    for index, meaning in enumerate(meanings):
        if not (meaning.field or "").startswith(("investment_done_ytd", "funds_arrived_ytd")):
            continue
        if meaning.period is not None or not says("whole_year", segment(meaning.path[-1]).core):
            continue
        so_far = [one for one in meanings if one.field == meaning.field and _is_part_of_year(one.period)]
        if len(so_far) == 1:
            why = "旁有几个月的完成数，全年尚未过完，放入 extra beside a part of the year what all of it is to bring: extra"
            meanings[index] = left_open(meaning, why)


def _is_part_of_year(period: Period | None) -> bool:
    """1-7月, not 1月 and not 1-12月."""
    last = period.month_to if period is not None and period.starts_in_january else None
    return last is not None and 1 < last < _MONTHS


def _leave_years_open(meanings: list[ColumnMeaning], context: HeaderContext) -> None:
    """分年度投资计划 > 2021年, 2022年 of a ledger whose own year is not known: none of them is the year's."""
    if context.report_year is not None:
        return
    years: dict[str, set[int]] = {}
    own = _year_told_by_months(meanings)
    yearless = {one.field for one in meanings if one.scope in _IN_YEAR and (one.period is None or not one.period.year)}
    for meaning in meanings:
        if meaning.field is not None and meaning.period is not None and meaning.period.year is not None:
            years.setdefault(meaning.field, set()).add(meaning.period.year)
    for index, meaning in enumerate(meanings):
        states_year = meaning.period is not None and meaning.period.year is not None
        if states_year and meaning.scope in _IN_YEAR and meaning.field in yearless:
            # 1-10月到位资金 | 2025年1-10月到位资金: the one without a year is the ledger's own.
            why = "另有一列不写年份，是台账当年的，本列放入 extra another column states no year and is the ledger's own: extra"
            meanings[index] = left_open(meaning, why)
        elif (
            meaning.value_type.startswith("amount")
            and len(years.get(meaning.field or "", ())) > 1
            and not (own is not None and meaning.period is not None and meaning.period.year == own)
        ):
            why = "几年并列，台账是哪一年不明，放入 extra several years stand here and the ledger's own is not known: extra"
            meanings[index] = left_open(meaning, why)


def _year_told_by_months(meanings: Sequence[ColumnMeaning]) -> int | None:
    """2024年 | 2025年 | 2026年 > 1-5月: the latest year, the only one that is told by months, is the ledger's own."""
    periods = [one.period for one in meanings if one.period is not None and one.period.year is not None]
    by_months = {period.year for period in periods if period.month_to is not None}
    latest = max((period.year or 0 for period in periods), default=None)
    return latest if by_months == {latest} else None


def _read_sums_of_parts(meanings: list[ColumnMeaning], context: HeaderContext) -> None:
    """年度投资计划 > 小计 | 中央预算内 | 企业自筹: the sum of its parts is what the group says; of funds it may be the partner's."""
    for index, meaning in enumerate(meanings):
        group = meaning.path[:-1]
        if meaning.field is not None or not group or head_key(meaning.path[-1]) != "小计":
            continue
        whole = interpret_column(group, context=context)
        beside = [one for one in meanings if one is not meaning and one.path[: len(group)] == group]
        if whole.field in _SUMMED and beside and all(one.field != whole.field for one in meanings):
            why = f"{whole.why} 小计为各部分之和 the sum of its parts"
            meanings[index] = replace(whole, path=meaning.path, why=why)


def _leave_other_projects_open(meanings: list[ColumnMeaning]) -> None:
    """计划 > 项目名称, 总投资 | 实际 > 项目名称, 总投资: what stands with another name is told of that, not of the row's project."""
    naming = [index for index, one in enumerate(meanings) if one.field == "project_name" and len(one.path) > 1]
    if len({meanings[index].path[0] for index in naming}) < 2:
        return
    kept = meanings[max(naming, key=lambda index: (_strength(meanings[index]), -index))].path[0]
    others = {meanings[index].path[0] for index in naming} - {kept}
    if any(_TELLS_OF_ONE.search(caption) for caption in others):
        # 签约信息 > 项目名称 | 落地信息 > 项目名称, 开工时间: of one project.
        return
    for index, meaning in enumerate(meanings):
        if len(meaning.path) > 1 and meaning.path[0] in others and meaning.field is not None:
            why = "与另一个项目名称同组，放入 extra stands with the name of another project: kept in extra"
            meanings[index] = left_open(meaning, why)


def _settle_claims(meanings: list[ColumnMeaning]) -> None:
    """Of the columns that claim one field for one time the strongest keeps it."""
    claims: dict[tuple[str, object], list[int]] = {}
    for index, meaning in enumerate(meanings):
        if meaning.field is not None and meaning.field != "value":
            period = meaning.period
            months = (period.month_from, period.month_to, period.year) if period else None
            claims.setdefault((meaning.field, months), []).append(index)
    for claimants in claims.values():
        # 建设起止年限 beside 计划开工时间 fills only what the plain date leaves open.
        indexes = [index for index in claimants if meanings[index].end_field is None] or claimants
        keeper = max(indexes, key=lambda i: (_strength(meanings[i]), -i))
        for index in indexes:
            if index != keeper:
                _give_way(meanings, index, keeper)


def _give_way(meanings: list[ColumnMeaning], index: int, keeper: int) -> None:
    """Leave a claimant open, and with it the parts of its sum where of which time that is turned out to be unknown."""
    outdone = meanings[index]
    meanings[index] = _outdone(outdone, meanings[keeper])
    if len(outdone.path) > 1 and _is_whole_by_default(outdone) and not _is_whole_by_default(meanings[keeper]):
        for at, one in enumerate(meanings):
            if one.path[:-1] == outdone.path[:-1] and _is_whole_by_default(one) and one.scope == outdone.scope:
                meanings[at] = left_open(one, meanings[index].why)


def _strength(
    meaning: ColumnMeaning,
) -> tuple[
    bool, bool, bool, bool, bool, bool, bool, bool, bool, bool, bool, bool, bool, bool, bool, bool, bool, int, int, int
]:
    """What speaks for a column as the keeper of its field, the weightiest first."""
    notes = [note for cell in meaning.path for note in segment(cell).notes]
    return (
        meaning.match_method != "close",
        not _is_below_the_unknown(meaning),
        meaning.unit is not None,
        not tells_past_years(meaning.header),
        not _is_whole_by_default(meaning),
        not says("former_plan", meaning.header) and not _asks_whether(meaning),
        not (meaning.field == "responsible_person" and says("who_attracted", meaning.header)),
        not (meaning.field == "responsible_unit" and says("above_county", meaning.header)),
        not (meaning.field == "investor_name" and says("persons_name", meaning.header)),
        not (meaning.field == "investor_name" and says("mere_partner", meaning.header)),
        not (meaning.field == "responsible_leader" and says("of_portfolio", meaning.header)),
        not (meaning.field == "total_investment_cny" and says("as_filed", meaning.header)),
        not (meaning.field == "total_investment_cny" and any(says("actually", part) for part in meaning.path[:-1])),
        not _is_of_which(meaning.path[-1] if meaning.path else ""),
        not says("part_of_province", meaning.header),
        not notes,
        meaning.field not in _DONE_ON or says("actually", meaning.header),
        -_note_order(notes),
        -meaning.preference,
        _METHOD_RANK.get(meaning.match_method, 0),
    )


def _asks_whether(meaning: ColumnMeaning) -> bool:
    """已动工 beside 动工日期 says whether, and not when."""
    return meaning.value_type == "date" and bool(meaning.path) and says("asks_whether", meaning.path[-1])


def _is_whole_by_default(meaning: ColumnMeaning) -> bool:
    """到位资金 beside 累计到位资金 may be of any time."""
    return "_cumulative_" in (meaning.field or "") and not says("says_time", meaning.header)


def _is_below_the_unknown(meaning: ColumnMeaning) -> bool:
    """土地报批进展 > 目前状态 gives way to 目前状态, and 投资方情况 > 名称, which its group makes, to none."""
    if meaning.match_method == "group" or not meaning.path:
        return False
    return any(map(is_unknown, map(segment, dict.fromkeys(meaning.path[:-1]))))


def _note_order(notes: Sequence[str]) -> int:
    """The row of `header_notes.csv` that a column's first note stands in: of 开工时间(发改) and (经信) the upper one counts."""
    if not notes:
        return 0
    places = [place for place, pattern in enumerate(header_notes()) for note in notes if pattern.fullmatch(note)]
    return min(places, default=0)


def left_open(meaning: ColumnMeaning, why: str) -> ColumnMeaning:
    """The column without a field: what it holds goes to `extra`."""
    return replace(
        meaning, field=None, value_type="text", end_field=None, match_method="none", match_score=0.0, why=why
    )


def _outdone(meaning: ColumnMeaning, keeper: ColumnMeaning) -> ColumnMeaning:
    why = f"「{keeper.header}」已是 {keeper.field}，本列放入 extra {keeper.header!r} already is {keeper.field}, kept in extra"
    return left_open(meaning, why)
