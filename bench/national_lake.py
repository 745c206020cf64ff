"""An invented national lake, written by DuckDB: every county's weekly ledgers, one Parquet file a table and week (to write a
file a ledger takes an hour; `write_ledgers` does it for the week that is measured).

Deterministic: the same size gives the same rows. Projects are entered (some late), renamed, missing from single ledgers,
paid for bit by bit, corrected downwards, started, completed, terminated and left out; counties skip weeks and send
corrected ledgers. Figures keep a real ledger's sparseness and repetition, and every row its original texts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.fields import WORDING
from ingest.home import Home
from ingest.lake import PERIOD_UNKNOWN, SCHEMAS, ensure_empty_partitions, partition_path, write_partition

if TYPE_CHECKING:
    import duckdb

FIRST_WEEK = dt.date(2021, 1, 8)


@dataclass(frozen=True, slots=True)
class Size:
    """How large: at most as many counties as stand today, weekly ledgers, projects that a county ever enters."""

    counties: int
    weeks: int
    projects_a_county: int = 84

    def dates(self) -> list[dt.date]:
        """The report dates, weekly."""
        return [FIRST_WEEK + dt.timedelta(7 * week) for week in range(self.weeks)]


# Who the projects are: one row each, all that does not move. `d1`, `d2`… are dice between 0 and 99.
_PROJECTS = """
create or replace temp table projects as
with numbered as (
    select range as project, range // $projects as county_number from range($counties * $projects)
),
diced as (
    select
        *,
        {dice}
    from numbered
),
timed as (
    select
        diced.*,
        counties.county_code,
        case when d1 < 62 then 0 else cast(hash(project, 'entry') % $weeks as integer) end as entry_week,
        cast(20 + hash(project, 'life') % 400 as integer) as life_weeks
    from diced inner join counties using (county_number)
)
select
    *,
    cast($first_week as date) + 7 * entry_week - cast(case when d2 < 70 then hash(project, 's') % 20
        else 20 + hash(project, 's') % 500 end as integer) as signed_on,
    cast((d3 + 1) * (d4 % 9 + 1) * 1000000 as decimal(20, 2)) as total_cny,
    entry_week + cast(8 + hash(project, 'start') % 60 as integer) as start_week,
    case when d5 < 4 then entry_week + cast(10 + hash(project, 'rename') % 100 as integer) end as rename_week,
    concat(county_code, '区', (['装备', '食品', '新材料', '电子', '文旅', '物流', '医药', '光伏'])[1 + d6 % 8],
        (['产业园', '生产线', '基地', '加工', '研发中心'])[1 + d7 % 5], project % $projects, '项目') as name,
    concat((['恒', '华', '天', '远', '立', '中'])[1 + d8 % 6], (['源', '盛', '和', '达', '信'])[1 + d9 % 5],
        hash(project, 'investor') % 40000, '集团有限公司') as investor_name
from timed
"""

# The ledgers of one week: which county sends, and which of them once more, corrected.
_LEDGERS = """
create or replace temp table ledgers as
select
    county_code,
    revision,
    sha256(concat(county_code, '|', $week, '|', revision)) as file_sha256,
    concat(county_code, '-', $date, case when revision > 0 then '更正' else '' end, '.xlsx') as file_name
