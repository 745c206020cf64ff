"""Workbooks that Excel opens and calamine refuses: as other programs, old macros and viruses leave them. Every trait is of a public file."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from made_workbooks import MAIN, OFFICE, PACKAGE, RELATIONS, WORKBOOK, cell, package, sheet_xml
from made_xlsb import binary_package, sheet_part, styles_part
from opened_workbooks import only_sheet, opened

from ingest.formats.archive import is_archive
from ingest.formats.sheet import MonthShown, Refusal
from ingest.formats.workbook import open_workbook

ROWS = f'<row r="1">{cell("A1", "项目名称")}{cell("B1", "总投资")}</row><row r="2">{cell("A2", "甲项目")}{cell("B2", 12)}</row>'
READ = [["项目名称", "总投资"], ["甲项目", 12]]


def workbook_of(*sheets: str, properties: str = "") -> str:
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>{"".join(sheets)}</sheets></workbook>'


LEDGER = '<sheet name="台账" sheetId="1" r:id="rId1"/>'


def test_modules_of_a_macro_without_a_relation_are_told_and_the_ledger_is_read():
    listed = workbook_of(LEDGER, '<sheet name="Module1" sheetId="2" state="veryHidden" r:id=""/>')
    book = opened(package(sheet_xml(ROWS), workbook=listed))
    assert [(sheet.name, sheet.rows) for sheet in book.sheets] == [("台账", READ)]
    assert any("Module1" in remark for remark in book.remarks)


@pytest.mark.parametrize("kind", ["xlMacrosheet", "xlIntlMacrosheet"])
def test_the_macro_sheet_of_an_old_virus_does_not_hide_the_ledger(kind: str):
    listed = workbook_of('<sheet name="Kangatang" sheetId="9" state="veryHidden" r:id="rId9"/>', LEDGER)
    relation = (
        f'<Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2006/relationships/{kind}"'
        ' Target="macrosheets/sheet1.xml"/></Relationships>'
    )
    book = opened(package(sheet_xml(ROWS), workbook=listed, relations=RELATIONS.replace("</Relationships>", relation)))
    assert [(sheet.name, sheet.rows) for sheet in book.sheets] == [("台账", READ)]
    assert any("Kangatang" in remark for remark in book.remarks)


def test_a_state_nobody_knows_is_a_sheet_to_be_seen():
    sheet = only_sheet(package(sheet_xml(ROWS), workbook=WORKBOOK.replace(' r:id="', ' state="show" r:id="')))
    assert (sheet.rows, sheet.hidden) == (READ, False)


def test_a_hidden_sheet_stays_hidden_and_1904_stays_1904():
    listed = workbook_of(
        LEDGER.replace("/>", ' state="hidden"/>'),
        '<sheet name="M" sheetId="2" r:id=""/>',
        properties='<workbookPr date1904="1"/>',
    )
    styles = (
        f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    row = '<row r="1"><c r="A1" s="1"><v>44000</v></c></row>'
    sheet = only_sheet(package(sheet_xml(row), workbook=listed, styles=styles))
    assert sheet.hidden
    assert sheet.counts_from_1904
    assert sheet.rows == [[dt.date(2024, 6, 19)]]


def test_a_sheet_whose_content_is_missing_refuses_the_file_by_its_name():
    listed = workbook_of(LEDGER, '<sheet name="二季度" sheetId="2" r:id="rId7"/>')
    refused = open_workbook(package(sheet_xml(ROWS), workbook=listed))
    assert isinstance(refused, Refusal)
    assert refused.code == "truncated"
    assert "“二季度”的内容不在文件里" in refused.message


def test_cells_named_by_numbers_stand_where_they_follow():
    row = '<row r="1"><c r="0" t="str"><v>项目名称</v></c><c r="1" t="str"><v>总投资</v></c></row>'
    assert only_sheet(package(sheet_xml(row))).rows == [["项目名称", "总投资"]]


@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "ERROR"])
def test_errors_of_later_programs_are_errors(error: str):
    sheet = only_sheet(package(sheet_xml(ROWS.replace('<c r="B2"><v>12', f'<c r="B2" t="e"><v>{error}'))))
    assert sheet.errors == {(1, 1): error}


@pytest.mark.parametrize(("kind", "value", "read"), [("x", "12万元&amp;其他", "12万元&其他"), ("number", "12", 12)])
def test_a_cell_of_an_unknown_kind_is_a_number_or_text(kind: str, value: str, read: object):
    sheet = only_sheet(package(sheet_xml(ROWS.replace('<c r="B2"><v>12', f'<c r="B2" t="{kind}"><v>{value}'))))
    assert sheet.rows[1] == ["甲项目", read]


@pytest.mark.parametrize("value", ["<![CDATA[甲&乙]]>项目", "甲&amp;乙<!-- -->项目"])
def test_values_with_markup_inside_are_read_whole(value: str):
    row = f'<row r="1"><c r="A1" t="str"><v>{value}</v></c>{cell("B1", 1)}</row>'
    assert only_sheet(package(sheet_xml(row))).rows == [["甲&乙项目", 1]]


def test_rich_and_phonetic_text_in_a_rewritten_sheet_is_read_whole():
    text = "<is><r><t>甲</t></r><r><t xml:space='preserve'> 项目</t></r><rPh sb='0' eb='1'><t>jia</t></rPh></is>"
    row = f'<row r="1"><c r="0" t="inlineStr">{text}</c><c r="1"><f>1+1</f><v>2</v></c></row>'
    assert only_sheet(package(sheet_xml(row))).rows == [["甲 项目", 2]]


def test_a_workbook_part_of_another_name_is_found_by_its_relation():
    root = f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/custom.xml"/></Relationships>'
    source = zipfile.ZipFile(io.BytesIO(package(sheet_xml(ROWS), root_relations=root)))
    moved = io.BytesIO()
    with zipfile.ZipFile(moved, "w") as target:
        for name in source.namelist():
            target.writestr(name.replace("workbook.xml", "custom.xml"), source.read(name))
    assert only_sheet(moved.getvalue()).rows == READ


def test_markup_that_breaks_off_is_damage_and_said_in_both_languages():
    refused = open_workbook(package(sheet_xml(ROWS.replace("甲项目", "甲 & 乙"))))
    assert isinstance(refused, Refusal)
    assert refused.code == "truncated"
    assert "不是完整的 XML" in refused.message


BINARY_ROWS = [["项目名称", "总投资"], ["甲项目", 12]]


def test_a_binary_workbook_is_read():
    assert only_sheet(binary_package([("台账", "worksheet", sheet_part(BINARY_ROWS))])).rows == READ


def test_a_binary_sheet_without_dimension_is_read():
    assert only_sheet(binary_package([("台账", "worksheet", sheet_part(BINARY_ROWS, dimension=False))])).rows == READ


def test_binary_strings_are_counted_whatever_their_part_claims():
    part = sheet_part([["#0", "#1"], ["甲项目", 12]], dimension=False)
    assert only_sheet(binary_package([("台账", "worksheet", part)], strings=(0, ["项目名称", "总投资"]))).rows == READ


def test_macro_sheets_modules_and_other_folders_of_binary_workbooks():
    sheets = [("Macro1", "xlMacrosheet", b""), ("台账", "worksheet", sheet_part(BINARY_ROWS)), ("Module1", None, b"")]
    book = opened(binary_package(sheets, folder="wtf"))
    assert [(sheet.name, sheet.rows) for sheet in book.sheets] == [("台账", READ)]
    assert any("Macro1、Module1" in remark for remark in book.remarks)


def test_number_formats_of_binary_workbooks_are_seen():
    styles = styles_part([(0, None, 0), (10, None, 0), (164, '0.00"亿元"', 0), (165, 'yyyy"年"m"月"', 0), (0, None, 2)])
    row = [(0.5, 1), (1.2, 2), (46082.0, 3), ("乡镇", 4)]
    sheet = only_sheet(binary_package([("台账", "worksheet", sheet_part([row]))], styles=styles))
    assert sheet.rows == [[0.5, "1.2亿元", MonthShown(2026, 3, 1), "乡镇"]]
    assert type(sheet.rows[0][2]) is MonthShown
    assert (sheet.percents, sheet.indents) == ({(0, 0)}, {(0, 3): 2})


def test_a_binary_workbook_of_1904_says_so():
    sheet = only_sheet(binary_package([("台账", "worksheet", sheet_part(BINARY_ROWS))], counts_from_1904=True))
    assert sheet.counts_from_1904


def test_thousands_of_cell_styles_as_years_of_copying_leave_them():
    formats = "".join(f'<xf numFmtId="{10 if number % 2 else 0}"/>' for number in range(4000))
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs count="4000">{formats}</cellXfs></styleSheet>'
    cells = "".join(f'<row r="{n + 1}"><c r="A{n + 1}" s="{n}"><v>0.5</v></c></row>' for n in range(4000))
    sheet = only_sheet(package(sheet_xml(cells), styles=styles))
    assert sheet.percents == {(row, 0) for row in range(1, 4000, 2)}


@pytest.mark.parametrize(
    "members", [["Index/Document.iwa", "Metadata/Properties.plist"], ["index.xml", "buildVersionHistory.plist"]]
)
def test_an_apple_document_is_refused_as_one_and_not_taken_for_an_archive(members: list[str]):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as document:
        for name in members:
            document.writestr(name, b"x")
    assert not is_archive(packed.getvalue())
    refused = open_workbook(packed.getvalue())
    assert isinstance(refused, Refusal)
    assert refused.code == "not_a_table"
    assert "苹果 Numbers" in refused.message


def test_equal_texts_of_a_sheet_are_kept_once():
    rows = "".join(f'<row r="{n}">{cell(f"A{n}", "城关镇")}</row>' for n in range(1, 4))
    sheet = only_sheet(package(sheet_xml(rows)))
    assert len({id(row[0]) for row in sheet.rows}) == 1


def test_a_sheet_that_begins_at_a_later_column_keeps_its_places():
    assert only_sheet(package(sheet_xml(f'<row r="2">{cell("C2", "甲")}</row>'))).rows == [
        [None] * 3,
        [None, None, "甲"],
    ]
