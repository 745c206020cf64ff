"""An answer as a table for people."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rich import box
from rich.markup import escape
from rich.table import Table

from warehouse.query import Answer

SHOWN = 200
NO_LABELS: Mapping[str, str] = {}


def answer_table(answer: Answer, labels: Mapping[str, str] = NO_LABELS, shown: int = SHOWN) -> Table:
    """Numbers right-aligned with thousands separators, null as a dash; long answers are cut: see `count_line`.

    Floating-point rates are shown with four decimals, as people compare them; `--csv` and `--json` hold every digit.
    `labels` stand below the names of their columns.
    """
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for position, column in enumerate(answer.columns):
        numbers = any(_is_number(row[position]) for row in answer.rows[:shown])
        table.add_column(_heading(column, labels), justify="right" if numbers else "left", overflow="fold")
    for row in answer.rows[:shown]:
        table.add_row(*(_cell(column, value) for column, value in zip(answer.columns, row, strict=True)))
    return table


def record_tables(answer: Answer, labels: Mapping[str, str] = NO_LABELS, shown: int = SHOWN) -> list[Table]:
    """Each row as a form of its own, a line a column: for tables too wide to read across."""
    forms = []
    for number, row in enumerate(answer.rows[:shown], start=1):
        form = Table(box=None, pad_edge=False, show_header=False, title=f"── {number} ──", title_justify="left")
        form.add_column(no_wrap=True, style="bold")
        form.add_column(no_wrap=True, style="dim")
        form.add_column(overflow="fold")
        for column, value in zip(answer.columns, row, strict=True):
            form.add_row(escape(column), escape(labels.get(column, "")), _cell(column, value))
        forms.append(form)
    return forms


def count_line(answer: Answer, shown: int = SHOWN) -> str:
    """How many rows there are and how many are shown. No caption: a table's caption wraps at the table's width."""
    total = len(answer.rows)
    rows = f"{total} 行以上 rows or more" if answer.is_cut else f"{total} 行 rows"
    if total <= shown and not answer.is_cut:
        return rows
    return f"{rows}，显示前 {min(shown, total)} 行 first {min(shown, total)} shown; --csv gives all"


def _heading(column: str, labels: Mapping[str, str]) -> str:
    label = labels.get(column)
    return f"{escape(column)}\n[dim]{escape(label)}[/dim]" if label else escape(column)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _cell(column: str, value: Any) -> str:
    if value is None:
        return "[dim]—[/dim]"
    if isinstance(value, bool):
        return "true" if value else "false"  # as SQL writes them
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    if isinstance(value, float):
        return f"{value:.4f}" if column.endswith("_rate") else _float(value)
    return escape(str(value))


def _float(value: float) -> str:
    """Whole amounts as whole numbers; else fifteen digits, all that a float surely holds."""
    if value.is_integer() and abs(value) < 2**53:
        return f"{value:,.0f}"
    return f"{value:,.15g}"
