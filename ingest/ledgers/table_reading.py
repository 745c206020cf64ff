"""One table: its kind, its columns' meaning, its rows' roles, its typed columns, its control totals."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ingest.columns.changes_by_cells import changes_as_growth
from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.columns.column_texts import column_texts
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
from ingest.columns.columns_in_context import read_in_context
from ingest.columns.company_and_person_cells import part_companies_and_persons
from ingest.columns.dated_events import dates_of_events
from ingest.columns.names_by_cells import columns_of_names, columns_that_may_name, holds_only_stages
from ingest.columns.notes_by_cells import progress_as_rate, progress_as_stage
from ingest.columns.stories_of_days import stories_of_days
from ingest.columns.typed_columns import Typing
from ingest.columns.unit_and_person_cells import part_units_and_persons
from ingest.columns.wide_months import keep_months, month_columns, reporting_column
from ingest.headers.header_column import interpret_column
from ingest.identity import row_ids
from ingest.kinds.indicator_rows import indicator_columns, read_indicator_rows, states_units_by_rows
from ingest.kinds.item_neighbours import (
    days_and_amounts_by_cells,
    ends_by_cells,
    kind_by_cells,
    offices_by_cells,
    project_stages_by_cells,
    states_by_cells,
)
from ingest.kinds.item_states import state_answered, state_said
from ingest.kinds.ledger_kind import TableKind, as_hindrances, decide_kind
from ingest.kinds.limits_by_cells import lengths_as_no_dates
from ingest.kinds.permit_steps import read_steps
from ingest.kinds.summary_values import read_summary
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table, TableColumn
from ingest.ledgers.ledger_source import LedgerSource
from ingest.ledgers.ledger_types import ControlTotal, RowReason, TableReading
from ingest.rows.control_totals import Totals
from ingest.rows.furniture import label_kind
from ingest.rows.group_fields import (
    INDUSTRY_IN_HEADER,
    fill_from_groups,
    fill_from_sheet_name,
    is_heading,
    names_of_headings,
)
from ingest.rows.lost_merges import carry_groups_down, plain_group_names
from ingest.rows.numbered_names import names_without_of_which, part_numbers_from_names
from ingest.rows.record_cells import (
    carry_trips_down,
    columns_of_rows,
    first_rows_of_records,
    fold_continuations,
    mark_bad_rows,
    reject_errors,
    show_errors,
)
from ingest.rows.row_roles import classify_rows
from ingest.rows.row_stage import fill_stages, stage_of_label
from ingest.rows.row_told_lines import fill_told_lines, tell_by_labels
from ingest.rows.row_types import GroupRow, RowRoles, TotalRow
from ingest.rows.side_headings import add_side_headings
from ingest.rows.unit_lines import UnitLine, unit_lines
from ingest.values.event_time import event_time
from ingest.values.no_names import why_no_name
from ingest.values.printed import cell_text, compact
from ingest.values.units import unit_in_text

_UNIT_LINE = re.compile(r"[(（]?\s*(?:金额|计量|货币)?单\s*位\s*[:：]")
_UNIT_NOTE = re.compile(r"单位|万元|亿元|美元")
# 12, (12), 1-3, 2.1.4 and ★3 count rows.
# A1, A2 below the heading A: no code of a project.
_RUNNING = re.compile(
    r"[★☆▲△●*※]?(?:\d{1,4}|[(（]\d{1,3}[)）]|\d{1,3}(?:[-.]\d{1,3}){1,2}|[A-Ha-h甲乙丙丁一二三四五六][-.]?\d{1,2})"
)
_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(r"[-+]?\d+(?:,\d{3})*(?:\.\d+)?%?")
_FEW = 2
_CENT = Decimal("0.01")
_BOARD = 3


@dataclass(frozen=True, slots=True)
class FileContext:
    """What is known of the file and sheet before a table is read; `sheet_key` tells sheets of one name apart.

    `around`: the file's name, its sheets and their titles, which say what it is about. `is_printed` where all cells are
    text, as in CSV and HTML: a spreadsheet may have written them from its numbers. `listed`: the names of the projects that
    tables before this one list.
    """

    source: LedgerSource
    file_sha256: str
    sheet_key: str
    report_date: dt.date | None
    report_month: dt.date | None
    counts_from_1904: bool = False
    is_printed: bool = False
    around: tuple[str, ...] = ()
    listed: frozenset[str] = frozenset()


@dataclass(slots=True)
class TableOutcome:
    """A table read: its rows, the role of its furniture rows, its control totals, remarks for people."""

    table: TableReading
    roles: dict[int, str]
    control_totals: list[ControlTotal] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def _decided(
    grid: Grid, table: Table, titles: Sequence[str], context: HeaderContext, around: Sequence[str]
) -> TableKind:
    """The kind of a table. 招商组 | 在谈项目 | 已签约 of counts: a column that would name the projects and holds figures only, or
    stages, names none, and the table is looked at again without it. Where no header names them, the cells may.
    """
    paths = [column.path for column in table.columns]
    kind = decide_kind(paths, titles, context, around=around)
    if kind.kind == "summary" and _counts_nothing(grid, table, kind):
        kind = replace(kind, kind=None)
    nameless = frozenset[int]()
    if kind.kind == "project" and kind.names_from != "project_company":
        names = [at for at, one in enumerate(kind.meanings) if one.field == (kind.names_from or "project_name")]
        if len(names) == 1 and _names_nothing(grid, table, table.columns[names[0]]):
            nameless = frozenset(names)
            kind = decide_kind(paths, titles, context, around=around, nameless=nameless)
    if kind.kind in ("outreach", "problem") or any(one.field == "project_name" for one in kind.meanings):
        return kind
    named = columns_of_names(grid, table) or (columns_that_may_name(grid, table) if kind.names_from else frozenset())
    if len(named) != 1:
        return kind
    by_cells = decide_kind(paths, titles, context, around=around, nameless=nameless, named=named)
    return by_cells if by_cells.kind == "project" and by_cells.names_from is None else kind


def _as_hindrances(
    found: TableKind, grid: Grid, table: Table, context: HeaderContext, listed: frozenset[str]
) -> TableKind | None:
    """The problems of projects that a table before lists; None where it names others, or says more of them."""
    titles = [line.text for line in table.titles]
    kind = as_hindrances(found, [column.path for column in table.columns], titles, context)
    if kind is None:
        return None
    fields = [meaning.field for meaning in kind.meanings]
    names = [compact(text) for text in column_texts(grid, table, table.columns[fields.index("project_name")])]
    return kind if 2 * sum(name in listed for name in names) > len(names) else None


def _counts_nothing(grid: Grid, table: Table, kind: TableKind) -> bool:
    """注册人 | 商标名称 of companies' names: what would be figures is words in every cell."""
    seen = False
    for column, one in zip(table.columns, kind.meanings, strict=True):
        for text in column_texts(grid, table, column) if one.field == "value" else ():
            if _DIGIT.search(text):
                return False
            seen = True
    return seen


