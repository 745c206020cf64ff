"""Named project events: which project was signed, started, finished or put into production, by whom, for how much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.news.facts.model import Span
from ingest.news.facts.names import (
    clean_name,
    company_in,
    has_placeholder,
    is_specific,
    short_company,
    specific_part,
    split_investor,
)
from ingest.news.facts.quantities import Quantity, chinese_number
from ingest.news.facts.sentences import Sentence
from ingest.news.facts.wording import Mark, any_of

_NOUN = r"(?:(?:产业园|科技园|工业园|物流园|基地|生产线|综合体|电站|电厂|风电场|商城|广场)(?:[一二三]期)?(?:建设)?(?:项目|工程)?|项目|工程)"
_LIST_TAIL = re.compile(
    r"(?:等(?:[一二两三四五六七八九十\d]+[个家大项])?|(?P<number>[一二两三四五六七八九十\d]+)[个大])"
    r"(?P<kind>[^，。；、：等]{0,14}?)(?:项目|工程)(?P<after>[^，。；]{0,12})"
)
_LIST_HEAD = re.compile(
    r"(?:引进|引入|招引|签约|签订|签署|签下|落户|落地|开工|动工|新建|实施|建成|投产|竣工|促成|推动|推进|促进|包括|涵盖|涉及|分别是|分别为|主要有|有|其中|如|是|以|对|将)(?:了|着|的|为|：)?"
)
_EVENTS = (
    ("production", re.compile(r"投产|试生产|投入生产|投入运营|投入使用|投运")),
    ("signed", re.compile(r"签约|签订|签署|签下|落户签约|引进|招引|引入")),
    ("started", re.compile(r"开工|动工|奠基|破土|上马|启动建设|新建")),
    ("completed", re.compile(r"竣工|建成|完工|封顶")),
    ("landed", re.compile(r"落户|落地|入驻|进驻")),
)
_SINGLE = re.compile(
    rf"(?P<name>[^，。；：、]{{2,48}}?{_NOUN}(?:（[^（）]{{1,12}}）)?(?:[一二三四]期)?)(?P<middle>(?:正式|成功|顺利|今日|日前|近日|也|已经?|于[^，。；]{{2,12}}|在[^，。；]{{2,16}}?|相继|全面|集中|同时|先后|均|举行|隆重|如期|投资|合作|框架|建设|项目|协议|意向)*)"
    r"(?P<event>签约|签订|签署|开工|动工|奠基|破土|上马|竣工|建成投产|建成|投产|落户|落地|投入运营|投入使用)(?P<after>[^，。；]{0,6})"
)
_OBJECT = re.compile(
    rf"(?P<before>[^，。；：]{{0,60}}?)(?P<event>签约|签订|签署|签下|成功签约|成功引进|引进|开工建设|新开工|开工|建成投产|建成|投产|落户|上马|新建)了?(?P<name>[^，。；：、]{{3,48}}?{_NOUN})(?P<after>[^，。；]{{0,8}})"
)
_AGREEMENT = re.compile(
    r"(?:与|和|同)(?P<party>[^，。；]{4,80}?)(?P<verb>签订|签署|签约|签下|达成)(?:了)?(?:[^，。；]{0,14}(?:协议|合同|意向书|备忘录)|[，。]|仪式)"
)
_BUILT = re.compile(
    rf"投资(?:约|近|超|逾)?[\d.]+[百千万]?[亿万]?(?:美元|欧元|港元|元|人民币)*，?(?:用于)?(?:建设|兴建|新建|打造)(?P<name>[^，。；：、]{{3,40}}?{_NOUN})"
)
_MORE = re.compile(rf"、(?P<name>[^，。；：、]{{3,40}}?{_NOUN})")
_QUOTED = re.compile(r"《(?P<name>[^《》]{4,40}?项目)(?:[^《》]{0,10}?(?:协议|合同|意向书|备忘录)(?:书)?)》")
_PARTIES = re.compile(r"(?:与|和|同)(?P<investor>[^，。；、]{2,36}?)(?:正式|成功|就|现场|签|举行|达成|共同|，)")
_SUPERLATIVE = re.compile(rf"(?:最大的|最多的|其中)(?:项目)?(?:是|为)(?P<name>[^，。；：、]{{3,40}}?{_NOUN})")
_PLANNED = re.compile(
    any_of("planned")
    + r"|推动(?![^，。]*已)|实现[^，。]{0,6}目标|可(?=望|能|以)|抓(?=好|紧|住|项目)|(?<![主重需])要(?![素塞道闻])|洽谈(?!会)"
)
_MEETING = r"|推介(?!会|活动)|洽谈(?!会)|对接(?!会|活动)|(?<![主重需])要(?![素塞道闻])"
_PLANNED_LIST = re.compile(any_of("planned_list") + _MEETING)
_PASSIVE_RATE = re.compile(r"^(?:率|量|数|期|后|前|的(?!项目)|难|难题|周期|速度|仪式现场推进会)")


@dataclass(frozen=True, slots=True)
class ProjectEvent:
    """A named project and what happened to it; `span` is relative to the sentence."""

    name: str
    investor: str | None
    event: str
    span: Span
    money: Quantity | None


def find_projects(
    sentence: Sentence, marks: list[Mark], quantities: list[Quantity], carried: str | None
) -> tuple[list[ProjectEvent], list[Span]]:
    """The named project events of a sentence, and the spans whose numbers belong to names or to single projects.

    `carried` is the event the paragraph speaks of, for lists that don't repeat it.
    """
    events: list[ProjectEvent] = []
    taken: list[Span] = []
    carried = carried if carried in ("signed", "landed", "started", "completed") else None
    if has_placeholder(sentence.text) or not (carried or any(mark.kind == "event" for mark in marks)):
        return [], []
    for finder in (
        _lists,
        _joined,
        _enumerations,
        _colon_lists,
        _superlatives,
        _backed,
        _objects,
        _singles,
        _funded,
        _agreements,
    ):
        for event in finder(sentence, marks, quantities, carried):
            if any(event.span[0] < other.span[1] and other.span[0] < event.span[1] for other in events):
                continue
            if finder is _agreements and _speaks_of_a_named_one(sentence, event, events):
                continue
            events.append(event)
            taken.append(event.span)
            if event.money is not None:
                taken.append((event.money.start, event.money.end))
    events.sort(key=lambda event: event.span)
    events = _backers(sentence.text, events)
    return _paired_amounts(sentence, marks, quantities, events, taken)


def _speaks_of_a_named_one(sentence: Sentence, agreement: ProjectEvent, events: list[ProjectEvent]) -> bool:
    """Whether an agreement without a project's name is that of a project named in the same part of the sentence."""
    return agreement.name == _unnamed(agreement.investor or "") and any(
        (other.investor is None or other.name != _unnamed(other.investor))
        and "；" not in _between(sentence.text, agreement.span, other.span)
        for other in events
    )


