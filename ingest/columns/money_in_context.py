"""Columns of money that only their table settles: of what time it is, whether the whole or a part, planned or done.

Each is read only where the other columns and the cells leave one reading, and says so in `why`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.columns.column_meaning import ColumnMeaning
from ingest.columns.columns_of_table import PLAIN_FIGURE, ColumnsOfTable
from ingest.columns.neighbour_words import says
from ingest.gazetteer import provinces
from ingest.headers.header_column import interpret_column
from ingest.headers.header_grammar import features_within
from ingest.headers.header_text import bare_heading, head_key, segment
from ingest.headers.interpretation import interpret_columns, left_open, tells_past_years
from ingest.values.printed import compact
from ingest.values.units import Unit, parse_unit

_INVESTED = (
    "total_investment_cny",
    "phase_one_investment_cny",
    "fixed_asset_investment_cny",
    "investment_plan_year_cny",
    "investment_done_",
)
_YEARS_PLAN = re.compile(r"(?:20\d\d年?度?|本年度?|当年|今年|全年|年度?)(?:计划|安排)(?:数|额|目标)?")
_NO_AMOUNTS = frozenset({"text", "date", "date_range"})
_ANY_UNIT = parse_unit("元")
_SINCE_THE_START = re.compile("(?:自)?开工(?:以来|至今)?累计")
_DONE_IN_YEAR = frozenset({"investment_done_ytd_cny", "investment_done_month_cny"})
_YEARS = "investment_done_ytd_cny"
_GROUPED = 2
_OF_A_YEAR = re.compile("^(?:investment_done|funds_arrived)_ytd_")
_WHOLES = frozenset({"total_investment_cny", "contract_amount_cny"})
_SO_FAR = ("funds_arrived_", "investment_done_")
_LAST_REPORT = re.compile("(?:截[至止])?上[月期周][底末]?(?=.)")
_THIS_REPORT = re.compile("(?:截[至止])?本[月期周][底末]?(?=.)")
_OUTSIDE_REGION = re.compile("区外(?=境内|国内)")
_OUTSIDE_CITY = re.compile("(?:境内|国内)?市外(?:境内|国内)?")
_OUTSIDE_COUNTY = re.compile("[县域旗]外(?:境内|国内)?")
_OF_OTHERS = ("_other_province_cny", "_same_province_cny", "_foreign_cny", "_own_side_cny", "_partner_side_cny")


def done_of_investment(columns: ColumnsOfTable) -> None:
    """年度计划投资 | 本年累计完成 | 本月完成（万元）: of what was planned to be invested, so much is done."""
    for index, meaning in enumerate(columns.meanings):
        core = segment(meaning.path[-1]).core if meaning.path else ""
        if meaning.field is not None or not says("done", core) or not _follows_investment(columns, index):
            continue
        leaf = meaning.path[-1].replace("完成", "完成投资", 1)
        read = interpret_column((*meaning.path[:-1], leaf), context=columns.context)
        field = read.field or ""
        if not field.startswith("investment_done_") or columns.has(field):
            continue
        # 累计完成 by itself may be the year's.
        is_timed = (
            field != "investment_done_cumulative_cny" or "开工" in meaning.header or _is_done_of_whole(columns, index)
        )
        if is_timed and read.unit is not None and _holds_figures(columns, index):
            why = f"左边是计划投资，所完成的是投资 done of the investment planned beside it: {read.field}"
            columns.take(index, read, why)


def year_invested_before_done(columns: ColumnsOfTable) -> None:
    """年度投资 | 1-9月累计完成 | 占年度计划%: the year's plan, where what was done of it and its share of the year's plan follow."""
    found = columns.open("year_invested")
    if len(found) != 1 or columns.has("investment_plan_year_cny") or found[0] + _GROUPED >= len(columns.meanings):
        return
    index = found[0]
    done, share = columns.meanings[index + 1 : index + 1 + _GROUPED]
    follows = bool(done.path) and done.field is None and says("done", segment(done.path[-1]).core)
    if not follows or not says("share_of_years_plan", compact(share.header)):
        return
    leaf = columns.meanings[index].path[-1].replace("投资", "计划投资", 1)
    read = interpret_column((leaf,), context=columns.context)
    if read.field == "investment_plan_year_cny" and read.unit is not None and _holds_figures(columns, index):
        columns.take(
            index, read, "右边是完成数及占年度计划的比例，本列是年度计划 what was done and its share of the plan follow"
        )


def contract_beside_attracted(columns: ColumnsOfTable) -> None:
    """合同总额 | 合同引资额: two amounts of the contract, of which the second is the part that comes from elsewhere; the first is
    the whole, where no column says 总投资.
    """
    attracted = [
        at
        for at, one in enumerate(columns.meanings)
        if one.field == "contract_amount_cny" and says("attracted_part", segment(one.path[-1]).core)
    ]
    if len(attracted) != 1 or columns.has("total_investment_cny"):
        return
    for index in columns.open("contract_whole"):
        read = interpret_column(columns.meanings[index].path, context=columns.context)
        if read.field == "contract_amount_cny" and columns.never_less(index, read.unit, attracted[0]):
            whole = replace(read, field="total_investment_cny")
            columns.take(
                index, whole, "另有合同引资额且都不超过本列，是总投资 never less than what it attracts: the whole"
            )
            return


def amount_signed(columns: ColumnsOfTable) -> None:
    """金额（亿元） in a list of what was signed, where no other column tells money: the contract's."""
    found = columns.open("amount_of_contract")
    is_told = any((one.field or "").endswith(("_cny", "_usd")) or one.unit for one in columns.meanings if one.field)
    if (
        len(found) != 1
        or is_told
        or not says("signed_title", columns.titles)
        or says("other_money_title", columns.titles)
    ):
        return
    unit_elsewhere = sum(one.unit is not None for one in columns.meanings) > 1
    path = columns.meanings[found[0]].path
    leaf = segment(path[-1]).core
    read = interpret_column((*path[:-1], path[-1].replace(leaf, "签约金额", 1)), context=columns.context)
    if not unit_elsewhere and read.field == "contract_amount_cny" and _holds_figures(columns, found[0]):
        columns.take(found[0], read, "标题说的是签约，别无其他金额 the only money of what was signed: the contract's")


