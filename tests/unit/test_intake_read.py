"""Reading what landed into the lake: once, whole, the same bytes whatever the order, and what is stale goes."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import random
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pytest
import reading_jobs

from bench.ledger_reading import write_workbook
from ingest.bounded import Failure, run_bounded
from ingest.home import Home
from ingest.intake import WORKER_MODULES, Outcome, list_sources, pull_source, read_news, read_source
from ingest.lake import SCHEMAS
from ingest.landing import landed
from ingest.ledgers import ledger_lake_task
from ingest.news import news_lake
from ingest.registry import Feed, read_registry

AS_OF = dt.date(2026, 11, 5)
LONG_AGO = 1_760_000_000
COUNTY = "530102"
_LONG_LEDGERS = 16
SAMPLES = Path(__file__).resolve().parents[2] / "samples"
HEADER = "序号,项目名称,投资方,总投资（万元）,累计到位资金（万元）,签约时间\n"
PAGE = (
    "<html><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1><p>{date} 来源：县域新闻网</p>"
    "<p>{text}</p></body></html>"
)


def ledger(month: int, *, funds: int = 100, projects: int = 2) -> bytes:
    rows = "".join(f"{n},项目{n},某某{n}公司,{n}000,{funds * n},2026-0{n}-15\n" for n in range(1, projects + 1))
    return (f"五华区招商引资项目台账（2026年{month}月）\n" + HEADER + rows).encode()


def put(inbox: Path, name: str, content: bytes, modified: float = LONG_AGO) -> None:
    path = inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (modified, modified))


def run(home: Home, inbox: Path, kind: str = "ledger") -> dict[str, Outcome]:
    found = {}
    for source in list_sources(home, inbox, kind):
        pull_source(home, source, AS_OF)
        found[source["source_id"]] = (read_news if kind == "news" else read_source)(home, source)
    return found


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def rows(home: Home, table: str) -> list[dict[str, object]]:
    files = [str(path) for path in sorted((home.lake / table).glob("*/*.parquet"))]
    found: pa.Table = ds.dataset(files, schema=SCHEMAS[table]).to_table()
    return found.to_pylist()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return tmp_path / "inbox"


def test_a_worker_is_made_lean_before_anything_else_is_imported() -> None:
    """Arrow's own pool takes address space by the tens of megabytes, of which a worker has little."""
    (outcome,) = run_bounded(reading_jobs.arrow_pool, [1], preload=WORKER_MODULES)
    assert outcome.value == "system"


def test_ordinary_ledgers_do_not_wear_out_their_worker(home: Home) -> None:
    """Starting a worker costs twenty readings: it must have room for its wordings and whatever it remembers of a county."""
    tasks = []
    for source in list_sources(home, SAMPLES / "inbox", "ledger"):
        pull_source(home, source, AS_OF)
        reader = read_registry().county(source["source_id"]).ledger_source()
        tasks += [
            ledger_lake_task.task_of(home, entry, reader) for entry in landed(home, "ledger", source["source_id"])
        ]
    outcomes = list(run_bounded(reading_jobs.read_in_process, tasks, preload=WORKER_MODULES))
    assert len(outcomes) > 20
    assert len({outcome.value for outcome in outcomes}) == 1


def test_long_ledgers_under_strange_headers_do_not_wear_out_their_worker(home: Home, inbox: Path) -> None:
    """500 projects of 30 columns, one of which no wording is close to: what is looked up for it is held from then on."""
    folder = inbox / "ledgers" / COUNTY
    folder.mkdir(parents=True)
    for seed in range(_LONG_LEDGERS):
        write_workbook(folder / f"{seed}.xlsx", seed)
    (source,) = (one for one in list_sources(home, inbox, "ledger") if one["source_id"] == COUNTY)
    pull_source(home, source, AS_OF)
    reader = read_registry().county(COUNTY).ledger_source()
    tasks = [ledger_lake_task.task_of(home, entry, reader) for entry in landed(home, "ledger", COUNTY)]
    outcomes = list(run_bounded(reading_jobs.read_in_process, tasks, preload=WORKER_MODULES))
    assert len(outcomes) == _LONG_LEDGERS
    assert len({outcome.value for outcome in outcomes}) == 1


