"""A crash, a memory blow, a hang costs one item and nothing else."""

from __future__ import annotations

import multiprocessing
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import bounded_jobs
import pytest
from made_workbooks import far_cell_workbook

from ingest.bounded import run_bounded
from ingest.formats.workbook import refusal_of
from ingest.limits import MIB, Limits

ROOMY = Limits(memory_bytes=600 * MIB, seconds=60)
TIGHT = Limits(memory_bytes=160 * MIB, seconds=20)


def test_every_item_comes_back_once_with_its_place():
    outcomes = list(run_bounded(bounded_jobs.double, range(50), workers=2, limits=TIGHT))
    assert sorted((o.index, o.item, o.value) for o in outcomes) == [(n, n, 2 * n) for n in range(50)]
    assert all(o.failure is None for o in outcomes)


def test_no_items_start_no_process():
    assert list(run_bounded(bounded_jobs.double, [])) == []


@pytest.mark.parametrize(
    ("order", "kind"), [("abort", "crash"), ("exit", "crash"), ("raise", "error"), ("grow", "memory")]
)
def test_a_failure_stays_with_its_item(order: str, kind: str):
    outcomes = {o.item: o for o in run_bounded(bounded_jobs.misbehave, ["before", order, "after"], limits=TIGHT)}
    assert outcomes["before"].value == "before"
    assert outcomes["after"].value == "after"
    failure = outcomes[order].failure
    assert failure is not None
    assert failure.kind == kind


def test_an_error_of_our_own_code_is_told_with_its_place_and_not_blamed_on_the_file():
    (outcome,) = run_bounded(bounded_jobs.read_without_configuration, ["台账.csv"], limits=ROOMY)
    assert outcome.failure is not None
    assert re.search(
        r"读取程序出错（AttributeError: .*, \w+\.py:\d+）.*The reader itself failed",
        refusal_of(outcome.failure).message,
    )


def test_a_hang_is_ended_when_its_time_is_up():
    limits = Limits(memory_bytes=160 * MIB, seconds=0.5)
    outcomes = {o.item: o for o in run_bounded(bounded_jobs.misbehave, ["warm", "hang", "after"], limits=limits)}
    failure = outcomes["hang"].failure
    assert failure is not None
    assert failure.kind == "timeout"
    assert outcomes["after"].value == "after"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a process has had of the processor")
def test_a_worker_on_a_busy_processor_is_given_its_seconds_of_it():
    limits = Limits(memory_bytes=160 * MIB, seconds=2)
    # The first item's time has that of the start in it.
    _, outcome = run_bounded(bounded_jobs.work_beside_another, [0.0, 1.2], limits=limits)
    assert outcome.failure is None
    assert outcome.value is not None
    assert outcome.value > limits.seconds


def test_a_hang_does_not_hold_up_the_other_worker():
    limits = Limits(memory_bytes=160 * MIB, seconds=2)
    finished = [
        o.item for o in run_bounded(bounded_jobs.misbehave, ["a", "b", "hang", "c", "d"], workers=2, limits=limits)
    ]
    assert finished[-1] == "hang"


def test_an_error_keeps_its_message_and_traceback():
    (outcome,) = run_bounded(bounded_jobs.misbehave, ["raise"], limits=TIGHT)
    assert outcome.failure is not None
    assert "坏的一行" in outcome.failure.message
    assert "in misbehave" in outcome.failure.detail


def test_an_answer_that_does_not_pickle_is_an_error():
    (outcome,) = run_bounded(bounded_jobs.unpicklable, [1], limits=TIGHT)
    assert outcome.failure is not None
    assert outcome.failure.kind == "error"


def test_native_abort_on_a_far_cell_kills_only_the_worker(tmp_path: Path):
    path = tmp_path / "far.xlsx"
    path.write_bytes(far_cell_workbook())
    (outcome,) = run_bounded(bounded_jobs.abort_in_calamine, [str(path)], limits=TIGHT)
    assert outcome.failure is not None
    assert outcome.failure.kind == "memory"


def test_workers_persist():
    ids = {o.value for o in run_bounded(bounded_jobs.process_id, range(20), limits=TIGHT)}
    assert len(ids) == 1
    assert os.getpid() not in ids


