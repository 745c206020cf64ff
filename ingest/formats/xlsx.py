"""The package of an xlsx, xlsm or xlsb: which part is which sheet, which formats show a percentage, what is beside values."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from ingest.formats.number_formats import NumberShown, number_shown
from ingest.formats.sheet_facts import SheetFacts
from ingest.formats.small_xml import Element, elements
from ingest.formats.xlsb import CellFormat, binary_formats, scan_xlsb_sheet, sheet_list
from ingest.formats.xlsx_sheet import CellStyles, scan_sheet
from ingest.formats.zip_container import ZipContainer
from ingest.limits import Limits
from ingest.refused import damaged, too_large

# The second is what Excel 2007 wrote before it was finished.
_WORKSHEETS = ("/worksheet", "/xlWorksheet")
_NUMBER_FORMAT, _CELL_FORMAT = "styleSheet/numFmts/numFmt", "styleSheet/cellXfs/xf"
_STYLES = frozenset({_NUMBER_FORMAT, _CELL_FORMAT, _CELL_FORMAT + "/alignment"})
_PERCENT_FORMATS = frozenset({9, 10})
# mmm-yy, and what a Chinese Excel shows as 2026年3月.
_MONTH_FORMATS = frozenset({17, 27, 36, 50, 52, 55, 57})
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_WINDOW = 512
_SHARED_REFERENCE = re.compile(rb't="s"[^>]*><v>([0-9]{1,9})</v>')
_STRING_ITEM = re.compile(rb"<(?:\w+:)?si[ >/]")


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A worksheet as the workbook lists it; its `part` is None where the relation it names doesn't exist."""

    name: str
    part: str | None
    state: str


@dataclass(slots=True)
class ExcelPackage:
    """What the package says of itself; `facts` by sheet name, only of worksheets: charts and macro sheets hold no rows."""

    format: str
    facts: dict[str, SheetFacts] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    """Names of sheets that are no worksheets."""
    worksheets: list[Worksheet] = field(default_factory=list)
    strings: str | None = None
    styles: str | None = None
    counts_from_1904: bool = False
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Listed:
    """A sheet of the workbook's list. Modules of a macro have no relation: `has_content` is false."""

    name: str
    relation: Element | None
    state: str
    has_content: bool


def is_excel(container: ZipContainer) -> bool:
    """Whether the container is a workbook of Excel's own formats."""
    names = container.names()
    return any(name.endswith(("workbook.xml", "workbook.bin")) for name in names) or (
        "[content_types].xml" in container and any(name.startswith("xl/") for name in names)
    )


def scan_package(container: ZipContainer, limits: Limits) -> ExcelPackage:
    """Scan every worksheet of the package.

    Raises:
        Refused: `truncated`, `too_large`, `not_a_table` (document types).
    """
    container.refuse_document_types()
    book_part = _workbook_part(container, limits)
    if book_part not in container:
        raise damaged("缺少 workbook.xml", "workbook.xml is missing")
    relations = _relations(container, book_part, limits)
    strings, styles = _related(book_part, relations, "sharedStrings"), _related(book_part, relations, "styles")
    longest = _longest_string(container, strings, limits)
    if book_part.endswith(".bin"):
        package = _scan_binary(container, book_part, relations, styles, limits)
    else:
        package = _scan_xml(container, book_part, relations, styles, limits)
        _check_string_copies(container, strings, package, longest, limits)
    package.strings, package.styles = strings, styles
    if any(name.endswith("vbaproject.bin") for name in container.names()):
        package.format = package.format if package.format == "xlsb" else "xlsm"
        package.remarks.append("文件含宏，未运行 the file holds a macro, which was not run")
    if package.others:
        others = "、".join(sorted(package.others))
        package.remarks.append(f"图表或宏表不含数据行，未读 not read, as they hold no rows: {others}")
    return package


