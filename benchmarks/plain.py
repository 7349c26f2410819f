"""The script that a researcher would write in an afternoon: regular expressions, and `underthesea.ner` per sentence.

It is what the toolkit is measured against, so it is kept honest: no needless work, models loaded once. It finds
percentages, counts of households, target phrases, and names of persons, places and organisations, and binds nothing to
nothing. ``python benchmarks/plain.py FILE…`` prints what it finds.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

from underthesea import ner  # type: ignore[import-untyped]

NUMBER = r"\d+(?:\.\d{3})*(?:,\d+)?"
PERCENT = re.compile(rf"{NUMBER}(?:\s*[-–]\s*{NUMBER})?\s*%")
HOUSEHOLDS = re.compile(rf"({NUMBER})\s+(?:lượt\s+)?hộ\b(?:\s+(?:nghèo|cận nghèo|dân|gia đình))?", re.IGNORECASE)
TARGET = re.compile(
    rf"(?:phấn đấu|mục tiêu|chỉ tiêu|đặt ra|kế hoạch)[^.;\n]{{0,150}}?{NUMBER}\s*(?:%|hộ\b)(?:\s*(?:trở lên|/năm))?", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")


def number(text: str) -> float:
    """The value of a number in Vietnamese notation."""
    return float(text.replace(".", "").replace(",", "."))


def names(sentence: str) -> list[tuple[str, str]]:
    """Names in a sentence and their labels, from the words that the model tags one after the other."""
    found: list[tuple[str, str]] = []
    last = "O"
    for word, _, _, tag in ner(sentence):
        if tag[0] == "I" and last != "O" and found:
            found[-1] = (f"{found[-1][0]} {word}", found[-1][1])
        elif tag != "O":
            found.append((word, tag[2:]))
        last = tag
    return found


def extract(text: str) -> dict[str, Any]:
    """What the regular expressions and the model find in an article."""
    text = unicodedata.normalize("NFC", text)
    return {
        "percentages": [m[0] for m in PERCENT.finditer(text)],
        "household_counts": [number(m[1]) for m in HOUSEHOLDS.finditer(text)],
        "targets": [m[0] for m in TARGET.finditer(text)],
        "names": [name for sentence in SENTENCE.split(text) if sentence.strip() for name in names(sentence)],
    }


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        print(json.dumps(extract(Path(argument).read_text(encoding="utf-8")), ensure_ascii=False))
