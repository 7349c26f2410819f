"""Targets against outcomes: how much was reached of what was announced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor.errors import ExtractorError
from extractor.plot import rows as chosen
from extractor.plot.style import BAD, GOOD, INK, LINE, MUTED, OPEN, foot, head, new_figure, style
from extractor.wording import check_language, label, name_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_COLOURS = {"met": GOOD, "missed": BAD, "open": OPEN, "unclear": MUTED}
_MOST_ROWS = 24
_MOST_PERCENT = 200.0


def target_outcome(targets: pd.DataFrame, indicator: str | None = None, *, min_confidence: float = 0.0,
                   language: str = "vi", title: str | None = None) -> Figure:
    """Each target with its outcome, as a percentage of the target, in the colour of its result.

    `targets` is what `extractor.panel(…, table="targets")` gives; `indicator` takes one of them alone. The surest pairs
    are shown, 24 at most; what goes over 200% ends with an arrow. Returns a matplotlib figure; raises `ExtractorError`
    where no target has an outcome.
    """
    check_language(language)
    if "outcome_words" not in targets.columns:
        raise ExtractorError('expected the table that extractor.panel(…, table="targets") gives')
    found = targets[targets["result"].notna() & (targets["target_low"] > 0)]
    if indicator is not None:
        found = found[found["indicator"] == indicator]
    sure = found[["target_confidence", "outcome_confidence"]].min(axis=1).fillna(0.0)
    found = found.assign(sure=sure)[sure >= min_confidence]
    if found.empty:
        raise ExtractorError(f"no target{f' of {indicator!r}' if indicator else ''} has an outcome in this table")
    best = found.sort_values(["sure", "indicator", "place", "period"], ascending=[False, True, True, True], kind="stable")
    shown = best.head(_MOST_ROWS).sort_values(["indicator", "place", "period", "outcome_period"], kind="stable")
    records = shown.to_dict("records")
    with style():
        figure = new_figure(7.2, 1.25 + 0.4 * len(records))
        height = figure.get_figheight()
        axes = figure.add_axes((0.35, 0.42 / height, 0.32, 1 - 1.35 / height))
        for i, row in enumerate(records):
            _draw_row(axes, row, len(records) - 1 - i, language, named=indicator is None)
        _finish(axes, len(records))
        _draw_key(figure, [str(r["result"]) for r in records], language)
        named = name_of("indicator", indicator, language) if indicator else None
        plain = label("plot", "targets_title", language)
        head(figure, title or (f"{named}: {plain.lower()}" if named else plain), label("plot", "of_target", language))
        n = len({str(r[c]) for r in records for c in ("target_document", "outcome_document")})
        foot(figure, label("plot", "source", language).replace("{n}", str(n)))
    return figure


def _draw_row(axes: Axes, row: dict[Any, Any], y: int, language: str, *, named: bool) -> None:
    """One target: a bar that ends where the outcome stands, names on the left, figures on the right."""
    value = float(row["outcome_low"])
    opposite = _given(row["direction"]) and _given(row["outcome_direction"]) and row["direction"] != row["outcome_direction"]
    percent = (-1 if opposite else 1) * value / float(row["target_low"]) * 100
    colour = _COLOURS[str(row["result"])]
    end = max(min(percent, _MOST_PERCENT), 0.0)
    axes.barh(y, end, height=0.42, color=colour, zorder=2)
    if percent > _MOST_PERCENT:
        axes.plot(_MOST_PERCENT, y, marker=">", color=colour, markersize=8, clip_on=False, zorder=3)
    name = f"{name_of('indicator', str(row['indicator']), language)}" if named else str(row["place"])
    axes.text(-0.04, y + 0.17, _short(name, 40), transform=axes.get_yaxis_transform(), ha="right", va="center", fontsize=8,
              fontweight="bold")
    second = [*([str(row["place"])] if named else []), chosen.period_words(str(row["outcome_period"]), language)]
    axes.text(-0.04, y - 0.2, _short(", ".join(second), 46), transform=axes.get_yaxis_transform(), ha="right", va="center",
              fontsize=7, color=MUTED)
    axes.text(1.04, y + 0.17, f"{label('plot', 'outcome', language)}: {row['outcome_words']}",
              transform=axes.get_yaxis_transform(), va="center", fontsize=7.5, color=colour, fontweight="bold")
    axes.text(1.04, y - 0.2, f"{label('plot', 'target', language)}: {row['target_words']}",
              transform=axes.get_yaxis_transform(), va="center", fontsize=7, color=MUTED)


def _given(value: Any) -> bool:
    return isinstance(value, str)


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[:most - 1].rstrip() + "…"


def _finish(axes: Axes, count: int) -> None:
    axes.set_xlim(0, _MOST_PERCENT)
    axes.set_ylim(-0.6, count - 0.4)
    axes.set_yticks([])
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x")
    axes.set_xticks([0, 50, 100, 150, 200], ["0", "50", "100%", "150", "200"])
    axes.axvline(100, color=INK, linewidth=1.1, zorder=4)
    axes.spines["bottom"].set_color(LINE)


def _draw_key(figure: Figure, results: list[str], language: str) -> None:
    from matplotlib.patches import Patch

    shown = [name for name in _COLOURS if name in results]
    figure.legend([Patch(color=_COLOURS[name]) for name in shown], [label("result", name, language) for name in shown],
                  loc="upper left", bbox_to_anchor=(0.022, 1 - 0.58 / figure.get_figheight()), ncols=len(shown),
                  frameon=False, fontsize=8, handlelength=1.1, handleheight=0.9, handletextpad=0.5, columnspacing=1.4)