def increment_as_total(columns: ColumnsOfTable) -> None:
    """新增投资 of companies that add to what they have (增资扩产项目): the whole of what is built now."""
    found = columns.open("increment")
    if len(found) != 1 or columns.has("total_investment_cny") or not says("increment_title", columns.titles):
        return
    path = columns.meanings[found[0]].path
    core = segment(path[-1]).core
    read = interpret_column((*path[:-1], path[-1].replace(core, "总投资", 1)), context=columns.context)
    if read.field == "total_investment_cny":
        columns.take(found[0], read, "增资扩产项目的新增投资就是本项目的总投资 of an expansion the whole")


def spent_on_assets(columns: ColumnsOfTable) -> None:
    """到位资金 | 固定资产投入: behind what arrived or was done it may be what was spent so far, and no part of what is planned."""
    has_come = False
    for index, meaning in enumerate(columns.meanings):
        has_come = has_come or (meaning.field or "").startswith(_SO_FAR)
        is_plain = len(meaning.path) == 1 and says("spent_on_assets", segment(meaning.path[-1]).core)
        if has_come and meaning.field == "fixed_asset_investment_cny" and is_plain:
            why = "在到位或完成之后，可能是已投入的数，放入 extra behind what arrived it may have been spent: kept in extra"
            columns.meanings[index] = left_open(meaning, why)


def intent_beside_contract(columns: ColumnsOfTable) -> None:
    """意向投资额 | 合同投资额: what was meant before the signing is no total of what was signed."""
    if not columns.has("contract_amount_cny"):
        return
    for index, meaning in enumerate(columns.meanings):
        if meaning.field == "total_investment_cny" and says("meant_investment", segment(meaning.path[-1]).core):
            why = "另有合同额，意向投资放入 extra meant before the contract beside it: kept in extra"
            columns.meanings[index] = left_open(meaning, why)


