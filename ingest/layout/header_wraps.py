"""Headers whose words were cut into lines that became rows of their own (PDF): 序 | 责任 over 号 | 单位."""

from __future__ import annotations

from ingest.layout.grid import Grid, is_data_like
from ingest.layout.header_score import header_score

TAILS = frozenset(
    {
        "项目",
        "目",
        "工程",
        "程",
        "公司",
        "司",
        "限公司",
        "有限公司",
        "责任公司",
        "任公司",
        "集团",
        "基地",
        "园区",
        "建设项目",
        "设项目",
    }
)
"""What is left of a project's or company's name that was cut off just before its end."""
_KNOWN = 0.75
_MOST = 0.8
_FEWEST = 2
_LONGEST = 16
_NUMBERS = frozenset({"序号", "编号"})
_OPEN = ("及", "和", "与", "、", "/", "（", "(")
_GOES_ON = ("及", "和", "与", "、", "）", ")")


def wraps_header(grid: Grid, upper: int, row: int) -> bool:
    """Whether a row goes on with the words right above it: nearly all are known headers together, and some only so."""
    filled = grid.filled[row]
    if len(filled) < _FEWEST or any(grid.rows[upper][column] is None for column in filled):
        return False
    if any(is_data_like(grid.rows[row][column]) or grid.span(upper, column) > 1 for column in filled):
        return False
    texts = [(grid.text(upper, column), grid.text(row, column)) for column in filled]
    if any(len(one) + len(other) > _LONGEST for one, other in texts):
        return False
    known = [header_score(one + other) >= _KNOWN for one, other in texts]
    return any(_is_cut(one, other) for one, other in texts) and sum(known) >= _MOST * len(known)


def _is_cut(one: str, other: str) -> bool:
    """Whether two texts stand one above the other as no group stands above its leaf: 序 | 号, 建设内容及 | 规模."""
    if one + other in _NUMBERS or one.endswith(_OPEN) or other.startswith(_GOES_ON):
        return True
    return header_score(one) < _KNOWN and header_score(other) < _KNOWN <= header_score(one + other)
