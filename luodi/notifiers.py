"""What is told when a task has failed for good, and when a run of a DAG has ended."""

from __future__ import annotations

from typing import Any

from airflow.sdk import BaseNotifier


class _PlainNotifier(BaseNotifier):
    """Has no templates. `dag.test`, by which `luodi run` goes, hands callbacks a DAG that can't make an environment for any."""

    template_fields = ()

    def render_template_fields(self, context: Any, jinja_env: Any = None) -> None:
        """Nothing to render."""


class RecordFailure(_PlainNotifier):
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


class CloseRecord(_PlainNotifier):
    """Closes the run record when a run of a DAG has ended. `luodi run` closes the record its DAGs share by itself."""

    def __init__(self, outcome: str) -> None:
        super().__init__()
        self.outcome = outcome

    def notify(self, context: Any) -> None:
        """Close the record of this run, unless it was given one that others write to as well."""
        from ingest.home import Home
        from luodi.settings import from_parameters
        from warehouse import run_record

        run = context.get("dag_run")
        if run is None:  # a run that ended before any of its tasks did: Airflow tells its id only
            run_record.finish(Home.resolve(None), context["run_id"], self.outcome)
            return
        if context["params"].get("run_id"):
            return
        settings = from_parameters(context["params"], run.run_id, run.run_after)
        parameters = {"dag": run.dag_id, "inbox": str(settings.inbox), "as_of": settings.as_of}
        run_record.add_section(settings.home, settings.run_id, "parameters", parameters)
        run_record.finish(settings.home, settings.run_id, self.outcome)
