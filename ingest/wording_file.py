"""One wording file read strictly: its bytes, its columns, its rows, each mistake named by file and line.

People edit these files in a spreadsheet. What one adds without a reader's doing (a byte order mark) is taken off; what
would change what is read (another encoding) is refused with what to do.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_COUNTY_CODE = re.compile(r"[1-9]\d{5}")


class WordingError(ValueError):
    """A wording file that must not be used: the message names file and line, in Chinese and English."""

    def __init__(self, file: str, line: int, chinese: str, english: str) -> None:
        super().__init__(f"{file} 第{line}行：{chinese}; line {line}: {english}")
        self.file = file
        self.line = line


@dataclass(frozen=True, slots=True)
class Row:
    """One data row of a wording file, with where it stands."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def refuse(self, chinese: str, english: str) -> WordingError:
        """The error to raise about this row."""
        return WordingError(self.file, self.line, chinese, english)

    def county(self, column: str = "county_code") -> str:
        """The cell, a six-digit county code or empty: with a digit lost it would never hold, and nobody would know."""
        value = self.cells[column]
        if value and not _COUNTY_CODE.fullmatch(value):
            raise self.refuse(
                f"{column} 的值「{value}」不是六位行政区划代码", f"{column} {value!r} is no six-digit county code"
            )
        return value

    def one_of(self, column: str, allowed: Collection[str]) -> str:
        """The cell, which must be one of `allowed`."""
        value = self.cells[column]
        if value not in allowed:
            listed = " ".join(sorted(allowed))
            raise self.refuse(
                f"{column} 的值「{value}」不认识，应为：{listed}", f"unknown {column} {value!r}, one of {listed}"
            )
        return value


def open_wording(path: Path) -> io.StringIO:
    """The text of a wording file, without a byte order mark.

    Raises:
        WordingError: it is not UTF-8; the message names the first such line.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise WordingError(
            path.name, 1, "没有这个文件，请从版本库恢复", "the file is not there: restore it from the repository"
        ) from None
    try:
        return io.StringIO(data.decode("utf-8-sig"), newline="")
    except UnicodeDecodeError as error:
        raise WordingError(
            path.name,
            data.count(b"\n", 0, error.start) + 1,
            "不是 UTF-8 编码（多半是用 Excel 存成了普通 CSV）；请另存为“CSV UTF-8（逗号分隔）”",
            "not UTF-8, most likely saved by Excel as plain CSV: save it again as “CSV UTF-8 (comma delimited)”",
        ) from None


def read_rows(path: Path, columns: tuple[str, ...], optional: frozenset[str] = frozenset()) -> Iterator[Row]:
    """Rows of one wording file, but for those that a spreadsheet leaves behind without anything in them.

    Args:
        path: the CSV file, UTF-8, with a header line.
        columns: exactly the columns it must have, in any order.
        optional: those of them whose cells may be empty.

    Raises:
        WordingError: columns differ, a row is ragged, a quote never closes, a required cell is empty or has outer spaces.
    """
    reader = csv.DictReader(open_wording(path), strict=True)
    if set(reader.fieldnames or ()) != set(columns):
        raise WordingError(path.name, 1, f"列应为 {','.join(columns)}", f"columns must be {','.join(columns)}")
    for line, record in _records(reader, path.name):
        row = Row(path.name, line, record)
        if not any(record.values()):
            continue
        if None in record or None in record.values():
            listed = ",".join(columns)
            raise row.refuse(
                f"列数不对，应为 {len(columns)} 列：{listed}",
                f"ragged row, {len(columns)} columns needed: {listed}",
            )
        for column in columns:
            if not record[column] and column not in optional:
                raise row.refuse(f"{column} 为空", f"{column} is empty")
            if record[column] != record[column].strip():
                raise row.refuse(f"{column} 首尾有空格", f"{column} has outer spaces")
        yield row


def _records(reader: csv.DictReader[str], file: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each record with the line it ends on."""
    while True:
        before = reader.line_num
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise WordingError(
                file,
                before + 1,
                "引号不成对，或引号前后还有别的字；有引号的格子整个括起来，里面的引号写两遍",
                f"a quote that never closes or stands within a cell: quote the whole cell, double the quotes in it ({error})",
            ) from None
        yield reader.line_num, record
