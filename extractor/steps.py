"""The steps of the pipeline in their order: each a function that fills its own part of a `Draft`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from extractor.article.sections import set_sections
from extractor.binding import bind_observations
from extractor.draft import Draft
from extractor.people import find_officials
from extractor.people.speakers import set_speakers
from extractor.periods import find_periods
from extractor.places import find_places
from extractor.quantities import find_quantities
from extractor.text.sentences import set_sentences


def set_parts(draft: Draft) -> None:
    """Sections, what the article prints about itself, sentences, and all hits of all word lists."""
    set_sections(draft)
    set_sentences(draft)
    draft.scan()


STEPS: Mapping[str, Callable[[Draft], None]] = {
    "sections": set_parts,
    "periods": find_periods,
    "quantities": find_quantities,
    "places": find_places,
    "officials": find_officials,
    "observations": bind_observations,
    "speakers": set_speakers,
}


def run(draft: Draft) -> Draft:
    """All steps, one after the other."""
    for step in STEPS.values():
        step(draft)
    return draft
