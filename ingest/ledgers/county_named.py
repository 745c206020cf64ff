"""Whether a ledger's titles name another county than the one whose folder it lay in: most likely it was put there by mistake.

Nothing is decided by it: the folder says whose ledger it is. People are told, for the rows count for the wrong county.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.gazetteer import Region, gazetteer

MARK = "标题写的是"
# A title begins with its county: 2026年9月临颍县招商台账, 附件1：河南省漯河市临颍县…, 填报单位：临颍县商务局. Further on it may be anything's.
_BEFORE = re.compile(
    r"(?:[\W\d_年月日季度份至]|[上下]半年|第?[一二三四]季|附[件表]|(?:填报|报送|制表|编制)(?:单位|人)?|单位)*"
)
# 昆山市企业投资项目, 永城籍客商: those who invest.
_INVESTORS = re.compile(r"籍|来|在|赴|驻|商会|客商|企业|等|与|和|及|、|—|－|-")


def other_county(texts: Iterable[str], county_code: str | None) -> str | None:
    """A remark where the titles and filing lines name exactly one county, and that is another; None otherwise."""
    own = gazetteer().get(county_code) if county_code else None
    if own is None or own.level != "county":
        return None
    named: set[Region] = set()
    for text in texts:
        if own.name in text or own.short_name in text:
            return None
        named |= _counties_at_the_head(text)
    today = {_today(region) for region in named} - {_today(own)}
    if len(named) != 1 or not today:
        return None
    other = today.pop()
    return (
        f"{MARK}{other.name}（{other.code}），却放在{own.name}（{own.code}）的文件夹里；若放错了，请移到 {other.code}，"
        "已收下的用 luodi ledger withdraw 撤下。 "
        f"The title names {other.name}, the folder is that of {own.name}: if it was put there by mistake, move it and withdraw "
        "what has landed."
    )


def _counties_at_the_head(text: str) -> set[Region]:
    """The county in force that a title begins with, behind its province and city."""
    place = len(match.group()) if (match := _BEFORE.match(text)) else 0
    for mention in gazetteer().mentions(text):
        if mention.start != place:
            break
        counties = [region for region in mention.regions if region.level == "county" and region.is_current]
        if mention.is_full and len(counties) == 1 == len([region for region in mention.regions if region.is_current]):
            return set() if _INVESTORS.match(text, mention.end) else set(counties)
        place = mention.end
    return set()


def _today(region: Region) -> Region:
    return gazetteer().successor(region) or region
