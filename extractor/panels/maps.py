"""Places on the map of their time, or brought to the 34 provinces of today.

A province of the 63 that was merged is no longer a province: its numbers hold for a *part* of one of the 34. Rates of
parts are never averaged, since the article does not say how many people live in each; they stay apart, each with the
name of its part. Only counts can be added up (`extractor.panels.sums`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from extractor.patterns import Patterns
from extractor.places.units import NEW, OLD, PAST, REFORM, ProvinceUnit, Units, time_at, units
from extractor.records import Observation

MAPS = ("then", "now")
#: The province is the same on both maps.
BOTH = "both"
LEVELS = ("country", "region", "province", "district", "local", "abroad")


class Location(NamedTuple):
    """Where a value holds: ``map`` is the list that has the province ("63", "34", "both", "past")."""

    place: str
    level: str
    province: str | None
    province_code: str | None
    part: str | None
    map: str | None


class ProvinceMap:
    """Finds the `Location` of an observation; ``mode`` is one of `MAPS`."""

    def __init__(self, patterns: Patterns, mode: str) -> None:
        self.mode = mode
        self.units: Units = patterns.part(units)
        self.country = next((str(rule.get("name")) for rule in patterns.rules.get("region", ())
                             if rule.get("level") == "country"), None)
        self.regions = frozenset(str(rule.get("name")) for rule in patterns.rules.get("region", ())
                                 if rule.get("level") == "region")
        self.parts = _parts(self.units)

    def locate(self, o: Observation, published: str | None) -> Location:
        """Where `o`, which has a place, holds; an article without a date is read on the map of the 63."""
        place = o.place or ""
        if o.province is None:
            level = "country" if place == self.country else "region" if place in self.regions else "abroad"
            return Location(place, level, None, None, None, None)
        level = ("province" if place == o.province else
                 "district" if o.district is not None and place.count(",") == 1 else "local")
        unit = self.units.province(o.province, published)
        if unit is None:
            unit = self.units.province(o.province, REFORM if time_at(published) != NEW else None)
        now = self.units.now(o.province)
        if unit is None:
            return self._gone(o, place, level, now)
        same = now is not None and len(self.parts[now.name]) == 1
        if self.mode == "then" or now is None:
            return Location(place, level, unit.name, unit.code, None, BOTH if same else unit.time)
        part = unit.name if unit.time == OLD and not same else None
        return Location(place, level, now.name, now.code, part, BOTH if same else NEW)

    def _gone(self, o: Observation, place: str, level: str, now: ProvinceUnit | None) -> Location:
        """A province of before 2008."""
        if self.mode == "now" and now is not None:
            return Location(place, level, now.name, now.code, o.province, NEW)
        return Location(place, level, o.province, o.province_code, None, PAST)


def _parts(table: Units) -> Mapping[str, frozenset[str]]:
    """For each of the 34 provinces the codes of those of the 63 that it was made of."""
    found: dict[str, set[str]] = defaultdict(set)
    for unit in table.provinces:
        if unit.time == OLD:
            found[unit.now].add(unit.code)
    return {name: frozenset(codes) for name, codes in found.items()}
