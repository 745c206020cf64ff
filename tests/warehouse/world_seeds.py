"""What people decided in the invented world: the seeds that ship, with rows that its histories are told for."""

from __future__ import annotations

import shutil
from pathlib import Path

from histories import GROWING, PHASES, SHARED_FIRST, SHARED_PARTNER, SIGNED_ANEW

from ingest.home import CHECKOUT
from warehouse.seed_checks import check_seeds

# Seed → rows added, in the order of its columns.
_ROWS: dict[str, tuple[str, ...]] = {
    "campaigns": ("spring_2026,百日攻坚,hundred days,2026-05-01,2026-08-08,市政府",),
    "targets": (
        f"{GROWING},,year,2026-01-01,2026-12-31,funds_arrived,1,亿元,年度任务,,,",
        f"{GROWING},,year,2026-01-01,2026-12-31,signed_projects,2,个,年度任务,,,",
        f"{GROWING},县工信局,year,2026-01-01,2026-12-31,signed_projects,2,个,年度任务,,,县级干部",
        f"{GROWING},县商务局,year,2026-01-01,2026-12-31,signed_projects,2,个,年度任务,,,",
        f"{GROWING},台账没提的镇,year,2026-01-01,2026-12-31,signed_projects,2,个,年度任务,,,",
        f"{GROWING},,year,2026-01-01,2026-12-31,signed_projects,3,个,年度任务,,1–3亿元,",
        f"{GROWING},,cohort,2025-01-01,2025-12-31,start_rate,50,%,海南 2016,2025上半年,,",
        f"{GROWING},,cohort,2026-01-01,2026-12-31,start_rate,50,%,海南 2016,第三届客商大会,,",
        f"{GROWING},,year,2027-01-01,2027-12-31,funds_arrived,1,亿元,年度任务,,,",
        f"{GROWING},,year,2026-01-01,2026-12-31,foreign_arrived,3000000,USD,年度任务,,,",
        "410200,,year,2026-01-01,2026-12-31,funds_arrived,71000000.01,CNY,全市任务,,,",
        "411600,,year,2026-01-01,2026-12-31,funds_arrived,5,亿元,没有台账的市,,,",
    ),
    "exchange_rates": ("USD,2026-06-30,7.0,公布的中间价",),
    "identity_decisions": (
        f"split_into,{PHASES},整体项目,,{PHASES},整体一期项目,,商务局,2026-03-10,分两期备案",
        f"split_into,{PHASES},整体项目,,{PHASES},整体二期项目,,商务局,2026-03-10,分两期备案",
        f"merged_into,{PHASES},小项目,,{PHASES},大项目,,商务局,2026-04-10,合并建设",
        f"part_of,{PHASES},园区配套项目,,{PHASES},大园区项目,,商务局,2026-01-10,属于大园区项目",
        f"same,{SIGNED_ANEW},并列框架项目,,{SIGNED_ANEW},并列合同项目,,商务局,2026-04-10,框架协议已转合同",
    ),
    "score_deductions": (
        "default,red_light,R01,0.1,0.15,签约未开工红灯,red for R01,2024 年通知,2000-01-01,",
        "default,missing_ledger,,1,,台账缺报,ledger missing,周上报办法,2000-01-01,",
    ),
    # Half and half from April on; before, all of it is the county's that reported it.
    "project_shares": (
        f"{SHARED_FIRST},合作园区项目,,{SHARED_FIRST},0.5,2026-04-01,2031-03-31,市政府,2026-04-01,共建园区协议五五分成",
        f"{SHARED_FIRST},合作园区项目,,{SHARED_PARTNER},0.5,2026-04-01,2031-03-31,市政府,2026-04-01,共建园区协议五五分成",
    ),
}


def write_world_project(folder: Path) -> Path:
    """The dbt project as it ships, but for the seeds of the world; held to the checks of every run."""
    project = folder / "dbt_project"
    if project.exists():
        return project
    shipped = CHECKOUT / "dbt_project"
    shutil.copytree(shipped / "seeds", project / "seeds")
    for path in shipped.iterdir():
        if path.name not in ("seeds", "target"):
            (project / path.name).symlink_to(path)
    (folder / "ingest").symlink_to(CHECKOUT / "ingest")  # where the project looks for wordings
    for seed, rows in _ROWS.items():
        with (project / "seeds" / f"{seed}.csv").open("a", encoding="utf-8") as handle:
            handle.writelines(f"{row}\n" for row in rows)
    check_seeds(project / "seeds")
    return project
