"""The stage of rows that no stage column states: from the group row, the sheet's name, state words in date cells, stated
dates, and last the table's title."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache

from ingest.columns.neighbour_words import neighbour_words
from ingest.columns.stage_hints import StageHints
from ingest.fields import STAGES
from ingest.ledgers.ledger_types import FieldValue, TableReading
from ingest.rows.furniture import group_label, plain_group_text
from ingest.rows.row_types import PARENT_LEVEL, GroupRow
from ingest.values.cell_values import ParsedStage, parse_stage

_RANK = {stage: rank for rank, stage in enumerate(STAGES)}
_BY_DATE = (
    ("production_on", "in_production"),
    ("completed_on", "completed"),
    ("started_on", "started"),
    ("performed_on", "performed"),
    ("signed_on", "signed"),
)
# The columns that would tell of a later stage, had it been reached.
_LATER = {
    "signed": ("started_on",),
    "performed": ("started_on",),
    "started": ("completed_on", "production_on"),
    "completed": ("production_on",),
}
_PERIOD = re.compile(
    r"(?:(?:截[至止]到?)?(?:(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}[日号]|(?:19|20)\d\d[.\-/]\d{1,2}[.\-/]\d{1,2})(?:\d{1,2}时)?止?"
    r"|(?:19|20)\d\d年?度?|\d{1,2}(?:[-~至到]\d{1,2})?月份?|[一二三四1-4]季度|[上下]半年|本年度?|今年|当年|第\d+周"
    r"|截[至止]\S*?(?:月[底末]?|[日底]))"
)
_NOT_YET = re.compile("[未拟待尚暂没前筹]|准备|储备")
_EMPTY = re.compile(r"[(（]\W*[)）]?$")
_FORM_WORDS = re.compile(
    r"(?:招商引资|重点|重大|亿元以上|外来|引进)|(?:基本)?(?:情况|信息)?(?:一览表|明细表|统计表|汇总表|登记表|报表|名单|名册|汇总|台账|台帐|进展表|进度表|调度表|对比表|对照表|比较表|清单|库|表|情况|信息)$"
)
_ANY_BUILDING = re.compile("(?<!开工)(?<!动工)(?<!正在)建设")
_PLANNED = {
    "started": "planned_start_on",
    "completed": "planned_completion_on",
    "in_production": "planned_production_on",
}
_DONE = frozenset({"completed", "in_production"})
_SIGNED_AT = re.compile("(?<![未拟待可意])签约(?:的)?(?:招商|重点)?项目$")
_LISTED = frozenset({"started", "completed", "in_production", "terminated"})
_IN_A_YEAR = re.compile("年内|全年|半年|季度?|月|年底|近期|下步|下一步")
# Nobody lists at a month's end what is to stop in it: 9月停工项目, 9月已开工项目 are no plans.
_IS_SO = re.compile("已(?:经|全面|全部|正式|陆续)?(?=[开动竣建投试达完停])|停工|停建|停产")
# 履约情况 asks how far projects are, it does not say that they have performed.
_HOW_IT_GOES = re.compile(
    "(?:履约|落地|开工|动工|开竣工|竣工|投产|转化|兑现)(?=(?:进展|进度|落实|完成)?情况|进度|进展|率)"
)
# 附件1签约, 表2.在建项目, 附：已终止项目
_ANNEX = re.compile(
    r"^(?:(?:附件|附表|表)[\d一二三四五六七八九十]{0,3}[.、:：\-—_ ]*|另?附[\d一二三四五六七八九十]{0,3}[.、:：])(?=.)"
)
_AND = re.compile("[、，,和及与/]|以及")
_REGION = re.compile(r"^[^\s签开竣投在洽]{1,8}?(?:省|市|县|区|镇|乡|街道)(?=.)")


@lru_cache(maxsize=1024)
def stage_of_label(text: str, county_code: str | None = None) -> ParsedStage:
    """The stage that a group label, sheet name or title names: `二、2026年在建项目（5个）`, `签约项目一览表`; else nothing."""
    own = _ANNEX.sub("", text)
    numbered = group_label(own)
    label = numbered.label if numbered and numbered.label else plain_group_text(own)
    attempts = [label, _FORM_WORDS.sub("", _EMPTY.sub("", _PERIOD.sub("", label)))]
    attempts.append(_FORM_WORDS.sub("", _REGION.sub("", attempts[-1])))
    for attempt in dict.fromkeys(filter(None, attempts)):
        parsed = parse_stage(attempt, county_code)
        if parsed.reason is None and (parsed.stage or parsed.before):
            return ParsedStage() if _lists_several(attempt, county_code) else parsed
    return ParsedStage()


def _lists_several(label: str, county_code: str | None) -> bool:
    """签约、终止项目 lists both kinds, which is which it does not say; 签约后终止 lists one."""
    stages = {parse_stage(part, county_code).stage for part in _AND.split(label)}
    return len(stages - {None}) > 1


def fill_stages(
    table: TableReading,
    groups: Sequence[tuple[GroupRow, ...]],
    hints: StageHints,
    *,
    sheet_name: str,
    titles: Sequence[str],
    county_code: str | None,
    as_of: dt.date | None,
) -> None:
    """Fill `stage` where the row's own column leaves it open, or only ticks a stage that later dates go beyond.

    Dates after `as_of` (the report date) do not count.
    """
    stages = table.fields.get("stage") or [None] * len(table)
    raws = table.fields.get("stage_raw") or [None] * len(table)
    of_sheet = _of_sheet(sheet_name, county_code)
    if any(_is_aimed_at(sheet_name, text) for text in titles):
        of_sheet = ParsedStage()
    title = next((text for text in reversed(titles) if _of_title(text, county_code).stage), "")
    of_title = _of_title(title, county_code).stage
    title_is_sure = of_title == "terminated" or not _IN_A_YEAR.search(title) or bool(_IS_SO.search(title))
    dates = [(table.fields[name], stage) for name, stage in _BY_DATE if name in table.fields]
    classes = table.fields.get("project_category") or [None] * len(table)
    for position in range(len(table)):
        if stages[position] is not None:
            if position in hints.ticked:
                later = _by_dates(dates, position, as_of, _denied(hints, position))
                stages[position] = max(hints.ticked[position], later or "lead", key=_RANK.__getitem__)
            continue
        if position in hints.perhaps_ended:
            continue
        group = _of_groups(groups[position] if groups else (), county_code)
        own = _of_class(classes[position], county_code)
        denied = _denied(hints, position)
        source = next((said for said in (own, group) if said.stage or said.before), of_sheet)
        if source is of_sheet and _below(source.stage, denied) is None:
            # What the row denies itself (√ under 未履约) the sheet's name does not give it.
            source = ParsedStage(None, source.before)
        limit = denied or source.before
        by_dates = _by_dates(dates, position, as_of, limit)
        if position not in hints.not_reached and position in hints.noted_before:
            by_dates = _beside_note(by_dates, _by_dates(dates, position, as_of, source.before), hints, position)
        by_dates = _surely(by_dates, table, is_read=position not in hints.unread)
        told = _told(hints.reached.get(position), denied)
        stage = (
            source.stage
            # 基础施工 in a note beside a stated day of production: the day goes further.
            or (told and max(told, by_dates or told, key=_RANK.__getitem__))
            or _further(
                by_dates,
                _below(of_title, limit),
                is_sure=title_is_sure and not _is_planned(table, of_title, position),
            )
            or _below(_signed_there(groups[position] if groups else ()), limit)
        )
        stages[position] = stage
        if source.raw and raws[position] is None:
            raws[position] = source.raw
    if any(stages):
        table.fields["stage"] = stages
    if any(raws):
        table.fields["stage_raw"] = raws


def _denied(hints: StageHints, position: int) -> str | None:
    """The stage that the row says is not reached: in a column of its own, else in its note."""
    return hints.not_reached.get(position) or hints.noted_before.get(position)


def _beside_note(bounded: str | None, stated: str | None, hints: StageHints, position: int) -> str | None:
    """What dates tell beside a note of what comes before works: a stated completion or production stands; a stated start
    stands beside papers (办理施工许可), not beside 场地平整, which is no start.
    """
    return stated if stated in _DONE or position in hints.paperwork else bounded


def _surely(by_dates: str | None, table: TableReading, *, is_read: bool) -> str | None:
    """What dates tell beside a stage column that could not be read (生产经营正常): a signing date alone says no more than that
    the project was signed once, unless a column would tell of its start.
    """
    is_sure = is_read or by_dates not in _LATER or any(name in table.fields for name in _LATER[by_dates])
    return by_dates if is_sure else None


def _of_sheet(name: str, county_code: str | None) -> ParsedStage:
    """The stage a sheet's name says: 未开工 and 前期 hold for its rows; 供地台账, 环评, 备案 only say what is recorded there."""
    said = stage_of_label(_HOW_IT_GOES.sub("", name), county_code)
    return said if said.stage or _NOT_YET.search(name) else ParsedStage()


