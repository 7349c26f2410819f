"""Are runs gone on with after SIGKILL at random moments what they would have been? ``python benchmarks/kills.py``

For JSON Lines, Parquet and DuckDB: one uninterrupted run, then one that is killed so many times (30), at random moments
from its start on, each time gone on with by the same command. Where it ends before it has been killed often enough it
is begun anew. In the end every output is compared with the uninterrupted one: bytes, for DuckDB the rows of all tables.
Articles are those of the corpus under new ids, or of a dump (``… articles.jsonl.gz --limit 3000``).
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from pipeline import articles  # noqa: E402

OUTPUTS = ("out.jsonl", "out.parquet", "out.duckdb")
ANEW = 20  # times that a run may be begun anew


def write_inputs(source: Path, target: Path, count: int) -> None:
    """So many articles under new ids."""
    rows = itertools.cycle(articles(source))
    with target.open("w", encoding="utf-8") as file:
        for number, row in enumerate(itertools.islice(rows, count)):
            file.write(json.dumps({**row, "id": str(number)}, ensure_ascii=False) + "\n")


def same(one: Path, other: Path) -> bool:
    """Whether two outputs hold the same."""
    if one.suffix != ".duckdb":
        return one.read_bytes() == other.read_bytes()
    def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
        with duckdb.connect(str(path), read_only=True) as db:
            names = [row[0] for row in db.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
            return {name: db.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}

    return content(one) == content(other)


def killed(command: list[str], output: Path, whole: Path, kills: int, seconds: float, chance: random.Random) -> list[int]:
    """Kill a run so many times; how often it was, how often it was begun anew, and how many outputs were wrong."""
    done = wrong = begun = 0
    while done < kills and begun < ANEW:
        begun += 1
        while True:
            process = subprocess.Popen([*command, "-o", str(output), "--resume"], stderr=subprocess.DEVNULL)
            try:
                if done < kills:
                    process.wait(chance.uniform(0, seconds * 0.7))
                else:
                    process.wait()
                break
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                done += process.wait() == -signal.SIGKILL
        wrong += process.returncode != 0 or not same(output, whole) or output.with_name(f"{output.name}.partial").exists()
        output.unlink()
    return [done, begun, wrong]


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", nargs="?", type=Path, default=HERE.parent / "corpus")
    parser.add_argument("--limit", type=int, default=4_000, help="articles (default: 4,000)")
    parser.add_argument("--kills", type=int, default=30, help="for each format (default: 30)")
    parser.add_argument("--workers", default="2")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kills-"))
    failed = False
    try:
        write_inputs(options.path, folder / "in.jsonl", options.limit)
        command = [sys.executable, "-m", "extractor", str(folder / "in.jsonl"), "--workers", options.workers]
        print(f"{'':<12}{'kills':>8}{'outputs':>9}{'wrong':>7}{'uninterrupted, s':>18}{'all, s':>9}")
        for name in OUTPUTS:
            whole = folder / f"whole-{name}"
            began = time.monotonic()
            subprocess.run([*command, "-o", str(whole)], check=True)
            seconds = time.monotonic() - began
            done, begun, wrong = killed(command, folder / name, whole, options.kills, seconds, random.Random(options.seed))
            failed |= wrong > 0 or done < options.kills
            print(f"{name:<12}{done:>8}{begun:>9}{wrong:>7}{seconds:>18.1f}{time.monotonic() - began:>9.1f}", flush=True)
    finally:
        shutil.rmtree(folder)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