_BACKER = re.compile(r"由(?P<party>[^，。；]{3,36}?)(?:独家|全额|共同|联合)?(?:投资|出资|承建|建设|开发)")


def _backers(text: str, events: list[ProjectEvent]) -> list[ProjectEvent]:
    """`某项目总投资15亿元，由某公司投资建设`: the investor named after the project, before the next one."""
    found = []
    for number, event in enumerate(events, 1):
        following = events[number].span[0] if number < len(events) else len(text)
        end = min(following, *(_at(text, mark, event.span[1]) for mark in "；。"))
        named = _BACKER.search(text, event.span[1], end) if event.investor is None else None
        investor = company_in(named["party"]) if named else None
        found.append(replace(event, investor=investor) if investor else event)
    return found


def _at(text: str, mark: str, start: int) -> int:
    """Where a punctuation mark stands next; the end of the text where it doesn't."""
    found = text.find(mark, start)
    return found if found >= 0 else len(text)


def _paired_amounts(
    sentence: Sentence, marks: list[Mark], quantities: list[Quantity], events: list[ProjectEvent], taken: list[Span]
) -> tuple[list[ProjectEvent], list[Span]]:
    """`签约甲、乙、丙三个项目，签约金额分别为5亿元、3亿元、1亿元`: each project its own amount, in order."""
    for mark in marks:
        if mark.kind != "separately":
            continue
        clause = sentence.clause_at(mark.start)
        amounts = [q for q in quantities if mark.end <= q.start < clause.end and q.is_money and q.bound is None]
        owners = [at for at, event in enumerate(events) if event.span[1] <= mark.start and event.money is None]
        if len(amounts) < 2 or len(amounts) != len(owners):
            continue
        for at, amount in zip(owners, amounts, strict=True):
            events[at] = replace(events[at], money=amount)
            taken.append((amount.start, amount.end))
    return events, taken


