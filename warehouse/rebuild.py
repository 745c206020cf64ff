"""Whether the history is built anew or goes on from the last build, decided in one place and with its reason.

The incremental models compare what should stand with what they hold, so late, corrected and withdrawn ledgers, other
decisions and an earlier `as_of` need no attention here. What they cannot see does: a build that broke off, other SQL,
another reader. A small home is always built anew: that is as fast, and nothing needs to be trusted.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ingest.files import write_whole
from ingest.home import Home
from ingest.lake_marks import schemas_fingerprint, wording_fingerprint
from ingest.registry import SOURCES
from warehouse.project import PROJECT
from warehouse.publication import build_database

FULL = "full"
INCREMENTAL = "incremental"
AUTO = "auto"
SETTING = "LUODI_REBUILD"
# Below so many project rows `auto` builds anew.
AUTO_INCREMENTAL_ROWS = 1_000_000

_STATE = "build_state.json"
_COMPLETE = "complete"
_BUILDING = "building"


class UnknownRebuildSettingError(ValueError):
    """`LUODI_REBUILD` is none of `full`, `incremental`, `auto`."""

    def __init__(self, value: str) -> None:
        super().__init__(
            f"环境变量 {SETTING}={value!r} 不认识，请用 full、incremental 或 auto。"
            f"{SETTING} must be full, incremental or auto."
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """How this build goes (`full` or `incremental`) and why, for the run record."""

    mode: str
    reason: str


def decide(home: Home) -> Decision:
    """What the next build of this home should be, from the setting and the state the last build left.

    Raises:
        UnknownRebuildSettingError: `LUODI_REBUILD` has another value.
    """
    wanted = os.environ.get(SETTING, "").strip() or AUTO
    if wanted not in (FULL, INCREMENTAL, AUTO):
        raise UnknownRebuildSettingError(wanted)
    if wanted == FULL:
        return Decision(FULL, f"{SETTING}=full")
    state = _read(home)
    if not state or not build_database(home).exists():
        return Decision(FULL, "没有上一次构建 no build before")
    if state.get("status") != _COMPLETE:
        return Decision(FULL, "上一次构建没有完成 the build before broke off")
    if state.get("code") != code_fingerprint():
        return Decision(FULL, "模型、引擎版本、读法或县区配置有变 models, engine, wording or county sources changed")
    rows = int(state.get("project_rows", 0))
    if wanted == AUTO and rows < AUTO_INCREMENTAL_ROWS:
        return Decision(FULL, f"只有 {rows} 行，少于 {AUTO_INCREMENTAL_ROWS} a small home is built anew")
    return Decision(INCREMENTAL, "只算变化的部分 only what changed")


def begin_layer(home: Home, layer: str, *, first: bool) -> Decision:
    """How to build this layer: as decided for the first one, but anew where the same layer was begun before.

    From the first layer until `complete`, the state says that a build is under way: if it breaks off, the next is full.
    """
    if first:
        decision, begun = decide(home), []
    else:
        state = _read(home)
        begun = list(state.get("layers", []))
        if state.get("status") != _BUILDING:
            decision = Decision(FULL, "没有从第一层开始 not begun with the first layer")
        elif layer in begun:
            decision = Decision(FULL, f"第“{layer}”层重做 layer {layer} is done again")
        else:
            decision = Decision(str(state["mode"]), str(state["reason"]))
    _write(home, {"status": _BUILDING, "mode": decision.mode, "reason": decision.reason, "layers": [*begun, layer]})
    return decision


def complete(home: Home) -> Decision | None:
    """Note that all layers are built; the build database must be closed. Returns how it was built."""
    import duckdb

    state = _read(home)
    if state.get("status") != _BUILDING:
        return None
    with duckdb.connect(str(build_database(home)), read_only=True) as connection:
        counted = connection.execute("select count(*) from intermediate.int_project_rows").fetchone()
    _write(
        home,
        {
            **state,
            "status": _COMPLETE,
            "code": code_fingerprint(),
            "project_rows": int(counted[0]) if counted else 0,
        },
    )
    return Decision(str(state["mode"]), str(state["reason"]))


def code_fingerprint() -> str:
    """Changes with anything but landed files, seeds and `as_of` that the built tables depend on."""
    digest = hashlib.sha256()
    for package in ("duckdb", "dbt-core", "dbt-duckdb"):
        digest.update(f"{package} {version(package)}\n".encode())
    digest.update(f"{schemas_fingerprint()} {wording_fingerprint('ledger')}\n".encode())
    for root, path in _code_files():
        digest.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def _code_files() -> Iterator[tuple[Path, Path]]:
    """Models, macros and their settings. Not the seeds: they are loaded anew each time and compared by their effect."""
    counties = Path(os.environ.get("LUODI_SOURCES") or SOURCES) / "counties"
    for root, endings in ((PROJECT, {".sql", ".yml"}), (counties, {".yml", ".yaml"})):
        yield from ((root, path) for path in sorted(root.rglob("*")) if path.suffix in endings)


def _read(home: Home) -> Mapping[str, Any]:
    try:
        state: Mapping[str, Any] = json.loads((home.build / _STATE).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return state


def _write(home: Home, state: Mapping[str, Any]) -> None:
    write_whole(home.build / _STATE, json.dumps(state, ensure_ascii=False, indent=2).encode())
