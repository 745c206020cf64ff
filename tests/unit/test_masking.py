"""Masking is SQL, so it is tried in DuckDB."""

from __future__ import annotations

import duckdb
import pytest

from warehouse.masking import masked, register


def mask(column: str, text: str) -> str:
    with duckdb.connect() as connection:
        register(connection)
        row = connection.execute(f'select {masked(column)} from (select ? as "{column}")', [text]).fetchone()
    assert row is not None
    return str(row[0])


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("file_sha256", "de002562453743aba13812340001", "de002562453743aba13812340001"),
        ("follow_up_id", "a013812340001", "a013812340001"),
        ("responsible_person", "王建国", "王**"),
        ("responsible_person", "王建国、李四", "王**、李**"),
        ("responsible_person", "买买提·艾山", "买**"),
        ("responsible_person", "John Smith", "J** S**"),
        ("responsible_leader", "副县长王建国", "副县长王**"),
        ("responsible_leader", "区委常委、组织部部长吴国栋", "区委常委、组织部部长吴**"),
        ("responsible_leader", "王县长", "王县长"),
        ("responsible_person", "李红（县农业农村局）", "李**（县农业农村局）"),
        ("responsible_person", "王建国（先进制造业开发区管委会）", "王**（先进制造业开发区管委会）"),
        ("responsible_person", "县投资促进中心 王建国", "县投资促进中心 王**"),
        ("responsible_person", "农业农村局局长李红", "农业农村局局长李**"),
        ("responsible_person", "李红商务局", "李**商务局"),
        ("responsible_person", "李红县农业农村局", "李**"),
        ("responsible_person", "温县农业农村局", "温县农业农村局"),
        ("responsible_person", "王镇", "王**"),
        ("raw", '{"责任人":"李红（城关镇）"}', '{"责任人": "李**（城关镇）"}'),
        ("contact_phone", "13812340001", "138****0001"),
        ("contact_phone", "王建国 13812340001", "王** 138****0001"),
        ("contact_phone", "0393-8812345", "039****345"),
        ("contact_phone", "8812345", "881****"),
        ("remark", "ABC公司（Ｘ）联系13812340001", "ABC公司（Ｘ）联系138****0001"),
        ("remark", "联系138-1234-0001", "联系138****0001"),
        ("remark", "联系13812340001", "联系138****0001"),
        ("remark", "13812340001、13912340002", "138****0001、139****0002"),
        ("remark", "身份证410928198001011234。", "身份证410*************34。"),
        ("remark", "代码2018-410928-33-03-012345", "代码2018-410928-33-03-012345"),
        ("remark", "总投资138123400010元", "总投资138123400010元"),
        ("project_name", "王建国食品加工项目", "王建国食品加工项目"),
        ("raw", '{"责任人":"王建国","投资方":"某公司"}', '{"责任人": "王**", "投资方": "某公司"}'),
        ("raw", '{"包联 / 领导": "王建国"}', '{"包联 / 领导": "王**"}'),
        (
            "reasons",
            '[{"column": "责任人电话", "raw": "王建国", "message": "「王建国」不是电话"}]',
            '[{"column": "责任人电话", "raw": "王**", "message": "「王**」不是电话"}]',
        ),
        ("raw", "13812340001 不成", "138****0001 不成"),
    ],
)
def test_text_is_masked(column: str, text: str, expected: str) -> None:
    assert mask(column, text) == expected
    assert mask(column, expected) == expected, "masking twice changes nothing"
