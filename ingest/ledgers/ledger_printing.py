"""What `luodi ledger read` shows a person: which column became what and why, what was turned away, lines to add."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from ingest.columns.column_meaning import ColumnMeaning
from ingest.headers.header_upkeep import wording_csv_line
from ingest.ledgers.ledger_types import LedgerReading, SheetReading

_DATE_FROM = {
    "source": "按县配置 source",
    "filing_line": "报送行 filing line",
    "headers": "各列表头 the headers of its columns",
    "title": "标题 title",
    "file_name": "文件名 file name",
}
_UNIT_FROM = {"leaf": "列 leaf", "group": "组 group", "title": "题 title", "source": "县 source"}
_RAWS = 3
_WIDE = 100  # columns of a terminal from which units have a column of their own


def print_reading(reading: LedgerReading, path: str, console: Console, county_code: str | None = None) -> None:
    """Print which column became what and why, what was turned away, totals that do not agree, lines to add."""
    console.rule(f"[bold]{_safe(path)}")
    if reading.status == "refused":
        console.print(f"[red]拒收 refused[/] {reading.reason_code}: {_safe(reading.reason_message or '')}")
        return
    basis = reading.report_date_basis
    date = f"{reading.report_date or '—'}（{_DATE_FROM.get(basis, basis) if basis else '未写明 not stated'}）"
    console.print(
        f"{reading.format}  报告日期 report date {date}  月份 month {_month(reading)}  "
        f"接受 accepted {reading.rows_accepted}  退回 rejected {reading.rows_rejected}  "
        f"非数据行 furniture {reading.rows_furniture}"
    )
    if reading.report_date is None and any(table.kind == "project" for table in reading.tables):
        console.print(
            "[yellow]没有报告日期，各行不会计入；请在标题、报送行或文件名写明，如 2026年10月。[/] "
            "No report date: its rows will not count. State it in the title, the filing line or the file name."
        )
    for sheet in reading.sheets:
        _print_sheet(sheet, console)
    _print_rejected(reading, console)
    _print_totals(reading, console)
    print_unmapped(unmapped_lines(reading, county_code), console)
    for remark in reading.remarks:
        console.print(f"· {_safe(remark)}")


def _month(reading: LedgerReading) -> str:
    return reading.report_month.strftime("%Y-%m") if reading.report_month else "—"


def _safe(text: str) -> str:
    return text.replace("[", r"\[")


def _print_sheet(sheet: SheetReading, console: Console) -> None:
    if not sheet.tables:
        state = "隐藏 hidden" if sheet.is_hidden else "无表 no table"
        console.print(f"\n工作表 sheet [bold]{_safe(sheet.name)}[/]（{state}，{sheet.furniture_rows} 行 rows）")
        return
    for table in sheet.tables:
        rows = "、".join(map(str, table.header_rows))
        header = (
            f"表头第 {rows} 行 header rows"
            if rows
            else "表头不成行，各值旁有名称 no header row: labels beside the values"
        )
        shown = Table(
            title=f"{_safe(sheet.name)} · {header} · {table.kind} · {len(table)} 行 rows",
            title_justify="left",
            box=SIMPLE_HEAD,
            pad_edge=False,
        )
        narrow = console.width < _WIDE
        shown.add_column("列 column", overflow="fold", ratio=1)
        shown.add_column("字段和单位 field, unit" if narrow else "字段 field", overflow="fold", no_wrap=True)
        if not narrow:
            shown.add_column("单位 unit", overflow="fold", no_wrap=True)
        shown.add_column("凭什么 why", overflow="fold", ratio=1)
        for column in table.columns:
            meaning = column.meaning
            field, unit = meaning.field or "[dim]extra[/]", _unit(meaning)
            middle = ("\n".join(filter(None, (field, unit))),) if narrow else (field, unit)
            shown.add_row(_safe(column.key), *middle, _safe(meaning.why))
        console.print(shown)


def _unit(meaning: ColumnMeaning) -> str:
    if meaning.unit is None:
        return ""
    basis = meaning.unit_basis or ""
    return f"{meaning.unit.text} {_UNIT_FROM.get(basis, basis)}".rstrip()


def _print_rejected(reading: LedgerReading, console: Console) -> None:
    """Once for each reason and column: the rows it holds for, the first raw texts, and what to do."""
    if not reading.rows_rejected:
        return
    found: dict[tuple[str, str, str, str], list[tuple[int, str]]] = {}
    for row in reading.rows:
        for reason in row.reasons:
            key = (row.sheet, reason.column, reason.code, reason.message)
            found.setdefault(key, []).append((row.row_number, reason.raw))
    console.print("[bold]退回的行 rejected rows[/]")
    for (sheet, column, code, message), cells in found.items():
        numbers = _row_ranges(number for number, _ in cells)
        raws = list(dict.fromkeys(raw for _, raw in cells))
        shown = " ".join(f"“{raw}”" for raw in raws[:_RAWS]) + (" …" if len(raws) > _RAWS else "")
        what = f", {_safe(column)}: {_safe(shown)}" if column or any(raws) else ""
        console.print(f"  [red]{code}[/] {_safe(sheet)} 第 {numbers} 行 row{what}")
        console.print(Padding(_safe(message), (0, 0, 0, 4)))


def _row_ranges(numbers: Iterable[int]) -> str:
    """`3–5、8`, in order, each once."""
    ranges: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return "、".join(str(first) if first == last else f"{first}–{last}" for first, last in ranges)


def _print_totals(reading: LedgerReading, console: Console) -> None:
    wrong = [total for total in reading.control_totals if total.stated_value != total.rows_sum]
    agreeing = len(reading.control_totals) - len(wrong)
    if reading.control_totals:
        console.print(f"合计核对 control totals: {agreeing} 一致 agree, {len(wrong)} 不一致 differ")
    for total in wrong:
        console.print(
            f"  第 {total.row_number} 行 row “{_safe(total.label)}” {_safe(total.header)}: "
            f"表内写 stated {total.stated_value}，各行之和 rows sum {total.rows_sum}"
        )


def unmapped_lines(reading: LedgerReading, county_code: str | None) -> list[str]:
    """The lines of `headers.csv` that would map the columns left in `extra`, in their order, each once."""
    unmapped = dict.fromkeys(
        (column.key, table.kind) for table in reading.tables for column in table.columns if column.meaning.field is None
    )
    lines = [line for header, kind in unmapped if (line := wording_csv_line(header, county_code, kind)) is not None]
    return list(dict.fromkeys(lines))


def print_unmapped(lines: Sequence[str], console: Console) -> None:
    """Print what a person adds to `headers.csv`, where there is anything to add."""
    if not lines:
        return
    console.print(
        "未识别的列进入 extra；如需识别，在 ingest/wording/headers.csv 加一行，? 换成 fields.csv 里的字段名。"
        "Unmapped columns go to extra; to map one, add its line with a field's name of fields.csv for ?:",
        soft_wrap=True,
    )
    for line in lines:
        console.print(f"  {_safe(line)}", soft_wrap=True)
