"""Imported first in a reading worker: pyarrow looks for pandas whenever it builds a table, and workers have no use for it.

Importing pandas takes longer than reading a county's ledgers, and a good part of the memory a worker may have. Only for
worker processes (`run_bounded(…, preload=…)`): where this is imported, pandas cannot be found afterwards. Arrow, imported
later, allocates as everything else does.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


class _NoPandas(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname == "pandas":
            raise ModuleNotFoundError("pandas is left out of reading workers", name="pandas")
        return None


sys.meta_path.insert(0, _NoPandas())
# Arrow's own pool takes address space by the tens of megabytes for tables of a few, and keeps it.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
