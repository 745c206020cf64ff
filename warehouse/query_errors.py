"""What DuckDB's commonest messages say, in Chinese, for those who read no English."""

from __future__ import annotations

import re

# The first that fits; the groups of a pattern fill the places of its sentence.
_SAID = (
    (r"Table with name (\S+) does not exist", "没有表 {0}；用 luodi sql '\\d' 列出全部表"),
    (r"Referenced table \"([^\"]+)\" not found", "from 里没有表 {0}"),
    (
        r"(?:Referenced column|column named|Could not find key|Table \"[^\"]+\" does not have a column named) \"([^\"]+)\"",
        "没有列 {0}；用 luodi sql '\\d 表名' 看各列",
    ),
    (r"Function with name (\S+) does not exist", "没有函数 {0}"),
    (r"Ambiguous reference to column name \"([^\"]+)\"", "列 {0} 不止一张表有，请写成 表名.{0}"),
    (r"column \"([^\"]+)\" must appear in the GROUP BY clause", "列 {0} 要写进 group by，或放在聚合函数里"),
    (r"cannot contain aggregates|aggregates? .*not allowed", "这里不能用聚合函数，请改用 having 或子查询"),
    (r"No function matches", "函数的参数个数或类型不对"),
    (r"syntax error at or near \"([^\"]+)\"", "语法有误，在“{0}”附近"),
    (r"syntax error at end of input", "语句没有写完"),
    (r"^Parser Error", "语法有误"),
    (r"read-only|Cannot execute statement of type|attached in read-only mode", "数仓只读，不能增删改"),
    (r"^Permission Error", "不允许读写数仓以外的文件，也不能改设置"),
    (r"^Conversion Error", "有的值不能转换成所要的类型"),
    (r"^(?:Out of Memory|Out of Range)", "数据超出范围或内存不足，请缩小查询"),
    (r"^Binder Error", "名称或类型对不上"),
    (r"^Catalog Error", "没有这个名称"),
    (r"^INTERRUPT", "已中断"),
)
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE | re.MULTILINE), said) for pattern, said in _SAID)


def in_chinese(message: str) -> str:
    """One sentence in Chinese for a message of DuckDB; a general one where it is not among the common."""
    for pattern, said in _PATTERNS:
        if (match := pattern.search(message)) is not None:
            return said.format(*match.groups())
    return "查询无法执行"
