"""What a header path means: field, unit, scope, period, and why.

`interpret_columns` reads all columns of one table (it also settles two columns that claim one field);
`interpret_column` reads one. `header_score` helps to find header rows. The knowledge is in `wording/header*.csv`:
whole wordings, and a small grammar for money and dates (`ingest.header_grammar`).

A path is read like this: every cell is taken apart (`ingest.header_text`); groups that say nothing (项目基本情况) are
left out; then the leaf alone and the leaf together with its groups are looked up. Where the two disagree, or a group
says something the leaf's meaning cannot carry (计划, 审核, 上年, another subject), the column stays unmapped.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache

from ingest.cell_text import squeeze
from ingest.fields import USD_SIBLINGS, fields
from ingest.header_close import bare_form, closest
from ingest.header_grammar import Grasp, features, features_within, grasp, is_other_year
from ingest.header_phrases import phrased
from ingest.header_summary import summary_column
from ingest.header_text import Period, Segment, head_key, plain_key, segment
from ingest.units import Unit, parse_unit, unit_in_text
from ingest.wording_registry import (
    HeaderWording,
    WordingError,
    generic_leaves,
    header_notes,
    header_wordings,
    neutral_groups,
)

__all__ = [
    "ColumnMeaning",
    "HeaderContext",
    "Period",
    "Unit",
    "dead_wordings",
    "header_score",
    "interpret_column",
    "interpret_columns",
    "unit_in_text",
    "wording_csv_line",
]

PATH_MARK = " > "
_PATTERN_MARKS = dict.fromkeys(map(ord, "{}<>|"))
# 责任部门/联系人 may mean another field than 责任部门联系人.
_LISTS = re.compile(r"[/、,;+]")


@dataclass(frozen=True, slots=True)
class HeaderContext:
    """What is known about the sheet before its columns are read.

    Attributes:
        county_code: wording rows may hold for one county (or, by prefix, one city or province) only.
        kind: `project`, `summary`, `outreach` or `problem` where the sheet's kind is known, else None (as project).
        sheet_name: the sheet's name as printed.
        unit_line: text of the sheet's title and unit lines, e.g. `单位：万元`.
        source_unit: the unit the source's configuration states, e.g. `万元`.
        report_year: year of the report date where known; a column of another year is not the current year's figure.
    """

    county_code: str | None = None
    kind: str | None = None
    sheet_name: str | None = None
    unit_line: str | None = None
    source_unit: str | None = None
    report_year: int | None = None


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """What one column means.

    Attributes:
        path: the header path as given; joined by ` > ` it is the key of `extra` and `raw`.
        field: canonical field (projects), column of the kind's lake table (outreach, problem), `region_name`,
            `category` or `value` (summary), or None: the column goes to `extra`.
        value_type: `text amount_cny amount_usd date date_range rate stage number`; how to parse the cells.
        end_field: for `date_range` (建设起止年限) the field of the second date; `field` takes the first.
        unit: the unit that holds for bare numbers; None where nothing states it (an amount is then `unit_unknown`).
        other_units: further units that the same place names. Where the leaf names two currencies, `unit` is None and
            both stand here: a bare number is `unit_ambiguous`.
        unit_basis: `leaf group title source` or None. A unit in the cell itself wins over it (`cell`).
        scope: `month ytd cumulative year` or None, as the header states it.
        funds_origin: `other_province same_province foreign own_side partner_side` or None.
        period: year and months taken out of the header, or None.
        indicator: for `value` columns of summaries: `signed_projects funds_arrived …`.
        measure: for `value` columns of summaries: `target done rate score rank`.
        match_method: `exact normalised close group none`.
        match_score: 0–1.
        matched_wording: the wording of the files that matched.
        preference: of two columns that claim one field, the lower keeps it (the earlier row of `headers.csv`).
        why: a sentence in Chinese and English for `luodi ledger read`.
        personal: the column holds personal data, mapped or not.
        is_planned: the header says 计划/拟/预计.
    """

    path: tuple[str, ...]
    field: str | None = None
    value_type: str = "text"
    end_field: str | None = None
    unit: Unit | None = None
    other_units: tuple[Unit, ...] = ()
    unit_basis: str | None = None
    scope: str | None = None
    funds_origin: str | None = None
    period: Period | None = None
    indicator: str | None = None
    measure: str | None = None
    match_method: str = "none"
    match_score: float = 0.0
    matched_wording: str | None = None
    preference: int = 0
    why: str = ""
    personal: bool = False
    is_planned: bool = False

    @property
    def header(self) -> str:
        """The path as one text, the key of `extra` and `raw`."""
        return PATH_MARK.join(self.path)


@cache
def keyed_header_wordings() -> dict[tuple[str, str], dict[str, HeaderWording]]:
    """(kind, county) → comparable wording → wording of the file.

    Raises:
        WordingError: one wording would mean two fields.
    """
    found: dict[tuple[str, str], dict[str, HeaderWording]] = {}
    for wording in header_wordings():
        table = found.setdefault((wording.kind, wording.county_code), {})
        known = table.setdefault(plain_key(wording.text), wording)
        if known.field != wording.field and not _LISTS.search(wording.text):
            raise WordingError(
                "headers.csv",
                wording.line,
                f"「{wording.text}」在第{known.line}行已是 {known.field}，又写成 {wording.field}",
                f"{wording.text!r} is {known.field} on line {known.line} and {wording.field} here",
            )
    return found


@cache
def literal_header_wordings() -> dict[tuple[str, str], dict[str, HeaderWording]]:
    """(kind, county) → wording as written, of those that are more than their comparable form: 责任部门/联系人."""
    found: dict[tuple[str, str], dict[str, HeaderWording]] = {}
    for wording in header_wordings():
        if plain_key(wording.text) != wording.text:
            table = found.setdefault((wording.kind, wording.county_code), {})
            known = table.setdefault(wording.text, wording)
            if known.field != wording.field:
                raise WordingError(
                    "headers.csv",
                    wording.line,
                    f"「{wording.text}」在第{known.line}行已是 {known.field}，又写成 {wording.field}",
                    f"{wording.text!r} is {known.field} on line {known.line} and {wording.field} here",
                )
    return found


def _other_spellings(key: str) -> tuple[str, ...]:
    """受理日 is 受理日期 is 受理时间; 责任人姓名 is 责任人."""
    if key.endswith("日期"):
        return (key.removesuffix("日期") + "时间",)
    if key.endswith("日"):
        return (key + "期", key.removesuffix("日") + "时间")
    return (key.removesuffix("姓名"),) if key.endswith("姓名") and len(key) > len("姓名") else ()


def _as_written(raw: str) -> str:
    """A header cell as a pattern of `headers.csv` can hold it: normal form, without the marks of patterns."""
    return squeeze(raw).translate(_PATTERN_MARKS)


def _tables(kind: str, county_code: str | None) -> Iterator[dict[str, HeaderWording]]:
    """The wordings that hold here, the most particular first: county, city, province, everywhere."""
    for size in (6, 4, 2):
        if county_code and len(county_code) >= size:
            yield keyed_header_wordings().get((kind, county_code[:size]), {})
    yield keyed_header_wordings().get((kind, ""), {})


def _look_up(key: str, kind: str, county_code: str | None) -> HeaderWording | None:
    for table in _tables(kind, county_code):
        if key in table:
            return table[key]
    return None


@cache
def _neutral() -> frozenset[str]:
    return frozenset(head_key(text) for text in neutral_groups())


@cache
def _generic() -> frozenset[str]:
    return frozenset(head_key(text) for text in generic_leaves())


@dataclass(frozen=True, slots=True)
class _Match:
    """A field for a header, and how it was found."""

    field: str
    method: str
    score: float
    wording: str | None
    scope: str | None = None
    funds_origin: str | None = None
    end_field: str | None = None
    line: int = 0

    @classmethod
    def from_grasp(cls, found: Grasp, method: str) -> _Match:
        return cls(found.field, method, 1.0, None, found.scope, found.funds_origin, found.end_field)

    def same_as(self, other: _Match) -> bool:
        return self.field == other.field


# Groups whose words change what a date or an amount means; a leaf that does not take them up stays unmapped.
_VETO_DATE = frozenset({"plan", "workflow", "last_year", "next_year", "negation", "yes_no", "phase_two"})
_VETO_MONEY = frozenset(
    {
        "negation",
        "last_year",
        "next_year",
        "last_month",
        "next_month",
        "phase_one",
        "phase_two",
        "share",
        "rate",
        "foreign",
    }
    | {"abroad", "source", "equipment", "yes_no", "other_province", "same_province", "own_side", "partner_side"}
)
_VETO_TEXT = frozenset({"yes_no", "workflow"})
_TIMES = frozenset({"this_year", "this_month", "ytd", "quarter", "half_year", "week", "this_issue"})
# What a group may say without changing its leaves.
_NEUTRAL_FEATURES = frozenset(
    {"project", "build", "filler", "company", "sum", "contract", "note", "milestones", "actual", "to_date", "duration"}
)
_TAIL = ("基本情况", "有关情况", "相关情况", "情况", "信息", "资料", "概况", "明细")
_WITH_TIME = frozenset({"progress_note", "problem", "measure", "remark"})
_LISTED = frozenset({"classes", "state", "place", "signing_event"})
# Fields whose brackets may add a detail that luodi does not know (`建设规模（产能）`).
_DETAILED = frozenset({"identity", "classes", "place", "investor_name", "signing_event"})
_ADDED = frozenset({"investor_name", "investor_origin", "project_company"})
_FIGURES = frozenset({"count", "amount", "invest", "fund", "rate", "sum", "score", "rank", "days"})
_HARMLESS_DETAIL = frozenset({"project", "company", "filler", "foreign"})


# Of two columns that claim a field the one with a whole wording keeps it.
_LAST_LINE = 100_000
_IN_PLACE = re.compile("^(?:在.{1,4}?(?=注册)|来.{1,3}?(?=投资))")
_PEOPLE = frozenset({"responsible_person", "responsible_leader", "legal_representative", "problem_owner"})
_WHOLE_LEAVES = frozenset({"合计", "总计", "共计", "总额", "总量"})
_NAME_LEAVES = frozenset({"名称", "姓名", "全称", "单位名称"})
_MORE_OF_A_PERSON = frozenset({"职务", "职位", "单位职务"})
_STARTS = re.compile("[始发起]")
_OF_WHICH = ("其中", "#其中")
_AND = re.compile(r"以及|[及和与或、/／,，;；\n+]")


class _Reader:
    """Reads one path in one context."""

    def __init__(self, path: tuple[str, ...], context: HeaderContext) -> None:
        self.context = context
        self.kind = context.kind or "project"
        self.segments = _distinct(path)
        self.units, self.unit_basis = self._stated_units()
        kept = [part for part in self.segments if part.core or part.period or part.bracketed]
        self.leaf = kept[-1] if kept else None
        self.is_about_project = any("项目" in part.key for part in kept[:-1])
        self.heading = kept[-2] if len(kept) > 1 else None
        self.groups = [part for part in kept[:-1] if not self._is_neutral(part)]

    def _stated_units(self) -> tuple[tuple[Unit, ...], str | None]:
        for depth, part in enumerate(reversed(self.segments)):
            if part.units:
                # A leaf that is nothing but its unit (`总投资 > 万元`) states it as a leaf does.
                return part.units, "leaf" if depth == 0 else "group"
        return (), None

    @property
    def currency(self) -> str | None:
        """The currency that the header itself or the sheet's unit line states."""
        units = self.units or unit_in_text(self.context.unit_line)
        codes = {unit.code for unit in units if unit.is_money and unit.is_currency_stated}
        return codes.pop() if len(codes) == 1 else None

    def _is_neutral(self, part: Segment) -> bool:
        if part.period is None and part.key in _neutral():
            return True
        said = features(part.key)
        return part.period is None and said is not None and said <= _NEUTRAL_FEATURES - {"company"}

    def says_from_to(self) -> bool:
        """Whether the leaf holds a start and an end (外出起止时间)."""
        return self.leaf is not None and "from_to" in features_within(self.leaf.key)

    # Whole wordings

    def _exact(self, key: str, method: str) -> _Match | None:
        found = _look_up(key, self.kind, self.context.county_code)
        if found is None and (spelled := _other_spellings(key)):
            method = "normalised" if method == "exact" else method
            found = next(filter(None, (_look_up(one, self.kind, self.context.county_code) for one in spelled)), None)
            if found is not None and key.endswith("姓名") and found.field not in _PEOPLE:
                return None
        if found is None:
            return None
        return _Match(found.field, method, 1.0, found.text, line=found.line)

    def _literal(self, leaf: Segment) -> _Match | None:
        """The leaf where the files hold it as it is written, separators, brackets and all."""
        written, county = _as_written(leaf.raw), self.context.county_code or ""
        for table in literal_header_wordings(), keyed_header_wordings():
            for code in (county[:6], county[:4], county[:2], ""):
                found = table.get((self.kind, code), {}).get(written)
                if found is not None and found.text == written:
                    return _Match(found.field, "exact", 1.0, found.text, line=found.line)
        return None

    def leaf_wording(self) -> _Match | None:
        """The leaf as a whole wording of the files."""
        leaf = self.leaf
        if leaf is None:
            return None
        raw = head_key(leaf.raw)
        if (literal := self._literal(leaf)) is not None:
            return literal
        if self._names_two_things(leaf):
            return None
        found = self._exact(raw, "exact") if not leaf.units else None
        found = found or self._exact(leaf.key, "exact" if raw == leaf.key else "normalised")
        if found is not None and self._brackets_fit(found):
            return found
        if leaf.period is not None:
            timeless = leaf.timeless.removeprefix("截至").removeprefix("截止").removeprefix("至") + "".join(
                leaf.bracketed
            )
            found = self._exact(timeless, "normalised")
            if found is not None and found.field in _WITH_TIME:
                return found
        for key in (leaf.key.removeprefix("其中"), _IN_PLACE.sub("", leaf.key)):
            if key != leaf.key and (found := self._exact(key, "normalised")) is not None:
                return found
        if self.is_about_project and not self.groups and (found := self._exact("项目" + leaf.key, "group")):
            return found
        return self._parts_agree(leaf)

    def _parts_agree(self, leaf: Segment) -> _Match | None:
        """困难和问题: both words name the same field; 责任领导及职务 tells more of the same person."""
        stated = [key for key in map(head_key, _AND.split(leaf.raw)) if key]
        parts = [key for key in stated if key not in _MORE_OF_A_PERSON]
        known = [self._exact(key, "normalised") for key in parts]
        agree = len(stated) > 1 and bool(parts) and all(known) and len({found.field for found in known if found}) == 1
        return known[0] if agree else None

    def _names_two_things(self, leaf: Segment) -> bool:
        """责任单位及责任人, 责任单位（责任人）: two columns' worth in one; 建设内容及规模 is one thing."""
        if leaf.bracketed and self._brackets_name_another(leaf):
            return True
        # A unit behind the last of them is no part of its name.
        parts = [key for part in _AND.split(leaf.raw) if (key := segment(part).key or head_key(part))]
        known = [self._exact(key, "exact") or self._grasp_text(key) for key in parts]
        meant = {
            found.field if found else None
            for key, found in zip(parts, known, strict=True)
            if found or any(word in key for word in _PERSONAL)
        }
        return len(parts) > 1 and len(meant) > 1

    def _brackets_name_another(self, leaf: Segment) -> bool:
        """投资方（来源地）: a text field with another one behind it in brackets."""
        head = self._exact(leaf.core, "close")
        if head is None or _value_type(head.field, self.kind) != "text":
            return False
        behind = [self._behind_head(leaf.core, word) for word in leaf.bracketed]
        return any(
            other is not None and not other.same_as(head) and _value_type(other.field, self.kind) == "text"
            for other in behind
        )

    def _behind_head(self, head: str, word: str) -> _Match | None:
        """What a bracket names, by itself (来源地) or with what stands before it (所在地)."""
        return self._exact(word, "close") or self._exact(head + word, "close")

    def _brackets_fit(self, found: _Match) -> bool:
        """Values may be listed in brackets behind a class or state; elsewhere a list is unexplained."""
        spec = fields().get(found.field)
        listed = spec is not None and (spec.group in _LISTED or found.field in _LISTED)
        return not (self.leaf and self.leaf.enumerated) or listed

    def own_wording(self, leaf: Segment) -> str:
        """The wording by which `headers.csv` would map this very path."""
        if self.groups:
            return "".join(_without_tail(group.key) for group in self.groups) + leaf.key.removeprefix("其中")
        return _as_written(leaf.raw) if leaf.enumerated or self._names_two_things(leaf) else leaf.key

    def joined_wording(self) -> _Match | None:
        """Groups and leaf together as one wording of the files: `投资方 > 名称`, `开工时间 > 计划`."""
        leaf = self.leaf
        if leaf is None or not self.groups:
            return None
        tail = leaf.key.removeprefix("其中")
        near = _without_tail(self.groups[-1].key)
        whole = "".join(_without_tail(group.key) for group in self.groups)
        for key in (near + tail, whole + tail, self.groups[-1].key + tail, near + "其中" + tail, tail + near):
            found = self._exact(key, "group")
            if found is not None:
                return found
        if tail in _WHOLE_LEAVES:
            # 合同投资 > 合计 is the amount as a whole.
            found = self._exact(self.groups[-1].key, "group")
            spec = fields().get(found.field) if found is not None and self.kind == "project" else None
            return found if spec is not None and spec.group == "money" else None
        if tail in _NAME_LEAVES:
            found = self._exact(self.groups[-1].key, "group")
            if found is not None and _value_type(found.field, self.kind) == "text":
                return found
        return None

    def label_wording(self) -> _Match | None:
        """A label column of a summary (县区, 类别): a whole wording without unit or period."""
        found = None if self.units or (self.leaf and self.leaf.period) else self.leaf_wording()
        return found if found is None or not self.groups else None

    # Grammar

    def _grasp(self, parts: list[Segment], method: str) -> _Match | None:
        said: frozenset[str] = frozenset()
        if self.kind != "project":
            return None
        for part in parts:
            stated = features(part.timeless + "".join(part.bracketed))
            if part.enumerated:
                return None
            if part is not self.leaf:
                # An unknown group counts by the words that are known in it.
                stated = (features_within(part.timeless) if stated is None else stated) - _NEUTRAL_FEATURES
            if stated is None:
                return None
            said |= stated
        found = grasp(said, _period_of(parts), self.context.report_year, self.currency)
        return _Match.from_grasp(found, method) if found else None

    def _grasp_text(self, key: str) -> _Match | None:
        said = features(key) if self.kind == "project" else None
        found = grasp(said, None, self.context.report_year, self.currency) if said else None
        return _Match.from_grasp(found, "normalised") if found else None

    def leaf_grasp(self) -> _Match | None:
        """The leaf by the grammar."""
        if self.leaf is None or self._names_two_things(self.leaf):
            return None
        return self._grasp([self.leaf], "normalised")

    def joined_grasp(self) -> _Match | None:
        """Leaf and groups by the grammar."""
        return self._grasp([*self.groups, self.leaf], "group") if self.leaf and self.groups else None

    # Decision

    def read(self) -> _Match | None:
        """The field, or None."""
        alone = self.leaf_wording()
        if alone is not None and self._is_plan_of_a_time(alone):
            alone = None
        by_words = None if alone else self.leaf_grasp()
        if not self.groups:
            return alone or by_words or self._below_heading() or self._detailed() or self._close() or self._phrased()
        joined = self.joined_wording()
        if joined is not None:
            return joined
        grasped = self.joined_grasp()
        if alone is not None:
            return self._beside_groups(alone, grasped)
        if grasped is not None:
            return grasped
        if by_words is not None and not self._is_vetoed(by_words.field):
            return by_words if by_words.scope is None else None
        return None

    def _is_plan_of_a_time(self, alone: _Match) -> bool:
        """计划投资额 is the whole investment; under or beside a year, a quarter, a month it is what that time is to see."""
        if self.leaf is None or alone.field != "total_investment_cny" or "总" in self.leaf.key:
            return False
        parts = [self.leaf, *self.groups]
        said = frozenset().union(*(features_within(part.key) for part in parts))
        timed = bool(said & _TIMES) or any(part.period is not None for part in parts)
        return timed and "plan" in features_within(self.leaf.key)

    def _beside_groups(self, alone: _Match, grasped: _Match | None) -> _Match | None:
        if self.leaf is not None and self.leaf.key in _generic():
            return None
        if grasped is not None and not grasped.same_as(alone):
            return None
        return None if self._is_vetoed(alone.field) else alone

    def _is_vetoed(self, field: str) -> bool:
        said = frozenset().union(*(features_within(group.key) for group in self.groups))
        kind = _value_type(field, self.kind)
        veto = _VETO_DATE if kind == "date" else _VETO_MONEY if kind.startswith("amount") else _VETO_TEXT
        other_year = any(is_other_year(group.period, self.context.report_year) for group in self.groups)
        return bool(said & veto) or (other_year and kind.startswith("amount"))

    def _detailed(self) -> _Match | None:
        """A known wording with an unknown detail in brackets, where no detail could make it another field."""
        leaf = self.leaf
        if leaf is None or leaf.enumerated or not (details := leaf.bracketed + leaf.inner):
            return None
        bare = leaf.core
        for word in leaf.inner:
            bare = bare.replace(word, "", 1)
        found = self._exact(bare, "close")
        spec = fields().get(found.field) if found else None
        if found is not None and all((same := self._exact(d, "close")) and same.same_as(found) for d in details):
            # 落地公司（项目公司）: two names of one thing.
            return found
        if found is None or spec is None or (spec.group not in _DETAILED and found.field not in _DETAILED):
            return None
        for detail in details:
            other = self._behind_head(bare, detail)
            if other is not None and not other.same_as(found) and _adds_to(other.field, found.field):
                # 投资方（来源地）, 项目名称（建设地点）: the column is what stands before the bracket.
                continue
            said = features_within(detail)
            if found.field == "project_name" and other is None and not said & _FIGURES and detail[0] != "含":
                # Without a name a table is lost whole; 项目名称（在黄注册名称） still is one.
                continue
            if (other is not None and not other.same_as(found)) or said - _HARMLESS_DETAIL:
                return None
        return replace(found, score=len(bare) / len(leaf.key)) if not _is_personal([leaf]) else None

    def _below_heading(self) -> _Match | None:
        """包抓责任 > 单位: a heading that says nothing by itself, and a leaf that needs it."""
        if self.leaf is None or self.heading is None or self.leaf.enumerated:
            return None
        heading = self.heading.key
        named = self._exact(heading + self.leaf.key, "group") or self._exact(
            _without_tail(heading) + self.leaf.key, "group"
        )
        return named or self._grasp([self.heading, self.leaf], "group")

    def _phrased(self) -> _Match | None:
        leaf = self.leaf
        if leaf is None or self.kind != "project" or leaf.key in _generic() or self._names_two_things(leaf):
            return None
        found = phrased(leaf.key if leaf.period is None else leaf.timeless + "".join(leaf.bracketed))
        if found is None or (leaf.period is not None and found[0] not in _WITH_TIME):
            return None
        match = _Match(found[0], "normalised", 1.0, None, line=_LAST_LINE + found[1])
        return match if self._brackets_fit(match) else None

    def _close(self) -> _Match | None:
        leaf = self.leaf
        if leaf is None or leaf.enumerated or leaf.period or leaf.key in _generic() or self._names_two_things(leaf):
            return None
        found = closest(leaf.key, _by_bare_form(self.kind))
        if found is None:
            return None
        wording = keyed_header_wordings()[self.kind, ""][found[0]]
        return _Match(wording.field, "close", found[1], wording.text, line=wording.line)


