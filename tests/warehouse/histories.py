"""Invented county histories. Each county code stands for one; what must come out of it stands in the tests."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from lake_builder import LakeBuilder, Row, day
from random_counties import land_random_counties

AS_OF = "2026-07-05"
MONTH_ENDS = ("2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30")
MILLION = 1_000_000

# One county a history.
CUMULATIVE = "410922"  # openings, arrivals, a restatement downwards, a project entered late, one missing a month
MONTH_IN_FIRST = "410923"  # the first ledger states the month's own figure beside the cumulative
YTD_ONLY = "410926"  # year-to-date only, over a turn of the year
MONTH_AND_YTD = "410927"  # month and year-to-date, no cumulative; one month skipped
ALTERNATING = "410928"  # cumulative one month, year-to-date the next
RESENT = "411102"  # re-sent and corrected ledgers, a withdrawn row, a check that failed
RENAMED = "411103"  # renames, codes that come later, decisions
WEEKLY = "411104"  # weekly ledgers
TWICE = "411121"  # one project on two sheets, a code shared by two names
CLAIMED_FIRST = "411122"
CLAIMED_LATER = "411702"
CLAIMED_TIE = "411721"
STAGES = "411722"  # milestones, regressions
LIGHTS = "411723"
SILENT = "411724"  # stopped reporting
COPYING = "411725"  # sends the same ledger again
SHARED_FIRST, SHARED_PARTNER = "410221", "410222"  # a project shared half and half from April on
GROWING = "410223"  # two years of ledgers, March 2025 missing
AGREEMENTS = "410225"  # a framework agreement that became a contract, a capital increase
SIGNED_ANEW = (
    "410423"  # agreements whose ledgers went over to the day of the contract or increase; planned days come and gone
)
COPIED_FILE = "411726"  # sends the very same file again, under the name of another month or as a copy
PROGRESS = "410326"  # outreach, talks, dollars, the five ones
PHASES = "410327"  # a project split into phases, a merger, a part of another project
BLANKS = "410328"  # cells of the stage column left blank
TAKEN_BACK = "410324"  # starts, performances and terminations taken back, and reached again
SEEN_LATE = "410329"  # a project under way when it is first listed, without a signing date
OUT_OF_ORDER = "410422"  # January's ledger was filed after February's
ABOLISHED, SUCCESSOR = "410381", "410307"  # 偃师市 → 偃师区, 2021


def project(name: str, **fields: Any) -> Row:
    """A signed project with the usual facts, unless told otherwise."""
    row: Row = {
        "project_name": name,
        "signed_on": "2025-03-10",
        "total_investment_cny": 100 * MILLION,
        "stage": "started",
        "started_on": "2025-06-01",
    }
    row.update(fields)
    return {key: value for key, value in row.items() if value is not None}


def _land(lake: LakeBuilder, county: str, date: str | None, rows: Sequence[Row], **options: Any) -> str:
    """Land a ledger; projects without a named investor get one of their own county's."""
    named = [{"investor_name": f"{county}{row['project_name'].strip()[:2]}投资有限公司", **row} for row in rows]
    return lake.ledger(county, date, named, **options)


def _printed_rate(sha: str) -> Row:
    """A rate of a summary whose parts give another, in a file that says no date."""
    return {
        "row_id": f"rate-{sha[:8]}", "county_code": RESENT, "file_sha256": sha, "sheet": "汇总", "row_number": 4,
        "region_name": "城关镇", "indicator": "started_projects", "measure": "rate", "header": "开工率", "raw": "60%",
        "value": Decimal(60), "recomputed_value": Decimal(50),
    }  # fmt: skip


def cumulative(millions: float) -> Row:
    return {"funds_arrived_cumulative_cny": millions * MILLION}


def ytd(millions: float) -> Row:
    return {"funds_arrived_ytd_cny": millions * MILLION}


