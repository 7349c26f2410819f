"""Does a worker's memory grow with the number of articles? ``python benchmarks/memory.py articles.jsonl.gz``

The articles of a dump (or of the corpus) are read again and again under new ids, by the command line with two workers.
Printed is the most memory that any worker, and the process that reads and writes, held after 5,000 articles and after
`--limit` (50,000): it should be the same, and below 600 MB. Linux only: it reads /proc.
"""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from pipeline import articles  # noqa: E402

FIRST = 5_000


def peak(process: int) -> float:
    """The most memory that a process has held, in MB; 0 when it is gone."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    try:
        return [int(p) for p in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def done(output: Path) -> int:
    """How many articles are safe on the disk."""
    try:
        return int(json.loads((output.with_name(f"{output.name}.partial") / "checkpoint.json").read_text())["reads"])
    except (FileNotFoundError, ValueError):
        return 0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", nargs="?", type=Path, default=HERE.parent / "corpus")
    parser.add_argument("--limit", type=int, default=50_000)
    parser.add_argument("--output", default="out.parquet", help="its ending chooses the format (default: .parquet)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = itertools.cycle(list(articles(options.path)))
        source, output = Path(folder) / "in.jsonl", Path(folder) / options.output
        with source.open("w", encoding="utf-8") as file:
            for number, row in enumerate(itertools.islice(rows, options.limit)):
                file.write(json.dumps({**row, "id": str(number)}, ensure_ascii=False) + "\n")
        began = time.monotonic()
        run = subprocess.Popen([sys.executable, "-m", "extractor", str(source), "-o", str(output), "--workers", "2"])
        print(f"{'articles':>10}{'worker, MB':>12}{'main, MB':>10}{'seconds':>9}")
        wanted = [n for n in sorted({FIRST, 2 * FIRST, options.limit // 2}) if n < options.limit]
        most = main_most = 0.0
        while run.poll() is None:
            most = max([most, *map(peak, children(run.pid))])
            main_most = max(main_most, peak(run.pid))
            while wanted and done(output) >= wanted[0]:
                print(f"{wanted.pop(0):>10,}{most:>12.0f}{main_most:>10.0f}{time.monotonic() - began:>9.0f}", flush=True)
            time.sleep(0.2)
        print(f"{options.limit:>10,}{most:>12.0f}{main_most:>10.0f}{time.monotonic() - began:>9.0f}")
    sys.exit(run.returncode)


if __name__ == "__main__":
    main()