def _adds_to(field: str, head: str) -> bool:
    """Whether a field in brackets is a detail of the one before it; of two places, either may be what the cells hold."""
    spec, of_head = fields().get(field), fields().get(head)
    if field in _ADDED or (head, field) == ("project_name", "project_content"):
        return True
    return spec is not None and spec.group in ("place", "classes") and (of_head is None or spec.group != of_head.group)


@cache
def _by_bare_form(kind: str) -> dict[str, dict[str, str]]:
    """Bare form → comparable wordings → field, for close matching."""
    found: dict[str, dict[str, str]] = {}
    for key, wording in keyed_header_wordings().get((kind, ""), {}).items():
        found.setdefault(bare_form(key), {})[key] = wording.field
    return found


def _distinct(path: tuple[str, ...]) -> list[Segment]:
    """The cells of the path without empty ones and without repeats (a merged header stands on every level)."""
    parts: list[Segment] = []
    for raw in path:
        part = segment(raw)
        if parts and part.core == parts[-1].core and part.bracketed == parts[-1].bracketed:
            if part.units and not parts[-1].units:
                parts[-1] = part
            continue
        if part.core or part.units or part.period or part.bracketed:
            parts.append(part)
    return parts


def _without_tail(key: str) -> str:
    for tail in _TAIL:
        if key.endswith(tail) and len(key) > len(tail):
            return key.removesuffix(tail)
    return key


