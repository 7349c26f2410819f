"""Maps of the provinces, 63 or 34, coloured by an indicator."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from extractor.errors import ExtractorError
from extractor.plot import rows as chosen
from extractor.plot.shapes import ASPECT, LISTS, NARROW, Shape, islands, provinces
from extractor.plot.style import CLASSES, EMPTY, INK, MUTED, bare, foot, head, new_figure, style
from extractor.wording import check_language, label

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_WEST, _EAST, _SOUTH, _NORTH = 101.9, 117.2, 7.75, 23.6
_MOST_LISTED = 14
#: Half the width and half the height of a digit at the size of the picture, in degrees.
_DIGIT_WIDTH, _DIGIT_HEIGHT = 0.06, 0.085


class Value(NamedTuple):
    """A province with its value; ``disputed``: articles disagree; ``part``: of a former one."""

    shape: Shape
    value: float
    disputed: bool
    part: bool


def breaks(values: Sequence[float], classes: int) -> list[float]:
    """Limits between at most `classes` classes of about equally many of `values`, as round as they can be.

    >>> breaks([2.1, 3.4, 8.2, 9.9, 24.7, 31.0], 3)
    [5.0, 20.0]
    """
    ordered = sorted(set(values))
    count = min(classes, len(ordered))
    # a limit may stand a little aside of its place where that makes it rounder
    slack = len(ordered) // (3 * count)
    cuts: list[float] = []
    for k in range(1, count):
        at = round(k * len(ordered) / count)
        near = range(max(1, at - slack), min(len(ordered) - 1, at + slack) + 1)
        found = min((*_roundest(ordered[i - 1], ordered[i]), abs(i - at)) for i in near)
        if not cuts or found[1] > cuts[-1]:
            cuts.append(found[1])
    return cuts


def _roundest(below: float, above: float) -> tuple[int, float]:
    """The roundest number over `below` that is not over `above`, near their middle, after its number of digits."""
    middle = (below + above) / 2
    for digits in range(-15, 12):
        for step in (5, 2, 1):
            unit = step * 10.0 ** -digits
            found = round(round(middle / unit) * unit, 12)
            if below < found <= above:
                return digits, found
    return 12, above


def province_map(panel: pd.DataFrame, indicator: str, *, period: str | None = None, groups: str | Sequence[str] = (),
                 kind: str | None = None, measure: str = "level", provinces: str | None = None,
                 min_confidence: float = 0.0, language: str = "vi", title: str | None = None) -> Figure:
    """A map of `indicator` at `period` (default: the one that most provinces have) for one group (default: everybody).

    `panel` is what `extractor.panel` gives. `provinces` is "63" or "34"; by default the list that the rows need. On the
    map of the 34 a value of a former province fills its old borders, since it does not hold for the whole. Returns a
    matplotlib figure. Raises `ExtractorError` where the panel holds no such rows.
    """
    check_language(language)
    found = chosen.rows_of(panel, indicator, groups=groups, kind=kind, measure=measure, min_confidence=min_confidence)
    found = found[(found["level"] == "province") & found["value"].notna()]
    if period is not None:
        found = found[found["period"] == period]
    if found.empty:
        raise ExtractorError(f"the panel has no province with a value of {indicator!r}{f' in {period}' if period else ''}")
    when = period or chosen.commonest_period(found)
    found = found[found["period"] == when]
    which = provinces or ("34" if found["part"].notna().any() or not (found["map"] == "63").any() else "63")
    if which not in LISTS:
        raise ExtractorError(f"provinces: expected one of {', '.join(LISTS)}, found {provinces!r}")
    values = _values(found, which)
    if not values:
        raise ExtractorError(f"the panel has no value of {indicator!r} in {when} for the {which} provinces")
    with style():
        return _drawn(found, values, which, when, language, title)


def _values(found: pd.DataFrame, which: str) -> list[Value]:
    """The values that can be drawn; what holds for a whole province comes before its parts."""
    by_old_name = {shape.name: shape for shape in provinces("63").values()}
    out: list[Value] = []
    for row in found.to_dict("records"):
        part = row["part"]
        if isinstance(part, str):
            shape = by_old_name.get(part)
        elif row["map"] in (which, "both"):
            shape = provinces(which).get(row["province_code"])
        else:
            # a former province on the map of today, or the other way round, has no shape of its own
            shape = by_old_name.get(row["province"]) if row["map"] == "63" else None
        if shape is not None:
            out.append(Value(shape, float(row["value"]), row["agreement"] == "conflict",
                             which == "34" and (isinstance(part, str) or row["map"] == "63")))
    out.sort(key=lambda v: (-v.value, v.shape.name))
    return out


def _drawn(found: pd.DataFrame, values: list[Value], which: str, when: str, language: str, title: str | None) -> Figure:
    figure = new_figure(7.2, 8.1)
    axes = figure.add_axes((0.02, 0.04, 0.96, 0.88))
    bare(axes)
    axes.set_xlim(_WEST, _EAST)
    axes.set_ylim(_SOUTH, _NORTH)
    axes.set_aspect(1 / ASPECT)
    # few values need few classes
    limits = breaks([v.value for v in values], min(len(CLASSES), 1 + round(math.sqrt(len(values) - 1))))
    colours = _spread_colours(len(limits) + 1)
    fills = [colours[sum(v.value >= limit for limit in limits)] for v in values]
    _draw_land(axes, values, fills, which)
    _draw_islands(axes, {v.shape.name: fill for v, fill in zip(values, fills, strict=True)}, language)
    kind = str(found.iloc[0]["kind"])
    _draw_figures(axes, values, colours, limits, kind, language)
    _draw_legend(axes, colours, limits, kind, values, language)
    _draw_list(axes, values, colours, limits, kind, language)
    parts = found["part"].notna().any() or (which == "34" and (found["map"] == "63").any())
    subtitle = f"{chosen.period_words(when, language)} · {chosen.unit_of(found, language)} · " + label(
        "plot", "map_parts" if parts and which == "34" else f"map_{which}", language)
    head(figure, title or chosen.title_of(found, language), subtitle)
    notes = [label("plot", "source", language).replace("{n}", str(chosen.articles_of(found))), label("plot", "borders", language)]
    if any(v.disputed for v in values):
        notes.append(label("plot", "conflict", language))
    foot(figure, " ".join(notes))
    return figure


def _spread_colours(count: int) -> list[str]:
    """`count` of the colours, from light to dark."""
    last = len(CLASSES) - 1
    return [CLASSES[3]] if count == 1 else [CLASSES[round(i * last / (count - 1))] for i in range(count)]


def _draw_land(axes: Axes, values: list[Value], fills: Sequence[str], which: str) -> None:
    from matplotlib.patches import PathPatch

    whole = provinces(which)
    for shape in whole.values():
        axes.add_patch(PathPatch(shape.path, facecolor=EMPTY, edgecolor="white", linewidth=0.7, zorder=1))
    # a whole province before the parts that lie in it
    for v, fill in sorted(zip(values, fills, strict=True), key=lambda pair: -pair[0].shape.area):
        axes.add_patch(PathPatch(v.shape.path, facecolor=fill, edgecolor="#8d96a5", linewidth=0.45, zorder=2))
    for shape in whole.values():
        axes.add_patch(PathPatch(shape.path, facecolor="none", edgecolor="#8d96a5", linewidth=0.45, zorder=3))


def _draw_islands(axes: Axes, colour_of: Mapping[str, str], language: str) -> None:
    """Both archipelagos in place, with their names and provinces, as official maps have them."""
    for name, (province, dots) in islands().items():
        colour = colour_of.get(province, EMPTY)
        axes.scatter([x for x, _ in dots], [y for _, y in dots], s=11, facecolor=colour, edgecolor="#6d7686",
                     linewidth=0.6, zorder=3)
        middle = (min(x for x, _ in dots) + max(x for x, _ in dots)) / 2
        below = min(y for _, y in dots) - 0.3
        axes.text(middle, below, label("plot", name, language), ha="center", va="top", fontsize=8, color=INK, style="italic")
        axes.text(middle, below - 0.42, f"({province})", ha="center", va="top", fontsize=7, color=MUTED)
    axes.text(112.4, 13.6, label("plot", "sea", language), ha="center", va="center", fontsize=9, color="#9fb4cc",
              style="italic")


def _draw_figures(axes: Axes, values: list[Value], colours: Sequence[str], limits: Sequence[float], kind: str,
                  language: str) -> None:
    """The values inside the provinces that have room for them."""
    for v in values:
        words = chosen.figure(v.value, kind, language)
        if v.shape.room < max(len(words) * _DIGIT_WIDTH * NARROW, _DIGIT_HEIGHT):
            continue
        dark = colours[sum(v.value >= limit for limit in limits)] in CLASSES[3:]
        axes.text(*v.shape.inside, words, ha="center", va="center", fontsize=6.5, fontweight="bold", zorder=5,
                  color="white" if dark else INK)


def _draw_legend(axes: Axes, colours: Sequence[str], limits: Sequence[float], kind: str, values: list[Value],
                 language: str) -> None:
    from matplotlib.patches import Rectangle

    left, top, size, step = 102.2, 15.6, 0.5, 0.66
    ends = [min(v.value for v in values), *limits, max(v.value for v in values)]
    unit = "%" if kind == "percent" else ""
    texts = [f"{chosen.figure(a, kind, language)} – {'' if i == len(limits) else '< '}{chosen.figure(b, kind, language)}{unit}"
             if a != b else f"{chosen.figure(a, kind, language)}{unit}"
             for i, (a, b) in enumerate(pairwise(ends))]
    rows = [*reversed(list(zip(colours, texts, strict=True))), (EMPTY, label("plot", "no_data", language))]
    for i, (colour, words) in enumerate(rows):
        y = top - i * step
        axes.add_patch(Rectangle((left, y - size / 2), size * 1.3, size, facecolor=colour, edgecolor="#8d96a5", linewidth=0.4))
        axes.text(left + size * 1.3 + 0.2, y, words, va="center", fontsize=7.5)


def _draw_list(axes: Axes, values: list[Value], colours: Sequence[str], limits: Sequence[float], kind: str,
               language: str) -> None:
    """The provinces by value, in the empty corner beside the north."""
    half = _MOST_LISTED // 2
    cut = len(values) > _MOST_LISTED
    listed = [*values[:half], *values[-half:]] if cut else values
    left, right, top, step = 109.3, 116.4, 23.1, 0.36
    axes.text(left, top, label("plot", "highest_lowest" if cut else "ranking", language), fontsize=8, fontweight="bold",
              va="center")
    for i, v in enumerate(listed):
        y = top - 0.5 - i * step - (0.18 if cut and i >= half else 0)
        colour = colours[sum(v.value >= limit for limit in limits)]
        axes.scatter([left + 0.15], [y], s=20, marker="s", facecolor=colour, edgecolor="#8d96a5", linewidth=0.4)
        axes.text(left + 0.5, y, label("plot", "former", language).replace("{}", v.shape.name) if v.part else v.shape.name, va="center", fontsize=7.5)
        axes.text(right, y, chosen.figure(v.value, kind, language) + ("*" if v.disputed else ""), va="center", ha="right",
                  fontsize=7.5, fontweight="bold")
