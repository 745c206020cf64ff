"""Every fault a file can bring, made for real: refused with its code, bounded in time and memory, stopping nothing else."""

from __future__ import annotations

import io
import struct
import threading
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import bounded_jobs
import openpyxl
import pytest
import xlwt
from made_workbooks import (
    PART,
    SHEET_END,
    SHEET_START,
    STRINGS,
    WORKBOOK,
    cell,
    compound_file,
    far_cell_workbook,
    lying_size,
    package,
    sheet_xml,
    with_member,
)

from ingest.bounded import run_bounded
from ingest.formats.sheet import Refusal, Workbook
from ingest.formats.workbook import open_workbook, refusal_of
from ingest.limits import MIB

ONE_ROW = f'<row r="1">{cell("A1", "项目名称")}{cell("B1", 1000)}</row>'
PLAIN = package(sheet_xml(ONE_ROW))


def refused(data: bytes) -> Refusal:
    opened = open_workbook(data)
    assert isinstance(opened, Refusal), opened
    return opened


def read(data: bytes) -> Workbook:
    opened = open_workbook(data)
    assert isinstance(opened, Workbook), opened
    return opened


def ledger_xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    for row in range(300):
        for column in range(8):
            sheet.write(row, column, f"第{row}行第{column}列某某项目")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ledger_xlsx() -> bytes:
    book = openpyxl.Workbook()
    for row in range(300):
        book.active.append([f"第{row}行第{column}列某某项目" for column in range(8)])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


# Every refusal speaks to people


@pytest.mark.parametrize(
    "data", [b"", far_cell_workbook(), b"PK\x03\x04", compound_file({"EncryptedPackage": b"x"}), b"%PDF-1"]
)
def test_a_refusal_says_it_in_chinese_then_in_english(data: bytes):
    message = refused(data).message
    first_latin_sentence = message.find(" The ")
    assert first_latin_sentence > 0
    assert any("\u4e00" <= character <= "\u9fff" for character in message[:first_latin_sentence])
    assert "send" in message


# Truncated, empty, flipped bits


@pytest.mark.parametrize("make", [ledger_xlsx, ledger_xls])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_workbook_cut_off_anywhere_is_truncated(make, share: float):
    data = make()
    assert refused(data[: int(len(data) * share)]).code == "truncated"


def test_a_compound_file_cut_off_within_its_directory_is_truncated():
    data = ledger_xls()
    codes = {refused(data[:end]).code for end in range(len(data) - 600, len(data) - 200, 37)}
    assert codes == {"truncated"}


@pytest.mark.parametrize("data", [b"", b"\0" * 4096, b"\xef\xbb\xbf", b"   \r\n\r\n"])
def test_nothing_is_empty(data: bytes):
    assert refused(data).code == "empty"


