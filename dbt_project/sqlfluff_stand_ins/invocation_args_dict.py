"""Stands in for the arguments dbt was called with while sqlfluff renders templates."""


def get(_: str) -> None:
    """No argument is known to the linter."""
    return
