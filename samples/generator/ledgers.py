"""How each county writes its projects down: seven layouts, one function each, taken from forms that exist."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from generator.counties import NANLE, PINGYU, PUYANG, QINGFENG, SHANGCAI, SHANGNAN, YANCHENG
from generator.grid import Cell, Formula, Grid, delimited, html_table, xls, xlsx
from generator.world import MONTH_ENDS, MONTHS, Project

Value = Callable[[Project, int], Cell]
EXCEL_EPOCH = dt.date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header path, what a project has there, and whether totals sum it."""

    path: tuple[str, ...]
    value: Value
    summed: bool = False


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """A file of the inbox: its county, its name, its bytes."""

    county_code: str
    name: str
    data: bytes


def _known(event: str) -> Value:
    return lambda project, month: project.known(getattr(project, event), month)


def _text(event: str, pattern: str) -> Value:
    def write(project: Project, month: int) -> Cell:
        day = project.known(getattr(project, event), month)
        return None if day is None else pattern.format(d=day)

    return write


def _hundred_millions(value: int) -> float:
    return round(value / 10000, 4)


def _progress(project: Project, month: int) -> str:
    said = {
        "talks": "正在洽谈用地及政策条款",
        "signed": "已签约，办理前期手续",
        "performed": "公司已注册，规划设计中",
        "started": "主体施工",
        "completed": "厂房竣工，设备调试",
        "in_production": "已投产，运行正常",
        "terminated": "投资方退出，协议终止",
    }
    return said[project.stage_in(month)]


def _when_stuck(attribute: str) -> Value:
    stuck = {"signed", "performed", "started"}
    return lambda project, month: getattr(project, attribute) if project.stage_in(month) in stuck else None


def _listed(projects: Sequence[Project], code: str, month: int) -> list[Project]:
    return [project for project in projects if project.county_code == code and project.listed_in(month)]


def _numbered(projects: Sequence[Project]) -> Iterator[tuple[int, Project]]:
    return iter(enumerate(projects, start=1))


def _row(columns: Sequence[Column], project: Project, month: int, number: Cell) -> list[Cell]:
    return [number if column.path[-1] in ("序号", "编号") else column.value(project, month) for column in columns]


def _sum_row(columns: Sequence[Column], projects: Sequence[Project], month: int, label: str) -> list[Cell]:
    cells: list[Cell] = []
    for column in columns:
        values = [column.value(project, month) for project in projects] if column.summed else []
        numbers = [value for value in values if isinstance(value, int | float)]
        cells.append(round(sum(numbers), 4) if column.summed else None)
    cells[0] = label
    return cells


def _nothing(_project: Project, _month: int) -> Cell:
    return None


# ---------------------------------------------------------------------------------------------------------- 濮阳县