def money_of_the_rows_month(columns: ColumnsOfTable) -> None:
    """年份 | 月 | 到资金额, a row a month: what came in that month or until then, which nothing tells."""
    headings = [bare_heading(one.path[-1]) for one in columns.meanings if one.field is None and one.path]
    if not all(any(says(words, one) for one in headings) for words in ("year_of_row", "bare_month_of_row")):
        return
    for index, meaning in enumerate(columns.meanings):
        is_so_far = (meaning.field or "").startswith(_SO_FAR) and "_cumulative_" in (meaning.field or "")
        if is_so_far and not says("says_time", segment(meaning.path[-1]).core):
            why = "各行按年月，可能是当月数，放入 extra each row is of a month: its own or until then, kept in extra"
            columns.meanings[index] = left_open(meaning, why)


def done_of_titled_investment(columns: ColumnsOfTable) -> None:
    """重点项目投资完成情况 over 年度计划 | 1月 > 完成 | 1-2月完成: the title says of what, the columns of which time. So do 今年计划 | 当月完成
    beside 总投资, which are never more than it. 完成 of no time told may be the year's or all there is, and stays open.
    """
    is_titled = says("investment_title", columns.titles)
    if says("other_money_title", columns.titles) or not (is_titled or _sets_done_beside_plan(columns)):
        return
    whole = next((at for at, one in enumerate(columns.meanings) if one.field == "total_investment_cny"), None)
    # Below 单位：万元 no amount says its unit.
    is_unit_elsewhere = whole is not None and columns.meanings[whole].unit is None
    told = {(one.field, one.period) for one in columns.meanings}
    for index, meaning in enumerate(columns.meanings):
        leaf = _named_investment(meaning) if meaning.field is None and meaning.path else None
        if leaf is None:
            continue
        read = interpret_column((*meaning.path[:-1], leaf), context=columns.context)
        is_timed = read.period is not None or read.scope in ("month", "year") or _is_since_start(leaf)
        is_new = (read.field or "").startswith("investment_") and (read.field, read.period) not in told
        has_unit = read.unit is not None or is_unit_elsewhere
        fits = is_titled or (whole is not None and _is_part_of(columns, index, read.unit, whole))
        if is_timed and is_new and has_unit and fits and _holds_figures(columns, index):
            columns.take(index, read, f"标题或旁边各列说的是投资完成情况 it is investment that is told: {read.field}")


def _is_since_start(leaf: str) -> bool:
    """开工以来完成, 开建以来完成."""
    return "开工" in leaf or "since_start" in features_within(segment(leaf).core)


def _is_part_of(columns: ColumnsOfTable, index: int, unit: Unit | None, whole: int) -> bool:
    """Whether an amount is never more than the whole: each in its own unit, or both in one that is said elsewhere."""
    of_whole = columns.meanings[whole].unit
    if (unit is None) != (of_whole is None):
        return False
    return columns.never_less(whole, of_whole or _ANY_UNIT, index, unit or _ANY_UNIT)


def _sets_done_beside_plan(columns: ColumnsOfTable) -> bool:
    """总投资 | 今年计划 | 当月完成 of no named money, and no funds that may be meant."""
    fields = {one.field or "" for one in columns.meanings}
    if "total_investment_cny" not in fields or any(field.startswith("funds_arrived_") for field in fields):
        return False
    open_leaves = [one.path[-1] for one in columns.meanings if one.field is None and one.path]
    plans = [leaf for leaf in open_leaves if _YEARS_PLAN.fullmatch(compact(leaf).split("(")[0])]
    return len(plans) == 1 and any(says("done", segment(leaf).core) for leaf in open_leaves)


