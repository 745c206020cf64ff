"""A county's table file → accepted rows, rejected rows with reasons, and furniture; nothing is lost.

`read_ledger` is a pure function of the bytes, the source's configuration and the parser version. Every row of every
sheet ends as exactly one of accepted, rejected or furniture.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import PurePath

from ingest.columns.column_meaning import HeaderContext
from ingest.columns.neighbour_words import says
from ingest.formats.sheet import Refusal, Sheet, Workbook
from ingest.formats.workbook import open_workbook
from ingest.kinds.indicator_rows import indicator_columns
from ingest.layout.cards_in_rows import forms_of_cards_in_rows
from ingest.layout.cells_in_order import cells_below_headers
from ingest.layout.form_reading import read_forms
from ingest.layout.forms import Form, find_forms
from ingest.layout.frame_marks import without_frame_marks
from ingest.layout.grid import Grid, is_data_like
from ingest.layout.headed_forms import forms_above_tables, forms_below_headings
from ingest.layout.indicator_lines import indicators_beside_projects
from ingest.layout.label_rows import forms_of_label_rows
from ingest.layout.labelled_lines import labelled_lines_beside
from ingest.layout.lines_above_trips import lines_above_trips
from ingest.layout.lists_sharing_columns import lists_sharing_columns
from ingest.layout.lost_label_merges import with_label_merges
from ingest.layout.month_sheets import drop_earlier_months, months_of_sheets
from ingest.layout.named_cards import forms_of_named_cards
from ingest.layout.named_tables import forms_of_named_tables
from ingest.layout.names_above_records import records_below_names
from ingest.layout.one_column import with_columns_parted
from ingest.layout.pivot_groups import with_pivot_groups
from ingest.layout.pivot_names import with_pivot_names
from ingest.layout.plan_and_fact_lines import plans_beside_facts
from ingest.layout.repeated_labels import with_labels_once
from ingest.layout.several_in_a_row import projects_of_rows_apart
from ingest.layout.side_labels import side_labels_beside_rows
from ingest.layout.stacked_headings import stacked_headings_apart
from ingest.layout.steps_beside_projects import forms_of_steps_beside_projects
from ingest.layout.table_types import SheetLayout, Table
from ingest.layout.tables import find_tables, headerless
from ingest.layout.tables_apart import lists_apart
from ingest.layout.two_line_records import laid_side_by_side
from ingest.ledgers.county_named import other_county
from ingest.ledgers.ledger_source import LedgerSource, pattern_of
from ingest.ledgers.ledger_types import LedgerReading, LedgerRow, SheetReading, TableOutcome, TableReading
from ingest.ledgers.report_date import ReportDate, report_date
from ingest.ledgers.table_context import FileContext
from ingest.ledgers.table_reading import read_table
from ingest.revision import revision_rank
from ingest.rows.furniture import group_label, is_template_sheet, label_kind
from ingest.values.printed import compact

__all__ = [
    "PARSER_VERSION",
    "LedgerReading",
    "LedgerRow",
    "LedgerSource",
    "read_ledger",
    "read_workbook",
    "refused_reading",
]

_HEADERS_NAMED = 12
PARSER_VERSION = "105"
_LAST_LINES = 12
# All cells are text.
_PRINTED = frozenset({"csv", "tsv", "html", "mhtml"})


def read_ledger(data: bytes, name: str, source: LedgerSource) -> LedgerReading:
    """Read one file. `name` (a path is fine) serves the report date, the revision and messages. Never raises on bytes."""
    sha256 = hashlib.sha256(data).hexdigest()
    opened = open_workbook(data, name)
    if isinstance(opened, Refusal):
        return _refused(sha256, opened, name, source)
    return read_workbook(opened, name, source, sha256)


def read_workbook(workbook: Workbook, name: str, source: LedgerSource, sha256: str) -> LedgerReading:
    """Read sheets that are already open."""
    layouts = _with_headerless([_layout(sheet, source, workbook) for sheet in workbook.sheets])
    months = _months_of_sheets(workbook, layouts, name)
    dated = _report_date(_latest_first(layouts, months), name, source)
    reading = LedgerReading(
        file_sha256=sha256,
        status="read",
        format=workbook.format,
        encoding=workbook.encoding,
        report_date=dated.date,
        report_date_basis=dated.basis,
        report_month=dated.month,
        revision_rank=_revision(layouts, name),
        remarks=list(workbook.remarks),
    )
    names = [sheet.name for sheet in workbook.sheets]
    around = (
        PurePath(name).name,
        *names,
        *(text for layout in layouts if layout is not None for text in _titles(layout)),
    )
    listed: set[str] = set()
    for position, (sheet, layout) in enumerate(zip(workbook.sheets, layouts, strict=True)):
        same = names[:position].count(sheet.name)
        sheet_key = f"{sheet.name}#{same}" if same else sheet.name
        reading.sheets.append(_read_sheet(sheet, layout, source, reading, sheet_key, around, listed))
    drop_earlier_months(reading, months)
    refusal = _no_ledger(reading, layouts, source, around[0])
    if refusal is not None:
        return _refused(sha256, refusal, name, source, reading)
    _reject_unknown_tables(reading)
    filed = [text for layout in layouts if layout is not None for text in _lines(layout)]
    if (remark := other_county([PurePath(name).stem, *names, *filed], source.county_code)) is not None:
        reading.remarks.append(remark)
    return reading


def refused_reading(refusal: Refusal, name: str, sha256: str | None = None) -> LedgerReading:
    """The reading of a file whose bytes could not be had (a damaged member of an archive), or not be read here."""
    return _refused(sha256 or hashlib.sha256(b"").hexdigest(), refusal, name, LedgerSource())


def _layout(sheet: Sheet, source: LedgerSource, workbook: Workbook) -> SheetLayout | None:
    """The tables of a sheet; None where the sheet is hidden or no data by its name, and so furniture."""
    if sheet.hidden or sheet.name in source.skipped_sheets:
        return None
    if is_template_sheet(sheet.name) and sum(not other.hidden for other in workbook.sheets) > 1:
        return None
    plain = without_frame_marks(with_columns_parted(sheet))
    grid = Grid(with_pivot_names(with_pivot_groups(with_labels_once(plain))))
    found = find_tables(grid)
    if (placed := side_labels_beside_rows(grid, found.tables) or _cells_below_headers(grid, found.tables)) is not None:
        grid = Grid(placed)
        found = find_tables(grid)
    if (parted := lists_sharing_columns(grid, found.tables)) is not None:
        return find_tables(Grid(parted))
    if (apart := lists_apart(grid, found, find_tables)) is not None:
        return apart
    forms = (
        find_forms(with_label_merges(grid))
        or forms_of_label_rows(grid, found.tables)
        or forms_below_headings(grid)
        or forms_of_named_tables(grid, found.tables)
        or forms_of_cards_in_rows(plain)
        or forms_of_steps_beside_projects(grid, found.tables)
        or forms_above_tables(grid, found.tables)
        # 开工时间 of several cards, none of them filled in, is no heading written into every cell.
        or forms_of_named_cards(plain, grid, found.tables)
    )
    if forms and not any(
        (_tell_figures(forms) or _names_indicators(table)) and _holds_indicators(grid, table) for table in found.tables
    ):
        return SheetLayout(grid, [], [], forms)
    laid = (
        laid_side_by_side(grid, found.tables)
        or stacked_headings_apart(grid, found.tables)
        or records_below_names(grid, found.tables)
        or plans_beside_facts(grid, found.tables)
        or labelled_lines_beside(grid, found.tables)
        or indicators_beside_projects(grid, found.tables)
        or projects_of_rows_apart(grid, found.tables)
        or lines_above_trips(grid, found.tables)
    )
    return find_tables(Grid(laid)) if laid is not None else found


def _cells_below_headers(grid: Grid, tables: Sequence[Table]) -> Sheet | None:
    placed = cells_below_headers(grid, tables)
    # A form's rows are parted each in its own way, and stand below no header.
    return None if placed is None or find_forms(with_label_merges(grid)) else placed


def _tell_figures(forms: Sequence[Form]) -> bool:
    """Whether most values of forms are figures, as those of a summary with an indicator a row are."""
    values = [cell.value for form in forms for cell in form.cells]
    return sum(map(is_data_like, values)) * 2 > len(values)


def _names_indicators(table: Table) -> bool:
    """指标 | 单位 | 甲县 | 乙县: 新签约项目 below it is an indicator, and 个 beside it no project's name."""
    return any(says("names_indicators", compact(column.path[-1])) for column in table.columns)


