"""What a header path means: field, unit, scope, period; and where it must stay unmapped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.headers.header_column import interpret_column
from ingest.headers.header_text import Period
from ingest.headers.header_upkeep import wording_csv_line
from ingest.headers.interpretation import interpret_columns
from ingest.kinds.ledger_kind import decide_kind
from ingest.layout.header_score import header_score

PROJECT = HeaderContext(report_year=2026)


def read(header: str, **context: object) -> ColumnMeaning:
    return interpret_column(tuple(header.split(" > ")), context=HeaderContext(**({"report_year": 2026} | context)))  # type: ignore[arg-type]


def test_units_come_from_the_nearest_place_that_states_one() -> None:
    assert read("总投资（亿元）", unit_line="单位：万元").unit_basis == "leaf"
    group = read("投资情况（亿元） > 总投资", unit_line="单位：万元")
    assert (group.unit.text if group.unit else None, group.unit_basis) == ("亿元", "group")
    title = read("总投资", unit_line="单位：万元")
    assert (title.unit.text if title.unit else None, title.unit_basis) == ("万元", "title")
    source = read("总投资", source_unit="亿元")
    assert (source.unit.text if source.unit else None, source.unit_basis) == ("亿元", "source")
    assert (read("总投资").unit, read("总投资").unit_basis) == (None, None)


def test_a_unit_line_with_two_currencies_serves_both() -> None:
    line = "金额单位：亿元、万美元"
    yuan, dollars = read("总投资", unit_line=line), read("合同外资", unit_line=line)
    assert (yuan.unit.text if yuan.unit else None) == "亿元"
    assert (dollars.unit.text if dollars.unit else None) == "万美元"
    assert read("合同外资", unit_line="单位：万元").unit is None


def test_a_leaf_with_two_currencies_decides_nothing() -> None:
    meaning = read("总投资（万元/万美元）")
    assert meaning.unit is None
    assert [unit.text for unit in meaning.other_units] == ["万元", "万美元"]


@pytest.mark.parametrize(
    "header", ["总投资（个）", "总投资（万美元）", "合同外资（万元）", "项目名称（万元）", "开工时间（万元）"]
)
def test_a_unit_that_cannot_be_the_fields_unmaps_the_column(header: str) -> None:
    assert read(header).field is None


@pytest.mark.parametrize(
    ("header", "field", "period"),
    [
        ("1-6月完成投资", "investment_done_ytd_cny", Period(None, 1, 6)),
        ("2026年6月到位资金", "funds_arrived_month_cny", Period(2026, 6, 6)),
        ("截至2026年6月底累计完成投资", "investment_done_cumulative_cny", Period(2026, 6, 6, True)),
        ("2026年到位资金 > 1-6月累计", "funds_arrived_ytd_cny", Period(2026, 1, 6)),
        ("上半年到位资金", "funds_arrived_ytd_cny", Period(None, 1, 6)),
        ("2025年到位资金", None, Period(2025)),
        ("1月计划投资", None, Period(None, 1, 1)),
    ],
)
def test_periods_are_taken_out_as_data(header: str, field: str | None, period: Period) -> None:
    meaning = read(header)
    assert (meaning.field, meaning.period) == (field, period)


@pytest.mark.parametrize("split", ["省外", "省内", "境外", "我方", "合作方"])
def test_splits_keep_their_scope(split: str) -> None:
    suffix = {
        "省外": "other_province",
        "省内": "same_province",
        "境外": "foreign",
        "我方": "own_side",
        "合作方": "partner_side",
    }
    for scope, word in (("cumulative", "累计"), ("ytd", "本年"), ("month", "本月")):
        meaning = read(f"{word}到位资金（万元） > 其中：{split}")
        assert meaning.field == f"funds_arrived_{scope}_{suffix[split]}_cny"
        assert (meaning.scope, meaning.funds_origin) == (scope, suffix[split])


def test_the_three_levels_of_the_contract() -> None:
    base = "资金到位情况（万元） > 开工以来累计"
    assert read(f"{base} > 合计").field == "funds_arrived_cumulative_cny"
    assert read(f"{base} > 其中：我方").field == "funds_arrived_cumulative_own_side_cny"
    assert read(f"{base} > 合作方 > 小计").field == "funds_arrived_cumulative_partner_side_cny"
    assert read(f"{base} > 合作方 > 省外").field == "funds_arrived_cumulative_other_province_cny"


def test_plan_and_actual_are_never_mixed() -> None:
    for header in ("开工时间 > 计划", "计划 > 开工时间", "开工时间（计划）", "计划开工时间", "拟开工日期"):
        assert read(header).field == "planned_start_on"
    for header in ("开工时间 > 实际", "实际开工时间", "开工时间"):
        assert read(header).field == "started_on"


def test_a_group_changes_what_a_generic_leaf_means() -> None:
    assert read("联系电话").field == "contact_phone"
    assert read("投资方 > 联系电话").field is None
    assert read("投资方 > 联系电话").personal
    assert read("责任单位 > 联系人").field == "responsible_person"
    assert read("投资方 > 名称").field == "investor_name"
    assert read("项目基本情况 > 项目名称").field == "project_name"


def test_merged_headers_that_repeat_count_once() -> None:
    assert read("项目名称 > 项目名称 > 项目名称").field == "project_name"
    assert read("总投资 > 总投资 > 万元").unit is not None


def test_start_and_end_in_one_column() -> None:
    meaning = read("建设起止年限")
    assert (meaning.value_type, meaning.field, meaning.end_field) == (
        "date_range",
        "planned_start_on",
        "planned_completion_on",
    )


def test_close_wordings_report_their_score() -> None:
    meaning = read("项目主要建设内容等")
    assert (meaning.field, meaning.match_method) == ("project_content", "close")
    assert 0.75 <= meaning.match_score < 1


@pytest.mark.parametrize(
    "header",
    ["产业链长", "存在问题数", "责任领导职务", "县级领导职务", "投资方联系人", "责任单位及责任人", "联系人及电话"],
)
def test_near_misses_stay_unmapped(header: str) -> None:
    assert read(header).field is None


def test_of_two_columns_for_one_field_the_better_one_keeps_it() -> None:
    paths = [("签约主体（洽谈主体）",), ("投资主体",), ("实际开工时间（经信）",), ("开工时间",)]
    meanings = interpret_columns(paths, context=PROJECT)
    assert [m.field for m in meanings] == [None, "investor_name", None, "started_on"]
    assert "投资主体" in meanings[0].why


@pytest.mark.parametrize("offices", [("发改", "经信"), ("经信", "发改")])
def test_of_two_official_dates_that_of_the_office_listed_first_counts(offices: tuple[str, str]) -> None:
    meanings = interpret_columns([(f"实际开工时间({office})",) for office in offices], context=PROJECT)
    assert [m.field for m in meanings] == ["started_on" if office == "发改" else None for office in offices]


def test_month_columns_all_keep_their_field() -> None:
    paths = [(f"{month}月完成投资（万元）",) for month in range(1, 13)]
    meanings = interpret_columns(paths, context=PROJECT)
    assert {m.field for m in meanings} == {"investment_done_month_cny"}
    assert [m.period.month_to for m in meanings if m.period] == list(range(1, 13))


@pytest.mark.parametrize(
    ("header", "indicator", "measure", "scope", "origin"),
    [
        ("新注册重点项目（个） > 目标值", "registrations", "target", None, None),
        ("新开工重点项目（个） > 完成进度%", "starts", "rate", None, None),
        ("实际到位内资（亿元） > 其中：省外资金 > 完成值", "funds_arrived", "done", None, "other_province"),
        ("大兑现合同项目履约率(10分) > 履约率(%)", "performance_rate", "rate", None, None),
        ("大兑现合同项目履约率(10分) > 得分", "performance_rate", "score", None, None),
        ("历年累计签约项目金额(万元)", "signed_amount", "done", "cumulative", None),
        ("当年计划签约项目(个)", "signings", "target", "year", None),
        ("1-6月签约项目数", "signings", "done", "ytd", None),
        ("本月新开工项目（个）", "starts", "done", "month", None),
        ("实际利用外资（万美元） > 年度目标", "fdi_arrived", "target", "year", "foreign"),
    ],
)
def test_summary_columns(header: str, indicator: str, measure: str, scope: str | None, origin: str | None) -> None:
    meaning = read(header, kind="summary")
    assert meaning.field == "value"
    assert (meaning.indicator, meaning.measure, meaning.scope, meaning.funds_origin) == (
        indicator,
        measure,
        scope,
        origin,
    )


def test_words_of_a_region_hold_there_only() -> None:
    assert read("区外到位资金（亿元）", kind="summary", county_code="450921").funds_origin == "other_province"
    assert read("区外到位资金（亿元）", kind="summary", county_code="440305").funds_origin is None


def test_other_kinds_have_their_own_fields() -> None:
    assert [read(h, kind="outreach").field for h in ("姓名", "天数", "拜访企业名称")] == [
        "traveller_name",
        "days",
        "visited_company",
    ]
    assert [read(h, kind="problem").field for h in ("企业诉求", "承办单位", "办结时限", "是否办结")] == [
        "subject",
        "owner_unit",
        "due_on",
        "status",
    ]


def test_header_score_tells_headers_from_cells() -> None:
    for text in ("项目名称", "总投资（万元）", "1-6月完成投资", "用地（亩）", "联系人"):
        assert header_score(text) >= 0.8
    for text in ("某某光电产业园项目", "2026-03-01", "12,345.6", "河南省濮阳市某某路与某某路交叉口向东500米路北", ""):
        assert header_score(text) < 0.5


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("签约日", "signed_on"),
        ("实际开工日", "started_on"),
        ("开工日（计划）", "planned_start_on"),
        ("实际 > 投产日", "production_on"),
        ("拟竣工日", "planned_completion_on"),
        ("公司注册日", "registered_on"),
        ("审批日", None),
        ("未开工日", None),
        ("日完成投资", None),
        ("计划投资额（万元）", "total_investment_cny"),
        ("项目基本情况 > 计划投资额", "total_investment_cny"),
        ("2026年计划投资额", "investment_plan_year_cny"),
        ("2026年 > 计划投资额", "investment_plan_year_cny"),
        ("计划投资额（2026年）", "investment_plan_year_cny"),
        ("年度 > 计划投资金额", "investment_plan_year_cny"),
        ("2025年 > 计划投资额", None),
        ("上半年 > 计划投资额", None),
        ("二季度 > 计划投资额", None),
        ("计划投资额（6月）", None),
        ("本月 > 计划投资额", None),
        ("2026年签约时间", "signed_on"),
        ("问题责任单位", "problem_owner"),
        ("问题及措施 > 责任单位", "problem_owner"),
        ("问题及措施 > 主要问题", "problem"),
        ("利用外资（万美元） > 合同", "foreign_contract_usd"),
        ("国家统一项目代码", "project_code"),
        ("项目简要内容", "project_content"),
        ("投资及到位资金（万元） > 总投资额", "total_investment_cny"),
        ("投资及到位资金（万元） > 今年完成投资", "investment_done_ytd_cny"),
        ("投资及到位资金（万元） > 累计", None),
        ("投资额及到位资金（万元） > 合计", None),
        ("建设内容与规模（产品、产能）", "project_content"),
        ("项目公司（新注册）", "project_company"),
        ("项目公司（法人）", None),
        ("外资（万美元） > 合同外资", "foreign_contract_usd"),
        ("开工时间（2025年）", "started_on"),
        ("2027年计划投产时间", "planned_production_on"),
        ("2027年投产时间", None),
        ("2026年1-6月签约时间", None),
    ],
)
def test_days_and_planned_investment(path: str, field: str | None) -> None:
    assert interpret_column(tuple(path.split(" > ")), context=HeaderContext(report_year=2026)).field == field


@pytest.mark.parametrize(
    ("kind", "header", "field"),
    [
        ("problem", "受理日", "received_on"),
        ("problem", "办结日", "closed_on"),
        ("problem", "工作日", None),
        ("outreach", "出发日", "start_on"),
    ],
)
def test_days_of_other_kinds(kind: str, header: str, field: str | None) -> None:
    assert read(header, kind=kind).field == field


def test_a_planned_investment_does_not_displace_the_total() -> None:
    meanings = interpret_columns([("计划投资额",), ("总投资",)], context=HeaderContext(report_year=2026))
    assert [meaning.field for meaning in meanings] == [None, "total_investment_cny"]


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (["总投资（万元）", "协议投资额（万元）"], ["total_investment_cny", "contract_amount_cny"]),
        (["合同总投资（万元）", "项目总投资（万元）"], ["contract_amount_cny", "total_investment_cny"]),
        (["协议投资额（万元）"], ["total_investment_cny"]),
        (["责任单位", "招引责任单位"], ["responsible_unit", "introducing_unit"]),
        (["招引责任单位"], ["responsible_unit"]),
        (["总投资（万元）", "协议投资额（万元）", "合同金额"], ["total_investment_cny", None, "contract_amount_cny"]),
    ],
)
def test_beside_a_plainer_column_a_wording_means_its_sibling(headers: list[str], fields: list[str | None]) -> None:
    meanings = interpret_columns([(header,) for header in headers], context=PROJECT)
    assert [meaning.field for meaning in meanings] == fields


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("项目名称\nProject Name", "project_name"),
        ("投资方 / Investor", "investor_name"),
        ("合同外资额（万美元）\nContractual FDI", "foreign_contract_usd"),
        ("No.\n序号", "sequence_no"),
        ("是否FDI", None),
        ("注册公司情况 > 公司名称", "project_company"),
        ("投资方情况 > 企业名称", "investor_name"),
        ("总投资（万元，与备案证一致）", "total_investment_cny"),
        ("本年度累计到位资金（万元，附银行凭证）", "funds_arrived_ytd_cny"),
        ("实际开工时间（未开工不填）", "started_on"),
        ("1-7月各月累计完成投资（万元） > 1-7月", "investment_done_ytd_cny"),
        ("“五个一”推进机制 > 一名县级领导", "responsible_leader"),
        ("推进责任 > 牵头单位", "responsible_unit"),
        ("推进责任 > 配合单位", None),
        ("进展情况 > 本月", "progress_note"),
        ("存在困难 > 具体问题", "problem"),
        ("施工单位 > 具体问题", None),
        ("实际开竣工 > 开工", "started_on"),
        ("开竣工 > 开工", None),
        ("进展情况 > 上月", None),
        ("项目进展情况 > 本周", "progress_note"),
        ("年度目标 > 投资（万元）", "investment_plan_year_cny"),
        ("上年目标 > 投资（万元）", None),
        ("产业分类 > 行业", "industry"),
        ("挂钩责任单位 > 责任人", "responsible_person"),
        ("项目业主单位 > 负责人", None),
        ("项目协议总投资额（万元）资金来源 > 合计", "total_investment_cny"),
        ("项目协议总投资额（万元）资金来源 > 合作方 > 省外", None),
        ("自年初至本月末累计到位资金（万元）资金来源 > 合作方 > 小计", "funds_arrived_ytd_partner_side_cny"),
    ],
)
def test_what_a_header_says_besides(path: str, field: str | None) -> None:
    meaning = read(path)
    assert meaning.field == field
    if field and field.endswith("_cny"):
        assert meaning.unit is not None
        assert meaning.unit.text == "万元"


def test_the_csv_line_to_add_names_groups_and_county() -> None:
    assert wording_csv_line("项目基本情况 > 达产产值（万元）", "410928") == "达产产值,?,project,410928,"
    assert wording_csv_line("客商 > 联络官") == "客商联络官,?,project,,"
    assert wording_csv_line("责任部门/联系人", None, "problem") == "责任部门/联系人,?,problem,,"


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("序号", "problem"),
        ("编号", "outreach"),
        ("万元", None),
        ("总投资（个）", None),
        ("签约 > 怪数（个）", "summary"),
    ],
)
def test_no_line_is_offered_that_would_do_nothing(header: str, kind: str | None) -> None:
    assert wording_csv_line(header, None, kind) is None


@given(st.lists(st.text(max_size=30), max_size=4), st.sampled_from([None, "project", "summary", "outreach", "problem"]))
def test_no_path_raises(path: list[str], kind: str | None) -> None:
    context = HeaderContext(kind=kind, unit_line=path[0] if path else None, report_year=2026)
    meaning = interpret_column(tuple(path), context=context)
    assert meaning.header == " > ".join(path)
    for text in path:
        assert 0 <= header_score(text) <= 1
        wording_csv_line(text)


WORDS = [
    "计划",
    "拟",
    "实际",
    "累计",
    "本年",
    "本月",
    "上年",
    "1-6月",
    "其中：",
    "省外",
    "到位资金",
    "完成投资",
    "开工",
    "签约",
    "时间",
    "未",
    "（万元）",
    "率",
    "联系人",
]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map("".join))
def test_composed_wordings_never_cross_plan_negation_or_time(text: str) -> None:
    meaning = read(text)
    field = meaning.field or ""
    if any(word in text for word in ("计划", "拟")):
        assert not field or field.startswith(("planned_", "investment_plan"))
    if any(word in text for word in ("未", "上年", "率")):
        assert not field
    if field.startswith(("funds_arrived_ytd", "investment_done_ytd")):
        assert "本年" in text or "1-6月" in text


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("2026年招商引资项目 > 项目概况 > 法人代表", "legal_representative"),
        ("2026年招商引资项目 > 责任落实 > 电话", "contact_phone"),
        ("2026年招商引资项目 > 本月完成投资", "investment_done_month_cny"),
        ("2026年招商引资项目 > 累计到位资金", "funds_arrived_cumulative_cny"),
        ("2026年招商引资项目 > 到位资金", "funds_arrived_ytd_cny"),
        ("2025年招商引资项目 > 本月完成投资", None),
    ],
)
def test_a_group_that_says_whose_projects_are_listed_changes_no_leaf(path: str, field: str | None) -> None:
    (meaning,) = interpret_columns([tuple(path.split(" > "))], context=PROJECT)
    assert meaning.field == field


def test_the_name_of_a_class_gives_way_to_the_class_itself() -> None:
    meanings = interpret_columns([("大类名称",), ("产业类别",)], context=PROJECT)
    assert [meaning.field for meaning in meanings] == [None, "industry"]


def test_a_story_below_money_is_an_amount() -> None:
    (meaning,) = interpret_columns([("完成投资（万元）", "下月计划")], context=PROJECT)
    assert meaning.field is None


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("项目类型（新建/续建）", "construction_nature"),
        ("类型（内资、外资）", "capital_origin"),
        ("项目类别（在谈/签约/开工/投产）", "stage"),
        ("项目落地进展（在谈/已签约/已开工/已竣工/已投产）", "stage"),
        ("当前所处环节（在谈/签约/开工/投产）", "stage"),
        ("履约情况（已履约/未履约）", "progress_note"),
        ("投资者国籍或省份", "investor_origin"),
        ("签约情况（框架协议、正式合同）", "agreement_type"),
        ("项目类型（工业/农业）", "project_category"),
        ("开工时间（新建/续建）", None),
        ("企业类型（独资/上市）", None),
    ],
)
def test_listed_values_say_what_a_mere_class_is(header: str, field: str | None) -> None:
    assert read(header).field == field


def test_used_funds_of_other_provinces_need_a_stated_time() -> None:
    assert read("1-10月实际利用省外资金（万元）").field == "funds_arrived_ytd_other_province_cny"
    assert read("本月实际利用省外资金（万元）").field == "funds_arrived_month_other_province_cny"
    assert read("实际利用省外资金（万元）").field is None


def test_funds_of_other_cities_of_the_province_give_way_to_the_whole_province() -> None:
    part = ("到位资金（万元）", "本年累计", "省内市外")
    whole = ("到位资金（万元）", "本年累计", "省内")
    field = "funds_arrived_ytd_same_province_cny"
    assert [m.field for m in interpret_columns([part, whole], context=PROJECT)] == [None, field]
    assert interpret_columns([part], context=PROJECT)[0].field == field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("签约投资方（乙方）", "investor_name"),
        ("12条重点产业链归属", "industry_chain"),
        ("全国投资项目在线审批监管平台项目代码", "project_code"),
        ("统一社会信用代码", None),
        ("问题化解单位", "problem_owner"),
        ("协调单位", None),
        ("投资额（亿元） > 其中：首期", "phase_one_investment_cny"),
        ("投资额（亿元） > 其中：二期", None),
    ],
)
def test_phrases_need_every_word_explained(header: str, field: str | None) -> None:
    assert read(header).field == field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("合资/独资", "investment_form"),
        ("是新建还是扩建", "construction_nature"),
        ("新建/扩建（万元）", None),
        ("市/县", None),
        ("签约/开工", None),
        ("四大班子包联领导", "responsible_leader"),
        ("计划开工月份", "planned_start_on"),
        ("开工时限", "planned_start_on"),
        ("签约时限", None),
        ("项目启动至今到位资金（万元）", "funds_arrived_cumulative_cny"),
        ("一期投入（亿元）", "phase_one_investment_cny"),
        ("一期完成投资（亿元）", None),
        ("其中：固投部分（亿元）", "fixed_asset_investment_cny"),
        ("本年固定资产投资计划总额（亿元）", None),
        ("招商引资合同额（亿元）", "contract_amount_cny"),
        ("设备合同额（亿元）", None),
        ("落地公司注册资本（万元）", "registered_capital_cny"),
        ("母公司注册资本（万元）", None),
        ("要求完成时限", "due_on"),
        ("计划完成时间", None),
    ],
)
def test_money_and_limits_of_known_words(header: str, field: str | None) -> None:
    assert read(header).field == field


def test_trips_have_no_columns_of_a_projects_money() -> None:
    days = [("项目名称",), ("外出天数",), ("项目公司",), ("1-6月完成投资（万元）",)]
    assert decide_kind(days, ["招商引资项目台账"], PROJECT).kind == "project"
    trips = [("姓名",), ("外出天数",), ("目的地",), ("拜访企业名称",)]
    assert decide_kind(trips, ["外出招商情况"], PROJECT).kind == "outreach"


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("土地出让 > 合同金额（万元）", None),
        ("土地情况 > 开工时间", None),
        ("融资情况 > 到位资金（万元）", None),
        ("奖补资金 > 累计到位（万元）", None),
        ("施工单位 > 合同金额（万元）", None),
        ("租赁情况 > 责任单位", None),
        ("原项目 > 总投资（万元）", None),
        ("母公司 > 注册资本（万元）", None),
        ("投资方 > 成立时间", None),
        ("项目公司 > 成立时间", "registered_on"),
        ("投资及用地情况 > 总投资（万元）", "total_investment_cny"),
        ("商会招引项目 > 总投资（万元）", "total_investment_cny"),
        ("用地情况 > 地址", "location"),
    ],
)
def test_a_group_with_a_subject_of_its_own_keeps_its_leaves(path: str, field: str | None) -> None:
    assert read(path).field == field


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("投资（万元） > 下月计划", None),
        ("投资 > 下月计划", None),
        ("投资情况 > 存在问题", "problem"),
        ("投资进度（万元） > 当月完成", "investment_done_month_cny"),
        ("进展情况（截至目前）", "progress_note"),
        ("县级领导（包联）", "responsible_leader"),
        ("领导（挂牌督办）", None),
        ("备注（原因说明）", "remark"),
        ("备注（未开工原因）", None),
        ("总投资（含一、二期）（亿元）", "total_investment_cny"),
    ],
)
def test_stories_below_money_and_words_in_brackets(path: str, field: str | None) -> None:
    assert read(path).field == field


def test_funds_of_any_scope_speak_for_a_list_of_projects() -> None:
    paths = [("项目名称",), ("到位资金（万元）", "本月"), ("奖补资金", "兑现金额（万元）")]
    assert decide_kind(paths, ["招商引资项目台账"], PROJECT).kind == "project"
    promises = [("项目名称",), ("政策名称",), ("兑现事项",), ("兑现金额（万元）",)]
    assert decide_kind(promises, ["政策兑现台账"], PROJECT).kind == "problem"


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("道路配套 > 完成投资（万元）", None),
        ("投资及配套情况 > 总投资（万元）", "total_investment_cny"),
        ("年初至10月底到位资金（万元）", "funds_arrived_ytd_cny"),
        ("开工时间（已开工填写）", "started_on"),
        ("开工时间（计划开工填写）", None),
        ("具体责任人（科级）", "responsible_person"),
    ],
)
def test_works_beside_the_project_and_notes_on_filling_in(path: str, field: str | None) -> None:
    assert read(path).field == field


def test_any_money_of_a_project_speaks_for_a_list_of_projects() -> None:
    paths = [("项目名称",), ("一期总投资（亿元）",), ("整改完成时间",), ("问题办结率",)]
    assert decide_kind(paths, ["招商引资项目台账"], PROJECT).kind == "project"
    assert read("重点项目类别（省/市/县）").field == "project_level"
    assert read("项目类型（省/市/县）").field == "project_level"
    assert read("建设地点（省/市/县）").field == "location"


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("本年完成投资（万元） > 其中：固定资产投资", None),
        ("累计完成投资 > 固定资产投资（万元）", None),
        ("本年 > 固定资产投资（万元）", None),
        ("1-6月 > 合同外资（万美元）", None),
        ("年度目标 > 固定资产投资（万元）", None),
        ("季度 > 投资额（万元）", None),
        ("本月新签约项目 > 总投资（亿元）", "total_investment_cny"),
        ("2026年新签约项目 > 合同金额（亿元）", "contract_amount_cny"),
        ("截至目前 > 总投资（亿元）", "total_investment_cny"),
        ("总投资（亿元） > 其中：固定资产投资", "fixed_asset_investment_cny"),
        ("变更前 > 总投资（万元）", None),
        ("变更后 > 总投资（万元）", "total_investment_cny"),
    ],
)
def test_what_was_done_in_a_time_is_no_whole(path: str, field: str | None) -> None:
    assert read(path).field == field


def test_a_bracket_before_the_unit_stands_behind_the_wording() -> None:
    assert read("总投资额（预计）（亿元）").field == "total_investment_cny"
    assert read("开工时间（计划）（年月）").field == "planned_start_on"
    assert read("到位资金（计划）（万元）").field is None
    assert read("项目（企业）名称").field == "project_name"


@pytest.mark.parametrize(
    "time", ["1-{}", "1月至{}", "1—{}底", "年初至{}", "本年1-{}累计", "开工至{}", "截至{}底", "{}"]
)
@pytest.mark.parametrize("rest", ["到位资金（万元）", "完成投资（万元）"])
def test_a_span_that_ends_in_this_month_is_the_same_however_the_month_is_called(time: str, rest: str) -> None:
    here, there = (read(time.format(month) + rest) for month in ("当月", "本月"))
    assert here.field is not None
    assert (here.field, here.scope, here.period) == (there.field, there.scope, there.period)


def test_the_months_up_to_this_one_are_no_single_month() -> None:
    assert read("1-当月到位资金（万元）").field == "funds_arrived_ytd_cny"
    assert read("4.当月到位资金（万元）").field == "funds_arrived_month_cny"


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("上月进展 > 形象进度", None),
        ("上周进展情况 > 存在问题", None),
        ("前一期进展 > 形象进度", None),
        ("上年度进展情况 > 形象进度", None),
        ("本月进展 > 形象进度", "progress_note"),
        ("上年结转项目 > 形象进度", "progress_note"),
        ("二期工程 > 形象进度", None),
        ("下一步 > 形象进度", None),
        ("2027年 > 开工时间", None),
        ("2027年 > 计划开工时间", "planned_start_on"),
        ("2026年 > 开工时间", "started_on"),
    ],
)
def test_how_a_project_stood_or_is_to_stand_at_another_time_is_not_how_it_stands(path: str, field: str | None) -> None:
    assert read(path).field == field


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("增减情况（万元） > 到位资金", None),
        ("政府投资部分（万元） > 到位资金", None),
        ("社会资本（万元） > 完成投资", None),
        ("后续（万元） > 完成投资", None),
        ("待完成（万元） > 完成投资", None),
        ("三年行动（万元） > 到位资金", None),
        ("乙方（万元） > 到位资金", None),
        ("建安（万元） > 总投资", None),
        ("目标任务（万元） > 固定资产投资", None),
        ("建设任务（万元） > 固定资产投资", "fixed_asset_investment_cny"),
        ("办公楼 > 开工时间", None),
        ("关联项目 > 总投资（万元）", None),
        ("在谈项目 > 总投资（万元）", "total_investment_cny"),
        ("配套工程 > 形象进度", None),
        ("乙方 > 注册时间", None),
    ],
)
def test_a_group_may_say_that_its_money_or_works_are_not_the_projects(path: str, field: str | None) -> None:
    assert read(path).field == field


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("项目包联情况 > 单位", "responsible_unit"),
        ("项目情况 > 单位", "project_company"),
        ("包联领导 > 单位", None),
        ("包联领导 > 姓名", "responsible_leader"),
        ("包联情况 > 联系人", "responsible_person"),
        ("政府方 > 责任人", "responsible_person"),
        ("企业方 > 负责人", None),
        ("困难问题及解决 > 负责单位", "problem_owner"),
        ("企业诉求 > 责任单位", None),
        ("征地拆迁 > 责任单位", None),
        ("需协调解决的问题 > 责任单位", "problem_owner"),
        ("需协调解决的问题 > 时限", "due_on"),
        ("客商姓名及职务", None),
        ("责任领导及职务", "responsible_leader"),
    ],
)
def test_whose_a_person_or_unit_is_stands_in_the_group(path: str, field: str | None) -> None:
    assert read(path).field == field


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("建设地点 > 乡镇", "town_name"),
        ("落地地点 > 园区", "park_name"),
        ("落地地点 > 具体位置", "location"),
        ("建设地点（乡镇）", "location"),
        ("项目分类 > 所属行业", "industry"),
        ("外资（万美元） > 合同利用外资", "foreign_contract_usd"),
        ("来年完成投资（万元）", None),
        ("来我市投资额（万元）", "total_investment_cny"),
    ],
)
def test_a_leaf_that_says_more_than_its_group_names_the_field(path: str, field: str | None) -> None:
    assert read(path).field == field


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("本年到位资金（万元） > 完成", "funds_arrived_ytd_cny"),
        ("2026年到位资金（万元） > 实际完成", "funds_arrived_ytd_cny"),
        ("本月到位资金（万元） > 完成值", "funds_arrived_month_cny"),
        ("本年到位资金（万元） > 完成率", None),
        ("本年到位资金（万元） > 目标", None),
        # A target beside them is the year's, and the headers do not say whether what is set against it is.
        ("到位资金（万元） > 完成", None),
        ("到位资金（万元） > 累计完成", None),
        ("2026年以来到位资金（万元）", "funds_arrived_ytd_cny"),
        ("自2026年以来完成投资（万元）", "investment_done_ytd_cny"),
        ("2025年以来到位资金（万元）", None),
        ("2026年9月以来到位资金（万元）", None),
        ("9月以来到位资金（万元）", None),
        ("今年前8个月到位资金（万元）", "funds_arrived_ytd_cny"),
        ("前八个月完成投资（万元）", "investment_done_ytd_cny"),
        ("2025年前8个月完成投资（万元）", None),
    ],
)
def test_since_when_and_of_what_time(path: str, field: str | None) -> None:
    assert read(path).field == field


def test_the_months_counted_from_january_are_a_period() -> None:
    assert read("前八个月完成投资（万元）").period == Period(None, 1, 8)
    assert read("2026年前11个月完成投资（万元）").period == Period(2026, 1, 11)


def test_a_currency_may_be_set_apart_from_its_magnitude() -> None:
    unit = read("总投资（人民币/亿元）").unit
    assert unit is not None
    assert (unit.code, unit.multiplier) == ("CNY", 100_000_000)
    assert read("总投资（美元/万元）").unit is None


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (["原计划开工时间", "调整后计划开工时间"], [None, "planned_start_on"]),
        (["原计划开工时间", "开工时间"], ["planned_start_on", "started_on"]),
        (["招商人员", "包项目责任人"], [None, "responsible_person"]),
        (["招商人员", "电话"], ["responsible_person", "contact_phone"]),
    ],
)
def test_a_former_plan_and_who_brought_the_project_in_give_way(headers: list[str], fields: list[str | None]) -> None:
    meanings = interpret_columns([(header,) for header in headers], context=PROJECT)
    assert [meaning.field for meaning in meanings] == fields


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        (["苏皖合作项目名称", "变更前项目名称", "投资方", "开工时间"], "苏皖合作项目名称"),
        (["苏皖合作项目名称", "新老项目", "投资方", "开工时间"], "苏皖合作项目名称"),
        (["苏皖合作项目名称", "项目企业名称", "投资方", "开工时间"], "苏皖合作项目名称"),
        (["项目企业名称", "投资方", "开工时间"], "项目企业名称"),
        (["电子信息项目名称", "投资方", "开工时间"], "电子信息项目名称"),
    ],
)
def test_the_only_name_of_a_project_is_taken_by_its_ending(headers: list[str], name: str) -> None:
    kind = decide_kind([(header,) for header in headers], [], PROJECT)
    assert kind.kind == "project"
    assert [one.header for one in kind.meanings if one.field == "project_name"] == [name]


@pytest.mark.parametrize(
    ("header", "field", "unit"),
    [
        ("項目名稱", "project_name", None),
        ("開工以來累計到位資金（萬元）", "funds_arrived_cumulative_cny", "万元"),
        ("計劃開工時間", "planned_start_on", None),
        ("到位资金（今年以来，万元）", "funds_arrived_ytd_cny", "万元"),
        ("到位资金（开工以来累计，万元）", "funds_arrived_cumulative_cny", "万元"),
        ("到位资金（1-11月累计）（万元）", "funds_arrived_ytd_cny", "万元"),
        ("注册资金（万元，认缴）", "registered_capital_cny", "万元"),
        ("总投资（设备，万元）", None, "万元"),
        ("总投资〈万元〉", "total_investment_cny", "万元"),
        ("27.2026年计划投资（亿元）", "investment_plan_year_cny", "亿元"),
        ("签约时间（××年××月）", "signed_on", None),
        ("Total Investment 总投资（万元）", "total_investment_cny", "万元"),
        ("FDI到资（万美元）", "foreign_arrived_usd", "万美元"),
    ],
)
def test_the_dress_of_a_heading_says_nothing(header: str, field: str | None, unit: str | None) -> None:
    meaning = read(header)
    assert (meaning.field, meaning.unit.text if meaning.unit else None) == (field, unit)
    assert meaning.header == header


def test_a_unit_line_may_be_in_traditional_script() -> None:
    unit = read("總投資", unit_line="單位：萬元").unit
    assert unit is not None
    assert (unit.code, unit.multiplier) == ("CNY", 10_000)


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("考核项目 > 完成投资（万元）", "investment_done_cumulative_cny"),
        ("十四五规划项目 > 总投资（万元）", "total_investment_cny"),
        ("近三年签约项目 > 总投资（万元）", "total_investment_cny"),
        ("央企合作项目情况 > 到位资金（万元）", "funds_arrived_cumulative_cny"),
        ("年度任务项目 > 固定资产投资（万元）", "fixed_asset_investment_cny"),
        ("考核情况 > 完成投资（万元）", None),
        ("央企合作 > 到位资金（万元）", None),
        ("年度任务 > 固定资产投资（万元）", None),
        ("融资项目情况 > 到位资金（万元）", None),
        ("关联项目情况 > 总投资（万元）", None),
    ],
)
def test_a_group_that_says_which_projects_are_listed_says_nothing_of_their_money(path: str, field: str | None) -> None:
    assert read(path).field == field


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("问题清单 > 状态", None),
        ("问题清单 > 编号", None),
        ("存在问题及措施 > 落实情况", None),
        ("需协调解决的问题 > 进展情况", None),
        ("问题清单 > 内容", "problem"),
        ("项目进展及问题 > 目前进展", "progress_note"),
    ],
)
def test_how_far_a_problem_is_solved_is_not_how_the_project_stands(path: str, field: str | None) -> None:
    assert read(path).field == field


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("调整后 > 开工时间", "planned_start_on"),
        ("调整后（万元） > 本年完成投资", None),
        ("下一步（万元） > 本年完成投资", None),
        ("增资后 > 注册资本（万元）", "registered_capital_cny"),
        ("核实（万元） > 到位资金", "funds_arrived_cumulative_cny"),
    ],
)
def test_what_was_revised_is_no_plan_of_the_year(path: str, field: str | None) -> None:
    assert read(path).field == field


@pytest.mark.parametrize("known", ["目前状态", "项目基本情况 > 目前状态", "推进情况 > 目前状态"])
@pytest.mark.parametrize("unknown", ["报装接入 > 目前状态", "甲乙丙丁 > 目前状态"])
def test_a_column_below_a_group_that_nothing_explains_gives_way(known: str, unknown: str) -> None:
    meanings = interpret_columns([tuple(header.split(" > ")) for header in (unknown, known)], context=PROJECT)
    assert [meaning.field for meaning in meanings] == [None, "stage"]
