"""Headers that stack names, names in lines of their own, forms told in lines, towns and annexes above their lists."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from written_ledgers import accepted, read_cells, values

from ingest.values.dates import parse_date

_: None = None
HEADER = ["序号", "项目名称", "投资方", "总投资（万元）", "签约时间"]


def record(number: int, name: str) -> list[Any]:
    return [number, f"{name}建设项目", f"{name}有限公司", 1000 * number, f"2026-03-0{number}"]


STACKED = [
    ["序号", "项目名称{0}建设内容", "投资方{0}责任单位", "总投资{0}到位资金（万元）", "签约时间{0}开工时间"],
    [1, "甲厂建设项目", "甲厂有限公司", 1000, "2026-03-01"],
    [_, "建设厂房3万平方米", "县工信局", 100, "2026-05-02"],
    [2, "乙厂建设项目", "乙厂有限公司", 2000, "2026-03-02"],
    [_, "建设冷库5座", "县商务局", _, _],
]


@pytest.mark.parametrize("mark", ["\n", "/"])
def test_names_stacked_in_a_header_cell_are_told_by_as_many_lines(mark: str) -> None:
    reading = read_cells([[cell.format(mark) for cell in STACKED[0]], *STACKED[1:]])
    assert values(reading, "project_name") == ["甲厂建设项目", "乙厂建设项目"]
    assert values(reading, "project_content") == ["建设厂房3万平方米", "建设冷库5座"]
    assert values(reading, "responsible_unit") == ["县工信局", "县商务局"]
    assert values(reading, "total_investment_cny") == [10_000_000, 20_000_000]
    assert values(reading, "started_on") == [dt.date(2026, 5, 2), None]
    assert [row.row_number for row in accepted(reading)] == [2, 4]


def test_names_stacked_in_a_header_cell_are_told_by_lines_of_one_cell() -> None:
    reading = read_cells(
        [
            ["序号", "项目名称\n建设内容", "投资方\n责任单位", "总投资（万元）"],
            [1, "甲厂建设项目\n建设厂房3万平方米", "甲厂有限公司\n县工信局", 1000],
            [2, "乙厂建设项目\n建设冷库5座", "乙厂有限公司\n县商务局", 2000],
        ]
    )
    assert values(reading, "project_name") == ["甲厂建设项目", "乙厂建设项目"]
    assert values(reading, "responsible_unit") == ["县工信局", "县商务局"]


def test_a_header_with_a_break_in_it_stays_one_name() -> None:
    header = ["序号", "项目\n名称", "投资方\n（企业）", "总投资\n（万元）", "签约\n时间"]
    reading = read_cells([header, record(1, "甲厂"), record(2, "乙厂")])
    assert values(reading, "investor_name") == ["甲厂有限公司", "乙厂有限公司"]


def test_a_name_that_lies_across_several_is_a_second_line() -> None:
    reading = read_cells(
        [
            ["序号", "项目名称", "投资方", "总投资（万元）", "责任单位"],
            [_, "建设内容", _, _, "包联领导"],
            [1, "甲厂建设项目", "甲厂有限公司", 1000, "县工信局"],
            [_, "建设厂房3万平方米", _, _, "王某"],
            [2, "乙厂建设项目", "乙厂有限公司", 2000, "县商务局"],
            [_, "建设冷库5座", _, _, "李某"],
        ],
        *[(row, 0, row + 1, 0) for row in (0, 2, 4)],
        *[(row, 1, row, 3) for row in (1, 3, 5)],
    )
    assert values(reading, "project_content") == ["建设厂房3万平方米", "建设冷库5座"]
    assert values(reading, "investor_name") == ["甲厂有限公司", "乙厂有限公司"]
    assert values(reading, "responsible_leader") == ["王某", "李某"]


def test_what_stands_in_the_line_below_a_lone_name_is_told_of_it() -> None:
    rows = [
        [*record(1, "甲厂")[:2]],
        [_, _, *record(1, "甲厂")[2:]],
        [*record(2, "乙厂")[:2]],
        [_, _, *record(2, "乙厂")[2:]],
    ]
    reading = read_cells([HEADER, *rows, ["合计", _, _, 3000]])
    assert values(reading, "total_investment_cny") == [10_000_000, 20_000_000]
    assert [row.row_number for row in accepted(reading)] == [2, 4]


def test_lines_below_names_that_tell_the_same_column_twice_are_no_one_record() -> None:
    reading = read_cells(
        [HEADER, [1, "甲产业园"], [_, _, "A公司", 100], [_, _, "B公司", 200], [2, "乙产业园"], [_, _, "C公司", 1]]
    )
    assert 1_000_000 not in values(reading, "total_investment_cny")


def test_a_remark_in_a_line_below_each_record_is_its_remark() -> None:
    reading = read_cells([HEADER, record(1, "甲厂"), ["备注：省重点"], record(2, "乙厂"), ["备注：续建"]])
    assert values(reading, "remark") == ["省重点", "续建"]


def test_nothing_to_report_beside_a_town_is_no_project() -> None:
    header = ["乡镇", "序号", "项目名称", "投资方", "总投资（万元）"]
    reading = read_cells([header, ["城关镇", 1, "甲厂项目", "甲公司", 100], ["石桥镇", "/", "本月无新签约项目"]])
    assert values(reading, "project_name") == ["甲厂项目"]


def test_a_new_line_parts_names_from_contents_however_the_names_end() -> None:
    reading = read_cells(
        [
            ["序号", "项目名称及建设内容", "投资方", "总投资（万元）"],
            *(
                [n, f"{name}饲料厂项目\n建设厂房{n}万平方米", "甲公司", 100]
                for n, name in enumerate("甲乙丙丁", start=1)
            ),
            [5, "戊生产基地\n建设冷库5座", "乙公司", 200],
        ]
    )
    assert values(reading, "project_name")[-1] == "戊生产基地"
    assert values(reading, "project_content")[-1] == "建设冷库5座"


def test_an_annexed_list_of_ended_projects_goes_on_with_the_header_and_not_with_the_stage() -> None:
    reading = read_cells(
        [
            ["签约项目台账"],
            HEADER,
            record(1, "甲厂"),
            record(2, "乙厂"),
            ["合计", _, _, 3000],
            ["附：已终止项目"],
            HEADER,
            record(3, "丙厂"),
        ]
    )
    assert values(reading, "stage") == ["signed", "signed", "terminated"]


def test_a_town_above_the_first_header_heads_its_list_as_others_do() -> None:
    header = HEADER[:4]
    reading = read_cells([["城关镇"], header, record(1, "甲厂")[:4], ["柳林镇"], header, record(2, "乙厂")[:4]])
    assert values(reading, "town_name") == ["城关镇", "柳林镇"]


def test_a_heading_that_also_says_who_to_call_is_no_signature() -> None:
    reading = read_cells(
        [
            HEADER,
            ["城关镇（责任人：王某  联系电话：138****1234）"],
            record(1, "甲厂"),
            ["柳林镇（责任人：李某  联系电话：139****1234）"],
            record(2, "乙厂"),
        ],
        (1, 0, 1, 4),
        (3, 0, 3, 4),
    )
    assert values(reading, "town_name") == ["城关镇", "柳林镇"]


def test_sums_of_a_pivot_table_that_names_projects_are_theirs() -> None:
    reading = read_cells(
        [
            ["乡镇", "项目名称", "求和项:总投资（万元）", "计数项:项目名称"],
            ["城关镇", "甲厂建设项目", 100, 1],
            ["城关镇", "乙厂建设项目", 200, 1],
            ["总计", _, 300, 2],
        ]
    )
    assert values(reading, "total_investment_cny") == [1_000_000, 2_000_000]


def test_labels_and_values_in_lines_below_numbered_headings_are_forms() -> None:
    reading = read_cells(
        [
            ["石桥镇重点项目简介"],
            ["一、甲厂生产线项目"],
            ["投资企业：甲厂有限公司"],
            ["总投资：5000万元"],
            ["1.已完成备案"],
            ["二、乙厂生产线项目"],
            ["投资企业：乙厂有限公司"],
            ["总投资：1.2亿元"],
        ]
    )
    assert values(reading, "project_name") == ["甲厂生产线项目", "乙厂生产线项目"]
    assert values(reading, "total_investment_cny") == [50_000_000, 120_000_000]


def test_a_line_that_tells_of_a_project_above_what_was_done_when_is_its_form() -> None:
    diary = [["日期", "工作进展", "完成人"], ["2026.9.3", "现场踏勘", "王某"], ["2026.9.10", "召开协调会", "李某"]]
    reading = read_cells(
        [
            ["项目名称：甲厂项目    总投资：5000万元    责任单位：县工信局"],
            *diary,
            ["项目名称：乙厂项目    总投资：8000万元    责任单位：县商务局"],
            *diary,
        ]
    )
    assert values(reading, "project_name") == ["甲厂项目", "乙厂项目"]
    assert values(reading, "responsible_unit") == ["县工信局", "县商务局"]


@pytest.mark.parametrize("text", ["2010-", "2010年—", "2010-至今", "2010年至今"])
def test_a_span_without_an_end_begins_when_it_says(text: str) -> None:
    parsed = parse_date(text, is_range=True)
    assert (parsed.value, parsed.precision, parsed.end_value) == (dt.date(2010, 1, 1), "year", None)
    assert parse_date("2010-").value is None


def test_begin_and_end_below_a_time_of_building_are_planned_days() -> None:
    reading = read_cells(
        [
            ["序号", "项目名称", "建设期限", _, "总投资（万元）"],
            [_, _, "起", "止", _],
            [1, "甲厂项目", "2025.3", "2026.10", 100],
            [2, "乙厂项目", "2025.4", "2027.1", 200],
        ],
        (0, 2, 0, 3),
    )
    assert values(reading, "planned_start_on") == [dt.date(2025, 3, 1), dt.date(2025, 4, 1)]
    assert values(reading, "planned_completion_on") == [dt.date(2026, 10, 1), dt.date(2027, 1, 1)]


def test_what_is_built_told_between_a_name_and_its_line_is_no_project() -> None:
    rows: list[list[Any]] = [HEADER]
    for number, name in enumerate(("甲厂", "乙厂"), start=1):
        rows += [
            record(number, name)[:2],
            [_, "占地20亩，建设厂房2万平方米，购置设备9台"],
            [_, _, *record(number, name)[2:]],
        ]
    reading = read_cells(rows)
    assert values(reading, "project_name") == ["甲厂建设项目", "乙厂建设项目"]
    assert values(reading, "total_investment_cny") == [10_000_000, 20_000_000]
    assert all("占地20亩" in str(row.extra) for row in accepted(reading))


def test_a_text_of_phrases_in_brackets_below_a_record_names_no_project() -> None:
    reading = read_cells(
        [HEADER, record(1, "甲厂"), [_, "（占地50亩，新建厂房）"], record(2, "乙厂"), [_, "（占地60亩，新建冷库）"]]
    )
    assert values(reading, "project_name") == ["甲厂建设项目", "乙厂建设项目"]
