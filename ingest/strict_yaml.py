"""YAML for configuration: every scalar is text (no `no` → False, no octal), a key may stand once, lines are known."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    "found unexpected end of stream": "引号没有成对",
    "expected a single document": "一个文件只写一份，请删去「---」",
}


@dataclass(frozen=True, slots=True)
class _Slip:
    """A slip of those who type Chinese, as a line shows it."""

    sign: re.Pattern[str]
    chinese: str
    english: str


# Where a file is no YAML, the parser speaks of what it met, often a line later; the line itself says what was typed.
_SLIPS = (
    _Slip(
        re.compile(r"^\s*(?:- +)?[\w.\"'“”-]+\s*："),
        "冒号是全角的（：），请用半角冒号加一个空格",
        "a full-width colon; write ': '",
    ),
    _Slip(
        re.compile(r"^\s*(?:- +)?[A-Za-z_]+:(?![\s/\\])."), "冒号后面请空一格", "a blank is missing behind the colon"
    ),
    _Slip(
        re.compile(r"^[ \t]*[\u3000\u00a0]"),
        "缩进用了全角空格，请用半角空格",
        "indented by full-width blanks; use plain ones",
    ),
    _Slip(re.compile(r"^\s*-[^\s-]"), "「-」后面请空一格", "a blank is missing behind the dash"),
    _Slip(re.compile(r"(?:: |- )[*&%@`!]"), "以符号开头的值请加单引号", "quote a value that begins with a sign"),
    _Slip(re.compile(r"\s＃"), "井号是全角的（＃），请用半角", "a full-width number sign; write '#'"),
)


class ConfigurationError(ValueError):
    """A configuration file is wrong. The message names file, line and key, in Chinese, then in English."""


def text_kept_by_people(path: Path) -> str:
    """The text of a CSV that people edit, as Excel saves it with or without a byte order mark.

    Raises:
        ConfigurationError: it was saved as GBK, which Excel does unless told otherwise.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigurationError(
            f"{path.name} 不是 UTF-8 编码；请另存为“CSV UTF-8（逗号分隔）” not UTF-8: save it again as “CSV UTF-8 (comma delimited)”"
        ) from None


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
        raise _at_line(path, line, "不是 UTF-8 编码，请另存为 UTF-8", "not UTF-8: save it again as UTF-8") from error
    except yaml.YAMLError as error:
        raise _not_yaml(path, error) from error
    if not isinstance(node, yaml.MappingNode):
        raise _no_mapping(document, node)
    document.content.update(_value(node, (), document))
    return document


def _not_yaml(path: Path, error: yaml.YAMLError) -> ConfigurationError:
    marks = [mark for kind in ("context_mark", "problem_mark") if (mark := getattr(error, kind, None))]
    line = marks[-1].line + 1 if marks else 1
    # What is at fault stands between the last thing understood and the place where the parser gave up.
    if found := next(_slips(path, marks[0].line + 1 if marks else 1, line), None):
        line, slip = found
        return _at_line(path, line, f"不是有效的 YAML：{slip.chinese}", slip.english)
    if "unexpected end of stream" in str(error) and marks:  # the quote was opened above
        line = marks[0].line + 1
    why = next((f"：{said}" for sign, said in _YAML_ADVICE.items() if sign in str(error)), "")
    return _at_line(path, line, f"不是有效的 YAML{why}", str(error))


def _no_mapping(document: Document, node: yaml.Node | None) -> ConfigurationError:
    if node is None:
        return document.error((), "文件是空的，应为「键: 值」", "the file is empty; a mapping of keys is expected")
    if found := next(_slips(document.path, 1, None), None):
        line, slip = found
        return _at_line(document.path, line, f"应为「键: 值」：{slip.chinese}", slip.english)
    return document.error((), "应为「键: 值」", "a mapping of keys is expected")


def _slips(path: Path, first: int, last: int | None) -> Iterator[tuple[int, _Slip]]:
    """The slips on these lines (from 1), with the line each stands on. Comments may be written as people like."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()[first - 1 : last], start=first):
        if not line.lstrip().startswith("#"):
            yield from ((number, slip) for slip in _SLIPS if slip.sign.search(line))


def _at_line(path: Path, line: int, chinese: str, english: str) -> ConfigurationError:
    return ConfigurationError(f"{path.name} 第{line}行：{chinese} ({path}, line {line}: {english})")


def _value(node: yaml.Node, key: KeyPath, document: Document) -> Any:
    document.lines.setdefault(key, node.start_mark.line + 1)
    if id(node) in document.seen:
        raise document.error(key, "不支持 YAML 别名", "YAML aliases are not supported")
    document.seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, key, document)
    if isinstance(node, yaml.SequenceNode):
        return [_item(node, (*key, number), document) for number in range(len(node.value))]
    if isinstance(node, yaml.ScalarNode) and node.style is None and re.fullmatch("[“‘].*[”’]", node.value):
        raise document.error(key, f"{node.value} 的引号是全角的，请用半角引号", "full-width quotes; write '…'")
    return node.value


def _item(node: yaml.SequenceNode, key: KeyPath, document: Document) -> Any:
    item = node.value[key[-1]]
    value = _value(item, key, document)
    # [字典，填报说明] is one name for YAML; whoever means a comma of the name itself puts the name in quotes.
    if node.flow_style and isinstance(item, yaml.ScalarNode) and item.style is None and re.search("[，、]", item.value):
        raise document.error(
            key, f"「{value}」里的逗号是全角的，列表请用半角逗号分隔", "full-width commas part nothing; write ','"
        )
    return value


def _mapping(node: yaml.MappingNode, key: KeyPath, document: Document) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name_node, value_node in node.value:
        name = str(name_node.value)
        here = (*key, name)
        document.lines[here] = name_node.start_mark.line + 1
        if "：" in name:
            raise document.error(here, "冒号是全角的（：），请用半角冒号加一个空格", "a full-width colon; write ': '")
        if name != name.strip():
            raise document.error(
                here, "键前后有全角空格，请用半角空格缩进", "indented by full-width blanks; use plain ones"
            )
        if name in found:
            raise document.error(here, "键重复", "this key stands twice")
        value = _value(value_node, here, document)
        if value != "":
            found[name] = value
    return found
