"""The records that come out: plain, picklable values; `Extraction` is one article's document.

Offsets (`start`, `end`, evidence, `sentence`) count code points in the text as the user gave it, and
``text[start:end]`` equals the record's ``text``.

What each field means stands beside it, once: the JSON Schema (`extractor.schema`), the columns of the tables
(`extractor.frames`) and ``docs/output.md`` are made from these declarations.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from extractor.collection import collection_put_off

if TYPE_CHECKING:
    import pandas as pd

SCHEMA_VERSION = "1.0"

Pair = tuple[int, int]

KINDS = ("percent", "households", "people", "money", "other")
COMPARATORS = ("eq", "ge", "gt", "le", "lt", "approx")
STATUSES = ("actual", "target", "estimate", "norm")
ROLES = ("level", "from", "to", "change")
DIRECTIONS = ("up", "down")
SECTIONS = ("title", "lead", "body", "caption", "byline", "boilerplate")
LEVELS = ("district", "commune", "village")


class Doc(NamedTuple):
    """What a field means, for people and for the schema; ``choices``: the only words that it may hold."""

    text: str
    choices: tuple[str, ...] | None = None


_Start = Annotated[int, Doc("offset of the first character in the text as given, in code points")]
_End = Annotated[int, Doc("offset after the last character")]
_Text = Annotated[str, Doc("the words as they stand in the text: text[start:end]")]
_Section = Annotated[str, Doc("the part of the article that it stands in", SECTIONS)]
_Mentions = Annotated[list["Mention"], Doc("every place in the text that names it, in order")]


class _Record:
    """Shared by all records: conversion to plain values of JSON, field by field in the declared order."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON values (dicts, lists, strings, numbers, None)."""
        out = {}
        for name in _names(type(self)):
            value = getattr(self, name)
            out[name] = value if value.__class__ in _AS_THEY_ARE else _plain(value)
        return out


#: Values of JSON that need no conversion; most are, so they are told apart first.
_AS_THEY_ARE = frozenset({str, int, bool, type(None)})
_WHOLE_BELOW = 1e15  # larger floats don't hold every integer


_NAMES: dict[type, tuple[str, ...]] = {}


def _names(record: type[_Record]) -> tuple[str, ...]:
    """The field names of a record class, worked out once."""
    names = _NAMES.get(record)
    if names is None:
        names = _NAMES[record] = tuple(
            f.name for f in fields(record) if not f.name.startswith("_"))  # type: ignore[arg-type]
    return names


def _plain(value: Any) -> Any:
    kind = value.__class__
    if kind in _AS_THEY_ARE:
        return value
    if kind is float:
        return int(value) if value.is_integer() and abs(value) < _WHOLE_BELOW else value
    if kind is list or kind is tuple:
        return [v if v.__class__ in _AS_THEY_ARE else _plain(v) for v in value]
    if kind is dict:
        return {k: _plain(v) for k, v in value.items()}
    return value.to_dict()


@dataclass(slots=True)
class Mention(_Record):
    """Words of the article that name something, and the section they stand in."""

    text: _Text
    start: _Start
    end: _End
    section: _Section = "body"


@dataclass(slots=True)
class Section(_Record):
    """A part of the article: title, lead, body, caption, byline or boilerplate."""

    kind: Annotated[str, Doc("what part it is; boilerplate is page furniture such as lists of links", SECTIONS)]
    start: _Start
    end: _End


@dataclass(slots=True)
class Document(_Record):
    """What the article is: its id, path, title, date (ISO), authors, publisher, provinces it is about, size, hash."""

    id: Annotated[str | None, Doc("the id given by the caller; for a file its name without ending")]
    path: Annotated[str | None, Doc("the path of the file as given")]
    title: Annotated[str | None, Doc("the title that the article prints, or that the caller gave")]
    published: Annotated[str | None, Doc("the day of publication, ISO (2023-11-29), printed or given by the caller")]
    authors: Annotated[list[str], Doc("the names of the authors as printed")]
    publisher: Annotated[str | None, Doc("the newspaper or site, where the article prints it")]
    url: Annotated[str | None, Doc("the address given by the caller")]
    provinces: Annotated[list[str], Doc("the provinces that the article is mainly about; empty for a national one")]
    characters: Annotated[int, Doc("the length of the text as given, in code points")]
    sha256: Annotated[str, Doc("SHA-256 of the text as given, in UTF-8")]
    sections: Annotated[list[Section], Doc("the parts of the article, in order")]
    cluster: Annotated[str | None, Doc("the cluster of near-duplicates that the article is in, one for an article without "
                                       "copies too; only where they were looked for (--dedup)")] = None
    cluster_first: Annotated[str | None, Doc("the id of the first article of the cluster: the earliest, then the one with "
                                             "the smallest id; the article's own where it is that one")] = None