def test_a_flipped_bit_in_what_is_read_is_found():
    data = ledger_xlsx()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = next(i for i in archive.infolist() if i.filename.endswith("sheet1.xml"))
    start = info.header_offset + 30 + len(info.filename)
    for position in range(start, start + info.compress_size, max(1, info.compress_size // 40)):
        flipped = bytearray(data)
        flipped[position] ^= 0x10
        assert refused(bytes(flipped)).code == "truncated"


@pytest.mark.parametrize("make", [ledger_xlsx, ledger_xls])
def test_flipped_bits_anywhere_never_crash(make):
    data = make()
    for position in range(0, len(data), max(1, len(data) // 300)):
        flipped = bytearray(data)
        flipped[position] ^= 1 << position % 8
        assert isinstance(open_workbook(bytes(flipped)), Workbook | Refusal)


# Bombs and far cells


def test_a_sheet_that_unpacks_to_a_gibibyte_is_too_large():
    def pieces() -> Iterator[str]:
        yield SHEET_START + '<row r="1"><c r="A1" t="inlineStr"><is><t>'
        for _ in range(1024):
            yield "A" * MIB
        yield "</t></is></c></row>" + SHEET_END

    bomb = package(pieces())
    assert len(bomb) < 8 * MIB
    started = time.perf_counter()
    assert refused(bomb).code == "too_large"
    assert time.perf_counter() - started < 5


def test_a_bomb_that_lies_about_its_size_is_caught_as_it_streams():
    pieces = [
        SHEET_START + '<row r="1"><c r="A1" t="inlineStr"><is><t>',
        *["A" * MIB] * 40,
        "</t></is></c></row>" + SHEET_END,
    ]
    assert refused(lying_size(package(pieces), PART, 1000)).code in ("too_large", "truncated")


def test_shared_strings_that_unpack_to_much_are_too_large():
    strings = STRINGS.replace("甲项目", "A" * (40 * MIB))
    assert refused(package(sheet_xml(ONE_ROW), strings=strings)).code == "too_large"


def test_a_long_string_that_many_cells_repeat_is_too_large():
    strings = STRINGS.replace("甲项目", "项" * 30_000)
    rows = (
        f'<row r="{n}">' + "".join(f'<c r="{c}{n}" t="s"><v>1</v></c>' for c in "ABCDEFGH") + "</row>"
        for n in range(1, 2001)
    )
    assert refused(package([SHEET_START, *rows, SHEET_END], strings=strings)).code == "too_large"


@pytest.mark.parametrize(
    "far",
    [
        f'<row r="1048576">{cell("XFD1048576", 1)}</row>',
        f'<row r="2">{cell("XFD1048576", 1)}</row>',
        f'<row r="2">{cell("XFD2", 1)}</row><row r="90000">{cell("A90000", 1)}</row>',
        f'<row r="2">{cell("xfd1048576", 1)}</row>',
        '<row r="2"><c s="0" r="XFD1048576"><v>1</v></c></row>',
        "<row r='2'><c r='XFD1048576'><v>1</v></c></row>",
        f'<row r="300000">{cell("A300000", 1)}</row>',
    ],
)
def test_a_far_cell_with_content_is_too_large_however_it_is_written(far: str):
    refusal = refused(package(sheet_xml(ONE_ROW + far)))
    assert refusal.code == "too_large"
    assert any(character.isdigit() for character in refusal.message)


def test_a_far_cell_without_content_costs_nothing():
    (sheet,) = read(package(sheet_xml(ONE_ROW + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'))).sheets
    assert sheet.rows == [["项目名称", 1000]]


def test_a_far_cell_in_xls_is_too_large():
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    sheet.write(0, 0, 1)
    sheet.write(65535, 255, 1)
    buffer = io.BytesIO()
    book.save(buffer)
    assert refused(buffer.getvalue()).code == "too_large"


@pytest.mark.parametrize("extent", [(0, 65536, 0, 256), (0, 0x7FFFFFFF, 0, 200), (9, 2, 0, 8), (0x7F000000, 4, 0, 8)])
def test_absurd_dimensions_in_xls_allocate_nothing(extent: tuple[int, int, int, int]):
    data = bytearray(ledger_xls())
    at = data.find(struct.pack("<HHIIHH", 0x200, 14, 0, 300, 0, 8))
    assert at > 0
    struct.pack_into("<IIHH", data, at + 4, *extent)
    (sheet,) = read(bytes(data)).sheets
    assert len(sheet.rows) == 300
    assert sheet.rows[299][7] == "第299行第7列某某项目"


def empty_tail() -> Iterator[str]:
    yield SHEET_START + ONE_ROW
    for first in range(2, 1_048_577, 8192):
        last = min(first + 8192, 1_048_577)
        yield "".join(f'<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(first, last))
    yield SHEET_END


def test_a_million_formatted_empty_rows_are_read_soon_and_as_nothing():
    data = package(empty_tail())
    started = time.perf_counter()
    (sheet,) = read(data).sheets
    assert sheet.rows == [["项目名称", 1000]]
    assert time.perf_counter() - started < 15


def test_a_merge_over_the_whole_sheet_is_cut_to_its_content():
    xml = sheet_xml(ONE_ROW).replace(
        "</worksheet>", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    )
    (merge,) = read(package(xml)).sheets[0].merges
    assert (merge.bottom, merge.right) == (0, 1)


def test_a_million_cells_more_than_the_limit_are_too_large():
    row = "<row>" + "<c><v>1</v></c>" * 2000 + "</row>"
    assert refused(package([SHEET_START, *[row] * 700, SHEET_END])).code == "too_large"


# Hostile containers and XML


def test_two_members_of_one_name_are_refused():
    assert (
        refused(with_member(PLAIN, PART, sheet_xml(f'<row r="1">{cell("A1", "假的")}</row>').encode())).code
        == "not_a_table"
    )
    assert refused(with_member(PLAIN, PART.upper(), b"<worksheet/>")).code == "not_a_table"


class _Watcher(BaseHTTPRequestHandler):
    fetched: list[str] = []  # noqa: RUF012 - shared on purpose: the handler is made anew for every request

    def do_GET(self) -> None:
        self.fetched.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def watched_url() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Watcher)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    _Watcher.fetched.clear()
    yield f"http://127.0.0.1:{server.server_port}/secret"
    server.shutdown()
    server.server_close()


XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "{url}">]>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


@pytest.mark.parametrize("part", ["sheet", "strings", "workbook", "styles", "relations", "root_relations"])
@pytest.mark.parametrize("prolog", [XXE, LAUGHS, " " * 9000 + XXE], ids=["xxe", "laughs", "late xxe"])
def test_entities_are_refused_and_nothing_is_fetched(part: str, prolog: str, watched_url: str, tmp_path: Path):
    secret = tmp_path / "secret.txt"
    secret.write_text("机密")
    for url in (watched_url, secret.as_uri()):
        declared = prolog.replace("{url}", url)
        body = {
            "sheet": sheet_xml(ONE_ROW).partition("?>")[2].replace("项目名称", "&e;"),
            "strings": STRINGS,
            "workbook": WORKBOOK,
        }
        text = declared + body.get(part, "<x>&e;</x>")
        data = package(text) if part == "sheet" else package(sheet_xml(ONE_ROW), **{part: text})
        refusal = refused(data)
        assert refusal.code == "not_a_table"
        assert "机密" not in refusal.message
    assert _Watcher.fetched == []


def test_entities_in_xml_spreadsheets_and_opendocument_are_refused(watched_url: str):
    declared = XXE.replace("{url}", watched_url)
    spreadsheet = (
        f'<?xml version="1.0"?>{declared}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">&e;</Workbook>'
    )
    assert refused(spreadsheet.encode()).code == "not_a_table"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", declared + "<x>&e;</x>")
    assert refused(packed.getvalue()).code == "not_a_table"
    assert _Watcher.fetched == []


def test_html_fetches_nothing(watched_url: str):
    page = f'<html><link href="{watched_url}"><img src="{watched_url}"><iframe src="{watched_url}"></iframe><table><tr><td>1</table>'
    assert read(page.encode()).format == "html"
    assert _Watcher.fetched == []


# Passwords


def test_office_encryption_is_named():
    container = compound_file({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": bytes(5000)})
    assert refused(container).code == "encrypted"


def test_an_xls_password_is_named():
    bof = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0)
    stream = bof + struct.pack("<HH", 0x2F, 54) + bytes(54) + struct.pack("<HH", 0x0A, 0)
    assert refused(compound_file({"Workbook": stream})).code == "encrypted"


def test_a_zip_password_and_an_opendocument_password_are_named():
    locked = bytearray(PLAIN)
    at = 0
    while (at := locked.find(b"PK\x01\x02", at)) >= 0:
        locked[at + 8] |= 1
        at += 4
    assert refused(bytes(locked)).code == "encrypted"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest:manifest><manifest:encryption-data/></manifest:manifest>")
        archive.writestr("content.xml", "not xml, but cipher text")
    assert refused(packed.getvalue()).code == "encrypted"


# Something else under a workbook's name


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (compound_file({"WordDocument": b"x"}), "Word"),
        (compound_file({"PowerPoint Document": b"x"}), "演示"),
        (compound_file({"Something": b"x"}), "工作簿"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "图片"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "图片"),
        (b"Rar!\x1a\x07\x01\0", "RAR"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(9), "7z"),
        (b"\x1f\x8b\x08" + bytes(9), "gzip"),
        (b"{\\rtf1\\ansi}", "RTF"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00", "Excel 4"),
        (bytes(range(256)) * 20, "二进制"),
    ],
)
def test_other_files_are_named_for_what_they_are(data: bytes, says: str):
    refusal = refused(data)
    assert refusal.code == "not_a_table"
    assert says in refusal.message


def test_a_document_in_a_zip_is_named():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    refusal = refused(packed.getvalue())
    assert (refusal.code, "Word" in refusal.message) == ("not_a_table", True)


# In a bounded process


def test_whatever_the_file_memory_stays_bounded_and_the_rest_goes_on(tmp_path: Path):
    def many_texts() -> Iterator[str]:
        yield SHEET_START
        for first in range(1, 40_001, 1000):
            yield "".join(
                f'<row r="{n}">'
                + "".join(cell(f"{c}{n}", f"某某新材料有限公司{n}{c}") for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
                + "</row>"
                for n in range(first, first + 1000)
            )
        yield SHEET_END

    files = {
        "far.xlsx": far_cell_workbook(),
        "million.xlsx": package(many_texts()),
        "sparse.xlsx": package(
            [
                SHEET_START,
                *(f'<row r="{n}">{cell(f"A{n}", 1)}{cell(f"OZ{n}", 1)}</row>' for n in range(1, 7000)),
                SHEET_END,
            ]
        ),
        "plain.xlsx": PLAIN,
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    outcomes = run_bounded(bounded_jobs.open_file, [str(tmp_path / name) for name in files], workers=1)
    found: dict[str, str] = {}
    for outcome in outcomes:
        name = Path(outcome.item).name
        if outcome.failure:
            found[name] = refusal_of(outcome.failure).code
        else:
            assert outcome.value is not None
            found[name], held = outcome.value
            assert held < 300 * MIB
    assert found["far.xlsx"] == "too_large"
    assert found["plain.xlsx"] == "xlsx"
    assert found["million.xlsx"] in ("xlsx", "too_large")
    assert found["sparse.xlsx"] in ("xlsx", "too_large")
