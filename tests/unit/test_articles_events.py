"""The same article on many sites is one event, whatever order its copies come in."""

from __future__ import annotations

import itertools
import random
import re

from ingest.news.near_duplicates import groups, likeness, sketch

WORDS = re.findall(
    r"\w+",
    "项目 资金 签约 开工 投产 招商 引资 产业 园区 企业 推进 落实 服务 机制 专班 发展 目标 任务 全县 全市 同比 增长 到位 亿元",
)


def text(seed: int, sentences: int = 12) -> str:
    rng = random.Random(seed)
    return "".join("".join(rng.choices(WORDS, k=9)) + f"{rng.randint(1, 999)}个。" for _ in range(sentences))


def test_reprints_are_one_event_and_others_are_not() -> None:
    original = text(1)
    reprint = "本报讯（记者）" + original.replace("全县", "我县", 2) + "（来源：某网）"
    shortened = original[: int(len(original) * 0.85)]
    found = groups({"b": sketch(original), "a": sketch(reprint), "d": sketch(shortened), "c": sketch(text(2))})
    assert found == {"a": "a", "b": "a", "d": "a", "c": "c"}


def test_script_width_and_blanks_do_not_count() -> None:
    assert (
        likeness(
            sketch("濮陽縣簽約項目１２個，總投資４２．６億元，其中億元以上項目五個。"),
            sketch("濮阳县签约项目 12个,总投资42.6亿元,其中亿元以上项目五个。"),
        )
        == 1.0
    )


def test_a_roundup_that_quotes_several_articles_does_not_join_them() -> None:
    parts = {str(seed): text(seed) for seed in range(1, 6)}
    sketches = {name: sketch(part) for name, part in parts.items()} | {"roundup": sketch("".join(parts.values()))}
    assert len(set(groups(sketches).values())) == 6


def test_the_order_of_arrival_does_not_matter() -> None:
    sketches = {str(n): sketch(text(n // 3) + ("" if n % 3 else "补充一句。")) for n in range(9)}
    expected = groups(sketches)
    for order in itertools.islice(itertools.permutations(sketches), 0, 300, 30):
        assert groups({name: sketches[name] for name in order}) == expected
    assert len(set(expected.values())) == 3


def test_likeness_is_near_the_true_share() -> None:
    one, other = text(1, 40), text(2, 40)
    half = one[: len(one) // 2] + other[len(other) // 2 :]
    assert abs(likeness(sketch(one), sketch(half)) - 1 / 3) < 0.15
    assert likeness(sketch(one), sketch(other)) < 0.1
    assert likeness((), ()) == 0.0
