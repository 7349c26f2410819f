"""From corrected tasks to annotated articles: ``NNN.txt`` and ``NNN.json`` in the form of corpus/."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from extractor.annotation.task import CHOICES, DOCUMENT, NUMBERS, Span, Task
from extractor.draft import Article, Draft, Quantity
from extractor.errors import ExtractorError
from extractor.evaluation.gold import find_occurrence, problems
from extractor.patterns import Patterns
from extractor.steps import run

_DEFAULTS = {name: words[0] for name, words in CHOICES.items()}
_ORDER = ("text", "occurrence", "kind", "low", "high", "comparator", "unit", "per", "of", "indicator", "subject", "groups",
          "place", "period", "status", "role", "direction", "speaker", "section")
_NOT_IN_NAMES = re.compile(r"[^\w.-]+|^\.+")


def write_gold(tasks: Iterable[Task], folder: Path, patterns: Patterns) -> Iterator[str | ExtractorError]:
    """Write every task; yields the name of each article that was written, or what is wrong with it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExtractorError(f"{folder}: cannot be made: {error.strerror or error}") from None
    taken: set[str] = set()
    for task in tasks:
        name = base = _NOT_IN_NAMES.sub("_", task.id) or "article"
        while name in taken:
            name = f"{base}-{len(taken)}"
        taken.add(name)
        try:
            yield _write(task, folder / f"{name}.json", patterns)
        except ExtractorError as error:
            yield error


def _write(task: Task, path: Path, patterns: Patterns) -> str:
    text = path.with_suffix(".txt")
    if path.exists() or text.exists():
        raise ExtractorError(f"{path}: is there already and was not written over")
    gold = gold_of(task, patterns)
    try:
        text.write_bytes(task.text.encode("utf-8"))
        path.write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        wrong = problems(path, patterns)
    except (OSError, UnicodeEncodeError) as error:
        raise ExtractorError(f"{path}: cannot be written: {error}") from None
    if wrong:
        path.unlink()
        text.unlink()
        raise ExtractorError(wrong[0] + (f" (and {len(wrong) - 1} more problems)" if len(wrong) > 1 else ""))
    return path.stem


def gold_of(task: Task, patterns: Patterns) -> dict[str, Any]:
    """The annotation of one article. What a number's words say is read from them where nobody has said it."""
    read = _Values(task, patterns)
    observations = [_observation(task, s, read) for s in task.spans if s.label in NUMBERS]
    officials: list[dict[str, Any]] = []
    places: list[dict[str, Any]] = []
    for span in task.spans:
        words = task.text[span.start:span.end]
        if span.label == "official":
            entry = {"name": words, "title": span.fields.get("title"), "organization": span.fields.get("organization")}
            if entry not in officials:
                officials.append(entry)
        elif span.label not in NUMBERS:
            entry = {"text": words, "level": span.label, "province": span.fields.get("province"),
                     **{k: span.fields[k] for k in ("district", "section") if span.fields.get(k)}}
            if entry not in places:
                places.append(entry)
    document = {name: task.document.get(name) for name in DOCUMENT}
    document["authors"], document["provinces"] = document["authors"] or [], document["provinces"] or []
    return {**document, "observations": observations, "officials": officials, "places": places}


def _observation(task: Task, span: Span, read: _Values) -> dict[str, Any]:
    fields: dict[str, Any] = {**_DEFAULTS, "indicator": "other", "subject": None, "place": None, "period": None,
                              **({} if "low" in span.fields else read.at(span)), **span.fields}
    fields |= {"text": task.text[span.start:span.end], "kind": span.label}
    fields["occurrence"] = _occurrence(task, span)
    if fields["role"] == "level":
        fields.pop("direction", None)
    if fields["occurrence"] == 1:
        del fields["occurrence"]
    return {name: fields[name] for name in _ORDER if name in fields}


def _occurrence(task: Task, span: Span) -> int:
    """Which place of its words the span is, counted as the annotation counts."""
    words, number = task.text[span.start:span.end], 1
    while (at := find_occurrence(task.text, words, number)) != span.start:
        if at < 0 or at > span.start:
            raise ExtractorError(f"{task.id}: {words!r} at character {span.start}: only a part of a longer number")
        number += 1
    return number


class _Values:
    """What the toolkit reads where nobody has written down a value."""

    def __init__(self, task: Task, patterns: Patterns) -> None:
        self._task = task
        self._patterns = patterns
        self._draft: Draft | None = None

    def at(self, span: Span) -> dict[str, Any]:
        """Value, comparator, unit of the quantity at `span`."""
        if self._draft is None:
            self._draft = run(Draft(Article(self._task.text), self._patterns))
        raw = self._draft.text.raw_span
        for q in self._draft.quantities:
            start, end = raw(q.start, q.end)
            if start < span.end and end > span.start:
                return _fields(q)
        words = self._task.text[span.start:span.end]
        raise ExtractorError(f"{self._task.id}: {words!r} at character {span.start}: no number can be read; give its value")


def _fields(q: Quantity) -> dict[str, Any]:
    values = {"low": q.low, "high": q.high, "comparator": q.comparator, "unit": q.unit, "per": q.per, "of": q.of}
    return {name: value for name, value in values.items() if value is not None}
