"""Which rows are one project, under which id, and which of two claims counts."""

from __future__ import annotations

from built_worlds import Ask
from histories import CLAIMED_FIRST, CLAIMED_LATER, CLAIMED_TIE, PHASES, RENAMED, RESENT, TWICE


def _names(ask: Ask, county: str) -> set[tuple[str, str]]:
    return set(ask("select first_project_name, project_name from dim_project where county_code = ?", county))


def test_a_rename_keeps_the_project(ask: Ask) -> None:
    assert ("远大饲料项目", "远大宠物食品项目") in _names(ask, RENAMED)


def test_a_code_that_comes_later_joins_and_then_carries_a_rename(ask: Ask) -> None:
    assert ("编码项目", "编码项目改名") in _names(ask, RENAMED)


def test_spelling_does_not_make_a_new_project(ask: Ask) -> None:
    names = {first for first, _ in _names(ask, RENAMED)}
    assert "标准厂房项目" in names
    assert "  标准（厂房）建设项目 " not in names


def test_what_nobody_can_tell_is_left_to_people(ask: Ask) -> None:
    names = {first for first, _ in _names(ask, RENAMED)}
    assert {"双生一号", "双生二号", "双生甲", "双生乙"} <= names


def test_the_version_history_follows_the_new_name(ask: Ask) -> None:
    rows = ask(
        "select h.project_name, h.valid_from::varchar, h.valid_to::varchar from dim_project_history as h"
        " join dim_project as p using (project_id) where p.first_project_name = '远大饲料项目' order by h.valid_from"
    )
    assert rows == [("远大饲料项目", "2026-01-31", "2026-03-31"), ("远大宠物食品项目", "2026-03-31", None)]


def test_withdrawn_future_undated_and_failed_rows_make_no_project(ask: Ask) -> None:
    assert _names(ask, RESENT) == {("甲项目", "甲项目"), ("乙项目", "乙项目")}


def test_one_project_on_two_sheets_is_counted_once_as_far_as_it_got(ask: Ask) -> None:
    rows = ask(
        "select stage, funds_arrived_cumulative_cny from dim_project where county_code = ? and project_name = '甲项目'",
        TWICE,
    )
    assert rows == [("started", 11_000_000)]


def test_what_one_sheet_leaves_blank_another_sheet_of_the_ledger_says(ask: Ask) -> None:
    said = (
        "project_name, stage, signed_on::varchar, planned_start_on::varchar, started_on::varchar, responsible_unit,"
        " total_investment_cny, funds_arrived_cumulative_cny"
    )
    rows = ask(f"select {said} from dim_project where project_name in ('寅项目', '卯项目') order by 1")
    assert rows == [
        ("卯项目", "completed", "2025-03-10", None, "2025-06-01", "商务局", 100_000_000, 31_000_000),
        ("寅项目", "started", "2025-03-10", "2025-05-01", "2025-06-01", None, 100_000_000, 21_000_000),
    ]


def test_a_problem_is_not_put_together_from_two_rows(ask: Ask) -> None:
    rows = ask("select problem, measure, due_on::varchar, progress_note from dim_project where project_name = '卯项目'")
    assert rows == [("用地未批", None, "2026-09-01", "主体封顶")]


def test_a_code_shared_by_two_names_of_one_ledger_joins_nothing(ask: Ask) -> None:
    names = [first for first, _ in _names(ask, TWICE)]
    assert {"园区一期项目", "园区二期项目"} <= set(names)


def test_two_deals_under_one_general_name_stay_two(ask: Ask) -> None:
    rows = ask(
        "select investor_name, total_investment_cny from dim_project where county_code = ? and project_name = '标准厂房'"
        " order by 1",
        TWICE,
    )
    assert rows == [("丑公司", 6_000_000), ("子公司", 5_000_000)]


def test_the_later_claim_does_not_count(ask: Ask) -> None:
    rows = ask(
        "select a.county_code, a.is_counted, b.county_code from dim_project as a"
        " left join dim_project as b on a.duplicate_of = b.project_id"
        " where a.project_name like '跨县%' order by 1"
    )
    assert rows == [(CLAIMED_FIRST, True, None), (CLAIMED_LATER, False, CLAIMED_FIRST)]


