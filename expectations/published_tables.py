"""What the published tables promise, checked on the built file before it is published.

Each promise is an extract (a short query that DuckDB condenses, worst rows first, never more than `EXTRACT_ROWS`) and the
expectations on it. A promise needs one table, or two that must agree row by row; what needs history is a dbt test.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from expectations import progress
from expectations.check import Check, CheckOutcome, CheckResult
from expectations.page import write_page
from expectations.suite import run_suite
from ingest.home import Home

if TYPE_CHECKING:
    import duckdb

EXTRACT_ROWS = 20_000

_MODELS = "数仓模型维护者 maintainer of the warehouse models"
_READER = "台账读取器维护者 maintainer of the ledger reader"
_RULES = "停滞规则维护者 maintainer of the stall rules"


@dataclass(frozen=True, slots=True)
class Promise:
    """An extract of the built warehouse, the columns that name its rows, and the checks on it."""

    name: str
    query: str
    index: tuple[str, ...]
    checks: tuple[Check, ...]


# Table → the columns that name one row. Where one of them may be empty by meaning, it stands in `_EMPTY_ALLOWED`.
GRAINS: dict[str, tuple[str, ...]] = {
    "dim_county": ("county_code",),
    "dim_project": ("project_id",),
    "fct_signings": ("project_id",),
    "fct_fund_arrivals": ("project_id", "report_month", "kind"),
    "fct_project_milestones": ("project_id", "milestone"),
    "fct_project_snapshots": ("project_id", "report_month"),
    "fct_project_lights": ("project_id", "rule_id"),
    "stalled_projects": ("project_id", "rule_id"),
}


def _grain_promise(table: str, keys: Sequence[str]) -> Promise:
    listed = ", ".join(keys)
    missing = " or ".join(f"{key} is null" for key in keys)
    query = (
        f"select {listed}, count(*) as rows_of_grain from {table} group by {listed} "  # noqa: S608 our own table names
        f"order by ({missing}) desc, rows_of_grain desc, {listed}"
    )
    present = [
        Check(
            f"{key}_present",
            "ExpectColumnValuesToNotBeNull",
            {"column": key},
            "fail",
            f"{table}.{key} 不能为空 must not be empty",
            _MODELS,
        )
        for key in keys
    ]
    unique = Check(
        "one_row_a_grain",
        "ExpectColumnValuesToBeBetween",
        {"column": "rows_of_grain", "max_value": 1},
        "fail",
        f"{table} 按 {listed} 每组只应有一行 one row each {listed}",
        _MODELS,
    )
    return Promise(table, query, tuple(keys), (*present, unique))


_COUNTY_CODES = Promise(
    "county_codes",
    "select county_code, count(*) as projects from dim_project group by all order by county_code nulls first",
    ("county_code",),
    (
        Check(
            "county_code_present",
            "ExpectColumnValuesToNotBeNull",
            {"column": "county_code"},
            "fail",
            "每个项目都属于一个县区 every project belongs to a county",
            _MODELS,
        ),
        Check(
            "county_code_has_six_digits",
            "ExpectColumnValuesToMatchRegex",
            {"column": "county_code", "regex": r"^\d{6}$"},
            "fail",
            "县区代码应为六位数字 a county code has six digits",
            "收件箱文件夹或来源配置的负责人 who keeps the inbox folders and source files",
        ),
    ),
)
_AMOUNT_SIGNS = Promise(
    "fund_arrival_signs",
    "select kind, min(amount_cny)::double as smallest, max(amount_cny)::double as largest, "
    "max(case when kind = 'correction' then amount_cny else -amount_cny end)::double as worst "
    "from fct_fund_arrivals group by kind order by kind",
    ("kind",),
    (
        Check(
            "kind_known",
            "ExpectColumnValuesToBeInSet",
            {"column": "kind", "value_set": ["opening", "arrival", "correction"]},
            "fail",
            "到位资金只有 opening、arrival、correction 三种 only these three kinds",
            _MODELS,
        ),
        Check(
            "corrections_lower_and_arrivals_raise",
            "ExpectColumnValuesToBeBetween",
            {"column": "worst", "max_value": 0},
            "warn",
            "到位应为正、更正应为负 arrivals are positive, corrections negative",
            _MODELS,
        ),
    ),
)
_NOTHING_LOST = Promise(
    "ledger_files",
    "select file_sha256, county_code, rows_seen, rows_accepted, rows_rejected, rows_furniture, "
    "(rows_seen - rows_accepted - rows_rejected - rows_furniture)::double as rows_unaccounted "
    "from ledger_files where status = 'read' "
    "order by (rows_unaccounted is null) desc, abs(rows_unaccounted) desc, file_sha256",
    ("file_sha256", "county_code"),
    (
        Check(
            "counts_present",
            "ExpectColumnValuesToNotBeNull",
            {"column": "rows_unaccounted"},
            "fail",
            "读过的文件应有行数 a file that was read has row counts",
            _READER,
        ),
        Check(
            "seen_is_accepted_rejected_and_furniture",
            "ExpectColumnValuesToBeBetween",
            {"column": "rows_unaccounted", "min_value": 0, "max_value": 0},
            "fail",
            "见到的行 = 收下 + 拒收 + 表格附件 rows seen = accepted + rejected + furniture",
            _READER,
        ),
    ),
)
_STALLED_ARE_LIGHTS = Promise(
    "stalled_and_lights",
    "select coalesce(l.project_id, s.project_id) as project_id, coalesce(l.rule_id, s.rule_id) as rule_id, "
    "l.project_id is not null as is_lit, s.project_id is not null as is_listed "
    "from (select project_id, rule_id from fct_project_lights where light in ('yellow', 'red')) as l "
    "full join stalled_projects as s using (project_id, rule_id) "
    "order by is_lit, is_listed, project_id, rule_id",
    ("project_id", "rule_id"),
    (
        Check(
            "every_stalled_project_is_lit",
            "ExpectColumnValuesToBeInSet",
            {"column": "is_lit", "value_set": [True]},
            "fail",
            "停滞清单里的每一行都应有黄灯或红灯 every stalled row has a yellow or red light",
            _RULES,
        ),
        Check(
            "every_lit_project_is_listed",
            "ExpectColumnValuesToBeInSet",
            {"column": "is_listed", "value_set": [True]},
            "fail",
            "每盏黄灯、红灯都应在停滞清单里 every yellow or red light is in the list",
            _RULES,
        ),
    ),
)
_LIGHTS_KNOWN = Promise(
    "lights",
    "select rule_id, light, count(*) as projects from fct_project_lights group by all order by all",
    ("rule_id", "light"),
    (
        Check(
            "light_known",
            "ExpectColumnValuesToBeInSet",
            {"column": "light", "value_set": ["green", "yellow", "red", "unknown", "exempt"]},
            "fail",
            "灯色只有绿、黄、红、未知、豁免 only these five lights",
            _RULES,
        ),
    ),
)
_FIGURES_HAVE_EVIDENCE = Promise(
    "fct_published_figures",
    "select article_id, indicator, evidence from fct_published_figures "
    "order by (evidence is null) desc, article_id, indicator",
    ("article_id", "indicator"),
    (
        Check(
            "evidence_present",
            "ExpectColumnValuesToNotBeNull",
            {"column": "evidence"},
            "fail",
            "每个公布的数字都应带出处 every published figure carries its evidence",
            "新闻抽取维护者 maintainer of the news extractor",
        ),
    ),
)
PROMISES: tuple[Promise, ...] = (
    *[_grain_promise(table, keys) for table, keys in GRAINS.items()],
    _COUNTY_CODES,
    _AMOUNT_SIGNS,
    _NOTHING_LOST,
    _LIGHTS_KNOWN,
    _STALLED_ARE_LIGHTS,
    _FIGURES_HAVE_EVIDENCE,
)


def check_marts(build_database: Path) -> CheckResult:
    """Check the built warehouse and the progress of its projects; a page is left under `reports/checks` of its home.

    A promise whose tables or columns are not there is a failed check of its own: what can't be checked isn't published.
    """
    import duckdb

    outcomes: list[CheckOutcome] = []
    with duckdb.connect(os.fspath(build_database), read_only=True) as connection:
        for promise in PROMISES:
            outcomes += _keep(connection, promise)
        outcomes += progress.check_progress(connection)
    home = Home(build_database.resolve().parent.parent)
    page = write_page(home.reports / "checks", "published_tables", "发布前检查 Checks before publication", outcomes)
    return CheckResult(outcomes, page)


def _keep(connection: duckdb.DuckDBPyConnection, promise: Promise) -> list[CheckOutcome]:
    import duckdb

    try:
        frame = connection.execute(f"{promise.query} limit {EXTRACT_ROWS}").df()
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        return [_cannot_be_checked(promise, str(error).splitlines()[0])]
    return run_suite(promise.name, frame, promise.checks, promise.index)


def _cannot_be_checked(promise: Promise, error: str) -> CheckOutcome:
    return CheckOutcome(
        name="can_be_checked",
        suite=promise.name,
        severity="fail",
        success=False,
        message=f"缺表或缺列，无法检查 a table or column is missing: {error}",
        fixed_by=_MODELS,
        rows_checked=0,
        rows_failed=0,
    )
