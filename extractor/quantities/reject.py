"""What makes a figure no quantity: dates, document numbers, ordinals, labels, ages, durations.

An ordered list of named rules; the first that answers with a reason rejects the figure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractor.draft import Draft
from extractor.quantities.words import QuantityWords
from extractor.rules.lexicon import Hit

_PHONE_DIGITS = 9
YEARS = range(1900, 2101)
_ROUND = frozenset({1, 10, 100, 1000, 10_000, 100_000, 1_000_000})
# Units that can't follow a label ("Điều 5", "lớp 12"), so that a figure before them is a quantity all the same.
_PLAIN_KINDS = frozenset({"percent", "money"})
_PLAIN_UNITS = frozenset({"measure", "people", "household", "economy", "event", "animals"})
_LABEL_UNITS = frozenset({"measure", "people", "household"})
_STRICT = frozenset({"law", "school"})
_DOCUMENT_UNITS = frozenset({"people", "household"})
_NEVER_PLACE_LABEL = frozenset({"road", "ordinal", "law", "school", "document"})


@dataclass(slots=True)
class Figure:
    """A figure that may be a quantity: tokens [first, last), its unit hit if any, whether the unit is strong."""

    first: int
    last: int
    value: float
    text: str
    unit: Hit | None
    unit_kind: str | None
    magnitude: bool
    in_words: bool


@dataclass(slots=True)
class Context:
    """Where a figure stands: the draft, hits that end before it and hits that begin after it."""

    draft: Draft
    words: QuantityWords
    before: dict[int, list[Hit]]
    after: dict[int, list[Hit]]
    rejected: int = -1

    def word(self, i: int) -> str:
        """The folded token i, a newline outside the text."""
        text = self.draft.tokens.text
        return text[i] if 0 <= i < len(text) else "\n"

    def in_index(self, f: Figure) -> bool:
        """The figure stands in a sentence about a stock index, where points are a measure and no score."""
        sentence = self.draft.sentence_at(self.draft.tokens.start[f.first])
        if sentence is None:
            return False
        return any(w in self.words.sets["index"] for w in self.draft.tokens.text[sentence.first:f.first])


def plain_unit(f: Figure, units: frozenset[str]) -> bool:
    """The figure has a unit (one of `units`, or money, or percent) that makes it a quantity even after a label word."""
    if f.magnitude or f.unit_kind in _PLAIN_KINDS:
        return True
    return f.unit is not None and f.unit.entry.id in units


def in_code(f: Figure, c: Context) -> str | None:
    """Part of "A-12", "12/NQ", "iPhone 12"-like strings: a letter or slash stuck to the figure."""
    tokens, norm = c.draft.tokens, c.draft.text.norm
    start, end = tokens.start[f.first], tokens.end[f.last - 1]
    if start and not f.in_words:
        left = norm[start - 1]
        if left.isalpha() or left == "_":
            return "glued to letters"
        if left in "-/" and not f.magnitude and start > 1 and (norm[start - 2].isalnum()) and f.unit is None:
            return "part of a code"
    if f.unit is None and not f.magnitude and end < len(norm) and (norm[end] in "-/_" and end + 1 < len(norm) and norm[end + 1].isalnum()):
        return "part of a code"
    return None


def long_digits(f: Figure, _: Context) -> str | None:
    """Phone numbers, account numbers: nine digits and more without separators, or a leading zero and six."""
    if f.text.isdigit() and not f.magnitude and (len(f.text) >= _PHONE_DIGITS or (f.text[0] == "0" and len(f.text) > 4)):
        return "a long number"
    return None


def label_before(f: Figure, c: Context) -> str | None:
    """A label word directly before: "Điều 5", "lớp 12", "quốc lộ 4", "năm 2023", "thứ 3"."""
    for hit in c.before.get(f.first, ()):
        if hit.entry.list != "reject" or hit.entry.data.get("side") != "before":
            continue
        kind = hit.entry.id
        if kind not in ("date", "phone") and _number_of(f, c):
            continue
        if kind in _NEVER_PLACE_LABEL and ("." in f.text or "," in f.text):
            continue
        if kind == "group" and f.unit is not None:
            continue
        if f.in_words and kind not in ("ordinal", "date"):
            continue
        if kind == "date":
            if c.word(hit.first - 1) in c.words.sets["every"] or f.magnitude or f.unit_kind in _PLAIN_KINDS:
                continue
            if not f.text.isdigit() or f.value > YEARS.stop or (f.value > 31 and f.value not in YEARS):
                continue
            return kind
        if kind in ("phone", "age"):
            return kind
        if plain_unit(f, _units_after(kind)) and not (kind == "ordinal" and f.unit_kind not in _PLAIN_KINDS):
            continue
        return kind
    return None


def _units_after(kind: str) -> frozenset[str]:
    """Ids of the units that make a figure a quantity even after a label word of this kind."""
    return _DOCUMENT_UNITS if kind == "document" else _LABEL_UNITS if kind in _STRICT else _PLAIN_UNITS


def _number_of(f: Figure, c: Context) -> bool:
    """"trong số 30 học sinh": the words before the figure announce a count, not a label."""
    return any(h.entry.list == "words" and h.entry.id == "number_of" for h in c.before.get(f.first, ()))


def label_after(f: Figure, c: Context) -> str | None:
    """"tuổi", "giờ", "năm qua": words after the figure that make it an age, a time or a duration."""
    for hit in c.after.get(f.last, ()):
        if hit.entry.list == "reject" and hit.entry.data.get("side") == "after":
            if f.unit is not None and f.unit.last > hit.last:
                continue
            if hit.entry.id == "score" and (f.in_words or c.in_index(f)):
                continue
            if f.unit is not None and f.unit.last == hit.last and c.word(hit.last) == "/":
                continue
            return hit.entry.id
    return None


def denominator(f: Figure, c: Context) -> str | None:
    """"trên 1 vạn dân", "/10.000 hộ", "cứ một trăm hộ", "giá 1 kg": what a rate is taken of, no count of its own."""
    if round(f.value) not in _ROUND or f.unit_kind in _PLAIN_KINDS:
        return None
    before = c.word(f.first - 1)
    if before in c.words.sets["over"]:
        return "denominator" if f.magnitude and f.value == 1 and f.unit_kind == "people" else None
    return "denominator" if before in c.words.sets["rate_of"] else None


def in_label_list(f: Figure, c: Context) -> str | None:
    """"lớp 9 và 10", "các quận 1, 3, 4": a figure joined to one that was rejected as a label."""
    if c.rejected == f.first - 1 and f.text.isdigit() and c.word(f.first - 1) in c.words.sets["list_joint"]:
        return None if plain_unit(f, _PLAIN_UNITS) else "in a list of labels"
    return None


def name_before(f: Figure, c: Context) -> str | None:
    """"iPhone 12", "Power 6/55", "Jackpot 2": a figure after a capitalised word inside a sentence is part of a name."""
    if f.unit is not None or f.magnitude or f.in_words or f.first == 0:
        return None
    tokens, norm = c.draft.tokens, c.draft.text.norm
    at = f.first - 1
    if tokens.kind[at] == "word" and norm[tokens.start[at]].isupper():
        before = at - 1
        if before >= 0 and tokens.kind[before] in ("word", "number", "abbr"):
            return "part of a name"
    return None


def year(f: Figure, _: Context) -> str | None:
    """A bare four-digit year."""
    if f.text.isdigit() and len(f.text) == 4 and f.value in YEARS and not f.magnitude and f.unit is None:
        return "a year"
    return None


def no_measure(f: Figure, _: Context) -> str | None:
    """A figure without any unit measures nothing that can be said."""
    return "no unit" if f.unit_kind is None else None


RULES: Sequence[Callable[[Figure, Context], str | None]] = (
    in_code, long_digits, label_before, in_label_list, label_after, denominator, name_before, year, no_measure)


def reason(f: Figure, c: Context) -> str | None:
    """Why the figure is no quantity, or None."""
    for rule in RULES:
        why = rule(f, c)
        if why:
            if rule in (label_before, in_label_list):
                c.rejected = f.last
            return why
    return None
