"""The word lists of ``patterns/people`` in the form in which this package looks them up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.patterns import Patterns


class PhraseSet:
    """Phrases that are looked up at a given token, the longest first."""

    __slots__ = ("_by_first", "_by_last")

    def __init__(self, phrases: Iterable[Sequence[str]]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        self._by_last: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted({tuple(p) for p in phrases}, key=lambda p: (-len(p), p)):
            self._by_first.setdefault(phrase[0], []).append(phrase)
            self._by_last.setdefault(phrase[-1], []).append(phrase)

    def __contains__(self, word: str) -> bool:
        return (word,) in self._by_first.get(word, ())

    def begins(self, word: str) -> bool:
        """Whether a phrase begins with `word`."""
        return word in self._by_first

    def at(self, text: Sequence[str], i: int) -> int:
        """The token after the longest phrase that begins at token `i`, or 0."""
        if i < len(text):
            for phrase in self._by_first.get(text[i], ()):
                if len(phrase) == 1 or tuple(text[i:i + len(phrase)]) == phrase:
                    return i + len(phrase)
        return 0

    def before(self, text: Sequence[str], i: int) -> int | None:
        """The first token of the longest phrase that ends just before token `i`, or None."""
        if i > 0:
            for phrase in self._by_last.get(text[i - 1], ()):
                if i >= len(phrase) and tuple(text[i - len(phrase):i]) == phrase:
                    return i - len(phrase)
        return None


@dataclass(frozen=True, slots=True)
class Words:
    """Every list that is looked up where it matters; single words are folded tokens."""

    strong: frozenset[str]
    surnames: frozenset[str]
    middle: frozenset[str]
    given: frozenset[str]
    particles: frozenset[str]
    syllable: re.Pattern[str]
    sets: dict[str, PhraseSet]

    def is_vietnamese(self, word: str) -> bool:
        """Whether a folded word could be a syllable of Vietnamese."""
        plain = unicodedata.normalize("NFD", word)
        return self.syllable.fullmatch("".join(c for c in plain if not unicodedata.combining(c))) is not None


def words(patterns: Patterns) -> Words:
    """The lists of ``[[surname]]`` and ``[[word_set]]``, compiled; use it through ``patterns.part(words)``."""
    raw: dict[str, list[list[str]]] = {}
    for rule in patterns.rules.get("word_set", ()):
        raw.setdefault(rule.get("id"), []).extend(patterns.words(w) for w in rule.get("words"))
    strong: set[str] = set()
    surnames: set[str] = set()
    for rule in patterns.rules.get("surname", ()):
        found = {patterns.words(w)[0] for w in rule.get("words")}
        surnames |= found
        if rule.get("strength") == "strong":
            strong |= found

    def single(name: str) -> frozenset[str]:
        return frozenset(p[0] for p in raw.get(name, ()) if len(p) == 1)

    def options(name: str) -> str:
        return "|".join(sorted(map(re.escape, single(name)), key=lambda s: (-len(s), s)))

    syllable = re.compile(f"(?:{options('onset')})?(?:{options('nucleus')})(?:{options('coda')})?")
    return Words(frozenset(strong), frozenset(surnames), single("middle_name"), single("foreign_given_name"),
                 single("name_particle"), syllable, {k: PhraseSet(v) for k, v in raw.items()})
