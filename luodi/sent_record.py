"""What has gone out already: one small file a key below `HOME/sent/<channel>/`, so that nothing goes out twice.

Where sending cannot be taken back, a key is begun before and recorded after; a key that was begun and never recorded tells that
nobody knows whether it went out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from ingest.files import write_whole
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
        if not path.exists():
            _write(path, {"key": key, **facts})
        give_up(home, channel, key)


def begin(home: Home, channel: str, key: str, facts: Mapping[str, Any]) -> None:
    """Note that a key is about to go out."""
    _write(_begun(home, channel, key), {"key": key, **facts})


def begun_path(home: Home, channel: str, key: str) -> Path | None:
    """The note of a key that was begun and neither recorded nor given up."""
    path = _begun(home, channel, key)
    return path if path.exists() else None


def give_up(home: Home, channel: str, key: str) -> None:
    """Take the note away: nothing went out."""
    _begun(home, channel, key).unlink(missing_ok=True)


def unsent(home: Home, channel: str, keys: Collection[str]) -> list[str]:
    """Those of the keys that are not recorded, in their order."""
    return [key for key in keys if not is_sent(home, channel, key)]


def _write(path: Path, content: Mapping[str, Any]) -> None:
    write_whole(path, json.dumps(content, ensure_ascii=False, default=str).encode())


def _begun(home: Home, channel: str, key: str) -> Path:
    return _path(home, channel, key).with_suffix(".begun")


def _folder(home: Home, channel: str) -> Path:
    return home.root / "sent" / channel


def _path(home: Home, channel: str, key: str) -> Path:
    return _folder(home, channel) / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.json"
