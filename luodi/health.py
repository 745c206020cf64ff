"""Is a component of the service alive? For container health checks: `python -m luodi.health scheduler [URL]`.

Asks the API server, which knows every component's heartbeat; imports nothing of Airflow, so asking costs nothing.
"""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request

DEFAULT_URL = "http://localhost:8080"
# The metadata database stands for the API server itself: it answers, and it reaches its database.
_KEYS = {
    "api-server": "metadatabase",
    "scheduler": "scheduler",
    "dag-processor": "dag_processor",
    "triggerer": "triggerer",
}


def is_healthy(component: str, url: str = DEFAULT_URL) -> bool:
    """Whether the API server at `url` answers and calls the component healthy."""
    try:
        with urllib.request.urlopen(f"{url.rstrip('/')}/api/v2/monitor/health", timeout=10) as answer:  # noqa: S310
            health = json.load(answer)
    except (urllib.error.URLError, OSError, ValueError):
        return False
    state = health.get(_KEYS[component]) or {}
    return bool(state.get("status") == "healthy")


if __name__ == "__main__":
    sys.exit(0 if is_healthy(*sys.argv[1:3]) else 1)
