"""Counts of old provinces added up to those of today; nothing else can be added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, MutableMapping

from extractor.indicators import ONE_TOTAL
from extractor.panels.cells import Cell
from extractor.panels.maps import ProvinceMap
from extractor.panels.sources import Key
from extractor.places.units import NEW


def add_sums(cells: MutableMapping[Key, Cell], places: ProvinceMap) -> None:
    """Add to `cells` the sums of households and people over the parts of a province.

    Only where every part has an exact figure of the same period, group and status; rates, money per head, bounds and
    changes are never added, and a figure for the whole province that an article states is left as it is.
    """
    by_whole: dict[Key, list[Cell]] = defaultdict(list)
    for key in sorted(cells, key=Key.order):
        if key.part is not None and key.level == "province" and _countable(cells[key]):
            by_whole[key._replace(part=None, place=key.province or "", map=NEW)].append(cells[key])
    for key, parts in by_whole.items():
        if key in cells or len(parts) != len(places.parts[key.province or ""]) or len(_statuses(parts)) != 1:
            continue
        total = sum(c.value.source.observation.low for c in parts if c.value is not None)
        cells[key] = Cell(key, None, None, [s for c in parts for s in c.sources], total, parts)


def _countable(cell: Cell) -> bool:
    key = cell.key
    if (cell.value is None or key.kind not in ("households", "people") or key.indicator not in ONE_TOTAL
            or key.measure != "level" or key.per is not None or key.rule):
        return False
    o = cell.value.source.observation
    return o.comparator == "eq" and o.high is None


def _statuses(parts: list[Cell]) -> Mapping[str, None]:
    return {c.value.source.observation.status: None for c in parts if c.value is not None}
