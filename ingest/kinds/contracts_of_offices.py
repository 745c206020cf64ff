"""Lists of contracts that an office signs to have something done: 物业服务合同, 宣传片制作合同, 网络运维合同.

合同名称 | 合同金额 | 签订日期 | 乙方 stands over investments as well, and no header tells them apart; what the contracts are called does.
Beside 合同编号 they may be called by no more than what is done (招商手册印刷).
"""

from __future__ import annotations

from ingest.columns.column_texts import column_texts
from ingest.columns.neighbour_words import says
from ingest.headers.header_text import segment
from ingest.kinds.ledger_kind import TableKind
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table

_CONTRACT = ("合同", "协议", "合同书", "协议书")
_MOST = 0.6
_FEW = 2


def lists_contracts_of_offices(found: TableKind, grid: Grid, table: Table) -> bool:
    """Whether most names of what reads as a list of projects are those of contracts for services, goods or works."""
    at = next((at for at, one in enumerate(found.meanings) if one.field == "project_name"), None)
    if found.kind != "project" or at is None:
        return False
    are_contracts = any(one.path and says("list_of_contracts", segment(one.path[-1]).core) for one in found.meanings)
    ending = "合同" if are_contracts else ""
    names = [
        name if name.endswith(_CONTRACT) else name + ending for name in column_texts(grid, table, table.columns[at])
    ]
    return len(names) >= _FEW and sum(says("office_contract", name) for name in names) >= _MOST * len(names)
