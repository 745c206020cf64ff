"""The queries of `docs/queries.md` run, on tables of another world than the sample that they were written on."""

from __future__ import annotations

import re

import pytest
from built_worlds import Ask
from example_queries import PAGE, Example, examples


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.heading.split(".")[0])
def test_an_example_query_runs(ask: Ask, example: Example) -> None:
    ask(example.sql)
    assert re.fullmatch(r"\d+\. [^A-Za-z]+？[A-Z][^\u4e00-\u9fff]+\?", example.heading)


def test_every_query_of_the_page_is_run() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert 15 <= len(examples()) == page.count("```sql") == len(re.findall(r"^### ", page, re.M))
