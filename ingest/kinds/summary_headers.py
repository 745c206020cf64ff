"""The columns of regional summaries: which indicator, as target, figure done, rate, score, rank …, of which time.

Every character of the leaf must be explained, and no word may make the figure another one (未开工, 税收, 用地): such a
column stays unmapped. Its groups count by the words that are known in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.columns.neighbour_words import says
from ingest.headers.header_grammar import origin_of
from ingest.headers.header_text import Period, Segment
from ingest.kinds.summary_grammar import said_by
from ingest.values.units import Unit
from ingest.wording_registry import SummaryIndicator, summary_indicators

# Regions called 自治区: 区外 means another province there, another district elsewhere.
_AUTONOMOUS_REGIONS = ("15", "45", "54", "64", "65")
# Words that make a figure another one than its indicator's: what is not done, of something else, of another time.
_ANOTHER = frozenset(
    {"negation", "other_subject", "workflow", "stopped", "yes_no", "cause", "note", "place", "person", "manner"}
    | {"month_on_month", "phase_one", "phase_two", "trial", "source", "other", "weight", "forecast", "to_come"}
    | {"last_year", "last_month", "next_year", "next_month"}
)
_ANOTHER_TIME = frozenset({"last_year", "last_month", "next_year", "next_month", "month_on_month", "change", "weight"})
_JUDGED = frozenset({"score", "rank", "deduction", "bonus"})
# What may stand beside 得分 and 排名 of an assessment as a whole.
_OF_THE_WHOLE = _JUDGED | frozenset(
    {"whole", "everywhere", "sum", "filler", "attract", "attract_work", "accumulated", "to_date", "this_year", "ytd"}
    | {"this_month", "done_value", "quarter", "half_year", "week", "this_issue", "number", "project", "build", "rate"}
    | {"done", "plan", "target", "key", "invest", "own_rate", "amount", "subtotal"}
)
_OF_PROJECTS = frozenset({"sign", "start", "complete", "produce", "milestones", "perform", "land"})
_PERCENT = frozenset({"percent", "permille"})
_SHARES = frozenset({"rate", "growth", "share", "time_share"})
_PARTS_OF_YEAR = (("quarter", "季度"), ("half_year", "半年"))
# What a cell may say that names a measure and a time, and nothing that is counted.
_OF_MEASURES = _JUDGED | frozenset(
    {"whole", "everywhere", "sum", "subtotal", "filler", "attract_work", "accumulated", "to_date", "this_year", "ytd"}
    | {"this_month", "done_value", "done", "actual", "plan", "target", "number", "count", "amount", "rate", "up_to"}
    | {"gap", "growth", "change", "compared", "portion", "previous", "time_share", "new", "since_start", "days"}
    | {"quarter", "half_year", "week"}
)


@dataclass(frozen=True, slots=True)
class SummaryColumn:
    """What a figure of a summary is.

    `kind` is `count amount rate score rank days`. `indicator` is None where none is said: of a score of something else
    (营商环境得分), and of a part that no indicator is named after (工业项目签约数).
    """

    indicator: str | None
    measure: str
    kind: str
    scope: str | None
    funds_origin: str | None


def _features(part: Segment) -> frozenset[str]:
    return said_by(part).features


def measure_in(said: frozenset[str], units: tuple[Unit, ...]) -> str | None:
    """The measure that the words of one cell say."""
    codes = {unit.code for unit in units}
    judged = next((one for one in ("deduction", "bonus", "score", "rank") if one in said or one in codes), None)
    if judged is not None:
        return judged
    if "gap" in said:
        return "gap"
    if said & {"change", "growth", "compared"}:
        return _comparison(said, codes)
    plain = (("share", {"portion"}), ("previous", {"previous"}), ("time_share", {"time_share"}))
    found = next((measure for measure, words in plain if said & words), None)
    if found is not None:
        return found
    if (said & {"rate", "own_rate"} and not any(unit.is_money for unit in units)) or codes & {"percent", "permille"}:
        # 投资进度（万元） is so much money, whatever 进度 says elsewhere.
        return "rate"
    if said & {"target", "plan"}:
        return "target"
    return "done" if said & {"done_value", "done", "actual"} else None


def _comparison(said: frozenset[str], codes: set[str]) -> str:
    """同比增长（%） is a share of last year's figure, 同比增减（个） a number of things."""
    if codes & {"percent", "permille"}:
        return "growth"
    return "growth" if not codes and "growth" in said and "change" not in said else "change"


def _measure(parts: Sequence[Segment]) -> str | None:
    """The lowest cell that says one; a group's own rate (`履约率(10分) > 履约项目数`) is no measure of its figures."""
    for depth, part in enumerate(reversed(parts)):
        said = _features(part) if depth == 0 else _features(part) - {"own_rate"} - _JUDGED
        measure = measure_in(said, part.units if depth == 0 else tuple(unit for unit in part.units if unit.is_money))
        if measure is not None:
            return measure
    return None


