"""Milestones, snapshots, files and rows of the invented world."""

from __future__ import annotations

from built_worlds import Ask
from histories import BLANKS, COPIED_FILE, COPYING, CUMULATIVE, OUT_OF_ORDER, RESENT, SILENT, STAGES, TAKEN_BACK


def _milestones(ask: Ask, name: str) -> list[tuple[object, ...]]:
    return ask(
        "select milestone, reached_on::varchar, basis, days_late from fct_project_milestones join dim_project"
        " using (project_id) where project_name = ? and dim_project.county_code = ? order by reached_on, milestone",
        name,
        STAGES,
    )


def test_stages_without_dates_are_reached_when_first_reported(ask: Ask) -> None:
    assert [(m, d, b) for m, d, b, _ in _milestones(ask, "一路项目")] == [
        ("signed", "2026-02-28", "first_reported"),
        ("performed", "2026-03-31", "first_reported"),
        ("started", "2026-04-30", "first_reported"),
        ("completed", "2026-05-31", "first_reported"),
        ("in_production", "2026-06-30", "first_reported"),
    ]


def test_a_stage_taken_back_is_not_reached(ask: Ask) -> None:
    assert [row[0] for row in _milestones(ask, "倒退项目")] == ["signed"]


def test_a_blank_cell_takes_no_stage_back(ask: Ask) -> None:
    stages = ask(
        "select project_name, list(months.stage order by report_month) from fct_project_snapshots as months"
        " join dim_project using (project_id) where months.county_code = ? group by project_name order by project_name",
        BLANKS,
    )
    assert stages == [
        ("收回项目", ["started", "started", "signed", "signed", "signed", "signed"]),
        ("空白项目", ["signed", "started", "started", "completed", "completed", "completed"]),
        ("终止项目", ["started", "terminated", "terminated", "terminated", "terminated", "terminated"]),
    ]
    assert ask(
        "select project_name, stage, completed_on::varchar from dim_project where county_code = ? order by 1", BLANKS
    ) == [("收回项目", "signed", None), ("空白项目", "completed", "2026-04-10"), ("终止项目", "terminated", None)]
    versions = ask(
        "select projects.project_name, list(versions.stage order by valid_from) from dim_project_history as versions"
        " join dim_project as projects using (project_id) where versions.county_code = ? group by all order by 1",
        BLANKS,
    )
    assert versions == [
        ("收回项目", ["started", "signed"]),
        ("空白项目", ["signed", "started", "completed"]),
        ("终止项目", ["started", "terminated"]),
    ]
    lights = ask(
        "select distinct project_name, lights.stage from fct_project_lights as lights join dim_project"
        " using (project_id) where lights.county_code = ? order by 1",
        BLANKS,
    )
    assert lights == [("收回项目", "signed"), ("空白项目", "completed")]
    assert ask(
        "select report_date::varchar, earlier_stage, stage from quality_stage_regressions where county_code = ?", BLANKS
    ) == [("2026-03-31", "started", "signed")]


def test_a_date_taken_back_is_none_in_every_table_until_it_is_stated_again(ask: Ask) -> None:
    months = ask(
        "select list(strftime(months.started_on, '%m-%d') order by report_month) from fct_project_snapshots as months"
        " join dim_project as p using (project_id) where p.county_code = ? and project_name = '再开工项目'",
        TAKEN_BACK,
    )
    assert months == [([None, "02-10", None, None, "05-08", "05-08"],)]
    versions = ask(
        "select list((versions.stage, strftime(versions.started_on, '%m-%d')) order by valid_from)"
        " from dim_project_history as versions join dim_project as p using (project_id)"
        " where p.county_code = ? and p.project_name = '再开工项目'",
        TAKEN_BACK,
    )
    assert versions == [([("signed", None), ("started", "02-10"), ("signed", None), ("started", "05-08")],)]
    assert ask(
        "select project_name, stage, performed_on, strftime(started_on, '%m-%d'), started_on_precision from dim_project"
        " where county_code = ? order by project_name",
        TAKEN_BACK,
    ) == [
        ("先收后止项目", "terminated", None, None, None), ("再履约项目", "performed", None, None, None),
        ("再开工项目", "started", None, "05-08", "day"), ("再签约项目", "signed", None, None, None),
        ("再终止项目", "terminated", None, None, None), ("未注日项目", "started", None, None, None),
    ]  # fmt: skip


