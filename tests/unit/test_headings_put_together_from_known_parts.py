"""Headings put together from parts: whose it is and what of it, brackets that say what counts, groups of who answers; and
times of investment that the columns beside them settle.
"""

from __future__ import annotations

from datetime import date

import pytest

from ingest.columns.column_meaning import HeaderContext
from ingest.headers.header_column import interpret_column
from ingest.headers.header_phrases import phrased
from tests.fixtures.written_ledgers import read_sheet, told

CONTEXT = HeaderContext(kind="project", report_year=2026)


def field(*path: str) -> str | None:
    return interpret_column(path, context=CONTEXT).field


@pytest.mark.parametrize(
    ("owner", "of_it", "whose"),
    [
        ("帮办代办员", "联系电话", "contact_phone"),
        ("项目管家", "手机", "contact_phone"),
        ("本地主体", "登记时间", "registered_on"),
        ("落地公司", "注册资本金", "registered_capital_cny"),
        ("项目法人单位", "法定代表人", "legal_representative"),
        ("来投企业", "注册省市", "investor_origin"),
        ("引进企业", "总部所在城市", "investor_origin"),
    ],
)
def test_whose_it_is_and_what_of_it_may_be_worded_in_any_way(owner: str, of_it: str, whose: str) -> None:
    assert field(owner + of_it) == whose


def test_two_things_joined_are_not_the_one_of_the_other() -> None:
    for joined in (
        "投资方及注册地",
        "落地公司及注册时间",
        "控股股东名称及注册地",
        "责任人及电话",
        "具体联络人（电话）",
    ):
        assert field(joined) is None
    assert phrased("投资方名称注册地") is None


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("开工时间（首次浇筑垫层）", "started_on"),
        ("开工年月（桩机进场）", "started_on"),
        ("投产年月（首件下线）", "production_on"),
        ("签约时间（意向书不计）", "signed_on"),
        ("总投资（不低于5000万元）", "total_investment_cny"),
        ("计划竣工日期（合同工期）", "planned_completion_on"),
        ("项目责任领导（县级）", "responsible_leader"),
        ("责任人（招商员）", "responsible_person"),
        ("牵头部门（处室）", "responsible_unit"),
        ("1-9月完成投资（统计联网直报）（万元）", "investment_done_ytd_cny"),
        ("存在问题（逐条列出）", "problem"),
        ("投产时间（尚未投产的填无）", "production_on"),
        ("洽谈进展（含最近一次对接时间）", "progress_note"),
    ],
)
def test_brackets_that_say_what_counts_or_whose_change_nothing(header: str, expected: str) -> None:
    assert field(header) == expected


def test_brackets_that_change_the_meaning_still_do() -> None:
    for header in (
        "开工时间（计划进场）",
        "开工时间（二期首次浇筑）",
        "到位资金（首次）（万元）",
        "投产时间（试生产下线）",
    ):
        assert field(header) is None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("街道包保", "干部"), "responsible_person"),
        (("责任", "街道领导"), "responsible_leader"),
        (("包抓责任", "站所"), "responsible_unit"),
        (("保障", "领导"), "responsible_leader"),
        (("谁来管", "部门"), "responsible_unit"),
        (("对接情况", "最新进展"), "progress_note"),
        (("开工建设", "完成投资（万元）"), "investment_done_cumulative_cny"),
        (("支撑项目", "来源地"), "investor_origin"),
        (("责任落实", "责任人及电话"), None),
        (("配套项目", "来源地"), None),
        (("进展", "开工"), None),
        (("合同", "编号"), None),
        (("项目", "编号"), "project_code"),
        (("跟踪", "专员"), "responsible_person"),
    ],
)
def test_groups_of_who_answers_and_of_phases(path: tuple[str, ...], expected: str | None) -> None:
    assert field(*path) == expected


def test_a_story_is_told_before_what_became_of_it() -> None:
    assert field("存在困难及协调情况") == "problem"
    assert field("下一步推进措施及时间安排") == "measure"
    assert field("推进措施及责任单位") is None


def test_a_bare_event_of_a_year_to_come_is_none_that_has_happened() -> None:
    head = ["项目名称", "投资方", "总投资（万元）", "开工", "竣工"]
    rows = [
        ["甲电池项目", "杭州甲公司", 9000, "2025-03", "2026-06"],
        ["乙涂料项目", "苏州乙公司", 3000, "2025-05", "2026-08"],
    ]
    titles = [["招商引资项目"], ["填报日期：2026年9月30日"]]
    assert told(read_sheet([*titles, head, *rows]), "started_on", "completed_on")[0] == (
        date(2025, 3, 1),
        date(2026, 6, 1),
    )
    rows[1][4] = "2027-08"
    assert told(read_sheet([*titles, head, *rows]), "started_on", "completed_on")[0] == (date(2025, 3, 1), None)


