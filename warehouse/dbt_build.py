"""The dbt project, built layer by layer in a child process; each model's and test's outcome comes back as data."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ingest.home import Home
from warehouse import child, rebuild
from warehouse.packed_lake import pack_lake, packed_lake
from warehouse.parsed_project import parsed_project
from warehouse.project import PROJECT

CHILD = "dbt"
# In the order they are built. Each is a folder below models/, but for the seeds.
LAYERS = ("seeds", "staging", "intermediate", "marts", "quality")

_LINES_SHOWN = 5
_BAD_STATES = {"error", "fail", "runtime error", "partial success"}


@dataclass(frozen=True, slots=True)
class NodeOutcome:
    """What became of one seed, model or test. `status` is dbt's: `success pass warn fail error skipped`."""

    name: str
    kind: str  # seed | model | test
    status: str
    message: str
    rows_failed: int | None
    seconds: float

    @property
    def is_bad(self) -> bool:
        """Whether the layer must not be used."""
        return self.status in _BAD_STATES


def _shortened(message: str) -> str:
    """DuckDB explains at length; the log and the record keep it whole."""
    lines = message.strip().splitlines()
    return "\n    ".join(lines[:_LINES_SHOWN] + (["…"] if len(lines) > _LINES_SHOWN else []))


# What the system, and so DuckDB, says of a disk that is full.
DISK_FULL = os.strerror(errno.ENOSPC)


class BuildFailedError(RuntimeError):
    """A model, seed or test of one layer failed; `outcomes` names them all."""

    def __init__(self, layer: str, outcomes: Sequence[NodeOutcome], message: str = "") -> None:
        bad = [f"{node.name}: {_shortened(node.message or node.status)}" for node in outcomes if node.is_bad]
        detail = "\n  ".join(bad) or message
        if any(DISK_FULL in text for text in (message, *(node.message for node in outcomes if node.is_bad))):
            detail = f"磁盘已满，腾出空间后再运行一次。 The disk is full: make room and run again.\n  {detail}"
        super().__init__(
            f"数仓第“{layer}”层没有通过，旧的发布保持不变。"
            f"Layer {layer!r} failed; the previous publication stays.\n  {detail}"
        )
        self.layer = layer
        self.outcomes = list(outcomes)
        self.detail = message

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.layer, self.outcomes, self.detail)


def warm_up(home: Home, as_of: dt.date) -> None:
    """Start the child that will build: it imports dbt and parses the project while ledgers are still being read."""
    child.warm_up(CHILD, "warehouse.dbt_build:parse_here", home, as_of)


def build_layer(home: Home, as_of: dt.date, layer: str) -> list[NodeOutcome]:
    """Build one layer with its tests; nothing else may have the build database open.

    Raises:
        BuildFailedError: a node failed; the tables of this layer must not be used.
        warehouse.child.ChildDiedError: the child was killed or crashed.
    """
    outcomes: list[NodeOutcome] = child.call(CHILD, "warehouse.dbt_build:build_here", home, as_of, layer)
    return outcomes


def finish() -> None:
    """End the building child."""
    child.close(CHILD)


def as_records(outcomes: Sequence[NodeOutcome]) -> list[dict[str, Any]]:
    """The outcomes as plain data, for the task log, the run record and the asset event."""
    return [asdict(outcome) for outcome in outcomes]


# What follows runs in the child.

# What tells of the project and not of data is the same on every day.
_ANY_DATE = dt.date(2026, 1, 1)

_manifests: dict[str, Any] = {}


def parse_here(home: Home, as_of: dt.date) -> None:
    """Parse the project in this process, and keep the manifest for the builds that follow."""
    _manifest(home, as_of, rebuild.decide(home).mode)


def build_here(home: Home, as_of: dt.date, layer: str) -> list[NodeOutcome]:
    """Build one layer in this process; when it returns, the file holds the layer.

    The first layer packs the lake: all layers see it as it was then, whatever is read meanwhile.
    """
    if layer == LAYERS[0] or not packed_lake(home).exists():
        pack_lake(home)
    mode = rebuild.begin_layer(home, layer, first=layer == LAYERS[0]).mode
    arguments = ["build", *_selection(layer), "--indirect-selection", "buildable"]
    result = _invoke(home, as_of, mode, arguments, _manifest(home, as_of, mode))
    outcomes = [_outcome(node) for node in getattr(result.result, "results", [])]
    if result.exception is not None or not result.success:
        raise BuildFailedError(layer, outcomes, str(result.exception or ""))
    return outcomes


def run_here(home: Home, as_of: dt.date, mode: str, selection: Sequence[str]) -> list[NodeOutcome]:
    """Run the selected models, and the seeds in a full build, untested in this process: for tests and measurements.

    Raises:
        BuildFailedError: a model failed.
    """
    manifest = _manifest(home, as_of, mode)
    pack_lake(home)
    commands = [["run", "--quiet", "--select", *selection]]
    if mode == rebuild.FULL:
        commands.insert(0, ["seed", "--quiet", "--full-refresh"])
    for arguments in commands:
        result = _invoke(home, as_of, mode, arguments, manifest)
        outcomes = [_outcome(node) for node in getattr(result.result, "results", [])]
        if result.exception is not None or not result.success:
            raise BuildFailedError(mode, outcomes, str(result.exception or ""))
    return outcomes


