"""Spreadsheet formats → sheets: values, and what stands beside them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from made_workbooks import MAIN, SHEET_END, SHEET_START, STYLES, WORKBOOK, cell, package, sheet_xml
from opened_workbooks import only_sheet, opened
from openpyxl.styles import Alignment

from ingest.formats.sheet import Merge, Refusal
from ingest.formats.workbook import open_workbook
from ingest.formats.xlsx_sheet import CellStyles, _parse, scan_sheet
from ingest.limits import DEFAULT_LIMITS
from ingest.values.dates import parse_date
from ingest.values.printed import cell_text


def ledger_xlsx() -> bytes:
    """A small ledger as openpyxl writes it: title, header, rows, a hidden row and column, a template sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "六月台账"
    sheet["A1"] = "示例县招商引资项目台账"
    sheet.merge_cells("A1:F1")
    sheet.append(["序号", "项目名称", "签约日期", "总投资(万元)", "到位率", "代码"])
    for number in range(1, 6):
        sheet.append(
            [number, f"项目{number}", dt.date(2026, number, 3), 1000.5 * number, number / 10, "001410928000000000"]
        )
        sheet.cell(number + 2, 3).number_format = "yyyy-mm-dd"
        sheet.cell(number + 2, 5).number_format = "0.0%"
    sheet["B4"].alignment = Alignment(indent=2)
    sheet["A8"], sheet["D8"] = "合计", "=SUM(D3:D7)"
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["F"].hidden = True
    template = book.create_sheet("模板")
    template["A1"] = "填表说明"
    template.sheet_state = "hidden"
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_xlsx_with_everything_beside_its_values():
    book = opened(ledger_xlsx())
    ledger, template = book.sheets
    assert book.format == "xlsx"
    assert ledger.rows[2] == [1, "项目1", dt.date(2026, 1, 3), 1000.5, 0.1, "001410928000000000"]
    assert ledger.rows[0] == ["示例县招商引资项目台账", None, None, None, None, None]
    assert ledger.merges == [Merge(0, 0, 0, 5)]
    assert ledger.hidden_rows == {4}
    assert ledger.hidden_columns == {5}
    assert ledger.percents == {(row, 4) for row in range(2, 7)}
    assert ledger.indents == {(3, 1): 2}
    assert ledger.uncached == {(7, 3)}
    assert (ledger.hidden, template.hidden) == (False, True)
    assert template.rows == [["填表说明"]]


def test_the_name_changes_nothing():
    data = ledger_xlsx()
    assert open_workbook(data, "台账.csv") == open_workbook(data, "台账.xls") == open_workbook(data)


def test_numbers_print_as_they_look():
    row = only_sheet(
        package(sheet_xml(f'<row r="1">{cell("A1", 1234567890)}{cell("B1", 0.5)}{cell("C1", 0)}</row>'))
    ).rows[0]
    assert [(type(value), value) for value in row] == [(int, 1234567890), (float, 0.5), (int, 0)]


def test_digits_beyond_fifteen_are_not_made_up():
    (row,) = only_sheet(
        package(sheet_xml(f'<row r="1">{cell("A1", 410928199001011234)}{cell("B1", "410928199001011234")}</row>'))
    ).rows
    assert isinstance(row[0], float)
    assert row[1] == "410928199001011234"


def test_errors_are_no_empty_cells():
    rows = (
        '<row r="1"><c r="A1" t="e"><v>#DIV/0!</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="C1" t="e"><f t="shared" si="0"/><v>#N/A</v></c><c r="D1"><v>3</v></c></row>'
    )
    sheet = only_sheet(package(sheet_xml(rows)))
    assert sheet.errors == {(0, 0): "#DIV/0!", (0, 1): "#DIV/0!", (0, 2): "#N/A"}
    assert sheet.rows == [[None, None, None, 3]]


@pytest.mark.parametrize(
    ("cell_xml", "uncached"),
    [
        ('<c r="A2"><f>SUM(B1:B9)</f></c>', True),
        ('<c r="A2"><f>SUM(B1:B9)</f><v></v></c>', True),
        ('<c r="A2"><f>SUM(B1:B9)</f><v/></c>', True),
        ('<c r="A2"><f t="shared" si="0"/></c>', True),
        ('<c r="A2" t="str"><f>B1&amp;""</f></c>', True),
        ('<c r="A2" t="str"><f>B1&amp;""</f><v></v></c>', False),
        ('<c r="A2"><f>SUM(B1:B9)</f><v>0</v></c>', False),
        ('<c r="A2"><f>SUM(B1:B9)</f><v>12</v></c>', False),
        ('<c r="A2"><v>12</v></c>', False),
    ],
)
def test_formulas_without_a_cached_value_are_told_apart(cell_xml: str, uncached: bool):
    sheet = only_sheet(package(sheet_xml(f'<row r="1">{cell("A1", "标题")}</row><row r="2">{cell_xml}</row>')))
    assert sheet.uncached == ({(1, 0)} if uncached else set())