def test_a_ledger_goes_into_the_partition_of_its_month(home: Home, inbox: Path) -> None:
    put(inbox, f"ledgers/{COUNTY}/3月台账.csv", ledger(3))
    outcome = run(home, inbox)[COUNTY]
    assert (outcome["files_read"], outcome["rows_accepted"], outcome["refused"]) == (1, 2, [])
    (entry,) = landed(home, "ledger", COUNTY)
    assert (home.lake / "ledger_project_rows" / "period=2026-03" / f"{COUNTY}-{entry.sha256}.parquet").exists()
    assert {row["project_name"] for row in rows(home, "ledger_project_rows")} == {"项目1", "项目2"}
    assert [row["rows_accepted"] for row in rows(home, "ledger_files")] == [2]


def test_a_second_run_reads_nothing_and_changes_no_byte(home: Home, inbox: Path) -> None:
    put(inbox, f"ledgers/{COUNTY}/3月台账.csv", ledger(3))
    put(inbox, f"ledgers/{COUNTY}/broken.xlsx", b"PK\x03\x04 torn")
    run(home, inbox)
    before = tree(home.lake)
    assert run(home, inbox)[COUNTY]["files_read"] == 0
    assert tree(home.lake) == before


def test_a_bad_file_is_refused_and_stops_nothing_else(home: Home, inbox: Path) -> None:
    put(inbox, f"ledgers/{COUNTY}/broken.xlsx", b"PK\x03\x04 torn")
    put(inbox, f"ledgers/{COUNTY}/empty.xls", b"")
    put(inbox, f"ledgers/{COUNTY}/3月台账.csv", ledger(3))
    outcome = run(home, inbox)[COUNTY]
    assert {(refused["file"], refused["code"]) for refused in outcome["refused"]} == {
        ("broken.xlsx", "truncated"),
        ("empty.xls", "empty"),
    }
    assert outcome["rows_accepted"] == 2


def test_the_same_bytes_under_another_name_change_no_rows(home: Home, inbox: Path) -> None:
    put(inbox, f"ledgers/{COUNTY}/3月台账.csv", ledger(3))
    run(home, inbox)
    before = {name: data for name, data in tree(home.lake).items() if "ledger_" in name}
    put(inbox, f"ledgers/{COUNTY}/副本.csv", ledger(3))
    outcome = run(home, inbox)[COUNTY]
    assert (outcome["files_read"], outcome["duplicates"]) == (0, [{"file": "副本.csv", "same_as": "3月台账.csv"}])
    assert {name: data for name, data in tree(home.lake).items() if "ledger_" in name} == before


def test_the_same_bytes_under_the_name_of_another_month_are_that_months_ledger(tmp_path: Path) -> None:
    undated = ledger(3).replace("（2026年3月）".encode(), b"")
    names = ["台账20260331.csv", "台账20260430.csv", "台账2026年4月30日（再报）.csv", "副本.csv"]
    lakes = []
    for order in (names, names[1:2] + names[:1] + names[2:]):
        home, inbox = Home(tmp_path / order[0] / "home"), tmp_path / order[0] / "inbox"
        for name in order:
            put(inbox, f"ledgers/{COUNTY}/{name}", undated)
            run(home, inbox)
        assert run(home, inbox)[COUNTY]["files_read"] == 0
        read = rows(home, "ledger_project_rows")
        assert sorted({(row["project_name"], str(row["report_date"])) for row in read}) == [
            (project, date) for project in ("项目1", "项目2") for date in ("2026-03-31", "2026-04-30")
        ]
        assert len({row["row_id"] for row in read}) == len(read) == 4
        assert {row["file_name"] for row in rows(home, "ledger_files")} == {"台账20260331.csv", "台账20260430.csv"}
        lakes.append({name: data for name, data in tree(home.lake).items() if name.startswith("ledger_")})
    assert lakes[0] == lakes[1]