def _period_of(parts: Sequence[Segment]) -> Period | None:
    """The stated period: months from the lowest cell that has them, the year from the lowest that has one."""
    stated = [part.period for part in parts if part.period is not None]
    if not stated:
        return None
    months = next((p for p in reversed(stated) if p.month_from is not None), stated[-1])
    year = next((p.year for p in reversed(stated) if p.year is not None), None)
    return replace(months, year=year)


_KIND_TYPES = {
    "start_on": "date",
    "end_on": "date",
    "received_on": "date",
    "due_on": "date",
    "closed_on": "date",
    "days": "number",
    "amount_cny": "amount_cny",
}


def _value_type(field: str, kind: str) -> str:
    if kind == "project":
        return fields()[field].type
    return _KIND_TYPES.get(field, "text")


def _money_unit(reader: _Reader, currency: str) -> tuple[Unit | None, tuple[Unit, ...], str | None] | None:
    """Unit, other units and basis for an amount field; None where the header's unit cannot be this field's."""
    context = reader.context
    sources = [
        (reader.units, reader.unit_basis),
        (unit_in_text(context.unit_line), "title"),
        (_source_units(context.source_unit), "source"),
    ]
    for units, basis in sources:
        money = tuple(unit for unit in units if unit.is_money)
        in_header = basis in ("leaf", "group")
        if units and not money and in_header:
            return None
        codes = {unit.code for unit in money}
        if in_header and len(codes) > 1:
            return None, money, basis
        own = [unit for unit in money if unit.code == currency and (currency == "CNY" or unit.is_currency_stated)]
        if own:
            return own[0], tuple(unit for unit in money if unit is not own[0]), basis
        if money and in_header and any(unit.is_currency_stated for unit in money):
            return None
        if currency == "CNY" and money and all(unit.code == "USD" for unit in money):
            # A sheet of dollars: its bare amounts are no yuan, and not without a unit either.
            return money[0], (), basis
    return None, (), None


