"""What checks found, as one small page that opens offline, and the same as JSON beside it."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from pathlib import Path

from expectations.check import CheckOutcome
from ingest.files import write_whole

ROWS_SHOWN = 50

_STYLE = """
body{font:15px/1.6 "Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif;margin:2rem auto;max-width:72rem;
padding:0 1rem;color:#1f2328}
h1{font-size:1.4rem;margin:0 0 .2rem}p.lead{color:#57606a;margin:0 0 1.2rem}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #d0d7de;padding:.4rem .6rem;text-align:left;vertical-align:top}
th{background:#f6f8fa;white-space:nowrap}td.n{text-align:right;font-variant-numeric:tabular-nums}
.ok{color:#1a7f37}.warn{color:#9a6700}.fail{color:#cf222e;font-weight:600}
details{margin-top:.3rem}code{font-size:.85em;word-break:break-all}
"""


def write_page(folder: Path, name: str, title: str, outcomes: Sequence[CheckOutcome]) -> Path:
    """Write `<name>.html` and `<name>.json` into `folder`, each atomically; returns the page's path."""
    records = [{**outcome.summary(), "failed_rows": outcome.failed_rows} for outcome in outcomes]
    told = json.dumps(records, ensure_ascii=False, indent=1, default=str) + "\n"
    write_whole(folder / f"{name}.json", told.encode(), durable=False)
    return write_whole(folder / f"{name}.html", _page(title, outcomes).encode(), durable=False)


def _page(title: str, outcomes: Sequence[CheckOutcome]) -> str:
    failed = sum(not outcome.success and outcome.severity == "fail" for outcome in outcomes)
    warned = sum(not outcome.success and outcome.severity == "warn" for outcome in outcomes)
    lead = (
        f"{len(outcomes)} 项检查，{failed} 项不通过，{warned} 项提醒。"
        f"{len(outcomes)} checks, {failed} failed, {warned} warnings."
    )
    rows = "\n".join(_row(outcome) for outcome in sorted(outcomes, key=_urgency))
    return (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f"<style>{_STYLE}</style></head>\n<body><h1>{html.escape(title)}</h1><p class=lead>{lead}</p>\n"
        "<table><thead><tr><th>结果 result</th><th>检查 check</th><th>行数 rows</th><th>不符 failing</th>"
        f"<th>由谁处理 who fixes it</th></tr></thead><tbody>\n{rows}\n</tbody></table></body></html>\n"
    )


def _urgency(outcome: CheckOutcome) -> int:
    """What needs somebody stands first; the order of the suites is kept within."""
    return 2 if outcome.success else ["fail", "warn"].index(outcome.severity)


def _row(outcome: CheckOutcome) -> str:
    state, word = ("ok", "通过 ok") if outcome.success else (outcome.severity, _WORDS[outcome.severity])
    return (
        f'<tr><td class="{state}">{word}</td>'
        f"<td><code>{html.escape(outcome.suite)}.{html.escape(outcome.name)}</code><br>{html.escape(outcome.message)}"
        f"{_details(outcome)}</td>"
        f'<td class="n">{outcome.rows_checked:,}</td><td class="n">{outcome.rows_failed:,}</td>'
        f"<td>{html.escape(outcome.fixed_by)}</td></tr>"
    )


_WORDS = {"fail": "不通过 failed", "warn": "提醒 warning"}


def _details(outcome: CheckOutcome) -> str:
    if not outcome.failed_rows:
        return ""
    shown = outcome.failed_rows[:ROWS_SHOWN]
    lines = "<br>".join(
        "<code>" + html.escape("，".join(f"{key}={value}" for key, value in row.items())) + "</code>" for row in shown
    )
    more = "" if len(shown) == outcome.rows_failed else f"<br>…（全部见 JSON all in the JSON: {outcome.rows_failed}）"
    return f"<details><summary>哪些行 which rows</summary>{lines}{more}</details>"
