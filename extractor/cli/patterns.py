"""Check pattern files: that they can be read, and that every example of every rule does what it says.

Without a folder the patterns that come with the toolkit are checked. With a folder of your own every mistake in its
files is listed, its examples are run, and built-in examples that it makes come out otherwise are named.
Exit status: 0 all (own) examples pass, 1 some do not, 2 a file has a mistake.
"""

from __future__ import annotations

import argparse
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("action", choices=["check"], help="what to do with the patterns")
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="a folder of pattern files of your own")


def run(options: argparse.Namespace) -> int:
    """List the mistakes, or run the examples; print every failure and a closing count."""
    from extractor.cli.main import report
    from extractor.patterns import load_patterns, user_folders
    from extractor.rules.examples import check_examples
    from extractor.rules.mistakes import mistakes_in

    folders = user_folders(options.folder)
    mistakes = [mistake for folder in folders for mistake in mistakes_in(folder)]
    for mistake in mistakes:
        report(mistake)
    if mistakes:
        return 2
    patterns = load_patterns(*folders)
    count = failures = moved = 0
    for result in check_examples(patterns):
        own = not folders or patterns.is_own(result.rule)
        count += own
        if result.failure is not None:
            failures += own
            moved += not own
            print(result if own else f"changed by {options.folder}: {result}")
    for rule in (r for rules in patterns.rules.values() for r in rules if folders and patterns.is_own(r)):
        if not rule.get("examples"):
            print(f"{rule.path}:{rule.line}: [[{rule.table}]]: no examples, so nothing shows that it works")
    print(f"{count} examples, {failures} failed" + (f"; {moved} built-in examples come out otherwise" if folders else ""))
    return 1 if failures else 0
