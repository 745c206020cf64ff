"""Lines about sources that could not be pulled, or not wholly, for the end of a run and for `luodi status`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ingest.home import Home
from luodi.next_commands import to_paste
from luodi.settings import business_date

SHOWN = 20
_OUTCOMES = {"failed": "未收取 not pulled", "partial": "部分未收取 partly pulled"}
_KINDS = {"ledger": "台账 ledger", "news": "新闻 news", "follow_up": "督办回执 follow_up"}


def lines(pulls: Sequence[Mapping[str, Any]], home: Home) -> Iterator[str]:
    """One line a source, of plain text, with what to do; none where every source was pulled."""
    for pull in pulls[:SHOWN]:
        yield (
            f"{_OUTCOMES[pull['outcome']]}  {_KINDS.get(pull['kind'], pull['kind'])} {pull['source_id']} "
            f"[{pull['reason_code']}] {pull['message'] or ''}{_streak(pull)}"
        )
    if len(pulls) > SHOWN:
        yield f"未收取 not pulled: 还有 {len(pulls) - SHOWN} 个来源 more sources（{to_paste(home, 'status', '--json')}）"
    if pulls:
        yield "按上面改好后再运行一次；已收到的照常使用。 Set these right and run again; what has landed stays in use."


def _streak(pull: Mapping[str, Any]) -> str:
    times = pull.get("times_in_a_row", 1)
    if times < 2 or not pull["since"]:
        return ""
    day = business_date(dt.datetime.fromisoformat(pull["since"]))
    return f"（{day} 起连续 {times} 次 {times} times in a row since {day}）"
