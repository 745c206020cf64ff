"""What only the rows of a list of projects tell."""

from __future__ import annotations

from ingest.fields import fields

# So many columns that only one kind has leave no doubt of it.
SURE = 2
OF_SINGLE_PROJECTS = frozenset(
    {
        "investor_name",
        "project_company",
        "project_content",
        "signed_on",
        "started_on",
        "planned_start_on",
        "planned_completion_on",
        "planned_production_on",
        "progress_note",
        "introducing_unit",
        "tracking_unit",
        "responsible_person",
        "contact_phone",
        "location",
        "problem",
        "completed_on",
        "production_on",
    }
)
PROJECT_ONLY = frozenset(
    {
        "signed_on",
        "started_on",
        "planned_start_on",
        "construction_nature",
        "registered_on",
        "investor_origin",
        "introducing_unit",
        "tracking_unit",
        "progress_rate",
        "signing_event",
    }
)


def is_projects_money(field: str | None) -> bool:
    """Any amount of a project, of any scope and origin; its lists of trips and problems have fields of their own."""
    return field in fields() and fields()[field].type.startswith("amount")
