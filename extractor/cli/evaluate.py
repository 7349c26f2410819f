"""Score the extractor on a folder of annotated articles (NNN.txt beside NNN.json, in the form of corpus/)."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from extractor.cli.own_patterns import add_patterns_option, own_patterns
from extractor.errors import ExtractorError


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="the annotated articles")
    parser.add_argument("--errors", type=Path, metavar="FILE", help="list every error with its context in this file")
    add_patterns_option(parser)
    parser.add_argument("--json", action="store_true", help="print the measures as JSON instead of a table")


def run(options: argparse.Namespace) -> int:
    """Extract every article of the folder, compare, print the table."""
    from extractor.evaluation import evaluate
    from extractor.evaluation.table import error_lines, table

    scores = evaluate(options.folder, own_patterns(options))
    if options.errors is not None:
        try:
            options.errors.write_text("".join(line + "\n" for line in error_lines(scores.errors)), encoding="utf-8")
        except OSError as error:
            raise ExtractorError(f"{options.errors}: cannot be written: {error.strerror or error}") from None
    print(json.dumps(scores.to_dict(), indent=1) if options.json else table(scores))
    return 0
