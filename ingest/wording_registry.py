"""Strict loading of `wording/*.csv`: what counties write is data, one decision a row.

Every file has fixed columns; an unknown or missing column, an empty required cell, a value outside its list and two
rows that say the same wording with another meaning are refused with file and line. Files are small and read once a
process.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import prod
from typing import NamedTuple

from ingest.fields import STAGES, WORDING, fields
from ingest.wording_file import Row, read_rows


def _unique(rows: Iterator[Row], key: tuple[str, ...]) -> Iterator[Row]:
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        wording = tuple(row[column] for column in key)
        if wording in seen:
            raise row.refuse(
                f"「{'/'.join(wording)}」与第{seen[wording]}行重复",
                f"{wording!r} already stands on line {seen[wording]}",
            )
        seen[wording] = row.line
        yield row


UNIT_KINDS = ("magnitude", "currency", "measure")
MONEY_KINDS = frozenset({"total", "arrived", "done", "registered", "accumulated"})
AMOUNT_ROLES = (
    *sorted(MONEY_KINDS),
    "approximate",
    "planned",
    "band",
    "filler",
    "neutral",
    "negative",
    "unsupported",
    "content",
    "part",
    "share",
    "none_yet",
)
DATE_EVENTS = frozenset({"sign", "register", "perform", "land", "start", "complete", "produce", "finish", "statistics"})
DATE_ROLES = ("planned", "limit", "done", "neutral", "approximate", "denied", *sorted(DATE_EVENTS))
STAGE_ROLES = ("reached", "before", "negation", "filler", "workflow", "denied", "unclear")


@dataclass(frozen=True, slots=True)
class UnitWord:
    """A word of a unit: a magnitude (万), a currency (美元) or a measure (亩)."""

    word: str
    kind: str
    code: str
    factor: str


@cache
def unit_words() -> tuple[UnitWord, ...]:
    """`units.csv`."""
    rows = _unique(read_rows(WORDING / "units.csv", ("word", "kind", "code", "factor"), frozenset({"code"})), ("word",))
    return tuple(UnitWord(r["word"], r.one_of("kind", UNIT_KINDS), r["code"], r["factor"]) for r in rows)


@cache
def placeholders() -> frozenset[str]:
    """`placeholders.csv`: cell texts that say "nothing"."""
    rows = _unique(read_rows(WORDING / "placeholders.csv", ("wording", "note"), frozenset({"note"})), ("wording",))
    return frozenset(row["wording"] for row in rows)


@cache
def dittos() -> frozenset[str]:
    """`dittos.csv`: cell texts that say "as above", as printed."""
    rows = _unique(read_rows(WORDING / "dittos.csv", ("wording", "note"), frozenset({"note"})), ("wording",))
    return frozenset(row["wording"] for row in rows)


def _roles(file: str, roles: tuple[str, ...]) -> dict[str, str]:
    rows = _unique(read_rows(WORDING / file, ("word", "role")), ("word",))
    return {row["word"]: row.one_of("role", roles) for row in rows}


@cache
def amount_words() -> dict[str, str]:
    """`amount_words.csv`: words beside an amount, and what they do to it."""
    return _roles("amount_words.csv", AMOUNT_ROLES)


@cache
def date_words() -> dict[str, str]:
    """`date_words.csv`: words beside a date; an event (`finish` is completion or production) or what they do to it."""
    return _roles("date_words.csv", DATE_ROLES)


@dataclass(frozen=True, slots=True)
class StageWord:
    """A word of a stage text; `county_code` is empty where it holds everywhere.

    Roles: `reached` says that `stage` is reached, `before` that it is not; `negation` turns the next word round;
    `filler` says nothing; `workflow` is a state of an approval workflow or a mark, `denied` one that says no;
    `unclear` can mean several stages.
    """

    word: str
    role: str
    stage: str
    county_code: str


@cache
def stage_words() -> tuple[StageWord, ...]:
    """`stages.csv`."""
    columns = ("word", "role", "stage", "county_code", "note")
    rows = _unique(
        read_rows(WORDING / "stages.csv", columns, frozenset({"stage", "county_code", "note"})), ("word", "county_code")
    )
    found = []
    for row in rows:
        role = row.one_of("role", STAGE_ROLES)
        if (role in ("reached", "before")) != (row["stage"] in STAGES):
            raise row.refuse(
                "reached、before 须有阶段，其余不得有", "a stage stands with reached or before, only there"
            )
        found.append(StageWord(row["word"], role, row["stage"], row.county()))
    return tuple(found)


@cache
def reason_texts() -> dict[str, tuple[str, str]]:
    """`reasons.csv`: code → (Chinese, English)."""
    rows = _unique(read_rows(WORDING / "reasons.csv", ("code", "zh", "en")), ("code",))
    return {row["code"]: (row["zh"], row["en"]) for row in rows}


KIND_FIELDS: dict[str, frozenset[str]] = {
    "outreach": frozenset(
        [
            "team_name",
            "traveller_name",
            "traveller_position",
            "start_on",
            "end_on",
            "days",
            "destination",
            "visited_company",
            "contact_name",
            "contact_position",
            "result_note",
            "companions",
            "host_name",
            "received_on",
            "due_on",
            "topic",
            "signed_count",
            "signed_amount_cny",
            "tracking_unit",
        ]
    ),
    "problem": frozenset(
        [
            "problem_kind",
            "project_name",
            "investor_name",
            "subject",
            "measure",
            "owner_unit",
            "owner_leader",
            "owner_person",
            "received_on",
            "due_on",
            "closed_on",
            "status",
            "amount_cny",
            "problem_type",
            "progress_note",
            "open_reason",
            "policy_name",
            "paid_cny",
            "promised_on",
            "document_no",
        ]
    ),
    "summary": frozenset({"region_name", "category"}),
}
KINDS = ("project", "outreach", "problem", "summary")
RULE_SCOPES = ("none", "family", "timed", "dated", "foreign", "year")


class HeaderWording(NamedTuple):
    """One wording of one column: a row of `headers.csv` may hold many, written with `{a|b|}` and `<slot>`."""

    text: str
    field: str
    kind: str
    county_code: str
    line: int


@dataclass(frozen=True, slots=True)
class HeaderRule:
    """A rule of the header grammar: it holds where `needs` are said and nothing but `allows` beside them."""

    field: str
    needs: frozenset[str]
    allows: frozenset[str]
    scope: str
    line: int


_GROUP = re.compile(r"\{[^{}]*\}")
_MOST_EXPANSIONS = 20_000


@cache
def _slots() -> dict[str, tuple[str, ...]]:
    rows = _unique(read_rows(WORDING / "header_slots.csv", ("slot", "alternatives")), ("slot",))
    return {row["slot"]: tuple(row["alternatives"].split("|")) for row in rows}


def _alternatives(pattern: str) -> Iterator[tuple[str, ...]]:
    """The alternatives of each part: a literal is one, `{a|b|}` three, `<slot>` those of the slot."""
    at = 0
    for match in re.finditer(r"\{((?:[^{}])*)\}|<([^<>|{}]+)>", pattern):
        if match.start() > at:
            yield (pattern[at : match.start()],)
        yield _slots()[match[2]] if match[2] else tuple(_inner(match[1]))
        at = match.end()
    if at < len(pattern):
        yield (pattern[at:],)


def _inner(group: str) -> Iterator[str]:
    """A group's alternatives, their own `<slot>`s spelled out."""
    for alternative in group.split("|"):
        parts = [
            _slots()[part[1:-1]] if part.startswith("<") else (part,) for part in re.split(r"(<[^<>]+>)", alternative)
        ]
        yield from map("".join, product(*parts))


