"""How a county is named to people."""

from __future__ import annotations


def county_label(name: str | None, code: str) -> str:
    """Its name and code; the code once where the county has no name, or is named by its code."""
    return f"{name} {code}" if name and name != code else code