def arrived_of_titled_funds(columns: ColumnsOfTable) -> None:
    """到位资金分月统计表 over 1月 | 2月 | … | 上半年累计: the title says of what. Sums of later quarters stay open."""
    if not says("funds_title", columns.titles) or says("no_funds_title", columns.titles):
        return
    if any((one.field or "").startswith(_SO_FAR) for one in columns.meanings):
        return
    for index, meaning in enumerate(columns.meanings):
        told = segment(meaning.path[-1]) if meaning.field is None and len(meaning.path) == 1 else None
        period = told.period if told else None
        if told is None or period is None or period.month_from is None or told.timeless not in ("", "累计", "合计"):
            continue
        read = interpret_column((f"{told.core}到位资金",), context=columns.context)
        is_told = period.month_from in (1, period.month_to) and (read.field or "").startswith(_SO_FAR)
        if is_told and read.period == period and read.unit is not None and _holds_figures(columns, index):
            columns.take(index, read, f"标题说的是到位资金 the title says that it is funds arrived: {read.field}")


def _named_investment(meaning: ColumnMeaning) -> str | None:
    """The leaf of a plan or of what is done with the word for investment put in; None for all others."""
    leaf = meaning.path[-1]
    if says("done", segment(leaf).core):
        return leaf.replace("完成", "完成投资", 1)
    if _SINCE_THE_START.fullmatch(compact(leaf).split("(")[0]):
        return leaf.replace("累计", "累计完成投资", 1)
    if _YEARS_PLAN.fullmatch(compact(leaf).split("(")[0]):
        return leaf.replace("安排", "计划", 1).replace("计划", "计划投资", 1)
    return None


def _is_done_of_whole(columns: ColumnsOfTable, index: int) -> bool:
    """总投资（万元） | 已完成（万元）: beside no plan of a year, what is done of the whole; 累计完成 may still be the year's."""
    before = columns.meanings[index - 1] if index else None
    is_whole = before is not None and before.field == "total_investment_cny"
    return is_whole and says("done_so_far", segment(columns.meanings[index].path[-1]).core)


def _follows_investment(columns: ColumnsOfTable, index: int) -> bool:
    """Whether the amount left of a column is planned or done investment: other 完成, rates, parts of it (设备投资) and what is no
    amount (建设期限) passed over.
    """
    for meaning in reversed(columns.meanings[:index]):
        if (meaning.field or "").startswith(_INVESTED):
            return True
        core = segment(meaning.path[-1]).core if meaning.path else ""
        is_passed = meaning.field is None and (says("done", core) or says("part_invested", core))
        is_passed = is_passed or (meaning.unit is None and meaning.value_type in _NO_AMOUNTS and says("lasts", core))
        if not says("rate", meaning.header) and not is_passed:
            return False
    return False


def _holds_figures(columns: ColumnsOfTable, index: int) -> bool:
    """Whether every cell is a bare figure, none of them shown as a percentage."""
    place, table = columns.table.columns[index].index, columns.table
    if any((row, place) in columns.grid.sheet.percents for row in table.body_rows):
        return False
    return columns.mostly(index, lambda text: PLAIN_FIGURE.fullmatch(text.replace(",", "")), 1.0)


def month_beside_done(columns: ColumnsOfTable) -> None:
    """累计完成投资 | 当月投资（万元）: beside what was done in other times the month's."""
    found = columns.open("month_invested")
    done = [one for one in columns.meanings if (one.field or "").startswith("investment_done_")]
    if len(found) != 1 or not done or columns.has("investment_done_month_cny"):
        return
    leaf = columns.meanings[found[0]].path[-1].replace("月投资", "月完成投资", 1)
    read = interpret_column((leaf,), context=columns.context)
    if read.field == "investment_done_month_cny" and read.unit is not None and _holds_figures(columns, found[0]):
        columns.take(found[0], read, "旁有已完成投资，是当月完成投资 beside what was done in other times: the month's")


