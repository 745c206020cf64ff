"""What looks wrong in the ledgers, as one workbook: a sheet a quality model, each for a named reader.

A row says what was found in a sentence, where it stands (file, sheet, row) and what to do. Sentences and actions are data:
`quality_findings.csv`.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.fields import fields
from ingest.files import write_whole
from ingest.home import Home
from reports import words
from reports.workbook import Column, Kind, TableSheet, workbook
from warehouse.descriptions import DescribedColumn, DescribedTable, ModelText, described_tables, meaning, model_texts
from warehouse.query import reading

if TYPE_CHECKING:
    import duckdb

FOLDER = "quality"
FINDINGS = Path(__file__).parent / "quality_findings.csv"
_QUERIES = Path(__file__).parent / "queries" / "quality"
_NAMES, _REPORTED_TO, _AS_OF = (_QUERIES / f"{name}.sql" for name in ("names", "reported_to", "as_of"))
PREFIX = "quality_"
NO_FINDING = ""

# Said in the sentence or beside it; keys, codes and flags are for machines.
_NOT_SHOWN = {
    *("county_code", "project_name", "sheet", "row_number", "finding", "report_month", "label"),
    *("basis", "level", "field", "measure", "indicator"),
    *(
        "stated_value",
        "rows_sum",
        "printed_value",
        "recomputed_value",
        "difference_value",
        "missing_ones",
        "stated_text",
    ),
}
_WORDS_OF: Mapping[str, Mapping[str, str]] = {
    "stage": words.STAGES,
    "earlier_stage": words.STAGES,
    "light": words.LIGHTS,
}
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_SHEET_NAME_LENGTH = 31

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """How one kind of finding is said (a Jinja sentence over the row's columns), and what its reader should do."""

    sentence: str
    action: str


class UnknownCountyError(ValueError):
    """A list is asked for of a county that is in no ledger and no register of regions."""


def write_workbook(home: Home, on_date: dt.date | None = None, county_code: str | None = None) -> Path:
    """Write `reports/quality/<on_date>/…xlsx` from the published warehouse, for all counties or one; returns its path.

    Without `on_date` it is dated by the day the publication is as of, so the same publication gives the same workbook.

    Raises:
        warehouse.query.NothingPublishedError: there is no publication yet.
        UnknownCountyError: no county has this code.
        ValueError: `quality_findings.csv` is wrong.
    """
    texts = model_texts()
    with reading(home) as connection:
        if county_code is not None and not _is_known(connection, county_code):
            raise UnknownCountyError(
                f"没有代码为 {county_code} 的县区，请写六位代码，如 410928。 No county has this code: give six digits, such as 410928."
            )
        day = on_date or _business_date(connection)
        tables = [table for name, table in described_tables(connection).items() if name.startswith(PREFIX)]
        found = [(table, _rows(connection, table, county_code)) for table in tables]
        reported_to = _reported_to(connection, county_code)
    sheets = [_overview(found, texts, reported_to), *(_sheet(table, rows, texts) for table, rows in found if rows)]
    title = f"{day.year}年{day.month}月数据质量核查清单"
    name = f"数据质量核查清单{county_code or ''}{day:%Y%m%d}.xlsx"
    return write_whole(home.reports / FOLDER / day.isoformat() / name, workbook(sheets, day, title))


def _business_date(connection: duckdb.DuckDBPyConnection) -> dt.date:
    (day,) = connection.execute(_AS_OF.read_text(encoding="utf-8")).fetchall()[0]
    found: dt.date = day
    return found


@cache
def findings() -> dict[tuple[str, str], Finding]:
    """How to say each model's findings, by the model and its `finding` (empty where it has only one kind).

    Raises:
        ValueError: a row stands twice, or is not filled in.
    """
    told: dict[tuple[str, str], Finding] = {}
    with FINDINGS.open(encoding="utf-8", newline="") as handle:
        for line, record in enumerate(csv.DictReader(handle), start=2):
            key = (record["model"], record["finding"])
            if key in told or not (record["sentence"] and record["action"]):
                raise ValueError(f"{FINDINGS.name} 第{line}行重复或不全 line {line} stands twice or is not filled in")
            told[key] = Finding(record["sentence"], record["action"])
    return told


def say(model: str, row: Row) -> tuple[str, str]:
    """The finding of a row in a sentence, and what to do. A kind nobody wrote a sentence for is named, not hidden."""
    kind = str(row.get("finding") or NO_FINDING)
    finding = findings().get((model, kind)) or findings().get((model, NO_FINDING))
    if finding is None:
        return kind or "待核对", "请核对台账。"
    return _environment().from_string(finding.sentence).render(row), finding.action


@cache
def _environment() -> Any:
    import jinja2

    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)  # noqa: S701 (text for cells)
    environment.filters.update(
        amount=words.amount,
        number=_number,
        stated=_stated,
        field_label=_field_label,
        month=_month,
        squeeze=_squeeze,
        stage=_stage,
    )
    environment.globals.update(lights=words.LIGHTS)
    return environment


