"""The provinces as shapes: ``data/*.geojson`` as paths of matplotlib."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from matplotlib.path import Path

LISTS = ("63", "34")
#: Width of a degree of longitude over one of latitude, in the middle of the country.
ASPECT = 0.96
_GRID = 24
#: A figure is broader than high: a step to the side counts as this part of one up or down.
NARROW = 0.6


class Shape(NamedTuple):
    """One unit: its official code, its name, its outline, a point well inside, and the room there.

    ``room`` is half the height in degrees of what fits around ``inside``, and `NARROW` times half its width.
    """

    code: str
    name: str
    path: Path
    inside: tuple[float, float]
    area: float
    room: float


def geojson(name: str) -> dict[str, Any]:
    """The GeoJSON of "provinces63", "provinces34" or "islands", for other tools."""
    content: dict[str, Any] = json.loads((files("extractor.plot") / "data" / f"{name}.geojson").read_text("utf-8"))
    return content


@cache
def provinces(which: str) -> Mapping[str, Shape]:
    """The provinces of the list "63" or "34" by code."""
    found = [_shape(feature) for feature in geojson(f"provinces{which}")["features"]]
    return {shape.code: shape for shape in found}


@cache
def islands() -> Mapping[str, tuple[str, list[tuple[float, float]]]]:
    """Each archipelago: the province that it belongs to, and the middle of each islet."""
    found = {}
    for feature in geojson("islands")["features"]:
        dots = [_middle(polygon[0]) for polygon in feature["geometry"]["coordinates"]]
        found[feature["properties"]["name"]] = (feature["properties"]["code"], dots)
    return found


def _middle(ring: list[list[float]]) -> tuple[float, float]:
    points = ring[:-1]
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)


def _shape(feature: dict[str, Any]) -> Shape:
    from matplotlib.path import Path

    geometry = feature["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    paths = [Path(ring, closed=True) for polygon in polygons for ring in polygon]
    largest = max((polygon[0] for polygon in polygons), key=_area)
    inside, room = _inside(largest)
    return Shape(feature["properties"]["code"], feature["properties"]["name"], Path.make_compound_path(*paths),
                 inside, _area(largest), room)


def _area(ring: list[list[float]]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def _inside(ring: list[list[float]]) -> tuple[tuple[float, float], float]:
    """The point of a grid over the ring that is farthest from its border, where a figure fits best, and how far."""
    import numpy as np

    border = np.array(ring)
    start, end = border[:-1], border[1:]
    xs, ys = (np.linspace(border[:, i].min(), border[:, i].max(), _GRID + 2)[1:-1] for i in (0, 1))
    points = np.array([(x, y) for y in ys for x in xs])[:, None, :]
    along = end - start
    part = np.clip(((points - start) * along).sum(axis=2) / np.maximum((along**2).sum(axis=1), 1e-12), 0, 1)
    gap = points - (start + part[..., None] * along)
    distance = np.hypot(gap[..., 0] * NARROW, gap[..., 1]).min(axis=1)
    above = (start[:, 1] > points[..., 1]) != (end[:, 1] > points[..., 1])
    rise = np.where(along[:, 1] == 0, 1.0, along[:, 1])
    crossing = start[:, 0] + (points[..., 1] - start[:, 1]) * along[:, 0] / rise
    inside = (above & (points[..., 0] < crossing)).sum(axis=1) % 2 == 1
    best = int(np.argmax(np.where(inside, distance, -1.0)))
    x, y = points[best, 0]
    return (float(x), float(y)), float(distance[best])
