"""Ctrl-C ends a run at once and with a sentence, although Airflow would try the task again."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

from rich.console import Console

from ingest.home import Home
from luodi import status_command

# A run whose tasks swallow whatever is raised, as Airflow's do.
RUN = textwrap.dedent(
    """
    import datetime as dt, pathlib, sys, time
    from rich.console import Console
    from ingest.home import Home
    from luodi import run

    def stubborn(*_):
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


def test_ctrl_c_ends_the_run_and_says_that_it_can_be_run_again(tmp_path: Path) -> None:
    home = Home(tmp_path / "var")
    with subprocess.Popen([sys.executable, "-c", RUN, str(home.root)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        log = Path(next(line for line in process.stdout if line.startswith("日志")).split("  ", 1)[1].strip())
        while "begun" not in (log.read_text(encoding="utf-8") if log.exists() else ""):
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        said += process.stdout.read()
        assert process.wait(timeout=60) == 130
    assert "已中断" in said
    shown = io.StringIO()
    status_command.show(home, Console(file=shown, width=400), as_json=False)
    assert "中断 interrupted" in shown.getvalue()
