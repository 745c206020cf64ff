"""Cards with values below their labels, matrices merged into forms, pivots in columns, printed paths, what tables settle."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.fixtures.written_ledgers import read_cells, read_lines, told, values

_ = None


def test_cards_side_by_side_have_their_values_below_the_labels() -> None:
    reading = read_cells(
        [
            ["重点招商项目卡片"],
            ["项目名称", _, "项目名称", _, "项目名称"],
            ["甲饲料项目", _, "乙电缆项目", _, "丙模具项目"],
            ["投资方", _, "投资方", _, "投资方"],
            ["甲公司", _, "乙公司", _, "丙公司"],
            ["总投资（万元）", _, "总投资（万元）", _, "总投资（万元）"],
            [5000, _, 6000, _, _],
            ["责任单位", _, "责任单位", _, "责任单位"],
            ["县工信局", _, "县商务局", _, "县商务局"],
        ]
    )
    assert told(reading, "project_name", "investor_name", "total_investment_cny", "responsible_unit") == [
        ("甲饲料项目", "甲公司", 50_000_000, "县工信局"),
        ("乙电缆项目", "乙公司", 60_000_000, "县商务局"),
        ("丙模具项目", "丙公司", None, "县商务局"),
    ]


def test_a_label_merged_over_two_rows_heads_a_matrix_of_a_form() -> None:
    reading = read_cells(
        [
            ["招商引资项目登记表"],
            ["项目名称", "甲饲料项目", _, _, _],
            ["投资方", "甲公司", _, _, _],
            ["签约时间", "2026-03-01", _, _, _],
            ["资金到位情况（万元）", "总投资", "累计到位", "本年到位", "本月到位"],
            [_, 9000, 5000, 2000, 300],
            ["形象进度", "主体封顶", _, _, _],
            ["责任单位", "县工信局", _, _, _],
        ],
        (1, 1, 1, 4),
        (2, 1, 2, 4),
        (3, 1, 3, 4),
        (4, 0, 5, 0),
        (6, 1, 6, 4),
        (7, 1, 7, 4),
    )
    money = ("total_investment_cny", "funds_arrived_cumulative_cny", "funds_arrived_ytd_cny", "funds_arrived_month_cny")
    assert told(reading, *money, "progress_note") == [(90_000_000, 50_000_000, 20_000_000, 3_000_000, "主体封顶")]


def test_a_pivot_s_closing_rows_say_what_its_blanks_hold() -> None:
    rows = [
        ["乡镇", "项目状态", "项目名称", "求和项:总投资（万元）"],
        ["柳林镇", "在建", "甲饲料项目", 5000],
        [_, _, "乙电缆项目", 6000],
        [_, "在建 汇总", _, 11000],
        [_, "投产", "丙模具项目", 3000],
        [_, "投产 汇总", _, 3000],
        ["柳林镇 汇总", _, _, 14000],
        ["总计", _, _, 14000],
    ]
    assert told(read_cells(rows), "project_name", "town_name", "stage") == [
        ("甲饲料项目", "柳林镇", "started"),
        ("乙电缆项目", "柳林镇", "started"),
        ("丙模具项目", "柳林镇", "in_production"),
    ]


def test_a_heading_printed_into_the_cell_of_its_column() -> None:
    reading = read_lines(
        "项目名称,投资信息-总投资(万元),责任信息-单位,责任信息-领导",
        "甲饲料项目,5000,县工信局,李某",
        "乙电缆项目,6000,县商务局,王某",
    )
    assert told(reading, "total_investment_cny", "responsible_unit", "responsible_leader")[0] == (
        50_000_000,
        "县工信局",
        "李某",
    )


def test_rows_of_labels_and_values_in_one_column_are_no_columns() -> None:
    lines = [["重点招商项目"]] + [
        [f"项目名称：{name}；投资方：{who}；总投资：{much}亿元；责任单位：县工信局"]
        for name, who, much in (("甲饲料项目", "甲公司", 1), ("乙电缆项目", "乙公司", 2), ("丙模具项目", "丙公司", 3))
    ]
    assert told(read_cells(lines), "project_name", "investor_name", "total_investment_cny") == [
        ("甲饲料项目", "甲公司", 100_000_000),
        ("乙电缆项目", "乙公司", 200_000_000),
        ("丙模具项目", "丙公司", 300_000_000),
    ]


@pytest.mark.parametrize("foot", ["以上项目由县商务局负责解释", "本表数据截至8月底", "上述项目均已列入考核"])
def test_a_sentence_below_the_list_is_no_project(foot: str) -> None:
    head = ["序号", "项目名称", "投资方", "总投资（万元）"]
    rows = [head, [1, "甲饲料项目", "甲公司", 5000], [2, "乙电缆项目", "乙公司", 6000], [_, foot]]
    assert values(read_cells(rows), "project_name") == ["甲饲料项目", "乙电缆项目"]


@pytest.mark.parametrize(
    ("cells", "origins"),
    [
        (["浙江省杭州市", "广东省深圳市"], ["浙江省杭州市", "广东省深圳市"]),
        (["网络", "商会推荐"], [None, None]),
    ],
)
def test_a_bare_source_of_places_is_where_investors_come_from(cells: list[str], origins: list[str | None]) -> None:
    head = ["项目名称", "项目单位", "来源", "总投资（万元）", "进展"]
    names = ("甲饲料项目", "乙电缆项目")
    rows = [head, *([name, "本地公司", cell, 5000, "在建"] for name, cell in zip(names, cells, strict=True))]
    assert values(read_cells(rows), "investor_origin") == origins


def test_boards_of_towns_are_towns() -> None:
    head = ["序号", "板块", "项目名称", "总投资（亿元）"]
    assert values(read_cells([head, [1, "柳林镇", "甲项目", 3], [2, "东关街道", "乙项目", 1]]), "town_name") == [
        "柳林镇",
        "东关街道",
    ]
    other = read_cells([head, [1, "装备制造", "甲项目", 3], [2, "食品", "乙项目", 1]])
    assert values(other, "town_name") == [None, None]


def test_the_other_company_beside_the_investor_is_the_project_s() -> None:
    head = ["项目名称", "企业名称", "投资方", "总投资（万元）", "投产时间"]
    rows = [
        head,
        ["甲项目", "云溪甲公司", "杭州甲集团", 5000, "2025年3月"],
        ["乙项目", "云溪乙公司", "宁波乙集团", 1, "2025年4月"],
    ]
    assert values(read_cells(rows), "project_company") == ["云溪甲公司", "云溪乙公司"]
    same = [head, *([row[0], row[2], *row[2:]] for row in rows[1:])]
    assert values(read_cells(same), "project_company") == [None, None]


def test_a_company_with_all_of_its_registration_is_the_project_s() -> None:
    head = ["项目名称", "企业名称", "法定代表人", "注册资本（万元）", "注册日期", "总投资（万元）"]
    rows = [
        head,
        ["甲项目", "云溪甲公司", "李某", 500, "2026-03-01", 5000],
        ["乙项目", "江北乙公司", "王某", 500, "2026-03-02", 6000],
    ]
    assert values(read_cells(rows), "project_company") == ["云溪甲公司", "江北乙公司"]
    rows[2][1] = "浙江乙公司"
    assert values(read_cells(rows), "project_company") == [None, None]


def test_the_day_beside_a_company_s_capital_is_its_registration() -> None:
    head = ["项目名称", "落地公司名称", "注册资本（万元）", "登记日期", "总投资（万元）"]
    rows = [head, ["甲项目", "云溪甲公司", 500, "2026-03-01", 5000]]
    assert values(read_cells(rows), "registered_on") == [dt.date(2026, 3, 1)]
    # Away from it it may be the day on which the project was entered.
    apart = [[row[0], row[3], row[4], row[1], row[2]] for row in rows]
    assert values(read_cells(apart), "registered_on") == [None]


def test_the_year_s_investment_before_what_was_done_of_it() -> None:
    head = ["项目名称", "总投资（亿元）", "年度投资（亿元）", "1-9月累计完成（亿元）", "占年度计划%"]
    rows = [head, ["甲项目", 5, 2, 1, 50], ["乙项目", 6, 3, 2, 66.7]]
    found = told(read_cells(rows), "investment_plan_year_cny", "investment_done_ytd_cny")
    assert found[0] == (200_000_000, 100_000_000)
    alone = [row[:-1] for row in rows]
    assert told(read_cells(alone), "investment_plan_year_cny")[0] == (None,)


def test_what_was_done_until_a_day_of_the_year_was_done_since_january() -> None:
    head = ["项目名称", "总投资（亿元）", "截至8月底本年完成投资（亿元）"]
    (row,) = read_cells([["2026年项目推进表"], head, ["甲项目", 5, 2]]).rows
    (month,) = row.month_values
    assert (month.month_from, month.month_to) == (1, 8)


def test_the_last_band_of_cards_may_be_shorter_and_a_row_may_hold_two_labels() -> None:
    def card(name: str, who: str) -> list[list[object]]:
        return [["项目名称", "投资方"], [name, who], ["总投资（亿元）", "责任单位"], [2, "县工信局"]]

    left, right, last = card("甲饲料项目", "甲公司"), card("乙电缆项目", "乙公司"), card("丙模具项目", "丙公司")
    cells = [["招商项目卡片"], *([*one, _, *other] for one, other in zip(left, right, strict=True)), [_], *last]
    assert told(read_cells(cells), "project_name", "investor_name", "total_investment_cny", "responsible_unit") == [
        ("甲饲料项目", "甲公司", 200_000_000, "县工信局"),
        ("乙电缆项目", "乙公司", 200_000_000, "县工信局"),
        ("丙模具项目", "丙公司", 200_000_000, "县工信局"),
    ]


def test_a_pivot_of_two_levels_above_its_projects() -> None:
    rows: list[list[object]] = [
        ["行标签", "计数项:项目名称", "求和项:总投资（万元）"],
        ["在建", 3, 14000],
        ["柳林镇", 2, 11000],
        ["甲饲料加工项目", 1, 5000],
        ["乙电缆生产项目", 1, 6000],
        ["东关镇", 1, 3000],
        ["丙模具制造项目", 1, 3000],
        ["签约", 1, 900],
        ["柳林镇", 1, 900],
        ["丁箱包加工项目", 1, 900],
        ["总计", 4, 14900],
    ]
    assert told(read_cells(rows), "project_name", "town_name", "stage", "total_investment_cny") == [
        ("甲饲料加工项目", "柳林镇", "started", 50_000_000),
        ("乙电缆生产项目", "柳林镇", "started", 60_000_000),
        ("丙模具制造项目", "东关镇", "started", 30_000_000),
        ("丁箱包加工项目", "柳林镇", "signed", 9_000_000),
    ]
    # Sums that do not agree prove nothing.
    rows[2][2] = 11001
    assert told(read_cells(rows), "project_name") == []


def test_a_small_table_right_of_a_form_holds_no_further_projects() -> None:
    reading = read_cells(
        [
            ["项目推进卡"],
            ["项目名称", "甲饲料项目", _, "月份", "形象进度"],
            ["投资方", "甲公司", _, "6月", "基础施工"],
            ["总投资（万元）", 5000, _, "7月", "主体封顶"],
            ["签约时间", "2026-03-01", _, "8月", "设备安装"],
            ["责任单位", "县工信局"],
        ]
    )
    assert [row.status for row in reading.rows] == ["accepted"]
    assert told(reading, "project_name", "total_investment_cny") == [("甲饲料项目", 50_000_000)]


def test_a_line_above_each_table_of_one_row_names_its_project() -> None:
    header = ["总投资（亿元）", "到位资金（亿元）", "开工时间", "责任单位"]
    cells: list[list[object]] = [["重点项目周进展"]]
    for text in ("一、甲饲料加工项目（杭州甲科技有限公司）", "二、乙电缆生产项目（宁波乙集团有限公司）"):
        cells += [[text], header, [2, 1, "2026年3月1日", "县工信局"], [_]]
    assert told(read_cells(cells), "project_name", "investor_name", "total_investment_cny", "responsible_unit") == [
        ("甲饲料加工项目", "杭州甲科技有限公司", 200_000_000, "县工信局"),
        ("乙电缆生产项目", "宁波乙集团有限公司", 200_000_000, "县工信局"),
    ]


def test_what_was_done_behind_the_total_and_how_long_it_lasts() -> None:
    head = ["项目名称", "投资总额（亿元）", "建设期限", "累计完成（亿元）", "本年完成（亿元）"]
    rows = [head, ["甲项目", 5, "2025-2027", 3, 1], ["乙项目", 6, "2025-2026", 2, 2]]
    assert values(read_cells(rows), "investment_done_ytd_cny") == [100_000_000, 200_000_000]
    other = [[cell if cell != "建设期限" else "年产值（亿元）" for cell in row] for row in rows]
    assert values(read_cells(other), "investment_done_ytd_cny") == [None, None]


def test_a_day_right_behind_the_measure_is_its_limit() -> None:
    head = ["项目名称", "投资方", "总投资（万元）", "存在问题", "破解措施", "完成时间", "责任单位"]
    row = ["甲项目", "甲公司", 5000, "缺用地", "协调报批", "2026年10月5日", "县自然资源局"]
    assert values(read_cells([head, row]), "due_on") == [dt.date(2026, 10, 5)]
    apart = [[one[at] for at in (0, 1, 2, 3, 5, 6, 4)] for one in (head, row)]
    assert values(read_cells(apart), "due_on") == [None]