def test_a_zero_that_a_program_wrote_without_computing_is_uncached():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, [3, 4])
    sheet.write_formula(0, 2, "=A1+B1")
    sheet.write_formula(0, 3, "=A1+B1", None, 7)
    book.close()
    read = only_sheet(buffer.getvalue())
    assert read.uncached == {(0, 2)}
    assert read.rows == [[3, 4, None, 7]]


def test_percent_formats_are_known_and_quoted_percent_signs_are_not():
    rows = '<row r="1"><c r="A1" s="1"><v>0.5</v></c><c r="B1" s="2"><v>0.25</v></c><c r="C1" s="4"><v>50</v></c></row>'
    sheet = only_sheet(package(sheet_xml(rows)))
    assert sheet.percents == {(0, 0), (0, 1)}
    assert sheet.rows == [[0.5, 0.25, 50]]


@pytest.mark.parametrize("dimension", ["A1:A2", "A1", "A1:XFD1048576", "XFD9:A1", "", "garbage"])
def test_a_wrong_dimension_loses_no_row(dimension: str):
    rows = "".join(f'<row r="{n}">{cell(f"A{n}", n)}</row>' for n in range(1, 8))
    start = SHEET_START.replace("<sheetData>", f'<dimension ref="{dimension}"/><sheetData>')
    assert len(only_sheet(package(start + rows + SHEET_END)).rows) == 7


def test_dates_of_the_1904_system():
    workbook = WORKBOOK.replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    styles = STYLES.replace('<xf numFmtId="9"/>', '<xf numFmtId="14"/>')
    rows = '<row r="1"><c r="A1" s="1"><v>44712</v></c></row>'
    assert only_sheet(package(sheet_xml(rows), workbook=workbook, styles=styles)).rows == [[dt.date(2026, 6, 1)]]


def test_merges_and_hidden_columns_are_cut_to_what_holds_something():
    xml = (
        f'<worksheet xmlns="{MAIN}"><cols><col min="2" max="16384" hidden="1"/></cols><sheetData>'
        f'<row r="1">{cell("A1", "甲")}{cell("C1", "乙")}</row></sheetData>'
        '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="A9:B9"/></mergeCells></worksheet>'
    )
    sheet = only_sheet(package(xml))
    assert sheet.merges == [Merge(0, 0, 0, 2)]
    assert sheet.hidden_columns == {1, 2}


