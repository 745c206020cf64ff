"""The fields of a table's rows: columns typed, and what headings, names, dates and marks fill."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.columns.columns_by_cells import (
    apply_heading_units,
    apply_unit_columns,
    carry_dittos,
    join_split_dates,
    read_choices,
    read_open_marks,
    read_stage_marks,
    stage_mark_columns,
)
from ingest.columns.company_and_person_cells import part_companies_and_persons
from ingest.columns.typed_columns import Typing
from ingest.columns.unit_and_person_cells import part_units_and_persons
from ingest.columns.wide_months import keep_months, month_columns, reporting_column
from ingest.headers.header_text import is_of_pivot
from ingest.kinds.item_states import state_answered, state_said
from ingest.kinds.ledger_kind import TableKind
from ingest.kinds.matters_by_kind import join_matters
from ingest.kinds.summary_values import read_summary
from ingest.kinds.ticked_states import tell_ticked_states
from ingest.ledgers.ledger_types import FieldValue, RowReason, TableReading
from ingest.ledgers.table_context import FileContext
from ingest.rows.group_fields import (
    INDUSTRY_IN_HEADER,
    fill_from_groups,
    fill_from_sheet_name,
    names_of_headings,
)
from ingest.rows.numbered_names import (
    contents_from_names,
    names_of_phases,
    names_without_marks,
    names_without_of_which,
    part_numbers_from_names,
    parties_without_brackets,
)
from ingest.rows.row_stage import fill_stages
from ingest.rows.row_types import GroupRow
from ingest.rows.unit_lines import UnitLine
from ingest.values.event_time import event_time
from ingest.values.no_names import why_no_name
from ingest.values.printed import cell_text


def complete(
    reading: TableReading,
    kind: TableKind,
    groups: Sequence[tuple[GroupRow, ...]],
    *,
    titles: Sequence[str],
    file: FileContext,
    lines: Sequence[UnitLine] = (),
) -> list[str]:
    """Type the columns and fill what headings, names and dates say; returns remarks for people."""
    typing = Typing(
        reading,
        file.source.county_code,
        event_time(titles, kind.kind or ""),
        counts_from_1904=file.counts_from_1904,
        is_printed=file.is_printed,
    )
    carry_dittos(reading)
    if kind.kind == "project":
        read_choices(reading)
        join_split_dates(reading)
        apply_unit_columns(reading)
        apply_heading_units(reading, groups, lines)
        part_numbers_from_names(reading)
        names_without_of_which(reading)
        names_without_marks(reading)
        contents_from_names(reading)
        parties_without_brackets(reading)
        names_of_phases(reading, groups)
    if kind.kind in ("project", "problem"):
        part_units_and_persons(reading, file.source.county_code)
    part_companies_and_persons(reading)
    marks = stage_mark_columns(reading, file.source.county_code) if kind.kind == "project" else []
    months = month_columns(reading.columns) if kind.kind == "project" else {}
    for name, group in months.items():
        main = None if _is_told_plainly(reading, name, file) else reporting_column(group, file.report_month)
        for column in group:
            column.is_month_column = column is not main
    # A date of its own (计划竣工) says more than the end of a period (建设起止年限), which fills only what is left open.
    for is_period in (False, True):
        for column in reading.columns:
            if (column.meaning.end_field is not None) == is_period:
                typing.run(column)
        typing.place_moved_dates()
    for group in months.values():
        for column in group:
            keep_months(reading, column)
    if kind.kind == "project":
        read_stage_marks(reading, marks, typing.hints)
        read_open_marks(reading, typing.hints, file.source.county_code)
        _complete_projects(reading, kind, groups, typing, titles, file)
    elif kind.kind == "summary":
        read_summary(reading)
    elif kind.kind == "problem":
        reading.fields["problem_kind"] = [kind.problem_kind] * len(reading)
        join_matters(reading)
        _complete_states(reading, kind, groups)
    else:
        _complete_unknown(reading, kind)
    return typing.remarks()


def _complete_states(reading: TableReading, kind: TableKind, groups: Sequence[tuple[GroupRow, ...]]) -> None:
    """Fill `state`: what the text of `status` says, else the heading above the row (一、已办结（2个）); of a permit step a bare
    否 says that it has not begun.
    """
    tell_ticked_states(reading)
    said = reading.fields.get("status") or [None] * len(reading)
    header = next((column.key for column in reading.columns if column.meaning.field == "status"), "")
    is_step = kind.problem_kind == "approval_step"
    states: list[FieldValue] = [
        None if not isinstance(status, str) else state_said(status) if is_step else state_answered(status, header)
        for status in said
    ]
    if groups:
        states = [state or _state_of_groups(above) for state, above in zip(states, groups, strict=True)]
    if any(states) or "status" in reading.fields:
        reading.fields["state"] = states


def _state_of_groups(groups: tuple[GroupRow, ...]) -> str | None:
    return next((state for group in reversed(groups) if (state := state_said(group.label)) is not None), None)


def _is_told_plainly(reading: TableReading, name: str, file: FileContext) -> bool:
    """一季度完成投资 | 今年累计完成投资 of a ledger whose month is not known: the column without months is the ledger's own."""
    plain = (column for column in reading.columns if column.meaning.field == name and column.meaning.period is None)
    return file.report_month is None and any(value is not None for column in plain for value in column.values)


