"""The wordings of `headers.csv`, keyed so that a header is found by its comparable form, its text as written, or nearly.

A wording may hold for one county, city or province only; the most particular one counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.headers.header_close import bare_form
from ingest.headers.header_script import simplified
from ingest.headers.header_text import head_key, plain_key
from ingest.values.cell_text import squeeze
from ingest.wording_file import WordingError
from ingest.wording_registry import HeaderWording, generic_leaves, header_wordings, neutral_groups

_PATTERN_MARKS = dict.fromkeys(map(ord, "{}<>|"))
# 责任部门/联系人 may mean another field than 责任部门联系人.
_LISTS = re.compile(r"[/、,;+]")
# 法人名, 姓名 and 签名 are those of people.
_SHORT_FOR_NAMES = ("园区名", "企业名", "公司名", "项目名", "乡镇名", "单位名", "部门名")


def _clash(wording: HeaderWording, known: HeaderWording) -> WordingError:
    return WordingError(
        "headers.csv",
        wording.line,
        f"「{wording.text}」在第{known.line}行已是 {known.field}，又写成 {wording.field}",
        f"{wording.text!r} is {known.field} on line {known.line} and {wording.field} here",
    )


@cache
def keyed_header_wordings() -> dict[tuple[str, str], dict[str, HeaderWording]]:
    """(kind, county) → comparable wording → wording of the file.

    Raises:
        WordingError: one wording would mean two fields.
    """
    found: dict[tuple[str, str], dict[str, HeaderWording]] = {}
    for wording in header_wordings():
        table = found.setdefault((wording.kind, wording.county_code), {})
        known = table.setdefault(plain_key(wording.text), wording)
        if known.field != wording.field and not _LISTS.search(wording.text):
            raise _clash(wording, known)
    return found


@cache
def literal_header_wordings() -> dict[tuple[str, str], dict[str, HeaderWording]]:
    """(kind, county) → wording as written, of those that are more than their comparable form: 责任部门/联系人."""
    found: dict[tuple[str, str], dict[str, HeaderWording]] = {}
    for wording in header_wordings():
        if plain_key(wording.text) != wording.text:
            table = found.setdefault((wording.kind, wording.county_code), {})
            known = table.setdefault(wording.text, wording)
            if known.field != wording.field:
                raise _clash(wording, known)
    return found


def other_spellings(key: str) -> tuple[str, ...]:
    """受理日 is 受理日期 is 受理时间; 责任人姓名 is 责任人, 包保单位名称 is 包保单位, 建设状况 is 建设情况, 园区名 is 园区名称, and 行业门类中文
    (beside its code) 行业门类.
    """
    if key.endswith("日期"):
        return (key.removesuffix("日期") + "时间",)
    if key.endswith(("状况", "情形")) and len(key) > len("状况"):
        return (key[: -len("状况")] + "情况",)
    if key.endswith("日"):
        return (key + "期", key.removesuffix("日") + "时间")
    if key.endswith(("单位名称", "部门名称")) and len(key) > len("单位名称"):
        return (key.removesuffix("名称"),)
    if key.endswith("名字"):
        return (key.removesuffix("名字") + "名称",)
    if key.endswith("中文"):
        return (key.removesuffix("中文"),)
    if key.endswith("全名"):
        return (key.removesuffix("名") + "称",)
    if key.endswith(_SHORT_FOR_NAMES):
        return (key + "称",)
    return (key.removesuffix("姓名"),) if key.endswith("姓名") and len(key) > len("姓名") else ()


def as_written(raw: str) -> str:
    """A header cell as a pattern of `headers.csv` can hold it: normal form, without the marks of patterns."""
    return simplified(squeeze(raw)).translate(_PATTERN_MARKS)


def _tables(kind: str, county_code: str | None) -> Iterator[dict[str, HeaderWording]]:
    """The wordings that hold here, the most particular first: county, city, province, everywhere."""
    for size in (6, 4, 2):
        if county_code and len(county_code) >= size:
            yield keyed_header_wordings().get((kind, county_code[:size]), {})
    yield keyed_header_wordings().get((kind, ""), {})


def look_up(key: str, kind: str, county_code: str | None) -> HeaderWording | None:
    """The wording that a comparable key is here, the most particular first."""
    for table in _tables(kind, county_code):
        if key in table:
            return table[key]
    return None


def look_up_as_written(raw: str, kind: str, county_code: str | None) -> HeaderWording | None:
    """The wording that a header cell is as it is written, separators, brackets and all."""
    written, county = as_written(raw), county_code or ""
    for table in literal_header_wordings(), keyed_header_wordings():
        for code in (county[:6], county[:4], county[:2], ""):
            found = table.get((kind, code), {}).get(written)
            if found is not None and found.text == written:
                return found
    return None


@cache
def neutral_keys() -> frozenset[str]:
    """Group headers that add nothing to the meaning of their leaves (项目基本情况)."""
    return frozenset(head_key(text) for text in neutral_groups())


@cache
def generic_keys() -> frozenset[str]:
    """Leaves that mean nothing without their group."""
    return frozenset(head_key(text) for text in generic_leaves())


def wordings_of_bare_form(bare: str, kind: str) -> dict[str, str]:
    """Comparable wordings that come to a bare form → field, for close matching."""
    table = keyed_header_wordings().get((kind, ""), {})
    keys = _dressed_wordings(kind).get(bare, ())
    if bare in table and bare_form(bare) == bare:
        keys = (bare, *keys)
    return {key: table[key].field for key in keys}


@cache
def _dressed_wordings(kind: str) -> dict[str, tuple[str, ...]]:
    """Bare form → comparable wordings that are not bare themselves. Most are, and the table of all would take a worker a third
    of the memory that its wordings take.
    """
    found: dict[str, tuple[str, ...]] = {}
    for key in keyed_header_wordings().get((kind, ""), {}):
        bare = bare_form(key)
        if bare != key:
            found[bare] = (*found.get(bare, ()), key)
    return found