def land_world(lake: LakeBuilder) -> None:
    """Land every history."""
    for land in (
        _cumulative, _month_in_first, _ytd_only, _month_and_ytd, _alternating, _resent, _renamed, _weekly, _twice,
        _claimed, _stages, _blanks, _taken_back, _out_of_order, _lights, _submissions, _succession, _shared, _growing, _agreements,
        _signed_anew, _progress,
        _phases, land_random_counties,
    ):  # fmt: skip
        land(lake)


def _cumulative(lake: LakeBuilder) -> None:
    steady = (10, 15, 15, 12, 20, 20)
    absent = (5, 6, None, 9, 9, 9)
    for index, date in enumerate(MONTH_ENDS):
        rows = [project("甲项目", **cumulative(steady[index]))]
        if absent[index] is not None:
            rows.append(project("乙项目", **cumulative(absent[index])))
        if index >= 2:
            # Signed after the February ledger: new, starts from nothing.
            rows.append(project("丙项目", signed_on="2026-03-05", **cumulative((0, 0, 3, 5, 5, 5)[index])))
            # Signed before the February ledger, entered late.
            rows.append(project("丁项目", signed_on="2025-11-01", **cumulative((0, 0, 30, 31, 31, 31)[index])))
            # Entered late, and the file states the month's own figure.
            rows.append(
                project(
                    "戊项目", signed_on="2025-11-01", **cumulative((0, 0, 30, 34, 34, 34)[index]),
                    funds_arrived_month_cny=(0, 0, 4, 4, 0, 0)[index] * MILLION,
                )
            )  # fmt: skip
        # Known from the first ledger, its cumulative only later.
        rows.append(project("己项目", **(cumulative(8) if index >= 3 else {})))
        # A blank cell keeps the last known cumulative.
        rows.append(project("庚项目", **(cumulative((2, 0, 0, 0, 7, 7)[index]) if index not in (1, 2, 3) else {})))
        _land(lake, CUMULATIVE, date, rows)


def _month_in_first(lake: LakeBuilder) -> None:
    for index, date in enumerate(MONTH_ENDS[:3]):
        money = {"funds_arrived_month_cny": (4, 0, 5)[index] * MILLION}
        wrong = {"funds_arrived_month_cny": (40, 0, 5)[index] * MILLION}
        _land(
            lake,
            MONTH_IN_FIRST,
            date,
            [
                project("甲项目", **cumulative((24, 24, 29)[index]), **money),
                project("乙项目", **cumulative((24, 24, 29)[index]), **wrong),
            ],
        )


def _ytd_only(lake: LakeBuilder) -> None:
    dates = ("2025-10-31", "2025-11-30", "2025-12-31", "2026-01-31", "2026-02-28", "2026-04-30")
    for date, ytd in zip(dates, (30, 36, 40, 3, 5, 11), strict=True):
        rows = [project("甲项目", funds_arrived_ytd_cny=ytd * MILLION)]
        # 1月到位资金, as the form of such a county calls it in January, is read as the month's.
        if date >= "2026-01-31":
            scope = "month" if date == "2026-01-31" else "ytd"
            rows.append(project("乙项目", signed_on="2026-01-10", **{f"funds_arrived_{scope}_cny": ytd * MILLION}))
        _land(lake, YTD_ONLY, date, rows)


def _month_and_ytd(lake: LakeBuilder) -> None:
    # The April ledger was never sent; its 6 million show in May's year-to-date alone.
    for date, month, ytd in (
        ("2026-01-31", 2, 2), ("2026-02-28", 3, 5), ("2026-03-31", 0, 5), ("2026-05-31", 4, 15), ("2026-06-30", 1, 17),
    ):  # fmt: skip
        rows = [project("甲项目", **_month_and_year(month, ytd))]
        if date >= "2026-03-31":
            # Entered late: two of its five million came before; in May two more, which the month's column leaves out.
            rows.append(project("乙项目", **_month_and_year(*{"03": (3, 5), "05": (0, 7), "06": (0, 7)}[date[5:7]])))
        _land(lake, MONTH_AND_YTD, date, rows)


