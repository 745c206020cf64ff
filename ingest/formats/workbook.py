"""Any file → sheets of addressed cells, or one reason why not. The format is told by the bytes, never by the name.

Values come from python-calamine; what it does not tell (merges, hidden rows, errors, uncached formulas, percentages) is
read beside it from the same bytes, and every bound is checked there before calamine allocates anything.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Set
from functools import partial

import python_calamine as calamine

from ingest.bounded import Failure, is_worker
from ingest.formats.archive import is_apple_document
from ingest.formats.delimited import read_delimited
from ingest.formats.encodings import decode, sniff_encoding
from ingest.formats.foreign import refuse_foreign
from ingest.formats.html_table import looks_like_html, read_html
from ingest.formats.mhtml import looks_like_mhtml, read_mhtml
from ingest.formats.ods import MIME as ODS_MIME
from ingest.formats.ods import is_ods, scan_content, scan_ods, zipped
from ingest.formats.ole import OLE_MARK
from ingest.formats.sheet import CellValue, Refusal, Sheet, Workbook
from ingest.formats.sheet_facts import SheetFacts
from ingest.formats.spreadsheetml import looks_like_spreadsheetml, read_spreadsheetml
from ingest.formats.xls import XlsFacts, parts_of, scan_xls
from ingest.formats.xlsx import ExcelPackage, is_excel, scan_package
from ingest.formats.xlsx_rewriting import rewritten
from ingest.formats.xlsx_sheet import repeats_cells
from ingest.formats.zip_container import ZIP_MARKS, ZipContainer
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.refused import Refused, damaged, empty, encrypted, not_a_table, only_pictures, reader_failed, too_large

_HEAD = 4096
_PRECISE = 1e15
_FRAME = re.compile(r'File "[^"]*/ingest/(?:[^"/]+/)*([^"/]+\.py)", line (\d+)')


def open_workbook(data: bytes, name: str = "", limits: Limits = DEFAULT_LIMITS) -> Workbook | Refusal:
    """Read a file into sheets, or say in one code and sentence why not. Never raises for what a file holds.

    `name` is not looked at: the same bytes give the same sheets under any name. What the limits can't foresee (a
    reader that aborts or hangs) is caught by running this in `ingest.bounded`; see `refusal_of`.
    """
    try:
        return _read(data, limits)
    except Refused as refused:
        return refused.refusal
    except MemoryError:
        if is_worker():  # It may be no fault of the file: `ingest.bounded` tries again in a process that held nothing.
            raise
        return too_large("内存不足以读取", "not enough memory to read it").refusal
    except Exception as error:  # noqa: BLE001 - one bad file stops nothing else; what it was is in the sentence
        kind = type(error).__name__
        return damaged(f"读取时遇到意外内容 {kind}: {error}", f"reading it met the unexpected: {kind}").refusal


def refusal_of(failure: Failure) -> Refusal:
    """The refusal for a file whose reading process died: out of memory or time is `too_large`, else `truncated`.

    An error of our own code (`error`) is said to be one: the file may be whole, and the next run tries it again.
    """
    if failure.kind == "memory":
        return too_large("读取时内存超限", "reading it took too much memory").refusal
    if failure.kind == "timeout":
        return too_large("读取超时", "reading it took too long").refusal
    if failure.kind == "error":
        return reader_failed(f"{failure.message}{_where(failure.detail)}").refusal
    return damaged("读取程序异常退出", "the reader gave up on it").refusal


def _where(traceback: str) -> str:
    """`, xls.py:93`: the last line of our own code that a traceback names."""
    frames = _FRAME.findall(traceback)
    return f", {frames[-1][0]}:{frames[-1][1]}" if frames else ""


def _read(data: bytes, limits: Limits) -> Workbook:
    if not data.strip(b"\0 \t\r\n\x1a"):
        raise empty()
    if len(data) > limits.file_bytes:
        raise too_large(f"文件 {len(data) >> 20} MiB", f"a file of {len(data) >> 20} MiB")
    if data.startswith(ZIP_MARKS):
        return _read_zip(data, limits)
    if data.startswith(OLE_MARK):
        return _read_ole(data, limits)
    refuse_foreign(data)
    return _read_text(data, limits)


def _read_zip(data: bytes, limits: Limits) -> Workbook:
    container = ZipContainer(data, limits)
    if is_excel(container):
        package = scan_package(container, limits)
        return Workbook(package.format, _excel_sheets(data, container, package, limits), remarks=package.remarks)
    if is_ods(container):
        return Workbook("ods", _ods_sheets(data, container, limits))
    names = container.names()
    if any(name.startswith("word/") for name in names):
        raise not_a_table("这是 Word 文档", "it is a Word document")
    if any(name.startswith("ppt/") for name in names):
        raise not_a_table("这是演示文稿", "it is a presentation")
    if is_apple_document(names):
        raise not_a_table(
            "这是苹果 Numbers 等程序的文档，请先导出为 Excel", "an Apple document: export it to Excel first"
        )
    if not names:
        raise empty()
    raise not_a_table("这是压缩包，请放入其中的表格文件", "it is a zip archive: send the workbooks in it")


def _excel_sheets(data: bytes, container: ZipContainer, package: ExcelPackage, limits: Limits) -> list[Sheet]:
    if any(facts.is_written_oddly for facts in package.facts.values()):
        return _by_calamine(rewritten(container, package, limits), package.facts)
    try:
        sheets = _by_calamine(data, package.facts, package.others)
        if not _lose_cells(sheets, container, package, limits):
            return sheets
    except Refused as refused:
        if refused.refusal.code == "empty" and any("/media/" in name for name in container.names()):
            raise only_pictures() from None
        if refused.refusal.code != "truncated":
            raise
    return _by_calamine(rewritten(container, package, limits), package.facts)


def _lose_cells(sheets: list[Sheet], container: ZipContainer, package: ExcelPackage, limits: Limits) -> bool:
    """Whether cells are gone because one of their place came later; where as many are left as were written, none is."""
    parts = {sheet.name: sheet.part for sheet in package.worksheets}
    return any(
        _cells_left(sheet) < package.facts[sheet.name].cells
        and (part := parts.get(sheet.name)) is not None
        and repeats_cells(container.chunks(part, limits.member_bytes))
        for sheet in sheets
        if package.format != "xlsb" and sheet.name in package.facts
    )


def _cells_left(sheet: Sheet) -> int:
    rows = sheet.rows
    without_value = sum(
        1 for row, column in {*sheet.errors, *sheet.uncached}
        if row >= len(rows) or column >= len(rows[row]) or rows[row][column] is None
    )  # fmt: skip
    return sum(len(row) - row.count(None) for row in rows) + without_value


def _ods_sheets(data: bytes, container: ZipContainer, limits: Limits) -> list[Sheet]:
    facts = scan_ods(container, limits)
    try:
        return _by_calamine(data, facts)
    except Refused as refused:
        if refused.refusal.code != "truncated":
            raise
    # The document is whole, as the scan read it to its end: calamine minds line breaks between tags.
    return _by_calamine(zipped(container.read("content.xml", limits.markup_bytes)), facts)


def _read_ole(data: bytes, limits: Limits) -> Workbook:
    found = scan_xls(data, limits)
    read = partial(_sheets_by_parts, found) if found.stretches else None
    return Workbook("xls", _by_calamine(found.data, found.sheets, read=read), remarks=found.remarks)


def _read_text(data: bytes, limits: Limits) -> Workbook:
    encoding, body = sniff_encoding(data[:_HEAD])
    head = decode(body, encoding).lstrip("\ufeff \t\r\n")
    if looks_like_mhtml(head):
        return read_mhtml(data, limits)
    if head.startswith("<") and ODS_MIME.decode() in head:
        return Workbook("fods", _by_calamine(zipped(data), scan_content([data], limits)))
    if head.startswith("<") and looks_like_spreadsheetml(head):
        return read_spreadsheetml(data, limits)
    if looks_like_html(head):
        return read_html(data, limits)
    if head.startswith("<?xml"):
        raise not_a_table("是 XML，但不是表格", "XML that is no table")
    return read_delimited(data, limits)


def _by_calamine(
    data: bytes,
    facts: Mapping[str, SheetFacts] | list[SheetFacts],
    others: Set[str] = frozenset(),
    read: Callable[[], list[Sheet]] | None = None,
) -> list[Sheet]:
    """The values of every worksheet, joined with what is beside them (by name, or by place in the workbook)."""
    try:
        sheets = read() if read is not None else _sheets_by_calamine(data, facts, others)
    except calamine.PasswordError:
        raise encrypted() from None
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise damaged("单元格或工作表的写法无法识别", f"{error}".rstrip(".。")) from error
    except BaseException as error:
        # A panic in calamine's Rust arrives as a BaseException of its own; anything else is not about the file.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged("读取程序内部出错", "the reader failed inside") from error
    if not any(sheet.errors or sheet.uncached or any(map(any_value, sheet.rows)) for sheet in sheets):
        raise empty()
    return sheets


def _sheets_by_calamine(
    data: bytes, facts: Mapping[str, SheetFacts] | list[SheetFacts], others: Set[str]
) -> list[Sheet]:
    with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        wanted = [
            (index, meta)
            for index, meta in enumerate(book.sheets_metadata)
            if meta.typ == calamine.SheetTypeEnum.WorkSheet and meta.name not in others
        ]
        if not isinstance(facts, list):
            return [_sheet(meta, facts.get(meta.name), book.get_sheet_by_index(index)) for index, meta in wanted]
        read = [(index, meta, book.get_sheet_by_index(index)) for index, meta in wanted]
    # Of an .xls, calamine holds every cell itself and gives a copy: before Python makes its own, the first one goes.
    sheets: list[Sheet] = []
    for index, meta, sheet in read:
        sheets.append(_sheet(meta, facts[index] if index < len(facts) else None, sheet))
    return sheets


def _sheets_by_parts(found: XlsFacts) -> list[Sheet]:
    """The sheets of an .xls that is too large to be read at once."""
    rows: dict[int, list[list[CellValue]]] = {}
    metas: list[calamine.SheetMetadata] = []
    texts: dict[str, str] = {}
    for stretch, data in parts_of(found):
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            metas = book.sheets_metadata
            sheet = book.get_sheet_by_index(stretch.sheet)
        of_sheet = rows.setdefault(stretch.sheet, [])
        of_sheet += [[] for _ in range(len(of_sheet), stretch.start_row)]
        of_sheet += _cells(sheet, texts)[0][stretch.start_row : stretch.stop_row]
    sheets = [
        found.sheets[index].sheet(meta.name, rows.get(index, []), meta.visible != calamine.SheetVisibleEnum.Visible)
        for index, meta in enumerate(metas)
        if meta.typ == calamine.SheetTypeEnum.WorkSheet and index < len(found.sheets)
    ]
    for one in sheets:
        one.may_hold_blanks = any(map(str.isspace, texts))
    return sheets


def _sheet(meta: calamine.SheetMetadata, facts: SheetFacts | None, sheet: calamine.CalamineSheet) -> Sheet:
    hidden = meta.visible != calamine.SheetVisibleEnum.Visible
    rows, holds_blanks = _cells(sheet)
    found = (facts or SheetFacts()).sheet(meta.name, rows, hidden)
    found.may_hold_blanks = holds_blanks
    return found


def any_value(row: list[CellValue]) -> bool:
    """Whether a row holds anything; 0 and false are values."""
    return any(value is not None for value in row)


def _cells(sheet: calamine.CalamineSheet, texts: dict[str, str] | None = None) -> tuple[list[list[CellValue]], bool]:
    """Dense rows from A1, and whether a text is of white space only. Empty text is None; a whole number below 10^15 is an
    int, so that ids print as they look.

    Row by row, and equal texts are one object: that is a third less memory for a large ledger.
    """
    texts = {} if texts is None else texts
    one = texts.setdefault
    before: list[CellValue] = [None] * (sheet.start[1] if sheet.start else 0)
    rows = [
        before
        + [
            (one(value, value) if value else None)
            if type(value) is str
            else (int(value) if type(value) is float and value.is_integer() and abs(value) < _PRECISE else value)
            for value in row
        ]
        for row in sheet.iter_rows()
    ]
    return rows, any(map(str.isspace, texts))
