"""dbt's own documentation of the project: its manifest, its catalog, and the page that shows both.

The tables are built empty in a scratch home, so the catalog is that of the project as it stands: no run is needed before,
none is in the way, and no data gets near the page.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.home import CHECKOUT, Home
from ingest.lake import ensure_empty_partitions
from warehouse import child

CHILD = "docs"


@dataclass(frozen=True, slots=True)
class DocsParts:
    """dbt's page with two places to fill in, and what belongs there. `places` are paths of this machine by their names."""

    template: str
    manifest: dict[str, Any]
    catalog: dict[str, Any]
    places: Mapping[str, str]

    def page(self) -> str:
        """One file that needs nothing else: manifest and catalog stand in it."""
        page = self.template
        for name, content in (("MANIFEST", self.manifest), ("CATALOG", self.catalog)):
            place = f'"{name}.JSON INLINE DATA"'
            if place not in page:
                raise ValueError(f"dbt 的文档页没有 {place} 这个位置 dbt's page of documentation lacks this place")
            page = page.replace(place, self._as_script(content))
        return page

    def _as_script(self, content: dict[str, Any]) -> str:
        """JSON that cannot end the script it stands in, and tells nothing of this machine."""
        text = json.dumps(content, ensure_ascii=False).replace("<", "\\u003c")
        for path, name in self.places.items():
            text = text.replace(json.dumps(path, ensure_ascii=False)[1:-1], name)
        return text


def generate(scratch: Home) -> DocsParts:
    """Build the project empty below `scratch` and document it.

    Raises:
        warehouse.dbt_build.BuildFailedError: a model cannot be built.
    """
    ensure_empty_partitions(scratch.lake)
    child.call(CHILD, "warehouse.dbt_build:document_here", scratch)
    target = scratch.build / "dbt"
    return DocsParts(
        template=(target / "index.html").read_text(encoding="utf-8"),
        manifest=_json(target / "manifest.json"),
        catalog=_json(target / "catalog.json"),
        places={str(scratch.root): "LUODI_HOME", str(CHECKOUT): "luodi"},
    )


def _json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