@dataclass(slots=True)
class Observation(_Record):
    """One number with all that the article says about it."""

    id: Annotated[str, Doc("o1, o2 … in the order of the text")]
    kind: Annotated[str, Doc("what sort of thing is counted or shared", KINDS)]
    text: Annotated[str, Doc("the number with its unit as printed, without comparator words: text[start:end]")]
    start: _Start
    end: _End
    low: Annotated[float, Doc("the value in base units: percent as printed, money in dong or in its own currency, "
                              "thousands and millions multiplied out; of a range the lower end")]
    high: Annotated[float | None, Doc("the upper end of a range")]
    comparator: Annotated[str, Doc("how the number bounds the value: exactly, at least, more than, at most, "
                                   "less than, about", COMPARATORS)]
    unit: Annotated[str | None, Doc("the unit noun as printed")]
    per: Annotated[str | None, Doc("what the number is counted per: year, person-year, hectare, 10000-person …")]
    of: Annotated[float | None, Doc("the whole of a count that is printed as so many of so many")]
    indicator: Annotated[str, Doc("what is measured: an id of the pattern files, or other")]
    subject: Annotated[str | None, Doc("the phrase of the text that says what is measured")]
    groups: Annotated[list[str], Doc("ids of the populations that it is restricted to")]
    place: Annotated[str | None, Doc("where it holds: narrowest unit first, comma, province last; the country's "
                                     "name for the whole country")]
    province: Annotated[str | None, Doc("the province of that place")]
    province_code: Annotated[str | None, Doc("its official code, of the list in force at the article's date")]
    district: Annotated[str | None, Doc("the district of that place")]
    period: Annotated[str | None, Doc("when it holds: 2023, 2021/2025, 2024-Q1, 2024-H1, 2024-M09 (nine months from "
                                      "January), 2024-09, 2024-05-30")]
    status: Annotated[str, Doc("reported fact, goal, estimate, or rule and threshold", STATUSES)]
    role: Annotated[str, Doc("a level, one of the two ends of a change, or the amount of a change", ROLES)]
    direction: Annotated[str | None, Doc("where the change goes; null for a level", DIRECTIONS)]
    speaker: Annotated[str | None, Doc("the id of the official who is quoted as saying it")]
    section: _Section
    sentence: Annotated[Pair, Doc("start and end of its sentence")]
    evidence: Annotated[dict[str, Pair], Doc("for each field read from words elsewhere, where those words stand")]
    rule: Annotated[str, Doc("the name of the rule that decided what is measured")]
    rules: Annotated[dict[str, str], Doc("for each field that a rule decided, the name of that rule")]
    confidence: Annotated[float, Doc("how sure the toolkit is that the whole record is right, 0 to 1")]
    #: The article's text, for `explain`; no part of the record that is written or compared.
    _text: str | None = field(default=None, repr=False, compare=False)

    def explain(self, text: str | None = None, *, language: str = "en", colour: bool | None = None) -> str:
        """The number in its sentence, with every field, the words that decided it and the name of the rule.

        `text` is the article, needed only for a record that was read from JSON. `colour` is for terminals; None means
        as standard output can (and ``NO_COLOR`` allows).
        """
        from extractor.explain import explain_observation

        return explain_observation(self, text, language=language, colour=colour)


@dataclass(slots=True)
class Target(_Record):
    """A goal in words: the phrase from its cue to its number, and the observation that it sets."""

    id: Annotated[str, Doc("t1, t2 … in the order of the text")]
    observation: Annotated[str, Doc("the id of the observation that holds its number")]
    text: _Text
    start: _Start
    end: _End
    cue: Annotated[str | None, Doc("the words that make it a goal")]
    verb: Annotated[str | None, Doc("the verb of the goal")]


@dataclass(slots=True)
class Official(_Record):
    """A person named with a post. Someone with two posts has two records."""

    id: Annotated[str, Doc("f1, f2 …")]
    name: Annotated[str, Doc("the fullest name that the article prints, without honorific")]
    honorific: Annotated[str | None, Doc("the word before the name")]
    title: Annotated[str | None, Doc("the post alone")]
    organization: Annotated[str | None, Doc("the body that the post belongs to, as printed")]
    province: Annotated[str | None, Doc("the province of that body")]
    mentions: _Mentions


@dataclass(slots=True)
class Unit(_Record):
    """A province of one of the two lists: name and official code."""

    name: Annotated[str, Doc("the name of the province")]
    code: Annotated[str, Doc("its official code, two digits")]


