"""Annotated articles: a folder of NNN.txt and NNN.json, read into records and checked field by field.

The form is that of the corpus (``corpus/DATASHEET.md``). Every problem is one line that names file, entry and field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from extractor.article.decode import read_text
from extractor.errors import ExtractorError
from extractor.records import COMPARATORS, DIRECTIONS, KINDS, ROLES, STATUSES

if TYPE_CHECKING:
    from extractor.patterns import Patterns


@dataclass(frozen=True, slots=True)
class GoldObservation:
    """A number as a reader understands it; ``start`` and ``end`` are where it stands in the text."""

    text: str
    start: int
    end: int
    kind: str
    low: float
    indicator: str
    subject: str | None
    place: str | None
    period: str | None
    status: str
    role: str
    high: float | None = None
    comparator: str = "eq"
    unit: str | None = None
    per: str | None = None
    of: float | None = None
    groups: tuple[str, ...] = ()
    direction: str | None = None
    speaker: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class GoldOfficial:
    """A person with a post."""

    name: str
    title: str | None
    organization: str | None


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """An administrative place that the article names."""

    text: str
    level: str
    province: str | None
    district: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article and all that is annotated in it; ``has_speakers``: whether it says who said its numbers.

    ``officials`` and ``places`` are None where the annotation is of numbers alone.
    """

    id: str
    text: str
    title: str | None
    published: str | None
    authors: tuple[str, ...]
    provinces: tuple[str, ...]
    observations: tuple[GoldObservation, ...]
    officials: tuple[GoldOfficial, ...] | None
    places: tuple[GoldPlace, ...] | None
    has_speakers: bool


Check = Callable[[Any], str | None]  # what a value should have been, or None where it is right
_SECTIONS = ("boilerplate",)
_LEVELS = ("province", "district", "commune", "village")
_PERIOD = re.compile(r"\d{4}(/\d{4}|-Q[1-4]|-H[12]|-M\d\d|-\d\d(-\d\d)?)?|\d{4}-\d\d(-\d\d)?/\d{4}-\d\d(-\d\d)?")


def _string(value: Any) -> str | None:
    return None if isinstance(value, str) and value else "a string"


def _number(value: Any) -> str | None:
    return None if isinstance(value, (int, float)) and not isinstance(value, bool) else "a number"


def _count(value: Any) -> str | None:
    return None if isinstance(value, int) and value > 0 else "a number from 1"


def _strings(value: Any) -> str | None:
    return None if isinstance(value, list) and all(isinstance(v, str) for v in value) else "a list of strings"


def _period(value: Any) -> str | None:
    return None if isinstance(value, str) and _PERIOD.fullmatch(value) else "a period such as 2023 or 2024-Q1"


def _date(value: Any) -> str | None:
    try:
        return None if date.fromisoformat(value).isoformat() == value else "a date such as 2023-11-29"
    except (TypeError, ValueError):
        return "a date such as 2023-11-29"


def _or_null(check: Check) -> Check:
    def checked(value: Any) -> str | None:
        return None if value is None or check(value) is None else f"{check(value)} or null"
    return checked


def _one_of(words: tuple[str, ...]) -> Check:
    return lambda value: None if value in words else f"one of {', '.join(words)}"


@dataclass(frozen=True, slots=True)
class _Shape:
    needed: Mapping[str, Check]
    allowed: Mapping[str, Check]

    def problems(self, entry: Any) -> Iterator[str]:
        if not isinstance(entry, dict):
            yield "expected an object"
            return
        for name, value in entry.items():
            check = self.needed.get(name) or self.allowed.get(name)
            expected = check(value) if check else f"no such field; known are {', '.join([*self.needed, *self.allowed])}"
            if expected:
                yield f"{name}: expected {expected}, found {value!r}" if check else f"{name}: {expected}"
        for name, check in self.needed.items():
            if name not in entry:
                yield f"{name}: missing, expected {check(None) or 'a value or null'}"


_OBSERVATION = _Shape(
    {"text": _string, "kind": _one_of(KINDS), "low": _number, "indicator": _string, "subject": _or_null(_string),
     "place": _or_null(_string), "period": _or_null(_period), "status": _one_of(STATUSES), "role": _one_of(ROLES)},
    {"occurrence": _count, "high": _or_null(_number), "comparator": _one_of(COMPARATORS), "unit": _or_null(_string),
     "per": _or_null(_string), "of": _or_null(_number), "groups": _strings, "direction": _or_null(_one_of(DIRECTIONS)),
     "speaker": _or_null(_string), "section": _or_null(_one_of(_SECTIONS))})
_OFFICIAL = _Shape({"name": _string}, {"title": _or_null(_string), "organization": _or_null(_string)})
_PLACE = _Shape({"text": _string, "level": _one_of(_LEVELS), "province": _or_null(_string)},
                {"district": _or_null(_string), "section": _or_null(_one_of(_SECTIONS))})
_LISTS: Mapping[str, _Shape] = {"observations": _OBSERVATION, "officials": _OFFICIAL, "places": _PLACE}


def _list(value: Any) -> str | None:
    return None if isinstance(value, list) else "a list"


#: Where only numbers are annotated, officials and places are null.
_ARTICLE = _Shape({"title": _or_null(_string), "published": _or_null(_date), "authors": _strings, "provinces": _strings,
                   "observations": _list, "officials": _or_null(_list), "places": _or_null(_list)}, {})


