"""Check pattern files: that they can be read, and that every example of every rule does what it says.

Without a folder the patterns that come with the toolkit are checked; with one, they and the folder's together.
Exit status: 0 all examples pass, 1 some do not, 2 a file has a mistake.
"""

from __future__ import annotations

import argparse
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("action", choices=["check"], help="what to do with the patterns")
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="a folder of pattern files of your own")


def run(options: argparse.Namespace) -> int:
    """Run the examples; print every failure and a closing count."""
    from extractor.rules.examples import check_examples, with_folder

    count = failures = 0
    for result in check_examples(with_folder(options.folder)):
        count += 1
        if result.failure is not None:
            failures += 1
            print(result)
    print(f"{count} examples, {failures} failed")
    return 1 if failures else 0
