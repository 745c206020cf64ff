"""An answer as a table for people."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rich import box
from rich.markup import escape
from rich.table import Table

from warehouse.query import Answer

SHOWN = 200


def answer_table(answer: Answer) -> Table:
    """Numbers right-aligned with thousands separators, null as a dash; long answers are cut: see `count_line`."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for position, column in enumerate(answer.columns):
        numbers = any(_is_number(row[position]) for row in answer.rows[:SHOWN])
        table.add_column(escape(column), justify="right" if numbers else "left", overflow="fold")
    for row in answer.rows[:SHOWN]:
        table.add_row(*(_cell(value) for value in row))
    return table


def count_line(answer: Answer) -> str:
    """How many rows there are and how many are shown. No caption: a table's caption wraps at the table's width."""
    total = len(answer.rows)
    if total <= SHOWN:
        return f"{total} 行 rows"
    return f"{total} 行 rows，显示前 {SHOWN} 行 first {SHOWN} shown; --csv gives all"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _cell(value: Any) -> str:
    if value is None:
        return "[dim]—[/dim]"
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    if isinstance(value, float):
        return _float(value)
    return escape(str(value))


def _float(value: float) -> str:
    """Whole amounts as whole numbers; else fifteen digits, all that a float surely holds."""
    if value.is_integer() and abs(value) < 2**53:
        return f"{value:,.0f}"
    return f"{value:,.15g}"
