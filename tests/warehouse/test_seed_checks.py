"""A mistake in a seed is refused with file, line and reason before anything runs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pytest

from warehouse.seed_checks import SEEDS, SeedsRefusedError, check_seeds, find_faults


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    copied = tmp_path / "seeds"
    shutil.copytree(SEEDS, copied)
    return copied


def test_the_seeds_that_ship_are_right() -> None:
    assert find_faults() == []


@pytest.mark.parametrize(
    ("seed", "row", "reason"),
    [
        ("stall_rules", "R99,1,,,,signed,true,>=,1,,,days,,,甲,a,乙,b,5,丙,2000-01-01,", "R13"),
        ("stall_rules", "R01,2,999999,,,signed,true,>=,1,,,days,,,甲,a,乙,b,5,丙,2000-01-01,", "999999"),
        ("stall_rules", "R01,2,,,,signd,true,>=,1,,,days,,,甲,a,乙,b,5,丙,2000-01-01,", "signd"),
        ("stall_rules", "R01,2,,,,signed,true,>=,,,,days,,,甲,a,乙,b,5,丙,2000-01-01,", "operator and threshold"),
        (
            "stall_rules",
            "R01,2,,,,signed,true,>=,九十,,,days,,,甲,a,乙,b,5,丙,2000-01-01,",
            "yellow_value 应为数 must be a number: 九十",
        ),
        ("stall_rules", "R01,1,,,,signed,true,>=,1,,,days,,,甲,a,乙,b,5,丙,2000-01-01,", "line 2"),
        ("stall_rules", "R01,2,,1亿以上,,signed,true,>=,1,,,days,,,甲,a,乙,b,5,丙,2000-01-01,", "size_tier"),
        ("stall_rules", "R01,2,410928,,,signed,true,>=,1,,,days,,,甲,a,乙,b,五,丙,2000-01-01,", "due_days"),
        ("stall_rules", "R04,2,410928,,,started,true,>=,1,,,points,plan_curve,半年,甲,a,乙,b,5,丙,2000-01-01,", "半年"),
        ("stall_rules", "R05,2,410928,,,started,true,,,<=,0,CNY,months,三,甲,a,乙,b,5,丙,2000-01-01,", "三"),
        ("stall_rules", "R01,2,410928,,,signed,true,>=,1,,,days,months,3,甲,a,乙,b,5,丙,2000-01-01,", "parameter"),
        ("stall_rules", "R01,2,410928,,,signed,true,>=,400,>=,365,days,,,甲,a,乙,b,5,丙,2000-01-01,", "黄灯永远不会亮"),
        ("stall_rules", "R06,2,410928,,,started,true,<,0.1,<,0.15,share,,,甲,a,乙,b,5,丙,2000-01-01,", "swapped"),
        ("stall_rules", "R06,2,410928,,,started,true,<,0.3,<,0.15,share,,,甲,a,乙,b,5,丙,2000-01-01,", None),
        ("exemptions", "R01,410928,某项目,2.41082E+17,某人,汛期,2026-01-01,2026-02-01", "科学计数"),
        ("exemptions", ",,,,,,,", "空行"),
        ("exemptions", "R01,410928,某项目,,某人,汛期,2026/1/1,2026-02-01", None),
        ("escalation", ",yellow,,0,0,0,reminder,10,华亭、三亚：先发提醒函", "与第2行完全相同"),
        ("size_tiers", "200亿元以上,20000000000,,11", "begin where the tier before ends"),
        ("size_tiers", "200亿元以上,二百亿,,11", "min_total_investment_cny"),
        ("size_tiers", "100亿元以上,10000000000,,11", "stands twice"),
        ("working_day_exceptions", "2027-02-30,false,春节", "date_day"),
        ("working_day_exceptions", "2027/2/8,false,春节", "otherwise than on line 2"),
        ("working_day_exceptions", "2027-02-08,休息,春节", "is_working_day"),
        ("working_day_exceptions", "2026-10-01,false,国庆节", "stands twice"),
        ("working_day_exceptions", "2027-02-06,false,春节", None),  # a Saturday, as the notice lists it
        ("note_signs", "halted,停摆,某地", "going_on"),
        ("note_signs", "stopped,停工,某地", "stands twice"),
        ("plan_curves", "quarterly,12,0.9,step,某地", "months rise"),
        ("plan_curves", "mine,13,0.9,step,某地", "1–12"),
        ("escalation", ",red,,0,0,0,visit,5,某地", "visit"),
        ("escalation", ",red,,ten,0,0,interview,5,某地", "min_days"),
        ("exemptions", "R01,410928,某项目,,某人,,2026-01-01,2026-02-01", "reason"),
        ("exemptions", "R01,410928,某项目,,某人,汛期,2026-01-01,", "valid_to"),
        ("exemptions", "R01,410928,某项目,,某人,汛期,2026-03-01,2026-02-01", "lies before"),
        ("identity_decisions", "split_into,410928,甲,,419999,乙,,某人,2026-01-01,核实", "419999"),
        ("identity_decisions", "merge,410928,甲,,410928,乙,,某人,2026-01-01,核实", "merge"),
        ("identity_decisions", "same,410928,甲,,410928,甲,,某人,2026-01-01,核实", "both sides"),
        ("targets", "410928,,year,2026-01-01,2026-12-31,signed_project,5,count,文件,,,", "signed_project"),
        ("targets", "419999,,year,2026-01-01,2026-12-31,signed_projects,5,count,文件,,,", "419999"),
        ("targets", "410928,,year,2026-01-01,2026-12-31,signed_projects,五,count,文件,,,", "target_value"),
        ("targets", "410928,,year,2026-1-1,2026-12-31,signed_projects,5,count,文件,,,", "2026-1-1"),
        ("targets", "410928,,year,2026-01-01,2026-12-31,funds_arrived,5,吨,文件,,,", "亿元"),
        ("targets", "410928,,year,2026-01-01,2026-12-31,funds_arrived,5,人民币,文件,,,", "亿元"),
        ("targets", "410928,,year,2026-01-01,2026-12-31,landing_rate,0.8,CNY,文件,2025年,,", "%"),
        ("targets", "410928,,year,2026-01-01,2026-12-31,signed_projects,2,个,文件,,7亿元,", "7亿元"),
        ("targets", "410928,,year,2026-01-01,2026-12-31,landing_rate,80,%,文件,2025,,", "be written 2025年"),
        (
            "targets",
            "410928,,year,2026-01-01,2026-12-31,landing_rate,80,%,文件,2025年上半年,,",
            "be written 2025上半年",
        ),
        ("score_weights", "default,landing_rate,rate,0.1,1,落地率,landing,某地,2000-01-01,", "sum to 1"),
        ("score_weights", "default,start_rate,rate,0.2,1,开工率,start,某地,2026-09-01,", "overlaps line 3"),
        ("score_weights", "default,start_rate,rate,0.3,1,开工率,start,某地,2026-09-01,", "2026-09-01"),
        ("score_deductions", "default,red_light,,0.1,,红灯,red,某地,2000-01-01,", "only red_light has a rule"),
        ("score_deductions", "mine,late_ledger,,0.1,,迟报,late,某地,2000-01-01,", "mine"),
        ("score_deductions", "default,late_ledger,,-1,,迟报,late,某地,2000-01-01,", "points_each"),
        ("rate_bases", "start,mine,started,signed,true,某地", "exactly one default"),
        ("county_crosswalk", "410928,410928,2026-01-01,,", "same"),
        ("campaigns", "c1,百日攻坚,hundred days,2026-06-01,2026-05-01,", "lies before"),
        ("industry_chains", "a,绿色食品,绿色食品 食品,,", None),
        ("campaigns", "c1,百日", "as many cells"),
        ("project_shares", "410221,甲,,410222,1.5,2026-01-01,2026-12-31,某人,2026-01-01,协议", "share_rate"),
        ("project_shares", "410221,甲,,410222,0.6,2026-01-01,2026-12-31,某人,2026-01-01,协议", "sum to 1"),
        ("project_shares", "410221,甲,,999999,1,2026-01-01,2026-12-31,某人,2026-01-01,协议", "999999"),
        ("exchange_rates", "USD,2024-12-31,7.2,某处", "same day as line 14"),
        ("exchange_rates", "USD,2026-06-30,0,某处", "cny_per_unit"),
        ("exchange_rates", "EUR,2026-06-30,8,某处", "EUR"),
        ("agreement_kinds", "框架,contract,99,某地", "stands twice"),
        ("agreement_kinds", "承诺,promise,99,某地", "promise"),
        ("department_lists", "419999,农业农村局,县农业农村局,某人,2026-01-01,各报一份", "419999"),
        ("department_lists", "410825,,县农业农村局,某人,2026-01-01,各报一份", "name_part"),
        ("department_lists", "410825,农业农村局,县农业农村局,某人,2026-01-01,各报一份", None),
        ("capital_origins", "外省,省外,某地", "twice"),
        ("capital_origins", "省外区域,外省,某地", "外省"),
    ],
)
def test_a_mistake_names_file_line_and_reason(seeds: Path, seed: str, row: str, reason: str | None) -> None:
    path = seeds / f"{seed}.csv"
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    path.write_text("\n".join([*lines, row]) + "\n", encoding="utf-8")
    if reason is None:
        check_seeds(seeds)
        return
    with pytest.raises(SeedsRefusedError, match=r".") as refused:
        check_seeds(seeds)
    assert {fault.file for fault in refused.value.faults} == {f"{seed}.csv"}
    assert any(reason in fault.message and fault.line == len(lines) + 1 for fault in refused.value.faults)


def test_overlapping_targets_and_contrary_decisions_are_refused(seeds: Path) -> None:
    with (seeds / "targets.csv").open("a", encoding="utf-8") as handle:
        handle.write("410928,,year,2026-01-01,2026-12-31,signed_projects,5,count,文件,,,\n")
        handle.write("410928,,year,2026-06-01,2026-12-31,signed_projects,6,count,文件,,,\n")
    with (seeds / "identity_decisions.csv").open("a", encoding="utf-8") as handle:
        handle.write("same,410928,甲,,410928,乙,,某人,2026-01-01,核实\n")
        handle.write("different,410928,乙,,410928,甲,,某人,2026-01-01,核实\n")
        handle.write("split_into,410928,丙,,410928,丁,,某人,2026-01-01,核实\n")
        handle.write("part_of,410928,丁,,410928,丙,,某人,2026-01-01,核实\n")
    messages = [str(fault) for fault in find_faults(seeds)]
    assert any("overlaps line 2" in message for message in messages)
    assert any("contradicts line 2" in message for message in messages)
    assert any("contradicts line 4" in message for message in messages)


def test_two_weights_may_change_on_a_day_as_long_as_all_sum_to_one(seeds: Path) -> None:
    path = seeds / "score_weights.csv"
    rows = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    for number, (weight, changed) in {1: ("0.10", "0.30"), 3: ("0.35", "0.15")}.items():
        assert f",{weight}," in rows[number]
        rows.append(rows[number].replace(f",{weight},", f",{changed},").replace("2000-01-01", "2026-09-01"))
        rows[number] += "2026-08-31"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert find_faults(seeds) == []
    # One of the two alone leaves days on which the weights are not 1.
    path.write_text("\n".join(rows[:-1]) + "\n", encoding="utf-8")
    assert ["2026-09-01" in fault.message for fault in find_faults(seeds)] == [True]


def test_rules_that_name_other_keys_clash_unless_a_row_names_both(seeds: Path) -> None:
    tail = "signed,true,>=,1,,,days,,,甲,a,乙,b,5,丙,2000-01-01,\n"
    path = seeds / "stall_rules.csv"
    rules = path.read_text(encoding="utf-8")
    path.write_text(f"{rules}R01,2,410928,,,{tail}R01,2,,1–3亿元,,{tail}", encoding="utf-8")
    (fault,) = find_faults(seeds)
    assert fault.line == len(rules.splitlines()) + 2
    assert "county_code and size_tier" in fault.message
    with path.open("a", encoding="utf-8") as handle:
        handle.write(f"R01,2,410928,1–3亿元,,{tail}R01,2,411702,,,{tail.replace('signed', 'performed')}")
        handle.write(f"R01,2,411702,5–10亿元,,{tail}")
    assert find_faults(seeds) == []


def test_two_departments_that_could_claim_one_file_are_refused(seeds: Path) -> None:
    with (seeds / "department_lists.csv").open("a", encoding="utf-8") as handle:
        handle.write("410825,农业农村局,县农业农村局,某人,2026-01-01,各报一份\n")
        handle.write("410825,农业,县农业产业园,某人,2026-01-01,各报一份\n")
    (fault,) = find_faults(seeds)
    assert (fault.file, fault.line) == ("department_lists.csv", 3)
    assert "line 2" in fault.message


def test_another_header_is_refused(seeds: Path) -> None:
    (seeds / "campaigns.csv").write_text("id,name\n", encoding="utf-8")
    assert [(fault.file, fault.line) for fault in find_faults(seeds)] == [("campaigns.csv", 1)]


def test_a_seed_saved_in_another_encoding_is_told_how_to_save(seeds: Path) -> None:
    path = seeds / "stall_rules.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    (fault,) = find_faults(seeds)
    assert (fault.file, fault.line) == ("stall_rules.csv", 1)
    assert "CSV UTF-8" in fault.message


_CAMPAIGN = "c1,百日攻坚,hundred days,2026-05-01,2026-08-08,"


def test_rows_that_end_otherwise_than_the_header_are_told_once(seeds: Path) -> None:
    path = seeds / "campaigns.csv"
    header = path.read_text(encoding="utf-8").splitlines()[0]
    other = _CAMPAIGN.replace("c1", "c2")
    path.write_bytes(f"{header}\n{_CAMPAIGN}\r\n{other}\r\n".encode())
    (fault,) = find_faults(seeds)
    assert (fault.file, fault.line) == ("campaigns.csv", 2)
    assert "另存" in fault.message
    for ending in ("\r\n", "\n"):
        path.write_bytes(ending.join([f"\ufeff{header}", _CAMPAIGN, other]).encode())
        assert find_faults(seeds) == []


def test_spaces_around_a_cell_are_refused_for_they_would_be_loaded(seeds: Path) -> None:
    path = seeds / "campaigns.csv"
    header = path.read_text(encoding="utf-8").splitlines()[0]
    path.write_text(f"{header}\n{_CAMPAIGN.replace('c1', 'c1 ')}\n", encoding="utf-8")
    (fault,) = find_faults(seeds)
    assert fault.line == 2
    assert fault.message.startswith("campaign_id 前后有空格")


def test_a_row_that_stands_twice_is_told_once_however_many_stages_it_names(seeds: Path) -> None:
    path = seeds / "stall_rules.csv"
    first = path.read_text(encoding="utf-8").splitlines()[1]
    assert len(first.split(",")[5].split()) > 1
    with path.open("a", encoding="utf-8") as handle:
        handle.write(f"{first}\n")
    (fault,) = find_faults(seeds)
    assert "as line 2" in fault.message


def test_shares_of_overlapping_periods_and_doubled_counties_are_refused(seeds: Path) -> None:
    with (seeds / "project_shares.csv").open("a", encoding="utf-8") as handle:
        handle.write("410221,甲,,410221,0.5,2026-01-01,2026-12-31,某人,2026-01-01,协议\n")
        handle.write("410221,甲,,410221,0.5,2026-01-01,2026-12-31,某人,2026-01-01,协议\n")
        handle.write("410221,甲,,410222,1,2026-12-31,2027-12-31,某人,2026-01-01,协议\n")
    messages = [str(fault) for fault in find_faults(seeds)]
    assert any("line 3" in message and "stands twice" in message for message in messages)
    assert any("line 4" in message and "overlaps line 2" in message for message in messages)


def as_excel_saves(path: Path) -> None:
    """With a byte order mark, CRLF, TRUE and 2000/1/1."""
    text = re.sub(r"(?<=,)(\d{4})-0?(\d+)-0?(\d+)(?=[,\n])", r"\1/\2/\3", path.read_text(encoding="utf-8"))
    text = text.replace(",true,", ",TRUE,").replace(",false,", ",FALSE,")
    path.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))


def test_seeds_as_excel_saves_them_are_right(seeds: Path) -> None:
    for name in ("stall_rules", "rate_bases", "score_weights", "escalation"):
        as_excel_saves(seeds / f"{name}.csv")
    assert b"2000/1/1" in (seeds / "stall_rules.csv").read_bytes()
    assert b",TRUE," in (seeds / "stall_rules.csv").read_bytes()
    assert find_faults(seeds) == []


def test_duckdb_reads_what_excel_saved_as_it_read_the_file_before(seeds: Path) -> None:
    path = seeds / "stall_rules.csv"
    columns = "enabled boolean, valid_from date, valid_to date"
    found = []
    for saved in (False, True):
        if saved:
            as_excel_saves(path)
        with duckdb.connect() as connection:  # as dbt loads a seed: copied into typed columns
            header = path.read_text(encoding="utf-8-sig").partition("\n")[0].strip().split(",")
            typed = {column.split()[0]: column for column in columns.split(", ")}
            connection.execute(
                f"create table seed ({', '.join(typed.get(name, f'{name} varchar') for name in header)})"
            )
            connection.execute(f"copy seed from '{path}' (format csv, header true, delimiter ',')")
            found.append(connection.execute("from seed").fetchall())
    assert found[0] == found[1]


def test_two_ways_of_writing_dates_are_told_once(seeds: Path) -> None:
    path = seeds / "score_weights.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2000-01-01", "2000/1/1", 1), encoding="utf-8")
    (fault,) = find_faults(seeds)
    assert (fault.file, fault.line) == ("score_weights.csv", 3)
    assert "与第2行的日期写法不同" in fault.message


def test_one_slip_down_a_column_is_not_told_a_hundred_times(seeds: Path) -> None:
    path = seeds / "stall_rules.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("2000-01-01", "2000年").replace("true", "是"), encoding="utf-8"
    )
    with pytest.raises(SeedsRefusedError) as refused:
        check_seeds(seeds)
    assert len(refused.value.faults) > 20
    assert str(refused.value).count("\n") == 21
    assert str(refused.value).endswith(f"还有 {len(refused.value.faults) - 20} 处 more mistakes")


@pytest.mark.parametrize("seed", ["stall_rules", "escalation", "score_weights", "size_tiers", "working_day_exceptions"])
def test_a_seed_that_was_emptied_is_refused_where_nothing_would_come_of_it(seeds: Path, seed: str) -> None:
    path = seeds / f"{seed}.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    (fault,) = (one for one in find_faults(seeds) if one.file == path.name)
    assert "一行都没有" in str(fault)


def test_a_seed_of_people_may_be_empty(seeds: Path) -> None:
    path = seeds / "exemptions.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert find_faults(seeds) == []


def test_a_copy_kept_beside_a_seed_is_told(seeds: Path) -> None:
    shutil.copy(seeds / "targets.csv", seeds / "targets - 副本.csv")
    (fault,) = find_faults(seeds)
    assert str(fault).startswith("targets - 副本.csv 第1行 line 1: 不是种子表")


@pytest.mark.parametrize("seed", sorted(path.stem for path in SEEDS.glob("*.csv")))
def test_no_seed_goes_unchecked(seeds: Path, seed: str) -> None:
    """Saved by Excel without UTF-8, with a column gone, or not at all: said of every seed, before dbt stumbles over it."""
    path = seeds / f"{seed}.csv"
    whole = path.read_text(encoding="utf-8")
    for content in (
        whole.encode("utf-16"),
        "\n".join(line.rpartition(",")[0] for line in whole.splitlines()).encode(),
        b"",
        f"{whole}只有一格\n".encode(),
    ):
        path.write_bytes(content)
        assert path.name in {fault.file for fault in find_faults(seeds)}
    path.unlink()
    assert path.name in {fault.file for fault in find_faults(seeds)}