def _number(value: Decimal | float | None) -> str:
    """Thousands separated, at most two decimals, no zeros behind."""
    if value is None:
        return words.NOTHING
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _stated(value: Decimal | None, field: str) -> str:
    return words.amount(value) if field.endswith("_cny") else _number(value)


def _field_label(field: str) -> str:
    spec = fields().get(field)
    return spec.label_zh if spec else field


def _month(value: dt.date) -> str:
    return f"{value.year}年{value.month}月"


def _stage(stage: str | None) -> str:
    """A project whose ledgers tell neither stage nor dates has none."""
    return words.STAGES[stage] if stage else "未写明阶段"


def _squeeze(text: str | None) -> str:
    return re.sub(r"\s+", "", text or "合计")


def _rows(connection: duckdb.DuckDBPyConnection, table: DescribedTable, county_code: str | None) -> list[Row]:
    """The findings in a fixed order, with the names of county, project and file beside their keys."""
    answer = connection.execute(
        f"select * from {table.name} where county_code = coalesce($county_code, county_code) order by all",  # noqa: S608 (our own tables)
        {"county_code": county_code},
    )
    columns = [column[0] for column in answer.description or []]
    rows = [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]
    keys = {"counties": "county_code", "projects": "project_id", "files": "file_sha256"}
    given = {name: sorted({row[key] for row in rows if row.get(key)}) for name, key in keys.items()}
    called = {
        (kind, key): name
        for kind, key, name in connection.execute(_NAMES.read_text(encoding="utf-8"), given).fetchall()
    }
    for row in rows:
        row["county_name"] = called.get(("county", row["county_code"]), row["county_code"])
        row["project_name"] = row.get("project_name") or called.get(("project", row.get("project_id")))
        row["file_name"] = called.get(("file", row.get("file_sha256")))
    return sorted(rows, key=_place)


def _is_known(connection: duckdb.DuckDBPyConnection, county_code: str) -> bool:
    known = "select county_code from dim_county union all select county_code from ledger_files"
    return bool(connection.execute(f"select ? in ({known})", [county_code]).fetchall()[0][0])


def _place(row: Row) -> tuple[str, ...]:
    """By county, project and file; rows come from the query in a fixed order already."""
    return tuple(str(row.get(name) or "") for name in ("county_code", "project_name", "file_name"))


def _reported_to(connection: duckdb.DuckDBPyConnection, county_code: str | None) -> dt.date | None:
    """The latest report date of the ledgers that count."""
    (latest,) = connection.execute(_REPORTED_TO.read_text(encoding="utf-8"), {"county_code": county_code}).fetchall()[0]
    return latest if isinstance(latest, dt.date) else None


