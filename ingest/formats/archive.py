"""Zip archives of ledgers: their members as bytes, within limits. Nothing is ever written under a member's name."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from ingest.formats.sheet import Refusal
from ingest.formats.zip_container import ZIP_DAMAGE, ZIP_MARKS, part_key
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.refused import Refused, damaged, empty, encrypted, too_large

_UTF8_NAME = 0x800
_UNICODE_PATH = 0x7075
_OFFICE_PARTS = ("[content_types].xml", "mimetype", "content.xml", "xl/workbook.xml", "xl/workbook.bin")
_LITTER = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """One file of an archive: its path inside (for people only) and its bytes, or why it could not be had."""

    name: str
    content: bytes | Refusal


def is_archive(data: bytes) -> bool:
    """Whether the bytes are a zip that is no office document itself."""
    if not data.startswith(ZIP_MARKS):
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = {part_key(info.filename) for info in archive.infolist()}
    except ZIP_DAMAGE:
        return False
    return not (
        any(part in names for part in _OFFICE_PARTS)
        or any(name.endswith("/workbook.xml") for name in names)
        or is_apple_document(names)
    )


def is_apple_document(names: Collection[str]) -> bool:
    """Whether the members (in lower case) are those of a Numbers, Pages or Keynote document."""
    return any(name.endswith(".iwa") for name in names) or (
        "buildversionhistory.plist" in names and any(name in names for name in ("index.xml", "index.apxl", "index.zip"))
    )


def open_archive(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Iterator[ArchiveMember] | Refusal:
    """The files of a zip in its order, one at a time; an archive inside the archive is opened, one level deep.

    Member names are read as UTF-8 where the zip says so, else as GBK; `../` and absolute paths stay mere names.
    A member that fails is yielded with its refusal and stops no other. Once the limits on count or bytes are reached,
    one last member says so.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except ZIP_DAMAGE:
        return damaged("压缩包目录缺失", "the zip directory is missing").refusal
    files = [info for info in archive.infolist() if not _is_litter(info)]
    if not files:
        return empty().refusal
    return _Members(limits).walk(archive, files, "", nested=False)


class _Members:
    """Counts what has been unpacked so far, over all levels."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._files = self._bytes = 0

    def walk(
        self, archive: zipfile.ZipFile, files: list[zipfile.ZipInfo], prefix: str, *, nested: bool
    ) -> Iterator[ArchiveMember]:
        for info in files:
            name = prefix + member_name(info)
            self._files += 1
            if self._files > self._limits.archive_files:
                most = self._limits.archive_files
                yield ArchiveMember(name, too_large(f"压缩包内多于 {most} 个文件", f"more than {most} files").refusal)
                return
            try:
                content = self._unpack(archive, info)
            except Refused as refused:
                yield ArchiveMember(name, refused.refusal)
                if self._bytes > self._limits.archive_bytes:
                    return
                continue
            if is_archive(content) and not nested:
                yield from self._walk_nested(content, name)
            else:
                yield ArchiveMember(name, content)

    def _walk_nested(self, content: bytes, name: str) -> Iterator[ArchiveMember]:
        archive = zipfile.ZipFile(BytesIO(content))
        files = [info for info in archive.infolist() if not _is_litter(info)]
        yield from self.walk(archive, files, f"{name}/", nested=True)

    def _unpack(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
        if info.flag_bits & 0x1:
            raise encrypted()
        pieces: list[bytes] = []
        size = 0
        try:
            with archive.open(info) as member:
                while chunk := member.read(_CHUNK):
                    size += len(chunk)
                    self._bytes += len(chunk)
                    if size > self._limits.file_bytes or self._bytes > self._limits.archive_bytes:
                        raise too_large("压缩包解压后过大", "the archive unpacks to too much")
                    pieces.append(chunk)
        except RuntimeError as error:
            raise encrypted() from error
        except ZIP_DAMAGE as error:
            raise damaged("压缩包成员损坏", "a member of the archive is damaged") from error
        return b"".join(pieces)


def member_name(info: zipfile.ZipInfo) -> str:
    """The name as its author wrote it: UTF-8 if flagged or in the Unicode extra field, else GBK, else as it is."""
    if info.flag_bits & _UTF8_NAME:
        return _harmless(info.filename)
    extra = _unicode_path(info.extra)
    if extra:
        return _harmless(extra)
    raw = info.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return _harmless(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return _harmless(info.filename)


def _unicode_path(extra: bytes) -> str | None:
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == _UNICODE_PATH and size > 5:
            return extra[at + 9 : at + 4 + size].decode("utf-8", "replace")
        at += 4 + size
    return None


def _harmless(name: str) -> str:
    """Never a path that leaves anything: no root, no drive, no `..`, no control characters."""
    printable = "".join(character for character in name.replace("\\", "/") if character.isprintable())
    kept = [part for part in PurePosixPath(printable).parts if part.strip("./") and not part.endswith(":")]
    return "/".join(kept) or "unnamed"


def _is_litter(info: zipfile.ZipInfo) -> bool:
    key = part_key(info.filename)
    base = key.rpartition("/")[2]
    return info.is_dir() or key.startswith(_LITTER[0]) or base in _LITTER or base.startswith("~$")
