#!/usr/bin/env python3
"""Count what comes out of corpus/: ``python scripts/pin_counts.py --reason WHY`` renews ``tests/counts.json``.

Without a reason the differences are only shown. The reason stays in the file with the number of counts that moved, so
that the history of the file tells what moved them. Which records moved: keep the output of the version before and run
``python -m extractor diff OLD NEW``.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import extractor
from extractor.evaluation.counts import counts, moved
from extractor.evaluation.gate import corpus_digest

ROOT = Path(__file__).resolve().parent.parent
_KEPT = 10  # reasons


def read(path: Path) -> dict[str, Any]:
    """The pinned counts; empty where there are none yet."""
    if not path.exists():
        return {"corpus": "", "reasons": [], "counts": {}}
    pinned: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return pinned


def main(arguments: list[str] | None = None) -> int:
    """Count, show what moved, write it down where a reason is given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reason", help="why the counts moved; writes the file")
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus", help="the articles")
    parser.add_argument("--counts", type=Path, default=ROOT / "tests" / "counts.json", help="the file of counts")
    options = parser.parse_args(arguments)
    old = read(options.counts)
    new = counts(extractor.extract_many(extractor.read(options.corpus / "*.txt")))
    lines = moved(old["counts"], new)
    digest = corpus_digest(options.corpus)
    print("\n".join(lines) or "no count moved")
    if not lines and old["corpus"] == digest:
        return 0
    if not options.reason:
        print("Nothing was written; --reason WHY writes the new counts.", file=sys.stderr)
        return 1
    reasons = [*old["reasons"], {"reason": options.reason, "moved": len(lines)}][-_KEPT:]
    options.counts.write_text(json.dumps({"corpus": digest, "reasons": reasons, "counts": new}, ensure_ascii=False, indent=1) + "\n",
                              encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
