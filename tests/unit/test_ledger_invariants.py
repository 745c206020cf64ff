"""Whatever the cells hold: nothing raises, and every row is accepted, rejected or furniture, exactly once."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.formats.sheet import Merge, Sheet, Workbook
from ingest.formats.workbook import open_workbook
from ingest.lake import SCHEMAS
from ingest.ledgers.ledger import PARSER_VERSION, LedgerReading, LedgerSource, read_workbook
from ingest.ledgers.ledger_lake import ledger_tables
from ingest.ledgers.ledger_output import json_lines

WORDS = [
    "序号", "项目名称", "投资方名称", "总投资（万元）", "总投资", "签约时间", "开工时间", "项目状态", "责任单位", "备注",
    "资金到位情况", "合计", "小计", "合  计：", "其中：省外", "一、在建项目", "（一）工业", "1.新签约", "1.1", "（1）", "注：说明",
    "审核人：张某", "单位：亿元", "2026年6月招商台账", "填报时间：2026年7月5日", "示例", "必填", "甲厂项目", "乙公司", "12000万元",
    "12000万元、500万美元", "约3亿", "-", "无", "2026.3.1", "已开工", "在建", "50%", "1-6月完成投资", "6月完成投资", "单位",
    "目标值", "完成值", "完成进度%", "新开工项目（个）", "姓名", "目的地", "拜访企业名称", "天数", "存在问题", "办结时间", "　", "",
    "#DIV/0!", "\n", "=cmd|' /C calc'!A0", "<b>x</b>", "99999999999999999999", "1e400",
]  # fmt: skip

cells: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.integers(-5, 10**18),
    st.floats(allow_nan=True, allow_infinity=True),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.booleans(),
    st.decimals(allow_nan=False, allow_infinity=False, places=2),
    st.timedeltas(dt.timedelta(0), dt.timedelta(days=9)),
    st.text(max_size=6),
)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    width = draw(st.integers(1, 8))
    rows = draw(st.lists(st.lists(cells, max_size=width), max_size=14))
    for _ in range(draw(st.integers(0, 2))):
        header = draw(
            st.permutations(["序号", "项目名称", "总投资（万元）", "签约时间", "项目状态", "备注", "单位", "完成值"])
        )
        rows.insert(draw(st.integers(0, len(rows))), header[: draw(st.integers(2, 8))])
    height = max(len(rows), 1)
    corner = st.tuples(st.integers(0, height), st.integers(0, width), st.integers(0, 4), st.integers(0, 4))
    merges = [
        Merge(top, left, top + down, left + right) for top, left, down, right in draw(st.lists(corner, max_size=6))
    ]
    position = st.tuples(st.integers(0, height), st.integers(0, width))
    return Sheet(
        draw(st.sampled_from(["台账", "签约项目", "Sheet1", "填报说明"])),
        rows,
        hidden=draw(st.integers(0, 9)) == 0,
        merges=merges,
        hidden_rows=frozenset(draw(st.lists(st.integers(0, height), max_size=2))),
        hidden_columns=frozenset(draw(st.lists(st.integers(0, width), max_size=2))),
        errors=dict(draw(st.lists(st.tuples(position, st.just("#REF!")), max_size=2))),
        uncached=frozenset(draw(st.lists(position, max_size=2))),
        bad_rows={row: ("bad_line", "坏行") for row in draw(st.lists(st.integers(0, height - 1), max_size=1)) if rows},
    )


def assert_invariants(reading: LedgerReading, book: Workbook) -> None:
    assert reading.rows_seen == reading.rows_accepted + reading.rows_rejected + reading.rows_furniture
    rows = list(reading.rows)
    assert [row.status for row in rows].count("accepted") == reading.rows_accepted
    assert len({row.row_id for row in rows}) == len(rows)
    if reading.status == "refused":
        assert reading.reason_code in {"not_a_table", "no_project_column"}
        assert reading.rows_seen == 0
        return
    for sheet, found in zip(book.sheets, reading.sheets, strict=True):
        numbers = Counter(number for table in found.tables for number in table.row_numbers)
        assert set(numbers) <= set(range(1, len(sheet.rows) + 1))
        # Every row of the sheet is data or furniture; rows of tables side by side hold one record each.
        assert len(numbers) + found.furniture_rows == len(sheet.rows)
    for row in rows:
        if row.kind == "project" and row.status == "accepted":
            assert row.fields["project_name"]
        assert (row.status == "rejected") == bool(row.reasons)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(sheets(), min_size=1, max_size=3))
def test_any_cells_keep_every_row_once(found: list[Sheet]) -> None:
    book = Workbook("xlsx", found)
    reading = read_workbook(book, "台账.xlsx", LedgerSource("410922"), "0" * 64)
    assert_invariants(reading, book)
    lines = [json.loads(line) for line in json_lines(reading, "台账.xlsx")]
    assert len(lines) == reading.rows_accepted + reading.rows_rejected + 1
    tables = ledger_tables(reading, county_code="410922", file_name="台账.xlsx", parser_version=PARSER_VERSION)
    for name, table in tables.items():
        assert isinstance(table, pa.Table)
        assert table.schema == SCHEMAS[name]
    assert tables["ledger_files"].num_rows == 1


DIRT = [
    *(None, "", 0, -1, 1e18, True, "95.5％", "－30", "１，２００", "#REF!", "1)", ",", "²", "〇", "5亿元", "500万美元"),
    *(
        "合计",
        "项目名称",
        "指标",
        "单位",
        "平舆县",
        "（一）",
        "1.1",
        "注：",
        "其中：",
        "必填",
        "项目名称：甲园",
        "2026年3月",
    ),
]
LAYOUTS = sorted((Path(__file__).parents[1] / "golden" / "files").iterdir())


@cache
def layout(path: Path) -> Workbook:
    book = open_workbook(path.read_bytes(), path.name)
    assert isinstance(book, Workbook)
    return book


def disturbed(sheet: Sheet, chance: random.Random) -> Sheet:
    """The sheet with some rows dropped, doubled or invented, some cells overwritten, some merges lost or new."""
    rows = [list(row) for row in sheet.rows]
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(rows) + 1)
        what = chance.randint(0, 3)
        if what == 0 or at == len(rows):
            rows.insert(at, [chance.choice(DIRT) for _ in range(chance.randint(0, 6))])
        elif what == 1:
            rows.insert(at, list(chance.choice(rows)))
        elif what == 2 and rows[at]:
            rows[at][chance.randrange(len(rows[at]))] = chance.choice(DIRT)
        else:
            rows.pop(at)
    top, left = chance.randrange(len(rows) + 1), chance.randrange(4)
    merges = [merge for merge in sheet.merges if chance.random() < 0.8]
    merges.append(Merge(top, left, top + chance.randint(0, 2), left + chance.randint(0, 2)))
    return Sheet(sheet.name, rows, merges=merges, hidden=sheet.hidden)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(LAYOUTS), st.integers(0, 2**32))
def test_real_layouts_disturbed_keep_every_row_once(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    book = Workbook("xlsx", [disturbed(sheet, chance) for sheet in layout(path).sheets])
    reading = read_workbook(book, path.name, LedgerSource("410922"), "0" * 64)
    assert_invariants(reading, book)
    assert list(json_lines(reading, path.name))
