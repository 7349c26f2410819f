#!/usr/bin/env python3
"""Pin the floors of the gate at what is reached on corpus/: ``python scripts/pin_floors.py [--lower REASON]``.

Writes ``tests/floors.json``, and ``tests/floors_unseen.json`` for the articles that no weights were trained on. A floor is lowered only with ``--lower``; the reason is kept in the file.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from extractor.errors import ExtractorError
from extractor.evaluation import evaluate
from extractor.evaluation.gate import pin, read_floors, write_floors

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Measure, compare with the floors there are, write the new ones."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lower", metavar="REASON", help="lower floors that are no longer reached, for this reason")
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus", help="the annotated articles")
    parser.add_argument("--floors", type=Path, default=ROOT / "tests" / "floors.json", help="the file of floors")
    options = parser.parse_args(arguments)
    unseen = options.floors.with_stem(options.floors.stem + "_unseen")
    pinned = {}
    try:
        for corpus, path in ((options.corpus, options.floors), (options.corpus / "unseen", unseen)):
            if corpus.is_dir():
                pinned[path] = pin(read_floors(path), evaluate(corpus), corpus, options.lower)
    except ExtractorError as error:
        print(f"{error}\nNothing was written; --lower REASON lowers them all the same.", file=sys.stderr)
        return 1
    for path, floors in pinned.items():
        write_floors(floors, path)
        print(f"{path}: {len(floors.floors)} floors")
    return 0


if __name__ == "__main__":
    sys.exit(main())
