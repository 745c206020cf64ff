"""Lists of public works that speak as lists of projects do: name, total, start, progress, whoever has them built.

No word of a header tells 农村公路改造 from a factory; the names do. Where every row is a road, a school or a water main, or all
are built by offices and public bodies, and nobody invests, signs or is attracted, an office has something built.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.columns.column_meaning import ColumnMeaning
from ingest.columns.column_texts import column_texts
from ingest.columns.neighbour_words import says
from ingest.kinds.ledger_kind import TableKind
from ingest.kinds.other_business import OF_COMPANIES
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table
from ingest.values.printed import compact

_OF_COMERS = frozenset(
    {
        "investor_name",
        "investor_origin",
        "introducing_unit",
        "tracking_unit",
        "capital_origin",
        "agreement_type",
        "signing_event",
        "industry_chain",
        "registered_on",
        "planned_production_on",
        "foreign_contract_usd",
        "foreign_arrived_usd",
    }
)
_MOST = 0.6
_FEW = 2


def lists_public_works(
    found: TableKind, grid: Grid, table: Table, titles: Sequence[str], around: Sequence[str]
) -> bool:
    """Whether what reads as a list of projects names public works alone."""
    fields = {one.field for one in found.meanings if not says("put_to_use", one.header)}
    if found.kind != "project" or fields & _OF_COMERS or any(map(_is_of_comers, fields)):
        return False
    headers = [one.header for one in found.meanings]
    if any(says("attraction_title", compact(text)) for text in (*titles, *around, *headers)):
        return False
    if are_built_privately(found, grid, table):
        return False
    names = _texts(found.meanings, grid, table, "project_name")
    share = sum(map(_is_public_work, names)) / len(names) if names else 0.0
    if share == 1.0 and len(names) >= _FEW:
        return True
    builders = _texts(found.meanings, grid, table, "project_company")
    by_offices = len(builders) >= _FEW and all(
        says("public_body", text) or says("office_cell", text) for text in builders
    )
    is_ours = any(says("ours_titled", OF_COMPANIES.sub("", text)) for text in (*titles, *around))
    return len(names) >= _FEW and not is_ours and (share >= _MOST or by_offices)


def are_built_privately(found: TableKind, grid: Grid, table: Table) -> bool:
    """仁爱骨科医院, 国际幼儿园: hospitals and schools that companies build, or, where no column says who does, for which funds
    came, and that no county, town or number names (县人民医院, 第二小学). Whoever lays a road is a company, too.
    """
    names = _texts(found.meanings, grid, table, "project_name")
    public = [name for name in names if _is_public_work(name)]
    if not public or any(not says("private_house", name) or says("public_house", name) for name in public):
        return False
    builders = _texts(found.meanings, grid, table, "project_company")
    if builders:
        return len(builders) >= _FEW and not any(map(_is_public_or_hired, builders))
    return any(one.field is not None and one.field.startswith("funds_arrived_") for one in found.meanings)


def _is_public_or_hired(builder: str) -> bool:
    return any(says(words, builder) for words in ("public_body", "office_cell", "public_owner", "builder_hired"))


def _is_of_comers(field: str | None) -> bool:
    return (
        field is not None
        and field.startswith("funds_arrived_")
        and field.endswith(("_other_province_cny", "_foreign_cny"))
    )


def _is_public_work(name: str) -> bool:
    """农村公路改造, 水库除险加固; 充电桩生产 and 主题公园 are none."""
    return says("public_work", name) and not says("makes_goods", name)


def _texts(meanings: Sequence[ColumnMeaning], grid: Grid, table: Table, field: str) -> list[str]:
    at = next((at for at, one in enumerate(meanings) if one.field == field), None)
    return [] if at is None else list(column_texts(grid, table, table.columns[at]))
