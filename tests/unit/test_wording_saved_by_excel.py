"""A wording file saved by a spreadsheet: its byte order mark is no column, another encoding is named with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.wording_file import WordingError, read_rows
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
