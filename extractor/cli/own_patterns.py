"""The option ``--patterns DIR``: folders of pattern files of the user's own, for commands that read articles."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_patterns_option(parser: argparse.ArgumentParser | argparse._ArgumentGroup) -> None:
    """Add ``--patterns`` to `parser`; it may be given several times."""
    parser.add_argument("--patterns", action="append", type=Path, default=[], metavar="DIR",
                        help="pattern files of your own that add to the built-in ones (docs/own-indicators.md)")


def own_patterns(options: argparse.Namespace) -> tuple[Path, ...]:
    """The folders of ``--patterns``; a mistake in one of them is raised here, before any article is read."""
    from extractor.patterns import load_patterns, user_folders

    folders = user_folders(options.patterns)
    load_patterns(*folders)
    return folders
