"""Which rows of a panel a picture shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractor.errors import ExtractorError
from extractor.wording import label, name_of, number, period_in_words

if TYPE_CHECKING:
    import pandas as pd


def rows_of(panel: pd.DataFrame, indicator: str, *, groups: str | Sequence[str] = (), kind: str | None = None,
            measure: str = "level", min_confidence: float = 0.0) -> pd.DataFrame:
    """The rows of one indicator and group (none: everybody), of one kind (default: the commonest), lists left out."""
    if "indicator" not in panel.columns or "agreement" not in panel.columns:
        raise ExtractorError("expected the table that extractor.panel gives")
    wanted = "; ".join(sorted([groups] if isinstance(groups, str) else groups))
    rows = panel[(panel["indicator"] == indicator) & (panel["measure"] == measure) & (panel["item"] == 0)
                 & (panel["groups"].fillna("") == wanted) & panel["subject"].isna() & panel["per"].isna()
                 & (panel["status"].isna() | (panel["status"] != "norm"))]
    sure = rows[["confidence", "target_confidence"]].max(axis=1)
    rows = rows[sure.fillna(1.0) >= min_confidence]
    if rows.empty:
        raise ExtractorError(f"the panel has no rows of {indicator!r}{f' for {wanted!r}' if wanted else ''} "
                             f"with measure {measure!r}")
    chosen = kind or str(rows["kind"].value_counts().sort_index(key=lambda i: i.astype(str)).idxmax())
    return rows[rows["kind"] == chosen]


def title_of(rows: pd.DataFrame, language: str) -> str:
    """The name of the indicator, with the group."""
    first = rows.iloc[0]
    words = name_of("indicator", first["indicator"], language)
    groups = "" if first.isna()["groups"] else str(first["groups"])
    named = ", ".join(name_of("group", g, language) for g in groups.split("; ") if g)
    return f"{words} – {named}" if named else words


def unit_of(rows: pd.DataFrame, language: str) -> str:
    """What the values count."""
    kind = str(rows.iloc[0]["kind"])
    return "%" if kind == "percent" else label("kind", kind, language).lower()


def figure(value: float, kind: str, language: str) -> str:
    """A value as it stands on a picture: percentages with two digits at most, large counts whole."""
    return number(round(float(value), 2 if kind == "percent" or abs(value) < 100 else 0), language)


def commonest_period(rows: pd.DataFrame) -> str:
    """The period that most places have; of equals the latest."""
    counts = rows["period"].value_counts()
    return str(max(counts.index, key=lambda period: (counts[period], str(period))))


def period_words(period: str, language: str) -> str:
    """A period in words."""
    return period_in_words(period, language)


def articles_of(rows: pd.DataFrame) -> int:
    """From how many articles the rows were read."""
    return len({name for names in rows["articles"].dropna() for name in str(names).split("; ")})