def _source_units(text: str | None) -> tuple[Unit, ...]:
    unit = parse_unit(text) if text else None
    return (unit,) if unit else unit_in_text(text)


_WHY = {
    "exact": ("表头与词表「{w}」完全一致", "the header is the wording {w}"),
    "normalised": (
        "去掉空格、括号、单位后与词表「{w}」一致",
        "without spaces, brackets and unit it is the wording {w}",
    ),
    "group": ("分组表头和列表头合起来是「{w}」", "group and leaf together are {w}"),
    "close": ("与词表「{w}」相近（{s:.2f}）", "close to the wording {w} ({s:.2f})"),
}


def _why(match: _Match) -> str:
    label = match.wording or (fields()[match.field].label_zh if match.field in fields() else match.field)
    chinese, english = _WHY[match.method]
    return f"{chinese} {english}".format(w=label, s=match.score)


def _unmapped(path: tuple[str, ...], reader: _Reader, reason: str) -> ColumnMeaning:
    unit = reader.units[0] if reader.units else None
    return ColumnMeaning(
        path,
        unit=unit,
        unit_basis=reader.unit_basis,
        period=_period_of(reader.segments),
        why=reason,
        personal=_is_personal(reader.segments),
        is_planned="plan" in frozenset().union(*(features_within(part.key) for part in reader.segments)),
    )


