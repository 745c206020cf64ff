"""What the text of a state says of a problem, a permit step or a promise."""

from __future__ import annotations

import pytest

from ingest.kinds.item_states import state_answered, state_said


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("已办结", "done"),
        ("超期", "open"),
        ("已逾期未办结", "open"),
        ("该问题已协调解决。", "done"),
        ("奖补资金已全额拨付到位", "done"),
        ("已批复（3月4日）", "done"),
        ("按期完成", "done"),
        ("整改完成", "done"),
        ("√", "done"),
        # A stage of it, or what is only meant, is not the whole.
        ("已完成勘界", None),
        ("预计9月底前完成", None),
        ("兑现中", "open"),
        ("部分兑现", "open"),
        ("已批复，后续手续正在办理", "open"),
        ("未办结", "open"),
        ("未受理", "not_accepted"),
        ("尚未办理", "not_accepted"),
        ("×", "not_accepted"),
        ("无法办理", "impossible"),
        ("政策调整，不予兑现", "impossible"),
        ("不涉及", "not_needed"),
        ("无需办理", "not_needed"),
        ("县商务局", None),
        ("", None),
        (None, None),
    ],
)
def test_only_words_that_say_outright_that_the_whole_is_done_count_as_done(
    status: str | None, said: str | None
) -> None:
    assert state_said(status) == said


@pytest.mark.parametrize(
    ("header", "status", "said"),
    [
        ("是否办结", "否", "open"),
        ("是否解决", "是", "done"),
        ("办理状态", "×", "open"),
        ("是否受理", "否", "not_accepted"),
        ("是否受理", "是", "open"),
        ("是否办结", "未受理", "not_accepted"),
        ("是否办结", "否，正在协调", "open"),
        ("是否办结", None, None),
    ],
)
def test_a_bare_no_says_what_its_header_asked(header: str, status: str | None, said: str | None) -> None:
    assert state_answered(status, header) == said
