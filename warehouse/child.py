"""Functions run in a child process of their own, which may be started before it is needed.

Two libraries make this necessary. dbt keeps DuckDB's lock until its process ends, so a build must not run where
something else reads the file later. And dbt and Great Expectations take seconds to import: a child that imports
them while ledgers are still being read costs a waiting person nothing.

A child ends with its parent, even if that was killed: it watches the pipe that its requests come through.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import pickle
import queue
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO

_warm: dict[str, ChildProcess] = {}


class ChildDiedError(RuntimeError):
    """The child process ended without an answer: killed, out of memory, or crashed."""


class ChildProcess:
    """A Python process that answers one call after another. Not to be shared between threads."""

    def __init__(self) -> None:
        # It ends at once, so what watches over its semaphores has to remove them, and would tell the person of it.
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore:resource_tracker:UserWarning", "-m", "warehouse.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._unanswered = 0

    def send(self, reference: str, *arguments: Any) -> None:
        """Ask for a call of `reference` (`package.module:function`) without waiting for the answer."""
        pipe = self._pipe(self._process.stdin)
        try:
            pickle.dump((reference, arguments), pipe)
            pipe.flush()
        except BrokenPipeError:
            raise self._died(reference) from None
        self._unanswered += 1

    def call(self, reference: str, *arguments: Any) -> Any:
        """What `reference(*arguments)` returns or raises, in the child.

        Raises:
            ChildDiedError: the process ended first.
        """
        self.send(reference, *arguments)
        while self._unanswered > 1:  # answers to what was sent ahead, to warm up
            self._answer(reference)
        value, error = self._answer(reference)
        if error is not None:
            raise error
        return value

    def close(self) -> None:
        """End the process and wait until it is gone, so that its locks are free."""
        with contextlib.suppress(BrokenPipeError):  # what a dead one was still to be asked
            self._pipe(self._process.stdin).close()
        self._process.wait()
        self._pipe(self._process.stdout).close()

    def _answer(self, reference: str) -> tuple[Any, BaseException | None]:
        try:
            answer: tuple[Any, BaseException | None] = pickle.load(self._pipe(self._process.stdout))  # noqa: S301 (our own child)
        except EOFError:
            raise self._died(reference) from None
        self._unanswered -= 1
        return answer

    def _died(self, reference: str) -> ChildDiedError:
        status = self._process.wait()
        return ChildDiedError(
            f"子进程意外结束（状态 {status}，多半是内存不够或被系统结束），再运行一次即可。 "
            f"A child process ended with status {status} during {reference}, most likely for want of memory; run again."
        )

    @staticmethod
    def _pipe(pipe: Any) -> BinaryIO:
        stream: BinaryIO = pipe
        return stream


def warm_up(name: str, reference: str, *arguments: Any) -> None:
    """Start the child `name` and let it begin with a call whose result nobody waits for."""
    child = _warm[name] = ChildProcess()
    child.send(reference, *arguments)


def call(name: str, reference: str, *arguments: Any) -> Any:
    """Call in the child `name` if it was warmed up, else in a new child that ends with the call."""
    warm = _warm.get(name)
    if warm is not None:
        try:
            return warm.call(reference, *arguments)
        except ChildDiedError:
            close(name)  # whoever tries again gets a new one
            raise
    child = ChildProcess()
    try:
        return child.call(reference, *arguments)
    finally:
        child.close()


def load(module: str) -> None:
    """Import a module in the child; it cannot be sent back."""
    importlib.import_module(module)


def close(name: str) -> None:
    """End the child `name`, if it was warmed up."""
    child = _warm.pop(name, None)
    if child is not None:
        child.close()


def close_all() -> None:
    """End every child that was warmed up."""
    for name in list(_warm):
        close(name)


def _resolve(reference: str) -> Callable[..., Any]:
    module, _, name = reference.partition(":")
    function: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return function


def _perform(request: tuple[str, tuple[Any, ...]]) -> bytes:
    reference, arguments = request
    try:
        return pickle.dumps((_resolve(reference)(*arguments), None))
    except BaseException as error:  # noqa: BLE001 (the parent decides)
        traceback.print_exc()
        try:
            reply = pickle.dumps((None, error))
            pickle.loads(reply)  # noqa: S301 (some exceptions pickle but do not come back)
        except Exception:  # noqa: BLE001
            reply = pickle.dumps((None, RuntimeError(f"{type(error).__name__}: {error}")))
        return reply


def _serve() -> None:
    """Answer requests from stdin on stdout until stdin closes; then end at once, also in the middle of a call."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints belongs to the log, not between the answers
    requests: queue.SimpleQueue[tuple[str, tuple[Any, ...]]] = queue.SimpleQueue()

    def listen() -> None:
        stream = sys.stdin.buffer
        while True:
            try:
                requests.put(pickle.load(stream))  # noqa: S301 (our own parent)
            except EOFError:
                os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    while True:
        answers.write(_perform(requests.get()))
        answers.flush()


if __name__ == "__main__":
    _serve()
