"""The text of an article that is to be shown: carried by its document, or found where the document says."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from extractor.article.decode import read_text, text_files
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


def texts_in(paths: Iterable[Path], wanted: Collection[str]) -> Mapping[str, str]:
    """The texts in `paths` whose SHA-256 is among `wanted`, by it.

    A path is a text file, a folder (all .txt files below it), or a dump: JSON Lines (.jsonl, .jsonl.gz) of articles with
    a field ``text``. Raises `ExtractorError` naming file and line.
    """
    found: dict[str, str] = {}
    for path in paths:
        for text in _dumped(path) if path.name.endswith((".jsonl", ".jsonl.gz")) else map(read_text, text_files(path)):
            digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
            if digest in wanted:
                found[digest] = text
    return found


def _dumped(path: Path) -> Iterator[str]:
    opened: Callable[..., IO[str]] = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                where = f"{path}: line {number}"
                try:
                    article = json.loads(line) if line.strip() else None
                except (ValueError, RecursionError) as error:
                    raise ExtractorError(f"{where}: no JSON: {error}") from None
                if article is None:
                    continue
                text = article.get("text") if isinstance(article, dict) else None
                if not isinstance(text, str):
                    raise ExtractorError(f"{where}: text: expected a string")
                yield text
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise ExtractorError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
