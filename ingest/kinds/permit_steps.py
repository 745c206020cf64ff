"""Permit steps that stand side by side: 项目名称 | 立项备案 | 环评批复 | 施工许可 with a date, a tick or a word in each, or below
each step who answers, when it is due and when it was done.

One row is one project; every step of it becomes a `StepValue`, which the warehouse counts as a project's step like those of
lists with a row a step. The steps' names are data (`wording/permit_steps.csv`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.formats.sheet import CellValue
from ingest.headers.header_column import interpret_column
from ingest.headers.header_text import segment
from ingest.kinds.item_states import state_said
from ingest.kinds.mark_legend import legend
from ingest.ledgers.ledger_types import FieldValue, StepValue, TableReading
from ingest.values.cell_values import is_placeholder
from ingest.values.dates import ParsedDate, parse_date
from ingest.values.printed import cell_text, compact
from ingest.wording_registry import permit_step_words

DONE, OPEN, NOT_NEEDED = "已办理", "未办理", "无需办理"
_FEWEST = 2
_CIRCLES, _CROSSES = {"○", "◯"}, {"×", "✗", "✘", "x", "X"}
_NUMBER = re.compile(r"^[(（]?\d{1,2}[)）.、．]?")
_DAY = re.compile(r"(?:20\d\d)[年./-]\d{1,2}(?:[月./-]\d{1,2}日?)?")
_BESIDE_DAY = re.compile(r"[()（）,，;；:：]")
_PERIOD = ("owner_unit", "owner_leader", "owner_person", "due_on", "closed_on", "status", "received_on")
_ROLE_OF = {"owner_leader": "owner_person", "responsible_unit": "owner_unit", "responsible_leader": "owner_person"}
# What says that a row tells of the project itself, and not only of its permits.
_TELLS_PROJECT = (
    frozenset(
        {"project_content", "signed_on", "started_on", "planned_start_on", "completed_on", "production_on", "stage"}
    )
    | {"planned_completion_on", "planned_production_on", "registered_on", "performed_on", "landed_on", "progress_note"}
    | {"progress_rate", "signing_event", "agreement_type", "investment_form", "capital_origin", "industry_chain"}
)


@dataclass(frozen=True, slots=True)
class StepColumn:
    """A column of one step: its place in the table, the step, and what its cells say (`status` also for plain dates)."""

    position: int
    step: str
    role: str


def step_columns(meanings: Sequence[ColumnMeaning]) -> list[StepColumn]:
    """The columns of steps, where there are two steps at least and a column names the project or its company."""
    named = any(one.field in ("project_name", "project_company", "investor_name") for one in meanings)
    if not named:
        return []
    found = [column for position, one in enumerate(meanings) if (column := _step_column(position, one)) is not None]
    if len({column.step for column in found}) < _FEWEST:
        return []
    return sorted([*found, *_bare_steps(meanings, found)], key=lambda column: column.position)


def _bare_steps(meanings: Sequence[ColumnMeaning], found: Sequence[StepColumn]) -> list[StepColumn]:
    """规划 | 土地 | 环评, 施工许可 | 验收: right beside a step below the same heading a word that alone would be no step."""
    steps = {column.position for column in found if column.role == "status"}
    bare: list[StepColumn] = []
    for position, one in enumerate(meanings):
        text = _NUMBER.sub("", segment(one.path[-1]).core) if one.path and one.field is None else ""
        if position in steps or segment(one.path[-1]).units or text not in _cells("group_step") | _cells("bare_step"):
            continue
        if any(
            beside in steps and meanings[beside].path[:-1] == one.path[:-1] for beside in (position - 1, position + 1)
        ):
            bare.append(StepColumn(position, text, "status"))
    return bare


def lists_only_steps(meanings: Sequence[ColumnMeaning], steps: Sequence[StepColumn]) -> bool:
    """Whether a row says no more of its project than its name, who answers for it, and how its permits stand."""
    of_steps = {column.position for column in steps}
    others = {one.field for position, one in enumerate(meanings) if position not in of_steps and one.field}
    return not any(field in _TELLS_PROJECT or field.endswith(("_cny", "_usd")) for field in others)


def without_fields_of_steps(meanings: Sequence[ColumnMeaning], steps: Sequence[StepColumn]) -> list[ColumnMeaning]:
    """环评 > 责任单位 is not who answers for the project, 施工许可 no matter of its own."""
    of_steps = {column.position: column.step for column in steps}
    return [
        replace(
            one,
            field=None,
            value_type="text",
            end_field=None,
            match_method="none",
            match_score=0.0,
            why=f"是手续「{of_steps[position]}」的一栏 a column of the step {of_steps[position]!r}",
        )
        if position in of_steps
        else one
        for position, one in enumerate(meanings)
    ]


def names_step(text: str) -> bool:
    """Whether a text is the name of a step: 水土保持方案, 施工许可证, 环评批复."""
    return _step_named(text) is not None


def read_steps(reading: TableReading, steps: Sequence[StepColumn], lines: Iterable[str]) -> None:
    """Fill `steps` of a table: one value a step of which the row says anything. `lines` around it may explain its marks."""
    by_step: dict[str, list[StepColumn]] = {}
    for column in steps:
        by_step.setdefault(column.step, []).append(column)
    if not by_step:
        return
    marks = _unsure_marks(reading, steps) | legend([*lines, *(column.key for column in reading.columns)])
    told = [_told(reading, step, columns, marks) for step, columns in by_step.items()]
    for position, row in enumerate(zip(*told, strict=True)):
        values = [value for value in row if value is not None]
        if values and position not in reading.reasons:
            reading.steps[position] = values


def _unsure_marks(reading: TableReading, steps: Sequence[StepColumn]) -> dict[str, str]:
    """Beside × an empty circle may say 在办 as well as 未办: it stays as it is."""
    found = {cell for column in steps for cell in reading.columns[column.position].values if isinstance(cell, str)}
    return {mark: mark for mark in _CIRCLES & found} if found & _CROSSES else {}


def _told(
    reading: TableReading, step: str, columns: Sequence[StepColumn], marks: Mapping[str, str]
) -> list[StepValue | None]:
    """One value a row; rows that say the same of a step share it."""
    readings = [reading.columns[column.position] for column in columns]
    header = "；".join(column.key for column in readings)
    roles = [column.role for column in columns]
    cells = list(zip(*(column.values for column in readings), strict=True))
    found = {row: _value(row, roles, step, header, marks) for row in set(cells)}
    return [found[row] for row in cells]


def _step_column(position: int, meaning: ColumnMeaning) -> StepColumn | None:
    if not meaning.path:
        return None
    own = _step_named(meaning.path[-1])
    if own is not None:
        # 项目备案代码 and 公司注册时间 of lists of projects have fields of their own.
        is_free = meaning.field is None or meaning.field in ("subject", "status", "closed_on", "due_on")
        return StepColumn(position, own[0], own[1]) if is_free else None
    above = _group_named(meaning.path[-2]) if len(meaning.path) > 1 else None
    role = _role(meaning.path[-1]) if above is not None else None
    return StepColumn(position, above, role) if above is not None and role is not None else None


@lru_cache(maxsize=4096)
def _role(leaf: str) -> str | None:
    """What a column below a step says: 责任单位, 计划完成时间, 办理情况; 计划 and 实际 tell of its end."""
    for part, role in (("plan_leaf", "due_on"), ("actual_leaf", "closed_on")):
        if compact(leaf) in _cells(part):
            return role
    field = interpret_column((leaf,), context=HeaderContext(kind="problem")).field
    return _ROLE_OF.get(field or "", field) if field in _PERIOD else None


@lru_cache(maxsize=4096)
def _step_named(header: str) -> tuple[str, str] | None:
    """The step that a header names, and what its cells say: 环评办理情况, 施工许可证（取得时间）, 能评计划完成时间."""
    written = segment(header).core or compact(header)
    text = _NUMBER.sub("", written)
    steps, tails = _steps(), _tails()
    if text in steps:
        # 用地预审与选址意见书 as written; the comparable text has lost its 与.
        whole = _NUMBER.sub("", compact(header))
        return (whole if len(whole) <= len(text) + 1 else text), "status"
    for cut in range(len(text) - 1, 1, -1):
        if text[:cut] in steps and (role := tails.get(text[cut:])) is not None:
            return text[:cut], role
    return None


def _group_named(header: str) -> str | None:
    """The step that a group of columns is about: 施工许可, and 用地, which over figures alone would be an area."""
    step = _step_named(header)
    text = _NUMBER.sub("", segment(header).core or compact(header))
    return step[0] if step is not None else text if text in _cells("group_step") else None


@cache
def _steps() -> frozenset[str]:
    return frozenset(segment(word).core or compact(word) for word in permit_step_words("step"))


@cache
def _tails() -> dict[str, str]:
    plain = dict.fromkeys(map(compact, permit_step_words("tail")), "status")
    return plain | dict.fromkeys(map(compact, permit_step_words("plan_tail")), "due_on")


@cache
def _cells(part: str) -> frozenset[str]:
    return frozenset(map(compact, permit_step_words(part)))


def _value(
    cells: Sequence[CellValue], roles: Sequence[str], step: str, header: str, marks: Mapping[str, str]
) -> StepValue | None:
    said: dict[str, FieldValue] = {}
    for cell, role in zip(cells, roles, strict=True):
        if cell is not None:
            for name, value in _read(cell, role, marks).items():
                said.setdefault(name, value)
    if not set(said) & {"due_on", "closed_on", "status"}:
        return None
    status = said.get("status")
    state = state_said(status) if isinstance(status, str) else None
    return StepValue(step=step, header=header, state=state, **said)  # type: ignore[arg-type]


def _says_nothing(cell: CellValue) -> bool:
    # 无 and × below a step say that it is not done, 不涉及 that it is not needed.
    return is_placeholder(cell) and compact(cell_text(cell)).lower() not in _cells("open_cell") | _cells(
        "not_needed_cell"
    )


def _read(cell: CellValue, role: str, marks: Mapping[str, str]) -> Mapping[str, FieldValue]:
    """What one cell says, by the role of its column."""
    written = compact(cell_text(cell))
    if marks.get(written) == written:  # nobody says what the mark means
        return {"status": written}
    text = marks.get(written, written)
    if _says_nothing(text):
        return {}
    if role in ("owner_unit", "owner_person"):
        return {role: text}
    if role == "received_on":
        return {}
    word = text.lower()
    for part, status in (("done_cell", DONE), ("open_cell", OPEN), ("not_needed_cell", NOT_NEEDED)):
        if word in _cells(part):
            return {"status": status}
    stated = parse_date(cell)
    if stated.value is not None and not stated.reason:
        is_due = role == "due_on" or stated.is_planned
        return _day("due_on" if is_due else "closed_on", stated)
    return {"status": text} | _day_within(text, role)


def _day_within(text: str, role: str) -> dict[str, FieldValue]:
    """已取得（2025.3.4） tells when it was done, 预计2025年10月20日办结 until when it is due."""
    days = _DAY.findall(text)
    stated = parse_date(days[0]) if len(days) == 1 else None
    if stated is None or stated.value is None or stated.reason:
        return {}
    if role != "due_on" and _BESIDE_DAY.sub("", text.replace(days[0], "")).lower() in _cells("done_cell"):
        # √2026-01-08
        return {"status": DONE, **_day("closed_on", stated)}
    if role == "due_on" or _holds(text, "meant_word"):
        return _day("due_on", stated)
    return _day("closed_on", stated) if _holds(text, "done_word") else {}


def _day(name: str, stated: ParsedDate) -> dict[str, FieldValue]:
    return {name: stated.value, f"{name}_precision": stated.precision}


def _holds(text: str, part: str) -> bool:
    return any(word in text for word in _cells(part))
