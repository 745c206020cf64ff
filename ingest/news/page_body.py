"""Which lines of a page are the article: the container that holds most of the prose, less its furniture.

Prose is text outside links with Chinese sentence marks. Menus are links, footers and tickers have no sentences, other
articles come after a heading that says so (`相关新闻`): the wordings are in `page_furniture.csv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.news.html_lines import Line, Lines
from ingest.news.page_dates import has_day
from ingest.news.page_furniture import roles_of_lines

_MARKS = re.compile("[，。；、：！？,;]")
_DOMINANT = 0.7
# Between the title and what comes after the article hardly anything is foreign: a paragraph is not lost for a menu.
_DOMINANT_BELOW_TITLE = 0.95
_ENOUGH_BEFORE_TAIL = 30
_SHORT = 60
_UNLINKED = 0.5
_TITLE_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Body:
    """The article's lines, as indexes. `heading` is the line with the title, if one was found.

    `certainty` is the share it holds of the prose between the title and what follows the article; 0 where there is none.
    """

    lines: tuple[int, ...]
    heading: int | None
    certainty: float


def find_body(page: Lines, titles: list[str]) -> Body:
    """Choose the article's lines. `titles` are what the page calls itself, best first."""
    lines = page.lines
    roles = roles_of_lines([line.text for line in lines])
    prose = [_prose(line, role) for line, role in zip(lines, roles, strict=True)]
    heading = find_heading(lines, titles, prose)
    weights = [0.0 if heading is not None and number <= heading else weight for number, weight in enumerate(prose)]
    tail = _tail(roles, weights)
    container_of = _weighted(page, weights[:tail])
    chosen = _dominant(page, container_of, _DOMINANT if heading is None else _DOMINANT_BELOW_TITLE)
    inside = _subtree(page, chosen)
    kept = [
        number
        for number in range((heading + 1) if heading is not None else 0, tail)
        if inside[lines[number].container] and _belongs(lines[number], roles[number], prose[number])
    ]
    kept = _without_leading_furniture(kept, lines, prose)
    total = sum(weights[:tail])
    held = sum(prose[number] for number in kept)
    return Body(tuple(kept), heading, held / total if total else 0.0)


def find_heading(lines: list[Line], titles: list[str], prose: list[float]) -> int | None:
    """The line that prints the title, nearest to the prose below it."""
    wanted = [_squeezed(title) for title in titles if len(_squeezed(title)) >= 4]
    last_prose = max((number for number, weight in enumerate(prose) if weight), default=0)
    best: int | None = None
    for number, line in enumerate(lines):
        if number > last_prose:
            break
        text = _squeezed(line.text)
        if (
            len(text) >= 4
            and not (line.linked * 2 > len(line.text))
            and any(_is_title(text, title) for title in wanted)
        ):
            best = number
            if line.heading == 1:
                break
        if best is not None and prose[number] > 0 and number > best:
            break
    return best


def _is_title(text: str, title: str) -> bool:
    return text == title or (len(text) >= 6 and (title.startswith(text) or text.startswith(title)) and len(text) < 80)


def _squeezed(text: str) -> str:
    return _TITLE_SPACES.sub("", text)


def _prose(line: Line, role: str | None) -> float:
    """How much of a line is running text: its characters outside links, if it reads like sentences."""
    if role is not None:
        return 0.0
    length = len(line.text)
    if line.linked * 2 > length:
        return 0.0
    marks = len(_MARKS.findall(line.text))
    if marks == 0 and length < 30:
        return 0.0
    return float(length - line.linked)


def _tail(roles: list[str | None], weights: list[float]) -> int:
    """The first line that belongs to what comes after the article."""
    before = 0.0
    for number, role in enumerate(roles):
        if role == "tail" and before >= _ENOUGH_BEFORE_TAIL:
            return number
        before += weights[number]
    return len(roles)


def _weighted(page: Lines, weights: list[float]) -> list[float]:
    """Prose by container, those below included, counted by what each container's id and class say."""
    factors = [1.0] * len(page.parents)
    for container in range(1, len(page.parents)):
        own, above = page.weights[container], factors[page.parents[container]]
        factors[container] = own if own > 1 else min(above, own) if own < 1 else above
    sums = [0.0] * len(page.parents)
    for line, weight in zip(page.lines, weights, strict=False):
        sums[line.container] += weight * factors[line.container]
    for container in range(len(page.parents) - 1, 0, -1):
        sums[page.parents[container]] += sums[container]
    return sums


def _dominant(page: Lines, sums: list[float], share: float) -> int:
    """From the page inwards, as long as one container holds most of what its parent holds."""
    heaviest: dict[int, int] = {}
    for container in range(1, len(sums)):
        parent = page.parents[container]
        if parent not in heaviest or sums[container] > sums[heaviest[parent]]:
            heaviest[parent] = container
    chosen = 0
    while chosen in heaviest and sums[heaviest[chosen]] >= share * sums[chosen] > 0:
        chosen = heaviest[chosen]
    return chosen


def _subtree(page: Lines, root: int) -> list[bool]:
    inside = [False] * len(page.parents)
    inside[root] = True
    for container in range(1, len(page.parents)):
        inside[container] = inside[container] or (
            inside[page.parents[container]] and (page.weights[container] >= 1 or container == root)
        )
    return inside


def _belongs(line: Line, role: str | None, prose: float) -> bool:
    """A line inside the article's container: furniture and lines of mere links are left out."""
    if role is not None:
        return False
    return prose > 0 or line.linked < _UNLINKED * len(line.text)


def _without_leading_furniture(kept: list[int], lines: list[Line], prose: list[float]) -> list[int]:
    """Cut what stands before the first prose: breadcrumbs, a second print of the title, the filing line."""
    first = next((place for place, number in enumerate(kept) if prose[number] > 0), len(kept))
    head = [number for number in kept[:first] if not _is_filing(lines[number])]
    return [*head[-1:], *kept[first:]] if first < len(kept) else kept


def _is_filing(line: Line) -> bool:
    return len(line.text) <= _SHORT and (has_day(line.text) or "|" in line.text or ">" in line.text)