def _month_and_year(month: float, year: float) -> Row:
    return {"funds_arrived_month_cny": month * MILLION, "funds_arrived_ytd_cny": year * MILLION}


def _alternating(lake: LakeBuilder) -> None:
    months: tuple[Row, ...] = (
        cumulative(100),
        {"funds_arrived_month_cny": 10 * MILLION},
        cumulative(125),
        {"funds_arrived_ytd_cny": 40 * MILLION},
        {**cumulative(150), "funds_arrived_ytd_cny": 55 * MILLION},
        {"funds_arrived_ytd_cny": 61 * MILLION},
    )
    new: tuple[Row, ...] = (
        {}, cumulative(4), {"funds_arrived_ytd_cny": 9 * MILLION}, cumulative(12), {}, {"funds_arrived_ytd_cny": 13 * MILLION},
    )  # fmt: skip
    # The year-to-date first, the cumulative beside it from March on.
    begun: dict[str, tuple[Row, ...]] = {
        "丙项目": (ytd(3), ytd(5), {**cumulative(40), **ytd(9)}, cumulative(41), {}, {}),
        "丁项目": (
            {},
            {"signed_on": "2026-02-03", **ytd(0)},
            {"signed_on": "2026-02-03", **cumulative(7), **ytd(7)},
            {},
            {},
            {},
        ),
        "戊项目": (ytd(8), ytd(10), cumulative(9), {}, {}, {}),
        # Listed by the first ledger after its signing, while the county stated no cumulatives.
        "己项目": (
            {},
            {"signed_on": "2026-02-20", **ytd(0)},
            {"signed_on": "2026-02-20", **cumulative(83)},
            {},
            {},
            {},
        ),
    }
    for index, date in enumerate(MONTH_ENDS):
        rows = [project("甲项目", **months[index])]
        if new[index]:
            rows.append(project("乙项目", signed_on="2026-02-03", **new[index]))
        rows += [project(name, **states[index]) for name, states in begun.items() if states[index]]
        _land(lake, ALTERNATING, date, rows)


def _resent(lake: LakeBuilder) -> None:
    # Another list of the same day: it, too, is replaced.
    _land(lake, RESENT, "2026-01-31", [project("只在谈项目", investor_name="在谈客商公司")], name="一月在谈.xlsx")
    _land(lake, RESENT, "2026-01-31", [project("甲项目", **cumulative(10)), project("乙项目", **cumulative(1))])
    # A corrected ledger for the same date, then the uncorrected one again under another name.
    _land(lake, RESENT, "2026-02-28", [project("甲项目", **cumulative(18))], revision_rank=1, name="二月更正.xlsx")
    _land(
        lake,
        RESENT,
        "2026-02-28",
        [project("甲项目", **cumulative(99)), project("撤回项目", **cumulative(50))],
        name="二月.xlsx",
    )
    # Sent twice without a word: the later landed stands. One row fails a check, another was rejected by the reader.
    _land(lake, RESENT, "2026-03-31", [project("甲项目", **cumulative(77))], name="三月.xlsx")
    _land(lake, RESENT, "2026-03-31",
        [project("甲项目", **cumulative(20)), project("坏项目", total_investment_cny=-5)],
        failed={1: "total_investment_not_negative"}, rejected=1, name="三月b.xlsx",
    )  # fmt: skip
    # An outreach ledger of the same date replaces no project ledger.
    _land(lake, RESENT, "2026-03-31", [], name="三月外出.xlsx")
    _land(lake, RESENT, "2026-08-31", [project("甲项目", **cumulative(500))], name="将来.xlsx")
    undated = _land(lake, RESENT, None, [project("无日期项目", **cumulative(3))], has_total=True, name="无日期.xlsx")
    lake.table("ledger_summary_values", RESENT, [_printed_rate(undated)])
    lake.refused(RESENT, "encrypted", "加密.xlsx")


