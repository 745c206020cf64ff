"""What is told when a task has failed for good."""

from __future__ import annotations

from typing import Any

from airflow.sdk import BaseNotifier


class RecordFailure(BaseNotifier):
    """Writes the failure to the run record and the task log: who must act, and on what."""

    def notify(self, context: Any) -> None:
        """Record DAG, task, map index and reason."""
        from luodi.settings import from_parameters
        from warehouse import run_record

        instance, run = context["ti"], context["dag_run"]
        settings = from_parameters(context["params"], run.run_id, run.run_after)
        failure = {
            "dag": instance.dag_id,
            "task": instance.task_id,
            "map_index": instance.map_index,
            "reason": str(context.get("exception") or ""),
            "owner": context["task"].owner,
        }
        run_record.add_failure(settings.home, settings.run_id, failure)
        self.log.error("任务失败 task failed: %s", failure)