def expand(row: Row, column: str, pattern: str | None = None) -> list[str]:
    """Every wording that `pattern`, or the pattern in `column`, stands for.

    Raises:
        WordingError: unbalanced braces, an unknown slot, or more wordings than anyone can oversee.
    """
    pattern = _flatten(row[column] if pattern is None else pattern)
    if set("{}") & set(_GROUP.sub("", pattern)):
        raise row.refuse("花括号不配对", "unbalanced braces")
    try:
        parts = list(_alternatives(pattern))
    except KeyError as missing:
        raise row.refuse(f"没有这个槽位：{missing}", f"no such slot: {missing}") from None
    if prod(map(len, parts)) > _MOST_EXPANSIONS:
        raise row.refuse("展开后的说法太多", "the pattern stands for too many wordings")
    return list(dict.fromkeys(filter(None, map("".join, product(*parts)))))


def _flatten(pattern: str) -> str:
    """Groups inside groups spelled out, so that `{a{b|c}|d}` is `{ab|ac|d}`."""
    match = re.search(r"\{([^{}]*)\{([^{}]*)\}([^{}]*)", pattern)
    while match:
        before, inner, after = match[1], match[2].split("|"), match[3]
        head, _, stem = before.rpartition("|")
        tail, bar, rest = after.partition("|")
        spelled = "|".join(f"{stem}{part}{tail}" for part in inner)
        joined = "|".join(filter(None, [head, spelled])) + bar + rest
        pattern = f"{pattern[: match.start()]}{{{joined}{pattern[match.end() :]}"
        match = re.search(r"\{([^{}]*)\{([^{}]*)\}([^{}]*)", pattern)
    return pattern


