"""Where the dbt project lies."""

from __future__ import annotations

import os
from pathlib import Path

from ingest.home import CHECKOUT

# Another project folder is one whose seeds differ: models see them as they see those that ship.
PROJECT = Path(os.environ.get("LUODI_DBT_PROJECT") or CHECKOUT / "dbt_project")
MODELS = PROJECT / "models"
SEEDS = PROJECT / "seeds"
