"""`python -m bench [NAME…]`: run the benchmarks named (all of them by default) and print their ratios."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from bench.paired import Ratio

BENCHMARKS = ("ledger_reading", "news_reading", "whole_run", "national_scale")


def show(console: Console, ratios: Iterable[Ratio]) -> None:
    """Print one row a ratio: seconds of both sides, the ratio, the bar, whether it holds."""
    table = Table("对比 comparison", "luodi (s)", "对照 peer (s)", "比值 ratio", "标准 bar", "")
    for ratio in ratios:
        sign = "≤" if ratio.at_most else "≥"
        table.add_row(
            ratio.name,
            f"{ratio.subject_seconds:.2f}",
            f"{ratio.peer_seconds:.2f}",
            f"{ratio.ratio:.2f}",
            f"{sign} {ratio.bar:g}",
            "[green]达标 holds" if ratio.holds else "[red]未达标 missed",
        )
    console.print(table)


def main(names: list[str]) -> int:
    """Exit 1 where a bar is missed, 2 where a name is unknown."""
    console = Console()
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        console.print(f"没有这个测试 unknown benchmark: {', '.join(unknown)}; 可选 choose from {', '.join(BENCHMARKS)}")
        return 2
    missed = False
    for name in names or BENCHMARKS:
        console.rule(name)
        ratios = importlib.import_module(f"bench.{name}").measure(console)
        show(console, ratios)
        missed = missed or not all(ratio.holds for ratio in ratios)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