def _renamed(lake: LakeBuilder) -> None:
    deal = {"investor_name": "恒远集团有限公司", "signed_on": "2025-02-02", "total_investment_cny": 300 * MILLION}
    twins = {"investor_name": "双生集团有限公司", "signed_on": "2025-02-03", "total_investment_cny": 70 * MILLION}
    code = "2502-411103-04-01-123456"
    for index, date in enumerate(MONTH_ENDS[:4]):
        late = index >= 2
        rows = [
            project("远大饲料项目" if not late else "远大宠物食品项目", **deal, **cumulative((5, 6, 9, 9)[index])),
            project("编码项目", project_code=code if index >= 1 else None, **cumulative(3)),
            # Two deals of one investor, one day, one amount: both renamed at once, nobody can tell which is which.
            project("双生一号" if not late else "双生甲", **twins),
            project("双生二号" if not late else "双生乙", **twins),
            project("判定前" if not late else "判定后", investor_name="人工有限公司" if not late else "人工新公司"),
            project("  标准（厂房）建设项目 " if late else "标准厂房项目", **cumulative(1 + index)),
        ]
        if index >= 3:
            rows[1] = project(
                "编码项目改名",
                investor_name="另一家公司",
                project_code="２５０２４１１１０３０４０１１２３４５６",
                **cumulative(3),
            )
        _land(lake, RENAMED, date, rows)


def _weekly(lake: LakeBuilder) -> None:
    for date, old, new, this_year in (
        ("2026-03-06", 10, None, 6), ("2026-03-13", 12, 2, 6), ("2026-03-20", 11, 3, 7), ("2026-03-27", 15, 4, 9),
        ("2026-04-03", 15, 4, 9), ("2026-04-24", 19, 9, 11),
    ):  # fmt: skip
        rows = [project("甲项目", **cumulative(old)), project("丙项目", **ytd(this_year))]
        if new is not None:
            rows.append(project("乙项目", signed_on="2026-03-09", **cumulative(new)))
        _land(lake, WEEKLY, date, rows)


def _twice(lake: LakeBuilder) -> None:
    for index, date in enumerate(MONTH_ENDS[:2]):
        _land(lake, TWICE, date, [*_twice_alike(index), *_said_in_parts(index)])


def _said_in_parts(index: int) -> list[Row]:
    """A sheet of signings and a sheet of funds: each says what the other has no column for."""
    nothing: Row = {"signed_on": None, "total_investment_cny": None, "sheet": "到位资金"}
    return [
        project("寅项目", stage="signed", started_on=None, planned_start_on="2025-05-01", sheet="签约"),
        project("寅项目", **nothing, **cumulative(20 + index)),
        project(
            "卯项目", stage="completed", started_on=None, responsible_unit="商务局", sheet="签约", due_on="2026-09-01",
            problem="用地未批",
        ),
        project("卯项目", **nothing, measure="银企对接", progress_note="主体封顶", **cumulative(30 + index)),
    ]  # fmt: skip


def _twice_alike(index: int) -> list[Row]:
    shared = "2501-411121-04-01-000001"
    return [
        project("甲项目", stage="signed", started_on=None, sheet="签约", **cumulative(10 + index)),
        project("甲项目", stage="started", sheet="开工", **cumulative(10 + index)),
        project("园区一期项目", project_code=shared, **cumulative(1)),
        project("园区二期项目", project_code=shared, **cumulative(2)),
        project("标准厂房", investor_name="子公司", signed_on="2025-01-01", total_investment_cny=5 * MILLION),
        project("标准厂房", investor_name="丑公司", signed_on="2025-02-01", total_investment_cny=6 * MILLION),
    ]


