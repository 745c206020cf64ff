"""What a list's title says of the stage of its rows: projects that ended, stopped or are not yet so far."""

from __future__ import annotations

import pytest

from ingest.ledgers.ledger import LedgerSource, read_ledger

ROWS = ("序号,项目名称,总投资（万元）,签约时间", "1,饲料项目,12000,2025-03-01", "2,钢构件项目,8000,2025-04-01")


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("2026年9月终止项目清单", "terminated"),
        ("某县2026年9月已清退项目台账", "terminated"),
        ("某县已解除合同项目清单", "terminated"),
        ("2026年9月停止实施项目清单", "terminated"),
        ("2026年9月停工项目台账", "started"),
        ("2026年9月已开工未投产项目", "started"),
        ("2026年9月拟终止项目汇总表", "signed"),
        ("2026年9月开工项目汇总表", "signed"),
        ("2026年9月未履约项目台账", "signed"),
        ("2026年9月停滞项目清单", "signed"),
    ],
)
def test_the_stage_that_a_title_says(title: str, stage: str) -> None:
    reading = read_ledger("\n".join((title + ",,,", *ROWS)).encode(), "台账.csv", LedgerSource("410922"))
    assert [row.fields.get("stage") for row in reading.rows] == [stage, stage]