def test_merges_of_whole_rows_and_columns():
    xml = sheet_xml(
        f'<row r="1">{cell("A1", "甲")}{cell("C1", "乙")}</row><row r="3">{cell("A3", "丙")}</row>'
    ).replace("</worksheet>", '<mergeCells><mergeCell ref="A:B"/><mergeCell ref="2:3"/></mergeCells></worksheet>')
    assert only_sheet(package(xml)).merges == [Merge(0, 0, 2, 1), Merge(1, 0, 2, 2)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_parts_in_utf_16(encoding: str):
    xml = sheet_xml(f'<row r="1">{cell("A1", "甲项目")}<c r="B1" t="e"><v>#N/A</v></c></row>').partition("?>")[2]
    sheet = only_sheet(package(f'<?xml version="1.0" encoding="UTF-16"?>{xml}'.encode(encoding)))
    assert sheet.rows[0][0] == "甲项目"
    assert sheet.errors == {(0, 1): "#N/A"}


def test_macros_are_named_and_not_run():
    data = package(sheet_xml(f'<row r="1">{cell("A1", 1)}</row>'))
    packed = io.BytesIO(data)
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    book = opened(packed.getvalue())
    assert book.format == "xlsm"
    assert any("宏" in remark for remark in book.remarks)


UNUSUAL = {
    "prefixed": lambda xml: (
        xml.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=").replace("<x:?", "<?")
    ),
    "single quotes": lambda xml: xml.replace('"', "'"),
    "comment": lambda xml: xml.replace("<sheetData>", "<!-- <c r='XFD1048576'><v>1</v></c> --><sheetData>"),
    "style before reference": lambda xml: xml.replace('<c r="A1" s="1">', '<c s="1" r="A1">'),
    "spaced": lambda xml: xml.replace("<c r=", "<c  r="),
}


@pytest.mark.parametrize("unusual", UNUSUAL)
def test_xml_written_in_unusual_ways_tells_the_same(unusual: str):
    xml = (
        f'<worksheet xmlns="{MAIN}"><cols><col min="2" max="2" hidden="1"/></cols><sheetData>'
        '<row r="1"><c r="A1" s="1"><v>0.5</v></c><c r="B1" t="e"><v>#REF!</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><f>B1</f></c><c r="B2" s="3"><v>7</v></c></row></sheetData>'
        '<mergeCells count="1"><mergeCell ref="A2:B2"/></mergeCells></worksheet>'
    )
    usual, other = only_sheet(package(xml)), only_sheet(package(UNUSUAL[unusual](xml)))
    assert usual == other
    assert (usual.errors, usual.uncached, usual.percents) == ({(0, 1): "#REF!"}, {(1, 0)}, {(0, 0)})
    assert (usual.merges, usual.hidden_rows, usual.hidden_columns) == ([Merge(1, 0, 1, 1)], {1}, {1})


def test_cells_without_references_are_counted_on():
    xml = sheet_xml('<row><c><v>1</v></c><c t="e"><v>#N/A</v></c></row><row hidden="1"><c><v>2</v></c></row>')
    sheet = only_sheet(package(xml))
    assert sheet.rows == [[1, None], [2, None]]
    assert sheet.errors == {(0, 1): "#N/A"}
    assert sheet.hidden_rows == {1}


_CELLS = st.sampled_from(
    [
        '<c r="{r}"><v>5</v></c>',
        '<c r="{r}" s="1"><v>0.5</v></c>',
        '<c r="{r}" s="3" t="s"><v>1</v></c>',
        '<c r="{r}" s="2"/>',
        '<c r="{r}" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        '<c r="{r}" t="e"><v>#N/A</v></c>',
        '<c r="{r}"><f>A1</f></c>',
        '<c r="{r}" s="1"><f>A1</f><v>0</v></c>',
        '<c r="{r}" t="str"><f>A1</f><v></v></c>',
        '<c r="{r}"><f t="shared" si="0"/><v>4</v></c>',
        '<c r="{r}" t="inlineStr"><is><t>a=\'b\' &lt;c r=</t></is></c>',
    ]
)
_COLUMNS = ["A", "B", "Z", "AA", "AZ", "BA", "CV"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.booleans(), st.lists(_CELLS, max_size=7)), max_size=6), st.booleans(), st.integers(1, 10500)
)
def test_searching_and_parsing_find_the_same(rows: list[tuple[bool, list[str]]], recalculates: bool, first: int):
    body = ""
    for number, (hidden, cells) in enumerate(rows, start=first):
        body += f'<row r="{number}"' + (' hidden="1">' if hidden else ">")
        body += "".join(text.replace("{r}", f"{column}{number}") for text, column in zip(cells, _COLUMNS, strict=False))
        body += "</row>"
    xml = (
        sheet_xml(body).replace("</worksheet>", '<mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>')
    ).encode()
    styles = CellStyles(frozenset({1, 2}), {3: 2})
    searched = scan_sheet(lambda: iter([xml]), "sheet1.xml", styles, recalculates, DEFAULT_LIMITS)
    parsed = _parse(iter([xml]), "sheet1.xml", styles, recalculates, DEFAULT_LIMITS)
    for name in ("merges", "hidden_rows", "hidden_columns", "errors", "uncached", "percents", "indents", "cells"):
        assert getattr(searched, name) == getattr(parsed, name), name


def test_blocks_cut_anywhere_lose_nothing():
    body = "".join(
        f'<row r="{n}"{" hidden=" + chr(34) + "1" + chr(34) if n % 1000 == 0 else ""}>'
        f'<c r="A{n}" t="inlineStr"><is><t>{"某某新材料有限公司" * 3}{n}</t></is></c><c r="B{n}" t="e"><v>#N/A</v></c></row>'
        for n in range(1, 20001)
    )
    sheet = only_sheet(package(sheet_xml(body)))
    assert len(sheet.rows) == 20000
    assert len(sheet.errors) == 20000
    assert sheet.hidden_rows == {n - 1 for n in range(1000, 20001, 1000)}


