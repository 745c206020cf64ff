"""The published table that says what the rules mean."""

from __future__ import annotations

from built_worlds import Ask


def test_every_light_has_a_rule_that_says_in_both_languages_what_it_means(ask: Ask) -> None:
    assert (
        ask(
            "select distinct rule_id from fct_project_lights where rule_id not in"
            " (select rule_id from dim_rules where rule_name_zh <> '' and rule_name_en <> '' and rule_source <> '')"
        )
        == []
    )
    assert ask("select count(*) from dim_rules where is_in_force")[0][0] >= 13
