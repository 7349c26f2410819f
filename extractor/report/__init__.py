"""Reports: extractions as one HTML page that a reader opens, searches and checks against the text."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from extractor.errors import ExtractorError
from extractor.patterns import Patterns
from extractor.records import Extraction
from extractor.report.documents import document_of, read_documents
from extractor.report.page import page
from extractor.wording import check_language

__all__ = ["document_of", "read_documents", "write_report"]


def write_report(extractions: Iterable[Extraction], path: str | Path, *, title: str | None = None, language: str = "vi",
                 folder: str | Path | None = None, patterns: Patterns | None = None) -> None:
    """Write the report of `extractions` (what `extract` gives, or `read_documents`) to the HTML file `path`.

    Where a record does not carry its text, the file ``document.path`` is looked up, as given and from `folder`, and
    shown if its hash is that of the document; else the page shows the records and says why there is no text.
    `patterns` name indicators and groups of the user's own. Raises `ExtractorError` where `path` cannot be written.
    """
    made = page(extractions, title=title, language=check_language(language), folder=None if folder is None else Path(folder),
                patterns=patterns)
    try:
        Path(path).write_text(made, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ExtractorError(f"{path}: cannot be written: {error.strerror or error}") from None
