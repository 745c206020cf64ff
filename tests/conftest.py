"""How the suite is dealt out to worker processes (`make test` runs two): what shares a costly fixture stays together."""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
# One world is built for the whole folder.
TOGETHER = {"warehouse"}
# Folders whose files take minutes go first, so that no worker ends on a long one.
SLOW_FIRST = ("dags", "faults", "warehouse", "browser", "golden")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the slow folders to the front; give every file, or a folder that shares its fixtures, to one worker."""
    order = {name: number for number, name in enumerate(SLOW_FIRST)}
    items.sort(key=lambda item: order.get(_folder(item), len(order)))
    for item in items:
        group = _folder(item) if _folder(item) in TOGETHER else str(item.path.relative_to(TESTS))
        item.add_marker(pytest.mark.xdist_group(group))


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(TESTS).parts[0]
