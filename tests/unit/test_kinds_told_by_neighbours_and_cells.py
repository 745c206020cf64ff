"""What a table of trips, problems, steps, promises or figures is, where its neighbours, its titles or its cells tell."""

from __future__ import annotations

import pytest

from ingest.columns.column_meaning import HeaderContext
from ingest.kinds.ledger_kind import TableKind, decide_kind
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_ledger


def table(title: str, headers: str) -> TableKind:
    paths = [tuple(header.split(">")) for header in headers.split("|")]
    return decide_kind(paths, [title, "Sheet1"], HeaderContext())


def fields(title: str, headers: str) -> dict[str, str | None]:
    return {meaning.path[-1]: meaning.field for meaning in table(title, headers).meanings}


def read(*lines: str) -> LedgerReading:
    text = "\r\n".join(line.replace("|", ",") for line in lines)
    return read_ledger(text.encode(), "台账.csv", LedgerSource("410922"))


def accepted(*lines: str) -> list[dict[str, object]]:
    return [row.fields for row in read(*lines).rows if row.status == "accepted"]


@pytest.mark.parametrize(
    ("title", "headers", "expected"),
    [
        ("难题会办事项一览表", "议题序号|申请单位|会办难题|会办意见|落实单位|落实时限|落实情况", "problem"),
        ("包联企业交办表", "包联领导|包联企业|企业问题及建议|交办单位|交办日期|回复期限|回复日期|回复情况", "problem"),
        ("", "企业名称|卡脖子问题|县领导|包联单位>责任单位|包联单位>责任科室|结果", "problem"),
        ("要素保障问题收集表", "项目（企业）名称|要素类别|缺口情况|需求时间|保障责任单位|保障进展", "problem"),
        ("", "项目名称|需县级层面协调事项|协调责任领导|协调责任单位|协调完成时间|协调结果", "problem"),
        ("前期工作挂图作战表", "项目|责任单位|前期事项|节点要求|完成时间|是否完成|滞后原因", "approval_step"),
        (
            "用地用林手续办理周报",
            "项目名称|手续类型|申报单位|受理机关|上报时间|批复时间|目前进度|存在问题",
            "approval_step",
        ),
        ("", "签约项目|签约日期|政府承诺>承诺条款|政府承诺>责任单位|政府承诺>时限|兑现", "policy_promise"),
    ],
)
def test_matters_steps_and_promises_are_told_from_projects(title: str, headers: str, expected: str) -> None:
    found = table(title, headers)
    assert (found.kind, found.problem_kind) == ("problem", expected)


@pytest.mark.parametrize(
    ("title", "headers", "expected"),
    [
        ("上门招商一览表", "部门|时间|上门企业|企业性质|会见人|会谈摘要|后续跟踪部门", "outreach"),
        ("产业链专班成效", "产业链|牵头领导|在谈项目（个）|签约项目（个）|外出招商（次）|接待客商（批）", "summary"),
        ("百日行动战果统计", "指挥部|目标签约|实际签约|目标开工|实际开工|目标竣工|实际竣工", "summary"),
        ("包抓重点项目投资进度排名", "名次|包抓部门|项目数|年度计划（万元）|本月完成（万元）", "summary"),
        ("督查清单", "督查事项|建设单位|总投资（万元）|开工时间|形象进度|包抓领导", "project"),
        ("签约项目台账", "项目名称|投资方|总投资（亿元）|签约时间|优惠政策|存在问题", "project"),
    ],
)
def test_trips_figures_and_projects_are_told_from_one_another(title: str, headers: str, expected: str) -> None:
    assert table(title, headers).kind == expected


@pytest.mark.parametrize(
    ("title", "headers"),
    [
        ("企业安全生产检查隐患清单", "检查日期|企业名称|隐患描述|隐患等级|整改责任人|整改期限|复查情况"),
        ("博览会参展企业名单", "展位号|参展企业|参展产品|联系人|联系电话|展位面积（平方米）"),
        ("惠企政策汇编目录", "序号|政策名称|发文字号|发文单位|主要内容|有效期"),
        ("卫生院门诊量统计", "单位|目标任务（人次）|完成（人次）|完成率"),
        ("各镇秸秆禁烧工作排名", "排名|乡镇|火点数|扣分|得分|责任领导"),
    ],
)
def test_lists_of_other_business_are_none_of_ours(title: str, headers: str) -> None:
    assert table(title, headers).kind is None


