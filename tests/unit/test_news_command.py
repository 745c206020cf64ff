"""`luodi news read`: every input it takes, and what it says."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from luodi.news_command import app

TEXT = "上半年，西平县签约项目36个，总投资85亿元。全县生产总值301亿元。"


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["read", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_records_give_one_line_each_under_their_own_id(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    records = [
        {"id": "n-1", "url": "", "title": "西平县招商", "published": "2022-07-12", "text": TEXT},
        {"id": "n-2", "url": "", "title": "无数字", "published": None, "text": "全县招商氛围浓厚。"},
    ]
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
    code, out, _ = run(str(path), "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [line["id"] for line in lines] == ["n-1", "n-2"]
    assert [(fact["indicator"], fact["value"]) for fact in lines[0]["facts"]] == [
        ("signed_projects", 36),
        ("signed_amount", 8500000000),
    ]
    assert lines[0]["facts"][0]["period_end"] == "2022-06-30"
    assert lines[1]["facts"] == []


def test_pages_and_texts_are_read_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"西平县招商\n{TEXT}\n", "utf-8")
    (tmp_path / "b.html").write_text(
        f"<html><head><title>西平县招商</title></head><body><h1>西平县招商</h1><p>{TEXT}</p></body></html>", "utf-8"
    )
    code, out, _ = run(str(tmp_path), "--json")
    assert code == 0
    assert [len(json.loads(line)["facts"]) for line in out.splitlines()] == [2, 2]


def test_explain_gives_each_match_and_each_refusal_with_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    _, out, _ = run(str(path), "--explain")
    assert "36个" in out
    assert "figure not collected: 生产总值" in out


def test_people_read_kinds_and_indicators_in_chinese_too(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    said = "".join(run(str(path), "--explain")[1].split())
    assert "实绩aggregate签约项目数signed_projects·36（36个）" in said
    assert "实绩aggregate签约金额signed_amount·8,500,000,000元CNY（85亿元）" in said
    assert "✓36个实绩aggregate签约项目数signed_projects" in said


def test_a_broken_record_is_named_and_stops_nothing(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text('{"id": "n-1", "text": "上半年，西平县签约项目36个。"}\n{"id": \n[1]\n', "utf-8")
    code, out, err = run(str(path), "--json")
    assert code == 2
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["n-1"]
    assert "第2行" in err.replace("\n", "")
    assert "第3行" in err.replace("\n", "")


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_bytes(bytes(range(256)) * 20)
    code, out, err = run(str(path), "--json")
    assert (code, out) == (2, "")
    assert "不是网页或文本" in err.replace("\n", "")


def test_the_region_may_be_given(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text('{"id": "n-1", "text": "上半年，全县签约项目36个。"}', "utf-8")
    _, out, _ = run(str(path), "--json", "--region", "411721")
    assert json.loads(out)["facts"][0]["region"] == "河南省驻马店市西平县"


def test_half_a_character_in_one_record_costs_no_other_record(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    cut = '{"id":"cut","title":"西平县\\ud83d","text":"\\ud83d' + TEXT + '"}'
    path.write_text(cut + "\n" + json.dumps({"id": "whole", "text": TEXT}) + "\n", "utf-8")
    code, out, _ = run(str(path), "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [(line["id"], len(line["facts"])) for line in lines] == [("cut", 2), ("whole", 2)]


def test_a_path_that_is_not_there_is_named_and_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"西平县招商\n{TEXT}\n", "utf-8")
    code, out, told = run(str(tmp_path / "漏了.txt"), str(tmp_path / "a.txt"), "--json")
    assert code == 2
    assert len(out.splitlines()) == 1
    assert "漏了.txt: 没有这个文件" in told