def _holds_indicators(grid: Grid, table: Table) -> bool:
    return indicator_columns(grid, table, HeaderContext()) is not None


def _with_headerless(layouts: list[SheetLayout | None]) -> list[SheetLayout | None]:
    """Beside a sheet that has a header, data of one without any go on with the list before them, or are rejected; they
    are not taken for titles.
    """
    if not any(layout and (layout.tables or layout.forms) for layout in layouts):
        return layouts
    found: list[SheetLayout | None] = []
    before: SheetLayout | None = None
    for layout in layouts:
        found.append(layout and headerless(layout, before))
        before = found[-1] if found[-1] is not None and found[-1].grid.height else before
    return found


_MOST_OF_LINE = 8
_LINE_MARK = re.compile(r"[:：]|数据\S{0,6}截[至止]")


def _lines(layout: SheetLayout, skipped: Set[int] = frozenset()) -> list[str]:
    """The text lines of a sheet: above and between its tables, and the last few below; not those of `skipped` rows."""
    lines = [line.text for line in layout.lines if line.row not in skipped]
    grid = layout.grid
    if layout.forms:
        values = {cell.row for form in layout.forms for cell in form.cells}
        rows = (
            row
            for row in range(grid.height)
            if len(grid.filled[row]) in (1, 2)
            and (row not in values or any(label_kind(text) == "signature" for text in grid.row_texts(row)))
        )
        return [*grid.sheet.above, *("  ".join(grid.row_texts(row)) for row in rows)]
    headers = {row for table in layout.tables for row in (*table.header_rows, *table.repeated_headers)} | skipped
    for row in range(max(0, grid.height - _LAST_LINES), grid.height):
        if row in headers or not 0 < len(grid.filled[row]) <= _MOST_OF_LINE:
            continue
        texts = grid.row_texts(row)
        if any(_LINE_MARK.search(text) for text in texts) and not group_label(texts[0]):
            lines.append("  ".join(texts))
    return lines


