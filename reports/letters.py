"""Letters as Word documents: 提醒函, 督办函, 约谈通知, 退出评估通知, 转入档案通知, one a responsible unit and level.

The wording is in `templates/letters/*.txt.j2`: the first line is the title, `[items]` the table of items. Who signs is in
`letter_senders.csv`; a letter that nobody is named for keeps a place to be filled in and sealed.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ingest.files import write_whole
from ingest.home import Home
from reports import words
from reports.follow_up_data import DRAFTS, LETTERS_FOLDER, LEVELS, Item, open_items
from reports.letter_senders import read_senders, sender_for

TEMPLATES = Path(__file__).parent / "templates" / "letters"
# These go out only after a person has agreed.
NEEDS_APPROVAL = ("interview", "exit_review", "archive")
_TABLE = "[items]"
_HEADERS = ("项目名称", "问题", "依据", "立项日期", "办结时限", "处置要求")
_NO_SENDER = "（发文单位盖章）"
_SIZE = 16.0  # points; GB/T 9704: 三号
_LINE = 15.6 * 72 / 2.54  # the width of the page's text
_RIGHT_OF_DATE = 4 * _SIZE  # four characters, as sealed letters leave them
_WIDTHS_CM = (2.6, 2.4, 2.6, 2.75, 2.75, 2.5)  # as wide as the text of the page; a date in one line


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: to a county's unit, at one level, about its items, from `sender`. `items` are never empty."""

    county_code: str
    county_name: str
    unit: str
    level: str
    items: tuple[Item, ...]
    dated_on: dt.date
    sender: str | None = None

    @property
    def keys(self) -> list[str]:
        """What must not go out twice: each item at this level, anew when it was reopened."""
        return [f"{item['follow_up_id']}|{self.level}|{item['reopened_on'] or ''}" for item in self.items]

    @property
    def file_name(self) -> str:
        """Readable, and distinct for every unit and level of a day."""
        unit = "".join(letter for letter in self.unit if letter not in '/\\:*?"<>|').strip()
        return f"{self.county_code}-{self.county_name}-{unit}-{LEVELS[self.level]}.docx"


def letters_due(home: Home, dated_on: dt.date, levels: Collection[str], sent: Collection[str] = ()) -> list[Letter]:
    """The letters that open items of these levels call for, leaving out items whose key is in `sent`.

    Raises:
        warehouse.query.NothingPublishedError: there is no publication yet.
        ingest.strict_yaml.ConfigurationError: `letter_senders.csv` is wrong.
    """

    def unit_of(item: Item) -> tuple[str, str, str]:
        return str(item["county_code"]), item["responsible_unit"] or f"{item['county_name']}招商主管部门", item["level"]

    senders = read_senders()
    wanted = sorted((item for item in open_items(home) if item["level"] in levels), key=unit_of)
    letters = []
    for (code, unit, level), group in groupby(wanted, key=unit_of):
        items = list(group)
        sender = sender_for(code, senders)
        letter = Letter(code, items[0]["county_name"], unit, level, tuple(items), dated_on, sender)
        fresh = tuple(item for item, key in zip(items, letter.keys, strict=True) if key not in sent)
        if fresh:
            letters.append(replace(letter, items=fresh, dated_on=_dated_on(fresh, dated_on)))
    return letters


def _dated_on(items: Sequence[Item], wanted: dt.date) -> dt.date:
    """No letter is older than what it is about: a run made up for a missed Monday reads tables of a later day."""
    names = ("opened_on", "level_since_on", "reopened_on")
    told: list[dt.date] = [item[name] for item in items for name in names if item[name] is not None]
    return max([wanted, *told])


def write_letters(home: Home, letters: Sequence[Letter]) -> list[Path]:
    """Write the letters below `reports/letters/<date>/`; gives the paths."""
    return [write_whole(letter_path(home, letter.dated_on, letter.file_name), docx_of(letter)) for letter in letters]


def letter_path(home: Home, dated_on: dt.date, file_name: str, *, drafts: bool = False) -> Path:
    """Where a letter lies; drafts in a folder of their own."""
    folder = home.reports / LETTERS_FOLDER / dated_on.isoformat()
    return (folder / DRAFTS if drafts else folder) / file_name


def docx_of(letter: Letter) -> bytes:
    """The letter as a Word document; the same letter gives the same bytes."""
    title, *paragraphs = _text(letter).strip().splitlines()
    document = Document()
    _set_up(document, title, letter.dated_on)
    _paragraph(document, title, size=22, font="方正小标宋简体", centred=True)
    for number, text in enumerate(paragraphs):
        if text.strip() == _TABLE:
            _items(document, letter.items, letter.dated_on)
        elif text.strip():
            _paragraph(document, text.strip(), indent=number > 0)
    _sign(document, letter.sender or _NO_SENDER, letter.dated_on)
    out = io.BytesIO()
    document.save(out)
    return _with_fixed_times(out.getvalue())


