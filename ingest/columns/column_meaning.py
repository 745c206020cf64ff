"""What a column means, and what is known of its sheet before it is read."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.headers.header_text import Period
from ingest.values.units import Unit

PATH_MARK = " > "


@dataclass(frozen=True, slots=True)
class HeaderContext:
    """What is known about the sheet before its columns are read.

    Attributes:
        county_code: wording rows may hold for one county (or, by prefix, one city or province) only.
        kind: `project`, `summary`, `outreach` or `problem` where the sheet's kind is known, else None (as project).
        sheet_name: the sheet's name as printed.
        unit_line: text of the sheet's title and unit lines, e.g. `单位：万元`.
        source_unit: the unit the source's configuration states, e.g. `万元`.
        report_year: year of the report date where known; a column of another year is not the current year's figure.
        lists_projects: the source's configuration says that such a sheet lists projects, whatever it seems to speak of.
    """

    county_code: str | None = None
    kind: str | None = None
    sheet_name: str | None = None
    unit_line: str | None = None
    source_unit: str | None = None
    report_year: int | None = None
    lists_projects: bool = False


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """What one column means.

    Attributes:
        path: the header path as given; joined by ` > ` it is the key of `extra` and `raw`.
        field: canonical field (projects), column of the kind's lake table (outreach, problem), `region_name`,
            `category` or `value` (summary), or None: the column goes to `extra`.
        value_type: `text amount_cny amount_usd date date_range rate stage number`; how to parse the cells.
        end_field: for `date_range` (建设起止年限) the field of the second date; `field` takes the first.
        unit: the unit that holds for bare numbers; None where nothing states it (an amount is then `unit_unknown`).
        other_units: further units that the same place names. Where the leaf names two currencies, `unit` is None and
            both stand here: a bare number is `unit_ambiguous`.
        unit_basis: `leaf group title source` or None. A unit in the cell itself wins over it (`cell`).
        scope: `month ytd cumulative year` or None, as the header states it.
        funds_origin: `other_province same_province foreign own_side partner_side` or None.
        period: year and months taken out of the header, or None.
        indicator: for `value` columns of summaries: `signings funds_arrived …`; None where no header names one.
        measure: for `value` columns of summaries: `target done rate score rank`, of comparisons `growth change gap share
            time_share previous`, of assessments also `deduction bonus`.
        match_method: `exact normalised close group none`.
        match_score: 0–1.
        matched_wording: the wording of the files that matched.
        preference: of two columns that claim one field, the lower keeps it (the earlier row of `headers.csv`).
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
    preference: int = 0
    why: str = ""
    personal: bool = False
    is_planned: bool = False

    @property
    def header(self) -> str:
        """The path as one text, the key of `extra` and `raw`."""
        return PATH_MARK.join(self.path)
