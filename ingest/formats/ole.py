"""The compound file (OLE2) that old Office formats and password-protected new ones come in: its streams, bounded."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.refused import damaged

OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END_OF_CHAIN = 0xFFFFFFFE
_FREE = 0xFFFFFFFF
_TABLE = 0xFFFFFFFD
_HEADER = 512


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


def compound_of(name: str, stream: bytes) -> bytes:
    """A compound file that holds one stream and nothing else."""
    size = 4096  # of a sector: the 109 places of the header are enough for any file that is read
    content = stream.ljust(size, b"\0")  # shorter ones would have to lie in a stream of small sectors
    content += b"\0" * (-len(content) % size)
    sectors = len(content) // size
    # Sectors: the directory, the stream, the table.
    tables = -(-(sectors + 1) // (size // 4 - 1))
    chain = [_END_OF_CHAIN, *range(2, sectors + 1), _END_OF_CHAIN, *[_TABLE] * tables]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(tables * size, b"\xff")
    at = [*range(sectors + 1, sectors + 1 + tables), *[_FREE] * (109 - tables)]
    header = OLE_MARK + bytes(16) + struct.pack("<HHHHH", 0x3E, 4, 0xFFFE, 12, 6) + bytes(6)
    header += struct.pack("<9I", 1, tables, 0, 0, size, _END_OF_CHAIN, 0, _END_OF_CHAIN, 0) + struct.pack("<109I", *at)
    # Of a root without small sectors calamine wants a start all the same.
    root = _directory_entry("Root Entry", 5, child=1, start=0, size=0)
    entry = _directory_entry(name, 2, child=_FREE, start=1, size=len(content))
    unused = (bytes(68) + struct.pack("<3I", _FREE, _FREE, _FREE)).ljust(128, b"\0")
    directory = root + entry + unused * (size // 128 - 2)
    return header.ljust(size, b"\0") + directory + content + fat


def _directory_entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    named = name.encode("utf-16-le")
    head = named.ljust(64, b"\0") + struct.pack("<HBB3I", len(named) + 2, kind, 1, _FREE, _FREE, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


class CompoundFile:
    """The directory and streams of a compound file. Chains that loop or leave the file refuse it.

    Raises:
        Refused: `truncated`.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER or not data.startswith(OLE_MARK):
            raise damaged("复合文档头不完整", "the compound file header is cut off")
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift > 12:
            raise damaged("复合文档头有误", "the compound file header is wrong")
        self._size = 1 << shift
        self._mini_size = 1 << mini_shift
        (directory, _, self._cutoff, mini_fat, _, difat, difat_count) = struct.unpack_from("<IIIIIII", data, 48)
        self._fat = self._read_fat(difat, difat_count)
        self._entries = self._read_directory(directory)
        self._mini_fat = array("I", self._whole(self._chain(mini_fat))) if mini_fat < _END_OF_CHAIN else array("I")

    def names(self) -> list[str]:
        """The names of all streams and storages."""
        return [entry.name for entry in self._entries]

    def stream(self, *names: str) -> bytes | None:
        """The first stream of one of these names, without regard to case; None if there is none."""
        for name in names:
            for entry in self._entries:
                if entry.kind == 2 and entry.name.lower() == name.lower():
                    return self._read(entry)
        return None

    def with_bytes(self, names: tuple[str, ...], changes: Mapping[int, int]) -> bytes:
        """The whole file with some bytes of a stream changed: {offset in the stream: byte}."""
        wanted = {name.lower() for name in names}
        entry = next(entry for entry in self._entries if entry.kind == 2 and entry.name.lower() in wanted)
        root = next((e for e in self._entries if e.kind == 5), None)
        changed = bytearray(self._data)
        chain = self._chain(root.start if root and entry.size < self._cutoff else entry.start)
        mini = self._mini_chain(entry) if root and entry.size < self._cutoff else []
        for offset, byte in changes.items():
            if mini:
                number, rest = divmod(offset, self._mini_size)
                offset = mini[number] * self._mini_size + rest
            number, rest = divmod(offset, self._size)
            changed[(chain[number] + 1) * self._size + rest] = byte
        return bytes(changed)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        sector = self._data[start : start + self._size]
        if not sector:
            raise damaged("复合文档的扇区超出文件末尾", "a sector of the compound file lies beyond its end")
        return sector

    def _read_fat(self, difat: int, difat_count: int) -> array[int]:
        numbers = [n for n in struct.unpack_from("<109I", self._data, 76) if n < _END_OF_CHAIN - 1]
        seen: set[int] = set()
        while difat < _END_OF_CHAIN - 1 and difat_count and difat not in seen:
            seen.add(difat)
            sector = self._sector(difat).ljust(self._size, b"\xff")
            *more, difat = struct.unpack(f"<{self._size // 4}I", sector)
            numbers += [n for n in more if n < _END_OF_CHAIN - 1]
        fat = array("I")
        for number in numbers:
            fat.frombytes(self._sector(number).ljust(self._size, b"\xff"))
        return fat

    def _chain(self, start: int) -> list[int]:
        chain: list[int] = []
        number = start
        while number < _END_OF_CHAIN - 1:
            if number >= len(self._fat) or len(chain) > len(self._fat):
                raise damaged("复合文档的扇区链断裂", "a sector chain of the compound file is broken")
            chain.append(number)
            number = self._fat[number]
        return chain

    def _join(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._chain(start)))

    def _whole(self, chain: list[int]) -> bytes:
        whole = b"".join(map(self._sector, chain))
        return whole[: len(whole) // 4 * 4]

    def _read_directory(self, start: int) -> list[_Entry]:
        directory = self._join(start)
        entries: list[_Entry] = []
        for at in range(0, len(directory) - 127, 128):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            first, size = struct.unpack_from("<II", directory, at + 116)
            if kind in (1, 2, 5) and 2 <= length <= 64:
                name = directory[at : at + length - 2].decode("utf-16-le", "replace")
                entries.append(_Entry(name, kind, first, size))
        # Cut within its directory, a file no longer names what was in it.
        self.is_directory_cut = len(directory) % self._size != 0
        return entries

    def _read(self, entry: _Entry) -> bytes:
        root = next((e for e in self._entries if e.kind == 5), None)
        small = root is not None and entry.size < self._cutoff
        content = self._read_mini(entry, root) if root and small else self._join(entry.start)
        if len(content) < entry.size:
            raise damaged("数据流提前结束", "a stream ends early")
        return content[: entry.size]

    def _read_mini(self, entry: _Entry, root: _Entry) -> bytes:
        container = self._join(root.start)
        size = self._mini_size
        return b"".join(container[number * size : (number + 1) * size] for number in self._mini_chain(entry))

    def _mini_chain(self, entry: _Entry) -> list[int]:
        chain: list[int] = []
        number = entry.start
        while number < _END_OF_CHAIN - 1:
            if number >= len(self._mini_fat) or len(chain) > len(self._mini_fat):
                raise damaged("复合文档的短扇区链断裂", "a short-sector chain of the compound file is broken")
            chain.append(number)
            number = self._mini_fat[number]
        return chain
