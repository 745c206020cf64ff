"""HTML tables and web archives saved as workbooks."""

from __future__ import annotations

import time

import pytest

from ingest.formats.sheet import Merge, Refusal, Sheet, Workbook
from ingest.formats.workbook import open_workbook


def book_of(text: str, encoding: str = "utf-8") -> Workbook:
    book = open_workbook(text.encode(encoding))
    assert isinstance(book, Workbook), book
    return book


def sheet_of(text: str, encoding: str = "utf-8") -> Sheet:
    (sheet,) = book_of(text, encoding).sheets
    return sheet


LEDGER = """<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<style>td {{ mso-number-format:"\\@" }}</style><script>document.write("<table><tr><td>脚本</td></tr></table>")</script></head>
<body><h2>示例县招商台账</h2><p>单位：万元</p><table border=1>
<tr><th rowspan="2">序号</th><th rowspan=2>项目名称</th><th colspan='2'>投资</th></tr>
<tr><th>总投资</th><th>到位</th></tr>
<tr><td>1</td><td x:str>甲&amp;乙项目</td><td>1,000</td><td>&nbsp;</td></tr>
<tr style="display:none"><td>2</td><td>丙<br>项目</td><td>=1+1</td><td>001</td></tr>
</table></body></html>"""


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("gb2312", "gb18030"),
        ("gb2312", "utf-8"),
        ("utf-8", "gb18030"),
        ("nonsense", "gb18030"),
        ("utf-8", "utf-16"),
        ("gb2312", "utf-8-sig"),
    ],
)
def test_encoding_is_what_the_bytes_are_not_what_the_page_says(charset: str, encoding: str):
    sheet = sheet_of(LEDGER.format(charset=charset), encoding)
    assert sheet.rows == [
        ["序号", "项目名称", "投资"],
        [None, None, "总投资", "到位"],
        ["1", "甲&乙项目", "1,000"],
        ["2", "丙\n项目", "=1+1", "001"],
    ]


def test_spans_are_merges_and_hidden_rows_are_marked():
    sheet = sheet_of(LEDGER.format(charset="utf-8"))
    assert sheet.merges == [Merge(0, 0, 1, 0), Merge(0, 1, 1, 1), Merge(0, 2, 0, 3)]
    assert sheet.hidden_rows == {3}
    assert sheet.above == ["示例县招商台账", "单位：万元"]


def test_cells_below_a_span_keep_their_column():
    rows = sheet_of("<table><tr><td rowspan=3>甲<td>1<td rowspan=2>乙<tr><td>2<tr><td>3<td>4</table>").rows
    assert rows == [["甲", "1", "乙"], [None, "2"], [None, "3", "4"]]


def test_tags_that_nobody_closed():
    assert sheet_of("<TABLE><TR><TD>序号<TD>名称<TR><TD>1<TD>甲</TABLE>").rows == [["序号", "名称"], ["1", "甲"]]


def test_several_tables_are_several_sheets_with_what_stands_above_each():
    book = book_of("<h1>签约</h1><table><tr><td>甲</table><p>开工</p><table><caption>表二</caption><tr><td>乙</table>")
    assert [(sheet.name, sheet.above, sheet.rows) for sheet in book.sheets] == [
        ("Sheet1", ["签约"], [["甲"]]),
        ("Sheet2", ["开工", "表二"], [["乙"]]),
    ]


def test_a_header_printed_as_a_table_of_its_own_is_one_with_the_table_below_it():
    head = "<table><tr><th rowspan=2>序号</th><th rowspan=2>项目名称</th><th colspan=2>投资</th></tr><tr><th>总投资</th><th>到位</th></tr></table>"
    body = "<table><tr><td>1</td><td rowspan=2>甲</td><td>100</td><td></td></tr><tr><td>2</td><td>5</td><td>6</td></tr></table>"
    sheet = sheet_of(f"<div>{head}</div><div>{body}</div>")
    assert sheet.rows[2:] == [["1", "甲", "100"], ["2", None, "5", "6"]]
    assert Merge(2, 1, 3, 1) in sheet.merges
    apart = [
        len(one.sheets) for one in (book_of(head + "<p>另表</p>" + body), book_of(body + head), book_of(head + head))
    ]
    assert apart == [2, 2, 2]


def test_layout_tables_around_the_table_are_not_sheets():
    book = book_of("<table><tr><td><table><tr><td>序号<td>名称<tr><td>1<td>甲</table></table>")
    assert [sheet.rows for sheet in book.sheets] == [[["序号", "名称"], ["1", "甲"]]]


def test_source_line_breaks_between_chinese_characters_are_none():
    assert sheet_of("<table><tr><td>某某新材料\n  有限公司<td>North\n China</table>").rows == [
        ["某某新材料有限公司", "North China"]
    ]


def test_sheet_names_of_excel_pages():
    page = "<xml><x:ExcelWorksheet><x:Name>六月</x:Name></x:ExcelWorksheet></xml><table><tr><td>1</table>"
    assert sheet_of(f"<html>{page}</html>").name == "六月"


def test_markup_in_cells_is_text_without_tags_and_nothing_runs():
    assert sheet_of(
        "<table><tr><td><b>甲</b><img src=x onerror=alert(1)>乙<td title='a>b'>&lt;script&gt;</table>"
    ).rows == [["甲乙", "<script>"]]


