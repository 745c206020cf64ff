"""Which region a figure is about: 我市 and 全县 by the article's home, named regions, towns and zones as they come."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from ingest.gazetteer import Gazetteer, Mention, Region, gazetteer
from ingest.news.facts.names import specific_part
from ingest.news.facts.wording import any_of, words

_LEVEL_WORD = re.compile(
    r"(?P<who>全|我|该|本)(?P<level>省|自治区|市|县|区|州|盟|旗|镇|乡|街道|园区|开发区)(?!民|人|重点项目观摩)"
)
_ORGAN = re.compile(r"^(?:市|县|区|省|州)?(?:" + any_of("organ") + r")")
# 赴广东佛山、东莞招商，走访企业: where they went.
_ERRAND = re.compile(r"^(?:等地)?招商[，、。；]")
_AWAY_BEFORE = re.compile(r"(?:" + any_of("away_before") + r")$")
_AWAY_AFTER = re.compile(
    r"^(?:" + any_of("away_after") + r"|[一二三四五六七八九十两]省|[一二三四五六七八九十两]市|山(?!市|县|区))"
)
# Where a project stands is where the page is from: 位于沭阳县的项目, 落户大冶, 在沭阳开工; a ceremony in 深圳 is not.
_SITE_BEFORE = re.compile(r"(?:位于|坐落于|坐落在|落户|落地|落子|落户于)$")
_SITE_AFTER = re.compile(
    r"^(?:境内)?(?:正式|顺利|全面|隆重|集中)*(?:开工|动工|奠基|破土|竣工|建成|投产|落户|落地|投运)"
)
# A company or a project that begins with a place's name is not the place.
_NAME_AFTER = re.compile(
    r"^[\u4e00-\u9fffA-Za-z0-9（）·]{0,18}?(?:有限|公司|集团|股份|厂(?!房)|研究院|大学|学院|商会|银行|日报|晚报|时报|电视台|晨报|商报)"
)
# Short forms of counties that are everyday words: they name a region only with 县, 市 or 区 behind them.
_EVERYDAY = frozenset(words("everyday_names"))
_ZONE_FORMS = {"高新区": "高新技术产业开发区", "经开区": "经济技术开发区", "综保区": "综合保税区"}
_GENERIC_NAMES = frozenset(words("generic_districts"))
_TOWN = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,7}?(?:街道|镇|乡|苏木))(?![长里政上镇村办村民])")
_ZONE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{0,12}?(?:经济技术开发区|高新技术产业开发区|高新技术开发区|经济开发区|工业集中区|产业集聚区|循环经济试验区|综合保税区|工业园区|产业园区|产业新城|经开区|高新区|综保区|工业园|产业园|投资区|合作区|开发区|示范区|试验区|新区|园区))"
)
_AREA = re.compile(
    r"(?P<name>[皖苏粤豫鲁冀鄂湘赣川黔滇陕闽浙晋辽桂甘疆][东西南北中]{1,2}(?:地区|片区)?(?:[一二三四五六七八九十两\d]+个?市)?|[东西南北]疆(?:地区)?)(?=[^方部人])"
)
_BELOW_HINT = re.compile(
    "[镇乡园疆]|街道|苏木|开发区|高新区|经开区|[新园验范保聚作资]区|新城|[皖苏粤豫鲁冀鄂湘赣川黔滇陕闽浙晋辽桂甘][东西南北中]"
)
_COUNT = re.compile(r"[\d.]+(?:余|多)?[个项宗]")
_LEAD = re.compile(r"(?:^|[，。；：、）\s]|今年|以来|[月日年]|份|其中|前)$")


@dataclass(frozen=True, slots=True)
class Place:
    """A region of a figure: its full official name, its code where GB/T 2260 has one, and how the text said it."""

    name: str | None
    code: str | None
    raw: str | None
    region: Region | None = None


NOWHERE = Place(None, None, None)


@dataclass(frozen=True, slots=True)
class PlaceAt:
    """A place that rules the figures after `start`."""

    start: int
    end: int
    place: Place


class Places:
    """The regions of one article."""

    def __init__(self, title: str, text: str, on: date | None, home_code: str | None, source: str = "") -> None:
        """`title` and `text` are normalised; `home_code` wins over what they suggest."""
        self._book: Gazetteer = gazetteer()
        self._on = on
        self._seen: Counter[str] = Counter()
        given = self._book.get(home_code, on) if home_code else None
        self.home: Region | None = given or self._guess_home(title, text, source)
        self._home_below = self._below_in_title(title, text)

    def home_place(self) -> Place:
        """The article's own region: the zone or town its title opens with, else the county."""
        if self._home_below is not None:
            return self._home_below
        return self._county()

    def _county(self) -> Place:
        return self._place(self.home, None) if self.home else NOWHERE

    def _below_in_title(self, title: str, text: str) -> Place | None:
        """The zone or town a title opens with, where the text goes on to speak of it."""
        if self.home is None or _BELOW_HINT.search(title) is None:
            return None
        found = [
            PlaceAt(mention.start, mention.end, place)
            for mention in self._joined(title)
            if (place := self._subject(title, mention)) is not None
        ]
        opened = found[0].end if found and found[0].start == 0 else 0
        for pattern in (_ZONE, _TOWN):
            match = pattern.search(title)
            if match is None or match.start("name") not in (0, opened) or match["name"][-4:] not in text:
                continue
            below = self._named_below(title, match, found, self._county())
            if below is not None:
                return below.place
        return None

    def was_abolished_long_before(self, published: date | None) -> bool:
        """Whether the home's name ended long before the page's date: then the page is a repost."""
        if self.home is None or published is None or self.home.valid_to is None:
            return False
        return (published - self.home.valid_to).days > 180

    def subjects(self, sentence: str, current: Place) -> list[PlaceAt]:
        """The places that rule the figures of a sentence, each from its position on."""
        found: list[PlaceAt] = []
        mentions = self._joined(sentence)
        for mention in mentions:
            place = self._subject(sentence, mention)
            if place is not None:
                found.append(PlaceAt(mention.start, mention.end, place))
        spans = [(mention.start, mention.end) for mention in mentions]
        for match in _LEVEL_WORD.finditer(sentence):
            # 全州县 is a county; 全州 alone all of a prefecture.
            named = any(m.is_full and m.start <= match.start() < m.end for m in mentions)
            if named or _is_yardstick(sentence, match):
                continue
            ruler = next((item.place for item in reversed(found) if item.start <= match.start()), current)
            place = self._level(match["level"], match.group(), ruler)
            if place is not None:
                found.append(PlaceAt(match.start(), match.end(), place))
        found += self._below(sentence, found, current, spans)
        return sorted(found, key=lambda item: (item.start, item.end))

    def within(self, word: str) -> str | None:
        """The full name of 全省, 全市… as the frame of a rank."""
        match = _LEVEL_WORD.match(word)
        place = self._level(match["level"], word, self.home_place()) if match else None
        return place.name if place is not None and place.name else (word or None)

    def listed(self, text: str) -> list[Place]:
        """The last run of regions joined by 、和及 in the words, in order."""
        runs: list[list[Mention]] = []
        for mention in self._joined(text):
            gap = text[runs[-1][-1].end : mention.start] if runs else ""
            if runs and re.fullmatch(r"[市县区州]{0,2}[、和及与]", gap):
                runs[-1].append(mention)
            else:
                runs.append([mention])
        if not runs or len(runs[-1]) < 2:
            return []
        places = []
        for mention in runs[-1]:
            fitting = [region for region in mention.regions if region.valid_on(self._on) and self._related(region)]
            if not fitting:
                return []
            places.append(self._place(fitting[0], mention.text))
        return places

    def other_provinces(self, text: str) -> bool:
        """Whether the words name other provinces as where money comes from."""
        if self.home is None or "赴" in text or "到访" in text:
            return False
        return any(
            mention.regions[0].level == "province" and mention.regions[0].code[:2] != self.home.code[:2]
            for mention in self._book.mentions(text)
        )

    # -- home ---------------------------------------------------------------------------------------------------

    def _guess_home(self, title: str, text: str, source: str) -> Region | None:
        votes: defaultdict[Region, float] = defaultdict(float)
        context = self._context(title + "\n" + text)
        for line_number, line in enumerate([title, *text.split("\n")]):
            in_title = line_number == 0
            for mention in self._joined(line):
                region = self._pick(mention, context)
                weight = self._vote(line, mention, region, in_title)
                if weight:
                    votes[region] += weight
        for mention in self._book.mentions(source):
            votes[self._pick(mention, context)] += 3
        levels = Counter(match["level"] for match in _LEVEL_WORD.finditer(title + "\n" + text))
        if not votes:
            return self._common_province(levels)
        for region in list(votes):
            votes[region] += _level_support(region, levels, self._book)
        best, weight = max(votes.items(), key=lambda item: (item[1], len(item[0].code.rstrip("0")), item[0].code))
        if weight < 3:
            return self._common_province(levels)
        return self._narrowed(best, levels, title, text)

    def _narrowed(self, home: Region, levels: Counter[str], title: str, text: str) -> Region:
        """The county of the home city that the title names, or the only one the page names where it says 全县."""
        if home.level != "city":
            return home
        named = [mention for mention in self._book.mentions(title) if not _AWAY_AFTER.match(title[mention.end :])]
        in_title = self._counties(home, named)
        if len(in_title) == 1 and not levels["市"]:
            return in_title.pop()
        if levels["县"] or levels["旗"]:
            counties = {
                r for r in self._counties(home, self._book.mentions(title + "\n" + text)) if r.name[-1] in "县旗"
            }
            if len(counties) == 1:
                return counties.pop()
        return home

    def _counties(self, home: Region, mentions: list[Mention]) -> set[Region]:
        return {
            region
            for mention in mentions
            for region in mention.regions
            if region.level == "county"
            and region.valid_on(self._on)
            and region.parent_code == home.code
            and region.short_name != home.short_name
        }

    def _common_province(self, levels: Counter[str]) -> Region | None:
        """Where 全省 is all the page says: the one province all its places lie in."""
        if not levels["省"] or len(self._seen) != 1 or sum(self._seen.values()) < 2:
            return None
        return self._book.get(next(iter(self._seen)) + "0000", self._on)

    def _context(self, text: str) -> Counter[str]:
        """Code prefixes the text speaks of by full names: they decide between regions of one name."""
        context: Counter[str] = Counter()
        for mention in self._book.mentions(text):
            if mention.is_full or mention.regions[0].level != "county":
                for region in {region.code[:4] for region in mention.regions if region.is_current}:
                    context[region] += 1
                context[mention.regions[0].code[:2]] += 1
                self._seen[mention.regions[0].code[:2]] += 1
        return context

    def _pick(self, mention: Mention, context: Counter[str]) -> Region:
        """The region a name means: in force on the page's date, in the provinces and cities the text speaks of."""
        valid = [region for region in mention.regions if region.valid_on(self._on)] or list(mention.regions)
        levels = {"province": 2, "city": 1, "county": 0}

        def rank(region: Region) -> tuple[int, int, int, date, str]:
            own_city = context[region.code[:4]] - 1 if region.level == "county" else 0
            return (
                levels[region.level] if not mention.is_full or region.level == "province" else 0,
                own_city,
                context[region.code[:2]],
                region.valid_to or date.max,
                region.code,
            )

        return max(valid, key=rank)

    def _vote(self, line: str, mention: Mention, region: Region, in_title: bool) -> float:
        before, after = line[max(0, mention.start - 3) : mention.start], line[mention.end : mention.end + 8]
        if _SITE_BEFORE.search(before) and (region.level == "county" or _SITE_AFTER.match(after)):
            return 3.0
        if before.endswith("在") and _SITE_AFTER.match(after):
            return 3.0
        away = bool(_AWAY_BEFORE.search(before) or _AWAY_AFTER.match(after))
        if in_title:
            return 0.5 if away and mention.start else self._vote_of_title(mention, region)
        if _ORGAN.match(after) and not _ERRAND.match(after):
            return 3.0 if mention.is_full or region.level != "county" else 1.5
        if mention.is_full:
            return 0.3 if away else 1.5
        level = re.match(r"^全[省市县区州]", after)
        if level:
            return 4.0
        if region.level == "county":
            return 0.4 if line.startswith(mention.text) or before.endswith(("，", "。", "以来")) else 0.0
        return 0.0 if away else 0.3

    @staticmethod
    def _vote_of_title(mention: Mention, region: Region) -> float:
        at_start = mention.start <= 2
        if mention.is_full:
            return 6.0 if at_start else 5.0
        if region.level != "county":
            return 5.0 if at_start else 2.0
        is_unique = len([one for one in mention.regions if one.is_current]) == 1
        if at_start:
            return 5.0 if is_unique else 3.0
        return 2.5 if is_unique else 0.5

    # -- subjects -----------------------------------------------------------------------------------------------

    def _joined(self, text: str) -> list[Mention]:
        """Mentions with `四川省成都市武侯区` taken as one, the last part ruling."""
        joined: list[Mention] = []
        for mention in self._book.mentions(text):
            if (mention.text in _GENERIC_NAMES or (mention.text in _EVERYDAY and not mention.is_full)) and not (
                joined and joined[-1].end == mention.start
            ):
                continue
            if joined and joined[-1].end == mention.start:
                above = joined[-1]
                inside = tuple(
                    region
                    for region in mention.regions
                    if any(region.code[:2] == upper.code[:2] for upper in above.regions)
                )
                if inside:
                    joined[-1] = Mention(
                        above.start, mention.end, above.text + mention.text, inside, mention.is_full or above.is_full
                    )
                    continue
                # 兰州新区 is a zone of 兰州, not some other city's district of that name.
                if mention.text in _GENERIC_NAMES:
                    continue
            joined.append(mention)
        return joined

    def _subject(self, text: str, mention: Mention) -> Place | None:
        before, after = text[max(0, mention.start - 3) : mention.start], text[mention.end : mention.end + 8]
        if _AWAY_BEFORE.search(before) or _AWAY_AFTER.match(after) or self._begins_a_name(text, mention):
            return None
        in_force = [region for region in mention.regions if region.valid_on(self._on)]
        related = [region for region in in_force or mention.regions if self._related(region)]
        if self.home is not None and not related:
            return None
        regions = related or list(mention.regions)
        region = next((region for region in regions if region.valid_on(self._on)), regions[0])
        if not mention.is_full and region.level == "county" and region != self.home:
            return None
        if not mention.is_full and self.home is None:
            return None
        return self._place(region, mention.text)

    def _begins_a_name(self, text: str, mention: Mention) -> bool:
        """Whether the place only opens a company's or a project's name."""
        rest = re.split(r"[，。；：、\d“”]", text[mention.end : mention.end + 40])[0]
        if _NAME_AFTER.match(rest) and not re.search(r"(?:签|引进|与|和)", rest.split("公司")[0].split("集团")[0]):
            return True
        found = re.match(r"^(?P<stem>[\u4e00-\u9fff]{2,})(?:项目|工程)$", rest)
        # 白河县今年共新签约招商引资项目34个 counts projects of the county; no project has such a name.
        if found is None or _COUNT.match(text, mention.end + len(rest)):
            return False
        return len(specific_part(found["stem"])) >= 3

    def _related(self, region: Region) -> bool:
        """Above, below or beside the home, in its province."""
        return self.home is None or region.code[:2] == self.home.code[:2]

    def _level(self, level: str, raw: str, ruler: Place) -> Place | None:
        """The region 全省, 我市, 该县 mean, seen from the ruling place, else from home."""
        for start in (ruler.region, self.home):
            if start is None:
                continue
            for region in reversed(self._book.lineage(start, self._on)):
                if _is_level(region, level):
                    return self._place(region, raw)
        if level in ("镇", "乡", "街道", "园区", "开发区"):
            return Place(ruler.name, ruler.code, raw, ruler.region)
        if self.home is None:
            return Place(None, None, raw)
        return None

    def _below(self, text: str, found: list[PlaceAt], current: Place, spans: list[tuple[int, int]]) -> list[PlaceAt]:
        """Towns and zones: parent + name."""
        below: list[PlaceAt] = []
        if _BELOW_HINT.search(text) is None:
            return below
        for pattern in (_TOWN, _ZONE, _AREA):
            for match in pattern.finditer(text):
                # 陕西, 湘西, 黔东南 are regions themselves, and 辽东湾新区 a zone, not the west or east of one.
                zones = [(item.start, item.end) for item in below]
                if pattern is _AREA and any(start <= match.start() < end for start, end in (*spans, *zones)):
                    continue
                place = self._named_below(text, match, found, current)
                if place is not None:
                    below.append(place)
        return below

    def _named_below(self, text: str, match: re.Match[str], found: list[PlaceAt], current: Place) -> PlaceAt | None:
        start, name = match.start("name"), match["name"]
        parent = current
        for item in found:
            if item.end == start:
                parent = item.place
            elif item.start <= start < item.end and item.end < match.end("name"):
                # `庆城镇`: the town has its county's short name; `驻马店经济开发区`: the zone its city's.
                parent = item.place
        zone = name
        # 贵州省黔东南州凯里经济开发区: the regions it is in come off one by one.
        while (inner := self._opening_region(zone)) is not None:
            region, end = inner
            parent, zone = self._place(region, zone[:end]), zone[end:]
        lead = text[max(0, start - 3) : start]
        if re.search(r"该|是|的|项目|和|在|为|与|等|个|将|全|各|我|本", zone):
            return None
        if not (_LEAD.search(lead) or any(item.end == start for item in found) or start == 0):
            return None
        after = text[match.end("name") : match.end("name") + 6]
        if _AWAY_AFTER.match(after) or after[:2] in ("项目", "建设", "二期", "一期") or not zone:
            return None
        if parent.region is None and self.home is not None:
            parent = self.home_place()
        if parent.name is None:
            return None
        base = parent if parent.region is None else self._place(parent.region, None)
        zone = re.sub(r"^[市县区州](?=[\u4e00-\u9fff]{3,})", "", zone)
        zone = zone[:-3] + _zone_form(zone[-3:], base.region)
        if (
            len(zone) <= 3
            and zone in ("园区", "开发区", "示范区", "新区", "高新区", "经开区", "产业园", "工业园", "试验区")
            and zone in ("园区",)
        ):
            return None
        return PlaceAt(start, match.end("name"), Place((base.name or "") + zone, base.code, name, base.region))

    def _opening_region(self, name: str) -> tuple[Region, int] | None:
        """The region a zone's name opens with by its full name, or by a short one with its level, and where that ends."""
        inner = next((m for m in self._book.mentions(name) if m.start == 0 and m.end < len(name)), None)
        if inner is None:
            return None
        region = next((r for r in inner.regions if self._related(r) and r.valid_on(self._on)), None)
        # 黔东南州 is as good as a full name; 兰州 in 兰州新区 belongs to the zone's own.
        named = region is not None and (inner.is_full or inner.text == region.short_name + "州")
        return (region, inner.end) if region is not None and named else None

    def _place(self, region: Region | None, raw: str | None) -> Place:
        if region is None:
            return NOWHERE
        return Place(self._book.full_name(region, self._on), region.code, raw, region)