def _titles(layout: SheetLayout) -> list[str]:
    return [line.text for line in layout.lines]


def _report_date(layouts: Sequence[SheetLayout | None], name: str, source: LedgerSource) -> ReportDate:
    shown = [layout for layout in layouts if layout is not None]
    titles = [text for layout in shown for text in (_lines(layout) if layout.forms else _titles(layout))]
    titles += [layout.grid.sheet.name for layout in shown]
    filing = [text for layout in shown for text in _lines(layout)]
    headers = [" ".join(column.path) for layout in shown for table in layout.tables for column in table.columns]
    return report_date(rule=source.report_date, titles=titles, filing_lines=filing, file_name=name, headers=headers)


def _months_of_sheets(workbook: Workbook, layouts: Sequence[SheetLayout | None], name: str) -> dict[int, dt.date]:
    """The months that sheets with data report; a sheet kept ready for a later month (`12月`) reports nothing."""
    shown = [position for position, layout in enumerate(layouts) if layout is not None and _holds_data(layout)]
    if len(shown) < 2:
        return {}
    names = [workbook.sheets[position].name for position in shown]
    titles = [_titles(layout) for position in shown if (layout := layouts[position]) is not None]
    months = months_of_sheets(names, titles, name)
    return {shown[index]: month for index, month in months.items()}


