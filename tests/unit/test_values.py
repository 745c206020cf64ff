"""Stages, shares, numbers, plain text and personal data."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from ingest.values.cell_values import (
    clean_text,
    contains_personal_data,
    is_phone,
    mask_personal_data,
    parse_number,
    parse_rate,
    parse_stage,
    rate_scale,
)
from ingest.values.units import parse_unit
from tests.unit.test_amounts import CELLS


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("谋划", "lead"),
        ("1接洽中", "lead"),
        ("2已本地考察", "talks"),
        ("在谈", "talks"),
        ("拟签约", "talks"),
        ("5签约", "signed"),
        ("③签约", "signed"),
        ("已签约未开工", "signed"),
        ("签约未落地", "signed"),
        ("履约", "performed"),
        ("已开工（建安类）", "started"),
        ("在建", "started"),
        ("已开工，未投产", "started"),
        ("主体施工", "started"),
        ("停工", "started"),
        ("完工", "completed"),
        ("试生产", "completed"),
        ("项目已竣工投产", "in_production"),
        ("达产", "in_production"),
        ("退库", "terminated"),
        ("终止合同", "terminated"),
        ("已开工，预计2026年底投产", "started"),
    ],
)
def test_stage_words(text: str, stage: str) -> None:
    parsed = parse_stage(text)
    assert (parsed.stage, parsed.reason) == (stage, None)


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("未开工", "started"),
        ("拟开工", "started"),
        ("即将开工", "started"),
        ("尚未投产", "in_production"),
        ("未签约", "signed"),
        ("前期手续办理中", "started"),
    ],
)
def test_negated_and_planned_words_say_only_what_is_not_reached(text: str, before: str) -> None:
    parsed = parse_stage(text)
    assert (parsed.stage, parsed.before, parsed.reason) == (None, before, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("审核通过", "stage_workflow"),
        ("一期投产二期在建", "stage_unclear"),
        ("签约、开工", "two_stages"),
        ("甲乙丙", "stage_unknown"),
        (3, "stage_unknown"),
    ],
)
def test_what_is_no_stage_is_refused_and_kept_raw(text: Any, code: str) -> None:
    parsed = parse_stage(text)
    assert parsed.reason is not None
    assert (parsed.stage, parsed.reason.code, parsed.raw) == (None, code, str(text))


@pytest.mark.parametrize(
    ("value", "share"),
    [
        ("12.3%", 0.123),
        (0.123, 0.123),
        ("百分之三十", 0.3),
        (70, 0.7),
        ("三成", 0.3),
        ("三成五", 0.35),
        ("80％", 0.8),
        ("-8.92%", -0.0892),
    ],
)
def test_shares(value: Any, share: float) -> None:
    assert parse_rate(value).value == pytest.approx(share, abs=1e-12)


def test_a_number_between_one_and_two_needs_the_column() -> None:
    reason = parse_rate(1.2).reason
    assert reason is not None
    assert reason.code == "rate_ambiguous"
    assert parse_rate(1.2, scale=rate_scale([0.5, 88, 1.2])).value == pytest.approx(0.012)
    assert rate_scale([0.5, 1.0]) == "fraction"
    assert rate_scale([]) is None


def test_numbers_with_their_own_unit() -> None:
    assert parse_number("12个", column_unit=parse_unit("个")).value == 12
    assert parse_number("1,234").value == 1234
    assert parse_number("三").value == 3
    assert parse_number("12亩", column_unit=parse_unit("个")).reason is not None
    assert parse_number(2.5, column_unit=parse_unit("万亩")).value == Decimal(25000)


def test_plain_text_loses_line_breaks_and_keeps_words_apart() -> None:
    assert clean_text(" 某某 产业园\n二期 ") == "某某产业园二期"
    assert clean_text("ABC New Energy") == "ABC New Energy"
    assert clean_text("县\x00工信局\x7f") == "县工信局"
    assert clean_text(12.0) == "12"
    assert clean_text("—") is None


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("13812340001", "138****0001"),
        ("+86 138 1234 0001", "138****0001"),
        ("联系人 0393-4812345", "联系人 039****345"),
        ("410928199001011234", "410*************34"),
    ],
)
def test_personal_numbers_are_masked(text: str, masked: str) -> None:
    assert contains_personal_data(text)
    assert mask_personal_data(text) == masked
    assert not contains_personal_data(masked)


@pytest.mark.parametrize(
    "text", ["914109283267890123", "2020-410900-35-03-012345", "12345", "2022.1.21", "5633590000.00"]
)
def test_codes_and_figures_are_not_personal(text: str) -> None:
    assert not contains_personal_data(text)
    assert mask_personal_data(text) == text


def test_phones() -> None:
    assert is_phone("13812340001、13912340002")
    assert not is_phone("张三 13812340001")


@given(CELLS)
def test_no_cell_raises(value: Any) -> None:
    parse_rate(value)
    parse_rate(value, scale="percent")
    parse_number(value, column_unit=parse_unit("个"))
    parse_stage(value)
    clean_text(value)
    rate_scale([value])
    if isinstance(value, str):
        assert not contains_personal_data(mask_personal_data(value))
