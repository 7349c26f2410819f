"""Which list of units an article uses: the 63 provinces with their districts, or the 34 of July 2025."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.draft import Draft
from extractor.places.found import Found
from extractor.places.units import NEW, OLD, time_at


def time_of(draft: Draft, found: Sequence[Found]) -> str:
    """"63" or "34": by the article's date; without one by what it names, where nothing is clear the 63-list."""
    known = time_at(draft.meta.published or draft.article.published)
    return known or _by_names(found)


def _by_names(found: Sequence[Found]) -> str:
    """Communes that only the new list has, and no district, make it the new list."""
    new = 0
    for f in found:
        if not f.kinds:
            continue
        if f.level == "district" and f.units and f.units[0].kind in f.kinds:
            return OLD
        times = {u.time for u in f.units if u.kind in f.kinds}
        if f.level == "commune" and times:
            if NEW not in times:
                return OLD
            new += OLD not in times
    return NEW if new else OLD
