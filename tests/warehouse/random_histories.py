"""Random histories of counties in the order in which files arrive: late, corrected, withdrawn, renamed, misdated.

`python random_histories.py FOLDER SEED` builds one step by step in one process (dbt is slow to start), each step
incrementally, and now and then everything anew; it prints one JSON line a comparison: the tables that differ.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
from lake_builder import LakeBuilder, Row

from ingest.home import CHECKOUT, Home
from warehouse import dbt_build, rebuild
from warehouse.packed_lake import pack_lake
from warehouse.publication import build_database

MILLION = 1_000_000
# 偃师市 became 偃师区 on 2021-03-18: a step of `as_of` across that day moves the ledgers of one county to the other.
ABOLISHED, SUCCESSOR = "410381", "410307"
COUNTIES = ("410922", "411103", ABOLISHED, "410923", "410926", "410927", "410928")
# Their projects keep name and code, and are listed once: only figures, stages and dates move.
CALM = ("410923", "410926", "410927")
# Sends most weeks a list of problems beside the list of projects, in a form that asks for other things.
TWO_LISTS = "411103"
PROBLEM_FORM = ("project_name", "investor_name", "problem", "measure", "registered_on")
# Sends some weeks a card a project, each a file of its own, and its list in the others.
CARDS = "410928"
FIRST_WEEK = dt.date(2020, 11, 6)
STAGES = ("talks", "signed", "performed", "started", "completed", "in_production")
# Tables whose rows are a function of what stands; the others of the core remember how they were computed.
TABLES = (
    "intermediate.int_project_rows", "intermediate.int_statement_contents", "intermediate.int_ledgers_applied", "intermediate.int_project_facts",
    "intermediate.int_project_namings", "intermediate.int_duplicates_applied", "intermediate.int_repeated_rows", "intermediate.int_project_statements",
    "intermediate.int_project_last_stated", "intermediate.int_project_last_rows",
    "intermediate.int_dates_ahead", "intermediate.int_projects", "intermediate.int_milestones",
    "intermediate.int_project_months", "intermediate.int_submissions", "intermediate.int_fund_figures",
    "intermediate.int_fund_openings_applied", "intermediate.int_fund_positions", "intermediate.int_fund_movements",
    "main.dim_project", "main.dim_project_history", "main.duplicate_candidates", "main.fct_fund_arrivals",
    "main.fct_project_milestones", "main.fct_project_snapshots", "main.fct_signings",
)  # fmt: skip
# The history and what lies directly on it: everything else is a table computed anew from these, and left out here.
CORE = (
    "staging", "intermediate/counties", "intermediate/identity", "intermediate/states", "intermediate/funds",
    "intermediate/scorecards/int_agreement_kinds.sql", "intermediate/scorecards/int_signing_changes.sql",
    "intermediate/scorecards/int_signing_days.sql", "marts/projects",
)  # fmt: skip
_PARSED_ONLY = ("intermediate/scorecards/int_industry_chains.sql", "marts/dimensions")  # tests of the core name them


@dataclass
class _County:
    """One county's projects as they are now, and its ledgers by date as they were last sent."""

    code: str
    rng: random.Random
    style: str
    projects: dict[str, Row] = field(default_factory=dict)
    sent: dict[dt.date, list[str]] = field(default_factory=dict)
    skipped: list[dt.date] = field(default_factory=list)

    def begin(self) -> None:
        for number in range(6):
            self.enter(f"{self.code}{number}号项目")

    def enter(self, name: str) -> None:
        rng = self.rng
        row: Row = {
            "project_name": name,
            "investor_name": f"投资{rng.randrange(4)}有限公司",
            "total_investment_cny": rng.choice((5, 20, 80, 300)) * MILLION,
            "stage": rng.choice(STAGES[:4]),
        }
        if rng.random() < 0.7:
            row["signed_on"] = (FIRST_WEEK - dt.timedelta(rng.randrange(-30, 300))).isoformat()
        if rng.random() < 0.3:
            row["project_code"] = f"2002-{self.code}-04-01-{rng.randrange(10):06d}"
        self.projects[name] = row

    def a_week_goes_by(self, date: dt.date) -> None:
        rng = self.rng
        for name in list(self.projects):
            row = self.projects[name]
            if rng.random() < 0.5:
                self._funds(row, date)
            if rng.random() < 0.15:
                row["stage"] = rng.choice((*STAGES, "terminated"))
            if rng.random() < 0.1:
                row["started_on"] = (date + dt.timedelta(rng.randrange(-60, 40))).isoformat()
            if rng.random() < 0.1:
                row["signed_on"] = (date - dt.timedelta(rng.randrange(0, 200))).isoformat()
            if rng.random() < 0.1:
                row["progress_note"] = f"进度 {rng.randrange(100)}"
            if self.code in CALM:
                continue
            if rng.random() < 0.05:
                row["project_name"] = f"{name}改{rng.randrange(3)}"
            if rng.random() < 0.05:
                row["project_code"] = f"2002-{self.code}-04-01-{rng.randrange(10):06d}"
        if rng.random() < 0.3:
            self.enter(f"{self.code}新{date:%m%d}项目")

    def _funds(self, row: Row, date: dt.date) -> None:
        amount = self.rng.randrange(-1, 5) * MILLION
        if self.style == "cumulative" or (self.style == "mixed" and self.rng.random() < 0.5):
            row["funds_arrived_cumulative_cny"] = row.get("funds_arrived_cumulative_cny", 0) + amount
        else:
            row["funds_arrived_month_cny"] = abs(amount)
            ytd = row.get("funds_arrived_ytd_cny", 0) if date.month > 1 else 0
            row["funds_arrived_ytd_cny"] = ytd + abs(amount)

    def rows(self) -> list[Row]:
        rng = self.rng
        listed = [dict(row) for row in self.projects.values() if rng.random() < 0.9]
        for row in listed:
            for key in ("funds_arrived_cumulative_cny", "signed_on", "started_on", "investor_name"):
                if rng.random() < 0.1:
                    row.pop(key, None)
            if rng.random() < 0.15:  # a blank cell of the stage column, where dates tell some stage
                row.update(stage=rng.choice(STAGES), stage_raw=None)
        if rng.random() < 0.2 and listed and self.code not in CALM:
            row = rng.choice(listed)
            listed.append({**row, "sheet": "另表", "stage": rng.choice(STAGES)})
            for key in [key for key in row if key not in ("project_name", "investor_name", "stage")]:
                if rng.random() < 0.3:  # each sheet says what the other leaves out
                    rng.choice((row, listed[-1])).pop(key, None)
        return listed

    def problems(self) -> list[Row]:
        rng = self.rng
        return [
            {
                "project_name": row["project_name"], "investor_name": row["investor_name"],
                "problem": f"问题{rng.randrange(3)}", "registered_on": f"2020-0{rng.randrange(1, 4)}-15",
            }
            for row in self.projects.values() if rng.random() < 0.7
        ] or [{"project_name": "唯一项目"}]  # fmt: skip