def test_what_is_reached_again_is_reached_then(ask: Ask) -> None:
    rows = ask(
        "select project_name, milestone, strftime(reached_on, '%m-%d'), basis, strftime(m.first_reported_on, '%m-%d'),"
        " was_seen_before, files.report_date = m.first_reported_on from fct_project_milestones as m"
        " join dim_project as p using (project_id) left join ledger_files as files on m.file_sha256 = files.file_sha256"
        " where p.county_code = ? and milestone <> 'signed' order by project_name, milestone",
        TAKEN_BACK,
    )
    assert rows == [
        ("先收后止项目", "terminated", "03-31", "first_reported", "03-31", True, True),
        ("再履约项目", "performed", "04-30", "first_reported", "04-30", True, True),
        ("再开工项目", "performed", "05-31", "first_reported", "05-31", True, True),
        ("再开工项目", "started", "05-08", "stated", "05-31", True, True),
        ("再终止项目", "terminated", "05-31", "first_reported", "05-31", True, True),
        ("未注日项目", "performed", "05-31", "first_reported", "05-31", True, True),
        ("未注日项目", "started", "05-31", "first_reported", "05-31", True, True),
    ]
    started = ask(
        "select strftime(month, '%m'), started_count from county_scorecard_month where county_code = ? order by 1",
        TAKEN_BACK,
    )
    assert [month for month, count in started if count] == ["05"]
    assert ("05", 2) in started


def test_a_signing_taken_back_to_talks_is_signed_when_a_ledger_shows_it_again(ask: Ask) -> None:
    rows = ask(
        "select strftime(reached_on, '%m-%d'), basis, was_seen_before, strftime(signings.first_reported_on, '%m-%d'),"
        " strftime(files.report_date, '%m-%d') from fct_project_milestones as m join fct_signings as signings"
        " using (project_id) join dim_project as p using (project_id) join ledger_files as files"
        " on signings.file_sha256 = files.file_sha256"
        " where p.county_code = ? and milestone = 'signed' and project_name = '再签约项目'",
        TAKEN_BACK,
    )
    assert rows == [("04-30", "first_reported", True, "04-30", "04-30")]
    # Neither ledger states the day: it is of April, in the scorecard as in its half-year.
    months = ask(
        "select strftime(month, '%m') from county_scorecard_month where county_code = ? and signed_count > 0",
        TAKEN_BACK,
    )
    assert months == [("04",)]


def test_months_filed_out_of_order_tell_each_its_own_state(ask: Ask) -> None:
    months = ask(
        "select project_name, list(months.stage order by report_month),"
        " list((months.total_investment_cny / 1e6)::int order by report_month) from fct_project_snapshots as months"
        " join dim_project using (project_id) where months.county_code = ? group by project_name order by project_name",
        OUT_OF_ORDER,
    )
    assert months == [
        ("变动项目", ["signed", "started", "started"], [90, 120, 120]),
        ("同样项目", ["started", "started", "started"], [100, 100, 100]),
        ("新签项目", ["signed", "signed"], [100, 100]),
    ]


def test_a_ledger_filed_after_that_of_a_later_month_takes_nothing_back(ask: Ask) -> None:
    assert ask(
        "select valid_from::varchar, h.stage from dim_project_history as h join dim_project using (project_id)"
        " where h.county_code = ? and dim_project.project_name = '变动项目' order by 1",
        OUT_OF_ORDER,
    ) == [("2026-01-31", "signed"), ("2026-02-28", "started")]
    assert ask("select count(*) from quality_stage_regressions where county_code = ?", OUT_OF_ORDER) == [(0,)]
    assert ask(
        "select project_name, strftime(report_month, '%m'), kind, amount_cny / 1000000 from fct_fund_arrivals"
        " join dim_project using (project_id) where dim_project.county_code = ? order by 1, 2",
        OUT_OF_ORDER,
    ) == [
        ("同样项目", "01", "opening", 10),
        ("同样项目", "02", "arrival", 5),
        ("同样项目", "03", "arrival", 3),
        ("新签项目", "02", "arrival", 4),
    ]
    assert ask(
        "select strftime(period, '%m'), status, first_report_date::varchar from ledger_submissions"
        " where county_code = ? and period < '2026-04-01' order by 1",
        OUT_OF_ORDER,
    ) == [("01", "late", "2026-03-10"), ("02", "on_time", "2026-02-28"), ("03", "on_time", "2026-03-31")]
    assert ask(
        "select report_date::varchar, is_standing, is_month_standing from ledger_files where county_code = ? order by 1",
        OUT_OF_ORDER,
    ) == [("2026-02-28", True, True), ("2026-03-10", True, True), ("2026-03-31", True, True)]


def test_a_terminated_project_keeps_what_it_reached(ask: Ask) -> None:
    assert [(m, d) for m, d, _, _ in _milestones(ask, "终止项目")] == [
        ("signed", "2026-01-31"),
        ("performed", "2026-03-31"),
        ("started", "2026-03-31"),
        ("terminated", "2026-05-31"),
    ]


def test_lateness_is_counted_from_the_plan_in_force(ask: Ask) -> None:
    assert ("started", "2026-03-20", "stated", 10) in _milestones(ask, "迟到项目")


def test_a_project_missing_from_a_ledger_keeps_its_state(ask: Ask) -> None:
    rows = ask(
        "select strftime(report_month, '%m'), is_reported, funds_arrived_cumulative_cny / 1000000, stage"
        " from fct_project_snapshots join dim_project using (project_id)".replace(
            "stage", "fct_project_snapshots.stage"
        ).replace("funds_arrived", "fct_project_snapshots.funds_arrived")
        + " where dim_project.county_code = ? and project_name = '乙项目' order by report_month",
        CUMULATIVE,
    )
    assert rows[1:4] == [("02", True, 6, "started"), ("03", False, 6, "started"), ("04", True, 9, "started")]


