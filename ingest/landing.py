"""Landing: every byte pulled lies unchanged under its sha256 before anything reads it.

Objects are read-only files at `landing/objects/<ab>/<sha256>`. The manifest is one small JSON file a (kind, source,
sha256) at `landing/manifest/<kind>/<source>/<sha256>.json`. Both appear by rename after fsync, so a kill at any moment
leaves at worst a temporary file or an object without a manifest entry, and the next landing of the same bytes goes on
from there. A lock file a source orders the entries of concurrent landers; it is released by the system when one dies.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import json
import os
import secrets
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from ingest.files import write_whole
from ingest.home import Home
from ingest.lake import PERIOD_UNKNOWN, SCHEMAS, write_partition
from ingest.revision import revision_rank

# `index`: lists that name articles (sitemaps, list pages, feeds whose articles are fetched); landed, never read as news.
# `withdrawal`: what people said of landed ledgers.
KINDS = ("ledger", "news", "follow_up", "index", "withdrawal")
_CHUNK = 1 << 20
_STALE_SECONDS = 86_400


class LandingError(Exception):
    """Bytes could not be landed. `code` is `disk_full`, `changed_while_read`, `bad_source` or `not_writable`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class SeenName:
    """A name the bytes came under, relative to their source, and the source's modification time then (ns, UTC)."""

    name: str
    modified_ns: int | None


@dataclass(frozen=True, slots=True)
class Stored:
    """Bytes that lie in the landing, whoever sent them."""

    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Landed:
    """One manifest entry: distinct bytes of one source. `names` are in order of landing, the first one names it."""

    kind: str
    source_id: str
    sha256: str
    size_bytes: int
    landed_order: int
    names: tuple[SeenName, ...]
    is_new: bool = False
    is_new_name: bool = False

    @property
    def name(self) -> str:
        """The name the bytes first came under."""
        return self.names[0].name

    @property
    def other_names(self) -> tuple[str, ...]:
        """Later names of the same bytes."""
        return tuple(seen.name for seen in self.names[1:])

    @property
    def revision_rank(self) -> int:
        """0 plain; higher where the name says that it replaces an earlier file."""
        return revision_rank(self.name)


def object_path(home: Home, sha256: str) -> Path:
    """Where the bytes of this sha256 lie."""
    return home.landing / "objects" / sha256[:2] / sha256


def read_object(home: Home, sha256: str) -> bytes:
    """The landed bytes. Raises FileNotFoundError where they never landed."""
    return object_path(home, sha256).read_bytes()


def land_file(
    home: Home,
    kind: str,
    source_id: str,
    content: Path | BinaryIO | bytes,
    name: str,
    modified_ns: int | None = None,
    expected_bytes: int | None = None,
) -> Landed:
    """Land a file, an open stream or bytes already at hand, under `name` for one source.

    Raises:
        LandingError: `disk_full`, `not_writable`, or `changed_while_read` where the file grew while it was copied or
            has not `expected_bytes`; nothing is recorded then, and the same call can be made again.
    """
    _check_source(kind, source_id)
    if isinstance(content, Path):
        modified_ns = modified_ns or content.stat().st_mtime_ns
        with content.open("rb") as handle:
            stored = store(home, handle, name, expected_bytes)
    else:
        stored = store(home, content, name, expected_bytes)
    return record(home, kind, source_id, stored, name, modified_ns)


def store(home: Home, content: BinaryIO | bytes, name: str, expected_bytes: int | None = None) -> Stored:
    """The first half of `land_file`: keep the bytes. May be called from several threads; they wait for the disk together.

    Raises:
        LandingError: as `land_file`.
    """
    with _clear_errors(home):
        if isinstance(content, bytes):
            return Stored(*_store_bytes(home, content))
        return Stored(*_store_stream(home, content, name, expected_bytes))


def record(home: Home, kind: str, source_id: str, stored: Stored, name: str, modified_ns: int | None = None) -> Landed:
    """The second half of `land_file`: enter the bytes in the manifest of one source, in the order of the calls.

    Raises:
        LandingError: as `land_file`.
    """
    _check_source(kind, source_id)
    with _clear_errors(home):
        seen = SeenName(shown_name(name), modified_ns)
        return _record(home, kind, source_id, stored.sha256, stored.size_bytes, seen)