def _names_nothing(grid: Grid, table: Table, column: TableColumn) -> bool:
    return _holds_only_figures(grid, table, column) or holds_only_stages(grid, table, column)


def _holds_only_figures(grid: Grid, table: Table, column: TableColumn) -> bool:
    seen = 0
    for text in column_texts(grid, table, column):
        if not _FIGURE.fullmatch(text):
            return False
        seen += 1
    return seen >= _FEW


def read_table(grid: Grid, table: Table, *, number: int, sheet_lines: Sequence[str], file: FileContext) -> TableOutcome:
    """Read one table of a sheet.

    Args:
        grid: the sheet.
        table: where the table stands.
        number: 1, 2, 3… on the sheet.
        sheet_lines: text lines of the sheet, for units stated outside the table.
        file: the file's source and report date.
    """
    titles = [line.text for line in table.titles]
    nearest_first = _with_both_units(titles[::-1])
    context = header_context(grid, [*_units_of_header(table), *nearest_first, *sheet_lines, *_notes(grid, table)], file)
    kind = _decided(grid, table, [*titles, grid.sheet.name], context, file.around)
    if file.listed:
        kind = _as_hindrances(kind, grid, table, context, file.listed) or kind
    if kind.kind == "project" and _is_board(table, context):
        kind = replace(kind, kind=None)
    by_rows = (
        indicator_columns(grid, table, context, may_name_projects=kind.kind == "project")
        if _may_hold_indicators(kind) or (kind.kind == "summary" and states_units_by_rows(grid, table))
        else None
    )
    if by_rows is not None:
        kind = replace(kind, kind="summary", meanings=by_rows)
    settled = progress_as_rate(grid, table, _settled_numbers(grid, table, kind.meanings, context))
    if kind.kind == "summary" and by_rows is None:
        settled = changes_as_growth(grid, table, settled, context)
    if kind.kind == "project":
        settled = dates_of_events(grid, table, progress_as_stage(grid, table, settled), context)
        settled = stories_of_days(grid, table, settled, context)
        settled = read_in_context(grid, table, settled, context, titles)
    elif kind.kind == "problem":
        below = replace(context, kind="problem")
        settled = states_by_cells(grid, table, lengths_as_no_dates(grid, table, settled, below), below)
        settled = project_stages_by_cells(grid, table, settled)
        settled = days_and_amounts_by_cells(grid, table, settled, below)
        settled = ends_by_cells(grid, table, offices_by_cells(grid, table, settled), file.report_date)
        kind = replace(kind, problem_kind=kind_by_cells(grid, table, settled, titles, kind.problem_kind))
    kind = replace(kind, meanings=settled)
    roles = classify_rows(grid, table, kind.meanings, kind.kind or "project", is_heading=is_heading)
    if kind.kind == "project":
        add_side_headings(grid, table, kind.meanings, roles)
    numbers = [row + 1 for row in roles.data]
    reading = TableReading(
        sheet=grid.sheet.name,
        number=number,
        kind=kind.kind or "",
        header_rows=tuple(
            line + 1 for row in table.header_rows for line in range(row, row + 1 + grid.sheet.further_lines.get(row, 0))
        ),
        columns=columns_of_rows(grid, table, kind.meanings, roles, kind.kind),
        row_numbers=numbers,
        row_ids=row_ids(file.source.county_code, file.file_sha256, file.sheet_key, table.band, numbers),
        group_paths=[" > ".join(group.text for group in stack) or None for stack in roles.groups],
        hidden_positions={p for p, row in enumerate(roles.data) if row in grid.sheet.hidden_rows},
        first_of_record=first_rows_of_records(grid, table, kind.meanings, roles.data),
        report_date=file.report_date,
        report_month=file.report_month,
        is_other_business=kind.is_other_business,
    )
    mark_bad_rows(grid, reading, roles.data)
    if kind.kind == "project":
        tell_by_labels(grid, reading, roles)
    fold_continuations(grid, reading, roles)
    if kind.kind == "outreach":
        carry_trips_down(reading)
    elif kind.kind == "project":
        carry_groups_down(grid, reading, roles)
        plain_group_names(reading)
    reject_errors(grid, reading, roles.data)
    if by_rows is not None:
        read_indicator_rows(reading, context)
        remarks: list[str] = []
    else:
        lines = unit_lines(grid, table, roles)
        remarks = complete(reading, kind, roles.groups, titles=titles, file=file, lines=lines)
        read_steps(reading, kind.steps, [*titles, *_lines_beside(grid, table, roles)] if kind.steps else ())
        fill_told_lines(reading, roles)
    show_errors(grid, reading, roles.data)
    _settle_unlabelled(reading, roles)
    outcome = TableOutcome(reading, _furniture_roles(table, reading, roles), remarks=remarks)
    outcome.control_totals = Totals(grid, reading, roles).run()
    return outcome


