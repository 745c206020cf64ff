"""What a waiting person sees of a step: done, failed, or done when it was tried again."""

from __future__ import annotations

import io

from rich.console import Console

from luodi.progress import Progress


def shown(*events: tuple[str, int]) -> str:
    out = io.StringIO()
    progress = Progress(Console(file=out, width=200))
    for event, map_index in events:
        progress.task_started("warehouse", "build", "构建 build")
        if event == "ok":
            progress.task_succeeded(map_index)
        else:
            progress.task_failed(event, map_index)
    progress.end_step()
    return out.getvalue()


def test_a_step_that_was_tried_again_is_done_and_says_what_had_happened() -> None:
    said = shown(("子进程意外结束", -1), ("ok", -1))
    assert "✓ 构建 build" in said
    assert "✗" not in said
    assert "重试后成功 succeeded when tried again: 子进程意外结束" in said


def test_an_instance_that_failed_is_not_made_good_by_another() -> None:
    said = shown(("断网", 0), ("ok", 1))
    assert "✗ 构建 build" in said
    assert "断网" in said
    assert "重试后成功" not in said
