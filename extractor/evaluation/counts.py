"""How many records a run gives, by list and by what their fields hold: a change of a rule shows here what it moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from extractor.records import Extraction
from extractor.schema import FieldInfo, record_classes, record_fields

_BY_VALUE = frozenset({"indicator", "groups", "honorific", "ok"})
_GIVEN = frozenset({"id", "path", "url"})  # what the caller says about an article
_OF_DOCUMENT = ("percentages", "household_counts", "other_quantities", "targets", "officials", "provinces", "places", "periods",
                "checks", "warnings")
Counts = dict[str, dict[str, int]]


def counts(extractions: Iterable[Extraction]) -> Counts:
    """For each list the number of its records, and for each field how often it holds each word, or anything at all."""
    totals: dict[str, Counter[str]] = {"articles": Counter()}
    infos = {cls.__name__: record_fields(cls) for cls in record_classes()}
    for extraction in extractions:
        totals["articles"]["all"] += 1
        _add(totals["articles"], infos["Document"], extraction.document)
        for name in _OF_DOCUMENT:
            into = totals.setdefault(name, Counter())
            for record in getattr(extraction, name):
                into["all"] += 1
                if not isinstance(record, str):
                    _add(into, infos[type(record).__name__], record)
    return {name: dict(sorted(into.items())) for name, into in totals.items()}


def _add(into: Counter[str], infos: Iterable[FieldInfo], record: Any) -> None:
    for info in infos:
        value = getattr(record, info.name)
        if info.name in _GIVEN:
            continue
        if info.doc.choices is not None or info.name in _BY_VALUE:
            for word in value if isinstance(value, list) else [value]:
                if word is not None:
                    into[f"{info.name}={word}"] += 1
        elif info.nullable or isinstance(value, (list, dict)):
            into[info.name] += value not in (None, [], {})


def moved(old: Counts, new: Counts) -> list[str]:
    """What differs, a line each: "percentages status=target: 120 → 118"."""
    return [f"{name} {field}: {old.get(name, {}).get(field, 0)} → {new.get(name, {}).get(field, 0)}"
            for name in sorted({*old, *new}) for field in sorted({*old.get(name, {}), *new.get(name, {})})
            if old.get(name, {}).get(field, 0) != new.get(name, {}).get(field, 0)]
