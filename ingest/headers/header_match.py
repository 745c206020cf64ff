"""The field that one text names: a whole wording of the files, or one that the grammar puts together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.fields import fields
from ingest.headers.header_grammar import Grasp, features, features_within, grasp, leaves_money_unexplained
from ingest.headers.header_lookup import look_up, look_up_as_written, other_spellings
from ingest.headers.header_path import NEUTRAL_FEATURES, HeaderPath, period_of, said_above, speaks_of_another
from ingest.headers.header_text import Segment, undressed
from ingest.wording_registry import HeaderWording

# 实际开竣工 > 开工: what is 实际 above a leaf is no plan.
_SAYING_NOTHING = NEUTRAL_FEATURES - {"actual"}
PEOPLE = frozenset({"responsible_person", "responsible_leader", "legal_representative", "problem_owner"})
_KIND_TYPES = {
    "start_on": "date",
    "end_on": "date",
    "received_on": "date",
    "due_on": "date",
    "closed_on": "date",
    "days": "number",
    "amount_cny": "amount_cny",
    "paid_cny": "amount_cny",
    "promised_on": "date",
    "signed_count": "number",
    "signed_amount_cny": "amount_cny",
}


@dataclass(frozen=True, slots=True)
class Match:
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
    def from_wording(cls, found: HeaderWording, method: str, score: float = 1.0) -> Match:
        """What a wording of the files means."""
        return cls(found.field, method, score, found.text, line=found.line)

    @classmethod
    def from_grasp(cls, found: Grasp, method: str) -> Match:
        """What the grammar made of a header."""
        return cls(found.field, method, 1.0, None, found.scope, found.funds_origin, found.end_field)

    def same_as(self, other: Match) -> bool:
        """Whether both name one field."""
        return self.field == other.field


def value_type(field: str, kind: str) -> str:
    """How the cells of a field are parsed, in a ledger of this kind."""
    if kind == "project":
        return fields()[field].type
    return _KIND_TYPES.get(field, "text")


def exact(path: HeaderPath, key: str, method: str) -> Match | None:
    """A comparable key as a wording of the files, in one of its spellings."""
    kind, county_code = path.kind, path.context.county_code
    found = look_up(key, kind, county_code)
    if found is None and (spelled := other_spellings(key)):
        method = "normalised" if method == "exact" else method
        found = next(filter(None, (look_up(one, kind, county_code) for one in spelled)), None)
        if found is not None and key.endswith("姓名") and found.field not in PEOPLE:
            return None
    return Match.from_wording(found, method) if found else None


def literal(path: HeaderPath, leaf: Segment) -> Match | None:
    """The leaf where the files hold it as it is written."""
    for written in dict.fromkeys((leaf.raw, *undressed(leaf.raw))):
        if (found := look_up_as_written(written, path.kind, path.context.county_code)) is not None:
            return Match.from_wording(found, "exact")
    return None


def grasp_text(path: HeaderPath, key: str) -> Match | None:
    """A comparable key by the grammar."""
    said = features(key) if path.kind == "project" else None
    found = grasp(said, None, path.context.report_year, path.currency) if said else None
    return Match.from_grasp(found, "normalised") if found else None


def grasp_parts(path: HeaderPath, parts: Sequence[Segment], method: str) -> Match | None:
    """Cells of the path together, by the grammar."""
    said: frozenset[str] = frozenset()
    if path.kind != "project":
        return None
    for part in parts:
        stated = features(part.timeless + "".join(part.bracketed))
        if part.enumerated:
            return None
        if part is not path.leaf:
            # An unknown group counts by the words that are known in it.
            if stated is None and leaves_money_unexplained(part.timeless):
                return None
            stated = (features_within(part.timeless) if stated is None else stated) - _SAYING_NOTHING
            stated -= features_within(part.key) - said_above(part)
            stated -= frozenset() if speaks_of_another(part) else {"other_subject"}
        if stated is None:
            return None
        said |= stated
    found = grasp(said, period_of(parts), path.context.report_year, path.currency)
    return Match.from_grasp(found, method) if found else None
