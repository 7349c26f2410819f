"""Names as they are compared in scoring: case, blanks, dashes, tone placement and class words don't count."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.patterns import Patterns

# A tone mark on the second vowel of an open syllable in oa, oe, uy: it belongs to either vowel, by tradition.
_LATE_TONE = re.compile("([ou])([aey])([\u0300\u0301\u0303\u0309\u0323])(?![a-z])")
_DASH = re.compile("\\s*[-\u2011\u2013\u2014]\\s*")


def fold(name: str | None) -> str:
    """The form in which two names are compared.

    >>> fold("  Hoà  Bình – Tây.") == fold("hòa bình-tây")
    True
    """
    letters = unicodedata.normalize("NFD", (name or "").casefold())
    whole = unicodedata.normalize("NFC", _LATE_TONE.sub(r"\1\3\2", letters))
    return " ".join(_DASH.sub("-", whole).split()).strip(" .,;:")


class Names:
    """Comparison of province names, by the words of ``patterns/evaluation.toml``."""

    def __init__(self, prefixes: list[str], same: dict[str, str]) -> None:
        self._prefix = re.compile(f"(?:{'|'.join(re.escape(p) for p in sorted(prefixes, key=len, reverse=True))}) ?")
        self._same = same

    def province(self, place: str | None) -> str:
        """The province in which `place` ("district X, province Y") lies, folded; "" for no place."""
        last = fold((place or "").rpartition(",")[2])
        bare = self._prefix.sub("", last, count=1) if self._prefix.match(last) else last
        return self._same.get(bare, bare)


def names(patterns: Patterns) -> Names:
    """Build the comparison from the pattern files."""
    prefixes = [word for rule in patterns.rules["province_prefix"] for word in rule.get("words")]
    same = {fold(word): fold(rule.get("name")) for rule in patterns.rules["same_province"]
            for word in rule.get("words")}
    return Names(prefixes, same)