@cache
def header_wordings() -> tuple[HeaderWording, ...]:
    """`headers.csv`, every pattern spelled out. Clashes are refused where the wordings are keyed (`header_wordings`)."""
    found: list[HeaderWording] = []
    columns = ("pattern", "field", "kind", "county_code", "note")
    for row in read_rows(WORDING / "headers.csv", columns, frozenset({"kind", "county_code", "note"})):
        kind = row.one_of("kind", KINDS) if row["kind"] else "project"
        known = fields() if kind == "project" else KIND_FIELDS[kind]
        row.one_of("field", known)
        found.extend(HeaderWording(text, row["field"], kind, row.county(), row.line) for text in expand(row, "pattern"))
    return tuple(found)


@cache
def header_words() -> dict[str, frozenset[str]]:
    """`header_words.csv`: word → what it says."""
    rows = _unique(read_rows(WORDING / "header_words.csv", ("word", "feature")), ("word",))
    return {row["word"]: frozenset(row["feature"].split()) for row in rows}


@cache
def summary_words() -> dict[str, frozenset[str]]:
    """What words say in headers of summaries: `summary_words.csv` over `header_words.csv`."""
    rows = _unique(read_rows(WORDING / "summary_words.csv", ("word", "feature")), ("word",))
    return header_words() | {row["word"]: frozenset(row["feature"].split()) for row in rows}


@cache
def trip_words() -> dict[str, frozenset[str]]:
    """`trip_words.csv`: what words say in headers of trips and receptions."""
    rows = _unique(read_rows(WORDING / "trip_words.csv", ("word", "feature")), ("word",))
    return {row["word"]: frozenset(row["feature"].split()) for row in rows}


@cache
def header_rules() -> tuple[HeaderRule, ...]:
    """`header_rules.csv`.

    Raises:
        WordingError: a rule names a feature that no word says.
    """
    said = frozenset().union(*header_words().values())
    found = []
    for row in read_rows(WORDING / "header_rules.csv", ("field", "needs", "allows", "scope"), frozenset({"allows"})):
        needs, allows = frozenset(row["needs"].split()), frozenset(row["allows"].split())
        for feature in sorted((needs | allows) - said):
            raise row.refuse(f"没有词表示「{feature}」", f"no word says {feature!r}")
        found.append(HeaderRule(row["field"], needs, allows, row.one_of("scope", RULE_SCOPES), row.line))
    return tuple(found)


@cache
def header_notes() -> tuple[re.Pattern[str], ...]:
    """`header_notes.csv`: what in brackets says nothing about the column's meaning."""
    found = []
    for row in _unique(read_rows(WORDING / "header_notes.csv", ("pattern", "note")), ("pattern",)):
        try:
            found.append(re.compile(row["pattern"]))
        except re.error as error:
            raise row.refuse(f"正则表达式有误：{error}", f"bad pattern: {error}") from None
    return tuple(found)


def _expanded(file: str) -> frozenset[str]:
    rows = read_rows(WORDING / file, ("wording", "note"), frozenset({"note"}))
    return frozenset(text for row in rows for text in expand(row, "wording"))


@dataclass(frozen=True, slots=True)
class HeaderPhrase:
    """Heads that name a field and the words that may stand before them; at least one of `needs`, where it names any."""

    field: str
    heads: tuple[str, ...]
    words: tuple[str, ...]
    needs: tuple[str, ...]
    line: int


