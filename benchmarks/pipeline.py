"""Articles per second and peak memory of the toolkit beside a plain script (`plain.py`), in one run, one process each.

``python benchmarks/pipeline.py`` measures on the corpus of this project, ``… articles.jsonl.gz --limit 300`` on a dump
(one JSON object with "text" per line), ``… folder --same`` with the plain script over all the articles too.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import itertools
import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
WARMING_UP = "Năm 2023, tỷ lệ hộ nghèo tỉnh Cao Bằng giảm 4,23%, ông Nguyễn Văn An, Chủ tịch UBND tỉnh nói."
KNOWN = ("id", "title", "published", "url")


@dataclass
class Side:
    """What one side took: CPU seconds until it was ready, those of each article, peak memory in MB."""

    start: float
    seconds: list[float]
    memory: float


def articles(path: Path) -> Iterator[dict[str, Any]]:
    """The articles at `path`: lines of JSON (.jsonl, .jsonl.gz), a text, or a folder of texts."""
    if path.is_dir() or path.suffix == ".txt":
        for file in sorted(path.rglob("*.txt")) if path.is_dir() else [path]:
            yield {"id": file.stem, "text": file.read_text(encoding="utf-8")}
    else:
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield {"text": row["text"], **{k: row[k] for k in KNOWN if isinstance(row.get(k), str)}}


def peak_memory() -> float:
    """The most memory that this process has held, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) / 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def measure(side: str, path: Path, first: int, last: int) -> Side:
    """Run one side ("toolkit" or "plain") over the articles [first, last) at `path`; called in a process of its own."""
    sys.path[:0] = [str(HERE), str(HERE.parent)]
    started = time.process_time()
    if side == "toolkit":
        extract = importlib.import_module("extractor").extract

        def run(row: dict[str, Any]) -> object:
            return extract(**row).to_json()
    else:
        plain = importlib.import_module("plain").extract

        def run(row: dict[str, Any]) -> object:
            return json.dumps(plain(row["text"]), ensure_ascii=False)

    run({"text": WARMING_UP})
    start = time.process_time() - started
    seconds = []
    for row in itertools.islice(articles(path), first, last):
        began = time.process_time()
        run(row)
        seconds.append(time.process_time() - began)
    return Side(start, seconds, peak_memory())


def in_own_process(side: str, path: Path, first: int, last: int) -> Side:
    """`measure` in a fresh process, so that neither side pays for the other's memory or has its models warm."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(measure, side, path, first, last).result()


def line(name: str, side: Side, characters: int) -> str:
    """A row of the table."""
    total = sum(side.seconds)
    return (f"{name:<14}{len(side.seconds):>9}{total:>10.2f}{len(side.seconds) / total:>13.1f}{characters / total:>14,.0f}"
            f"{side.start:>10.2f}{side.memory:>10.0f}")


def main() -> None:
    """Measure both sides and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", nargs="?", type=Path, default=HERE.parent / "corpus",
                        help=".jsonl, .jsonl.gz, .txt or a folder of .txt (default: the corpus of this project)")
    parser.add_argument("--limit", type=int, help="only the first so many articles")
    parser.add_argument("--plain", type=int, default=40, help="articles for the plain script, which is slow (default: 40)")
    parser.add_argument("--same", action="store_true", help="all articles for the plain script too")
    options = parser.parse_args()

    lengths = [len(row["text"]) for row in itertools.islice(articles(options.path), options.limit)]
    if not lengths:
        parser.error(f"no articles in {options.path}")
    few = len(lengths) if options.same else min(options.plain, len(lengths))
    toolkit = in_own_process("toolkit", options.path, 0, len(lengths))
    # The plain script sees the last of the articles; the toolkit has read many words by then, as it has in a dump.
    plain = in_own_process("plain", options.path, len(lengths) - few, len(lengths))
    faster = sum(plain.seconds) / sum(toolkit.seconds[-few:])
    print(f"{'':<14}{'articles':>9}{'cpu, s':>10}{'articles/s':>13}{'characters/s':>14}{'ready, s':>10}{'peak, MB':>10}")
    print(line("extractor", toolkit, sum(lengths)))
    print(line("re + ner", plain, sum(lengths[-few:])))
    print(f"on the same {few} articles: {faster:.1f} times the articles per second, "
          f"{toolkit.memory / plain.memory:.2f} times the memory")


if __name__ == "__main__":
    main()