def _unnamed(company: str) -> str:
    """The name of a project that the text names only by its company."""
    return f"{short_company(company)}项目"


_DATED = re.compile(
    r"(?P<date>(?:(?:19|20)\d{2}年|今年|去年)(?:\d{1,2}月)?(?:\d{1,2}日)?)(?:正式|顺利|全面|份|底|初)*(?P<event>开工建设|开工|动工|奠基|建成投产|竣工投产|投产|竣工|建成|投入运营|签约|落户)"
)


def any_of_planned(text: str) -> bool:
    """Whether the words speak of what is still to come; 计划总投资 doesn't."""
    return _PLANNED_LIST.search(re.sub("(?:计划|预计)(?:总)?投资", "", text)) is not None


def find_dated_events(sentence: Sentence, quantities: list[Quantity], company: str | None) -> list[ProjectEvent]:
    """`该公司…项目总投资7亿元，2018年6月开工，2019年4月投产`: dated steps of the one project spoken of.

    `company` is the company named last in the paragraph; it stands for the project where no name is given.
    """
    text = sentence.text
    if not re.search(r"该公司|该项目|该企业|项目(?:[一二三]期)?(?:总投资|计划|投资|于)", text):
        return []
    if any(quantity.family == "count" and quantity.unit in ("个", "项") for quantity in quantities):
        return []
    company = company_in(text) if company is None else company
    if company is None:
        return []
    investor = company_in(party["party"]) if (party := re.search(r"由(?P<party>[^，。；]{4,30}?)投资", text)) else None
    money = next((q for q in quantities if q.is_money and re.search(r"投资[^，。；]{0,4}$", text[: q.start])), None)
    events = []
    for match in _DATED.finditer(text):
        event = _event_of(match["event"])
        # 计划2012年11月开工，2013年10月投产: what is planned stays planned to the end of the sentence.
        planned = any_of_planned(text[text.rfind("；", 0, match.start()) + 1 : match.start("event")])
        if event is None or planned:
            continue
        events.append(ProjectEvent(_unnamed(company), investor or company, event, match.span(), money))
    return events


def _between(text: str, one: Span, other: Span) -> str:
    return text[min(one[1], other[1]) : max(one[0], other[0])]


def _event_of(text: str) -> str | None:
    """The furthest stage a predicate names: 建成投产 is production."""
    for event, pattern in _EVENTS:
        if pattern.search(text):
            return event
    return None


def _first_event(text: str) -> str | None:
    found = [(match.start(), event) for event, pattern in _EVENTS if (match := pattern.search(text))]
    return min(found)[1] if found else None


def _make(
    raw: str, start: int, event: str, quantities: list[Quantity], text: str, investor: str | None = None
) -> ProjectEvent | None:
    cleaned = clean_name(raw)
    own, name = split_investor(cleaned)
    # 对新引进投资5亿元以上的制造业项目给予奖励: a class of projects, not one.
    if not name or not is_specific(cleaned) or re.search(r"[，。；]|率$|以上项目$|以上的|以下的|不(?:低|少)于", name):
        return None
    if len(specific_part(name)) < 2 and own is None:
        return None
    at = text.find(name, start)
    span = (at if at >= 0 else start, (at if at >= 0 else start) + len(name))
    return ProjectEvent(name, own or investor, event, span, _own_money(text, raw, start, quantities))


def _is_bare(made: ProjectEvent) -> bool:
    """A name alone in running text, without investor or amount, must say more to be taken for a project."""
    if made.investor is not None or made.money is not None:
        return False
    return len(specific_part(made.name)) < 4 or len(made.name) > 20


