"""Whatever the cells hold: nothing raises, and every row is accepted, rejected or furniture, exactly once."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from typing import Any

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.lake import SCHEMAS
from ingest.ledger import PARSER_VERSION, LedgerReading, LedgerSource, read_workbook
from ingest.ledger_lake import ledger_tables
from ingest.ledger_output import json_lines
from ingest.sheet import Merge, Sheet, Workbook

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