def biff8() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    sheet.write_merge(0, 0, 0, 2, "示例县招商台账")
    sheet.write(1, 0, "001234")
    sheet.write(1, 1, 12.5, xlwt.easyxf(num_format_str="0.0%"))
    sheet.write(1, 2, dt.date(2026, 6, 1), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write(2, 0, 1234567890, xlwt.easyxf("align: indent 2"))
    sheet.write(2, 1, 0.25, xlwt.easyxf(num_format_str="0%"))
    sheet.write(2, 2, "尾")
    sheet.row(2).hidden = True
    sheet.col(1).hidden = True
    hidden = book.add_sheet("模板")
    hidden.write(0, 0, "填表说明")
    hidden.visibility = 1
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_biff_xls_with_what_stands_beside_its_values():
    book = opened(biff8())
    ledger, template = book.sheets
    assert book.format == "xls"
    assert ledger.rows[1] == ["001234", 12.5, dt.date(2026, 6, 1)]
    assert ledger.rows[2][:2] == [1234567890, 0.25]
    assert ledger.merges == [Merge(0, 0, 0, 2)]
    assert ledger.hidden_rows == {2}
    assert ledger.hidden_columns == {1}
    assert ledger.percents == {(1, 1), (2, 1)}
    assert ledger.indents == {(2, 0): 2}
    assert template.hidden


ODS_CONTENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    ' office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
    '<office:body><office:spreadsheet><table:table table:name="台账">'
    '<table:table-column/><table:table-column table:visibility="collapse"/>'
    '<table:table-column table:number-columns-repeated="16382"/>'
    '<table:table-row><table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>标题</text:p>'
    "</table:table-cell><table:covered-table-cell/></table:table-row>"
    '<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="percentage" office:value="0.5">'
    "<text:p>50%</text:p></table:table-cell></table:table-row>"
    '<table:table-row table:visibility="collapse"><table:table-cell office:value-type="float" office:value="7">'
    '<text:p>7</text:p></table:table-cell><table:table-cell table:formula="of:=1/0" office:value-type="string"'
    ' office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    '<table:table-cell table:formula="of:=[.A1]"/></table:table-row>'
    '<table:table-row table:number-rows-repeated="1048572"><table:table-cell table:number-columns-repeated="16384"/>'
    "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
)


def ods(content: str = ODS_CONTENT, mimetype: str = "application/vnd.oasis.opendocument.spreadsheet") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", mimetype)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (ods(), "ods"),
        (ods(ODS_CONTENT.replace("><table", ">\n  <table")), "ods"),
        (ODS_CONTENT.replace("office:document-content", "office:document").encode(), "fods"),
    ],
)
def test_opendocument_packed_and_flat(data: bytes, kind: str):
    book = opened(data)
    (sheet,) = book.sheets
    assert book.format == kind
    assert [row[0] for row in sheet.rows] == ["标题", 0.5, 0.5, 7]
    assert sheet.merges == [Merge(0, 0, 0, 1)]
    assert sheet.percents == {(1, 0), (2, 0)}
    assert sheet.errors == {(3, 1): "#DIV/0!"}
    assert sheet.uncached == {(3, 2)}
    assert sheet.hidden_rows == {3}
    assert 1 in sheet.hidden_columns


