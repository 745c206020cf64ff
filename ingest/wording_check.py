"""Whether a reading that broke in its worker broke on a wording file: then no ledger is at fault and nothing is refused."""

from __future__ import annotations

from ingest.bounded import Failure
from ingest.ledgers.ledger import read_ledger
from ingest.ledgers.ledger_source import LedgerSource

_LEDGER = (
    "招商引资项目台账\n序号,项目名称,投资方,总投资（万元）,签约时间,形象进度\n"
    "一、在谈项目,,,,,\n1,甲园项目,甲公司,100,2026-01-02,已签约\n合计,,,100,,\n"
).encode()


def raise_if_wording(failure: Failure) -> None:
    """Read a ledger of our own in this process after a worker broke.

    Raises:
        WordingError: a row of a wording file is wrong, named by file and line; it breaks every reading.
    """
    if failure.kind == "error":
        read_ledger(_LEDGER, "台账.csv", LedgerSource())
