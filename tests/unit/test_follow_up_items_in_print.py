"""What the lists and letters say of an item whose light data no longer tell."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import openpyxl
from follow_up_publication import change, publish_follow_ups

from reports.follow_up_data import open_items
from reports.follow_up_workbooks import county_workbook

UNKNOWN = (
    "delete from stalled_projects where project_id = 'P1'",
    "update fct_project_lights set light = 'unknown', reason = '台账没有注册时间 the ledger states no registration'"
    " where project_id = 'P1'",
)


def test_an_open_item_that_data_no_longer_tell_says_what_is_missing_and_what_to_do(tmp_path: Path) -> None:
    home = publish_follow_ups(tmp_path)
    change(home, UNKNOWN)
    book = openpyxl.load_workbook(io.BytesIO(county_workbook(open_items(home), dt.date(2026, 4, 3))))
    headers, *rows = list(book["任务清单"].iter_rows(min_row=3, values_only=True))
    told = {row[1]: dict(zip(headers, row, strict=True)) for row in rows}
    item = told["澜泊餐盒项目"]
    assert item["停滞情形"] == "签约后未开工"
    assert item["判定依据"] == "原为红灯，现缺数据判不了：台账没有注册时间"
    assert item["处置要求"].startswith("在台账中补报所缺数据")
    assert told["丰糯速冻项目"]["判定依据"] == "签约 2025-03-10 至今未开工"
    asked = {row[2]: row[3] for row in book["交办单"].iter_rows(min_row=4, values_only=True)}
    assert asked["澜泊餐盒项目"].startswith("签约后未开工：在台账中补报所缺数据")


def test_a_reply_without_a_day_of_its_own_says_whose_day_it_bears(tmp_path: Path) -> None:
    home = publish_follow_ups(tmp_path)
    change(
        home,
        [
            "insert into follow_up_replies (follow_up_id, event_id, happened_on, happened_on_basis, status_label) values"
            f" ('F0000000000000001', 'e{place}', date '2026-04-0{place}', '{basis}', '办理中')"
            for place, basis in ((3, "issued"), (7, "stated"))
        ],
    )
    (item,) = [one for one in open_items(home) if one["project_id"] == "P1"]
    assert item["history"].splitlines()[1:] == ["2026-04-03（派发日） 回复：办理中", "2026-04-07 回复：办理中"]