def find_occurrence(text: str, words: str, number: int) -> int:
    """The offset of the `number`-th place (from 1) where `words` stand in `text`, or -1.

    Places inside a longer number are passed over: "4%" does not stand in "24%" or "2,4%".
    """
    alone = r"(?<!\d)(?<!\d[.,])" if words[:1].isdigit() else ""
    places = re.finditer(f"{alone}(?={re.escape(words)})", text)
    return next((m.start() for i, m in enumerate(places, 1) if i == number), -1)


def problems(path: Path, patterns: Patterns) -> list[str]:
    """All that is wrong with the annotation file at `path`; `patterns` know the ids of indicators and groups."""
    text, data = _read(path)
    found = [f"{path}: {problem}" for problem in _ARTICLE.problems(data)]
    if found:
        return found
    for name, shape in _LISTS.items():
        for i, entry in enumerate(data[name] or ()):
            wrong = list(shape.problems(entry))
            found += [f"{path}: {name}[{i}]{_label(entry)}: {problem}" for problem in wrong]
    return found or [f"{path}: {problem}" for problem in _in_context(text, data, patterns)]


def _label(entry: Any) -> str:
    words = (entry.get("text") or entry.get("name")) if isinstance(entry, dict) else None
    return f" {words!r}" if words else ""


def _in_context(text: str, data: dict[str, Any], patterns: Patterns) -> Iterator[str]:
    """What only the text, other entries or the pattern files can tell."""
    indicators = {r.get("id") for r in patterns.rules["indicator"]} | {"other"}
    groups = {r.get("id") for r in patterns.rules["group"]}
    people = {f["name"] for f in data["officials"] or ()}
    seen: dict[int, int] = {}
    for i, o in enumerate(data["observations"]):
        where = f"observations[{i}] {o['text']!r}"
        at = find_occurrence(text, o["text"], o.get("occurrence", 1))
        if at < 0:
            yield f"{where}: text: occurrence {o.get('occurrence', 1)} does not stand in the article"
        elif at in seen:
            yield f"{where}: text: the same place as observations[{seen[at]}]"
        seen[at] = i
        if o["indicator"] not in indicators:
            yield f"{where}: indicator: {o['indicator']!r} is no id of the pattern files"
        for group in o.get("groups", []):
            if group not in groups:
                yield f"{where}: groups: {group!r} is no id of the pattern files"
        if o["subject"] is not None and o["subject"] not in text:
            yield f"{where}: subject: {o['subject']!r} does not stand in the article"
        if (o["role"] == "level") != (o.get("direction") is None):
            yield f"{where}: direction: {'expected none' if o['role'] == 'level' else 'missing'} for role {o['role']}"
        if o.get("speaker") is not None and o["speaker"] not in people:
            yield f"{where}: speaker: {o['speaker']!r} is no official of the article"
    for name, keys in (("officials", ("name", "title", "organization")), ("places", ("text",))):
        for i, entry in enumerate(data[name] or ()):
            for key in keys:
                if entry.get(key) and entry[key] not in text:
                    yield f"{name}[{i}]{_label(entry)}: {key}: {entry[key]!r} does not stand in the article"


def _read(path: Path) -> tuple[str, Any]:
    text = read_text(path.with_suffix(".txt"))
    try:
        return text, json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ExtractorError(f"{path}: cannot be read: {error}") from None
    except json.JSONDecodeError as error:
        raise ExtractorError(f"{path}:{error.lineno}: not valid JSON: {error.msg}") from None


R = TypeVar("R")


def _record(cls: type[R], entry: Mapping[str, Any], **more: Any) -> R:
    known = {f.name for f in fields(cls)}  # type: ignore[arg-type]
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items() if k in known}
    return cls(**values, **more)


def _records(cls: type[R], entries: Sequence[Mapping[str, Any]] | None, **default: Any) -> tuple[R, ...] | None:
    return None if entries is None else tuple(_record(cls, {**default, **entry}) for entry in entries)


def read_article(path: Path, patterns: Patterns) -> GoldArticle:
    """The article whose annotation is the file at `path`; raises `ExtractorError` for the first problem in it."""
    found = problems(path, patterns)
    if found:
        raise ExtractorError(found[0] + (f" (and {len(found) - 1} more problems)" if len(found) > 1 else ""))
    text, data = _read(path)
    observations = []
    for o in data["observations"]:
        start = find_occurrence(text, o["text"], o.get("occurrence", 1))
        observations.append(_record(GoldObservation, o, start=start, end=start + len(o["text"])))
    return GoldArticle(
        path.stem, text, data["title"], data["published"], tuple(data["authors"]), tuple(data["provinces"]),
        tuple(observations), _records(GoldOfficial, data["officials"], title=None, organization=None),
        _records(GoldPlace, data["places"]), any("speaker" in o for o in data["observations"]))


def gold_files(folder: Path) -> list[Path]:
    """The annotation files of a folder, in the order of their names, at least one."""
    if not folder.is_dir():
        raise ExtractorError(f"{folder}: not a folder of annotated articles")
    files = sorted(folder.glob("*.json"))
    if not files:
        raise ExtractorError(f"{folder}: no annotated article (NNN.txt beside NNN.json) in this folder")
    return files


def read_gold(folder: Path, patterns: Patterns) -> Iterator[GoldArticle]:
    """All annotated articles of a folder, in the order of their names."""
    return (read_article(path, patterns) for path in gold_files(folder))