def test_bad_bytes_cost_their_row():
    page = "<table><tr><td>序号<td>名称<tr><td>1<td>示例项目<tr><td>2<td>坏<tr><td>3<td>另一项目</table>".encode(
        "gb18030"
    )
    (sheet,) = _opened(page.replace("坏".encode("gb18030"), b"\xff")).sheets
    assert sheet.bad_rows == {2: ("undecodable", "\\xff")}
    assert sheet.rows[3] == ["3", "另一项目"]


def _opened(data: bytes) -> Workbook:
    book = open_workbook(data)
    assert isinstance(book, Workbook)
    return book


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<html><body>404 Not Found</body></html>", "not_a_table"),
        ("<!DOCTYPE html><html><body><div>系统错误，请重新登录</div></body></html>", "not_a_table"),
        ("<table><tr><td></td></tr></table>", "empty"),
        ("<html><body><table><tr><td>1<td>甲<tr><td>2<t", "truncated"),
        ("<?xml version='1.0'?><rss><channel/></rss>", "not_a_table"),
    ],
)
def test_pages_that_are_no_ledger(page: str, code: str):
    refusal = open_workbook(page.encode())
    assert isinstance(refusal, Refusal)
    assert refusal.code == code


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 200_000 + "<table><tr><td>1",
        "<table>" * 100_000,
        "<table><tr>" + "<td colspan=1000 rowspan=65534>1" * 4000,
        "<table>" + "<tr><td>" * 300_000,
        "<table><tr><td " + "a='" * 200_000,
        "<table><tr><td>" + "<" * 300_000,
        "<!--" * 200_000,
    ],
)
def test_pages_made_to_exhaust_a_reader_end_soon(page: str):
    started = time.process_time()
    assert isinstance(open_workbook(page.encode()), Refusal | Workbook)
    assert time.process_time() - started < 10


MHTML = """MIME-Version: 1.0
X-Document-Type: Workbook
Content-Type: multipart/related; boundary="----=_NextPart"

------=_NextPart
Content-Location: file:///C:/book.htm
Content-Transfer-Encoding: quoted-printable
Content-Type: text/html; charset="gb2312"

<html><xml><x:ExcelWorkbook><x:Name>=C1=F9=D4=C2</x:Name></x:ExcelWorkbook></xml></html>

------=_NextPart
Content-Location: file:///C:/sheet001.htm
Content-Transfer-Encoding: quoted-printable
Content-Type: text/html; charset="gb2312"

<html><meta http-equiv=3DContent-Type content=3D"text/html; charset=3Dgb2312"><table><tr><td>=CF=EE=C4=BF=C3=FB=
=B3=C6<td>1</table></html>

------=_NextPart--
"""


def test_web_archives():
    book = book_of(MHTML)
    assert book.format == "mhtml"
    assert book.sheets[0].rows == [["项目名称", "1"]]


def test_a_web_archive_cut_off_is_truncated():
    refusal = open_workbook(MHTML[:-40].encode())
    assert isinstance(refusal, Refusal)
    assert refusal.code == "truncated"


def test_boxes_inside_a_cell_of_data_are_its_text_and_a_frames_lines_stand_above_the_table():
    data = (
        "<tr><td>序号</td><td>项目名称</td><td>进展</td></tr>"
        "<tr><td>1</td><td>甲项目</td><td><table><tr><td>主体封顶</td></tr><tr><td>设备订购</td></tr></table></td></tr>"
    )
    assert sheet_of(f"<table>{data}</table>").rows[1] == ["1", "甲项目", "主体封顶\n设备订购"]
    framed = f"<table><tr><td>单位：万元</td></tr><tr><td><h3>台账</h3><table>{data}</table></td></tr></table>"
    inner = book_of(framed).sheets[-1]
    assert inner.above == ["单位：万元", "台账"]
    assert len(inner.rows) == 2


def test_rows_stand_in_the_order_a_browser_draws_their_sections_in():
    head = "<thead><tr><th rowspan=2>序号<th colspan=2>项目<tr><th>名称<th>总投资（万元）</thead>"
    foot = "<tfoot><tr><td>合计<td><td>30</tfoot>"
    body = "<tbody><tr style='display:none'><td>1<td>甲<td>10<tr><td>2<td>乙<td>20</tbody>"
    drawn = sheet_of(f"<table>{head}{body}{foot}</table>")
    assert drawn.rows[-1] == ["合计", None, "30"]
    assert drawn.merges == [Merge(0, 0, 1, 0), Merge(0, 1, 0, 2)]
    for written in (body + head + foot, foot + head + body, head + foot + body, body + foot + head):
        sheet = sheet_of(f"<table>{written}</table>")
        assert (sheet.rows, sheet.merges, sheet.hidden_rows) == (drawn.rows, drawn.merges, drawn.hidden_rows)


def test_of_several_heads_the_first_is_drawn_first_and_no_span_leaves_its_section():
    text = "<table><tr><td rowspan=5>甲<td>1<thead><tr><th>名称<th>数</thead><thead><tr><th>名称<th>数</thead><tr><td>乙<td>2</table>"
    sheet = sheet_of(text)
    assert sheet.rows == [["名称", "数"], ["甲", "1"], ["名称", "数"], ["乙", "2"]]
    assert sheet.merges == []
