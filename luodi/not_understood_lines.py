"""Lines about what was read and yet does not count, for the end of a run and for `luodi status`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ingest.home import Home
from luodi.county_label import county_label
from luodi.next_commands import to_paste, to_run
from warehouse.status import Status

COUNTIES_SHOWN = 3
SHOWN = 4
REFUSED_SHOWN = 20
_WITHDRAWN = "withdrawn"


def lines(found: Status) -> Iterator[str]:
    """A few lines of plain text; none where everything was understood. A name that holds a line break stays on its line."""
    for line in _lines(found):
        yield "↵".join(line.splitlines())


def _lines(found: Status) -> Iterator[str]:
    yield from _refused(found)
    if found.unknown_counties:
        yield (
            f"行政区划表里没有这些代码 no such regions: {'、'.join(found.unknown_counties[:SHOWN])}"
            f"（请核对收件箱里的文件夹名；已收下的用 luodi ledger withdraw --county {found.unknown_counties[0]} --all 撤下，"
            "见 docs/runbooks/restatement.md check the folder names in the inbox; withdraw what has landed）"
        )
    yield from _misfiled(found)
    yield from _later(found)
    yield from _undated(found)
    yield from _replaced(found)
    yield from _rejected(found)
    yield from _articles(found)
    yield from _replies(found)
    for county in found.unmapped_columns[:COUNTIES_SHOWN]:
        headers = county["headers"]
        more = " …" if len(headers) > SHOWN else ""
        yield (
            f"未识别的列 unmapped columns: {county['county_name'] or county['county_code']} {len(headers)} 列 "
            f"{'、'.join(headers[:SHOWN])}{more}（luodi ledger read FILE --county {county['county_code']}）"
        )
    yield from _more(
        found, "未识别的列 unmapped columns", len(found.unmapped_columns) - COUNTIES_SHOWN, "县区 more counties"
    )
    if found.unknown_lights:
        total = sum(reason["lights"] for reason in found.unknown_lights)
        reasons = [f"{_chinese(reason['reason'])}（{reason['lights']}）" for reason in found.unknown_lights[:SHOWN]]
        more = " …" if len(found.unknown_lights) > SHOWN else ""
        yield f"缺数据的灯 unknown lights {total}: {'，'.join(reasons)}{more}"


def _refused(found: Status) -> Iterator[str]:
    refused = [file for file in found.refused_files if file["reason_code"] != _WITHDRAWN]
    for file in refused[:REFUSED_SHOWN]:
        county = county_label(file["county_name"], file["county_code"])
        yield f"拒收 refused {county}/{file['file_name']} [{file['reason_code']}] {file['reason_message']}"
    yield from _more(found, "拒收 refused", len(refused) - REFUSED_SHOWN)
    for file in found.settled_files[:SHOWN]:
        county = county_label(file["county_name"], file["county_code"])
        yield f"拒收后已补报 refused, sent again and read: {county}/{file['file_name']} ← {file['settled_by']}"
    yield from _more(found, "拒收后已补报 refused, sent again and read", len(found.settled_files) - SHOWN)
    # People took these back: they know. One line keeps a year's worth of them from burying what was refused today.
    if withdrawn := len(found.refused_files) - len(refused):
        command = to_paste(Home(Path(found.home)), "sql", "from ledger_files")
        yield f"已撤下 withdrawn: {withdrawn} 个文件 files（{command}）"


def _misfiled(found: Status) -> Iterator[str]:
    for ledger in found.misfiled_ledgers[:SHOWN]:
        county = county_label(ledger["county_name"], ledger["county_code"])
        yield f"台账可能放错县区 perhaps another county's ledger: {county}/{ledger['file_name']} {ledger['remark']}"
    yield from _more(found, "台账可能放错县区 perhaps another county's ledgers", len(found.misfiled_ledgers) - SHOWN)


def _later(found: Status) -> Iterator[str]:
    for ledger in found.later_ledgers[:SHOWN]:
        date = ledger["report_date"]
        yield (
            f"报告日期 {date} 晚于业务日期 {found.as_of}，到那天才计入 dated after the business date, counts from then on: "
            f"{ledger['county_name'] or ledger['county_code']} {ledger['file_name']}"
            f"（现在就要计入 to count it now: {to_run(Home(Path(found.home)), found.inbox, '--as-of', str(date))}）"
        )
    yield from _more(found, "报告日期晚于业务日期 dated after the business date", len(found.later_ledgers) - SHOWN)


def _undated(found: Status) -> Iterator[str]:
    for ledger in found.undated_ledgers[:SHOWN]:
        yield (
            f"没有报告日期，{ledger['rows_accepted'] + ledger['rows_rejected']} 行未计入 no report date, its rows do not count: "
            f"{ledger['county_name'] or ledger['county_code']} {ledger['file_name']}"
            "（在标题或文件名写明，如 2026年10月 date its title or name, and run again）"
        )
    yield from _more(found, "没有报告日期 no report date", len(found.undated_ledgers) - SHOWN)


def _replaced(found: Status) -> Iterator[str]:
    for ledger in found.replaced_ledgers[:SHOWN]:
        yield (
            f"同日台账取代了另一份，{ledger['left_out_projects']} 个项目只在被取代的一份里，未计入 replaced by another ledger "
            f"of the same day, its own projects do not count: {ledger['county_name'] or ledger['county_code']} "
            f"{ledger['file_name']} ← {ledger['standing_file_name']}"
            "（两份都要用的合成一份重报，或在 department_lists.csv 写明是两个部门的 send both as one, or declare two departments）"
        )
    yield from _more(found, "被取代的台账 replaced ledgers", len(found.replaced_ledgers) - SHOWN)


def _rejected(found: Status) -> Iterator[str]:
    for row in found.rejected_rows:
        raw = f"「{row['raw']}」" if row["raw"] else ""
        yield (
            f"退回 rejected {row['county_name'] or row['county_code']} {row['file_name']} / {row['sheet']} / "
            f"第{row['row_number']}行 row  {row['column_name'] or ''}{raw} {row['message'] or ''}"
        )
    if found.rejected_rows and found.rows["rejected"] > len(found.rejected_rows):
        command = to_paste(Home(Path(found.home)), "sql", "from rejected_rows")
        yield f"退回 rejected: 共 {found.rows['rejected']} 行 in all（{command}）"


def _articles(found: Status) -> Iterator[str]:
    for article in found.refused_articles[:SHOWN]:
        yield f"拒收的文章 article refused {article['file_name']} [{article['reason_code']}] {article['reason_message']}"
    yield from _more(found, "拒收的文章 articles refused", len(found.refused_articles) - SHOWN)


def _replies(found: Status) -> Iterator[str]:
    for reply in found.refused_replies[:SHOWN]:
        yield f"拒收的回执 reply refused {reply['file_name']} [{reply['reason_code']}] {reply['reason_message']}"
    for cell in found.rejected_replies:
        raw = f"「{cell['raw']}」" if cell["raw"] else ""
        yield (
            f"回执退回 reply rejected {cell['file_name']} / {cell['sheet']} / 第{cell['row_number']}行 row  "
            f"{cell['column_name'] or ''}{raw} {cell['message'] or ''}"
        )
    if found.rejected_replies:
        command = to_paste(Home(Path(found.home)), "sql", "from rejected_replies")
        yield f"回执里没有采用的单元格 cells of replies not used: {command}"


def _more(found: Status, label: str, others: int, what: str = "文件 more files") -> Iterator[str]:
    """The line behind the first few of a list, where there are more."""
    if others > 0:
        yield f"{label}: 还有 {others} 个{what}（{_all(found)}）"


def _all(found: Status) -> str:
    return to_paste(Home(Path(found.home)), "status", "--json")


def _chinese(reason: str | None) -> str:
    """A reason is Chinese, a space, then English; numbers may stand in either."""
    return re.split(r"\s+(?=[A-Za-z])", reason or "未说明", maxsplit=1)[0]
