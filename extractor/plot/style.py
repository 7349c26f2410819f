"""How the pictures look: sizes, colours and type of all of them, made for a column of a newspaper."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.errors import ExtractorError
from extractor.reading.extras import needed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, MUTED, LINE, EMPTY = "#1b1f27", "#5b6474", "#d9dde4", "#e9ebee"
GOOD, BAD, OPEN = "#1b7a4b", "#c0392b", "#b7791f"
#: Light to dark, told apart in grey too (the colours of ColorBrewer's YlGnBu without its palest).
CLASSES = ("#dff1c4", "#9bd7b9", "#48b3c3", "#2a78b4", "#21318d")
#: Lines that are told apart by people who do not see all colours (Okabe and Ito).
LINES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#8a6d00")
_SETTINGS: Any = {
    # comes with matplotlib and has all Vietnamese letters, so that pictures are the same everywhere
    "font.family": "DejaVu Sans", "font.size": 8.5, "text.color": INK, "axes.edgecolor": LINE, "axes.labelcolor": MUTED,
    "xtick.color": MUTED, "ytick.color": MUTED, "axes.spines.top": False, "axes.spines.right": False,
    "axes.spines.left": False, "axes.grid": True, "axes.grid.axis": "y", "grid.color": LINE, "grid.linewidth": 0.7,
    "axes.axisbelow": True, "xtick.major.size": 0, "ytick.major.size": 0, "figure.facecolor": "white",
    "savefig.facecolor": "white", "savefig.dpi": 200, "figure.dpi": 90, "svg.hashsalt": "extractor", "svg.fonttype": "path",
    "pdf.fonttype": 42}


@contextmanager
def style() -> Iterator[None]:
    """The settings of matplotlib while a picture is made; `ExtractorError` without matplotlib."""
    with needed("plot", "matplotlib", "a picture"):
        import matplotlib as mpl
    with mpl.rc_context(_SETTINGS):
        yield


def new_figure(width: float, height: float) -> Figure:
    """An empty figure of so many inches."""
    from extractor.plot.picture import Picture

    return Picture(width, height)


def head(figure: Figure, title: str, subtitle: str, *, left: float = 0.03) -> None:
    """Title and what is shown, above the picture, on the left."""
    height = figure.get_figheight()
    figure.text(left, 1 - 0.16 / height, title, ha="left", va="top", fontsize=13, fontweight="bold")
    figure.text(left, 1 - 0.44 / height, subtitle, ha="left", va="top", fontsize=9, color=MUTED)


def foot(figure: Figure, words: str, *, left: float = 0.03) -> None:
    """Source and notes, below."""
    figure.text(left, 0.1 / figure.get_figheight(), words, ha="left", va="bottom", fontsize=7, color=MUTED, linespacing=1.4)


def save(figure: Figure, path: str | Path) -> None:
    """Write a picture (.png, .svg, .pdf); the same picture gives the same bytes."""
    import matplotlib as mpl

    stamps: dict[str, dict[str, Any]] = {"svg": {"Date": None}, "pdf": {"CreationDate": None, "ModDate": None}}
    try:
        with mpl.rc_context(_SETTINGS):
            figure.savefig(path, metadata=stamps.get(str(path).rpartition(".")[2].lower(), {"Software": None}))
    except (OSError, ValueError) as error:
        raise ExtractorError(f"{path}: cannot be written: {error}") from None


def bare(axes: Axes) -> None:
    """No axes, no grid."""
    axes.set_axis_off()
    axes.grid(visible=False)
