"""The history of a nation's weekly ledgers: everything anew, and one more week, beside a scan of the same Parquet.

`LUODI_BENCH_COUNTIES` says how large (60 by default: about 0.9 million rows; 3000 is the nation, 43 million, for which the
temporary folder needs 20 GB, the whole half an hour, and `LUODI_BENCH_WEEK_MEMORY=400MB`). Always five years of weeks, so a
week is the same share.
Only the history and the marts on it are measured: lights on every past day are not part of it. The new week lies in the lake as
the reader leaves it, a file a ledger, and its packing counts; the weeks before are written packed.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console

from bench.national_lake import NationalLake, Size
from bench.paired import Ratio, run_python
from ingest.home import Home

WEEKS = 260
DEFAULT_COUNTIES = 60
WEEK_BAR, WEEK_MB = 0.25, 300
REBUILD_BAR, REBUILD_MB = 6.0, 6 * 1024
# What DuckDB may keep in memory; without a limit it keeps whatever it read. A week of the nation needs more than 250 MB.
WEEK_LIMIT, REBUILD_LIMIT = os.environ.get("LUODI_BENCH_WEEK_MEMORY", "200MB"), "5GB"
# Two large models at once have half the memory each, and go to disk where one would not.
BUILD_THREADS = "1"


def measure(console: Console) -> list[Ratio]:
    """A week ≤ 0.25 × a scan and < 300 MB, a full rebuild ≤ 6 × a scan and < 6 GB."""
    size = Size(int(os.environ.get("LUODI_BENCH_COUNTIES", DEFAULT_COUNTIES)), WEEKS)
    with tempfile.TemporaryDirectory(prefix="luodi-national-") as folder:
        home = Home(Path(folder))
        as_of = size.dates()[-1].isoformat()
        lake = NationalLake(home, size)
        with console.status("生成湖 writing the lake"):
            rows = sum(lake.write_weeks(range(WEEKS - 1)))
        full = _task(console, "全量重建 everything anew", home, "build", as_of, "full", memory=REBUILD_LIMIT)
        rows += lake.write_ledgers(WEEKS - 1)
        lake.close()
        week = _task(console, "一周增量 one more week", home, "build", as_of, "incremental", memory=WEEK_LIMIT)
        scan = _task(console, "全扫描 scan", home, "scan")
        by_hand = _task(console, "手写 DuckDB by hand", home, "by_hand")
        by_polars = _task(console, "polars", home, "by_polars")
        console.print(
            f"{size.counties} 县 counties × {WEEKS} 周 weeks = {rows:,} 行 rows; {dt.date.fromisoformat(as_of)}"
        )
    return [
        _against("一周增量 a week ÷ 扫描 scan", week, scan, WEEK_BAR),
        _memory("一周增量内存 a week's memory, MB", week, WEEK_MB),
        _against("全量重建 everything anew ÷ 扫描 scan", full, scan, REBUILD_BAR),
        _memory("全量重建内存 everything anew, memory, MB", full, REBUILD_MB),
        _against("（对照）手写 DuckDB 三张表 three tables by hand ÷ 扫描 scan", by_hand, scan, REBUILD_BAR),
        _against("（对照）polars 三张表 three tables ÷ 扫描 scan", by_polars, scan, REBUILD_BAR),
    ]


def _task(console: Console, name: str, home: Home, *arguments: str, memory: str = "") -> dict[str, Any]:
    task, *rest = arguments
    env = {**os.environ, **({"LUODI_MEMORY_LIMIT": memory, "LUODI_BUILD_THREADS": BUILD_THREADS} if memory else {})}
    with console.status(name):
        printed = run_python(["-m", "bench.national_tasks", task, str(home.root), *rest], env=env)
    found: dict[str, Any] = json.loads(printed.splitlines()[-1])
    console.print(
        f"{name}: 共 wall {found['wall_seconds']:.1f} s, 处理器 processor {found['processor_seconds']:.1f} s,"
        f" 内存 memory {found['peak_mb']:.0f} MB"
    )
    if "packing_seconds" in found:
        console.print(f"    {found['packing_seconds']:7.1f} s 打包 packing")
    for model, seconds in found.get("models", {}).items():
        console.print(f"    {seconds:7.1f} s {model}")
    return found


def _against(name: str, subject: dict[str, Any], peer: dict[str, Any], bar: float) -> Ratio:
    """By the clock, dbt's own work between the models included."""
    seconds, allowed = subject["wall_seconds"], peer["wall_seconds"]
    return Ratio(name, seconds, allowed, seconds / allowed, bar)


def _memory(name: str, subject: dict[str, Any], allowed_mb: int) -> Ratio:
    return Ratio(name, subject["peak_mb"], allowed_mb, subject["peak_mb"] / allowed_mb, 1.0)
