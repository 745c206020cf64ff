"""What the reader makes of sentences: the meaning of each wording, on invented counties' news."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ingest.news.facts.model import Fact
from ingest.news.figures import ArticleText, explain_facts, extract_facts

WRITTEN_ON = date(2022, 10, 20)


def facts_of(text: str, title: str = "西平县招商引资", published: date | None = WRITTEN_ON) -> list[Fact]:
    return extract_facts(ArticleText("a", title, text, published))


def short(fact: Fact) -> tuple[str, str | None, int | float | None]:
    value = None if fact.value is None else float(fact.value)
    return fact.kind[0], fact.indicator or fact.event, int(value) if value == int(value or 0) else value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1—9月，全县新签约项目36个，合同总投资85.2亿元。", [("a", "signed_projects", 36), ("a", "signed_amount", 8520000000)]),
        ("上半年，全县落地项目12个，协议投资20亿元。", [("a", "landed_projects", 12), ("a", "landed_amount", 2000000000)]),
        ("截至9月底，全县实施招商项目40个，总投资90亿元。", [("a", "under_construction_projects", 40), ("a", "other", 9000000000)]),
        ("今年以来，全县实际到位省外资金12.5亿元。", [("a", "funds_arrived", 1250000000)]),
        ("前三季度，全县实际利用外资1800万美元。", [("a", "fdi_arrived", 18000000)]),
        ("今年以来，县领导带队外出招商23次，接待客商来访40批次，拜访企业60家。",
         [("a", "outreach_trips", 23), ("a", "visitors_received", 40), ("a", "enterprises_visited", 60)]),
        ("项目履约率95%，开工率、投产率分别为86%和30%，资金到位率近3成。",
         [("a", "performance_rate", 95), ("a", "start_rate", 86), ("a", "production_rate", 30), ("a", "funds_arrival_rate", 30)]),
        ("全县竣工投产项目六个，在谈项目15个。", [("a", "completed_projects", 6), ("a", "talks_projects", 15)]),
        ("全县新引进、新开工项目20个。", [("a", "other", 20)]),
        ("全县新批外商投资企业5家，合同外资3000万美元。", [("a", "other", 5), ("a", "signed_amount", 30000000)]),
    ],
)  # fmt: skip
def test_indicators(text: str, expected: list[tuple[str, str, float]]) -> None:
    assert [short(fact) for fact in facts_of(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "全县生产总值301亿元，同比增长8%。",
        "项目建成后年产值5亿元，税收3000万元，带动就业500人。",
        "全县储备项目46个，谋划项目120个。",
        "到位资金比去年同期增加3亿元。",
        "签约项目平均投资规模2.3亿元。",
        "按照“1+1+7”模式推进“四天办四证”。",
        "一个项目、一名领导、一套班子、一抓到底。",
        "全市引进项目xx个，到位资金xx亿元，完成任务的120%。",
        "重点建设项目完成投资44亿元，占年度计划的47%。",
        "邀请16家企业参加推介会。",
        "力争签约1-2个市级重大项目。",
        "审批时限压缩至3个工作日，节省2—3个月。",
        "东部地区资金占全部的63.7%。",
    ],
)
def test_what_is_never_a_fact(text: str) -> None:
    assert facts_of(text) == []


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("1—9月", "2022-01-01", "2022-09-30"),
        ("今年1月至8月份", "2022-01-01", "2022-08-31"),
        ("上半年", "2022-01-01", "2022-06-30"),
        ("三季度", "2022-07-01", "2022-09-30"),
        ("前三季度", "2022-01-01", "2022-09-30"),
        ("前8个月", "2022-01-01", "2022-08-31"),
        ("截至9月底", "2022-01-01", "2022-09-30"),
        ("今年以来", "2022-01-01", None),
        ("截至目前", "2022-01-01", None),
        ("8月以来", "2022-08-01", None),
        ("去年", "2021-01-01", "2021-12-31"),
        ("2020年", "2020-01-01", "2020-12-31"),
        ("11月份", "2021-11-01", "2021-11-30"),
        ("近年来", None, None),
        ("日前", None, None),
    ],
)
def test_periods(words: str, start: str | None, end: str | None) -> None:
    (fact,) = facts_of(f"{words}，全县签约项目18个。")
    assert fact.period.start == (date.fromisoformat(start) if start else None)
    assert fact.period.end == (date.fromisoformat(end) if end else None)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2021年，西平县全年新签约项目13个。", "2021-01-01", "2021-12-31"),
        ("去年，全县上半年新签约项目13个。", "2021-01-01", "2021-06-30"),
        ("2020年西平县9月份新签约项目13个。", "2020-09-01", "2020-09-30"),
        ("2020年签约的项目，1—9月开工13个。", "2022-01-01", "2022-09-30"),
        ("2021年全县签约项目9个，上半年开工13个。", "2022-01-01", "2022-06-30"),
    ],
)
def test_a_window_is_of_the_year_that_leads_its_sentence(text: str, start: str, end: str) -> None:
    period = next(fact for fact in facts_of(text) if fact.value == 13).period
    assert (str(period.start), str(period.end)) == (start, end)


def test_a_ceremony_has_its_day_and_a_report_does_not() -> None:
    ceremony, report = (
        facts_of("9月28日，全县集中签约项目9个。")[0],
        facts_of("县商务局9月28日通报，前8个月全县签约项目90个。")[0],
    )
    assert (ceremony.period.start, ceremony.period.end) == (date(2022, 9, 28), date(2022, 9, 28))
    assert report.period.end == date(2022, 8, 31)


def test_without_a_date_relative_time_stays_unknown() -> None:
    (fact,) = facts_of("1—9月，全县签约项目36个。", published=None)
    assert (fact.period.start, fact.period.end) == (None, None)


def test_target_and_achieved_are_told_apart() -> None:
    done, target = facts_of("1—9月，全县到位资金60.5亿元，同比增长12.4%，完成全年80亿元目标任务的75.6%。")
    assert (done.kind, done.target_completion_percent, done.yoy_percent) == (
        "aggregate",
        Decimal("75.6"),
        Decimal("12.4"),
    )
    assert (target.kind, target.value, target.indicator) == ("target", Decimal(8000000000), "funds_arrived")
    assert (target.period.start, target.period.end) == (date(2022, 1, 1), date(2022, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "力争全年引进项目50个以上。",
        "今年目标任务是签约项目50个。",
        "每个小分队每年签约项目不少于50个。",
        "全年计划引进项目50个。",
    ],
)
def test_wordings_of_targets(text: str) -> None:
    assert [(fact.kind, fact.value) for fact in facts_of(text)] == [("target", Decimal(50))]


@pytest.mark.parametrize(
    ("words", "percent"),
    [
        ("同比增长12.5%", "12.5"),
        ("同比下降7.5%", "-7.5"),
        ("增长1.2倍", "120"),
        ("比上年同期超1倍", None),
        ("增15.6%", "15.6"),
        ("环比增长3%", None),
        ("比2019年同期增长13%", None),
    ],
)
def test_growth(words: str, percent: str | None) -> None:
    (fact,) = facts_of(f"上半年，全县到位资金20亿元，{words}。")
    assert fact.yoy_percent == (Decimal(percent) if percent else None)


def test_ranks_know_their_frame_and_metric() -> None:
    (fact,) = facts_of("上半年，全县到位资金20亿元，总量居全市第三位，增速列全市第一位。")
    assert fact.rank is not None
    assert fact.rank_second is not None
    assert (fact.rank.value, fact.rank.within, fact.rank.metric) == (3, "河南省驻马店市", "value")
    assert (fact.rank_second.value, fact.rank_second.metric) == (1, "growth")
    assert fact.region == "河南省驻马店市西平县"


def test_slices_narrow_and_are_inherited() -> None:
    whole, part, money = facts_of("上半年，全县签约省外项目26个，其中亿元以上工业项目10个，协议投资53.7亿元。")
    assert (whole.slice.origin, whole.slice.threshold_min) == ("省外", None)
    assert (part.slice.origin, part.slice.threshold_min, part.slice.industry) == ("省外", Decimal(10**8), "工业")
    assert money.slice.threshold_min == Decimal(10**8)


def test_elliptical_slices_go_on_with_what_was_counted() -> None:
    found = facts_of("这次集中开工的项目有82个，总投资506亿元。投资额10亿元以上的17个，50亿元以上的3个。")
    assert [short(fact) for fact in found[2:]] == [("a", "started_projects", 17), ("a", "started_projects", 3)]
    assert [fact.slice.threshold_min for fact in found[2:]] == [Decimal(10**9), Decimal(5 * 10**9)]


def test_regions_follow_the_words() -> None:
    text = "全省签约项目900个。驻马店市签约项目120个，其中西平县12个。我县开工项目8个。"
    found = facts_of(text, title="西平县招商动态")
    assert [fact.region for fact in found] == [
        "河南省", "河南省驻马店市", "河南省驻马店市西平县", "河南省驻马店市西平县",
    ]  # fmt: skip


def test_paired_regions_and_growth() -> None:
    found = facts_of("上半年，西平县、上蔡县、汝南县分别到位资金12亿元、9亿元和7亿元。", title="驻马店市招商")
    assert [(fact.region_code, fact.value) for fact in found] == [
        ("411721", Decimal(1200000000)), ("411722", Decimal(900000000)), ("411727", Decimal(700000000)),
    ]  # fmt: skip


def test_towns_and_zones_are_named_below_their_county() -> None:
    found = facts_of("5月23日，盆尧镇签约项目3个。6月5日，西平经开区签约项目2个。")
    assert [fact.region for fact in found] == ["河南省驻马店市西平县盆尧镇", "河南省驻马店市西平县西平经济开发区"]


def test_the_home_region_may_be_given() -> None:
    article = ArticleText("a", "我县上半年招商", "上半年，全县签约项目8个。", WRITTEN_ON, home_code="411721")
    assert extract_facts(article)[0].region == "河南省驻马店市西平县"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("先后促成了金穗乳制品加工、宏远食品产业园等项目签约落户。", [("signed", "金穗乳制品加工"), ("signed", "宏远食品产业园")]),
        ("盆尧镇与河南鑫禾农业有限公司签约年养殖10万只麻鸭项目，总投资1.2亿元。", [("signed", "年养殖10万只麻鸭项目")]),
        ("新开工的重点招商项目有：金穗塑料薄膜项目、华康袋装输液生产线项目等。",
         [("started", "金穗塑料薄膜项目"), ("started", "华康袋装输液生产线项目")]),
        ("总投资5亿元的志远碳纤维项目开工，宏盛贵金属项目投产。", [("started", "志远碳纤维项目"), ("production", "宏盛贵金属项目")]),
        ("黄土坡隧道工程奠基。", [("started", "黄土坡隧道工程")]),
        ("志远碳纤维项目计划明年开工建设。", []),
        ("促进招商引资重点项目签约落地。", []),
    ],
)  # fmt: skip
def test_named_projects(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(fact.event, fact.project_name) for fact in facts_of(text) if fact.kind == "project"] == expected


def test_a_project_has_investor_value_and_the_days_of_its_steps() -> None:
    text = "安诺轨道装备有限公司落户我县。该公司由中铁轨枕有限公司投资，项目总投资7亿元，2018年6月开工建设，2019年4月投产。"
    started, production = [fact for fact in facts_of(text) if fact.kind == "project"][-2:]
    assert (started.event, production.event) == ("started", "production")
    assert started.investor == "中铁轨枕有限公司"
    assert (started.value, started.period.start) == (Decimal(700000000), date(2018, 6, 1))
    assert production.period.end == date(2019, 4, 30)


def test_traditional_text_with_pinyin_reads_the_same_and_is_quoted_as_printed() -> None:
    printed = "今年以來(lái),全縣簽約項(xiàng)目50個(gè),,到位資金223. 5億元。"
    signed, funds = facts_of(printed)
    assert (signed.value, funds.value) == (Decimal(50), Decimal(22350000000))
    assert funds.value_raw == "223. 5億元"
    assert printed[slice(*funds.span)] == "223. 5億元"
    assert signed.evidence == printed


def test_a_figure_with_lost_characters_is_not_guessed() -> None:
    facts, trace = explain_facts(ArticleText("a", "", "全县签约项目1\ufffd8个。", WRITTEN_ON))
    assert facts == []
    assert any("characters lost" in step.reason for step in trace.steps)


def test_related_news_and_menus_are_left_out() -> None:
    text = "首页 > 动态\n上半年，全县签约项目8个。\n相关阅读\n上半年，邻县签约项目99个。"
    assert [fact.value for fact in facts_of(text)] == [Decimal(8)]


def test_a_figure_said_twice_counts_once_but_equal_figures_of_one_sentence_are_two() -> None:
    assert len(facts_of("上半年，全县签约项目38个。据悉，上半年全县签约项目38个。")) == 1
    assert len(facts_of("全县新签约农业项目3个、工业项目3个。")) == 2


def test_a_page_long_after_its_countys_name_ended_is_a_repost_without_dates() -> None:
    (fact,) = facts_of("今年1-6月份，全县共引进项目75个。", title="茌平县招商总结", published=date(2021, 10, 28))
    assert (fact.region, fact.period.start) == ("山东省聊城市茌平县", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年的任务写成三个数：招引项目50个，到位资金223亿元、外资直投300万美元。",
         [("t", "signed_projects", 50), ("t", "funds_arrived", 22300000000), ("t", "fdi_arrived", 3000000)]),
        ("今年每个县区签约亿元以上项目2个。", [("t", "signed_projects", 2)]),
        ("报告提出，今年到位资金50亿元以上，新开工项目30个以上。",
         [("t", "funds_arrived", 5000000000), ("t", "started_projects", 30)]),
        ("全年要新签约项目60个，新开工40个。", [("t", "signed_projects", 60), ("t", "started_projects", 40)]),
        ("2022年新签约项目不少于50个；项目开工30个、投产20个。",
         [("t", "signed_projects", 50), ("t", "started_projects", 30), ("t", "completed_projects", 20)]),
        ("今年每个乡镇累计签约项目2个。", [("a", "signed_projects", 2)]),
        ("今年向各单位交办项目14个。", []),
        ("盆尧镇、专探乡至今未引进1个项目。", []),
        ("今年收集有效项目信息92条。", []),
        ("一季度，全县26个重点工业项目已开工17个。", [("a", "started_projects", 17)]),
        ("1至8月，全县签约项目35个💪，签约资金18亿元。", [("a", "signed_projects", 35), ("a", "signed_amount", 1800000000)]),
        ("1至8月，全县引进项目43个，其中续建22个；合同引资86亿元。",
         [("a", "signed_projects", 43), ("a", "under_construction_projects", 22), ("a", "signed_amount", 8600000000)]),
        ("1至8月，全县合同利用外资86万美元。", [("a", "other", 860000)]),
        ("1至8月，利用省外资金2000万元以上项目4个。", [("a", "signed_projects", 4)]),
    ],
)  # fmt: skip
def test_tasks_negations_and_programmes(text: str, expected: list[tuple[str, str, float]]) -> None:
    assert [short(fact) for fact in facts_of(text)] == expected


@pytest.mark.parametrize(
    ("text", "thresholds"),
    [
        ("上半年，全县签约项目9个，其中单体投资超10亿元的项目2个。", [None, 10**9]),
        ("上半年，全县新签约亿元项目9个、新开工6个。", [10**8, 10**8]),
        ("上半年，签约亿元以上项目46个，到位省外资金44.9亿元。", [10**8, None]),
        ("上半年，签约过亿元项目43个，其中过10亿元项目6个、世界500强投资项目2个。", [10**8, 10**9, 10**8]),
        ("上半年，引进项目58个，其中5000万元以上项目17个、亿元以上项目5个，合同引资38亿元。", [None, 5 * 10**7, 10**8, None]),
        ("上半年，签约5亿元以上项目25个，到位市外资金12亿元，其中省外8亿元。", [5 * 10**8, None, None]),
    ],
)  # fmt: skip
def test_size_thresholds_hold_for_what_they_limit(text: str, thresholds: list[int | None]) -> None:
    found = [fact.slice.threshold_min for fact in facts_of(text)]
    assert found == [None if value is None else Decimal(value) for value in thresholds]


@pytest.mark.parametrize(("words", "growth"), [("同比翻一番", 100), ("比上年翻了两番", 300)])
def test_doubling_is_growth(words: str, growth: int) -> None:
    (fact,) = facts_of(f"上半年，全县实际利用外资4280万美元，{words}。")
    assert fact.yoy_percent == growth


def test_parts_of_a_region_do_not_become_the_region() -> None:
    found = facts_of(
        "1至8月，全市到位资金11亿元，其中，西平县4亿元，上蔡县3亿元。其中工业项目到位资金9亿元。", "驻马店市招商引资"
    )
    assert [fact.region for fact in found] == [
        "河南省驻马店市",
        "河南省驻马店市西平县",
        "河南省驻马店市上蔡县",
        "河南省驻马店市",
    ]


def test_an_article_about_a_zone_stays_with_it() -> None:
    found = facts_of("前三季度，西平经开区签约项目8个。\n全年开工项目3个。", "西平经开区前三季度招商")
    assert {fact.region for fact in found} == {"河南省驻马店市西平县西平经济开发区"}


def test_a_fair_and_a_long_stretch_of_days_have_their_own_time() -> None:
    fair, window, later = facts_of(
        "第三十届兰洽会期间，全县签约项目3个。今年1月1日至9月25日，全县签约项目8个。\n全县开工项目5个。"
    )
    assert fair.period.end is None
    assert (window.period.start, window.period.end) == (date(2022, 1, 1), date(2022, 9, 25))
    assert later.period == window.period


def test_related_news_is_cut_only_below_the_article() -> None:
    found = facts_of("相关链接>>> 西平招商见实效\n上半年，全县签约项目3个。\n相关链接\n上半年，全县签约项目99个。")
    assert [fact.value for fact in found] == [3]


def test_paired_percentages_go_to_their_own_figures() -> None:
    signed, _, started, done = facts_of(
        "上半年新签约项目19宗，计划投资额63亿元；新动工项目16宗，新投产项目11宗，分别完成年度任务的63.3%、53.3%和55%。"
    )
    found = [fact.target_completion_percent for fact in (signed, started, done)]
    assert found == [Decimal("63.3"), Decimal("53.3"), Decimal(55)]
    contracted, arrived = facts_of("全县新批协议外资8500万美元，到账外资4100万美元，同比增幅分别为12%和7%。")
    assert [contracted.yoy_percent, arrived.yoy_percent] == [Decimal(12), Decimal(7)]


def test_growth_of_money_is_not_given_to_a_count() -> None:
    (fact,) = facts_of("今年要新签约项目12个以上，到位资金增长13%。")
    assert fact.yoy_percent is None


def test_two_ranks_of_one_figure() -> None:
    (fact,) = facts_of("1至9月，全县到位资金52亿元，总量和增幅分别位列全市第4、第6。")
    assert fact.rank is not None
    assert (fact.rank.value, fact.rank.metric) == (4, "value")
    assert fact.rank_second is not None
    assert (fact.rank_second.value, fact.rank_second.metric) == (6, "growth")


def test_since_last_year_runs_on_and_as_of_keeps_to_the_year_named() -> None:
    (running,) = facts_of("去年以来，全县签约项目58个。")
    assert (running.period.start, running.period.end) == (date(2021, 1, 1), None)
    planned, done = facts_of("2021年计划招引项目50个，截至9月底已签约41个。")
    assert (planned.kind, planned.period.end) == ("target", date(2021, 12, 31))
    assert (done.kind, done.period.end) == ("aggregate", date(2021, 9, 30))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("力争到2023年末，累计落地项目30个。", [("t", "landed_projects", 30)]),
        ("今年完成技改投资3.4亿元。", []),
        ("今年以来，邀请客商来西平考察31批次。", [("a", "visitors_received", 31)]),
        ("上半年，实际利用外资486万美元；利用省外5000万元以上项目资金3亿元。",
         [("a", "fdi_arrived", 4860000), ("a", "signed_amount", 300000000)]),
    ],
)  # fmt: skip
def test_words_between_a_number_and_its_head(text: str, expected: list[tuple[str, str, float]]) -> None:
    assert [short(fact) for fact in facts_of(text)] == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("日前，县政府与河南某环保科技有限公司签订固废综合利用项目投资合同。", ["固废综合利用项目"]),
        ("总投资均达百亿元的永宏科技小镇项目、绿川智慧科技园项目近期落户。", ["永宏科技小镇项目", "绿川智慧科技园项目"]),
        ("集中签约的4个项目里，金川矿坑修复项目总投资37亿元；定点屠宰场项目总投资5500万元，投产后年营业额2亿元。",
         ["金川矿坑修复项目", "定点屠宰场项目"]),
        ("10月8日，在西洽会西平县项目签约仪式上，全县签约项目3个。", []),
    ],
)  # fmt: skip
def test_names_in_lists_and_agreements(text: str, names: list[str]) -> None:
    assert [fact.project_name for fact in facts_of(text) if fact.kind == "project"] == names


@pytest.mark.parametrize(
    "text",
    [
        "上半年，水利部门实施中小河流治理项目8个；新开工水库除险加固工程3个。",
        "全县老旧小区改造项目开工32个，惠及居民5600户，到位中央资金8600万元。",
        "全县争取专项债券资金6.4亿元，实施项目17个，目前已开工15个，开工率88%。",
        "全县衔接资金到位1.6亿元，实施产业帮扶项目63个。",
        "银企对接会现场，6家银行与22家企业签约，授信金额13.8亿元。",
        "文旅局举办推介会2场，接待游客86.3万人次。",
    ],
)
def test_projects_and_money_of_other_fields_are_left_out(text: str) -> None:
    assert facts_of(text) == []


def test_a_page_that_never_speaks_of_promotion_has_no_facts() -> None:
    facts, trace = explain_facts(
        ArticleText("a", "西平县重点项目推进会", "上半年，全县在建重点项目120个，开工率88%。", WRITTEN_ON)
    )
    assert facts == []
    assert [step.outcome for step in trace.steps] == ["refused"]


@pytest.mark.parametrize("name", ["西平县2022年秋季项目", "全市第四季度重大项目", "西平县第三批重点项目"])
def test_a_place_and_a_time_name_no_project(name: str) -> None:
    facts = facts_of(f"10月18日，{name}集中开工仪式举行。此次集中开工项目12个，总投资45.6亿元。")
    assert [short(fact) for fact in facts] == [("a", "started_projects", 12), ("a", "started_amount", 4560000000)]
