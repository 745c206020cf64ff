"""Published tables that say what others mean: the rules, and the articles that figures come from."""

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


def test_every_figure_and_report_leads_to_its_article(ask: Ask) -> None:
    assert ask("select count(*) from dim_articles")[0][0] > 0
    for table in ("fct_published_figures", "fct_project_news"):
        assert (
            ask(f"select article_id from {table} where article_id not in (select article_id from dim_articles)") == []
        )
    assert ask("select sum(figures + events) from dim_articles") == ask("select count(*) from fct_published_figures")
    columns = ask("select column_name from duckdb_columns() where table_name = 'dim_articles'")
    assert "text" not in {name for (name,) in columns}
