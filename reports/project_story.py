"""All that is known of one project, read from the published warehouse: what it is, what happened, why it is lit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.home import Home
from warehouse.query import reading

if TYPE_CHECKING:
    import duckdb

QUERIES = Path(__file__).parent / "queries" / "story"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """One project. `timeline` is in order of dates; what has no date comes last."""

    project: Row
    timeline: list[Row]
    lights: list[Row]
    follow_ups: list[Row]
    last_row: str | None


class NotOneProjectError(LookupError):
    """No project, or several, answer to the name."""

    def __init__(self, wanted: str, candidates: list[Row]) -> None:
        super().__init__(wanted)
        self.wanted = wanted
        self.candidates = candidates


def read_story(home: Home, wanted: str) -> Story:
    """The story of the project with this id, code, name or part of a name (present or former).

    Raises:
        NotOneProjectError: none is called so, or several.
        warehouse.query.NothingPublishedError: there is no publication yet.
    """
    with reading(home) as connection:
        project_id = _find(connection, wanted.strip())
        given = {"project_id": project_id}
        (project,) = _rows(connection, "project", given)
        timeline = _rows(connection, "timeline", given)
        return Story(
            project=project,
            timeline=timeline,
            lights=_rows(connection, "lights", given),
            follow_ups=_rows(connection, "follow_ups", given),
            last_row=_last_row(connection, project),
        )


def source_of(row: Row) -> str | None:
    """File, sheet and row as people count it."""
    if row["file_name"] is None:
        return None
    return f"{row['file_name']} / {row['sheet']} / 第{row['row_number']}行"


def _find(connection: duckdb.DuckDBPyConnection, wanted: str) -> str:
    candidates = _rows(connection, "find", {"wanted": wanted}) if wanted else []
    exact = [row for row in candidates if row["is_exact"]]
    if len(exact or candidates) != 1:
        raise NotOneProjectError(wanted, exact or candidates)
    return str((exact or candidates)[0]["project_id"])


def _last_row(connection: duckdb.DuckDBPyConnection, project: Row) -> str | None:
    found = connection.execute(
        "select min(file_name) from ledger_files where file_sha256 = ? and status = 'read'", [project["file_sha256"]]
    ).fetchone()
    return source_of({**project, "file_name": found[0]}) if found else None


def _rows(connection: duckdb.DuckDBPyConnection, query: str, given: Row) -> list[Row]:
    answer = connection.execute((QUERIES / f"{query}.sql").read_text(encoding="utf-8"), given)
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
