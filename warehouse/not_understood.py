"""What was read and yet does not count: undated, later and replaced ledgers, rows, articles and replies turned
away, unmapped columns, unknown lights.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ingest.home import Home
from ingest.lake import read_partition
from warehouse import query

# A renamed county's latest ledgers are those of its code of today.
_LATEST_FILES = """
select county_code, county_name, file_sha256
from ledger_files left join dim_county using (county_code)
where status = 'read'
qualify report_month is not distinct from
    max(report_month) over (partition by coalesce(current_county_code, county_code))
"""
# A column without any value says nothing; values of unmapped columns stand in `extra`.
_UNMAPPED = """
with filled as (
    select distinct file_sha256, sheet, unnest(json_keys(extra)) as header
    from read_parquet($rows, hive_partitioning = false, union_by_name = true)
    where extra is not null
)
select county_code, list(distinct header order by header) as headers
from read_parquet($columns, hive_partitioning = false)
join filled using (file_sha256, sheet, header)
where field is null
group by county_code
"""
_NEWS_FILES = "select source_id, file_sha256, file_name from dim_source_file where kind = 'news'"
_REFUSED_ARTICLES = """
select source_id, file_sha256, reason_code, min(reason_message) as reason_message, count(*) as articles
from read_parquet($articles, hive_partitioning = false, union_by_name = true)
where status = 'refused'
group by source_id, file_sha256, reason_code
"""
_UNKNOWN_LIGHTS = """
select reason, count(*) as lights from fct_project_lights where light = 'unknown'
group by reason order by lights desc, reason
"""
_UNDATED = """
select county_code, county_name, file_name, rows_accepted, rows_rejected
from ledger_files left join dim_county using (county_code)
where (
    not_standing_reason = 'no_report_date'
    -- Else a clerk who mends the rows learns only then that they do not count.
    or not_standing_reason = 'no_project_rows' and report_date is null and rows_accepted = 0 and rows_rejected > 0
) and not exists (
    select 1 from ledger_files as dated  -- the same bytes under a name that dates them
    where dated.county_code = ledger_files.county_code and dated.file_sha256 = ledger_files.file_sha256
        and dated.report_date is not null
)
order by all
"""
# Of each county's latest ledgers: older rows were told when they came, and those of a ledger that another replaced were sent
# again; likewise where every row was turned away and a ledger of the same day came after it. The first reason of a row is
# enough to find it.
_REJECTED = """
with latest as (
    select county_code, file_sha256, min(file_name) as file_name
    from ledger_files as files left join dim_county using (county_code)
    where status = 'read' and not_standing_reason is distinct from 'replaced' and not exists (
        select 1 from ledger_files as later
        where files.rows_accepted = 0 and later.county_code = files.county_code and later.is_standing
            and later.report_date = files.report_date and later.landed_order > files.landed_order
    )
    group by county_code, coalesce(current_county_code, county_code), file_sha256, report_month
    qualify report_month is not distinct from
        max(report_month) over (partition by coalesce(current_county_code, county_code))
)
select county_code, county_name, file_name, sheet, row_number,
       reasons ->> '$[0].column' as column_name, reasons ->> '$[0].raw' as raw, reasons ->> '$[0].message' as message
from rejected_rows
join latest using (county_code, file_sha256)
left join dim_county using (county_code)
order by county_code, file_name, sheet, row_number
limit $shown
"""
_MISFILED = """
select county_code, county_name, file_name, remark
from (select *, unnest(from_json(remarks, '["varchar"]')) as remark from ledger_files where is_standing)
left join dim_county using (county_code)
where starts_with(remark, $mark)
order by all
"""
# Of each county's latest report date: earlier ones were told when they came, and stay in the quality workbook.
_REPLACED = """
with latest as (
    select county_code, max(report_date) as report_date
    from ledger_files
    where status = 'read' and not_standing_reason is null
    group by county_code
)
select county_code, county_name, report_date, file_name, standing_file_name,
       any_value(replaced_projects) as replaced_projects, any_value(left_out_projects) as left_out_projects
