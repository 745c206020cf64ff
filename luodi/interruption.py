"""Ending a run at once where somebody asks for it: Ctrl-C, or the SIGTERM of a service manager, a shutdown, `timeout`."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console

Handler = Callable[[int, object], None] | None


@contextmanager
def ended_by_signals(shown: Console) -> Iterator[Handler]:
    """End the whole run at Ctrl-C or SIGTERM; yields what does it.

    Airflow takes an exception for one of the task's, tries again and goes on with the next, while the children have ended;
    and a run may end anywhere, as if it were killed.
    """

    def end(number: int, _: object) -> None:
        try:
            _tell(shown)
        finally:
            os._exit(128 + number)  # as shells say it

    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    # Else somebody wants it ignored, or cares for it himself.
    ours = [number for number in kept if kept[number] in (signal.default_int_handler, signal.SIG_DFL)]
    if threading.current_thread() is not threading.main_thread():
        ours = []
    for number in ours:
        signal.signal(number, end)
    try:
        yield end if signal.SIGTERM in ours else None
    finally:
        for number in ours:
            signal.signal(number, kept[number])


def _tell(shown: Console) -> None:
    """Say what happened, if anybody still listens: the same Ctrl-C has ended the `tee` behind the pipe."""
    shown.show_cursor()
    shown.print(
        "\n[yellow]已中断；已收到的文件不会丢，再运行一次即可。 Interrupted: nothing that landed is lost; run again.[/yellow]",
        soft_wrap=True,
    )
    shown.file.flush()


def listener(end: Handler) -> Any:
    """Keeps SIGTERM ours, as an Airflow listener: each task hands it to its operator, which does nothing about it."""
    from airflow.listeners import hookimpl

    class TaskEvents:
        @hookimpl
        def on_task_instance_running(self) -> None:
            if end is not None:
                signal.signal(signal.SIGTERM, end)

    return TaskEvents()