def test_rows_seen_are_accepted_rejected_or_furniture(ask: Ask) -> None:
    assert ask(
        "select count(*) from ledger_files where rows_seen <> rows_accepted + rows_rejected + rows_furniture"
    ) == [(0,)]


def test_a_row_turned_away_by_a_check_is_rejected_with_its_name(ask: Ask) -> None:
    rows = ask(
        "select rejected_by, json_extract_string(reasons, '$[0].code') from rejected_rows where county_code = ? order by 1",
        RESENT,
    )
    assert rows == [("check", "total_investment_not_negative"), ("reader", "unit_unknown")]


def test_every_landed_ledger_says_whether_it_stands(ask: Ask) -> None:
    rows = ask("select file_name, not_standing_reason from ledger_files where county_code = ? order by 1", RESENT)
    found = dict(rows)
    assert found["二月更正.xlsx"] is None
    assert found["二月.xlsx"] == "replaced"
    assert found["三月.xlsx"] == "replaced"
    assert found["三月b.xlsx"] is None
    assert found["三月外出.xlsx"] == "no_project_rows"
    assert found["无日期.xlsx"] == "no_report_date"
    assert found["加密.xlsx"] == "refused"
    assert "将来.xlsx" not in found


def test_projects_that_only_a_replaced_ledger_lists_are_findings(ask: Ask) -> None:
    rows = ask(
        "select report_date::varchar, project_name, finding, left_out_projects, replaced_projects, standing_file_name,"
        " row_number from quality_replaced_projects where county_code = ? order by 1",
        RESENT,
    )
    [january, february] = rows
    assert january[:5] == ("2026-01-31", "只在谈项目", "other_list", 1, 1)
    assert february == ("2026-02-28", "撤回项目", "left_out", 1, 2, "二月更正.xlsx", 5)


def test_a_milestone_names_the_row_that_first_says_so(ask: Ask) -> None:
    rows = ask(
        "select milestones.milestone, files.report_date = milestones.first_reported_on, milestones.row_number"
        " from fct_project_milestones as milestones join dim_project using (project_id)"
        " join ledger_files as files on milestones.file_sha256 = files.file_sha256"
        " where project_name = '一路项目' and dim_project.county_code = ? order by milestones.reached_on",
        STAGES,
    )
    assert [row[:2] for row in rows] == [
        (milestone, True) for milestone in ("signed", "performed", "started", "completed", "in_production")
    ]
    assert all(row[2] is not None for row in rows)
    assert ask("select count(*) from fct_project_milestones where file_sha256 is null") == [(0,)]


def test_submissions_tell_missing_and_unchanged_months(ask: Ask) -> None:
    query = "select strftime(period, '%m'), status from ledger_submissions where county_code = ? order by 1"
    assert ask(query, SILENT)[-3:] == [("04", "on_time"), ("05", "missing"), ("06", "missing")]
    assert ask(query, COPYING)[-2:] == [("05", "on_time"), ("06", "unchanged")]
    assert ask(query, COPIED_FILE) == [("04", "on_time"), ("05", "unchanged"), ("06", "unchanged")]


def test_the_same_bytes_are_a_ledger_for_each_date_a_name_gives_and_a_duplicate_otherwise(ask: Ask) -> None:
    rows = ask(
        "select file_name, status, reason_code, report_date::varchar, is_standing, rows_accepted"
        " from ledger_files where county_code = ? order by report_date nulls last",
        COPIED_FILE,
    )
    assert rows == [
        ("台账20260430.csv", "read", None, "2026-04-30", True, 1),
        ("台账20260531.csv", "read", None, "2026-05-31", True, 1),
        ("台账20260630.csv", "read", None, "2026-06-30", True, 1),
        ("副本.csv", "refused", "duplicate", None, False, 0),
    ]
    assert ask(
        "select count(*), min(report_date)::varchar from dim_source_file where county_code = ?", COPIED_FILE
    ) == [(1, "2026-04-30")]
    # Its stated total stands for each of its dates.
    for table in ("control_totals", "quality_control_total_differences"):
        assert ask(f"select report_date::varchar from {table} where county_code = ? order by 1", COPIED_FILE) == [
            ("2026-04-30",),
            ("2026-05-31",),
            ("2026-06-30",),
        ]


def test_what_a_ledger_without_a_date_states_is_published_and_stops_nothing(ask: Ask) -> None:
    for table in ("control_totals", "quality_control_total_differences"):
        assert ask(
            f"select stated_value - rows_sum from {table} where county_code = ? and report_date is null", RESENT
        ) == [(1000,)]
    assert ask("select printed_value, report_date from quality_printed_rates where county_code = ?", RESENT) == [
        (60, None)
    ]
