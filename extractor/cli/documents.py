"""Documents that were written before, read back for the commands that make something of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import ExtractorError

if TYPE_CHECKING:
    from extractor.records import Extraction


def read_back(files: Sequence[Path], outputs: Iterable[Path]) -> tuple[list[Extraction], int]:
    """The documents of `files`, each with its text where that is still there, and how much could not be read.

    What cannot be read is named on the error stream and passed over. Raises `ExtractorError` where one of `outputs`, to
    which the command is going to write, is among the files.
    """
    from extractor.cli.main import report
    from extractor.report import read_documents
    from extractor.report.texts import text_of

    for output in outputs:
        if any(file.exists() and output.exists() and file.samefile(output) for file in files):
            raise ExtractorError(f"{output}: is read and cannot be written at the same time")
    found: list[Extraction] = []
    bad = 0
    for file in files:
        try:
            for document in read_documents(file):
                if isinstance(document, ExtractorError):
                    report(document)
                    bad += 1
                    continue
                text, _ = text_of(document, file.parent)
                found.append(document.keep_text(text) if text is not None else document)
        except ExtractorError as error:
            report(error)
            bad += 1
    return found, bad
