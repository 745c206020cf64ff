"""A text cut into known words, so that as little as possible stays unexplained."""

from __future__ import annotations

from collections.abc import Container


def cut(text: str, words: Container[str], longest: int) -> tuple[list[str], str]:
    """The words of the reading that leaves the least unexplained (of two, the one of the fewest words), and that rest."""
    # From the end: what the best reading leaves unread, its number of words, and the size of its first word.
    best: list[tuple[int, int, int]] = [(0, 0, 0)] * (len(text) + 1)
    for at in range(len(text) - 1, -1, -1):
        unread, count, _ = best[at + 1]
        choice = (unread + 1, count + 1, 0)
        for size in range(1, min(longest, len(text) - at) + 1):
            if text[at : at + size] in words:
                unread, count, _ = best[at + size]
                choice = min(choice, (unread, count + 1, -size))
        best[at] = (choice[0], choice[1], -choice[2])
    found, rest, at = [], "", 0
    while at < len(text):
        size = best[at][2]
        if size:
            found.append(text[at : at + size])
        else:
            rest += text[at]
        at += size or 1
    return found, rest
