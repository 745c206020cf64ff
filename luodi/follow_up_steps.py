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
    from ingest import intake
    from ingest.follow_up import follow_up_lake

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


def write_letters() -> list[str]:
    """Write the letters that need nobody's consent, each item and level once."""
    from luodi import letter_drafts, sent_record
    from reports import letters
    from reports.follow_up_data import LEVELS

    run = settings.current()
    levels = [level for level in LEVELS if level not in letters.NEEDS_APPROVAL]
    due = letters.letters_due(run.home, run.as_of, levels, sent_record.sent_keys(run.home, letter_drafts.CHANNEL))
    paths = letters.write_letters(run.home, due)
    for letter, path in zip(due, paths, strict=True):
        facts = {"file": path.name, "dated_on": letter.dated_on}
        sent_record.record_sent(run.home, letter_drafts.CHANNEL, letter.keys, facts)
    return _noted(run, "written", [str(path) for path in paths])


def draft_letters() -> list[Outcome]:
    """Write drafts of the letters that a person must agree to; with none, what follows is skipped."""
    from airflow.sdk.exceptions import AirflowSkipException

    from luodi import letter_drafts, sent_record
    from reports import letters

    run = settings.current()
    sent = sent_record.sent_keys(run.home, letter_drafts.CHANNEL)
    due = letters.letters_due(run.home, run.as_of, letters.NEEDS_APPROVAL, sent)
    drafts = letter_drafts.as_records(letter_drafts.draft(run.home, due))
    if not drafts:
        raise AirflowSkipException("没有待批的函 nothing to approve")
    return _noted(run, "drafted", drafts)


def release_letters(drafts: list[Outcome]) -> list[str]:
    """Send out the letters a person has agreed to: the very bytes that were drafted, or none."""
    from luodi import letter_drafts
    from reports import letters

    run = settings.current()
    still_open = letters.letters_due(run.home, run.as_of, letters.NEEDS_APPROVAL)
    open_keys = {key for letter in still_open for key in letter.keys}
    released, withheld = letter_drafts.release(run.home, drafts, open_keys)
    _noted(run, "withheld", withheld)
    return _noted(run, "released", [str(path) for path in released])


def _noted(run: settings.RunSettings, what: str, found: list[Any]) -> list[Any]:
    log.info("%s %s", what, found)
    run_record.add_section(run.home, run.run_id, "follow_up_letters", {what: found})
    return found


def list_recipients() -> list[dict[str, str | None]]:
    """Who gets a digest, as plain data to map over."""
    from dataclasses import asdict

    from luodi.push import digest

    return [asdict(recipient) for recipient in digest.read_recipients()]


def send_digest(recipient: Outcome) -> str:
    """Send one recipient's digest of the day, once."""
    import time

    from luodi.push import digest

    run = settings.current()
    outcome = digest.send_digest(run.home, digest.Recipient(**recipient), run.as_of, connections.resolve, time.time())
    log.info("digest for %s: %s", recipient["recipient"], outcome)
    return outcome