PUYANG_STAGES = {
    "signed": "签约", "performed": "签约", "started": "在建", "completed": "竣工",
    "in_production": "投产", "terminated": "终止", "talks": "洽谈",
}  # fmt: skip
_FUNDS = "资金到位情况（单位：万元）"
PUYANG_COLUMNS = (
    Column(("序号",), _nothing),
    Column(("项目名称",), lambda p, m: p.name_in(m)),
    Column(("建设内容和规模",), lambda p, m: p.content),
    Column(("投资方名称",), lambda p, m: p.investor),
    Column(("来源地",), lambda p, m: p.origin),
    Column(("项目投资（单位：万元）", "总投资"), lambda p, m: p.total, summed=True),
    Column(("项目投资（单位：万元）", "一期投资额"), lambda p, m: p.total * 6 // 10, summed=True),
    Column((_FUNDS, "累计到位资金", "合计"), lambda p, m: p.cumulative(m), summed=True),
    Column(
        (_FUNDS, "累计到位资金", "其中：省外资金"),
        lambda p, m: 0 if p.origin.startswith("河南") else p.cumulative(m),
        summed=True,
    ),
    Column((_FUNDS, "本月到位资金"), lambda p, m: p.arrivals[m], summed=True),
    Column(("签约时间",), _known("signed")),
    Column(("注册时间",), _known("registered")),
    Column(("开工时间",), _known("started")),
    Column(("竣工时间",), _known("completed")),
    Column(("投产时间",), _known("produced")),
    Column(("项目状态",), lambda p, m: PUYANG_STAGES[p.stage_in(m)]),
    Column(("形象进度",), _progress),
    Column(("责任单位",), lambda p, m: p.unit),
    Column(("包联领导",), lambda p, m: p.leader),
    Column(("责任人",), lambda p, m: p.person),
    Column(("联系电话",), lambda p, m: p.phone),
    Column(("存在问题",), _when_stuck("problem")),
    Column(("拟采取的解决办法",), _when_stuck("measure")),
)


def puyang(projects: Sequence[Project], month: int) -> list[LedgerFile]:
    """xlsx: title, filing line, three header levels with the unit in the group header, total first, a group a chain."""
    end = MONTH_ENDS[month]
    listed = _listed(projects, PUYANG.code, month)
    grid = Grid("项目台账", width=len(PUYANG_COLUMNS))
    grid.title(f"濮阳县招商引资项目台账（{end.year}年{end.month}月）")
    filing = grid.add("填报单位（盖章）：濮阳县商务局", *[None] * 9, f"填报时间：{end.year}年{end.month}月{end.day}日")
    grid.merges += [(filing, 0, filing, 8), (filing, 10, filing, 14)]
    grid.header([column.path for column in PUYANG_COLUMNS])
    grid.add(*_sum_row(PUYANG_COLUMNS, listed, month, "合计"))
    numerals = "一二三四五六七八"
    for place, chain in enumerate(dict.fromkeys(project.chain for project in listed)):
        members = [project for project in listed if project.chain == chain]
        row = grid.add(f"{numerals[place]}、{chain}产业链（{len(members)}个）")
        grid.merges.append((row, 0, row, 4))
        for number, project in _numbered(members):
            grid.add(*_row(PUYANG_COLUMNS, project, month, number))
        grid.add(*_sum_row(PUYANG_COLUMNS, members, month, "小计"))
    if month == 1:
        grid.add(*_bad_row(PUYANG_COLUMNS, listed[0], month, {"项目名称": "衡岳汽车线束项目", "总投资": "三个多亿"}))
    if month == 4:  # the clerk typed the total by hand: it misses the sum of its rows by 500
        total = grid.rows[5]
        total[7] = int(str(total[7]).split(".")[0]) + 500
    grid.add("注：1.开工以永久性工程破土为准；2.到位资金以银行进账凭证为准，不含我方配套。")
    return [LedgerFile(PUYANG.code, f"濮阳县招商引资项目台账{end:%Y%m}.xlsx", xlsx([grid]))]


def _bad_row(columns: Sequence[Column], model: Project, month: int, said: dict[str, Cell]) -> list[Cell]:
    """A row nobody can read, beside sound ones: `said` stands under the named leaf headers, the funds are zero."""
    cells = _row(columns, model, month, 99)
    for place, column in enumerate(columns):
        if column.summed:
            cells[place] = 0
        if column.path[-1] in said:
            cells[place] = said[column.path[-1]]
    return cells


# ---------------------------------------------------------------------------------------------------------- 清丰县

QINGFENG_STAGES = {
    "signed": "新签约", "performed": "新签约", "started": "已开工（建安类）", "completed": "竣工",
    "in_production": "投产", "terminated": "退库", "talks": "在谈",
}  # fmt: skip


def _serial_or_iso(event: str) -> Value:
    def write(project: Project, month: int) -> Cell:
        day = project.known(getattr(project, event), month)
        if day is None:
            return "-"
        if len(project.name) % 4 == 0:
            return f"{(day - EXCEL_EPOCH).days}.87877"
        return day.isoformat()

    return write


QINGFENG_COLUMNS = (
    Column(("编号",), _nothing),
    Column(("项目名称",), lambda p, m: p.name_in(m)),
    Column(("投资金额(亿元)",), lambda p, m: _hundred_millions(p.total), summed=True),
    Column(("固投金额(亿元)",), lambda p, m: _hundred_millions(p.total * 3 // 4), summed=True),
    Column(("项目简介",), lambda p, m: p.content),
    Column(("来源地",), lambda p, m: p.origin),
    Column(("内外资",), lambda p, m: "内资"),
    Column(("所属产业链",), lambda p, m: p.chain),
    Column(("投资主体",), lambda p, m: p.investor),
    Column(("协议类型",), lambda p, m: "正式投资协议"),
    Column(("协议签订时间",), _serial_or_iso("signed")),
    Column(("注册公司",), lambda p, m: p.company if p.known(p.registered, m) else "无"),
    Column(("注册时间",), _serial_or_iso("registered")),
    Column(("开工时间",), _serial_or_iso("started")),
    Column(("竣工时间",), _serial_or_iso("completed")),
    Column(("投产时间",), _serial_or_iso("produced")),
    Column(("到资金额(亿元)",), lambda p, m: _hundred_millions(p.cumulative(m)), summed=True),
    Column(("项目状态",), lambda p, m: QINGFENG_STAGES[p.stage_in(m)]),
    Column(("负责单位",), lambda p, m: p.unit),
    Column(("县级责任领导",), lambda p, m: p.leader),
    Column(("备注",), _progress),
)


def qingfeng(projects: Sequence[Project], month: int) -> list[LedgerFile]:
    """GB18030 CSV: the header is the first row, Excel serials beside ISO dates, `-` for nothing, total last."""
    end = MONTH_ENDS[month]
    listed = _listed(projects, QINGFENG.code, month)
    grid = Grid("csv", width=len(QINGFENG_COLUMNS))
    grid.header([column.path for column in QINGFENG_COLUMNS])
    for number, project in _numbered(listed):
        grid.add(*_row(QINGFENG_COLUMNS, project, month, number))
    if month == 2:
        grid.add(
            *_bad_row(
                QINGFENG_COLUMNS, listed[2], month, {"项目名称": "宥和家居五金电镀项目", "开工时间": "2026-13-05"}
            )
        )
    grid.add(*_sum_row(QINGFENG_COLUMNS, listed, month, "合  计"))
    files = [LedgerFile(QINGFENG.code, f"清丰县招商引资签约项目{end:%Y%m%d}.csv", delimited(grid, "gb18030"))]
    if month == 3:  # the upload of a workbook broke off; the CSV followed
        whole = xlsx([grid])
        files.append(LedgerFile(QINGFENG.code, "清丰县招商引资签约项目20260831.xlsx", whole[: len(whole) * 3 // 5]))
    return files


# ---------------------------------------------------------------------------------------------------------- 南乐县

NANLE_GROUPS = (
    ("投产项目", ("in_production",)),
    ("竣工项目", ("completed",)),
    ("在建项目", ("started",)),
    ("签约未开工项目", ("signed", "performed")),
    ("在谈项目", ("talks",)),
)
NANLE_COLUMNS = (
    Column(("序号",), _nothing),
    Column(("项目名称",), lambda p, m: p.name_in(m)),
    Column(("投资方",), lambda p, m: p.investor),
    Column(("所属产业链",), lambda p, m: p.chain),
    Column(("总投资（万元）",), lambda p, m: p.total, summed=True),
    Column(("累计到位资金（万元）", "合计"), lambda p, m: p.cumulative(m), summed=True),
    Column(("累计到位资金（万元）", "其中：我方"), lambda p, m: p.cumulative(m) // 10, summed=True),
    Column(("本年到位资金（万元）",), lambda p, m: p.year_to_date(m), summed=True),
    Column(("签约时间",), _text("signed", "{d.year}.{d.month}.{d.day}")),
    Column(("开工时间",), _text("started", "{d.year}.{d.month}.{d.day}")),
    Column(("竣工时间",), _text("completed", "{d.year}.{d.month}.{d.day}")),
    Column(("投产时间",), _text("produced", "{d.year}.{d.month}.{d.day}")),
    Column(("工作进展",), _progress),
    Column(("责任单位",), lambda p, m: p.unit),
    Column(("包联领导",), lambda p, m: p.leader),
)


def nanle(projects: Sequence[Project], month: int) -> list[LedgerFile]:
    """xlsx: two title rows, two header levels, group rows that state the stage, totals as formulas with cached values."""
    end = MONTH_ENDS[month]
    listed = _listed(projects, NANLE.code, month)
    grid = Grid("Sheet1", width=len(NANLE_COLUMNS))
    grid.title("南乐县重点招商项目进展情况")
    grid.title(f"（截至{end.year}年{end.month}月{end.day}日）")
    grid.header([column.path for column in NANLE_COLUMNS])
    grid.add()  # the total; written below, when its formulas know their rows
    total_row = len(grid.rows) - 1
    subtotal_rows: list[int] = []
    for place, (label, stages) in enumerate(NANLE_GROUPS):
        members = [project for project in listed if project.stage_in(month) in stages]
        if not members:
            continue
        top = grid.add(f"{'一二三四五'[place]}、{label}（{len(members)}个）")
        subtotal_rows.append(top)
        for number, project in _numbered(members):
            grid.add(*_row(NANLE_COLUMNS, project, month, number))
        _sum_formulas(grid, top, members, month, f"{{column}}{top + 2}:{{column}}{top + 1 + len(members)}")
    refs = ",".join(f"{{column}}{row + 1}" for row in subtotal_rows)
    grid.rows[total_row] = ["总计"]
    _sum_formulas(grid, total_row, listed, month, refs)
    grid.add("说明：累计到位资金包含我方土地作价部分，单列于“其中：我方”。")
    return [LedgerFile(NANLE.code, f"南乐县重点招商项目进展（{end.month}月）.xlsx", xlsx([grid]))]


def _sum_formulas(grid: Grid, row: int, members: Sequence[Project], month: int, reference: str) -> None:
    cells = grid.rows[row] + [None] * (len(NANLE_COLUMNS) - len(grid.rows[row]))
    sums = _sum_row(NANLE_COLUMNS, members, month, "")
    for place, column in enumerate(NANLE_COLUMNS):
        value = sums[place]
        if column.summed and isinstance(value, int | float):
            cells[place] = Formula(f"=SUM({reference.format(column=chr(65 + place))})", float(value))
    grid.rows[row] = cells


# ---------------------------------------------------------------------------------------------------------- 郾城区

YANCHENG_STAGES = {
    "signed": "签约", "performed": "履约", "started": "开工", "completed": "竣工",
    "in_production": "达产", "terminated": "终止", "talks": "洽谈",
}  # fmt: skip


def _as_text(amount: Callable[[Project, int], int]) -> Value:
    def write(project: Project, month: int) -> Cell:
        value = amount(project, month)
        if len(project.name) % 5 == 0:
            return f"{value:,}"
        if len(project.name) % 5 == 1:
            return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
        return str(value)

    return write


YANCHENG_AMOUNTS: dict[str, Callable[[Project, int], int]] = {
    "总投资额": lambda p, m: p.total,
    "合计": lambda p, m: p.cumulative(m),
    "其中：省外": lambda p, m: p.cumulative(m),
    "本年到位资金": lambda p, m: p.year_to_date(m),
}
YANCHENG_COLUMNS = (
    Column(("单位",), lambda p, m: p.town),
    Column(("序号",), _nothing),
    Column(("在郾注册名称",), lambda p, m: p.company if p.known(p.registered, m) else None),
    Column(("外来投资方名称",), lambda p, m: p.investor),
    Column(("项目名称",), lambda p, m: p.name_in(m)),
    Column(("注册时间",), _text("registered", "{d:%Y-%m-%d}")),
    Column(("法人代表",), lambda p, m: p.legal_representative if p.known(p.registered, m) else None),
    Column(("项目建设内容",), lambda p, m: p.content),
    Column(("所属产业链",), lambda p, m: p.chain),
    Column(("总投资额",), _as_text(YANCHENG_AMOUNTS["总投资额"]), summed=True),
    Column(("累计到位资金", "合计"), _as_text(YANCHENG_AMOUNTS["合计"]), summed=True),
    Column(("累计到位资金", "其中：省外"), _as_text(YANCHENG_AMOUNTS["其中：省外"]), summed=True),
    Column(("本年到位资金",), _as_text(YANCHENG_AMOUNTS["本年到位资金"]), summed=True),
    Column(("合同签约时间",), _text("signed", "{d:%Y-%m-%d}")),
    Column(("开工时间",), _text("started", "{d:%Y-%m-%d}")),
    Column(("竣工时间",), _text("completed", "{d:%Y-%m-%d}")),
    Column(("投产时间",), _text("produced", "{d:%Y-%m-%d}")),
    Column(("建设阶段",), lambda p, m: YANCHENG_STAGES[p.stage_in(m)]),
    Column(("建设地点(注明园区)",), lambda p, m: p.park),
    Column(("项目引荐单位",), lambda p, m: p.unit.replace("区", "区驻外招商")[:12]),
    Column(("责任单位",), lambda p, m: p.unit),
    Column(("区级责任领导",), lambda p, m: p.leader),
    Column(("备注",), _when_stuck("problem")),
)


def _text_sums(members: Sequence[Project], month: int, label: str) -> list[Cell]:
    cells: list[Cell] = [None] * len(YANCHENG_COLUMNS)
    for place, column in enumerate(YANCHENG_COLUMNS):
        if column.summed:
            amount = YANCHENG_AMOUNTS[column.path[-1]]
            cells[place] = str(sum(amount(project, month) for project in members))
    cells[0] = label
    return cells


def yancheng_grid(projects: Sequence[Project], month: int, title_end: str = "") -> Grid:
    """Every cell is text, the unit stands in the title only, towns merged downwards, the district's total between towns."""
    end = MONTH_ENDS[month]
    listed = _listed(projects, YANCHENG.code, month)
    grid = Grid("一览表", width=len(YANCHENG_COLUMNS))
    grid.title(
        f"{end.year}年1月1日至{end.year}年{end.month}月{end.day}日郾城区招商引资重点项目一览表（单位：万元）{title_end}"
    )
    grid.header([column.path for column in YANCHENG_COLUMNS])
    for place, town in enumerate(dict.fromkeys(project.town for project in listed)):
        members = [project for project in listed if project.town == town]
        top = len(grid.rows)
        for number, project in _numbered(members):
            cells = _row(YANCHENG_COLUMNS, project, month, str(number))
            grid.add(town if number == 1 else None, *cells[1:])
        if len(members) > 1:
            grid.merges.append((top, 0, top + len(members) - 1, 0))
        row = grid.add(*_text_sums(members, month, "小计"))
        grid.merges.append((row, 0, row, 5))
        if place == 1:
            row = grid.add(*_text_sums(listed, month, "全   区"))
            grid.merges.append((row, 0, row, 5))
    return grid


def yancheng(projects: Sequence[Project], month: int) -> list[LedgerFile]:
    """BIFF .xls; September's was wrong in one figure and came again as a correction; May's was sent twice."""
    end = MONTH_ENDS[month]
    name = f"郾城区重点项目{end.year}年{end.month}月.xls"
    grid = yancheng_grid(projects, month)
    if month == 4:
        corrected = yancheng_grid(projects, month, "（更正）")
        place = [column.path for column in YANCHENG_COLUMNS].index(("累计到位资金", "合计"))
        wrong = next(row for row in grid.rows if len(row) > 4 and row[4] == "瀛康口服固体制剂项目")
        wrong[place] = "41000"
        return [
            LedgerFile(YANCHENG.code, name, xls([grid])),
            LedgerFile(YANCHENG.code, name.replace(".xls", "（更正）.xls"), xls([corrected])),
        ]
    files = [LedgerFile(YANCHENG.code, name, xls([grid]))]
    if month == 0:
        files.append(LedgerFile(YANCHENG.code, f"副本-{name}", files[0].data))
    return files


# ---------------------------------------------------------------------------------------------------------- 商南县

SHANGNAN_STAGES = {
    "signed": "已签约", "performed": "已履约", "started": "在建", "completed": "完工",
    "in_production": "投产", "terminated": "终止", "talks": "在谈",
}  # fmt: skip


def _with_unit(value: int) -> str:
    if value == 0:
        return "0"
    if value >= 10000 and value % 100 == 0:
        return f"{value / 10000:g}亿元"
    return f"{value}万元"


def _mixed(event: str) -> Value:
    forms = ("{d.year}年{d.month}月{d.day}日", "{d:%Y%m%d}", "{d.year}.{d.month}.{d.day}")

    def write(project: Project, month: int) -> Cell:
        day = project.known(getattr(project, event), month)
        return None if day is None else forms[len(project.name) % 3].format(d=day)

    return write


def _is_started(project: Project, month: int) -> Cell:
    return "是" if project.stage_in(month) in ("started", "completed", "in_production") else "否"


def _start_or_state(project: Project, month: int) -> Cell:
    return _mixed("started")(project, month) or (
        "未开工" if project.stage_in(month) in ("signed", "performed") else None
    )


SHANGNAN_COLUMNS = (
    Column(("序号",), _nothing),
    Column(("项目名称",), lambda p, m: p.name_in(m).replace("项目", "\n项目") if len(p.name) > 12 else p.name_in(m)),
    Column(("建设规模及主要建设内容",), lambda p, m: p.content),
    Column(("投资方名称",), lambda p, m: p.investor),
    Column(("所属产业链",), lambda p, m: p.chain),
    Column(("建设性质",), lambda p, m: "新建"),
    Column(("总投资",), lambda p, m: _with_unit(p.total)),
    Column(("累计到位资金",), lambda p, m: _with_unit(p.cumulative(m))),
    Column(("签约时间",), _mixed("signed")),
    Column(("开工情况", "是否开工"), _is_started),
    Column(("开工情况", "开工时间"), _start_or_state),
    Column(("竣工时间",), _mixed("completed")),
    Column(("投产时间",), _mixed("produced")),
    Column(("项目状态",), lambda p, m: SHANGNAN_STAGES[p.stage_in(m)]),
    Column(("项目进展情况",), _progress),
    Column(("存在问题",), _when_stuck("problem")),
    Column(("解决措施",), _when_stuck("measure")),
    Column(("县级领导",), lambda p, m: p.leader),
    Column(("责任单位",), lambda p, m: p.unit),
)


def shangnan(projects: Sequence[Project], month: int) -> list[LedgerFile]:
    """HTML saved as .xls: each amount carries its unit, dates in three spellings, group rows with counts and sums. No August."""
    if month == 3:
        return []
    end = MONTH_ENDS[month]
    listed = _listed(projects, SHANGNAN.code, month)
    grid = Grid("html", width=len(SHANGNAN_COLUMNS))
    grid.title("商南县招商引资落地项目交办台账")
    grid.title(f"填报单位：商南县招商服务中心　　填报时间：{end:%Y-%m-%d}")
    grid.header([column.path for column in SHANGNAN_COLUMNS])
    for place, chain in enumerate(dict.fromkeys(project.chain for project in listed)):
        members = [project for project in listed if project.chain == chain]
        total = _with_unit(sum(project.total for project in members))
        row = grid.add(f"（{'一二三四五六'[place]}）{chain}（{len(members)}个，{total}）")
        grid.merges.append((row, 0, row, len(SHANGNAN_COLUMNS) - 1))
        for number, project in _numbered(members):
            grid.add(*_row(SHANGNAN_COLUMNS, project, month, str(number)))
    if month == 5:
        grid.add(*_bad_row(SHANGNAN_COLUMNS, listed[2], month, {"项目名称": "渊渟天麻种植项目", "总投资": "待定后填"}))
    total_row = _total_with_units(listed, month)
    grid.add(*total_row)
    return [LedgerFile(SHANGNAN.code, f"商南县落地项目交办台账{end.month}月.xls", html_table(grid))]


def _total_with_units(listed: Sequence[Project], month: int) -> list[Cell]:
    cells: list[Cell] = [None] * len(SHANGNAN_COLUMNS)
    cells[0] = "合计："
    cells[6] = _with_unit(sum(project.total for project in listed))
    cells[7] = _with_unit(sum(project.cumulative(month) for project in listed))
    return cells


# ---------------------------------------------------------------------------------------------------------- 上蔡县

SHANGCAI_SHEETS = (
    ("签约项目", ("signed", "performed")),
    ("开工项目", ("started",)),
    ("竣工项目", ("completed",)),
    ("投产项目", ("in_production",)),
)
_TALKS_COLUMNS = (
    Column(("编号",), _nothing),
    Column(("项目名称",), lambda p, m: p.name_in(m)),
    Column(("建设内容",), lambda p, m: p.content),
    Column(("拟投资额[亿元]",), lambda p, m: "1亿-5亿"),
    Column(("投资方",), lambda p, m: p.investor),
    Column(("行业",), lambda p, m: p.chain),
    Column(("联系人",), lambda p, m: p.person),
    Column(("电话",), lambda p, m: p.phone),
    Column(("跟踪单位",), lambda p, m: p.unit),
)
_SIGNED_COLUMNS = (
    Column(("编号",), _nothing),
    Column(("外来投资方",), lambda p, m: p.investor),
    Column(("签约项目名称",), lambda p, m: p.name_in(m)),
    Column(("签约建设内容",), lambda p, m: p.content),
    Column(("签约时间",), _known("signed")),
    Column(("签约总投资额[亿元]",), lambda p, m: _hundred_millions(p.total), summed=True),
    Column(("累计实际到资总额[万元]",), lambda p, m: p.cumulative(m), summed=True),
    Column(("所属产业链",), lambda p, m: p.chain),
    Column(("责任单位",), lambda p, m: p.unit),
    Column(("责任领导",), lambda p, m: p.leader),
)
_BUILT_COLUMNS = (
    Column(("单位",), lambda p, m: p.town),
    Column(("序号",), _nothing),
    Column(("项目名称",), lambda p, m: p.name_in(m)),
    Column(("外来投资方名称",), lambda p, m: p.investor),
    Column(("注册时间",), _known("registered")),
    Column(("法人代表",), lambda p, m: p.legal_representative),
    Column(("总投资额[亿元]",), lambda p, m: _hundred_millions(p.total), summed=True),
    Column(("累计实际到资总额[亿元]",), lambda p, m: _hundred_millions(p.cumulative(m)), summed=True),
    Column(("项目建设内容",), lambda p, m: p.content),
    Column(("所属产业链",), lambda p, m: p.chain),
    Column(("合同签约时间",), _known("signed")),
    Column(("开工时间",), _known("started")),
    Column(("竣工时间",), _known("completed")),
    Column(("投产时间",), _known("produced")),
    Column(("责任单位",), lambda p, m: p.unit),
    Column(("责任领导",), lambda p, m: p.leader),
    Column(("备注",), _when_stuck("problem")),
)


def shangcai(projects: Sequence[Project], month: int) -> list[LedgerFile]:
    """xlsx, one sheet a stage, two sets of columns, 亿元 beside 万元, bands for projects in talks, a hidden template sheet."""
    end = MONTH_ENDS[month]
    listed = _listed(projects, SHANGCAI.code, month)
    period = f"{end.year}年{end.month}月"
    talks = Grid("在谈项目", width=len(_TALKS_COLUMNS))
    talks.title(f"上蔡县在谈项目（{period}）")
    talks.header([column.path for column in _TALKS_COLUMNS])
    for number, project in _numbered([project for project in listed if project.stage_in(month) == "talks"]):
        talks.add(*_row(_TALKS_COLUMNS, project, month, number))
    grids = [talks]
    for name, stages in SHANGCAI_SHEETS:
        members = [project for project in listed if project.stage_in(month) in stages]
        columns = _SIGNED_COLUMNS if name == "签约项目" else _BUILT_COLUMNS
        grid = Grid(name, width=len(columns))
        grid.title(f"{period}上蔡县{name}一览表")
        grid.header([column.path for column in columns])
        for number, project in _numbered(members):
            grid.add(*_row(columns, project, month, number))
        if month == 4 and name == "开工项目":
            grid.add(
                *_bad_row(columns, members[0], month, {"项目名称": None, "外来投资方名称": None, "总投资额[亿元]": 2.2})
            )
        grid.add(*_sum_row(columns, members, month, "合计"))
        grids.append(grid)
    template = Grid("填报模板", width=len(_SIGNED_COLUMNS), hidden=True)
    template.header([column.path for column in _SIGNED_COLUMNS])
    template.add(1, "示例公司", "示例项目", "请按此格式填写", "2026-01-01", 1, 0, "示例", "示例", "示例")
    return [LedgerFile(SHANGCAI.code, f"上蔡县招商项目分阶段台账-{end:%Y-%m}.xlsx", xlsx([*grids, template]))]


# ---------------------------------------------------------------------------------------------------------- 平舆县

PINGYU_STAGES = {
    "signed": "签约", "performed": "已履约", "started": "建设", "completed": "竣工",
    "in_production": "投产", "terminated": "终止", "talks": "洽谈",
}  # fmt: skip
PINGYU_COLUMNS = (
    Column(("序号",), _nothing),
    Column(("项目名称",), lambda p, m: p.name_in(m)),
    Column(("投资方名称",), lambda p, m: p.investor),
    Column(("建设内容",), lambda p, m: p.content),
    Column(("所属产业链",), lambda p, m: p.chain),
    Column(("总投资",), lambda p, m: p.total, summed=True),
    Column(("本月到位资金",), lambda p, m: p.arrivals[m], summed=True),
    Column(("本年累计到位资金",), lambda p, m: p.year_to_date(m), summed=True),
    Column(("签约时间",), _text("signed", "{d.year}/{d.month}/{d.day}")),
    Column(("开工时间",), _text("started", "{d.year}/{d.month}/{d.day}")),
    Column(("竣工时间",), _text("completed", "{d.year}/{d.month}/{d.day}")),
    Column(("投产时间",), _text("produced", "{d.year}/{d.month}/{d.day}")),
    Column(("建设阶段",), lambda p, m: PINGYU_STAGES[p.stage_in(m)]),
    Column(("本月进展",), _progress),
    Column(("问题和建议",), _when_stuck("problem")),
    Column(("责任单位",), lambda p, m: p.unit),
    Column(("包联领导",), lambda p, m: p.leader),
)


def pingyu(projects: Sequence[Project], month: int) -> list[LedgerFile]:
    """UTF-8 CSV with BOM: month and year to date only, never the cumulative; title and unit line above the header."""
    end = MONTH_ENDS[month]
    listed = _listed(projects, PINGYU.code, month)
    grid = Grid("csv", width=len(PINGYU_COLUMNS))
    grid.add(f"平舆县重点招商项目月报（{end.year}年{end.month}月）")
    grid.add(
        f"填报单位：平舆县商务局，填报日期：{end.year}年{end.month}月{end.day}日", None, None, None, None, "单位：万元"
    )
    grid.header([column.path for column in PINGYU_COLUMNS])
    for number, project in _numbered(listed):
        grid.add(*_row(PINGYU_COLUMNS, project, month, number))
    grid.add(*_sum_row(PINGYU_COLUMNS, listed, month, "合计"))
    return [LedgerFile(PINGYU.code, f"平舆县重点招商项目月报{end:%Y%m}.csv", delimited(grid, "utf-8-sig"))]


LAYOUTS = (puyang, qingfeng, nanle, yancheng, shangnan, shangcai, pingyu)


def project_ledgers(projects: Sequence[Project]) -> list[LedgerFile]:
    """Every county's project ledgers of all six months."""
    return [file for layout in LAYOUTS for month in MONTHS for file in layout(projects, month)]