def _is_aimed_at(name: str, title: str) -> bool:
    """促进一批在建项目竣工投产目标责任制表 above a sheet called 竣工投产: what its projects are to reach."""
    wish = neighbour_words("wish").search(title)
    return wish is not None and bool(name) and name in title[wish.end() :]


def _is_planned(table: TableReading, stage: str | None, position: int) -> bool:
    """Whether the row states a planned date of the event that a title names: 开工项目 beside 计划开工时间 are to start."""
    planned = table.fields.get(_PLANNED.get(stage or "", ""))
    return planned is not None and planned[position] is not None


def _further(by_dates: str | None, of_title: str | None, *, is_sure: bool) -> str | None:
    """The dates' stage, or the further one of a title that lists projects started, completed, in production or ended:
    their signing dates say less. What a title of a time of the year lists (下半年开工项目) may be planned, but no end is.
    """
    if by_dates is None or of_title is None:
        return by_dates or of_title
    return max(by_dates, of_title, key=_RANK.__getitem__) if is_sure and of_title in _LISTED else by_dates


def _of_title(text: str, county_code: str | None) -> ParsedStage:
    """The stage a title names. 建设项目, 项目建设进度表 speak of projects of any stage; 开工建设, 在建 say one."""
    return stage_of_label(_HOW_IT_GOES.sub("", _ANY_BUILDING.sub("", text)), county_code)


