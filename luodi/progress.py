"""One line a step for the person who waits, fed by Airflow's own task events."""

from __future__ import annotations

import time
from typing import Any

from rich.console import Console
from rich.markup import escape


class Progress:
    """Prints a line when a step has ended; the instances of a mapped task are one step."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._status = console.status("")
        self._step: tuple[str, str] | None = None
        self._label = ""
        self._started = 0.0
        self._succeeded = 0
        self._failures: dict[int, str] = {}
        self._recovered: list[str] = []

    def heading(self, text: str) -> None:
        """Begin a group of steps."""
        self.end_step()
        self._console.print(f"[bold]{escape(text)}[/bold]")

    def note(self, text: str) -> None:
        """Show what is being done, without a line that stays."""
        self._status.start()
        self._status.update(escape(text))

    def task_started(self, dag: str, task: str, label: str) -> None:
        """A task instance began."""
        if self._step != (dag, task):
            self.end_step()
            self._step, self._label, self._started = (dag, task), label, time.monotonic()
        self.note(f"  {self._label} …")

    def task_succeeded(self, map_index: int = -1) -> None:
        """An instance of the current task ended well, at first or when it was tried again."""
        self._succeeded += 1
        if (reason := self._failures.pop(map_index, None)) is not None:
            self._recovered.append(reason)

    def task_failed(self, reason: str, map_index: int = -1) -> None:
        """An instance of the current task failed (it may be tried again)."""
        self._failures[map_index] = reason

    def end_step(self) -> None:
        """Print the line of the current step, if there is one."""
        self._status.stop()
        if self._step is None:
            return
        seconds = time.monotonic() - self._started
        times = f" ×{self._succeeded}" if self._succeeded > 1 else ""
        mark = "[red]✗[/red]" if self._failures else "[green]✓[/green]"
        self._console.print(f"  {mark} {escape(self._label)}{times} [dim]{seconds:.1f} s[/dim]")
        for reason in dict.fromkeys(self._failures.values()):
            self._console.print(f"    [red]{escape(reason)}[/red]")
        for reason in dict.fromkeys(self._recovered):
            self._console.print(f"    [dim]重试后成功 succeeded when tried again: {escape(reason)}[/dim]")
        self._step, self._succeeded, self._failures, self._recovered = None, 0, {}, []


def listener(progress: Progress) -> Any:
    """The progress display as an Airflow listener."""
    from airflow.listeners import hookimpl

    from luodi.dag_defaults import WATCHER

    class TaskEvents:
        @hookimpl
        def on_task_instance_running(self, task_instance: Any) -> None:
            if task_instance.task_id != WATCHER:
                label = task_instance.task.task_display_name
                progress.task_started(task_instance.dag_id, task_instance.task_id, label)

        @hookimpl
        def on_task_instance_success(self, task_instance: Any) -> None:
            progress.task_succeeded(task_instance.map_index)

        @hookimpl
        def on_task_instance_failed(self, task_instance: Any, error: Any) -> None:
            if task_instance.task_id != WATCHER:
                progress.task_failed(str(error), task_instance.map_index)

    return TaskEvents()