def test_at_a_tie_the_higher_county_code_does_not_count(ask: Ask) -> None:
    rows = ask("select county_code, is_counted from dim_project where project_name = '平手项目' order by 1")
    assert rows == [(CLAIMED_FIRST, True), (CLAIMED_TIE, False)]


def test_the_same_name_of_another_investor_is_another_project(ask: Ask) -> None:
    assert ask("select distinct is_counted from dim_project where project_name = '独有项目'") == [(True,)]


def test_a_signing_that_does_not_count_says_why(ask: Ask) -> None:
    rows = ask("select not_counted_reason from fct_signings where county_code = ? and not is_counted", CLAIMED_LATER)
    assert rows == [("claimed_by_other_county",)]


def test_what_was_split_merged_or_is_part_of_another_counts_once(ask: Ask) -> None:
    rows = ask(
        "select a.project_name, s.not_counted_reason, b.project_name from fct_signings as s"
        " join dim_project as a using (project_id) left join dim_project as b on s.duplicate_of = b.project_id"
        " where s.county_code = ? and not s.is_counted order by 2",
        PHASES,
    )
    assert [(name, why) for name, why, _ in rows] == [
        ("小项目", "merged_into"), ("园区配套项目", "part_of"), ("整体项目", "split_into"),
    ]  # fmt: skip
    assert [after for _, _, after in rows[:2]] == ["大项目", "大园区项目"]
    assert rows[2][2] in ("整体一期项目", "整体二期项目")


def test_what_was_split_or_merged_is_asked_for_nothing_since_and_what_was_asked_is_closed(ask: Ask) -> None:
    lights = ask(
        "select distinct p.project_name from fct_project_lights join dim_project as p using (project_id)"
        " where p.county_code = ? order by 1",
        PHASES,
    )
    names = [name for (name,) in lights]
    assert "整体项目" not in names
    assert "小项目" not in names
    assert {"整体一期项目", "整体二期项目", "大项目", "园区配套项目"} <= set(names)
    spells = ask(
        "select p.project_name, s.ended_by, s.is_open from fct_light_spells as s join dim_project as p using (project_id)"
        " where p.county_code = ? and p.project_name in ('整体项目', '小项目')",
        PHASES,
    )
    assert spells
    assert all(ended_by is not None and not is_open for _, ended_by, is_open in spells)
    assert "superseded" in {ended_by for _, ended_by, _ in spells}
    # Gone from the ledgers for months, and everybody knows where.
    assert ask("select bool_or(is_missing_from_latest_two) from dim_project where county_code = ?", PHASES) == [(True,)]
    assert ask("select project_name from quality_missing_projects where county_code = ?", PHASES) == []


def test_totals_conserve_over_a_split_and_a_merger(ask: Ask) -> None:
    rows = ask(
        "select signed_stock, total_investment_stock / 1000000, funds_stock / 1000000 from county_scorecard_month"
        " where county_code = ? and month = date '2026-06-01'",
        PHASES,
    )
    assert rows == [(4, 120 + 180 + 150 + 500, 15 + 10 + 18 + 7)]


def test_what_arrived_before_a_split_or_merger_stays_in_its_months(ask: Ask) -> None:
    rows = ask(
        "select strftime(month, '%m'), funds_opening_cny / 1000000, funds_arrived_cny / 1000000, funds_arrived_ytd_cny / 1000000,"
        " funds_stock / 1000000 from county_scorecard_month where county_code = ? order by 1",
        PHASES,
    )
    assert rows == [
        ("01", 10 + 7 + 20 + 5, 0, 0, 42),
        ("02", 0, 0, 0, 42),
        # The phases say 15 and 10 where the whole had 20.
        ("03", 0, 5, 5, 47),
        # The large one took in 5 of the small one and 3 more.
        ("04", 0, 3, 8, 50),
        ("05", 0, 0, 8, 50),
        ("06", 0, 0, 8, 50),
    ]
