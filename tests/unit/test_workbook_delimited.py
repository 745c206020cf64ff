"""CSV, TSV and their cousins: every record a row, every bad one named, no neighbour lost."""

from __future__ import annotations

import csv
import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.formats.sheet import Refusal, Sheet, Workbook
from ingest.formats.workbook import open_workbook

LEDGER = [
    ["序号", "项目名称", "总投资(万元)"],
    ["1", "甲项目", "1000"],
    ["2", "乙项目", "2,000.5"],
    ["3", "丙项目", "3000"],
]


def book_of(data: bytes) -> Workbook:
    book = open_workbook(data)
    assert isinstance(book, Workbook), book
    return book


def sheet_of(text: str, encoding: str = "utf-8") -> Sheet:
    (sheet,) = book_of(text.encode(encoding)).sheets
    return sheet


def as_csv(rows: list[list[str]], delimiter: str = ",", line_end: str = "\r\n") -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "big5"],
)
def test_encodings_with_and_without_a_mark(encoding: str):
    text = (
        as_csv(LEDGER)
        .replace("项", "項")
        .replace("资", "資")
        .replace("总", "總")
        .replace("号", "號")
        .replace("称", "稱")
    )
    text = text if encoding == "big5" else as_csv(LEDGER)
    rows = list(csv.reader(io.StringIO(text)))
    assert sheet_of(text, encoding).rows == rows


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_delimiters_and_line_ends(delimiter: str, line_end: str):
    book = book_of(as_csv(LEDGER, delimiter, line_end).encode("gb18030"))
    assert book.sheets[0].rows == LEDGER
    assert book.format == ("tsv" if delimiter == "\t" else "csv")


def test_numbers_dates_and_codes_stay_text():
    assert sheet_of("代码,日期,金额\n00123,2026-06-01,1e5\n410928199001011234,20260601,1.50\n").rows[1:] == [
        ["00123", "2026-06-01", "1e5"],
        ["410928199001011234", "20260601", "1.50"],
    ]


def test_short_texts_are_read_in_their_own_encoding():
    assert sheet_of("联通,一汽\n联通,一汽\n", "gb18030").rows[0][0] == "联通"
    assert sheet_of("première,é\nsecond,Å\n").rows == [["première", "é"], ["second", "Å"]]


def test_rows_are_counted_in_records():
    sheet = sheet_of('序号,内容,金额\n1,"第一行\n第二行, 仍是",5\n2,乙,"6"\n3,丙\n')
    assert sheet.rows[1] == ["1", "第一行\n第二行, 仍是", "5"]
    assert sheet.rows[2] == ["2", "乙", "6"]
    assert list(sheet.bad_rows) == [3]


def test_blank_lines_are_rows_too():
    sheet = sheet_of("序号,名称\n\n1,甲\n")
    assert sheet.rows == [["序号", "名称"], [], ["1", "甲"]]


def test_titles_notes_and_groups_of_one_cell_are_kept():
    sheet = sheet_of(
        "示例县招商台账\n单位：万元,填报：招商局\n序号,名称,金额\n一、签约项目\n1,甲,2\n2,乙,3\n注：以上为累计数\n"
    )
    assert sheet.bad_rows == {}
    assert [row[0] for row in sheet.rows] == [
        "示例县招商台账",
        "单位：万元",
        "序号",
        "一、签约项目",
        "1",
        "2",
        "注：以上为累计数",
    ]


def test_ragged_rows_are_named_and_trailing_delimiters_forgiven():
    sheet = sheet_of("序号,名称,金额\n1,甲,2\n2,乙,3,多\n3,丙\n4,丁,5,,\n5,戊,6\n")
    assert {row: code for row, (code, _) in sheet.bad_rows.items()} == {2: "ragged", 3: "ragged"}
    assert sheet.bad_rows[2][1] == "2,乙,3,多"
    assert sheet.rows[2] == sheet.rows[3] == []
    assert sheet.rows[4] == ["4", "丁", "5"]
    assert sheet.rows[5] == ["5", "戊", "6"]


