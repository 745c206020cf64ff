"""What only the neighbours of a column tell in a list of items: what its rows are about, and whose project.

`ingest.headers.interpretation` has read the columns one by one; `ingest.kinds.ledger_kind` asks here before it decides what the table lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.columns.neighbour_words import says
from ingest.headers.header_column import interpret_column
from ingest.headers.header_text import segment
from ingest.kinds.item_ledgers import MATTERS, last_noun, titled_kind

_STEPS = frozenset({"approval_step", "policy_promise"})
_OF_ONE_STEP = frozenset({"status", "received_on", "due_on", "closed_on", "measure", "owner_unit"})
_BY_COLUMN = "每道手续一列，一行是一个项目 each step has a column, a row is a project"
_BY_KIND = "几类问题各有一列，合为一项 a column for each kind of problem: together what the row is about"
_FEWEST_KINDS = 2
_BY_ENDING = "没有其他事项列，按词尾认作事项 no other column says what the rows are about: taken by its ending"
_NAMED = "没有其他项目名称列，按词尾认作项目名称 no other column names the projects: taken by its ending"

_WHY_CLASS = "紧挨事项列，是它的类型 right beside the matter: its kind"
_WHY_OPEN = "本表列的是手续或承诺，本列说明为何未办 steps or promises are listed: why one is open"


def read_items(
    items: list[ColumnMeaning], as_projects: Sequence[ColumnMeaning], titles: Sequence[str], context: HeaderContext
) -> list[ColumnMeaning]:
    """The columns of a table as those of a list of items."""
    if _is_step_by_column(items, context):
        return [replace(one, field=None, why=_BY_COLUMN) if one.field == "subject" else one for one in items]
    items = _voiced(_about_steps(_parted_by_kind(items, context), titles, context))
    return _classed(_hindered(_named(_by_ending(items, as_projects), as_projects)))


def _is_step_by_column(items: Sequence[ColumnMeaning], context: HeaderContext) -> bool:
    """项目名称 | 用地手续 | 施工许可 with nothing of what became of a step: how each stands is in its cells, and a row is a project."""
    steps = [one for one in items if last_noun(_core(one)) == "approval_step"]
    return (
        any(one.field == "subject" for one in steps)
        and not any(one.field in _OF_ONE_STEP for one in items)
        and sum(interpret_column(one.path, context=context).field == "subject" for one in steps) > 1
    )


def _parted_by_kind(items: list[ColumnMeaning], context: HeaderContext) -> list[ColumnMeaning]:
    """需协调解决的问题 > 用地 | 用能 | 资金: what the rows are about stands in a column for each kind of it. The first holds it here,
    what the others say is joined to it (`matters_by_kind`).
    """
    if _about(items) is not None:
        return items
    parted = [at for at, one in enumerate(items) if is_kind_of_matter(one, context)]
    if len(parted) < _FEWEST_KINDS or len({items[at].path[:-1] for at in parted}) > 1:
        return items
    first = replace(items[parted[0]], field="subject", value_type="text", match_method="close", why=_BY_KIND)
    return [first if at == parted[0] else one for at, one in enumerate(items)]


def is_kind_of_matter(meaning: ColumnMeaning, context: HeaderContext) -> bool:
    """Whether a column without a field, or the one that holds the matter, stands below a heading that names problems."""
    if len(meaning.path) <= 1 or meaning.field not in (None, "subject") or segment(meaning.path[-1]).units:
        return False
    above = interpret_column(meaning.path[:-1], context=replace(context, kind="problem"))
    return above.field == "subject" and last_noun(segment(meaning.path[-2]).core) == "problem"


def _about_steps(items: list[ColumnMeaning], titles: Sequence[str], context: HeaderContext) -> list[ColumnMeaning]:
    """所需要件 | 存在困难 of a list that no title calls one of problems: its rows are the steps, what hinders them is beside."""
    about = _about(items)
    if about is None or last_noun(_core(items[about])) != "problem":
        return items
    if any(titled_kind(title) in MATTERS for title in titles):
        return items
    for i, one in enumerate(items):
        if one.field is None and last_noun(_core(one)) in _STEPS:
            alone = interpret_column(one.path, context=context)
            if alone.field == "subject":
                return _moved(items, about, i, alone)
    return items


def _voiced(items: list[ColumnMeaning]) -> list[ColumnMeaning]:
    """意见建议 | 承办单位 | 答复情况: where nothing else says what the rows are about, it is what was said, and no measure."""
    said = [i for i, one in enumerate(items) if one.field == "measure" and says("voiced", _core(one))]
    if len(said) != 1 or _about(items) is not None:
        return items
    return [replace(one, field="subject") if i == said[0] else one for i, one in enumerate(items)]


def _by_ending(items: list[ColumnMeaning], as_projects: Sequence[ColumnMeaning]) -> list[ColumnMeaning]:
    """投诉事由, 申报政策, 受阻症结 where no known wording says what the rows are about, or only a vague one does
    (观摩发现问题 | 整改内容). 建设内容 says it of a project.
    """
    about = _about(items)
    if about is not None and last_noun(_core(items[about])) is not None:
        return items
    endings = ("matter_ending",) if about is not None else ("matter_ending", "step_ending", "subject_ending")
    for ending in endings:
        found = [
            i
            for i, (one, known) in enumerate(zip(items, as_projects, strict=True))
            if one.field is None and known.field is None and says(ending, _core(one)) and not says("asks", _core(one))
        ]
        if len(found) == 1:
            subject = replace(items[found[0]], field="subject", value_type="text", match_method="close", why=_BY_ENDING)
            return _moved(items, about, found[0], subject)
    return items


def _named(items: list[ColumnMeaning], as_projects: Sequence[ColumnMeaning]) -> list[ColumnMeaning]:
    """观摩项目 | 发现的问题: a lone column ending in 项目 says whose problem it is."""
    if _about(items) is None or any(one.field == "project_name" for one in items):
        return items
    found = [
        i
        for i, (one, known) in enumerate(zip(items, as_projects, strict=True))
        if one.field is None
        and known.field in (None, "project_name")
        and says("project_ending", _core(one))
        and not says("asks", _core(one))
    ]
    if len(found) != 1:
        return items
    name = replace(items[found[0]], field="project_name", value_type="text", match_method="close", why=_NAMED)
    return [name if i == found[0] else one for i, one in enumerate(items)]


def _hindered(items: list[ColumnMeaning]) -> list[ColumnMeaning]:
    """要件名称 | 存在障碍, 手续名称 | 滞后原因: beside a step or a promise, what hinders it says why it is open."""
    about = _about(items)
    if about is None or last_noun(_core(items[about])) not in _STEPS:
        return items
    if any(one.field == "open_reason" for one in items):
        return items
    found = [i for i, one in enumerate(items) if one.field is None and says("hindrance", _core(one))]
    if len(found) != 1:
        return items
    reason = replace(
        items[found[0]], field="open_reason", value_type="text", match_method="close", match_score=1.0, why=_WHY_OPEN
    )
    return [reason if i == found[0] else one for i, one in enumerate(items)]


def _classed(items: list[ColumnMeaning]) -> list[ColumnMeaning]:
    """所提问题 | 类型: a bare class right beside the matter says of what kind it is."""
    about = _about(items)
    if about is None or any(one.field == "problem_type" for one in items):
        return items
    found = [
        i
        for i, one in enumerate(items)
        if abs(i - about) == 1 and one.field is None and len(one.path) == 1 and says("bare_class", _core(one))
    ]
    if len(found) != 1:
        return items
    kind = replace(
        items[found[0]], field="problem_type", value_type="text", match_method="close", match_score=1.0, why=_WHY_CLASS
    )
    return [kind if i == found[0] else one for i, one in enumerate(items)]


def _about(items: Sequence[ColumnMeaning]) -> int | None:
    return next((i for i, one in enumerate(items) if one.field == "subject"), None)


def _core(one: ColumnMeaning) -> str:
    return segment(one.path[-1]).core


def _moved(items: list[ColumnMeaning], old: int | None, new: int, subject: ColumnMeaning) -> list[ColumnMeaning]:
    """The items with another column as their subject; the one before goes to `extra`."""
    why = f"「{subject.header}」说的才是本行的事项，本列放入 extra {subject.header!r} says what the row is about, kept in extra"
    return [
        subject
        if i == new
        else replace(one, field=None, value_type="text", match_method="none", match_score=0.0, why=why)
        if i == old
        else one
        for i, one in enumerate(items)
    ]
