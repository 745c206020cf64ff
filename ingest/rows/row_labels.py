"""Rows that their labels tell: totals, notes, repeated headers, titles, signatures, template rows.

The wordings are in `furniture.csv` (`ingest.rows.furniture`); here it is judged where they stand and what else the row holds.
"""

from __future__ import annotations

import re

from ingest.columns.neighbour_words import says
from ingest.layout.grid import is_data_like
from ingest.layout.table_lines import is_unit
from ingest.layout.table_rows import TableRows, plain_number
from ingest.rows.furniture import (
    ends_like_project,
    group_label,
    is_comparison,
    is_page_number,
    is_signer,
    is_template_hint,
    label_kind,
    plain_group_text,
)
from ingest.rows.group_fields import kind_of_heading
from ingest.rows.heading_numbers import heading_number
from ingest.rows.row_told_lines import told_line
from ingest.rows.row_types import RowFindings, TotalRow
from ingest.values.printed import cell_text, compact
from ingest.values.units import unit_in_text

_ENOUGH_DETAILS = 2
_PROJECT_END = re.compile(r"(?:项目|工程|基地|园区?|建设)(?:[(（][^()（）]{1,10}[)）])?$")
_SENTENCE = re.compile(r"[。；;！!]|[,，].*[,，]")
_STOP = re.compile(r"[。；;！!]")
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]$")
_FEWEST_BRACKETED = 3
_FOOT_DATE = re.compile(
    r"^二[〇○零][〇○零一二三四五六七八九十]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日$"
    r"|^(?:19|20)\d\d(?:年|[./-])\d{1,2}(?:月|[./-])(?:\d{1,2}日?)?(?: ?\d{1,2}:\d\d(?::\d\d)?)?$"
)
_LONGEST_SIGNER = 20
_UNIT_BEHIND = re.compile(r"[(\[]([^()\[\]]{1,4})[)\]]:?$")
_PAIR = 2
_MOST_SAMPLES = 2
_LONGEST_SAMPLE = 6
_STARS = "★※*"
_LONGEST_STARRED = 10
_COUNT_ALONE = re.compile(r"\((?:共)?\d{1,3}个(?:项目)?\)$")
_SUMS = frozenset({"total", "subtotal"})
_UNIT_LINE = re.compile(r"^[(\[]?(?:金额|计量|货币)?单位(?:均)?(?::|为|是)[^,。;]{1,12}$")
_SEALED = re.compile(r"\((?:盖章|签字|签章|公章|章)\)$")
_TELLS_WHO = re.compile(r"([^()]{2,12})\([^()]*(?:责任人|负责人|联系人|电话)[^()]*\)")
_NUMBERED = re.compile(r"(\D*(?:\d+\D+)*)(\d{1,5})\D?")
_ORDINAL = re.compile(r"[(第]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[)个项]?[、.:]?")
_TITLE = re.compile(r"(?:一览表|明细表|统计表|汇总表|情况表|进度表|调度表|台账|台帐)(?:[(（].{0,20}[)）])?$")


def label_role(rows: TableRows, found: RowFindings, row: int, cells: list[int]) -> str | None:
    """The role that the labels of a row announce, if any."""
    return (
        _total_role(rows, found, row, cells)
        or _further_line_of_total(rows, found, row, cells)
        or ("header" if _repeats_header(rows, row, cells) else None)
        or _foot_role(rows, found, row, cells)
        or ("note" if _only_counts(rows, row, cells) else None)
    )


def _only_counts(rows: TableRows, row: int, cells: list[int]) -> bool:
    """Whether a row holds a number alone where names stand: （二） above the second project's own header."""
    return cells == [rows.name] and _ORDINAL.fullmatch(compact(rows.name_text(row))) is not None


def _total_role(rows: TableRows, found: RowFindings, row: int, cells: list[int]) -> str | None:
    labels = _labels(rows, row, cells)
    kinds = [label_kind(text) for text in labels]
    for kind in ("subtotal", "total", "average"):
        if kind in kinds and not _is_described(rows, row, cells, labels[kinds.index(kind)]):
            if kind != "average":
                found.result.totals.append(TotalRow(row, kind, labels[kinds.index(kind)]))
            return kind
    if rows.kind == "project" and _sums_a_heading(rows, row, cells):
        return "subtotal"
    compares = rows.kind == "project" and any(map(is_comparison, [*labels[:1], rows.name_text(row)]))
    return "average" if compares and not rows.details(row, cells[1:]) else None


