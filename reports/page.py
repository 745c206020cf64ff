"""Printable pages: Jinja templates with everything escaped, no script, nothing loaded from anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reports import words

TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, **values: Any) -> str:
    """The page as text. A name the template does not know is an error, not an empty place."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        amount=words.amount,
        hundred_millions=words.hundred_millions_text,
        day=words.day,
        share=words.share,
        chinese=words.chinese,
    )
    environment.globals.update(stages=words.STAGES, lights=words.LIGHTS, milestones=words.MILESTONES)
    return environment.get_template(template).render(**values)
