"""The Parquet lake: typed tables, one partition file a landed file, written whole and atomically.

Layout: `lake/<table>/period=<YYYY-MM|unknown>/<owner>-<sha256>.parquet`, where owner is the county or feed the bytes
came from. Every table also has one empty typed partition, so that a table without rows still has its columns. A
partition is a pure function of the landed bytes, the source's configuration and the parser version: writing it again
gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.fields import fields
from ingest.files import whole_file

MONEY = pa.decimal128(20, 2)
PERIOD_UNKNOWN = "unknown"
_WORTH_ZSTD_BYTES = 16 << 10

_ARROW_TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "amount_cny": MONEY,
    "amount_usd": MONEY,
    "date": pa.date32(),
    "rate": pa.float64(),
    "stage": pa.string(),
}

_PROVENANCE = [
    pa.field("row_id", pa.string(), nullable=False),
    pa.field("county_code", pa.string(), nullable=False),
    pa.field("file_sha256", pa.string(), nullable=False),
    pa.field("sheet", pa.string(), nullable=False),
    pa.field("row_number", pa.int32(), nullable=False),
    pa.field("report_date", pa.date32()),
    pa.field("report_month", pa.date32()),
]


def _project_row_fields() -> list[pa.Field]:
    columns: list[pa.Field] = []
    for spec in fields().values():
        columns.append(pa.field(spec.name, _ARROW_TYPES[spec.type]))
        if spec.type == "date":
            columns.append(pa.field(f"{spec.name}_precision", pa.string()))
    return columns


def _schemas() -> dict[str, pa.Schema]:
    text, day, whole, real, flag = pa.string(), pa.date32(), pa.int32(), pa.float64(), pa.bool_()
    return {
        # What landed, from the manifest: one row a distinct (bytes, source).
        "landed_files": pa.schema(
            [
                ("file_sha256", text),
                ("source_id", text),
                ("kind", text),  # ledger | news | follow_up
                ("county_code", text),  # null for news
                ("file_name", text),  # the name it first came under, relative to its source
                ("other_names", text),  # JSON array: later names of the same bytes
                ("size_bytes", pa.int64()),
                ("landed_order", whole),  # 1, 2, 3… in order of landing within the source
                ("revision_rank", whole),  # 0 plain; higher where the name says 更正/修订/v2…
            ]
        ),
        "pull_outcomes": pa.schema(
            [
                ("source_id", text),
                ("kind", text),
                ("pulled_on", day),  # business date, Asia/Shanghai
                ("outcome", text),  # ok | partial | failed | not_modified
                ("files_seen", whole),
                ("reason_code", text),
                ("message", text),
            ]
        ),
        # One row a landed ledger file.
        "ledger_files": pa.schema(
            [
                ("file_sha256", text),
                ("county_code", text),
                ("file_name", text),
                ("status", text),  # read | refused
                ("reason_code", text),
                ("reason_message", text),
                ("format", text),
                ("encoding", text),
                ("report_date", day),
                ("report_date_basis", text),  # source | filing_line | title | file_name | headers
                ("report_month", day),
                ("revision_rank", whole),  # 0 plain; higher where title or name says 更正/修订
                ("rows_seen", whole),
                ("rows_accepted", whole),
                ("rows_rejected", whole),
                ("rows_furniture", whole),
                ("rows_hidden", whole),
                ("sheets", text),  # JSON, as `luodi ledger read --json` prints it
                ("remarks", text),  # JSON array
                ("parser_version", text),
            ]
        ),
        "ledger_columns": pa.schema(
            [
                ("file_sha256", text),
                ("county_code", text),
                ("sheet", text),
                ("table_number", whole),
                ("column_number", whole),
                ("header", text),
                ("field", text),
                ("unit", text),
                ("unit_basis", text),
                ("match_method", text),  # exact | normalised | close | group | none
                ("match_score", real),
            ]
        ),
        "ledger_project_rows": pa.schema(
            [
                *_PROVENANCE,
                pa.field("is_hidden", flag),
                pa.field("group_path", text),
                pa.field("approximate_fields", text),  # JSON array of fields whose cell said 约/band…
                *_project_row_fields(),
                pa.field("extra", text),  # JSON object: every unmapped column by header path
                pa.field("raw", text),  # JSON object: original cell text by header path
            ]
        ),
        # Wide month columns of project rows, long: one row a figure (`field` over month_from..month_to of year).
        "ledger_month_values": pa.schema(
            [
                *_PROVENANCE,
                pa.field("project_name", text),
                pa.field("field", text),
                pa.field("year", whole),
                pa.field("month_from", whole),
                pa.field("month_to", whole),
                pa.field("amount_cny", MONEY),
                pa.field("header", text),
                pa.field("raw", text),
            ]
        ),
        # Regional summaries, long: one row a figure of a sheet row.
        "ledger_summary_values": pa.schema(
            [
                *_PROVENANCE,
                pa.field("region_name", text),
                pa.field("category", text),
                pa.field("indicator", text),
                pa.field(
                    "measure", text
                ),  # target | done | rate | score | rank and, compared, as in ColumnMeaning.measure
                pa.field("scope", text),  # week | month | quarter | half_year | ytd | year | cumulative | null
                pa.field("funds_origin", text),  # other_province | same_province | foreign | null
                pa.field("unit", text),  # CNY | USD | count | percent | days
                pa.field("value", pa.decimal128(24, 6)),
                pa.field("recomputed_value", pa.decimal128(24, 6)),  # a printed rate recomputed from its parts
                pa.field("header", text),
                pa.field("raw", text),
            ]
        ),
        "ledger_outreach_rows": pa.schema(
            [
                *_PROVENANCE,
                pa.field("trip_row_number", whole),  # first row of the trip this row belongs to: one trip, N companies
                pa.field("team_name", text),
                pa.field("traveller_name", text),
                pa.field("traveller_position", text),
                pa.field("start_on", day),
                pa.field("end_on", day),
                pa.field("days", real),
                pa.field("destination", text),
                pa.field("visited_company", text),
                pa.field("contact_name", text),
                pa.field("contact_position", text),
                pa.field("result_note", text),
                pa.field("companions", text),
                pa.field("host_name", text),  # of a reception: who received the guests
                pa.field("received_on", day),  # of a reception: the day the guests came
                pa.field("due_on", day),  # of a plan: the day it is meant for
                pa.field("topic", text),  # what it was for, or what was talked of
                pa.field("signed_count", real),
                pa.field("signed_amount_cny", MONEY),
                pa.field("tracking_unit", text),
                pa.field("extra", text),
                pa.field("raw", text),
            ]
        ),
        "ledger_problem_rows": pa.schema(
            [
                *_PROVENANCE,
                pa.field("problem_kind", text),  # problem | appeal | approval_step | policy_promise
                pa.field("project_name", text),
                pa.field("investor_name", text),
                pa.field("subject", text),  # problem text, permit step, promise
                pa.field("measure", text),
                pa.field("owner_unit", text),
                pa.field("owner_leader", text),
                pa.field("owner_person", text),
                pa.field("received_on", day),
                pa.field("received_on_precision", text),
                pa.field("due_on", day),
                pa.field("due_on_precision", text),
                pa.field("closed_on", day),
                pa.field("closed_on_precision", text),
                pa.field("status", text),
                pa.field("state", text),  # what `status` says: done open impossible not_needed not_accepted, or null
                pa.field("amount_cny", MONEY),
                pa.field("problem_type", text),
                pa.field("progress_note", text),
                pa.field("open_reason", text),  # why it is not done yet
                pa.field("policy_name", text),
                pa.field("paid_cny", MONEY),
                pa.field("promised_on", day),
                pa.field("promised_on_precision", text),
                pa.field("document_no", text),
                pa.field("extra", text),
                pa.field("raw", text),
            ]
        ),
        # Permit steps that stand side by side in one row of a project, long: one row a step.
        "ledger_step_values": pa.schema(
            [
                *_PROVENANCE,
                pa.field("project_name", text),
                pa.field("investor_name", text),
                pa.field("step", text),
                pa.field("owner_unit", text),
                pa.field("owner_person", text),
                pa.field("due_on", day),
                pa.field("due_on_precision", text),
                pa.field("closed_on", day),
                pa.field("closed_on_precision", text),
                pa.field("status", text),
                pa.field("state", text),  # as of problems
                pa.field("header", text),
            ]
        ),
        "rejected_rows": pa.schema(
            [
                *_PROVENANCE,
                pa.field("kind", text),
                pa.field("reasons", text),  # JSON array of {code, column, raw, message}
                pa.field("raw", text),
            ]
        ),
        # Row ids that a Great Expectations check turned away, with the check's name.
        "check_failures": pa.schema(
            [
                pa.field("row_id", text, nullable=False),
                pa.field("county_code", text),
                pa.field("file_sha256", text),
                pa.field("check_name", text),
                pa.field("column_name", text),
                pa.field("raw", text),
                pa.field("message", text),
            ]
        ),
        "control_totals": pa.schema(
            [
                ("county_code", text),
                ("file_sha256", text),
                ("report_date", day),
                ("report_month", day),
                ("sheet", text),
                ("row_number", whole),
                ("label", text),
                ("level", text),  # total | subtotal | group
                ("field", text),
                ("header", text),
                ("unit", text),
                ("first_row_number", whole),
                ("last_row_number", whole),
                ("rows_summed", whole),
                ("stated_value", pa.decimal128(24, 6)),
                ("rows_sum", pa.decimal128(24, 6)),
            ]
        ),
        "articles": pa.schema(
            [
                ("article_id", text),
                ("source_id", text),
                ("file_sha256", text),
                ("status", text),  # read | refused
                ("reason_code", text),
                ("reason_message", text),
                ("url", text),
                ("title", text),
                ("published_on", day),
                ("published_precision", text),
                ("author", text),
                ("source_name", text),
                ("text", text),
                ("text_sha256", text),
                ("event_id", text),  # the same article on other sites shares it
                ("remarks", text),
            ]
        ),
        # The same article on several sites: one row an article, rewritten whole; a group's id is its smallest article id.
        "article_events": pa.schema(
            [
                ("article_id", text),
                ("event_id", text),
                ("articles_in_event", whole),
            ]
        ),
        "article_facts": pa.schema(
            [
                ("fact_id", text),
                ("article_id", text),
                ("kind", text),
                ("indicator", text),
                ("event", text),
                ("project_name", text),
                ("investor", text),
                ("value", pa.decimal128(24, 6)),
                ("unit", text),
                ("value_raw", text),
                ("region_code", text),
                ("region_name", text),
                ("period_start", day),
                ("period_end", day),
                ("yoy_percent", real),
                ("rank_value", whole),
                ("rank_metric", text),
                ("rank_scope", text),
                ("threshold", text),  # JSON
                ("origin", text),
                ("qualifier", text),
                ("target_completion_percent", real),
                ("evidence", text),
                ("evidence_start", whole),
                ("evidence_end", whole),
                ("fact", text),  # JSON, whole, as `luodi news read --json` prints it
            ]
        ),
        # What people did with follow-up items, read from returned sheets: landed events, never state.
        "follow_up_events": pa.schema(
            [
                ("event_id", text),  # of what was said, not of the file: the same reply in two files is one event
                ("follow_up_id", text),
                ("project_id", text),
                ("rule_id", text),
                ("county_code", text),
                ("file_sha256", text),
                ("sheet", text),
                ("row_number", whole),
                ("event", text),  # answered | extended | closed | impossible | received
                ("happened_on", day),
                ("happened_on_basis", text),  # stated | issued
                ("status", text),  # not_accepted | in_progress | done | impossible | null
                ("cause", text),
                ("measure", text),
                ("person", text),
                ("new_due_on", day),
                ("evidence_reference", text),
                ("received_by", text),  # who signed for the assignment
                ("received_on", day),
                ("issued_on", day),  # the day the workbook was made
                ("raw", text),  # JSON object: every filled reply cell by header
            ]
        ),
        # What people decided about pairs of projects, in the terms of the seed `identity_decisions`: landed events as well.
        "follow_up_decisions": pa.schema(
            [
                ("event_id", text),  # of what was decided, not of the file
                ("candidate_id", text),  # of what was shown of both projects
                ("decision", text),  # same | renamed | different | split_into | merged_into | part_of
                ("county_code_a", text),  # a is the subject: a is part of b
                ("project_name_a", text),
                ("project_code_a", text),
                ("investor_name_a", text),
                ("county_code_b", text),
                ("project_name_b", text),
                ("project_code_b", text),
                ("investor_name_b", text),
                ("author", text),
                ("decided_on", day),
                ("reason", text),
                ("issued_on", day),  # the day the workbook was made
                ("file_sha256", text),
                ("sheet", text),
                ("row_number", whole),
                ("raw", text),  # JSON object: every filled reply cell by header
            ]
        ),
        # Every filled reply cell that could not be used, with the reason.
        "follow_up_rejected": pa.schema(
            [
                ("file_sha256", text),
                ("sheet", text),
                ("row_number", whole),
                ("follow_up_id", text),
                ("column_name", text),
                ("raw", text),
                ("reason_code", text),
                ("message", text),
            ]
        ),
        # One row a returned file.
        "follow_up_files": pa.schema(
            [
                ("file_sha256", text),
                ("file_name", text),
                ("status", text),  # read | refused
                ("reason_code", text),
                ("reason_message", text),
                ("issued_on", day),
                ("rows_seen", whole),
                ("rows_answered", whole),
                ("rows_rejected", whole),
                ("reader_version", text),
            ]
        ),
    }


SCHEMAS: dict[str, pa.Schema] = _schemas()
_ROWS_A_GROUP = 8192


def partition_path(lake: Path, table: str, period: str, owner: str, sha256: str) -> Path:
    """Where the rows of one landed file lie: `period` is `YYYY-MM` or `unknown`, `owner` a county or feed."""
    return lake / table / f"period={period}" / f"{owner}-{sha256}.parquet"


def write_parts(path: Path, parts: Sequence[Callable[[], pa.Table]], *, durable: bool = True) -> int:
    """Write one partition of several tables, each built when its turn comes; one of few rows as `write_partition` does."""
    first = parts[0]()
    held, rows = [first], first.num_rows
    left = iter(parts[1:])
    while rows < _ROWS_A_GROUP and (build := next(left, None)) is not None:
        held.append(build())
        rows += held[-1].num_rows
    build = next(left, None)
    if build is None:
        return write_partition(path, pa.concat_tables(held), durable=durable)
    with whole_file(path, durable=durable) as handle:
        with pq.ParquetWriter(
            handle, first.schema, compression="ZSTD", use_dictionary=False, write_statistics=False, store_schema=False
        ) as writer:
            while held:
                writer.write_table(pa.concat_tables(held))
                held = [build()] if build is not None else []
                build = next(left, None)
        return handle.tell()


def write_partition(path: Path, table: pa.Table, *, durable: bool = True) -> int:
    """Write one partition; a reader never sees half a file. Gives its bytes.

    `durable` waits for the disk; leave it out where a mark tells a file that a power cut has torn.
    """
    with whole_file(path, durable=durable) as handle:
        # A file of some hundred rows is mostly about itself: without dictionaries, statistics and Arrow's own copy of the
        # schema it is two thirds as large, and written no slower.
        compression = {
            name: _compression(column) for name, column in zip(table.column_names, table.columns, strict=True)
        }
        pq.write_table(
            table, handle, compression=compression, use_dictionary=False, write_statistics=False, store_schema=False
        )
        return handle.tell()


def _compression(column: pa.ChunkedArray) -> str:
    """Most columns of a ledger hold nothing to compress, and most others too little for what ZSTD costs to begin."""
    if column.null_count == len(column):
        return "NONE"
    return "ZSTD" if column.nbytes >= _WORTH_ZSTD_BYTES else "SNAPPY"


class LakeUnreadableError(RuntimeError):
    """A file of the lake cannot be read, or the disk is full; the message says which, and what to do."""

    def __init__(self, what: object) -> None:
        super().__init__(
            f"湖里的文件读不了，或者磁盘写不下：{what}。删掉坏的 Parquet 文件，下次运行会从落地文件重读。"
            f" A file of the lake cannot be read, or the disk is full: delete the damaged Parquet file, and the next run"
            f" reads its landed file anew."
        )


def read_partition(path: Path, columns: Sequence[str]) -> pa.Table:
    """Some columns of one partition. As a file, not as a dataset: the folder's `period=` is no column here.

    Raises:
        LakeUnreadableError: it is no Parquet file any more.
    """
    try:
        return pq.ParquetFile(path).read(columns=list(columns))
    except (OSError, pa.ArrowInvalid) as error:
        raise LakeUnreadableError(f"{path}: {error}") from error


def ensure_empty_partitions(lake: Path) -> None:
    """Give every table its empty typed partition, so that a glob over it never fails."""
    for name, schema in SCHEMAS.items():
        path = lake / name / f"period={PERIOD_UNKNOWN}" / "_empty.parquet"
        if not path.exists() or pq.read_schema(path) != schema:
            write_partition(path, schema.empty_table())
