"""brat: a folder with ``NNN.txt``, ``NNN.ann`` (standoff), ``annotation.conf`` and ``documents.json``.

Fields of a few words are attributes, phrases are relations, the rest stands in the note of a span
("low=4 | period=2023"). What is said of a whole article has no place in brat and is kept in ``documents.json``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from extractor.annotation.files import Vocabulary, load_json, read_file, write_file
from extractor.annotation.pointing import RELATIONS, Entity, entities_of, entity, follow, sorted_spans
from extractor.annotation.task import (
    CHOICES,
    DIRECTION,
    FURNITURE,
    LABELS,
    NUMBERS,
    PHRASES,
    PLACES,
    VALUES,
    WORDS,
    Task,
)
from extractor.errors import ExtractorError

_GROUP: Final = "group_"
_ATTRIBUTES: Final = ("indicator", *CHOICES, "direction", "section")
_NOTED: Final = (*VALUES, *WORDS)
_BAR: Final = " | "
_LINE: Final = "\n"
_SPAN: Final = re.compile(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)$")
_DOCUMENTS: Final = "documents.json"


def write(tasks: Iterable[Task], folder: Path, vocabulary: Vocabulary) -> None:
    """Write text and annotation of each task, the configuration, and what is known about whole articles."""
    documents: dict[str, Any] = {}
    for task in tasks:
        name = re.sub(r"[^\w.-]+|^\.+", "_", task.id) or "article"
        while name in documents:
            name += "_"
        documents[name] = {"id": task.id, **task.document}
        write_file(folder / f"{name}.txt", task.text)
        write_file(folder / f"{name}.ann", "".join(line + "\n" for line in _lines(task)))
    write_file(folder / _DOCUMENTS, json.dumps(documents, ensure_ascii=False, indent=1) + "\n")
    write_file(folder / "annotation.conf", configuration(vocabulary))


def _lines(task: Task) -> Iterator[str]:
    entities, relations = entities_of(task)
    attributes = notes = 0
    for number, e in enumerate(entities, 1):
        yield f"T{number}\t{e.label} {_fragments(task.text, e)}\t{' '.join(filter(None, task.text[e.start:e.end].split(_LINE)))}"
        fields = e.span.fields if e.span is not None else {}
        for name in _ATTRIBUTES:
            if name in fields:
                attributes += 1
                yield f"A{attributes}\t{name} T{number} {fields[name]}"
        for group in fields.get("groups", ()):
            attributes += 1
            yield f"A{attributes}\t{_GROUP}{group} T{number}"
        noted: dict[str, Any] = {name: fields[name] for name in _NOTED if name in fields}
        if noted:
            notes += 1
            yield f"#{notes}\tAnnotatorNotes T{number}\t{_note(noted)}"
    for number, r in enumerate(relations, 1):
        yield f"R{number}\t{r.name} Arg1:T{r.source + 1} Arg2:T{r.target + 1}"


def _fragments(text: str, e: Entity) -> str:
    """Offsets of the span, in one piece for each line that it is on: brat wants no line end in a span."""
    pieces, at = [], e.start
    for line in text[e.start:e.end].split("\n"):
        if line:
            pieces.append(f"{at} {at + len(line)}")
        at += len(line) + 1
    return ";".join(pieces)


def _note(fields: dict[str, Any]) -> str:
    plain = _BAR.join(f"{name}={value}" for name, value in fields.items())
    return json.dumps(fields, ensure_ascii=False) if plain.count("|") >= len(fields) or "\n" in plain else plain


def configuration(vocabulary: Vocabulary) -> str:
    """``annotation.conf``: what may be marked and said."""
    numbers = "|".join(NUMBERS)
    values = {"indicator": (*vocabulary.indicators, "other"), **CHOICES, "direction": DIRECTION}
    return "\n".join([
        "[entities]", *LABELS, *PHRASES, "", "[relations]",
        *(f"{name}\tArg1:{'|'.join(labels)}, Arg2:{leads_to}" for name, (labels, leads_to) in RELATIONS.items()),
        "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>", "", "[events]", "", "[attributes]",
        *(f"{name}\tArg:{numbers}, Value:{'|'.join(words)}" for name, words in values.items()),
        f"section\tArg:{'|'.join((*NUMBERS, *PLACES))}, Value:{FURNITURE}",
        *(f"{_GROUP}{group}\tArg:{numbers}" for group in vocabulary.groups)]) + "\n"


def read(path: Path) -> Iterator[Task | ExtractorError]:
    """The tasks of a folder of brat."""
    files = sorted(path.glob("*.ann"))
    if not files:
        raise ExtractorError(f"{path}: no annotation of brat (*.ann) in this folder")
    documents = load_json(path / _DOCUMENTS) if (path / _DOCUMENTS).exists() else {}
    for file in files:
        try:
            document = dict(documents.get(file.stem, {}))
            task = Task(str(document.pop("id", file.stem)), read_file(file.with_suffix(".txt")), document)
            _read(task, file)
            yield task
        except ExtractorError as error:
            yield error
        except (AttributeError, TypeError, ValueError) as error:
            yield ExtractorError(f"{path / _DOCUMENTS}: {file.stem}: not as it was written: {error}")


def _read(task: Task, file: Path) -> None:
    marked: dict[str, Entity] = {}
    later: list[tuple[int, str, str]] = []
    for number, line in enumerate(read_file(file).split("\n"), 1):
        parts = line.rstrip("\r").split("\t", 2)
        if len(parts) < 2:
            continue
        if parts[0].startswith("T"):
            with _at(file, number):
                marked[parts[0]] = _marked(parts[1], task.text)
        else:
            later.append((number, parts[0], "\t".join(parts[1:])))
    for number, identity, rest in later:
        with _at(file, number):
            if identity.startswith("R"):
                name, one, other = rest.split()[:3]
                follow(task, marked, [(name, one.removeprefix("Arg1:"), other.removeprefix("Arg2:"))])
            elif identity[0] in "AM":
                _attribute(marked, *rest.split(" ", 2))
            elif identity.startswith("#") and rest.startswith("AnnotatorNotes "):
                head, _, note = rest.partition("\t")
                _span(marked, head.split()[1]).fields.update(_noted(note))
    task.spans = sorted_spans(marked.values())


class _at:  # noqa: N801
    """Errors inside name the file and the line."""

    def __init__(self, file: Path, line: int) -> None:
        self.where = f"{file}:{line}"

    def __enter__(self) -> None:
        """Nothing to begin."""

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        """Say where it was."""
        if isinstance(error, ExtractorError):
            raise ExtractorError(f"{self.where}: {error}") from None
        if isinstance(error, (ValueError, TypeError, IndexError)):
            raise ExtractorError(f"{self.where}: not as brat writes it: {error}") from None


def _marked(rest: str, text: str) -> Entity:
    match = _SPAN.match(rest)
    if match is None:
        raise ExtractorError(f"expected a label and offsets, found {rest!r}")
    ends = [int(n) for piece in match[2].split(";") for n in piece.split()]
    return entity(match[1], min(ends), max(ends), text)


def _span(marked: dict[str, Entity], identity: str) -> Any:
    found = marked.get(identity)
    if found is None or found.span is None:
        raise ExtractorError(f"{identity} is no number, official or place")
    return found.span


def _attribute(marked: dict[str, Entity], name: str, identity: str, value: str = "") -> None:
    fields = _span(marked, identity).fields
    if name.startswith(_GROUP):
        fields.setdefault("groups", []).append(name.removeprefix(_GROUP))
    elif name in _ATTRIBUTES:
        fields[name] = value
    else:
        raise ExtractorError(f"attribute {name!r}: expected one of {', '.join(_ATTRIBUTES)} or {_GROUP}…")


def _noted(note: str) -> dict[str, Any]:
    """The fields of a note."""
    pairs = json.loads(note) if note.startswith("{") else {
        part.partition("=")[0].strip(): part.partition("=")[2].strip() for part in note.split("|") if part.strip()}
    for name, value in pairs.items():
        if name not in _NOTED:
            raise ExtractorError(f"note: {name!r}: expected one of {', '.join(_NOTED)}, as in low=4{_BAR}period=2023")
        if name in VALUES and not isinstance(value, (int, float)):
            number = float(value)
            pairs[name] = int(number) if number.is_integer() else number
    return pairs
