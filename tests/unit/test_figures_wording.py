"""The news wordings are data: strictly read, all of them in use, and refused with file and line where wrong."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import get_args

import pytest

import ingest.news.facts.wording as wording
from ingest.news.facts.model import Kind
from ingest.news.facts.spots import EVENT_INDICATORS, origins, terms
from ingest.news.facts.wording import Lexicon, WordingError, labels, read_units, words

FACTS = Path(wording.__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (wording.WORDING / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_every_word_list_and_kind_of_term_is_used_by_the_reader() -> None:
    code = "\n".join(path.read_text("utf-8") for path in FACTS.glob("*.py"))
    assert [row["name"] for row in rows("news_words.csv") if f'"{row["name"]}"' not in code] == []
    kinds = {row["kind"] for row in rows("news_terms.csv")}
    # These two only keep the words inside them from being taken for something else: 按计划, 省外资金.
    assert {kind for kind in kinds if f'"{kind}"' not in code} == {"plain", "funds_word"}


def test_every_event_has_indicators() -> None:
    meanings = {row["meaning"] for row in rows("news_terms.csv") if row["kind"] == "event"}
    assert meanings - {"never"} <= set(EVENT_INDICATORS)


def test_every_kind_indicator_and_event_has_a_chinese_label_and_no_label_is_dead() -> None:
    by_event = {name for pair in EVENT_INDICATORS.values() for name in pair}
    of_terms = {row["meaning"] for row in rows("news_terms.csv") if row["kind"] in {"rate", "funds", "trip"}} - {
        "never"
    }
    code = "\n".join(path.read_text("utf-8") for path in FACTS.glob("*.py"))
    assert by_event | of_terms | set(get_args(Kind)) <= set(labels())
    assert [name for name in labels() if name not in by_event | of_terms and f'"{name}"' not in code] == []


def test_words_are_leftmost_and_longest() -> None:
    marks = [(mark.kind, mark.meaning, mark.text) for mark in terms().marks("签约的项目履约率95%")]
    assert marks == [("event", "signed", "签约"), ("rate", "performance_rate", "项目履约率")]
    assert [(mark.kind, mark.meaning) for mark in origins().marks("市外省内")] == [("省内", "")]


@pytest.mark.parametrize("pattern", ["(", "a*", "(?=a)"])
def test_a_pattern_that_cannot_be_used_is_named(pattern: str) -> None:
    with pytest.raises(WordingError, match=r"news_terms\.csv 第7行"):
        Lexicon([("event", "signed", pattern, "news_terms.csv 第7行")])


def test_broken_files_are_refused_with_their_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "WORDING", tmp_path)
    read_units.cache_clear()
    words.cache_clear()
    try:
        (tmp_path / "news_units.csv").write_text("unit,family,value,note\n元,CNY,1,\n元,CNY,1,\n", "utf-8")
        with pytest.raises(WordingError, match="第3行"):
            read_units()
        (tmp_path / "news_words.csv").write_text("name,words,remark\n", "utf-8")
        with pytest.raises(WordingError, match="列名"):
            words("filler")
    finally:
        read_units.cache_clear()
        words.cache_clear()
