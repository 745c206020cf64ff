"""The list of project fields in SQL is the reader's list."""

from __future__ import annotations

import re

from ingest.fields import fields
from ingest.home import CHECKOUT


def test_the_fingerprint_covers_every_field_but_the_printed_number() -> None:
    text = (CHECKOUT / "dbt_project/macros/project_fields.sql").read_text(encoding="utf-8")
    body = text[text.index("macro project_fields") : text.index("endmacro")]
    assert re.findall(r"'(\w+)'", body) == [name for name in fields() if name != "sequence_no"]
