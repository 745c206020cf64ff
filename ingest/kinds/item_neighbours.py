"""What only the neighbours of a column tell in a list of problems, steps or promises: the policy beside its matter, the day
of the promise beside its limit, the office concerned where none answers; and, by the cells, which of several columns holds
the state.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.columns.column_texts import column_texts
from ingest.columns.leading_posts import LEADING_POSTS, is_leading_post
from ingest.columns.neighbour_words import says
from ingest.headers.header_column import interpret_column
from ingest.headers.header_text import segment
from ingest.kinds.item_ledgers import item_kind, last_noun
from ingest.kinds.item_states import says_not_yet, state_said
from ingest.kinds.permit_steps import names_step
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table, TableColumn
from ingest.values.dates import parse_date
from ingest.values.printed import cell_text, compact
from ingest.values.stages import parse_stage

_TWO = 2
_MOST = 0.8
# 建设工程规划许可证核发; a story of a problem that ends in 审批 is longer.
_LONGEST_STEP = 16
_WHY_THEIRS = "另有政府承诺，本列是企业自己的承诺 beside the county's promise this one is the company's own"
_WHY_POLICY = "另有一列写事项，本列是所依据的政策 another column says what is promised, this one under which policy"
_WHY_PROMISED = "另有一列是时限，本列是承诺的日子 another column is the limit, this one the day of the promise"
_OF_PROMISES = frozenset({"due_on", "promised_on", "amount_cny", "paid_cny", "policy_name"})
_WHY_SAID_BY = "收件之后承诺办结的日子，是时限 behind the day of receipt: the day by which it was to be done"
_WHY_CONCERNED = "没有别的责任单位，是所涉及的部门 no other column names who answers: the office concerned"
_WHY_HANDED_OUT = "另有承办单位，本列是交办的单位 beside the office that settles it this one only passed it on"
_WHY_TAKES_UP = "交办单位之外，承办的单位来回答 beside the office that passed it on this one answers"
_WHY_LEADS = "没有别的领导列，由本列的人负责 no other column names a leader: this one answers"
_WHY_PAID = "写明金额单位，是已兑现的金额 a unit of money is stated: the amount paid so far"
_WHY_ASKED = "另有一列是核定的金额，本列只是申报的 another column is what was granted, this one what was asked for"
_WHY_PAPER = "另有一列写事项，本列是批文 another column says which step, this one holds the paper that came of it"
_WHY_PAID_OF = (
    "另有一列是申报或核定的金额，本列是拨付的 another column is what was asked for or granted, this one what was paid"
)
_WHY_TO_COME = "列里有还没办完的事项或将来的日子，是时限 holds days of what is not done, or to come: the limit"
_WHY_OFFICES = "列里全是部门和园区，不是企业，也不是领导 holds offices only: no company and no leader"
_WHY_STAGES = "列里是项目走到哪一步，不是问题办得怎样 holds how far the projects are, not how the matter stands"
_WHY_COMPANIES = "列里全是企业 holds companies only"
_WHY_DAYS = "列里全是日期 holds days only"
_WHY_FIGURES = "列里全是金额 holds figures only"
_NOT_DONE = ("open", "not_accepted")
_BARE_DAYS = (("day_begun", "received_on"), ("day_due", "due_on"), ("day_done", "closed_on"))
_DAY = re.compile(r"(?:20\d\d[-./年])\d{1,2}(?:[-./月]\d{1,2}日?|月)(?:00:00(?::00)?)?|20\d{6}")
_FIGURE = re.compile(r"[-+]?\d+(?:,\d{3})*(?:\.\d+)?")
_WHY_STATE = "几列都像办理状态，本列的内容是状态词 of several columns this one's cells are words of a state"
_WHY_STORY = "另有一列写状态，本列写进展 another column holds the state, this one tells how it went"


def read_item_neighbours(meanings: list[ColumnMeaning]) -> None:
    """Settle policies, days of promises and offices concerned, in place."""
    about = [index for index, one in enumerate(meanings) if one.field == "subject"]
    named = [index for index in about if says("policy_named", _core(meanings[index]))]
    if len(named) == 1 and len(about) >= _TWO and all(one.field != "policy_name" for one in meanings):
        meanings[named[0]] = replace(meanings[named[0]], field="policy_name", why=_WHY_POLICY)
    papers = [index for index in about if says("paper", _core(meanings[index]))]
    if len(papers) == 1 and len(about) == _TWO and all(one.field != "document_no" for one in meanings):
        meanings[papers[0]] = replace(meanings[papers[0]], field="document_no", why=_WHY_PAPER)
    _read_paid_beside_granted(meanings)
    _read_own_promises(meanings)
    _read_office_handing_out(meanings)
    _read_leading_posts(meanings)
    fields = {one.field for one in meanings}
    for index, meaning in enumerate(meanings):
        if (
            meaning.field in (None, "status", "amount_cny")
            and _is_money(meaning)
            and says("paid_alone", _core(meaning))
        ):
            meanings[index] = _taken(meaning, "paid_cny", _WHY_PAID, value_type="amount_cny")
        if meaning.field is not None:
            continue
        if says("promise_day", _core(meaning)) and "due_on" in fields and "promised_on" not in fields:
            meanings[index] = _taken(meaning, "promised_on", _WHY_PROMISED, value_type="date")
        elif says("promise_day", _core(meaning)) and "received_on" in fields and not fields & _OF_PROMISES:
            # 提交日期 | 承诺日期 | 出证日期: of a step the day by which the office said it would be done.
            meanings[index] = _taken(meaning, "due_on", _WHY_SAID_BY, value_type="date")
            fields.add("due_on")
        elif "owner_unit" not in fields and says("concerned_office", _core(meaning)):
            meanings[index] = _taken(meaning, "owner_unit", _WHY_CONCERNED)
            fields.add("owner_unit")


def _read_office_handing_out(meanings: list[ColumnMeaning]) -> None:
    """交办单位 | 承办单位: the second answers. 交办单位 alone is the office to which a matter was handed."""
    takers = [index for index, one in enumerate(meanings) if _is_open_office(one) and says("takes_up", _core(one))]
    handed = [
        index
        for index, one in enumerate(meanings)
        if one.field == "owner_unit" and says("hands_out", _core(one)) and not says("takes_up", _core(one))
    ]
    if not takers or not handed:
        return
    for index in handed:
        meanings[index] = replace(
            meanings[index], field=None, match_method="none", match_score=0.0, why=_WHY_HANDED_OUT
        )
    if all(one.field != "owner_unit" for one in meanings):
        meanings[takers[0]] = _taken(meanings[takers[0]], "owner_unit", _WHY_TAKES_UP)


def _is_open_office(meaning: ColumnMeaning) -> bool:
    return meaning.field in (None, "owner_unit")


def _read_leading_posts(meanings: list[ColumnMeaning]) -> None:
    """链长, 专班组长, 分管局长: the highest of them answers, where no column names a leader; as in lists of projects."""
    if any(one.field == "owner_leader" for one in meanings):
        return
    for words in LEADING_POSTS:
        for index, one in enumerate(meanings):
            if one.field is None and says(words, _core(one)):
                meanings[index] = _taken(one, "owner_leader", _WHY_LEADS)
                return


def _read_own_promises(meanings: list[ColumnMeaning]) -> None:
    """企业承诺 | 企业承诺进度 | 政府承诺 | 兑现情况: what the company promised, and how far it is, is none of the county's promise."""
    if not any(one.field == "subject" and says("our_promise", one.header) for one in meanings):
        return
    for index, one in enumerate(meanings):
        if one.field is not None and says("their_promise", one.header):
            meanings[index] = replace(
                one, field=None, value_type="text", match_method="none", match_score=0.0, why=_WHY_THEIRS
            )


