"""Find names of places: after class words, in lists that a class word heads, and bare names of the tables."""

from __future__ import annotations

from operator import itemgetter

from extractor.places.classes import class_phrase, is_name, name_begins, names_one
from extractor.places.found import Found, Reading
from extractor.places.naming import fitting, named, numbered, village
from extractor.places.units import Unit
from extractor.places.words import CAPITALS
from extractor.text.tokens import where

_LONGEST_LIST_GAP = 24  # tokens between two names of a list, with what stands in brackets


class Reader:
    """Reads one article from left to right.

    ``found``: the names in order; ``scopes``: tokens of class words that mean "the province" without naming it.
    """

    def __init__(self, r: Reading) -> None:
        self.r = r
        self.found: list[Found] = []
        self.scopes: list[int] = []
        self._groups = 0
        self._open: Found | None = None  # the last member of a list that may go on

    def read(self) -> list[Found]:
        """All names, class words first: a name that a class word has taken is not read again."""
        r = self.r
        heads, norm, firsts = r.words.classes, r.norm, r.names.firsts
        done = 0
        capitals = where(list(map(itemgetter(0), r.draft.tokens.form)), CAPITALS)
        for i in sorted({*where(r.text, heads), *capitals}):
            if i < done:
                continue
            word = r.text[i]
            if word in heads and not is_name(r, i):
                done = max(done, self._classed(i))
            if i >= done and (self._open is not None or word in firsts) and norm[r.start[i]] in CAPITALS:
                done = max(done, self._bare(i))
        return self.found

    def _classed(self, i: int) -> int:
        """The token after the name that the class word at token `i` announces, or `i` if there is none."""
        r = self.r
        phrase = class_phrase(r, i)
        if phrase is None:
            return i
        first = name_begins(r, phrase)
        if first >= r.n:
            return i
        self._groups += 1
        last = i
        if r.kind[first] == "number":
            for found in numbered(r, first, phrase):
                last = self._add(found, self._groups)
        elif r.cap(first):
            name = named(r, first, phrase)
            if name is not None:
                name.plural = phrase.several
                last = self._add(name, self._groups)
        elif names_one(r, phrase):
            self.scopes.append(i)
        return last

    def _bare(self, i: int) -> int:
        """The token after the name at token `i`, or `i` if it is none."""
        r = self.r
        if self._open is not None:
            found = self._listed(i, self._open)
            if found is not None:
                return self._add(found, found.group)
        if r.text[i] not in r.names.firsts:
            return i
        last, how = r.match(i), "bare"
        if last == i:
            last, how = self._small_letters(i), "loose"
            if last == i:
                return i
        key = r.key(i, last)
        if key not in r.names.other:
            self._groups += 1
            self.found.append(Found(i, last, i, key, r.printed(i, last), how, list(r.names.entries[key]),
                                    group=self._groups))
        return last

    def _small_letters(self, i: int) -> int:
        """"Đồng tháp": the token after a province of which only the first syllable has its capital, else `i`."""
        r = self.r
        if r.text[i] not in r.names.first_of_province or r.cap(i + 1):
            return i
        last = r.names.at(r.text, i, r.n)
        if last - i != 2 or not any(
                u.level == "province" for u in r.names.entries.get(r.key(i, last), ())):
            return i
        return last

    # --- lists --------------------------------------------------------------------------------------------------------
    def _listed(self, i: int, before: Found) -> Found | None:
        """The next member of the list that `before` is in, or None."""
        r = self.r
        if i - before.last > _LONGEST_LIST_GAP or not r.separates(before.last, i):
            self._open = None
            return None
        found = self._listed_village(i, before) if before.level == "village" else self._listed_unit(i, before)
        if found is not None:
            found.how, found.group, found.plural = "list", before.group, before.plural
        return found

    def _listed_village(self, i: int, before: Found) -> Found | None:
        r = self.r
        if not before.plural and r.text[i - 1] == ",":
            return None
        found = village(r, i, i, before.kinds, before.levels)
        if found is not None and r.match(i) == found.last and any(
                u.level == "province" for u in r.names.entries.get(found.key, ())):
            return None
        return found

    def _listed_unit(self, i: int, before: Found) -> Found | None:
        r = self.r
        last = r.match(i)
        if last == i and before.level == "province":
            last = self._small_letters(i)
        key = r.key(i, last)
        entries = r.names.entries.get(key, [])
        units = fitting(entries, before.kinds if before.plural else before.kinds[-1:], frozenset({before.level}))
        if not units or key in r.names.other or _is_parent(r, i, entries, units, before):
            return None
        if r.run_end(i) > last and r.text[i] in r.words.surname:
            return None
        return Found(i, last, i, key, r.printed(i, last), "list", units, before.kinds, before.levels, before.level)

    def _add(self, found: Found, group: int) -> int:
        found.group = group
        self.found.append(found)
        self._open = found
        return found.last


def _is_parent(r: Reading, i: int, entries: list[Unit], units: list[Unit], before: Found) -> bool:
    """Whether the next name is rather where the listed units lie ("huyện Hà Quảng, Cao Bằng")."""
    larger = [u for u in entries if (u.level == "province") > (before.level == "province")
              or (u.level == "district" and before.level == "commune")]
    if not larger:
        return False
    holds = any((u.level == "province" and u.name == b.province) or (u.level == "district" and u.name == b.district
                and u.province == b.province) for u in larger for b in before.units)
    province = any(u.level == "province" for u in larger)
    if not before.plural:
        return holds or province or r.text[i - 1] in r.words.of
    same = any(u.kind in before.kinds and any(u.province == b.province for b in before.units) for u in units)
    return not same and (holds or province)