def _own_money(text: str, raw: str, start: int, quantities: list[Quantity]) -> Quantity | None:
    """The investment stated in the name, right before it, or in the clauses that follow at once."""
    end = start + len(raw)
    inside = [q for q in quantities if q.is_money and q.bound is None and start <= q.start < end]
    if inside:
        return inside[0]
    before = [
        q
        for q in quantities
        if q.is_money
        and q.end <= start
        and start - q.end <= 2
        and q.bound != "min"
        and not re.search(r"[：；，。]", text[q.end : start])
    ]
    if before and re.search(r"投资|投入", text[max(0, before[-1].start - 8) : before[-1].start]):
        return before[-1]
    for quantity in quantities:
        if quantity.is_money and quantity.bound is None and quantity.start >= end:
            lead = text[end : quantity.start]
            if lead in ("", "（", "：", "，"):
                return quantity
            if any(q.family == "count" and end <= q.start < quantity.start for q in quantities):
                return None
            if (
                re.search(
                    r"(?:总投资|投资额|投资总额|计划投资|协议投资|投资|合同金额|协议金额|总投入|合同额|协议额|签约额|成交额|引资额)[^，。；]{0,6}$",
                    lead,
                )
                and len(lead) < 48
                and "；" not in lead
                and not re.search(r"项目\d|固定资产", lead)
            ):
                return quantity
            return None
    return None


def _lists(
    sentence: Sentence, marks: list[Mark], quantities: list[Quantity], carried: str | None
) -> Iterator[ProjectEvent]:
    text = sentence.text
    for tail in _LIST_TAIL.finditer(text):
        begin = max(text.rfind(mark, 0, tail.start()) for mark in "，。；：") + 1
        listed = text[begin : tail.start()]
        # 促成了A、B、C: the list starts after the last verb before its first name.
        first = re.split(r"[、]", listed)[0]
        head_end = 0
        for head in _LIST_HEAD.finditer(first):
            head_end = head.end()
        head_text, listed_at = listed[:head_end], begin + head_end
        names = text[listed_at : tail.start()]
        if tail["number"] and "、" not in names and "和" not in names:
            continue
        if _PLANNED_LIST.search(text[begin:listed_at]) or _PLANNED.search(tail["after"]):
            continue
        if tail["number"] and _number(tail["number"]) != len(_split_names(names)):
            continue
        event = _event_of(tail["after"]) or _event_of(tail["kind"]) or _event_of(head_text)
        if _PASSIVE_RATE.match(tail["after"]):
            event = None
        if event is None:
            previous = text[max(0, begin - 24) : begin]
            event = _event_of(previous) if re.search(r"[：，]$", previous) and head_text else None
        if event is None:
            continue
        at = listed_at
        for part in _split_names(names):
            made = _make(part, at, event, quantities, text)
            at += len(part) + 1
            if made is not None:
                yield made


_ENUMERATION = re.compile(
    r"(?:主要有|主要包括|主要是|包括|分别是|分别为|涵盖|其中有|项目有)：?(?P<names>[^。；]*、[^。；]*)"
)


def _enumerations(
    sentence: Sentence, marks: list[Mark], quantities: list[Quantity], carried: str | None
) -> Iterator[ProjectEvent]:
    """`已开工项目54个，主要有A项目、B项目等`."""
    text = sentence.text
    for match in _ENUMERATION.finditer(text):
        head = text[max(text.rfind("。", 0, match.start()), text.rfind("；", 0, match.start())) + 1 : match.start()]
        event = _event_of(re.split(r"[，]", head.rstrip("，"))[-1]) or _event_of(head)
        parts = match["names"].split("、")
        named = [part for part in parts if re.search(_NOUN, part)]
        # 集中签约8个项目。其中包括甲项目、乙项目等: the list goes on with the sentence before.
        goes_on = not head.strip("，其中")
        event = carried if goes_on else event
        if (
            event is None
            or ("项目" not in head and not goes_on)
            or len(named) * 2 < len(parts)
            or _PLANNED_LIST.search(head)
        ):
            continue
        at = match.start("names")
        # 甲项目、乙项目，总投资21亿元: the sum of all, where no other item states an amount.
        amounts = [bool(re.search(r"[\d.]+[百千万]?[亿万]", part)) for part in parts]
        for part in parts:
            made = _make(re.split(r"等(?:项目)?[。，]?$|，", part)[0], at, event, quantities, text)
            inside = made is not None and made.money is not None and at <= made.money.start < at + len(part)
            if made is not None:
                yield made if inside and any(amounts[:-1]) else replace(made, money=None)
            at += len(part) + 1


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    try:
        return int(chinese_number(text) or 0)
    except KeyError:
        return 0