def all_done_beside_the_years(columns: ColumnsOfTable) -> None:
    """累计完成 beside 本年完成 that is never less than it: since the start."""
    found = columns.open("all_done")
    year = next((at for at, one in enumerate(columns.meanings) if one.field == _YEARS), None)
    if len(found) != 1 or year is None or columns.has("investment_done_cumulative_cny"):
        return
    index = found[0]
    path = columns.meanings[index].path
    leaf = path[-1] if "投资" in path[-1] else path[-1].replace("完成", "完成投资", 1)
    read = interpret_column((*path[:-1], leaf), context=columns.context)
    if read.field == "investment_done_cumulative_cny" and columns.never_less(index, read.unit, year):
        columns.take(
            index, read, "另有当年完成且都不超过本列，是开工以来累计 never less than the year's: since the start"
        )


def plan_before_done(columns: ColumnsOfTable) -> None:
    """2024年计划 | 2024年完成投资（万元）: what the year was to see of it."""
    for index, (meaning, behind) in enumerate(zip(columns.meanings, columns.meanings[1:], strict=False)):
        if meaning.field is not None or not meaning.path or columns.has("investment_plan_year_cny"):
            continue
        if not _YEARS_PLAN.fullmatch(compact(meaning.path[-1]).split("(")[0]) or behind.field not in _DONE_IN_YEAR:
            continue
        read = interpret_column(
            (*meaning.path[:-1], meaning.path[-1].replace("安排", "计划", 1).replace("计划", "计划投资", 1)),
            context=columns.context,
        )
        if read.field == "investment_plan_year_cny" and read.unit is not None and _holds_figures(columns, index):
            columns.take(index, read, "右边是当年完成投资，本列是年度计划投资 the year's, before what was done of it")


def plan_as_total(columns: ColumnsOfTable) -> None:
    """计划投资 beside 年度计划投资, or of projects that were attracted, where no column says 总投资 or more was done: the whole."""
    found = columns.open("planned_whole")
    if len(found) != 1 or columns.has("total_investment_cny"):
        return
    index = found[0]
    leaf = columns.meanings[index].path[-1].replace("计划投资", "计划总投资", 1)
    read = interpret_column((leaf,), context=columns.context)
    year = next((at for at, one in enumerate(columns.meanings) if one.field == "investment_plan_year_cny"), None)
    if year is not None:
        is_whole = columns.never_less(index, read.unit, year)
    else:
        timed = any("_ytd_" in (one.field or "") or "_month_" in (one.field or "") for one in columns.meanings)
        done = [at for at, one in enumerate(columns.meanings) if (one.field or "").startswith("investment_done_")]
        never_more = all(columns.never_less(index, read.unit, at) for at in done)
        came = says("early_title", columns.titles) or says("attraction_title", columns.titles)
        is_whole = not timed and never_more and came
    if is_whole and read.field == "total_investment_cny":
        columns.take(index, read, "表中没有总投资，年度计划另有一列或项目尚未实施 the whole, as no column says 总投资")


def first_phase_of_total(columns: ColumnsOfTable) -> None:
    """总投资 | 一期（万元）: directly right of the whole it is the first phase's investment."""
    for index, meaning in enumerate(columns.meanings):
        if index == 0 or meaning.field is not None or not meaning.path:
            continue
        core = segment(meaning.path[-1]).core
        is_beside = columns.meanings[index - 1].field == "total_investment_cny"
        if not is_beside or not says("first_phase", core) or columns.has("phase_one_investment_cny"):
            continue
        leaf = meaning.path[-1].replace("期", "期投资", 1)
        read = interpret_column((leaf,), context=columns.context)
        if read.field == "phase_one_investment_cny" and read.unit is not None:
            columns.take(index, read, "左边是总投资，是其中一期的投资 beside the whole: the first phase's investment")


def dollars_beside_contract(columns: ColumnsOfTable) -> None:
    """合同外资（万美元） | 实际外资（万美元）: what arrived of it."""
    found = columns.open("dollars_arrived")
    if len(found) != 1 or columns.has("foreign_arrived_usd"):
        return
    contract = next((one for one in columns.meanings if one.field == "foreign_contract_usd"), None)
    unit = columns.meanings[found[0]].unit
    if contract is not None and unit is not None and contract.unit is not None and unit.code == contract.unit.code:
        arrived = replace(columns.meanings[found[0]], field="foreign_arrived_usd", value_type=contract.value_type)
        columns.take(found[0], arrived, "合同外资旁的实际数 what arrived, beside the contract's: foreign_arrived_usd")


