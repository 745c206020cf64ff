"""Run a function over items in worker processes that can be killed: bounded in memory and in time.

A crash, an abort in native code, a memory blow or a hang costs the item it happened on, and nothing else: the worker is
replaced and the rest goes on. What earlier items left behind (remembered words, a heap full of holes) costs no later one
its place: a worker that holds much ends, and an item that found too little room in a used one has another try. Workers
are plain child processes (not `multiprocessing`), so this works inside an Airflow task, a Celery worker and pytest alike;
each serves many items, so an item costs well under a millisecond.

    for outcome in run_bounded(read_ledger_file, paths, workers=2):
        outcome.item, outcome.value, outcome.failure
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import connection
from typing import Generic, Literal, TypeVar, cast

from ingest.limits import DEFAULT_LIMITS, Limits

Item = TypeVar("Item")
Result = TypeVar("Result")
FailureKind = Literal["memory", "timeout", "crash", "error"]

_START_SECONDS = 60.0
_STDERR_TAIL = 4096
_ALARM_GRACE = 5
# On a machine that is overbooked a worker may take so many times its seconds by the clock, as long as it is at work.
_MOST_CLOCK = 5
# A worker that holds more than this share of its room after an item is replaced, for the next one may need it. What it
# always holds once it has read its wordings (a quarter, and more with every wording) must stay well below.
_MOST_LEFT_BEHIND = 0.5
# Reading makes hundreds of thousands of objects and hardly a cycle: looking for cycles as often as Python does by
# default costs a reading worker an eighth of its time.
_OBJECTS_BETWEEN_COLLECTIONS = 100_000
_BOOTSTRAP = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from ingest.bounded import serve; serve()"
_OUT_OF_MEMORY = ("memory allocation of", "MemoryError", "bad_alloc", "Cannot allocate memory", "out of memory")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an item gave no value.

    `memory`: over `Limits.memory_bytes`. `timeout`: over `Limits.seconds`. `crash`: the process died. `error`: the
    function raised; `detail` is its traceback.
    """

    kind: FailureKind
    message: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Item, Result]):
    """One item with its value, or with its failure. `index` is its place among the items given."""

    index: int
    item: Item
    value: Result | None
    failure: Failure | None = None


def run_bounded(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    workers: int = 1,
    limits: Limits = DEFAULT_LIMITS,
    preload: Sequence[str] = (),
    keep_for: str | None = None,
) -> Iterator[Outcome[Item, Result]]:
    """Apply a module-level function to every item; outcomes come in the order of completion.

    Items and results must pickle. `preload` names modules to import before the memory limit is set: what a function
    imports late counts as the item's memory. At most `workers` items are taken from `items` ahead of their outcomes.
    With `keep_for`, workers that end well wait for a later call with the same arguments and the same `keep_for`, which
    must name whatever the function has read and remembered (configuration, wordings); starting one costs most of a second.

    Raises:
        ValueError: the function can't be imported by name in another process.
    """
    if function.__module__ == "__main__" or "<" in function.__qualname__:
        raise ValueError(
            f"只能运行模块级函数 only a module-level function can run in a worker: {function.__qualname__}"
        )
    return _Pool(function, iter(items), max(1, workers), limits, preload, keep_for).run()


