"""Random ledgers in random layouts, with what a reader must find in them (a strategy for hypothesis)."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import xlsxwriter
from hypothesis import strategies as st

WAN, YI = Decimal(10_000), Decimal(100_000_000)
UNITS = {"万元": WAN, "亿元": YI, "元": Decimal(1)}

TEXT_COLUMNS = {
    "project_content": ["建设内容", "项目建设内容", "建设内容和规模"],
    "investor_name": ["投资方名称", "外来投资方", "投资方"],
    "responsible_unit": ["责任单位", "牵头责任单位"],
    "responsible_leader": ["包联领导", "县级包联领导"],
    "responsible_person": ["责任人"],
    "industry": ["产业类别"],
    "location": ["建设地点"],
    "progress_note": ["形象进度", "项目进展情况"],
    "problem": ["存在问题"],
    "remark": ["备注"],
}
DATE_COLUMNS = {
    "signed_on": ["签约时间", "合同签约时间"],
    "started_on": ["开工时间", "实际开工时间"],
    "planned_start_on": ["计划开工时间"],
    "production_on": ["投产时间"],
}
MONEY_COLUMNS = {
    "total_investment_cny": ["总投资", "总投资额", "项目总投资"],
    "phase_one_investment_cny": ["一期投资额"],
    "funds_arrived_cumulative_cny": ["累计到位资金"],
    "funds_arrived_ytd_cny": ["本年到位资金"],
    "funds_arrived_month_cny": ["本月到位资金"],
}
GROUPS = {"signed": "签约项目", "started": "在建项目", "in_production": "投产项目"}
HAN = "一二三四五六七八九十"
PLACEHOLDERS = [None, "-", "—", "/", "无"]


@dataclass
class RandomLedger:
    """Cells with merges, and what must be read: typed fields a project, in order, with their 0-based rows."""

    cells: list[list[Any]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    projects: list[dict[str, Any]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    width: int = 0
    title: str = ""

    def add(self, *values: Any) -> int:
        """Add one row; returns its index."""
        self.cells.append([*values, *[None] * (self.width - len(values))])
        return len(self.cells) - 1

    def xlsx(self) -> bytes:
        """As a real workbook with merged cells and typed numbers and dates."""
        target = io.BytesIO()
        with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
            sheet = book.add_worksheet("台账")
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            for top, left, bottom, right in self.merges:
                sheet.merge_range(top, left, bottom, right, "")
            for row, values in enumerate(self.cells):
                for column, value in enumerate(values):
                    if isinstance(value, dt.date):
                        sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), day)
                    elif isinstance(value, Decimal):
                        sheet.write_number(row, column, float(value))
                    elif isinstance(value, str):
                        sheet.write_string(row, column, value)
                    elif value is not None:
                        sheet.write(row, column, value)
        return target.getvalue()

    def csv(self, encoding: str) -> bytes:
        """As delimited text; merged cells leave their value in the first cell."""
        target = io.StringIO()
        csv.writer(target).writerows([["" if value is None else value for value in row] for row in self.cells])
        return target.getvalue().encode(encoding)


@dataclass(frozen=True)
class Column:
    """One column of the random layout."""

    name: str
    path: tuple[str, ...]
    unit: Decimal | None = None
    cell_unit: str = ""


@st.composite
def ledgers(draw: st.DrawFn) -> RandomLedger:
    """A random ledger: columns in any order, headers of one to three rows, units anywhere, totals and groups anywhere."""
    unit_place = draw(st.sampled_from(["leaf", "group", "line", "cell"]))
    unit_name = draw(st.sampled_from(["万元", "亿元"]))
    columns = _columns(draw, unit_place, unit_name)
    ledger = RandomLedger(width=len(columns))
    _titles(draw, ledger, unit_place, unit_name)
    _header(ledger, columns, merged=draw(st.booleans()))
    header_rows = list(ledger.cells)
    depth = max(len(column.path) for column in columns)
    if draw(st.booleans()) and len(columns) >= 3:
        ledger.add(*range(1, len(columns) + 1))
    _body(draw, ledger, columns, header_rows[-depth:])
    _ending(draw, ledger)
    return ledger


def _columns(draw: st.DrawFn, unit_place: str, unit_name: str) -> list[Column]:
    def chosen(pool: dict[str, list[str]], least: int, most: int) -> list[tuple[str, str]]:
        names = draw(st.lists(st.sampled_from(sorted(pool)), min_size=least, max_size=most, unique=True))
        return [(name, draw(st.sampled_from(pool[name]))) for name in names]

    plain = [Column(name, (header,)) for name, header in chosen(TEXT_COLUMNS, 1, 6)]
    plain += [Column(name, (header,)) for name, header in chosen(DATE_COLUMNS, 0, 3)]
    money = chosen(MONEY_COLUMNS, 1, 4)
    plain = draw(st.permutations(plain))
    suffix = f"（{unit_name}）" if unit_place == "leaf" else ""
    cell_unit = unit_name if unit_place == "cell" else ""
    grouped = unit_place == "group" or (len(money) > 1 and draw(st.booleans()))
    if grouped:
        head = draw(st.sampled_from(["投资情况", "资金情况", "项目投资"]))
        head += f"（单位：{unit_name}）" if unit_place == "group" else ""
        block = [Column(name, (head, header + suffix), UNITS[unit_name], cell_unit) for name, header in money]
    else:
        block = [Column(name, (header + suffix,), UNITS[unit_name], cell_unit) for name, header in money]
    at = draw(st.integers(0, len(plain)))
    lead = [Column("sequence_no", ("序号",))] if draw(st.booleans()) else []
    name = Column("project_name", (draw(st.sampled_from(["项目名称", "签约项目名称"])),))
    return [*lead, name, *plain[:at], *block, *plain[at:]]


def _titles(draw: st.DrawFn, ledger: RandomLedger, unit_place: str, unit_name: str) -> None:
    if draw(st.booleans()):
        ledger.add("附件1")
    ledger.title = "2026年6月清丰县招商引资项目台账"
    row = ledger.add(ledger.title)
    if ledger.width > 1:
        ledger.merges.append((row, 0, row, ledger.width - 1))
    if draw(st.booleans()):
        ledger.add("填报单位（盖章）：清丰县商务局")
    if unit_place == "line":
        row = ledger.add()
        ledger.cells[row][draw(st.sampled_from([0, ledger.width - 1]))] = f"单位：{unit_name}"


def _header(ledger: RandomLedger, columns: list[Column], *, merged: bool) -> None:
    depth = max(len(column.path) for column in columns)
    top = len(ledger.cells)
    for level in range(depth):
        row = ledger.add()
        for index, column in enumerate(columns):
            if level < len(column.path):
                first = index == 0 or columns[index - 1].path[: level + 1] != column.path[: level + 1]
                if level == len(column.path) - 1 or first:
                    ledger.cells[row][index] = column.path[level]
    if depth == 1 or not merged:
        return
    index = 0
    while index < len(columns):
        path = columns[index].path
        if len(path) == 1:
            ledger.merges.append((top, index, top + depth - 1, index))
            index += 1
            continue
        last = index
        while last + 1 < len(columns) and columns[last + 1].path[:1] == path[:1]:
            last += 1
        if last > index:
            ledger.merges.append((top, index, top, last))
        index = last + 1


def _body(draw: st.DrawFn, ledger: RandomLedger, columns: list[Column], header: list[list[Any]]) -> None:
    total_place = draw(st.sampled_from(["first", "last", "none"]))
    grouped = draw(st.booleans())
    blocks = draw(st.lists(st.sampled_from(sorted(GROUPS)), min_size=1, max_size=3, unique=True)) if grouped else [""]
    if total_place == "first":
        total_row = _total(
            draw, ledger, columns, draw(st.sampled_from(["合计", "合  计", "合计：", "总计", "全   县"]))
        )
    number = 0
    for position, stage in enumerate(blocks):
        if stage:
            count = f"（{draw(st.integers(1, 9))}个）" if draw(st.booleans()) else ""
            row = ledger.add(f"{HAN[position]}、{GROUPS[stage]}{count}")
            if draw(st.booleans()) and ledger.width > 1:
                ledger.merges.append((row, 0, row, ledger.width - 1))
        first = len(ledger.projects)
        for ordinal in range(1, draw(st.integers(1, 4)) + 1):
            number += 1
            _project(draw, ledger, columns, ordinal, number, stage)
            if draw(st.integers(0, 9)) == 0:
                ledger.add()
        if stage and draw(st.booleans()):
            _sums(ledger, columns, _total(draw, ledger, columns, "小计"), first)
        if draw(st.integers(0, 5)) == 0:
            for cells in header:
                ledger.add(*cells)
    if total_place == "last":
        total_row = _total(draw, ledger, columns, draw(st.sampled_from(["合计", "合  计", "总计："])))
    if total_place != "none":
        _sums(ledger, columns, total_row, 0)


def _total(draw: st.DrawFn, ledger: RandomLedger, columns: list[Column], label: str) -> int:
    row = ledger.add(label)
    if columns[0].name == "sequence_no" and draw(st.booleans()):
        ledger.merges.append((row, 0, row, 1))
    return row


def _sums(ledger: RandomLedger, columns: list[Column], row: int, first: int) -> None:
    for index, column in enumerate(columns):
        if column.unit is None or index == 0:
            continue
        values = [project.get(column.name) for project in ledger.projects[first:]]
        total = sum((value for value in values if value is not None), Decimal(0)) / column.unit
        ledger.cells[row][index] = f"{total.normalize():f}{column.cell_unit}" if column.cell_unit else total


def _project(
    draw: st.DrawFn, ledger: RandomLedger, columns: list[Column], ordinal: int, number: int, stage: str
) -> None:
    expected: dict[str, Any] = {}
    cells: list[Any] = []
    for column in columns:
        if column.name == "sequence_no":
            cells.append(draw(st.sampled_from([ordinal, str(ordinal)])))
            expected["sequence_no"] = str(ordinal)
        elif column.name == "project_name":
            expected["project_name"] = f"华阳{number}号精密制造产业园项目"
            cells.append(expected["project_name"])
        elif column.unit is not None:
            cells.append(_money(draw, column, expected))
        elif column.name in DATE_COLUMNS:
            cells.append(_date(draw, column.name, expected))
        else:
            cells.append(_text(draw, column.name, number, expected))
    if stage:
        expected["stage"] = stage
    ledger.rows.append(ledger.add(*cells))
    ledger.projects.append(expected)


def _money(draw: st.DrawFn, column: Column, expected: dict[str, Any]) -> Any:
    if draw(st.integers(0, 5)) == 0:
        return draw(st.sampled_from(PLACEHOLDERS))
    printed = Decimal(draw(st.integers(1, 9_999_999))) / 100
    expected[column.name] = printed * (column.unit or 1)
    if column.cell_unit:
        return f"{printed}{column.cell_unit}"
    return draw(st.sampled_from([printed, f"{printed:,}", str(printed)]))


def _date(draw: st.DrawFn, name: str, expected: dict[str, Any]) -> Any:
    if draw(st.integers(0, 4)) == 0:
        return draw(st.sampled_from(PLACEHOLDERS))
    day = draw(st.dates(dt.date(2019, 1, 1), dt.date(2026, 6, 1)))
    form = draw(st.sampled_from(["date", "iso", "dots", "han", "digits", "month"]))
    expected[name] = day.replace(day=1) if form == "month" else day
    return {
        "date": day,
        "iso": day.isoformat(),
        "dots": f"{day.year}.{day.month}.{day.day}",
        "han": f"{day.year}年{day.month}月{day.day}日",
        "digits": day.strftime("%Y%m%d"),
        "month": f"{day.year}年{day.month}月",
    }[form]


def _text(draw: st.DrawFn, name: str, number: int, expected: dict[str, Any]) -> Any:
    if draw(st.integers(0, 5)) == 0:
        return draw(st.sampled_from(PLACEHOLDERS))
    words = {
        "project_content": "建设标准化厂房及智能生产线",
        "investor_name": "北京远山科技有限公司",
        "responsible_unit": "县工信局",
        "responsible_leader": "张某某",
        "responsible_person": "李某",
        "industry": "先进制造",
        "location": "产业集聚区东区",
        "progress_note": "主体结构已封顶，正在安装设备",
        "problem": "用地指标不足",
        "remark": "省重点",
    }
    expected[name] = f"{words[name]}{number}" if name in ("investor_name", "project_content") else words[name]
    return expected[name]


def _ending(draw: st.DrawFn, ledger: RandomLedger) -> None:
    if draw(st.booleans()):
        ledger.add("注：1.开工以永久性工程破土为准；2.到位资金以银行进账凭证为准。")
    if draw(st.booleans()):
        row = ledger.add("审核人：王某")
        if ledger.width > 2:
            ledger.cells[row][2] = "填表人：赵某"
    for _ in range(draw(st.integers(0, 3))):
        ledger.add()