def _lines_beside(grid: Grid, table: Table, roles: RowRoles) -> Iterator[str]:
    """The texts of a table's rows that are no records: notes, and what stands among or below."""
    data = set(roles.data)
    for row in range(table.first_row, table.end_row):
        if row not in data:
            yield " ".join(grid.row_texts(row))


def _is_board(table: Table, context: HeaderContext) -> bool:
    """乡镇 | 在谈项目 | 签约项目 | 开工项目: names of projects in the columns of their stages, several records a row."""
    stages = {
        stage_of_label(column.path[-1]).stage
        for column in table.columns
        if column.has_header and interpret_column(column.path, context=context).field == "project_name"
    }
    return len(stages - {None}) >= _BOARD


def _may_hold_indicators(kind: TableKind) -> bool:
    """Whether no column tells more of a project than a name (项目 may as well name indicators)."""
    known = {meaning.field for meaning in kind.meanings} - {None, "project_name", "sequence_no", "remark"}
    figures = {meaning.indicator for meaning in kind.meanings if meaning.field == "value"}
    if kind.kind == "summary":
        # 单位 | 本月 | 累计 | 全市排名: nothing but the rank of the whole says what is counted.
        return figures <= {"assessment", None}
    return kind.kind is None or (kind.kind == "project" and not known)


