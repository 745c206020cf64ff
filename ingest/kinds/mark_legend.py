"""What a table says of its own marks: √为已办，○为在办，×为未办 in a title, a note or a header."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.kinds.item_states import state_said
from ingest.values.printed import compact
from ingest.wording_registry import permit_step_words

_MARKS = "√✓✔☑○◯●◎×✗✘△▲☆★□■◇◆/"
_CLAUSES = re.compile(r"[，,；;、。|()（）【】\[\]\s]+")
_MARK = re.compile(f"([{_MARKS}])")
_BESIDE_MARK = "“”\"'‘’"
_BEFORE_WORD = re.compile(r"^(?:为|表示|代表|指的?是|指|即|是|[:：=＝—-])+")
_AFTER_WORD = re.compile(r"(?:的?(?:打|画|标注?|填写?|用|以|[:：=＝—-]))+$")
_BEFORE_MARK = re.compile(r"^(?:注|说明|备注|其中|打|画|标注?|填写?|用|以|[:：])+")


def legend(lines: Iterable[str]) -> dict[str, str]:
    """Each mark that the lines explain, with the word they give it; words that say no state of a matter are left out."""
    return {mark: word for line in lines for mark, word in _pairs(line) if _says_state(word)}


def _pairs(line: str) -> Iterator[tuple[str, str]]:
    for clause in _CLAUSES.split(line):
        text = _BEFORE_MARK.sub("", clause.strip()).translate(dict.fromkeys(map(ord, _BESIDE_MARK)))
        parts = [part for part in _MARK.split(text) if part]
        if len(parts) < 2 or len(parts) % 2:
            continue
        pairs = list(zip(parts[::2], parts[1::2], strict=True))
        if all(_is_mark(first) and not _is_mark(second) for first, second in pairs):
            yield from ((mark, _BEFORE_WORD.sub("", word)) for mark, word in pairs)
        elif all(_is_mark(second) and not _is_mark(first) for first, second in pairs):
            yield from ((mark, _AFTER_WORD.sub("", word)) for word, mark in pairs)


def _is_mark(text: str) -> bool:
    return len(text) == 1 and text in _MARKS


def _says_state(word: str) -> bool:
    return state_said(word) is not None or any(
        compact(word) in map(compact, permit_step_words(part)) for part in ("done_cell", "open_cell", "not_needed_cell")
    )
