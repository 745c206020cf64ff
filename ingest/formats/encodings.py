"""Bytes → text for files that say nothing, or the wrong thing, about their encoding.

A byte that fits nowhere becomes one lone surrogate (`U+DC00 + byte`) and takes no neighbour with it; so a line that
could not be decoded is a line with such a character in it, and every other line is untouched.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_BAD = re.compile("[\udc00-\udcff]")
_HAN = re.compile("[\u4e00-\u9fff]")
# Big5 read as GB18030 falls into the private use area now and then; Chinese text never does.
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_SAMPLE = 1 << 20
_LINE_BREAK = re.compile("\r\n|\r|\n")


def _keep_one_byte(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return chr(0xDC00 + error.object[error.start]), error.start + 1


codecs.register_error("luodi-one-byte", _keep_one_byte)


@dataclass(slots=True)
class DecodedText:
    """Text by lines, and how it was decoded. `mixed_lines` (0-based) were UTF-8 in a GB18030 file."""

    encoding: str
    lines: list[str]
    mixed_lines: list[int] = field(default_factory=list)


def is_bad(text: str) -> bool:
    """Whether some byte of it could not be decoded."""
    return not text.isascii() and _BAD.search(text) is not None


def shown(text: str) -> str:
    r"""The text for people: a byte that could not be decoded is shown as `\xNN`."""
    return _BAD.sub(lambda match: f"\\x{ord(match[0]) - 0xDC00:02x}", text)


def decode_lines(data: bytes) -> DecodedText:
    """Decode by what the bytes are, never by what a name says, and split into physical lines."""
    encoding, body = sniff_encoding(data)
    if encoding == "gb18030":
        return _gb18030_lines(body)
    return DecodedText(encoding, _LINE_BREAK.split(decode(body, encoding)))


def decode(data: bytes, encoding: str) -> str:
    """Decode; what does not fit becomes lone surrogates, a byte each."""
    return data.decode(encoding, "luodi-one-byte")


def sniff_encoding(data: bytes, declared: str | None = None) -> tuple[str, bytes]:
    """The encoding the bytes are in, and the bytes without their byte order mark.

    A byte order mark says it; then zero bytes tell UTF-16; then UTF-8 wins if most lines with Chinese are valid in it
    (GB18030 text almost never is, the reverse often is); then what the page declares, if the bytes agree; then GB18030.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, data[len(mark) :]
    wide = _utf16_without_mark(data)
    if wide:
        return wide, data
    if data.isascii():
        return "utf-8", data
    if _mostly(data, "utf-8"):
        return "utf-8", data
    if declared and declared not in ("utf-8", "gb18030") and _mostly(data, declared):
        return declared, data
    if _valid(data[:_SAMPLE], "big5") and _PRIVATE.search(decode(data[:_SAMPLE], "gb18030")):
        return "big5", data
    return "gb18030", data


def canonical_encoding(label: str) -> str | None:
    """The codec for a label in a page, GB2312 and GBK read as their superset GB18030; None if unknown."""
    try:
        name = codecs.lookup(label.strip()).name
    except LookupError:
        return None
    return "gb18030" if name in ("gb2312", "gbk", "gb18030", "hz") else name


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[: 1 << 16]
    if len(sample) < 4 or (len(data) % 2 and b"\0" not in sample):
        return None
    if len(data) % 4 == 0 and sample[2::4].count(0) + sample[3::4].count(0) == 2 * len(sample[3::4]):
        return "utf-32-le"
    if len(data) % 4 == 0 and sample[0::4].count(0) + sample[1::4].count(0) == 2 * len(sample[0::4]):
        return "utf-32-be"
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 20 < len(sample):
        return None
    if odd > 8 * even:
        return "utf-16-le"
    if even > 8 * odd:
        return "utf-16-be"
    return None


def _mostly(data: bytes, encoding: str) -> bool:
    """At least half of the lines that have more than ASCII are valid in this encoding."""
    sample = data if len(data) <= _SAMPLE else data[: data.rfind(b"\n", 0, _SAMPLE) + 1] or data[:_SAMPLE]
    if _valid(sample, encoding):
        return True
    lines = [line for line in sample.split(b"\n") if not line.isascii()]
    return sum(_valid(line, encoding) for line in lines) * 2 >= len(lines)


def _valid(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _gb18030_lines(body: bytes) -> DecodedText:
    """No byte of a GB18030 character is a line break, so a bad byte never reaches beyond its line."""
    if _valid(body, "gb18030") and b"\xe4" not in body and b"\xe5" not in body and b"\xe9" not in body:
        return DecodedText("gb18030", _LINE_BREAK.split(body.decode("gb18030")))
    raw = re.split(rb"\r\n|\r|\n", body)
    mixed = [number for number, line in enumerate(raw) if _is_pasted_utf8(line)]
    marked = set(mixed)
    lines = [line.decode("utf-8") if n in marked else decode(line, "gb18030") for n, line in enumerate(raw)]
    return DecodedText("gb18030", lines, mixed)


def _is_pasted_utf8(line: bytes) -> bool:
    """A line that is valid UTF-8 with three Chinese characters or more is no GB18030 line by chance."""
    return not line.isascii() and _valid(line, "utf-8") and len(_HAN.findall(line.decode("utf-8"))) >= 3