def _claimed(lake: LakeBuilder) -> None:
    shared = {"investor_name": "天跨（河南）有限公司", "total_investment_cny": 500 * MILLION}
    _land(lake, CLAIMED_FIRST, "2026-01-31", [project("跨县项目", **shared, **cumulative(50)), project("独有项目")])
    _land(
        lake,
        CLAIMED_FIRST,
        "2026-02-28",
        [project("平手项目", **shared), project("跨县项目", **shared, **cumulative(60))],
    )
    _land(
        lake,
        CLAIMED_LATER,
        "2026-02-28",
        [project("跨县（项目）", **{**shared, "investor_name": "天跨(河南)公司"}, **cumulative(40))],
    )
    _land(
        lake, CLAIMED_TIE, "2026-02-28", [project("平手项目", **shared), project("独有项目", investor_name="别家公司")]
    )


def _stages(lake: LakeBuilder) -> None:
    undated = {"signed_on": None, "started_on": None}
    histories = {
        "一路项目": ("talks", "signed", "performed", "started", "completed", "in_production"),
        "倒退项目": ("signed", "started", "started", "signed", "signed", "signed"),
        "终止项目": ("signed", "signed", "started", "started", "terminated", "terminated"),
        "一直在建": ("started",) * 6,
    }
    for index, date in enumerate(MONTH_ENDS):
        rows = [project(name, **undated, stage=stages[index]) for name, stages in histories.items()]
        rows.append(
            project(
                "迟到项目", started_on="2026-03-20" if index >= 3 else None, stage="started" if index >= 3 else "signed",
                planned_start_on="2026-01-15" if index < 2 else "2026-03-10", planned_completion_on="2026-12-01",
                planned_completion_on_precision="month",
            )
        )  # fmt: skip
        _land(lake, STAGES, date, rows)


def _blanks(lake: LakeBuilder) -> None:
    """A stage alone is stated; a pair is a blank cell, and what the reader made of the row's dates."""
    signed, started = ("", "signed"), "started"
    histories: dict[str, tuple[str | tuple[str, str], ...]] = {
        "空白项目": ("signed", started, signed, ("", "completed"), signed, signed),
        "收回项目": (started, signed, "signed", signed, signed, signed),
        "终止项目": (started, "terminated", signed, signed, signed, signed),
    }
    for index, date in enumerate(MONTH_ENDS):
        rows = []
        for name, stages in histories.items():
            stage = stages[index]
            row = project(name, started_on=None, stage=stage if isinstance(stage, str) else stage[1])
            if not isinstance(stage, str):
                row["stage_raw"] = None
            if row["stage"] == "completed":
                row["completed_on"] = "2026-04-10"
            rows.append(row)
        _land(lake, BLANKS, date, rows)
        late = [project("后见项目", signed_on=None, performed_on="2026-03-10", started_on="2026-03-20")]
        _land(lake, SEEN_LATE, date, [project("早见项目", started_on=None, stage="signed"), *late[: max(0, index - 3)]])


def _taken_back(lake: LakeBuilder) -> None:
    """A stage, with the date that the ledger states beside it; none where it leaves the date blank."""
    date_of = {"performed": "performed_on", "started": "started_on"}
    again = ("started", "2026-05-08")
    histories: dict[str, tuple[tuple[str, str | None], ...]] = {
        "再开工项目": (("signed", None), ("started", "2026-02-10"), ("signed", None), ("signed", None), again, again),
        "未注日项目": tuple((s, None) for s in ("signed", "started", "signed", "signed", "started", "started")),
        "再履约项目": (
            ("performed", "2026-01-10"), ("performed", None), ("signed", None), ("performed", None), ("performed", None),
            ("performed", None),
        ),
        "再终止项目": tuple((s, None) for s in ("signed", "terminated", "signed", "signed", "terminated", "terminated")),
        "先收后止项目": (
            ("started", "2026-01-20"), ("signed", None), ("terminated", None), ("terminated", None), ("terminated", None),
            ("terminated", None),
        ),
        "再签约项目": tuple((s, None) for s in ("signed", "talks", "talks", "signed", "signed", "signed")),
    }  # fmt: skip
    for index, date in enumerate(MONTH_ENDS):
        rows = []
        for name, states in histories.items():
            stage, stated = states[index]
            dates = {"started_on": None} | ({date_of[stage]: stated} if stated else {})
            if name == "再签约项目":
                dates["signed_on"] = None
            rows.append(project(name, stage=stage, **dates))
        _land(lake, TAKEN_BACK, date, rows)


