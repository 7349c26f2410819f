"""Label Studio: ``tasks.json`` with the extraction as predictions, and ``labels.xml``, the labelling interface.

Offsets are code points, as Label Studio exports them; a span whose words are those of UTF-16 offsets (older versions,
texts with emoji) is recognised by its words. A task that nobody has worked on is left out when it is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from extractor.annotation.files import Vocabulary, load_json, utf16_offset, write_file
from extractor.annotation.task import (
    CHOICES,
    DIRECTION,
    DOCUMENT,
    FURNITURE,
    LABELS,
    NUMBERS,
    PLACES,
    VALUES,
    WORDS,
    Span,
    Task,
)
from extractor.errors import ExtractorError
from extractor.version import __version__

_TEXTS = (*WORDS, "subject", "speaker", "title", "organization")
_PREFIX = "document_"


def write(tasks: Iterable[Task], folder: Path, vocabulary: Vocabulary) -> None:
    """Write ``tasks.json`` and ``labels.xml``."""
    write_file(folder / "tasks.json", json.dumps([_task(t) for t in tasks], ensure_ascii=False, indent=1) + "\n")
    write_file(folder / "labels.xml", interface(vocabulary))


def _task(task: Task) -> dict[str, Any]:
    result: list[dict[str, Any]] = []
    for number, span in enumerate(task.spans, 1):
        region = {"start": span.start, "end": span.end}
        words = task.text[span.start:span.end]
        result.append(_item(f"r{number}", "label", "labels", {**region, "text": words, "labels": [span.label]}))
        for name, value in span.fields.items():
            if name in VALUES:
                kind, content = "number", {"number": value}
            elif name in _TEXTS:
                kind, content = "textarea", {"text": [value]}
            else:
                kind, content = "choices", {"choices": value if isinstance(value, list) else [value]}
            result.append(_item(f"r{number}", name, kind, {**region, **content}))
    for name, value in task.document.items():
        if value:
            result.append(_item(f"d-{name}", _PREFIX + name, "textarea", {"text": value if isinstance(value, list) else [value]}))
    return {"data": {"id": task.id, "text": task.text},
            "predictions": [{"model_version": f"extractor {__version__}", "result": result}]}


def _item(identity: str, name: str, kind: str, value: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": identity, "from_name": name, "to_name": "text", "type": kind, "value": dict(value)}


def interface(vocabulary: Vocabulary) -> str:
    """The labelling interface: labels, and for each the fields that are asked about a span of it."""
    def choices(name: str, words: Iterable[str], labels: Iterable[str], more: str = "") -> str:
        options = "".join(f"<Choice value={quoteattr(w)}/>" for w in words)
        return (f'  <Choices name="{name}" toName="text" perRegion="true" whenTagName="label" '
                f'whenLabelValue="{",".join(labels)}"{more}>{options}</Choices>')

    def asked(tag: str, name: str, labels: Iterable[str]) -> str:
        return (f'  <{tag} name="{name}" toName="text" perRegion="true" whenTagName="label" '
                f'whenLabelValue="{",".join(labels)}" placeholder="{name}"/>')

    lines = ["<View>", '  <Labels name="label" toName="text">',
             *(f'    <Label value="{label}"/>' for label in LABELS), "  </Labels>", '  <Text name="text" value="$text"/>']
    lines += [asked("Number", name, NUMBERS) for name in VALUES]
    lines += [choices(name, words, NUMBERS) for name, words in {**CHOICES, "direction": DIRECTION}.items()]
    lines.append(choices("indicator", (*vocabulary.indicators, "other"), NUMBERS, ' layout="select"'))
    lines.append(choices("groups", vocabulary.groups, NUMBERS, ' layout="select" choice="multiple"'))
    lines += [asked("TextArea", name, NUMBERS) for name in ("subject", "unit", "per", "place", "period", "speaker")]
    lines += [asked("TextArea", name, ["official"]) for name in ("title", "organization")]
    lines += [asked("TextArea", name, PLACES) for name in ("province", "district")]
    lines.append(choices("section", [FURNITURE], (*NUMBERS, *PLACES)))
    lines += [f'  <Header value="{name}"/><TextArea name="{_PREFIX}{name}" toName="text"/>' for name in DOCUMENT]
    return "\n".join([*lines, "</View>"]) + "\n"


def read(path: Path) -> Iterator[Task | ExtractorError]:
    """The corrected tasks of a file that Label Studio has exported as JSON, or of ``tasks.json`` in a folder."""
    file = path / "tasks.json" if path.is_dir() else path
    data = load_json(file)
    if not isinstance(data, list):
        raise ExtractorError(f"{file}: expected a list of tasks, Label Studio's JSON export")
    for number, entry in enumerate(data, 1):
        try:
            done = [a for a in entry.get("annotations") or [] if not a.get("was_cancelled")]
            if done:
                yield _read(entry["data"], done[-1]["result"], number)
        except ExtractorError as error:
            yield ExtractorError(f"{file}: task {number}: {error}")
        except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
            yield ExtractorError(f"{file}: task {number}: not as Label Studio writes it: {type(error).__name__}: {error}")


def _read(data: Mapping[str, Any], result: list[dict[str, Any]], number: int) -> Task:
    task = Task(str(data.get("id", number)), data["text"])
    spans: dict[str, Span] = {}
    for item in result:
        name, value = item.get("from_name", ""), item.get("value", {})
        if name == "label":
            start, end = _offsets(task.text, value)
            spans[item["id"]] = Span(start, end, value["labels"][0])
            if value["labels"][0] not in LABELS:
                raise ExtractorError(f"label {value['labels'][0]!r}: expected one of {', '.join(LABELS)}")
    for item in result:
        name, value = item.get("from_name", ""), item.get("value", {})
        content: Any = value.get("number", value.get("choices", value.get("text")))
        if name.startswith(_PREFIX):
            field = name.removeprefix(_PREFIX)
            task.document[field] = content if field in ("authors", "provinces") else content[0]
        elif name != "label" and item.get("id") in spans and content not in (None, [], [""]):
            many = name == "groups" or not isinstance(content, list)
            spans[item["id"]].fields[name] = content if many else content[0]
    task.spans = sorted(spans.values(), key=lambda s: (s.start, s.end, LABELS.index(s.label)))
    return task


def _offsets(text: str, value: Mapping[str, Any]) -> tuple[int, int]:
    """The span in code points, whichever the offsets count: the words of the span say so."""
    start, end, words = int(value["start"]), int(value["end"]), value.get("text")
    if words is None or text[start:end] == words:
        return start, end
    a, b = utf16_offset(text, start), utf16_offset(text, end)
    if a is not None and b is not None and text[a:b] == words:
        return a, b
    raise ExtractorError(f"the words at characters {start} to {end} are {text[start:end]!r}, not {words!r}")
