"""All phrases of all word lists in one trie over tokens: one pass over a text finds every one of them.

A phrase is written as plain words with a little grammar: ``(x)`` may be left out, ``[a|b c]`` is one of several,
``(a|b)`` one of several or nothing: ``"tỷ lệ (số) [hộ|người] nghèo"``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from extractor.errors import ExtractorError

_PIECE = re.compile(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]|([^()\[\]]+)")

_MISMATCH = "brackets don't match, or stand inside each other"
# Each "(x)" doubles the forms of a phrase, so that thirty of them would never end.
_MOST_FORMS = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase means: the list it is in, an id within it, the rule it comes from (any value of the list's own)."""

    list: str
    id: str
    data: Any = None
    phrase: str = ""


class Hit(NamedTuple):
    """A phrase found: tokens [first, last), characters [start, end), and its entry."""

    first: int
    last: int
    start: int
    end: int
    entry: Entry


def expand(phrase: str) -> list[str]:
    """All plain phrases that a phrase with ``( )`` and ``[ | ]`` stands for.

    >>> expand("tỷ lệ (số) [hộ|người] nghèo")
    ['tỷ lệ hộ nghèo', 'tỷ lệ người nghèo', 'tỷ lệ số hộ nghèo', 'tỷ lệ số người nghèo']
    """
    forms = [""]
    at = 0
    for piece in _PIECE.finditer(phrase):
        if piece.start() != at:
            raise ExtractorError(f"phrase {phrase!r}: {_MISMATCH}")
        at = piece.end()
        if piece[1] is not None:
            options = ["", *piece[1].split("|")]
        elif piece[2] is not None:
            options = piece[2].split("|")
        else:
            options = [piece[3]]
        if len(forms) * len(options) > _MOST_FORMS:
            raise ExtractorError(f"phrase {phrase!r}: stands for more than {_MOST_FORMS} phrases; write several")
        forms = [f + o for f in forms for o in options]
    if at != len(phrase):
        raise ExtractorError(f"phrase {phrase!r}: {_MISMATCH}")
    plain = list(dict.fromkeys(" ".join(f.split()) for f in forms))
    if "" in plain:
        raise ExtractorError(f"phrase {phrase!r}: all of it may be left out")
    return plain


Node = dict[str | None, Any]


class Lexicon:
    """The trie: `add` phrases with their entries, then `match` token lists."""

    def __init__(self, tokenize: Callable[[str], Sequence[str]]) -> None:
        self._tokenize = tokenize
        self._root: Node = {}
        self.size = 0

    def add(self, phrase: str, entry: Entry, instead_of: Callable[[Entry], bool] | None = None) -> None:
        """Put `phrase` (with its little grammar) into the trie, in the place of entries of which `instead_of` is true."""
        for form in expand(phrase) if any(c in phrase for c in "()[]") else (phrase,):
            self.add_plain(form, entry, instead_of)

    def add_plain(self, form: str, entry: Entry, instead_of: Callable[[Entry], bool] | None = None) -> None:
        """Put a phrase without grammar into the trie."""
        words = self._tokenize(form)
        if not words:
            raise ExtractorError(f"phrase {form!r} has no word")
        node = self._root
        for word in words:
            node = node.setdefault(word, {})
        entries = node.setdefault(None, [])
        if instead_of is not None:
            kept = [old for old in entries if not instead_of(old)]
            self.size -= len(entries) - len(kept)
            entries[:] = kept
        if entry not in entries:
            entries.append(entry)
            self.size += 1

    def match(self, words: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> list[Hit]:
        """Every phrase at every place, by first token, shorter before longer."""
        hits: list[Hit] = []
        append, new = hits.append, tuple.__new__
        root_get = self._root.get
        n = len(words)
        for i in range(n):
            node = root_get(words[i])
            if node is None:
                continue
            j = i + 1
            while True:
                entries = node.get(None)
                if entries:
                    a, b = starts[i], ends[j - 1]
                    for entry in entries:
                        append(new(Hit, (i, j, a, b, entry)))
                if j == n:
                    break
                node = node.get(words[j])
                if node is None:
                    break
                j += 1
        return hits


    def match_longest(self, words: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> dict[str, list[Hit]]:
        """For each list its leftmost longest phrases, in order; phrases of the very same words all stay."""
        kept: dict[str, list[Hit]] = {}
        for hit in self.match(words, starts, ends):
            name = hit[4].list
            rows = kept.get(name)
            if rows is None:
                kept[name] = [hit]
                continue
            before = rows[-1]
            if hit[0] >= before[1]:
                rows.append(hit)
            elif hit[0] == before[0]:
                # hits of one place come shorter before longer
                if hit[1] > before[1]:
                    while rows and rows[-1][0] == hit[0]:
                        rows.pop()
                rows.append(hit)
        return kept


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of overlapping hits the leftmost longest, in order; hits of the very same words all stay."""
    kept: list[Hit] = []
    first = end = -1
    for hit in sorted(hits, key=lambda h: (h.first, -h.last)):
        if hit.first >= end or (hit.first == first and hit.last == end):
            kept.append(hit)
            first, end = hit.first, hit.last
    return kept