_NAMES = frozenset({"project_name", "project_company"})


def _settled_numbers(
    grid: Grid, table: Table, meanings: Sequence[ColumnMeaning], context: HeaderContext
) -> list[ColumnMeaning]:
    """A code column that only counts 1, 2, 3… holds printed numbers; as codes they would identify other projects.

    The column of codes that it outdid (编号 before 项目代码（统一赋码）) then is the code, and running numbers that a column
    of codes outdid (编号 beside 项目代码) are the printed numbers.
    """
    coded = next((at for at, one in enumerate(meanings) if one.field == "project_code"), None)
    if coded is None:
        return list(meanings)
    settled, has_sequence = list(meanings), any(one.field == "sequence_no" for one in meanings)
    outdone = {
        at: alone
        for at, one in enumerate(meanings)
        if one.field is None and (alone := interpret_column(one.path, context=context)).field == "project_code"
    }
    counting = [at for at in (coded, *outdone) if _only_counts(grid, table, meanings, at)]
    for at in counting:
        meaning = outdone.get(at, meanings[at])
        settled[at] = replace(
            meaning,
            field=None if has_sequence else "sequence_no",
            why=f"{meaning.why} 列里只有流水号，不作项目代码 running numbers only, no codes",
        )
        has_sequence = True
    if coded in counting and (restored := next((at for at in outdone if at not in counting), None)) is not None:
        settled[restored] = outdone[restored]
    return settled


def _only_counts(grid: Grid, table: Table, meanings: Sequence[ColumnMeaning], position: int) -> bool:
    """Whether a column of codes holds running numbers; rows without a name are headings, totals and notes."""
    index = table.columns[position].index
    names = [column.index for column, one in zip(table.columns, meanings, strict=True) if one.field in _NAMES]
    rows = [grid.rows[row] for row in table.body_rows]
    cells = [row[index] for row in rows if not names or any(row[name] is not None for name in names)]
    texts = [text for cell in cells if cell is not None and _DIGIT.search(text := cell_text(cell))]
    return bool(texts) and sum(1 for text in texts if _RUNNING.fullmatch(text)) >= 0.8 * len(texts)


def _units_of_header(table: Table) -> list[str]:
    """单位：万元 in the corner of the header, where 序号 would stand."""
    return [cell for column in table.columns for cell in column.path if _UNIT_LINE.match(cell)]


