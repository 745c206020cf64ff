"""A filled workbook saved again by LibreOffice, as xlsx, xls and ods, says the same."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from test_follow_up_reader import fill, filled

from ingest.follow_up.follow_up_reader import read_follow_up

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same filled workbook by format; every format is made by one LibreOffice."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("no LibreOffice on this machine (apt install libreoffice-calc)")
    folder = tmp_path_factory.mktemp("resaved")

    def change(page: Any, columns: dict[str, int]) -> None:
        fill(page, columns, 4, 办理状态="已办结", 佐证材料="施工许可证", 回复日期=dt.date(2026, 7, 9))
        fill(page, columns, 6, 办理状态="办理中", 滞后原因="=资金\n未到", 新的办结时限=dt.date(2026, 12, 31))
        page.cell(6, columns["滞后原因"]).data_type = "s"
        fill(page, columns, 7, 责任人="赵**", 新的办结时限="2026年12月")
        for name, row, cells in (
            ("责任清单", 4, {"责任人": "钱**", "整改措施": "挂图作战"}),
            ("交办单", 5, {"签收人": "孙**", "签收日期": dt.date(2026, 7, 7)}),
            ("交办单", 6, {"办理状态": "无法办理", "滞后原因": "投资方撤资"}),
        ):
            other = page.parent[name]
            fill(other, {str(cell.value): cell.column for cell in other[3]}, row, **cells)

    original = folder / "发下去的.xlsx"
    original.write_bytes(filled(change))
    made = {"issued": original}
    for format_name in ("xlsx", "xls", "ods"):
        out = folder / format_name
        subprocess.run(
            [
                soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
                "--convert-to", format_name, "--outdir", str(out), str(original),
            ],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        made[format_name] = out / f"发下去的.{format_name}"
    return made


def test_every_format_says_what_was_typed(resaved: dict[str, Path]) -> None:
    readings = {name: read_follow_up(path.read_bytes(), path.name) for name, path in resaved.items()}
    issued = readings["issued"]
    events = ["closed", "extended", "extended", "answered", "received", "impossible"]
    assert [reply.event for reply in issued.replies] == events
    assert issued.replies[1].cause == "=资金\n未到"
    assert issued.rejected == []
    for name, reading in readings.items():
        assert reading.refusal is None, name
        assert [reply.event_id for reply in reading.replies] == [reply.event_id for reply in issued.replies], name
        assert reading.rejected == [], name
        assert reading.issued_on == issued.issued_on == dt.date(2026, 7, 6), name