def semantic_manifest_here(home: Home) -> str:
    """What the project says of its indicators: the JSON that dbt would leave as `semantic_manifest.json`."""
    manifest = _manifest(home, _ANY_DATE, rebuild.FULL)
    from dbt.contracts.graph.semantic_manifest import SemanticManifest

    with tempfile.TemporaryDirectory(prefix="luodi-semantic-") as folder:
        path = Path(folder) / "semantic_manifest.json"
        SemanticManifest(manifest).write_json_to_file(str(path))
        return path.read_text(encoding="utf-8")


def document_here(home: Home) -> None:
    """Build every table in this process, untested, and leave dbt's `manifest.json`, `catalog.json` and `index.html`."""
    pack_lake(home)
    _leave_artefacts(home, (["parse"], ["seed"], ["run"], ["docs", "generate", "--no-compile"]))


def _leave_artefacts(home: Home, commands: Sequence[list[str]]) -> None:
    manifest = None
    for arguments in commands:
        result = _invoke(home, _ANY_DATE, rebuild.FULL, arguments, manifest, artefacts=True)
        if result.exception is not None or not result.success:
            outcomes = [_outcome(node) for node in getattr(result.result, "results", []) if hasattr(node, "node")]
            raise BuildFailedError(arguments[0], outcomes, str(result.exception or ""))
        manifest = manifest or result.result


def _selection(layer: str) -> list[str]:
    # Tests of the SQL, not of the data: `make test` runs them, not every run.
    left_out = ["--exclude", "tag:suite", "--exclude-resource-type", "unit_test"]
    if layer == "seeds":
        # Loaded into a new table: the file's columns may have changed since the last run.
        return ["--select", "path:seeds", "--full-refresh", *left_out]
    return ["--select", f"path:models/{layer}", *left_out]


def _manifest(home: Home, as_of: dt.date, mode: str) -> Any:
    if mode not in _manifests:
        _manifests[mode] = parsed_project(home, PROJECT, mode, lambda: _parse(home, as_of, mode))
    manifest = _manifests[mode]
    for source in manifest.sources.values():  # it may have been parsed for another home
        source.meta["lake"] = _lake_in_sql(home)
    return manifest


def _lake_in_sql(home: Home) -> str:
    # In a folder's own name an apostrophe is doubled for SQL, a bracket made a plain one for the glob.
    return packed_lake(home).as_posix().replace("'", "''").replace("[", "[[]")


def _parse(home: Home, as_of: dt.date, mode: str) -> Any:
    # Whole: what dbt puts together of an earlier parsing lists metrics in another order.
    result = _invoke(home, as_of, mode, ["parse", "--quiet", "--no-partial-parse"], None)
    if not result.success:
        raise BuildFailedError("parse", [], str(result.exception or ""))
    return result.result


def _invoke(
    home: Home, as_of: dt.date, mode: str, arguments: list[str], manifest: Any, *, artefacts: bool = False
) -> Any:
    home.build.mkdir(parents=True, exist_ok=True)
    os.environ.update(_environment(home))
    import duckdb
    from dbt.cli.main import dbtRunner, dbtRunnerResult

    # fmt: off
    where = [
        "--project-dir", str(PROJECT),
        "--profiles-dir", str(PROJECT),
        "--target-path", str(home.build / "dbt"),
        "--log-path", str(home.build / "dbt_logs"),
        "--vars", json.dumps({"as_of": as_of.isoformat(), "rebuild": mode, "lake": _lake_in_sql(home)}),
        "--no-use-colors",
        # What it prints is in the run's log already, and its results come back as data.
        "--log-level-file", "none",
        *(["--write-json", "--quiet"] if artefacts else ["--no-write-json"]),
    ]
    # fmt: on
    result = dbtRunner(manifest=manifest).invoke([*arguments, *where])
    try:
        _close_database(is_kept=result.success)
    except duckdb.Error as error:
        return dbtRunnerResult(success=False, result=result.result, exception=error)
    return result


def _close_database(*, is_kept: bool) -> None:
    """Have DuckDB write what was built into the file and let go of it. It keeps no log of a build, the child that built may
    be ended at once, and of what it can't write when it merely closes DuckDB says nothing.

    Raises:
        duckdb.Error: the file could not be written; it is as the build before left it.
    """
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    if DuckDBConnectionManager._ENV is None:  # parsing opens none
        return
    database: Any = DuckDBConnectionManager.env()
    try:
        if is_kept:
            with closing(database.handle()) as handle:
                handle.cursor().execute(f"checkpoint {database.creds.database}")
    finally:
        database.close()


# A child ends at once; that dbt's locks are let go of then is nothing to warn of.
_SILENCE = {"PYTHONWARNINGS": "ignore::UserWarning:multiprocessing.resource_tracker"}


def _environment(home: Home) -> Mapping[str, str]:
    return {"LUODI_HOME": str(home.root), "DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "DO_NOT_TRACK": "1", **_SILENCE}


def _outcome(node: Any) -> NodeOutcome:
    return NodeOutcome(
        name=node.node.name,
        kind=str(node.node.resource_type),
        status=str(node.status),
        message=node.message or "",
        rows_failed=node.failures,
        seconds=round(node.execution_time, 3),
    )
