"""A column that states the stage beside the note of progress is the stage: dates do not outdo what is stated."""

from __future__ import annotations

from ingest.ledgers.ledger import LedgerSource, read_ledger


def stages(header: str, *cells: str) -> list[object]:
    rows = [
        f"{number},{number}号食品项目,投产仪式已办,2026-03-0{number},{cell}" for number, cell in enumerate(cells, 1)
    ]
    text = "\n".join(["2026年6月招商引资项目台账,,,,", f"序号,项目名称,履约情况,开工时间,{header}", *rows])
    return [row.fields.get("stage") for row in read_ledger(text.encode(), "台账.csv", LedgerSource()).rows]


def test_a_second_column_of_progress_with_nothing_but_stages() -> None:
    assert stages("项目现状", "投产", "在建", "已签约未开工") == ["in_production", "started", "signed"]


def test_a_heading_that_lists_the_stages() -> None:
    assert stages("洽谈/签约/落地/开工/投产", "投产", "开工") == ["in_production", "started"]


def test_a_second_column_of_progress_that_tells_a_story_is_none() -> None:
    assert stages("项目现状", "投产", "一号厂房钢结构吊装过半") == ["started", "started"]
