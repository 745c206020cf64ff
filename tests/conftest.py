"""How the suite is dealt out to worker processes (`make test` runs two): what shares a costly fixture stays together."""

from __future__ import annotations

from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

TESTS = Path(__file__).parent
# One world is built for the whole folder.
TOGETHER = ("tests/warehouse/",)
# Folders whose files take minutes go first, so that no worker ends on a long one.
SLOW_FIRST = ("dags", "faults", "warehouse", "browser", "golden")


class ByFixture(LoadScopeScheduling):
    """Every file goes to one worker whole, and so does a folder whose files share their fixtures."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return next((folder for folder in TOGETHER if file.startswith(folder)), file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFixture:
    return ByFixture(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the slow folders to the front."""
    order = {name: number for number, name in enumerate(SLOW_FIRST)}
    items.sort(key=lambda item: order.get(item.path.relative_to(TESTS).parts[0], len(order)))
