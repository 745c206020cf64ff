"""Write the golden files: one real file a layout of `layouts.csv`, with the JSON a reader must give. Deterministic.

Run by hand after a change here (`python tests/golden/make_goldens.py`); what is expected comes from the values below,
never from the reader.
"""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import json
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

HERE = Path(__file__).parent
FILES, EXPECTED = HERE / "files", HERE / "expected"
STAMP = dt.datetime(2026, 7, 1, tzinfo=dt.UTC).replace(tzinfo=None)
TITLE_DATES = "2026-06-01至2026-06-30"
NAMES = ("东城1号智能装备产业园项目", "西岗精密铸造生产线项目", "南湖冷链物流港项目")
STAGES = (("签约", "signed"), ("在建", "started"), ("已投产", "in_production"))
REGIONS = ("下陆区", "铁山区", "阳新县")


@dataclass(frozen=True)
class Column:
    """One line of `layouts.csv`."""

    path: tuple[str, ...]
    field: str
    type: str
    multiplier: int

    @property
    def header(self) -> str:
        return " > ".join(self.path)


@dataclass
class Golden:
    """A file in the making: cells, merges, and what must be read."""

    layout: str
    columns: list[Column]
    kind: str = "project"
    format: str = "xlsx"
    text_only: bool = False
    cells: list[list[Any]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    refusal: str | None = None
    default_unit: str | None = None
    report_date: str | None = None

    @property
    def width(self) -> int:
        return len(self.columns)

    def add(self, *values: Any, merge: tuple[int, int] | None = None) -> int:
        """Add a row of furniture; `merge` is its first and last merged column."""
        self.cells.append([*values, *[None] * (self.width - len(values))])
        row = len(self.cells) - 1
        if merge and merge[1] > merge[0]:
            self.merges.append((row, merge[0], row, merge[1]))
        return row

    def header(self) -> None:
        """Add the header block with its merges."""
        depth = max(len(column.path) for column in self.columns)
        top = len(self.cells)
        for level in range(depth):
            self.add()
            for index, column in enumerate(self.columns):
                before = self.columns[index - 1].path if index else ()
                starts = before[: level + 1] != column.path[: level + 1] or level == len(column.path) - 1
                if level < len(column.path) and starts:
                    self.cells[top + level][index] = column.path[level]
                    self._merge_header(index, level, top, depth)

    def _merge_header(self, index: int, level: int, top: int, depth: int) -> None:
        path = self.columns[index].path
        if level == len(path) - 1:
            if level < depth - 1:
                self.merges.append((top + level, index, top + depth - 1, index))
            return
        last = index
        while last + 1 < self.width and self.columns[last + 1].path[: level + 1] == path[: level + 1]:
            last += 1
        if last > index:
            self.merges.append((top + level, index, top + level, last))

    def record(self, number: int, **given: Any) -> int:
        """Add a data row of generated values; `given` are printed cells by field that differ."""
        printed, fields, extra, values = [], {}, {}, []
        for column in self.columns:
            shown, expected = cell(column, number, self)
            if column.field in given:
                shown, expected = given[column.field]
            printed.append(shown)
            if column.field.startswith("value:"):
                values.append(expected)
            elif not column.field:
                if shown is not None:
                    extra[column.header] = printed_text(shown)
            elif isinstance(expected, dict):
                fields.update(expected)
            elif expected is not None:
                fields[column.field] = expected
        row = self.add(*printed)
        found: dict[str, Any] = {"row": row + 1, "fields": fields, "extra": extra}
        if values:
            found["values"] = values
        self.rows.append(found)
        return row


def printed_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def cell(column: Column, number: int, golden: Golden) -> tuple[Any, Any]:
    """A printed cell and what it must be read as: the `number`th of the field's forms."""
    leaf = column.path[-1]
    if column.field.startswith("value:"):
        return figure(column, number)
    if column.type.startswith("amount"):
        amount = (Decimal("1.25"), Decimal("12345.6"), Decimal("0.8"))[number % 3]
        forms: tuple[Any, ...] = (
            amount,
            f"{amount:,}",
            f"{amount}".translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        )
        shown = str(amount) if golden.text_only and number % 3 == 0 else forms[number % 3]
        return shown, as_json(amount * column.multiplier)
    if column.type == "date":
        day = dt.date(2026, 1 + number, 11 + number)
        shown = (day, f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月")[number % 3]
        if number % 3 == 0 and (golden.text_only or golden.format in ("csv", "html")):
            shown = day.isoformat()
        expected = day.replace(day=1) if number % 3 == 2 else day
        precision = "month" if number % 3 == 2 else "day"
        return shown, {column.field: expected.isoformat(), f"{column.field}_precision": precision}
    if column.type == "date_range":
        return "2024-2026", {
            "planned_start_on": "2024-01-01",
            "planned_start_on_precision": "year",
            "planned_completion_on": "2026-01-01",
            "planned_completion_on_precision": "year",
        }
    if column.type == "stage":
        word, stage = STAGES[number % 3]
        return word, {"stage": stage, "stage_raw": word}
    plain = {
        "project_name": NAMES[number % 3],
        "sequence_no": str(number + 1),
        "project_code": f"2406-410928-04-01-{123456 + number}",
        "region_name": REGIONS[number % 3],
        "contact_phone": "138****0001",
        "category": ("一类", "二类", "二类")[number % 3],
    }
    if column.type == "number":
        return number + 2, number + 2
    if column.field in plain:
        return plain[column.field], plain[column.field]
    text = f"{leaf.strip('”“[]()（）')[:6]}甲{number}"
    return text, text


def figure(column: Column, number: int) -> tuple[Any, dict[str, Any]]:
    """A summary's figure: printed, and what it must be read as."""
    _, indicator, measure, scope, origin = column.field.split(":")
    expected: dict[str, Any] = {
        "header": column.header,
        "indicator": indicator or None,
        "measure": measure or None,
        "scope": scope or None,
        "funds_origin": origin or None,
    }
    if column.type == "rate":
        return f"{50 + number}.5%", expected | {"value": 50.5 + number, "unit": "percent"}
    if column.type == "amount_cny":
        amount = Decimal(20 + number) / 10
        return amount, expected | {"value": as_json(amount * column.multiplier), "unit": "CNY"}
    return 10 + number, expected | {"value": 10 + number}


def as_json(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


# Layouts


def load() -> dict[str, list[Column]]:
    found: dict[str, list[Column]] = {}
    with (HERE / "layouts.csv").open(encoding="utf-8", newline="") as handle:
        for record in csv.DictReader(handle):
            path = tuple(record["header"].split(" > "))
            multiplier = int(record["multiplier"] or 1)
            found.setdefault(record["layout"], []).append(Column(path, record["field"], record["type"], multiplier))
    return found


FORMATS = {
    "html": "D01 D03 D12 D24 D28",
    "xls": "D02 D09 D11 D19 D22",
    "csv": "D13 D15 D20 D27",
}
TEXT_ONLY = ["D02", "D04", "D05", "D06"]
TITLES = {
    "D02": f"{TITLE_DATES}县（市）区（开发区）新注册重点项目一览表",
    "D04": f"{TITLE_DATES}县（市）区（开发区）新开工重点项目一览表",
    "D05": f"{TITLE_DATES}县（市）区（开发区）新投产重点项目一览表",
    "D06": f"{TITLE_DATES}招商分局新开工一览表",
    "D08": f"{TITLE_DATES}县、市、区（开发区）外出招商情况上报表",
    "D09": f"{TITLE_DATES}县、市、区（开发区）招商引资工作目标进度汇总表",
    "D10": f"{TITLE_DATES}产业链招商分局工作目标情况汇总表",
    "D11": f"{TITLE_DATES}县（市）区（开发区）党政主职驻外招商进度汇总表",
    "D16": "2026年6月重点项目汇总（单位：万元）",
    "D19": "2026年6月招商项目汇总表",
    "D22": "招商引资项目大兑现自评表",
    "D25": "附件三",
}
SUMMARIES = ["D09", "D10", "D11", "D12", "D21", "D22", "D23", "D24", "D25"]


def build(layout: str, columns: list[Column]) -> Golden:
    golden = Golden(layout, columns)
    golden.format = next((name for name, layouts in FORMATS.items() if layout in layouts.split()), "xlsx")
    golden.text_only = layout in TEXT_ONLY
    if layout in SUMMARIES:
        golden.kind = "summary"
    if layout in TITLES:
        golden.add(TITLES[layout], merge=(0, golden.width - 1))
        golden.report_date = "2026-06-30" if "2026" in TITLES[layout] else None
    special = {"D08": trips, "D09": total_first, "D10": total_first, "D11": total_last, "D16": wide, "D19": groups}
    special |= {
        "D18": no_unit,
        "D15": no_name,
        "D22": filing_line,
        "D26": problems,
        "D20": unit_line,
        "D25": rubric,
    }
    special.get(layout, plain_rows)(golden)
    return golden


def plain_rows(golden: Golden) -> None:
    golden.header()
    for number in range(3):
        golden.record(number)


def total_first(golden: Golden) -> None:
    """合计 as the first data row."""
    golden.header()
    labels = sum(1 for column in golden.columns if not column.field.startswith("value:"))
    golden.add("合计：", *[None] * (labels - 1), *[33 for _ in range(golden.width - labels)], merge=(0, labels - 1))
    first = len(golden.cells)
    for number in range(3):
        golden.record(number)
    if golden.layout == "D09":
        golden.merges.append((first + 1, 1, first + 2, 1))
        golden.cells[first + 2][1] = None


def total_last(golden: Golden) -> None:
    golden.header()
    for number in range(3):
        golden.record(number)
    golden.add("合计", None, 33, 33, merge=(0, 1))


def trips(golden: Golden) -> None:
    """One trip is three company rows, merged; one 小计 a unit."""
    golden.kind = "outreach"
    golden.header()
    top = golden.record(0)
    for number in (1, 2):
        row = golden.record(number)
        first = golden.rows[0]
        for index, column in enumerate(golden.columns[:8]):
            golden.cells[row][index] = None
            if column.field:
                golden.rows[number]["fields"].update(
                    {k: v for k, v in first["fields"].items() if k.removesuffix("_precision") == column.field}
                )
        golden.rows[number]["extra"] = dict(first["extra"])
    for index in range(8):
        golden.merges.append((top, index, top + 2, index))
    golden.add("小计", None, None, None, None, None, 2, merge=(0, 5))
    golden.record(1)


def wide(golden: Golden) -> None:
    """Cumulative months side by side: the report month fills the field, the others stay in extra."""
    golden.header()
    for number in range(2):
        golden.record(number)
    for found in golden.rows:
        row = golden.cells[found["row"] - 1]
        found["fields"] = {k: v for k, v in found["fields"].items() if not k.startswith("investment_done")}
        for index, column in enumerate(golden.columns):
            if not column.field.startswith("investment_done"):
                continue
            row[index] = 100 + index
            if column.header == "1-6月完成投资":
                found["fields"]["investment_done_ytd_cny"] = (100 + index) * 10_000
            else:
                found["extra"][column.header] = str(100 + index)


def groups(golden: Golden) -> None:
    """一、→（一）→1 with restarting numbers; group rows hold counts and amounts, also in two currencies."""
    golden.add("单位：万元")
    golden.header()
    group_rows = [("一", "工业", 2, "12346.85万元、500万美元"), ("（一）", "装备制造", 1, 1.25)]
    for cells in group_rows:
        golden.add(*cells)
    golden.record(0, sequence_no=("1", "1"))
    golden.add("（二）", "食品加工", 1, 12345.6)
    golden.record(1, sequence_no=("1", "1"))
    golden.add("二", "农业", 1, 0.8)
    golden.record(2, sequence_no=("1", "1"))
    for found, industry in zip(golden.rows, ("工业", "工业", "农业"), strict=True):
        found["fields"]["industry"] = industry
        found["extra"] = {}
        golden.cells[found["row"] - 1][2] = None
    golden.add("合计", None, 3, 12347.65)


def no_unit(golden: Golden) -> None:
    """No unit anywhere in the file: the source's configuration states it."""
    golden.default_unit = "万元"
    plain_rows(golden)


def unit_line(golden: Golden) -> None:
    golden.add("单位：万元")
    plain_rows(golden)


def no_name(golden: Golden) -> None:
    plain_rows(golden)
    golden.refusal, golden.rows = "no_project_column", []


def rubric(golden: Golden) -> None:
    """How points are given states no figure of anybody."""
    second_title(golden)
    golden.refusal, golden.rows = "no_project_column", []


def filing_line(golden: Golden) -> None:
    golden.add("被考核单位:(盖章) 考核日期: 2026年6月30日")
    golden.report_date = "2026-06-30"
    golden.header()
    golden.record(0)


def second_title(golden: Golden) -> None:
    golden.add("产业专班绩效考核评分表", merge=(0, golden.width - 1))
    plain_rows(golden)


def problems(golden: Golden) -> None:
    golden.kind = "problem"
    plain_rows(golden)
    for found in golden.rows:
        found["fields"]["problem_kind"] = "problem"


# Formats


def write(golden: Golden) -> bytes:
    return {"xlsx": write_xlsx, "xls": write_xls, "html": write_html, "csv": write_csv}[golden.format](golden)


def write_xlsx(golden: Golden) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": STAMP})
        sheet = book.add_worksheet("Sheet1")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for top, left, bottom, right in golden.merges:
            sheet.merge_range(top, left, bottom, right, "")
        for row, cells in enumerate(golden.cells):
            for column, value in enumerate(cells):
                if isinstance(value, dt.date):
                    sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), day)
                elif isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif value is not None:
                    sheet.write_number(row, column, float(value))
    return target.getvalue()


def write_xls(golden: Golden) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    merged = {(top, left): (bottom, right) for top, left, bottom, right in golden.merges}
    for row, cells in enumerate(golden.cells):
        for column, value in enumerate(cells):
            shown = float(value) if isinstance(value, Decimal) else value
            if (row, column) in merged:
                bottom, right = merged[row, column]
                sheet.write_merge(row, bottom, column, right, shown)
            elif isinstance(value, dt.date):
                sheet.write(row, column, value, day)
            elif value is not None:
                sheet.write(row, column, shown)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def write_html(golden: Golden) -> bytes:
    merged = {(top, left): (bottom, right) for top, left, bottom, right in golden.merges}
    covered = {
        (row, column)
        for top, left, bottom, right in golden.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    lines = ['<html><head><meta charset="gb2312"></head><body><table border="1">']
    for row, cells in enumerate(golden.cells):
        shown = []
        for column, value in enumerate(cells):
            if (row, column) in covered:
                continue
            bottom, right = merged.get((row, column), (row, column))
            spans = f' rowspan="{bottom - row + 1}"' if bottom > row else ""
            spans += f' colspan="{right - column + 1}"' if right > column else ""
            text = html.escape(printed_text(value)) if value is not None else "&nbsp;"
            shown.append(f"<td{spans}>{text}</td>")
        lines.append(f"<tr>{''.join(shown)}</tr>")
    lines.append("</table></body></html>")
    return "\n".join(lines).encode("gb18030")


def write_csv(golden: Golden) -> bytes:
    target = io.StringIO()
    rows = [["" if value is None else printed_text(value) for value in row] for row in golden.cells]
    csv.writer(target).writerows(rows)
    return target.getvalue().encode("utf-8-sig" if golden.layout == "D13" else "gb18030")


def main() -> None:
    for folder in (FILES, EXPECTED):
        folder.mkdir(exist_ok=True)
    for layout, columns in load().items():
        golden = build(layout, columns)
        suffix = "xls" if golden.format == "html" else golden.format
        (FILES / f"{layout}.{suffix}").write_bytes(write(golden))
        expected = {
            "file": f"{layout}.{suffix}",
            "kind": golden.kind,
            "refusal": golden.refusal,
            "report_date": golden.report_date,
            "default_unit": golden.default_unit,
            "height": len(golden.cells),
            "rows": golden.rows,
        }
        text = json.dumps(expected, ensure_ascii=False, indent=1)
        (EXPECTED / f"{layout}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
