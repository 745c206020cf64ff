"""The lake follows the landing: what was taken out of it (a manifest entry somebody deleted, by law or by hand) leaves the lake too.

Nothing else takes partitions away, and a home made again from the landing alone would not have them. A landing without any
file of a kind is taken for one that is not mounted, never for an empty one.
"""

from __future__ import annotations

from ingest.home import Home
from ingest.lake_marks import marked_files, take_away
from ingest.landing import is_landed, landed_files_path, landed_sources

_KINDS = ("ledger", "news", "follow_up")


def take_away_unlanded(home: Home) -> int:
    """Take away the partitions of files that are not landed any more; how many files these were. Killed, the next call goes on."""
    gone = 0
    for kind in _KINDS:
        sources = set(landed_sources(home, kind))
        if not sources:
            continue
        for source_id, sha256 in marked_files(home.lake, kind):
            if source_id not in sources:
                landed_files_path(home, kind, source_id).unlink(missing_ok=True)
            if not is_landed(home, kind, source_id, sha256):
                take_away(home.lake, kind, source_id, sha256)
                gone += 1
    return gone
