"""What the configuration of one source tells the ledger reader. The source registry fills it from YAML."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePath
from typing import Literal


@dataclass(frozen=True, slots=True)
class ReportDateRule:
    """How a source's configuration states the report date; it wins over everything in the file.

    Attributes:
        fixed: the report date of every file of this source (a one-off delivery).
        file_name_pattern: a regular expression searched in the file name, with named groups `year`, `month` and
            optionally `day`; without `day` the last day of the month is meant.
    """

    fixed: dt.date | None = None
    file_name_pattern: str | None = None

    def __post_init__(self) -> None:
        """Check the pattern.

        Raises:
            ValueError: the pattern does not compile or lacks the groups `year` and `month`.
        """
        if self.file_name_pattern is None:
            return
        try:
            groups = re.compile(self.file_name_pattern).groupindex
        except re.error as error:
            raise ValueError(f"不是有效的正则; no regular expression: {error}") from error
        if not {"year", "month"} <= set(groups):
            raise ValueError(
                "缺少命名组 year、month，写成 (?P<year>…) 和 (?P<month>…); the named groups year and month are missing"
            )


@dataclass(frozen=True, slots=True)
class LedgerSource:
    """One county's ledgers.

    Attributes:
        county_code: six digits; wording may hold for this county only. None when a person just tries a file.
        county_name: as people write it, for messages.
        default_unit: the unit (`万元`) of amounts for which neither cell, header, title nor unit line states one.
        report_date: how the configuration states the report date, if it does.
        skipped_sheets: names of sheets that are never data (`字典`, `填报说明`); their rows count as furniture.
        project_lists: patterns of files or sheets (`*专班*`) that list projects, whatever they seem to speak of.
        other_lists: patterns of those that list none; they win over `project_lists`.
    """

    county_code: str | None = None
    county_name: str | None = None
    default_unit: str | None = None
    report_date: ReportDateRule | None = None
    skipped_sheets: tuple[str, ...] = ()
    project_lists: tuple[str, ...] = ()
    other_lists: tuple[str, ...] = ()

    def declared(self, file_name: str, sheet_name: str) -> Literal["projects", "others"] | None:
        """What the configuration says that a sheet lists; None where it leaves that to the reader."""
        path = PurePath(file_name)
        names = (path.name, path.stem, sheet_name)
        if _any_matches(names, self.other_lists):
            return "others"
        return "projects" if _any_matches(names, self.project_lists) else None


def pattern_of(file_name: str) -> str:
    """The pattern that a file and those of other dates share: `*年*月汇总表` of 2026年6月汇总表.xlsx."""
    return re.sub(r"\d+", "*", PurePath(file_name).stem) or "*"


def _any_matches(names: Sequence[str], patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name.strip(), pattern.strip()) for name in names for pattern in patterns)
