"""Amounts of money: exact, in the unit that is stated nearest, or refused with a reason."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.values.amounts import ParsedAmount, chinese_number, parse_amount
from ingest.values.units import Unit, parse_unit, unit_in_text

YUAN, WAN, YI = parse_unit("元"), parse_unit("万元"), parse_unit("亿元")
WAN_USD = parse_unit("万美元")


def cny(value: Any, unit: Unit | None = WAN) -> Decimal | None:
    return parse_amount(value, column_unit=unit, unit_basis="leaf").cny


def code(value: Any, unit: Unit | None = WAN, **more: Any) -> str | None:
    reason = parse_amount(value, column_unit=unit, unit_basis="leaf", **more).reason
    return reason.code if reason else None


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("56.3359亿元", 5_633_590_000),
        ("8000", 80_000_000),
        ("１２，３４５", 123_450_000),
        ("12,345.6万", 123_456_000),
        ("12 345", 123_450_000),
        ("5000元", 5_000),
        ("三千五百万元", 35_000_000),
        ("两亿", 200_000_000),
        ("1亿2000万", 120_000_000),
        ("1亿零500万元", 105_000_000),
        ("2億圓", 200_000_000),
        ("十二点五亿", 1_250_000_000),
        ("1.2万亿", 1_200_000_000_000),
        ("3千万", 30_000_000),
        ("5百万元", 5_000_000),
        ("壹仟万元整", 10_000_000),
        ("3个亿", 300_000_000),
        ("人民币3亿元", 300_000_000),
        ("3亿元（人民币）", 300_000_000),
        ("5000（万元）", 50_000_000),
        ("总投资5亿元", 500_000_000),
        ("¥5000万", 50_000_000),
        ("5000W", 50_000_000),
        ("约3000w元", 30_000_000),
        ("1.5E4", 150_000_000),
        ("(500)", -5_000_000),
        ("-1,234.5", -12_345_000),
        ("－500", -5_000_000),
        ("−500", -5_000_000),
        ("0", 0),
    ],
)
def test_text_amounts_are_exact(text: str, yuan: int) -> None:
    assert cny(text) == yuan


@pytest.mark.parametrize(
    ("value", "unit", "yuan"),
    [
        (0.1 + 0.2, YI, "30000000"),
        (12345.678900000001, YI, "1234567890000"),
        (56.3359, YI, "5633590000"),
        (1 / 3, YI, "33333333.33"),
        (17, WAN, "170000"),
        (Decimal("2.5"), WAN, "25000"),
        (9_007_199_254_740_991, YUAN, "9007199254740991"),
    ],
)
def test_numbers_are_exact_whatever_the_float_noise(value: Any, unit: Unit, yuan: str) -> None:
    assert cny(value, unit) == Decimal(yuan)


@pytest.mark.parametrize(
    "text", ["约3亿", "近3亿元", "超3亿", "3亿余元", "3亿元左右", "3亿多元", "预计3亿元", "逾3亿元"]
)
def test_approximate_amounts_are_taken_and_marked(text: str) -> None:
    parsed = parse_amount(text, column_unit=WAN)
    assert parsed.cny == 300_000_000
    assert parsed.is_approximate


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("5000万-1亿", "amount_band"),
        ("四五亿元", "amount_band"),
        ("两三个亿", "amount_band"),
        ("①5亿 ②3亿", "amount_unclear"),
        ("0-5000万", "amount_band"),
        ("5亿以上", "amount_band"),
        ("3至5亿元", "amount_band"),
        ("不超过3亿元", "amount_band"),
        ("≥5亿", "amount_band"),
        ("一期5亿元", "amount_with_text"),
        ("1亿、2亿", "two_amounts"),
        ("12 34", "amount_unclear"),
        ("三百五", "amount_unclear"),
        ("两亿五", "amount_unclear"),
        ("3千", "amount_unclear"),
        ("12.3%", "percent_not_amount"),
        ("#DIV/0!", "cell_error"),
        ("详见附件", "not_an_amount"),
        ("2022年", "amount_with_text"),
        ("500万港元", "foreign_currency"),
        ("500万美元", "currency_mismatch"),
        (True, "not_an_amount"),
        (dt.date(2026, 1, 1), "not_an_amount"),
        (float("nan"), "cell_error"),
        (1e30, "amount_too_large"),
    ],
)
def test_what_is_not_one_figure_is_refused(value: Any, reason: str) -> None:
    assert code(value) == reason
    assert cny(value) is None


@pytest.mark.parametrize(
    "text",
    ["12000万元（含土地款）", "1.2亿元（一期5000万元）", "1.2亿元，其中一期5000万元", "1.2亿元\n(其中：固投0.8亿元)"],
)
def test_what_a_note_calls_a_part_is_no_second_amount(text: str) -> None:
    parsed = parse_amount(text, column_unit=WAN)
    assert (parsed.cny, parsed.has_note, parsed.reason) == (120_000_000, True, None)


@pytest.mark.parametrize(
    "text", ["1.2亿元（一期）", "1.2亿元（原3亿元）", "1.2亿元（一期3亿元）", "1.2亿元（增资5000万元）"]
)
def test_a_note_that_may_change_the_amount_refuses_it(text: str) -> None:
    assert code(text) in ("amount_with_text", "two_amounts")


@pytest.mark.parametrize("text", ["5000①", "5000.", "5000²"])
def test_marks_of_footnotes_and_full_stops_are_no_digits(text: str) -> None:
    assert cny(text, WAN) == 50_000_000


@pytest.mark.parametrize("text", ["-", "—", "/", " ", "", "无", "暂无", "待定", "——", "N/A", None])
def test_placeholders_are_empty_not_zero(text: Any) -> None:
    assert parse_amount(text, column_unit=WAN) == ParsedAmount()


def test_the_unit_nearest_to_the_figure_wins() -> None:
    assert parse_amount("1亿元", column_unit=WAN, unit_basis="leaf").unit_basis == "cell"
    assert parse_amount("100", column_unit=WAN, unit_basis="group").unit_basis == "group"


def test_without_any_unit_only_zero_is_known() -> None:
    assert code("100", None) == "unit_unknown"
    assert cny("0", None) == 0
    assert cny("5000万", None) == 50_000_000


def test_two_currencies_go_to_their_own_fields() -> None:
    both = parse_amount("12000万元、500万美元", column_unit=WAN)
    assert (both.cny, both.usd) == (120_000_000, 5_000_000)
    assert parse_amount("500", column_unit=WAN_USD, currency="USD").usd == 5_000_000
    assert code("500", None, currency="USD") == "unit_unknown"
    assert code("100", None, other_units=(WAN, WAN_USD)) == "unit_ambiguous"


def test_other_currencies_need_a_configured_rate() -> None:
    rates = {"HKD": Decimal("0.92")}
    parsed = parse_amount("500万港元", column_unit=WAN, yuan_per=rates)
    assert (parsed.cny, parsed.is_approximate) == (4_600_000, True)


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.text(max_size=20),
    st.text(alphabet="0123456789.,-()约超近余多左右以上万亿千百元美港人民币一二三十两点零%#/、至~ ", max_size=12),
)


@given(CELLS, st.sampled_from([None, WAN, YI, WAN_USD]), st.sampled_from(["CNY", "USD"]))
def test_no_cell_raises_and_none_is_dropped_silently(value: Any, unit: Unit | None, currency: str) -> None:
    parsed = parse_amount(value, column_unit=unit, currency=currency)
    own = parsed.cny if currency == "CNY" else parsed.usd
    assert parsed.reason is None or own is None
    if own is not None:
        assert own == own.quantize(Decimal("0.01"))


@given(st.decimals(min_value=0, max_value=99_999, places=4), st.sampled_from([YUAN, WAN, YI]))
def test_a_printed_figure_reads_back_to_the_yuan(value: Decimal, unit: Unit) -> None:
    expected = (value * unit.multiplier).quantize(Decimal("0.01"))
    assert cny(f"{value}{unit.text}", None) == expected
    assert cny(f"{value:,}", unit) == expected
    assert cny(float(value), unit) == expected


@given(st.integers(min_value=1, max_value=9_999))
def test_chinese_numerals_read_back(number: int) -> None:
    digits, marks = "零一二三四五六七八九", ["千", "百", "十", ""]
    text, pending_zero = "", False
    for digit, mark in zip(f"{number:04d}", marks, strict=True):
        if digit == "0":
            pending_zero = bool(text)
        else:
            text += ("零" if pending_zero else "") + digits[int(digit)] + mark
            pending_zero = False
    assert chinese_number(text) == number


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("单位：万元", ["万元"]),
        ("金额单位：亿元、万美元", ["亿元", "万美元"]),
        ("填报单位：某局 单位：万元", ["万元"]),
        ("总投资（万元）", ["万元"]),
        ("投资额(亿)", ["亿"]),
        ("(内资-亿元)/(外资-万美元)", ["亿元", "万美元"]),
        ("单位：内资：万元；外资：万美元", ["万元", "万美元"]),
        ("金额单位：内资为亿元、外资为万美元", ["亿元", "万美元"]),
        ("单位：内资万元，外资万美元", ["万元", "万美元"]),
        ("内资：万元；外资：万美元", ["万元", "万美元"]),
        ("填报单位：外资科 单位：万元", ["万元"]),
        ("外资万美元", []),
        ("引进内资亿元以上、外资千万美元以上项目", []),
        ("亿元以上项目表", []),
        ("责任单位", []),
        ("总投资（人民币）", []),
    ],
)
def test_units_stated_in_titles_and_headers(text: str, units: list[str]) -> None:
    assert [unit.text for unit in unit_in_text(text)] == units


def test_dollars_that_no_project_could_cost_in_the_columns_unit_are_whole_dollars() -> None:
    def usd(text: str) -> Decimal | None:
        return parse_amount(text, column_unit=WAN_USD, unit_basis="leaf", currency="USD").usd

    assert usd("US$3,000,000") == 3_000_000
    assert usd("US$500,000") is None