def _holds_data(layout: SheetLayout) -> bool:
    """Whether any row below a header fills several cells and is no total."""
    grid = layout.grid
    return any(
        len(grid.filled[row]) > 1 and label_kind(grid.row_texts(row)[0]) is None
        for table in layout.tables
        for row in table.body_rows
    )


def _latest_first(layouts: Sequence[SheetLayout | None], months: Mapping[int, dt.date]) -> list[SheetLayout | None]:
    """The sheets, those of later months first: what they say of the date goes before what earlier ones say."""
    order = sorted(range(len(layouts)), key=lambda position: months.get(position, dt.date.min), reverse=True)
    return [layouts[position] for position in order]


def _revision(layouts: Sequence[SheetLayout | None], name: str) -> int:
    titles = [line.text for layout in layouts if layout for line in layout.lines if len(line.text) <= 60]
    return max([revision_rank(name), *map(revision_rank, titles)])


def _read_sheet(
    sheet: Sheet,
    layout: SheetLayout | None,
    source: LedgerSource,
    reading: LedgerReading,
    sheet_key: str,
    around: tuple[str, ...],
    listed: set[str],
) -> SheetReading:
    """Read a sheet; `listed` are the names of the projects of tables before it, and then of its own too."""
    result = SheetReading(sheet.name, sheet.hidden)
    if layout is None:
        result.furniture = {"hidden_sheet" if sheet.hidden else "template_sheet": len(sheet.rows)}
        return result
    grid = layout.grid
    roles: dict[int, str] = {}
    data_rows: set[int] = set()
    for outcome in _outcomes(layout, source, reading, sheet_key, around, listed):
        listed |= _names_listed(outcome.table)
        result.tables.append(outcome.table)
        reading.control_totals.extend(outcome.control_totals)
        reading.remarks.extend(remark for remark in outcome.remarks if remark not in reading.remarks)
        roles.update({row: role for row, role in outcome.roles.items() if roles.get(row, "blank") == "blank"})
        data_rows.update(row_number - 1 for row_number in outcome.table.row_numbers)
    _drop_notes_beside(result.tables)
    for row in range(grid.height):
        if row not in data_rows:
            role = roles.get(row) or ("title" if grid.filled[row] else "blank")
            result.furniture[role] = result.furniture.get(role, 0) + 1
    return result


def _drop_notes_beside(tables: Sequence[TableReading]) -> None:
    """A small table of no known kind beside a known one (产业 | 个数): its rows are those of the known one, and no records."""
    for table in tables:
        if table.kind:
            continue
        known = {number for other in tables if other.kind for number in other.row_numbers}
        table.drop({position for position, number in enumerate(table.row_numbers) if number in known})


def _outcomes(
    layout: SheetLayout,
    source: LedgerSource,
    reading: LedgerReading,
    sheet_key: str,
    around: tuple[str, ...],
    listed: Set[str],
) -> Iterator[TableOutcome]:
    """The tables of a sheet, read one by one; a form sheet's forms as one table."""
    file = FileContext(
        source,
        reading.file_sha256,
        sheet_key,
        reading.report_date,
        reading.report_month,
        layout.grid.sheet.counts_from_1904,
        reading.format in _PRINTED,
        around,
        listed,
        # The first of what stands around is the file's name.
        source.declared(around[0], layout.grid.sheet.name),
    )
    if layout.forms:
        yield read_forms(layout.grid, layout.forms, file)
        return
    for number, table in enumerate(layout.tables, start=1):
        # What stands above a later table speaks of that table: its unit is none of this one's.
        later = {line.row for other in layout.tables[number:] for line in other.titles if line.row >= table.end_row}
        lines = _lines(layout, later)
        yield read_table(layout.grid, table, number=number, sheet_lines=lines, file=file)


def _names_listed(table: TableReading) -> set[str]:
    """The names of the projects that a table lists, as they are compared."""
    names = table.fields.get("project_name", ()) if table.kind == "project" else ()
    return {compact(name) for name in names if isinstance(name, str)}


