"""Form-style sheets as a table: one record a form, one column a label path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.columns.neighbour_words import says
from ingest.columns.parties_in_context import WHO_ANSWERS, is_elsewhere
from ingest.formats.sheet import CellValue
from ingest.headers.header_text import said, segment
from ingest.headers.interpretation import interpret_columns
from ingest.identity import row_ids
from ingest.kinds.ledger_kind import TableKind
from ingest.kinds.permit_steps import lists_only_steps, read_steps, step_columns, without_fields_of_steps
from ingest.layout.forms import Form
from ingest.layout.grid import Grid
from ingest.ledgers.ledger_types import ColumnReading, TableOutcome, TableReading
from ingest.ledgers.table_context import FileContext, header_context
from ingest.ledgers.table_filling import complete
from ingest.rows.record_cells import unique_keys
from ingest.values.printed import cell_text

# Marks the number of a path that stands several times in one form; no cell holds it.
_COUNT = "\x00"


def read_forms(grid: Grid, forms: Sequence[Form], file: FileContext) -> TableOutcome:
    """All forms of a sheet as one table; a label that only some forms have is empty in the others."""
    forms = _labelled_alike(forms)
    paths = list(dict.fromkeys(path for form in forms for path in _numbered(form)))
    records = [_numbered(form) for form in forms]
    columns_at = {path: cell_column for form in forms for path, (_, cell_column) in _places(form).items()}
    lines = _free_lines(grid, forms)
    context = replace(header_context(grid, lines, file), kind=None)
    plain = [tuple(part for part in path if not part.startswith(_COUNT)) for path in paths]
    values = [[record.get(path) for record in records] for path in paths]
    meanings = [
        _printed_numbers(meaning) if _only_counts(column) else meaning
        for meaning, column in zip(interpret_columns(plain, context=context), values, strict=True)
    ]
    _settle_contact(meanings)
    _settle_origin(meanings, values)
    kind = _kind(meanings, plain, context)
    meanings = kind.meanings
    reading = TableReading(
        sheet=grid.sheet.name,
        number=1,
        kind=kind.kind or "project",
        header_rows=(),
        columns=[
            ColumnReading(key, columns_at[path], meaning, column)
            for path, meaning, key, column in zip(paths, meanings, unique_keys(plain), values, strict=True)
        ],
        row_numbers=[form.name_row + 1 for form in forms],
        row_ids=[
            row_ids(file.source.county_code, file.file_sha256, file.sheet_key, form.number, [form.name_row + 1])[0]
            for form in forms
        ],
        group_paths=[None] * len(forms),
        first_of_record=[form.name_row + 1 for form in forms],
        report_date=file.report_date,
        report_month=file.report_month,
    )
    remarks = complete(reading, kind, [()] * len(forms), titles=lines, file=file)
    read_steps(reading, kind.steps, lines)
    roles = {row: "form" for form in forms for row in range(form.start_row, form.end_row) if grid.filled[row]}
    return TableOutcome(reading, roles, remarks=remarks)


def _kind(meanings: list[ColumnMeaning], paths: Sequence[tuple[str, ...]], context: HeaderContext) -> TableKind:
    """Forms tell of projects; those that tell nothing but how their permits stand list steps, as such tables do."""
    steps = step_columns(meanings)
    if not steps or not lists_only_steps(meanings, steps):
        return TableKind("project", meanings)
    items = interpret_columns(paths, context=replace(context, kind="problem"))
    return TableKind("problem", without_fields_of_steps(items, steps), "approval_step", steps=tuple(steps))


def _settle_contact(meanings: list[ColumnMeaning]) -> None:
    """责任单位 | 县商务局 | 联系人 | …: the office's, where no other label names the person."""
    if any(one.field == "responsible_person" for one in meanings):
        return
    for index, (before, one) in enumerate(pairwise(meanings), start=1):
        if (
            one.field is None
            and before.field in WHO_ANSWERS
            and one.path
            and says("contact", segment(one.path[-1]).core)
        ):
            why = "紧接责任单位的联系人 the contact of the office before it"
            meanings[index] = replace(one, field="responsible_person", value_type="text", match_score=1.0, why=why)
            return


def _settle_origin(meanings: list[ColumnMeaning], values: Sequence[Sequence[CellValue]]) -> None:
    """投资方 | 甲公司 | 注册地 | 浙江杭州: the investor's, where no other label tells it."""
    if any(one.field == "investor_origin" for one in meanings):
        return
    for index, (before, one) in enumerate(pairwise(meanings), start=1):
        is_place = one.field is None and bool(one.path) and says("place", segment(one.path[-1]).core)
        told = [cell_text(value) for value in values[index] if value is not None] if is_place else []
        if before.field == "investor_name" and told and all(map(is_elsewhere, told)):
            why = "紧接投资方，是其来源地 right behind the investor: its origin"
            meanings[index] = replace(one, field="investor_origin", value_type="text", match_score=1.0, why=why)
            return


def _labelled_alike(forms: Sequence[Form]) -> list[Form]:
    """The forms with labels that say the same written as in the first of them (总投资（万元） and 总投资(万元))."""
    first: dict[tuple[object, ...], tuple[str, ...]] = {}
    return [
        replace(
            form,
            cells=tuple(replace(cell, path=first.setdefault(said(cell.path), cell.path)) for cell in form.cells),
        )
        for form in forms
    ]


def _only_counts(values: Sequence[CellValue]) -> bool:
    """Whether a label's values in the forms are 1, 2, 3…: numbers of the forms, no codes."""
    numbers = [cell_text(value) for value in values]
    return len(numbers) > 1 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _printed_numbers(meaning: ColumnMeaning) -> ColumnMeaning:
    return replace(meaning, field="sequence_no") if meaning.field == "project_code" else meaning


def _numbered(form: Form) -> dict[tuple[str, ...], CellValue]:
    """The form's values by path; a path that stands twice in one form is numbered."""
    found: dict[tuple[str, ...], CellValue] = {}
    for cell in form.cells:
        path, count = cell.path, 1
        while path in found:
            count += 1
            path = (*cell.path, f"{_COUNT}{count}")
        found[path] = cell.value
    return found


def _places(form: Form) -> dict[tuple[str, ...], tuple[int, int]]:
    return dict(zip(_numbered(form), ((cell.row, cell.column) for cell in form.cells), strict=True))


def _free_lines(grid: Grid, forms: Sequence[Form]) -> list[str]:
    """Lines of a single cell: titles and unit lines."""
    return ["  ".join(grid.row_texts(row)) for row in range(min(grid.height, 60)) if len(grid.filled[row]) in (1, 2)]
