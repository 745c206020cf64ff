"""Labels in two columns, names beside their classes, tasks with limits, groups over blank columns, lines of labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ingest.formats.sheet import Merge, Sheet, Workbook
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook

_: None = None
NAMES = ["甲厂冷链项目", "乙园标准厂房项目", "丙谷预制菜项目"]
GROUPED = [
    ["重点项目推进表", _, _, _, _],
    ["项目名称", _, *NAMES],
    ["建设内容", _, "冷库两座", "厂房三栋", "生产线五条"],
    ["投资情况（万元）", "总投资", 5000, 900, 12000],
    [_, "年度计划投资", 800, 300, 2000],
    ["责任落实", "责任单位", "县工信局", "县商务局", "县住建局"],
    [_, "包联领导", "周某平", "吴某军", "郑某华"],
    ["存在问题", _, "缺用地", "缺资金", "缺电力"],
]
MERGES = [(1, 0, 1, 1), (2, 0, 2, 1), (3, 0, 4, 0), (5, 0, 6, 0), (7, 0, 7, 1)]


def read(
    cells: Sequence[Sequence[Any]], *merges: tuple[int, int, int, int], file_format: str = "xlsx"
) -> LedgerReading:
    sheet = Sheet("Sheet1", [list(row) for row in cells], merges=[Merge(*merge) for merge in merges])
    return read_workbook(Workbook(file_format, [sheet]), "台账.xlsx", LedgerSource("410922"), "0" * 64)


def values(reading: LedgerReading, field: str) -> list[Any]:
    return [row.fields.get(field) for row in reading.rows if row.status == "accepted" and row.kind == "project"]


def told(reading: LedgerReading) -> list[list[Any]]:
    names = ["project_name", "total_investment_cny", "investment_plan_year_cny", "responsible_unit", "problem"]
    return [values(reading, name) for name in names]


EXPECTED = [
    NAMES,
    [50_000_000, 9_000_000, 120_000_000],
    [8_000_000, 3_000_000, 20_000_000],
    ["县工信局", "县商务局", "县住建局"],
    ["缺用地", "缺资金", "缺电力"],
]


def test_a_list_on_its_side_with_groups_of_labels_gives_a_project_a_column() -> None:
    assert told(read(GROUPED, *MERGES)) == EXPECTED


def test_its_labels_are_told_apart_without_merges_too() -> None:
    assert told(read(GROUPED, file_format="csv")) == EXPECTED


def test_a_group_of_one_label_states_its_unit() -> None:
    cells = [row for row in GROUPED if row[1] != "年度计划投资"]
    merges = [(1, 0, 1, 1), (2, 0, 2, 1), (4, 0, 5, 0), (6, 0, 6, 1)]
    assert values(read(cells, *merges), "total_investment_cny") == [50_000_000, 9_000_000, 120_000_000]


def test_columns_of_sums_and_remarks_beside_the_projects_are_none() -> None:
    rows = [
        ["项目名称", *NAMES[:2]],
        ["总投资（万元）", 5000, 900],
        ["开工时间", "2026-03-01", "2026-04-02"],
        ["责任单位", "县工信局", "县商务局"],
        ["存在问题", "缺用地", "缺资金"],
    ]
    total = [[*row, sums] for row, sums in zip(rows, ["合计", 5900, _, _, _], strict=True)]
    remark = [[*row, text] for row, text in zip(rows, ["备注", _, "以施工许可证为准", _, _], strict=True)]
    assert values(read(total), "project_name") == NAMES[:2]
    assert values(read(remark), "project_name") == NAMES[:2]


def test_a_project_of_which_little_is_told_does_not_hide_the_others() -> None:
    rows = [
        ["项目名称", *NAMES],
        ["总投资（万元）", 5000, 900, 700],
        ["建设地点", "开发区", "城关镇", _],
        ["开工时间", "2026-03-01", "2026-04-02", _],
        ["责任单位", "县工信局", "县商务局", _],
    ]
    assert values(read(rows), "project_name") == NAMES


def test_cards_side_by_side_may_both_say_new_construction() -> None:
    card = [
        ["项目名称", *NAMES[:1]],
        ["建设地点", "开发区"],
        ["建设性质", "新建"],
        ["总投资（万元）", 5000],
        ["责任单位", "县工信局"],
    ]
    beside = [["项目基本情况表", _, _, "项目基本情况表", _], *([*row, _, *row] for row in card)]
    beside[1][4] = NAMES[1]
    assert values(read(beside), "construction_nature") == ["新建", "新建"]


def test_the_name_of_a_parent_says_no_stage() -> None:
    reading = read(
        [
            ["序号", "项目名称", "建设内容", "总投资（万元）", "责任单位"],
            [1, "甲谷康养度假区建设项目", "民宿与步道", 3000, "县文旅局"],
            ["1-1", "乙坊民宿集群项目", "民宿二十栋", 2000, "县文旅局"],
            ["1-2", "丙溪步道项目", "步道五公里", 1000, "县文旅局"],
        ]
    )
    assert values(reading, "stage") == [None, None]


def test_a_sheet_that_tells_what_to_write_is_no_project() -> None:
    rows = [
        ["字段名", "填写说明", "示例"],
        ["项目名称", "填写备案名称", "某公司年产10万吨饲料项目"],
        ["投资方名称", "填企业全称", "某某有限公司"],
        ["总投资（亿元）", "保留两位小数", "1.50"],
        ["签约时间", "正式合同签订时间", "2026年3月"],
        ["责任单位", "填单位全称", "县商务局"],
    ]
    assert values(read(rows), "project_name") == []


def test_of_two_columns_below_one_header_the_one_of_names_names_the_projects() -> None:
    names = ["甲溪预制菜项目", "乙源储能电池项目（一期）", "丙禾冷链仓储项目", "丁川物流园项目"]
    classes = ["食品加工", "新能源", "冷链", "现代物流"]
    rows = [[at, kind, name, 1.5, "县工信局"] for at, (kind, name) in enumerate(zip(classes, names, strict=True), 1)]
    reading = read([["序号", "项目名称", _, "总投资（亿元）", "责任单位"], *rows], (0, 1, 0, 2))
    assert values(reading, "project_name") == names


def test_tasks_with_limits_of_their_own_leave_the_project_read_and_its_limit_open() -> None:
    tasks = [("完成土地摘牌", "2026年4月"), ("办理施工许可", "2026年6月")]
    rows: list[list[Any]] = [["序号", "项目名称", "总投资（亿元）", "工作任务", "完成时限"]]
    for at, name in enumerate(NAMES[:2]):
        rows += [[at + 1, name, 1.5, *tasks[0]], [_, _, _, *tasks[1]]]
    merges = [(top, column, top + 1, column) for top in (1, 3) for column in range(3)]
    reading = read(rows, *merges)
    assert values(reading, "project_name") == NAMES[:2]
    assert values(reading, "due_on") == [None, None]
    assert [row.raw["完成时限"] for row in reading.rows] == ["2026年4月；2026年6月"] * 2


def test_a_blank_column_does_not_part_a_group_from_its_next_label() -> None:
    rows = [[1, NAMES[0], 5000, _, 800, "县工信局"], [2, NAMES[1], 900, _, 300, "县商务局"]]
    header = [["序号", "项目名称", "投资情况（万元）", _, _, "责任单位"], [_, _, "总投资", _, "年度计划投资", _]]
    reading = read([*header, *rows], file_format="csv")
    assert values(reading, "investment_plan_year_cny") == [8_000_000, 3_000_000]


def test_labelled_lines_below_the_names_make_no_records_of_two_lines() -> None:
    header = [
        ["序号", "项目名称", "投资情况（万元）", _, "时间节点", _, "责任单位"],
        [_, _, "总投资", "年度计划投资", "签约时间", "计划开工时间", _],
    ]
    rows: list[list[Any]] = []
    for at, name in enumerate(NAMES, 1):
        rows += [[at, name, 5000, 800, "2026-01-05", "2026-06-01", "县工信局"], [_, "进展情况：正在办理用地手续"]]
    reading = read([*header, *rows], file_format="csv")
    assert [str(day) for day in values(reading, "signed_on")] == ["2026-01-05"] * 3
    assert values(reading, "progress_note") == ["正在办理用地手续"] * 3


def test_classes_merged_over_their_projects_name_none() -> None:
    header = ["序号", "项目名称", _, "总投资（亿元）"]
    rows = [[at, "高端装备" if at == 1 else _, name, 1.5 * at] for at, name in enumerate(NAMES, 1)]
    reading = read([header, *rows], (0, 1, 0, 2), (1, 1, 3, 1))
    assert values(reading, "project_name") == NAMES