def _scan_xml(
    container: ZipContainer, part: str, relations: dict[str, Element], styles_part: str | None, limits: Limits
) -> ExcelPackage:
    sheets: list[_Listed] = []
    recalculates = counts_from_1904 = False
    for element in elements(container.read(part, limits.markup_bytes), part):
        if element.path == "workbook/sheets/sheet":
            relation_id, state = element.get("id"), element.get("state")
            sheets.append(_Listed(element.get("name"), relations.get(relation_id), state, bool(relation_id)))
        elif element.path == "workbook/calcPr":
            recalculates = element.flag("fullCalcOnLoad")
        elif element.path == "workbook/workbookPr":
            counts_from_1904 = element.flag("date1904")
    styles = _styles(container, styles_part, limits)

    def scan(sheet_part: str) -> SheetFacts:
        chunks = partial(container.chunks, sheet_part, limits.member_bytes)
        facts = scan_sheet(chunks, sheet_part, styles, recalculates, limits)
        facts.counts_from_1904 = counts_from_1904
        return facts

    package = ExcelPackage("xlsx", counts_from_1904=counts_from_1904)
    return _scan_sheets(package, container, part, sheets, scan, limits)


def _scan_binary(
    container: ZipContainer, part: str, relations: dict[str, Element], styles_part: str | None, limits: Limits
) -> ExcelPackage:
    listed = sheet_list(container.read(part, limits.markup_bytes))
    sheets = [_Listed(name, relations.get(relation), state, bool(relation)) for name, relation, state in listed.sheets]
    styles = CellStyles()
    if styles_part is not None and styles_part in container:
        styles = _cell_styles(binary_formats(container.read(styles_part, limits.markup_bytes)))

    def scan(sheet_part: str) -> SheetFacts:
        facts = scan_xlsb_sheet(container, sheet_part, styles, limits)
        facts.counts_from_1904 = listed.counts_from_1904
        return facts

    package = ExcelPackage("xlsb", counts_from_1904=listed.counts_from_1904)
    return _scan_sheets(package, container, part, sheets, scan, limits)


def _scan_sheets(
    package: ExcelPackage,
    container: ZipContainer,
    book_part: str,
    sheets: list[_Listed],
    scan: Callable[[str], SheetFacts],
    limits: Limits,
) -> ExcelPackage:
    if len(sheets) > limits.sheets:
        raise too_large(f"{len(sheets)} 个工作表", f"{len(sheets)} sheets")
    cells = 0
    for sheet in sheets:
        part = _target(book_part, sheet.relation) if sheet.relation else None
        if not sheet.has_content or (sheet.relation and not sheet.relation.get("Type").endswith(_WORKSHEETS)):
            package.others.add(sheet.name)
            continue
        package.worksheets.append(Worksheet(sheet.name, part, sheet.state))
        if part and part in container:
            package.facts[sheet.name] = scan(part)
            cells += package.facts[sheet.name].cells
        if cells > limits.cells:
            raise too_large(f"超过 {limits.cells} 个有内容的单元格", f"more than {limits.cells} cells with content")
    return package


def _workbook_part(container: ZipContainer, limits: Limits) -> str:
    if "_rels/.rels" in container:
        for relation in elements(container.read("_rels/.rels", limits.markup_bytes), "_rels/.rels"):
            if relation.get("Type").endswith("/officeDocument"):
                return relation.get("Target").lstrip("/")
    return "xl/workbook.xml"


def _relations(container: ZipContainer, part: str, limits: Limits) -> dict[str, Element]:
    folder, base = posixpath.split(part)
    path = posixpath.join(folder, "_rels", base + ".rels")
    if path not in container:
        return {}
    return {e.get("Id"): e for e in elements(container.read(path, limits.markup_bytes), path) if e.get("Id")}


def _target(part: str, relation: Element) -> str:
    target = relation.get("Target").replace("\\", "/")
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _related(part: str, relations: dict[str, Element], kind: str) -> str | None:
    for relation in relations.values():
        if relation.get("Type").endswith("/" + kind):
            return _target(part, relation)
    return None


