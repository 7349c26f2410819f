"""The administrative units of Việt Nam as the tables of ``patterns/places`` list them, looked up by name and date.

Two times: 63 provinces with districts and communes until 30 June 2025, 34 provinces with communes alone since. An
official code means nothing without its time, because many were given to other units in 2025.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from extractor.patterns import Patterns
from extractor.places.tables import rows
from extractor.text.normalize import Memo, Text

#: The first day of the 34 provinces and of communes without districts.
REFORM = "2025-07-01"
OLD, NEW, PAST = "63", "34", "past"


class ProvinceUnit(NamedTuple):
    """A province as one of the two lists has it: ``time`` is "63" or "34", ``now`` the province of the 34-list."""

    name: str
    code: str
    iso: str
    kind: str
    since: str
    until: str
    time: str
    now: str


class Unit(NamedTuple):
    """A unit that a name may mean: ``level`` "province", "district" or "commune"; ``province`` is the one it lies in.

    ``time`` is the list that has it: "63", "34", or "past" for what was gone before July 2025. ``now`` are the codes
    of the communes of the 34-list that took its land. ``weak``: the form under which it was found means other things
    as often, so that the article must support it.
    """

    name: str
    level: str
    kind: str
    code: str | None
    province: str
    district: str | None = None
    until: str = ""
    time: str = OLD
    now: str = ""
    weak: bool = False


class Historical(NamedTuple):
    """A province that is gone, with the provinces of the 63-list that have its land."""

    name: str
    kind: str
    since: str
    until: str
    successors: tuple[str, ...]


def time_at(published: str | None) -> str | None:
    """The list in force on an ISO date ("63", "34"), None where there is no date."""
    return None if not published else NEW if published[:10] >= REFORM else OLD


def _made_key(name: str) -> str:
    return " ".join(Text(name).fold.split())


_KEYS: Final = Memo(_made_key)  # an article asks for the same few names again and again


def _key(name: str) -> str:
    return _KEYS[name]


class Units:
    """All tables. Names are compared without regard to case, tone placement and i/y."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self.provinces: list[ProvinceUnit] = []
        self.historical: list[Historical] = []
        self.district_rows: list[Unit] = []
        self.commune_rows: list[Unit] = []
        self.aliases: list[tuple[str, Unit]] = []
        for folder in folders:
            self._read(folder / "places")
        self._by_key: dict[str, list[ProvinceUnit]] = {}
        for row in self.provinces:
            self._by_key.setdefault(_key(row.name), []).append(row)
        self._lists: dict[str, dict[str, tuple[Unit, ...]]] = {}

    # --- reading -----------------------------------------------------------------------------------------------------
    def _read(self, folder: Path) -> None:
        for name, read in (("provinces", self._read_provinces), ("historical", self._read_historical),
                           ("districts", self._read_districts), ("historical_districts", self._read_past_districts),
                           ("communes", self._read_communes), ("communes2025", self._read_new_communes),
                           ("aliases", self._read_aliases)):
            path = folder / f"{name}.tsv"
            if path.exists():
                read(path)

    def _read_provinces(self, path: Path) -> None:
        columns = ("name", "code", "iso", "kind", "valid_from", "valid_to", "list", "now")
        self.provinces += [ProvinceUnit(*row) for row in rows(path, columns)]

    def _read_historical(self, path: Path) -> None:
        columns = ("name", "kind", "valid_from", "valid_to", "successors")
        self.historical += [Historical(name, kind, since, until, tuple(after.split("|")))
                            for name, kind, since, until, after in rows(path, columns)]

    def _read_districts(self, path: Path) -> None:
        columns = ("code", "name", "kind", "province", "valid_to", "alt", "now_codes")
        for code, name, kind, province, until, alt, now in rows(path, columns):
            unit = Unit(name, "district", kind.split(" (")[0], code, province, None, until, OLD, now)
            self.district_rows.append(unit)
            self.aliases += [(form, unit) for form in alt.split("|") if form and not form[0].islower()]

    def _read_past_districts(self, path: Path) -> None:
        columns = ("name", "kind", "province", "code", "valid_to", "successor")
        self.district_rows += [
            Unit(name, "district", kind, code or None, province, None, until, PAST, after)
            for name, kind, province, code, until, after in rows(path, columns)]

    def _read_communes(self, path: Path) -> None:
        parents = {u.code: (u.province, u.name) for u in self.district_rows if u.time == OLD}
        last = "2025-06-30"
        self.commune_rows += [
            Unit(name, "commune", kind, code, *parents[district], last, OLD, now)
            for code, name, kind, district, now in rows(path, ("code", "name", "kind", "district_code", "now_codes"))]

    def _read_new_communes(self, path: Path) -> None:
        self.commune_rows += [Unit(name, "commune", kind, code, province, None, "", NEW)
                              for code, name, kind, province in rows(path, ("code", "name", "kind", "province"))]

    def _read_aliases(self, path: Path) -> None:
        entries = list(rows(path, ("alias", "level", "name", "province", "note")))
        wanted = {(level, name) for _, level, name, _, _ in entries}
        known = {(u.level, u.name, u.province): u for u in (*reversed(self.district_rows), *self.commune_rows)
                 if (u.level, u.name) in wanted}
        for alias, level, name, province, note in entries:
            unit = (Unit(name, level, "", None, name) if level == "province"
                    else known.get((level, name, province)) or Unit(name, level, "", None, province, time=PAST))
            self.aliases.append((alias, unit._replace(weak="weak" in note)))

    # --- provinces ---------------------------------------------------------------------------------------------------
    def province(self, name: str, published: str | None) -> ProvinceUnit | None:
        """The province `name` in the list of the ISO date `published` (without a date: the 63-list), else None."""
        time = time_at(published) or OLD
        rows = [p for p in self._by_key.get(_key(name), ()) if p.time == time]
        day = published or ""
        valid = [p for p in rows if p.since <= day and (not p.until or day <= p.until)]
        return next(iter(valid or rows), None)

    def now(self, name: str) -> ProvinceUnit | None:
        """The province of the 34-list that `name` (of either list, or historical) belongs to, None if to several."""
        names = {p.now for p in self._by_key.get(_key(name), ())}
        if not names:
            rows = [h for h in self.historical if _key(h.name) == _key(name)]
            after = {s for h in rows[-1:] for s in h.successors}
            names = {p.now for s in after for p in self._by_key.get(_key(s), ())}
        if len(names) != 1:
            return None
        rows34 = [p for p in self._by_key[_key(names.pop())] if p.time == NEW]
        return rows34[-1] if rows34 else None

    # --- districts and communes --------------------------------------------------------------------------------------
    def _index(self, level: str) -> dict[str, tuple[Unit, ...]]:
        found = self._lists.get(level)
        if found is None:
            lists: dict[str, list[Unit]] = {}
            for unit in self.district_rows if level == "district" else self.commune_rows:
                lists.setdefault(_key(unit.name), []).append(unit)
            found = self._lists[level] = {k: tuple(v) for k, v in lists.items()}
        return found

    def districts(self, name: str, province: str | None = None) -> tuple[Unit, ...]:
        """All districts called `name`, those of June 2025 before the ones that were gone by then."""
        return tuple(u for u in self._index("district").get(_key(name), ()) if province in (None, u.province))

    def communes(self, name: str, province: str | None = None, district: str | None = None,
                 published: str | None = None) -> tuple[Unit, ...]:
        """All communes called `name`, in the given province and district, of the list in force at `published`."""
        time = time_at(published)
        return tuple(u for u in self._index("commune").get(_key(name), ())
                     if province in (None, u.province) and district in (None, u.district) and time in (None, u.time))

    def successors(self, unit: Unit) -> Sequence[Unit]:
        """The communes of the 34-list that took the land of a district or commune of the 63-list."""
        codes = set(unit.now.split("|"))
        return [u for u in self.commune_rows if u.time == NEW and u.code in codes] if unit.time == OLD else []


def units(patterns: Patterns) -> Units:
    """The tables of all pattern folders; to be asked for as ``patterns.part(units)``."""
    return Units(patterns.folders)