def test_a_date_inside_the_file_stands_whatever_its_later_names(home: Home, inbox: Path) -> None:
    put(inbox, f"ledgers/{COUNTY}/3月台账.csv", ledger(3))
    run(home, inbox)
    put(inbox, f"ledgers/{COUNTY}/4月台账.csv", ledger(3))
    run(home, inbox)
    assert [str(row["report_date"]) for row in rows(home, "ledger_files")] == ["2026-03-31"]


def test_partitions_are_the_same_whatever_the_order_of_arrival(tmp_path: Path) -> None:
    files = {f"{month}月台账.csv": ledger(month, funds=month) for month in range(3, 7)} | {"bad.csv": b"\0\0"}
    lakes = []
    for order in range(2):
        home, inbox = Home(tmp_path / f"home{order}"), tmp_path / f"inbox{order}"
        names = sorted(files)
        random.Random(order).shuffle(names)
        for name in names:
            put(inbox, f"ledgers/{COUNTY}/{name}", files[name])
            if order:
                run(home, inbox)
        run(home, inbox)
        lakes.append({name: data for name, data in tree(home.lake).items() if "landed_files" not in name})
    assert lakes[0] == lakes[1]


def test_a_partition_that_was_deleted_comes_back_the_same(home: Home, inbox: Path) -> None:
    put(inbox, f"ledgers/{COUNTY}/3月台账.csv", ledger(3))
    run(home, inbox)
    before = tree(home.lake)
    next((home.lake / "ledger_project_rows").glob("period=2026-03/*.parquet")).unlink()
    assert run(home, inbox)[COUNTY]["files_read"] == 1
    assert tree(home.lake) == before


@pytest.mark.parametrize("left", [0, 100], ids=["empty", "torn"])
def test_a_partition_torn_by_a_power_cut_comes_back_the_same(home: Home, inbox: Path, left: int) -> None:
    put(inbox, f"ledgers/{COUNTY}/3月台账.csv", ledger(3))
    run(home, inbox)
    before = tree(home.lake)
    for partition in home.lake.glob(f"ledger_*/period=2026-03/{COUNTY}-*.parquet"):
        os.truncate(partition, left)
    assert run(home, inbox)[COUNTY]["files_read"] == 1
    assert tree(home.lake) == before


def test_marks_of_before_sizes_were_kept_read_anew_and_take_stale_partitions_away(home: Home, inbox: Path) -> None:
    put(inbox, f"ledgers/{COUNTY}/3月台账.csv", ledger(3))
    run(home, inbox)
    before = tree(home.lake)
    (mark,) = (home.lake / "_read" / "ledger" / COUNTY).glob("*.json")
    content = json.loads(mark.read_text(encoding="utf-8"))
    stale = f"ledger_project_rows/period=2026-01/{COUNTY}-{mark.stem}.parquet"
    content["partitions"] = [*content["partitions"], stale]
    mark.write_text(json.dumps(content), encoding="utf-8")
    (home.lake / stale).parent.mkdir()
    (home.lake / stale).write_bytes(b"of an earlier reading")
    assert run(home, inbox)[COUNTY]["files_read"] == 1
    assert tree(home.lake) == before


def test_a_changed_configuration_reads_anew_and_takes_the_stale_partitions_away(
    home: Home, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, f"ledgers/{COUNTY}/3月台账.csv", ledger(3))
    run(home, inbox)
    sources = tmp_path / "sources" / "counties"
    sources.mkdir(parents=True)
    (sources / f"{COUNTY}.yml").write_text(
        f'code: "{COUNTY}"\nledger:\n  report_date:\n    fixed: 2026-04-30\n', encoding="utf-8"
    )
    monkeypatch.setenv("LUODI_SOURCES", str(tmp_path / "sources"))
    assert run(home, inbox)[COUNTY]["files_read"] == 1
    periods = {path.parent.name for path in (home.lake / "ledger_project_rows").glob("*/5*.parquet")}
    assert periods == {"period=2026-04"}


