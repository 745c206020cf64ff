"""Personal data leaves the lake masked: SQL expressions that publication puts around text columns.

Numbers (phones, identity cards) are recognised by `ingest.personal_data` in every text; names only where a column or
a header says that a person stands there. Every expression is idempotent: what is masked stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.fields import fields
from ingest.personal_data import mask_personal_data

if TYPE_CHECKING:
    import duckdb

# Original cell texts, kept as JSON by header.
JSON_COLUMNS = frozenset({"raw", "extra", "reasons"})

_FUNCTION = "mask_numbers"
# Only texts with so many digits in a row (blanks and dashes apart) can hold a phone number.
_MAYBE_NUMBER = r"[0-9０-９][0-9０-９ ()（）+-]{5,}[0-9０-９]"
_LONG_NUMBER = r"([0-9]{3})[0-9]{4}"
_HAN_NAME = r"(\p{Han})[\p{Han}·]+"
_LATIN_NAME = r"\b([A-Za-z])[A-Za-z'.-]+"
_PERSON_HEADER = "责任人|联系人|负责人|联络人|经办人|法人|法定代表|代表人|领导|姓名|联系方式|专班成员|秘书长|县级干部|电话|手机"
_PERSON_IN_JSON = rf'("(?:[^"\\]|\\.)*(?:{_PERSON_HEADER})(?:[^"\\]|\\.)*"\s*:\s*"(?:[^"\\]|\\.))(?:[^"\\]|\\.)*"'


def register(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the connection the function that `masked` expressions call."""
    connection.create_function(_FUNCTION, mask_personal_data, ["VARCHAR"], "VARCHAR")


def masked(column: str) -> str:
    """SQL that gives the text column with personal data masked (`王**`, `138****0001`)."""
    expression = f'"{column}"'
    if column in JSON_COLUMNS:
        expression = _replace(expression, _PERSON_IN_JSON, r'\1**"')
    expression = (
        f"case when regexp_matches({expression}, '{_MAYBE_NUMBER}') then {_FUNCTION}({expression}) else {expression} end"
    )
    spec = fields().get(column)
    if spec is not None and spec.personal:
        for pattern, by in ((_LONG_NUMBER, r"\1****"), (_HAN_NAME, r"\1**"), (_LATIN_NAME, r"\1**")):
            expression = _replace(expression, pattern, by)
    return expression


def _replace(expression: str, pattern: str, by: str) -> str:
    pattern, by = pattern.replace("'", "''"), by.replace("'", "''")
    return f"regexp_replace({expression}, '{pattern}', '{by}', 'g')"