def _styles(container: ZipContainer, part: str | None, limits: Limits) -> CellStyles:
    if part is None or part not in container:
        return CellStyles()
    codes: dict[str, str] = {}
    formats: list[CellFormat] = []
    for element in elements(container.read(part, limits.markup_bytes), part, _STYLES):
        if element.path == _NUMBER_FORMAT:
            codes[element.get("numFmtId")] = element.get("formatCode")
        elif element.path == _CELL_FORMAT:
            formats.append(CellFormat(element.get("numFmtId"), codes.get(element.get("numFmtId"))))
        elif formats:
            indent = element.get("indent", "0")
            if indent.isdigit() and len(indent) < 4:
                formats[-1] = formats[-1]._replace(indent=int(indent))
    return _cell_styles(formats)


def _cell_styles(formats: list[CellFormat]) -> CellStyles:
    percents: set[int] = set()
    dates: dict[int, str] = {}
    numbers: dict[int, NumberShown] = {}
    for index, (number_format, code, _) in enumerate(formats):
        if shows_percent(number_format, code):
            percents.add(index)
        elif precision := date_precision(number_format, code):
            dates[index] = precision
        elif shown := number_shown(code):
            numbers[index] = shown
    indents = {index: cell.indent for index, cell in enumerate(formats) if cell.indent}
    return CellStyles(frozenset(percents), indents, dates, numbers)


def shows_percent(number_format: str, code: str | None) -> bool:
    """Whether a number format multiplies by a hundred and prints `%`; a quoted `%` does not."""
    if code is None:
        return number_format.isdigit() and int(number_format) in _PERCENT_FORMATS
    return "%" in code and "%" in _LITERAL.sub("", code)


def date_precision(number_format: str, code: str | None) -> str | None:
    """`month` or `year` where a number format shows no more of a date (`2026年3月` typed into a cell becomes its first day)."""
    if code is None:
        return "month" if number_format.isdigit() and int(number_format) in _MONTH_FORMATS else None
    shown = _LITERAL.sub("", code.partition(";")[0]).lower()
    if "y" not in shown or any(letter in shown for letter in "dhs"):
        return None
    return "month" if "m" in shown else "year"


def _longest_string(container: ZipContainer, part: str | None, limits: Limits) -> int:
    """A bound on the longest run of text among the shared strings; reading them also checks what they unpack to."""
    if part is None or part not in container:
        return 0
    longest = 0
    for chunk in container.chunks(part, limits.strings_bytes):
        windows = range(0, len(chunk), _WINDOW)
        if all(chunk.find(b"<", at, at + _WINDOW) >= 0 for at in windows):
            longest = max(longest, 2 * _WINDOW)
        else:
            longest = max(longest, 2 * max(map(len, chunk.split(b"<"))))
    return longest


def _check_string_copies(
    container: ZipContainer, strings: str | None, package: ExcelPackage, longest: int, limits: Limits
) -> None:
    """A long shared string that a million cells point to is small in the file and huge in memory."""
    cells = sum(facts.cells for facts in package.facts.values())
    if strings is None or strings not in container or longest * cells <= limits.strings_bytes:
        return
    lengths = [len(item) for item in _STRING_ITEM.split(container.read(strings, limits.strings_bytes))[1:]]
    total = 0
    for part in (sheet.part for sheet in package.worksheets if sheet.name in package.facts and sheet.part):
        rest = b""
        for chunk in container.chunks(part, limits.member_bytes):
            block = rest + chunk
            end = block.rfind(b"</c>") + 4
            for reference in _SHARED_REFERENCE.findall(block, 0, end):
                index = int(reference)
                total += lengths[index] if index < len(lengths) else 0
            rest = block[end:]
            if total > 2 * limits.strings_bytes:
                raise too_large("重复引用的长文本", "long texts that many cells repeat")