@pytest.mark.parametrize(
    "line",
    [
        "2\t乙项目\t某某公司\t2000",
        "2;乙项目;某某公司;2000",
        "2，乙项目，某某公司，2000",
        "2|乙项目|某某公司|2000",
        '"2,乙项目,某某公司,2000"',
    ],
)
def test_a_record_that_another_delimiter_holds_together_is_named(line: str) -> None:
    text = f"序号,项目名称,投资方,总投资(万元)\n1,甲项目,某公司,1000\n{line}\n3,丙项目,某公司,3000\n"
    sheet = sheet_of(text)
    assert {row: code for row, (code, _) in sheet.bad_rows.items()} == {2: "ragged"}
    assert sheet.rows[3] == ["3", "丙项目", "某公司", "3000"]


@pytest.mark.parametrize(
    "line", ["注：甲项目，乙项目，丙项目，均未开工", "（一）续建项目", "甲项目，乙项目，丙项目，均未开工。", "；；；"]
)
def test_notes_and_groups_on_a_line_of_their_own_are_no_records(line: str) -> None:
    text = f"序号,项目名称,投资方,总投资(万元)\n1,甲项目,某公司,1000\n{line}\n3,丙项目,某公司,3000\n"
    assert sheet_of(text).bad_rows == {}


def test_a_second_table_of_another_width_is_no_ragged_one():
    sheet = sheet_of("序号,名称,金额\n1,甲,2\n2,乙,3\n\n单位,个数\n示例镇,2\n示例乡,3\n")
    assert sheet.bad_rows == {}


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_quote_that_never_closes_costs_its_own_record(at: int):
    lines = ["序号,名称,金额", "1,甲,2", "2,乙,3", "3,丙,4", '4,"丁",5']
    lines[at] = lines[at].replace(",", ',"', 1)
    sheet = sheet_of("\n".join(lines))
    assert {row: code for row, (code, _) in sheet.bad_rows.items()} == {at: "unclosed_quote"}
    assert [row for row in sheet.rows if row] == [
        line.replace('"', "").split(",") for number, line in enumerate(lines) if number != at
    ]


def test_text_behind_a_closing_quote_is_misplaced():
    sheet = sheet_of('序号,名称,金额\n1,"甲"乙,2\n2,丙,3\n')
    assert sheet.bad_rows[1][0] == "misplaced_quote"
    assert sheet.rows[2] == ["2", "丙", "3"]


def test_quotes_within_a_field_are_text():
    assert sheet_of('序号,名称,金额\n1,年产3"钢管,2\n2,丙,3\n').rows[1] == ["1", '年产3"钢管', "2"]


@pytest.mark.parametrize("broken", [b"\xff", b"\x81", b"\xa3\xff", b"\x81\x30\x81"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_bad_bytes_cost_their_line_and_no_neighbour(encoding: str, broken: bytes):
    lines = [f"{n},某某项目第{n}号,示例县招商局,{n}00".encode(encoding) for n in range(1, 8)]
    lines[3] = lines[3].replace("项目".encode(encoding), broken)
    data = "序号,名称,单位,金额\n".encode(encoding) + b"\n".join(lines)
    (sheet,) = book_of(data).sheets
    assert {row: code for row, (code, _) in sheet.bad_rows.items()} == {4: "undecodable"}
    assert "\\x" in sheet.bad_rows[4][1]
    assert sheet.rows[4] == []
    assert sheet.rows[3] == ["3", "某某项目第3号", "示例县招商局", "300"]
    assert sheet.rows[5] == ["5", "某某项目第5号", "示例县招商局", "500"]


def test_a_line_pasted_in_another_encoding_is_read_and_remarked():
    lines = ["序号,名称", "1,示例新材料项目", "2,示例装备制造项目", "3,示例食品项目"]
    data = b"\n".join(line.encode("utf-8" if n == 2 else "gb18030") for n, line in enumerate(lines))
    book = book_of(data)
    assert book.sheets[0].rows == [line.split(",") for line in lines]
    assert any("第3行" in remark for remark in book.remarks)


def test_excel_guards_and_declared_separators():
    sheet = sheet_of('sep=;\n代码;名称\n="00123";甲\n"=""00456""";乙\n')
    assert sheet.rows == [["sep=;"], ["代码", "名称"], ["00123", "甲"], ["00456", "乙"]]


def test_formulas_stay_text():
    assert sheet_of("名称,金额\n=cmd|' /C calc'!A0,1\n+1,2\n@x,3\n").rows[1] == ["=cmd|' /C calc'!A0", "1"]


def test_single_quotes_and_backslashes_of_database_exports():
    assert sheet_of("'序号','名称,全称'\n'1','甲, 一'\n'2','乙'\n").rows[1] == ["1", "甲, 一"]
    assert sheet_of('序号,名称\n1,"甲\\"乙\\", 丙"\n2,"丁"\n').rows[1] == ["1", '甲"乙", 丙']


def test_a_single_column_is_a_table():
    assert sheet_of("项目名称\n甲项目\n乙项目\n").rows == [["项目名称"], ["甲项目"], ["乙项目"]]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\r\n \r\n", "empty"),
        (b"\0" * 500, "empty"),
        ("今年以来，全县招商引资工作稳步推进。\n各乡镇要进一步压实责任，确保完成目标。\n".encode(), "not_a_table"),
        ("今年以来，全县招商引资工作稳步推进，成效明显。".encode("gb18030"), "not_a_table"),
        (b'{"rows": [{"a": 1, "b": 2}, {"a": 3, "b": 4}]}', "not_a_table"),
        (b"%PDF-1.7\n1 0 obj", "not_a_table"),
        (b"ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K1\r\n", "not_a_table"),
        (bytes(range(256)) * 40, "not_a_table"),
    ],
)
def test_what_is_no_table(data: bytes, code: str):
    refusal = open_workbook(data)
    assert isinstance(refusal, Refusal)
    assert refusal.code == code


