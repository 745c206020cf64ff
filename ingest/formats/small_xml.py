"""The small XML parts of a container (relations, list of sheets, styles): elements in order, entities refused."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from xml.parsers import expat

from ingest.formats.zip_container import document_type_refused
from ingest.refused import damaged

# expat also answers with LookupError (a declared encoding nobody knows) and ValueError.
NOT_WELL_FORMED = (expat.ExpatError, LookupError, ValueError)

_PIECE = 1 << 18


@dataclass(frozen=True, slots=True)
class Element:
    """One start tag: its path of local names from the root (`workbook/sheets/sheet`) and its attributes."""

    path: str
    attributes: dict[str, str]

    def get(self, name: str, default: str = "") -> str:
        """An attribute by its local name, whatever its prefix."""
        if name in self.attributes:
            return self.attributes[name]
        suffix = ":" + name
        return next((value for key, value in self.attributes.items() if key.endswith(suffix)), default)

    def flag(self, name: str) -> bool:
        """Whether an attribute says yes."""
        return self.get(name) in ("1", "true", "on")


def elements(document: bytes, name: str, wanted: Set[str] | None = None) -> Iterator[Element]:
    """Every element of a small document in order, or those with one of the `wanted` paths.

    Raises:
        Refused: `truncated` where it is not well-formed, `not_a_table` where it declares a document type.
    """
    found: list[Element] = []
    paths: list[str] = []

    def refuse(*_: object) -> None:
        raise document_type_refused(name)

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        path = f"{paths[-1]}/{local}" if paths else local
        paths.append(path)
        if wanted is None or path in wanted:
            found.append(Element(path, attributes))

    def end(_: str) -> None:
        paths.pop()

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    # In pieces: a workbook that was copied from for years has hundreds of thousands of cell styles.
    last = max(0, len(document) - 1) // _PIECE
    for number in range(last + 1):
        try:
            parser.Parse(document[number * _PIECE : (number + 1) * _PIECE], number == last)
        except NOT_WELL_FORMED as error:
            raise damaged(f"{name} 不是完整的 XML", f"{name} is not well-formed") from error
        yield from found
        found.clear()
