"""Ledgers that people took back: a file of a wrong county, one that should never have come and that no other replaces.

What people do is landed, as ledgers are: each withdrawal and each restoration is a small file of its own, in the order of its
county. The last one about a file stands. A withdrawn ledger stays landed; the lake holds its file and the reason, and none
of its rows. So the same landing gives the same tables, and a lake made again gives them too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from ingest.home import Home
from ingest.landing import Landed, land_file, landed, landed_sources, read_object

KIND = "withdrawal"
CODE = "withdrawn"
WITHDRAWN, RESTORED = "withdrawn", "restored"
SHOWN = 12
_SHORTEST = 6


class WithdrawalError(ValueError):
    """The ledger meant is not one, or not in that state; the message says which there are."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What somebody said of a landed ledger: `withdrawn` or `restored`, why, on which day. `number` counts what was said
    of the file, so that the same words twice are two events.
    """

    event: str
    county_code: str
    file_sha256: str
    reason: str
    author: str | None
    said_on: str
    number: int

    @property
    def message(self) -> str:
        """The reason in Chinese and English, with how to take it back."""
        by, by_english = (f"{self.author}，", f" by {self.author}") if self.author else ("", "")
        restore = f"luodi ledger restore {self.file_sha256[:SHOWN]} --county {self.county_code}"
        return (
            f"已撤下（{by}{self.said_on}）：{self.reason}；恢复用 {restore}。 "
            f"Withdrawn{by_english} on {self.said_on}: {self.reason}; to take it back: {restore}."
        )


def withdrawn(home: Home, county_code: str) -> Mapping[str, Withdrawal]:
    """The withdrawn ledgers of a county by sha256."""
    last = {said.file_sha256: said for said in _said(home, county_code)}
    return {sha256: said for sha256, said in last.items() if said.event == WITHDRAWN}


def say(home: Home, entry: Landed, event: str, reason: str, author: str | None, said_on: str) -> Withdrawal:
    """Land a withdrawal or a restoration of a landed ledger.

    Raises:
        WithdrawalError: it is in that state already.
        ingest.landing.LandingError: nothing can be written.
    """
    is_withdrawn = entry.sha256 in withdrawn(home, entry.source_id)
    if is_withdrawn == (event == WITHDRAWN):
        state = "已经撤下 is withdrawn already" if is_withdrawn else "没有撤下 is not withdrawn"
        raise WithdrawalError(f"{entry.source_id} {entry.name} {state}")
    number = 1 + sum(1 for said in _said(home, entry.source_id) if said.file_sha256 == entry.sha256)
    said = Withdrawal(event, entry.source_id, entry.sha256, reason, author, said_on, number)
    content = json.dumps(asdict(said), ensure_ascii=False, indent=1) + "\n"
    land_file(home, KIND, entry.source_id, content.encode(), f"{event}-{entry.sha256[:SHOWN]}-{number}.json")
    return said


def find(home: Home, sha256: str, county_code: str | None = None) -> Landed:
    """The landed ledger whose sha256 begins so, of one county where the same bytes came from several.

    Raises:
        WithdrawalError: there is none, or more than one.
    """
    wanted = sha256.strip().lower()
    found = [entry for entry in ledgers(home, county_code) if entry.sha256.startswith(wanted)]
    if len(wanted) < _SHORTEST and found:
        raise WithdrawalError(
            f"编号太短，请至少写前{_SHORTEST}位 too short, give its first {_SHORTEST} characters at least: {sha256}"
        )
    if not found:
        raise WithdrawalError(
            f"没有落地这样的台账 no landed ledger: {sha256}；编号见 luodi sql 'from ledger_files' 的 file_sha256"
        )
    if len(found) > 1:
        listed = "；".join(f"{entry.source_id} {entry.sha256[:SHOWN]} {entry.name}" for entry in found)
        raise WithdrawalError(f"不止一份，请写全编号或加 --county several, give more of it or --county: {listed}")
    return found[0]


def ledgers(home: Home, county_code: str | None = None) -> list[Landed]:
    """The landed ledgers, of all counties or one."""
    counties = [county_code] if county_code else landed_sources(home, "ledger")
    return [entry for code in counties for entry in landed(home, "ledger", code)]


def _said(home: Home, county_code: str) -> Iterator[Withdrawal]:
    for entry in landed(home, KIND, county_code):
        yield Withdrawal(**json.loads(read_object(home, entry.sha256)))
