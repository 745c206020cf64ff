"""What `luodi ledger read` shows a person: which column became what and why, what was turned away, lines to add."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from ingest.header_upkeep import wording_csv_line
from ingest.ledger_types import LedgerReading, SheetReading

_DATE_FROM = {
    "source": "按县配置 source",
    "filing_line": "报送行 filing line",
    "title": "标题 title",
    "file_name": "文件名 file name",
}
_UNIT_FROM = {"leaf": "列表头 header", "group": "分组表头 group", "title": "标题 title", "source": "按县配置 source"}


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
        f"接收 accepted {reading.rows_accepted}  拒收 rejected {reading.rows_rejected}  "
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
    _print_unmapped(reading, console, county_code)
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
        shown = Table(
            title=f"{_safe(sheet.name)} · 表头第 {rows} 行 header rows · {table.kind} · {len(table)} 行 rows",
            title_justify="left",
        )
        for heading in ("列 column", "字段 field", "单位 unit", "为什么 why"):
            shown.add_column(heading, overflow="fold")
        for column in table.columns:
            meaning = column.meaning
            basis = meaning.unit_basis or ""
            unit = f"{meaning.unit.text}（{_UNIT_FROM.get(basis, basis)}）" if meaning.unit else ""
            shown.add_row(_safe(column.key), meaning.field or "[dim]extra[/]", unit, _safe(meaning.why))
        console.print(shown)


def _print_rejected(reading: LedgerReading, console: Console) -> None:
    if not reading.rows_rejected:
        return
    shown = Table(title="拒收的行 rejected rows", title_justify="left")
    for heading in ("工作表 sheet", "行 row", "列 column", "原文 raw", "原因 reason"):
        shown.add_column(heading, overflow="fold")
    for row in reading.rows:
        for reason in row.reasons:
            shown.add_row(
                _safe(row.sheet),
                str(row.row_number),
                _safe(reason.column),
                _safe(reason.raw),
                f"{reason.code} {_safe(reason.message)}",
            )
    console.print(shown)


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


def _print_unmapped(reading: LedgerReading, console: Console, county_code: str | None) -> None:
    unmapped = dict.fromkeys(
        (column.key, table.kind) for table in reading.tables for column in table.columns if column.meaning.field is None
    )
    lines = [line for header, kind in unmapped if (line := wording_csv_line(header, county_code, kind)) is not None]
    if not lines:
        return
    console.print(
        "未识别的列进入 extra；如需识别，在 ingest/wording/headers.csv 加一行，? 换成 fields.csv 里的字段名。"
        "Unmapped columns go to extra; to map one, add its line with a field's name of fields.csv for ?:",
        soft_wrap=True,
    )
    for line in dict.fromkeys(lines):
        console.print(f"  {_safe(line)}", soft_wrap=True)