class _Pool(Generic[Item, Result]):
    def __init__(
        self,
        function: Callable[[Item], Result],
        items: Iterator[Item],
        workers: int,
        limits: Limits,
        preload: Sequence[str],
        keep_for: str | None,
    ) -> None:
        self._items = enumerate(items)
        self._most = workers
        self._limits = limits
        self._setup = (function, limits, tuple(preload))
        self._keep_for = keep_for
        self._busy: dict[connection.Connection, _Worker] = {}
        self._current: dict[_Worker, tuple[int, Item]] = {}

    def run(self) -> Iterator[Outcome[Item, Result]]:
        try:
            for _ in range(self._most):
                if not self._give_next(None):
                    break
            while self._busy:
                yield from self._collect()
        finally:
            for worker in list(self._busy.values()):
                worker.kill()

    def _give_next(self, worker: _Worker | None) -> bool:
        """Hand the next item to this worker, or to a new one; False (and the worker ends) where none is left."""
        following = next(self._items, None)
        if following is None:
            if worker is not None:
                self._dismiss(worker)
            return False
        self._give(worker or self._waiting() or _Worker(self._setup), following)
        return True

    def _give(self, worker: _Worker, numbered: tuple[int, Item]) -> None:
        self._busy[worker.results] = worker
        self._current[worker] = numbered
        worker.give(numbered[1], self._limits.seconds)

    def _waiting(self) -> _Worker | None:
        """A worker that an earlier call with the same setup left waiting."""
        if self._keep_for is None:
            return None
        return _idle.take((self._setup, self._keep_for))

    def _dismiss(self, worker: _Worker) -> None:
        if self._keep_for is None:
            worker.close()
        else:
            _idle.keep((self._setup, self._keep_for), worker)

    def _collect(self) -> Iterator[Outcome[Item, Result]]:
        soonest = min(worker.deadline for worker in self._busy.values())
        ready = connection.wait(list(self._busy), max(0.0, soonest - time.monotonic()))
        now = time.monotonic()
        for pipe, worker in list(self._busy.items()):
            if pipe in ready:
                answer = worker.take()
                if not self._tries_again(worker, answer):
                    yield self._finish(worker, answer)
            elif worker.deadline <= now and not worker.is_given_more(self._limits.seconds, now):
                seconds = self._limits.seconds
                message = f"超过 {seconds:g} 秒 took more than {seconds:g} s"
                yield self._finish(worker, Failure("timeout", message))

    def _tries_again(self, worker: _Worker, answer: _Answer | Failure) -> bool:
        """Hand an item that ran out of memory in a used worker to a new one; False where that is not what happened."""
        failure = answer if isinstance(answer, Failure) else answer.failure
        if failure is None or failure.kind != "memory" or worker.served == 0:
            return False
        del self._busy[worker.results]
        current = self._current.pop(worker)
        worker.kill()
        self._give(_Worker(self._setup), current)
        return True

    def _finish(self, worker: _Worker, answer: _Answer | Failure) -> Outcome[Item, Result]:
        del self._busy[worker.results]
        index, item = self._current.pop(worker)
        if isinstance(answer, Failure):
            worker.kill()
            self._give_next(None)
            return Outcome(index, item, None, answer)
        worker.served += 1
        if answer.is_full or (answer.failure is not None and answer.failure.kind == "memory"):
            worker.kill()
            self._give_next(None)
        else:
            self._give_next(worker)
        return Outcome(index, item, cast("Result | None", answer.value), answer.failure)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a worker sends back."""

    value: object
    failure: Failure | None
    is_full: bool = False
    """Whether the worker holds so much by now that the next item had better go to a new one."""


class _Worker:
    """One child process, its two pipes, and what it wrote to stderr."""

    def __init__(self, setup: tuple[object, ...]) -> None:
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the worker
        read_end, self._requests_fd = os.pipe()
        results_fd, write_end = os.pipe()
        environment = {**os.environ, "MALLOC_ARENA_MAX": "2", "OMP_NUM_THREADS": "1", "PYTHONFAULTHANDLER": ""}
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, arguments not from outside
                [sys.executable, "-c", _BOOTSTRAP, json.dumps(sys.path), str(read_end), str(write_end)],
                stdin=subprocess.DEVNULL,
                stdout=self._stderr,
                stderr=self._stderr,
                pass_fds=(read_end, write_end),
                env=environment,
            )
        finally:
            os.close(read_end)
            os.close(write_end)
        self._requests = connection.Connection(self._requests_fd, readable=False)
        self.results = connection.Connection(results_fd, writable=False)
        self.deadline = 0.0
        self._latest = 0.0
        self._worked_before = 0.0
        self.served = 0
        self._started = False
        *work, preload = setup
        self._send(preload)
        self._send(tuple(work))

    def give(self, item: object, seconds: float) -> None:
        """Send one item. The first also waits for the imports of the child."""
        start = time.monotonic() + (0.0 if self._started else _START_SECONDS)
        self.deadline, self._latest = start + seconds, start + _MOST_CLOCK * seconds
        self._worked_before = self._at_work()[1]
        self._started = True
        self._send(item)

    def is_given_more(self, seconds: float, now: float) -> bool:
        """Put the deadline off where the worker is not stuck but has had less than its seconds of the processor."""
        is_working, worked = self._at_work()
        left = seconds - (worked - self._worked_before)
        if not is_working or left <= 0 or now >= self._latest:
            return False
        self.deadline = min(now + left, self._latest)
        return True

    def _at_work(self) -> tuple[bool, float]:
        """Whether the process runs or waits to (not for anything else), and its processor seconds so far (Linux)."""
        try:
            with open(f"/proc/{self._process.pid}/stat", encoding="ascii", errors="replace") as stat:  # noqa: PTH123
                state, *numbers = stat.read().rpartition(") ")[2].split()
        except OSError:
            return False, 0.0
        return state in "RD", (int(numbers[10]) + int(numbers[11])) / os.sysconf("SC_CLK_TCK")

    def _send(self, payload: object) -> None:
        # A worker that died is found out when its answer is taken.
        with suppress(BrokenPipeError, ConnectionResetError):
            self._requests.send_bytes(pickle.dumps(payload, protocol=pickle.HIGHEST_PROTOCOL))

    def take(self) -> _Answer | Failure:
        """The answer to the item, or how the process died."""
        try:
            answer = pickle.loads(self.results.recv_bytes())  # noqa: S301 - from our own child
        except (EOFError, OSError):
            return self._death()
        if not isinstance(answer, _Answer):
            return Failure("crash", "工作进程的回答无法识别 the worker's answer makes no sense")
        return answer

    def _death(self) -> Failure:
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        said = self._said()
        cause = f"信号 signal {signal.Signals(-code).name}" if code < 0 else f"退出码 exit code {code}"
        if any(sign in said for sign in _OUT_OF_MEMORY):
            return Failure("memory", f"内存超限 out of memory ({cause})", said)
        if code == -signal.SIGALRM:
            return Failure("timeout", "超时 took too long", said)
        return Failure("crash", f"进程异常退出 the process died ({cause})", said)

    def _said(self) -> str:
        self._stderr.seek(0, os.SEEK_END)
        self._stderr.seek(max(0, self._stderr.tell() - _STDERR_TAIL))
        return self._stderr.read().decode("utf-8", "replace")

    def is_alive(self) -> bool:
        """Whether the child still runs."""
        return self._process.poll() is None

    def close(self) -> None:
        """Let the child end by itself, which it does at once."""
        self._requests.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self.results.close()
        self._stderr.close()

    def kill(self) -> None:
        """End the child whatever it does."""
        self._process.kill()
        self._process.wait()
        self._requests.close()
        self.results.close()
        self._stderr.close()


class _Idle:
    """Workers that wait for a next call: a few of one setup; another setup sends them home."""

    _MOST = 2

    def __init__(self) -> None:
        self._setup: object = None
        self._workers: list[_Worker] = []
        self._process = os.getpid()

    def take(self, setup: object) -> _Worker | None:
        self._only_for(setup)
        while self._workers:
            worker = self._workers.pop()
            if worker.is_alive():
                return worker
            worker.kill()
        return None

    def keep(self, setup: object, worker: _Worker) -> None:
        self._only_for(setup)
        if len(self._workers) < self._MOST:
            self._workers.append(worker)
        else:
            worker.close()

    def close(self) -> None:
        """Let all of them end; those of a parent process are not ours to end."""
        workers, self._workers = self._workers, []
        if self._process == os.getpid():
            for worker in workers:
                worker.close()
        self._process = os.getpid()

    def _only_for(self, setup: object) -> None:
        if self._setup != setup or self._process != os.getpid():
            self.close()
            self._setup = setup


_idle = _Idle()
atexit.register(_idle.close)


# The child's side

_serving = False


def is_worker() -> bool:
    """Whether this process is a bounded worker, which answers for a `MemoryError` itself."""
    return _serving


def serve() -> None:
    """The main loop of a worker: import, set the limits, then answer items until the pipe closes."""
    global _serving
    _serving = True
    requests = connection.Connection(int(sys.argv[2]), writable=False)
    results = connection.Connection(int(sys.argv[3]), readable=False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Before the function: to unpickle it imports its module, and with it what should be imported after these.
    for module in pickle.loads(requests.recv_bytes()):  # noqa: S301 - from our own parent
        importlib.import_module(module)
    function, limits = pickle.loads(requests.recv_bytes())  # noqa: S301 - from our own parent
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    limit_memory(limits.memory_bytes)
    at_start = _resident_bytes()
    most_held = at_start + _MOST_LEFT_BEHIND * max(0, limits.memory_bytes - at_start)
    while True:
        try:
            request = requests.recv_bytes()
        except EOFError:
            return
        # Should the parent be gone, nobody kills a hang: the alarm does.
        signal.alarm(int(_MOST_CLOCK * limits.seconds) + _ALARM_GRACE)
        answer = _answer(function, request, most_held)
        signal.alarm(0)
        results.send_bytes(answer)


def _answer(function: Callable[[object], object], request: bytes, most_held: float) -> bytes:
    try:
        value = function(pickle.loads(request))  # noqa: S301 - from our own parent
        is_full = _resident_bytes() > most_held
        return pickle.dumps(_Answer(value, None, is_full), protocol=pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        failure = Failure("memory", "内存超限 out of memory")
    except BaseException as error:  # noqa: BLE001 - also a panic in Rust: whatever it is, it belongs to this item only
        failure = Failure("error", f"{type(error).__name__}: {error}", traceback.format_exc())
    return pickle.dumps(_Answer(None, failure), protocol=pickle.HIGHEST_PROTOCOL)


def limit_memory(memory_bytes: int) -> None:
    """Let this process grow to `memory_bytes` of resident memory and no further (Linux; elsewhere no limit is set).

    Address space beyond what is mapped now is what can still become resident, so the limit is what is mapped plus
    what is left to `memory_bytes`.
    """
    try:
        import resource
    except ImportError:
        return
    mapped, resident = _mapped_and_resident()
    if not mapped:
        return
    left = max(memory_bytes - resident, 16 << 20)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    ceiling = mapped + left if hard == resource.RLIM_INFINITY else min(mapped + left, hard)
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _resident_bytes() -> int:
    return _mapped_and_resident()[1]


def _mapped_and_resident() -> tuple[int, int]:
    """Bytes of address space and of memory this process holds; zeros where the system doesn't tell (Linux does)."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 - a pseudo file
            mapped, resident = (int(pages) * os.sysconf("SC_PAGE_SIZE") for pages in statm.read().split()[:2])
    except OSError:
        return 0, 0
    return mapped, resident
