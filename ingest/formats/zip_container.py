"""A zip as a container of parts (xlsx, xlsb, ods), opened with suspicion.

Two members of one name, a password, or more bytes than the limits allow (declared or as they stream) refuse it.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress

from ingest.limits import Limits
from ingest.refused import Refused, damaged, encrypted, not_a_table, too_large

ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
ZIP_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, IndexError, NotImplementedError)
"""What `zipfile` raises on damaged containers; the last of a way of packing that it does not know."""
_CHUNK = 1 << 20
_PACKED_CHUNK = 1 << 18
_PROLOG = 1 << 12
_ROOT = re.compile(rb"<[A-Za-z_]")


class _Unreadable(Exception):  # noqa: N818 - never leaves this module
    """A member that does not inflate."""


class ZipContainer:
    """The members of one zip, by their name without regard to case, as Office looks them up.

    Raises:
        Refused: `truncated`, `encrypted`, `too_large`, or `not_a_table` for two members of one name.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._limits = limits
        self._streamed = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except ZIP_DAMAGE as error:
            raise damaged("压缩包目录缺失", "the zip directory is missing") from error
        self._members: dict[str, zipfile.ZipInfo] = {}
        self._check_members()

    def _check_members(self) -> None:
        infos = self._zip.infolist()
        if len(infos) > self._limits.members:
            raise too_large(f"压缩包内有 {len(infos)} 个成员", f"{len(infos)} members in the zip")
        for info in infos:
            if info.flag_bits & 0x1:
                raise encrypted()
            key = part_key(info.filename)
            if key in self._members:
                raise not_a_table(f"压缩包内有两个 {info.filename}", f"two members named {info.filename}")
            self._members[key] = info

    def names(self) -> list[str]:
        """The names of all members, in lower case and with `/`."""
        return list(self._members)

    def members(self) -> list[tuple[str, str]]:
        """Every member: (its key, its name as written)."""
        return [(key, info.filename) for key, info in self._members.items()]

    def __contains__(self, name: str) -> bool:
        return part_key(name) in self._members

    def chunks(self, name: str, most: int) -> Iterator[bytes]:
        """A member as it inflates, checked against its checksum at the end and `most` bytes on the way."""
        info = self._members.get(part_key(name))
        if info is None:
            raise damaged(f"缺少 {name}", f"{name} is missing")
        self._check_size(name, info.file_size, most)
        inflated = checksum = 0
        try:
            for chunk in self._inflate(info):
                inflated += len(chunk)
                self._streamed += len(chunk)
                self._check_size(name, inflated, most)
                checksum = zlib.crc32(chunk, checksum)
                yield chunk
        except RuntimeError as error:
            raise encrypted() from error
        except ZIP_DAMAGE as error:
            raise damaged(f"{name} 无法解压", f"{name} does not inflate") from error
        if inflated != info.file_size or checksum != info.CRC:
            raise damaged(f"{name} 校验不符", f"{name} fails its checksum")

    def _inflate(self, info: zipfile.ZipInfo, most: int = _CHUNK) -> Iterator[bytes]:
        """Chunks of at most `most` bytes, without the copying that `zipfile` does."""
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            with self._zip.open(info) as member:
                while chunk := member.read(_CHUNK):
                    yield chunk
            return
        start = self._content_start(info)
        packed = memoryview(self._data)[start : start + info.compress_size]
        if info.compress_type == zipfile.ZIP_STORED:
            for at in range(0, len(packed), _CHUNK):
                yield bytes(packed[at : at + _CHUNK])
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        for at in range(0, len(packed), _PACKED_CHUNK):
            piece: bytes | memoryview = packed[at : at + _PACKED_CHUNK]
            while piece and not inflater.eof:
                if chunk := inflater.decompress(piece, most):
                    yield chunk
                piece = inflater.unconsumed_tail
        while not inflater.eof and (chunk := inflater.decompress(b"", most)):
            yield chunk
        if not inflater.eof:
            raise zlib.error("stream ends early")

    def _content_start(self, info: zipfile.ZipInfo) -> int:
        """Behind the local header, which must be there and name the same member."""
        at = info.header_offset
        header = self._data[at : at + 30]
        if len(header) < 30 or header[:4] != b"PK\x03\x04":
            raise zipfile.BadZipFile("no local header")
        name_length, extra_length = struct.unpack_from("<HH", header, 26)
        if self._data[at + 30 : at + 30 + name_length] != info.orig_filename.encode(_name_encoding(info)):
            raise zipfile.BadZipFile("the local header names another member")
        return at + 30 + int(name_length) + int(extra_length)

    def read(self, name: str, most: int) -> bytes:
        """A whole member of at most `most` bytes."""
        pieces = list(self.chunks(name, most))
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def refuse_document_types(self) -> None:
        """Refuse XML that brings its own entities (XXE, billion laughs): no spreadsheet program writes them.

        A damaged member is passed over here: where it is needed, reading it refuses the file.
        """
        for key, info in self._members.items():
            if key.endswith((".xml", ".rels", ".vml")):
                with suppress(_Unreadable):
                    refuse_document_type(self._prolog(info), info.filename)

    def _prolog(self, info: zipfile.ZipInfo) -> bytes:
        """What stands before the first element."""
        try:
            prolog = b""
            for chunk in self._inflate(info, _PROLOG):
                prolog += chunk
                self._check_size(info.filename, len(prolog), self._limits.markup_bytes)
                if _ROOT.search(prolog):
                    break
            return prolog[:_PROLOG] if _ROOT.search(prolog[:_PROLOG]) else prolog
        except RuntimeError as error:
            raise encrypted() from error
        except ZIP_DAMAGE as error:
            raise _Unreadable from error

    def _check_size(self, name: str, size: int, most: int) -> None:
        if size > most or self._streamed > self._limits.inflated_bytes:
            mib = max(size, self._streamed) >> 20
            raise too_large(f"{name} 解压后超过 {mib} MiB", f"{name} unpacks to more than {mib} MiB")


def part_key(name: str) -> str:
    """Parts are compared without regard to case, slashes either way."""
    return name.replace("\\", "/").lstrip("/").lower()


def _name_encoding(info: zipfile.ZipInfo) -> str:
    return "utf-8" if info.flag_bits & 0x800 else "cp437"


def refuse_document_type(start: bytes, name: str) -> None:
    """Refuse a document whose prolog declares a type or entities.

    Raises:
        Refused: `not_a_table`.
    """
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") or start[:2] in (b"<\0", b"\0<"):
        start = start.replace(b"\0", b"")
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise document_type_refused(name)


def document_type_refused(name: str) -> Refused:
    """The refusal for XML with its own entities."""
    return not_a_table(f"{name} 含有 DTD 或实体声明，可能是攻击", f"{name} declares a DTD or entities")
