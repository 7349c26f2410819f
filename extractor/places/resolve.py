"""Decide which unit of the tables each place is: by what the text says it lies in, then by what the article names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extractor.places.found import ORDER, Found, Reading
from extractor.places.judge import provinces_of
from extractor.places.units import NEW, PAST, Unit

# What speaks for a unit and against it. What the text says outweighs what the article names, that the rest.
_SAID, _DENIED = 200, -400
_SAID_BY_NEIGHBOUR = 50
_DISTRICT_NAMED = 60
_PROVINCE_NAMED, _OFTEN = 30, 9
_KIND, _TIME, _GONE, _TOO_NEW = 4, 3, -2, -6


class Resolver:
    """Works on the places of one article; `time` is the list in force ("63" or "34"), `day` its date or "".

    `abroad`: where places abroad are named (characters).
    """

    def __init__(self, r: Reading, places: list[Found], time: str, day: str, abroad: Sequence[int]) -> None:
        self.r = r
        self.places = places
        self.time = time
        self.day = day
        self.abroad = sorted(abroad)
        self.provinces = provinces_of(places)
        self.districts: set[tuple[str, str]] = set()

    def resolve(self) -> list[Found]:
        """The places with unit, province and district where they can be said; names abroad and the like left out."""
        self._link()
        weak = self.r.words.weak_class
        self.places = [f for f in self.places if f.level != "village" or f.how == "number" or not set(f.kinds) <= weak
                       or (f.parent is not None and f.parent.level == "commune")]
        for level in ORDER:
            self._settle([f for f in self.places if f.level == level])
        at_home = {f.first for f in self.places if f.units}
        firsts = sorted(at_home)
        return [f for f in self.places if self._is_vietnamese(f, firsts)]

    def _link(self) -> None:
        """Each place gets the larger one that follows it as parent, and so do the others of its list."""
        members: dict[int, list[Found]] = {}
        for f in self.places:
            members.setdefault(f.group, []).append(f)
        for f, after in zip(self.places, self.places[1:], strict=False):
            if after.order < f.order and self.r.lies_in(f, after):
                f.parent = after
        for group in members.values():
            parent: Found | None = None
            for f in reversed(group):
                parent = f.parent or parent
                if f.parent is None and parent is not None and f.order > parent.order:
                    f.parent = parent

    # --- level by level, the larger ones first --------------------------------------------------------------------------
    def _settle(self, places: list[Found]) -> None:
        known: dict[str, Found] = {}
        latest: Found | None = None
        larger = [f for f in self.places if f.level in ("district", "commune")]
        at = 0
        for f in places:
            while at < len(larger) and larger[at].first < f.first:
                latest, at = larger[at], at + 1
            if f.level == "province":
                self._settle_province(f)
            elif f.level == "village":
                self._settle_village(f, latest)
            else:
                self._choose(f)
                if f.unit is None:
                    self._mend(f)
                if f.unit is not None:
                    known.setdefault(f.key, f)
        for f in places:
            same = known.get(f.key)
            if f.unit is None and f.province is None and same is not None:
                f.unit, f.province, f.district = same.unit, same.province, same.district
            if f.province is None and len(self.provinces) == 1:
                f.province = next(iter(self.provinces))
            if f.level == "district" and f.province is not None:
                self.districts.add((f.province, f.canonical))

    def _settle_province(self, f: Found) -> None:
        f.unit = max(f.units, key=lambda u: (u.time == self.time, u.time != PAST))
        f.province = f.unit.name

    def _settle_village(self, f: Found, latest: Found | None) -> None:
        """A village lies where the text says, else in the district or commune named last before it."""
        self._inherit(f, f.parent or latest)

    def _inherit(self, f: Found, holder: Found | None) -> None:
        if holder is not None:
            f.province = holder.province
            f.district = holder.canonical if holder.level == "district" else holder.district

    def _choose(self, f: Found) -> None:
        """The unit with the most support, None if several provinces have one; what no unit fits inherits its parent."""
        scores = [(self._support(u, f), u) for u in f.units]
        best = max((score for score, _ in scores), default=_DENIED)
        if best < 0:
            self._inherit(f, f.parent)
            return
        top = [u for score, u in scores if score == best]
        if len({u.province for u in top}) > 1 or (best < _PROVINCE_NAMED and self._is_elsewhere(f, top[0])):
            return
        f.province = top[0].province
        if len({u.district for u in top}) == 1:
            f.unit, f.district = top[0], top[0].district

    def _support(self, unit: Unit, f: Found) -> int:
        score = _KIND * (unit.kind in f.kinds) + _TIME * (unit.time == self.time) + _GONE * (unit.time == PAST)
        if unit.time == NEW and self.time != NEW:
            score += _DENIED if self.day else _TOO_NEW
        parent, seen = f.parent, 0
        while parent is not None and seen < len(ORDER):
            score += self._said_of(unit, parent)
            parent, seen = parent.parent, seen + 1
        if (unit.province, unit.district) in self.districts:
            score += _DISTRICT_NAMED
        if unit.province in self.provinces:
            score += _PROVINCE_NAMED + min(self.provinces[unit.province], _OFTEN)
        return score

    def _said_of(self, unit: Unit, parent: Found) -> int:
        """For or against `unit` by the larger unit that the text says it lies in."""
        if parent.level == "province":
            return _SAID if self._same_province(unit.province, parent.province) else _DENIED
        if parent.level != "district":
            return 0
        if unit.time == NEW:
            return _DENIED
        same = parent.province is None or self._same_province(unit.province, parent.province)
        score = _SAID if same and unit.district == parent.canonical else _DENIED
        if parent.province is not None:
            score += _SAID_BY_NEIGHBOUR if same else -_SAID_BY_NEIGHBOUR
        return score

    def _same_province(self, province: str, said: str | None) -> bool:
        """Whether units of `province` lie in the one said: itself, what it is part of now, or one that it came from."""
        return said is not None and (province == said or said in self.r.names.heirs.get(province, ())
                                     or province in self.r.names.heirs.get(said, ()))

    def _is_elsewhere(self, f: Found, unit: Unit) -> bool:
        """A commune of a province that an article about others never names is most likely another commune."""
        return f.level == "commune" and bool(self.provinces) and unit.province not in self.provinces

    def _mend(self, f: Found) -> None:
        """"quận Tân Binh", "xã Pú Nhi": the only unit there whose letters without marks are the same."""
        provinces = self.provinces if f.province is None else (f.province,)
        same = [u for u in self.r.names.alike(f.level, f.name) if u.province in provinces and u.time != PAST
                and (u.time == NEW) == (self.time == NEW and f.district is None)
                and (f.district is None or f.level == "district" or u.district == f.district)]
        if len(same) == 1:
            f.unit, f.province, f.district = same[0], same[0].province, same[0].district

    # --- what is no place of the country ----------------------------------------------------------------------------------
    def _is_vietnamese(self, f: Found, firsts: Sequence[int]) -> bool:
        """Whether a name that no table has, or a number, hangs together with places of the country."""
        if f.level == "province" or f.unit is not None or (f.units and f.how != "number"):
            return True
        if f.level == "district" and f.how != "number":
            return f.parent is not None
        at_home = bool(self.provinces or f.province) or not self.abroad
        return at_home and not self._is_abroad(f, firsts)

    def _is_abroad(self, f: Found, firsts: Sequence[int]) -> bool:
        """In a sentence that names a place abroad and none of the country: "huyện Sanamxay, tỉnh Attapeu"."""
        sentence = self.r.draft.sentence_at(self.r.start[f.first])
        if sentence is None or not _any_within(self.abroad, sentence.start, sentence.end):
            return False
        return not _any_within(firsts, sentence.first, sentence.last)


def _any_within(ordered: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(ordered, start)
    return at < len(ordered) and ordered[at] < end
