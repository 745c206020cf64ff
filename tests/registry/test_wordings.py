"""The wording files: strict, without clashes, nothing dead in them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

import ingest
from ingest import wording_registry
from ingest.columns import neighbour_words
from ingest.columns.column_meaning import HeaderContext
from ingest.columns.neighbour_words import WORDS, says
from ingest.fields import fields
from ingest.headers.header_column import interpret_column
from ingest.headers.header_lookup import keyed_header_wordings, literal_header_wordings
from ingest.headers.header_text import head_key, plain_key
from ingest.headers.header_upkeep import dead_wordings, wording_csv_line
from ingest.values.reasons import reason
from ingest.values.stages import parse_stage
from ingest.wording_file import Row, WordingError, read_rows
from ingest.wording_registry import (
    WORDING,
    expand,
    header_rules,
    header_wordings,
    header_words,
    reason_texts,
    stage_words,
    summary_indicators,
    summary_words,
)


def _file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "headers.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("pattern,colour\na,b\n", 1),
        ("pattern,field\na\n", 2),
        ("pattern,field\na,b,c\n", 2),
        ("pattern,field\nok,x\n,b\n", 3),
        ("pattern,field\n a,b\n", 2),
    ],
)
def test_a_file_with_a_fault_is_refused_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(WordingError) as caught:
        list(read_rows(_file(tmp_path, text), ("pattern", "field")))
    assert caught.value.line == line
    assert "headers.csv" in str(caught.value)


def test_patterns_stand_for_their_wordings() -> None:
    row = Row("headers.csv", 2, {"pattern": "{项目|}{计划|{预计|拟}}投资{额|}"})
    assert expand(row, "pattern") == [
        f"{head}{plan}投资{tail}" for head in ("项目", "") for plan in ("计划", "预计", "拟") for tail in ("额", "")
    ]


@pytest.mark.parametrize("pattern", ["{a|b", "a}b", "<没有的槽位>名称", "".join(["{a|b|c|d|e}"] * 8)])
def test_bad_patterns_are_refused(pattern: str) -> None:
    with pytest.raises(WordingError):
        expand(Row("headers.csv", 7, {"pattern": pattern}), "pattern")


def test_one_wording_for_two_fields_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("headers.csv", "header_slots.csv"):
        (tmp_path / name).write_bytes((WORDING / name).read_bytes())
    with (tmp_path / "headers.csv").open("a", encoding="utf-8") as handle:
        handle.write("项目 名称,remark,,,\n")
    monkeypatch.setattr(wording_registry, "WORDING", tmp_path)
    header_wordings.cache_clear()
    try:
        with pytest.raises(WordingError, match="remark"):
            keyed_header_wordings.__wrapped__()
    finally:
        header_wordings.cache_clear()


def test_every_wording_is_in_normal_form() -> None:
    odd = {w.text for w in header_wordings() if plain_key(w.text) != head_key(w.text)}
    assert odd == set()
    assert all(unicodedata.is_normalized("NFC", word) for word in header_words())


def test_every_canonical_field_can_be_reached() -> None:
    by_wording = {wording.field for wording in header_wordings() if wording.kind == "project"}
    by_rule = {name for rule in header_rules() for name in rule.field.split("..")}
    families = {"funds_arrived", "investment_done"} & by_rule
    missing = {
        name
        for name in fields()
        if name not in by_wording | by_rule and not name.startswith(tuple(families)) and name != "stage_raw"
    }
    assert missing == set()


def test_no_word_of_the_grammar_is_dead() -> None:
    """Every feature is used by a rule, an indicator, or keeps a header from being taken for something else."""
    used = frozenset().union(*(rule.needs | rule.allows for rule in header_rules()))
    used |= frozenset().union(*(row.needs for row in summary_indicators()))
    unused = {word for word, said in header_words().items() if not said}
    assert unused == set()
    assert used <= frozenset().union(*summary_words().values())


def test_every_set_of_neighbour_words_is_asked_for_by_a_rule() -> None:
    package = Path(ingest.__file__).parent
    rules = [path for path in package.rglob("*.py") if path.stem != "neighbour_words"]
    code = "".join(path.read_text(encoding="utf-8") for path in rules)
    assert {words for words in WORDS if f'"{words}"' not in code} == set()


@pytest.mark.parametrize(
    ("words", "text", "is_said"),
    [
        ("company", "企业名称", True),
        ("company", "企业名称变更", False),
        ("host", "接待领导", True),
        ("host", "企业接待人员", False),
        ("position", "随行人员职务", True),
        ("position", "职务变动", False),
        ("outcome", "洽谈成果（简述）", True),
        ("reception", "接待时间", True),
        ("reception", "企业接待时间", False),
    ],
)
def test_neighbour_words_stand_where_the_file_says(words: str, text: str, *, is_said: bool) -> None:
    assert says(words, text) is is_said


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("compny,exact,企业,,", 2),
        ("company,fuzzy,企业,,", 2),
        ("company,exact,{企业,,", 2),
        ("company,exact,企业,,", 1),
    ],
)
def test_neighbour_words_with_a_fault_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str, line: int
) -> None:
    """An unknown set, an unknown place, a broken pattern; and sets that have no row at all."""
    (tmp_path / "neighbour_words.csv").write_text(f"words,match,pattern,not_beside,note\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(neighbour_words, "WORDING", tmp_path)
    with pytest.raises(WordingError) as refused:
        neighbour_words._sources.__wrapped__()
    assert refused.value.line == line


def test_every_reason_speaks_both_languages() -> None:
    for code, (chinese, english) in reason_texts().items():
        assert any("一" <= char <= "鿿" for char in chinese), code
        assert english.isascii() or "年" in english or "–" in english, code
        assert reason(code).message == f"{chinese} {english}"


def test_stage_words_read_as_they_say() -> None:
    wrong = [
        (word.word, word.stage, parse_stage(word.word, word.county_code or None))
        for word in stage_words()
        if word.role == "reached" and parse_stage(word.word, word.county_code or None).stage != word.stage
    ]
    assert wrong == []


def test_every_spelled_out_wording_is_read_as_its_field() -> None:
    context = HeaderContext(report_year=2026)
    sample = [wording for wording in header_wordings() if wording.kind == "project"][::37]
    wrong = [
        (w.text, w.field, m.field)
        for w in sample
        if (m := interpret_column((w.text,), context=context)).field != w.field
    ]
    assert wrong == []


def test_rows_that_no_header_uses_can_be_listed() -> None:
    seen = ["项目名称", "项目基本情况 > 投资方"]
    everything = dead_wordings([])
    unused = dead_wordings(seen)
    assert {field for _, field in set(everything) - set(unused)} == {"project_name", "investor_name"}


@pytest.mark.parametrize("county", ["410928", None])
@pytest.mark.parametrize(
    ("header", "kind", "field"),
    [
        ("立项联审意见", "project", "remark"),
        ("客商 > 联络官", "project", "remark"),
        ("项目基本情况 > 立项联审意见（市级）", "project", "remark"),
        ("责任部门/联系人", "project", "responsible_unit"),
        ("责任部门/联系人", "project", "responsible_person"),
        ("责任部门/联系人", "problem", "owner_unit"),
        ("联审, 意见", "project", "remark"),
        ("联 审\n意见", "project", "remark"),
        ("联审“意见”", "project", "remark"),
        ("联审意见（同意、不同意）", "project", "remark"),
        ("联审意见（同意/{不同意}）", "project", "remark"),
        ("联审<意见>|结论", "project", "remark"),
        ("联审（市级）意见", "outreach", "result_note"),
        ("联审额（万元）", "problem", "amount_cny"),
    ],
)
def test_the_line_to_add_maps_the_header(
    header: str, kind: str, field: str, county: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = HeaderContext(county_code=county, kind=kind)
    path = tuple(header.split(" > "))
    assert interpret_column(path, context=context).field is None
    offered = wording_csv_line(header, county, kind)
    assert offered is not None
    line = offered.replace("?", field)
    for name in ("headers.csv", "header_slots.csv"):
        (tmp_path / name).write_bytes((WORDING / name).read_bytes())
    with (tmp_path / "headers.csv").open("a", encoding="utf-8") as handle:
        handle.write(f"{line}\n")
    monkeypatch.setattr(wording_registry, "WORDING", tmp_path)
    caches = (header_wordings, keyed_header_wordings, literal_header_wordings, interpret_column)
    try:
        for cached in caches:
            cached.cache_clear()
        assert interpret_column(path, context=context).field == field
        if county is not None:
            assert interpret_column(path, context=HeaderContext(county_code="410922", kind=kind)).field is None
    finally:
        for cached in caches:
            cached.cache_clear()