def _split_names(names: str) -> list[str]:
    parts = re.split(r"、", names)
    last = parts[-1]
    joined = re.match(r"^(?P<a>.{4,}?)(?:和|及|以及)(?P<b>.{4,})$", last)
    if joined and not re.search(r"(?:有限公司|集团)$", joined["a"]):
        parts[-1:] = [joined["a"], joined["b"]]
    return parts


def _colon_lists(
    sentence: Sentence, marks: list[Mark], quantities: list[Quantity], carried: str | None
) -> Iterator[ProjectEvent]:
    text = sentence.text
    colon = text.find("：")
    if colon < 4:
        return
    head, body = text[:colon], text[colon + 1 :]
    event = _event_of(head)
    if event is None or "项目" not in head or _PLANNED_LIST.search(head):
        return
    separator = "；" if "；" in body else "、" if "、" in body else "，"
    at = colon + 1
    for part in body.split(separator):
        raw = re.split(r"等(?:项目)?[。，]?$|[。，]", part)[0]
        if re.search(_NOUN, raw) or (separator != "，" and len(raw) >= 4):
            made = _make(raw, at, event, quantities, text)
            if made is not None:
                yield made
        at += len(part) + 1


_INVESTS = (
    r"(?:计划|协议|预计|项目|合同|意向|概算)?"
    r"(?:总投资额?|投资总额|投资额|投资|总投入|(?:合同|协议|签约|成交|引资)(?:总额|金额|额|资金))(?:约|近|达|超|逾|超过|为)?"
)
_AMOUNT = r"[\d.]+[百千万]?[亿万]?(?:美元|元|人民币)*"
_FUNDED = re.compile(
    rf"{_INVESTS}{_AMOUNT}、?(?:占地[\d.]+亩)?(?:建设的|兴建的|的建设|的|建设|兴建)(?P<name>[^，。；：、（）]{{3,40}}?(?:{_NOUN}|(?=[、，；。）]|等)))"
    rf"|(?P<name2>[^，。；：、（]{{3,40}}?(?:{_NOUN}|（[^（）]{{1,12}}）项目))[（，]?{_INVESTS}(?=[\d.]+[百千万]?[亿万])"
    rf"|(?P<name3>[^，。；：、（）]{{4,30}})（{_INVESTS}(?=[\d.]+[百千万]?[亿万])"
    rf"|(?P<name4>[^，。；：、（）]{{3,40}}?{_NOUN})[（：]?(?=[\d.]+[百千万]?[亿万]美?元?[、；，。）])"
)


def _funded(
    sentence: Sentence, marks: list[Mark], quantities: list[Quantity], carried: str | None
) -> Iterator[ProjectEvent]:
    """`总投资3亿元的某项目`, `某项目，总投资3亿元`: under the event the sentence or paragraph speaks of."""
    text = sentence.text
    for match in _FUNDED.finditer(text):
        group = match.lastgroup or "name"
        start = match.start(group)
        begin = max(text.rfind(mark, 0, start) for mark in "。；") + 1
        lead = text[begin : match.start()] + match[group]
        after = re.split(r"[，。；]", text[match.end() :])[0]
        if group == "name4" and re.search(r"完成投资|到位|完成", lead):
            continue
        if _counts(match[group], quantities, start) or _PLANNED_LIST.search(text[begin : match.start()]):
            continue
        if not re.search(_NOUN, match[group]) and (_event_of(match[group]) or re.search(r"在|正|已|于", match[group])):
            continue
        event = _event_of(after) if group == "name" else None
        event = event or _event_of(lead) or _event_of_list(text, match.start()) or carried
        if event is None:
            continue
        clause = sentence.clause_at(match.start())
        begin = max(clause.start, text.rfind("、", 0, match.start()) + 1)
        party = company_in(text[begin : match.start()]) if group == "name" else None
        made = _make(match[group], start, event, quantities, text, party)
        if made is not None:
            yield made