def month_beside_parts(columns: ColumnsOfTable) -> None:
    """完成投资 > 本旬, 本月累计: beside a part of the month the month so far."""
    for index, meaning in enumerate(columns.meanings):
        if meaning.field is not None or len(meaning.path) < _GROUPED or not says("month_so_far", meaning.path[-1]):
            continue
        beside = [one.path[-1] for one in columns.meanings if one.path[:-1] == meaning.path[:-1]]
        read = interpret_column((*meaning.path[:-1], "本月"), context=columns.context)
        if (
            "_month_" in (read.field or "")
            and not columns.has(read.field or "")
            and any(says("part_of_month", part) for part in beside)
        ):
            columns.take(index, read, "旁有本旬或本周，本月累计是当月数 beside a part of the month: the month's")


def funds_attracted(columns: ColumnsOfTable) -> None:
    """累计引进资金 | 本年引进资金 beside what was agreed: funds that arrived, in two times at least."""
    if not columns.has("contract_amount_cny", "total_investment_cny"):
        return
    read: dict[int, ColumnMeaning] = {}
    for index, meaning in enumerate(columns.meanings):
        if meaning.field is None and meaning.path and says("attracted_funds", meaning.path[-1]):
            leaf = meaning.path[-1].replace("引进资金", "到位资金")
            below = interpret_column((*meaning.path[:-1], leaf), context=columns.context)
            timed = (below.field or "").startswith("funds_arrived_") and below.scope is not None
            if timed and not columns.has(below.field or ""):
                read[index] = below
    if len({meaning.field for meaning in read.values()}) > 1:
        for index, meaning in read.items():
            why = f"合同额另有一列，分时段引进的是到位资金 what was agreed stands beside it: {meaning.field}"
            columns.take(index, meaning, why)


def home_money_beside_foreign(columns: ColumnsOfTable) -> None:
    """本月到位（万元） > 内资 | 外资: in one currency the first is a part as the second is, and not the sum. Dollars are told apart."""
    for index, meaning in enumerate(columns.meanings):
        field = meaning.field or ""
        if not field.startswith("funds_arrived_") or not says("home_money", segment(meaning.path[-1]).core):
            continue
        part = field.removesuffix("_cny") + "_foreign_cny"
        if any(one.field == part for one in columns.meanings):
            why = "旁有外资，内资只是其中一部分，放入 extra beside foreign money a part and not the sum: kept in extra"
            columns.meanings[index] = left_open(meaning, why)


def outside_the_region(columns: ColumnsOfTable) -> None:
    """区外境内到位资金 of an autonomous region's county, 市外资金 of a district of a municipality: from other provinces."""
    code = columns.context.county_code or ""
    own = next((one for one in provinces() if code[:2] == one.code[:2]), None)
    autonomous = [one for one in provinces() if one.name.endswith("自治区")]
    if "自治区" in columns.titles or any(one is own or one.short_name in columns.titles for one in autonomous):
        _read_as_other_province(columns, _OUTSIDE_REGION, "自治区的区外即省外 outside the autonomous region")
    # Titles name cities from which projects come (承接北京产业转移项目).
    if own is not None and own.name.endswith("市"):
        _read_as_other_province(columns, _OUTSIDE_CITY, "直辖市的市外即省外 outside the municipality")