def _read_paid_beside_granted(meanings: list[ColumnMeaning]) -> None:
    """审定金额 | 拨付金额: beside what was asked for or granted the amount handed out is what was paid of it."""
    claims = [index for index, one in enumerate(meanings) if one.field == "amount_cny"]
    asked = [index for index in claims if says("asked_only", _core(meanings[index]))]
    if (
        asked
        and len(claims) > len(asked)
        and any(says("asked_amount", _core(meanings[at])) for at in claims if at not in asked)
    ):
        for index in asked:
            meanings[index] = replace(
                meanings[index], field=None, value_type="text", match_method="none", why=_WHY_ASKED
            )
        claims = [index for index in claims if index not in asked]
    handed_out = [index for index, one in enumerate(meanings) if one.field is None and _is_money(one)]
    paid = [index for index in [*claims, *handed_out] if says("paid_amount", _core(meanings[index]))]
    granted = any(says("asked_amount", _core(meanings[at])) for at in [*asked, *claims] if at not in paid)
    if len(paid) == 1 and granted and all(one.field != "paid_cny" for one in meanings):
        meanings[paid[0]] = _taken(meanings[paid[0]], "paid_cny", _WHY_PAID_OF, value_type="amount_cny")


def days_and_amounts_by_cells(
    grid: Grid, table: Table, meanings: Sequence[ColumnMeaning], context: HeaderContext
) -> list[ColumnMeaning]:
    """开始 | 截止 | 完成, 预计批复, 实际办结 and 时间 > 应付 of nothing but days are days; 应奖补 | 本次兑付 of nothing but figures
    are amounts. Such headers do not say which, the cells do.
    """
    settled = list(meanings)
    fields = {one.field for one in settled}
    for at, one in enumerate(meanings):
        core = _core(one)
        is_open = one.field in (None, "status") or (one.field == "subject" and says("owed_bare", core))
        field = next((name for words, name in _BARE_DAYS if says(words, core)), None) if is_open else None
        if field is not None and field not in fields and _are_days(grid, table, table.columns[at]):
            settled[at] = _taken(one, field, _WHY_DAYS, value_type="date")
            fields.add(field)
            continue
        is_money = is_open and (says("owed_bare", core) or says("paid_bare", core))
        if is_money and _are_figures(grid, table, table.columns[at]):
            amount = _as_amount(one, context)
            if amount is not None and amount.field not in fields:
                settled[at] = amount
                fields.add(amount.field)
    return settled


