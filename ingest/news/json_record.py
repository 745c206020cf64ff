"""One record of a JSON-lines file, its texts fit to be written again."""

from __future__ import annotations

import json
import re
from typing import Any

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def load_record(line: str) -> Any:
    """What the line says; half of a surrogate pair (`"\\ud83d"`, a text cut by its length) is U+FFFD, as no UTF-8 can hold it.

    Raises:
        ValueError, RecursionError: as `json.loads`.
    """
    record = json.loads(line)
    if not isinstance(record, dict):
        return record
    return {_whole(key): _whole(value) if isinstance(value, str) else value for key, value in record.items()}


def _whole(text: str) -> str:
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)
