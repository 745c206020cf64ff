"""What configuration a county needs, told from its ledgers: nothing is guessed, what the files leave unsaid is asked.

`luodi source try` prints it. Most counties need none: a folder named by the code is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from ingest.formats.sheet import Workbook
from ingest.gazetteer import Region, gazetteer
from ingest.ledgers.ledger_types import LedgerReading, SheetReading

_TITLE_ROWS = 6
_NAMED = 3
_MONTH_IN_NAME = re.compile(r"(?<!\d)20\d{2}[^\d]{0,2}(?:0?[1-9]|1[0-2])(?!\d)")
_GIVEN_BY_PROGRAM = re.compile(r"\s*(?:Sheet|工作表|表)\s*\d*\s*", re.IGNORECASE)
_NAME_PATTERN = r"(?P<year>20\d{2})\D{0,2}(?P<month>\d{1,2})"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A county's YAML as text, and what a person must still say.

    Attributes:
        county_code: six digits, or None where neither the file's name nor its titles name exactly one county.
        yaml: the file to save as `sources/counties/<code>.yml`; settings that only a person knows are commented out.
        is_needed: False where the file says everything by itself, so that no YAML is needed.
        questions: what to ask or decide, Chinese then English.
        candidates: the counties named, where not exactly one.
    """

    county_code: str | None
    county_name: str | None
    yaml: str
    is_needed: bool
    questions: tuple[str, ...]
    candidates: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerSigns:
    """What one ledger says, or leaves unsaid, of the configuration its county needs.

    Attributes:
        name: the file's name.
        counties: those that its name or its titles name in full.
        lacks_unit: amounts stand in it without 元, 万元 or 亿元.
        lacks_date: it was read, and no report date could be told.
        month_in_name: its name holds a year and a month.
        silent_sheets: visible sheets with text and without a table.
        told_sheets: sheets with a table.
    """

    name: str
    counties: tuple[Region, ...]
    lacks_unit: bool
    lacks_date: bool
    month_in_name: bool
    silent_sheets: tuple[str, ...]
    told_sheets: tuple[str, ...]


def signs_of(name: str, book: Workbook | None, reading: LedgerReading) -> LedgerSigns:
    """What a ledger's name, its sheets (None: it could not be opened) and its reading say."""
    return LedgerSigns(
        name=name,
        counties=counties_named([name, *_titles(book)]),
        lacks_unit=any(reason.code == "unit_unknown" for row in reading.rows for reason in row.reasons),
        lacks_date=reading.status == "read" and reading.report_date is None,
        month_in_name=_MONTH_IN_NAME.search(PurePath(name).stem) is not None,
        silent_sheets=tuple(sheet.name for sheet in reading.sheets if _is_never_data(sheet)),
        told_sheets=tuple(sheet.name for sheet in reading.sheets if sheet.tables),
    )


def propose(ledgers: Sequence[LedgerSigns], county_code: str | None = None, doubted: Sequence[str] = ()) -> Proposal:
    """Propose the source of a county from its ledgers, one or many.

    `doubted`: patterns of files that were refused as lists of another business, which only a person can overrule.
    """
    candidates = () if county_code else _common_counties(ledgers)
    code = county_code or (candidates[0].code if len(candidates) == 1 else None)
    region = gazetteer().get(code) if code else None
    settings: list[str] = []
    questions: list[str] = []
    if unsaid := [ledger for ledger in ledgers if ledger.lacks_unit]:
        settings.append(
            "#   default_unit: 万元    # 问清后去掉井号 ask the county, then take away the # (also before ledger)"
        )
        questions.append(
            f"{_these(unsaid, ledgers)}没有写明金额单位，请向县里核实。 No unit of amounts is stated: ask the county."
        )
    if undated := [ledger for ledger in ledgers if ledger.lacks_date]:
        settings += _date_setting(undated)
        questions.append(
            f"{_these(undated, ledgers)}看不出报告日期：请在标题或文件名写明年月，或填 report_date。 "
            "No report date can be told: state year and month in the title or file name, or fill in report_date."
        )
    if skipped := _never_data(ledgers):
        settings.append(f"  skipped_sheets: [{', '.join(_quoted(sheet) for sheet in skipped)}]")
    if doubted:
        named = ", ".join(f"'{pattern}'" for pattern in doubted)
        settings.append(f"#   project_lists: [{named}]    # 若确是项目台账，去掉井号 if they do list projects")
        questions.append(
            f"{'、'.join(doubted)} 像是别的业务，已拒收：若确是项目台账，写上 project_lists。 "
            "Refused as lists of another business: name them in project_lists if they do list projects."
        )
    if code is None:
        questions.append(_which_county(candidates))
    elif region is None:
        questions.append(
            f"行政区划里没有代码 {code}：请核对，写错会多出一个没有名称的县区。 "
            f"No county has the code {code}: check it, a wrong one makes a county of its own without a name."
        )
    full_name = gazetteer().full_name(region) if region else ""
    county_name = region.name if region else None
    yaml = _yaml(code, county_name, full_name, settings)
    return Proposal(code, county_name, yaml, bool(settings), tuple(questions), candidates)