def outside_the_county(columns: ColumnsOfTable) -> None:
    """到位县外资金 > 当月, 本年累计 | 其中省外资金 > 当月, … where no column tells funds as a whole: what a county attracts is all
    from outside it.
    """
    paths = [tuple(_OUTSIDE_COUNTY.sub("", part) for part in one.path) for one in columns.meanings]
    changed = [at for at, one in enumerate(columns.meanings) if one.path != paths[at]]
    if not changed or any(_tells_all_funds(one) for one in columns.meanings):
        return
    read = interpret_columns(paths, context=columns.context)
    for index, one in enumerate(read):
        is_part = (one.field or "").endswith(_OF_OTHERS)
        if columns.meanings[index].field is not None or not (one.field or "").startswith("funds_arrived_"):
            continue
        if (index in changed or is_part) and not columns.has(one.field or ""):
            why = "没有别的到位资金列，县外资金就是引进资金的全部 all that a county attracts is from outside it"
            columns.take(index, one, f"{why}: {one.field}")


def _tells_all_funds(meaning: ColumnMeaning) -> bool:
    field = meaning.field or ""
    return field.startswith("funds_arrived_") and not field.endswith(_OF_OTHERS)


def _read_as_other_province(columns: ColumnsOfTable, outside: re.Pattern[str], why: str) -> None:
    for index, meaning in enumerate(columns.meanings):
        if meaning.field is None and any(outside.search(part) for part in meaning.path):
            path = tuple(outside.sub("省外", part) for part in meaning.path)
            read = interpret_column(path, context=columns.context)
            if read.field is not None and not columns.has(read.field):
                columns.take(index, read, f"{why}: {read.field}")


def past_years_alone(columns: ColumnsOfTable) -> None:
    """历年到位 | 本年到位 of which the first is less somewhere: it does not hold the year, and so is no cumulative."""
    for scope in ("funds_arrived_{}_cny", "investment_done_{}_cny"):
        fields = [one.field for one in columns.meanings]
        whole, year = scope.format("cumulative"), scope.format("ytd")
        if whole not in fields or year not in fields:
            continue
        index, its_year = fields.index(whole), fields.index(year)
        meaning = columns.meanings[index]
        if tells_past_years(meaning.header) and not columns.never_less(index, meaning.unit, its_year):
            why = "有的行小于当年数，不含当年，放入 extra less than the year's somewhere, so without it: kept in extra"
            columns.meanings[index] = left_open(meaning, why)


def planned_beside_actual(columns: ColumnsOfTable) -> None:
    """计划 > 投资额 beside 实际 > 投资额: of which time the two tell is not said, so the first need not be the whole."""
    actual = {one.path[-1] for one in columns.meanings if len(one.path) == _GROUPED and head_key(one.path[0]) == "实际"}
    for index, meaning in enumerate(columns.meanings):
        is_planned = len(meaning.path) == _GROUPED and head_key(meaning.path[0]) == "计划"
        if (
            is_planned
            and meaning.field == "total_investment_cny"
            and meaning.path[-1] in actual
            and "总" not in meaning.path[-1]
        ):
            why = "计划与实际并列，没有说明是哪一段时间的投资，放入 extra planned and actual of a time not told: kept in extra"
            columns.meanings[index] = left_open(meaning, why)


def years_before_the_last(columns: ColumnsOfTable) -> None:
    """2025年完成投资 | 2026年计划投资 of a ledger whose year is not told: a later year is planned or told too, so 2025 need not
    be the year of the ledger.
    """
    if columns.context.report_year is not None:
        return
    years = [one.period.year for one in columns.meanings if one.period is not None and _is_in_a_year(one)]
    last = max((year for year in years if year is not None), default=None)
    for index, meaning in enumerate(columns.meanings):
        year = meaning.period.year if meaning.period is not None else None
        is_before = last is not None and year is not None and year < last
        if is_before and _OF_A_YEAR.search(meaning.field or ""):
            why = f"旁有{last}年，未必是本年，放入 extra a later year stands beside it: kept in extra"
            columns.meanings[index] = left_open(meaning, why)


def _is_in_a_year(meaning: ColumnMeaning) -> bool:
    """Whether a column tells what was planned, done or arrived in a year, also where several years left it open."""
    if meaning.field is None:
        return meaning.unit is not None and meaning.unit.is_money
    return meaning.field == "investment_plan_year_cny" or bool(_OF_A_YEAR.search(meaning.field))


