"""What people decided in the invented world: the seeds that ship, with rows that its histories are told for."""

from __future__ import annotations

import shutil
from pathlib import Path

from histories import SHARED_FIRST, SHARED_PARTNER

from ingest.home import CHECKOUT
from warehouse.seed_checks import check_seeds

# Seed → rows added, in the order of its columns.
_ROWS: dict[str, tuple[str, ...]] = {
    # Half and half from April on; before, all of it is the county's that reported it.
    "project_shares": (
        f"{SHARED_FIRST},合作园区项目,,{SHARED_FIRST},0.5,2026-04-01,2031-03-31,市政府,2026-04-01,共建园区协议五五分成",
        f"{SHARED_FIRST},合作园区项目,,{SHARED_PARTNER},0.5,2026-04-01,2031-03-31,市政府,2026-04-01,共建园区协议五五分成",
    ),
}


def write_world_project(folder: Path) -> Path:
    """The dbt project as it ships, but for the seeds of the world; held to the checks of every run."""
    project = folder / "dbt_project"
    if project.exists():
        return project
    shipped = CHECKOUT / "dbt_project"
    shutil.copytree(shipped / "seeds", project / "seeds")
    for path in shipped.iterdir():
        if path.name not in ("seeds", "target"):
            (project / path.name).symlink_to(path)
    (folder / "ingest").symlink_to(CHECKOUT / "ingest")  # where the project looks for wordings
    for seed, rows in _ROWS.items():
        with (project / "seeds" / f"{seed}.csv").open("a", encoding="utf-8") as handle:
            handle.writelines(f"{row}\n" for row in rows)
    check_seeds(project / "seeds")
    return project
