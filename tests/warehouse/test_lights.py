"""Every stall rule at its thresholds, from ledgers to lights."""

from __future__ import annotations

import pytest
from built_worlds import Ask
from histories import ALTERNATING, CLAIMED_LATER, COPIED_FILE, COPYING, LIGHTS, SILENT
from light_cases import CASES, Case


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_light_of_a_known_project(ask: Ask, case: Case) -> None:
    rows = ask(
        "select rule_id, light from fct_project_lights join dim_project using (project_id)"
        " where project_name = ? and dim_project.county_code = ?",
        case.name,
        LIGHTS,
    )
    lights = dict(rows)
    assert {rule: lights.get(rule, "-") for rule in case.expected} == case.expected


@pytest.mark.parametrize(
    ("county", "light"), [(SILENT, "red"), (COPYING, "yellow"), (COPIED_FILE, "yellow"), (ALTERNATING, "green")]
)
def test_r10_speaks_of_the_countys_ledger(ask: Ask, county: str, light: str) -> None:
    assert ask("select distinct light from fct_project_lights where rule_id = 'R10' and county_code = ?", county) == [
        (light,)
    ]


def test_a_silent_county_is_stalled_since_its_first_missing_month(ask: Ask) -> None:
    (first_missing,) = ask(
        "select min(last_day(period))::varchar from ledger_submissions"
        " where county_code = ? and status = 'missing' and period > ("
        "   select max(period) from ledger_submissions where county_code = ? and status <> 'missing')",
        SILENT,
        SILENT,
    )
    assert ask(
        "select distinct since_on::varchar from fct_project_lights where rule_id = 'R10' and county_code = ?", SILENT
    ) == [first_missing]


def test_stalled_projects_are_exactly_the_yellow_and_red(ask: Ask) -> None:
    assert ask(
        "select project_id, rule_id, light from fct_project_lights where light in ('yellow', 'red') order by all"
    ) == ask("select project_id, rule_id, light from stalled_projects order by all")


def test_a_stalled_row_tells_who_what_and_until_when(ask: Ask) -> None:
    (row,) = ask(
        "select observed_value, threshold_value, since_on::varchar, light_since_on::varchar, days_stalled,"
        " due_on::varchar, rule_name, action is not null, rule_source is not null"
        " from stalled_projects where project_name = '签约90天' and rule_id = 'R01'"
    )
    assert row == (90.0, 90.0, "2026-04-06", "2026-07-05", 90, "2026-07-20", "签约后未开工", True, True)


def test_no_day_is_told_where_a_ledger_states_a_month(ask: Ask) -> None:
    assert ask(
        "select rule_id, reason from fct_project_lights join dim_project using (project_id)"
        " where project_name = '计划六月开工' and rule_id in ('R02', 'R03') order by 1"
    ) == [("R02", "计划开工 2026-06 planned start"), ("R03", "约定开工 2026-06 agreed start")]


@pytest.mark.parametrize(
    ("name", "since", "days"),
    [
        ("三月无资金", "2026-02-01", 154),  # what the first ledger opens with arrived in January or before
        ("三月为负", "2026-02-01", 154),  # 5 million came in April and 6 went back in June: nothing came of it
        ("窗前一日开工", "2026-03-31", 96),  # nothing can have been missing before the start
    ],
)
def test_a_project_without_funds_is_dry_since_the_last_arrival_or_the_start(
    ask: Ask, name: str, since: str, days: int
) -> None:
    assert ask(
        "select since_on::varchar, days_stalled from stalled_projects where project_name = ? and rule_id = 'R05'", name
    ) == [(since, days)]


def test_the_reason_of_r05_says_what_arrived(ask: Ask) -> None:
    ((reason,),) = ask("select reason from stalled_projects where project_name = '三月无资金' and rule_id = 'R05'")
    assert reason == "2026-04 至 2026-06（3 个报告月）到位合计 0 万元 arrived in the last 3 report months"


@pytest.mark.parametrize(
    ("project", "reason"),
    [
        ("未注册三十天", "签约 2026-06-05，未注册 not registered"),
        ("去年内签约", "签约不晚于 2025-12-31，未注册 not registered"),
    ],
)
def test_the_reason_of_r11_claims_no_agreed_date_where_none_is_stated(ask: Ask, project: str, reason: str) -> None:
    query = "select reason from stalled_projects where project_name = ? and county_code = ? and rule_id = 'R11'"
    assert ask(query, project, LIGHTS) == [(reason,)]


def test_a_light_without_a_day_of_its_own_is_due_from_the_day_it_was_seen(ask: Ask) -> None:
    assert ask(
        "select light_since_on::varchar, due_on::varchar from stalled_projects"
        " where project_name = '三月无资金' and rule_id = 'R05'"
    ) == [("2026-03-31", "2026-04-15")]


def test_a_light_leads_to_the_rows_it_evidence_rows(ask: Ask) -> None:
    rows = ask(
        "select l.row_number, json_extract_string(l.evidence_rows, '$[*].field'), json_extract(l.evidence_rows, '$[0].row')::int,"
        " f.report_date::varchar from fct_project_lights as l join ledger_files as f"
        " on f.file_sha256 = json_extract_string(l.evidence_rows, '$[0].file_sha256')"
        " where project_id in (select project_id from dim_project where project_name = '签约90天') and rule_id = 'R01'"
    )
    ((row, named, stated_in, report_date),) = rows
    assert named == ["stage", "signed_on"]
    assert (row, report_date) == (stated_in, "2026-06-30")


def test_what_is_missing_is_named(ask: Ask) -> None:
    rows = dict(
        ask(
            "select project_name, reason from fct_project_lights join dim_project using (project_id)"
            " where light = 'unknown' and (rule_id, project_name) in (('R04', '无年计划'), ('R06', '无总投资'), ('R13', '无资金数据'))"
        )
    )
    assert rows["无年计划"].startswith("缺本年计划投资和本年完成投资；也缺形象进度、计划竣工时间 missing: the plan")
    assert rows["无总投资"] == "缺总投资 no total investment"
    assert rows["无资金数据"] == "缺累计到位资金 no cumulative funds"


def test_lights_are_computed_for_the_double_claim_too(ask: Ask) -> None:
    assert ask(
        "select is_counted, count(*) > 0 from fct_project_lights where county_code = ? group by all", CLAIMED_LATER
    ) == [(False, True)]