def _zone_form(short: str, region: Region | None) -> str:
    """The full form of 经开区, 高新区; a county's 经开区 is hardly ever one of the state's 经济技术开发区."""
    if short == "经开区" and region is not None and region.name.endswith(("县", "旗")):
        return "经济开发区"
    return _ZONE_FORMS.get(short, short)


def _is_yardstick(text: str, match: re.Match[str]) -> bool:
    """Whether 全省 is only what a rank or share is measured against."""
    if match["who"] != "全":
        return False
    before, after = text[max(0, match.start() - 4) : match.start()], text[match.end() : match.end() + 12]
    return bool(
        re.search(
            r"(?:居|列|排|排名|位|占|高于|低于|快于|超|走在|率先在|领跑|跃居|跃升|增幅|增速|进入|列入|纳入)$", before
        )
        or re.match(r"^[^，。；]{0,8}?(?:第[一二三四五六七八九十\d]+(?:位|名)?|首位|前列|前茅|平均|排名)", after)
    )


def _is_level(region: Region, level: str) -> bool:
    if level == "省":
        return region.level == "province"
    if level == "自治区":
        return region.level == "province" and "自治区" in region.name
    if level == "区":
        return region.name.endswith("区") and region.level != "city"
    if level == "市":
        return region.name.endswith("市")
    if level == "县":
        return region.level == "county" and not region.name.endswith("区")
    return region.name.endswith(level)


def _level_support(region: Region, levels: Counter[str], book: Gazetteer) -> float:
    """How much 全市, 我县… in the text speak for a region of that level."""
    support = 0.0
    for level, count in levels.items():
        if _is_level(region, level):
            support += min(count, 3) * (1.5 if level in ("县", "旗") or region.level != "county" else 1.2)
    return support
