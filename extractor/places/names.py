"""All names of units by their folded tokens: what a run of words may mean, longest first."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from extractor.patterns import Patterns
from extractor.places.units import PAST, Unit, Units, units
from extractor.places.words import word_sets
from extractor.text.normalize import Text

#: Provinces that were gone before this day are believed only after a class word: their names live on as cities.
_REMEMBERED = "1976-03"


#: A tree of folded tokens; the key None stands where a name may end.
_Node = dict[str | None, Any]


class Names:
    """From folded names to units.

    ``firsts`` are the first tokens of all names, each with what may follow it; ``other`` holds whole names that
    are no places although they hold the name of one; ``cities`` are the folded names of cities below the province.
    """

    def __init__(self, patterns: Patterns, table: Units) -> None:
        self._patterns = patterns
        self._table = table
        self._alike: dict[tuple[str, str], list[Unit]] | None = None
        self.entries: dict[str, list[Unit]] = {}
        self.firsts: _Node = {}
        self.other: set[str] = set()
        pairs = _province_pairs(table)
        pairs += [(u.name, u) for u in table.district_rows]
        pairs += [(u.name, u) for u in table.commune_rows]
        pairs += table.aliases
        self._add(pairs)
        self.other = set(self._keys(word_sets(patterns).get("place_other", ())))
        for key in (*self.entries, *self.other):
            self._plant(key)
        #: first syllables of provinces
        self.first_of_province = {key.split(" ", 1)[0] for key, found in self.entries.items()
                                  if any(u.level == "province" for u in found)}
        self.renamed = _renamed(table)
        #: what is or was part of what: 63-province → 34-province, province that is gone → provinces that have its land
        self.heirs: dict[str, set[str]] = {p.name: {p.now} for p in table.provinces if p.now != p.name}
        for h in table.historical:
            self.heirs.setdefault(h.name, set()).update(h.successors)
        # the kind that provinces and districts share
        city = {p.kind for p in table.provinces} & {u.kind for u in table.district_rows}
        self.cities = {key for key, found in self.entries.items()
                       if any(u.level == "district" and u.kind in city for u in found)}

    def _keys(self, names: Iterable[str]) -> list[str]:
        """The folded tokens of each name, joined by blanks; all names are read in one pass."""
        tokens = self._patterns.tokenize(Text("\n".join(names)))
        out: list[str] = []
        line: list[str] = []
        for word, kind in zip(tokens.text, tokens.kind, strict=True):
            if kind == "newline":
                out.append(" ".join(line))
                line = []
            else:
                line.append(word)
        out.append(" ".join(line))
        return out

    def _plant(self, key: str) -> None:
        node = self.firsts
        for word in key.split(" "):
            node = node.setdefault(word, {})
        node[None] = {}

    def _add(self, pairs: Sequence[tuple[str, Unit]]) -> None:
        distinct = list(dict.fromkeys(name for name, _ in pairs))
        keys = dict(zip(distinct, self._keys(distinct), strict=True))
        entries = self.entries
        for name, unit in pairs:
            entries.setdefault(keys[name], []).append(unit)

    def alike(self, level: str, name: str) -> list[Unit]:
        """The districts or communes whose names are written with the same letters, marks left out."""
        if self._alike is None:
            self._alike = {}
            for unit in (*self._table.district_rows, *self._table.commune_rows):
                self._alike.setdefault((unit.level, plain(unit.name)), []).append(unit)
        return self._alike.get((level, plain(name)), [])

    def at(self, text: Sequence[str], first: int, limit: int) -> int:
        """Where the longest name ends that begins at token `first` and ends by `limit`; `first` if there is none."""
        found = at = first
        node = self.firsts.get(text[first])
        while node is not None and at < limit:
            at += 1
            if None in node:
                found = at
            node = node.get(text[at]) if at < limit else None
        return found


def plain(name: str) -> str:
    """Letters a to z of a Vietnamese name, all marks gone."""
    letters = unicodedata.normalize("NFD", name.lower().replace("\u0111", "d"))
    return "".join(c for c in letters if "a" <= c <= "z")


def _province_pairs(table: Units) -> list[tuple[str, Unit]]:
    found = {p.name: p.kind for p in table.provinces}
    pairs = [(name, Unit(name, "province", kind, None, name)) for name, kind in found.items()]
    pairs += [(h.name, Unit(h.name, "province", h.kind, None, h.name, None, h.until, PAST, weak=h.until < _REMEMBERED))
              for h in table.historical if h.name not in found]
    return pairs


def _renamed(table: Units) -> dict[str, tuple[str, str]]:
    """Provinces that got their name while a list was in force: the day, and the name before."""
    first = {(p.time, p.code): p.name for p in reversed(table.provinces)}
    return {p.name: (p.since, first[p.time, p.code]) for p in table.provinces if p.name != first[p.time, p.code]}


def names(patterns: Patterns) -> Names:
    """The index of the tables of these patterns; to be asked for as ``patterns.part(names)``."""
    return Names(patterns, patterns.part(units))
