"""What twenty clerks' whole ledgers taught: units that are two, shares that may be fractions, ends that dates can't tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ingest.formats.sheet import Sheet, Workbook
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_ledger, read_workbook
from ingest.values.amounts import parse_amount
from ingest.values.dates import parse_date
from ingest.values.rates import may_be_either, rate_scale
from ingest.values.stages import parse_stage
from ingest.values.units import parse_unit

WAN = parse_unit("万元")


def read(*cells: Sequence[Any]) -> LedgerReading:
    book = Workbook("xlsx", [Sheet("Sheet1", [list(row) for row in cells])])
    return read_workbook(book, "台账.xlsx", LedgerSource("410922"), "0" * 64)


def rows(*cells: Sequence[Any]) -> list[Any]:
    return list(read(*cells).rows)


def rows_of_csv(text: str) -> list[Any]:
    return list(read_ledger(text.encode(), "台账.csv", LedgerSource("410922")).rows)


@pytest.mark.parametrize(
    ("line", "header"),
    [("（单位：亿元、万元、%）", "总投资"), ("单位：万元/亿元", "总投资"), ("台账", "总投资（亿元、万元）")],
)
def test_a_line_of_two_units_of_yuan_leaves_bare_amounts_open(line: str, header: str) -> None:
    bare, stated = rows([line, None], ["项目名称", header], ["轮毂厂", 12000], ["酒庄", "2亿元"])
    assert bare.fields.get("total_investment_cny") is None
    assert [reason.code for reason in bare.reasons] == ["unit_ambiguous"]
    assert stated.fields["total_investment_cny"] == 200_000_000


def test_a_title_and_a_unit_line_that_disagree_leave_bare_amounts_open() -> None:
    (row,) = rows(["招商台账（单位：万元）", None], ["单位：亿元", None], ["项目名称", "总投资"], ["轮毂厂", 12000])
    assert [reason.code for reason in row.reasons] == ["unit_ambiguous"]
    (row,) = rows(["招商台账（单位：万元）", None], ["金额单位：万元", None], ["项目名称", "总投资"], ["轮毂厂", 12000])
    assert row.fields["total_investment_cny"] == 120_000_000


@pytest.mark.parametrize(
    ("line", "cny"),
    [("招商台账 单位：万元 填报日期：2022年3月5日", 120_000_000), ("招商台账 填报单位：万元镇 2022年3月5日", None)],
)
def test_a_unit_between_other_words_of_a_line(line: str, cny: int | None) -> None:
    (row,) = rows([line, None], ["项目名称", "总投资"], ["轮毂厂", 12000])
    assert row.fields.get("total_investment_cny") == cny


def test_yuan_and_dollars_in_one_line_are_two_currencies_not_two_units() -> None:
    (row,) = rows(["单位：万元、万美元", None], ["项目名称", "总投资"], ["轮毂厂", 12000])
    assert row.fields["total_investment_cny"] == 120_000_000


@pytest.mark.parametrize(("text", "cny"), [("¥52000", None), ("￥5000000", None), ("¥120000000", 120_000_000)])
def test_a_yuan_sign_where_no_unit_is_stated(text: str, cny: int | None) -> None:
    parsed = parse_amount(text, column_unit=None)
    assert parsed.cny == cny
    assert (parsed.reason is None) == (cny is not None)


@pytest.mark.parametrize(
    ("text", "cny"),
    [
        ("总投资1.2亿元，一期投资0.6亿元", 120_000_000),
        ("总投资3亿元，一期1亿元，二期2亿元", 300_000_000),
        ("1,200（其中一期500）", 12_000_000),
        ("1亿元（10000万元）", 100_000_000),
        ("3000万元（占总投资25%）", 30_000_000),
        ("壹亿元正", 100_000_000),
        ("'5000", 50_000_000),
    ],
)
def test_amounts_with_what_is_beside_them(text: str, cny: int) -> None:
    assert parse_amount(text, column_unit=WAN).cny == cny


@pytest.mark.parametrize(
    "text",
    [
        "1.2亿元，一期投资0.6亿元",
        "总投资1亿元，一期投资3亿元",
        "总投资1.2亿元，年产值3亿元",
        "1亿元、1亿元",
        "1亿元（到位2亿元）",
        "3000万元（占股25%）",
    ],
)
def test_amounts_beside_others_that_may_change_them(text: str) -> None:
    parsed = parse_amount(text, column_unit=WAN)
    assert parsed.cny is None
    assert parsed.reason is not None


def test_a_total_with_its_first_phase_is_no_other_amount() -> None:
    (row,) = rows(["项目名称", "一期投资（万元）"], ["轮毂厂", "总投资2亿元，一期投资1亿元"])
    assert row.fields.get("phase_one_investment_cny") is None
    assert [reason.code for reason in row.reasons] == ["amount_with_text"]


def test_a_note_of_what_has_arrived_leaves_the_total_and_not_what_has_arrived() -> None:
    header = ["项目名称", "总投资（万元）", "累计到位资金（万元）"]
    (row,) = rows(header, ["轮毂厂", "3亿元（已到位1亿元）", "3亿元（已到位1亿元）"])
    assert row.fields["total_investment_cny"] == 300_000_000
    assert row.fields.get("funds_arrived_cumulative_cny") is None
    assert [reason.column for reason in row.reasons] == ["累计到位资金（万元）"]


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("二0二二年三月", "2022-03-01", "month"),
        ("2022·3·15", "2022-03-15", "day"),
        ("2022.3月15日", "2022-03-15", "day"),
        ("44582", "2022-01-21", "day"),
        ("'2022.3.1", "2022-03-01", "day"),
    ],
)
def test_dates(text: str, value: str, precision: str) -> None:
    parsed = parse_date(text)
    assert (str(parsed.value), parsed.precision) == (value, precision)


@pytest.mark.parametrize("value", ["20223.1", 20223.1, 20223, 29999])
def test_a_slip_of_a_date_is_no_serial_of_long_ago(value: Any) -> None:
    parsed = parse_date(value)
    assert parsed.value is None
    assert parsed.reason is not None


def test_a_tenth_month_may_have_lost_its_zero_in_a_printed_table() -> None:
    lost, other, day = rows_of_csv("项目名称,签约时间\n轮毂厂,2022.1\n酒庄,2021.12\n茶厂,2022.1.3\n")
    assert lost.precisions["signed_on"] == "year"
    assert lost.approximate_fields == ("signed_on",)
    assert str(other.fields["signed_on"]) == "2021-12-01"
    assert str(day.fields["signed_on"]) == "2022-01-03"


def test_a_tenth_month_with_its_zero_shows_that_none_was_lost() -> None:
    kept, _ = rows_of_csv("项目名称,签约时间\n轮毂厂,2022.1\n酒庄,2021.10\n")
    assert (str(kept.fields["signed_on"]), kept.precisions["signed_on"]) == ("2022-01-01", "month")


def test_texts_tell_a_column_s_scale_as_numbers_do() -> None:
    assert rate_scale(["35", "1", "0.95"]) == "percent"
    assert rate_scale(["35%", "0.5"]) == "fraction"


def test_a_share_that_may_be_a_fraction_or_a_percentage_is_unknown() -> None:
    header = ["项目名称", "形象进度（%）"]
    reading = read(header, ["轮毂厂", 35], ["酒庄", 0.35], ["茶厂", 1])
    told, either, low = reading.rows
    assert told.fields["progress_rate"] == 0.35
    assert low.fields["progress_rate"] == 0.01
    assert either.fields.get("progress_rate") is None
    assert either.approximate_fields == ("progress_rate",)
    assert either.extra == {"形象进度（%）": "0.35"}
    assert any("第3行" in remark for remark in reading.remarks)


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        ("形象进度（%）", [2, None, 1], [0.02, None, 0.01]),
        ("形象进度（%）", ["2"], [0.02]),
        ("形象进度（%）", ["1.5", "0"], [0.015, 0.0]),
        ("形象进度（%）", [1.5, 0], [None, 0.0]),
        ("工程完成率", [2, 0], [None, 0.0]),
        ("工程完成率", [0.35, 1.2], [0.35, None]),
    ],
)
def test_a_share_of_little_more_than_one_never_costs_the_row(
    header: str, cells: list[object], expected: list[float | None]
) -> None:
    """The ledgers of works just begun: 2 below （%） is two hundredths; where it cannot be told, the share is unknown."""
    reading = read(["项目名称", header], *([f"轮毂厂{number}", cell] for number, cell in enumerate(cells)))
    assert [row.status for row in reading.rows] == ["accepted"] * len(cells)
    assert [row.fields.get("progress_rate") for row in reading.rows] == expected


def test_ones_below_a_percent_sign_may_be_wholes() -> None:
    assert may_be_either([1, 0], "fraction", is_percent_stated=True) == {1.0}
    assert may_be_either([1, 0.5], "fraction", is_percent_stated=True) == frozenset()
    assert may_be_either([1, 0], "fraction", is_percent_stated=False) == frozenset()


@pytest.mark.parametrize("text", ["放弃投资", "不再推进", "合作终止", "洽谈终止", "签约后终止", "签约（已终止）"])
def test_ends(text: str) -> None:
    assert parse_stage(text).stage == "terminated"


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("终止后重新签约", None),
        ("开工滞后", None),
        ("落地筹备中", None),
        ("拟终止", None),
        ("年内投产", None),
        ("未复工", "started"),
        ("已签约，未终止", "signed"),
    ],
)
def test_no_ends(text: str, stage: str | None) -> None:
    assert parse_stage(text).stage == stage


def test_dates_do_not_tell_how_a_project_stands_that_may_have_ended() -> None:
    header = ["项目名称", "签约时间", "开工时间", "项目状态"]
    ended, other = rows(
        header,
        ["轮毂厂", "2022.1.3", "2022.3.1", "因资金问题终止"],
        ["酒庄", "2022.1.3", "2022.3.1", "序时推进"],
    )
    assert ended.fields.get("stage") is None
    assert ended.fields["stage_raw"] == "因资金问题终止"
    assert other.fields["stage"] == "started"


def test_words_are_no_codes() -> None:
    header = ["项目名称", "项目代码", "联系电话"]
    words, codes = rows(header, ["轮毂厂", "已备案", "见备注"], ["酒庄", "'2201-410922-04-01-000001", "138****0001"])
    assert words.fields.get("project_code") is None
    assert words.fields.get("contact_phone") is None
    assert words.extra == {"项目代码": "已备案", "联系电话": "见备注"}
    assert codes.fields["project_code"] == "2201-410922-04-01-000001"


def test_a_first_phase_beside_the_whole() -> None:
    (beside,) = rows(["项目名称", "总投资(亿)", "一期(万)"], ["轮毂厂", 1.2, 3000])
    (alone,) = rows(["项目名称", "到位资金(亿)", "一期(万)"], ["轮毂厂", 1.2, 3000])
    assert beside.fields["phase_one_investment_cny"] == 30_000_000
    assert alone.fields.get("phase_one_investment_cny") is None


def test_a_stage_column_that_denies_a_start_is_not_outdone_by_a_note() -> None:
    header = ["项目名称", "项目状态", "进展情况"]
    denied, ended = rows(header, ["轮毂厂", "尚未开工", "已投产"], ["酒庄", "尚未开工", "已终止"])
    assert denied.fields.get("stage") is None
    assert ended.fields["stage"] == "terminated"


@pytest.mark.parametrize(
    ("text", "before"), [("力争年内开工", "started"), ("预计年底竣工", "completed"), ("预计明年投产", "in_production")]
)
def test_intentions_of_a_time_told_in_words(text: str, before: str) -> None:
    parsed = parse_stage(text)
    assert (parsed.stage, parsed.before) == (None, before)


def test_a_title_s_date_in_chinese_numerals() -> None:
    reading = read(["招商台账（二○二二年三月十五日）", None], ["项目名称", "总投资（万元）"], ["轮毂厂", 12000])
    assert str(reading.report_date) == "2022-03-15"


@pytest.mark.parametrize(
    ("header", "stage"),
    [(["签约时间"], None), (["签约时间", "开工时间"], "signed")],
)
def test_a_stage_nobody_can_read_is_no_earlier_one(header: list[str], stage: str | None) -> None:
    """Taken for signed, a project that has long been producing would be said to stall."""
    (row,) = rows(["项目名称", "项目状态", *header], ["轮毂厂", "产销两旺", "2022.1.3", None][: len(header) + 2])
    assert row.fields.get("stage") == stage


def test_a_bare_share_among_percentages_may_be_either() -> None:
    assert may_be_either(["45%", 0.6], "fraction", is_percent_stated=True) == {0.6}
    assert may_be_either(["45%", 0.6], "fraction", is_percent_stated=False) == frozenset()
