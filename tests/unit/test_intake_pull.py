"""Pulling: what is new lands, litter and half uploads don't, a failing source is an outcome, twice is once."""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from ingest.arrivals import SETTLE_SECONDS, take_stock
from ingest.connectors.base import Offered
from ingest.connectors.folder import FolderConnector
from ingest.home import Home
from ingest.intake import Outcome, list_sources, pull_source, read_source
from ingest.landing import landed

AS_OF = dt.date(2026, 11, 5)
LONG_AGO = 1_760_000_000


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return tmp_path / "inbox"


def put(inbox: Path, name: str, content: bytes = b"bytes", modified: float = LONG_AGO) -> Path:
    path = inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (modified, modified))
    return path


def pull(home: Home, inbox: Path, kind: str = "ledger") -> dict[str, Outcome]:
    return {source["source_id"]: pull_source(home, source, AS_OF) for source in list_sources(home, inbox, kind)}


def lake_bytes(home: Home) -> dict[str, bytes]:
    return {str(p.relative_to(home.root)): p.read_bytes() for p in home.root.rglob("*") if p.is_file()}


def test_files_of_a_county_land_also_from_folders_below_it(home: Home, inbox: Path) -> None:
    put(inbox, "ledgers/530102/3月台账.csv", b"march")
    put(inbox, "ledgers/530102/2026/4月台账.csv", b"april", LONG_AGO + 3600)
    (outcome,) = pull(home, inbox).values()
    assert (outcome["outcome"], outcome["files_seen"], outcome["files_new"]) == ("ok", 2, 2)
    names = [entry.name for entry in landed(home, "ledger", "530102")]
    assert names == ["3月台账.csv", "2026/4月台账.csv"]


def test_every_kind_lands(home: Home, inbox: Path) -> None:
    put(inbox, "news/a.html")
    put(inbox, "follow_up/任务清单.xlsx")
    assert pull(home, inbox, "news")["inbox"]["files_new"] == 1
    assert pull(home, inbox, "follow_up")["inbox"]["files_new"] == 1
    assert [entry.name for entry in landed(home, "follow_up", "inbox")] == ["任务清单.xlsx"]