@dataclass(slots=True)
class Province(_Record):
    """A province that the article names; code of the list of its time, and where it belongs now."""

    name: Annotated[str, Doc("the canonical name")]
    code: Annotated[str | None, Doc("its official code, of the list in force at the article's date")]
    iso: Annotated[str | None, Doc("its code in ISO 3166-2")]
    now: Annotated[Unit | None, Doc("the province that it belongs to since 1 July 2025")]
    section: Annotated[str, Doc("where it is named: boilerplate only if it is named nowhere else", SECTIONS)]
    mentions: _Mentions


@dataclass(slots=True)
class Place(_Record):
    """A district, commune or village that the article names, resolved to its unit where that can be said."""

    name: Annotated[str, Doc("the name without its class word")]
    level: Annotated[str, Doc("what sort of unit it is", LEVELS)]
    code: Annotated[str | None, Doc("its official code, where the unit can be told")]
    province: Annotated[str | None, Doc("the province that it lies in")]
    district: Annotated[str | None, Doc("the district that it lies in, for communes and villages")]
    section: Annotated[str, Doc("where it is named: boilerplate only if it is named nowhere else", SECTIONS)]
    mentions: _Mentions


@dataclass(slots=True)
class Period(_Record):
    """An expression of time and its value in the notation of the guideline."""

    text: _Text
    start: _Start
    end: _End
    value: Annotated[str | None, Doc("what it means, in the notation of an observation's period; null where the text "
                                     "does not fix it")]


@dataclass(slots=True)
class Check(_Record):
    """An arithmetic or consistency check over observations of the article."""

    kind: Annotated[str, Doc("what was checked")]
    ok: Annotated[bool, Doc("whether the numbers agree")]
    observations: Annotated[list[str], Doc("the ids of the observations that were compared")]
    detail: Annotated[str, Doc("the sum or comparison written out")]


@dataclass(slots=True)
class Extraction(_Record):
    """All that was read from one article."""

    schema_version: Annotated[str, Doc("the version of this document format")]
    extractor: Annotated[dict[str, str], Doc("the version of the code and the SHA-256 of the pattern files")]
    document: Annotated[Document, Doc("the article itself")]
    percentages: Annotated[list[Observation], Doc("observations of kind percent")] = field(default_factory=list)
    household_counts: Annotated[list[Observation], Doc("observations of kind households")] = field(
        default_factory=list)
    other_quantities: Annotated[list[Observation], Doc("observations of the kinds people, money and other")] = field(
        default_factory=list)
    targets: Annotated[list[Target], Doc("goals, each with its observation")] = field(default_factory=list)
    officials: Annotated[list[Official], Doc("people named with a post")] = field(default_factory=list)
    provinces: Annotated[list[Province], Doc("provinces that the article names")] = field(default_factory=list)
    places: Annotated[list[Place], Doc("districts, communes and villages that it names")] = field(
        default_factory=list)
    periods: Annotated[list[Period], Doc("expressions of time")] = field(default_factory=list)
    checks: Annotated[list[Check], Doc("sums and comparisons inside the article")] = field(default_factory=list)
    warnings: Annotated[list[str], Doc("what the reader of this document should know")] = field(default_factory=list)
    #: The article's text, for showing and explaining; no part of the document that is written or compared.
    _text: str | None = field(default=None, repr=False, compare=False)

    @property
    def text(self) -> str | None:
        """The article that was read, or None for a document that came from JSON without its text."""
        return self._text

    def keep_text(self, text: str) -> Extraction:
        """Keep the article's text beside the records, for `explain` and notebooks; JSON stays as it is."""
        self._text = text
        for rows in (self.percentages, self.household_counts, self.other_quantities):
            for row in rows:
                row._text = text
        return self

    @property
    def observations(self) -> list[Observation]:
        """All observations of the article in the order of the text."""
        return sorted([*self.percentages, *self.household_counts, *self.other_quantities], key=lambda o: o.start)

    def __iter__(self) -> Iterator[Observation]:
        return iter(self.observations)

    def to_json(self, indent: int | None = None) -> str:
        """The JSON document; the same input always gives the same bytes. Lone surrogates come out escaped."""
        with collection_put_off():
            out = json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)
        # A backslash in front of one is doubled already, so "\\udXXX" is what JSON reads back as the same character.
        return out.encode("utf-8", "backslashreplace").decode("utf-8")

    def to_dataframe(self, table: str = "observations") -> pd.DataFrame:
        """One of the tables of `extractor.frames` as a pandas data frame: "observations", "targets", "officials" …"""
        from extractor.frames import to_dataframe

        return to_dataframe([self], table)

    def explain(self, text: str | None = None, *, language: str = "en", colour: bool | None = None) -> str:
        """Every number in its sentence, with its fields, the words that decided them and the names of the rules."""
        from extractor.explain import explain_extraction

        return explain_extraction(self, text, language=language, colour=colour)

    def _repr_html_(self) -> str:
        """What Jupyter shows: the marked text and a table of the observations."""
        from extractor.notebook import extraction_html

        return extraction_html(self)
