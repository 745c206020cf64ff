"""The monthly pack: its figures, its two kinds of meeting, text that stays text, bytes that repeat."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from small_publication import FORMULA, MARKUP, publish_small_warehouse
from typer.testing import CliRunner

from ingest.home import Home
from luodi.cli import app
from reports.dispatch_data import Meeting
from reports.monthly_dispatch import NO_LEDGERS, write_pack
from reports.words import chinese, percent, share
from reports.workbook import Column, TableSheet, workbook
from warehouse.query import NothingPublishedError

NOVEMBER, DECEMBER = dt.date(2026, 11, 28), dt.date(2026, 12, 28)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return publish_small_warehouse(tmp_path)


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    """Every sheet's rows below its header, up to the first row that is a note."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def body(rows: list[list[Any]], first: int) -> list[list[Any]]:
    return [row for row in rows[first:] if row[1] is not None]


def test_odd_months_are_about_construction_and_even_months_about_signing(home: Home) -> None:
    odd, _ = write_pack(home, NOVEMBER)
    even, _ = write_pack(home, DECEMBER)
    assert odd == home.reports / "monthly_dispatch" / "2026-11-28" / "项目建设推进会调度材料20261128.xlsx"
    assert even.name == "集中签约调度材料20261228.xlsx"
    assert list(sheets(odd)) == ["总览", "本月开工投产", "在建项目", "停滞项目", "数据来源"]
    assert list(sheets(even)) == ["总览", "新签约项目", "签约转化", "停滞项目", "数据来源"]


def test_the_overview_counts_by_county_and_adds_up(home: Home) -> None:
    rows = body(sheets(write_pack(home, NOVEMBER)[0])["总览"], 4)
    # 县区, signed month n / 亿元, year n / 亿元, arrived month / year, started month / year, produced month / year, red / all
    assert rows == [
        ["清丰县", 0, 0, 1, 3.5, 0.2, 0.2, 0, 1, 1, 1, 0, 0],
        ["濮阳县", 1, 1.2, 1, 1.2, -0.03, 0.05, 0, 0, 0, 0, 1, 2],
        ["合计", 1, 1.2, 2, 4.7, 0.17, 0.25, 0, 1, 1, 1, 1, 2],
    ]


def test_a_county_that_has_not_reported_the_month_shows_its_year_so_far(home: Home) -> None:
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute("delete from county_scorecard_month where county_code = '410922' and month = '2026-10-01'")
    rows = body(sheets(write_pack(home, NOVEMBER)[0])["总览"], 4)
    assert rows[0] == ["清丰县", "—", "—", 1, 3.5, "—", 0, "—", 1, "—", 0, 0, 0]


def test_a_year_to_date_that_begins_with_the_first_ledger_says_so(home: Home) -> None:
    workbook_path, page = write_pack(home, NOVEMBER)
    said = "以下县区的本年到位只从首份台账起累计，此前到位的不在内：清丰县自9月、濮阳县自9月。"
    assert [said] in [row[:1] for row in sheets(workbook_path)["总览"]]
    assert said in page.read_text(encoding="utf-8")


def test_stalled_projects_carry_rule_days_owner_and_the_ledger_row(home: Home) -> None:
    rows = body(sheets(write_pack(home, NOVEMBER)[0])["停滞项目"], 3)
    assert [(row[2], row[3], row[4], row[6]) for row in rows] == [
        ("恒岚溶剂项目", "红灯", "R06", 310),
        ("恒岚溶剂项目", "红灯", "R05", 97),
        (FORMULA, "黄灯", "R01", 100),
    ]
    assert rows[0][10] == "@县商务局"
    assert rows[0][14] == "濮阳县202610.xlsx / 台账 / 第9行"


def test_the_day_by_the_rule_is_not_named_as_the_day_given_to_the_county(home: Home) -> None:
    workbook_path, page = write_pack(home, NOVEMBER)[:2]
    stalled = sheets(workbook_path)["停滞项目"]
    assert stalled[2][13] == "规则时限"
    assert any(str(row[0]).startswith("规则时限自亮灯之日起") for row in stalled)
    assert "规则时限自亮灯之日起" in page.read_text(encoding="utf-8")


def test_the_pack_says_to_which_day_it_counts_days(home: Home) -> None:
    """The tables are of 5 November, the meeting is on the 28th."""
    workbook_path, page = write_pack(home, NOVEMBER)[:2]
    assert "停滞天数算到：2026-11-05" in str(sheets(workbook_path)["停滞项目"][:3])
    assert "停滞天数算到：2026年11月5日" in page.read_text(encoding="utf-8")


def test_construction_and_signing_sheets_say_what_their_meeting_needs(home: Home) -> None:
    odd, even = sheets(write_pack(home, NOVEMBER)[0]), sheets(write_pack(home, DECEMBER)[0])
    assert [(row[2], row[4]) for row in body(odd["本月开工投产"], 3)] == [("枫迹家具项目", "投产")]
    (building,) = body(odd["在建项目"], 3)
    assert building[5:11] == [5.6, 0.2, pytest.approx(20 / 560), "红灯", "R05、R06", "主体施工"]
    assert [row[0].split(" ")[0] for row in odd["在建项目"] if str(row[0]).startswith("R")] == ["R05", "R06"]
    assert [(row[2], row[4]) for row in body(even["新签约项目"], 3)] == [(FORMULA, "2026年10月")]
    assert [row[:4] for row in body(even["签约转化"], 3)] == [
        ["2025年上半年", 1, 5.6, 1],
        ["2026年上半年", 1, 3.5, 1],
        ["2026年下半年", 1, 1.2, 0],
    ]
    refused = [row for row in odd["数据来源"] if row[2] == "拒收"]
    assert refused[0][6] == "文件不完整"


