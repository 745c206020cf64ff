"""The numbers before headings: their dress, and which one they are."""

from __future__ import annotations

import pytest

from ingest.rows.heading_numbers import heading_number


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("一、签约项目", "二、在建项目"),
        ("（九）龙泉镇", "（十）石门乡"),
        ("十九、甲", "二十、乙"),
        ("1.柳林镇", "2.龙泉镇"),
        ("（1）柳林镇", "（2）龙泉镇"),
        ("III、现代农业", "IV、装备制造"),
        ("A、在建项目", "B、投产项目"),
        ("甲、柳林镇", "乙、龙泉镇"),
        ("壹、柳林镇", "贰、龙泉镇"),
        ("①柳林镇", "②龙泉镇"),
        ("第一类：工业", "第二类：农业"),
        ("一 工业项目", "二 农业项目"),
        ("甲 柳林镇", "乙 龙泉镇"),
        ("I 柳林镇", "II 龙泉镇"),
    ],
)
def test_headings_of_one_run_differ_in_the_number_alone(first: str, second: str) -> None:
    one, two = heading_number(first), heading_number(second)
    assert one is not None
    assert two == one._replace(number=one.number + 1)


def test_another_dress_is_another_run() -> None:
    texts = [
        "一、甲",
        "（一）甲",
        "1、甲",
        "1.甲",
        "（1）甲",
        "1）甲",
        "I、甲",
        "A、甲",
        "甲、甲",
        "壹、甲",
        "①甲",
        "第一类甲",
        "一 甲",
    ]
    dresses = [number.dress for text in texts if (number := heading_number(text)) is not None]
    assert len(set(dresses)) == len(texts)


@pytest.mark.parametrize(
    "text", ["柳林镇", "", "1.5亿元以上项目", "三一重工配套产业园", "第一纺织产业园", "一二三、甲"]
)
def test_a_name_that_begins_like_a_number_has_none(text: str) -> None:
    assert heading_number(text) is None