_PERSONAL = (
    "电话",
    "手机",
    "联系方式",
    "身份证",
    "联系人",
    "姓名",
    "负责人",
    "责任人",
    "经办人",
    "联络",
    "法人代表",
    "法定代表人",
    "引荐人",
    "邮箱",
)


def _is_personal(segments: Sequence[Segment]) -> bool:
    return any(word in part.key for part in segments for word in _PERSONAL)


_NO_WORDING = "词表里没有这种说法，原样放入 extra；可在 headers.csv 增加一行 no such wording, kept in extra; add a row to headers.csv"
_UNIT_DIFFERS = "表头单位与字段不符，原样放入 extra the header's unit is not the field's, kept in extra"


@lru_cache(maxsize=8192)
def interpret_column(path: tuple[str, ...], *, context: HeaderContext) -> ColumnMeaning:
    """What the column under `path` means (merged headers from the top to the leaf, raw text). Never raises on text."""
    reader = _Reader(path, context)
    match = reader.read() if reader.kind != "summary" else reader.label_wording()
    if match is None and reader.kind == "summary":
        return _summary_meaning(path, reader)
    if match is None:
        return _unmapped(path, reader, _NO_WORDING)
    match = _by_unit(match, reader)
    kind = _value_type(match.field, reader.kind)
    if reader.kind == "outreach" and match.field == "start_on" and reader.says_from_to():
        match = replace(match, end_field="end_on")
    meaning = ColumnMeaning(
        path,
        match.field,
        "date_range" if match.end_field else kind,
        match.end_field,
        scope=match.scope,
        funds_origin=match.funds_origin,
        period=_period_of(reader.segments),
        match_method=match.method,
        match_score=match.score,
        matched_wording=match.wording,
        preference=match.line,
        why=_why(match),
        personal=fields()[match.field].personal if match.field in fields() else _is_personal(reader.segments),
        is_planned=match.field.startswith(("planned_", "investment_plan")),
    )
    if kind.startswith("amount"):
        unit = _money_unit(reader, "USD" if kind == "amount_usd" else "CNY")
        if unit is None:
            return _unmapped(path, reader, _UNIT_DIFFERS)
        return replace(meaning, unit=unit[0], other_units=unit[1], unit_basis=unit[2])
    if reader.units and reader.unit_basis == "leaf":
        if not _unit_fits(kind, reader.units[0]):
            return _unmapped(path, reader, _UNIT_DIFFERS)
        return replace(meaning, unit=reader.units[0], unit_basis="leaf")
    return meaning