def landed(home: Home, kind: str, source_id: str) -> list[Landed]:
    """Everything landed for a source, in order of landing."""
    folder = _manifest_folder(home, kind, source_id)
    entries = [_entry(path) for path in folder.glob("*.json")] if folder.is_dir() else []
    return sorted(entries, key=lambda entry: (entry.landed_order, entry.sha256))


def is_landed(home: Home, kind: str, source_id: str, sha256: str) -> bool:
    """Whether the manifest of a source names these bytes."""
    return (_manifest_folder(home, kind, source_id) / f"{sha256}.json").exists()


def landed_sources(home: Home, kind: str) -> list[str]:
    """Ids of all sources of a kind that have ever landed anything."""
    folder = home.landing / "manifest" / kind
    return sorted(path.name for path in folder.iterdir() if any(path.glob("*.json"))) if folder.is_dir() else []


def landed_files_path(home: Home, kind: str, source_id: str) -> Path:
    """The source's part of the lake table `landed_files`."""
    return home.lake / "landed_files" / f"period={PERIOD_UNKNOWN}" / f"{kind}-{source_id}.parquet"


def write_landed_files(home: Home, kind: str, source_id: str) -> Path:
    """Write the source's part of the lake table `landed_files` from the manifest; the same manifest, the same bytes."""
    rows = [
        {
            "file_sha256": entry.sha256,
            "source_id": entry.source_id,
            "kind": entry.kind,
            "county_code": entry.source_id if kind == "ledger" else None,
            "file_name": entry.name,
            "other_names": json.dumps(entry.other_names, ensure_ascii=False),
            "size_bytes": entry.size_bytes,
            "landed_order": entry.landed_order,
            "revision_rank": entry.revision_rank,
        }
        for entry in landed(home, kind, source_id)
    ]
    path = landed_files_path(home, kind, source_id)
    write_partition(path, pa.Table.from_pylist(rows, schema=SCHEMAS["landed_files"]))
    return path


def damaged_objects(home: Home) -> list[Path]:
    """Landed objects whose bytes no longer have the sha256 they are named by (a failing disk, a hand edit)."""
    objects = home.landing / "objects"
    return [path for path in sorted(objects.glob("??/*")) if _sha256_of(path) != path.name]


def remove_stale_uploads(home: Home) -> int:
    """Remove temporary copies that a killed run left more than a day ago; how many there were."""
    removed = 0
    for path in (home.landing / "incoming").glob("*"):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > _STALE_SECONDS:
                path.unlink()
                removed += 1
    return removed


def shown_name(name: str) -> str:
    """A file name as people read it: NFC, and names whose bytes are GB18030 (old archives, Windows shares) decoded."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raw = os.fsencode(name)
        try:
            name = raw.decode("gb18030")
        except UnicodeDecodeError:
            name = raw.decode("utf-8", "backslashreplace")
    return unicodedata.normalize("NFC", name)


def _check_source(kind: str, source_id: str) -> None:
    if kind not in KINDS:
        raise LandingError("bad_source", f"未知类别 unknown kind {kind!r}; {' '.join(KINDS)}")
    if not source_id or source_id.startswith(".") or "/" in source_id or "\0" in source_id:
        raise LandingError("bad_source", f"来源编号不能作为文件夹名 source id cannot name a folder: {source_id!r}")


@contextlib.contextmanager
def _clear_errors(home: Home) -> Iterator[None]:
    """Say plainly what a full or read-only disk means."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise LandingError(
                "disk_full",
                f"磁盘已满，未能入库；已入库的不受影响，腾出空间后重新运行即可。 The disk that holds {home.landing} is full: "
                "nothing half-written was kept; free some space and run again.",
            ) from error
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise LandingError(
                "not_writable", f"无法读写 cannot read or write {error.filename or home.landing}: {error.strerror}"
            ) from error
        raise


def _store_stream(home: Home, stream: BinaryIO, name: str, expected_bytes: int | None) -> tuple[str, int]:
    """Copy in chunks while hashing. A file that changes under the copy is not landed."""
    before = _state(stream)
    with _incoming(home) as (temporary, out):
        digest, size = hashlib.sha256(), 0
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            out.write(chunk)
        if _state(stream) != before or size != (size if expected_bytes is None else expected_bytes):
            raise LandingError(
                "changed_while_read", f"文件仍在写入，下次再取 still being written, left for later: {name}"
            )
        _keep(home, temporary, out, digest.hexdigest(), size)
    return digest.hexdigest(), size