def _overview(
    found: Sequence[tuple[DescribedTable, list[Row]]], texts: Mapping[str, ModelText], reported_to: dt.date | None
) -> TableSheet:
    columns = [
        Column("序号", "center", 7),
        Column("核查事项", "text", 26),
        Column("问题数", "count", 9),
        Column("涉及县区", "count", 10),
        Column("由谁核对", "text", 22),
        Column("工作表", "text", 26),
    ]
    rows = [
        [
            number,
            table.meaning.label or table.name,
            len(rows),
            len({row["county_code"] for row in rows}),
            _reader(texts.get(table.name)),
            _sheet_name(table) if rows else "没有发现",
        ]
        for number, (table, rows) in enumerate(found, start=1)
    ]
    total = [
        None,
        "合计",
        sum(len(rows) for _, rows in found),
        len({row["county_code"] for _, rows in found for row in rows}),
        None,
        None,
    ]
    dated = f"数据截至：{reported_to.isoformat()}　　" if reported_to else ""
    note = f"{dated}可疑而未必有错，供核对；停滞预警另见停滞清单。每条都注明台账文件、工作表与行号。"
    return TableSheet("总览", "数据质量核查清单", note, columns, rows, total)


def _sheet(table: DescribedTable, rows: list[Row], texts: Mapping[str, ModelText]) -> TableSheet:
    shown = [column for column in table.columns if _is_shown(column)]
    has_projects = any(column.name in ("project_id", "project_name") for column in table.columns)
    has_rows = any(column.name == "row_number" for column in table.columns)
    columns = [
        Column("县区", "center", 12),
        *([Column("项目名称", "text", 26)] if has_projects else []),
        Column("发现的问题", "long", 46),
        Column("如何处理", "long", 38),
        *(_column(column) for column in shown),
        *([Column("台账文件", "text", 30), Column("工作表", "text", 12), Column("行", "count", 6)] if has_rows else []),
    ]
    cells = [
        [
            row["county_name"],
            *([row["project_name"]] if has_projects else []),
            *say(table.name, row),
            *(_cell(column.name, row[column.name]) for column in shown),
            *([row["file_name"], row["sheet"], row["row_number"]] if has_rows else []),
        ]
        for row in rows
    ]
    note = f"由{_reader(texts.get(table.name))}核对　　共 {len(rows)} 条"
    return TableSheet(_sheet_name(table), table.meaning.label or table.name, note, columns, cells)


def _reader(text: ModelText | None) -> str:
    return meaning(text.reader).chinese.rstrip("。") if text and text.reader else "数据质量负责人"


def _sheet_name(table: DescribedTable) -> str:
    label = table.meaning.label or table.name.removeprefix(PREFIX)
    return _NOT_IN_SHEET_NAMES.sub(" ", label)[:_SHEET_NAME_LENGTH]


def _is_shown(column: DescribedColumn) -> bool:
    is_key = column.name.endswith(("_id", "_sha256", "_key"))
    return not is_key and column.name not in _NOT_SHOWN and column.data_type != "BOOLEAN"


def _column(column: DescribedColumn) -> Column:
    label = column.meaning.label or column.name
    kind: Kind = "text"
    if column.name.endswith("_cny"):
        label, kind = label.replace("（元）", "") + "\n（万元）", "money"
    elif column.data_type == "DATE":
        kind = "date"
    elif column.name in _WORDS_OF:
        kind = "center"
    elif column.name.endswith("_rate"):
        kind = "rate"
    elif column.data_type.startswith(("DECIMAL", "DOUBLE")):
        kind = "money"
    elif column.data_type.endswith("INTEGER") or column.data_type == "BIGINT":
        kind = "count"
    return Column(
        label, kind, {"text": 20.0, "date": 13.0, "rate": 11.0, "money": 17.0, "count": 9.0, "center": 11.0}[kind]
    )


def _cell(name: str, value: Any) -> Any:
    if name.endswith("_cny"):
        return words.ten_thousands(value)
    return _WORDS_OF[name].get(value, value) if name in _WORDS_OF else value