def _no_ledger(
    reading: LedgerReading, layouts: Sequence[SheetLayout | None], source: LedgerSource, file_name: str
) -> Refusal | None:
    """Why the file as a whole is no ledger, if so."""
    if any(table.kind for table in reading.tables):
        return None
    found = [layout for layout in layouts if layout is not None and layout.tables]
    if not found:
        return Refusal(
            "not_a_table",
            "文件里找不到表格（没有一行像表头）。请检查是否发错文件；若是表格，请在数据上方补上列名（项目名称、总投资（万元）…），"
            "放在同一行或相邻几行。 "
            "No table was found in the file (no row looks like a header). Check whether it is the right file; if it is a "
            "table, write the names of its columns above the data, in one row or in rows next to each other.",
        )
    columns = found[0].tables[0].columns
    headers = "、".join(" > ".join(column.path) for column in columns[:_HEADERS_NAMED])
    headers += f" …（共 {len(columns)} 列 in all）" if len(columns) > _HEADERS_NAMED else ""
    declared = {source.declared(file_name, table.sheet) for table in reading.tables}
    # What the configuration calls projects and no column names lacks names.
    if all(table.is_other_business for table in reading.tables) and "projects" not in declared:
        reading.seems_other = None in declared
        return _of_another_business(headers, pattern_of(file_name), is_declared=not reading.seems_other)
    return Refusal(
        "no_project_column",
        f"表里没有项目名称列，也不是已知的其他台账。看到的列：{headers}。请在表头写明“项目名称”，或在 headers.csv 增加对应写法。 "
        f"No column names the project, and it is no other known kind of ledger. Columns seen: {headers}. "
        "Name the column 项目名称 or add its wording to headers.csv.",
    )


def _of_another_business(headers: str, pattern: str, *, is_declared: bool) -> Refusal:
    """What a table seems to be, and how whoever knows better says so: in the file, or once for all in the county's settings."""
    if is_declared:
        return Refusal(
            "no_project_column",
            f"该县配置的 other_lists 写明这份表不是项目台账。看到的列：{headers}。若不再如此，请改那一行。 "
            f"The county's other_lists says that this is no list of projects. Columns seen: {headers}. Change that line if it is.",
        )
    return Refusal(
        "no_project_column",
        f"表里说的像是别的业务，不像招商项目、外出招商、问题、手续或政策兑现的台账。看到的列：{headers}。若确是投资项目台账，任选一种："
        "在标题或工作表名写明（如“招商引资项目台账”）；补上投资方、来源地、签约时间等列；"
        f"或在该县配置的 ledger 下写一行 project_lists: ['{pattern}']，以后都照项目台账读。 "
        f"The table seems to be of another business, and no ledger of investment projects. Columns seen: {headers}. If it does "
        "list them, say so in its title or sheet name (招商引资项目台账), add columns as 投资方, 来源地 or 签约时间, or write "
        f"project_lists: ['{pattern}'] below ledger: in the county's YAML, which then holds for all such files.",
    )


def _reject_unknown_tables(reading: LedgerReading) -> None:
    """Tables of no known kind beside known ones: their rows stay visible as rejected project rows."""
    for table in reading.tables:
        if not table.kind:
            table.kind = "project"


def _refused(
    sha256: str, refusal: Refusal, name: str, source: LedgerSource, reading: LedgerReading | None = None
) -> LedgerReading:
    if reading is None:
        dated = report_date(rule=source.report_date, titles=(), filing_lines=(), file_name=name)
        reading = LedgerReading(
            sha256,
            "refused",
            report_date=dated.date,
            report_date_basis=dated.basis,
            report_month=dated.month,
            revision_rank=revision_rank(name),
        )
    reading.status, reading.reason_code, reading.reason_message = "refused", refusal.code, refusal.message
    reading.sheets, reading.control_totals = [], []
    return reading