def _indicator_row(parts: Sequence[Segment]) -> tuple[SummaryIndicator, frozenset[str]] | None:
    """The first row that the leaf's words make, else the leaf's and its groups', the nearest first."""
    for is_last in (False, True):
        said: frozenset[str] = frozenset()
        for part in reversed(parts):
            said |= _features(part)
            for row in summary_indicators():
                if row.is_last == is_last and row.needs <= said:
                    return row, said
    return None


def _is_money(part: Segment, said: frozenset[str]) -> bool:
    """签约项目 > 总投资 and > 金额 are money under a group that counts."""
    if "whole_invest" in said:
        return True
    if said & {"count", "number", "project"} or any(not unit.is_money for unit in part.units):
        return False
    return bool(said & {"invest", "fund"}) or part.core.endswith("额")


def _names_money(parts: Sequence[Segment]) -> bool:
    """Whether the nearest cell that says what is counted says money: 新签约项目 > 合同金额 > 本月."""
    for part in reversed(parts):
        said = _features(part)
        if _is_money(part, said):
            return True
        if said & _COUNTED:
            return False
    return False


def counts(leaf: Segment) -> bool:
    """个数, 家数, （个）: the column counts something."""
    return bool(_features(leaf) & {"count", "company"}) or any(unit.code == "count" for unit in leaf.units)


def _of_a_rate(parts: Sequence[Segment]) -> bool:
    """Whether target or figure done is of a rate itself (`履约率 > 目标`), not of what the rate is made of (`> 履约项目数`)."""
    if not parts or _features(parts[-1]) & _COUNTED:
        return False
    for part in reversed(parts[:-1]):
        if "own_rate" in _features(part):
            return not any(unit.code == "score" for unit in part.units)
        if _features(part) & _COUNTED:
            return False
    return False


_COUNTED = frozenset(
    {"count", "number", "project", "amount", "fund", "invest", "perform", "start", "produce", "sign", "contract"}
)


def scope_of_parts(parts: Sequence[Segment], measure: str) -> str | None:
    """The time of the figure, as the cells state it."""
    said = frozenset[str]().union(*(_features(part) for part in parts))
    periods = [part.period for part in parts if part.period is not None]
    single = any(period.is_single_month for period in periods)
    if single or "this_month" in said:
        return "month"
    if measure == "target" and ("ytd" in said or any(_is_from_january(period) for period in periods)):
        return _scope_of_target(parts)
    if "since_start" in said:
        return "cumulative"
    if parts and (shorter := _shorter_time(_features(parts[-1]))) is not None:
        return shorter
    if "ytd" in said or any(_is_from_january(period) for period in periods):
        return "ytd"
    if (shorter := _shorter_time(said)) is not None:
        return shorter
    if "this_year" in said or any(period.year and period.month_from is None for period in periods):
        return "year" if measure == "target" else "ytd"
    return "cumulative" if "accumulated" in said else None


def _scope_of_target(parts: Sequence[Segment]) -> str | None:
    """Of which time a target is that speaks of months since January: 一季度目标 is the quarter's; 1-6月 > 目标 stands beside what
    was done in these months, and of which time it is itself it does not say.
    """
    own = next((at for at, part in enumerate(parts) if _features(part) & {"target", "plan"}), 0)
    period = next((part.period for part in parts[own:] if part.period and _is_from_january(part.period)), None)
    if period is None:
        # 一季度 > 目标 | 完成: what a group of a quarter heads is the quarter's, the target too.
        return next((time for time, word in _PARTS_OF_YEAR for part in parts[:own] if word in part.raw), None)
    return {3: "quarter", 6: "half_year", 12: "year", None: "year"}.get(period.month_to, "ytd")


def _shorter_time(said: frozenset[str]) -> str | None:
    """本周, 三季度, 下半年: no figure of the month or of the year."""
    return next((time for time in ("week", "quarter", "half_year") if time in said), None)


def _is_from_january(period: Period) -> bool:
    return period.starts_in_january and not period.is_single_month


def summary_column(parts: Sequence[Segment], units: tuple[Unit, ...], county_code: str | None) -> SummaryColumn | None:
    """What the column under these header cells holds, or None where no indicator is said.

    Args:
        parts: the cells from the top to the leaf.
        units: units of the lowest cell that states any.
        county_code: tells what 区外 means.
    """
    if not parts:
        return None
    leaf = said_by(parts[-1])
    if leaf.features & _JUDGED or _is_weighed(parts):
        return _judgement(parts)
    every = frozenset[str]().union(*map(_features, parts))
    found = _indicator_row(parts)
    if found is None or every & _ANOTHER or leaf.unexplained or "time" in leaf.features:
        # 计划投产时间 dates single projects, it counts none.
        return None
    origin, agrees = origin_of(every)
    column = _figure(parts, *found, units) if agrees else None
    if column is None:
        return None
    if "other_region" in every and (county_code or "").startswith(_AUTONOMOUS_REGIONS):
        origin = "other_province"
    named = None if "subset" in every else column.indicator
    return replace(column, indicator=named, funds_origin=origin)


