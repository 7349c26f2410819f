"""How a person's name is written in a by-line, by its letters alone; and the spans between names."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

Span = tuple[int, int]

_BLANK: Final = " \t.,:;-–—/*•_|\x00"
_MOST_WORDS: Final = 5
_NUMERAL: Final = re.compile(r"(?:[IVX]{1,9}|[A-E])\.\s")


def has_vowel(word: str) -> bool:
    """Whether a word can be spoken: abbreviations such as "TTXVN" or "BBT" can't."""
    return any(unicodedata.normalize("NFD", c)[0] in "aeiouy" for c in word.lower())


def is_acronym(word: str) -> bool:
    """Whether a word is written in plain capitals only, as abbreviations are ("PL", "VOV", "M.N")."""
    bare = word.replace(".", "")
    return bare.isupper() and len(bare) <= 6 and bare.isascii()


def is_name(part: str) -> bool:
    """Whether a piece of text is written as a person's name: "Hà My", "H.Lan", "Y Krông", "LÊ THU", "Kh. An".

    >>> [is_name(p) for p in ("Hà My", "H.Lan", "LÊ THU", "Kinh tế", "TTXVN", "M.N", "II. KINH PHÍ", "Minh")]
    [True, True, True, False, False, False, False, True]
    """
    words = part.split()
    if not 1 <= len(words) <= _MOST_WORDS or (_NUMERAL.match(part) and part.isupper()):
        return False
    spoken = 0
    for i, word in enumerate(words):
        dotted = word.endswith(".")
        if dotted and i == len(words) - 1:
            return False
        for bit in word.strip(".").split("."):
            letters = bit.replace("'", "").replace("’", "")
            if not letters.isalpha() or not letters[0].isupper():
                return False
            if len(letters) == 1 or (dotted and len(letters) == 2):
                continue
            if dotted or not has_vowel(letters):
                return False
            if not (letters[1:].islower() or letters.isupper() or len(words) == 1):
                return False
            spoken += 1
    return spoken > 0


def trim(text: str, a: int, b: int) -> Span:
    """The span without blanks and marks at its ends."""
    while a < b and text[a] in _BLANK:
        a += 1
    while b > a and text[b - 1] in _BLANK:
        b -= 1
    return a, b


def between(pattern: re.Pattern[str], fold: str, offset: int) -> list[Span]:
    """The spans between the words for "and"."""
    out, at = [], 0
    for mark in pattern.finditer(fold):
        out.append((offset + at, offset + mark.start()))
        at = mark.end()
    return [*out, (offset + at, offset + len(fold))]