@pytest.mark.parametrize("stop_before", ["write_partition", "_write_mark"])
def test_killed_between_any_two_writes_the_next_reading_gives_the_same_lake(
    home: Home, inbox: Path, tmp_path: Path, stop_before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest import lake_marks

    put(inbox, f"ledgers/{COUNTY}/3月台账.csv", ledger(3))
    whole = Home(tmp_path / "whole")
    run(whole, inbox)
    (source,) = list_sources(home, inbox, "ledger")
    pull_source(home, source, AS_OF)
    (entry,) = landed(home, "ledger", COUNTY)
    task = ledger_lake_task.task_of(home, entry, read_registry().county(COUNTY).ledger_source())
    for survived in range(4):
        real, calls = getattr(lake_marks, stop_before), []

        def stop(
            *arguments: object, real: object = real, calls: list[object] = calls, most: int = survived, **named: object
        ) -> object:
            calls.append(arguments)
            if len(calls) > most:
                raise KeyboardInterrupt
            return real(*arguments, **named)  # type: ignore[operator]

        with monkeypatch.context() as patch:
            patch.setattr(lake_marks, stop_before, stop)
            try:
                ledger_lake_task.read_into_lake(task)
            except KeyboardInterrupt:
                continue
    read_source(home, source)
    assert tree(home.lake) == tree(whole.lake)


def test_how_exactly_a_deadline_is_known_is_in_the_lake(home: Home, inbox: Path) -> None:
    table = "重点项目问题台账\n项目名称,存在问题,责任单位,完成时限\n甲项目,用地,自规局,2026年9月底前\n乙项目,用电,供电公司,2026-09-15\n"
    put(inbox, f"ledgers/{COUNTY}/问题台账2026年8月.csv", table.encode())
    (source,) = list_sources(home, inbox, "ledger")
    pull_source(home, source, AS_OF)
    read_source(home, source)
    told = {row["project_name"]: (row["due_on"], row["due_on_precision"]) for row in rows(home, "ledger_problem_rows")}
    assert told == {"甲项目": (dt.date(2026, 9, 1), "month"), "乙项目": (dt.date(2026, 9, 15), "day")}


def test_a_reading_that_broke_down_is_refused_and_tried_again_only_where_that_can_help(home: Home, inbox: Path) -> None:
    put(inbox, f"ledgers/{COUNTY}/3月台账.csv", ledger(3))
    (source,) = list_sources(home, inbox, "ledger")
    pull_source(home, source, AS_OF)
    (entry,) = landed(home, "ledger", COUNTY)
    task = ledger_lake_task.task_of(home, entry, read_registry().county(COUNTY).ledger_source())
    ledger_lake_task.fail_into_lake(task, Failure("memory", "内存超限 out of memory"))
    assert [row["reason_code"] for row in rows(home, "ledger_files")] == ["too_large"]
    assert read_source(home, source)["files_read"] == 0
    ledger_lake_task.fail_into_lake(task, Failure("error", "ValueError: a mistake of ours"))
    (row,) = rows(home, "ledger_files")
    assert row["status"] == "refused"
    assert "The reader itself failed (ValueError: a mistake of ours), the file may be whole" in row["reason_message"]
    assert read_source(home, source)["files_read"] == 1
    assert [row["status"] for row in rows(home, "ledger_files")] == ["read"]


def test_a_source_without_files_still_gives_typed_tables(home: Home, inbox: Path) -> None:
    (inbox / "ledgers" / COUNTY).mkdir(parents=True)
    assert run(home, inbox)[COUNTY]["files_landed"] == 0
    assert all(list((home.lake / table).glob("period=unknown/_empty.parquet")) for table in SCHEMAS)


def test_pages_feeds_and_records_become_articles_with_facts_and_events(home: Home, inbox: Path) -> None:
    text = "1至10月，濮阳县实际到位省外资金24.5亿元，同比增长12.5%，居全市第二位；新签约亿元以上项目12个，合同总投资42.6亿元。"
    put(inbox, "news/a.html", PAGE.format(title="濮阳县前十月成绩单", date="2026-11-02", text=text).encode())
    put(
        inbox,
        "news/feed.xml",
        "<rss><channel><title>快讯</title><item><title>濮阳县前十月成绩</title><link>https://example.com/1</link>"
        f"<pubDate>2026-11-03</pubDate><description>{text}</description></item></channel></rss>".encode(),
    )
    put(
        inbox,
        "news/records.jsonl",
        '{"id": "r1", "published": "2026-10-01", "text": "平舆县外出招商12批次。"}\n'.encode(),
    )
    put(inbox, "news/404.html", "<html><title>404 Not Found</title><body>页面不存在</body></html>".encode())
    outcome = run(home, inbox, "news")["inbox"]
    assert (outcome["files_read"], outcome["articles"], outcome["events"]) == (4, 3, 2)
    assert [refused["code"] for refused in outcome["refused"]] == ["error_page"]
    articles = {row["title"]: row for row in rows(home, "articles") if row["status"] == "read"}
    assert articles["濮阳县前十月成绩单"]["published_on"] == dt.date(2026, 11, 2)
    facts = [
        row for row in rows(home, "article_facts") if row["article_id"] == articles["濮阳县前十月成绩单"]["article_id"]
    ]
    funds = next(row for row in facts if row["indicator"] == "funds_arrived")
    assert (str(funds["value"]), funds["unit"], funds["region_code"]) == ("2450000000.000000", "CNY", "410928")
    assert (
        str(articles["濮阳县前十月成绩单"]["text"])[funds["evidence_start"] : funds["evidence_end"]]
        == funds["evidence"]
    )  # type: ignore[misc]
    events = {row["article_id"]: row["event_id"] for row in rows(home, "article_events")}
    assert events[articles["濮阳县前十月成绩单"]["article_id"]] == events[articles["濮阳县前十月成绩"]["article_id"]]
    before = tree(home.lake)
    assert run(home, inbox, "news")["inbox"]["files_read"] == 0
    assert tree(home.lake) == before


def test_what_our_city_means_is_told_by_host_then_paper_then_feed() -> None:
    feed = Feed(
        id="mix", name="混合", region_code="410900", site_regions={"news.example.com": "410928", "驻马店网": "411700"}
    )
    assert news_lake.home_region(feed, "https://www.news.example.com/1", None) == "410928"
    assert news_lake.home_region(feed, "https://other.example.com/1", "驻马店网") == "411700"
    assert news_lake.home_region(feed, None, None) == "410900"


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name.replace("__", "/") + ".csv"), content)
    return buffer.getvalue()


