"""Files that are no tables at all, told by their first bytes, so that the refusal can say what was sent."""

from __future__ import annotations

import re

from ingest.formats.encodings import sniff_encoding
from ingest.refused import not_a_table

_MARKS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "这是 PDF", "it is a PDF"),
    (b"\x89PNG", "这是图片", "it is a picture"),
    (b"\xff\xd8\xff", "这是图片", "it is a picture"),
    (b"GIF8", "这是图片", "it is a picture"),
    (b"II*\0", "这是图片", "it is a picture"),
    (b"MM\0*", "这是图片", "it is a picture"),
    (b"RIFF", "这是图片或音视频", "it is a picture, sound or film"),
    (b"Rar!", "这是 RAR 压缩包，请解压后报送其中的表格", "it is a RAR archive: unpack it and send the workbooks in it"),
    (b"7z\xbc\xaf\x27\x1c", "这是 7z 压缩包，请解压后报送其中的表格", "it is a 7z archive: unpack it first"),
    (b"\x1f\x8b", "这是 gzip 压缩包，请解压后报送", "it is a gzip archive: unpack it first"),
    (b"BZh", "这是 bzip2 压缩包，请解压后报送", "it is a bzip2 archive: unpack it first"),
    (b"\xfd7zXZ", "这是 xz 压缩包，请解压后报送", "it is an xz archive: unpack it first"),
    (b"{\\rtf", "这是 RTF 文档", "it is an RTF document"),
    (b"MZ", "这是程序", "it is a program"),
    (b"\x7fELF", "这是程序", "it is a program"),
    (b"SQLite format 3", "这是数据库文件", "it is a database"),
    (b"PAR1", "这是 Parquet 文件", "it is a Parquet file"),
    (b"\x09\x00\x04\x00", "这是 Excel 2 的文件", "it is an Excel 2 file"),
    (b"\x09\x02\x06\x00", "这是 Excel 3 的文件", "it is an Excel 3 file"),
    (b"\x09\x04\x06\x00", "这是 Excel 4 的文件", "it is an Excel 4 file"),
    (b"\x09\x08", "这是没有容器的旧 Excel 数据流", "it is a bare stream of an old Excel"),
)
_SYLK = re.compile(rb"ID;P[^\r\n]{0,200}(?:\r\n|\r|\n)[A-Z]{1,2};")
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1a\x1b\0")
_SAMPLE = 1 << 14


def refuse_foreign(data: bytes) -> None:
    """Refuse what is known to be something else, and bytes that are no text.

    Raises:
        Refused: `not_a_table`.
    """
    for mark, chinese, english in _MARKS:
        if data.startswith(mark) and not (mark.isalnum() and _is_text(data)):
            raise not_a_table(chinese, english)
    if _SYLK.match(data):
        raise not_a_table("这是 SYLK 文件", "it is a SYLK file")
    if not _is_text(data):
        raise not_a_table("是二进制数据，不是文本或工作簿", "binary data, neither text nor a workbook")


def _is_text(data: bytes) -> bool:
    """Few control characters, and zero bytes only where they make UTF-16 or UTF-32."""
    sample = data[:_SAMPLE]
    encoding, _ = sniff_encoding(sample)
    if encoding.startswith(("utf-16", "utf-32")):
        return True
    controls = sum(sample.count(bytes([code])) for code in range(32) if code not in _TEXT_CONTROLS)
    return controls * 100 <= len(sample) and sample.count(0) * 50 <= len(sample)
