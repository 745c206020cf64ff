"""What a name or title says about replacing an earlier ledger."""

from __future__ import annotations

import pytest

from ingest.revision import revision_rank


@pytest.mark.parametrize(
    ("name", "rank"),
    [
        ("2026年3月招商引资台账.xlsx", 0),
        ("202603.xls", 0),
        ("附件1.2026年招商台账.xlsx", 0),
        ("修正药业产业园项目台账.xlsx", 0),
        ("城市更新项目台账.xlsx", 0),
        ("招商引资项目台账（2026年3月）", 0),
        ("台账v2.xlsx", 2),
        ("台账 V3.xlsx", 3),
        ("台账_ver2.csv", 2),
        ("台账（第二版）.xls", 2),
        ("台账(2).xlsx", 2),
        ("台账（２）.xlsx", 2),
        ("台账（定稿）.xlsx", 50),
        ("台账（更正）.xlsx", 100),
        ("台账-修订版.xlsx", 100),
        ("3月报表重报.xls", 100),
        ("3月台账二次报送.xlsx", 100),
        ("3月台账补正.xlsx", 100),
        ("ledger_2026-03-31_resent.xlsx", 100),
        ("2026-03-31_correction.xlsx", 100),
        ("台账202610-改.xlsx", 100),
        ("台账202610（改）.xlsx", 100),
        ("台账202610_改2.xlsx", 200),
        ("2026年技改台账-改造.xlsx", 0),
        ("台账（第二次更正）.xlsx", 200),
        ("台账更正2.xlsx", 200),
        ("台账更正(3).xlsx", 300),
        ("子目录2/台账.xlsx", 0),
        (None, 0),
        ("", 0),
    ],
)
def test_rank(name: str | None, rank: int) -> None:
    assert revision_rank(name) == rank


def test_a_correction_outranks_any_copy_and_a_later_one_the_earlier() -> None:
    ranks = [
        revision_rank(f"3月台账{suffix}") for suffix in ("", "(1)", "(2)", "（更正）", "（更正）v2", "（再次更正）")
    ]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


def test_a_month_after_the_word_is_no_count() -> None:
    assert revision_rank("更正2026年3月台账.xlsx") == 100
    assert revision_rank("更正3月台账.xlsx") == 100
