"""How much one file may cost, in one place: bytes, cells, memory, time."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The caps on one file. Whoever exceeds one is refused `too_large`; nothing else stops.

    The sizes follow from `memory_bytes`: a cell costs about 100 bytes while calamine and Python both hold it, a
    shared string about three times its length. A county's ledger is a thousandth of these.
    """

    file_bytes: int = 64 * MIB
    """The file itself."""
    inflated_bytes: int = 768 * MIB
    """All members of a zip container that are read, declared and as they stream. Streaming costs time, not memory."""
    member_bytes: int = 512 * MIB
    """One member of a container: a sheet (Excel writes a million formatted, empty rows without being asked)."""
    strings_bytes: int = 32 * MIB
    """The shared strings, held in memory whole."""
    markup_bytes: int = 24 * MIB
    """An HTML page or another XML document that is held in memory whole."""
    line_characters: int = 1_000_000
    """One line of delimited text; Excel itself stops at 32,767 characters a cell."""
    cells: int = 1_250_000
    """Cells that hold something, all sheets together: 20,000 projects of 60 columns, and their head."""
    area: int = 3_000_000
    """Rows × columns that the cells of one sheet span: what a dense reader allocates."""
    rows: int = 200_000
    """The last row that holds something."""
    sheets: int = 256
    members: int = 4_096
    """Members of a zip container."""
    archive_files: int = 512
    """Ledgers in one zip archive."""
    archive_bytes: int = 256 * MIB
    """What a zip archive of ledgers may unpack to."""
    memory_bytes: int = 280 * MIB
    """What one reading process may hold in all."""
    seconds: float = 60.0
    """Time for one file by the clock; on a busy machine of the processor (`ingest.bounded`)."""


DEFAULT_LIMITS = Limits()
