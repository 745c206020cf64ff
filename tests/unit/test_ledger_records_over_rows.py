"""Rows without number and name below a record: what they tell anew makes the record doubtful, never silently less."""

from __future__ import annotations

import pytest

from ingest.columns.column_meaning import ColumnMeaning
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_ledger
from ingest.ledgers.ledger_types import ColumnReading
from ingest.rows.record_cells import joined_text

TITLE = "2026年10月招商引资项目台账（单位：万元）"


def read(*lines: str) -> LedgerReading:
    return read_ledger("\n".join((TITLE, *lines)).encode(), "台账.csv", LedgerSource())


def test_funds_by_source_over_several_rows_reject_the_project() -> None:
    """100 alone would be a third less than arrived."""
    reading = read(
        "序号,项目名称,总投资,资金来源,累计到位资金",
        "1,甲园区新材料项目,5000,省外,100",
        ",,,省内,50",
        "2,乙园区食品项目,800,省外,30",
    )
    first, second = reading.rows
    assert (first.status, second.status) == ("rejected", "accepted")
    assert [(reason.code, reason.raw) for reason in first.reasons] == [("several_values", "100；50")]
    assert reading.rows_furniture == 3


def test_a_project_whose_name_was_forgotten_is_rejected_alone() -> None:
    reading = read(
        "序号,项目名称,总投资,投资方,累计到位资金",
        "1,甲园区新材料项目,5000,华新公司,100",
        ",,3000,宏大公司,50",
        "3,乙园区食品项目,800,丰收公司,30",
    )
    assert [row.status for row in reading.rows] == ["accepted", "rejected", "accepted"]
    assert [reason.code for row in reading.rows for reason in row.reasons] == ["project_name_missing"]


def test_figures_alone_may_be_a_total_and_leave_the_project_above() -> None:
    reading = read(
        "序号,项目名称,总投资,资金来源,累计到位资金",
        "1,甲园区新材料项目,5000,省外,100",
        "2,乙园区食品项目,800,省外,30",
        ",,5800,,130",
    )
    assert [row.status for row in list(reading.rows)[:2]] == ["accepted", "accepted"]


@pytest.mark.parametrize(
    ("own", "more", "whole"),
    [
        ("完成场地平整，", "正在进行主体施工", "完成场地平整，正在进行主体施工"),
        ("项目一期主体封顶，二期正在", "开展桩基施工", "项目一期主体封顶，二期正在开展桩基施工"),
        ("累计完成投资3200", "万元，占年度计划的64%", "累计完成投资3200万元，占年度计划的64%"),
        ("已取得土地证（面积", "60亩）和规划许可", "已取得土地证（面积60亩）和规划许可"),
        ("主体封顶。", "设备已订购", "主体封顶。设备已订购"),
        ("主体封顶", "设备已订购", "主体封顶；设备已订购"),
        ("存在", "用地问题", "存在；用地问题"),
    ],
)
def test_halves_of_one_text_are_parted_by_no_mark(own: str, more: str, whole: str) -> None:
    column = ColumnReading("形象进度", 0, ColumnMeaning(("形象进度",), "progress_note"), [])
    assert joined_text(column, own, more) == whole