@pytest.mark.parametrize(
    "title",
    ["全县目标任务完成情况表", "“开门红”任务完成情况", "百日攻坚行动进度排名", "甘泉县各部门任务完成情况统计", ""],
)
def test_figures_of_a_task_that_no_title_names_stay_figures(title: str) -> None:
    assert table(title, "单位|目标任务|完成|完成率").kind == "summary"


def test_works_that_are_supervised_are_named_by_the_matter_and_not_by_who_builds_them() -> None:
    assert fields("督查清单", "督查事项|建设单位|总投资（万元）|开工时间|形象进度") == {
        "督查事项": "project_name",
        "建设单位": "project_company",
        "总投资（万元）": "total_investment_cny",
        "开工时间": "started_on",
        "形象进度": "progress_note",
    }


def test_what_hinders_a_step_says_why_it_is_open() -> None:
    found = fields("前置要件办理情况", "项目名称|要件名称|办理单位|进度描述|存在障碍|计划取得时间")
    assert (found["要件名称"], found["存在障碍"]) == ("subject", "open_reason")
    assert fields("项目问题台账", "项目名称|存在障碍|责任单位|完成时限|销号情况")["存在障碍"] == "subject"


def test_a_bare_class_beside_the_matter_is_its_kind() -> None:
    assert fields("问题办理表", "提出企业|所提问题|类型|牵头单位|是否办结")["类型"] == "problem_type"
    assert fields("问题办理表", "类型|提出企业|所提问题|牵头单位|是否办结")["类型"] is None


def test_the_policy_beside_what_it_grants_is_no_matter() -> None:
    found = fields("政策兑现台账", "企业名称|政策条款|兑现事项|应兑现金额（万元）|兑现时限")
    assert (found["政策条款"], found["兑现事项"]) == ("policy_name", "subject")


def test_a_company_s_own_promise_tells_nothing_of_the_county_s() -> None:
    (row,) = accepted(
        "企业与政府双承诺履行情况",
        "企业|企业承诺|企业承诺进度|政府承诺|政府承诺责任部门|政府承诺完成时限|政府承诺兑现情况",
        "某印刷公司|年内投产|设备安装|办理环评|县生态环境分局|2026-05-31|已兑现",
    )
    assert (row["subject"], row["owner_unit"], row.get("progress_note")) == ("办理环评", "县生态环境分局", None)


def test_steps_are_told_by_their_cells_where_no_header_says_so() -> None:
    header = "项目名称|事项名称|办理部门|申报时间|办结时限|办结时间|办理结果"
    steps = accepted(
        header,
        "精密铸件项目|企业投资项目备案|县发改局|2026-04-01|2026-04-02|2026-04-01|准予",
        "香菇深加工项目|取水许可|县水利局|2026-04-16|2026-05-08||补正",
    )
    assert {row["problem_kind"] for row in steps} == {"approval_step"}
    problems = accepted(
        header,
        "精密铸件项目|厂区门口积水|县住建局|2026-04-01|2026-04-02|2026-04-01|办结",
        "香菇深加工项目|招工难|县人社局|2026-04-16|2026-05-08||在办",
    )
    assert {row["problem_kind"] for row in problems} == {"problem"}


def test_a_day_beside_what_still_waits_is_the_limit() -> None:
    header = "项目名称|需县级层面协调事项|协调责任单位|协调完成时间|协调结果"
    (waiting,) = accepted(header, "城南快速路|穿越铁路审批|县交通局|2026年7月31日|待路局批复")
    assert (str(waiting["due_on"]), waiting.get("closed_on")) == ("2026-07-31", None)


def test_a_share_may_be_headed_by_its_unit_alone() -> None:
    reading = read(
        "园区招商引资完成情况（单位：亿元）|||",
        "园区名称|合同引资||",
        "|目标|完成|%",
        "东区工业园|50|31|62",
    )
    (row,) = (row for row in reading.rows if row.status == "accepted")
    values = [(one.measure, one.value) for one in row.summary_values]
    assert values == [("target", 5_000_000_000), ("done", 3_100_000_000), ("rate", 62)]