def _is_weighed(parts: Sequence[Segment]) -> bool:
    """外出招商（10分）: the leaf says what its item weighs, and nothing else what it holds: its score."""
    leaf = parts[-1]
    if leaf.units or _features(leaf) & {"rate", "own_rate"}:
        return False
    # 定量考核（80分） > 签约 is scored; 履约率（10分） > 履约项目数 is what the score is made of.
    above = parts[-2:-1]
    is_scored = any(_weighs(group) and _indicator_row([group]) is None for group in above)
    return _weighs(leaf) or (is_scored and measure_in(_features(leaf), ()) is None and "count" not in _features(leaf))


def _weighs(part: Segment) -> bool:
    return any(note.endswith("分") and note[:-1].replace(".", "").isdigit() for note in part.notes)


def _judgement(parts: Sequence[Segment]) -> SummaryColumn | None:
    """A score or a rank: of the indicator that the cells say, of the assessment as a whole, or of something else."""
    leaf = said_by(parts[-1])
    every = frozenset[str]().union(*map(_features, parts))
    measure = measure_in(leaf.features, parts[-1].units)
    measure = measure if measure in _JUDGED else "score"
    if every & _ANOTHER_TIME:
        return None
    scope = scope_of_parts(parts, measure)
    kind = "rank" if measure == "rank" else "score"
    found = _indicator_row(parts)
    if found is not None and not every & _ANOTHER and not leaf.unexplained and "subset" not in every:
        row, said = found
        named = _indicator_of(parts, row, said)[0]
        if "own_rate" in every:
            named = row.rate or named
        return SummaryColumn(named or None, measure, kind, scope, None)
    is_whole = not any(said_by(part).unexplained for part in parts) and every <= _OF_THE_WHOLE
    indicator = "assessment" if is_whole and measure in ("score", "rank") and not _is_weighed(parts) else None
    return SummaryColumn(indicator, measure, kind, scope, None)


def _figure(
    parts: Sequence[Segment], row: SummaryIndicator, said: frozenset[str], units: tuple[Unit, ...]
) -> SummaryColumn | None:
    # 合同引资 > 目标 | 完成 | %: a leaf of nothing but its unit.
    measure = _measure(parts) or ("rate" if any(unit.code in _PERCENT for unit in units) else "done")
    leaf = _features(parts[-1])
    if (measure == "rate" and "own_rate" in leaf) or (measure in ("target", "done") and row.rate and _of_a_rate(parts)):
        indicator, kind = row.rate, "rate"
    else:
        indicator, kind = _indicator_of(parts, row, said)
        if not row.count and counts(parts[-1]) and not any(unit.is_money for unit in parts[-1].units):
            # 外资项目个数 is no amount, and what is counted has no indicator.
            return None
    if not indicator or (kind == "count" and _counts_no_projects(parts[-1], row, said)):
        return None
    if measure in _SHARES or (measure == "gap" and _is_gap_of_shares(parts)):
        kind = "rate"
    return SummaryColumn(indicator, measure, kind, scope_of_parts(parts, measure), None)


def _counts_no_projects(leaf: Segment, row: SummaryIndicator, said: frozenset[str]) -> bool:
    """开工（户） of houses, 已签约（户） of what is pulled down; 新注册企业（户） are companies."""
    of_projects = bool(row.needs & _OF_PROJECTS) and "company" not in said
    return of_projects and any(says("counts_no_projects", unit.text) for unit in leaf.units)


def _indicator_of(parts: Sequence[Segment], row: SummaryIndicator, said: frozenset[str]) -> tuple[str, str]:
    """The indicator of the row that the cells mean, as a count or as an amount, and which."""
    money = any(unit.is_money for part in parts for unit in part.units) or bool(
        said & {"amount", "invest", "fund"} and not said & {"count", "number", "project"}
    )
    money = money or _names_money(parts)
    indicator = (row.amount if money else row.count) or row.amount or row.count
    return indicator, "amount" if indicator == row.amount else "days" if "days" in said else "count"


def _is_gap_of_shares(parts: Sequence[Segment]) -> bool:
    """与序时进度差（百分点）, 序时进度差 without a unit."""
    codes = {unit.code for unit in parts[-1].units}
    return bool(codes & {"percent", "permille"}) or (not codes and "time_share" in _features(parts[-1]))


def bare_measure(parts: Sequence[Segment]) -> SummaryColumn | None:
    """目标任务（个）, 完成率, 同比: a measure, a time and a unit, and nothing that is counted."""
    said = [said_by(part) for part in parts]
    every = frozenset[str]().union(*(one.features for one in said))
    if not parts or any(one.unexplained for one in said) or not every <= _OF_MEASURES or every & _JUDGED:
        return None
    timed = any(part.period is not None and part.period.month_from is not None for part in parts)
    measure = _measure(parts) or ("done" if timed or every & {"accumulated", "ytd", "this_month", "sum"} else None)
    if measure is None:
        return None
    kind = "rate" if measure in _SHARES or (measure == "gap" and _is_gap_of_shares(parts)) else "count"
    return SummaryColumn(None, measure, kind, scope_of_parts(parts, measure), None)