def _complete_projects(
    reading: TableReading,
    kind: TableKind,
    groups: Sequence[tuple[GroupRow, ...]],
    typing: Typing,
    titles: Sequence[str],
    file: FileContext,
) -> None:
    if kind.names_from is not None and kind.names_from in reading.fields:
        # Where no column names the project, the company registered for it or its investor stands for its name.
        reading.fields["project_name"] = names_of_headings(groups) or list(reading.fields[kind.names_from])
    _require_names(reading)
    name_header = next((c.key for c in reading.columns if c.meaning.field == "project_name"), "")
    fill_stages(
        reading,
        groups,
        typing.hints,
        sheet_name=reading.sheet,
        titles=titles,
        county_code=file.source.county_code,
        as_of=file.report_date,
    )
    fill_from_groups(reading, groups, names_are_under_industries=INDUSTRY_IN_HEADER in name_header)
    fill_from_sheet_name(reading)


def _complete_unknown(reading: TableReading, kind: TableKind) -> None:
    """Rows of a table of no known kind, beside known ones, are rejected, so that people see them."""
    if kind.kind is not None:
        return
    headers = "、".join(column.key for column in reading.columns[:8])
    said = (
        f"这张表没有项目名称列（{headers}）；请在表头写明，或在 headers.csv 增加对应写法。 "
        "This table has no column that names the project; name it in the header or add its wording to headers.csv."
    )
    if kind.is_other_business:
        said = (
            f"这张表像是别的业务，不像招商项目、外出招商、问题、手续或政策兑现的台账（{headers}）；若发错了表，请换成台账；"
            f"若确是项目台账，请在标题或工作表名写明，或在该县配置的 project_lists 里写上“{reading.sheet}”；"
            "确实不是，可写进 skipped_sheets，以后不再提。 "
            "This table seems to be of another business; if it was sent by mistake, send the ledger. If it does list projects, "
            f"say so in its title or name {reading.sheet} in the county's project_lists; if not, in skipped_sheets."
        )
    elif any(is_of_pivot(column.key) for column in reading.columns):
        said = (
            f"这张表是数据透视表（{headers}），不是逐个项目的台账；不想再看到它，可在该县配置的 skipped_sheets 里写上“{reading.sheet}”。 "
            f"This is a pivot table, no list of projects; to see no more of it, name {reading.sheet} in the county's skipped_sheets."
        )
    elif not reading.header_rows:
        said = (
            f"工作表“{reading.sheet}”没有表头，不知道各列是什么；请在数据上方补上表头（可从前一张表复制）；"
            "若是前一张表的续表，也可给每行接着编上序号。 "
            f"The sheet {reading.sheet} has no header, so it cannot be told what its columns are: put a header above the data "
            "(copied from the sheet before), or, where it goes on with that sheet's list, number its rows on from there."
        )
    for position in range(len(reading)):
        reading.reasons.setdefault(position, []).append(RowReason("no_project_column", "", "", said))


def _require_names(reading: TableReading) -> None:
    names = reading.fields.get("project_name") or [None] * len(reading)
    column = next((c.key for c in reading.columns if c.meaning.field == "project_name"), "")
    cells = next((c.values for c in reading.columns if c.meaning.field == "project_name"), names)
    for position, name in enumerate(names):
        if name is None:
            raw = cell_text(cells[position])
            why: RowReason | None = RowReason(
                "project_name_missing",
                column,
                raw,
                "这一行有数据但没有项目名称；请补上后重报。 "
                "The row holds data but no project name; add it and send again.",
            )
        elif (why := why_no_name(str(name), column, str(name))) is not None:
            names[position] = None
        if why is None or position in reading.undecoded:
            continue
        if not any(reason.column == column for reason in reading.reasons.get(position, ())):
            reading.reasons.setdefault(position, []).append(why)