@pytest.mark.parametrize("data", [b"," * 5_000_000, b"a,b\n" * 300_000, b'a,"b\r' * 300_000])
def test_more_than_any_ledger_has_is_too_large_at_once(data: bytes):
    refusal = open_workbook(data)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "too_large"


@pytest.mark.parametrize("line", ['a,"b\n', ('a,"b\n' * 150) + 'x"y\n'])
def test_quotes_that_open_on_every_line_take_no_quadratic_time(line: str):
    started = time.perf_counter()
    sheet = sheet_of("序号,名称\n" + line * (60_000 // len(line)))
    assert len(sheet.bad_rows) > 1000
    assert time.perf_counter() - started < 5


_FIELD = st.text(st.sampled_from('甲乙丙1290.,;"\n 项目'), max_size=8)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_FIELD, min_size=4, max_size=4), min_size=3, max_size=12))
def test_whatever_is_properly_quoted_comes_back(rows: list[list[str]]):
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([["序号", "名称", "金额", "备注"], *rows])
    sheet = sheet_of(buffer.getvalue())
    assert sheet.bad_rows == {}
    expected = [[value if value.strip() else None for value in row] for row in rows]
    assert [row + [None] * (4 - len(row)) for row in sheet.rows[1:]] == expected


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_it_raise(data: bytes):
    assert isinstance(open_workbook(data), Workbook | Refusal)


def test_a_space_between_delimiter_and_quote_is_none_of_the_cell_s():
    book = open_workbook('"序号", "项目名称", "总投资"\n"1", "甲,乙项目", "5"\n"2", 丙 "新"项目, "6"\n'.encode())
    assert isinstance(book, Workbook)
    assert book.sheets[0].rows[:2] == [["序号", "项目名称", "总投资"], ["1", "甲,乙项目", "5"]]


def test_notes_and_totals_of_too_few_or_too_many_cells_are_no_broken_records() -> None:
    lines = [
        "序号,项目名称,总投资（万元）,形象进度,责任单位",
        "1,饲料项目,12000,主体封顶,县商务局",
        "2,钢构件项目,8000,设备安装,县工信局",
        "合计,,20000",
        "备注,数据截至9月底,由招商局统计,有出入的,以统计局为准,特此说明",
        "说明：总投资含流动资金,不含土地款,单位万元",
        "3,注塑件项目,6000",
    ]
    sheet = book_of("\n".join(lines).encode()).sheets[0]
    assert list(sheet.bad_rows) == [6]
    assert sheet.rows[3] == ["合计", None, "20000"]
    assert sheet.rows[4] == [lines[4]]
