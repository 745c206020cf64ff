"""A mistake in a configuration or wording file, in any command: its one sentence instead of a traceback."""

from __future__ import annotations

import sys
from typing import Any

import typer
from typer.core import TyperGroup

MISTAKE = 2


class ConfigurationGuard(TyperGroup):
    """The commands; a wrong YAML or wording row ends any of them with its sentence and exit status 2."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except ValueError as error:
            if not _is_configuration_mistake(error):
                raise
            sentence = " ".join(str(error).split())  # a YAML parser's own words come on several lines
            print(f"配置有误 wrong configuration: {sentence}", file=sys.stderr)
            raise typer.Exit(MISTAKE) from None


def _is_configuration_mistake(error: ValueError) -> bool:
    # Imported only now: they pull in YAML and RE2, which `luodi --help` does without.
    from ingest.news.facts import wording
    from ingest.strict_yaml import ConfigurationError
    from ingest.wording_registry import WordingError

    return isinstance(error, ConfigurationError | WordingError | wording.WordingError)
