"""Ctrl-C or SIGTERM ends a run at once and with a sentence, although Airflow would try the task again."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from rich.console import Console

from ingest.home import Home
from luodi import status_command

# A run whose tasks swallow whatever is raised and keep SIGTERM for themselves, as Airflow's do.
RUN = textwrap.dedent(
    """
    import datetime as dt, pathlib, signal, sys, time
    from rich.console import Console
    from ingest.home import Home
    from luodi import interruption, run

    signal.signal(signal.SIGINT, signal.default_int_handler)  # tests begun in the background of a script ignore it

    def stubborn(settings, progress, end):
        signal.signal(signal.SIGTERM, lambda *_: None)
        interruption.listener(end).on_task_instance_running()
        print("begun", file=sys.__stderr__, flush=True)
        for _ in range(100):
            try:
                time.sleep(1)
            except BaseException:
                pass
        return True

    run._run_dags = stubborn
    home = pathlib.Path(sys.argv[1])
    sys.exit(run.run_once(Home(home), home, dt.date(2026, 11, 27), Console(width=400)))
    """
)


def begun(home: Home) -> subprocess.Popen[str]:
    """A run in the middle of a task."""
    process = subprocess.Popen([sys.executable, "-c", RUN, str(home.root)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    log = Path(next(line for line in process.stdout if line.startswith("日志")).split("  ", 1)[1].strip())
    while "begun" not in (log.read_text(encoding="utf-8") if log.exists() else ""):
        assert process.poll() is None
    return process


@pytest.mark.parametrize(("asked", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_ends_when_asked_and_says_that_it_can_be_run_again(
    tmp_path: Path, asked: signal.Signals, status: int
) -> None:
    home = Home(tmp_path / "var")
    with begun(home) as process:
        assert process.stdout is not None
        process.send_signal(asked)
        said = process.stdout.read()
        assert process.wait(timeout=60) == status
    assert "已中断" in said
    shown = io.StringIO()
    status_command.show(home, Console(file=shown, width=400), as_json=False)
    assert "中断 interrupted" in shown.getvalue()


def test_ctrl_c_ends_a_run_whose_output_nobody_takes_any_more(tmp_path: Path) -> None:
    with begun(Home(tmp_path / "var")) as process:
        assert process.stdout is not None
        process.stdout.close()  # `luodi run | tee`: Ctrl-C ends both
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(timeout=60) == 130
        finally:
            process.kill()
