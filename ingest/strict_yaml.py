"""YAML for configuration: every scalar is text (no `no` → False, no octal), a key may stand once, lines are known."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

KeyPath = tuple[str | int, ...]

# What people get wrong most, by what the parser says of it.
_YAML_ADVICE = {
    r"found character '\t'": "缩进请用空格，不要用制表符",
    "unknown escape character": "有反斜杠的值请用单引号",
    "mapping values are not allowed": "值里有冒号的请加单引号，缩进请对齐",
    "could not find expected ':'": "冒号请用半角，后面空一格",
}


class ConfigurationError(ValueError):
    """A configuration file is wrong. The message names file, line and key, in Chinese, then in English."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file's content, and the line each key stands on."""

    path: Path
    content: dict[str, Any]
    lines: dict[KeyPath, int] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set, repr=False)

    def line(self, key: KeyPath) -> int:
        """The line of a key, else of the nearest key around it."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)

    def error(self, key: KeyPath, chinese: str, english: str) -> ConfigurationError:
        """An error at a key of this file."""
        dotted = ".".join(str(part) for part in key) or "-"
        return ConfigurationError(
            f"{self.path.name} 第{self.line(key)}行 {dotted}：{chinese} "
            f"({self.path}, line {self.line(key)}, key {dotted}: {english})"
        )


def load(path: Path) -> Document:
    """Read one file.

    Raises:
        ConfigurationError: not UTF-8, not YAML, a key stands twice, or the top is no mapping.
    """
    document = Document(path, {})
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ConfigurationError(
            f"{path.name} 第{line}行：不是 UTF-8 编码，请另存为 UTF-8 ({path}, line {line}: not UTF-8: save it again as UTF-8)"
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        why = next((f"：{said}" for sign, said in _YAML_ADVICE.items() if sign in str(error)), "")
        raise ConfigurationError(
            f"{path.name} 第{line}行：不是有效的 YAML{why} ({path}, line {line}: {error})"
        ) from error
    if not isinstance(node, yaml.MappingNode):
        raise document.error((), "应为「键: 值」", "a mapping of keys is expected")
    document.content.update(_value(node, (), document))
    return document


def _value(node: yaml.Node, key: KeyPath, document: Document) -> Any:
    document.lines.setdefault(key, node.start_mark.line + 1)
    if id(node) in document.seen:
        raise document.error(key, "不支持 YAML 别名", "YAML aliases are not supported")
    document.seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, key, document)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*key, number), document) for number, item in enumerate(node.value)]
    return node.value


def _mapping(node: yaml.MappingNode, key: KeyPath, document: Document) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name_node, value_node in node.value:
        name = str(name_node.value)
        here = (*key, name)
        document.lines[here] = name_node.start_mark.line + 1
        if name in found:
            raise document.error(here, "键重复", "this key stands twice")
        value = _value(value_node, here, document)
        if value != "":
            found[name] = value
    return found
