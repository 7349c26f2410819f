"""The province of a body: printed in its name, or implied by the article."""

from __future__ import annotations

from bisect import bisect_left

from extractor.draft import Draft
from extractor.people.reader import Body
from extractor.people.view import View


class Provinces:
    """The places of the article in order, and the province that it is about."""

    def __init__(self, draft: Draft, view: View) -> None:
        self._view = view
        self._places = sorted(draft.places, key=lambda p: p.start)
        self._starts = [p.start for p in self._places]
        self._implied = draft.document_provinces[0] if len(draft.document_provinces) == 1 else None

    def of(self, body: Body | None) -> str | None:
        """The province of `body`, None where it can't be said or the body is none of a province's."""
        if body is None:
            return None
        start, end = self._view.span(body.first, body.last)
        for k in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
            place = self._places[k]
            if place.end <= end and place.level in ("province", "district", "commune", "village"):
                return place.name if place.level == "province" else place.province
        local = self._view.words.sets["local_body"].at(self._view.text, body.first)
        return self._implied if local and not body.abroad else None
