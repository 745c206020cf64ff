"""Text as people meant it, and the way back to what was printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.news.text_normal import normalise, pieces, simplify


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("調(diào)動(dòng)300萬(wàn)美元", "调动300万美元"),
        ("網(wǎng)絡安全、縣(xiàn)上要求", "网络安全、县上要求"),
        ("共签约３１８个，占５０％", "共签约318个，占50%"),
        ("到位资金247. 5亿元", "到位资金247.5亿元"),
        ("到位资金 247.5 亿元", "到位资金247.5亿元"),
        ("日前,,市商務局傳來喜訊,,", "日前，市商务局传来喜讯，"),
        ("“雙過半”,。目前", "“双过半”。目前"),
        ("总投资1,851.8亿元,增长2.65%", "总投资1,851.8亿元，增长2.65%"),
        ("1－9月", "1—9月"),
        ("一\r\n\r\n  二\n　　三", "一\n二\n三"),
        ("首页  新闻", "首页 新闻"),
        ("LED lamp", "LED lamp"),
        ("①签约3个", "①签约3个"),
        ("（IPO）企业", "（IPO）企业"),
    ],
)
def test_normalise_undoes_the_disguises_of_feeds(printed: str, meant: str) -> None:
    assert normalise(printed).text == meant


def test_two_numbers_apart_by_a_blank_stay_two() -> None:
    assert normalise("2013 318").text == "2013 318"


def test_a_simplified_name_written_with_a_traditional_looking_character_is_kept() -> None:
    assert simplify("乾县招商引资到位资金5亿元") == "乾县招商引资到位资金5亿元"


def test_lost_characters_are_marked_and_not_bridged() -> None:
    normal = normalise("招商引资工作活力??h上要求，到位\ufffd\ufffd亿元")
    assert [normal.text[start:end] for start, end in normal.losses] == ["??", "\ufffd\ufffd"]


def test_evidence_is_verbatim_of_the_original() -> None:
    printed = "今年以來,招引項(xiàng)目50個(gè)以上, 到位資金223. 5億元。"
    normal = normalise(printed)
    start = normal.text.index("223.5亿元")
    assert normal.verbatim(start, start + len("223.5亿元")) == "223. 5億元"


@given(st.text(alphabet=st.sampled_from("今年签約額１2.5 ,，(wàn)（）\n\r\t?？\ufffd-—乾縣億㎡①")))
def test_every_position_maps_back_in_order(printed: str) -> None:
    normal = normalise(printed)
    spans = [normal.original_span(at, at + 1) for at in range(len(normal.text))]
    assert all(0 <= start < end <= len(printed) for start, end in spans)
    assert spans == sorted(spans)


@given(st.text())
def test_any_text_is_normalised_and_its_pieces_cover_it(printed: str) -> None:
    normal = normalise(printed)
    assert normal.original == printed
    assert "".join(normal.text[start:end] for (start, end), _ in pieces(normal)) == normal.text
