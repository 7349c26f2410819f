"""How much faster are two workers than one? ``python benchmarks/workers.py articles.jsonl.gz --limit 4000``

The command line reads the same articles with one process and with two workers, some times in turn. Printed are the least
seconds on the clock, and processor seconds of all processes together. On a machine that others use, the clock says
little; twice the processor seconds of one process by those of two workers and their parent is what two free cores would
give.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from pipeline import articles  # noqa: E402


def cpu() -> float:
    """Processor seconds of all processes that have been started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", nargs="?", type=Path, default=HERE.parent / "corpus")
    parser.add_argument("--limit", type=int, default=4_000)
    parser.add_argument("--output", default="out.jsonl", help="its ending chooses the format (default: .jsonl)")
    parser.add_argument("--runs", type=int, default=2)
    options = parser.parse_args()
    clock, used = {1: float("inf"), 2: float("inf")}, {1: float("inf"), 2: float("inf")}
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder) / "in.jsonl", Path(folder) / options.output
        with source.open("w", encoding="utf-8") as file:
            for number, row in enumerate(itertools.islice(itertools.cycle(articles(options.path)), options.limit)):
                file.write(json.dumps({**row, "id": str(number)}, ensure_ascii=False) + "\n")
        command = [sys.executable, "-m", "extractor", str(source), "-o", str(output), "--overwrite", "--workers"]
        for _, workers in itertools.product(range(options.runs), (1, 2)):
            began, before = time.monotonic(), cpu()
            subprocess.run([*command, str(workers)], check=True)
            clock[workers] = min(clock[workers], time.monotonic() - began)
            used[workers] = min(used[workers], cpu() - before)
    print(f"{'workers':>8}{'clock, s':>10}{'cpu, s':>9}{'articles/s of cpu':>19}")
    for workers in (1, 2):
        print(f"{workers:>8}{clock[workers]:>10.1f}{used[workers]:>9.1f}{options.limit / used[workers]:>19.0f}")
    print(f"by the clock {clock[1] / clock[2]:.2f} times as fast, by the processor {2 * used[1] / used[2]:.2f} times")


if __name__ == "__main__":
    main()
