"""The steps of the reporting DAGs: settings in, paths of what was written out."""

from __future__ import annotations

import datetime as dt
import logging

from luodi import settings

log = logging.getLogger(__name__)


def write_monthly_pack() -> list[str]:
    """Write the pack of the 28th; `on_date` in the parameters wins over the date the run was due on."""
    from airflow.sdk import get_current_context

    from reports import monthly_dispatch

    run = settings.current()
    given = get_current_context()["params"].get("on_date")
    on_date = dt.date.fromisoformat(given) if given else run.as_of
    paths = [str(path) for path in monthly_dispatch.write_pack(run.home, on_date)]
    log.info("wrote %s", paths)
    return paths


def write_quality_workbook() -> str:
    """Write what looks wrong in the ledgers, as of the business date."""
    from reports import quality_workbook

    run = settings.current()
    path = str(quality_workbook.write_workbook(run.home, run.as_of))
    log.info("wrote %s", path)
    return path
