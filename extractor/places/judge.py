"""Decide which names are places.

A name with its class word is a place. A bare name of a province is one unless something around it speaks against it; a
bare name of a smaller unit only if the article introduces it elsewhere, lists it with places, or says where it lies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from extractor.places.contexts import HOUSE_DIGITS, body_of, may_be_place, own_class
from extractor.places.found import ORDER, SMALLER, Found, Reading, by_place
from extractor.places.units import NEW, PAST, Unit

_PROVINCE = frozenset({"province"})
_SIGNATURE = 0.85  # the part of the text after which a name alone on its line signs it


class Judge:
    """Works on the names of one article; `time` is the list of units in force ("63" or "34"), `day` its date or ""."""

    def __init__(self, r: Reading, found: list[Found], time: str, day: str) -> None:
        self.r = r
        self.found = found
        self.time = time
        self.day = day
        self.provinces: Counter[str] = Counter()

    def judge(self) -> list[Found]:
        """The names that are places, in order, each with its level."""
        self._sift()
        for name, (since, before) in self.r.names.renamed.items():
            self._rename(name, since, before)
        self._introduce()
        for _ in range(2):
            self.provinces = provinces_of(f for f in self.found if f.level)
            for i, f in enumerate(self.found):
                if not f.level:
                    self._support(i, f)
        self.provinces = provinces_of(f for f in self.found if f.level)
        for f in self.found:
            if not f.level:
                self._locate(f)
        self._rows()
        return [f for f in self.found if f.level]

    # --- what each bare name is by itself -------------------------------------------------------------------------------
    def _sift(self) -> None:
        """Leave out bare names that are persons, streets and the like; mark those that are part of a body's name."""
        kept: list[Found] = []
        earlier: Found | None = None
        for f in self.found:
            if not f.kinds and (self._signs(f) or not may_be_place(self.r, f, earlier)):
                continue
            kind = own_class(self.r, f) if f.how == "bare" else None
            f.body = body_of(self.r, f) if f.how in ("bare", "loose", "class") else ""
            if (f.kinds or kind) and f.body:
                f.body = "state"
            elif not f.body and earlier is not None and earlier.body == "body" and not f.kinds and (
                    self.r.text[f.first - 1] != "," and self._joined(earlier, f)):
                f.body = "body"  # "công ty phục vụ mặt đất Hà Nội và Sài Gòn"
            strong = [u for u in f.units if u.level == "province" and not u.weak and u.time != PAST]
            if strong and f.how == "bare" and f.key not in self.r.words.needs_support and (
                    self.r.begins(f.first) or not self.r.in_capitals(f.first, f.last)):
                f.level, f.units = "province", strong
            if kind is not None and f.level:
                f.kinds = (kind,)
            kept.append(f)
            earlier = f
        self.found = kept

    def _signs(self, f: Found) -> bool:
        """A name alone on a line below the article is its author's."""
        kind, i, j = self.r.kind, f.first, f.last
        if (i and kind[i - 1] != "newline") or (j < self.r.n and kind[j] != "newline"):
            return False
        sentence = self.r.draft.sentence_at(self.r.start[i])
        return sentence is not None and (sentence.section == "byline" or i > _SIGNATURE * self.r.n)

    def _rename(self, name: str, since: str, before: str) -> None:
        """A name that was only a city's until the province took it: the city, in lists of provinces the province."""
        at = [i for i, f in enumerate(self.found) if any(u.name == name and u.level == "province" for u in f.units)]
        if not at or (self.day >= since if self.day else self.time == NEW):
            return
        both = bool(self.day) or any(u.name == before for f in self.found for u in f.units if u.level == "province"
                                     and u.name != name and f.key not in {self.found[i].key for i in at})
        for i in at:
            f = self.found[i]
            listed = (f.levels == _PROVINCE if f.kinds
                      else any(g.level == "province" for g in self._neighbours(i)))
            cities = [] if listed or not (both or f.kinds) else [
                u for u in self.r.names.entries[f.key] if u.level == "district"]
            f.level = "district" if cities else "province"
            f.units = cities or [u._replace(name=before, province=before) for u in f.units if u.level == "province"]

    def _introduce(self) -> None:
        """A bare name that the article has with a class word elsewhere is the same unit."""
        introduced: dict[str, Found] = {}
        for f in self.found:
            if f.kinds and f.level in SMALLER:
                introduced.setdefault(f.key, f)
        said = {u.name for f in self.found if f.kinds and f.level == "province" for u in f.units[:1]}
        for f in self.found:
            known = None if f.kinds else introduced.get(f.key)
            if known is None:
                continue
            if f.level == "province" and known.level == "district" and f.units[0].name not in said and not any(
                    u.province == f.units[0].name for u in known.units):
                f.level = ""  # "huyện Hòa Bình" of another province: the bare name is the district too
            if not f.level:
                f.level, f.units, f.kinds, f.how = known.level, list(known.units), known.kinds, "introduced"

    # --- what its neighbours make of it -----------------------------------------------------------------------------------
    def _joined(self, a: Found, b: Found) -> bool:
        return self.r.separates(a.last, b.outer)

    def _neighbours(self, i: int) -> list[Found]:
        """The places before and after name number `i` that a list joins with it."""
        f = self.found[i]
        return [g for g in self.found[max(0, i - 1):i + 2] if g is not f and g.level and self._joined(
            *sorted((f, g), key=by_place))]

    def _support(self, i: int, f: Found) -> None:
        """Give a bare name a level if its neighbours make it a place."""
        listed = self._neighbours(i)
        today = any(u.level == "district" and u.time != PAST for u in f.units)
        provinces = [u for u in f.units if u.level == "province" and not (today and u.time == PAST)]
        if provinces and self._province_supported(f, provinces[0], listed):
            f.level, f.units = "province", provinces
            return
        if f.how == "loose":
            return
        after = self.found[i + 1] if i + 1 < len(self.found) else None
        if after is not None and after.level and self.r.lies_in(f, after):
            levels = SMALLER if self._stands_free(f) else {"district"}
            if _take(f, [u for u in f.units if u.level in levels and _inside(u, after)], "holder"):
                return
        before = self.found[i - 1] if i else None
        if before is not None and before.level in SMALLER and self.r.lies_in(before, f) and _take(
                f, [u for u in f.units if any(_holds(u, v) for v in before.units)], "held"):
            return
        for g in listed:
            near = {(v.province, v.district) for v in g.units}
            if _take(f, [u for u in f.units if u.level == g.level and g.level in SMALLER
                         and (u.province, u.district) in near], "sibling"):
                return
        if self._is_city(f, listed):
            _take(f, [u for u in f.units if u.level == "district" and u.time != PAST], "city")

    def _province_supported(self, f: Found, unit: Unit, listed: Sequence[Found]) -> bool:
        if any(g.level == "province" or g.key in self.r.names.cities for g in listed):
            return True
        if f.how == "loose":
            return False
        elsewhere = unit.name in self.provinces
        if unit.weak:
            return elsewhere
        return elsewhere or self.r.word(f.first - 1) in self.r.words.at or f.body == "state"

    def _is_city(self, f: Found, listed: Sequence[Found]) -> bool:
        if f.key not in self.r.names.cities or f.body == "body":
            return False
        return self.r.word(f.first - 1) in self.r.words.at or any(g.level in ("province", "district") for g in listed)

    def _stands_free(self, f: Found) -> bool:
        """After a word of place or a mark, not after a noun ("bến phà Linh Đông")."""
        before, words = f.first - 1, self.r.words
        return before < 0 or self.r.kind[before] in ("mark", "newline") or self.r.text[before] in words.at | words.inside

    # --- what the province of the article makes of it ---------------------------------------------------------------------
    def _locate(self, f: Found) -> None:
        """"ở Ba Vì", "vườn hoa (Tây Hồ)", "198 Nguyễn Thái Sơn, Gò Vấp": a district of a province that is named.

        After the surest words ("ở", "tại") any district whose name is the only one of the country.
        """
        r = self.r
        before = r.word(f.first - 1)
        if f.how == "loose" or f.body == "body" or not (before in r.words.inside or self._in_address(f)):
            return
        if before == "(" and r.word(f.last) not in (")", ","):
            return
        units = [u for u in f.units if u.level == "district" and u.time != PAST]
        here = [u for u in units if u.province in self.provinces]
        alone = units if before in r.words.dwelling and f.last - f.first > 1 else []
        for choice in (here, alone):
            if len({u.province for u in choice}) == 1:
                _take(f, choice, "located")
                return

    def _in_address(self, f: Found) -> bool:
        """Whether a street with its number stands before the name and a comma."""
        r = self.r
        if f.first < 3 or r.text[f.first - 1] != ",":
            return False
        begin = r.run_begin(f.first - 1)
        return begin < f.first - 1 and (r.small_number(begin - 1, HOUSE_DIGITS)
                                        or r.words.street.before(r.text, begin) < begin)

    def _rows(self) -> None:
        """"nhiều nơi như Tây Giang, Nam Giang, Phước Sơn": bare names in a row, all districts of one province named."""
        row: list[Found] = []
        for f in [*self.found, None]:
            if f is not None and row and self._joined(row[-1], f):
                row.append(f)
                continue
            if len(row) > 1 and not all(g.level for g in row):
                self._take_row(row)
            row = [] if f is None else [f]

    def _take_row(self, row: list[Found]) -> None:
        undecided = [g for g in row if not g.level]
        for province in self.provinces:
            fits = [[u for u in g.units if u.level == "district" and u.province == province] for g in undecided]
            settled = sum(g.level == "district" and any(u.province == province for u in g.units) for g in row)
            if all(fits) and len(undecided) + settled > 1:
                for g, choice in zip(undecided, fits, strict=True):
                    _take(g, choice, "row")
                return