def test_a_wrong_yaml_fails_its_own_source_and_stops_nothing_else(
    home: Home, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for county in ("530102", "530103"):
        put(inbox, f"ledgers/{county}/台账.csv", county.encode())
    for feed in ("dahe", "puyang"):
        put(inbox, f"news/{feed}/a.html", feed.encode())
    put(inbox, "sources/counties/530102.yml", b"code: 530102\nledger:\n  defualt_unit: y\n")
    put(inbox, "sources/counties/530103.yml", b"code: 530103\n")
    put(inbox, "sources/feeds/dahe.yml", b"id: dahe\nnam: x\n")
    put(inbox, "sources/feeds/puyang.yml", b"id: puyang\nname: x\n")
    monkeypatch.setenv("LUODI_SOURCES", str(inbox / "sources"))
    counties, feeds = pull(home, inbox), pull(home, inbox, "news")
    assert {name: found["outcome"] for name, found in counties.items()} == {"530102": "failed", "530103": "ok"}
    assert {name: found["outcome"] for name, found in feeds.items()} == {
        "dahe": "failed",
        "inbox": "ok",
        "puyang": "ok",
    }
    for outcome, said in ((counties["530102"], "530102.yml 第3行 ledger"), (feeds["dahe"], "dahe.yml 第")):
        assert outcome["reason_code"] == "bad_configuration"
        assert said in outcome["message"]
    assert feeds["inbox"]["files_seen"] == 0, "a feed whose file is wrong keeps its folder to itself"
    assert read_source(home, {"source_id": "530102", "kind": "ledger"})["outcome"] == "ok", "nothing has landed yet"


def test_an_empty_or_missing_inbox_has_no_sources(home: Home, inbox: Path) -> None:
    assert [list_sources(home, inbox, kind) for kind in ("ledger", "news", "follow_up")] == [[], [], []]


def test_pulling_twice_changes_no_byte(home: Home, inbox: Path) -> None:
    put(inbox, "ledgers/530102/a.csv", b"a")
    put(inbox, "ledgers/530102/b.csv", b"a")
    pull(home, inbox)
    before = lake_bytes(home)
    assert pull(home, inbox)["530102"]["files_new"] == 0
    assert lake_bytes(home) == before


def test_only_litter_is_left_aside_and_counted(home: Home, inbox: Path) -> None:
    for name in (
        "~$台账.xlsx",
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "._台账.xlsx",
        ".hidden/台账.csv",
        "台账.xlsx~",
    ):
        put(inbox, f"ledgers/530102/{name}")
    put(inbox, "ledgers/530102/台账.xlsx")
    outcome = pull(home, inbox)["530102"]
    assert (outcome["files_seen"], outcome["files_ignored"]) == (1, 7)
    assert [entry.name for entry in landed(home, "ledger", "530102")] == ["台账.xlsx"]


def test_unfinished_uploads_wait_and_are_named(home: Home, inbox: Path) -> None:
    put(inbox, "ledgers/530102/3月.xlsx.crdownload")
    put(inbox, "ledgers/530102/4月.xlsx")
    put(inbox, "ledgers/530102/4月.xlsx.part")
    put(inbox, "ledgers/530102/5月.xlsx.baiduyun.p.downloading")
    outcome = pull(home, inbox)["530102"]
    assert (outcome["outcome"], outcome["reason_code"], outcome["files_new"]) == ("partial", "still_growing", 0)
    assert "4月.xlsx" in outcome["message"]
    (inbox / "ledgers/530102/4月.xlsx.part").unlink()
    (inbox / "ledgers/530102/5月.xlsx.baiduyun.p.downloading").unlink()
    (inbox / "ledgers/530102/3月.xlsx.crdownload").unlink()
    assert pull(home, inbox)["530102"]["files_new"] == 1


def test_a_folder_that_is_no_county_and_loose_files_are_reported(home: Home, inbox: Path) -> None:
    put(inbox, "ledgers/濮阳县/台账.csv")
    put(inbox, "ledgers/台账.csv")
    put(inbox, "ledgers/530102/台账.csv")
    outcomes = pull(home, inbox)
    assert (outcomes["濮阳县"]["outcome"], outcomes["濮阳县"]["reason_code"]) == ("failed", "bad_source")
    assert outcomes["濮阳县"]["message"].endswith("未读 not read: 台账.csv")
    assert (outcomes["loose-files"]["outcome"], outcomes["loose-files"]["reason_code"]) == ("failed", "no_county")
    assert "ledgers/台账.csv" in outcomes["loose-files"]["message"]
    assert outcomes["530102"]["outcome"] == "ok"


def test_what_lies_in_the_inbox_itself_is_named_with_what_to_do(home: Home, inbox: Path) -> None:
    put(inbox, "ledgers/530102/台账.csv")
    put(inbox, "530103/台账.csv")
    put(inbox, "六月台账.xlsx")
    put(inbox, "归档/旧.xlsx")
    put(inbox, ".DS_Store")
    os.mkfifo(inbox / "管道.csv")
    (inbox / "ledgers/断.xlsx").symlink_to(inbox / "没有.xlsx")
    loose = pull(home, inbox)["loose-files"]
    assert (loose["outcome"], loose["reason_code"]) == ("failed", "no_county")
    names = "ledgers/断.xlsx（断开的链接 a dead link）、六月台账.xlsx、管道.csv（管道 a pipe）"
    assert f"收件箱里4项放在没人收取的地方：530103/、{names}。" in loose["message"]
    assert "ledgers/六位代码/" in loose["message"]


def test_an_inbox_without_any_folder_that_is_read_names_those_it_has(home: Home, inbox: Path) -> None:
    put(inbox, "台账/530102/六月.xlsx")
    assert "台账/。" in pull(home, inbox)["loose-files"]["message"]
    put(inbox, "news/a.html")
    assert pull(home, inbox) == {}


def test_outcomes_are_a_table(home: Home, inbox: Path) -> None:
    put(inbox, "ledgers/530102/台账.csv")
    put(inbox, "ledgers/x/台账.csv")
    pull(home, inbox)
    rows = pq.read_table(home.lake / "pull_outcomes", partitioning=None).to_pylist()
    assert {(row["source_id"], row["outcome"], row["files_seen"], row["pulled_on"]) for row in rows} == {
        ("530102", "ok", 1, AS_OF),
        ("x", "failed", 0, AS_OF),
    }


def test_a_county_whose_folder_is_gone_stays_a_source(home: Home, inbox: Path) -> None:
    path = put(inbox, "ledgers/530102/台账.csv")
    pull(home, inbox)
    path.unlink()
    path.parent.rmdir()
    outcome = pull(home, inbox)["530102"]
    assert (outcome["outcome"], outcome["reason_code"], outcome["files_seen"]) == ("ok", "folder_missing", 0)


def test_a_new_version_under_the_old_name_lands_beside_it(home: Home, inbox: Path) -> None:
    put(inbox, "ledgers/530102/台账.csv", b"old")
    pull(home, inbox)
    put(inbox, "ledgers/530102/台账.csv", b"new", LONG_AGO + 60)
    pull(home, inbox)
    assert [(entry.name, entry.landed_order) for entry in landed(home, "ledger", "530102")] == [
        ("台账.csv", 1),
        ("台账.csv", 2),
    ]


def test_a_copy_never_gives_the_bytes_their_name(home: Home, inbox: Path) -> None:
    for name in ("副本-3月台账.xls", "3月台账(2).xls", "3月台账.xls"):
        put(inbox, f"ledgers/530102/{name}", b"same")
    pull(home, inbox)
    (entry,) = landed(home, "ledger", "530102")
    assert entry.name == "3月台账.xls"
    assert len(entry.other_names) == 2


def test_pipes_and_links_into_nowhere_are_left_alone_and_named(home: Home, inbox: Path) -> None:
    put(inbox, "ledgers/530102/台账.csv")
    put(inbox, "ledgers/530103/三月/台账.csv", b"other")
    os.mkfifo(inbox / "ledgers/530102/pipe.csv")
    (inbox / "ledgers/530102/broken.csv").symlink_to("/nowhere")
    (inbox / "ledgers/530102/~$broken.csv").symlink_to("/nowhere")
    (inbox / "ledgers/530102/三月").symlink_to(inbox / "ledgers/530103/三月")
    outcome = pull(home, inbox)["530102"]
    assert (outcome["outcome"], outcome["files_new"], outcome["reason_code"]) == ("partial", 1, "not_a_file")
    for told in ("3项不是文件", "pipe.csv（管道", "broken.csv（断开的链接", "三月（文件夹的链接"):
        assert told in outcome["message"]


def test_a_link_out_of_the_folder_is_named_and_not_read(home: Home, inbox: Path, tmp_path: Path) -> None:
    put(inbox, "ledgers/530102/台账.csv", b"own")
    secret = tmp_path / "secret.csv"
    secret.write_bytes(b"of this machine")
    (inbox / "ledgers/530102/链接.csv").symlink_to(secret)
    (inbox / "ledgers/530102/同名.csv").symlink_to(inbox / "ledgers/530102/台账.csv")
    outcome = pull(home, inbox)["530102"]
    assert (outcome["files_new"], outcome["reason_code"]) == (1, "link_out_of_folder")
    assert "链接.csv" in outcome["message"]
    assert [entry.name for entry in landed(home, "ledger", "530102")] == ["台账.csv"]


def test_names_in_gb18030_land_readable(home: Home, inbox: Path) -> None:
    folder = inbox / "ledgers/530102"
    folder.mkdir(parents=True)
    with open(os.path.join(os.fsencode(folder), "招商台账.csv".encode("gb18030")), "wb") as handle:  # noqa: PTH118, PTH123
        handle.write(b"x")
    assert pull(home, inbox)["530102"]["files_new"] == 1
    assert landed(home, "ledger", "530102")[0].name == "招商台账.csv"


class Clock:
    """A clock that only waiting moves, and what happens meanwhile."""

    def __init__(self, now: float, meanwhile: Path | None = None) -> None:
        self.time, self.waited, self.meanwhile = now, 0.0, meanwhile

    def now(self) -> float:
        return self.time

    def wait(self, seconds: float) -> None:
        self.waited += seconds
        self.time += seconds
        if self.meanwhile:
            with self.meanwhile.open("ab") as handle:
                handle.write(b"more")


def test_fresh_files_get_a_second_look_and_growing_ones_wait(tmp_path: Path) -> None:
    now = time.time()
    put(tmp_path, "old.csv")
    put(tmp_path, "fresh.csv", modified=now)
    growing = put(tmp_path, "growing.csv", modified=now)
    clock = Clock(now, meanwhile=growing)
    stock = take_stock(FolderConnector(tmp_path).look, now=clock.now, wait=clock.wait)
    assert [offered.name for offered in stock.ready] == ["fresh.csv", "old.csv"]
    assert stock.growing == ["growing.csv"]
    assert clock.waited <= SETTLE_SECONDS


def test_old_files_and_done_marks_need_no_waiting(tmp_path: Path) -> None:
    now = time.time()
    put(tmp_path, "old.csv")
    put(tmp_path, "marked.csv", modified=now)
    put(tmp_path, "marked.csv.done", b"", modified=now)
    clock = Clock(now)
    stock = take_stock(FolderConnector(tmp_path).look, now=clock.now, wait=clock.wait)
    assert [offered.name for offered in stock.ready] == ["marked.csv", "old.csv"]
    assert (stock.growing, clock.waited) == ([], 0.0)


def test_a_time_in_the_future_is_not_believed() -> None:
    clock = Clock(1000.0)
    ahead = Offered("a.csv", 1, int(5000e9), "a.csv")
    stock = take_stock(lambda: [ahead], now=clock.now, wait=clock.wait)
    assert (stock.ready, clock.waited) == ([ahead], SETTLE_SECONDS)


def test_a_connection_that_nobody_knows_is_an_outcome(
    home: Home, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = tmp_path / "sources" / "counties"
    sources.mkdir(parents=True)
    (sources / "530102.yml").write_text('code: "530102"\norigin:\n  kind: sftp\n  connection: gone\n', encoding="utf-8")
    monkeypatch.setenv("LUODI_SOURCES", str(tmp_path / "sources"))

    def resolve(name: str) -> dict[str, object]:
        raise RuntimeError(name)

    (source,) = list_sources(home, inbox, "ledger")
    outcome = pull_source(home, source, AS_OF, resolve)
    assert (outcome["outcome"], outcome["reason_code"]) == ("failed", "no_credentials")
