"""Which of the files a source offers are ready to land: litter is left aside, uploads still growing wait.

A file is ready when a done mark lies beside it (`台账.xlsx.done`), or when two looks a moment apart show it unchanged.
A file untouched for longer than that moment needs no second look.
"""

from __future__ import annotations

import fnmatch
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ingest.connectors.base import Offered

SETTLE_SECONDS = 1.5
_LITTER_NAMES = frozenset({".ds_store", "thumbs.db", "desktop.ini", "ehthumbs.db", "__macosx"})
_LITTER_PREFIXES = ("~$", ".~", "._", ".")
_LITTER_SUFFIXES = (".lnk", "~", ".done")
# Of browsers, copying programs, and of 百度网盘 (.baiduyun.downloading), 迅雷 (.xltd, .td) and 微信.
_UPLOAD_SUFFIXES = (
    ".part", ".tmp", ".temp", ".crdownload", ".partial", ".filepart", ".download", ".downloading", ".uploading", ".swp",
    ".xltd", ".td", ".td.cfg", ".opdownload",
)  # fmt: skip


@dataclass(slots=True)
class Arrivals:
    """What one pull found: files to land, names of litter, names of uploads still under way."""

    ready: list[Offered] = field(default_factory=list)
    litter: list[str] = field(default_factory=list)
    growing: list[str] = field(default_factory=list)


def take_stock(
    look: Callable[[], list[Offered]],
    patterns: Iterable[str] = ("*",),
    *,
    now: Callable[[], float] = time.time,
    wait: Callable[[float], None] = time.sleep,
) -> Arrivals:
    """Look once, and where files are fresh a second time after at most `SETTLE_SECONDS`.

    Whatever `look` raises passes through.
    """
    first, looked_at = look(), now()
    stock = Arrivals()
    candidates = _sort_out(first, tuple(patterns), stock)
    marked = {offered.name.removesuffix(".done") for offered in first if offered.name.endswith(".done")}
    fresh = [offered for offered in candidates if offered.name not in marked and _is_fresh(offered, looked_at)]
    if not fresh:
        stock.ready = candidates
        return stock
    wait(max(_seconds_to_settle(offered, looked_at) for offered in fresh))
    second = {offered.name: offered for offered in look()}
    unsettled = {offered.name for offered in fresh}
    for offered in candidates:
        if offered.name in unsettled and second.get(offered.name) != offered:
            stock.growing.append(offered.name)
        else:
            stock.ready.append(offered)
    return stock


def _sort_out(offered_files: list[Offered], patterns: tuple[str, ...], stock: Arrivals) -> list[Offered]:
    names = {offered.name for offered in offered_files}
    candidates = []
    for offered in sorted(offered_files, key=lambda each: each.name):
        if is_litter(offered.name):
            stock.litter.append(offered.name)
        elif _is_upload(offered.name) or any(offered.name + suffix in names for suffix in _UPLOAD_SUFFIXES):
            stock.growing.append(offered.name)
        elif any(fnmatch.fnmatch(offered.name.lower(), pattern.lower()) for pattern in patterns):
            candidates.append(offered)
        else:
            stock.litter.append(offered.name)
    return candidates


def is_litter(name: str) -> bool:
    """Lock files of office programs and what desktops leave behind; hidden files and folders."""
    parts = name.lower().split("/")
    return (
        parts[-1] in _LITTER_NAMES
        or any(part.startswith(_LITTER_PREFIXES) or part in _LITTER_NAMES for part in parts)
        or parts[-1].endswith(_LITTER_SUFFIXES)
    )


def _is_upload(name: str) -> bool:
    return name.lower().endswith(_UPLOAD_SUFFIXES)


def _is_fresh(offered: Offered, now: float) -> bool:
    return _seconds_to_settle(offered, now) > 0


def _seconds_to_settle(offered: Offered, now: float) -> float:
    """How long until the file has lain untouched for the settling time; a time in the future is not believed."""
    if offered.modified_ns is None:
        return SETTLE_SECONDS
    age = now - offered.modified_ns / 1e9
    return SETTLE_SECONDS - min(age, SETTLE_SECONDS) if age >= 0 else SETTLE_SECONDS
