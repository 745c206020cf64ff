"""Paired timing: two ways of doing one thing run in turn, so that a drifting machine drifts for both."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Ratio:
    """Median of `subject ÷ peer`, pair by pair, and the bar it is held against.

    `at_most` says which side of the bar is good: a cost must stay at or below it, a speed-up at or above.
    """

    name: str
    subject_seconds: float
    peer_seconds: float
    ratio: float
    bar: float
    at_most: bool = True

    @property
    def holds(self) -> bool:
        """Whether the bar is met."""
        return self.ratio <= self.bar if self.at_most else self.ratio >= self.bar


def seconds(action: Callable[[], object]) -> float:
    """Wall time of one call."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def compare(
    name: str,
    subject: Callable[[], object],
    peer: Callable[[], object],
    *,
    bar: float,
    rounds: int = 3,
    at_most: bool = True,
) -> Ratio:
    """Run subject and peer in turn; with `at_most=False` the ratio is peer ÷ subject (how much faster)."""
    pairs = [(seconds(subject), seconds(peer)) for _ in range(rounds)]
    quotients = [a / b if at_most else b / a for a, b in pairs]
    return Ratio(
        name,
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(quotients),
        bar,
        at_most,
    )


def run_python(arguments: Sequence[str], *, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> str:
    """Run this interpreter with the arguments as its own process and return what it printed.

    Raises:
        RuntimeError: the process failed; the message ends with the last of what it printed.
    """
    done = subprocess.run([sys.executable, *arguments], env=env, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{arguments!r} ended with {done.returncode}:\n{(done.stdout + done.stderr)[-2000:]}")
    return done.stdout
