"""Regions by code and name, with their history."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.gazetteer import COLUMNS, gazetteer, read_regions


def test_every_region_in_force_has_one_name_and_a_parent_in_force() -> None:
    book = gazetteer()
    current = [region for region in book.regions if region.is_current]
    assert len({region.code for region in current}) == len(current)
    for region in current:
        parent = book.parent(region)
        assert (region.level == "province") == (parent is None)
        assert parent is None or parent.is_current


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("西平县", "河南省驻马店市西平县"),
        ("巴南区", "重庆市巴南区"),
        ("天门市", "湖北省天门市"),
        ("石河子市", "新疆维吾尔自治区石河子市"),
        ("阿拉善盟", "内蒙古自治区阿拉善盟"),
    ],
)
def test_full_names_follow_the_lineage(name: str, full: str) -> None:
    book = gazetteer()
    assert book.full_name(book.named(name)[0]) == full


def test_a_code_means_what_it_meant_that_day() -> None:
    book = gazetteer()
    before, today = book.get("420600", date(2008, 1, 1)), book.get("420600")
    assert before is not None
    assert today is not None
    assert (before.name, today.name) == ("襄樊市", "襄阳市")


def test_successors_lead_to_today() -> None:
    book = gazetteer()
    former = next(region for region in book.named("驻马店地区"))
    successor = book.successor(former)
    assert successor is not None
    assert (successor.code, successor.name) == ("411700", "驻马店市")


def test_mentions_are_longest_first_and_know_short_and_former_names() -> None:
    found = gazetteer().mentions("恩施州与张家口市宣化县、襄樊市、东乡县")
    assert [mention.text for mention in found] == ["恩施州", "张家口市", "宣化县", "襄樊市", "东乡县"]
    assert found[-1].regions[0].name == "东乡族自治县"


def test_a_broken_row_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "regions.csv"
    path.write_text(
        ",".join(COLUMNS) + "\n110000,北京市,北京,province,,,,\n1101,东城区,东城,county,110000,,,\n", "utf-8"
    )
    with pytest.raises(ValueError, match="第3行"):
        read_regions(path)


def test_an_unknown_parent_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "regions.csv"
    path.write_text(",".join(COLUMNS) + "\n110101,东城区,东城,county,110000,,,\n", "utf-8")
    with pytest.raises(ValueError, match="110000"):
        read_regions(path)