def provinces_of(found: Iterable[Found]) -> Counter[str]:
    """How often the provinces are named, a class word counting double, and a district of one name alone for its own."""
    counts: Counter[str] = Counter()
    for f in found:
        if f.level == "province" and f.units and f.body != "body":
            counts[f.units[0].name] += 1 + bool(f.kinds)
        elif f.level == "district" and f.units and len({u.province for u in f.units}) == 1:
            counts[f.units[0].province] += 1
    return counts


def _take(f: Found, units: list[Unit], how: str) -> bool:
    """Settle `f` on the highest level of `units`; whether there were any."""
    if units:
        f.level = min((u.level for u in units), key=ORDER.__getitem__)
        f.units, f.how = [u for u in units if u.level == f.level], how
    return bool(units)


def _holds(unit: Unit, smaller: Unit) -> bool:
    """Whether `smaller` lies in the district `unit`."""
    return unit.level == "district" and (smaller.province, smaller.district) == (unit.province, unit.name)


def _inside(unit: Unit, holder: Found) -> bool:
    """Whether `unit` lies in what the name `holder` may be."""
    if holder.level == "province":
        return any(unit.province == u.name for u in holder.units)
    return holder.level == "district" and unit.level == "commune" and any(
        (unit.province, unit.district) == (u.province, u.name) for u in holder.units)
