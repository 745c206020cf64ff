"""Which posts lead a project or a matter where no column names a leader; words of each in neighbour_words.csv."""

from __future__ import annotations

from ingest.columns.neighbour_words import says

LEADING_POSTS = ("leads_county", "leads_chain", "leads_squad", "leads_bureau")
"""Sets of neighbour words, the highest post first."""


def is_leading_post(header: str) -> bool:
    """链长, 专班组长, 分管局长, … as the core of a header."""
    return any(says(words, header) for words in LEADING_POSTS)