def process_of(keep_for: str | None) -> int:
    (outcome,) = run_bounded(bounded_jobs.process_id, [0], keep_for=keep_for)
    assert outcome.value is not None
    return outcome.value


def test_what_an_item_leaves_behind_takes_no_room_from_the_next():
    small, large, next_ = run_bounded(bounded_jobs.keep_and_need, [(1, 1), (90, 1), (1, 90)], limits=TIGHT)
    assert small.value == large.value
    assert next_.value not in (None, large.value)
    assert next_.failure is None


def test_an_item_without_room_in_a_used_worker_has_another_try():
    # What the first leaves is too little to replace its worker for, and too much for the second.
    room = Limits(memory_bytes=220 * MIB, seconds=20)
    first, second = run_bounded(bounded_jobs.keep_and_need, [(40, 1), (0, 172)], limits=room)
    assert (first.failure, second.failure) == (None, None)
    assert first.value != second.value


def test_an_item_too_large_for_any_worker_is_tried_once_more_only():
    outcomes = list(run_bounded(bounded_jobs.keep_and_need, [(0, 1), (0, 400), (0, 1)], limits=TIGHT))
    assert [outcome.failure.kind if outcome.failure else None for outcome in outcomes] == [None, "memory", None]


def test_kept_workers_serve_the_next_call_of_the_same_kind_only():
    first = process_of("wordings a")
    assert process_of("wordings a") == first
    other = process_of("wordings b")
    assert other != first
    assert not _alive(first)
    assert process_of(None) not in (first, other)


def test_a_kept_worker_that_died_is_replaced():
    first = process_of("wordings c")
    os.kill(first, 9)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    assert process_of("wordings c") != first


def test_an_item_costs_less_than_a_millisecond():
    stream = run_bounded(bounded_jobs.double, range(2001), limits=TIGHT)
    next(stream)
    started = time.perf_counter()
    assert sum(1 for _ in stream) == 2000
    assert (time.perf_counter() - started) / 2000 < 0.001


def test_items_are_taken_only_as_workers_are_free():
    taken: list[int] = []

    def items():
        for number in range(10):
            taken.append(number)
            yield number

    stream = run_bounded(bounded_jobs.double, items(), workers=2, limits=TIGHT)
    next(stream)
    assert len(taken) <= 4
    stream.close()


def test_leaving_early_ends_the_workers():
    stream = run_bounded(bounded_jobs.process_id, range(10), limits=TIGHT)
    worker = next(stream).value
    assert worker is not None
    stream.close()
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_what_a_function_prints_does_not_disturb_the_answers():
    assert [o.value for o in run_bounded(bounded_jobs.talk, [1, 2], limits=TIGHT)] == [1, 2]


def test_large_items_pass():
    (outcome,) = run_bounded(bounded_jobs.receive, [bytes(8 * MIB)], limits=TIGHT)
    assert outcome.value == 8 * MIB


def test_a_function_nobody_can_import_is_refused_at_once():
    with pytest.raises(ValueError, match="module-level"):
        run_bounded(lambda item: item, [1])


def _in_daemon(queue: multiprocessing.Queue) -> None:
    queue.put([o.value for o in run_bounded(bounded_jobs.double, [1, 2], limits=TIGHT)])


def test_works_inside_a_daemonic_process_as_task_runners_are():
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=_in_daemon, args=(queue,), daemon=True)
    process.start()
    assert queue.get(timeout=30) == [2, 4]
    process.join(10)


def test_a_worker_ends_when_its_parent_is_killed(tmp_path: Path):
    script = tmp_path / "parent.py"
    script.write_text(
        f"import sys; sys.path[:] = {sys.path!r}\n"
        "import bounded_jobs\nfrom ingest.bounded import run_bounded\n"
        "stream = run_bounded(bounded_jobs.process_id, iter(int, 1))\n"
        "print(next(stream).value, flush=True)\nsys.stdin.read()\n"
    )
    parent = subprocess.Popen([sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and _alive(worker):
        os.sched_yield()
    assert not _alive(worker)


def _alive(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