def test_figures_of_squads_are_theirs_where_no_office_is_named() -> None:
    assert fields("驻外招商分局业绩表", "分局|促成签约（个）|协议金额（亿元）")["分局"] == "region_name"
    assert fields("招商分局目标汇总", "责任单位|分局|新签约项目（个）|协议金额（亿元）")["分局"] == "category"


def test_trips_say_who_was_met_and_what_was_signed() -> None:
    found = fields(
        "外出招商旬报", "单位名称|带队领导|外出起止日期|外出地|拜访企业及负责人|签约（个）|随队人员|成效及问题"
    )
    assert found["拜访企业及负责人"] == "visited_company"
    assert (found["签约（个）"], found["随队人员"], found["成效及问题"]) == (
        "signed_count",
        "companions",
        "result_note",
    )
    assert fields("接待客商来访统计", "日期|客商名称|来宾及职务|接待单位|达成意向")["来宾及职务"] == "contact_name"


@pytest.mark.parametrize(
    ("title", "headers"),
    [
        ("政府性投资项目审计计划", "审计项目名称|被审计单位|审计组长|审计类型|计划进点时间|计划完成时间"),
        ("产业基金投资台账", "基金名称|被投企业|投资金额（万元）|投资日期|持股比例（%）|退出方式"),
    ],
)
def test_audits_and_shares_of_funds_are_no_projects(title: str, headers: str) -> None:
    assert table(title, headers).kind is None


@pytest.mark.parametrize(
    ("title", "headers", "expected"),
    [
        ("五难问题台账", "项目|难点详情|破难措施|破难责任单位|破难期限|破难进展", "problem"),
        ("前期工作推进表", "项目名称|前期工作内容|责任单位|计划完成时间|目前状态|卡在哪里", "approval_step"),
        ("县政府向企业家承诺实事推进表", "承诺实事|牵头领导|责任单位|办结时限|推进情况", "policy_promise"),
    ],
)
def test_matters_in_wilder_words(title: str, headers: str, expected: str) -> None:
    found = table(title, headers)
    assert (found.kind, found.problem_kind) == ("problem", expected)


@pytest.mark.parametrize(
    ("title", "headers"),
    [
        ("各镇招商引资赛马情况表", "镇别|签约>目标（个）|签约>实绩（个）|签约>积分|总积分|赛马位次"),
        ("双月攻坚成绩单", "包抓组|应开工|已开工|应竣工|已竣工"),
        ("分管领域实际利用内资完成情况", "分管县领导|分管领域|年度目标（万元）|1-6月实际（万元）|完成率（%）"),
    ],
)
def test_figures_by_groups_and_fields_of_work(title: str, headers: str) -> None:
    assert table(title, headers).kind == "summary"


def test_a_guest_and_the_guest_s_company_stand_apart() -> None:
    found = fields("驻点招商周报", "驻地|驻点干部|见面客商|客商所在单位|见面日期|谈了什么|达成什么")
    assert found == {
        "驻地": "destination",
        "驻点干部": "traveller_name",
        "见面客商": "contact_name",
        "客商所在单位": "visited_company",
        "见面日期": "start_on",
        "谈了什么": "topic",
        "达成什么": "result_note",
    }


def test_a_unit_that_is_a_company_by_its_cells_is_whose_promise_it_is() -> None:
    header = "单位名称|奖补项目|奖补金额（元）|拨付时间"
    (company,) = accepted("奖补资金拨付明细表|||", header, "某智能科技公司|首次进规奖励|100000|2026-06-12")
    assert company["investor_name"] == "某智能科技公司"
    (office,) = accepted("惠企奖补资金拨付明细表|||", header, "县工信局|首次进规奖励|100000|2026-06-12")
    assert office.get("investor_name") is None


def test_what_was_handed_out_of_what_was_granted_is_paid() -> None:
    header = "招商企业|补贴种类|审核金额（元）|发放金额（元）|发放日期|办理状态"
    (row,) = accepted("稳岗补贴兑现进度|||||", header, "某制衣公司|岗前培训补贴|60000|20000|2026-05-06|已发放")
    assert (row["amount_cny"], row["paid_cny"]) == (60000, 20000)


