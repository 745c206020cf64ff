"""The steps of the follow-up DAGs: settings in, plain data out."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from ingest.home import Home
from luodi import connections, ingest_steps, settings
from warehouse import run_record

if TYPE_CHECKING:
    from reports.letters import Letter

log = logging.getLogger(__name__)

LETTERS = "letters"
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


def write_letters() -> list[str]:
    """Write the letters that need nobody's consent, each item and level once."""
    from luodi import sent_record
    from reports import letters
    from reports.follow_up_data import LEVELS

    run = settings.current()
    levels = [level for level in LEVELS if level not in letters.NEEDS_APPROVAL]
    due = letters.letters_due(run.home, run.as_of, levels, sent_record.sent_keys(run.home, LETTERS))
    return _release(run.home, due)


def draft_letters() -> list[str]:
    """Write drafts of the letters that a person must agree to; with none, what follows is skipped."""
    from airflow.sdk.exceptions import AirflowSkipException

    from reports import letters

    run = settings.current()
    due = _awaiting(run)
    if not due:
        raise AirflowSkipException("没有待批的函 nothing to approve")
    paths = letters.write_letters(run.home, due, drafts=True)
    log.info("drafted %s", paths)
    return [f"{path.stem}（{len(letter.items)} 项）" for path, letter in zip(paths, due, strict=True)]


def release_letters() -> list[str]:
    """Write out the letters a person has agreed to: those whose drafts lie there, with their items as published now."""
    from reports import letters

    run = settings.current()
    approved = [
        letter for letter in _awaiting(run) if letters.letter_path(run.home, letter, drafts=True).exists()
    ]  # fmt: skip
    paths = _release(run.home, approved)
    for letter in approved:
        letters.letter_path(run.home, letter, drafts=True).unlink(missing_ok=True)
    return paths


def _awaiting(run: settings.RunSettings) -> list[Letter]:
    from luodi import sent_record
    from reports import letters

    return letters.letters_due(run.home, run.as_of, letters.NEEDS_APPROVAL, sent_record.sent_keys(run.home, LETTERS))


def _release(home: Home, due: list[Letter]) -> list[str]:
    from luodi import sent_record
    from reports import letters

    paths = letters.write_letters(home, due)
    for letter, path in zip(due, paths, strict=True):
        sent_record.record_sent(home, LETTERS, letter.keys, {"file": path.name, "dated_on": letter.dated_on})
    log.info("wrote %s", paths)
    return [str(path) for path in paths]


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
