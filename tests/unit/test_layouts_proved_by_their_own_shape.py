"""Layouts whose shape, sums or places on paper say what no header does: cards, pivot outlines, printed text, feet of lists."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal

import openpyxl
import pytest

from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_ledger
from tests.fixtures.written_ledgers import read_cells, read_lines, told, values

HEADER: list[object] = ["序号", "项目名称", "投资方", "总投资（万元）", "签约时间", "责任单位"]
FEED: list[object] = [1, "年产5万吨饲料项目", "甲公司", 5000, "2026-03-01", "县工信局"]
HOMES: list[object] = [2, "智能家居生产线项目", "乙公司", 6000, "2026-03-02", "县商务局"]


def read_sheets(*sheets: Sequence[Sequence[object]]) -> LedgerReading:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return read_ledger(content.getvalue(), "台账.xlsx", LedgerSource())


# Cards headed by a bare name


def card(name: str, investor: str, total: str) -> list[list[object]]:
    return [[name, None], ["投资方", investor], ["总投资", total], ["责任单位", "县工信局"]]


def test_a_bare_name_above_labels_and_values_names_the_card() -> None:
    left, right = card("年产5万吨饲料项目", "甲公司", "1.2亿元"), card("智能家居生产线项目", "乙公司", "3亿元")
    beside = [[*one, None, *other] for one, other in zip(left, right, strict=True)]
    reading = read_cells([["签约项目展板"], [], *beside], (2, 0, 2, 1), (2, 3, 2, 4))
    assert told(reading, "project_name", "investor_name", "total_investment_cny") == [
        ("年产5万吨饲料项目", "甲公司", 120_000_000),
        ("智能家居生产线项目", "乙公司", 300_000_000),
    ]


def test_a_bare_name_left_of_its_rows_names_the_card_and_the_title_does_not() -> None:
    rows: list[list[object]] = [["重点项目卡片"]]
    for number, (name, investor) in enumerate(
        (("年产5万吨饲料项目", "甲公司"), ("智能家居生产线项目", "乙公司")), start=1
    ):
        rows += [
            [number, name, "投资方", investor],
            [None, None, "总投资", "3亿元"],
            [None, None, "责任单位", "县工信局"],
        ]
    merges = [(0, 0, 0, 3), *((top, column, top + 2, column) for top in (1, 4) for column in (0, 1))]
    reading = read_cells(rows, *merges)
    assert told(reading, "project_name", "investor_name") == [
        ("年产5万吨饲料项目", "甲公司"),
        ("智能家居生产线项目", "乙公司"),
    ]


def test_cards_without_a_name_each_are_none() -> None:
    nameless = [["投资方", "甲公司"], ["总投资", "1.2亿元"], ["责任单位", "县工信局"]]
    assert read_cells([*card("年产5万吨饲料项目", "甲公司", "3亿元"), [], *nameless]).status == "refused"


def test_a_label_that_no_card_fills_in_is_a_label_and_a_park_beside_its_investor_a_project() -> None:
    cards = [
        card("年产5万吨饲料项目", "甲公司", "1.2亿元"),
        card("智能装备产业园", "乙公司", "3亿元"),
        card("数控机床制造项目", "丙公司", "2亿元"),
    ]
    for one, remark in zip(cards, ("重点项目", None, None), strict=True):
        one[3:3] = [["竣工时间", None], ["备注", remark]]
    beside = [[*one, *other, *third] for one, other, third in zip(*cards, strict=True)]
    reading = read_cells([["展板"], *beside], (1, 0, 1, 1), (1, 2, 1, 3), (1, 4, 1, 5))
    assert told(reading, "project_name", "remark") == [
        ("年产5万吨饲料项目", "重点项目"),
        ("智能装备产业园", None),
        ("数控机床制造项目", None),
    ]


def test_a_remark_that_reads_like_a_header_heads_no_list_of_the_cards_below() -> None:
    first: list[list[object]] = [*card("肉牛养殖项目", "甲公司", "1.2亿元"), ["备注", "重点项目"]]
    second: list[list[object]] = [
        *card("风电装备制造项目", "乙公司", "3亿元"),
        ["建设地点", "大营镇工业园区"],
        ["备注", None],
    ]
    reading = read_cells([["项目展示"], [], *first, [], *second], (2, 0, 2, 1), (8, 0, 8, 1))
    assert told(reading, "project_name", "remark") == [("肉牛养殖项目", "重点项目"), ("风电装备制造项目", None)]


# Forms


def test_a_value_that_reads_like_a_header_is_one_where_its_column_holds_values() -> None:
    form: list[list[object]] = [
        ["项目名称", "饲料加工项目", "总投资", "5000万元"],
        ["协议类型", "正式合同", "备注", None],
        ["开工时间", "2026年3月", "责任领导", "李某"],
        ["所属乡镇", "城关镇", "备注", "重点项目"],
    ]
    fields = ("project_name", "agreement_type", "town_name")
    assert told(read_cells([["项目基本情况"], *form]), *fields) == [("饲料加工项目", "正式合同", "城关镇")]


def test_a_title_over_each_of_two_forms_is_no_label_of_the_other() -> None:
    form: list[list[object]] = [
        ["项目名称：", "甲饲料项目"],
        ["总投资：", "5000万元"],
        ["责任单位：", "县工信局"],
        ["所属乡镇：", "城关镇"],
    ]
    rows: list[list[object]] = [
        ["项目基本情况", None, None, "项目基本情况", None],
        *([*one, None, *one] for one in form),
    ]
    reading = read_cells(rows, (0, 0, 0, 1), (0, 3, 0, 4))
    assert told(reading, "project_content") == [(None,), (None,)]


def test_captions_over_two_lists_and_remarks_that_read_like_labels_make_no_form() -> None:
    header = ["序号", "项目名称", "总投资（亿元）", "备注", "责任人"]
    left: list[list[object]] = [
        [1, "饲料加工项目", 2, None, "周某"],
        [2, "智能家居项目", 3, "省级重点", "吴某"],
        [3, "数控机床项目", 4, "重点项目", "黄某"],
    ]
    right: list[list[object]] = [
        [1, "光伏组件项目", 2, "重点项目", "刘某"],
        [2, "肉牛养殖项目", 3, None, "林某"],
        [3, "冷链物流项目", 4, None, "陈某"],
    ]
    rows: list[list[object]] = [
        ["开工项目", *[None] * 5, "投产项目", *[None] * 4],
        [*header, None, *header],
        *([*one, None, *other] for one, other in zip(left, right, strict=True)),
    ]
    reading = read_cells(rows, (0, 0, 0, 4), (0, 6, 0, 10))
    assert sorted(values(reading, "project_name")) == sorted(str(row[1]) for row in (*left, *right))


# Pivot tables in outline

PIVOT = ["行标签", "求和项:总投资（万元）", "求和项:累计到位资金（万元）"]


def test_sums_prove_the_projects_of_a_pivot_table_in_outline() -> None:
    reading = read_cells(
        [
            PIVOT,
            ["城关镇", 11000, 300],
            ["年产5万吨饲料项目", 5000, 100],
            ["智能家居生产线项目", 6000, 200],
            ["县工信局", 7000, 0],
            ["数控机床制造项目", 7000, None],
            ["总计", 18000, 300],
        ]
    )
    assert told(reading, "project_name", "town_name", "total_investment_cny") == [
        ("年产5万吨饲料项目", "城关镇", 50_000_000),
        ("智能家居生产线项目", "城关镇", 60_000_000),
        ("数控机床制造项目", None, 70_000_000),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        # 东区产业园 reads like a project's name, and the whole shows that it is none.
        [["东区产业园", 11000], ["饲料加工项目", 5000], ["智能家居项目", 6000], ["总计", 11000]],
        [["城关镇", 9000], ["饲料加工项目", 5000], ["智能家居项目", 6000], ["总计", 11000]],
        [["饲料加工项目", 5000], ["智能家居项目", 6000]],
    ],
)
def test_a_pivot_table_whose_sums_prove_nothing_stays_refused(rows: list[list[object]]) -> None:
    assert read_cells([PIVOT[:2], *rows]).reason_code == "no_project_column"


def test_a_town_alone_among_names_and_figures_heads_them() -> None:
    header = ["项目名称", "总投资（万元）"]
    reading = read_cells(
        [header, ["城关镇"], ["甲饲料项目", 5000], ["乙物流项目", 6000], ["柳河镇"], ["丙机床项目", 7000]]
    )
    assert told(reading, "project_name", "town_name") == [
        ("甲饲料项目", "城关镇"),
        ("乙物流项目", "城关镇"),
        ("丙机床项目", "柳河镇"),
    ]


# Printed text

PRINT = """              招商引资项目表
----------------------------------------------------------------
序号  项目名称              总投资（万元）  签约时间    责任单位
----------------------------------------------------------------
1     年产5万吨饲料项目               5000  2026-03-01  县工信局
2     智能家居生产线项目             12000  2026-03-02
3     数控机床制造项目                7000              县商务局
----------------------------------------------------------------
第1页 共1页
"""


def test_columns_of_printed_text_are_told_by_their_places() -> None:
    reading = read_ledger(PRINT.encode("gb18030"), "台账.txt", LedgerSource())
    assert told(reading, "project_name", "total_investment_cny", "signed_on", "responsible_unit") == [
        ("年产5万吨饲料项目", 50_000_000, dt.date(2026, 3, 1), "县工信局"),
        ("智能家居生产线项目", 120_000_000, dt.date(2026, 3, 2), None),
        ("数控机床制造项目", 70_000_000, None, "县商务局"),
    ]


def test_text_whose_lines_share_no_gaps_stays_refused() -> None:
    shifted = PRINT.replace("2     智能", "2  智能")
    overflowing = shifted.replace(
        "3     数控机床制造项目                7000", "3     数控机床制造与装配一体化产业园项目 7000"
    )
    assert read_ledger(overflowing.encode(), "台账.txt", LedgerSource()).status == "refused"


def test_spaces_beside_commas_are_no_columns_of_their_own() -> None:
    lines = (
        "序号,  项目名称,      总投资（万元）",
        "1,     甲饲料项目,    5000",
        "2,     乙物流项目,    6000",
        "3,     丙机床项目,    7000",
    )
    assert values(read_lines(*lines), "total_investment_cny") == [50_000_000, 60_000_000, 70_000_000]


# Feet and heads of lists


@pytest.mark.parametrize(
    "foot",
    [
        [["县招商局", None, None, None, "2026年9月30日"]],
        [
            [None, None, None, None, "清源县招商投资促进中心"],
            [None, None, None, None, "2026年10月8日"],
            ["抄送：县委办、县政府办"],
        ],
    ],
)
def test_an_office_and_a_date_sign_a_list_whatever_notes_follow(foot: list[list[object]]) -> None:
    reading = read_cells([HEADER, FEED, HOMES, [], *foot])
    assert values(reading, "project_name") == [FEED[1], HOMES[1]]
    assert [row.status for row in reading.rows] == ["accepted", "accepted"]


def test_a_text_and_a_date_that_sign_nothing_stay_for_people_to_see() -> None:
    reading = read_cells([HEADER, FEED, HOMES, [], [None, None, "丙公司", None, "2026年9月30日"]])
    assert [row.status for row in reading.rows].count("rejected") == 1


def test_lines_of_captions_and_what_they_say_state_the_unit() -> None:
    reading = read_cells(
        [
            ["县区名称", "清源县", "填报单位", "县商务局"],
            ["填报人", "王某", "联系电话", "0371-60000000"],
            ["报告期", "2026年9月", "金额单位", "万元"],
            [],
            ["序号", "项目名称", "投资方", "总投资"],
            [1, "年产5万吨饲料项目", "甲公司", 5000],
        ]
    )
    assert values(reading, "total_investment_cny") == [50_000_000]
    assert [row.status for row in reading.rows] == ["accepted"]


@pytest.mark.parametrize(
    ("header", "field", "amount"),
    [
        ("合同外资 > 美元（万美元）", "foreign_contract_usd", 12_000_000),
        ("总投资 > 人民币（万元）", "total_investment_cny", 12_000_000),
    ],
)
def test_a_currency_with_its_unit_says_nothing_more(header: str, field: str, amount: int) -> None:
    group, leaf = header.split(" > ")
    reading = read_cells([["序号", "项目名称", group], [None, None, leaf], [1, "年产5万吨饲料项目", 1200]])
    assert values(reading, field) == [amount]


def test_the_blanks_of_a_form_are_no_part_of_what_fills_them() -> None:
    reading = read_cells(
        [
            ["项目名称", "__饲料加工项目__", "投资方", "甲公司"],
            ["总投资", "__5000__万元", "签约时间", "2026__年_3_月_15_日"],
            ["责任单位", "____", "建设地点", "城关镇"],
            ["联系电话", "0371-60000000", "备注", "____"],
        ]
    )
    fields = ("project_name", "total_investment_cny", "signed_on", "responsible_unit")
    assert told(reading, *fields) == [("饲料加工项目", Decimal(50_000_000), dt.date(2026, 3, 15), None)]


def test_numbered_tables_under_one_header_are_headings() -> None:
    reading = read_cells([["表1 工业项目"], HEADER, FEED, [], ["表2 农业项目"], HOMES])
    assert values(reading, "industry")[1] == "农业"


def test_a_town_ends_the_town_before_it_however_it_is_numbered() -> None:
    rows: list[list[object]] = [HEADER, ["（一）柳河镇"], FEED, ["城关镇（1个）"], HOMES]
    assert values(read_cells(rows, (1, 0, 1, 5), (3, 0, 3, 5)), "town_name") == ["柳河镇", "城关镇"]


# Lists beside and behind one another


def test_lists_under_stages_that_share_the_towns_are_two() -> None:
    reading = read_cells(
        [
            ["乡镇", "签约项目", None, None, "开工项目", None, None],
            [None, "项目名称", "总投资（亿元）", "签约时间", "项目名称", "总投资（亿元）", "开工时间"],
            ["城关镇", "年产5万吨饲料项目", 2, "2026-03-01", "智能家居生产线项目", 3, "2026-05-01"],
            ["柳河镇", "数控机床制造项目", 4, "2026-03-02", "肉牛养殖项目", 5, "2026-05-02"],
        ],
        (0, 0, 1, 0),
        (0, 1, 0, 3),
        (0, 4, 0, 6),
    )
    assert sorted(told(reading, "total_investment_cny", "town_name", "stage")) == [
        (200_000_000, "城关镇", "signed"),
        (300_000_000, "城关镇", "started"),
        (400_000_000, "柳河镇", "signed"),
        (500_000_000, "柳河镇", "started"),
    ]


def test_a_single_row_on_the_next_sheet_is_never_a_title() -> None:
    goes_on = read_sheets([HEADER, FEED, HOMES], [[3, "数控机床制造项目", "丙公司", 7000, "2026-03-03", "县工信局"]])
    assert len(values(goes_on, "project_name")) == 3
    apart = read_sheets([HEADER, FEED, HOMES], [[9, "数控机床制造项目", "丙公司", 7000, "2026-03-03", "县工信局"]])
    assert [row.status for row in apart.rows] == ["accepted", "accepted", "rejected"]
    total = read_sheets([HEADER, FEED, HOMES], [["合计", "2个", "—", 11000, "2026-03-03"]])
    assert [row.status for row in total.rows] == ["accepted", "accepted"]
