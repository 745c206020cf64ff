"""A wording file saved by a spreadsheet: its byte order mark is no column, another encoding is named with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.wording_file import Row, WordingError, read_rows
from luodi.configuration_guard import _is_configuration_mistake

_COLUMNS = ("wording", "meaning")
_TEXT = "wording,meaning\r\nplain,one\r\n更正,two\r\n"


def _rows(path: Path) -> list[tuple[int, str, str]]:
    return [(row.line, row["wording"], row["meaning"]) for row in read_rows(path, _COLUMNS)]


def test_byte_order_mark_and_crlf_are_read_away(tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_bytes(_TEXT.encode("utf-8-sig"))
    assert _rows(path) == [(2, "plain", "one"), (3, "更正", "two")]


def test_gbk_is_refused_at_its_first_line_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_bytes(_TEXT.encode("gbk"))
    with pytest.raises(WordingError, match=r"words\.csv 第3行") as caught:
        _rows(path)
    assert "CSV UTF-8（逗号分隔）" in str(caught.value)
    assert "save it again as “CSV UTF-8 (comma delimited)”" in str(caught.value)
    assert _is_configuration_mistake(caught.value)


def test_rows_that_a_spreadsheet_leaves_empty_are_nothing(tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_text(_TEXT.replace("\r\n", "\n") + ",\n,\n修订,three\n", encoding="utf-8")
    assert _rows(path)[-1] == (6, "修订", "three")


@pytest.mark.parametrize("row", ['"修订,three', '"修订"版,three'])
def test_a_quote_that_does_not_pair_is_named_by_its_line(tmp_path: Path, row: str) -> None:
    path = tmp_path / "words.csv"
    path.write_text(f"wording,meaning\nplain,one\n{row}\n更正,two\n", encoding="utf-8")
    with pytest.raises(WordingError, match=r"words\.csv 第3行：引号"):
        _rows(path)


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(WordingError, match=r"words\.csv 第1行：没有这个文件"):
        _rows(tmp_path / "words.csv")


@pytest.mark.parametrize("code", ["41082", "41082.5", "4108250", "温县"])
def test_a_county_code_that_lost_a_digit_is_refused(code: str) -> None:
    row = Row("headers.csv", 930, {"county_code": code})
    with pytest.raises(WordingError, match=r"第930行.*六位"):
        row.county()
    assert [Row("headers.csv", 2, {"county_code": good}).county() for good in ("", "410825")] == ["", "410825"]
