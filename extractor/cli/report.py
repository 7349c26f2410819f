"""Make one HTML page of documents that were written before: the marked texts, every number with its card, tables.

Texts are shown where the documents carry them, or where the files that they name are still there and unchanged.
Exit status: 0 all documents are in the page, 1 some lines could not be read (each is named), 2 none could.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from extractor.errors import ExtractorError


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("files", nargs="+", type=Path, metavar="OUT.jsonl", help="documents, as JSON Lines")
    parser.add_argument("-o", "--output", type=Path, default=Path("report.html"), metavar="FILE",
                        help="the page to write (default: report.html)")
    parser.add_argument("--language", choices=["vi", "en"], default="vi",
                        help="the language that the page opens in; it can be changed there (default: vi)")
    parser.add_argument("--title", metavar="WORDS", help="the title of the page")


def run(options: argparse.Namespace) -> int:
    """Read the documents and write the page; a line that cannot be read is named and passed over."""
    return make(options.files, options.output, options.title, options.language)


def make(files: Sequence[Path], output: Path, title: str | None = None, language: str = "vi") -> int:
    """Write the page `output` of the documents in `files`; the exit status."""
    from extractor.cli.main import report
    from extractor.records import Extraction
    from extractor.report import read_documents, write_report
    from extractor.report.texts import text_of

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
    if bad and not found:
        return 2
    write_report(found, output, title=title, language=language)
    return 1 if bad else 0