def _event_of_list(text: str, position: int) -> str | None:
    """`集中签约的4个项目里，甲项目…；乙项目…`: what the head of a list says of all its items."""
    head = text.split("，", 1)[0]
    if "；" not in text[len(head) : position] or "项目" not in head or _PLANNED_LIST.search(head):
        return None
    return _event_of(head) if re.search(r"项目(?:里|中|为|是|包括)?$", head) else None


_JOINED = re.compile(
    rf"(?P<names>[^，。；：、]{{2,40}}?{_NOUN}(?:[、和及][^，。；：、]{{2,40}}?{_NOUN})+)"
    r"(?:等(?:[一二两三四五六七八九十\d]+[个家])?(?:项目)?)?(?:正式|成功|顺利|相继|先后|陆续|均|都|已|已经|全部|集中|同时|同日|如期|近期|近日|日前|双双)*"
    r"(?P<event>签约|开工|动工|奠基|上马|竣工|建成投产|建成|投产|落户|落地)(?P<after>[^，。；]{0,6})"
)


def _joined(
    sentence: Sentence, marks: list[Mark], quantities: list[Quantity], carried: str | None
) -> Iterator[ProjectEvent]:
    """`甲项目、乙项目先后落户`."""
    text = sentence.text
    for match in _JOINED.finditer(text):
        event = _event_of(match["event"] + match["after"][:2])
        if (
            event is None
            or _PASSIVE_RATE.match(match["after"])
            or _PLANNED_LIST.search(_clause_lead(text, match.start(), ""))
        ):
            continue
        at = match.start()
        for part in _split_names(match["names"]):
            made = None if _counts(part, quantities, at) else _make(part, at, event, quantities, text)
            at += len(part) + 1
            if made is not None:
                yield made


_BACKED = re.compile(
    rf"(?P<name>[^，。；：、]{{3,40}}?{_NOUN})，?(?:是|系)?由(?P<investor>[^，。；]{{3,36}}?)(?:独家|全额|共同|联合)?(?:投资|出资|承建|实施)"
)


def _backed(
    sentence: Sentence, marks: list[Mark], quantities: list[Quantity], carried: str | None
) -> Iterator[ProjectEvent]:
    """`某项目由某公司投资建设，总投资20亿元`: under the event the sentence or the ceremony speaks of."""
    text = sentence.text
    for match in _BACKED.finditer(text):
        begin = max(text.rfind(mark, 0, match.start()) for mark in "。；") + 1
        lead = text[begin : match.start("name")]
        event = _event_of(lead) or carried
        if event is None or _PLANNED_LIST.search(lead) or _counts(match["name"], quantities, match.start("name")):
            continue
        investor = company_in(match["investor"]) or match["investor"]
        made = _make(match["name"], match.start("name"), event, quantities, text, investor)
        if made is not None:
            money = made.money or _money_of_clauses(text, match.end(), quantities)
            yield replace(made, money=money)


def _money_of_clauses(text: str, start: int, quantities: list[Quantity]) -> Quantity | None:
    """The first investment stated from a position to the end of its part of the sentence."""
    stop = re.search(r"[。；]", text[start:])
    end = start + stop.start() if stop else len(text)
    for quantity in quantities:
        if start <= quantity.start < end and quantity.is_money and quantity.bound is None:
            lead = text[max(start, quantity.start - 8) : quantity.start]
            return quantity if re.search(r"投资|投入", lead) else None
    return None


def _superlatives(
    sentence: Sentence, marks: list[Mark], quantities: list[Quantity], carried: str | None
) -> Iterator[ProjectEvent]:
    text = sentence.text
    for match in _SUPERLATIVE.finditer(text):
        event = _event_of(text[: match.start()]) or carried
        if event is None:
            continue
        made = _make(match["name"], match.start("name"), event, quantities, text)
        if made is not None:
            yield made