@cache
def header_phrases(kind: str = "project") -> tuple[HeaderPhrase, ...]:
    """`header_phrases.csv`, and `header_kind_phrases.csv` for the other kinds of ledgers: `heads` is a pattern as in
    `headers.csv`, `words` and `needs` are lists; `@project_company` among the words is any wording of that field.

    Raises:
        WordingError: a kind or field is unknown, or a word stands in `needs` that no word holds.
    """
    columns = ("field", "heads", "words", "needs")
    if kind == "project":
        rows = read_rows(WORDING / "header_phrases.csv", columns, frozenset({"needs"}))
        return tuple(_phrase(row, fields()) for row in rows)
    rows = read_rows(WORDING / "header_kind_phrases.csv", ("kind", *columns), frozenset({"needs"}))
    return tuple(_phrase(row, KIND_FIELDS[kind]) for row in rows if row.one_of("kind", KIND_FIELDS) == kind)


def _phrase(row: Row, known: Collection[str]) -> HeaderPhrase:
    row.one_of("field", known)
    words, needs = _listed(row, "words"), _listed(row, "needs")
    for owner in (word[1:] for word in words if word.startswith("@")):
        if owner not in known:
            raise row.refuse(f"words 里的「@{owner}」不是字段", f"@{owner} of words is no field")
    for need in needs:
        if not any(need in word for word in words):
            raise row.refuse(f"needs 里的「{need}」不在 words 里", f"{need!r} of needs is in none of words")
    return HeaderPhrase(row["field"], tuple(expand(row, "heads")), words, needs, row.line)


@cache
def kind_group_words(kind: str) -> frozenset[str]:
    """`header_kind_groups.csv`: the words of groups that say no more than what a ledger of that kind is about.

    Raises:
        WordingError: a kind or slot is unknown.
    """
    rows = read_rows(WORDING / "header_kind_groups.csv", ("kind", "words"))
    return frozenset(word for row in rows if row.one_of("kind", KIND_FIELDS) == kind for word in _listed(row, "words"))


@cache
def item_nouns() -> dict[str, tuple[str, ...]]:
    """`item_nouns.csv`: kind of problem → the nouns that name what such a list is of.

    Raises:
        WordingError: a slot is unknown.
    """
    rows = read_rows(WORDING / "item_nouns.csv", ("problem_kind", "nouns"))
    return {row["problem_kind"]: _listed(row, "nouns") for row in rows}


PERMIT_PARTS = (
    "step",
    "group_step",
    "tail",
    "plan_tail",
    "plan_leaf",
    "actual_leaf",
    "bare_step",
    "done_cell",
    "open_cell",
    "not_needed_cell",
    "done_word",
    "meant_word",
)


def permit_step_words(part: str) -> tuple[str, ...]:
    """`permit_steps.csv`: names of permit steps, what may follow them in a header, and what cells below them say.

    Raises:
        WordingError: a part is unknown.
    """
    return _words_by_part("permit_steps.csv", PERMIT_PARTS)[part]


ITEM_STATE_PARTS = (
    "done_cell", "not_accepted_cell", "acceptance", "about", "fully", "act", "done", "after", "outright", "outright_end", "hedge", "open", "open_cell",
    "impossible", "not_needed", "not_accepted", "not_accepted_end",
)  # fmt: skip


def item_state_words(part: str) -> tuple[str, ...]:
    """`item_states.csv`: words by which the text of a state says that a problem, a permit step or a promise is done or not.

    Raises:
        WordingError: a part is unknown.
    """
    return _words_by_part("item_states.csv", ITEM_STATE_PARTS)[part]


