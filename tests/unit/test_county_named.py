"""A ledger whose titles name another county than its folder is told to people."""

from __future__ import annotations

import pytest

from ingest.ledgers.county_named import MARK, other_county
from ingest.ledgers.ledger import read_ledger
from ingest.ledgers.ledger_source import LedgerSource

WUYANG = "411121"


@pytest.mark.parametrize(
    "texts",
    [
        ["临颍县2026年9月招商引资项目台账"],
        ["附件1：河南省漯河市临颍县招商引资项目台账"],
        ["招商引资项目台账", "填报单位：临颍县商务局"],
        ["2026年第三季度临颍县重点项目"],
    ],
)
def test_a_title_that_begins_with_another_county_is_told(texts: list[str]) -> None:
    said = other_county(texts, WUYANG)
    assert said is not None
    assert said.startswith(f"{MARK}临颍县（411122），却放在舞阳县（411121）")


@pytest.mark.parametrize(
    "texts",
    [
        ["招商引资项目台账"],
        ["舞阳县与临颍县共建园区项目台账"],
        ["临颍县台账", "填报单位：舞阳商务局"],
        ["赴昆山市招商项目台账"],
        ["昆山市企业投资项目台账"],
        ["临颍县台账", "西平县台账"],
        ["漯河市招商引资项目台账"],
        ["鼓楼区招商引资项目台账"],
    ],
)
def test_other_names_of_places_say_nothing(texts: list[str]) -> None:
    assert other_county(texts, WUYANG) is None


@pytest.mark.parametrize(
    ("code", "title"), [("411003", "许昌县招商台账"), ("411023", "建安区招商台账"), (None, "临颍县台账")]
)
def test_a_county_may_be_called_by_its_other_name(code: str | None, title: str) -> None:
    assert other_county([title], code) is None


def test_a_reading_remarks_it() -> None:
    ledger = "临颍县2026年9月招商引资项目台账\n序号,项目名称,总投资（万元）\n1,甲厂项目,300\n".encode()
    here, there = (read_ledger(ledger, "台账.csv", LedgerSource(county_code=code)) for code in (WUYANG, "411122"))
    assert [remark[: len(MARK)] for remark in here.remarks] == [MARK]
    assert there.remarks == []