def _objects(
    sentence: Sentence, marks: list[Mark], quantities: list[Quantity], carried: str | None
) -> Iterator[ProjectEvent]:
    """`某镇与某公司签约某项目`."""
    text = sentence.text
    for match in _OBJECT.finditer(text):
        clause = sentence.clause_at(match.start("event"))
        before = text[clause.start : match.start("event")]
        if _PLANNED.search(before) or _counts(match["name"], quantities, match.start("name")):
            continue
        if _PASSIVE_RATE.match(match["name"]) or match["name"].startswith(("项目", "仪式", "率", "协议", "合同")):
            continue
        event = _first_event(match["event"]) if "建成投产" not in match["event"] else "production"
        if event is None:
            continue
        party = _PARTIES.search(text[clause.start : match.end("event")])
        investor = company_in(party["investor"]) or party["investor"] if party else None
        later = _event_of(match["after"])
        made = _make(match["name"], match.start("name"), later or event, quantities, text, investor)
        if made is None or _is_bare(made):
            continue
        yield made
        at = match.end("name")
        while (more := _MORE.match(text, at)) is not None:
            also = _make(more["name"], more.start("name"), later or event, quantities, text)
            at = more.end()
            if also is not None:
                yield also


def _singles(
    sentence: Sentence, marks: list[Mark], quantities: list[Quantity], carried: str | None
) -> Iterator[ProjectEvent]:
    """`某项目签约`, `某工程奠基`."""
    text = sentence.text
    for match in _SINGLE.finditer(text):
        name = match["name"]
        if _PLANNED.search(match["middle"]) or _PLANNED.search(_clause_lead(text, match.start("name"), name)):
            continue
        if _PASSIVE_RATE.match(match["after"]) or _counts(name, quantities, match.start("name")):
            continue
        if _HAS_OBJECT.match(text[match.end("event") :]) and match["event"] in ("签约", "签订", "签署", "落户", "落地"):
            continue
        event = _event_of(match["event"] + match["after"][:2])
        if event is None:
            continue
        made = _make(name, match.start("name"), event, quantities, text)
        if made is not None and not _is_bare(made):
            yield made


def _agreements(
    sentence: Sentence, marks: list[Mark], quantities: list[Quantity], carried: str | None
) -> Iterator[ProjectEvent]:
    """`与某公司签订投资协议`: the project has no name but its investor's."""
    text = sentence.text
    quoted = list(_QUOTED.finditer(text))
    if quoted and re.search(r"签订|签署|签约|签下", text[: quoted[0].start()]):
        for match in quoted:
            made = _make(match["name"], match.start("name"), "signed", quantities, text)
            if made is not None:
                yield made
        return
    for match in _AGREEMENT.finditer(text):
        clause = sentence.clause_at(match.start())
        if _PLANNED_LIST.search(text[clause.start : match.start("verb")]) or "等" in match["party"]:
            continue
        built = _BUILT.search(text, match.end())
        for party in match["party"].split("、"):
            company = company_in(party)
            if company is not None and built is not None and "、" not in match["party"]:
                # 与某公司签约，后者将投资3亿元建设某项目: what was signed is that project.
                made = _make(built["name"], built.start("name"), "signed", quantities, text, company)
                if made is not None:
                    yield replace(made, money=_money_of_clauses(text, match.end(), quantities))
                    continue
            if company is not None:
                at = text.find(company, match.start())
                yield ProjectEvent(_unnamed(company), company, "signed", (at, at + len(company)), None)


_HAS_OBJECT = re.compile(
    r"(?:了|(?:入驻|落户)(?=企业|项目|[，。；]|$|\d|[一二三四五六七八九十两]+[个家])|引进|企业|项目|\d|[一二三四五六七八九十两]+[个家]|重点|招商|各类)"
)


def _clause_lead(text: str, start: int, name: str) -> str:
    """Words of the clause up to the name, and the verb the name may begin with."""
    begin = max(text.rfind(mark, 0, start) for mark in "，。；：、") + 1
    verb = _PLANNED.match(re.sub(r"^计划(?:总)?投资", "", name))
    return text[begin:start] + (verb.group() if verb else "")


def _counts(name: str, quantities: list[Quantity], start: int) -> bool:
    """Whether the words count projects (`12个招商项目`) instead of naming one."""
    return any(
        q.family == "count" and q.unit in ("个", "项", "批", "家") and start - 1 <= q.start < start + len(name)
        for q in quantities
    )