def _with_fixed_times(data: bytes) -> bytes:
    """The same archive without the moment it was packed: equal letters are equal files."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in packed.namelist():
            fixed.writestr(zipfile.ZipInfo(name), packed.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _text(letter: Letter) -> str:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=False)  # noqa: S701 (plain text)
    dues = [item["due_on"] for item in letter.items if item["due_on"]]
    leaders = sorted({item["responsible_leader"] for item in letter.items if item["responsible_leader"]})
    text: str = environment.get_template(f"{letter.level}.txt.j2").render(
        county=letter.county_name,
        unit=letter.unit,
        items=letter.items,
        leader="、".join(leaders) or "主要负责同志",
        due=_future(min(dues, default=None), letter.dated_on),
    )
    return text


def _future(due_on: dt.date | None, dated_on: dt.date) -> str:
    """Until when, as people write it; a due date that has passed asks for an answer at once."""
    if due_on is None or due_on <= dated_on:
        return "在三个工作日内"
    return f"于{due_on.year}年{due_on.month}月{due_on.day}日前"


def _set_up(document: Any, title: str, dated_on: dt.date) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    properties = document.core_properties
    properties.title, properties.author = title, "luodi 落地"
    moment = dt.datetime.combine(dated_on, dt.time())
    properties.created, properties.modified, properties.last_modified_by = moment, moment, "luodi 落地"


def _sign(document: Any, sender: str, dated_on: dt.date) -> None:
    """Sender above date, one centred over the other, on the page of the text before them."""
    date = f"{dated_on.year}年{dated_on.month}月{dated_on.day}日"
    over = min(_width(sender), _LINE) - _width(date)
    last = document.paragraphs[-1].paragraph_format
    last.keep_with_next, last.space_after = True, Pt(28)
    above = _paragraph(document, sender, right=max(_RIGHT_OF_DATE - over / 2, 0))
    above.paragraph_format.keep_with_next = True
    _paragraph(document, date, right=max(_RIGHT_OF_DATE, over / 2))


def _width(text: str) -> float:
    """Width in points; a digit is half as wide as a Chinese character."""
    return sum(_SIZE / 2 if letter.isascii() else _SIZE for letter in text)


def _paragraph(
    document: Any,
    text: str,
    *,
    size: float = _SIZE,
    font: str = "仿宋",
    centred: bool = False,
    right: float | None = None,
    indent: bool = False,
) -> Any:
    """A line of the letter; `right` is how far from the right margin it ends, in points."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(28)
    paragraph.paragraph_format.space_after = Pt(12 if centred else 0)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    if right is not None:
        paragraph.paragraph_format.right_indent = Pt(right)
    if centred or right is not None:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.RIGHT
    _run(paragraph, text, size, font)
    return paragraph


def _due(due_on: dt.date | None, dated_on: dt.date) -> str | None:
    """The limit; one that had passed when the letter was written is no limit to act within."""
    return None if due_on is None else f"{due_on}\n（已逾期）" if due_on < dated_on else str(due_on)


def _items(document: Any, items: Sequence[Item], dated_on: dt.date) -> None:
    document.paragraphs[-1].paragraph_format.space_after = Pt(6)
    table = document.add_table(rows=1, cols=len(_HEADERS))
    table.style = "Table Grid"
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, header in zip(table.rows[0].cells, _HEADERS, strict=True):
        _run(cell.paragraphs[0], header, 10.5, "黑体")
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    _set_row(table.rows[0], "w:tblHeader")
    for item in items:
        shown = (
            item["project_name"],
            f"{item['rule_id']} {item['rule_name'] or ''}",
            words.chinese(item["reason"]),
            item["opened_on"],
            _due(item["due_on"], dated_on),
            item["action"],
        )
        row = table.add_row()
        _set_row(row, "w:cantSplit")
        for cell, value in zip(row.cells, shown, strict=True):
            _run(cell.paragraphs[0], "" if value is None else str(value), 10.5, "仿宋")
    for column, width in zip(table.columns, _WIDTHS_CM, strict=True):
        column.width = Cm(width)  # LibreOffice goes by the columns, Word by the cells
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS_CM, strict=True):
            cell.width = Cm(width)


def _set_row(row: Any, property_name: str) -> None:
    """A row that is not split between pages (`w:cantSplit`), or stands on every page (`w:tblHeader`)."""
    row._tr.get_or_add_trPr().append(OxmlElement(property_name))


def _run(paragraph: Any, text: str, size: float, font: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), font
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
