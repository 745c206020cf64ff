"""数仓：dbt 逐层构建 → 检查 → 原子发布。Warehouse: dbt layer by layer → checks → atomic publication."""

from __future__ import annotations

import datetime as dt
from typing import Any

from airflow.sdk import AssetAny, AssetOrTimeSchedule, CronTriggerTimetable, Metadata, chain, dag, task

from luodi import dag_defaults

Outcome = dict[str, Any]
LAYERS = {
    "seeds": "种子",
    "staging": "整理层",
    "intermediate": "中间层",
    "marts": "结果表",
    "quality": "质量核查",
}


@dag(
    dag_id="warehouse",
    dag_display_name="数仓 warehouse",
    schedule=AssetOrTimeSchedule(
        timetable=CronTriggerTimetable("0 8 * * *", timezone=dag_defaults.TIME_ZONE),
        assets=AssetAny(dag_defaults.LEDGERS, dag_defaults.ARTICLES, dag_defaults.REPLIES),
    ),
    start_date=dag_defaults.START,
    catchup=False,
    max_active_runs=1,
    default_args=dag_defaults.default_args(pool=dag_defaults.WRITER_POOL),
    **dag_defaults.record_ends(),
    params=dag_defaults.parameters(),
    tags=["warehouse", "数仓"],
)
def warehouse() -> None:
    """数仓：dbt 逐层构建 → 检查 → 原子发布。Warehouse: dbt layer by layer → checks → atomic publication.

    台账或新闻入湖后运行，每天 8 点也运行一次（规则按天数亮灯，没有新文件也会变）。一层一个任务，都在单槽池里，只有一个写者。
    Runs when ledgers or articles reached the lake, and daily at 8: lights depend on the date also without new files.
    One task a layer, all in a pool of one slot, so there is one writer.

    **红了怎么办 when red**: 旧的发布保持不变。日志写明哪个模型、哪项检查没过；改好后重跑（Clear）即可。
    The previous publication stays. The log names the model or check; mend it and clear the task.
    """

    # Looks again until its turn has come: a backfill runs beside the schedule whatever `max_active_runs` says.
    @task.sensor(
        task_display_name="核对种子、备好湖表 check seeds, prepare lake tables",
        mode="reschedule",
        poke_interval=30,
        timeout=dt.timedelta(hours=6).total_seconds(),
    )
    def prepare_lake() -> bool:
        from luodi import warehouse_steps

        return warehouse_steps.prepare_lake()

    @task(execution_timeout=dt.timedelta(hours=1), multiple_outputs=False)
    def build(layer: str) -> Outcome:
        from luodi import warehouse_steps

        return warehouse_steps.build_layer(layer)

    @task(task_display_name="检查结果表 check marts")
    def check_marts() -> list[Outcome]:
        from luodi import warehouse_steps

        return warehouse_steps.check_marts()

    @task(task_display_name="发布 publish", outlets=[dag_defaults.PUBLICATION])
    def publish() -> Any:
        from luodi import warehouse_steps

        yield Metadata(dag_defaults.PUBLICATION, {"rows": warehouse_steps.publish()})

    layers = [
        build.override(task_id=f"build_{layer}", task_display_name=f"构建{label} build {layer}")(layer)
        for layer, label in LAYERS.items()
    ]
    chain(prepare_lake(), *layers, check_marts(), publish())


warehouse()
