"""One wording file read strictly: its bytes, its columns, its rows, each mistake named by file and line.

People edit these files in a spreadsheet. What one adds without a reader's doing (a byte order mark) is taken off; what
would change what is read (another encoding) is refused with what to do.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path


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
    data = path.read_bytes()
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
    """Rows of one wording file.

    Args:
        path: the CSV file, UTF-8, with a header line.
        columns: exactly the columns it must have, in any order.
        optional: those of them whose cells may be empty.

    Raises:
        WordingError: columns differ, a row is ragged, a required cell is empty or has outer spaces.
    """
    reader = csv.DictReader(open_wording(path), strict=True)
    if set(reader.fieldnames or ()) != set(columns):
        raise WordingError(path.name, 1, f"列应为 {','.join(columns)}", f"columns must be {','.join(columns)}")
    for record in reader:
        row = Row(path.name, reader.line_num, record)
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
