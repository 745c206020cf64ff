"""What stands around records and belongs to them, or does not: owners in headings, labelled lines, figures that compare,
numbers in names, rows that number the columns."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from ingest.formats.sheet import Merge, Sheet, Workbook
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook
from ingest.rows.furniture import is_comparison, label_kind
from ingest.rows.heading_owners import owners_of

_: None = None


def read(cells: list[list[Any]], *merges: tuple[int, int, int, int], name: str = "Sheet1") -> LedgerReading:
    width = max(map(len, cells))
    rows = [[*row, *[_] * (width - len(row))] for row in cells]
    sheet = Sheet(name, rows, merges=[Merge(*merge) for merge in merges])
    return read_workbook(Workbook("xlsx", [sheet]), "台账.xlsx", LedgerSource("410922"), "0" * 64)


def told(reading: LedgerReading, field: str) -> list[Any]:
    return [row.fields.get(field) for row in reading.rows]


HEADER = ["序号", "项目名称", "总投资（万元）", "开工时间", "责任单位"]


def record(number: int, name: str, amount: int = 500) -> list[Any]:
    return [number, name, amount, "2025年3月", "县发改局"]


@pytest.mark.parametrize(
    ("text", "leader"),
    [
        ("县委书记赵建国包联项目（3个）", "赵建国"),
        ("一、区委副书记、区长钱文博联系项目", "钱文博"),
        ("包联领导：孙晓东（县委常委）", "孙晓东"),
        ("联系领导：县长 李志强", "李志强"),
        ("县政协主席：吴晓东", "吴晓东"),
        ("王某某副县长包联项目", "王某某"),
        ("赵建国（县委书记）", "赵建国"),
        ("王海涛同志联系项目（2个）", "王海涛"),
        ("县委书记联系点", None),
        ("马铃薯推进项目", None),
        ("石桥联系项目", None),
        ("马庄乡包联项目", None),
        ("石家庄牵头项目", None),
        ("高新区书记", None),
        ("填报人：张三", None),
        ("工业项目", None),
    ],
)
def test_the_leader_that_a_heading_names(text: str, leader: str | None) -> None:
    assert dict(owners_of(text)).get("responsible_leader") == leader


def test_headings_say_who_answers_where_no_column_does() -> None:
    reading = read(
        [
            HEADER,
            ["县委书记 赵建国包联项目（2个）"],
            record(1, "甲产业园项目"),
            record(2, "乙产业园项目"),
            ["责任单位：县商务局    包抓领导：钱文博"],
            record(1, "丙产业园项目"),
        ]
    )
    assert told(reading, "responsible_leader") == ["赵建国", "赵建国", "钱文博"]
    assert told(reading, "responsible_unit") == ["县发改局"] * 3


def test_labelled_lines_below_records_tell_more_of_them() -> None:
    rows: list[list[Any]] = [HEADER]
    for number, name in enumerate(("甲产业园项目", "乙产业园项目", "丙产业园项目"), start=1):
        rows += [record(number, name), ["", f"进展情况：{name}主体封顶"]]
    rows[4:4] = []
    rows.insert(3, ["", "存在问题：用地未落实"])
    merges = [(at, 1, at, 4) for at, row in enumerate(rows) if len(row) == 2]
    reading = read(rows, *merges)
    assert told(reading, "progress_note") == [f"{name}产业园项目主体封顶" for name in "甲乙丙"]
    assert told(reading, "problem") == ["用地未落实", _, _]


def test_a_labelled_line_below_the_last_record_alone_is_a_note() -> None:
    reading = read([HEADER, record(1, "甲产业园项目"), record(2, "乙产业园项目"), ["", "存在问题：部分项目用地未落实"]])
    assert told(reading, "problem") == [_, _]


@pytest.mark.parametrize(
    "text",
    [
        "占全市比重",
        "同比增长（%）",
        "同比±%",
        "比上月增加",
        "2024年同期",
        "全市位次",
        "资金到位率（%）",
        "完成年度目标（%）",
        "本月新增",
    ],
)
def test_figures_that_compare_are_no_projects(text: str) -> None:
    assert is_comparison(text)
    cells = [HEADER, record(1, "甲产业园项目"), record(2, "乙产业园项目"), [_, text, 12.5]]
    assert told(read(cells), "project_name") == ["甲产业园项目", "乙产业园项目"]


@pytest.mark.parametrize("text", ["完成", "新增产能项目", "排名第一酒店项目", "同比例尺测绘项目"])
def test_names_are_not_taken_for_comparisons(text: str) -> None:
    assert not is_comparison(text)


def test_a_total_in_words_below_the_last_record_is_no_part_of_it() -> None:
    line = "总计：项目2个，总投资1000万元，累计到位资金300万元"
    assert label_kind(line) == "total"
    reading = read(
        [
            ["序号", "乡镇", "项目名称", "总投资（万元）"],
            [1, "城关镇", "甲产业园项目", 500],
            [2, "城关镇", "乙产业园项目", 500],
            [_, line, _, 1000],
        ]
    )
    assert told(reading, "total_investment_cny") == [5_000_000, 5_000_000]


def test_a_total_of_two_lines() -> None:
    reading = read(
        [HEADER, record(1, "甲产业园项目"), record(2, "乙产业园项目"), ["总计", "项目个数", 2], [_, "投资金额", 1000]],
        (3, 0, 4, 0),
    )
    assert told(reading, "project_name") == ["甲产业园项目", "乙产业园项目"]


def test_running_numbers_are_taken_off_names_where_all_have_them() -> None:
    header = ["项目名称", "总投资（万元）", "责任单位"]
    numbered = [[f"（{n}）{name}项目", 500, "县发改局"] for n, name in enumerate("甲乙丙丁", start=1)]
    reading = read([header, *numbered])
    assert told(reading, "project_name") == ["甲项目", "乙项目", "丙项目", "丁项目"]
    assert next(row.raw["项目名称"] for row in reading.rows) == "（1）甲项目"
    gap = read([header, *[row for row in numbered if "乙" not in row[0]]])
    assert told(gap, "project_name")[1] == "（3）丙项目"
    some = read([header, *numbered[:3], ["2.5D封装项目", 500, "县工信局"]])
    assert told(some, "project_name")[3] == "2.5D封装项目"


def test_the_row_that_numbers_the_columns_hides_no_date_below_an_event() -> None:
    reading = read(
        [
            ["序号", "项目名称", "总投资（万元）", "时间节点", _],
            [_, _, _, "签约", "开工"],
            [1, 2, 3, 4, 5],
            [1, "甲产业园项目", 500, "2025.3.1", "2025.5.2"],
        ],
        (0, 3, 0, 4),
        *[(0, column, 1, column) for column in range(3)],
    )
    assert told(reading, "signed_on") == [dt.date(2025, 3, 1)]
    assert told(reading, "started_on") == [dt.date(2025, 5, 2)]


def test_the_other_sides_share_of_an_amount_is_nobodys_name() -> None:
    reading = read(
        [
            ["序号", "项目名称", "合同投资额（万元）", _, _, "客商名称"],
            [_, _, "合计", "我方", "客方", _],
            [1, "甲产业园项目", 500, 100, 400, "深圳某某公司"],
        ],
        (0, 2, 0, 4),
        *[(0, column, 1, column) for column in (0, 1, 5)],
    )
    assert told(reading, "investor_name") == ["深圳某某公司"]


def test_few_classes_and_then_the_names_below_one_header() -> None:
    classes = ["工业", "农业", "工业", "农业", "服务业", "工业", "农业"]
    rows = [[n, kind, f"{n}号产业园项目", 500] for n, kind in enumerate(classes, start=1)]
    merged = read([["序号", "项目名称", _, "总投资（万元）"], *rows], (0, 1, 0, 2))
    assert told(merged, "project_name") == [f"{n}号产业园项目" for n in range(1, 8)]
    bare = read([["序号", "项目名称", _, "总投资（万元）"], *rows])
    assert told(bare, "project_name") == [f"{n}号产业园项目" for n in range(1, 8)]
    parents = [[n, "甲产业园项目" if n < 4 else "乙产业园项目", f"{n}号厂房", 500] for n in range(1, 8)]
    assert told(read([["序号", "项目名称", _, "总投资（万元）"], *parents]), "project_name")[0] == "甲产业园项目"


def test_indented_phases_with_numbers_are_parts_of_their_project() -> None:
    reading = read(
        [
            HEADER,
            record(1, "甲产业园项目", 500),
            [_, "  1.1  一期", 300],
            [_, "  1.2  二期", 200],
            record(2, "乙产业园项目", 400),
        ]
    )
    assert told(reading, "project_name") == ["甲产业园项目", "乙产业园项目"]


def test_counties_with_sums_between_known_headings_are_headings() -> None:
    reading = read(
        [
            HEADER,
            [_, "云岭县", 900],
            record(1, "甲产业园项目", 500),
            record(2, "乙产业园项目", 400),
            [_, "白河县", 700],
            record(1, "丙产业园项目", 300),
            record(2, "丁产业园项目", 400),
            [_, "高新区", 200],
            record(1, "戊产业园项目", 200),
        ]
    )
    assert told(reading, "project_name") == [f"{name}产业园项目" for name in "甲乙丙丁戊"]


def test_a_translated_header_row_is_no_record() -> None:
    english = ["No.", "Project Name", "Total Investment (RMB 10,000)", "Start Date", "Dept."]
    reading = read([HEADER, english, record(1, "甲产业园项目")])
    assert told(reading, "project_name") == ["甲产业园项目"]
    assert all(not row.reasons for row in reading.rows)


def test_sheets_called_by_a_town_list_its_projects() -> None:
    assert told(read([HEADER, record(1, "甲产业园项目")], name="城关镇"), "town_name") == ["城关镇"]
    assert told(read([HEADER, record(1, "甲产业园项目")], name="台账"), "town_name") == [_]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("责任单位（牵头部门，只填一个）", "responsible_unit"),
        ("*总投资（万元）\n注：含流动资金", "total_investment_cny"),
        ("总投资（万元）\nTotal Investment (RMB 10,000)", "total_investment_cny"),
    ],
)
def test_hints_and_translations_in_a_header_change_nothing(header: str, field: str) -> None:
    value = 500 if field.endswith("_cny") else "县发改局"
    reading = read([["序号", "项目名称", header], [1, "甲产业园项目", value]])
    assert told(reading, field) == [5_000_000 if value == 500 else value]


def test_months_of_this_year_below_investment_of_all_years() -> None:
    reading = read(
        [
            ["2025年6月重点项目投资完成情况表（单位：万元）"],
            ["序号", "项目名称", "历年完成投资", _, _],
            [_, _, "2024年", "2025年1-6月", "累计"],
            [1, "甲产业园项目", 100, 50, 150],
        ],
        (1, 2, 1, 4),
        (1, 0, 2, 0),
        (1, 1, 2, 1),
    )
    assert told(reading, "investment_done_ytd_cny") == [500_000]
    assert told(reading, "investment_done_cumulative_cny") == [1_500_000]


def test_a_second_investor_with_its_share_joins_the_record() -> None:
    reading = read(
        [
            ["序号", "项目名称", "总投资（万元）", "投资方", "出资比例"],
            [1, "甲产业园项目", 500, "深圳甲公司", "60%"],
            [_, _, _, "本地乙公司", "40%"],
            [2, "乙产业园项目", 400, "杭州丙公司", "100%"],
        ]
    )
    assert told(reading, "investor_name") == ["深圳甲公司；本地乙公司", "杭州丙公司"]


def test_the_years_investment_planned_and_done_on_two_lines() -> None:
    reading = read(
        [
            ["序号", "项目名称", "类别", "竣工时间", "年度投资（万元）"],
            [1, "甲产业园项目", "目标", "2025年5月", 500],
            [_, _, "进展", _, 300],
            [2, "乙产业园项目", "目标", "2025年9月", 400],
            [_, _, "进展", _, 100],
        ],
        *[(row, column, row + 1, column) for row in (1, 3) for column in (0, 1)],
    )
    assert told(reading, "investment_plan_year_cny") == [5_000_000, 4_000_000]
    assert told(reading, "investment_done_ytd_cny") == [3_000_000, 1_000_000]
    assert told(reading, "completed_on") == [_, _]


def test_a_column_of_headings_without_header_says_the_stage() -> None:
    cells = [
        [_, *HEADER],
        ["一、\n签约\n项目\n（2个）", *record(1, "甲产业园项目")],
        [_, *record(2, "乙产业园项目")],
        ["二、\n投产\n项目", *record(1, "丙产业园项目")],
        [_, *record(2, "丁产业园项目")],
    ]
    for row in cells[1:]:
        row[4] = _
    merged = read(cells, (1, 0, 2, 0), (3, 0, 4, 0))
    assert told(merged, "stage") == ["signed", "signed", "in_production", "in_production"]
    assert told(read(cells), "stage") == told(merged, "stage")


def test_lines_above_repeated_headers_say_who_answers() -> None:
    blocks = [("县工信局", "李志强", "甲"), ("县商务局", "王海涛", "乙"), ("县发改局", "陈丽", "丙")]
    header = HEADER[:4]
    rows: list[list[Any]] = [["包抓项目清单"]]
    for unit, leader, name in blocks:
        rows += [[f"责任单位：{unit}", _, _, f"包抓领导：{leader}"], header, record(1, f"{name}产业园项目")[:4]]
    reading = read(rows)
    assert told(reading, "responsible_unit") == ["县工信局", "县商务局", "县发改局"]
    assert told(reading, "responsible_leader") == ["李志强", "王海涛", "陈丽"]
    once = read(rows[:4])
    assert told(once, "responsible_leader") == [_]


@pytest.mark.parametrize("text", ["（其中固定资产投资）", "三产类计"])
def test_parts_and_sums_of_classes_are_no_projects(text: str) -> None:
    reading = read([HEADER, record(1, "甲产业园项目"), [_, text, 200], record(2, "乙产业园项目")])
    assert told(reading, "project_name") == ["甲产业园项目", "乙产业园项目"]


def test_the_rest_of_a_cut_name_may_read_like_a_park() -> None:
    names = ["甲厂扩建项目", "乙厂扩建项目", "丙厂扩建项目", "丁厂扩建项目"]
    rows = [record(n, name) for n, name in enumerate(names, start=1)]
    reading = read([HEADER, *rows[:2], record(3, "南浦鑫泰绿色"), [_, "建材产业园项目"], *rows[2:]])
    assert told(reading, "project_name") == [*names[:2], "南浦鑫泰绿色建材产业园项目", *names[2:]]


def test_a_board_of_names_by_stage_lists_no_records() -> None:
    board = [["乡镇", "在谈项目", "签约项目", "开工项目"], ["城关镇", "甲厂项目", "乙厂项目", "丙厂项目"]]
    reading = read([*board, [], HEADER, record(1, "丁产业园项目"), record(2, "戊产业园项目")])
    accepted = [row.fields.get("project_name") for row in reading.rows if row.status == "accepted"]
    assert accepted == ["丁产业园项目", "戊产业园项目"]


def test_a_label_and_its_text_between_records_are_no_header() -> None:
    header = [*HEADER, "签约时间"]
    rows: list[list[Any]] = [header]
    said = ["已签订合同，正在注册公司", "已完成项目备案和环评", "正在进行场地平整"]
    for number, text in enumerate(said, start=1):
        rows += [[*record(number, f"{number}号产业园项目"), "2025-01-02"], [_, "进展", text]]
    for merges in ([], [(at, 2, at, 5) for at in (2, 4, 6)]):
        reading = read(rows, *merges)
        assert told(reading, "project_name") == [f"{number}号产业园项目" for number in (1, 2, 3)]
        assert told(reading, "progress_note") == said


def test_a_remark_below_the_last_record_is_not_its_own() -> None:
    rows: list[list[Any]] = [HEADER]
    for number in (1, 2):
        rows += [record(number, f"{number}号产业园项目"), [_, f"进展：{number}号主体封顶"]]
    reading = read([*rows, ["备注：以上项目由县投促局汇总。"]])
    assert told(reading, "progress_note") == ["1号主体封顶", "2号主体封顶"]
    assert told(reading, "remark") == [_, _]


def test_codes_and_then_the_names_below_one_header() -> None:
    rows = [[n, f"A{n:02}", f"{n}号产业园项目", 500] for n in (1, 2, 3)]
    reading = read([["序号", "项目名称", _, "总投资（万元）"], *rows], (0, 1, 0, 2))
    assert told(reading, "project_name") == [f"{n}号产业园项目" for n in (1, 2, 3)]


def test_names_may_be_numbered_anew_below_each_heading() -> None:
    rows: list[list[Any]] = [["项目名称", "总投资（万元）", "责任单位"]]
    for heading, names in (("一、签约项目", "甲乙丙"), ("二、在建项目", "丁戊")):
        rows += [[heading], *[[f"{n}.{name}厂项目", 500, "县发改局"] for n, name in enumerate(names, start=1)]]
    reading = read(rows)
    assert told(reading, "project_name") == [f"{name}厂项目" for name in "甲乙丙丁戊"]
    assert told(reading, "stage") == ["signed"] * 3 + ["started"] * 2


def test_lines_of_a_record_are_told_by_the_labels_in_a_column() -> None:
    rows: list[list[Any]] = [["序号", "项目名称", "责任单位", "类别", "情况说明"]]
    merges = []
    for number in (1, 2):
        at = len(rows)
        rows += [
            [number, f"{number}号产业园项目", "县发改局", "当前进展", f"{number}号主体封顶"],
            [_, _, _, "存在问题", "用地未落实" if number == 1 else "无"],
            [_, _, _, "下步措施", "加快推进"],
        ]
        merges += [(at, column, at + 2, column) for column in range(3)]
    reading = read(rows, *merges)
    assert told(reading, "progress_note") == ["1号主体封顶", "2号主体封顶"]
    assert told(reading, "problem") == ["用地未落实", _]
    assert told(reading, "measure") == ["加快推进", "加快推进"]
    assert told(reading, "project_category") == told(reading, "remark") == [_, _]


def test_the_title_of_a_further_page_with_its_number_is_no_record() -> None:
    reading = read(
        [
            ["某县招商项目表", _, _, _, "第1页"],
            HEADER,
            record(1, "甲产业园项目"),
            ["某县招商项目表", _, _, _, "第2页"],
            HEADER,
            record(2, "乙产业园项目"),
        ]
    )
    assert told(reading, "project_name") == ["甲产业园项目", "乙产业园项目"]


@pytest.mark.parametrize(("header", "amount"), [("总投资 注：单位万元", 5_000_000), ("总投资（注：万元）", None)])
def test_a_note_behind_a_header_may_state_the_unit(header: str, amount: int | None) -> None:
    reading = read([["单位：亿元"], ["序号", "项目名称", header], [1, "甲产业园项目", 500]])
    assert told(reading, "total_investment_cny") == [amount]


def test_a_label_and_a_leader_in_cells_of_their_own_head_the_list_below() -> None:
    reading = read(
        [
            ["包抓领导", "王某某"],
            HEADER,
            record(1, "甲产业园项目"),
            record(2, "乙产业园项目"),
            ["包抓领导", "李某"],
            HEADER,
            record(1, "丙产业园项目"),
        ]
    )
    assert told(reading, "project_name") == ["甲产业园项目", "乙产业园项目", "丙产业园项目"]
    assert told(reading, "responsible_leader") == ["王某某", "王某某", "李某"]