from counties cross join (select unnest([0, 1]) as revision) as revisions
where hash(county_number, $week, 'skip') % 100 >= 2 and (revision = 0 or hash(county_number, $week, 'again') % 1000 < 5)
"""

_ROWS = """
create or replace temp table week_rows as
with listed as (
    select
        projects.*,
        ledgers.revision,
        ledgers.file_sha256,
        $week - start_week as weeks_built,
        least(1.0, greatest(0, ($week // 4 * 4 - start_week + 4) / life_weeks)) as share,
        $week >= entry_week + life_weeks + 60 as is_terminated
    from projects inner join ledgers using (county_code)
    where
        $week >= entry_week and $week < entry_week + life_weeks + 64
        and hash(project, $week, 'missing') % 100 > 0
),
stated as (
    select
        *,
        case
            when is_terminated then 'terminated'
            when weeks_built >= life_weeks + 12 then 'in_production'
            when weeks_built >= life_weeks then 'completed'
            when weeks_built >= 0 then 'started'
            when d10 < 30 then 'performed'
            else 'signed'
        end as stage,
        round(total_cny * share * 0.9 * (case when hash(project, $week, 'fall') % 300 = 0 then 0.97 else 1 end) / 10000) * 10000
            + revision * 10000 as cumulative_cny,
        case when rename_week <= $week then concat(name, '（升级）') else name end as written_name
    from listed
)
select
    stated.*,
    concat('至', $week // 5, '期：', (['场地平整', '基础施工', '主体施工', '设备安装', '试生产', '手续办理'])[
        1 + cast(hash(project, $week // 5) % 6 as integer)]) as note
from stated
"""

# Canonical field → expression over `week_rows`; every other column is empty.
_FIELDS = {
    "row_id": "md5(concat(project, '|', $week, '|', revision))",
    "county_code": "county_code",
    "file_sha256": "file_sha256",
    "sheet": "'台账'",
    "row_number": "cast(4 + project % $projects as integer)",
    "report_date": "cast($date as date)",
    "report_month": "date_trunc('month', cast($date as date))",
    "is_hidden": "false",
    "sequence_no": "cast(1 + project % $projects as varchar)",
    "project_code": "case when d11 < 40 then concat('2101-', county_code, '-04-01-', lpad(cast(project % 1000000 as varchar), 6, '0')) end",
    "project_name": "written_name",
    "project_content": "concat(name, '，占地', 10 + d3, '亩，建设厂房及配套设施', d4 * 1000, '平方米')",
    "investor_name": "investor_name",
    "industry": "(['制造业', '农副食品加工业', '文化旅游', '现代物流'])[1 + d6 % 4]",
    "industry_chain": "(['装备制造', '绿色食品', '新材料', '电子信息', '文旅', '生物医药'])[1 + d6 % 6]",
    "capital_origin": "(['other_province', 'same_province', 'foreign'])[1 + d12 % 3]",
    "construction_nature": "(['新建', '扩建', '续建'])[1 + d9 % 3]",
    "agreement_type": "case when d8 < 80 then '正式合同' else '框架协议' end",
    "location": "concat('产业集聚区', d7, '号')",
    "park_name": "case when d7 < 60 then '产业集聚区' end",
    "town_name": "concat('第', d5 % 20, '镇')",
    "total_investment_cny": "total_cny",
    "contract_amount_cny": "round(total_cny * 0.8, 2)",
    "fixed_asset_investment_cny": "case when d10 < 50 then round(total_cny * 0.7, 2) end",
    "funds_arrived_cumulative_cny": "case when d12 < 80 and hash(project, $week, 'blank') % 50 > 0 then cumulative_cny end",
    "funds_arrived_ytd_cny": "case when d12 >= 80 then round(total_cny * share * dayofyear(cast($date as date)) / 366 / 10000) * 10000 end",
    "investment_done_cumulative_cny": "case when d11 < 60 then cumulative_cny end",
    "investment_plan_year_cny": "case when d10 < 40 then round(total_cny * 0.3, 2) end",
    "investment_done_ytd_cny": "case when d10 < 40 then round(total_cny * 0.3 * month(cast($date as date)) / 13, 2) end",
    "signed_on": "case when d8 < 95 then signed_on end",
    "signed_on_precision": "case when d8 < 95 then 'day' end",
    "registered_on": "case when d9 < 60 then signed_on + 45 end",
    "registered_on_precision": "case when d9 < 60 then 'day' end",
    "planned_start_on": "signed_on + 120",
    "planned_start_on_precision": "'day'",
    "started_on": "case when weeks_built >= 0 and d11 < 85 then cast($first_week as date) + 7 * start_week end",
    "started_on_precision": "case when weeks_built >= 0 and d11 < 85 then 'day' end",
    "planned_completion_on": "signed_on + 120 + 7 * life_weeks",
    "planned_completion_on_precision": "'day'",
    "planned_production_on": "signed_on + 200 + 7 * life_weeks",
    "planned_production_on_precision": "'day'",
    "completed_on": "case when weeks_built >= life_weeks then cast($first_week as date) + 7 * (start_week + life_weeks) end",
    "completed_on_precision": "case when weeks_built >= life_weeks then 'day' end",
    "signing_event": "case when d12 < 25 then concat(year(signed_on), '年集中签约') end",
    "stage": "stage",
    "stage_raw": "stage",
    "progress_note": "note",
    "progress_rate": "case when d9 < 70 then round(share, 2) end",
    "problem": "case when hash(project, $week // 9) % 10 = 0 then '用地指标未落实' end",
    "measure": "case when hash(project, $week // 9) % 10 = 0 then '报省统筹' end",
    "responsible_unit": "concat((['商务局', '发改委', '工信局', '文旅局'])[1 + d6 % 4], d7 % 3)",
    "responsible_leader": "concat('副县长', d3 % 9)",
    "responsible_person": "concat('专员', d4)",
    "remark": "case when d5 < 10 then '重点项目' end",
    "extra": "'{}'",
    "raw": """concat('{"序号":"', 1 + project % $projects, '","项目名称":"', written_name, '","投资方名称":"', investor_name,
        '","总投资（万元）":"', total_cny / 10000, '","累计到位资金（万元）":"', cumulative_cny / 10000,
        '","签约时间":"', signed_on, '","形象进度":"', note, '","责任单位":"商务局', d7 % 3, '","备注":""}')""",
}  # fmt: skip
_FILES = {
    "file_sha256": "file_sha256",
    "county_code": "county_code",
    "file_name": "file_name",
    "status": "'read'",
    "format": "'xlsx'",
    "report_date": "cast($date as date)",
    "report_date_basis": "'title'",
    "report_month": "date_trunc('month', cast($date as date))",
    "revision_rank": "revision",
    "rows_seen": "rows_listed + 3",
    "rows_accepted": "rows_listed",
    "rows_rejected": "0",
    "rows_furniture": "3",
    "rows_hidden": "0",
    "sheets": "'[]'",
    "remarks": "'[]'",
    "parser_version": "'2'",
}
_LANDED = {
    "file_sha256": "file_sha256",
    "source_id": "county_code",
    "kind": "'ledger'",
    "county_code": "county_code",
    "file_name": "file_name",
    "other_names": "'[]'",
    "size_bytes": "40000",
    "landed_order": "2 * $week + revision + 1",
    "revision_rank": "revision",
}
_COLUMNS = {
    "file_sha256": "file_sha256",
    "county_code": "county_code",
    "sheet": "'台账'",
    "table_number": "1",
    "column_number": "column_number",
    "header": "field",
    "field": "field",
    "match_method": "'exact'",
    "match_score": "1.0",
}
_COUNTED = "(select ledgers.*, rows_listed from ledgers join (select file_sha256, count(*) as rows_listed from week_rows group by all) using (file_sha256))"
_HEADERS = "(select ledgers.*, unnest([1, 2]) as column_number, unnest(['registered_on', 'progress_note']) as field from ledgers)"
_DICE = ",\n        ".join(f"cast(hash(project, 'd{n}') % 100 as integer) as d{n}" for n in range(1, 13))


class NationalLake:
    """Writes the ledgers of single weeks into a home's lake."""

    def __init__(self, home: Home, size: Size) -> None:
        import duckdb

        self.home = home
        self.size = size
        ensure_empty_partitions(home.lake)
        self._connection: duckdb.DuckDBPyConnection = duckdb.connect()
        self._connection.execute("set preserve_insertion_order = false")
        self._connection.execute(
            f"create temp table counties as select row_number() over (order by code) - 1 as county_number, code as county_code"
            f" from read_csv('{WORDING / 'regions.csv'}', all_varchar = true, header = true)"
            " where level = 'county' and coalesce(valid_to, '') = '' qualify county_number < $counties",
            {"counties": size.counties},
        )
        found = self._connection.execute("select count(*) from counties").fetchall()[0][0]
        self._given = {
            "counties": int(found), "projects": size.projects_a_county, "weeks": size.weeks,
            "first_week": FIRST_WEEK.isoformat(),
        }  # fmt: skip
        self._execute(_PROJECTS.format(dice=_DICE), {})

    def write_weeks(self, weeks: range) -> Iterator[int]:
        """Write these weeks (numbers from 0), one after another; yields the rows of each."""
        for week in weeks:
            date = FIRST_WEEK + dt.timedelta(7 * week)
            given = {"week": week, "date": date.isoformat()}
            self._execute(_LEDGERS, given)
            self._execute(_ROWS, given)
            self._copy("ledger_project_rows", _FIELDS, "week_rows", f"{date:%Y-%m}", given, "county_code, row_number")
            self._copy("ledger_files", _FILES, _COUNTED, f"{date:%Y-%m}", given, "county_code")
            self._copy("landed_files", _LANDED, "ledgers", PERIOD_UNKNOWN, given, "county_code")
            self._copy("ledger_columns", _COLUMNS, _HEADERS, f"{date:%Y-%m}", given, "county_code")
            yield int(self._connection.execute("select count(*) from week_rows").fetchall()[0][0])

    def write_ledgers(self, week: int) -> int:
        """Write one week as the reader does, each ledger's rows of a table in a file of their own; gives its rows."""
        (rows,) = self.write_weeks(range(week, week + 1))
        date = FIRST_WEEK + dt.timedelta(7 * week)
        for table in ("ledger_project_rows", "ledger_files", "ledger_columns"):
            together = self.home.lake / table / f"period={date:%Y-%m}" / f"week-{date}.parquet"
            read = pq.ParquetFile(together).read().sort_by("file_sha256")
            ends = [*_last_of_each(read.column("file_sha256").to_pylist())]
            for start, end in zip([0, *ends[:-1]], ends, strict=True):
                ledger = read.slice(start, end - start)
                county, sha256 = ledger.column("county_code")[0], ledger.column("file_sha256")[0]
                write_partition(
                    partition_path(self.home.lake, table, f"{date:%Y-%m}", str(county), str(sha256)), ledger
                )
            together.unlink()
        return rows

    def close(self) -> None:
        """Forget the projects."""
        self._connection.close()

    def _copy(
        self, table: str, expressions: dict[str, str], relation: str, period: str, given: dict[str, object], order: str
    ) -> None:
        columns = ", ".join(
            f"cast({expressions.get(field.name, 'null')} as {_sql_type(field.type)}) as {field.name}"
            for field in SCHEMAS[table]
        )
        folder = self.home.lake / table / f"period={period}"
        folder.mkdir(parents=True, exist_ok=True)
        query = f"select {columns} from {relation} as week order by {order}"
        self._execute(f"create or replace temp table outgoing as {query}", given)
        path = folder / f"week-{given['date']}.parquet"
        self._connection.execute(
            f"copy outgoing to '{_escaped(path)}' (format parquet, compression zstd, row_group_size 30000)"
        )

    def _execute(self, query: str, given: dict[str, object]) -> None:
        values = {**self._given, **given}
        named = set(re.findall(r"\$(\w+)", query))
        self._connection.execute(query, {name: value for name, value in values.items() if name in named})


def _last_of_each(values: list[str]) -> Iterator[int]:
    """The positions after which another value begins, and the end."""
    yield from (number for number in range(1, len(values)) if values[number] != values[number - 1])
    yield len(values)


def _escaped(path: Path) -> str:
    return str(path).replace("'", "''")


def _sql_type(kind: pa.DataType) -> str:
    if pa.types.is_decimal(kind):
        return f"decimal({kind.precision}, {kind.scale})"
    if pa.types.is_date(kind):
        return "date"
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_int32(kind):
        return "integer"
    if pa.types.is_int64(kind):
        return "bigint"
    if pa.types.is_floating(kind):
        return "double"
    return "varchar"
