"""The text of an article that is to be shown: carried by its document, or found where the document says."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from extractor.article.decode import read_text
from extractor.errors import ExtractorError
from extractor.records import Extraction


def _is_of(extraction: Extraction, text: str) -> bool:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() == extraction.document.sha256


def text_of(extraction: Extraction, folder: Path | None = None) -> tuple[str | None, str | None]:
    """The text whose hash is that of the document, or None and why not: a key of the label table ``missing``.

    A path is looked up as it was given, then from `folder` (where the documents are).
    """
    if extraction.text is not None:
        return (extraction.text, None) if _is_of(extraction, extraction.text) else (None, "changed")
    if extraction.document.path is None:
        return None, "no_path"
    why = "no_file"
    for path in (Path(extraction.document.path), *([folder / extraction.document.path] if folder else [])):
        try:
            if not path.is_file():
                continue
            text = read_text(path)
        except (ExtractorError, OSError, ValueError):
            why = "unreadable"
            continue
        if _is_of(extraction, text):
            return text, None
        why = "changed"
    return None, why


def texts_in(paths: Iterable[Path], wanted: Collection[str]) -> tuple[Mapping[str, str], list[ExtractorError]]:
    """The texts in `paths` whose SHA-256 is among `wanted`, by it, and what could not be read.

    The paths are files, folders or dumps of any kind that `extractor.reading` knows.
    """
    from extractor.reading import read_articles

    found: dict[str, str] = {}
    errors: list[ExtractorError] = []
    for read in read_articles([str(path) for path in paths]):
        if read.error is not None:
            errors.append(read.error)
        elif read.article is not None:
            digest = hashlib.sha256(read.article.text.encode("utf-8", "surrogatepass")).hexdigest()
            if digest in wanted:
                found[digest] = read.article.text
    return found, errors
