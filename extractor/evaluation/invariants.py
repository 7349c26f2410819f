"""What always holds of an extraction, whatever the text: for tests, for fuzzing, and for a run over a dump."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from extractor.records import Extraction

_WITHOUT_WORDS = ("sentence", "evidence")


def spans(value: Any) -> Iterator[tuple[int, int, str | None]]:
    """Every span anywhere in a document of JSON: start, end, and the words that should stand there if they are given."""
    if isinstance(value, dict):
        if "start" in value:
            yield value["start"], value["end"], value.get("text")
        for name, inner in value.items():
            if name == "sentence" and inner is not None:
                yield inner[0], inner[1], None
            elif name == "evidence":
                yield from ((a, b, None) for a, b in inner.values())
            else:
                yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def lists(extraction: Extraction) -> dict[str, list[tuple[int, int]]]:
    """The spans of each list of records, in the order of the text."""
    found: dict[str, list[Any]] = {
        "observations": extraction.observations, "percentages": extraction.percentages,
        "household_counts": extraction.household_counts, "other_quantities": extraction.other_quantities,
        "targets": extraction.targets, "periods": extraction.periods,
        "provinces": [m for p in extraction.provinces for m in p.mentions],
        "places": [m for p in extraction.places for m in p.mentions],
        "sections": extraction.document.sections}
    # one person may be two officials, by two posts
    people = {(m.start, m.end) for f in extraction.officials for m in f.mentions}
    return {"people": sorted(people), **{name: sorted((r.start, r.end) for r in records) for name, records in found.items()}}


def broken(text: str, extraction: Extraction) -> list[str]:
    """What does not hold, a line each; empty where all is well."""
    out: list[str] = []
    document = extraction.to_dict()
    for start, end, words in spans(document):
        if not 0 <= start < end <= len(text):
            out.append(f"span {start}-{end} is not in the text of {len(text)} characters")
        elif words is not None and text[start:end] != words:
            out.append(f"span {start}-{end} holds {text[start:end]!r}, not {words!r}")
    for name, found in lists(extraction).items():
        out += [f"{name} overlap at {b[0]}" for a, b in pairwise(found) if a[1] > b[0]]
    observations = {o.id: o for o in extraction.observations}
    people = {f.id for f in extraction.officials}
    if len(observations) != len(extraction.observations) or len(people) != len(extraction.officials):
        out.append("an id is there twice")
    out += [f"{o.id}: {o.start}-{o.end} is not in its sentence" for o in observations.values()
            if not o.sentence[0] <= o.start < o.end <= o.sentence[1]]
    out += [f"{o.id}: nobody is {o.speaker}" for o in observations.values() if o.speaker is not None and o.speaker not in people]
    out += [f"{o.id}: confidence {o.confidence}" for o in observations.values() if not 0 <= o.confidence <= 1]
    out += [f"{t.id}: no observation {t.observation}" for t in extraction.targets if t.observation not in observations]
    out += [f"check: no observation {i}" for c in extraction.checks for i in c.observations if i not in observations]
    written = extraction.to_json()
    if json.loads(written) != document:
        out.append("the JSON is not what was written")
    written.encode("utf-8")
    if "NaN" in written or "Infinity" in written:
        try:
            json.loads(written, parse_constant=_refuse)
        except ValueError as error:
            out.append(str(error))
    return out


def _refuse(name: str) -> None:
    raise ValueError(f"{name} in the JSON")
