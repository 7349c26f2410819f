"""Does time grow linearly with the text of one article? ``python benchmarks/linear.py [articles.jsonl.gz]``

Articles (of this project's corpus, or of a dump) are joined to ten texts of about `--characters`, and these ten to one
text of ten times the length. Printed is the processor time of one of the ten (their mean; the least of some runs) and
of the long one, and the ratio, which should be at most 11. Both have read the same words, so neither is harder.
Where the articles do not suffice they are repeated.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from pipeline import articles  # noqa: E402

import extractor  # noqa: E402


def text_of(pieces: Iterator[str], characters: int) -> str:
    """Pieces joined until they have so many characters."""
    found: list[str] = []
    length = 0
    while length < characters:
        found.append(next(pieces))
        length += len(found[-1]) + 2
    return "\n\n".join(found)[:characters]


def seconds(texts: list[str], runs: int) -> float:
    """The least processor time that the texts take."""
    best = float("inf")
    for _ in range(runs):
        began = time.process_time()
        for text in texts:
            extractor.extract(text).to_json()
        best = min(best, time.process_time() - began)
    return best


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", nargs="?", type=Path, default=HERE.parent / "corpus")
    parser.add_argument("--characters", type=int, default=30_000, help="of the shorter text (default: 30,000)")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    pieces = itertools.cycle([row["text"] for row in itertools.islice(articles(options.path), 2_000)])
    short = [text_of(pieces, options.characters) for _ in range(10)]
    long = "\n\n".join(short)
    seconds([long], 1)  # word lists and tokens are at hand from here on
    a, b = seconds(short, options.runs) / len(short), seconds([long], options.runs)
    print(f"{options.characters:>10,} characters {a:8.3f} s\n{len(long):>10,} characters {b:8.3f} s\n"
          f"ten times the text takes {b / a:.1f} times as long")
    sys.exit(0 if b <= 11 * a else 1)


if __name__ == "__main__":
    main()
