#!/usr/bin/env python3
"""Coverage-guided fuzzing with atheris (``pip install 'extractor[fuzz]'``).

    python scripts/fuzz.py text --seconds 300       # texts out of words, marks and any characters
    python scripts/fuzz.py bytes --seconds 60       # files: whatever bytes they hold
    python scripts/fuzz.py patterns --seconds 60    # pattern files of a user's own

An input is a finding where a traceback comes out, where something of `extractor.evaluation.invariants` does not hold, or
where it takes far longer than a text of its length should. Findings are written to ``--findings`` (tests/data/fuzz),
one of each kind, and the fuzzer goes on; the tests run all of them. Exit status 1 where there was a new one.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent
with atheris.instrument_imports(include=["extractor"]):
    import extractor
    import extractor.finish
    import extractor.steps
    from extractor.article.decode import decode
    from extractor.data import data_folder
    from extractor.errors import ExtractorError
    from extractor.evaluation.invariants import broken
    from extractor.patterns import load_patterns
    from extractor.rules.mistakes import mistakes_in

_PIECES = ["", " ", "\n", "\n\n", ".", ",", "%", " 5%", "12,5% ", " 1.234 hộ ", "(", ")", "”", "“", '"', "- ", "Ông ", "tỉnh ",
           " năm 2023", "giảm từ ", " xuống còn ", "TP.", "\t", "…", "🙂", "1/2", "10-15", "Ảnh: ", "http://a.vn/b?c=5%25",
           "9" * 40, "hộ nghèo", " đạt ", "và ", "từ ", " đến ", "trên ", "tỷ đồng", "Giám đốc ", "Sở Y tế ", "Cao Bằng ",
           "huyện ", "xã ", "quý I ", "tháng 6/2024 ", "cho biết: ", "phấn đấu ", ";", ":", "PV: ", "\u200b", "\u0301",
           "\u202e", "\r", "\r\n", "\xa0", "\xad", "\ufeff", "Ð", "8/11 huyện ", "gấp đôi ", "một nửa ", "hai mươi lăm ",
           "415/KH-UBND", "lần thứ XI ", "I. ", "a) ", "(đvt: %)", "Nguyễn Văn An", ", ", "UBND ", "chủ tịch ", "\ud800",
           "\x00", "İ", "ß", "ﬁ", "㌃", "٣", "５％", "½", "²", "đ", "-", "–", "~", "&", "'", "’", "/", "trở lên", "so với ", "9" * 400, "0" * 50, ".", "1.000.", " nghìn", " triệu",
           " tỷ", " vạn", "rưỡi ", " lần ", "USD ", "/năm", "/người", "khoảng ", "gần ", "dưới ", "TỈNH CAO BẰNG ", "QUẬN 4 ",
           "thôn ", "bản ", "thị xã ", "TP.HCM", "ĐBQH ", "bà ", "đồng chí ", "Theo ", "nói: ", "Ảnh ", "(Theo TTXVN)", "31/12/2023 ",
           "giai đoạn 2021 - 2025 ", "6 tháng đầu năm ", "cùng kỳ ", "năm ngoái ", "năm nay ", "toàn tỉnh ", "cả nước ", "* ", "+ "]
_PER_CHARACTER, _ALLOWED = 0.002, 2.0  # seconds; instrumented code is several times slower than plain


class Findings:
    """Writes what was found, one of each kind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kinds: set[str] = set()

    def add(self, kind: str, content: bytes, ending: str) -> None:
        """Keep `content` if its kind is new."""
        if kind in self.kinds:
            return
        self.kinds.add(kind)
        self.folder.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(kind.encode()).hexdigest()[:10] + ending
        (self.folder / name).write_bytes(content)
        print(f"\nfinding {name}: {kind}", file=sys.stderr, flush=True)


