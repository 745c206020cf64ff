"""What a person should know of a business date before a run publishes for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from luodi.settings import RunSettings
from warehouse import publication


def lines(run: RunSettings, today: dt.date) -> Iterator[str]:
    """Where it lies after today, or before that of the last publication: by a slip, or because the clock is wrong."""
    if run.as_of > today:
        yield (
            f"业务日期晚于今天（{today}）：停滞天数和时限都算到那一天。若不是有意，请核对 --as-of 或本机时钟。 "
            f"The business date is after today ({today}): days and deadlines count up to it. If that is not meant, see to "
            "--as-of or this machine's clock."
        )
    before = publication.business_date(run.home)
    if before is not None and run.as_of < before:
        yield (
            f"业务日期早于上次发布的 {before}：其后的台账这次不计入，已落地的不会丢。若不是有意，请核对 --as-of 或本机时钟。 "
            f"The business date is before that of the last publication, {before}: later ledgers do not count this time; they stay "
            "landed. If that is not meant, see to --as-of or this machine's clock."
        )