class _World:
    """The counties, their lake and the calendar."""

    def __init__(self, home: Home, seed: int) -> None:
        self.rng = random.Random(seed)
        self.lake = LakeBuilder(home.root)
        self.week = FIRST_WEEK
        styles = ("cumulative", "ytd", "mixed")
        self.counties = [_County(code, random.Random(seed * 100 + n), styles[n % 3]) for n, code in enumerate(COUNTIES)]
        for county in self.counties:
            county.begin()
        for county in self.counties[3:5]:
            county.projects["两县申报项目"] = {
                "project_name": "两县申报项目", "investor_name": "两县投资有限公司", "signed_on": "2020-09-01",
                "total_investment_cny": 80 * MILLION, "stage": "signed",
            }  # fmt: skip
        for _ in range(6):
            self.next_week()

    def next_week(self) -> None:
        self.week += dt.timedelta(7)
        for county in self.counties:
            county.a_week_goes_by(self.week)
            if self.rng.random() < 0.2:
                county.skipped.append(self.week)
            else:
                self._send(county, self.week)

    def late(self) -> None:
        county = self.rng.choice([county for county in self.counties if county.skipped])
        self._send(county, county.skipped.pop(self.rng.randrange(len(county.skipped))))

    def corrected(self) -> None:
        county = self.rng.choice(self.counties)
        self._send(county, self.rng.choice(sorted(county.sent)), revision_rank=1)

    def withdrawn(self) -> None:
        county = self.rng.choice(self.counties)
        date = self.rng.choice(sorted(county.sent))
        for sha in county.sent.pop(date):
            for path in self.lake.home.lake.glob(f"*/period=*/*-{sha}.parquet"):
                path.unlink()

    def _send(self, county: _County, date: dt.date, **options: Any) -> None:
        rows = county.rows() or [{"project_name": "唯一项目"}]
        failed = {0: "total_investment_not_negative"} if self.rng.random() < 0.1 and len(rows) > 1 else None
        code = county.code
        if code == ABOLISHED and date > dt.date(2021, 3, 18):
            code = SUCCESSOR
        lists = [(rows, None)]
        if code == TWO_LISTS:
            lists = [(rows, sorted({key for row in county.projects.values() for key in row} | set(PROBLEM_FORM[:2])))]
            if self.rng.random() < 0.7:
                lists.append((county.problems(), PROBLEM_FORM))
        if code == CARDS and self.rng.random() < 0.4:
            form = sorted({key for row in county.projects.values() for key in row})
            lists, failed = [([row], form) for row in rows], None
        for number, (listed, columns) in enumerate(lists):
            sha = self.lake.ledger(
                code, date.isoformat(), listed, failed=None if number else failed, columns=columns,
                name=f"{date}-{self.rng.random()}.xlsx", **options,
            )  # fmt: skip
            county.sent.setdefault(date, []).append(sha)


