"""Thin lists of projects that no column names: 企业 | 投产时间 below 招商项目投产情况, 企业名称 | 计划投资 | 进度.

Two or three columns say too little by themselves, for any office lists companies. What the file says of itself (a title, its
name, its sheet) or money beside progress settles it; the only company of each row, or what is meant to be built, then names
the row. Lists that attract nobody (考核, 培训, 奖励) stay what they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.columns.column_texts import column_texts
from ingest.columns.columns_of_table import is_office
from ingest.columns.names_by_cells import are_different_words
from ingest.columns.neighbour_words import says
from ingest.gazetteer import provinces
from ingest.headers.header_text import segment
from ingest.headers.interpretation import interpret_columns
from ingest.kinds.ledger_kind import TableKind, may_be_named
from ingest.kinds.name_columns import ends_as_project
from ingest.kinds.other_business import is_other_business, names_a_matter_of_companies
from ingest.kinds.project_fields import is_projects_money
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table
from ingest.values.printed import compact

_NAMES = ("project_name", "investor_name", "project_company")
_TELLS_OF_WORKS = frozenset(
    {
        "project_content",
        "progress_note",
        "progress_rate",
        "stage",
        "signed_on",
        "registered_on",
        "started_on",
        "planned_start_on",
        "completed_on",
        "planned_completion_on",
        "production_on",
        "planned_production_on",
        "landed_on",
    }
)
_TELLS_OF_COMERS = frozenset({"investor_origin", "investment_form", "registered_capital_cny", "tracking_unit"})
_WHY = "全表只有这一列能作名称，标题或其他各列说明是投资项目 the only column that can name the rows of a list of investments"

_WHO = "意向项目旁唯一的企业列，是投资方 the only company beside projects that are meant: the investor"


def as_thin_list(
    found: TableKind, grid: Grid, table: Table, context: HeaderContext, titles: Sequence[str], around: Sequence[str]
) -> TableKind | None:
    """The table as a list of projects named by their companies, or None where it says too little or speaks of other things.

    `found`: what its headers made of it; only what they left open, or took for figures of regions, is looked at again.
    """
    if found.kind is not None and not _lists_companies_and_no_regions(found):
        return None
    said = [compact(text) for text in (*titles, *around)]
    is_titled = context.lists_projects or (
        any(says("thin_title", text) for text in said) and not any(says("no_thin_title", text) for text in said)
    )
    meanings = interpret_columns([column.path for column in table.columns], context=replace(context, kind=None))
    name = _naming(meanings, grid, table, is_titled=is_titled, is_declared=context.lists_projects)
    if name is None or not _tells_enough(meanings, name, is_titled=is_titled):
        return None
    if not is_titled and (
        found.kind == "summary" or found.is_other_business or _may_be_of_others(meanings, name, titles)
    ):
        return None
    field = meanings[name].field or _field_of_name(meanings[name])
    if field == "project_company" and any(says("talks_title", text) for text in said):
        # 在谈项目 | 企业 | 意向内容: who talks has founded no company here.
        field = "investor_name"
    named = replace(meanings[name], field=field, value_type="text", match_method="close", why=_WHY)
    meanings = [named if at == name else one for at, one in enumerate(meanings)]
    if field == "project_name":
        meanings = _with_investor(meanings)
    # What a title says of the rows, no column needs to say again.
    weighed = [replace(one, field="project_name") if at == name else one for at, one in enumerate(meanings)]
    if not context.lists_projects and is_other_business("project", weighed if is_titled else meanings, titles, around):
        return None
    return TableKind("project", meanings, names_from=None if field == "project_name" else field)


def _lists_companies_and_no_regions(found: TableKind) -> bool:
    """单位 | 企业 | 到资 read as figures of regions: no target or share among them, and a column of companies that is no figure."""
    if found.kind != "summary" or {one.measure for one in found.meanings if one.field == "value"} - {"done"}:
        return False
    return any(one.field is None and says("lists_company", _core(one)) for one in found.meanings)


def _may_be_of_others(meanings: Sequence[ColumnMeaning], name: int, titles: Sequence[str]) -> bool:
    """产品名称 beside 签约企业 may hold the projects' names, and 节水型企业创建 names another matter: a title has to say whose
    list it is.
    """
    # 产品 and 内容 say what is made; beside a bare 名称 nothing else names the rows.
    others = [one for at, one in enumerate(meanings) if at != name and not says("thin_works", _core(one))]
    may_be = may_be_named(others) and not says("name_alone", _core(meanings[name]))
    return may_be or any(map(names_a_matter_of_companies, titles))


def _naming(
    meanings: Sequence[ColumnMeaning], grid: Grid, table: Table, *, is_titled: bool, is_declared: bool
) -> int | None:
    """The column that can name the rows: a project meant, else the company; none where two could."""
    by_field = [[at for at, one in enumerate(meanings) if one.field == field] for field in _NAMES]
    meant = [at for at, one in enumerate(meanings) if one.field is None and _may_mean_projects(one)]
    if is_declared and not meant:
        # 事项名称, 活动名称
        meant = [at for at, one in enumerate(meanings) if _may_name_anything(one)]
    if not is_titled:
        # 名称 | 内容 | 投资 | 责任单位
        meant = [at for at in meant if says("name_alone", _core(meanings[at])) and any(map(_is_total, meanings))]
    companies = [at for at, one in enumerate(meanings) if one.field is None and says("thin_company", _core(one))]
    named, investors, own = by_field
    # 企业名称 | 投资方: the company that came of it stands for the project sooner than who invested.
    came = [at for at in companies if says("company", _core(meanings[at]))] if investors and is_titled else []
    for found in (meant, named, came, investors, own, companies):
        likely = [at for at in found if _holds_names(grid, table, at)]
        if likely:
            return likely[0] if len(likely) == 1 else None
    return None


def _with_investor(meanings: list[ColumnMeaning]) -> list[ColumnMeaning]:
    """企业 | 拟投项目: the only company of a project that is meant is who means it."""
    companies = [at for at, one in enumerate(meanings) if one.field is None and says("thin_company", _core(one))]
    if len(companies) != 1 or any(one.field in ("investor_name", "project_company") for one in meanings):
        return meanings
    who = replace(meanings[companies[0]], field="investor_name", value_type="text", match_method="close", why=_WHO)
    return [who if at == companies[0] else one for at, one in enumerate(meanings)]


def _field_of_name(meaning: ColumnMeaning) -> str:
    core = _core(meaning)
    if _may_mean_projects(meaning) or _may_name_anything(meaning):
        return "project_name"
    return "investor_name" if says("thin_investor", core) else "project_company"


def _may_mean_projects(meaning: ColumnMeaning) -> bool:
    return bool(meaning.path) and (says("thin_project", _core(meaning)) or ends_as_project(meaning))


def _may_name_anything(meaning: ColumnMeaning) -> bool:
    core = _core(meaning)
    return meaning.field is None and says("any_name", core) and not says("thin_company", core)


def _holds_names(grid: Grid, table: Table, at: int) -> bool:
    texts = list(column_texts(grid, table, table.columns[at]))
    places = {one.short_name for one in provinces()}
    return are_different_words(texts) and not all(is_office(text) or text in places for text in texts)


def _tells_enough(meanings: Sequence[ColumnMeaning], name: int, *, is_titled: bool) -> bool:
    """Whether another column tells of a project, where a title says that such are listed; else money and how it goes."""
    others = [one for at, one in enumerate(meanings) if at != name]
    money = any(
        is_projects_money(one.field) or _is_size_in_money(one) or (one.field is None and says("thin_money", _core(one)))
        for one in others
    )
    works = any(
        one.field in _TELLS_OF_WORKS or (one.field is None and says("thin_works", _core(one))) for one in others
    )
    if not is_titled:
        return money and works
    # 企业 | 拟投项目: who comes, and what for.
    both = any(one.field in _NAMES or says("thin_company", _core(one)) for one in others)
    return money or works or both or any(one.field in _TELLS_OF_COMERS for one in others)


def _is_total(meaning: ColumnMeaning) -> bool:
    """总投资, and 规模（万元）, which costs as much."""
    return meaning.field == "total_investment_cny" or _is_size_in_money(meaning)


def _is_size_in_money(meaning: ColumnMeaning) -> bool:
    return (
        meaning.field is None and meaning.unit is not None and meaning.unit.is_money and says("scale", _core(meaning))
    )


def _core(meaning: ColumnMeaning) -> str:
    return segment(meaning.path[-1]).core if meaning.path else ""
