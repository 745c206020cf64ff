"""A layer is built after the one before it: no model may read a later one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.home import CHECKOUT

MODELS = CHECKOUT / "dbt_project" / "models"
LAYERS = ("staging", "intermediate", "marts", "quality")
_REF = re.compile(r"ref\('(\w+)'\)")


@pytest.mark.parametrize("layer", LAYERS)
def test_models_read_their_own_layer_or_an_earlier_one(layer: str) -> None:
    home = {path.stem: path.relative_to(MODELS).parts[0] for path in MODELS.rglob("*.sql")}
    allowed = set(LAYERS[: LAYERS.index(layer) + 1])
    wrong = [
        (path.stem, name)
        for path in sorted((MODELS / layer).rglob("*.sql"))
        for name in _REF.findall(path.read_text(encoding="utf-8"))
        if home.get(name, "staging") not in allowed
    ]
    assert wrong == []


def test_every_model_has_a_say_in_something_published() -> None:
    texts: dict[str, str] = {path.stem: path.read_text(encoding="utf-8") for path in MODELS.rglob("*.sql")}
    published = {path.stem for folder in ("marts", "quality") for path in Path(MODELS / folder).rglob("*.sql")}
    read = {name for text in texts.values() for name in _REF.findall(text)}
    lights = {name for name in texts if re.fullmatch(r"int_light_r\d\d", name)}
    assert set(texts) - published - read - lights == set()


def test_dbt_gives_no_hints() -> None:
    """On a slow machine it would, and note in the user's own folder that it did."""
    project = (CHECKOUT / "dbt_project" / "dbt_project.yml").read_text(encoding="utf-8")
    assert re.search(r"^  hints_enabled: false$", project, re.MULTILINE)
