"""Whose build the tables below `build/` are: one run's, from its first task to its publication, for one business date.

Airflow may run a DAG more than once at a time whatever its `max_active_runs` says (a backfill beside the schedule), and lets
a person clear a single task of an old run. Without this, a layer of one date would be built onto a layer of another.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from ingest.files import write_whole
from ingest.home import Home


@dataclass(frozen=True, slots=True)
class Turn:
    """Which run builds, or built last, and as of when. `is_over` once it has published."""

    run: str
    as_of: str
    is_over: bool = False


class BuiltByAnotherRunError(RuntimeError):
    """Another run has built since this one began: what this one would go on with is no longer its own."""

    def __init__(self, run: str, turn: Turn) -> None:
        super().__init__(
            f"运行 {turn.run}（业务日期 {turn.as_of}）在这之后构建过，接着做会混用两次构建的表；请从第一个任务起重跑 {run}，或什么都不做。"
            f"{turn.run} (as of {turn.as_of}) has built since: to go on would mix the tables of two builds. "
            f"Clear {run} from its first task, or leave it."
        )
        self.run, self.turn = run, turn

    def __reduce__(self) -> tuple[type[BuiltByAnotherRunError], tuple[str, Turn]]:
        return type(self), (self.run, self.turn)


def current(home: Home) -> Turn | None:
    """Whose turn it is, or was last."""
    try:
        return Turn(**json.loads(_path(home).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def take(home: Home, run: str, as_of: dt.date) -> None:
    """From now on the build is this run's."""
    _write(home, Turn(run, as_of.isoformat()))


def own(home: Home, run: str) -> Turn | None:
    """The turn of this run; None where nobody has taken one.

    Raises:
        BuiltByAnotherRunError: it is another's.
    """
    turn = current(home)
    if turn is not None and turn.run != run:
        raise BuiltByAnotherRunError(run, turn)
    return turn


def end(home: Home) -> None:
    """The run has published; whoever waits may begin."""
    turn = current(home)
    if turn is not None:
        _write(home, Turn(turn.run, turn.as_of, is_over=True))


def forget(home: Home) -> None:
    """Nobody builds: whoever calls holds the lock of the home alone, so a run that left its turn was killed."""
    _path(home).unlink(missing_ok=True)


def _path(home: Home) -> Path:
    return home.build / "build_turn.json"


def _write(home: Home, turn: Turn) -> None:
    write_whole(_path(home), json.dumps(asdict(turn)).encode())