def test_the_ledgers_of_an_archive_are_landed_and_read_each_on_its_own(home: Home, inbox: Path) -> None:
    put(inbox, f"ledgers/{COUNTY}/台账.zip", zipped(五华__3月=ledger(3), 五华__4月=ledger(4), empty=b""))
    outcome = run(home, inbox)[COUNTY]
    assert (outcome["files_read"], outcome["rows_accepted"]) == (4, 4)
    assert [(refused["file"], refused["code"]) for refused in outcome["refused"]] == [("台账.zip/empty.csv", "empty")]
    files = {str(row["file_name"]): row for row in rows(home, "ledger_files")}
    assert (files["台账.zip"]["status"], files["台账.zip"]["format"], files["台账.zip"]["rows_seen"]) == (
        "read",
        "zip",
        0,
    )
    assert files["台账.zip/五华/3月.csv"]["report_date"] == dt.date(2026, 3, 31)
    before = tree(home.lake)
    assert run(home, inbox)[COUNTY]["files_read"] == 0
    assert tree(home.lake) == before


def test_a_torn_archive_is_refused(home: Home, inbox: Path) -> None:
    put(inbox, f"ledgers/{COUNTY}/台账.zip", zipped(三月=ledger(3))[:-30])
    outcome = run(home, inbox)[COUNTY]
    assert [refused["code"] for refused in outcome["refused"]] == ["truncated"]
