"""Names of projects and investors: which words are a name, and which only say what kind of thing it is."""

from __future__ import annotations

import re

from ingest.news.facts.wording import any_of

_GENERIC = re.compile(any_of("name_generic") + r"|产业(?!园)|工业(?!园)|[\d.]+|[百千万]?亿元?")
_COMPANY = r"[\u4e00-\u9fffA-Za-z0-9（）·]{2,24}?" + any_of("company_ending")
_INVESTOR = re.compile(
    rf"^(?:由|与|和|是)?(?P<investor>{_COMPANY})(?:（[^（）]*）)?(?:[、和与]{_COMPANY})?(?:共同|联合|全额|独资|合作|计划)?"
    r"(?:投资(?:[\d.]+[百千万]?[亿万]?(?:美元|元)?)?|出资|承建|实施|开发|新上|兴建|建设|打造|签约|签订)*(?:的|：|:)?(?P<name>.*)$"
)
_PAYING = re.compile(
    r"^(?:由)?(?P<investor>[\u4e00-\u9fffA-Za-z]{2,14}?)(?:计划)?(?:总)?投资[\d.]+[百千万]?[亿万]?(?:美元|元)*(?:建设|兴建)?的(?P<name>.+)$"
)
_BACKED = re.compile(
    r"^(?:由)?(?P<investor>[\u4e00-\u9fffA-Za-z]{2,16}?)(?:独家|全额|共同)?(?:投资|出资)(?:建设|兴建|打造)?的(?P<name>.+)$"
)
_SHORT_INVESTOR = re.compile(
    r"^(?P<investor>[\u4e00-\u9fff]{2,8})的(?P<name>年[产加生处养][\u4e00-\u9fffA-Za-z0-9.]+)$"
)
_LEAD = re.compile(
    r"^(?:[“”‘’\"、，；：\s—]|(?:位于|坐落于|坐落在|落户于?|落地于?|地处)[^，。；]{2,24}?的|的|以及|及|和|与|其中|包括|分别(?:是|为)|主要有|有|是|为|即|如|由|了|将|对|推动|促成|助力|实现|成功|顺利|先后|共同|引进|签约|签订|签署|正式|就|"
    r"(?:计划|预计|概算|协议)?(?:总)?(?:投资|投入)(?:额)?(?:均|都|约|近|达|超|逾|超过)*(?:[\d.]+[百千万]?|[百千])[亿万]?(?:美元|元|人民币)*(?:、占地[\d.]+亩)?(?:建设)?的?|占地[\d.]+亩的?|投资建设的?|一期|新开工|新签约|招商项目|重点项目(?:：)?|第[一二三四五六七八九十]+个)"
)
_BRACKETS = re.compile(r"（[^（）]{0,40}）")
_TRAIL = re.compile(
    r"(?:等|的|投资|合作|框架|意向|协议|合同|书|备忘录|战略|相关|事宜|正式|成功|顺利|今日|今天|日前|近日|举行|隆重|也|均|已|已经|全面|集中|同时|在我[市县区省])+$"
)


# Words of prose: a stretch with one of them is no name.
_PROSE = re.compile(
    any_of("name_prose")
    + r"|机制(?!造)|服务(?!中心|区|业|外包|平台|基地|综合体|站|园)|招商引资(?!项目)|(?<!综合)(?<!回收)(?<!资源化)(?<!再)利用"
)
_KIND_ONLY = re.compile(
    r"(?:重点|重大|招商|引资|签约|亿元|以上|意向|合作|外资|优质|在谈|在建|续建|新建|新签|开工|投产|落地|落户|履约|转型|民生|省级|市级|县级|大|好|新|个|批|此|该|些|类|等|的|年度|季度|标志性|亿|元)(?:产业|工业|建设)?(?:项目|工程)$"
)
# `巩义市2026年秋季项目集中开工仪式`: a place and a time say when many projects began, not which.
_OF_A_TIME = re.compile(
    r"^(?:[\u4e00-\u9fff]{1,8}[省市县区州旗盟])?(?:\d{2,4}年度?|今年|本年度?)?"
    r"(?:第?[一二三四]季度|[春夏秋冬]季|[上下]半年|\d{1,2}月份?|第[一二三四五六七八九十\d]+[批次轮期])+"
    r"(?:重点|重大|招商|引资|产业|工业|建设|优质)*(?:项目|工程)$"
)
_PLACEHOLDER = re.compile(r"[xX×]{2}|##|\*\*|[○〇]{2}|\.\.\.")


def has_placeholder(text: str) -> bool:
    """Whether figures or names were blanked out: `xx市`, `**亿元`; such a text states nothing."""
    return _PLACEHOLDER.search(text) is not None


def specific_part(name: str) -> str:
    """What is left of a name when the words that only say its kind are taken away."""
    return re.sub(r"[^\u4e00-\u9fffA-Za-z]", "", _GENERIC.sub("", name))


def is_specific(name: str) -> bool:
    """Whether the words name one project: `招商引资重点项目` doesn't."""
    if not 3 <= len(name) <= 45 or _PROSE.search(name) or _KIND_ONLY.search(name) or _OF_A_TIME.match(name):
        return False
    if has_placeholder(name):
        return False
    return len(specific_part(name)) >= 2


def clean_name(raw: str) -> str:
    """A name without brackets, amounts and the words that lead up to it."""
    name = _BRACKETS.sub("", raw).strip('“”‘’"《》 ，；：、。')
    name = re.split(r"举行了?|举办了?", name)[-1] or name
    while (lead := _LEAD.match(name)) is not None and lead.end() < len(name) and lead.end() > 0:
        name = name[lead.end() :]
    return _TRAIL.sub("", name).strip('“”‘’"《》 ，；：、。')


def split_investor(name: str) -> tuple[str | None, str]:
    """(investor, project name) where a name begins with the company that invests."""
    for pattern in (_INVESTOR, _PAYING, _BACKED, _SHORT_INVESTOR):
        found = pattern.match(name)
        if found and len(found["name"]) >= 3 and len(specific_part(found["name"])) >= 1:
            return found["investor"], clean_name(found["name"])
    return None, name


def short_company(company: str) -> str:
    """A company's name without its legal form."""
    return re.sub(r"(?:有限责任公司|股份有限公司|集团有限公司|有限公司|集团公司|总公司|分公司|公司)$", "", company)


def company_in(text: str) -> str | None:
    """The first company named in a text: from the last 与, 由, 和… before its ending on."""
    found = re.search(_COMPANY, text)
    if found is None:
        return None
    parts = re.split(r"与|由|同|引进|其中|和(?=[\u4e00-\u9fff]{5,})", found.group())
    return parts[-1] if len(parts[-1]) >= 4 else found.group()
