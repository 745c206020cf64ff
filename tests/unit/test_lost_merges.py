"""Merged cells of groups that were lost on the way (CSV): carried down only where the rows leave no doubt."""

from __future__ import annotations

from ingest.ledgers.ledger import LedgerSource, read_ledger


def read(*lines: str) -> list[dict[str, object]]:
    reading = read_ledger("\n".join(lines).encode(), "台账.csv", LedgerSource("410922"))
    return [dict(row.fields) for row in reading.rows]


HEADER = "产业链,责任单位,序号,项目名称,总投资（万元）"


def told(field: str, *lines: str) -> list[object]:
    return [row.get(field) for row in read(*lines)]


def test_what_the_first_row_of_a_group_says_holds_for_all_of_it() -> None:
    lines = (
        HEADER, "装备制造,县工信局,1,钢构件项目,12000", ",,2,轴承项目,8000", ",,3,叉车项目,6000", "食品加工,县工信局,4,面粉项目,7000",
        ",,5,挂面项目,8000",
    )  # fmt: skip
    assert told("industry_chain", *lines) == ["装备制造"] * 3 + ["食品加工"] * 2
    assert told("responsible_unit", *lines) == ["县工信局"] * 5
    reading = read_ledger("\n".join(lines).encode(), "台账.csv", LedgerSource("410922"))
    assert "产业链" not in list(reading.rows)[1].raw


def test_a_value_that_stands_twice_means_that_blanks_are_blank() -> None:
    lines = (
        HEADER,
        "装备制造,,1,钢构件项目,12000",
        "装备制造,,2,轴承项目,8000",
        ",,3,叉车项目,6000",
        ",,4,面粉项目,7000",
        ",,5,挂面项目,8000",
    )
    assert told("industry_chain", *lines) == ["装备制造", "装备制造", None, None, None]


def test_a_total_ends_a_group() -> None:
    lines = (
        HEADER, "装备制造,,1,钢构件项目,12000", ",,2,轴承项目,8000", "小计,,,,20000", ",,3,叉车项目,6000", "食品加工,,4,面粉项目,7000",
        ",,5,挂面项目,8000",
    )  # fmt: skip
    assert told("industry_chain", *lines) == ["装备制造", None, None, "食品加工", None]


def test_between_numbers_and_names_only_where_the_numbers_begin_again() -> None:
    header = "序号,产业链,项目名称,总投资（万元）"
    again = (header, "1,装备制造,钢构件项目,12000", "2,,轴承项目,8000", "1,食品加工,面粉项目,7000", "2,,挂面项目,8000")
    assert told("industry_chain", *again) == ["装备制造", "装备制造", "食品加工", "食品加工"]
    on = (header, "1,装备制造,钢构件项目,12000", "2,,轴承项目,8000", "3,食品加工,面粉项目,7000", "4,,挂面项目,8000")
    assert told("industry_chain", *on) == ["装备制造", None, "食品加工", None]


def test_an_investor_is_nobody_elses() -> None:
    lines = (
        "投资方,序号,项目名称,总投资（万元）",
        "甲集团,1,钢构件项目,12000",
        ",2,轴承项目,8000",
        "乙集团,3,面粉项目,7000",
        ",4,挂面项目,8000",
    )
    assert told("investor_name", *lines) == ["甲集团", None, "乙集团", None]
