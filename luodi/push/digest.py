"""The day's digest for one recipient, and sending it once. No people in it: projects, units, numbers only."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.home import Home
from ingest.strict_yaml import ConfigurationError, text_kept_by_people
from ingest.values.personal_data import mask_personal_data
from luodi import sent_record
from luodi.push.channels import CHANNELS, Credentials, Message, PushError, send
from reports import follow_up_data
from warehouse import publication
from warehouse.query import reading

RECIPIENTS = Path(__file__).parent / "recipients.csv"
CHANNEL = "digests"
SHOWN = 8
_COUNTS = follow_up_data.QUERIES.parent / "digest" / "counts.sql"
_COLUMNS = ("recipient", "county_code", "channel", "connection")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets a digest: of one county, or of all (`county_code` None), through a connection named here."""

    recipient: str
    county_code: str | None
    channel: str
    connection: str


class UnsureError(PushError):
    """Nobody knows whether a message arrived: a person must look before it is sent again."""


def read_recipients(path: Path = RECIPIENTS) -> list[Recipient]:
    """The recipients. Addresses and secrets are in Airflow's connections, never here.

    Raises:
        ConfigurationError: not UTF-8, unknown columns, channels, or a recipient named twice.
    """
    found: dict[str, Recipient] = {}
    with io.StringIO(text_kept_by_people(path), newline="") as handle:
        rows = csv.DictReader(handle)
        if tuple(rows.fieldnames or ()) != _COLUMNS:
            raise ConfigurationError(f"{path.name}: 列应为 columns must be {', '.join(_COLUMNS)}")
        for number, row in enumerate(rows, start=2):
            one = Recipient(row["recipient"], row["county_code"] or None, row["channel"], row["connection"])
            if not one.recipient or not one.connection or one.channel not in CHANNELS or one.recipient in found:
                raise ConfigurationError(f"{path.name} 第{number}行有误 line {number} is wrong: {row}")
            found[one.recipient] = one
    return list(found.values())


def digest(home: Home, county_code: str | None, as_of: dt.date) -> Message | None:
    """The digest as published; None where there is nothing open and nothing changed.

    Raises:
        warehouse.query.NothingPublishedError: there is no publication yet.
    """
    with reading(home) as connection:
        answer = connection.execute(_COUNTS.read_text(encoding="utf-8"), {"county_code": county_code})
        names = [column[0] for column in answer.description or []]
        (row,) = answer.fetchall()
    counts = dict(zip(names, row, strict=True))
    if not any(counts.values()):
        return None
    items = [item for item in follow_up_data.open_items(home) if county_code in (None, item["county_code"])]
    published = publication.business_date(home)
    lines = [
        *([f"当日没有新的发布，以下截至 {published}。"] if published is not None and published < as_of else []),
        f"在办 {counts['open_items']} 项，逾期 {counts['overdue']} 项，重新立项 {counts['reopened']} 项。",
        f"较上期：新亮灯 {counts['new_lights']}，加重 {counts['worse']}，减轻 {counts['better']}，灭灯 {counts['gone']}。",
        *[
            f"· {item['county_name']} {item['project_name']}：{item['rule_name'] or item['rule_id']}"
            f"（{follow_up_data.LEVELS[item['level']]}，时限 {item['due_on']}）"
            for item in items[:SHOWN]
        ],
    ]
    if len(items) > SHOWN:
        lines.append(f"……另有 {len(items) - SHOWN} 项，见督办任务清单。")
    return Message(f"招商项目督办日报 {as_of.isoformat()}", mask_personal_data("\n".join(lines)))


def send_digest(
    home: Home,
    recipient: Recipient,
    as_of: dt.date,
    credentials: Callable[[str], Credentials],
    epoch_seconds: float,
) -> str:
    """Send the day's digest unless it went out already: `sent`, `sent_before` or `nothing_to_say`.

    Raises:
        UnsureError: an earlier try broke off in the middle; nobody knows whether it arrived, so it is not sent again.
        PushError: not sent; where nothing can have arrived, the next try sends it.
        warehouse.query.NothingPublishedError: there is no publication yet.
    """
    key = f"{recipient.recipient}|{as_of.isoformat()}"
    if sent_record.is_sent(home, CHANNEL, key):
        return "sent_before"
    begun = sent_record.begun_path(home, CHANNEL, key)
    if begun is not None:
        raise UnsureError(
            f"{recipient.recipient}（{recipient.channel}）：上次发送中断，可能已送达，不再重发；确认没有收到时删去 {begun} 再重跑。 "
            f"An earlier try broke off and may have arrived; it is not sent again. If it did not arrive, delete that file and clear."
        )
    message = digest(home, recipient.county_code, as_of)
    if message is None:
        return "nothing_to_say"
    known = credentials(recipient.connection)
    sent_record.begin(home, CHANNEL, key, {"channel": recipient.channel})
    try:
        remark = send(recipient.channel, known, message, epoch_seconds)
    except PushError as error:
        if not error.may_have_arrived:
            sent_record.give_up(home, CHANNEL, key)
        told = f"{recipient.recipient}（{recipient.channel}）：{error}"
        raise PushError(told, may_have_arrived=error.may_have_arrived) from error
    sent_record.record_sent(home, CHANNEL, [key], {"channel": recipient.channel, "remark": remark})
    return f"sent; {remark}" if remark else "sent"
