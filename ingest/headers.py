"""What a header path means: field, unit, scope, period, and why.

`interpret_columns` reads all columns of one table (it also settles two columns that claim one field);
`interpret_column` reads one. `header_score` helps to find header rows. The knowledge is in `wording/*.csv`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.units import Unit, unit_in_text

__all__ = [
    "ColumnMeaning",
    "HeaderContext",
    "Period",
    "Unit",
    "header_score",
    "interpret_column",
    "interpret_columns",
    "unit_in_text",
    "wording_csv_line",
]


@dataclass(frozen=True, slots=True)
class HeaderContext:
    """What is known about the sheet before its columns are read.

    Attributes:
        county_code: wording rows may hold for one county only.
        kind: `project`, `summary`, `outreach` or `problem` where the sheet's kind is known, else None (taken as project).
        sheet_name: the sheet's name as printed.
        unit_line: text of the sheet's title and unit lines, e.g. `单位：万元`.
        source_unit: the unit the source's configuration states, e.g. `万元`.
        report_year: year of the report date where known; a column of another year is not the current year's figure.
    """

    county_code: str | None = None
    kind: str | None = None
    sheet_name: str | None = None
    unit_line: str | None = None
    source_unit: str | None = None
    report_year: int | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """The time a header states: `1-6月` is months 1 to 6, `2026年6月` year 2026, month 6 to 6; what is not stated is None.

    `relative` is `this_year`, `this_month`, `last_year`, `next_year` where the header says 今年, 本月, 上年, 明年.
    """

    year: int | None = None
    month_from: int | None = None
    month_to: int | None = None
    relative: str | None = None


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """What one column means.

    Attributes:
        path: the header path as given; joined by ` > ` it is the key of `extra` and `raw`.
        field: canonical field (projects), column of the kind's lake table (outreach, problem), `region_name`,
            `category` or `value` (summary), or None: the column goes to `extra`.
        value_type: `text amount_cny amount_usd date date_range rate stage number phone`; how to parse the cells.
        end_field: for `date_range` (建设起止年限) the field of the second date; `field` takes the first.
        unit: the unit that holds for bare numbers; None where nothing states it (an amount is then `unit_unknown`).
        other_units: further units the same source of the unit names (`亿元、万美元`), for cells in another currency.
        unit_basis: `leaf group title source` or None. A unit in the cell itself wins over it (`cell`).
        scope: `month ytd cumulative year` or None, as the header states it.
        funds_origin: `other_province same_province foreign own_side partner_side` or None.
        period: year and months taken out of the header, or None.
        indicator: for `value` columns of summaries: `signings signed_amount starts …`.
        measure: for `value` columns of summaries: `target done rate score rank`.
        match_method: `exact normalised close group none`.
        match_score: 0–1.
        matched_wording: the wording of the files that matched.
        why: a sentence in Chinese and English for `luodi ledger read`.
        personal: the column holds personal data, mapped or not.
        is_planned: the header says 计划/拟/预计.
    """

    path: tuple[str, ...]
    field: str | None = None
    value_type: str = "text"
    end_field: str | None = None
    unit: Unit | None = None
    other_units: tuple[Unit, ...] = ()
    unit_basis: str | None = None
    scope: str | None = None
    funds_origin: str | None = None
    period: Period | None = None
    indicator: str | None = None
    measure: str | None = None
    match_method: str = "none"
    match_score: float = 0.0
    matched_wording: str | None = None
    why: str = ""
    personal: bool = False
    is_planned: bool = False

    @property
    def header(self) -> str:
        """The path as one text, the key of `extra` and `raw`."""
        return " > ".join(self.path)


def interpret_column(path: tuple[str, ...], *, context: HeaderContext) -> ColumnMeaning:
    """What the column under `path` means (merged headers from the top to the leaf, raw text). Never raises on text.

    Cached by (path, context).
    """
    return ColumnMeaning(path)


def interpret_columns(paths: Sequence[tuple[str, ...]], *, context: HeaderContext) -> list[ColumnMeaning]:
    """All columns of one table, in order; prefer this to `interpret_column`.

    Where two columns claim one field for the same period, the better match keeps it and the other is unmapped with a
    sentence why. Columns of one field for different months (`1月完成投资` … `12月完成投资`) all keep it, told apart by
    `period`: the ledger turns them into rows or takes the report month's.
    """
    return [interpret_column(path, context=context) for path in paths]


def header_score(text: str) -> float:
    """How much a cell looks like a header wording: 1.0 a known one, 0.0 not at all (names, numbers, sentences)."""
    return 0.0


def wording_csv_line(header: str, county_code: str | None = None) -> str:
    """The line a person should add to `wording/headers.csv` for an unmapped header (path joined by ` > `)."""
    return ""
