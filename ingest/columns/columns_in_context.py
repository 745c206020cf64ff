"""Columns whose header alone may mean two things, and which their table settles.

企业名称 beside 项目名称, 主管部门, 联系人, 计划投资, 本月完成: each is read only where the other columns, the titles and the cells
leave one reading, and says so in `why`. Where they don't it stays open.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.columns import (
    details_in_context,
    facts_in_context,
    investment_in_context,
    money_in_context,
    parties_in_context,
)
from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.columns.columns_of_table import ColumnsOfTable
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table


def read_in_context(
    grid: Grid, table: Table, meanings: Sequence[ColumnMeaning], context: HeaderContext, titles: Sequence[str]
) -> list[ColumnMeaning]:
    """The columns of a list of projects, with those that only the table as a whole settles."""
    said = " ".join([*titles, grid.sheet.name])
    columns = ColumnsOfTable(grid, table, list(meanings), context, said)
    for settle in (
        facts_in_context.running_numbers,
        parties_in_context.names_that_are_figures,
        parties_in_context.names_that_are_kinds,
        facts_in_context.plans_that_are_figures,
        parties_in_context.name_behind_its_class,
        parties_in_context.investor_beside_our_side,
        parties_in_context.company_that_invests,
        parties_in_context.day_of_registration,
        money_in_context.contract_beside_attracted,
        money_in_context.amount_signed,
        money_in_context.increment_as_total,
        money_in_context.spent_on_assets,
        money_in_context.intent_beside_contract,
        money_in_context.money_of_the_rows_month,
        money_in_context.done_of_titled_investment,
        money_in_context.arrived_of_titled_funds,
        money_in_context.year_invested_before_done,
        money_in_context.done_of_investment,
        money_in_context.month_beside_done,
        money_in_context.all_done_beside_the_years,
        money_in_context.plan_before_done,
        money_in_context.plan_as_total,
        money_in_context.first_phase_of_total,
        investment_in_context.times_below_investment,
        investment_in_context.plan_beside_total,
        investment_in_context.share_done_alone,
        parties_in_context.office_that_answers,
        parties_in_context.office_that_attracted,
        parties_in_context.office_in_touch,
        parties_in_context.user_of_land,
        parties_in_context.contact_behind_office,
        parties_in_context.leader_by_post,
        facts_in_context.lists_of_a_project,
        facts_in_context.limit_behind_measure,
        details_in_context.foreign_part_of_contract,
        money_in_context.dollars_beside_contract,
        facts_in_context.manner_of_signing,
        facts_in_context.class_by_its_cells,
        facts_in_context.origin_told_by_class,
        facts_in_context.board_of_places,
        facts_in_context.place_invested_in,
        parties_in_context.place_behind_investor,
        parties_in_context.origin_told_by_places,
        facts_in_context.day_of_agreement,
        facts_in_context.year_of_signing,
        details_in_context.year_of_landing,
        details_in_context.span_of_works,
        details_in_context.town_or_park,
        details_in_context.stage_of_listed_words,
        details_in_context.filing_number_as_code,
        facts_in_context.intent_as_content,
        facts_in_context.scale_as_content,
        money_in_context.month_beside_parts,
        money_in_context.funds_attracted,
        money_in_context.home_money_beside_foreign,
        money_in_context.outside_the_region,
        money_in_context.outside_the_county,
        money_in_context.past_years_alone,
        money_in_context.planned_beside_actual,
        money_in_context.years_before_the_last,
        money_in_context.this_report_beside_the_last,
        money_in_context.this_month_below_one_heading,
        money_in_context.this_month_beside_the_last,
        details_in_context.funds_as_recognised,
        details_in_context.dollars_in_a_sheet_of_yuan,
    ):
        settle(columns)
    return columns.meanings
