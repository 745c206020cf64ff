"""Where things stand, from the last run record and the published tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ingest.home import Home
from warehouse import not_understood, publication, query, run_record

_FILES = """
select count(*) as landed,
       count(*) filter (where status = 'read') as accepted,
       count(*) filter (where status = 'refused') as refused,
       coalesce(sum(rows_accepted), 0)::bigint as rows_accepted,
       coalesce(sum(rows_rejected), 0)::bigint as rows_rejected
from ledger_files
"""
# Until one of its name or date is sent and read.
_REFUSED = """
select distinct county_code, county_name, file_name, reason_code, reason_message
from ledger_files left join dim_county using (county_code)
where status = 'refused' and settled_by is null
order by all
"""
# Told while the ledger sent for it, under a name of its own, is the county's latest.
_SETTLED = """
select distinct refused.county_code, county_name, refused.file_name, refused.settled_by
from ledger_files as refused left join dim_county using (county_code)
join ledger_files as settling
    on settling.county_code = refused.county_code and settling.file_name = refused.settled_by and settling.status = 'read'
where refused.file_name <> refused.settled_by and settling.report_date = (
    select max(latest.report_date) from ledger_files as latest where latest.county_code = refused.county_code
)
order by all
"""
_FOLLOW_UP = """
select count(*) filter (where closed_on is null) as open,
       count(*) filter (where is_overdue) as overdue,
       count(*) filter (where status = 'reopened') as reopened
from fct_follow_ups
"""
_LIGHTS = "select light, count(*) from stalled_projects group by light order by light"
# A county that was renamed or merged submits under its code of today, whatever it came under before.
_NOT_SUBMITTED = """
with files as (
    select coalesce(codes.current_county_code, ledgers.county_code) as county_code, ledgers.status, ledgers.report_month
    from ledger_files as ledgers left join dim_county as codes on ledgers.county_code = codes.county_code
    where reason_code is distinct from 'withdrawn'
),
latest as (select max(report_month) as report_month from files where status = 'read')
select c.county_code, c.county_name, latest.report_month
from (select distinct county_code from files) as known
join dim_county as c using (county_code)
cross join latest
where latest.report_month is not null and not exists (
    select 1 from files as f
    where f.county_code = known.county_code and f.status = 'read' and f.report_month = latest.report_month
)
order by c.county_code
"""

REJECTED_ROWS = 5  # examples; all stand in `rejected_rows`


@dataclass(slots=True)
class Status:
    """What `luodi status` tells. Counts are of everything that landed so far, not of the last run alone."""

    home: str
    is_published: bool
    last_run: dict[str, Any] | None
    red_runs: list[dict[str, Any]] = field(default_factory=list)  # of each DAG the last, where it failed
    published_as_of: str | None = None
    files: dict[str, int] = field(default_factory=lambda: {"landed": 0, "accepted": 0, "refused": 0})
    rows: dict[str, int] = field(default_factory=lambda: {"accepted": 0, "rejected": 0})
    refused_files: list[dict[str, Any]] = field(default_factory=list)
    settled_files: list[dict[str, Any]] = field(default_factory=list)
    open_stalls: dict[str, int] = field(default_factory=lambda: {"yellow": 0, "red": 0, "total": 0})
    follow_up: dict[str, int] = field(default_factory=lambda: {"open": 0, "overdue": 0, "reopened": 0})
    not_submitted: list[dict[str, Any]] = field(default_factory=list)
    misfiled_ledgers: list[dict[str, Any]] = field(default_factory=list)
    undated_ledgers: list[dict[str, Any]] = field(default_factory=list)
    later_ledgers: list[dict[str, Any]] = field(default_factory=list)
    replaced_ledgers: list[dict[str, Any]] = field(default_factory=list)
    rejected_rows: list[dict[str, Any]] = field(default_factory=list)
    unknown_counties: list[str] = field(default_factory=list)
    refused_articles: list[dict[str, Any]] = field(default_factory=list)
    refused_replies: list[dict[str, Any]] = field(default_factory=list)
    rejected_replies: list[dict[str, Any]] = field(default_factory=list)
    unmapped_columns: list[dict[str, Any]] = field(default_factory=list)
    unknown_lights: list[dict[str, Any]] = field(default_factory=list)
    incomplete_pulls: list[dict[str, Any]] = field(default_factory=list)

    @property
    def as_of(self) -> str | None:
        """The business date of what is published, `YYYY-MM-DD`; where it cannot be told, that of the last run."""
        return self.published_as_of or ((self.last_run or {}).get("parameters") or {}).get("as_of")

    @property
    def inbox(self) -> str | None:
        """The inbox that the last run pulled from."""
        return ((self.last_run or {}).get("parameters") or {}).get("inbox")


def status(home: Home) -> Status:
    """The state of `home`; also where nothing has run or nothing is published yet."""
    records = run_record.all_records(home)
    found = Status(
        home=str(home.root), is_published=home.warehouse.exists(), last_run=_summary(run_record.latest(records))
    )
    summaries = [_summary(record) for record in run_record.red_runs(records)]
    found.red_runs = [summary for summary in summaries if summary is not None and summary != found.last_run]
    incomplete = run_record.incomplete_pulls(run_record.latest_sections(records))
    found.incomplete_pulls = run_record.with_streaks(incomplete, records)
    if not found.is_published:
        return found
    published = publication.business_date(home)
    found.published_as_of = published.isoformat() if published else None
    (files,) = query.ask(home, _FILES).records()
    found.files = {name: files[name] for name in ("landed", "accepted", "refused")}
    found.rows = {"accepted": files["rows_accepted"], "rejected": files["rows_rejected"]}
    found.refused_files = query.ask(home, _REFUSED).records()
    found.settled_files = query.ask(home, _SETTLED).records()
    lights = dict(query.ask(home, _LIGHTS).rows)
    found.open_stalls = {
        "yellow": lights.get("yellow", 0),
        "red": lights.get("red", 0),
        "total": sum(lights.values()),
    }
    (found.follow_up,) = query.ask(home, _FOLLOW_UP).records()
    found.not_submitted = query.ask(home, _NOT_SUBMITTED).records()
    found.misfiled_ledgers = not_understood.misfiled_ledgers(home)
    found.undated_ledgers = not_understood.undated_ledgers(home)
    if as_of := found.as_of:
        found.later_ledgers = not_understood.later_ledgers(home, as_of)
    found.replaced_ledgers = not_understood.replaced_ledgers(home)
    found.rejected_rows = not_understood.rejected_rows(home, REJECTED_ROWS)
    found.unknown_counties = not_understood.unknown_counties(home)
    found.refused_articles = not_understood.refused_articles(home)
    found.refused_replies = not_understood.refused_replies(home)
    found.rejected_replies = not_understood.rejected_replies(home, REJECTED_ROWS)
    found.unmapped_columns = not_understood.unmapped_columns(home)
    found.unknown_lights = not_understood.unknown_lights(home)
    return found


def _summary(record: run_record.Record | None) -> dict[str, Any] | None:
    if record is None:
        return None
    kept = ("run_id", "started_at", "finished_at", "outcome", "parameters", "failures")
    summary = {name: record.get(name) for name in kept}
    if record.get("outcome") == "succeeded":  # cleared after somebody mended it
        summary["failures"] = None
    return summary