def _summary_meaning(path: tuple[str, ...], reader: _Reader) -> ColumnMeaning:
    parts = [part for part in reader.segments if part.core or part.bracketed or part.period]
    column = summary_column(parts, reader.units, reader.context.county_code) if parts else None
    if column is not None and _is_other_money(parts[-1]):
        column = None
    if column is None:
        return _unmapped(path, reader, _NO_WORDING)
    types = {"rate": "rate", "count": "number", "score": "number", "rank": "number", "days": "number"}
    currency = "USD" if column.indicator.startswith("fdi_") else "CNY"
    meaning = ColumnMeaning(
        path,
        "value",
        types.get(column.kind, f"amount_{currency.lower()}"),
        unit=_COUNT_UNITS.get(column.kind),
        scope=column.scope,
        funds_origin=column.funds_origin,
        period=_period_of(parts),
        indicator=column.indicator,
        measure=column.measure,
        match_method="group" if reader.groups else "normalised",
        match_score=1.0,
        why=f"汇总指标 {column.indicator}（{column.measure}） figure of a summary: {column.indicator}, {column.measure}",
        is_planned=column.measure == "target",
    )
    if column.kind == "amount":
        unit = _money_unit(reader, currency)
        if unit is None and currency == "USD":
            unit, meaning = _money_unit(reader, "CNY"), replace(meaning, value_type="amount_cny")
        if unit is None:
            return _unmapped(path, reader, _UNIT_DIFFERS)
        return replace(meaning, unit=unit[0], other_units=unit[1], unit_basis=unit[2])
    if column.kind in ("rank", "score") and reader.unit_basis != "leaf":
        # What an indicator counts is no unit of its rank.
        return meaning
    if reader.units and not reader.units[0].is_money and column.kind != "rate":
        return replace(meaning, unit=reader.units[0], unit_basis=reader.unit_basis)
    return meaning


