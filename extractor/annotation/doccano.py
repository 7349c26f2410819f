"""doccano: ``articles.jsonl`` for a project of sequence labelling with relations and overlapping spans.

A span of doccano has one label and nothing else. So fields are further labels of the very same span ("status=target"),
phrases are spans with a relation to them, and the value of a number is read from its words again. Offsets count UTF-16
units, as doccano does unless "count grapheme clusters" is chosen.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from extractor.annotation.files import Vocabulary, json_lines, to_utf16, utf16_offset, write_file
from extractor.annotation.pointing import RELATIONS, Entity, entities_of, entity, follow, sorted_spans
from extractor.annotation.task import CHOICES, DIRECTION, DOCUMENT, FURNITURE, LABELS, PHRASES, Task
from extractor.errors import ExtractorError

_FIELDS: Final = ("indicator", "groups", *CHOICES, "direction", "place", "period", "province", "district", "section")
_LONGEST: Final = 100  # of a label


def write(tasks: Iterable[Task], folder: Path, vocabulary: Vocabulary) -> None:
    """Write ``articles.jsonl``, and ``labels.json`` and ``relations.json`` to be imported as label types."""
    lines: list[str] = []
    number = 0
    for task in tasks:
        entry, number = _entry(task, number)
        lines.append(json.dumps(entry, ensure_ascii=False) + "\n")
    write_file(folder / "articles.jsonl", "".join(lines))
    fixed = [f"{name}={word}" for name, words in {**CHOICES, "direction": DIRECTION, "section": (FURNITURE,)}.items() for word in words]
    labels = [*LABELS, *PHRASES, *fixed, *(f"indicator={i}" for i in vocabulary.indicators), *(f"groups={g}" for g in vocabulary.groups)]
    for name, texts in (("labels.json", labels), ("relations.json", list(RELATIONS))):
        write_file(folder / name, json.dumps([{"text": text} for text in texts], ensure_ascii=False, indent=1) + "\n")


def _entry(task: Task, number: int) -> tuple[dict[str, Any], int]:
    entities, relations = entities_of(task)
    first = number + 1
    rows = []
    for e in entities:
        number += 1
        rows.append(_row(task, number, e, e.label))
    for e in entities:
        for label in _labels(e):
            number += 1
            rows.append(_row(task, number, e, label))
    links = [{"id": number + i, "from_id": first + r.source, "to_id": first + r.target, "type": r.name}
             for i, r in enumerate(relations, 1)]
    # every line has the same columns, because doccano makes one table of them
    entry = {"article": task.id, **{k: task.document.get(k) for k in DOCUMENT}, "text": task.text, "entities": rows,
             "relations": links}
    return entry, number + len(links)


def _row(task: Task, number: int, e: Entity, label: str) -> dict[str, Any]:
    return {"id": number, "label": label, "start_offset": to_utf16(task.text, e.start), "end_offset": to_utf16(task.text, e.end)}


def _labels(e: Entity) -> Iterator[str]:
    """The fields of a span as labels; a first choice ("status=actual") goes without saying, too long ones can't be."""
    fields = e.span.fields if e.span is not None else {}
    for name in _FIELDS:
        values: list[Any] = fields[name] if isinstance(fields.get(name), list) else [fields.get(name)]
        for value in values:
            label = f"{name}={value}"
            if value is not None and value != CHOICES.get(name, ("",))[0] and label != "indicator=other" and len(label) <= _LONGEST:
                yield label


def read(path: Path) -> Iterator[Task | ExtractorError]:
    """The tasks of a file that doccano has exported as JSONL with relations, or of ``articles.jsonl`` in a folder."""
    file = path / "articles.jsonl" if path.is_dir() else path
    for line, entry in json_lines(file):
        try:
            yield _read(entry, line)
        except ExtractorError as error:
            yield ExtractorError(f"{file}:{line}: {error}")
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            yield ExtractorError(f"{file}:{line}: not as doccano writes it: {type(error).__name__}: {error}")


def _read(entry: Mapping[str, Any], line: int) -> Task:
    known = {**(entry.get("meta") or {}), **entry}
    task = Task(str(known.get("article", known.get("id", line))), entry["text"])
    task.document = {name: known[name] for name in DOCUMENT if isinstance(known.get(name), (str, list))}
    marked: dict[str, Entity] = {}
    fields: list[tuple[int, int, str]] = []
    for row in entry["entities"]:
        start, end = (utf16_offset(task.text, int(row[k])) for k in ("start_offset", "end_offset"))
        if start is None or end is None:
            raise ExtractorError(f"{row['label']}: offsets {row['start_offset']} to {row['end_offset']} are not of this text")
        if "=" in row["label"]:
            fields.append((start, end, row["label"]))
        else:
            marked[str(row["id"])] = entity(row["label"], start, end, task.text)
    follow(task, marked, ((r["type"], str(r["from_id"]), str(r["to_id"])) for r in entry.get("relations") or ()))
    task.spans = sorted_spans(marked.values())
    for start, end, label in fields:
        name, _, value = label.partition("=")
        here = [s for s in task.spans if (s.start, s.end) == (start, end)]
        if name not in _FIELDS or not here:
            raise ExtractorError(f"label {label!r} at characters {start} to {end}: " + (
                f"expected a field of {', '.join(_FIELDS)}" if here else "no number, official or place is marked there"))
        for span in here:
            if name == "groups":
                span.fields.setdefault(name, []).append(value)
            else:
                span.fields[name] = value
    return task