def ends_by_cells(
    grid: Grid, table: Table, meanings: Sequence[ColumnMeaning], report_date: dt.date | None
) -> list[ColumnMeaning]:
    """完成时间 | 进展: a day beside what is not done, or a day to come, is the one by which it is to be done."""
    settled = list(meanings)
    ends = [at for at, one in enumerate(meanings) if one.field == "closed_on"]
    if (
        len(ends) != 1
        or any(one.field == "due_on" for one in meanings)
        or not says("bare_end", _core(meanings[ends[0]]))
    ):
        return settled
    states = [table.columns[at].index for at, one in enumerate(meanings) if one.field == "status"]
    column = table.columns[ends[0]]
    for row in range(table.first_row, table.end_row):
        day = parse_date(grid.rows[row][column.index]).value
        if day is None:
            continue
        said = compact(cell_text(grid.rows[row][states[0]])) if states else ""
        if (report_date is not None and day > report_date) or state_said(said) in _NOT_DONE or says_not_yet(said):
            settled[ends[0]] = replace(meanings[ends[0]], field="due_on", is_planned=True, why=_WHY_TO_COME)
            return settled
    return settled


def kind_by_cells(
    grid: Grid, table: Table, meanings: Sequence[ColumnMeaning], titles: Sequence[str], kind: str | None
) -> str | None:
    """事项名称 of 施工许可证核发, 取水许可, 环评批复: where no header and no title says what is listed, the cells name steps."""
    about = [table.columns[at] for at, one in enumerate(meanings) if one.field == "subject"]
    if kind != "problem" or len(about) != 1 or item_kind(meanings, titles) is not None:
        return kind
    texts = [text for text in column_texts(grid, table, about[0]) if text]
    steps = sum(
        names_step(text) or (last_noun(text) == "approval_step" and len(text) <= _LONGEST_STEP) for text in texts
    )
    return "approval_step" if len(texts) >= _TWO and steps >= _MOST * len(texts) else kind


def offices_by_cells(grid: Grid, table: Table, meanings: Sequence[ColumnMeaning]) -> list[ColumnMeaning]:
    """提出单位 of nothing but offices (经开区, 县工信局) is no company, and 链长 of such no leader; 单位名称 of nothing but companies is
    whose the item is.
    """
    meanings = _companies_by_cells(grid, table, meanings)
    return [
        replace(one, field=None, match_method="none", match_score=0.0, why=_WHY_OFFICES)
        if _may_name_offices(one) and _are_offices(grid, table, table.columns[at])
        else one
        for at, one in enumerate(meanings)
    ]


def project_stages_by_cells(grid: Grid, table: Table, meanings: Sequence[ColumnMeaning]) -> list[ColumnMeaning]:
    """目前进度 of 主体施工, 办理前期手续 beside a project's name says how far the project is, and not how the matter stands."""
    if all(one.field != "project_name" for one in meanings):
        return list(meanings)
    return [
        replace(one, field=None, match_method="none", match_score=0.0, why=_WHY_STAGES)
        if one.field == "status" and _are_stages(grid, table, table.columns[at])
        else one
        for at, one in enumerate(meanings)
    ]


def _are_stages(grid: Grid, table: Table, column: TableColumn) -> bool:
    texts = [text for text in column_texts(grid, table, column) if text]
    stages = sum(parse_stage(text).stage is not None for text in texts)
    return 2 * stages >= max(len(texts), 1) and all(state_said(text) is None for text in texts)


def _may_name_offices(meaning: ColumnMeaning) -> bool:
    if meaning.field == "investor_name":
        return says("office_or_company", _core(meaning))
    return meaning.field == "owner_leader" and is_leading_post(_core(meaning))