def _out_of_order(lake: LakeBuilder) -> None:
    early = {"stage": "signed", "started_on": None}
    for date, month, changes in (
        ("2026-02-28", "2026-02-01", {}),
        ("2026-03-10", "2026-01-01", early),
        ("2026-03-31", "2026-03-01", {}),
    ):
        total = 90 if changes else 120
        rows = [
            project("同样项目", **cumulative({"01": 10, "02": 15, "03": 18}[month[5:7]])),
            project("变动项目", **changes, total_investment_cny=total * MILLION),
        ]
        if month != "2026-01-01":  # signed after January, listed since February
            rows.append(project("新签项目", signed_on="2026-02-10", started_on=None, stage="signed", **cumulative(4)))
        _land(lake, OUT_OF_ORDER, date, rows, report_month=month)


def _lights(lake: LakeBuilder) -> None:
    from light_cases import rows_of_month

    for index, date in enumerate(MONTH_ENDS):
        _land(lake, LIGHTS, date, rows_of_month(index), columns=["registered_on", "statistics_entered_on"])


def _submissions(lake: LakeBuilder) -> None:
    for date in MONTH_ENDS[:4]:
        _land(lake, SILENT, date, [project("甲项目", **cumulative(int(date[5:7])))])
    for date in MONTH_ENDS:
        moved = min(int(date[5:7]), 5)
        _land(lake, COPYING, date, [project("甲项目", sequence_no=date, **cumulative(moved))])
    _land(
        lake, COPIED_FILE, "2026-04-30", [project("甲项目", **cumulative(7))], name="台账20260430.csv",
        again={"台账20260531.csv": "2026-05-31", "副本.csv": None, "台账20260630.csv": "2026-06-30"},
    )  # fmt: skip


def _succession(lake: LakeBuilder) -> None:
    _land(lake, ABOLISHED, "2021-02-28", [project("老城项目", signed_on="2020-05-01", **cumulative(10))])
    _land(lake, SUCCESSOR, "2021-03-31", [
        project("老城项目", signed_on="2020-05-01", **cumulative(14)),
        project("新区项目", signed_on="2021-03-10", **cumulative(2)),
    ])  # fmt: skip


def _shared(lake: LakeBuilder) -> None:
    deal = {"investor_name": "飞地集团有限公司", "signed_on": "2026-02-10", "total_investment_cny": 100 * MILLION}
    for index, date in enumerate(MONTH_ENDS):
        started = (
            {"stage": "started", "started_on": "2026-05-15"} if index >= 4 else {"stage": "signed", "started_on": None}
        )
        shared = project(
            "合作园区项目", **deal, **started, **cumulative((0, 3, 10, 13, 20.00000001, 20.00000001)[index]),
            responsible_unit="杞县商务局", park_name="杞县产业园",
        )  # fmt: skip
        own = project("自有项目", **cumulative(8), responsible_unit="杞县商务局")
        _land(lake, SHARED_FIRST, date, [own, shared] if index else [own])
        if index >= 2:
            claim = {**shared, "responsible_unit": "通许县工信局", "park_name": None}
            _land(lake, SHARED_PARTNER, date, [claim])