_SUMMED = frozenset({"total_investment_cny", "contract_amount_cny", "foreign_contract_usd"})


def _is_other_money(leaf: Segment) -> bool:
    """注册资本额 below 新注册项目: an amount of its own, not the total of the projects."""
    found = _look_up(leaf.key, "project", None)
    return found is not None and fields()[found.field].type.startswith("amount") and found.field not in _SUMMED


_COUNT_UNITS = {
    kind: Unit(code, Decimal(1), text)
    for kind, code, text in (
        ("count", "count", "个"),
        ("rate", "percent", "%"),
        ("score", "score", "分"),
        ("rank", "rank", "位"),
        ("days", "days", "天"),
    )
}


def _by_unit(match: _Match, reader: _Reader) -> _Match:
    """工程进度（%） is the share done, 工程进度 the story of it; 到位资金 in dollars is foreign money arrived."""
    percent = reader.unit_basis == "leaf" and reader.units[0].code == "percent"
    if reader.kind == "project" and match.field in USD_SIBLINGS and reader.currency == "USD":
        return replace(match, field=USD_SIBLINGS[match.field])
    return replace(match, field="progress_rate") if percent and match.field == "progress_note" else match


def _unit_fits(value_type: str, unit: Unit) -> bool:
    if value_type == "rate":
        return unit.code in ("percent", "permille")
    if value_type == "date":
        return unit.code in ("days", "months", "years") and not unit.text.startswith("个")
    if value_type == "number":
        return not unit.is_money
    return False


def interpret_columns(paths: Sequence[tuple[str, ...]], *, context: HeaderContext) -> list[ColumnMeaning]:
    """All columns of one table, in order; prefer this to `interpret_column`.

    Where two columns claim one field for the same period, the better match keeps it and the other is unmapped with a
    sentence why. Columns of one field for different months (`1月完成投资` … `12月完成投资`) all keep it, told apart by
    `period`: the ledger turns them into rows or takes the report month's.
    """
    meanings = [interpret_column(tuple(path), context=context) for path in paths]
    if (context.kind or "project") == "project":
        _read_of_which(meanings, context)
        _read_sums_of_months(meanings)
    elif context.kind == "outreach":
        _read_lone_trip_times(meanings)
    claims: dict[tuple[str, object], list[int]] = {}
    for index, meaning in enumerate(meanings):
        if meaning.field is not None and meaning.field != "value":
            months = (
                (meaning.period.month_from, meaning.period.month_to, meaning.period.year) if meaning.period else None
            )
            claims.setdefault((meaning.field, months), []).append(index)
    for indexes in claims.values():
        keeper = max(indexes, key=lambda i: (_strength(meanings[i]), -i))
        for index in indexes:
            if index != keeper:
                meanings[index] = _outdone(meanings[index], meanings[keeper])
    return meanings


def _read_of_which(meanings: list[ColumnMeaning], context: HeaderContext) -> None:
    """到位资金 | 其中：省外资金, side by side without a group above them: the second is read as below the first."""
    whole: ColumnMeaning | None = None
    for index, meaning in enumerate(meanings):
        if not meaning.path or not meaning.path[-1].strip().startswith(_OF_WHICH):
            whole = meaning
        elif meaning.field is None and whole is not None and whole.value_type.startswith("amount"):
            below = interpret_column((*whole.path, meaning.path[-1]), context=context)
            if whole.path[:-1] == meaning.path[:-1] and below.field is not None and below.field != whole.field:
                meanings[index] = replace(below, path=meaning.path)


def _read_lone_trip_times(meanings: list[ColumnMeaning]) -> None:
    """外出时间 of trips with no column for the end: a cell may hold both (`6月3日-5日`); 出发时间 says that it does not."""
    if any(meaning.field == "end_on" for meaning in meanings):
        return
    for index, meaning in enumerate(meanings):
        if meaning.field == "start_on" and meaning.value_type == "date" and not _STARTS.search(meaning.header):
            meanings[index] = replace(meaning, value_type="date_range", end_field="end_on")