def _further_line_of_total(rows: TableRows, found: RowFindings, row: int, cells: list[int]) -> str | None:
    """投资金额 | 3000 beside a 总计 that is merged over both its lines (项目个数 | 12 above)."""
    if not rows.grid.merges or rows.is_numbered(row):
        return None
    for column in range(rows.left, cells[0]):
        area = rows.grid.merge_at(row, column)
        if area is not None and area.top < row and found.roles.get(area.top) in {"total", "subtotal"}:
            label = rows.values[area.top][area.left]
            return found.roles[area.top] if isinstance(label, str) and label_kind(label) in _SUMS else None
    return None


def _sums_a_heading(rows: TableRows, row: int, cells: list[int]) -> bool:
    """城关镇计, 在建项目计: 计 behind a heading's wording, beside figures."""
    lead = cell_text(rows.values[row][cells[0]])
    heading = compact(lead if lead.endswith("计") else rows.name_text(row)).rstrip(":")
    if not heading.endswith("计") or rows.is_numbered(row) or rows.details(row, cells[1:]):
        return False
    return rows.states_figures(row) and rows.is_heading(heading.removesuffix("计"))


def _foot_role(rows: TableRows, found: RowFindings, row: int, cells: list[int]) -> str | None:
    """What mostly stands below a table: notes, signatures, parts, the title of the next page."""
    values = rows.values[row]
    lead, last = cell_text(values[cells[0]]), values[cells[-1]]
    first = label_kind(lead)
    if first == "note" and len(cells) <= 2 and not _is_starred_heading(rows, lead):
        found.in_notes = found.in_notes or not is_page_number(lead)
        return "note"
    if rows.kind == "project" and (
        _names_a_part(rows, row, cells) or (first == "of_which" and not _tells_more(rows, row, cells))
    ):
        return "of_which"
    if first == "template" or label_kind(rows.name_text(row)) == "template":
        return "template"
    if _is_signature(rows, row, cells):
        return "signature"
    if cells == [rows.name] and _FOOT_DATE.match(compact(lead)):
        return "signature"
    if len(cells) == 1 and _is_unit_line(lead):
        return "title"
    if len(cells) == 1 and (first == "continued" or compact(lead) in rows.title_texts or _titles_a_page(rows, lead)):
        return "title"
    if len(cells) == _PAIR and is_page_number(cell_text(last)) and _titles_again(rows, lead):
        return "title"
    if _states_one_figure(rows, row, cells) or (rows.kind == "project" and len(cells) == 1 and told_line(rows, row)):
        return "note"
    is_heading = len(cells) == 1 and rows.is_heading(lead)
    if found.in_notes and len(cells) <= 2 and not (is_data_like(last) or is_heading or _counts_on(rows, found, row)):
        return "note"
    if (
        len(cells) == 2
        and rows.is_numbered(row)
        and isinstance(last, str)
        and last.rstrip().endswith(("。", "；", ";"))
    ):
        found.in_notes = True
        return "note"
    if len(cells) == 1 and isinstance(last, str) and _reads_as_note(rows, row, cells[0], lead):
        found.in_notes = True
        return "note"
    return None


def _is_starred_heading(rows: TableRows, text: str) -> bool:
    """★ 在建项目, ★ 其他（2个）: a heading in the dress of a note, by its wording or by the number of projects it states."""
    plain = plain_group_text(text)
    if rows.is_heading(plain):
        return True
    is_short = 0 < len(plain) <= _LONGEST_STARRED and label_kind(plain) is None
    return compact(text)[0] in _STARS and is_short and bool(_COUNT_ALONE.search(compact(text)))


def _titles_again(rows: TableRows, lead: str) -> bool:
    """青山区招商项目表 | 第2页: the title with another number."""
    return any(text.startswith(compact(lead)) for text in rows.title_texts)


def _titles_a_page(rows: TableRows, text: str) -> bool:
    """Whether a text is the title of a further page; 开工项目一览表 between rows says which stage follows."""
    return bool(_TITLE.search(compact(text))) and not rows.is_heading(text)


def _states_one_figure(rows: TableRows, row: int, cells: list[int]) -> bool:
    """本月新增（个） | 2: a figure and what it counts below the records, in the columns of numbers and names or with its
    unit.
    """
    if rows.kind != "project" or len(cells) != _PAIR:
        return False
    lead, figure = (rows.values[row][column] for column in cells)
    if not isinstance(lead, str) or is_data_like(lead) or plain_number(figure) is None:
        return False
    unit = _UNIT_BEHIND.search(compact(lead))
    return cells == [rows.sequence, rows.name] or (unit is not None and is_unit(unit[1]))


def _is_unit_line(text: str) -> bool:
    """Whether a text states the unit of the amounts below it (`单位：万元`), as above the next page's header."""
    return bool(_UNIT_LINE.match(compact(text))) and any(unit.is_money for unit in unit_in_text(text))


