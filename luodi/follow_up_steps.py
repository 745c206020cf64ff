"""The steps of the follow-up DAGs: settings in, plain data out."""

from __future__ import annotations

import logging
from typing import Any

from luodi import connections, ingest_steps, settings
from warehouse import run_record

log = logging.getLogger(__name__)

Outcome = dict[str, Any]


def read_replies() -> Outcome:
    """Land and read returned workbooks; a source that fails is an outcome, not an exception."""
    from ingest import follow_up_lake, intake

    run = settings.current()
    pulled, read = [], []
    for source in intake.list_sources(run.home, run.inbox, "follow_up"):
        pulled.append(intake.pull_source(run.home, source, run.as_of, connections.resolve))
        read.append(follow_up_lake.read_replies(run.home, source))
        log.info("pulled %s read %s", pulled[-1], read[-1])
    return ingest_steps.note("follow_up_replies", pulled=pulled, read=read)


def write_workbooks() -> list[str]:
    """Write every county's workbook of open items from the published warehouse."""
    from reports import follow_up_workbooks

    run = settings.current()
    paths = [str(path) for path in follow_up_workbooks.write_workbooks(run.home, run.as_of)]
    log.info("wrote %s", paths)
    run_record.add_section(run.home, run.run_id, "follow_up_workbooks", {"written": paths})
    return paths