def _growing(lake: LakeBuilder) -> None:
    first = {
        "2024-12-31": 100, "2025-01-31": 110, "2025-02-28": 115, "2025-04-30": 130, "2025-05-31": 140,
        "2025-06-30": 150, "2025-12-31": 160, "2026-01-31": 180, "2026-02-28": 190, "2026-03-31": 195,
        "2026-04-30": 201, "2026-05-31": 211, "2026-06-30": 211,
    }  # fmt: skip
    signed = {"乙项目": "2025-02-05", "丙项目": "2025-04-02", "丁项目": "2026-02-03", "戊项目": "2026-02-20"}
    for date, millions in first.items():
        rows = [project("甲项目", signed_on="2024-01-01", **cumulative(millions), responsible_unit="县商务局")]
        rows += [
            project(name, signed_on=signed_on, stage="signed", started_on=None, responsible_unit="县工信局")
            for name, signed_on in signed.items()
            if signed_on <= date
        ]
        _land(lake, GROWING, date, rows)


def _agreements(lake: LakeBuilder) -> None:
    for index, date in enumerate(MONTH_ENDS):
        _land(lake, AGREEMENTS, date, [
            project(
                "框架项目", signed_on="2025-12-01", agreement_type="投资框架协议" if index < 2 else "正式投资合同",
                total_investment_cny=(100 if index < 2 else 120) * MILLION,
            ),
            project(
                "增资项目", signed_on="2026-01-15", agreement_type="投资合同" if index < 3 else "增资扩股协议",
                total_investment_cny=(50 if index < 3 else 80) * MILLION,
                contract_amount_cny=(40 if index < 3 else 60) * MILLION,
            ),
            project("改数项目", signed_on="2026-01-20", total_investment_cny=(50 if index < 3 else 80) * MILLION),
            project("只知年份项目", signed_on="2021-01-01", signed_on_precision="year", started_on="2021-12-01"),
        ])  # fmt: skip


def _signed_anew(lake: LakeBuilder) -> None:
    for index, date in enumerate(MONTH_ENDS):
        is_anew = index >= 3
        signed = {"stage": "signed", "started_on": None}
        rows = [
            project(
                "转合同项目",
                signed_on="2026-04-03" if is_anew else "2026-01-09",
                agreement_type="正式合同" if is_anew else "框架协议",
                **signed,
            ),
            project(
                "增资改日项目",
                signed_on="2026-04-03" if is_anew else "2026-01-09",
                agreement_type="增资协议" if is_anew else "投资合同",
                total_investment_cny=(150 if is_anew else 100) * MILLION,
                **signed,
            ),
            project(
                "更正日期项目", signed_on="2026-02-03" if is_anew else "2026-01-09", agreement_type="投资合同", **signed
            ),
            # What stands under 开工时间 and 竣工时间 is a plan.
            project("计划开工项目", stage="signed", started_on="2026-03-15"),
            project("如期开工项目", stage="started" if index >= 2 else "signed", started_on="2026-03-15"),
            project("并列框架项目", signed_on="2026-01-09", agreement_type="框架协议", **cumulative(0), **signed),
        ]
        if is_anew:
            rows.append(
                project("并列合同项目", signed_on="2026-04-03", agreement_type="正式合同", **cumulative(8), **signed)
            )
        _land(lake, SIGNED_ANEW, date, rows)


