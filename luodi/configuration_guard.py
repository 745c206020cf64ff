"""Mistakes in any command: of a configuration or wording file its one sentence instead of a traceback; of what was typed a
Chinese line before Typer's English one.
"""

from __future__ import annotations

import errno
import io
import re
import sys
from typing import Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

MISTAKE = 2
# What a GBK or ASCII terminal cannot show (✓, or Chinese) is written as its number, which JSON reads back.
UNKNOWN_CHARACTERS = "backslashreplace"
# Who may not write there, or where there is no room: nothing in the program is at fault.
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM})
# What Typer's messages say.
_SAID = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"No such option:? '?(\S+?)'?(?:[ .]|$)", "没有 {0} 这个选项"),
        (r"No such command '([^']+)'\. Did you mean '?([^'?]+)", "没有 {0} 这个命令，是不是 {1}"),
        (r"No such command '([^']+)'", "没有 {0} 这个命令"),
        (r"Missing (?:argument|option|parameter) '([^']+)'", "缺少 {0}"),
        (r"Option '([^']+)' requires", "{0} 后面要有一个值"),
        (r"Option '([^']+)' does not take a value", "{0} 后面不能有值"),
        (
            r"Invalid value for '?([^':]+?)'?(?: \(env var: .*?\))?:.*does not match the formats? '%Y",
            "{0} 应是日期，写成 2026-01-31",
        ),
        (r"Invalid value for '?([^':]+?)'?(?: \(env var: .*?\))?:", "{0} 的值不对"),
        (r"unexpected extra arguments?(?:\(s\))? \((.+)\)", "多了 {0}"),
    )
)


class ConfigurationGuard(TyperGroup):
    """The commands; a wrong YAML or wording row, a file that may not be written, or a publication that cannot be read
    ends any of them with its sentence and exit status 2."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Any of the commands, with output that never breaks off at a character which the terminal does not know."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors=UNKNOWN_CHARACTERS)
        return super().main(*args, **extra)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What stands before the command's name."""
        try:
            return super().parse_args(ctx, args)
        except TyperException as error:
            _tell(error)
            raise

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except TyperException as error:
            _tell(error)
            raise
        except RuntimeError as error:
            from warehouse.query import PublicationUnreadableError

            if not isinstance(error, PublicationUnreadableError):
                raise
            print(error, file=sys.stderr)
            raise typer.Exit(MISTAKE) from None
        except ValueError as error:
            if not _is_configuration_mistake(error):
                raise
            sentence = " ".join(str(error).split())  # a YAML parser's own words come on several lines
            print(f"配置有误 wrong configuration: {sentence}", file=sys.stderr)
            raise typer.Exit(MISTAKE) from None
        except OSError as error:
            if error.errno not in NO_ROOM or error.filename is None:
                raise
            print(
                f"不能读写 {error.filename}（{error.strerror}）：请检查权限和磁盘空间，或用 --home 指定另一个运行目录；已有的产出没有改动。\n"
                f"cannot read or write {error.filename}: see to its permissions and the room on the disk, or give another "
                "--home; what is there already is untouched.",
                file=sys.stderr,
            )
            raise typer.Exit(MISTAKE) from None


def _tell(error: TyperException) -> None:
    said = in_chinese(error.format_message())
    if said is not None:
        print(f"用法不对：{said}", file=sys.stderr)


def in_chinese(message: str) -> str | None:
    """What is wrong with what was typed; nothing where the message is the command's help."""
    if not message.strip() or message.lstrip().startswith("Usage:"):
        return None
    for pattern, said in _SAID:
        if (match := pattern.search(message)) is not None:
            return said.format(*match.groups())
    return "请对照下面的说明"


def _is_configuration_mistake(error: ValueError) -> bool:
    # Imported only now: they pull in YAML and RE2, which `luodi --help` does without.
    from ingest.news.facts import wording
    from ingest.strict_yaml import ConfigurationError
    from ingest.wording_file import WordingError

    return isinstance(error, ConfigurationError | WordingError | wording.WordingError)
