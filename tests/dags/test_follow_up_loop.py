"""The whole loop through the real DAGs: flagged → workbook → reply → closed → reopened by the next ledger; two projects that
look like one → workbook → decided → one project."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from job import finish, start
from rich.console import Console

from ingest.home import Home
from luodi import why_command
from warehouse import query

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

COUNTY = "410928"
HEADERS = ["序号", "项目名称", "投资方", "总投资（亿元）", "签约时间", "开工时间", "进展情况", "责任单位"]


def ledger(inbox: Path, date: str, *rows: list[Any]) -> None:
    """The county's ledger of that day, as an office writes it."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append([f"濮阳县招商引资签约项目台账（截至{date}）"])
    page.append(HEADERS)
    for number, row in enumerate(rows, start=1):
        page.append([number, *row])
    folder = inbox / "ledgers" / COUNTY
    folder.mkdir(parents=True, exist_ok=True)
    book.save(folder / f"濮阳县签约项目{date.replace('-', '')}.xlsx")


def run(home: Path, inbox: Path, as_of: str) -> None:
    code, said = finish(start(home, inbox, as_of))
    assert code == 0, said


def stuck_item(home: Path) -> dict[str, Any]:
    (found,) = query.ask(
        Home(home),
        "select f.* from fct_follow_ups as f join dim_project using (project_id)"
        " where project_name = '澜泊餐盒项目' and rule_id = 'R01'",
    ).records()
    return found


def test_flagged_sent_answered_closed_and_reopened(tmp_path: Path) -> None:
    home, inbox = tmp_path / "home", tmp_path / "inbox"
    stuck = ["澜泊餐盒项目", "澜泊环保有限公司", 2.5, "2025-03-10", None, "办理用地手续", "县商务局"]
    moving = ["丰糯速冻项目", "丰糯食品有限公司", 1.2, "2026-05-20", None, "编制可研", "县工信局"]
    alike = [
        [name, "锦禾面粉有限公司", 0.8, signed_on, "2026-06-10", "主体施工", "县工信局"]
        for name, signed_on in (("锦禾小麦面粉加工", "2026-04-20"), ("锦禾小麦面粉深加工", "2026-05-06"))
    ]
    ledger(inbox, "2026-05-31", stuck, moving)
    ledger(inbox, "2026-06-30", stuck, moving, *alike)

    run(home, inbox, "2026-07-03")
    item = stuck_item(home)
    assert (item["status"], item["light"], item["opened_on"]) == ("open", "red", dt.date(2026, 5, 31))
    (issued,) = (home / "reports" / "follow_up" / "2026-07-03").iterdir()

    assert len(named(home, "锦禾%")) == 2
    answer(issued, inbox / "follow_up" / "濮阳县回复（最终版）.xlsx", item["follow_up_id"])
    run(home, inbox, "2026-07-15")
    assert len(named(home, "锦禾%")) == 1
    assert query.ask(
        Home(home),
        "select decision, project_decisions.status, responsible_person, decided_on, file_name, sheet, row_number"
        " from project_decisions join follow_up_files using (file_sha256) where decided_in = 'reply'",
    ).rows == [("same", "standing", "李**", dt.date(2026, 7, 9), "濮阳县回复（最终版）.xlsx", "待判定", 4)]
    closed = stuck_item(home)
    assert closed["follow_up_id"] == item["follow_up_id"]
    assert (closed["status"], closed["closed_on"], closed["closed_reason"]) == (
        "closed",
        dt.date(2026, 7, 10),
        "answered",
    )
    assert closed["evidence_reference"] == "施工许可证〔2026〕12号"

    ledger(inbox, "2026-07-31", stuck, moving)
    run(home, inbox, "2026-08-03")
    reopened = stuck_item(home)
    assert reopened["follow_up_id"] == item["follow_up_id"]
    assert (reopened["status"], reopened["closed_on"], reopened["reopened_on"]) == (
        "reopened",
        None,
        dt.date(2026, 7, 31),
    )
    assert reopened["cause"] == "已平整场地", "what people typed stays"
    contradiction = query.ask(Home(home), "select claimed_on, contradicted_on from quality_follow_up_contradictions")
    assert contradiction.rows == [(dt.date(2026, 7, 10), dt.date(2026, 7, 31))]

    told = why(home, "澜泊")
    for part in (
        "红灯 red R01",
        "濮阳县签约项目20260531.xlsx",
        "第3行",
        "濮阳县回复（最终版）.xlsx",
        "施工许可证",
        "变绿 to turn green: 台账填明开工时间",
        "reopened",
    ):
        assert part in told, told
    assert "对应 2 个项目" in why(home, "项目")
    assert "没有叫" in why(home, "没有这个")


def named(home: Path, pattern: str) -> list[tuple[Any, ...]]:
    names = f"select project_name from dim_project where project_name like '{pattern}' order by 1"
    return query.ask(Home(home), names).rows


def why(home: Path, wanted: str) -> str:
    with io.StringIO() as out:
        why_command.tell(Home(home), wanted, Console(file=out, width=400))
        return out.getvalue()


def answer(issued: Path, returned: Path, follow_up_id: str) -> None:
    """Fill in the row of one item and send the workbook back under another name."""
    book = openpyxl.load_workbook(issued)
    page = book["任务清单"]
    columns = {str(cell.value): cell.column for cell in page[3]}
    (row,) = [cells[0].row for cells in page.iter_rows(min_row=4) if cells[0].value == follow_up_id]
    replies = {
        "办理状态": "已办结",
        "滞后原因": "已平整场地",
        "佐证材料": "施工许可证〔2026〕12号",
        "回复日期": "2026-07-10",
    }
    for header, text in replies.items():
        page.cell(row, columns[header]).value = text
    candidates = book["待判定"]
    places = {str(cell.value): cell.column for cell in candidates[3]}
    for header, text in {"判定": "同一", "判定人": "李建国", "判定日期": "2026-07-09"}.items():
        candidates.cell(4, places[header]).value = text
    returned.parent.mkdir(parents=True)
    book.save(returned)