def _progress(lake: LakeBuilder) -> None:
    whole = {"responsible_unit": "县商务局", "tracking_unit": "招商专班", "responsible_leader": "副县长"}
    guest = {"investor_name": "老客集团有限公司"}
    for date in MONTH_ENDS[4:]:
        rows = [
            project("外资项目", signed_on="2023-06-30", foreign_contract_usd=1 * MILLION, foreign_arrived_usd=500_000, **whole),
            project("早年外资项目", signed_on="2010-01-01", foreign_contract_usd=2 * MILLION, **whole),
            project("近期外资项目", signed_on="2026-06-01", foreign_contract_usd=3 * MILLION, **whole),
            project("没人管项目", responsible_unit="县商务局"),
            project("老客一期项目", **guest, **whole, stage="signed", started_on=None),
            project("老客旧项目", **guest, **whole, stage="terminated"),
            project("老客在谈项目", **guest, signed_on=None, started_on=None, stage="talks", total_investment_cny=None),
        ]  # fmt: skip
        if date == MONTH_ENDS[4]:
            rows.append(project("漏报项目", **whole))
        _land(lake, PROGRESS, date, rows)
    april = [
        ("招商一分队", "2026-04-10", "2026-04-12", 3, "甲公司", 4),
        ("招商一分队", "2026-04-10", "2026-04-12", 3, "乙公司", 4),
        ("招商二分队", "2026-04-02", "2026-04-02", None, "丙公司", None),
        ("招商一分队", "2026-05-20", "2026-05-21", 2, "甲公司", None),
    ]
    june = [*april, ("招商二分队", "2026-06-15", "2026-06-16", 2, "丁公司", None)]
    for date, trips in (("2026-05-31", april), ("2026-06-30", june)):
        lake.table("ledger_outreach_rows", PROGRESS, [
            {
                "row_id": f"trip-{date}-{number}", "county_code": PROGRESS, "file_sha256": f"trips-{date}", "sheet": "外出",
                "row_number": number, "report_date": day(date), "report_month": day(date).replace(day=1), "team_name": team,
                "start_on": day(start), "end_on": day(end), "days": days, "visited_company": company,
                "trip_row_number": first or number,
            }
            for number, (team, start, end, days, company, first) in enumerate(trips, start=4)
        ], period=date[:7])  # fmt: skip
    # Unmerged: every row repeats who went, and the next ledger lists one of the companies only. Two went to one place on one day; a team
    # is named by its place where no one is.
    went = [
        ("李某", "杭州", "2026-04-07", "甲公司"), ("李某", "杭州", "2026-04-07", "乙公司"), ("王某", "杭州", "2026-04-07", "甲公司"),
        (None, "宁波", "2026-05-11", "甲公司"), (None, "宁波", "2026-05-11", "乙公司"), (None, "苏州", "2026-05-11", "丙公司"),
    ]  # fmt: skip
    for date, trips in (("2026-05-31", went), ("2026-06-30", [went[1], went[3]])):
        lake.table("ledger_outreach_rows", PROGRESS, [
            {
                "row_id": f"went-{date}-{number}", "county_code": PROGRESS, "file_sha256": f"went-{date}", "sheet": "外出",
                "row_number": number, "report_date": day(date), "report_month": day(date).replace(day=1), "team_name": "招商三分队",
                "traveller_name": who, "destination": where, "start_on": day(start), "end_on": day(start), "visited_company": company,
            }
            for number, (who, where, start, company) in enumerate(trips, start=4)
        ], period=date[:7])  # fmt: skip


def _phases(lake: LakeBuilder) -> None:
    deal = {"investor_name": "分期集团有限公司", "signed_on": "2025-05-05"}
    for index, date in enumerate(MONTH_ENDS):
        rows = [
            project(
                "大项目",
                total_investment_cny=(100 if index < 3 else 150) * MILLION,
                **cumulative(10 if index < 3 else 18),
            ),
            project("大园区项目", total_investment_cny=500 * MILLION, **cumulative(7)),
            project("园区配套项目", total_investment_cny=40 * MILLION, **cumulative(2)),
        ]
        if index < 2:
            rows.append(project("整体项目", **deal, total_investment_cny=300 * MILLION, **cumulative(20)))
        else:
            rows.append(project("整体一期项目", **deal, total_investment_cny=120 * MILLION, **cumulative(15)))
            rows.append(project("整体二期项目", **deal, total_investment_cny=180 * MILLION, **cumulative(10)))
        if index < 3:
            rows.append(project("小项目", total_investment_cny=50 * MILLION, **cumulative(5)))
        _land(lake, PHASES, date, rows)