def _tells_more(rows: TableRows, row: int, cells: list[int]) -> bool:
    """Whether a row is a project called 其中岭风电: its name has no colon behind 其中, and is described; or the first of the
    projects that make up the line of a town above it: 其中：甲项目, described as well.
    """
    if rows.details(row, cells) < _ENOUGH_DETAILS:
        return False
    before, colon, name = compact(cell_text(rows.values[row][cells[0]])).partition(":")
    return not colon or (before == "其中" and cells[0] == rows.name and _PROJECT_END.search(name) is not None)


def _names_a_part(rows: TableRows, row: int, cells: list[int]) -> bool:
    """Whether the name says 其中：, other columns before it or not, and nothing describes a project of its own."""
    name = rows.name_text(row)
    return label_kind(name) == "of_which" and not rows.is_numbered(row) and not rows.details(row, cells)


def _labels(rows: TableRows, row: int, cells: list[int]) -> list[str]:
    """The texts that may label a row: its first three text cells left of the figures, and its identity cells.

    A first cell of words may label the row from a column of figures too, where that stands first.
    """
    values = rows.values[row]
    lead = values[cells[0]]
    if cells[0] in rows.figures and isinstance(lead, str) and label_kind(lead) is not None:
        return [cell_text(lead)]
    columns = [column for column in cells if isinstance(values[column], str) and column not in rows.figures][:3]
    parts = [compact(cell_text(values[column])) for column in columns[:2]]
    if [len(part) for part in parts] == [1, 1] and label_kind("".join(parts)):
        # 合 | 计
        return ["".join(parts)]
    columns += [column for column in rows.identity if column not in columns and isinstance(values[column], str)]
    return [cell_text(values[column]) for column in columns]


def _is_described(rows: TableRows, row: int, cells: list[int], label: str) -> bool:
    """Whether a row with a total's label has its own name beside it, and so is data after all."""
    name = rows.values[row][rows.name] if rows.name is not None else None
    if name is None:
        return False
    if cell_text(name) == label:
        # A numbered project may be called 全县汇总; what describes it tells it from a total.
        return rows.is_numbered(row) and rows.details(row, cells) >= _ENOUGH_DETAILS
    return label_kind(cell_text(name)) is None and rows.details(row, cells) >= 3


def _counts_on(rows: TableRows, found: RowFindings, row: int) -> bool:
    """Whether a row's printed number goes on from the record above (notes start again at 1)."""
    if rows.name is None or rows.values[row][rows.name] is None:
        return False
    own = _NUMBERED.fullmatch(rows.number_text(row))
    if own is None or (rows.is_numbered(row) and _goes_on_with_notes(rows, found, row, rows.number(row))):
        return False
    above = next((one for one in range(row - 1, -1, -1) if found.roles.get(one) == "data"), None)
    if above is None:
        return rows.is_numbered(row)
    before = _NUMBERED.fullmatch(rows.number_text(above))
    return before is not None and before[1] == own[1] and int(own[2]) == int(before[2]) + 1


def _goes_on_with_notes(rows: TableRows, found: RowFindings, row: int, number: int) -> bool:
    """Whether the row above is a note numbered one less (notes `1`, `2`, `3` below two projects)."""
    if number < 2 or found.roles.get(row - 1) != "note" or not rows.is_numbered(row - 1):
        return False
    return rows.number(row - 1) == number - 1


def _reads_as_note(rows: TableRows, row: int, column: int, text: str) -> bool:
    """Whether a lone text is a sentence or too long for a heading; a long project name ends as such."""
    if text.rstrip().endswith((",", "，")):
        return True
    heading = group_label(_BRACKETED.sub("", text))
    if heading is not None and heading.label and not _STOP.search(text):
        # 一、在建项目（12个，总投资60亿元，到位20亿元）: what a heading comes to makes it no sentence.
        return bool(_SENTENCE.search(heading.label)) or len(heading.label) > 40
    if _SENTENCE.search(text):
        return True
    is_name = column == rows.name and rows.grid.span(row, column) == 1 and _PROJECT_END.search(text)
    return len(text) > 40 and not is_name


def _repeats_header(rows: TableRows, row: int, cells: list[int]) -> bool:
    same = sum(1 for column in cells if compact(cell_text(rows.values[row][column])) == rows.leaves.get(column))
    return same >= 2 and same * 2 >= len(cells)


def is_hint_row(rows: TableRows, row: int, cells: list[int]) -> bool:
    """Whether a row tells people how to fill in the form."""
    texts = [compact(cell_text(rows.values[row][column])) for column in cells]
    hints = sum(map(is_template_hint, texts))
    if hints and len(texts) >= _FEWEST_BRACKETED and all(map(_BRACKETED.match, texts)):
        return True
    return hints >= 2 and hints * 2 >= len(cells)


