"""Projects whose lights are known: one a threshold, on both sides of it. `as_of` is 2026-07-05, ledgers January to June."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MILLION = 1_000_000


@dataclass(frozen=True)
class Case:
    """A project, what its ledgers say month by month (over what they always say), and what lights must come out."""

    name: str
    expected: Mapping[str, str]
    always: Mapping[str, Any]
    monthly: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    listed_from: int = 0

    def in_month(self, index: int) -> dict[str, Any]:
        row = {
            "project_name": self.name,
            "investor_name": "某公司",
            "total_investment_cny": 100 * MILLION,
            **self.always,
        }
        row.update({column: values[index] for column, values in self.monthly.items()})
        return {column: value for column, value in row.items() if value is not None}


def signed(**more: Any) -> dict[str, Any]:
    return {"stage": "signed", "signed_on": "2026-06-20", "registered_on": "2026-06-25", **more}


def started(**more: Any) -> dict[str, Any]:
    return {"stage": "started", "signed_on": "2025-01-10", "started_on": "2025-06-01", **more}


def funds(*millions: float | None) -> dict[str, Sequence[Any]]:
    return {"funds_arrived_cumulative_cny": [None if m is None else m * MILLION for m in millions]}


FLAT, RISING = funds(20, 20, 20, 20, 20, 20), funds(20, 20, 20, 20, 20, 21)

CASES = (
    Case("签约89天", {"R01": "green"}, signed(signed_on="2026-04-07")),
    Case("签约90天", {"R01": "yellow", "R05": "-", "R06": "-"}, signed(signed_on="2026-04-06")),
    Case("履约364天", {"R01": "yellow"}, signed(stage="performed", signed_on="2025-07-06")),
    Case("履约365天", {"R01": "red"}, signed(stage="performed", signed_on="2025-07-05")),
    Case("无签约日期", {"R01": "unknown", "R11": "unknown"}, signed(signed_on=None)),
    Case("签约在将来", {"R01": "unknown"}, signed(signed_on="2026-08-01")),
    Case("签约而填已开工", {"R01": "-", "R02": "-", "R03": "-"},
         signed(signed_on="2025-06-20", planned_start_on="2025-09-01", started_on="2026-05-01")),
    Case("所填开工在明日", {"R01": "red", "R02": "red", "R03": "red"},
         signed(signed_on="2025-06-20", planned_start_on="2025-09-01", started_on="2026-07-06")),
    Case("计划开工差一天满月", {"R02": "green", "R03": "green"}, signed(planned_start_on="2026-06-06")),
    Case("计划开工满一月", {"R02": "yellow", "R03": "green"}, signed(planned_start_on="2026-06-05")),
    Case("计划开工满三月", {"R02": "red", "R03": "green"}, signed(planned_start_on="2026-04-05")),
    Case("计划开工179天", {"R02": "red", "R03": "green"}, signed(planned_start_on="2026-01-07")),
    Case("计划开工180天", {"R02": "red", "R03": "red"}, signed(planned_start_on="2026-01-06")),
    Case("计划开工未到", {"R02": "green", "R03": "green"}, signed(planned_start_on="2026-09-01")),
    # Known to the year only, a date has passed when the year has.
    Case("计划今年内开工", {"R02": "green", "R03": "green"},
         signed(planned_start_on="2026-01-01", planned_start_on_precision="year")),
    Case("计划去年内开工", {"R02": "red", "R03": "red"},
         signed(planned_start_on="2025-01-01", planned_start_on_precision="year")),
    Case("计划六月开工", {"R02": "yellow"}, signed(planned_start_on="2026-06-01", planned_start_on_precision="month")),
    Case("承诺今年内投产", {"R12": "green"},
         started(planned_production_on="2026-01-01", planned_production_on_precision="year")),
    Case("去年内签约", {"R01": "yellow", "R11": "yellow"}, signed(signed_on="2025-01-01", signed_on_precision="year", registered_on=None)),
    Case("今年内签约", {"R01": "unknown"}, signed(signed_on="2026-01-01", signed_on_precision="year")),
    Case("无计划开工", {"R02": "unknown", "R03": "unknown", "R12": "unknown"}, signed()),
    Case("按年计划", {"R04": "green"}, started(investment_plan_year_cny=100 * MILLION, investment_done_ytd_cny=42 * MILLION)),
    Case("落后十点", {"R04": "yellow"}, started(investment_plan_year_cny=100 * MILLION, investment_done_ytd_cny=40 * MILLION)),
    Case("落后三十点", {"R04": "red"}, started(investment_plan_year_cny=100 * MILLION, investment_done_ytd_cny=20 * MILLION)),
    Case("无年计划", {"R04": "unknown"}, started()),
    Case(
        "按工期",
        {"R04": "red"},
        started(started_on="2025-07-05", planned_completion_on="2027-07-05", progress_rate=0.19),
    ),
    Case("按年竣工", {"R04": "yellow"},
         started(started_on="2025-07-05", planned_completion_on="2027-01-01", planned_completion_on_precision="year", progress_rate=0.2)),
    Case("比计划恰落后三成", {"R04": "yellow"},
        started(started_on="2025-07-05", planned_completion_on="2027-07-05", progress_rate=0.2)),
    Case("三月无资金", {"R05": "red", "R06": "green"}, started(), FLAT),
    Case("末月到位", {"R05": "green"}, started(), RISING),
    # Listed since the window began, a project has had no money in it; listed later, nobody knows of the month before.
    Case("四月列入", {"R05": "red"}, started(), FLAT, listed_from=3),
    Case("五月列入", {"R05": "unknown"}, started(), FLAT, listed_from=4),
    Case("五月列入后到位", {"R05": "green"}, started(), RISING, listed_from=4),
    Case("三月为负", {"R05": "red"}, started(), funds(20, 20, 20, 25, 25, 19)),
    Case("三月先负后正", {"R05": "green"}, started(), funds(20, 20, 20, 15, 15, 21)),
    Case("窗内开工", {"R05": "green"}, started(started_on="2026-04-01"), FLAT),
    Case("窗前一日开工", {"R05": "red"}, started(started_on="2026-03-31"), FLAT),
    Case("无资金数据", {"R05": "unknown", "R06": "unknown", "R13": "unknown"}, started()),
    Case("三月未填累计", {"R05": "red"}, started(), funds(20, 20, 20, None, None, None)),
    Case("月报转开工", {"R05": "red"}, {"signed_on": "2025-01-10"},
         {"stage": ["signed", "started", "started", "started", "started", "started"], **FLAT}),
    Case("窗内转开工", {"R05": "green", "R06": "green"}, {"signed_on": "2025-01-10"},
         {"stage": ["signed", "signed", "signed", "started", "started", "started"], **funds(1, 1, 1, 1, 1, 1)}),
    Case("到位率一成五", {"R06": "green"}, started(), funds(1, 2, 3, 4, 5, 15)),
    Case("到位率差一元", {"R06": "red"}, started(), funds(1, 2, 3, 4, 5, 14.999999)),
    Case("到位率不足", {"R06": "red"}, started(), funds(1, 2, 3, 4, 5, 14.99)),
    Case("开工180天", {"R06": "green"}, started(started_on="2026-01-06"), funds(1, 2, 3, 4, 5, 6)),
    Case("开工181天", {"R06": "red"}, started(started_on="2026-01-05"), funds(1, 2, 3, 4, 5, 6)),
    Case("无总投资", {"R06": "unknown"}, started(total_investment_cny=None), funds(1, 2, 3, 4, 5, 6)),
    Case("刚开工无总投资", {"R06": "unknown"}, started(started_on="2026-04-06", total_investment_cny=None),
         funds(1, 2, 3, 4, 5, 6)),
    Case("无开工日期", {"R06": "unknown", "R07": "unknown"}, started(started_on=None, statistics_entered_on=None),
         {"stage": [None, None, None, None, None, "started"], **funds(1, 2, 3, 4, 5, 6)}),
    Case("刚开工未入统", {"R07": "green"}, started(started_on="2026-06-06")),
    Case("一月未入统", {"R07": "yellow"}, started(started_on="2026-06-05")),
    Case("两月未入统", {"R07": "yellow"}, started(started_on="2026-05-05")),
    Case("两月一日未入统", {"R07": "red"}, started(started_on="2026-05-04")),
    Case("已入统", {"R07": "green"}, started(statistics_entered_on="2026-01-10")),
    Case("洽谈有进展", {"R08": "green", "R09": "green", "R01": "-"}, {"stage": "talks"},
         {"progress_note": ["1", "2", "3", "4", "5", "6"]}),
    Case("洽谈两月无进展", {"R08": "yellow", "R09": "yellow"}, {"stage": "talks"},
         {"progress_note": ["1", "2", "3", "4", "4", "4"]}),
    Case("线索三月无进展", {"R08": "red", "R09": "yellow"}, {"stage": "lead"},
         {"progress_note": ["1", "2", "3", "3", "3", "3"]}),
    # A blank note, one that says there is no news, and the old note written again are no progress.
    Case("洽谈进展栏留空", {"R08": "red"}, {"stage": "talks"}, {"progress_note": ["1", "2", "3", None, None, "3"]}),
    Case("洽谈暂无进展", {"R08": "red"}, {"stage": "talks"}, {"progress_note": ["1", "2", "3", "暂无进展。", "同上月", "无变化"]}),
    Case("洽谈暂无进展后又有", {"R08": "green"}, {"stage": "talks"}, {"progress_note": ["1", "2", "3", "暂无进展", "暂无进展", "4"]}),
    Case("洽谈只改备注", {"R08": "red", "R09": "green"}, {"stage": "talks", "progress_note": "一"},
         {"remark": ["1", "2", "3", "4", "5", "6"]}),
    Case("签约二十天未更新", {"R09": "yellow"}, signed(signed_on="2026-01-05"),
         {"remark": ["1", "2", "3", "4", "5", "5"]}),
    Case("未注册三十天", {"R11": "yellow"}, signed(signed_on="2026-06-05", registered_on=None)),
    Case("未注册二十九天", {"R11": "green"}, signed(signed_on="2026-06-06", registered_on=None)),
    Case("已注册已到资", {"R11": "green"}, signed(signed_on="2026-01-06"), funds(0, 0, 1, 1, 1, 1)),
    Case("已注册无资金数据", {"R11": "unknown"}, signed(signed_on="2026-01-06")),
    Case("已注册本年无到位", {"R11": "yellow", "R06": "-"}, signed(signed_on="2026-01-06"), {"funds_arrived_ytd_cny": [0, 0, 0, 0, 0, 0]}),
    Case("上年签约本年无到位", {"R11": "unknown"}, signed(signed_on="2025-11-06"), {"funds_arrived_ytd_cny": [0, 0, 0, 0, 0, 0]}),
    Case("签约当年本月无到位", {"R11": "green"}, signed(signed_on="2026-01-06"), {"funds_arrived_ytd_cny": [0, 0, 0, MILLION, MILLION, MILLION]}),
    Case(
        "首次列入只有本年累计", {"R11": "green"}, signed(signed_on="2025-12-06"),
        {"funds_arrived_ytd_cny": [MILLION] * 6, "funds_arrived_month_cny": [0] * 6}, listed_from=5,
    ),
    Case("已注册零资金", {"R11": "yellow"}, signed(signed_on="2026-01-06"), funds(0, 0, 0, 0, 0, 0)),
    Case("投产当日", {"R12": "green"}, started(planned_production_on="2026-07-05")),
    Case("投产逾一日", {"R12": "yellow"}, started(planned_production_on="2026-07-04")),
    Case("投产逾九十日", {"R12": "yellow"}, started(planned_production_on="2026-04-06")),
    Case("投产逾九十一日", {"R12": "red"}, started(planned_production_on="2026-04-05")),
    Case("资金快于进度", {"R13": "yellow"}, started(progress_rate=0.1), funds(41, 41, 41, 41, 41, 41)),
    Case("资金与进度相称", {"R13": "green"}, started(progress_rate=0.12), funds(41, 41, 41, 41, 41, 42)),
    Case("已投产", {f"R{n:02}": "-" for n in range(1, 13)}, {"stage": "in_production", "planned_production_on": "2020-01-01"}),
    Case("已终止", {f"R{n:02}": "-" for n in range(1, 14)}, {"stage": "terminated", "signed_on": "2020-01-01"}),
)  # fmt: skip


def rows_of_month(index: int) -> list[dict[str, Any]]:
    """What the county's ledger of one month lists."""
    return [case.in_month(index) for case in CASES if index >= case.listed_from]