def _companies_by_cells(grid: Grid, table: Table, meanings: Sequence[ColumnMeaning]) -> list[ColumnMeaning]:
    settled = list(meanings)
    if any(one.field == "investor_name" for one in meanings):
        return settled
    found = [at for at, one in enumerate(meanings) if one.field is None and says("unit_alone", _core(one))]
    if len(found) == 1 and _are_companies(grid, table, table.columns[found[0]]):
        settled[found[0]] = _taken(meanings[found[0]], "investor_name", _WHY_COMPANIES)
    return settled


def _are_companies(grid: Grid, table: Table, column: TableColumn) -> bool:
    texts = [text for text in column_texts(grid, table, column) if text]
    return bool(texts) and all(says("company_cell", text) and not says("office_cell", text) for text in texts)


def _are_offices(grid: Grid, table: Table, column: TableColumn) -> bool:
    texts = list(column_texts(grid, table, column))
    return bool(texts) and all(says("office_cell", text) and not says("company_cell", text) for text in texts)


def _as_amount(meaning: ColumnMeaning, context: HeaderContext) -> ColumnMeaning | None:
    """应奖补 as 应奖补金额, in the unit that its header, group or sheet states; without one it stays as it is."""
    core = _core(meaning)
    leaf = meaning.path[-1]
    field, named = ("paid_cny", "已兑现金额") if says("paid_bare", core) else ("amount_cny", "应兑现金额")
    found = interpret_column(
        (*meaning.path[:-1], leaf.replace(core, named, 1) if core in leaf else named), context=context
    )
    if found.unit is None or found.value_type != "amount_cny":
        return None
    return replace(found, path=meaning.path, field=field, match_method="close", why=_WHY_FIGURES)


def _are_days(grid: Grid, table: Table, column: TableColumn) -> bool:
    texts = list(column_texts(grid, table, column))
    return bool(texts) and all(_DAY.fullmatch(text) for text in texts)


def _are_figures(grid: Grid, table: Table, column: TableColumn) -> bool:
    texts = list(column_texts(grid, table, column))
    return bool(texts) and all(_FIGURE.fullmatch(text) for text in texts)


def states_by_cells(
    grid: Grid, table: Table, meanings: Sequence[ColumnMeaning], context: HeaderContext
) -> list[ColumnMeaning]:
    """办理情况 | 办结状态: the column whose cells are words of a state holds it, the other one tells how it went."""
    settled = list(meanings)
    ours = any(one.field == "subject" and says("our_promise", one.header) for one in meanings)
    claims = [
        at
        for at, one in enumerate(meanings)
        if _may_hold_state(one, context) and not (ours and says("their_promise", one.header))
    ]
    if len(claims) < _TWO:
        return settled
    shares = {at: _share_of_states(grid, table, table.columns[at]) for at in claims}
    keeper = max(claims, key=lambda at: (shares[at], says("state_header", _core(meanings[at])), -at))
    if meanings[keeper].field != "status":
        if not shares[keeper]:
            return settled
        settled[keeper] = _taken(meanings[keeper], "status", _WHY_STATE)
    story = next((at for at in claims if at != keeper and shares[at] < 1), None)
    if story is None:
        story = next(
            (at for at in claims if at != keeper and _core(meanings[at]).endswith(("进展", "进度", "情况"))), None
        )
    for at in claims:
        if at != keeper and meanings[at].field == "status":
            settled[at] = replace(meanings[at], field=None, match_method="none", match_score=0.0, why=_WHY_STORY)
    if story is not None and all(one.field != "progress_note" for one in settled):
        settled[story] = _taken(meanings[story], "progress_note", _WHY_STORY)
    return settled


def _may_hold_state(meaning: ColumnMeaning, context: HeaderContext) -> bool:
    if meaning.field is not None:
        return meaning.field == "status"
    return interpret_column(meaning.path, context=context).field == "status"


def _share_of_states(grid: Grid, table: Table, column: TableColumn) -> float:
    texts = [text for text in column_texts(grid, table, column) if text]
    return sum(1 for text in texts if says("state_cell", text)) / len(texts) if texts else 0.0


def _is_money(meaning: ColumnMeaning) -> bool:
    """Whether the column's own header states a unit of money."""
    return meaning.unit is not None and meaning.unit.is_money and meaning.unit_basis == "leaf"


def _core(meaning: ColumnMeaning) -> str:
    return segment(meaning.path[-1]).core if meaning.path else ""


def _taken(meaning: ColumnMeaning, field: str, why: str, *, value_type: str = "text") -> ColumnMeaning:
    return replace(meaning, field=field, value_type=value_type, match_method="close", match_score=1.0, why=why)
