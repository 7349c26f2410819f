"""Reading an output (JSON Lines, or one document) so that documents can be looked up by what they are of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from extractor.errors import ExtractorError

Document = dict[str, Any]
#: The lists of a document, in the order in which they are compared.
LISTS: Final = ("observations", "targets", "officials", "provinces", "places", "periods", "checks")
_NUMBERS: Final = ("percentages", "household_counts", "other_quantities")


class Output:
    """One output on disk. Only the places of its documents are kept in memory, whatever its size."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.mistakes: list[ExtractorError] = []
        self._places: dict[str, tuple[int, int]] = {}
        try:
            with path.open("rb") as file:
                self._index(file)
        except OSError as error:
            raise ExtractorError(f"{path}: cannot be read: {error.strerror or error}") from None

    def _index(self, lines: Any) -> None:
        start = 0
        for number, line in enumerate(lines, 1):
            if line.strip():
                if number == 1 and line.strip() == b"{":  # one document, indented
                    line += lines.read()
                try:
                    self._places[self._free_key(parse(line))] = (start, len(line))
                except ExtractorError as error:
                    self.mistakes.append(ExtractorError(f"{self.path}:{number}: {error}"))
            start += len(line)

    def _free_key(self, document: Document) -> str:
        """What the document is of; a second one of the same is told apart by its number."""
        head = document["document"]
        key = base = str(head.get("id") or head.get("path") or head.get("sha256"))
        number = 1
        while key in self._places:
            number += 1
            key = f"{base} ({number})"
        return key

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def __getitem__(self, key: str) -> Document:
        start, length = self._places[key]
        with self.path.open("rb") as file:
            file.seek(start)
            return parse(file.read(length))


def parse(line: bytes) -> Document:
    """One document; `ExtractorError` where it is none."""
    try:
        document = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ExtractorError(f"not valid JSON: {error}") from None
    if not isinstance(document, dict) or not isinstance(document.get("document"), dict):
        raise ExtractorError("not a document of the extractor: it has no field 'document'")
    return document


def observations(document: Document) -> list[Document]:
    """All observations of a document in the order of the text."""
    rows = [o for name in _NUMBERS for o in document.get(name, ())]
    return sorted(rows, key=lambda o: (o["start"], o["end"]))
