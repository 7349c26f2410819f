"""Fields of a record to an article: which column is what, and what may stand in it."""

from __future__ import annotations

import json
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from extractor.draft import Article
from extractor.errors import ExtractorError
from extractor.reading.dates import is_missing, iso_date
from extractor.reading.stream import Input

ROLES: Final = ("text", "id", "title", "date", "url")
_SHOWN: Final = 60
_SHAPES: Final = 1000  # sets of field names that are remembered; records of one file mostly share one


@lru_cache
def guesses() -> Mapping[str, Sequence[str]]:
    """For each role the usual names of its column, the likeliest first, in plain form."""
    path = Path(__file__).parent / "columns.toml"
    return {role: [plain(n) for n in names] for role, names in tomllib.loads(path.read_text("utf-8")).items()}


def plain(name: str) -> str:
    """A column's name without case, diacritics and punctuation."""
    letters = unicodedata.normalize("NFD", name.strip().lower().replace("đ", "d"))
    kept = "".join(c if c.isalnum() else "_" for c in letters if not unicodedata.combining(c))
    return "_" + kept.strip("_") if kept.startswith("_") else kept.strip("_")


class Columns:
    """What the columns of one file are; build an article of each record with `article`."""

    def __init__(self, file: Input) -> None:
        options = file.options
        self._file = file
        self._named = {"text": options.text_column, "id": options.id_column, "title": options.title_column,
                       "date": options.date_column, "url": options.url_column}
        self._known: dict[tuple[str, ...], dict[str, str]] = {}

    def of(self, names: Iterable[str]) -> dict[str, str]:
        """The column of each role among `names`; `ExtractorError` where there is none for the text."""
        key = tuple(names)
        if key not in self._known:
            if len(self._known) >= _SHAPES:
                self._known.clear()
            self._known[key] = self._find(key)
        return self._known[key]

    def check(self, names: Sequence[str]) -> dict[str, str]:
        """`of` for a table, whose header must have all columns that the options name."""
        for role, name in self._named.items():
            if name is not None and name not in names:
                raise ExtractorError(f"{self._file.name}: no column {name!r} ({role}_column) among {_listed(names)}")
        try:
            return self.of(names)
        except ExtractorError as error:
            raise ExtractorError(f"{self._file.name}: {error}") from None

    def _find(self, names: tuple[str, ...]) -> dict[str, str]:
        by_plain = {plain(name): name for name in reversed(names)}
        taken = {name for name in self._named.values() if name is not None}
        found: dict[str, str] = {}
        for role in ROLES:
            named = self._named[role]
            if named is not None:
                if named in names:
                    found[role] = named
                continue
            guess = next((by_plain[g] for g in guesses()[role] if g in by_plain and by_plain[g] not in taken), None)
            if guess is not None:
                found[role] = guess
                taken.add(guess)
        if "text" not in found:
            wanted = self._named["text"]
            raise ExtractorError(
                f"no field {wanted!r} (text_column) among {_listed(names)}" if wanted is not None else
                f"no field that is known to hold the text among {_listed(names)}; name it by text_column")
        return found

    def article(self, fields: Mapping[str, Any], line: int | None) -> Article:
        """The article of one record, which is number `line` of its file; `ExtractorError` where it has no text."""
        try:
            columns = self.of(fields)
            text = fields[columns["text"]]
            if not isinstance(text, str):
                raise ExtractorError(f"{columns['text']}: expected a text, found {_kind(text)}")
            if not text.strip():
                raise ExtractorError(f"{columns['text']}: the text is empty")
        except ExtractorError as error:
            raise ExtractorError(f"{self._file.name}: {'' if line is None else f'line {line}: '}{error}") from None
        value = {role: fields.get(column) for role, column in columns.items()}
        published = iso_date(value.get("date"))
        notes: tuple[str, ...] = ()
        if published is None and not _is_nothing(value.get("date")):
            notes = (f"{columns['date']}: no date in {str(value['date'])[:_SHOWN]!r}",)
        return Article(text, id=_id(value.get("id")) or self._file.id_of(line), path=self._file.path,
                       title=_words(value.get("title")), published=published, url=_words(value.get("url")), notes=notes)

    def id(self, fields: Mapping[str, Any]) -> str | None:
        """The id that a record brings, also one that is no article; None where it brings none."""
        column = self.of(fields).get("id")
        return _id(fields[column]) if column is not None else None


def _is_nothing(value: Any) -> bool:
    return is_missing(value) or (isinstance(value, str) and not value.strip())


def _id(value: Any) -> str | None:
    if _is_nothing(value):
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value).strip()


def _words(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _kind(value: Any) -> str:
    if is_missing(value):
        return "nothing"
    return {"dict": "an object", "list": "a list", "bytes": "bytes"}.get(
        type(value).__name__, f"{type(value).__name__} {str(value)[:_SHOWN]}")


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(" ".join(name.split()) for name in names[:20])
    return (shown[:300] + ("…" if len(shown) > 300 or len(names) > 20 else "")) or "none at all"