def test_a_company_and_whom_one_met_there_are_told_apart_in_one_cell() -> None:
    reading = read(
        "外出招商旬报||||",
        "单位名称|带队领导|外出日期|外出地|拜访企业及负责人",
        "县交通局|黄某|2026-05-22|石家庄|石家庄某路桥公司（穆某）",
        "县水利局|萧某|2026-05-25|太原|太原某商会 尹某",
        "县工信局|姚某|2026-05-26|太原|邵某等三家",
    )
    told = [(row.fields.get("visited_company"), row.fields.get("contact_name"), row.extra) for row in reading.rows]
    assert told == [
        ("石家庄某路桥公司", "穆某", {}),
        ("太原某商会", "尹某", {}),
        (None, None, {"拜访企业及负责人": "邵某等三家"}),
    ]


def test_who_led_stands_with_the_post_and_who_went_along_beside() -> None:
    found = fields("外出招商台账", "带队领导及职务|随行人员|招商时间|招商地点|走访企业|达成协议")
    assert found["带队领导及职务"] == "traveller_name"
    assert (found["随行人员"], found["达成协议"]) == ("companions", "result_note")


def test_words_where_figures_should_stand_make_no_figures() -> None:
    reading = read("登记情况统计||", "注册人|类别|有效期至", "某酒业公司|33|2035-03", "某茶叶公司|30|2034-08")
    assert [row.kind for row in reading.rows if row.status == "accepted"] == []
    told = read("登记情况统计||", "乡镇|新注册企业数|备注", "甲镇|33|", "乙镇|30|")
    assert [row.kind for row in told.rows if row.status == "accepted"] == ["summary", "summary"]


def test_works_that_are_budgeted_and_bought_are_no_projects_of_ours() -> None:
    headers = "项目名称|建设单位|建设内容|预算（万元）|资金来源|采购方式"
    assert table("第三季度信息化项目建设计划", headers).kind is None
    assert (
        table("招商引资重点项目", "项目名称|建设单位|建设内容|总投资（万元）|预算（万元）|采购方式").kind == "project"
    )


@pytest.mark.parametrize(
    ("title", "headers"),
    [
        ("危房改造进度统计", "乡镇|任务（户）|开工（户）|竣工（户）|竣工率"),
        ("片区土地征收进度", "片区|应征收（户）|已签约（户）|签约率|责任单位"),
        ("企业标准公开情况", "企业名称|标准名称|标准编号|公开日期|状态"),
        ("招投标领域专项整治台账", "问题线索|来源|涉及项目|核查单位|核查结果|处理情况"),
        ("民营企业信访转办单", "信访编号|信访企业|信访事项|转办单位|转办日期|办结期限"),
        ("农民工工资保证金台账", "项目名称|施工企业|合同价（万元）|保证金（万元）|缴存方式|缴存日期"),
        ("商品房预售许可公示", "项目名称|开发企业|预售证号|预售面积（㎡）|套数|发证日期"),
    ],
)
def test_houses_standards_petitions_and_deposits_are_other_business(title: str, headers: str) -> None:
    assert table(title, headers).kind is None


def test_companies_may_be_counted_in_households() -> None:
    found = table("各乡镇招商情况", "乡镇|新注册企业（户）|签约项目（个）|接待客商（人次）")
    assert found.kind == "summary"
    assert [one.indicator for one in found.meanings if one.field == "value"][:2] == ["registrations", "signings"]


def test_whoever_stands_behind_a_company_is_not_published_with_it() -> None:
    reading = read(
        "外出招商旬报||||",
        "单位名称|带队领导|外出日期|外出地|拜访企业",
        "县交通局|黄某|2026-05-22|石家庄|石家庄某路桥公司（穆某）",
        "县水利局|萧某|2026-05-25|无锡|某电机公司（无锡）",
        "县商务局|方某|2026-05-27|苏州|某光电公司（世界500强）、某物流集团",
        "县工信局|姚某|2026-05-26|太原|太原某厂（李总经理）",
    )
    told = [(row.fields.get("visited_company"), row.fields.get("contact_name")) for row in reading.rows]
    assert told == [
        ("石家庄某路桥公司", "穆某"),
        ("某电机公司（无锡）", None),
        ("某光电公司（世界500强）、某物流集团", None),
        ("太原某厂", "李总经理"),
    ]