def _of_groups(groups: tuple[GroupRow, ...], county_code: str | None) -> ParsedStage:
    for group in reversed(groups):
        # A parent's name is a project's: in 甲园区建设项目 (1) above 1-1 and 1-2 建设 says no stage.
        is_name = group.level == PARENT_LEVEL
        parsed = stage_of_label(_ANY_BUILDING.sub("", group.label) if is_name else group.label, county_code)
        if parsed.stage or parsed.before:
            return parsed
    return ParsedStage()


def _signed_there(groups: tuple[GroupRow, ...]) -> str | None:
    """第31届兰洽会签约项目 above rows that tell no more: they were signed there, and how far they are since is not said."""
    return "signed" if any(_SIGNED_AT.search(group.label) for group in groups) else None


def _of_class(value: FieldValue, county_code: str | None) -> ParsedStage:
    """The stage that a row's class is named after (项目类别: 开工项目), as a heading above the row would say it."""
    return stage_of_label(value, county_code) if isinstance(value, str) else ParsedStage()


def _below(stage: str | None, limit: str | None) -> str | None:
    return stage if stage and (limit is None or _RANK[stage] < _RANK[limit]) else None


def _told(stage: str | None, denied: str | None) -> str | None:
    """A stage that another cell tells, unless the row denies it; a project may have ended without being completed."""
    return stage if stage == "terminated" else _below(stage, denied)


def _by_dates(
    dates: Sequence[tuple[list[FieldValue], str]], position: int, as_of: dt.date | None, limit: str | None
) -> str | None:
    for values, stage in dates:
        day = values[position]
        if isinstance(day, dt.date) and (as_of is None or day <= as_of) and _below(stage, limit):
            return stage
    return None
