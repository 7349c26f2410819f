"""Time of hostile texts, each at a size and at ten times that size: ``python benchmarks/hostile.py [--size N] [CASE …]``.

Reading is linear where ten times the text takes about ten times as long. Exit status 1 where a case takes more than
`MOST` times as long. Others use the machine too, so the best of several runs counts, and a case above the limit is measured
again before it is blamed; below `BLUR` seconds at the larger size none is.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping

import extractor

MOST = 11.0
BLUR = 0.2
_ROUNDS = 4
_SIZE = 10_000


def _times(piece: str) -> Callable[[int], str]:
    """Texts of about n characters that repeat `piece`."""
    return lambda n: piece * (n // len(piece) + 1)


def _deep(opening: str, closing: str) -> Callable[[int], str]:
    return lambda n: opening * (n // 2) + "5%" + closing * (n // 2)


def _numbered(piece: str) -> Callable[[int], str]:
    """Texts of about n characters that repeat `piece`, in which # is another number each time."""
    return lambda n: "".join(piece.replace("#", str(i)) for i in range(n // (len(piece) + 3) + 1))


CASES: Mapping[str, Callable[[int], str]] = {
    "digits": _times("9"),
    "digits and dots": _times("1."),
    "digits and commas": _times("1,"),
    "thousands": _times("1.234.567,8 "),
    "dots": _times("."),
    "commas": _times(","),
    "dashes": _times("-"),
    "slashes of dates": _times("1/1/"),
    "spaces": _times(" "),
    "newlines": _times("\n"),
    "empty lines with blanks": _times(" \n\t\n"),
    "brackets open": _times("("),
    "brackets nested": _deep("(", ")"),
    "quotes": _times("\""),
    "curly quotes open": _times("“"),
    "quotes nested": _deep("“", "”"),
    "letters without blanks": _times("hộ"),
    "capitals": _times("Ông Nguyễn "),
    "one capital": _times("A"),
    "glued percents": _times("4%"),
    "percents and zero width": _times("4\u200b%"),
    "zero width": _times("\u200b"),
    "bidirectional marks": _times("\u202e5%\u202c "),
    "combining marks": _times("\u0301"),
    "one letter with marks": lambda n: "a" + "\u0301\u0323" * (n // 2),
    "one letter with marks of another script": lambda n: "a" + "\u0591\u05b0" * (n // 2),
    "emoji": _times("👨\u200d👩\u200d👧 5% "),
    "lone surrogates": _times("\ud800 5% \udc00"),
    "null characters": _times("\x00"),
    "cues of goals": _times("phấn đấu "),
    "cues before a number": lambda n: "phấn đấu giảm " * (n // 14) + "5%",
    "role words": _times("giảm từ xuống còn "),
    "indicator phrases": _times("tỷ lệ hộ nghèo "),
    "group phrases": _times("dân tộc thiểu số "),
    "years": _times("năm 2023 "),
    "months and quarters": _times("quý I, tháng 6/2024, "),
    "provinces": _times("Cao Bằng, Hà Giang "),
    "class words": _times("huyện xã tỉnh "),
    "communes": _times("xã Nguyễn Huệ, huyện Hà Quảng, "),
    "unknown places": _numbered("xã Bản Mới#, "),
    "officials": _times("Ông Nguyễn Văn An, Giám đốc Sở Y tế, "),
    "many officials": _numbered("Ông Nguyễn Văn A#, Giám đốc Sở Y tế # cho biết. "),
    "titles": _times("Phó Giám đốc "),
    "names": _times("Nguyễn Văn An "),
    "who says": _times("ông An cho biết: “5%”. "),
    "interview": _times("PV: Còn bao nhiêu?\nÔng Nguyễn Văn An: 5%.\n"),
    "one endless sentence": _times("tỷ lệ hộ nghèo năm 2023 của Cao Bằng giảm từ 28,94% xuống còn 24,71%, "),
    "one endless list": _times("5 xã, 3 huyện; "),
    "sentences": _times("Năm 2023, tỷ lệ hộ nghèo tỉnh Cao Bằng giảm 4,23%. "),
    "lines": _times("Tỷ lệ hộ nghèo còn 5%\n"),
    "bullets": _times("- Giảm 5%;\n"),
    "headings": _times("I. Mục tiêu:\n"),
    "captions": _times("Ảnh: Nguyễn An\n"),
    "titles in capitals": _times("TỶ LỆ HỘ NGHÈO CÒN 5%\n"),
    "links": _times("http://a.vn/b?c=5% "),
    "mail addresses": _times("a.b@"),
    "one long address": lambda n: "http://" + "a." * (n // 2),
    "document numbers": _times("415/KH-UBND-"),
    "fractions": _times("1/2/"),
    "ranges": _times("1-2%-"),
    "number words": _times("hai mươi lăm nghìn "),
    "magnitudes": _times("5 nghìn tỷ triệu "),
    "of a whole": _times("8/11 huyện "),
    "different numbers": _numbered("#% "),
    "different words": _numbered("từ# "),
    "abbreviations": _times("TP.Q.P."),
    "ellipses": _times("..."),
    "tabs": _times("5%\t"),
    "carriage returns": _times("5%\r"),
    "targets": _times("phấn đấu giảm 5%, "),
    "headlines of numbers": lambda n: "Giảm 5%\n\n" + "Còn 6%. " * (n // 8),
    "captions of numbers": lambda n: "Ảnh: giảm 5%\n" * (n // 26) + "Còn 6%. " * (n // 16),
}


def seconds(text: str, most: int = 3) -> float:
    """Processor time of one extraction: the best of up to three, of one where it takes long."""
    best = float("inf")
    for _ in range(most):
        started = time.process_time()
        extractor.extract(text).to_json()
        best = min(best, time.process_time() - started)
        if best > 1:
            break
    return best


def measure(name: str, size: int) -> tuple[float, float]:
    """Seconds at `size` characters and at ten times that, the best of each; up to four rounds where it seems not linear."""
    few = many = float("inf")
    for _ in range(_ROUNDS):
        few, many = min(few, seconds(CASES[name](size))), min(many, seconds(CASES[name](10 * size)))
        if many <= MOST * few:
            break
    return few, many


def main(arguments: list[str] | None = None) -> int:
    """Print a line per case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", metavar="CASE", help="cases by name; all if none is given")
    parser.add_argument("--size", type=int, default=_SIZE, help="characters of the smaller text (%(default)s)")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.cases if name not in CASES]
    if unknown:
        parser.error(f"no case {unknown[0]!r}; there are {', '.join(CASES)}")
    extractor.extract("5%")
    slow = 0
    print(f"{'case':28} {f'{options.size} chars':>14} {f'{10 * options.size} chars':>16} {'ratio':>7}")
    for name in options.cases or CASES:
        few, many = measure(name, options.size)
        ratio = many / max(few, 1e-6)
        blamed = ratio > MOST and many > BLUR
        slow += blamed
        print(f"{name:28} {few:12.4f} s {many:14.4f} s {ratio:7.1f}{'  not linear' if blamed else ''}", flush=True)
    print(f"{slow} of {len(options.cases or CASES)} cases are not linear")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
