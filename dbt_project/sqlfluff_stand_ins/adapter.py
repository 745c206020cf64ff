"""Stands in for dbt's adapter while sqlfluff renders templates: the default spelling of a dispatched macro."""

from collections.abc import Callable


def dispatch(name: str) -> Callable[..., str]:
    """A call of the macro as plain SQL, which is all the linter needs."""
    return lambda *arguments: f"{name}({', '.join(str(argument) for argument in arguments)})"
