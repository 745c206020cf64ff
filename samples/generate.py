"""Write the sample inbox anew: `python samples/generate.py [FOLDER]`. The committed files are its output, byte for byte.

Nobody needs this to run luodi. It is here so that the invented world can be changed in one place (`generator/world.py`
and `generator/counties.py`) with ledgers, news and the expected answers (`truth/`) following.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from generator import truth
from generator.counties import all_projects
from generator.ledgers import project_ledgers
from generator.news import news_files
from generator.other_ledgers import other_ledgers
from generator.world import AS_OF


def write_samples(folder: Path) -> None:
    """Write `inbox/` and `truth/` below `folder`, replacing what stood there."""
    for part in ("inbox", "truth"):
        shutil.rmtree(folder / part, ignore_errors=True)
    projects = all_projects()
    for file in [*project_ledgers(projects), *other_ledgers(projects)]:
        _write(folder / "inbox" / "ledgers" / file.county_code / file.name, file.data)
    for name, data in news_files(projects).items():
        _write(folder / "inbox" / "news" / name, data)
    tables = {
        "signings": truth.signings(projects),
        "arrivals": truth.arrivals(projects),
        "milestones": truth.milestones(projects),
        "stages": truth.stages(projects),
        "lights": truth.lights(projects),
        "rejected_rows": truth.REJECTED,
        "refused_files": truth.REFUSED,
        "control_totals_off": truth.CONTROL_TOTAL_OFF,
    }
    for name, rows in tables.items():
        lines = ",\n".join(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
        _write(folder / "truth" / f"{name}.json", f"[\n{lines}\n]\n".encode())
    _write(folder / "truth" / "as_of.txt", f"{AS_OF.isoformat()}\n".encode())


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


if __name__ == "__main__":
    write_samples(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)