def counties_named(texts: Iterable[str]) -> tuple[Region, ...]:
    """The counties in force today that the texts name in full, in order of code."""
    mentions = [mention for text in texts for mention in gazetteer().mentions(text) if mention.is_full]
    current = [[region for region in mention.regions if region.is_current] for mention in mentions]
    found = {regions[0] for regions in current if len(regions) == 1 and regions[0].level == "county"}
    return tuple(sorted(found, key=lambda region: region.code))


def _titles(book: Workbook | None) -> list[str]:
    if book is None:
        return []
    rows = [row for sheet in book.sheets if not sheet.hidden for row in sheet.rows[:_TITLE_ROWS]]
    above = [line for sheet in book.sheets for line in sheet.above]
    # A title stands alone in its row; a row of many cells is a header or a project.
    return above + [
        str(filled[0]) for row in rows if len(filled := [cell for cell in row if cell is not None]) <= 2 and filled
    ]


def _common_counties(ledgers: Sequence[LedgerSigns]) -> tuple[Region, ...]:
    """The county that all ledgers name that name any; where that is not exactly one, all that are named."""
    named = [ledger.counties for ledger in ledgers if ledger.counties]
    common = [region for region in named[0] if all(region in others for others in named)] if named else []
    if len(common) == 1:
        return tuple(common)
    return tuple(sorted({region for regions in named for region in regions}, key=lambda region: region.code))


def _never_data(ledgers: Sequence[LedgerSigns]) -> list[str]:
    """Sheets (填报说明) that hold text without a table in every ledger that has them, in order."""
    told = {sheet for ledger in ledgers for sheet in ledger.told_sheets}
    return [
        sheet for sheet in dict.fromkeys(s for ledger in ledgers for s in ledger.silent_sheets) if sheet not in told
    ]


def _these(meant: Sequence[LedgerSigns], ledgers: Sequence[LedgerSigns]) -> str:
    """`文件` where all are meant, else the first names of those that are."""
    if len(meant) == len(ledgers):
        return "文件"
    names = "、".join(PurePath(ledger.name).name for ledger in meant[:_NAMED])
    return f"{names} 等 {len(meant)} 个文件" if len(meant) > _NAMED else f"{names} "


def _date_setting(undated: Sequence[LedgerSigns]) -> list[str]:
    if all(ledger.month_in_name for ledger in undated):
        return ["  report_date:", f"    file_name_pattern: '{_NAME_PATTERN}'"]
    return [
        "#   report_date:    # 只在一次性报送时写：该县此后每个文件都按这一天 for one delivery only: every file of the county gets it",
        "#     fixed: 2026-06-30",
    ]


def _is_never_data(sheet: SheetReading) -> bool:
    # The names that programs give (Sheet2) say nothing of what stands there next month.
    is_named = _GIVEN_BY_PROGRAM.fullmatch(sheet.name) is None
    return is_named and not sheet.is_hidden and not sheet.tables and sheet.furniture_rows > 0


def _which_county(candidates: tuple[Region, ...]) -> str:
    if not candidates:
        return "文件名和标题都没有写县区全名：用 --county 六位代码 指定。 Neither name nor title states a county: give --county CODE."
    named = "、".join(f"{region.code} {region.name}" for region in candidates)
    return f"出现了几个县区（{named}）：用 --county 指定。 Several counties are named: give --county CODE."


def _yaml(code: str | None, name: str | None, full_name: str, settings: list[str]) -> str:
    lines = [f"# {full_name}"] if full_name else []
    lines.append(f'code: "{code or "______"}"')
    # A blank to fill in, once saved as it is, would name the county on every report.
    lines.append(f"name: {name}" if name else "# name:    # 县区名称 the county's name")
    active = [line for line in settings if not line.startswith("#")]
    asked = [line for line in settings if line.startswith("#")]
    if active:
        lines += ["ledger:", *active, *asked]
    elif asked:
        lines += ["# ledger:", *asked]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return f'"{text}"' if re.search(r"[:#\[\]{},&*!|>'\"%@`]", text) else text
