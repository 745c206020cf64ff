"""From check results to a decision: may the warehouse be published?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class CheckFailedError(RuntimeError):
    """A check marked fail failed on the built tables; nothing is published."""

    def __init__(self, failed: Sequence[str]) -> None:
        super().__init__(
            f"检查没有通过，没有发布，旧的发布保持不变：{'、'.join(failed)}。"
            "Checks failed; nothing was published, the previous publication stays."
        )
        self.failed = list(failed)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.failed,)


def refuse_if_failed(checks: Sequence[Mapping[str, Any]]) -> None:
    """Raise where a check of severity `fail` did not succeed.

    Raises:
        CheckFailedError: with the names of the checks.
    """
    failed = [str(check["name"]) for check in checks if check["severity"] == "fail" and not check["success"]]
    if failed:
        raise CheckFailedError(failed)