class _Warehouse:
    """dbt in this process, on a copy of the project whose seeds can be changed."""

    def __init__(self, folder: Path, home: Home) -> None:
        self.home = home
        self.project = folder / "checkout" / "dbt_project"
        shutil.copytree(CHECKOUT / "dbt_project", self.project)
        models = self.project / "models"
        kept = [models / name for name in (*CORE, *_PARSED_ONLY)]
        for path in models.rglob("*.*"):
            if not any(path.is_relative_to(name) for name in kept):
                path.unlink()
        (folder / "checkout" / "ingest").symlink_to(CHECKOUT / "ingest")
        dbt_build.PROJECT = self.project
        some_day = dt.date(2021, 1, 1)
        self.manifests = {
            mode: dbt_build._manifest(home, some_day, mode) for mode in (rebuild.FULL, rebuild.INCREMENTAL)
        }

    def decide_same(self, county: str, name_a: str, name_b: str, decision: str) -> None:
        path = self.project / "seeds" / "identity_decisions.csv"
        header = path.read_text(encoding="utf-8").splitlines()[0].split(",")
        row = dict.fromkeys(header, "")
        row.update(decision=decision, county_code_a=county, project_name_a=name_a, county_code_b=county,
                   project_name_b=name_b)  # fmt: skip
        with path.open("a", encoding="utf-8", newline="") as handle:
            csv.DictWriter(handle, header).writerow(row)
        self._run(dt.date(2021, 1, 1), rebuild.FULL, ["seed", "--select", "identity_decisions"])

    def seed(self) -> None:
        self._run(dt.date(2021, 1, 1), rebuild.FULL, ["seed"])

    def build(self, as_of: dt.date, mode: str) -> dict[str, tuple[int, ...]]:
        pack_lake(self.home)
        self._run(as_of, mode, ["run", "--select", *(f"path:models/{folder}" for folder in CORE)])
        return self._digests()

    def _run(self, as_of: dt.date, mode: str, arguments: list[str]) -> None:
        result = dbt_build._invoke(self.home, as_of, mode, ["--quiet", *arguments], self.manifests[mode])
        if not result.success:
            bad = [f"{r.node.name}: {r.message}" for r in result.result.results if str(r.status) == "error"]
            raise RuntimeError("\n".join(bad) or str(result.exception))

    def counties_changed(self) -> dict[str, int]:
        """How many counties the last build went on with (`appended`) and computed anew (`rebuilt`)."""
        query = (
            "select count(*) filter (not is_rebuilt), count(*) filter (is_rebuilt) from intermediate.int_county_changes"
        )
        appended, anew = self._ask(query)
        return {"appended": appended, "rebuilt": anew}

    def _digests(self) -> dict[str, tuple[int, ...]]:
        return {
            table: self._ask(f"select count(*), coalesce(sum(hash(to_json(t))), 0) from {table} as t")
            for table in TABLES
        }

    def _ask(self, query: str) -> tuple[int, ...]:
        with duckdb.connect(str(build_database(self.home)), read_only=True) as connection:
            ((*values,),) = connection.execute(query).fetchall()
        return tuple(int(value) for value in values)


def run(folder: Path, seed: int) -> None:
    """Print one line a comparison."""
    home = Home(folder / "home")
    world = _World(home, seed)
    warehouse = _Warehouse(folder, home)
    warehouse.seed()
    warehouse.build(world.week, rebuild.FULL)
    decided = iter(("same", "different"))

    def decision() -> None:
        names = sorted(world.counties[0].projects)
        warehouse.decide_same(COUNTIES[0], *world.rng.sample(names, 2), next(decided))

    week = world.next_week
    steps: list[tuple[str, bool, list[Any]]] = [
        ("a week", False, [week]),
        ("weeks, the year turned", False, [week, week]),
        ("a week, late, corrected, withdrawn", True, [week, world.late, world.corrected, world.withdrawn]),
        ("a decision", False, [decision, week]),
        ("back in time", True, []),
        ("forward again", False, [week]),
        ("a county abolished, much at once", True,
         [decision, *[week] * 9, world.late, world.corrected, world.withdrawn]),
    ]  # fmt: skip
    for name, is_compared, actions in steps:
        for action in actions:
            action()
        as_of = world.week - dt.timedelta(25) if name == "back in time" else world.week
        incremental = warehouse.build(as_of, rebuild.INCREMENTAL)
        print(json.dumps({"incremental": name, "counties": warehouse.counties_changed()}), flush=True)
        # Errors of several steps may add up, so not every step is followed by a full build.
        if is_compared or "--every" in sys.argv:
            full = warehouse.build(as_of, rebuild.FULL)
            different = [table for table in TABLES if incremental[table] != full[table]]
            rows = {table: full[table][0] for table in TABLES}
            print(json.dumps({"compared": name, "different": different, "rows": rows}), flush=True)


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]))