from quality_replaced_projects
join latest using (county_code, report_date)
join (select county_code, file_sha256, report_date, min(file_name) as file_name from ledger_files group by all)
    using (county_code, file_sha256, report_date)
left join dim_county using (county_code)
group by all
order by all
"""
_UNKNOWN_COUNTIES = """
select distinct county_code
from ledger_files left join dim_county using (county_code)
where coalesce(county_name, county_code) = county_code and reason_code is distinct from 'withdrawn'
order by county_code
"""
_REFUSED_REPLIES = """
select distinct file_name, reason_code, reason_message from follow_up_files where status = 'refused' order by all
"""
# Of the latest issue: earlier ones were told when they came. A cell is done with once its item is closed, or answered by
# another file whose cell of this column could be used: the workbook was mended and returned again.
_REJECTED_REPLIES = """
select file_name, sheet, row_number, column_name, raw, message
from rejected_replies as cells
join (select file_sha256, min(file_name) as file_name, max(issued_on) as issued_on from follow_up_files group by all)
    using (file_sha256)
where issued_on is not distinct from (select max(issued_on) from follow_up_files)
    and not exists (
        select 1 from fct_follow_ups as items where items.follow_up_id = cells.follow_up_id and items.status = 'closed'
    )
    and not exists (
        select 1
        from follow_up_replies as replies
        where replies.follow_up_id = cells.follow_up_id
            and replies.file_sha256 <> cells.file_sha256
            and not exists (
                select 1
                from rejected_replies as again
                where again.file_sha256 = replies.file_sha256
                    and again.follow_up_id = cells.follow_up_id
                    and again.column_name = cells.column_name
            )
    )
