"""Who signs the letters: `letter_senders.csv`, by county, city (four digits), province (two) or, left blank, for all."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from ingest.strict_yaml import ConfigurationError, text_kept_by_people

SENDERS = Path(__file__).with_name("letter_senders.csv")
_COLUMNS = ("county_code", "sender", "note")
_CODE = re.compile(r"(?:\d{2}|\d{4}|\d{6})?")


def read_senders(path: Path = SENDERS) -> dict[str, str]:
    """Region code or nothing → the unit that sends letters there (发文单位).

    Raises:
        ConfigurationError: not UTF-8, unknown columns, a code of another length, no name, or a region named twice.
    """
    found: dict[str, str] = {}
    with io.StringIO(text_kept_by_people(path), newline="") as handle:
        rows = csv.DictReader(handle)
        if tuple(rows.fieldnames or ()) != _COLUMNS:
            raise ConfigurationError(f"{path.name}: 列应为 columns must be {', '.join(_COLUMNS)}")
        for number, row in enumerate(rows, start=2):
            code, sender = row["county_code"], (row["sender"] or "").strip()
            if not _CODE.fullmatch(code) or not sender or code in found or None in row:
                raise ConfigurationError(f"{path.name} 第{number}行有误 line {number} is wrong: {row}")
            found[code] = sender
    return found


def sender_for(county_code: str, senders: dict[str, str]) -> str | None:
    """The sender of letters to a county, the most particular row first; None where nobody is named."""
    codes = (county_code, county_code[:4], county_code[:2], "")
    return next((senders[code] for code in codes if code in senders), None)
