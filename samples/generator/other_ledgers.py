"""Ledgers that are not lists of projects: targets and completion, outreach trips, problems of enterprises."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence

from generator.counties import PUYANG, SHANGNAN, YANCHENG
from generator.grid import Cell, Formula, Grid, delimited, xlsx
from generator.ledgers import LedgerFile
from generator.world import MONTH_ENDS, Project

LAST = len(MONTH_ENDS) - 1
_YEAR_START = dt.date(2026, 1, 1)


def other_ledgers(projects: Sequence[Project]) -> list[LedgerFile]:
    """The three files, all for October."""
    return [targets(projects), outreach(), problems(projects)]


def targets(projects: Sequence[Project]) -> LedgerFile:
    """濮阳县's towns against their yearly targets: three header levels, total first, one printed rate wrong."""
    counted = (("新签约项目（个）", "signed"), ("新开工项目（个）", "started"), ("新投产项目（个）", "produced"))
    leaves = ("目标值", "完成值", "完成进度%")
    paths = [("单位",), *[(title, leaf) for title, _ in counted for leaf in leaves]]
    paths += [("实际到位资金（万元）", "总额", leaf) for leaf in leaves]
    grid = Grid("汇总", width=len(paths))
    grid.title("2026年1月1日至2026年10月31日濮阳县招商引资工作目标进度汇总表")
    grid.header(paths)
    towns = list(dict.fromkeys(project.town for project in projects if project.county_code == PUYANG.code))
    first = len(grid.rows) + 2
    total = grid.add()
    lines = [_town_line(projects, town, [event for _, event in counted]) for town in towns]
    for place, (town, cells) in enumerate(zip(towns, lines, strict=True)):
        printed = _with_rates(cells)
        if place == 1:
            printed[11] = "97.3%"  # printed wrong: recomputing shows it
        grid.add(town, *printed)
    sums = [sum(line[index] for line in lines) for index in range(8)]
    row: list[Cell] = ["合计："]
    for index, value in enumerate(_with_rates(sums)):
        is_rate = index % 3 == 2
        column = chr(66 + index)
        row.append(
            value if is_rate else Formula(f"=SUM({column}{first}:{column}{first + len(towns) - 1})", float(str(value)))
        )
    grid.rows[total] = row
    return LedgerFile(PUYANG.code, "濮阳县2026年10月目标进度汇总表.xlsx", xlsx([grid]))


def _town_line(projects: Sequence[Project], town: str, events: Sequence[str]) -> list[int]:
    members = [project for project in projects if project.county_code == PUYANG.code and project.town == town]
    cells: list[int] = []
    for event in events:
        days = [getattr(project, event) for project in members]
        cells += [3, sum(1 for day in days if day and _YEAR_START <= day <= MONTH_ENDS[LAST])]
    arrived = sum(project.year_to_date(LAST) for project in members)
    return [*cells, 30000, arrived]


def _with_rates(cells: Sequence[int]) -> list[Cell]:
    printed: list[Cell] = []
    for index in range(0, len(cells), 2):
        target, done = cells[index], cells[index + 1]
        printed += [target, done, f"{done / target * 100:.1f}%"]
    return printed


def outreach() -> LedgerFile:
    """郾城区's trips: one trip over several rows, one row a visited company, days summed by unit."""
    headers = [
        "单位",
        "序号",
        "姓名",
        "职务",
        "开始时间",
        "结束时间",
        "天数",
        "目的地",
        "拜访企业名称",
        "接洽人姓名",
        "接洽人职务",
    ]
    hangzhou = [("杭州澄禾食品有限公司", "华子安", "副总经理"), ("浙江丰邑包装有限公司", "何雨辰", "区域经理")]
    xiamen = [
        ("厦门沐光乳业有限公司", "曹志恒", "总监"),
        ("福建晨萃饮料有限公司", "金立群", "总经理"),
        ("泉州百谷机械有限公司", "姜海燕", "厂长"),
    ]
    bozhou = [("亳州本草集药业有限公司", "魏佳宁", "董事长")]
    october = functools.partial(dt.date, 2026, 10)
    trips = [
        ("孟庙镇", "尤晓峰", "镇长", october(9), october(12), "浙江杭州", hangzhou),
        ("孟庙镇", "尤晓峰", "镇长", october(22), october(24), "安徽亳州", bozhou),
        ("龙城镇", "许文博", "党委书记", october(14), october(17), "福建厦门", xiamen),
    ]
    grid = Grid("外出招商", width=len(headers))
    grid.title("2026年10月1日至2026年10月31日郾城区外出招商情况上报表")
    grid.header([(header,) for header in headers])
    for unit in dict.fromkeys(trip[0] for trip in trips):
        days = 0
        for number, (_, name, post, start, end, place, visits) in enumerate(
            [trip for trip in trips if trip[0] == unit], 1
        ):
            length = (end - start).days + 1
            days += length
            top = len(grid.rows)
            for visit in visits:
                first = len(grid.rows) == top
                lead: list[Cell] = [unit, number, name, post, start, end, length, place] if first else [None] * 8
                grid.add(*lead, *visit)
            if len(visits) > 1:
                grid.merges += [(top, column, top + len(visits) - 1, column) for column in range(8)]
        row = grid.add("小计", *[None] * 5, days)
        grid.merges.append((row, 0, row, 5))
    return LedgerFile(YANCHENG.code, "郾城区外出招商情况上报表2026年10月.xlsx", xlsx([grid]))


def problems(projects: Sequence[Project]) -> LedgerFile:
    """商南县's list of enterprises' problems with limits and states."""
    headers = [
        "序号",
        "项目名称",
        "存在问题",
        "解决措施",
        "责任单位",
        "责任人",
        "受理时间",
        "办理时限",
        "办理状态",
        "办结时间",
    ]
    grid = Grid("csv", width=len(headers))
    grid.add("商南县企业诉求办理台账（截至2026年10月31日）")
    grid.add(*headers)
    asked = [project for project in projects if project.county_code == SHANGNAN.code and project.problem]
    states = ("办理中", "已办结", "未受理", "无法办理")
    for number, project in enumerate(asked, 1):
        state = states[number % len(states)]
        closed = "2026-10-20" if state == "已办结" else None
        grid.add(
            number,
            project.name,
            project.problem,
            project.measure,
            project.unit,
            project.person,
            f"2026-09-{number + 10}",
            f"2026-10-{number + 9}",
            state,
            closed,
        )
    return LedgerFile(SHANGNAN.code, "商南县企业诉求办理台账.csv", delimited(grid, "utf-8-sig"))
