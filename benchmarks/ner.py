"""How fast `extractor.people.ner` is beside `underthesea.ner`, in one run: `python benchmarks/ner.py FILE_OR_FOLDER`.

FILE is JSON Lines (compressed or not) with a `text` in each line, FOLDER has texts in files `*.txt`.  Both taggers see
other sentences first, so that models are loaded and caches filled as in a long run; what is timed, neither has seen.  Times
are processor time: other work on the machine counts less.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import random
import re
import resource
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from time import process_time

from extractor.people.ner import tagger

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")


def texts(path: Path) -> Iterator[str]:
    if path.is_dir():
        for file in sorted(path.glob("*.txt")):
            yield file.read_text(encoding="utf-8")
        return
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def seconds(tag: Callable[[str], object], sentences: list[str]) -> float:
    start = process_time()
    for sentence in sentences:
        tag(sentence)
    return process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n", maxsplit=1)[0])
    parser.add_argument("path", type=Path, help="a .jsonl or .jsonl.gz file, or a folder of .txt files")
    parser.add_argument("--sentences", type=int, default=1_000, help="how many to time (default: %(default)s)")
    parser.add_argument("--before", type=int, default=10_000, help="how many to run before (default: %(default)s)")
    options = parser.parse_args()

    found = {s: None for text in islice(texts(options.path), 5_000) for s in _SENTENCE_END.split(text) if s.strip()}
    sentences = sorted(found)
    random.Random(0).shuffle(sentences)
    count = min(options.sentences, (len(sentences) + 1) // 2)
    timed, before = sentences[:count], sentences[count:][:options.before]
    if not timed:
        sys.exit(f"no sentences in {options.path}")
    theirs: Callable[[str], object] = importlib.import_module("underthesea").ner
    ours = tagger()

    load = seconds(ours.tag, ["Hà Nội"])
    cold = seconds(ours.tag, before[:1_000])
    seconds(ours.tag, before[1_000:])
    seconds(theirs, before[:100])  # it remembers nothing: this only loads its models

    # Theirs before and after ours, so that a machine that gets slower or faster favours neither.
    other = seconds(theirs, timed[::2])
    mine = seconds(ours.tag, timed)
    other += seconds(theirs, timed[1::2])
    different = sum(ours.tag(sentence) != theirs(sentence) for sentence in timed)
    entities = seconds(ours.entities, timed)

    words = sum(len(ours.tag(sentence)) for sentence in timed) / len(timed)
    print(f"{count} sentences of {words:.1f} words on average, {len(before)} others before them")
    print(f"underthesea.ner    {count / other:8.0f} sentences/s")
    print(f"EntityTagger.tag   {count / mine:8.0f} sentences/s, {other / mine:.1f} times as fast")
    if before:
        rate = len(before[:1_000]) / cold
        print(f"  its first {len(before[:1_000])}: {rate:.0f} sentences/s ({rate / (count / other):.1f} times), "
              f"after loading for {load:.2f} s")
    print(f"  entities(), seen before: {count / entities:.0f} sentences/s")
    print(f"sentences tagged differently: {different}")
    print(f"peak memory of the process, both taggers: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
