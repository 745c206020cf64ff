"""The steps of the two ingest DAGs: settings in, plain data out, one call into `ingest` or `expectations` each."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from luodi import connections, settings
from warehouse import child, run_record

log = logging.getLogger(__name__)

CHECKS_CHILD = "checks"
Outcome = dict[str, Any]


def list_sources(kind: str) -> list[Outcome]:
    """The sources of a kind (`ledger`, `news`, `follow_up`), each as plain data to map over."""
    from ingest import intake

    run = settings.current()
    return list(intake.list_sources(run.home, run.inbox, kind))


def pull(source: Outcome) -> Outcome:
    """Pull what is new from one source and land it; a source that fails is an outcome, not an exception.

    Raises:
        ConfigurationError: the source's own YAML is wrong; this source is red, the others go on.
    """
    from ingest import intake
    from ingest.pulls import BAD_CONFIGURATION
    from ingest.strict_yaml import ConfigurationError

    run = settings.current()
    outcome: Outcome = intake.pull_source(run.home, source, run.as_of, connections.resolve)
    log.log(logging.INFO if outcome["outcome"] == "ok" else logging.WARNING, "pulled %s", outcome)
    if outcome["reason_code"] == BAD_CONFIGURATION:
        raise ConfigurationError(str(outcome["message"]))
    return outcome


def read_ledgers(source: Outcome) -> Outcome:
    """Read what landed from one county and write its rows to the lake."""
    from ingest import intake

    outcome: Outcome = intake.read_source(settings.current().home, source)
    log.info("read %s", outcome)
    return outcome


def read_news(source: Outcome) -> Outcome:
    """Extract text and figures from what landed from one feed and write them to the lake."""
    from ingest import intake

    outcome: Outcome = intake.read_news(settings.current().home, source)
    log.info("read %s", outcome)
    return outcome


def check_rows() -> list[Outcome]:
    """Check newly read project rows; failing row ids go to the lake with the check's name."""
    return _check("expectations.ledger_rows:check_new_rows")


def check_articles() -> list[Outcome]:
    """Check newly read articles."""
    return _check("expectations.articles:check_new_articles")


def _check(reference: str) -> list[Outcome]:
    checks: list[Outcome] = child.call(CHECKS_CHILD, reference, settings.current().home)
    for check in checks:
        log.info("check %s", check)
    return checks


def note(dag: str, **outcomes: Iterable[Mapping[str, Any]] | None) -> Outcome:
    """Write the DAG's section of the run record; the asset event carries the same. A failed step has no outcomes."""
    run = settings.current()
    section = {name: [dict(outcome) for outcome in found or ()] for name, found in outcomes.items()}
    run_record.add_section(run.home, run.run_id, dag, section)
    return section
