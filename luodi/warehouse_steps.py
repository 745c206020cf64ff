"""The steps of the warehouse DAG: settings in, plain data out."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import replace
from typing import Any

from luodi import checks, settings
from luodi.ingest_steps import CHECKS_CHILD
from warehouse import build_turn, child, dbt_build, publication, rebuild, run_record

log = logging.getLogger(__name__)

SECTION = "warehouse"
Outcome = dict[str, Any]


def prepare_lake() -> bool:
    """Begin the build: refuse mistaken seeds before anything is built; let the lake follow the landing, give every
    table its typed empty partition, and pack the lake. False where another run builds: its turn comes first.

    Raises:
        SeedsRefusedError: a seed is wrong; the message names file, line and reason.
        LakeUnreadableError: a file of the lake is damaged.
    """
    from ingest.lake import ensure_empty_partitions
    from ingest.unlanded import take_away_unlanded
    from warehouse.decision_checks import check_decisions
    from warehouse.packed_lake import pack_lake
    from warehouse.seed_checks import check_seeds

    check_seeds()
    run, airflow_run = settings.current(), settings.airflow_run()
    home = run.home
    before = build_turn.current(home)
    if (
        before is not None
        and not before.is_over
        and before.run != airflow_run.run_id
        and airflow_run.is_running(before.run)
    ):
        log.info("运行 %s 正在构建，等它结束 another run builds: waiting for its end", before.run)
        return False
    today = settings.business_date(dt.datetime.now(dt.UTC))
    as_of = settings.publication_date(run, publication.business_date(home), today)
    if as_of != run.as_of:
        log.info("已有 %s 的发布，按它的业务日期重算 published as of %s already: built for that date", as_of, as_of)
    build_turn.take(home, airflow_run.run_id, as_of)
    gone = take_away_unlanded(home)
    if gone:
        log.info("%d files are not landed any more and left the lake", gone)
    ensure_empty_partitions(home.lake)
    check_decisions(pack_lake(home))
    return True


def _own_build() -> settings.RunSettings:
    """The settings of the run, with the date its build was begun for.

    Raises:
        BuiltByAnotherRunError: another run has built since.
    """
    run = settings.current()
    turn = build_turn.own(run.home, settings.airflow_run().run_id)
    return run if turn is None else replace(run, as_of=dt.date.fromisoformat(turn.as_of))


def build_layer(layer: str) -> Outcome:
    """Build one dbt layer; every model's and test's result goes to the log and to the run record, also when it fails."""
    run = _own_build()
    outcomes: list[dbt_build.NodeOutcome] = []  # a child that died tells none
    try:
        outcomes = dbt_build.build_layer(run.home, run.as_of, layer)
    except dbt_build.BuildFailedError as error:
        outcomes = error.outcomes
        raise
    finally:
        records = dbt_build.as_records(outcomes)
        for record in records:
            log.info("dbt %s", record)
        run_record.add_section(run.home, run.run_id, f"{SECTION}_{layer}", {"nodes": records})
    return {"layer": layer, "nodes": len(records), "warnings": sum(r["status"] == "warn" for r in records)}


def check_marts() -> list[Outcome]:
    """Check what the published tables promise; a check marked fail that fails stops the publication."""
    run = _own_build()
    dbt_build.finish()
    built = rebuild.complete(run.home)
    if built is not None:
        log.info("built %s: %s", built.mode, built.reason)
        run_record.add_section(run.home, run.run_id, SECTION, {"rebuild": {"mode": built.mode, "reason": built.reason}})
    result = child.call(CHECKS_CHILD, "expectations.published_tables:check_marts", publication.build_database(run.home))
    results = [check.summary() for check in result.checks]
    for check in results:
        log.info("check %s", check)
    run_record.add_section(run.home, run.run_id, SECTION, {"checks": results, "checks_page": str(result.page)})
    checks.refuse_if_failed(results)
    return results


def publish() -> Outcome:
    """Swap the publication; returns the rows of every table."""
    run = _own_build()
    counts = publication.publish(run.home)
    build_turn.end(run.home)
    log.info("published %s", counts)
    run_record.add_section(
        run.home, run.run_id, SECTION, {"as_of": run.as_of, "published": counts, "path": str(run.home.warehouse)}
    )
    return counts
