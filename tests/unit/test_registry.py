"""Configuration is read strictly: a mistake is refused with file, line and key before anything runs."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from ingest.fields import WORDING
from ingest.registry import FolderOrigin, read_registry
from ingest.strict_yaml import ConfigurationError

COUNTY = 'code: "410928"\nname: 濮阳县\n'


def registry_of(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        kind, _, stem = name.partition("_")
        path = folder / {"county": "counties", "feed": "feeds"}[kind] / f"{stem}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def test_the_shipped_sources_load_and_their_codes_and_names_are_official() -> None:
    with (WORDING / "regions.csv").open(encoding="utf-8") as handle:
        official = {row["code"]: row["name"] for row in csv.DictReader(handle) if not row["valid_to"]}
    counties = read_registry().counties
    assert {"410928", "410922", "411103", "611023", "411722", "411723"} <= set(counties)
    assert {code: county.name for code, county in counties.items()} == {code: official[code] for code in counties}


def test_a_county_without_a_file_has_the_defaults(tmp_path: Path) -> None:
    county = read_registry(tmp_path).county("530102")
    assert county.origin == FolderOrigin()
    assert county.ledger_source().county_code == "530102"
    assert county.ledger_source().default_unit is None


def test_what_the_file_says_reaches_the_reader(tmp_path: Path) -> None:
    content = COUNTY + (
        "ledger:\n"
        "  default_unit: 万元\n"
        "  skipped_sheets: [字典, 填报说明]\n"
        "  report_date:\n"
        "    file_name_pattern: '(?P<year>20\\d\\d)(?P<month>\\d\\d)'\n"
    )
    source = read_registry(registry_of(tmp_path, county_410928=content)).county("410928").ledger_source()
    assert (source.default_unit, source.skipped_sheets) == ("万元", ("字典", "填报说明"))
    assert source.report_date is not None
    assert source.report_date.file_name_pattern == r"(?P<year>20\d\d)(?P<month>\d\d)"


def test_scalars_are_text_until_a_field_says_otherwise(tmp_path: Path) -> None:
    content = "code: 410928\nname: no\nledger:\n  report_date:\n    fixed: 2026-06-30\n"
    county = read_registry(registry_of(tmp_path, county_410928=content)).county("410928")
    assert (county.code, county.name) == ("410928", "no")
    assert county.ledger.report_date is not None
    assert county.ledger.report_date.fixed == dt.date(2026, 6, 30)


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (COUNTY + "colour: red\n", 3, "未知的键「colour」"),
        (
            COUNTY + "ledger:\n  default_unit: 万元\n  defualt_unit: 元\n",
            5,
            "未知的键「defualt_unit」，是不是 default_unit",
        ),
        (COUNTY + "default_unit: 万元\n", 3, "未知的键「default_unit」 ("),
        ("name: 濮阳县\n", 1, "缺少「code」"),
        ('code: "41092"\n', 1, "值「41092」不对"),
        (COUNTY + "ledger:\n\tdefault_unit: 万元\n", 4, "不是有效的 YAML：缩进请用空格"),
        (COUNTY + 'ledger:\n  report_date:\n    file_name_pattern: "(?P<year>\\d{4})"\n', 5, "有反斜杠的值请用单引号"),
        (COUNTY + "ledger:\n  report_date：\n", 3, "冒号用半角"),
        ("code: '410928'\nname：濮阳县\n", 2, "冒号是全角的（：），请用半角冒号加一个空格"),
        ("# 说明：濮阳县\ncode：'410928'\nname：濮阳县\n", 2, "冒号是全角的"),
        (COUNTY + "ledger：\n  default_unit: 万元\n", 3, "冒号是全角的"),
        (COUNTY + "ledger: {default_unit：万元}\n", 3, "冒号是全角的"),
        ("code:'410928'\nname:濮阳县\n", 1, "冒号后面请空一格"),
        (COUNTY + "ledger:\n\u3000default_unit: 万元\n", 4, "请用半角空格缩进"),
        (COUNTY + "ledger:\n  skipped_sheets: [字典，填报说明]\n", 4, "请用半角逗号分隔"),
        (COUNTY + "ledger:\n  skipped_sheets:\n  - 字典\n  -说明\n", 6, "「-」后面请空一格"),
        (COUNTY + "origin:\n  patterns: *.xlsx\n", 4, "请加单引号"),
        ("code: “410928”\n", 1, "引号是全角的"),
        ('code: "410928\nname: 濮阳县\n', 1, "引号没有成对"),
        ("# 空\n", 1, "文件是空的"),
        (COUNTY + "ledger:\n  skipped_sheets: 字典\n", 4, "值「字典」不对：应为列表"),
        (COUNTY + "ledger:\n  report_date: 2026-01-31\n", 4, "应为下一级的「键: 值」"),
        (COUNTY + "ledger:\n  default_unit: 块钱儿\n", 4, "值「块钱儿」不对：不是已知的金额单位（如 万元） ("),
        (COUNTY + "origin:\n  kind: ftp\n", 3, "值不对：'kind' 只能是 'folder'"),
        (COUNTY + "name: 濮阳\n", 3, "键重复"),
        (COUNTY + "ledger:\n  default_unit: 万块钱\n", 4, "不是已知的金额单位"),
        (COUNTY + "ledger:\n  report_date:\n    file_name_pattern: '('\n", 5, "「(」不对：不是有效的正则"),
        (
            COUNTY + "ledger:\n  report_date:\n    file_name_pattern: '\\d{6}'\n",
            5,
            "缺少命名组 year、month",
        ),
        (COUNTY + "ledger:\n  report_date:\n    fixed: 2026-02-30\n", 5, "2026-02-30"),
        (COUNTY + "origin:\n  kind: sftp\n  path: /out\n", 3, "缺少「connection」"),
        (COUNTY + "origin:\n  kind: ftp\n", 3, "ftp"),
        (COUNTY + "ledger: &x\n  skipped_sheets: [*x]\n", 3, "YAML 别名"),
        (COUNTY + "ledger: [unclosed\n", 4, "不是有效的 YAML"),
        ("- a\n- b\n", 1, "应为「键: 值」"),
        ('code: "410922"\n', 1, "文件名应为 410922.yml"),
    ],
)
def test_a_mistake_is_refused_with_file_line_and_key(tmp_path: Path, content: str, line: int, said: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_registry(registry_of(tmp_path, county_410928=content))
    message = str(caught.value)
    assert "410928.yml" in message
    assert said in message
    if "文件名应为" not in said:
        assert f"第{line}行" in message


def test_full_width_signs_inside_names_and_comments_are_no_mistakes(tmp_path: Path) -> None:
    content = COUNTY + '# 注：见台账\nledger:\n  skipped_sheets: ["字典，说明", 附表：目录]\n'
    county = read_registry(registry_of(tmp_path, county_410928=content)).county("410928")
    assert county.ledger.skipped_sheets == ("字典，说明", "附表：目录")


def test_every_mistake_of_a_file_is_named(tmp_path: Path) -> None:
    content = COUNTY + "colour: red\nledger:\n  default_unit: 万块钱\n"
    with pytest.raises(ConfigurationError) as caught:
        read_registry(registry_of(tmp_path, county_410928=content))
    colour, unit = sorted(str(caught.value).splitlines())
    assert "第3行 colour" in colour
    assert "第5行" in unit


def test_a_code_stands_in_one_file_only(tmp_path: Path) -> None:
    registry_of(tmp_path, county_410928=COUNTY)
    (tmp_path / "counties" / "410928.yaml").write_text(COUNTY, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="410928 已在"):
        read_registry(tmp_path)


@pytest.mark.parametrize("name", ["濮阳县", "41092", "4109288", "41092a", "010101", ""])
def test_a_folder_name_that_is_no_code_is_said_plainly(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigurationError, match="六位行政区划代码"):
        read_registry(tmp_path).county(name)


def test_a_folder_of_sources_that_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUODI_SOURCES", str(tmp_path / "nowhere"))
    with pytest.raises(ConfigurationError, match="LUODI_SOURCES 指的文件夹不存在"):
        read_registry()


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    registry_of(tmp_path, county_410928=COUNTY)
    assert read_registry(tmp_path).counties["410928"].name == "濮阳县"
    registry_of(tmp_path, county_410928=COUNTY.replace("濮阳县", "濮阳县甲"))
    assert read_registry(tmp_path).counties["410928"].name == "濮阳县甲"


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        ("kind: rss\n  url: ftp://example.org/feed", "url"),
        ("kind: rss\n  url: https://example.org/feed\n  link_selector: a", "link_selector"),
        ("kind: list_page\n  url: https://example.org/", "link_selector"),
        ("kind: sitemap\n  url: https://example.org/s.xml\n  include: '('", "不是有效的正则"),
        ("kind: http\n  patterns: ['*.xls']", "addresses"),
    ],
)
def test_a_feed_that_cannot_work_is_refused(tmp_path: Path, origin: str, said: str) -> None:
    content = f"id: dahe\nname: 大河\norigin:\n  {origin}\n"
    with pytest.raises(ConfigurationError, match=said):
        read_registry(registry_of(tmp_path, feed_dahe=content))
