"""What cells say about a row's stage beside its stage column."""

from __future__ import annotations

from typing import NamedTuple


class StageHints(NamedTuple):
    """What cells say about a row's stage beside its stage column, by position; a tick says that a stage is reached,
    not that it is the last one. Of a row that may have ended, dates don't tell how it stands; of one whose stage column
    could not be read they do only where nothing later can be hidden. What a note says is not reached bounds stated dates
    less: `noted_before` by position, `paperwork` where the note tells of papers, which works need not wait for."""

    reached: dict[int, str]
    not_reached: dict[int, str]
    noted_before: dict[int, str]
    paperwork: set[int]
    ticked: dict[int, str]
    perhaps_ended: set[int]
    unread: set[int]


def no_hints() -> StageHints:
    """Hints to be filled."""
    return StageHints({}, {}, {}, set(), {}, set(), set())
