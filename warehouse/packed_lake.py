"""The lake packed for the warehouse: a period's many small Parquet files as few large ones, in `lake/_packed/`.

Every landed file has its own partition, which is what makes the lake safe to write and to write again; but opening a
Parquet file of fifty rows costs DuckDB thirty times what its rows cost. So before a build, what is new in the lake is
copied into packs, and dbt reads those. Packs are derived: deleting them costs time and nothing else, and a plain
`dbt build` reads the lake itself.

Only packs with a changed member are written anew, so a late ledger costs one pack; small packs are put together once there
are many.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.files import write_whole
from ingest.home import Home
from ingest.lake import SCHEMAS, LakeUnreadableError

if TYPE_CHECKING:
    import duckdb

# What a file is recognised by: when it was written, bytes, inode.
Stamp = tuple[int, int, int]
Copy = Callable[[Sequence[Path], Path], None]

FOLDER = "_packed"  # inside the lake, beside the tables; no table's glob reaches it

# A file of so many bytes is as well read by itself.
_LARGE_FILE_BYTES = 1 << 20
# Of members: their own metadata is most of them, so a pack has a tenth of that.
_FULL_PACK_BYTES = 32 << 20
# A period may have so many packs that are less than half full.
_MOST_SMALL_PACKS = 8


@dataclass(frozen=True, slots=True)
class _Pack:
    """Files of the lake that lie together: `members` by name."""

    members: Mapping[str, Stamp]

    @property
    def file_name(self) -> str:
        """The same members, the same name."""
        return hashlib.sha256(json.dumps(sorted(self.members.items())).encode()).hexdigest()[:24] + ".parquet"

    @property
    def bytes_of_members(self) -> int:
        return sum(size for _, size, _ in self.members.values())

    @property
    def stands_alone(self) -> bool:
        return len(self.members) == 1 and self.bytes_of_members >= _LARGE_FILE_BYTES

    @property
    def is_small(self) -> bool:
        return self.bytes_of_members < _FULL_PACK_BYTES // 2 and not self.stands_alone


def packed_lake(home: Home) -> Path:
    """Where the packs lie."""
    return home.lake / FOLDER


def pack_lake(home: Home) -> Path:
    """Bring the packs up to what the lake holds now; returns their folder.

    Killed at any moment, the next call finishes: what no written list names is not read, and taken away.

    Raises:
        LakeUnreadableError: a partition is no Parquet file any more, or the disk is full.
    """
    import duckdb

    packed = packed_lake(home)
    try:
        with _copier(home) as copy:
            for table in SCHEMAS:
                _pack_table(home.lake / table, packed / table, copy)
    except (OSError, duckdb.Error) as error:
        raise LakeUnreadableError(str(error).splitlines()[0]) from error
    return packed


def _pack_table(source: Path, target: Path, copy: Copy) -> None:
    folders = {folder.name: folder for folder in sorted(source.glob("period=*"))}
    for gone in {folder.name for folder in target.glob("period=*")} - set(folders):
        shutil.rmtree(target / gone)
        _members_path(target / gone).unlink(missing_ok=True)
    for name, folder in folders.items():
        _pack_period(folder, target / name, copy)


def _pack_period(folder: Path, target: Path, copy: Copy) -> None:
    import duckdb

    members, listed, lying = _stamps(folder), _packs_of(target), _pack_names(target)
    kept = [pack for pack in listed if pack.file_name in lying and pack.members.items() <= members.items()]
    packed = {name for pack in kept for name in pack.members}
    units = {folder / name: _Pack({name: stamp}) for name, stamp in members.items() if name not in packed}
    small = [pack for pack in kept if pack.is_small]
    if units and len(small) >= _MOST_SMALL_PACKS:
        kept = [pack for pack in kept if not pack.is_small]
        units |= {target / pack.file_name: pack for pack in small}
    for sources, pack in _grouped(units):
        try:
            copy(sources, target / pack.file_name)
        except (OSError, duckdb.Error):
            if all(source.exists() for source in sources):
                raise
            # A reading took one away meanwhile.
            _pack_period(folder, target, copy)
            return
        kept.append(pack)
    if kept != listed:
        write_whole(_members_path(target), json.dumps([dict(pack.members) for pack in kept]).encode(), durable=False)
    for stale in lying - {pack.file_name for pack in kept}:
        (target / stale).unlink()


def _grouped(units: Mapping[Path, _Pack]) -> Iterator[tuple[list[Path], _Pack]]:
    """The files to be copied into one pack each, by name, so that a county's rows lie together."""
    sources: list[Path] = []
    members: dict[str, Stamp] = {}
    for path, unit in sorted(units.items(), key=lambda item: min(item[1].members)):
        if unit.stands_alone:
            yield [path], unit
            continue
        if members and _Pack(members).bytes_of_members + unit.bytes_of_members > _FULL_PACK_BYTES:
            yield sources, _Pack(members)
            sources, members = [], {}
        sources.append(path)
        members.update(unit.members)
    if members:
        yield sources, _Pack(members)


@contextmanager
def _copier(home: Home) -> Iterator[Copy]:
    """Copies Parquet files into one; a single one is the same file under another name. DuckDB starts when it is needed."""
    connections: list[duckdb.DuckDBPyConnection] = []

    def copy(sources: Sequence[Path], target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        written = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        if len(sources) == 1:
            _link(sources[0], written)
            written.replace(target)
            return
        if not connections:
            connections.append(_connection(home))
        connections[0].execute(_COPY.format(str(written).replace("'", "''")), [[str(source) for source in sources]])
        written.replace(target)

    try:
        yield copy
    finally:
        for connection in connections:
            connection.close()


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:  # a share without hard links
        shutil.copyfile(source, target)


_COPY = "copy (select * from read_parquet(?, hive_partitioning = false)) to '{}' (format parquet, compression zstd)"


def _connection(home: Home) -> duckdb.DuckDBPyConnection:
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {}
    settings["memory_limit"] = os.environ.get("LUODI_MEMORY_LIMIT", "1GB")
    settings["temp_directory"] = str(home.build / "duckdb_tmp")
    # Two threads that keep the order of a thousand small files wait for each other: five to eight times the work.
    settings["threads"] = 1
    return duckdb.connect(config=settings)


def _packs_of(target: Path) -> list[_Pack]:
    """What an earlier run wrote; none where it wrote nothing or not all of it: then everything is packed anew."""
    try:
        listed = json.loads(_members_path(target).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return []
    return [_Pack({name: (stamp[0], stamp[1], stamp[2]) for name, stamp in members.items()}) for members in listed]


def _members_path(target: Path) -> Path:
    return target.with_name(f"members-of-{target.name}.json")


def _pack_names(target: Path) -> set[str]:
    try:
        return {entry.name for entry in os.scandir(target)}
    except FileNotFoundError:
        return set()


def _stamps(folder: Path) -> dict[str, Stamp]:
    """The partitions of a period. One that is taken away meanwhile is none; a half-written file has another ending."""
    found: dict[str, Stamp] = {}
    for entry in os.scandir(folder):
        with suppress(FileNotFoundError):
            stat = entry.stat()
            if entry.name.endswith(".parquet"):
                found[entry.name] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
    return found
