"""Make a panel of documents that were written before: place × period × indicator × group, with value and sources.

Near-identical articles count once. Several statements about one thing become one value, chosen in this order: end rather
than start of a change, actual over estimate, exact over approximate, stated by more articles, newest, more digits, higher
confidence. CSV and Parquet get three more tables beside them: NAME-targets (each goal with its outcome), NAME-conflicts
and NAME-sources (every statement with its sentence). Exit status: 0 all documents are in it, 1 some lines could not be
read (each is named), 2 none could.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from extractor.errors import ExtractorError


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("files", nargs="+", type=Path, metavar="OUT", help="documents, as JSON Lines or JSON")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE",
                        help="the file to write: .csv, .parquet or .html")
    parser.add_argument("--texts", nargs="+", type=Path, default=[], metavar="PATH",
                        help="where the articles are, for their sentences: files, folders or dumps of any kind that the "
                             "extraction reads; by default in the documents (--with-text) or where they say")
    parser.add_argument("--provinces", choices=["then", "now"], default="then",
                        help="provinces on the map of the article's time, or brought to today's 34: their former parts "
                             "keep rows of their own, only counts are added up (default: then)")
    parser.add_argument("--min-confidence", type=_share, default=0.0, metavar="X",
                        help="leave out numbers below this confidence, 0 to 1 (default: 0)")
    parser.add_argument("--language", choices=["vi", "en"], default="vi", help="the language of names and labels (default: vi)")
    parser.add_argument("--title", metavar="WORDS", help="the title of the page")


def _share(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"expected a number from 0 to 1, found {value!r}")
    return number


def run(options: argparse.Namespace) -> int:
    """Read the documents and write the tables; a line that cannot be read is named and passed over."""
    from extractor.cli.documents import read_back
    from extractor.cli.main import report
    from extractor.panels.cells import build_panel
    from extractor.panels.files import paths_of, write_panel
    from extractor.report.texts import texts_in

    found, bad = read_back(options.files, paths_of(options.output).values())
    if bad and not found:
        return 2
    missing_texts = {d.document.sha256 for d in found if d.text is None}
    texts, unread = texts_in(options.texts, missing_texts)
    for wrong in unread:
        report(wrong)
    bad += len(unread)
    found = [d.keep_text(texts[d.document.sha256]) if d.document.sha256 in texts else d for d in found]
    panel = build_panel(found, min_confidence=options.min_confidence, provinces=options.provinces)
    write_panel(panel, options.output, language=options.language, title=options.title, provinces=options.provinces)
    missing = sum(article.text is None for article in panel.articles)
    if missing:
        report(ExtractorError(f"{missing} of {len(panel.articles)} documents: their text is not where they say, so their "
                              "sentences are left empty (--texts says where it is)"))
    return 1 if bad else 0