def _state(stream: BinaryIO) -> tuple[int, int] | None:
    """Size and modification time of a local file; None for a stream from elsewhere."""
    try:
        found = os.fstat(stream.fileno())
    except (OSError, AttributeError):
        return None
    return found.st_size, found.st_mtime_ns


def _store_bytes(home: Home, data: bytes) -> tuple[str, int]:
    sha256 = hashlib.sha256(data).hexdigest()
    if not _is_kept(home, sha256, len(data)):
        with _incoming(home) as (temporary, out):
            out.write(data)
            _keep(home, temporary, out, sha256, len(data))
    return sha256, len(data)


@contextlib.contextmanager
def _incoming(home: Home) -> Iterator[tuple[Path, BinaryIO]]:
    """A temporary file on the landing's own disk, gone afterwards unless it was renamed."""
    folder = home.landing / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f"{os.getpid()}-{secrets.token_hex(8)}"
    try:
        with temporary.open("xb") as out:
            yield temporary, out
    finally:
        temporary.unlink(missing_ok=True)


def _is_kept(home: Home, sha256: str, size: int) -> bool:
    try:
        return object_path(home, sha256).stat().st_size == size
    except FileNotFoundError:
        return False


def _keep(home: Home, temporary: Path, out: BinaryIO, sha256: str, size: int) -> None:
    """Give the temporary file its final name, unless these bytes lie there already."""
    if _is_kept(home, sha256, size):
        return
    out.flush()
    os.fchmod(out.fileno(), 0o444)
    os.fsync(out.fileno())
    final = object_path(home, sha256)
    final.parent.mkdir(parents=True, exist_ok=True)
    temporary.replace(final)
    _sync_folder(final.parent)


def _record(home: Home, kind: str, source_id: str, sha256: str, size: int, seen: SeenName) -> Landed:
    """Add the entry, or the name to the entry; nothing is written where both are known."""
    folder = _manifest_folder(home, kind, source_id)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{sha256}.json"
    with _lock(folder):
        if not path.exists():
            entry = Landed(kind, source_id, sha256, size, _next_order(folder, sha256), (seen,), True, True)
            _write_entry(path, entry)
            return entry
        known = _entry(path)
        if any(other.name == seen.name for other in known.names):
            return known
        entry = Landed(
            kind, source_id, sha256, size, known.landed_order, (*known.names, seen), is_new=False, is_new_name=True
        )
        _write_entry(path, entry)
        return entry


def _next_order(folder: Path, sha256: str) -> int:
    """The next order of the source, without gaps: a claim whose entry was never written is given out again."""
    claim = folder / ".last_claim"
    if claim.exists():
        number, claimant = claim.read_text(encoding="ascii").split()
        order = int(number) - (0 if (folder / f"{claimant}.json").exists() else 1)
    else:
        order = max((_entry(path).landed_order for path in folder.glob("*.json")), default=0)
    write_whole(claim, f"{order + 1} {sha256}".encode(), durable=False)
    return order + 1


@contextlib.contextmanager
def _lock(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _manifest_folder(home: Home, kind: str, source_id: str) -> Path:
    return home.landing / "manifest" / kind / source_id


def _write_entry(path: Path, entry: Landed) -> None:
    content = {
        "kind": entry.kind,
        "source_id": entry.source_id,
        "sha256": entry.sha256,
        "size_bytes": entry.size_bytes,
        "landed_order": entry.landed_order,
        "names": [{"name": seen.name, "modified_ns": seen.modified_ns} for seen in entry.names],
    }
    write_whole(path, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())
    _sync_folder(path.parent)


def _entry(path: Path) -> Landed:
    content = json.loads(path.read_text(encoding="utf-8"))
    names = tuple(SeenName(seen["name"], seen["modified_ns"]) for seen in content["names"])
    return Landed(
        content["kind"],
        content["source_id"],
        content["sha256"],
        content["size_bytes"],
        content["landed_order"],
        names,
    )


def _sync_folder(folder: Path) -> None:
    """Make a rename survive a power cut, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sha256_of(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
