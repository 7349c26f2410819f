"""Decide which names are places, and which unit of the tables each one is.

A name with its class word is a place. A bare name of a province is one unless something around it speaks against it;
a bare name of a smaller unit only if the article introduces it elsewhere, or lists it with places, or says where it lies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from extractor.places.contexts import body_of, is_house_number, may_be_place
from extractor.places.found import ORDER, Found, Reading
from extractor.places.names import Names
from extractor.places.units import NEW, PAST, Unit

_SMALLER = ("district", "commune", "village")


class Resolver:
    """Works on the names of one article; `time` is the list of units in force ("63" or "34")."""

    def __init__(self, r: Reading, names: Names, found: list[Found], time: str, day: str | None) -> None:
        self.r = r
        self.names = names
        self.all = found
        self.time = time
        self.day = day or ""
        self.provinces: Counter[str] = Counter()
        self.districts: Counter[tuple[str, str]] = Counter()

    def resolve(self) -> list[Found]:
        """The names that are places, in order, each with level, and unit, province and district where they are known."""
        self._judge()
        for name, (since, before) in self.names.renamed.items():
            self._rename(name, since, before)
        self._decide()
        kept = [f for f in self.all if f.level]
        self._link(kept)
        kept = [f for f in kept if f.level != "village" or f.how == "number"
                or f.parent is not None and f.parent.level == "commune" or not set(f.kinds) <= self.r.words.weak_class]
        self._count(kept)
        for level in ORDER:
            self._settle([f for f in kept if f.level == level])
        return [f for f in kept if self._is_vietnamese(f, kept)]

    def _is_vietnamese(self, f: Found, kept: Sequence[Found]) -> bool:
        """Whether a name that no table has, or a number, hangs together with places of the country."""
        if f.level == "province" or f.unit is not None or (f.units and f.how != "number"):
            return True
        if f.level == "district" and f.how != "number":
            return f.parent is not None
        return bool(self.provinces) and not self._abroad(f, kept)

    def _abroad(self, f: Found, kept: Sequence[Found]) -> bool:
        """A name that no table has, in a sentence about a place abroad: "huyện Sanamxay, tỉnh Attapeu"."""
        draft = self.r.draft
        sentence = draft.sentence_at(self.r.start[f.first])
        if sentence is None:
            return False
        near = [h for name in ("region", "place_abroad") for h in draft.hits_in(name, sentence.start, sentence.end)]
        if not any(h.entry.data.get("level", "foreign") == "foreign" and self.r.cap(h.first) for h in near):
            return False
        return not any(g.units and sentence.first <= g.first < sentence.last for g in kept)

    # --- which names are places ---------------------------------------------------------------------------------------
    def _judge(self) -> None:
        """Leave out bare names that are persons, streets and the like; mark those that are part of a body's name."""
        kept: list[Found] = []
        earlier: Found | None = None
        for f in self.all:
            if f.kinds or not self._signs(f) and may_be_place(self.r, f, earlier):
                kept.append(f)
                if f.how in ("bare", "loose"):
                    f.body = body_of(self.r, f)
                    if not f.body and earlier is not None and earlier.body == "body" and self._joined(
                            earlier, f) and self.r.text[f.first - 1] != ",":
                        f.body = "body"  # "công ty phục vụ mặt đất Hà Nội và Sài Gòn"
                    self._level_of_province(f)
                elif f.how == "class":
                    f.body = "state" if body_of(self.r, f) else ""
                earlier = f
        self.all = kept

    def _signs(self, f: Found) -> bool:
        """A name alone on a line below the article is its author's."""
        kind, i, j = self.r.kind, f.first, f.last
        if (i and kind[i - 1] != "newline") or (j < self.r.n and kind[j] != "newline"):
            return False
        sentence = self.r.draft.sentence_at(self.r.start[i])
        return sentence is not None and (sentence.section == "byline" or i > _SIGNATURE * self.r.n)

    def _level_of_province(self, f: Found) -> None:
        strong = [u for u in f.units if u.level == "province" and not u.weak and u.time != PAST]
        if strong and f.how == "bare" and f.key not in self.r.words.needs_support:
            f.level, f.units = "province", strong

    def _rename(self, name: str, since: str, before: str) -> None:
        """A name that was only a city's until the province took it: the city, in lists of provinces the province."""
        hits = [f for f in self.all if any(u.name == name and u.level == "province" for u in f.units)]
        if not hits or (self.day >= since if self.day else self.time == NEW):
            return
        both = bool(self.day) or any(u.name == before for f in self.all if f not in hits for u in f.units)
        for f in hits:
            i = self.all.index(f)
            listed = [g for g in self.all[max(0, i - 1):i + 2] if g is not f and g.level == "province" and not f.kinds
                      and self._joined(*sorted((f, g), key=_first))]
            cities = [] if listed or not (both or f.kinds) else [u for u in self.names.entries[f.key] if u.level == "district"]
            f.level = "district" if cities else "province"
            f.units = cities or [u._replace(name=before, province=before) for u in f.units if u.level == "province"]

    def _decide(self) -> None:
        """Levels of the bare names: what the article introduces, lists, or places within another unit."""
        introduced: dict[str, Found] = {}
        for f in self.all:
            if f.kinds and f.level in _SMALLER:
                introduced.setdefault(f.key, f)
        said = {u.name for f in self.all if f.kinds and f.level == "province" for u in f.units[:1]}
        for f in self.all:
            if f.kinds:
                continue
            known = introduced.get(f.key)
            if known is not None and f.level == "province" and known.level == "district" and f.units[0].name not in said:
                if not any(u.province == f.units[0].name for u in known.units):
                    f.level = ""  # "huyện Hòa Bình" of another province: the bare name is the district too
            if known is not None and not f.level:
                f.level, f.units, f.kinds, f.how = known.level, list(known.units), known.kinds, "introduced"
        for _ in range(2):
            for i, f in enumerate(self.all):
                if not f.level:
                    self._support(i, f)
        self._count(f for f in self.all if f.level)
        self._located()
        self._lists_of_districts()

    def _lists_of_districts(self) -> None:
        """"nhiều nơi như Tây Giang, Nam Giang, Phước Sơn": bare names in a row, all districts of one province named."""
        row: list[Found] = []
        for f in [*self.all, None]:
            if f is not None and row and self.r.separates(row[-1].last, f.outer):
                row.append(f)
                continue
            if len(row) > 1 and any(not g.level for g in row):
                self._take_row(row)
            row = [] if f is None else [f]

    def _take_row(self, row: list[Found]) -> None:
        open_ones = [g for g in row if not g.level]
        for province in self.provinces:
            fits = [[u for u in g.units if u.level == "district" and u.province == province] for g in open_ones]
            settled = [g for g in row if g.level == "district" and any(u.province == province for u in g.units)]
            if all(fits) and len(open_ones) + len(settled) > 1:
                for g, units in zip(open_ones, fits, strict=True):
                    self._take(g, units, "row")
                return

    def _support(self, i: int, f: Found) -> None:
        """A bare name that is no strong province's: give it a level if its neighbours make it a place."""
        before = self.all[i - 1] if i else None
        after = self.all[i + 1] if i + 1 < len(self.all) else None
        provinces = [u for u in f.units if u.level == "province"]
        listed = [g for g in (before, after) if g is not None and g.level and self._joined(*sorted((f, g), key=_first))]
        if provinces and self._province_support(f, provinces[0], listed):
            f.level, f.units = "province", provinces
            return
        if f.how == "loose":
            return
        holder = after if after is not None and after.level and self._lies_in(f, after) else None
        if holder is not None:
            level = "district" if not self._stands_free(f) else ""
            if self._take(f, [u for u in f.units if _inside(u, holder) and level in ("", u.level)], "holder"):
                return
        if before is not None and before.level in _SMALLER and self._lies_in(before, f) and self._take(
                f, [u for u in f.units if any(_holds(u, v) for v in before.units)], "held"):
            return
        for g in listed:
            if g.level in _SMALLER and g.level != "village" and g.units and self._take(
                    f, [u for u in f.units if u.level == g.level and any(
                        (u.province, u.district) == (v.province, v.district) for v in g.units)], "sibling"):
                return
        if self._is_city(f, listed):
            self._take(f, [u for u in f.units if u.level == "district" and u.time != PAST], "city")

    def _stands_free(self, f: Found) -> bool:
        """After a word of place or a mark, not after a noun ("bến phà Linh Đông")."""
        before = f.first - 1
        return before < 0 or self.r.kind[before] in ("mark", "newline") or self.r.text[before] in self.r.words.at or (
            self.r.text[before] in self.r.words.inside)

    def _located(self) -> None:
        """"ở Ba Vì", "vườn hoa (Tây Hồ)", "198 Nguyễn Thái Sơn, Gò Vấp": a district of a province that the article names.

        After the surest words ("ở", "tại") any district whose name is the only one of the country.
        """
        r = self.r
        for f in self.all:
            before = r.text[f.first - 1] if f.first else ""
            if f.level or f.how == "loose" or f.body == "body" or not (before in r.words.inside or self._in_address(f)):
                continue
            if before == "(" and r.text[f.last:f.last + 1] not in ([")"], [","]):
                continue
            units = [u for u in f.units if u.level == "district" and u.time != PAST]
            here = [u for u in units if u.province in self.provinces]
            alone = units if before in r.words.dwelling and f.last - f.first > 1 else []
            for choice in (here, alone):
                if len({u.province for u in choice}) == 1:
                    self._take(f, choice, "located")
                    break

    def _in_address(self, f: Found) -> bool:
        """Whether a street with its number stands before the name and a comma."""
        r = self.r
        if f.first < 3 or r.text[f.first - 1] != ",":
            return False
        begin = r.run_begin(f.first - 1)
        return begin < f.first - 1 and (is_house_number(r, begin - 1) or r.words.street.before(r.text, begin) < begin)

    def _province_support(self, f: Found, unit: Unit, listed: Sequence[Found]) -> bool:
        if any(g.level == "province" or g.key in self.names.cities for g in listed):
            return True
        same = any(g.level == "province" and g.units and g.units[0].name == unit.name for g in self.all if g is not f)
        if f.how == "loose":
            return False
        if unit.weak:
            return same
        return same or (f.first > 0 and self.r.text[f.first - 1] in self.r.words.at) or f.body == "state"

    def _is_city(self, f: Found, listed: Sequence[Found]) -> bool:
        if f.key not in self.names.cities or f.body == "body":
            return False
        at = f.first > 0 and self.r.text[f.first - 1] in self.r.words.at
        return at or any(g.level in ("province", "district") for g in listed)

    def _take(self, f: Found, units: list[Unit], how: str) -> bool:
        if not units:
            return False
        level = min((u.level for u in units), key=ORDER.__getitem__)
        f.level, f.units, f.how = level, [u for u in units if u.level == level], how
        return True

    # --- how they hang together ---------------------------------------------------------------------------------------
    def _joined(self, a: Found, b: Found) -> bool:
        gap = self.r.gap(a, b)
        return bool(gap) and all(w in self.r.words.join for w in gap or ()) or self.r.separates(a.last, b.outer)

    def _lies_in(self, a: Found, b: Found) -> bool:
        gap = self.r.gap(a, b)
        return gap is not None and all(w in self.r.words.of for w in gap) and (bool(gap) or bool(b.kinds))

    def _link(self, kept: list[Found]) -> None:
        """Each name gets the larger unit that follows it as parent, its list the same one."""
        members: dict[int, list[Found]] = {}
        for f in kept:
            members.setdefault(f.group, []).append(f)
        for f, after in zip(reversed(kept[:-1]), reversed(kept[1:]), strict=True):
            if after.order < f.order and self._lies_in(f, after):
                f.parent = after
        for f in reversed(kept):
            if f.parent is not None and f.group >= 0:
                for g in members[f.group]:
                    if g.parent is None and g.order > f.parent.order and g.first < f.first:
                        g.parent = f.parent

    def _count(self, found: Iterable[Found]) -> None:
        kept = list(found)
        self.provinces.clear()
        for f in kept:
            if f.level == "province" and f.units:
                f.unit = _best_time(f.units, self.time)
                f.province = f.unit.name
                if f.body != "body":
                    self.provinces[f.unit.name] += 1 + bool(f.kinds)
        for f in kept:
            if f.level == "district" and len({u.province for u in f.units}) == 1:
                self.provinces[f.units[0].province] += 1

    # --- which unit ---------------------------------------------------------------------------------------------------
    def _settle(self, same_level: list[Found]) -> None:
        memory: dict[str, Found] = {}
        for f in same_level:
            if f.level == "province":
                continue
            if f.level == "village":
                self._place_village(f)
                continue
            self._choose(f)
            if f.unit is None:
                self._misprint(f)
            if f.unit is None and f.province is None and f.key in memory:
                known = memory[f.key]
                f.unit, f.province, f.district = known.unit, known.province, known.district
            elif f.unit is not None:
                memory.setdefault(f.key, f)
        for f in same_level:  # a name first printed without its province
            if f.level in ("district", "commune") and f.province is None and f.key in memory:
                known = memory[f.key]
                f.unit, f.province, f.district = known.unit, known.province, known.district
        for f in same_level:
            if f.level in _SMALLER and f.province is None and len(self.provinces) == 1:
                f.province = next(iter(self.provinces))
            if f.level == "district" and f.province:
                self.districts[f.province, f.unit.name if f.unit else f.name] += 1

    def _choose(self, f: Found) -> None:
        """The unit with the most support; without any, only a unit that is the only one of its name."""
        scores = [(self._support_of(u, f), u) for u in f.units]
        best = max((s for s, _ in scores), default=0)
        top = [u for s, u in scores if s == best]
        parent = f.parent
        if not top or best < 0:
            if parent is not None:
                f.province = parent.province
                f.district = (parent.unit.name if parent.unit else parent.name) if parent.level == "district" else (
                    parent.district)
            return
        if len({u.province for u in top}) > 1:
            return
        if best < _SUPPORTED and self._foreign_to_article(f, top[0]):
            return
        f.province = top[0].province
        if len({u.district for u in top}) == 1:
            f.district = top[0].district
            f.unit = top[0]

    def _misprint(self, f: Found) -> None:
        """"quận Tân Binh", "xã Pú Nhi": the only unit there whose letters without marks are the same."""
        provinces = self.provinces if f.province is None else (f.province,)
        same = [u for u in self.names.alike(f.level, f.name) if u.province in provinces and u.time != PAST
                and (u.time == NEW) == (self.time == NEW and f.district is None)
                and (f.district is None or f.level == "district" or u.district == f.district)]
        if len(same) == 1:
            f.unit, f.province, f.district = same[0], same[0].province, same[0].district

    def _support_of(self, unit: Unit, f: Found) -> int:
        score = 4 * (unit.kind in f.kinds) + 3 * (unit.time == self.time) - 2 * (unit.time == PAST)
        if unit.time == NEW and self.time != NEW:
            score -= 400 if self.day else 6
        parent = f.parent
        while parent is not None:
            name = parent.unit.name if parent.unit else parent.name
            if parent.level == "province":
                score += 200 if parent.province == unit.province else -400
            elif parent.level == "district":
                if unit.time == NEW:
                    score -= 400
                else:
                    score += 200 if unit.district == name and parent.province in (None, unit.province) else -400
                if parent.province is not None:
                    score += 50 if parent.province == unit.province else -50
            parent = parent.parent
        if unit.district and (unit.province, unit.district) in self.districts:
            score += 60
        if unit.province in self.provinces:
            score += 30 + min(self.provinces[unit.province], 9)
        return score

    def _foreign_to_article(self, f: Found, unit: Unit) -> bool:
        """A commune of a province that an article about another one never names: most likely another commune."""
        return f.level == "commune" and bool(self.provinces) and unit.province not in self.provinces

    def _place_village(self, f: Found) -> None:
        f.province = f.district = None
        holder = f.parent or self._latest_before(f)
        if holder is not None:
            f.province, f.district = holder.province, holder.district
            if holder.level == "district":
                f.district = holder.unit.name if holder.unit else holder.name
        if f.province is None and len(self.provinces) == 1:
            f.province = next(iter(self.provinces))

    def _latest_before(self, f: Found) -> Found | None:
        best: Found | None = None
        for g in self.all:
            if g.first >= f.first:
                break
            if g.level in ("district", "commune"):
                best = g
        return best


_SUPPORTED = 25
_SIGNATURE = 0.85  # the part of the text after which a name alone on its line signs it


def _holds(unit: Unit, smaller: Unit) -> bool:
    """Whether `smaller` lies in the district `unit`."""
    return unit.level == "district" and (smaller.province, smaller.district) == (unit.province, unit.name)


def _first(f: Found) -> int:
    return f.first


def _best_time(units: Iterable[Unit], time: str) -> Unit:
    return max(units, key=lambda u: (u.time == time, u.time != PAST))


def _inside(unit: Unit, holder: Found) -> bool:
    """Whether `unit` lies in what the name `holder` may be."""
    if holder.level == "province":
        return unit.level in _SMALLER and any(unit.province == u.name for u in holder.units)
    if holder.level == "district":
        return unit.level == "commune" and any((unit.province, unit.district) == (u.province, u.name)
                                               for u in holder.units)
    return False
