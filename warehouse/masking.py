"""Personal data leaves the lake masked: SQL expressions that publication puts around text columns.

Every expression is idempotent: what is masked stays as it is.
"""

from __future__ import annotations

from ingest.fields import fields

# A mobile number or an identity number, wherever it stands in a text.
_MOBILE = r"(^|[^0-9])(1[3-9][0-9])[0-9]{4}([0-9]{4})($|[^0-9])"
_IDENTITY = r"(^|[^0-9])([0-9]{4})[0-9]{2}(?:19|20)[0-9]{9}[0-9Xx]($|[^0-9Xx])"
_LONG_NUMBER = r"([0-9]{3})[0-9]{4}"
_HAN_RUN = r"(\p{Han})[\p{Han}·]+"
_LATIN_NAME = r"\b([A-Za-z])[A-Za-z'.-]+"
# Headers under which people stand, in original cell texts kept as JSON by header.
_PERSON_HEADER = (
    "责任人|联系人|负责人|联络人|经办人|法人|法定代表|代表人|领导|姓名|联系方式|专班成员|秘书长|县级干部|电话|手机"
)
_PERSON_IN_JSON = rf'("(?:[^"\\]|\\.)*(?:{_PERSON_HEADER})(?:[^"\\]|\\.)*"\s*:\s*"(?:[^"\\]|\\.))(?:[^"\\]|\\.)*"'

JSON_COLUMNS = frozenset({"raw", "extra", "reasons"})


def masked(column: str) -> str:
    """SQL that gives the text column with personal data masked (`王**`, `138****0001`)."""
    quoted = f'"{column}"'
    spec = fields().get(column)
    if spec is not None and spec.personal:
        return _replace(_replace(_replace(quoted, _LONG_NUMBER, r"\1****"), _HAN_RUN, r"\1**"), _LATIN_NAME, r"\1**")
    if column in JSON_COLUMNS:
        quoted = _replace(quoted, _PERSON_IN_JSON, r'\1**"')
    # Twice: two numbers may share the character between them.
    for _ in range(2):
        quoted = _replace(_replace(quoted, _IDENTITY, r"\1\2**************\3"), _MOBILE, r"\1\2****\3\4")
    return quoted


def _replace(expression: str, pattern: str, by: str) -> str:
    pattern, by = pattern.replace("'", "''"), by.replace("'", "''")
    return f"regexp_replace({expression}, '{pattern}', '{by}', 'g')"
