"""What has gone out already: one small file a key below `HOME/sent/<channel>/`, so that nothing goes out twice."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from ingest.home import Home


def sent_keys(home: Home, channel: str) -> set[str]:
    """Every key recorded for a channel."""
    folder = _folder(home, channel)
    return {json.loads(path.read_text(encoding="utf-8"))["key"] for path in folder.glob("*.json")}


def is_sent(home: Home, channel: str, key: str) -> bool:
    """Whether this key is recorded."""
    return _path(home, channel, key).exists()


def record_sent(home: Home, channel: str, keys: Iterable[str], facts: Mapping[str, Any]) -> None:
    """Record keys after they have gone out; a key that is there stays as it is."""
    for key in keys:
        path = _path(home, channel, key)
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        temporary.write_text(json.dumps({"key": key, **facts}, ensure_ascii=False, default=str), encoding="utf-8")
        temporary.replace(path)


def unsent(home: Home, channel: str, keys: Collection[str]) -> list[str]:
    """Those of the keys that are not recorded, in their order."""
    return [key for key in keys if not is_sent(home, channel, key)]


def _folder(home: Home, channel: str) -> Path:
    return home.root / "sent" / channel


def _path(home: Home, channel: str, key: str) -> Path:
    return _folder(home, channel) / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.json"
