"""A list stays a list where the heading of its names is unknown and a column of stages says 在谈项目."""

from __future__ import annotations

from ingest.ledgers.ledger import LedgerSource, read_ledger

HEADER = "全周期管理项目名称,投资方,总投资（万元）,签约时间,项目阶段,责任单位,建设地点"
ROWS = (
    "江海新材料园,杭州甲公司,3500,2022.1.21,在谈项目,县工信局,城关镇",
    "天宏冷链园,苏州乙公司,1200,2022.2.8,签约项目,县商务局,东关乡",
    "瑞恒食品园,深圳丙公司,800,2022.3.5,储备项目,县发改委,石桥镇",
    "和安光伏园,泉州丁公司,2600,2022.4.2,在谈项目,县工信局,河西街道",
    "盛锦医药园,青岛戊公司,900,2022.5.6,签约项目,县工信局,城关镇",
)


def test_stages_called_projects_below_a_header_name_no_form() -> None:
    text = "\n".join(["某县项目推进表（2022年6月）" + "," * HEADER.count(","), HEADER, *ROWS])
    reading = read_ledger(text.encode(), "台账.csv", LedgerSource(None))
    (table,) = reading.sheets[0].tables
    assert tuple(table.header_rows) == (2,)
    assert {column.meaning.header: column.meaning.field for column in table.columns}["总投资（万元）"] == (
        "total_investment_cny"
    )
