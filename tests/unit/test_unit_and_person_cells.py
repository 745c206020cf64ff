"""Columns of an office, a person and a telephone in one cell: told apart where the cells allow, whole in `extra` where not."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.formats.sheet import Sheet, Workbook
from ingest.ledgers.ledger import LedgerSource, read_workbook
from ingest.ledgers.ledger_types import LedgerRow

_: None = None


def rows(header: str, *cells: str, beside: tuple[str, ...] = ()) -> list[LedgerRow]:
    lines: list[list[Any]] = [["序号", "项目名称", "总投资（万元）", *beside, header]]
    lines += [
        [at, f"年产{at}万吨饲料项目", 1000 * at, *["内容"] * len(beside), cell]
        for at, cell in enumerate(cells, start=1)
    ]
    reading = read_workbook(Workbook("xlsx", [Sheet("Sheet1", lines)]), "台账.xlsx", LedgerSource("410922"), "0" * 64)
    return list(reading.rows)


@pytest.mark.parametrize(
    ("cell", "unit", "person"),
    [
        ("县商务局 王某某", "县商务局", "王某某"),
        ("县商务局\n王某某", "县商务局", "王某某"),
        ("县商务局（王某某）", "县商务局", "王某某"),
        ("县商务局：王某某", "县商务局", "王某某"),
        ("县商务局/王**", "县商务局", "王**"),
        ("县商务局王某某", "县商务局", "王某某"),
        ("柳林镇政府副镇长李某", "柳林镇政府", "副镇长李某"),
        ("县发改局、县住建局 张某、李某", "县发改局、县住建局", "张某、李某"),
        ("经开区管委会 张某某（副主任）", "经开区管委会", "张某某（副主任）"),
        ("县工信局 副局长 陈某", "县工信局", "副局长陈某"),
        ("县招商局 刘局长", "县招商局", "刘局长"),
        ("石桥镇 周某", "石桥镇", "周某"),
        ("县住建局王局长", "县住建局", "王局长"),
        ("县住建局——王某某", "县住建局", "王某某"),
        ("县商务局", "县商务局", _),
        ("欧阳某某", _, "欧阳某某"),
    ],
)
def test_an_office_and_a_person_are_told_apart(cell: str, unit: str | None, person: str | None) -> None:
    first, _other = rows("责任单位及责任人", cell, "县水利局 赵某某")
    assert first.fields.get("responsible_unit") == unit
    assert first.fields.get("responsible_person") == person
    assert first.raw["责任单位及责任人"] == cell
    assert "责任单位及责任人" not in first.extra


@pytest.mark.parametrize(
    "cell",
    [
        "县商务局 李镇",
        "县商务局 正在确定",
        "王某某 县商务局 李某某",
        "招商专员",
        "县商务局、王某某、县工信局、李某某",
        "待定人选",
    ],
)
def test_a_cell_in_doubt_stays_whole(cell: str) -> None:
    first, _other = rows("责任单位及责任人", cell, "县水利局 赵某某")
    assert first.fields.get("responsible_unit") is None
    assert first.fields.get("responsible_person") is None
    assert first.extra["责任单位及责任人"] == cell


def test_a_leader_and_a_telephone() -> None:
    first, second = rows("责任领导及电话", "王某某 138****0001", "县委副书记 李某\n0393-8812345")
    assert (first.fields["responsible_leader"], first.fields["contact_phone"]) == ("王某某", "138****0001")
    assert (second.fields["responsible_leader"], second.fields["contact_phone"]) == ("县委副书记李某", "0393-8812345")


def test_three_in_one() -> None:
    first, second = rows(
        "责任单位、责任人及联系电话", "县商务局 王某某 13800000001", "县水利局赵某某（电话：13800000002）"
    )
    names = ("responsible_unit", "responsible_person", "contact_phone")
    assert [first.fields.get(name) for name in names] == ["县商务局", "王某某", "13800000001"]
    assert [second.fields.get(name) for name in names] == ["县水利局", "赵某某", "13800000002"]


def test_a_contact_beside_the_office_is_its_own_and_elsewhere_only_the_telephone_is_read() -> None:
    first, _other = rows("联系人及电话", "王某某 13800000001", "赵某 13800000002", beside=("责任单位",))
    assert (first.fields["responsible_person"], first.fields["contact_phone"]) == ("王某某", "13800000001")
    first, _other = rows("联系人及电话", "王某某 13800000001", "赵某 13800000002", beside=("投资方",))
    assert first.fields.get("responsible_person") is None
    assert first.fields["contact_phone"] == "13800000001"
    assert first.extra["联系人及电话"] == "王某某 13800000001"


def test_what_another_column_says_is_not_said_twice() -> None:
    first, _other = rows("责任单位及责任人", "县商务局 王某某", "县水利局 赵某某", beside=("责任单位",))
    assert (first.fields["responsible_unit"], first.fields["responsible_person"]) == ("内容", "王某某")
    assert first.extra["责任单位及责任人"] == "县商务局 王某某"


def test_a_column_of_offices_only_is_their_column() -> None:
    first, second = rows("包联单位及领导", "县商务局", "县水利局")
    assert [row.fields.get("responsible_unit") for row in (first, second)] == ["县商务局", "县水利局"]


@pytest.mark.parametrize(
    "header", ["包保领导及单位", "责任领导及责任单位", "责任领导\n责任单位", "责任单位（责任领导）"]
)
@pytest.mark.parametrize("cell", ["张某某（县委副书记）县商务局", "张某某（县委副书记）/县商务局"])
def test_a_leader_and_an_office_in_any_order(header: str, cell: str) -> None:
    first, _other = rows(header, cell, "李某 县工信局")
    assert (first.fields["responsible_leader"], first.fields["responsible_unit"]) == (
        "张某某（县委副书记）",
        "县商务局",
    )


def test_the_contact_of_whoever_brought_a_project_is_not_who_answers_for_it() -> None:
    first, _other = rows("招商单位及联系人", "县商务局 王某", "县工信局 李某")
    assert first.fields["introducing_unit"] == "县商务局"
    assert first.fields.get("responsible_person") is None
    assert first.extra["招商单位及联系人"] == "县商务局 王某"
