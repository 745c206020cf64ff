"""Web archives (.mht, "single file web page", also saved as .xls): the pages inside, read as HTML tables."""

from __future__ import annotations

import email
import html
import re
from email import policy

from ingest.formats.html_table import read_html
from ingest.formats.sheet import Workbook
from ingest.limits import Limits
from ingest.refused import Refused, damaged, not_a_table, too_large

_SHEET_NAMES = re.compile(r"<x:Name>([^<]{1,255})</x:Name>", re.IGNORECASE)


def looks_like_mhtml(head: str) -> bool:
    """Whether the first characters are the headers of a web archive."""
    return re.match(r"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,12}?MIME-Version:", head, re.IGNORECASE) is not None


def read_mhtml(data: bytes, limits: Limits) -> Workbook:
    """Read the tables of every page in the archive, in order.

    Raises:
        Refused: `not_a_table` where no page has one, `truncated`, `too_large`.
    """
    if len(data) > limits.markup_bytes:
        raise too_large(f"网页 {len(data)} 字节", f"a page of {len(data)} bytes")
    message = email.message_from_bytes(data, policy=policy.compat32)
    boundary = message.get_boundary()
    if boundary and f"--{boundary}--".encode("ascii", "replace") not in data:
        raise damaged("网页归档提前结束", "the web archive ends early")
    book = Workbook("mhtml", [])
    names: list[str] = []
    for part in message.walk():
        if part.get_content_type() != "text/html":
            continue
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            continue
        names = names or [html.unescape(name) for name in _SHEET_NAMES.findall(payload.decode("utf-8", "replace"))]
        try:
            page = read_html(payload, limits)
        except Refused as refused:
            if refused.refusal.code in ("not_a_table", "empty"):
                continue
            raise
        book.sheets.extend(page.sheets)
        book.encoding = book.encoding or page.encoding
    if not book.sheets:
        raise not_a_table("网页归档里没有表格", "a web archive without a table")
    if len(names) != len(book.sheets):
        names = [f"Sheet{number}" for number in range(1, len(book.sheets) + 1)]
    for sheet, name in zip(book.sheets, names, strict=True):
        sheet.name = name
    return book