def a_text(data: bytes) -> str:
    """A text out of pieces and any characters."""
    source = atheris.FuzzedDataProvider(data)
    out = []
    while source.remaining_bytes():
        choice = source.ConsumeIntInRange(0, 255)
        out.append(_PIECES[choice % len(_PIECES)] if choice < 230 else source.ConsumeUnicode(3))
    return "".join(out)


def where(error: BaseException) -> str:
    """An error by its class and by the place in the toolkit where it came up."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "extractor" in f.filename]
    return f"{type(error).__name__} in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else type(error).__name__


def try_text(data: bytes, findings: Findings) -> None:
    """Read a text."""
    text = a_text(data)
    content = text.encode("utf-8", "surrogatepass")
    started = time.process_time()
    try:
        wrong = broken(text, extractor.extract(text))
    except ExtractorError:
        return
    except Exception as error:
        findings.add(where(error), content, ".txt")
        return
    if wrong:
        findings.add("".join(c for c in wrong[0] if not c.isdigit())[:40], content, ".txt")
    if time.process_time() - started > _ALLOWED + _PER_CHARACTER * len(text):
        findings.add("slow", content, ".txt")


def try_bytes(data: bytes, findings: Findings) -> None:
    """Read a file of any bytes."""
    try:
        text = decode(data, "file")
        wrong = broken(text, extractor.extract(text))
    except ExtractorError:
        return
    except Exception as error:
        findings.add(where(error), data, ".bytes")
        return
    if wrong:
        findings.add("".join(c for c in wrong[0] if not c.isdigit())[:40], data, ".bytes")


def try_patterns(data: bytes, findings: Findings) -> None:
    """Read a pattern file of a user's own: a sound one or one clear error; what the checker passes can be used."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "own.toml"
        path.write_bytes(data)
        try:
            mistakes = mistakes_in(Path(folder))
            if not mistakes:
                extractor.extract("Năm 2023, tỷ lệ hộ nghèo giảm 4%.", patterns=folder)
        except Exception as error:  # the checker itself never raises, and what it passes can be loaded
            findings.add(where(error), data, ".toml")


TARGETS: Mapping[str, Callable[[bytes, Findings], None]] = {"text": try_text, "bytes": try_bytes, "patterns": try_patterns}


def seeds(target: str, folder: Path) -> None:
    """Inputs to begin with."""
    folder.mkdir(parents=True, exist_ok=True)
    sources = sorted(data_folder("corpus").glob("*.txt"))[:20] if target != "patterns" else sorted(data_folder("patterns").glob("*.toml"))
    for path in sources:
        content = path.read_bytes()
        (folder / path.name).write_bytes(content[:300] if target != "patterns" else content[:600].rpartition(b"\n[[")[0])


def main() -> None:
    """Fuzz for the given time; never returns (libFuzzer ends the process)."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=list(TARGETS))
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--findings", type=Path, default=ROOT / "tests" / "data" / "fuzz")
    parser.add_argument("--inputs", type=Path, help="keep the inputs that reach new code here, to go on from them")
    options = parser.parse_args()
    inputs = options.inputs or Path(tempfile.mkdtemp(prefix="fuzz-"))
    seeds(options.target, inputs)
    load_patterns()
    findings = Findings(options.findings)
    attempt, runs, started = TARGETS[options.target], 0, time.monotonic()

    def one(data: bytes) -> None:
        nonlocal runs
        runs += 1
        attempt(data, findings)
        if time.monotonic() - started > options.seconds:
            print(f"\n{options.target}: {runs} inputs, {len(findings.kinds)} findings: {sorted(findings.kinds)}", file=sys.stderr, flush=True)
            os._exit(1 if findings.kinds else 0)

    longest = {"text": 300, "bytes": 1500, "patterns": 2000}[options.target]
    atheris.Setup([sys.argv[0], str(inputs), f"-max_len={longest}", "-timeout=120", "-rss_limit_mb=4096", "-print_final_stats=0"], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
