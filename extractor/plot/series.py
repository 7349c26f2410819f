"""Time series of an indicator in several places, with the targets that were set."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.errors import ExtractorError
from extractor.plot import rows as chosen
from extractor.plot.style import INK, LINES, MUTED, foot, head, new_figure, style
from extractor.wording import check_language, label

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_YEAR = 365.25


class Point(NamedTuple):
    """A value (or a target) at the end of its period, as a year with fractions; ``span``: what the articles give."""

    year: float
    value: float
    span: tuple[float, float] | None
    estimate: bool


def time_series(panel: pd.DataFrame, indicator: str, *, places: Sequence[str] | None = None,
                groups: str | Sequence[str] = (), kind: str | None = None, measure: str = "level",
                min_confidence: float = 0.0, language: str = "vi", title: str | None = None) -> Figure:
    """`indicator` over time in `places` (default: country and provinces, the six with most values), outcomes as a line, targets as diamonds.

    `panel` is what `extractor.panel` gives. Where articles differ, a bar shows their range. Each value stands at the end
    of its period. Returns a matplotlib figure; raises `ExtractorError` where the panel holds no such rows.
    """
    check_language(language)
    found = chosen.rows_of(panel, indicator, groups=groups, kind=kind, measure=measure, min_confidence=min_confidence)
    found = found[found["period_end"].notna()]
    shown = list(places) if places is not None else _fullest(found)
    missing = [place for place in shown if not (found["place"] == place).any()]
    if missing or not shown:
        raise ExtractorError(f"the panel has no {indicator!r} over time in {', '.join(missing) or 'any place'}")
    with style():
        figure = new_figure(7.2, 4.6)
        axes = figure.add_axes((0.065, 0.155, 0.725, 0.665))
        ends = [_draw_place(axes, found[found["place"] == place], place, LINES[i % len(LINES)])
                for i, place in enumerate(shown)]
        _finish(axes, found, language)
        _name_lines(axes, ends)
        used = found[found["place"].isin(shown)]
        _draw_key(figure, language, spread=any(p.span for _, _, points in ends for p in points),
                  target=bool(used["target_low"].notna().any()), estimate=any(p.estimate for _, _, ps in ends for p in ps))
        head(figure, title or chosen.title_of(found, language), f"{chosen.unit_of(found, language)} · {_years(used)}")
        foot(figure, label("plot", "source", language).replace("{n}", str(chosen.articles_of(used))))
    return figure


def _fullest(found: pd.DataFrame) -> list[str]:
    counts = found["place"][found["level"].isin(["country", "province"])].value_counts()
    return sorted(counts.index, key=lambda place: (-counts[place], place))[:len(LINES)]


def _year(day: Any) -> float:
    moment: datetime.date = day.date()
    return float(moment.year) + (moment - datetime.date(moment.year, 1, 1)).days / _YEAR


def _years(rows: pd.DataFrame) -> str:
    """From when to when."""
    years = rows["period_end"].dt.year
    return f"{years.min()}–{years.max()}" if years.min() < years.max() else str(years.min())


def _points(rows: pd.DataFrame, column: str) -> list[Point]:
    out = []
    kept = rows[rows[column].notna()]
    if column == "value":  # a level of several years is no point in time
        kept = kept[~kept["period"].str.contains("/")]
    for row in kept.to_dict("records"):
        disputed = column == "value" and row["agreement"] in ("conflict", "compatible") and row["max"] > row["min"]
        span = (float(row["min"]), float(row["max"])) if disputed else None
        out.append(Point(_year(row["period_end"]), float(row[column]), span, column == "value" and row["status"] == "estimate"))
    return sorted(out)


def _draw_place(axes: Axes, rows: pd.DataFrame, place: str, colour: str) -> tuple[str, str, list[Point]]:
    """Draw one place and return its name, its colour and its points."""
    points, goals = _points(rows, "value"), _points(rows, "target_low")
    axes.plot([p.year for p in points], [p.value for p in points], color=colour, linewidth=1.8, zorder=3)
    for p in points:
        axes.plot(p.year, p.value, marker="o", markersize=5, color=colour, markerfacecolor="white" if p.estimate else colour,
                  zorder=4)
        if p.span is not None:
            axes.plot([p.year] * 2, p.span, color=colour, linewidth=5, alpha=0.3, solid_capstyle="butt", zorder=2)
    for goal in goals:
        axes.plot(goal.year, goal.value, marker="D", markersize=5.5, color=colour, markerfacecolor="white",
                  markeredgewidth=1.3, zorder=5, linestyle="none")
        before = [p for p in points if p.year < goal.year - 0.01]
        if before:
            axes.plot([before[-1].year, goal.year], [before[-1].value, goal.value], color=colour, linewidth=1,
                      linestyle=(0, (2, 2)), zorder=2)
    return place, colour, points + goals


def _finish(axes: Axes, found: pd.DataFrame, language: str) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.margins(x=0.04, y=0.08)
    low, high = axes.get_ylim()
    least = float(found[["value", "target_low"]].min().min())
    if least >= 0 and low < 0.6 * high:
        axes.set_ylim(0, high)
    kind = str(found.iloc[0]["kind"])
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: chosen.figure(value, kind, language)))
    axes.yaxis.set_major_locator(MaxNLocator(6))
    # values stand at the end of their year: its name goes there
    first, last = axes.get_xlim()
    years = range(int(first), int(last) + 1)
    step = -(-len(years) // 10)
    axes.set_xticks([year + 1 - 1 / _YEAR for year in years[::step]], [str(year) for year in years[::step]])
    axes.set_xlim(first, last)


def _name_lines(axes: Axes, ends: Sequence[tuple[str, str, list[Point]]]) -> None:
    """The name of each place at the end of its line; names keep a line's height apart."""
    low, high = axes.get_ylim()
    apart = (high - low) * (0.1 if any(", " in place for place, _, _ in ends) else 0.06)
    right = axes.get_xlim()[1]
    at = float("-inf")
    for place, colour, points in sorted((end for end in ends if end[2]), key=lambda end: (max(end[2]).value, end[0])):
        last = max(points)
        at = max(last.value, at + apart)
        axes.annotate(place.replace(", ", ",\n", 1), (last.year, last.value), (right, at), textcoords="data", fontsize=8, fontweight="bold",
                      color=colour, va="center", annotation_clip=False,
                      arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.5, "alpha": 0.6, "shrinkB": 4})


def _draw_key(figure: Figure, language: str, *, spread: bool, target: bool, estimate: bool) -> None:
    from matplotlib.lines import Line2D

    grey: dict[str, Any] = {"color": MUTED, "linestyle": "none", "markersize": 5}
    marks = [(Line2D([], [], marker="o", **grey), "outcome")]
    if estimate:
        marks.append((Line2D([], [], marker="o", markerfacecolor="white", **grey), "estimate"))
    if target:
        marks.append((Line2D([], [], marker="D", markerfacecolor="white", **grey), "target"))
    if spread:
        marks.append((Line2D([], [], color=MUTED, linewidth=5, alpha=0.3), "spread"))
    figure.legend([mark for mark, _ in marks], [label("plot", name, language) for _, name in marks], loc="upper left",
                  bbox_to_anchor=(0.022, 0.89), ncols=len(marks), frameon=False, fontsize=8, labelcolor=INK,
                  handletextpad=0.5, handlelength=1.4, columnspacing=1.4)