def test_the_month_of_an_event_is_its_time_and_the_month_by_itself_is_this_one() -> None:
    assert [field(one) for one in ("动土月份", "计划开工建设月份", "建成投产月份")] == [
        "started_on",
        "planned_start_on",
        "production_on",
    ]
    assert field("月份") is None


def test_how_strong_an_intent_is_is_no_amount() -> None:
    assert field("投资意愿") is None
    assert field("投资意愿额（亿元）") == "total_investment_cny"


def test_where_a_flying_project_left_is_not_where_its_investor_comes_from() -> None:
    assert field("飞出地") is None
    assert field("转出地") == "investor_origin"


def test_times_of_investment_beside_what_was_done_until_now() -> None:
    head = [["项目名称", "投资（万元）", None, None, None], [None, "总量", "累计", "本年", "本月"]]
    rows = [
        ["甲电池项目", 9000, 5000, 1200, 100],
        ["乙涂料项目", 3000, 3000, 800, 0],
        ["丙机床项目", 6000, 500, 500, 60],
    ]
    reading = read_sheet([["招商引资项目"], *head, *rows], "A2:A3", "B2:E2")
    assert told(reading, "investment_done_ytd_cny", "investment_done_month_cny")[0] == (12_000_000, 1_000_000)
    rows[0][3] = 5600
    more = read_sheet([["招商引资项目"], *head, *rows], "A2:A3", "B2:E2")
    assert told(more, "investment_done_ytd_cny")[0] == (None,)


def test_the_years_plan_right_of_the_whole_unless_funds_are_told() -> None:
    rows = [["甲电池项目", 9000, 1200], ["乙涂料项目", 3000, 3000], ["丙机床项目", 6000, 500]]
    plain = read_sheet([["重点招商项目（单位：万元）"], ["项目名称", "总投资", "年度计划"], *rows])
    assert [plan for (plan,) in told(plain, "investment_plan_year_cny")] == [12_000_000, 30_000_000, 5_000_000]
    arrived = [[*row, 100] for row in rows]
    funds = read_sheet([["重点招商项目（单位：万元）"], ["项目名称", "总投资", "年度计划", "本年到位资金"], *arrived])
    assert told(funds, "investment_plan_year_cny")[0] == (None,)


def test_a_share_done_is_the_works_where_nothing_else_could_be_meant() -> None:
    rows = [["甲电池项目", "主体封顶", "60%"], ["乙涂料项目", "基础施工", "15%"]]
    reading = read_sheet([["招商项目进度"], ["项目名称", "形象进度", "完成比例"], *rows])
    assert [rate for (rate,) in told(reading, "progress_rate")] == [0.6, 0.15]
    aimed = [[*row[:2], 800, row[2]] for row in rows]
    other = read_sheet([["招商项目进度"], ["项目名称", "形象进度", "年度目标（万元）", "完成比例"], *aimed])
    assert told(other, "progress_rate")[0] == (None,)


def test_a_register_of_companies_tells_their_states() -> None:
    rows = [
        ["甲铝业有限公司", "91410000MA4XXXXX1X", "2024-05-01", 1000, "张某", "铝箔制造", "存续"],
        ["乙农机有限公司", "91410000MA4XXXXX2X", "2025-03-01", 500, "李某", "农机制造", "注销"],
    ]
    head = ["企业名称", "统一社会信用代码", "成立日期", "注册资本（万元）", "法定代表人", "经营范围", "登记状态"]
    assert read_sheet([["名册"], head, *rows]).status == "refused"


def test_companies_that_talk_are_investors_and_those_that_build_more_are_listed() -> None:
    talks = read_sheet([["在谈项目"], ["企业", "意向内容"], ["杭州甲服饰", "建羽绒服厂"], ["苏州乙电子", "建线束厂"]])
    assert [name for (name,) in told(talks, "investor_name")] == ["杭州甲服饰", "苏州乙电子"]
    more = read_sheet(
        [
            ["重点企业增资扩产"],
            ["企业", "扩产内容", "新增投资（万元）", "开工时间"],
            ["甲铝业有限公司", "新增铝箔线两条", 3000, "2026-05"],
            ["乙农机有限公司", "扩建总装车间", 1200, "2026-07"],
        ]
    )
    assert more.status == "read"
