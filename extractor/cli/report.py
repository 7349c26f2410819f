"""Make one HTML page of documents that were written before: the marked texts, every number with its card, tables.

Texts are shown where the documents carry them, or where the files that they name are still there and unchanged.
Exit status: 0 all documents are in the page, 1 some lines could not be read (each is named), 2 none could.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path


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
    from extractor.cli.documents import read_back
    from extractor.report import write_report

    found, bad = read_back(files, [output])
    if bad and not found:
        return 2
    write_report(found, output, title=title, language=language)
    return 1 if bad else 0