@cache
def _words_by_part(file: str, parts: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The words of a file of two columns, `part` and `words`, in the order of its rows."""
    found: dict[str, list[str]] = {part: [] for part in parts}
    for row in read_rows(WORDING / file, ("part", "words")):
        found[row.one_of("part", parts)].extend(expand(row, "words"))
    return {part: tuple(words) for part, words in found.items()}


class BusinessWord(NamedTuple):
    """A word of another business than attracting investment: how much it speaks against a table of `kind`."""

    kind: str
    where: str
    word: str
    weight: int


@cache
def other_business() -> tuple[BusinessWord, ...]:
    """`other_business.csv`: what budgets, purchases, land sales, rosters and ledgers of taxes say in headers and titles.

    Raises:
        WordingError: a kind, place or weight is unknown, or a word stands twice.
    """
    found: dict[tuple[str, str, str], BusinessWord] = {}
    for row in read_rows(WORDING / "other_business.csv", ("kind", "where", "weight", "words")):
        kind, where = (
            row.one_of("kind", ("project", "outreach", "problem", "summary")),
            row.one_of("where", ("header", "title")),
        )
        if not row["weight"].isdecimal():
            raise row.refuse("权重应为整数", "the weight must be a whole number")
        for word in _listed(row, "words"):
            if (kind, where, word) in found:
                raise row.refuse(f"「{word}」重复", f"{word!r} stands twice")
            found[kind, where, word] = BusinessWord(kind, where, word, int(row["weight"]))
    return tuple(found.values())


EVIDENCE_PLACES = (
    *("count", "field", "column", "known", "title", "named"),
    *("name", "company", "office", "progress"),
)


@cache
def evidence_weights() -> dict[tuple[str, str], float]:
    """`project_evidence.csv`: (where it stands, word) → how much it speaks of another matter than investments; below zero of
    investments. `count` weighs how many columns fill a field (`known`), fill none (`strange`), and any table (`any`).

    Raises:
        WordingError: a place, a weight or a field is unknown, or a word stands twice.
    """
    found: dict[tuple[str, str], float] = {}
    for row in read_rows(WORDING / "project_evidence.csv", ("where", "weight", "words")):
        where = row.one_of("where", EVIDENCE_PLACES)
        if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", row["weight"]) is None:
            raise row.refuse("权重应为数字", "the weight must be a number")
        for word in row["words"].split("|"):
            if (where, word) in found or (where == "field" and word not in fields()):
                raise row.refuse(f"「{word}」重复或不是字段", f"{word!r} stands twice or is no field")
            found[where, word] = float(row["weight"])
    return found


def _listed(row: Row, column: str) -> tuple[str, ...]:
    """A list of words, in which `<slot>` stands for all that `header_slots.csv` has under that name."""
    return tuple(expand(row, column, "{" + row[column] + "}")) if row[column] else ()


@cache
def header_values() -> dict[str, frozenset[str]]:
    """`header_values.csv`: field → values that a header may list in brackets.

    Raises:
        WordingError: a field is unknown or stands twice.
    """
    rows = _unique(read_rows(WORDING / "header_values.csv", ("field", "values")), ("field",))
    return {row.one_of("field", fields()): frozenset(row["values"].split("|")) for row in rows}


@cache
def neutral_groups() -> frozenset[str]:
    """`header_groups.csv`: group headers that add nothing to the meaning of their leaves."""
    return _expanded("header_groups.csv")


@cache
def generic_leaves() -> frozenset[str]:
    """`header_generic_leaves.csv`: leaves whose meaning a group header may change (`投资方 > 电话`)."""
    return _expanded("header_generic_leaves.csv")


@dataclass(frozen=True, slots=True)
class SummaryIndicator:
    """What a summary column counts: the indicator's name for counts, for amounts of money, and for its own rate.

    `is_last` rows hold only where neither the column nor its groups say anything else (`合同金额`).
    """

    needs: frozenset[str]
    count: str
    amount: str
    rate: str
    is_last: bool = False


@cache
def summary_indicators() -> tuple[SummaryIndicator, ...]:
    """`summary_indicators.csv`, in order: the first row whose features are all said holds."""
    columns = ("feature", "count", "amount", "rate", "last")
    rows = _unique(read_rows(WORDING / "summary_indicators.csv", columns, frozenset(columns[1:])), ("feature",))
    said = frozenset().union(*summary_words().values())
    found = []
    for row in rows:
        needs = frozenset(row["feature"].split())
        for feature in sorted(needs - said):
            raise row.refuse(f"没有词表示「{feature}」", f"no word says {feature!r}")
        if row["last"] not in ("", "yes"):
            raise row.refuse("last 只能是 yes 或空", "last must be yes or empty")
        found.append(SummaryIndicator(needs, row["count"], row["amount"], row["rate"], row["last"] == "yes"))
    return tuple(found)