order by all
limit $shown
"""
_COUNTY_NAMES = "select county_code, county_name from dim_county"
_DATED = ("county_code", "file_name", "report_date")
_ROW_TABLES = ("ledger_project_rows", "ledger_outreach_rows", "ledger_problem_rows")


def later_ledgers(home: Home, as_of: str) -> list[dict[str, Any]]:
    """Ledgers of the lake dated after the business date, which count from their date on: `… file_name report_date`.

    Raises:
        LakeUnreadableError: a partition is damaged.
        NothingPublishedError: there is no publication yet.
    """
    periods = (home.lake / "ledger_files").glob("period=????-??")
    paths = [path for one in periods if one.name[-7:] >= as_of[:7] for path in one.glob("*.parquet")]
    read = [row for path in sorted(paths) for row in read_partition(path, _DATED).to_pylist()]
    later = [row for row in read if row["report_date"].isoformat() > as_of]
    names = dict(query.ask(home, _COUNTY_NAMES).rows) if later else {}
    return [{**row, "county_name": names.get(row["county_code"])} for row in later]


def replaced_ledgers(home: Home) -> list[dict[str, Any]]:
    """Ledgers that another of the same day replaced, and that list projects nobody lists any more:
    `… report_date file_name standing_file_name replaced_projects left_out_projects`.

    Raises:
        NothingPublishedError: there is no publication yet.
    """
    return query.ask(home, _REPLACED).records()


def misfiled_ledgers(home: Home) -> list[dict[str, Any]]:
    """Ledgers that count and whose titles name another county than their folder: `county_code … file_name remark`.

    Raises:
        NothingPublishedError: there is no publication yet.
    """
    from ingest.ledgers.county_named import MARK

    return query.ask(home, _MISFILED.replace("$mark", f"'{MARK}'")).records()


def unmapped_columns(home: Home) -> list[dict[str, Any]]:
    """The filled columns without a field in each county's latest ledgers: `county_code county_name headers`.

    Columns that only number the rows are left out: ledgers of trips and problems have no field for them.

    Raises:
        NothingPublishedError: there is no publication yet.
    """
    import duckdb

    latest = query.ask(home, _LATEST_FILES).rows
    stems = {f"{code}-{sha256}" for code, _, sha256 in latest}
    names = {code: name for code, name, _ in latest}
    columns = _partitions(home.lake, "ledger_columns", stems)
    rows = [path for table in _ROW_TABLES for path in _partitions(home.lake, table, stems)]
    if not columns or not rows:
        return []
    with duckdb.connect() as connection:
        found = connection.execute(_UNMAPPED, {"rows": rows, "columns": columns}).fetchall()
    told = {code: _but_running_numbers(headers) for code, headers in found}
    return [
        {"county_code": code, "county_name": names.get(code), "headers": headers}
        for code, headers in sorted(told.items(), key=lambda one: (-len(one[1]), one[0]))
        if headers
    ]


def _but_running_numbers(headers: list[str]) -> list[str]:
    """Without those that number the rows; all of them where a wording file is wrong, which the run has told, not this."""
    from ingest.wording_file import WordingError

    try:
        from ingest.headers.header_upkeep import is_running_number

        return [header for header in headers if not is_running_number(header)]
    except WordingError:
        return headers


def undated_ledgers(home: Home) -> list[dict[str, Any]]:
    """Ledgers that were read but state no report date, so that none of their rows counts: `… rows_accepted rows_rejected`.

    Raises:
        NothingPublishedError: there is no publication yet.
    """
    return query.ask(home, _UNDATED).records()


def rejected_rows(home: Home, shown: int) -> list[dict[str, Any]]:
    """The first rows turned away from each county's latest ledgers: `… sheet row_number column_name raw message`.

    Raises:
        NothingPublishedError: there is no publication yet.
    """
    return query.ask(home, _REJECTED.replace("$shown", str(int(shown)))).records()


def unknown_counties(home: Home) -> list[str]:
    """Codes of counties that sent ledgers and that no list of regions names.

    Raises:
        NothingPublishedError: there is no publication yet.
    """
    return [str(code) for (code,) in query.ask(home, _UNKNOWN_COUNTIES).rows]


def refused_articles(home: Home) -> list[dict[str, Any]]:
    """Pages and files of articles that could not be read: `source_id file_name reason_code reason_message articles`.

    Raises:
        NothingPublishedError: there is no publication yet.
    """
    import duckdb

    names = {(source, sha256): name for source, sha256, name in query.ask(home, _NEWS_FILES).rows}
    paths = _partitions(home.lake, "articles", {f"{source}-{sha256}" for source, sha256 in names})
    if not paths:
        return []
    with duckdb.connect() as connection:
        refused = connection.execute(_REFUSED_ARTICLES, {"articles": paths}).fetchall()
    found = [
        {
            "source_id": source,
            "file_name": names[source, sha256],
            "reason_code": code,
            "reason_message": message,
            "articles": articles,
        }
        for source, sha256, code, message, articles in refused
    ]
    return sorted(found, key=lambda row: (row["source_id"], row["file_name"], row["reason_code"]))


def refused_replies(home: Home) -> list[dict[str, Any]]:
    """Returned workbooks that could not be read: `file_name reason_code reason_message`.

    Raises:
        NothingPublishedError: there is no publication yet.
    """
    return query.ask(home, _REFUSED_REPLIES).records()


def rejected_replies(home: Home, shown: int) -> list[dict[str, Any]]:
    """The first cells of returned workbooks that could not be used: `file_name sheet row_number column_name raw message`.

    Raises:
        NothingPublishedError: there is no publication yet.
    """
    return query.ask(home, _REJECTED_REPLIES.replace("$shown", str(int(shown)))).records()


def unknown_lights(home: Home) -> list[dict[str, Any]]:
    """How many lights are unknown, by reason, the most first: `reason lights`.

    Raises:
        NothingPublishedError: there is no publication yet.
    """
    return query.ask(home, _UNKNOWN_LIGHTS).records()


def _partitions(lake: Path, table: str, stems: set[str]) -> list[str]:
    return [str(path) for path in sorted((lake / table).glob("period=*/*.parquet")) if path.stem in stems]
