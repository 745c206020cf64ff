"""Whatever the text, the reader neither raises nor invents: facts are quoted from it and the same every time."""

from __future__ import annotations

import cProfile
import pstats
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.news.figures import ArticleText, explain_facts
from ingest.news.news_output import article_line

_PIECES = [
    "全市", "我县", "西平县", "河南省", "盆尧镇", "经开区", "今年以来", "截至9月底", "1—9月", "上半年", "前三季度", "11月19日",
    "去年", "本月", "近年来", "签约", "落地", "开工", "投产", "在谈", "储备", "项目", "企业", "客商", "到位资金", "外资", "总投资",
    "合同金额", "完成", "目标任务", "力争", "同比增长", "下降", "居全省第二位", "其中", "分别为", "和", "、", "，", "。", "；",
    "：", "（", "）", "“", "”", "的", "亿元以上", "10亿元", "36个", "23次", "1-2个", "95%", "三成", "一", "两个",
    "百亿元", "0", "12", "3.5", "亿", "万美元", "%", "\n", "\ufffd", "??", "xx", "**", "項目", "億元",
    "(wàn)", "①", "㎡", "二〇二二年", "99999999999999999999个",
]  # fmt: skip
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=40).map("".join) | st.text(max_size=80)
_DATES = st.none() | st.dates(date(1990, 1, 1), date(2035, 12, 31))


@settings(max_examples=300, deadline=None)
@given(title=_TEXTS, text=_TEXTS, published=_DATES)
def test_any_text_is_read_and_quoted(title: str, text: str, published: date | None) -> None:
    article = ArticleText("a", title, text, published)
    facts, trace = explain_facts(article)
    again, _ = explain_facts(article)
    assert article_line("a", facts) == article_line("a", again)
    for fact in facts:
        start, end = fact.evidence_span
        assert fact.evidence == text[start:end].strip()
        assert fact.kind == "project" or text[slice(*fact.span)] == fact.value_raw
        assert start <= fact.span[0] <= fact.span[1] <= end
    assert all(0 <= step.span[0] <= step.span[1] <= len(text) for step in trace.steps)


def _calls(text: str) -> int:
    """How many calls reading a text takes: work, whatever the machine is doing besides."""
    profile = cProfile.Profile()
    profile.runcall(explain_facts, ArticleText("a", "集中签约", text, date(2022, 7, 12)))
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


@pytest.mark.parametrize("join", ["；", "，", "、", "。", "\n", "（"])
def test_work_grows_with_the_length_of_a_text_also_where_no_sentence_ends(join: str) -> None:
    items = [f"西平县签约项目{number}个，总投资{number}亿元" for number in range(1, 1201)]
    _calls("热身")
    once, fourfold = _calls(join.join(items[:300])), _calls(join.join(items))
    assert fourfold < 5 * once


def test_a_list_longer_than_any_sentence_loses_no_project() -> None:
    items = [f"由{number}号科技有限公司投资{number}亿元建设的新能源电池{number}号项目" for number in range(1, 301)]
    text = "6月5日，西平县举行集中签约仪式。签约的项目有：" + "；".join(items) + "。"
    facts, _ = explain_facts(ArticleText("a", "集中签约", text, date(2022, 7, 12)))
    projects = [fact for fact in facts if fact.kind == "project"]
    assert [fact.project_name for fact in projects] == [f"新能源电池{number}号项目" for number in range(1, 301)]
    assert {fact.event for fact in projects} == {"signed"}
    for number, fact in enumerate(projects, start=1):
        assert fact.value in (None, number * 100_000_000)