def this_report_beside_the_last(columns: ColumnsOfTable) -> None:
    """累计到位资金 > 上期 | 本期: the group says what is told, and the second how it stands now. 到位资金 > 本期 may be what arrived
    in the time between. 工程进度 > 上次 | 本次 are notes.
    """
    for index, meaning in enumerate(columns.meanings):
        if meaning.field is not None or len(meaning.path) < _GROUPED or not says("this_report", meaning.path[-1]):
            continue
        group = meaning.path[:-1]
        beside = [one.path[-1] for one in columns.meanings if one.path[:-1] == group]
        read = interpret_column(group, context=columns.context)
        field = read.field or ""
        is_standing = (
            field in _WHOLES
            or field == "progress_note"
            or (field.startswith(_SO_FAR) and says("accumulated", group[-1]))
        )
        if is_standing and any(says("last_report", leaf) for leaf in beside) and not columns.has(field):
            columns.take(index, read, f"旁有上期，本期即现在的数 as it stands now, beside the last report's: {field}")


def this_month_below_one_heading(columns: ColumnsOfTable) -> None:
    """累计到位资金 > 上月 | 本月 | 增减, never less: the group says that it is all there is, and the leaves until when."""
    last = {one.path[:-1]: at for at, one in enumerate(columns.meanings) if _says_below(one, "last_month_alone")}
    for index, meaning in enumerate(columns.meanings) if last else ():
        group = meaning.path[:-1]
        if group not in last or not _says_below(meaning, "this_month_alone") or not says("accumulated", group[-1]):
            continue
        read = interpret_column(group, context=columns.context)
        field = read.field or ""
        is_standing = field.startswith(_SO_FAR) and "_cumulative_" in field and not columns.has(field)
        if is_standing and columns.never_less(index, read.unit, last[group], read.unit):
            columns.take(index, read, f"旁有上月且都不少于它，是截至本月的累计 as it stands now: {field}")


def _says_below(meaning: ColumnMeaning, words: str) -> bool:
    is_open = meaning.field is None and len(meaning.path) >= _GROUPED
    return is_open and says(words, segment(meaning.path[-1]).core)


def this_month_beside_the_last(columns: ColumnsOfTable) -> None:
    """上月累计到位资金 | 本月累计到位资金, never less: how it stands now, and not what came within the month. 本月新增 beside them
    is what did.
    """
    last = {
        (*one.path[:-1], one.path[-1][found.end() :]): index
        for index, one in enumerate(columns.meanings)
        if one.field is None and one.path and (found := _LAST_REPORT.match(one.path[-1]))
    }
    for index, meaning in enumerate(columns.meanings) if last else ():
        found = _THIS_REPORT.match(meaning.path[-1]) if meaning.path and meaning.field is None else None
        plain = (*meaning.path[:-1], meaning.path[-1][found.end() :]) if found else ()
        if plain not in last or not says("accumulated", plain[-1]):
            continue
        read = interpret_column(plain, context=columns.context)
        field = read.field or ""
        is_new = field.startswith(_SO_FAR) and "_cumulative_" in field and not columns.has(field)
        if is_new and columns.never_less(index, read.unit, last[plain]):
            columns.take(index, read, f"旁有上月累计且都不少于它，是截至本月的累计 as it stands now: {field}")
            _take_gain(columns, field.replace("_cumulative_", "_month_"), plain[-1])


def _take_gain(columns: ColumnsOfTable, field: str, whole: str) -> None:
    """本月新增（万元） beside what has arrived by this month and by the last: what the month brought."""
    gained = columns.open("gained_in_month")
    if len(gained) != 1 or columns.has(field):
        return
    unit = columns.meanings[gained[0]].path[-1].partition("（")
    plain = whole.partition("（")[0].replace("累计", "")
    read = interpret_column((f"本月{plain}{unit[1]}{unit[2]}",), context=columns.context)
    if read.field == field and read.unit is not None:
        columns.take(gained[0], read, f"旁有上月和本月累计，是本月数 what the month brought: {field}")
