"""Zip archives of ledgers."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from made_workbooks import cell, package, sheet_xml

from ingest.formats.archive import ArchiveMember, is_archive, open_archive
from ingest.formats.sheet import Refusal, Workbook
from ingest.formats.workbook import open_workbook
from ingest.limits import MIB, Limits

LEDGER = package(sheet_xml(f'<row r="1">{cell("A1", "项目名称")}</row>'))


def zipped(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def gbk_named(name: str, content: bytes) -> bytes:
    """A zip as Windows' own packer writes it in China: the name in GBK and no flag that says so."""
    encoded = name.encode("gb18030")
    data = zipped({"x" * len(encoded): content})
    return data.replace(b"x" * len(encoded), encoded)


def members(data: bytes, limits: Limits | None = None) -> list[ArchiveMember]:
    opened = open_archive(data, limits or Limits())
    assert not isinstance(opened, Refusal), opened
    return list(opened)


def test_members_come_as_bytes_in_order():
    found = members(zipped({"濮阳县/六月.xlsx": LEDGER, "备注.txt": "说明".encode()}))
    assert [member.name for member in found] == ["濮阳县/六月.xlsx", "备注.txt"]
    assert isinstance(found[0].content, bytes)
    assert isinstance(open_workbook(found[0].content), Workbook)


def test_gbk_names():
    (member,) = members(gbk_named("示例县台账.xlsx", LEDGER))
    assert member == ArchiveMember("示例县台账.xlsx", LEDGER)


@pytest.mark.parametrize(
    "name", ["../../etc/台账.xlsx", "/etc/台账.xlsx", "C:\\temp\\..\\台账.xlsx", "a/\x01../台账.xlsx"]
)
def test_names_that_lead_out_are_mere_names(name: str):
    (member,) = members(zipped({name: LEDGER}))
    assert ".." not in member.name.split("/")
    assert not member.name.startswith("/")
    assert member.name.isprintable()
    assert member.name.endswith("台账.xlsx")


def test_office_files_are_no_archives_and_archives_are_no_tables():
    assert not is_archive(LEDGER)
    assert not is_archive(b"PK\x03\x04 cut off")
    data = zipped({"a.xlsx": LEDGER})
    assert is_archive(data)
    refusal = open_workbook(data)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "not_a_table"


def test_an_archive_in_the_archive_is_opened_once():
    inner = zipped({"乙.xlsx": LEDGER, "deep.zip": zipped({"丙.xlsx": LEDGER})})
    found = members(zipped({"甲.xlsx": LEDGER, "inner.zip": inner}))
    assert [member.name for member in found] == ["甲.xlsx", "inner.zip/乙.xlsx", "inner.zip/deep.zip"]


def test_folders_and_litter_are_passed_over():
    data = zipped(
        {"a/": b"", "__MACOSX/a.xlsx": b"x", "a/.DS_Store": b"x", "a/~$台账.xlsx": b"x", "a/台账.xlsx": LEDGER}
    )
    assert [member.name for member in members(data)] == ["a/台账.xlsx"]


def test_a_bomb_among_the_members_stops_no_other():
    data = zipped({"bomb.csv": bytes(3 * MIB), "a.xlsx": LEDGER})
    found = members(data, Limits(file_bytes=MIB))
    assert isinstance(found[0].content, Refusal)
    assert found[0].content.code == "too_large"
    assert found[1].content == LEDGER


def test_limits_on_count_and_total():
    many = members(zipped({f"{n}.csv": b"a,b" for n in range(9)}), Limits(archive_files=5))
    assert len(many) == 6
    assert isinstance(many[-1].content, Refusal)
    total = members(zipped({f"{n}.csv": bytes(MIB) for n in range(9)}), Limits(archive_bytes=3 * MIB))
    assert len(total) == 4
    assert isinstance(total[-1].content, Refusal)


def test_a_member_with_a_password_or_flipped_bits_is_refused_alone():
    data = bytearray(zipped({"a.csv": b"name,amount\n" * 50, "b.csv": b"a,b"}))
    for at in (6, data.find(b"PK\x01\x02") + 8):
        struct.pack_into("<H", data, at, struct.unpack_from("<H", data, at)[0] | 1)
    first, second = members(bytes(data))
    assert isinstance(first.content, Refusal)
    assert first.content.code == "encrypted"
    assert second.content == b"a,b"


def test_broken_and_empty_archives():
    broken, nothing = open_archive(b"PK\x03\x04 cut off"), open_archive(zipped({}))
    assert isinstance(broken, Refusal)
    assert isinstance(nothing, Refusal)
    assert (broken.code, nothing.code) == ("truncated", "empty")
