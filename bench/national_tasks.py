"""What `national_scale` times, each in a process of its own: `python -m bench.national_tasks TASK HOME [AS_OF MODE]`.

Prints one JSON object: `seconds` (of the SQL alone, model by model, for builds), `wall_seconds`, `peak_mb` (how far the
process grew above what it took before the work began), `models`, and `packing_seconds`, the part before dbt.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ingest.home import Home
from warehouse.packed_lake import pack_lake

_PARTS = ("counties", "identity", "states", "funds")
# The history and the marts that lie directly on it, with whatever these are made from.
CORE = (
    *(f"path:models/{folder}" for folder in ("staging", *(f"intermediate/{part}" for part in _PARTS))),
    "+path:models/marts/projects",
)
_THREADS = 2
_MIB = 1024 * 1024

# Written by hand for these rows alone: nothing is checked, renamed, told apart, corrected or kept for tomorrow.
_LATEST = """
create or replace table latest as
select * from {rows} qualify row_number() over (partition by county_code, project_name order by report_date desc, row_id) = 1
"""
_DELTAS = """
create or replace table deltas as
select county_code, project_name, report_date, funds_arrived_cumulative_cny
    - lag(funds_arrived_cumulative_cny) over (partition by county_code, project_name order by report_date) as arrived_cny
from {rows}
"""
_SCORECARD = """
create or replace table scorecard as
select county_code, report_month, count(distinct project_name) as projects,
    count(distinct case when stage = 'started' then project_name end) as started,
    sum(total_investment_cny) as total_cny, sum(funds_arrived_cumulative_cny) as funds_cny
from {rows} group by county_code, report_month
"""


def scan(home: Home) -> dict[str, Any]:
    """Every value of every column of the project rows, read once."""
    import duckdb

    rows = _rows(home)
    with duckdb.connect() as connection:
        connection.execute(f"set threads = {_THREADS}")
        columns = [name for name, *_ in connection.execute(f"describe select * from {rows}").fetchall()]
        digests = ", ".join(f'bit_xor(hash("{name}"))' for name in columns)
        found: list[int] = []

        def work() -> None:
            found.append(int(connection.execute(f"select count(*), {digests} from {rows}").fetchall()[0][0]))

        return {**_measured(work), "rows": found[0]}


def by_hand(home: Home) -> dict[str, Any]:
    """Latest state, week-on-week funds and a county scorecard, as a DuckDB script."""
    import duckdb

    database = home.root / "by_hand.duckdb"
    rows = _rows(home)
    try:
        with duckdb.connect(str(database)) as connection:
            connection.execute(f"set threads = {_THREADS}")
            connection.execute("set memory_limit = '6GB'")
            connection.execute("set preserve_insertion_order = false")

            def work() -> None:
                for query in (_LATEST, _DELTAS, _SCORECARD):
                    connection.execute(query.format(rows=rows))

            return _measured(work)
    finally:
        database.unlink(missing_ok=True)


def by_polars(home: Home) -> dict[str, Any]:
    """The same three tables in polars, streaming where it can."""
    import polars as pl

    rows = pl.scan_parquet(str(pack_lake(home) / "ledger_project_rows" / "*" / "*.parquet"), hive_partitioning=False)
    project = ["county_code", "project_name"]
    wanted = [*project, "report_date", "report_month", "stage", "total_investment_cny", "funds_arrived_cumulative_cny"]

    def work() -> None:
        last = pl.all().sort_by("report_date").last()
        rows.group_by(project).agg(last).collect(engine="streaming")
        narrow = rows.select(wanted)
        narrow.sort("report_date").select(
            *project, "report_date", pl.col("funds_arrived_cumulative_cny").diff().over(project).alias("arrived_cny")
        ).collect(engine="streaming")
        narrow.group_by("county_code", "report_month").agg(
            pl.col("project_name").n_unique().alias("projects"),
            pl.col("project_name").filter(pl.col("stage") == "started").n_unique().alias("started"),
            pl.col("total_investment_cny").sum(),
            pl.col("funds_arrived_cumulative_cny").sum(),
        ).collect(engine="streaming")

    return _measured(work)


def build(home: Home, as_of: dt.date, mode: str) -> dict[str, Any]:
    """The history by dbt, untested: all of it, or what changed; with the packing of what is new in the lake."""
    from warehouse import dbt_build

    packing = _measured(lambda: pack_lake(home))
    dbt_build.run_here(home, as_of, mode, ["stg_knowledge__regions"])  # parses and connects before the clock runs
    outcomes: list[dbt_build.NodeOutcome] = []
    measured = _measured(lambda: outcomes.extend(dbt_build.run_here(home, as_of, mode, CORE)))
    seconds = sum(node.seconds for node in outcomes)
    slowest = sorted(outcomes, key=lambda node: -node.seconds)[:16]
    both = {name: measured[name] + packing[name] for name in ("wall_seconds", "processor_seconds")}
    models = {node.name: node.seconds for node in slowest}
    peak = max(measured["peak_mb"], packing["peak_mb"])
    return {**both, "peak_mb": peak, "seconds": seconds, "packing_seconds": packing["wall_seconds"], "models": models}


def _rows(home: Home) -> str:
    """All project rows, as they are packed."""
    pattern = str(pack_lake(home) / "ledger_project_rows" / "*" / "*.parquet").replace("'", "''")
    return f"read_parquet('{pattern}', hive_partitioning = false)"


def _measured(work: Callable[[], object]) -> dict[str, float]:
    """Wall and processor time of the work, and how many MiB the process grew meanwhile, looked at a hundred times a second."""
    before = peak = _resident_mb()
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.01):
            peak = max(peak, _resident_mb())

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    started, busy = time.perf_counter(), time.process_time()
    work()
    seconds, busy = time.perf_counter() - started, time.process_time() - busy
    done.set()
    watcher.join()
    return {"seconds": seconds, "wall_seconds": seconds, "processor_seconds": busy, "peak_mb": peak - before}


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / _MIB


def main(arguments: list[str]) -> None:
    """Do one task and print what it took."""
    task, folder, *rest = arguments
    home = Home(Path(folder))
    tasks: dict[str, Callable[[], dict[str, Any]]] = {
        "build": lambda: build(home, dt.date.fromisoformat(rest[0]), rest[1]),
        "scan": lambda: scan(home),
        "by_hand": lambda: by_hand(home),
        "by_polars": lambda: by_polars(home),
    }
    found = tasks[task]()
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