SPREADSHEETML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
<Styles><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style></Styles>
<Worksheet ss:Name="台账"><Table><Column ss:Index="2" ss:Hidden="1"/>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">标题</Data></Cell><Cell><Data ss:Type="String">末</Data></Cell></Row>
<Row ss:Index="3" ss:Hidden="1"><Cell><Data ss:Type="String">00123</Data></Cell>
<Cell ss:Index="3" ss:StyleID="p"><Data ss:Type="Number">0.5</Data></Cell>
<Cell><Data ss:Type="DateTime">2026-06-01T00:00:00.000</Data></Cell></Row>
<Row><Cell ss:Formula="=1/0"><Data ss:Type="Error">#DIV/0!</Data></Cell><Cell ss:Formula="=R1C1"/>
<Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Number">1234567890</Data></Cell></Row></Table></Worksheet>
<Worksheet ss:Name="模板"><Table><Row><Cell><Data ss:Type="String">说明</Data></Cell></Row></Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>
</Workbook>"""


def test_xml_spreadsheet_2003():
    book = opened(SPREADSHEETML.encode())
    ledger, template = book.sheets
    assert book.format == "spreadsheetml"
    assert ledger.rows == [
        ["标题", None, None, "末"],
        [],
        ["00123", None, 0.5, dt.date(2026, 6, 1)],
        [None, None, True, 1234567890],
    ]
    assert ledger.merges == [Merge(0, 0, 0, 2)]
    assert (ledger.hidden_rows, ledger.hidden_columns) == ({2}, {1})
    assert (ledger.percents, ledger.errors, ledger.uncached) == ({(2, 2)}, {(3, 0): "#DIV/0!"}, {(3, 1)})
    assert template.hidden


def test_workbooks_without_a_cell_are_empty():
    refusal = open_workbook(saved(openpyxl.Workbook()))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "empty"


def test_a_workbook_of_pictures_says_so(tmp_path: Path):
    packed = io.BytesIO(package(sheet_xml("")))
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("xl/media/image1.png", b"\x89PNG")
    refusal = open_workbook(packed.getvalue())
    assert isinstance(refusal, Refusal)
    assert refusal.code == "empty"
    assert "截图" in refusal.message


MONTHS = [
    (dt.date(2026, 3, 1), 'yyyy"年"m"月"', "2026年3月", "month"),
    (dt.date(2026, 3, 1), "mmm-yy", "2026年3月", "month"),
    (dt.date(2026, 1, 1), 'yyyy"年"', "2026年", "year"),
    (dt.date(2026, 3, 15), 'yyyy"年"m"月"', "2026-03-15", "day"),
    (dt.date(2026, 3, 1), "yyyy-mm-dd", "2026-03-01", "day"),
]


def test_a_first_day_shown_as_a_month_is_a_month():
    target, old = io.BytesIO(), xlwt.Workbook()
    with xlsxwriter.Workbook(target) as new:
        sheet, old_sheet = new.add_worksheet(), old.add_sheet("一")
        for row, (day, shown, *_) in enumerate(MONTHS):
            sheet.write_datetime(row, 0, day, new.add_format({"num_format": shown}))
            old_sheet.write(row, 0, day, xlwt.easyxf(num_format_str=shown))
    buffer = io.BytesIO()
    old.save(buffer)
    for data in (target.getvalue(), buffer.getvalue()):
        rows = only_sheet(data).rows
        assert rows == [[day] for day, *_ in MONTHS]
        assert [cell_text(value) for (value,) in rows] == [text for _, _, text, _ in MONTHS]
        read = [parse_date(value) for (value,) in rows]
        assert [(one.value, one.precision) for one in read] == [(day, precision) for day, _, _, precision in MONTHS]
        assert all(type(one.value) is dt.date for one in read)


def test_an_xls_too_large_to_be_read_at_once_is_read_the_same_in_parts(monkeypatch: pytest.MonkeyPatch):
    book = xlwt.Workbook()
    percent = xlwt.easyxf(num_format_str="0%")
    for name, first, height in (("甲", 0, 90), ("乙", 7, 40), ("空", 0, 0), ("丙", 0, 3)):
        sheet = book.add_sheet(name)
        for row in range(first, first + height):
            sheet.write(row, 1, f"{name}{row}号项目")
            sheet.write(row, 2, row * 1.5)
            sheet.write(row, 3, row / 100, percent)
            if row % 3:
                sheet.write(row, 5, xlwt.Formula(f"C{row + 1}*2"))
        if height > 50:
            sheet.write_merge(80 + height, 81 + height, 1, 2, "合计")
            sheet.row(4).hidden = True
    target = io.BytesIO()
    book.save(target)
    data = target.getvalue()
    whole = open_workbook(data)
    assert not isinstance(whole, Refusal)
    monkeypatch.setattr("ingest.formats.xls._CELLS_AT_ONCE", 0)
    for cells in (1, 7, 64, 1000):
        monkeypatch.setattr("ingest.formats.xls._CELLS_A_PART", cells)
        parts = open_workbook(data)
        assert not isinstance(parts, Refusal)
        for sheet in (*whole.sheets, *parts.sheets):
            sheet.rows = _trimmed(sheet.rows)
        assert parts == whole


def _trimmed(rows):
    kept = [row[: max((at + 1 for at, value in enumerate(row) if value is not None), default=0)] for row in rows]
    while kept and not kept[-1]:
        kept.pop()
    return kept
