"""What belongs to a figure already read: its growth, its rank, how much of a target it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from ingest.news.facts.model import NO_SLICE, Fact, Rank
from ingest.news.facts.quantities import chinese_number
from ingest.news.facts.spots import EVENT_INDICATORS, Refusal, SentenceReading, Spot
from ingest.news.text_normal import NormalText

_RANK = re.compile(
    r"(?P<scope>(?:全|我|本)?(?:省|市|区|州|盟|县|国)(?:直管|各)?(?:市州|市|县区|州市|县|区)?|[中西东][部南北][\u4e00-\u9fff]{0,2}?[六七八九十]?省(?:市|区)?|[\u4e00-\u9fff]{2,6}(?:省|市|县|区))?"
    r"[\u4e00-\u9fff]{0,5}?(?:第(?P<number>[一二三四五六七八九十]{1,3}|\d{1,3})(?:位|名)?|(?P<first>首位|榜首|之首))"
)
_RANK_LEAD = re.compile(r"居|列|排|名|位|跃|升")
_BOTH_RANKED = re.compile(r"(?:总量|总额|规模|金额)[和与、及](?:增速|增幅)分别")
_NOT_RANK_AFTER = re.compile(
    r"^(?:届|次|批|季度|季|个|产业|期|轮|条|任|大|家|方阵|梯队|年|天|场|站|部|线|小学|中学|人民)"
)
_COMPLETED_SEPARATELY = re.compile(
    r"分别(?:完成|占|为|达到?)[^，。；\d]{0,8}?(?:年|目标|任务|计划)[^，。；\d]{0,6}?(?:任务|目标|计划)?[数的]*\d"
)
_DOUBLED = re.compile(r"(?:同比|上年|去年同期)[^，。；、\d]{0,6}?翻了?(?P<times>[一两三])?番")
_REFERENCE_YEAR = re.compile(r"((?:19|20)\d{2})年")
_UNKNOWN_RANK = "名次没有所属的数 rank of nothing known"
Note = Callable[[str, int], None]


class Attributes:
    """Attaches growth, completion and ranks to the facts of an article."""

    def __init__(self, facts: list[Fact], normal: NormalText, within: Callable[[str], str | None]) -> None:
        """`facts` grows as the article is read; `within` names the region of 全省, 全市."""
        self._facts = facts
        self._normal = normal
        self._within = within

    def completion(self, spot: Spot, first: int) -> Refusal | None:
        """完成全年任务的Y%: of the last achieved figure."""
        candidates = [
            index
            for index in range(len(self._facts) - 1, max(first, len(self._facts) - 3) - 1, -1)
            if self._facts[index].kind == "aggregate"
        ]
        if not candidates or spot.quantity.family != "percent":
            return Refusal("完成率没有所属的数 completion of nothing known")
        index = candidates[0]
        if self._facts[index].target_completion_percent is None:
            self._facts[index] = self._facts[index].but(target_completion_percent=spot.quantity.value)
        return None

    def growth(self, reading: SentenceReading, spot: Spot, first: int, falling: bool) -> Refusal | None:
        """同比增长X%; `falling` gives the sign."""
        text = reading.sentence.text[max(spot.clause.start, spot.quantity.start - 24) : spot.quantity.start]
        if any(mark.kind == "yoy_other" for mark in spot.left_marks) or "环比" in text or "年均" in text:
            return Refusal("不是同比 not year on year")
        value = spot.quantity.value
        negative = reading.sentence.text[: spot.quantity.start].endswith(("-", "负"))
        sign = -1 if falling or negative else 1
        return self.attach_yoy(spot, first, sign * value)

    def attach_yoy(self, spot: Spot, first: int, value: Decimal) -> Refusal | None:
        """Give a year-on-year growth in percent to the figure it belongs to."""
        index = self._growth_owner(spot, first)
        if index is None:
            return Refusal("增长没有所属的数 growth of nothing known")
        fact = self._facts[index]
        years = _REFERENCE_YEAR.findall(spot.left)
        base = fact.period.end or fact.period.start
        if years and base is not None and int(years[-1]) != base.year - 1 and int(years[-1]) != base.year:
            return Refusal("不是与上年比 compared with another year")
        if fact.yoy_percent is None:
            self._facts[index] = fact.but(yoy_percent=value)
        return None

    def _growth_owner(self, spot: Spot, first: int) -> int | None:
        """The fact that grew: the last one of the sentence, or the earlier one the clause names again."""
        words = {mark.kind for mark in spot.left_marks}
        named = [mark for mark in spot.left_marks if mark.kind in ("event", "funds", "amount")]
        counted = bool(re.search(r"个数|项目数|数量|家数", spot.left))
        if named and named[-1].kind != "event" and not counted:
            money = [
                index
                for index, fact in enumerate(self._facts)
                if index >= first and fact.kind == "aggregate" and fact.unit is not None and len(fact.unit) == 3
            ]
            if money:
                return money[-1]
            if named[-1].kind == "funds" and first < len(self._facts):
                return None
        if named and (counted or "project" in words):
            wanted = named[-1].meaning
            for index in range(len(self._facts) - 1, -1, -1):
                fact = self._facts[index]
                if (
                    fact.indicator in EVENT_INDICATORS.get(wanted, ("",))[:1]
                    and fact.unit == "count"
                    and fact.slice == NO_SLICE
                ):
                    return index
            return None
        same = [index for index in range(first, len(self._facts)) if self._facts[index].kind != "project"]
        achieved = [index for index in same if self._facts[index].kind == "aggregate"]
        # 完成全年目标X的Y%，同比增长Z%: what grew is the achieved figure, not the target between.
        return achieved[-1] if achieved else same[-1] if same else None

    def paired_growth(self, reading: SentenceReading, first: int) -> None:
        """`分别增长1.4倍和1.28倍`: the last figures before it, in order."""
        for mark in reading.marks:
            if mark.kind != "separately":
                continue
            clause = reading.sentence.clause_at(mark.start)
            # 同比分别增长…, 同比增幅分别为…
            lead = reading.sentence.text[max(clause.start, mark.start - 6) : mark.end + 8]
            way = re.search(r"增长|上升|下降|减少|增", lead)
            values = [
                q for q in reading.quantities if mark.end <= q.start < clause.end and q.family in ("percent", "times")
            ]
            start = reading.sentence.start
            owners = [
                index
                for index in range(first, len(self._facts))
                if self._facts[index].kind == "aggregate"
                and self._facts[index].span[0] < self._normal.original_span(start + mark.start, start + mark.end)[0]
            ][-len(values) :]
            if way is None or len(values) < 2 or len(owners) != len(values):
                continue
            sign = -1 if way.group() in ("下降", "减少") else 1
            for index, quantity in zip(owners, values, strict=True):
                if self._facts[index].yoy_percent is None:
                    self._facts[index] = self._facts[index].but(yoy_percent=sign * quantity.value)

    def paired_completion(self, reading: SentenceReading, first: int) -> None:
        """`分别完成年度任务的63%、53%和55%`: all figures of the sentence before it, its counts, or the last ones, in order."""
        for mark in reading.marks:
            after = reading.sentence.text[mark.start : mark.start + 24]
            if mark.kind != "separately" or _COMPLETED_SEPARATELY.match(after) is None:
                continue
            clause = reading.sentence.clause_at(mark.start)
            values = [q for q in reading.quantities if mark.end <= q.start < clause.end and q.family == "percent"]
            at, _ = self._normal.original_span(reading.sentence.start + mark.start, reading.sentence.start + mark.end)
            achieved = [
                i
                for i in range(first, len(self._facts))
                if self._facts[i].kind == "aggregate" and self._facts[i].span[0] < at
            ]
            counted = [i for i in achieved if self._facts[i].unit == "count"]
            owners = counted if len(achieved) != len(values) == len(counted) else achieved[-len(values) :]
            if len(values) < 2 or len(owners) != len(values):
                continue
            for index, quantity in zip(owners, values, strict=True):
                self._facts[index] = self._facts[index].but(target_completion_percent=quantity.value)

    def doublings(self, reading: SentenceReading, first: int) -> None:
        """`同比翻一番`: grown by 100 %, `翻两番` by 300 %."""
        if "番" not in reading.sentence.text:
            return
        for match in _DOUBLED.finditer(reading.sentence.text):
            at, _ = self._normal.original_span(
                reading.sentence.start + match.start(), reading.sentence.start + match.end()
            )
            owners = [
                i
                for i in range(first, len(self._facts))
                if self._facts[i].kind == "aggregate" and self._facts[i].span[0] < at
            ]
            if owners and self._facts[owners[-1]].yoy_percent is None:
                times = 2 ** {"两": 2, "三": 3}.get(match["times"] or "一", 1)
                self._facts[owners[-1]] = self._facts[owners[-1]].but(yoy_percent=Decimal((times - 1) * 100))

    def ranks(self, reading: SentenceReading, first: int, last_paragraph: int, note: Note) -> None:
        """居全省第二位: of the last figure before it. `last_paragraph` is that of the last fact; `note` hears refusals."""
        text = reading.sentence.text
        if "第" not in text and "首" not in text:
            return
        for match in _RANK.finditer(text):
            lead = text[reading.sentence.clause_at(match.start()).start : match.end()]
            if _NOT_RANK_AFTER.match(text[match.end() : match.end() + 3]) or not _is_rank(lead):
                continue
            owner = self._rank_owner(reading, match.start(), first, last_paragraph)
            value = _place(match["number"])
            of_all = re.search(r"招商引资|综合|工作", lead) and not re.search(r"到位|资金|金额", lead)
            if owner is None or value < 1 or of_all:
                note(match.group(), match.start())
                continue
            growth = re.search(r"增速|增幅|增长率|增长速度", lead) is not None
            if growth and _BOTH_RANKED.search(lead) and lead.count("第") == 1:
                growth = False  # 总量和增幅分别列全市第4、第6: the first is that of the total.
            self._give_rank(owner, Rank(value, self._within(_scope(match["scope"])), "growth" if growth else "value"))

    def _rank_owner(self, reading: SentenceReading, position: int, first: int, last_paragraph: int) -> int | None:
        facts = self._facts
        if first == len(facts):
            same_paragraph = bool(facts) and last_paragraph == reading.sentence.paragraph
            return len(facts) - 1 if same_paragraph and facts[-1].kind != "project" else None
        at, _ = self._normal.original_span(reading.sentence.start + position, reading.sentence.start + position)
        owners = [i for i in range(first, len(facts)) if facts[i].span[0] < at and facts[i].kind != "project"]
        return owners[-1] if owners else None

    def _give_rank(self, owner: int, rank: Rank) -> None:
        fact = self._facts[owner]
        if fact.rank is None:
            self._facts[owner] = fact.but(rank=rank)
        elif fact.rank_second is None:
            self._facts[owner] = fact.but(rank_second=rank)


def _is_rank(lead: str) -> bool:
    return bool(
        _RANK_LEAD.search(lead)
        or re.fullmatch(r"[，]?(?:总量|总额|规模|增速|增幅)?全[省市区州国]第.{1,3}", lead.strip())
    )


def _place(number: str | None) -> int:
    if number is None:
        return 1
    return int(number) if number.isdigit() else int(chinese_number(number) or 0)


def _scope(scope: str | None) -> str:
    found = re.search(r"全[省市区县州盟国]|[中西东][部南北][\u4e00-\u9fff]{0,2}[六七八九十]?省(?:市|区)?", scope or "")
    return found.group() if found else ""