def test_a_ledger_that_does_not_count_is_listed_as_such_with_the_reason(home: Home) -> None:
    rows = {row[1]: row for row in sheets(write_pack(home, NOVEMBER)[0])["数据来源"]}
    assert [rows["濮阳县202610初稿.xlsx"][place] for place in (2, 6)] == [
        "未计入",
        "已被同一报告日期的更正件或后到的台账替代",
    ]
    assert [rows["补充.csv"][place] for place in (2, 6)] == ["未计入", "没有报告日期，请在标题或文件名写明年月"]
    assert [rows["濮阳县202610.xlsx"][place] for place in (2, 6)] == ["已读", None]


def test_text_from_ledgers_never_becomes_a_formula_or_markup(home: Home) -> None:
    book, page = write_pack(home, DECEMBER)
    with zipfile.ZipFile(book) as archive:
        for name in archive.namelist():
            assert b"<f>" not in archive.read(name)
            assert b"<hyperlink" not in archive.read(name)
    values = [cell for rows in sheets(book).values() for row in rows for cell in row]
    assert {FORMULA, MARKUP, "-发改委"} <= set(values)
    text = page.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "http" not in text


def test_the_same_publication_gives_the_same_bytes_and_no_half_file_stays(home: Home) -> None:
    first = [path.read_bytes() for path in write_pack(home, NOVEMBER)]
    paths = write_pack(home, NOVEMBER)
    assert [path.read_bytes() for path in paths] == first
    assert sorted(paths[0].parent.iterdir()) == sorted(paths)


def test_days_after_the_meeting_are_not_in_its_pack(home: Home) -> None:
    rows = body(sheets(write_pack(home, dt.date(2026, 9, 28))[0])["总览"], 4)
    assert rows[-1][1:11] == [0, 0, 1, 3.5, 0.08, 0.08, 0, 1, 0, 0]


def test_an_empty_publication_still_makes_a_pack(home: Home) -> None:
    with duckdb.connect(str(home.warehouse)) as connection:
        for (table,) in connection.execute("select table_name from duckdb_tables()").fetchall():
            connection.execute(f"delete from {table}")
    for day in (NOVEMBER, DECEMBER):
        book, page = write_pack(home, day)
        assert sheets(book)["停滞项目"][3][0] == NO_LEDGERS
        assert "没有亮" not in page.read_text(encoding="utf-8")
        assert "数据截至：尚无台账" in page.read_text(encoding="utf-8")


def test_without_a_publication_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(NothingPublishedError, match="luodi run"):
        write_pack(Home(tmp_path), NOVEMBER)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("开工 497 天，到位率 5.0% of the total investment", "开工 497 天，到位率 5.0%"),
        ("请重新报送。 The file is cut off (the zip). Resend.", "请重新报送。"),
        (
            "与 郾城区5月.xls 相同，不重复读取。 The same bytes as 郾城区5月.xls; nothing is read twice.",
            "与 郾城区5月.xls 相同，不重复读取。",
        ),
        ("投资方 ABC 未到场", "投资方 ABC 未到场"),
        ("only English", "only English"),
        (None, None),
    ],
)
def test_a_chinese_pack_leaves_out_the_english_half(said: str | None, shown: str | None) -> None:
    assert chinese(said) == shown


@pytest.mark.parametrize(
    ("day", "since"), [(dt.date(2026, 2, 28), dt.date(2025, 12, 1)), (DECEMBER, dt.date(2026, 10, 1))]
)
def test_a_ceremony_shows_the_signings_since_the_month_of_the_one_before(day: dt.date, since: dt.date) -> None:
    assert Meeting(day).signings_since == since


def test_sheets_are_ready_to_print() -> None:
    columns = [Column("项目名称", "text", 20), Column("到位", "money", 10), Column("进展", "long", 120)]
    data = workbook(
        [TableSheet("表", "标题", "注", columns, [["一个很长很长很长很长很长的项目名称", 1.5, None]])], NOVEMBER, "标题"
    )
    sheet = openpyxl.load_workbook(io.BytesIO(data))["表"]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0  # one page wide, as many long as it takes
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "B4"
    assert sheet["B4"].number_format == "#,##0.00"
    assert sheet["A4"].font.name == "仿宋"
    height = sheet.row_dimensions[4].height
    assert height is not None
    assert height > 30  # the long name takes two lines


def test_the_command_writes_the_pack_and_says_where(home: Home) -> None:
    ran = CliRunner().invoke(app, ["dispatch", "--on", "2026-11-28", "--home", str(home.root)])
    assert ran.exit_code == 0
    assert [Path(line).suffix for line in ran.output.split()] == [".xlsx", ".html"]
    assert all(Path(line).is_file() for line in ran.output.split())


def test_the_command_without_a_publication_says_what_to_do(tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, ["dispatch", "--home", str(tmp_path)])
    assert ran.exit_code == 2
    assert "luodi run" in ran.output


def test_halves_are_rounded_up_as_workbooks_round_them() -> None:
    """A reason said 8.13% (SQL) and the figure behind it 8.12% (halves to even)."""
    assert str(percent(0.08125, "0.01")) == "8.13"
    assert (share(0.0645), share(0.0635), share(None)) == ("6.5%", "6.4%", "—")


def test_a_code_that_no_list_of_regions_names_is_told(home: Home) -> None:
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute("update dim_county set county_name = county_code where county_code = '410922'")
    workbook_path, page = write_pack(home, NOVEMBER)
    overview = sheets(workbook_path)["总览"]
    assert "410922（代码待核）" in [row[0] for row in overview]
    assert any("以下代码行政区划表里没有" in str(row[0]) and "410922" in str(row[0]) for row in overview)
    assert "410922（代码待核）" in page.read_text(encoding="utf-8")