def _is_signature(rows: TableRows, row: int, cells: list[int]) -> bool:
    if len(cells) > 10:
        return False
    if len(cells) == 1 and _SEALED.search(compact(cell_text(rows.values[row][cells[0]]))):
        return True
    texts = [compact(cell_text(rows.values[row][column])) for column in cells]
    if not rows.is_numbered(row) and is_signer(cell_text(rows.values[row][cells[0]])):
        return True
    if len(texts) == 1 and (head := _TELLS_WHO.fullmatch(compact(texts[0]))) and kind_of_heading(head[1]) is not None:
        # 城关镇（责任人：王某 电话：…） heads the town's projects.
        return False
    if not any(label_kind(text) == "signature" for text in texts):
        return False
    return sum(1 for text in texts if ":" in text) * 3 >= len(texts)


def settle_samples(rows: TableRows, found: RowFindings) -> None:
    """The first records of a list may be samples of how to fill it in, told by a cell of their own (备注: 示例)."""
    if rows.kind != "project":
        return
    if any(label_kind(compact(line.text).rstrip(":")) == "template" for line in rows.table.titles):
        # 填报示例： above a small table of its own.
        end = min(rows.table.repeated_headers, default=rows.table.end_row)
        for row in [one for one in found.with_role("data") if one < end]:
            found.roles[row] = "template"
        return
    for row in found.with_role("data")[:_MOST_SAMPLES]:
        texts = [value for column in rows.cells(row) if isinstance(value := rows.values[row][column], str)]
        if not any(len(text) <= _LONGEST_SAMPLE and label_kind(text) == "template" for text in texts):
            return
        found.roles[row] = "template"


def settle_foot(rows: TableRows, found: RowFindings) -> None:
    """A date at the very end, below a lone name or beside it (`清丰县商务局`, `2026年6月30日`), signs the table; only notes
    and further signatures stand below.
    """
    roles = found.roles
    told = [row for row in sorted(roles) if row >= rows.table.first_row and roles[row] not in {"blank", "template"}]
    while told and roles[told[-1]] in {"note", "signature"}:
        told.pop()
    if not told or told[-1] in rows.merged_tops or not _signs_with_date(rows, told[-1]):
        return
    above = told[-2:-1] if len(rows.cells(told[-1])) == 1 else []
    signing = [row for row in above if row not in rows.merged_tops and _names_signer(rows, row, rows.cells(row))]
    for row in (*signing, told[-1]):
        roles[row] = "signature"
        found.result.continuations.pop(row, None)
        found.headings.pop(row, None)
        found.unnamed.pop(row, None)


def _signs_with_date(rows: TableRows, row: int) -> bool:
    """Whether a row holds a date alone, or behind the office that signs."""
    *before, last = rows.cells(row) or (None,)
    if last is None or not _FOOT_DATE.match(compact(cell_text(rows.values[row][last]))):
        return False
    return not before or (
        _names_signer(rows, row, before) and says("office_cell", compact(cell_text(rows.values[row][before[0]])))
    )


def _names_signer(rows: TableRows, row: int, cells: list[int]) -> bool:
    """Whether a row's cells are one short text where no name stands."""
    if len(cells) != 1 or cells[0] == rows.name:
        return False
    value = rows.values[row][cells[0]]
    return isinstance(value, str) and len(value) <= _LONGEST_SIGNER


def settle_numbered_foot(rows: TableRows, found: RowFindings) -> None:
    """Numbered lines that stand alone at the end of a list whose names are not numbered (`1.到位资金以银行凭证为准`) are notes."""
    if rows.kind != "project" or rows.name is None:
        return
    foot: list[int] = []
    for row in sorted(found.roles, reverse=True):
        if found.roles[row] in {"blank", "note", "signature"}:
            continue
        if found.roles[row] != "data" or not _is_numbered_line(rows, row):
            break
        foot.append(row)
    others = [row for row in found.with_role("data") if row not in foot]
    if foot and others and not any(heading_number(rows.name_text(row)) for row in others):
        for row in foot:
            found.roles[row] = "note"


def _is_numbered_line(rows: TableRows, row: int) -> bool:
    text = rows.name_text(row)
    is_alone = rows.cells(row) == [rows.name] and row not in rows.merged_tops
    is_name = _PROJECT_END.search(text) or ends_like_project(text)
    # 二、三期厂房 is a name.
    return is_alone and heading_number(text) is not None and group_label(text) is not None and not is_name