def _with_both_units(titles: Sequence[str]) -> list[str]:
    """The lines above a header; a line of the unit alone is joined to a title that states another one, so that neither counts."""
    for at, line in enumerate(titles):
        stated = _yuan_units(line)
        if stated:
            other = next(
                (text for text in titles[at + 1 :] if (units := _yuan_units(text)) and not units & stated), None
            )
            is_alone = _UNIT_LINE.match(line) is not None
            return [f"{line}；{other}", *titles] if is_alone and other is not None else list(titles)
    return list(titles)


def _yuan_units(text: str) -> set[Decimal]:
    return {unit.multiplier for unit in unit_in_text(text) if unit.code == "CNY"}


def header_context(grid: Grid, lines: Sequence[str], file: FileContext) -> HeaderContext:
    """What the columns' reader should know; the first of `lines` that states a unit of money is the unit line."""
    # 台账（万元）: a sheet's name is the last that may say so.
    stated = [*lines, grid.sheet.name]
    unit_line = next((text for text in stated if any(unit.is_money for unit in unit_in_text(text))), None)
    return HeaderContext(
        county_code=file.source.county_code,
        sheet_name=grid.sheet.name,
        unit_line=unit_line,
        source_unit=file.source.default_unit,
        report_year=file.report_date.year if file.report_date else None,
    )


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
        _complete_states(reading, kind)
    else:
        _complete_unknown(reading, kind)
    return [*typing.remarks, *(f"阶段词不认识 unknown stage wording: {word}" for word in typing.unknown_stages)]


def _complete_states(reading: TableReading, kind: TableKind) -> None:
    """Fill `state`: what the text of `status` says; of a permit step a bare 否 says that it has not begun."""
    if (said := reading.fields.get("status")) is None:
        return
    header = next((column.key for column in reading.columns if column.meaning.field == "status"), "")
    is_step = kind.problem_kind == "approval_step"
    reading.fields["state"] = [
        None if not isinstance(status, str) else state_said(status) if is_step else state_answered(status, header)
        for status in said
    ]


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
            f"这张表是别的业务，不是招商项目、外出招商、问题、手续或政策兑现的台账（{headers}）；若发错了表，请换成台账。 "
            "This table is of another business; if it was sent by mistake, send the ledger."
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


def _notes(grid: Grid, table: Table) -> list[str]:
    """Notes below the table that state a unit (`注：金额单位为万元`)."""
    found = []
    for row in range(max(table.first_row, table.end_row - 15), table.end_row):
        texts = grid.row_texts(row)
        if texts and len(texts) <= 2 and _UNIT_NOTE.search(texts[0]) and label_kind(texts[0]) == "note":
            found.append(texts[0])
    return found


def _settle_unlabelled(reading: TableReading, roles: RowRoles) -> None:
    """A row of figures only whose figures are the sums of the other rows is a total without a label."""
    drop = {
        position
        for position, row in enumerate(roles.data)
        if roles.roles[row] == "unlabelled" and _sums_up(reading, position)
    }
    for position in drop:
        row = roles.data[position]
        roles.roles[row] = "total"
        roles.totals.append(TotalRow(row, "total", ""))
    if drop:
        reading.drop(drop)
        keep = [position for position in range(len(roles.data)) if position not in drop]
        roles.data = [roles.data[position] for position in keep]
        roles.groups = [roles.groups[position] for position in keep]


def _sums_up(reading: TableReading, position: int) -> bool:
    """Whether every figure of the row that can be checked is the sum of the others' (and there is one)."""
    checked = False
    for column in reading.columns:
        stated = column.typed[position] if column.typed else None
        if column.typed is None or stated is None:
            continue
        others = [value for other, value in enumerate(column.typed) if other != position and value is not None]
        if len(others) < 2 or abs(sum(others, Decimal(0)) - stated) > _CENT:
            return False
        checked = True
    return checked


def _furniture_roles(table: Table, reading: TableReading, roles: RowRoles) -> dict[int, str]:
    found = {line.row: "title" for line in table.titles}
    found.update(dict.fromkeys(table.header_rows, "header"))
    data = {number - 1 for number in reading.row_numbers}
    found.update({row: role for row, role in roles.roles.items() if row not in data})
    return found