def _read_sums_of_months(meanings: list[ColumnMeaning]) -> None:
    """到位资金 > 1月, 2月, … 合计: the sum beside months of a year is the year's, not the amount since the start."""
    months: dict[tuple[str, ...], set[int | None]] = {}
    for meaning in meanings:
        if meaning.period is not None and meaning.period.is_single_month:
            months.setdefault(meaning.path[:-1], set()).add(meaning.period.month_from)
    for index, meaning in enumerate(meanings):
        field, beside = meaning.field or "", months.get(meaning.path[:-1], set())
        if "_cumulative_" in field and head_key(meaning.path[-1]) in _WHOLE_LEAVES and {1, 2} <= beside:
            why = f"{meaning.why} 各月之和，是当年累计 the sum of the months is the year's"
            meanings[index] = replace(meaning, field=field.replace("_cumulative_", "_ytd_"), scope="ytd", why=why)


_METHOD_RANK = {"exact": 3, "normalised": 2, "group": 2, "close": 0}


def _strength(meaning: ColumnMeaning) -> tuple[bool, bool, bool, int, int, int]:
    """What speaks for a column as the keeper of its field, the weightiest first."""
    notes = [note for cell in meaning.path for note in segment(cell).notes]
    return (
        meaning.match_method != "close",
        meaning.unit is not None,
        not notes,
        -_note_order(notes),
        -meaning.preference,
        _METHOD_RANK.get(meaning.match_method, 0),
    )


def _note_order(notes: Sequence[str]) -> int:
    """The row of `header_notes.csv` that a column's first note stands in: of 开工时间(发改) and (经信) the upper one counts."""
    places = [place for place, pattern in enumerate(header_notes()) for note in notes if pattern.fullmatch(note)]
    return min(places, default=0)


def _outdone(meaning: ColumnMeaning, keeper: ColumnMeaning) -> ColumnMeaning:
    return replace(
        meaning,
        field=None,
        value_type="text",
        end_field=None,
        match_method="none",
        match_score=0.0,
        why=f"「{keeper.header}」已是 {keeper.field}，本列放入 extra {keeper.header!r} already is {keeper.field}, kept in extra",
    )


def header_score(text: str) -> float:
    """How much a cell looks like a header wording: 1.0 a known one, 0.0 not at all (names, numbers, sentences)."""
    return _header_score(text) if text and len(text) <= 60 else 0.0


_HEAD_WORDS = (
    "名称",
    "时间",
    "日期",
    "单位",
    "金额",
    "投资",
    "资金",
    "情况",
    "地点",
    "地址",
    "电话",
    "类别",
    "类型",
    "性质",
    "序号",
    "备注",
)


_STARTS_LIKE_AMOUNT = re.compile(r"[约近超逾计共]?\d")


@lru_cache(maxsize=16384)
def _header_score(text: str) -> float:
    part = segment(text)
    key = part.key
    if not key:
        return 0.3 if part.units else 0.0
    for kind in ("project", "problem", "outreach", "summary"):
        if _look_up(key, kind, None) is not None:
            return 1.0
    if key in _neutral() or key in _generic():
        return 1.0
    said = features(part.timeless + "".join(part.bracketed))
    if said is not None:
        return 0.9 if len(key) > 1 else 0.4
    if part.units and len(key) <= 16 and not _STARTS_LIKE_AMOUNT.match(key):
        return 0.8
    if len(key) <= 16 and key.endswith(_HEAD_WORDS):
        return 0.6
    return 0.0


def wording_csv_line(header: str, county_code: str | None = None, kind: str | None = None) -> str | None:
    """The line a person should add to `wording/headers.csv` for an unmapped header, the field left to fill in.

    Args:
        header: the path joined by ` > `.
        county_code: the county for which alone the line is to hold, None for everywhere.
        kind: kind of the table in which the header stands, None as project.

    Returns:
        The line, or None where none would help: a serial number, a bare unit, a figure of a summary (their wordings
        stand in `summary_indicators.csv`), a wording that is known (another column has its field, or the unit differs).
    """
    path = tuple(header.split(PATH_MARK))
    reader = _Reader(path, HeaderContext(county_code=county_code, kind=kind))
    leaf = reader.leaf
    if leaf is None or not leaf.key or _is_number_of_row(leaf):
        return None
    if reader.kind == "summary" and (reader.groups or reader.units or leaf.period or _is_beside_indicators(leaf)):
        return None
    if (reader.label_wording() if reader.kind == "summary" else reader.read()) is not None:
        return None
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([reader.own_wording(leaf), "?", reader.kind, county_code or "", ""])
    return line.getvalue()


def _is_beside_indicators(leaf: Segment) -> bool:
    """计量单位, 全市合计: columns of a summary that no wording could make a label of rows."""
    return leaf.key in ("计量单位", "指标单位") or leaf.key.endswith(("合计", "总计"))


def _is_number_of_row(leaf: Segment) -> bool:
    known = _look_up(leaf.key, "project", None)
    return known is not None and known.field in ("sequence_no", "project_code")


def dead_wordings(headers_seen: Iterable[str], kind: str = "project") -> list[tuple[int, str]]:
    """Rows of `headers.csv` (line, field) none of whose wordings stands in any header seen; for a yearly clean-up.

    Args:
        headers_seen: header paths joined by ` > `, e.g. `ledger_columns.header` of the lake.
        kind: kind of ledger whose rows are judged.
    """
    context = HeaderContext(kind=kind)
    met = {interpret_column(tuple(header.split(PATH_MARK)), context=context).preference for header in headers_seen}
    rows = {wording.line: wording.field for wording in header_wordings() if wording.kind == kind}
    return [(line, field) for line, field in sorted(rows.items()) if line not in met]
